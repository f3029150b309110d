"""Regenerates the list of modules in docs/architecture.md from the first lines of their docstrings.

python3 docs/modules.py
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "architecture.md"
BETWEEN = re.compile(r"(?<=<!-- modules -->\n).*(?=<!-- end of modules -->)", re.DOTALL)


def entries() -> list[str]:
    """One line of Markdown per module, each package before its modules."""
    lines = []
    for path in sorted(
        (ROOT / "kg").rglob("*.py"), key=lambda path: (path.parent, path.stem != "__init__", path.stem)
    ):
        first = (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").split("\n")[0]
        name = path.relative_to(ROOT).as_posix().removesuffix("__init__.py")
        if name.endswith("/"):
            lines.append(f"\n**`{name}`** {first.strip()}\n")
        else:
            lines.append(f"- `{path.stem}` {first.strip()}")
    return lines


def page() -> str:
    """The page with an up-to-date list."""
    found = "\n".join(entries()).lstrip("\n") + "\n"
    return BETWEEN.sub(lambda _: found, PAGE.read_text(encoding="utf-8"))


def main() -> None:
    PAGE.write_text(page(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
