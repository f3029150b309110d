"""Regenerates the table of named queries in docs/query.md from ontology/queries/.

python3 docs/questions.py
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from kg.store.query import named

PAGE = Path(__file__).parent / "query.md"
_BETWEEN = re.compile(r"(?<=<!-- questions -->\n).*(?=<!-- end of questions -->)", re.DOTALL)


def page() -> str:
    """The whole page, with an up-to-date table."""
    return _BETWEEN.sub(lambda _: _table(), PAGE.read_text(encoding="utf-8"))


def _table() -> str:
    lines = ["| `kg query` | on the query page | parameters |", "|---|---|---|"]
    for each in named():
        asked = re.sub(r"\{(\w+)\}", r"*\1*", each.ask)
        parameters = "; ".join(f"`{one.name}`: {one.meaning}" for one in each.parameters)
        lines.append(f"| `{each.name}` | {asked} | {parameters} |")
    return "\n".join((*lines, ""))


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
