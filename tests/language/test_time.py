"""Time expressions: the prose cases of `tests/cases/time.md`, and properties that hold for every text."""

import re
import time as clock
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.language import time
from kg.language.time.tables import OPENERS

CASES = Path(__file__).parent.parent / "cases" / "time.md"
PUBLISHED = "2026-01-14"
UNKNOWN = "Without a date of publication"


def _rows() -> list[tuple[str, str, list[str]]]:
    """(day of publication, sentence with bold expressions, the other cells) of every table row."""
    rows, anchor = [], PUBLISHED
    for line in CASES.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            anchor = "" if line[3:] == UNKNOWN else PUBLISHED
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and cells[0] != "sentence" and not cells[0].startswith("---"):
            rows.append((anchor, cells[0], cells[1:]))
    return rows


@pytest.mark.parametrize(("anchor", "marked", "cells"), _rows(), ids=lambda value: str(value)[:60])
def test_sentence_means_what_the_table_says(anchor: str, marked: str, cells: list[str]) -> None:
    texts = re.findall(r"\*\*(.+?)\*\*", marked)
    columns = [["" if part.strip() == "-" else part.strip() for part in cell.split(";")] for cell in cells]
    expected = list(zip(texts, *columns, strict=True)) if texts else []
    found = time.find(marked.replace("**", ""), anchor)
    assert [(t.text, t.type, t.value, t.begin, t.finish) for t in found] == expected


def test_tense_chooses_between_the_last_and_the_coming_day() -> None:
    text = "Ana Ruiz opens the fair on Friday."
    values = {
        tense: time.find(text, PUBLISHED, lambda *_, t=tense: t)[0].value for tense in ("past", "future")
    }
    assert values == {"past": "2026-01-09", "future": "2026-01-16"}


def test_a_past_clause_is_in_the_month_that_the_story_tells() -> None:
    text = "Rain fell in June 2024. It is low at the end of the month."
    values = [time.find(text, PUBLISHED, lambda *_, t=tense: t)[1].value for tense in ("past", "")]
    assert values == ["2024-06", PUBLISHED[:7]]


def test_tense_chooses_the_year_of_distant_days_only() -> None:
    def found(text: str, tense: str) -> str:
        return time.find(text, "2026-06-01", lambda *_: tense)[0].value

    assert found("on November 5", "past") == "2025-11-05"
    assert found("on November 5", "future") == "2026-11-05"
    assert found("on June 17", "past") == "2026-06-17"


def test_an_imprecise_anchor_resolves_only_what_it_can() -> None:
    text = "today, last month, last year, Tuesday"
    assert [t.value for t in time.find(text, "2026-01")] == ["2026-01", "2025-12", "2025", "XXXX-WXX-2"]
    assert [t.value for t in time.find(text, "2026")] == ["2026", "", "2025", "XXXX-WXX-2"]


def test_anchor_may_be_a_timestamp_or_nonsense() -> None:
    assert time.find("today", "2026-01-14T09:30:00Z")[0].value == "2026-01-14"
    assert time.find("today", "soon")[0].value == ""


def test_expression_never_crosses_a_line_break() -> None:
    found = time.find("Shut until Friday\nJanuary 13, 2026\nIt rained.", PUBLISHED)
    assert [t.text for t in found] == ["Friday", "January 13, 2026"]


def test_distant_years_stay_open() -> None:
    assert time.find("9999 years ago", PUBLISHED)[0].begin == ""
    assert time.find("tomorrow", "9999-12-31")[0].value == ""


_PIECES = st.one_of(
    st.sampled_from(sorted(OPENERS)),
    st.sampled_from(
        ["Monday", "May", "January", "13", "2026", "31", "9999", "0", "8:54", "a.m.", "GMT", "'82", "٢٠٢٦"]
    ),
    st.sampled_from(["ago", "later", "of", "to", "and", "before", "row", ",", ".", "-", "–", "(", ")", "\n"]),
)


@given(
    st.lists(_PIECES, max_size=30),
    st.sampled_from([PUBLISHED, "2026-01", "2026", "", "0001-01-01", "9999-12-31"]),
)
def test_any_words_give_ordered_spans_of_the_text(pieces: list[str], anchor: str) -> None:
    text = " ".join(pieces)
    found = time.find(text, anchor)
    assert all(text[t.start : t.end] == t.text for t in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(t.begin <= t.finish or not t.finish.startswith(t.begin) for t in found)


@pytest.mark.parametrize("piece", ["a ", "May ", "the past ", "1", " ", "(", "one ", "20-", "in the year "])
def test_time_is_linear_in_length(piece: str) -> None:
    def seconds(length: int) -> float:
        text, start = piece * (length // len(piece)), clock.process_time()
        time.find(text, PUBLISHED)
        return clock.process_time() - start

    assert seconds(80_000) < 12 * seconds(16_000) + 0.1
