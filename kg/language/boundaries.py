"""Where sentences may begin, as far as line breaks and punctuation show before parsing."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Doc

_OPENINGS = "kg.openings"
BEGINS, FREE, CONTINUES = 1, 0, -1

# "U.S." may end a sentence; "Mr." may not, but the parser knows that.
_ENDS = ".!?…:;\"'”’)]»"


def marks(words: Iterable[str]) -> list[int]:
    """For each token of a document, whether a sentence must, may or cannot begin there.

    A sentence begins after a line break, and otherwise only after a mark that can end one. White
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


def open_at(doc: Doc, tokens: Iterable[int]) -> None:
    """Keep with the document the tokens at which a sentence must also begin, whatever precedes them."""
    doc.user_data[_OPENINGS] = frozenset(tokens)


def of(doc: Doc) -> list[int]:
    """The marks of a document."""
    found = marks(token.text for token in doc)
    for token in doc.user_data.get(_OPENINGS, ()):
        found[token] = BEGINS
    return found
