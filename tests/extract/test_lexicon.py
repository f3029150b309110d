"""The examples and counter-examples of every relation in ontology/relations/ are read as they say."""

from __future__ import annotations

import re

import pytest

from kg import ontology, read
from kg.extract import read_all
from kg.extract.lexicon import open_name
from kg.model import Factuality, Reading
from kg.ontology import RelationType
from tests.extract.cases import phrase

_END = re.compile(r"\[([^\]]+)\]([so])")
ONTOLOGY = ontology.load()
EXAMPLES = [(r, text) for r in ONTOLOGY.relations.values() for text in r.examples]
COUNTER_EXAMPLES = [(r, text) for r in ONTOLOGY.relations.values() for text in r.counter_examples]


def plain(text: str) -> str:
    """The sentence without the marks of its ends."""
    return _END.sub(r"\1", text)


def asserts(reading: Reading, relation: RelationType, ends: dict[str, str] | None = None) -> bool:
    """Whether the relation is asserted, between these ends where they are given."""
    for claim in reading.claims:
        one, other = claim.subject, claim.object
        if other is None or claim.relation.name != relation.name or not claim.relation.known:
            continue
        if claim.factuality is not Factuality.ASSERTED:
            continue
        if claim.relation.inverted:
            one, other = other, one
        if ends is None:
            return True
        words = phrase(one, reading), phrase(other, reading)
        pairs = [words, words[::-1]][: 2 if relation.symmetric else 1]
        if any(_holds(a, ends["s"]) and _holds(b, ends["o"]) for a, b in pairs):
            return True
    return False


def _holds(words: str, end: str) -> bool:
    return open_name(end) in open_name(words) or open_name(words) in open_name(end)


@pytest.fixture(scope="module")
def readings() -> dict[str, Reading]:
    texts = dict.fromkeys(plain(text) for _, text in (*EXAMPLES, *COUNTER_EXAMPLES))
    documents = [read.from_text("example", text) for text in texts]
    return dict(zip(texts, read_all(documents, ONTOLOGY), strict=True))


def test_examples_are_read(readings: dict[str, Reading]) -> None:
    missed = []
    for relation, text in EXAMPLES:
        ends = {mark: words for words, mark in _END.findall(text)}
        if not asserts(readings[plain(text)], relation, ends):
            missed.append(f"{relation.name}: {text}")
    assert not missed, "\n".join(missed)


def test_counter_examples_are_not(readings: dict[str, Reading]) -> None:
    wrong = [f"{r.name}: {text}" for r, text in COUNTER_EXAMPLES if asserts(readings[plain(text)], r)]
    assert not wrong, "\n".join(wrong)
