"""Finds quotations: what stands between a pair of double quotation marks within one block.

    “We will sign,” said Ana Ruiz. “All of us.”

A quotation that opens a paragraph and is not closed in it (as newspapers print a speech of several
paragraphs) runs to the end of the paragraph. Single quotation marks are left out: they cannot be
told from apostrophes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.language.parsed import Quotation

if TYPE_CHECKING:
    from spacy.tokens import Doc

_OPEN, _CLOSE, _STRAIGHT = "“„«", "”»", '"'


def find(doc: Doc) -> tuple[Quotation, ...]:
    """All quotations, in order; none overlap."""
    return tuple(_scan(doc))


def _scan(doc: Doc) -> Iterator[Quotation]:
    start: int | None = None
    for token in doc:
        text = token.text
        if token.is_space and "\n" in text:
            if start is not None and token.i > start:
                yield Quotation(start, token.i)
            start = None
        elif start is None and (text in (*_OPEN, _STRAIGHT, "``")):
            start = token.i + 1
        elif start is not None and (text in (*_CLOSE, _STRAIGHT, "''")):
            if token.i > start:
                yield Quotation(start, token.i)
            start = None
    if start is not None and start < len(doc):
        yield Quotation(start, len(doc))
