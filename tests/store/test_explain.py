"""Typed names find the right statements; subject and object are marked in the sentences."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.ontology import Ontology, RelationType
from kg.store.explain import Explainer
from tests.sample import FIRST, knowledge


def relation(name: str, parents: tuple[str, ...] = (), *, symmetric: bool = False) -> RelationType:
    return RelationType(
        name, "", name, "", parents, (), (), (), (), (), (), symmetric, False, False, "", (), ()
    )


RELATIONS = (
    relation("met", ("interactedWith",), symmetric=True),
    relation("hosted", ("interactedWith",)),
    relation("interactedWith"),
)
explainer = Explainer(knowledge(), Ontology({}, {r.name: r for r in RELATIONS}))


def found(*words: str) -> list[str]:
    return [statement.id for statement in explainer.explain(*words)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("Ana Ruiz", "hosted", "Tom Reed"), ["st-01"]),
        (("ana RUIZ", "hosted"), ["st-01"]),
        (("ana_ruiz", "hosted", "tom-reed"), ["st-01"]),  # written as in an IRI
        (("Reed", "signed"), ["st-03"]),  # an alias
        (("alpine",), []),  # a thing without statements
        (("tom", "said", "sign a treaty"), ["st-02"]),  # words of a text
        (("Tom Reed", "met", "Ana Ruiz"), ["st-05"]),  # symmetric
        (("Tom Reed", "hosted", "Ana Ruiz"), []),  # not symmetric
        (("Ana Ruiz", "interactedWith", "Tom Reed"), ["st-01", "st-05"]),  # by a super-property
        (("Tom Reed", "stopped short of"), ["st-07"]),
        (("Lima",), ["st-08"]),  # as the object
        (("Ana Ruiz", "host"), []),  # not a whole word
        (("", "met"), []),
        (("Nobody",), []),
    ],
)
def test_statements_are_found(words: tuple[str, ...], expected: list[str]) -> None:
    assert found(*words) == expected


def test_facts_come_first_then_by_confidence() -> None:
    assert found("Tom Reed") == ["st-01", "st-02", "st-05", "st-03", "st-08", "st-07"]


def test_a_whole_name_wins_over_a_part() -> None:
    graph = knowledge()
    other = replace(graph.entities[2], id="Lima_Bank", label="Bank of Lima")
    both = Explainer(replace(graph, entities=(*graph.entities, other)), explainer.ontology)
    assert both.matches("lima") == {"Lima"}
    assert both.matches("bank") == {"Lima_Bank"}


def test_an_unknown_name_suggests_similar_ones() -> None:
    assert explainer.similar("Ana Ruis")[0] == "Ana Ruiz"
    assert explainer.similar("Reid") == ("Tom Reed",)
    assert explainer.similar("zzzz") == ()


def test_the_words_of_both_ends_are_marked() -> None:
    statement = explainer.explain("Ana Ruiz", "hosted")[0]
    sentence = FIRST[:43]
    marked = [sentence[start:end] for start, end in explainer.marks(statement, sentence)]
    assert marked == ["Ana Ruiz", "Tom Reed"]


def test_parts_of_words_are_not_marked() -> None:
    statement = explainer.explain("Ana Ruiz", "hosted")[0]
    assert explainer.marks(statement, "Reeds grow by the water.") == ()


def test_labels() -> None:
    statement = explainer.explain("Reed", "said")[0]
    assert explainer.label(statement.subject) == "Tom Reed"
    assert explainer.label(statement.object) == "“We will sign a treaty.”"
