"""Documents that share rare features are on one story."""

from __future__ import annotations

from dataclasses import replace

from kg.model import Metadata, Reading, TimeExpression
from kg.resolve import stories
from tests.resolve.helper import reading

COACHES = "ABCDEFGH"


def _groups(readings: list[Reading]) -> list[int]:
    return stories.groups(readings, stories.likeness(list(map(stories.features, readings)), 0.2))


def dismissal(name: str, coach: str, town: str, hall: str, word: str) -> Reading:
    """One of many articles on a dismissed coach of Lima; each has its own words."""
    return reading(
        name,
        f"[{coach}:Person], [coach:thing.Person] of [the Lima Bears:SportsTeam], was [dismiss:event.Event] "
        f"in [{town}:City] at [{hall}:Place] after [a defeat:event.Event] and [{word}:thing.Thing].",
    )


def test_two_stories_of_one_kind_are_two() -> None:
    first = [dismissal(f"a{n}", "Tom Reed", "New Porto", "Alder Hall", f"word{n}") for n in range(9)]
    second = [dismissal(f"b{n}", "Paul Moss", "Old Corona", "Cedar Hall", f"word{n}") for n in range(9)]
    assert _groups([*first, *second]) == [0] * 9 + [9] * 9


def test_articles_on_one_story_are_one_despite_other_content() -> None:
    told = [dismissal(f"a{n}", "Tom Reed", "New Porto", "Alder Hall", f"word{n % 9}") for n in range(18)]
    assert set(_groups(told)) == {0}


def attack(name: str, pirates: int, day: str, word: str) -> Reading:
    """One of many articles on pirates caught in a bay; only their number and the day differ."""
    text = f"[the Alder Navy:Organization] [foil:event.Event] [{pirates} pirates:thing.Group plural] in "
    one = reading(name, f"{text}[Alder Bay:Place] with [{word}:thing.Thing] on {day}.")
    at = one.document.text.index(day)
    return replace(one, times=(TimeExpression(at, at + len(day), day, "DATE", ""),))


def test_days_and_numbers_distinguish_two_stories_of_one_kind() -> None:
    first = [attack(f"a{n}", 23, "Saturday", f"word{n}") for n in range(9)]
    second = [attack(f"b{n}", 26, "Thursday", f"thing{n}") for n in range(9)]
    assert _groups([*first, *second]) == [0] * 9 + [9] * 9
    assert set(_groups([*first, *(attack(f"b{n}", 23, "Saturday", f"word{n}") for n in range(9))])) == {0}


def test_documents_with_nothing_in_common_are_separate_stories() -> None:
    assert _groups([reading("a", "[Ana Ruiz:Person] sang."), reading("b", "It rained.")]) == [0, 1]
    assert _groups([]) == []


def test_other_stories_do_not_change_a_story() -> None:
    told = [dismissal(f"a{n}", "Tom Reed", "New Porto", "Alder Hall", f"word{n}") for n in range(4)]
    others = [
        reading(
            f"b{n}", f"[Person {n // 2}a:Person] bought [Firm {n // 2}b:Company] in [Town {n // 2}c:City]."
        )
        for n in range(300)
    ]
    assert _groups([*told, *others])[:4] == [0] * 4


def test_articles_published_months_apart_are_two_stories() -> None:
    def dated(name: str, day: str) -> Reading:
        told = dismissal(name, "Tom Reed", "New Porto", "Alder Hall", "rain")
        return replace(told, document=replace(told.document, metadata=Metadata(date=day)))

    assert _groups([dated("a", "2026-03-02"), dated("b", "2026-03-04"), dated("c", "2026-09-02")]) == [
        0,
        0,
        2,
    ]
