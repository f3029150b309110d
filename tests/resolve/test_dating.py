"""Times in an undated article are resolved by the dates of articles on the same story."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from kg import ontology
from kg.extract import read_all
from kg.memo import Memo
from kg.model import Document, Knowledge, Metadata, Reading, Time, TimeExpression
from kg.read import from_text
from kg.resolve import evidence, resolve
from kg.resolve.document import dating

pytestmark = pytest.mark.slow

STORY = "Ana Ruiz met Tom Reed in Lima on Tuesday. They had met in October, and will meet on Friday."
OTHER = "Mayor Ana Ruiz and the pianist Tom Reed met at a harbour in Lima on Tuesday, to sign a treaty."


def article(name: str, text: str, date: str = "") -> Document:
    return replace(from_text(name, text), metadata=Metadata(date=date))


def read(*documents: Document) -> list[Reading]:
    return list(read_all(documents, ontology.load()))


def dated(readings: Sequence[Reading], near: Sequence[set[int]]) -> Sequence[Reading]:
    return dating.dated(readings, near, Memo())


def values(reading: Reading) -> dict[str, str]:
    return {time.text: time.value for time in reading.times}


def test_weekdays_and_months_are_relative_to_the_other_article() -> None:
    readings = read(article("a", STORY), article("b", OTHER, "2026-01-14"))
    found, untouched = dated(readings, [{1}, {0}])
    assert values(found) == {"Tuesday": "2026-01-13", "October": "2025-10", "Friday": "2026-01-16"}
    assert found.document.dated_by == ("b",)
    assert untouched == readings[1]


def test_another_story_gives_no_date() -> None:
    readings = read(article("a", STORY), article("b", OTHER, "2026-01-14"))
    assert dated(readings, [set(), set()]) == readings


def test_times_on_which_other_articles_disagree_stay_open() -> None:
    others = (article("b", OTHER, "2026-01-14"), article("c", OTHER, "2026-01-21"))
    found = dated(read(article("a", STORY), *others), [{1, 2}, {0}, {0}])[0]
    assert values(found) == {"Tuesday": "XXXX-WXX-2", "October": "2025-10", "Friday": "XXXX-WXX-5"}


@pytest.mark.parametrize("words", ["today", "yesterday", "two days ago", "last night"])
def test_times_that_need_the_exact_day_stay_open(words: str) -> None:
    text = f"Ana Ruiz met Tom Reed in Lima {words}."
    readings = read(article("a", text), article("b", OTHER, "2026-01-14"))
    assert dated(readings, [{1}, {0}]) == readings


def test_an_article_with_a_distant_day_reports_another_occasion() -> None:
    text = "Ana Ruiz met Tom Reed in Lima on 24 October 2023. They talked until Thursday."
    readings = read(article("a", text), article("b", OTHER, "2026-01-14"))
    assert dated(readings, [{1}, {0}]) == readings


def test_the_articles_own_date_is_kept() -> None:
    readings = read(article("a", STORY, "2026-01-21"), article("b", OTHER, "2026-01-14"))
    assert dated(readings, [{1}, {0}]) == readings


def test_the_knowledge_records_the_source_of_the_date() -> None:
    told = "The mayor of Lima, Ana Ruiz, met the pianist Tom Reed at the harbour on Tuesday to sign a treaty."
    world: Knowledge = resolve(read(article("a", told), article("b", OTHER, "2026-01-14")), ontology.load())
    assert [document.dated_by for document in world.documents] == [("b",), ()]
    met = [s for s in world.statements if s.label == "met"]
    assert {s.time.start for s in met if s.time} == {"2026-01-13"}


def test_a_clock_time_alone_gives_no_day() -> None:
    day = ("2026-01-14", "2026-01-14")
    clock = TimeExpression(0, 6, "9.53am", "TIME", "2026-01-14T09:53", *day)
    assert evidence.when(clock) == Time("", "", "9.53am")
    assert evidence.when(replace(clock, text="9.53am on Wednesday")) == Time(*day, "9.53am on Wednesday")
