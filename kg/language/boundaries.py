"""Decides before parsing, from line breaks and punctuation, where sentences may begin."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Doc

_OPENINGS = "kg.openings"  # key in `Doc.user_data` of the tokens given to `open_at`
BEGINS, FREE, CONTINUES = 1, 0, -1  # spaCy's values of SENT_START; see `marks`

# The last characters of tokens that may end a sentence: ".", "U.S.", "Mr."; the parser decides which do.
_ENDS = ".!?…:;\"'”’)]»"


def marks(words: Iterable[str]) -> list[int]:
    """For each token, whether a sentence must (BEGINS), may (FREE) or cannot (CONTINUES) begin with it.

    A sentence begins after each line break, and otherwise only after punctuation that can end a
    sentence. White space and the first word are FREE.

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
    """Store with the document the tokens at which a sentence must begin, whatever precedes them."""
    doc.user_data[_OPENINGS] = frozenset(tokens)


def of(doc: Doc) -> list[int]:
    """The `marks` of a document's tokens, with BEGINS at the tokens given to `open_at`."""
    found = marks(token.text for token in doc)
    for token in doc.user_data.get(_OPENINGS, ()):
        found[token] = BEGINS
    return found
