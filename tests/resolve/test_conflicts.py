"""Real and apparent contradictions between articles."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.model import Conflict, Document, Entity, Event, Evidence, Factuality, Metadata, Statement, Text, Time
from kg.ontology import load
from kg.resolve.conflicts.conflicts import conflicts
from kg.resolve.events.events import Dating
from kg.resolve.sources.witnesses import Witnesses

ONTOLOGY = load()
TOM = Entity("Tom_Reed", "Tom Reed", "Person")
RAIN = Entity("Blue_Rain", "Blue Rain", "CreativeWork")
LIMA, QUITO = Entity("Lima", "Lima", "City"), Entity("Quito", "Quito", "City")
PERU, CHILE = Entity("Peru", "Peru", "Country"), Entity("Chile", "Chile", "Country")
BLAST = Event("blast", "blast", "Attack", documents=("a", "b"))
GROUPS = tuple(
    Entity(label.replace(" ", "_"), label, "Group", named=False)
    for label in ("12 people", "14 people", "at least 9 people")
)


def evidence(document: str) -> Evidence:
    return Evidence(document, 0, 9, f"{document} says so", "active", 0.9)


def says(
    document: str, predicate: str, value: str | Text, subject: str = "Tom_Reed", **other: object
) -> Statement:
    known = ONTOLOGY.relations[predicate]
    made = Statement(
        f"st-{document}-{predicate}-{value}",
        subject,
        predicate,
        value,
        Factuality.ASSERTED,
        0.9,
        (evidence(document),),
        known.label,
        True,
    )
    return replace(made, **other)  # type: ignore[arg-type]


def found(
    *statements: Statement,
    datings: tuple[Dating, ...] = (),
    dates: tuple[str, str, str] = ("", "", ""),
    one_story: bool = True,
) -> tuple[Conflict, ...]:
    documents = [
        Document(name, "", (), (), Metadata(date=date)) for name, date in zip("abc", dates, strict=True)
    ]
    near: list[set[int]] = [{0, 1, 2} - {i} if one_story else set() for i in range(3)]
    entities = (TOM, RAIN, LIMA, QUITO, PERU, CHILE, *GROUPS)
    return conflicts(documents, entities, [BLAST], statements, datings, near, Witnesses(()), ONTOLOGY)


def sides(*statements: Statement, **settings: object) -> list[tuple[str, str, list[tuple[str, str]]]]:
    return [
        (each.subject, each.label, [(value.label, " ".join(value.documents)) for value in each.values])
        for each in found(*statements, **settings)  # type: ignore[arg-type]
    ]


def test_two_places_of_birth() -> None:
    (one,) = found(says("a", "bornIn", "Lima"), says("b", "bornIn", "Quito"), says("c", "bornIn", "Quito"))
    assert (one.subject, one.property, one.label) == ("Tom_Reed", "bornIn", "born in")
    assert [(v.value, v.documents, v.independent) for v in one.values] == [
        ("Quito", ("b", "c"), 2),
        ("Lima", ("a",), 1),
    ]
    assert one.values[0].evidence == (evidence("b"), evidence("c"))


@pytest.mark.parametrize(
    "statements",
    [
        (says("a", "bornIn", "Lima"), says("b", "bornIn", "Lima")),
        (says("a", "bornIn", "Lima"), says("b", "bornIn", "Peru")),
        (says("a", "bornIn", "Lima"), says("b", "bornIn", "Quito"), says("c", "locatedIn", "Quito", "Lima")),
        (says("a", "bornIn", "Lima"), says("a", "bornIn", "Quito")),  # both places are in one article
        (says("a", "bornIn", "Lima"), says("b", "bornIn", "Lima"), says("b", "bornIn", "Quito")),
        (says("a", "visited", "Lima"), says("b", "visited", "Quito")),  # a man can visit two towns
        (says("a", "bornIn", "Lima"), says("b", "bornIn", "Quito", factuality=Factuality.REPORTED)),
        (says("a", "bornIn", "Lima"), says("b", "bornIn", "Quito", factuality=Factuality.POSSIBLE)),
        (says("a", "tookPlaceOn", Text("2026", "gYear"), "blast"),
         says("b", "tookPlaceOn", Text("2026-01-13", "date"), "blast")),
        (says("a", "lasted", Text("about 20 minutes"), "blast"),
         says("b", "lasted", Text("18 minutes"), "blast")),
        (says("a", "lasted", Text("a while"), "blast"), says("b", "lasted", Text("18 minutes"), "blast")),
    ],
)  # fmt: skip
def test_no_conflict(statements: tuple[Statement, ...]) -> None:
    assert found(*statements) == ()


def test_a_value_that_fits_two_sides_joins_neither() -> None:
    told = (says("a", "tookPlaceOn", Text("2026-01-12", "date"), "blast"),
            says("b", "tookPlaceOn", Text("2026-01-13", "date"), "blast"),
            says("c", "tookPlaceOn", Text("2026-01", "gYearMonth"), "blast"))  # fmt: skip
    assert sides(*told) == [("blast", "date", [("2026-01-12", "a"), ("2026-01-13", "b")])]


def test_ages_conflict_only_at_the_same_time() -> None:
    ages = says("a", "age", Text("48", "integer")), says("b", "age", Text("51", "integer"))
    age = [("Tom_Reed", "age", [("48", "a"), ("51", "b")])]
    assert sides(*ages, dates=("2026-01-13", "2026-01-13", "")) == age
    assert sides(*ages, dates=("2023-01-13", "2026-01-13", "")) == []
    assert sides(*ages) == age  # the articles are on one story, and nothing shows that years lie between them
    assert sides(*ages, one_story=False) == []


def test_a_dated_event() -> None:
    def dating(document: str, day: str) -> Dating:
        return Dating("blast", Time(day, day, day), evidence(document))

    (one,) = found(datings=(dating("a", "2026-01-13"), dating("b", "2023-10-24"), dating("c", "2026-01")))
    assert [(v.value, v.datatype, v.documents) for v in one.values] == [
        ("2026-01-13", "date", ("a", "c")),
        ("2023-10-24", "date", ("b",)),
    ]
    assert (one.subject, one.property) == ("blast", "date")


def test_how_many() -> None:
    def killed(document: str, group: str, **other: object) -> Statement:
        return says(document, "killed", group.replace(" ", "_"), "blast", event="blast", **other)

    twelve, fourteen = killed("a", "12 people"), killed("b", "14 people", factuality=Factuality.REPORTED)
    expected = [("blast", "number of people: killed", [("12 people", "a"), ("14 people", "b")])]
    assert sides(twelve, fourteen) == expected
    assert sides(twelve, killed("b", "at least 9 people")) == []
    assert sides(twelve, fourteen, dates=("2026-01-13", "2026-01-14", "")) == []  # the toll rose
    died = says("a", "diedIn", "blast", "12_people"), says("b", "diedIn", "blast", "14_people")
    assert sides(*died) == [("blast", "number of people: died in", [("12 people", "a"), ("14 people", "b")])]


def test_who_won() -> None:
    one = says("a", "defeated", "Chile", "Peru", event="blast")
    other = says("b", "defeated", "Peru", "Chile", event="blast")
    assert sides(one, other) == [("blast", "defeated: Chile and Peru", [("Chile", "b"), ("Peru", "a")])]
    assert sides(one, replace(other, event="another match")) == []


def test_classes() -> None:
    film = says("a", "describedAs", Text("the award-winning film about a dog"), "Blue_Rain")
    band = says("b", "describedAs", Text("a band from Lima"), "Blue_Rain")
    assert sides(film, band) == [
        ("Blue_Rain", "type", [("creative work (film)", "a"), ("organisation (band)", "b")])
    ]
    assert sides(film, says("b", "describedAs", Text("the famous song"), "Blue_Rain")) == []
    assert sides(film, says("b", "describedAs", Text("a success"), "Blue_Rain")) == []


def test_asserted_and_denied() -> None:
    visited, denied = (
        says("a", "visited", "Lima"),
        says("b", "visited", "Lima", factuality=Factuality.NEGATED),
    )
    assert sides(visited, denied) == [("Tom_Reed", "visited Lima", [("not so", "b"), ("so", "a")])]
    assert sides(visited, denied, one_story=False) == []
    years = Time("2025", "2025", "2025"), Time("2026", "2026", "2026")
    assert sides(replace(visited, time=years[0]), replace(denied, time=years[1])) == []


def test_the_order_of_statements_does_not_matter() -> None:
    said = [says("a", "bornIn", "Lima"), says("b", "bornIn", "Quito"), says("c", "bornIn", "Quito")]
    assert found(*said) == found(*reversed(said))
