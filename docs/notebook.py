"""Regenerates docs/python.ipynb: docs/python.md as a notebook, with its Python blocks as cells.

python3 docs/notebook.py
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

PAGE = Path(__file__).parent / "python.md"
NOTEBOOK = PAGE.with_suffix(".ipynb")
_BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def notebook() -> str:
    """The file: nbformat 4.5, without outputs, so that it is the same on every machine."""
    kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    made = {"cells": list(_cells()), "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


def cells() -> list[str]:
    """The source of each Python cell."""
    return [text.rstrip("\n") for text in _BLOCK.findall(PAGE.read_text(encoding="utf-8"))]


def _cells() -> Iterator[dict[str, object]]:
    """The cells of the notebook. Prose and Python alternate: every second part of the page is Python."""
    for number, text in enumerate(_BLOCK.split(PAGE.read_text(encoding="utf-8"))):
        lines = text.strip("\n").splitlines(keepends=True)
        common = {"id": f"cell-{number:02}", "metadata": {}, "source": lines}
        if number % 2:
            yield {"cell_type": "code", "execution_count": None, "outputs": [], **common}
        elif lines:
            yield {"cell_type": "markdown", **common}


if __name__ == "__main__":
    NOTEBOOK.write_text(notebook(), encoding="utf-8", newline="\n")
