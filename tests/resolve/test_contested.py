"""Mentions with different dates in two articles are one event only if everything else shows it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.model import Knowledge, Metadata, Reading
from kg.ontology import Ontology, load
from kg.resolve import resolve
from tests.resolve.helper import Says, date, reading

RIGHT, WRONG = ("13 January 2026", "2026-01-13"), ("24 October 2023", "2023-10-24")
SONGS = (
    "They sang “[Amber:CreativeWork]”, “[Slow River:CreativeWork]” and “[Last Boat:CreativeWork]”. "
    "[Kwame Okoro:Person] and the [Nine Lanterns:Organization] clapped. "
)
QUOTE = (
    "“We will keep the harbour open day and night,” [she:PRONOUN] said. "
    "“The ships of both our towns are welcome.” "
)
GUESTS = "[Kwame Okoro:Person], the [Harbour Union:Organization] and [Mei Tan:Person] came."


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return load()


def article(
    name: str,
    when: tuple[str, str] | None,
    rest: str = SONGS,
    *,
    noun: str = "hosted",
    guest: str = "Tom Reed",
    place: str = "Lima",
    published: str = "",
) -> Reading:
    on = f" on {when[0]}" if when else ""
    text = f"[Ana Ruiz:Person] [{noun}:event.Meeting] [{guest}:Person] in [{place}:City]{on}. {rest}"
    claim = Says("Ana Ruiz", "hosted", guest, event=noun, time=when[0] if when else "", place=place)
    one = reading(name, text, claim, times=(date(*when),) if when else ())
    return replace(one, document=replace(one.document, metadata=Metadata(date=published)))


def meetings(*articles: Reading, ontology: Ontology) -> list[tuple[str, tuple[str, ...]]]:
    found = resolve(articles, ontology).events
    return sorted(
        (event.time.start if event.time else "", event.documents)
        for event in found
        if event.type == "Meeting"
    )


def test_a_wrong_date_is_a_conflict_about_one_event(ontology: Ontology) -> None:
    told = article("a", RIGHT), article("b", RIGHT), article("c", WRONG)
    assert meetings(*told, ontology=ontology) == [("2026-01-13", ("a", "b", "c"))]
    (conflict,) = resolve(told, ontology).conflicts
    assert [(value.value, value.documents) for value in conflict.values] == [
        ("2026-01-13", ("a", "b")),
        ("2023-10-24", ("c",)),
    ]


def test_each_article_keeps_its_date(ontology: Ontology) -> None:
    known = resolve([article("a", RIGHT), article("b", RIGHT), article("c", WRONG)], ontology)
    hosted = [statement for statement in known.statements if statement.predicate == "hosted"]
    assert {(s.time.start, tuple(e.document for e in s.evidence)) for s in hosted if s.time} == {
        ("2026-01-13", ("a", "b")),
        ("2023-10-24", ("c",)),
    }
    assert len({statement.event for statement in hosted}) == 1


def test_shared_quotations_also_show_that_it_is_one_event(ontology: Ontology) -> None:
    told = article("a", RIGHT, QUOTE), article("b", WRONG, QUOTE)
    assert len(meetings(*told, ontology=ontology)) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # nothing in common but the meeting: these two may meet every year
        (article("a", RIGHT, "Rain fell."), article("b", WRONG, "Rain fell.")),
        # other participants may also be there every year
        (
            article(
                "a",
                RIGHT,
                "[Kwame Okoro:Person], the [Harbour Union:Organization] and [Mei Tan:Person] came.",
            ),
            article(
                "b",
                WRONG,
                "[Kwame Okoro:Person], the [Harbour Union:Organization] and [Mei Tan:Person] came.",
            ),
        ),
        # another guest, another town, another meeting
        (article("a", RIGHT), article("b", WRONG, guest="Kwame Okoro")),
        (article("a", RIGHT), article("b", WRONG, place="Quito")),
        (article("a", RIGHT, noun="first meeting"), article("b", WRONG, noun="second meeting")),
        # each article was published just after its own date
        (article("a", RIGHT, published="2026-01-14"), article("b", WRONG, published="2023-10-25")),
        # two nights of one week, in undated articles
        (article("a", RIGHT), article("b", ("14 January 2026", "2026-01-14"))),
        # a year is not a day
        (article("a", RIGHT), article("b", ("2023", "2023"))),
    ],
)
def test_two_dates_are_two_events(one: Reading, other: Reading, ontology: Ontology) -> None:
    assert len(meetings(one, other, ontology=ontology)) == 2
    assert not any(conflict.property == "date" for conflict in resolve([one, other], ontology).conflicts)


def test_two_days_in_articles_of_one_day_are_one_event(ontology: Ontology) -> None:
    told = (
        article("a", RIGHT, published="2026-01-15"),
        article("b", ("12 January 2026", "2026-01-12"), published="2026-01-15"),
    )
    assert len(meetings(*told, ontology=ontology)) == 1


def test_an_article_with_both_dates_keeps_them_separate(ontology: Ontology) -> None:
    both = reading(
        "a",
        f"[Ana Ruiz:Person] [hosted:event.Meeting] [Tom Reed:Person] in [Lima:City] on {RIGHT[0]}. "
        f"[Ana Ruiz:Person] [hosted:event.Meeting] [Tom Reed:Person] in [Lima:City] on {WRONG[0]}. {SONGS}",
        Says("Ana Ruiz", "hosted", "Tom Reed", event="hosted", time=RIGHT[0], place="Lima"),
        Says("Ana Ruiz#2", "hosted", "Tom Reed#2", event="hosted#2", time=WRONG[0], place="Lima#2"),
        times=(date(*RIGHT), date(*WRONG)),
    )
    assert len(meetings(both, article("b", WRONG), ontology=ontology)) == 2


def test_the_order_of_articles_does_not_matter(ontology: Ontology) -> None:
    told = [article("a", RIGHT), article("b", RIGHT), article("c", WRONG)]
    known: Knowledge = resolve(told, ontology)
    assert resolve(told[::-1], ontology) == known


def test_the_article_for_which_it_is_news_dates_the_event(ontology: Ontology) -> None:
    for names in ("ab", "ba"):
        right = article(names[0], RIGHT, published="2026-01-15")
        (event,) = meetings(right, article(names[1], WRONG), ontology=ontology)
        assert event[0] == "2026-01-13"


def test_three_copies_of_one_article_are_one_witness(ontology: Ontology) -> None:
    citing = f"According to [AFP:Organization], it was so. {SONGS}"
    wrong = [article(name, WRONG, citing) for name in "abc"]
    own = [
        "[Kwame Okoro:Person] and the [Nine Lanterns:Organization] heard “[Amber:CreativeWork]” first. Then "
        "“[Slow River:CreativeWork]” and “[Last Boat:CreativeWork]” followed.",
        "“[Last Boat:CreativeWork]”, loved by [Kwame Okoro:Person], closed the night. The "
        "[Nine Lanterns:Organization] liked “[Amber:CreativeWork]” and “[Slow River:CreativeWork]” more.",
    ]
    right = [article(name, RIGHT, rest) for name, rest in zip("de", own, strict=True)]
    known = resolve([*wrong, *right], ontology)
    (conflict,) = known.conflicts
    assert [(value.value, value.independent, len(value.documents)) for value in conflict.values] == [
        ("2026-01-13", 2, 2),
        ("2023-10-24", 1, 3),
    ]
    assert [event.time.start for event in known.events if event.time] == ["2026-01-13"]
