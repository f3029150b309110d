"""The user's decisions override the rules."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.model import Decision, DecisionKind, Knowledge, Metadata, Reading, Reference
from kg.ontology import Ontology, load
from kg.resolve import resolve
from tests.resolve.helper import Says, bare, date, reading


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return load()


def decide(kind: DecisionKind, *about: str | Reference, value: str = "") -> Decision:
    references = tuple(Reference(each) if isinstance(each, str) else each for each in about)
    return Decision(f"decision-{kind}", kind, references, value, "Jo Doe", "2026-01-20")


def met(name: str, one: str = "Ana Ruiz", other: str = "Tom Reed", when: str = "") -> Reading:
    text = f"[{one}:Person] [met:event.Meeting] [{other}:Person]" + (f" on {when}." if when else ".")
    times = (date(when, f"2026-05-{when.split(maxsplit=1)[0]}"),) if when else ()
    return reading(name, text, Says(one, "met", other, event="met", time=when), times=times)


def people(known: Knowledge) -> dict[str, tuple[str, ...]]:
    return {e.label: e.documents for e in known.entities if e.type == "Person"}


def test_two_names_become_one_thing(ontology: Ontology) -> None:
    told = [met("a", "Ana Ruiz"), met("b", "Anna Royce")]
    assert len(people(resolve(told, ontology))) == 3
    known = resolve(told, ontology, [decide(DecisionKind.MERGE, "Ana Ruiz", "Anna Royce")])
    assert people(known) == {"Ana Ruiz": ("a", "b"), "Tom Reed": ("a", "b")}
    (decision,) = known.decisions
    assert [bare(id_) for id_ in decision.nodes] == ["Ana_Ruiz"]
    assert decision.by == "Jo Doe"


def test_one_name_becomes_two_things(ontology: Ontology) -> None:
    told = [met(name, other="Tom Reed") for name in "abc"]
    parts = Reference("Tom Reed", ("a", "b")), Reference("Tom Reed", ("c",))
    known = resolve(told, ontology, [decide(DecisionKind.APART, *parts)])
    reeds = [entity for entity in known.entities if entity.label == "Tom Reed"]
    assert sorted(entity.documents for entity in reeds) == [("a", "b"), ("c",)]
    assert known.decisions[0].nodes == tuple(sorted(entity.id for entity in reeds))


def test_apart_wins_over_merge(ontology: Ontology) -> None:
    told = [met("a", "Ana Ruiz"), met("b", "Anna Royce")]
    both = [decide(kind, "Ana Ruiz", "Anna Royce") for kind in (DecisionKind.MERGE, DecisionKind.APART)]
    assert len(people(resolve(told, ontology, both))) == 3


def test_a_merge_applies_to_the_separated_person_named_in_its_article(ontology: Ontology) -> None:
    told = [met(name, "Eva Lind", "Tom Reed") for name in "abc"] + [met("d", "Mei Tan", "Thomas Reid")]
    parts = Reference("Tom Reed", ("a", "b")), Reference("Tom Reed", ("c",))
    decisions = [
        decide(DecisionKind.APART, *parts),
        decide(DecisionKind.MERGE, "Thomas Reid", Reference("Tom Reed", ("c",))),
    ]
    for some in (decisions, decisions[::-1]):
        known = resolve(told, ontology, some)
        found = sorted(
            e.documents for e in known.entities if {"Tom Reed", "Thomas Reid"} & {e.label, *e.aliases}
        )
        assert found == [("a", "b"), ("c", "d")]
        assert all(len(decision.nodes) for decision in known.decisions)


def test_three_separated_people_are_all_different(ontology: Ontology) -> None:
    told = [met(name, other="Tom Reed") for name in "abc"]
    parts = [Reference("Tom Reed", (name,)) for name in "abc"]
    both = [decide(DecisionKind.APART, *parts), decide(DecisionKind.MERGE, parts[1], parts[2])]
    known = resolve(told, ontology, both)
    reeds = sorted(entity.documents for entity in known.entities if entity.label == "Tom Reed")
    assert reeds == [("a",), ("b",), ("c",)]


def test_a_short_name_of_several_needs_its_article(ontology: Ontology) -> None:
    told = [met("a", "Ana Ruiz", "Tom Reed"), met("b", "Luis Ruiz", "Tom Reed"), met("c", "Ruiz", "Mei Tan")]
    unclear = resolve(told, ontology, [decide(DecisionKind.MERGE, "Ana Ruiz", "Nobody")])
    assert unclear.decisions[0].nodes == ()
    clear = decide(DecisionKind.MERGE, "Ana Ruiz", Reference("Ruiz", ("c",)))
    assert people(resolve(told, ontology, [clear]))["Ana Ruiz"] == ("a", "c")


LINDS = "[Eva Lind:Person] left. [Lind:Person] smiled.", "[Bo Lind:Person] left. [Lind:Person] smiled."
TOLD = [
    *(met("a"), met("b"), met("c", "Luis Ruiz"), met("d", "Anna Royce", "Mei Tan")),
    *(reading(name, text) for name, text in zip("ef", LINDS, strict=True)),
]
APART, MERGE = DecisionKind.APART, DecisionKind.MERGE


@pytest.mark.parametrize(
    ("decisions", "fault"),
    [
        ([decide(APART, "Ana Ruiz", "Nobody")], "nothing in the graph is called Nobody"),
        ([decide(APART, "Ana Ruiz", Reference("Tom Reed", ("d",)))], "graph is called Tom Reed in d"),
        ([decide(APART, "Ana Ruiz", "Ana Ruiz")], "Ana Ruiz and Ana Ruiz mean the same words"),
        ([decide(APART, "Tom Reed", Reference("Tom Reed", ("b",)))], "words; each needs its own articles"),
        ([decide(APART, "Tom Reed", "event-000000000000")], "it names an event and a thing together"),
        ([decide(APART, "event-000000000000", "event-000000000001")], "called event-000000000000 or event-0"),
        ([decide(MERGE, "event-000000000000", "event-000000000001")], "called event-000000000000 or event-0"),
        ([decide(MERGE, "Mei Tan", "Lind")], "several things are called Lind, so it needs their articles"),
        ([decide(MERGE, "Ana Ruiz", "Anna Royce"), decide(APART, "Ana Ruiz", "Anna Royce")], "another"),
        ([decide(DecisionKind.IGNORE, "Nobody")], "nothing in the graph is called Nobody"),
    ],
)  # fmt: skip
def test_a_decision_without_effect_says_why(
    decisions: list[Decision], fault: str, ontology: Ontology
) -> None:
    (found,) = [each.fault for each in resolve(TOLD, ontology, decisions).decisions if each.fault]
    assert fault in found


def test_a_decision_with_an_effect_has_no_fault(ontology: Ontology) -> None:
    parts = Reference("Tom Reed", ("a",)), Reference("Tom Reed", ("b", "c"))
    decisions = [decide(APART, *parts), decide(MERGE, "Ana Ruiz", "Anna Royce")]
    assert [each.fault for each in resolve(TOLD, ontology, decisions).decisions] == ["", ""]


def test_type_name_and_ignore(ontology: Ontology) -> None:
    told = [met("a"), met("b", "Ana Ruiz", "Web Desk")]
    decisions = [
        decide(DecisionKind.TYPE, "Tom Reed", value="Company"),
        decide(DecisionKind.NAME, "Ana Ruiz", value="Ana María Ruiz"),
        decide(DecisionKind.IGNORE, "Web Desk"),
    ]
    known = resolve(told, ontology, decisions)
    assert {(e.label, e.type) for e in known.entities} == {
        ("Tom Reed", "Company"),
        ("Ana María Ruiz", "Person"),
    }
    assert all(statement.object != "Web_Desk" for statement in known.statements)
    assert all(decision.nodes for decision in known.decisions)
    assert next(e for e in known.entities if e.type == "Person").aliases == ("Ana Ruiz",)


def test_events_are_merged_and_kept_separate(ontology: Ontology) -> None:
    told = [met("a", when="13 May"), met("b", when="14 May"), met("c")]
    ids = {e.documents: e.id for e in resolve(told, ontology).events}
    assert set(ids) == {("a",), ("b",), ("c",)}
    merged = resolve(told, ontology, [decide(DecisionKind.MERGE, ids[("a",)], ids[("b",)])])
    assert sorted(e.documents for e in merged.events) == [("a", "b"), ("c",)]
    assert [c.property for c in merged.conflicts] == ["date"]  # both dates are kept
    other_paper = met("b")
    document = replace(other_paper.document, metadata=Metadata(publisher="Lima Post"))
    alike = [met("a"), replace(other_paper, document=document)]
    (one,) = resolve(alike, ontology).events
    other = next(e.id for e in resolve([alike[1]], ontology).events)
    apart = resolve(alike, ontology, [decide(DecisionKind.APART, one.id, other)])
    assert sorted(e.documents for e in apart.events) == [("a",), ("b",)]


def test_an_event_gets_a_type_and_name_or_is_ignored(ontology: Ontology) -> None:
    told = [met("a", when="13 May")]
    (event,) = resolve(told, ontology).events
    decisions = [
        decide(DecisionKind.TYPE, event.id, value="Summit"),
        decide(DecisionKind.NAME, event.id, value="the summit of Lima"),
    ]
    (changed,) = resolve(told, ontology, decisions).events
    assert (changed.type, changed.label) == ("Summit", "the summit of Lima")
    gone = resolve(told, ontology, [decide(DecisionKind.IGNORE, event.id)])
    assert (gone.events, gone.statements) == ((), ())


def test_a_decision_survives_changes_of_other_articles(ontology: Ontology) -> None:
    decision = decide(DecisionKind.MERGE, "Ana Ruiz", "Anna Royce")
    told = [met("b", "Ana Ruiz"), met("c", "Anna Royce")]
    more = [met("a", "Ana Ruiz", "Mei Tan"), *told, met("d", "Kwame Okoro")]
    for some in (told, more, more[::-1]):
        assert len({"Ana Ruiz", "Anna Royce"} & people(resolve(some, ontology, [decision])).keys()) == 1


def test_without_decisions_nothing_changes(ontology: Ontology) -> None:
    told = [met("a"), met("b", "Luis Ruiz")]
    assert resolve(told, ontology, []) == resolve(told, ontology)
