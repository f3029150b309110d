"""Documents that share what few others speak of tell one story."""

from __future__ import annotations

from kg.model import Reading
from kg.resolve import stories
from tests.resolve.helper import reading

COACHES = "ABCDEFGH"


def dismissal(name: str, coach: str, town: str, hall: str, word: str) -> Reading:
    """One of many articles on a coach of Lima who was dismissed; each has words of its own."""
    return reading(
        name,
        f"[{coach}:Person], [coach:thing.Person] of [the Lima Bears:SportsTeam], was [dismiss:event.Event] "
        f"in [{town}:City] at [{hall}:Place] after [a defeat:event.Event] and [{word}:thing.Thing].",
    )


def test_two_stories_of_one_kind_are_two() -> None:
    first = [dismissal(f"a{n}", "Tom Reed", "New Porto", "Alder Hall", f"word{n}") for n in range(9)]
    second = [dismissal(f"b{n}", "Paul Moss", "Old Corona", "Cedar Hall", f"word{n}") for n in range(9)]
    assert stories.groups([*first, *second]) == [0] * 9 + [9] * 9


def test_one_story_is_one_whatever_else_each_article_tells() -> None:
    told = [dismissal(f"a{n}", "Tom Reed", "New Porto", "Alder Hall", f"word{n % 9}") for n in range(18)]
    assert set(stories.groups(told)) == {0}


def test_documents_without_anything_in_common_are_alone() -> None:
    assert stories.groups([reading("a", "[Ana Ruiz:Person] sang."), reading("b", "It rained.")]) == [0, 1]
    assert stories.groups([]) == []


def test_more_stories_of_others_change_no_story() -> None:
    told = [dismissal(f"a{n}", "Tom Reed", "New Porto", "Alder Hall", f"word{n}") for n in range(4)]
    others = [
        reading(
            f"b{n}", f"[Person {n // 2}a:Person] bought [Firm {n // 2}b:Company] in [Town {n // 2}c:City]."
        )
        for n in range(300)
    ]
    assert stories.groups([*told, *others])[:4] == [0] * 4
