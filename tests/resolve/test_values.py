"""A less precise value agrees with a more precise one; values that exclude each other conflict."""

import pytest

from kg.resolve.conflicts.values import Alternative, ClassValue, Days, Place, Quantity, agree, quantity


@pytest.mark.parametrize(
    ("one", "other", "agrees"),
    [
        ("2026-01-13", "2026-01-13", True),
        ("2026-01", "2026-01-13", True),
        ("2026", "2026-01", True),
        ("2026-01-12", "2026-01-13", False),
        ("2025", "2026-01-13", False),
    ],
)
def test_days(one: str, other: str, agrees: bool) -> None:
    assert agree(Days(one, one), Days(other, other)) is agrees
    assert agree(Days(other, other), Days(one, one)) is agrees


def test_a_day_within_a_period_agrees_with_it() -> None:
    assert agree(Days("2026-01-12", "2026-01-14"), Days("2026-01-13", "2026-01-13"))
    assert not agree(Days("2026-01-12", "2026-01-14"), Days("2026-01-15", "2026-01-15"))
    assert agree(Days("1910", "1945"), Days("1944-02-02", "1944-02-02"))


@pytest.mark.parametrize(
    ("one", "other", "agrees"),
    [
        ("12 people", "twelve people", True),
        ("12 people", "14 people", False),
        ("at least 12 people", "14 people", True),
        ("at least 15 people", "14 people", False),
        ("more than a dozen people", "Fourteen people in Lima", True),
        ("about 20 minutes", "18 minutes", True),
        ("about 20 minutes", "35 minutes", False),
        ("three weeks", "20 days", True),  # different units are not compared
        ("1,200 votes", "1200 votes", True),
        ("10 million", "11 million", True),  # both may be rounded
        ("10 million", "25 million", False),
        ("$3.5 billion", "$35 billion", False),
        ("twenty-one dead", "21 dead", True),
    ],
)
def test_quantities(one: str, other: str, agrees: bool) -> None:
    first, second = quantity(one), quantity(other)
    assert isinstance(first, Quantity) and isinstance(second, Quantity)
    assert agree(first, second) is agree(second, first) is agrees


@pytest.mark.parametrize("text", ["people of Lima", "a few people", "", "the 2-1 win", "a week"])
def test_texts_that_are_not_quantities(text: str) -> None:
    assert quantity(text) is None


def test_places_of_one_level_exclude_each_other_unless_one_lies_in_the_other() -> None:
    lima, quito = Place("Lima", "City", frozenset({"Peru"})), Place("Quito", "City", frozenset())
    old_town = Place("Old_Town", "City", frozenset({"Quito"}))
    assert not agree(lima, quito)
    assert agree(quito, old_town)
    assert agree(lima, Place("Chile", "Country", frozenset()))  # Lima may be in Chile
    assert not agree(Place("Peru", "Country", frozenset()), Place("Chile", "Country", frozenset()))


def test_kinds_choices_and_values_of_two_sorts() -> None:
    film, band = (
        ClassValue("CreativeWork", frozenset({"MusicGroup"})),
        ClassValue("MusicGroup", frozenset({"CreativeWork"})),
    )
    assert not agree(film, band)
    assert agree(band, ClassValue("Organization", frozenset()))
    assert not agree(Alternative("Peru"), Alternative("Chile"))
    assert agree(Alternative("Peru"), film)
