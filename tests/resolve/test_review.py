"""The uncertain cases with the greatest effect come first, and no case comes twice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.model import Conflict, Decision, DecisionKind, Entity, Knowledge, Reference, Value
from kg.ontology import Ontology, load
from kg.resolve.review.cases import Case, as_json
from kg.resolve.review.review import cases
from tests.sample import knowledge


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return load()


def with_entities(*entities: Entity) -> Knowledge:
    known = knowledge()
    return replace(known, entities=tuple(sorted((*known.entities, *entities), key=lambda e: e.id)))


def asking(found: list[Case], words: str) -> list[Case]:
    return [case for case in found if words in case.question]


@pytest.mark.parametrize("name", ["Tom Read", "T. Reed", "Tomm Reed"])
def test_names_that_may_belong_to_one_person(ontology: Ontology, name: str) -> None:
    known = with_entities(Entity("Other", name, "Person", (), ("c.txt",)))
    (case,) = asking(cases(known, ontology), name)
    assert case.yes and case.no
    assert (case.yes.kind, case.no.kind) == (DecisionKind.MERGE, DecisionKind.APART)
    assert {str(each) for each in case.yes.about} == {"Tom Reed", name}
    assert {side.id for side in case.sides} == {"Tom_Reed", "Other"}


@pytest.mark.parametrize(
    ("name", "type_"), [("Luis Okoro", "Person"), ("Tom Reed Bridge", "Facility"), ("Red", "CreativeWork")]
)
def test_names_that_cannot_belong_to_one_person(ontology: Ontology, name: str, type_: str) -> None:
    known = with_entities(Entity("Other", name, type_, (), ("c.txt",)))
    assert not asking(cases(known, ontology), f"“{name}”")


def test_the_articles_decide_between_two_people_with_one_name(ontology: Ontology) -> None:
    known = with_entities(Entity("Tom_Reed-1", "Tom Reed", "Person", (), ("c.txt",)))
    (case,) = asking(cases(known, ontology), "Are “Tom Reed” and")
    assert case.no
    assert {str(each) for each in case.no.about} == {"Tom Reed in a.txt, news/b.txt", "Tom Reed in c.txt"}


def test_two_events_of_one_kind_with_the_same_people(ontology: Ontology) -> None:
    (case,) = asking(cases(knowledge(), ontology), "one event")
    assert (
        {str(each) for each in case.yes.about} == {"event-1111aaaa", "event-2222bbbb"} if case.yes else False
    )
    assert "in both: Ana Ruiz, Tom Reed" in case.speaks_for
    assert {e.document for side in case.sides for e in side.evidence} == {"a.txt", "news/b.txt"}


def test_a_contested_event_shows_both_dates(ontology: Ontology) -> None:
    known = knowledge()
    first, second = known.events
    sides = tuple(Value(day, day, e.documents, e.evidence, datatype="date") for day, e in
                  (("2026-01-12", first), ("2025-01-12", second)))  # fmt: skip
    joined = replace(first, joined=("event-9999",))
    disputed = replace(
        known, events=(joined,), conflicts=(Conflict("conflict-1", first.id, "date", "date", sides),)
    )
    (case,) = asking(cases(disputed, ontology), "two dates")
    assert [side.label for side in case.sides] == [f"{first.label} on {s.label}" for s in sides]
    assert case.no and [str(each) for each in case.no.about] == [first.id, "event-9999"]


def test_a_close_vote_and_contradictions_are_reviewed(ontology: Ontology) -> None:
    doubtful = replace(knowledge().entities[1], doubt="Organization")
    others = tuple(e for e in knowledge().entities if e.id != doubtful.id)
    known = replace(knowledge(), entities=(doubtful, *others))
    (case,) = asking(cases(known, ontology), "of the class")
    assert case.no and (case.no.kind, case.no.value) == (DecisionKind.TYPE, "Organization")
    assert case.yes and case.yes.value == "Person"
    near = replace(doubtful, id="Lima2", type="City", doubt="Region")  # its doubtful class has little effect
    assert not asking(cases(replace(known, entities=(near,)), ontology), "of the class")


def test_a_thing_with_many_doubtful_statements_is_reviewed(ontology: Ontology) -> None:
    known = knowledge()
    said = tuple(
        replace(known.statements[0], id=f"st-{n}", subject="Alpine_Rail_Co", object="Lima", confidence=0.4)
        for n in range(6)
    )
    (case,) = asking(cases(replace(known, statements=said), ontology), "“Alpine <Rail> & Co” something")
    assert case.yes and (case.yes.kind, case.yes.value) == (DecisionKind.TYPE, "Company")
    assert case.no and case.no.kind is DecisionKind.IGNORE


def test_the_most_valuable_comes_first_and_values_are_explained(ontology: Ontology) -> None:
    found = cases(with_entities(Entity("Other", "Tom Read", "Person", (), ("c.txt",))), ontology)
    assert [case.value for case in found] == sorted((case.value for case in found), reverse=True)
    assert all(0 < case.uncertainty <= 1 and case.weight >= 1 for case in found)
    assert len({case.id for case in found}) == len(found)
    plain = as_json(found[0])
    assert plain["question"] == found[0].question
    assert plain["value"] == found[0].value


def test_decided_cases_are_not_asked_again(ontology: Ontology) -> None:
    known = with_entities(Entity("Other", "Tom Read", "Person", (), ("c.txt",)))
    about = Reference("Tom Reed"), Reference("Tom Read")
    decision = Decision("decision-1", DecisionKind.APART, about)
    assert not asking(cases(replace(known, decisions=(decision,)), ontology), "Tom Read")
    assert not asking(cases(known, ontology, [decision]), "Tom Read")


@pytest.mark.parametrize(
    "about",
    [
        (Reference("Tom_Reed"), Reference("Tom Read")),
        (Reference("Reed"), Reference("Other")),
        (Reference("Mr Reed", ("a.txt",)), Reference("Tom Read", ("c.txt", "d.txt"))),
        (Reference("Ana Ruiz"), Reference("Tom Read"), Reference("Tom Reed")),
    ],
)
@pytest.mark.parametrize("kind", [DecisionKind.MERGE, DecisionKind.APART])
def test_decisions_written_by_hand_count_as_answers(
    ontology: Ontology, kind: DecisionKind, about: tuple[Reference, ...]
) -> None:
    known = with_entities(Entity("Other", "Tom Read", "Person", (), ("c.txt",)))
    assert asking(cases(known, ontology), "Tom Read")
    assert not asking(cases(known, ontology, [Decision("decision-1", kind, about)]), "Tom Read")
    elsewhere = Reference("Tom Reed", ("z.txt",)), Reference("Tom Read")
    assert asking(cases(known, ontology, [Decision("decision-1", kind, elsewhere)]), "Tom Read")


def test_a_class_or_name_decided_by_hand_is_not_asked(ontology: Ontology) -> None:
    known = with_entities(Entity("Other", "Blue Rain", "Person", (), ("c.txt",), doubt="CreativeWork"))
    decided = Decision("decision-1", DecisionKind.TYPE, (Reference("Other"),), "CreativeWork")
    assert asking(cases(known, ontology), "Blue Rain")
    assert not asking(cases(known, ontology, [decided]), "Blue Rain")
