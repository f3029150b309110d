"""Intervals: a time expression bounded by the word before it."""

import pytest

from kg.language import time
from kg.language.time import ranges

PUBLISHED = "2026-01-14"


@pytest.mark.parametrize(
    ("text", "begin", "finish", "words"),
    [
        ("Ruiz has led Norvex since 2019.", "2019", "", "since 2019"),
        ("Norvex sold trams by 22 December.", "", "2025-12-22", "by 22 December"),
        ("The harbour is closed until Friday.", "", "2026-01-16", "until Friday"),
        ("Norvex was sold before 2015.", "", "2014", "before 2015"),
        ("Norvex was sold after May 2015.", "2015-06", "", "after May 2015"),
        ("Norvex grew in the past three years.", "2023-01", "2026-01-14", "the past three years"),
        ("Norvex grew over the last ten days.", "2026-01-04", "2026-01-14", "the last ten days"),
        ("Norvex will grow in the next two months.", "2026-01-14", "2026-03", "the next two months"),
        ("Norvex grew over the past few years.", "", "", "the past few years"),
    ],
)
def test_expressions_with_bounds(text: str, begin: str, finish: str, words: str) -> None:
    times = time.find(text, PUBLISHED)
    found = ranges.bounded(times, len(times) - 1, text, PUBLISHED)
    assert found is not None
    assert (found.begin, found.finish, text[found.start : times[-1].end]) == (begin, finish, words)


@pytest.mark.parametrize(
    "text", ["Norvex was sold in 2019.", "Norvex grew for three years.", "It was sold since recently."]
)
def test_expressions_without_bounds(text: str) -> None:
    times = time.find(text, PUBLISHED)
    assert all(ranges.bounded(times, i, text, PUBLISHED) is None for i in range(len(times)))


def test_unresolved_times_are_bounded_in_words_only() -> None:
    text = "The harbour is closed until Friday. Norvex grew in the past three years."
    times = time.find(text, "")
    for index in range(len(times)):
        found = ranges.bounded(times, index, text, "")
        assert found is not None
        assert (found.begin, found.finish) == ("", "")
