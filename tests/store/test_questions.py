"""The ten questions of docs/query.md: each is one short query with an answer."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import Quad, Store

from kg.model import Factuality, Knowledge, Statement, Text, Time
from kg.rdf.graph import triples
from kg.store.query import run
from tests.rdf.small import ontology
from tests.sample import disputed

PAGE = Path(__file__).parents[2] / "docs" / "query.md"
_QUESTION = re.compile(r"^([^\n]+)\n\n```sparql\n(.*?)^```$", re.MULTILINE | re.DOTALL)
QUESTIONS = _QUESTION.findall(PAGE.read_text(encoding="utf-8"))
LONGEST = 6  # maximum number of lines of a query
SENTENCE = "Ana Ruiz hosted Tom Reed in Lima on Monday."

ANSWERS = {
    "Who held which office": [("Ana Ruiz", "President of Peru", "Peru", "2021/..")],
    "Who said what about whom": [
        ("Tom Reed", "Ana Ruiz", "Tom Reed said “She will sign a treaty.”"),
        ("Tom Reed", "Tom Reed", "Tom Reed signed a treaty (reported)"),
    ],
    "What happened at a place": [("Ana Ruiz hosted Tom Reed", "2026-01-12")],
    "Who was with whom": [
        ("Ana Ruiz hosted Tom Reed", "Ana Ruiz", "Tom Reed"),
        ("Ana Ruiz met Tom Reed", "Ana Ruiz", "Tom Reed"),
    ],
    "What is disputed": [
        ("Alpine <Rail> & Co", "type", "company", "1"),
        ("Alpine <Rail> & Co", "type", "person", "1"),
        ("Ana Ruiz hosted Tom Reed", "date", "12 January 2026", "1"),
        ("Ana Ruiz hosted Tom Reed", "date", "2025", "1"),
        ("Ana Ruiz met Tom Reed", "place", "Lima", "1"),
        ("Ana Ruiz met Tom Reed", "place", "Peru", "1"),
    ],
    "How are two people": [
        (fact, "Ana Ruiz", "Ana Ruiz holds position President of Peru")
        for fact in ("Ana Ruiz hosted Tom Reed", "Ana Ruiz met Tom Reed")
    ],
    "What did somebody": [
        ("", "Ana Ruiz met Tom Reed"),
        ("2021/..", "Ana Ruiz holds position President of Peru"),
        ("2026-01-12", "Ana Ruiz hosted Tom Reed"),
    ],
    "What is denied": [("Ana Ruiz signed a treaty (negated)",), ("Tom Reed visited Lima (planned)",)],
    "Which sentences": [(SENTENCE, "a.txt", "0", "43")],
    "What do several articles": [("Ana Ruiz hosted Tom Reed", "2")],
}


def known() -> Knowledge:
    """The sample, with the properties of an office: since when, and of what."""
    sample = disputed()
    office = next(each for each in sample.statements if each.predicate == "holdsPosition")
    held = replace(office, time=Time("2021", "", "since 2021", interval=True))
    of = replace(office, id="st-09", subject=str(office.object), predicate="positionIn", object="Peru")
    hosted = replace(sample.statements[0], independent=2)
    said = replace(sample.statements[1], object=Text("She will sign a treaty."), about=("Ana_Ruiz",))
    others = [each for each in sample.statements[2:] if each is not office]
    return replace(sample, statements=(hosted, said, *others, held, of))


@pytest.fixture(scope="module")
def store() -> Store:
    made = Store()
    made.extend(Quad(*triple) for part in triples(known(), ontology()).values() for triple in part)
    return made


def test_there_are_ten_questions_and_all_are_short() -> None:
    assert len(QUESTIONS) == len(ANSWERS) == 10
    assert all(len(query.strip().splitlines()) <= LONGEST for _, query in QUESTIONS)


@pytest.mark.parametrize(("question", "query"), QUESTIONS, ids=[question for question, _ in QUESTIONS])
def test_each_question_has_an_answer(store: Store, question: str, query: str) -> None:
    (expected,) = (rows for start, rows in ANSWERS.items() if question.startswith(start))
    assert sorted(run(store, query).table()[1]) == expected


def test_a_verbalised_statement_shows_its_factuality() -> None:
    said = Statement("st-1", "Ana_Ruiz", "said", Text("no"), Factuality.POSSIBLE, 0.5, (), "said", True)
    made = triples(replace(known(), statements=(said,)), ontology())
    words = [t.object.value for part in made.values() for t in part if str(t.predicate).endswith("inWords>")]
    assert words == ["Ana Ruiz said “no” (possible)"]
