"""Names are found as in the tables of tests/cases/mentions.md."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg import ontology, read
from kg.language import pipeline
from kg.language.reader import understand
from kg.model import Mention, MentionKind

Row = tuple[str, tuple[tuple[str, str, str], ...]]

CASES = Path(__file__).parent.parent / "cases" / "mentions.md"


def rows() -> list[Row]:
    """Sentence -> its names, each with type and title."""
    found: list[Row] = []
    for line in CASES.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("| \n").split(" | ")]
        if len(cells) != 3 or not line.startswith("|") or cells[0] == "sentence":
            continue
        names = re.findall(r"\*\*(.+?)\*\*", cells[0])
        types, titles = (["" if part == "-" else part for part in cell.split("; ")] for cell in cells[1:])
        assert not names or len(names) == len(types) == len(titles), line
        found.append((cells[0].replace("**", ""), tuple(zip(names, types, titles, strict=False))))
    return found


@pytest.fixture(scope="module")
def names() -> dict[str, tuple[Mention, ...]]:
    knows, nlp = ontology.load(), pipeline.load()
    documents = [read.from_text("case", text) for text, _ in rows()]
    docs = pipeline.parse(nlp, [document.text for document in documents], knows.words)
    parsed = [understand(doc, document, knows) for doc, document in zip(docs, documents, strict=True)]
    return {p.document.text: tuple(m for m in p.mentions if m.kind is MentionKind.NAME) for p in parsed}


@pytest.mark.parametrize(
    ("text", "expected"), rows(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_names(
    text: str, expected: tuple[tuple[str, str, str], ...], names: dict[str, tuple[Mention, ...]]
) -> None:
    assert tuple((m.text, m.type, m.title) for m in names[text]) == expected


def test_two_names_joined_by_the_capitals_of_a_headline_are_separated() -> None:
    article = (
        "Blair and Ruiz Norvik trip\n\nTom Reed will travel to Norvik with the minister, Ana Ruiz, in May. "
        "Ruiz said the town was ready. Norvik is a quiet town. Ruiz left.\n"
    )
    knows, nlp = ontology.load(), pipeline.load()
    document = read.from_text("case", article)
    (doc,) = pipeline.parse(nlp, [document.text], knows.words)
    found = [m.text for m in understand(doc, document, knows).mentions if m.kind is MentionKind.NAME]
    assert found[:2] == ["Ruiz", "Norvik"]
