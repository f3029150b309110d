"""Where sentences may begin, as far as known before parsing: line breaks and punctuation."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

BEGINS, FREE, CONTINUES = 1, 0, -1

# "U.S." may end a sentence; "Mr." may not, which the parser knows.
_ENDS = ".!?…:;\"'”’)]»"


def marks(words: Iterable[str]) -> list[int]:
    """For each token of a document: must a sentence begin there, may it, or must it not.

    A sentence begins after a line break, and nowhere else but after a mark that can end one. White
    space and the first word are FREE.

    >>> marks(["Ana", "left", ".", "Tom", "\\n", "Reed"])
    [0, -1, -1, 0, 0, 1]
    """
    found: list[int] = []
    before = ""
    for word in words:
        if word.isspace():
            before = "\n" if "\n" in word else before
            found.append(FREE)
            continue
        found.append(BEGINS if before == "\n" else CONTINUES if before and before[-1] not in _ENDS else FREE)
        before = word
    return found
