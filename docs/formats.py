"""Regenerates the table of formats in docs/export.md from kg.write.formats.

python3 docs/formats.py            writes it
python3 docs/formats.py --check    fails if it is not up to date
"""

from __future__ import annotations

import re
import sys
from itertools import groupby
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from kg.write.formats import formats

PAGE = Path(__file__).parent / "export.md"
BETWEEN = re.compile(r"(?<=<!-- formats -->\n).*(?=<!-- end of formats -->)", re.DOTALL)


def table() -> str:
    """The table. Formats with the same content and the same readers share a row."""
    lines = ["| `--format` | contains | read by |", "|---|---|---|"]
    alike = sorted(formats().values(), key=lambda each: (each.holds, each.reads, each.name))
    for (holds, reads), some in groupby(alike, key=lambda each: (each.holds, each.reads)):
        names = ", ".join(
            f"`{each.name}`" + ("".join(f", `{n}`" for n in each.files) and " (a folder)") for each in some
        )
        lines.append(f"| {names} | {holds} | {reads} |")
    return "\n".join((*lines, ""))


def main() -> None:
    page = PAGE.read_text(encoding="utf-8")
    renewed = BETWEEN.sub(lambda _: table(), page)
    if "--check" not in sys.argv:
        PAGE.write_text(renewed, encoding="utf-8", newline="\n")
    elif renewed != page:
        raise SystemExit("docs/export.md: the table of formats is out of date; run python3 docs/formats.py")


if __name__ == "__main__":
    main()
