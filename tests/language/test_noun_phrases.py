"""The extent of noun phrases."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest

from kg import ontology
from kg.language import pipeline
from kg.language.reader import understand
from kg.model import Mention
from kg.read import from_text

SHABBY = "old, small, slow, brown, broken, rusty, noisy, dirty, dusty, shabby, leaky, heavy, ugly, creaky"


@pytest.fixture(scope="module")
def mentions() -> Callable[[str], tuple[Mention, ...]]:
    nlp, knows = pipeline.load(), ontology.load()

    def mentions(text: str) -> tuple[Mention, ...]:
        document = from_text("a", text)
        return understand(next(pipeline.parse(nlp, [document.text], knows.words)), document, knows).mentions

    return mentions


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        # The parser wrongly makes "that", which belongs to another clause, the object of "of" or "without".
        (
            "Ana Ruiz reminds all captains and owners of ferries that it is their duty to get a pilot "
            "before their ships enter the harbour of Norhaven.",
            "the harbour of Norhaven",
        ),
        (
            "The rooms that those without a ticket will clear out consist of two halls.",
            "those without a ticket",
        ),
        # More words before the noun than a phrase can have.
        (f"They saw an {SHABBY} boat in Lima.", f"an {SHABBY} boat"),
    ],
)
def test_a_phrase_contains_its_noun(
    mentions: Callable[[str], tuple[Mention, ...]], text: str, phrase: str
) -> None:
    found = mentions(text)
    assert phrase in [mention.text for mention in found]
    for mention in found:
        assert mention.start <= mention.head_start < mention.head_end <= mention.end
    assert all(one.start <= other.start for one, other in pairwise(found))
