"""A sentence of thousands of words takes no longer than other text, and gives no claims."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from kg import ontology
from kg.extract import reader
from kg.model import Document, Reading
from kg.read import from_text

LAST = "Mira Sole visited Quito."


@pytest.fixture(scope="module")
def read() -> Callable[[Document], Reading]:
    return reader(ontology.load(), "md")


@pytest.mark.parametrize("piece", ["who met Tom Reed, ", "of the head ", "said that "])
def test_an_endless_sentence_is_skipped(piece: str, read: Callable[[Document], Reading]) -> None:
    """The sentence after it is still read."""
    text = f"Ana Ruiz, {piece * 400}resigned.\n{LAST}"
    begun = time.process_time()
    found = read(from_text("a.txt", text))
    assert time.process_time() - begun < 5  # it once took a minute
    assert {found.frames[-1].text} == {"visited"}
    assert len(found.claims) == 1
