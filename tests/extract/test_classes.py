"""Common nouns have the classes in the tables of tests/cases/classes.md."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import ontology, read
from kg.extract import read_all
from kg.model import MentionKind, Reading

CASES = Path(__file__).parent.parent / "cases" / "classes.md"
ROWS = [
    tuple(cell.strip() for cell in line.strip("|").split("|"))
    for line in CASES.read_text(encoding="utf-8").splitlines()
    if line.startswith("|") and "*" in line
]


@pytest.fixture(scope="module")
def readings() -> dict[str, Reading]:
    texts = [sentence.replace("*", "") for sentence, _ in ROWS]
    found = read_all((read.from_text(text[:20], text) for text in texts), ontology.load())
    return dict(zip(texts, found, strict=True))  # type: ignore[arg-type]  # a Problem makes the test fail


@pytest.mark.parametrize(("sentence", "kind"), ROWS)
def test_common_nouns_have_their_class(sentence: str, kind: str, readings: dict[str, Reading]) -> None:
    before, noun, after = sentence.split("*")
    found = [
        mention.type
        for mention in readings[before + noun + after].mentions
        if mention.kind in (MentionKind.NOMINAL, MentionKind.NAME)
        and mention.start == len(before)
        and noun.startswith(mention.text)
    ]
    assert kind in found
