"""Resolves times in an undated article by the dates of other articles of its story.

    (no date)     Ruiz met Reed in Lima on Tuesday. They had met in October.
    14 Jan 2026   Ana Ruiz and Tom Reed met in Lima on Tuesday.
        Tuesday: 13 January 2026; October: 2025-10

A weekday, a month or "last year" gets a value only if all dated articles of the story lead to the same one.
"Today" and "yesterday" stay unresolved, because they need the exact day of publication. If an undated article
mentions full dates and none of these is near the dates of the other articles, none of its times are resolved:
it may be about another occasion.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from kg import disk_lists
from kg.language import time
from kg.memo import Memo
from kg.model import Document, Reading, TimeExpression

_DAY = len("2026-01-13")  # length of a date with a day; dates without a day ("2026-01") are shorter
# Maximum number of days between a full date in an undated article and the date of another article of the
# story. If all its full dates are further away, no times of the undated article are resolved.
_SAME_STORY = 31
_NEEDS_THE_DAY = re.compile(
    r"\b(?:to(?:day|night|morrow)|yesterday|ago|now|hours?|this|next|last (?:night|weekend))\b", re.IGNORECASE
)


def dated(readings: Sequence[Reading], near: Sequence[set[int]], memo: Memo) -> Sequence[Reading]:
    """The readings in the same order, with times in undated articles resolved by other articles of the story.

    `near`: for each reading, the indices of the readings of the same story.
    """
    documents = disk_lists.documents(readings)
    dates = [document.metadata.date for document in documents]
    found: dict[int, tuple[Document, tuple[TimeExpression, ...]]] = {}
    for index in range(len(readings)):
        others = sorted(other for other in near[index] if len(dates[other]) == _DAY)
        if dates[index] or not others:
            continue
        days = sorted({dates[other] for other in others})
        make = partial(_times, readings, index, days)
        for times in memo.of("times", disk_lists.keys(readings)[index], days, tuple[_Times, ...], make):
            document = replace(documents[index], dated_by=tuple(documents[o].id for o in others))
            found[index] = document, times
    return disk_lists.dated(readings, found)


_Times = tuple[TimeExpression, ...]


def _times(readings: Sequence[Reading], number: int, days: Sequence[str]) -> tuple[_Times, ...]:
    """A 1-tuple with the times of a document, resolved by the dates `days`; () if no time changes."""
    reading = readings[number]
    if _is_elsewhere(reading, days):
        return ()
    times = _agreed(reading, days)
    return (times,) if times != reading.times else ()


def _is_elsewhere(reading: Reading, dates: Sequence[str]) -> bool:
    """Whether the article mentions full dates, but none within `_SAME_STORY` days of one of `dates`."""
    own = [time.begin for time in reading.times if time.begin and len(time.begin) >= _DAY]
    return bool(own) and not any(_apart(day, other) <= _SAME_STORY for day in own for other in dates)


def _apart(one: str, other: str) -> int:
    """The number of days between two ISO dates; the first one may have a time of day."""
    return abs((date.fromisoformat(one[:_DAY]) - date.fromisoformat(other)).days)


def _agreed(reading: Reading, anchors: Sequence[str]) -> tuple[TimeExpression, ...]:
    """All times of the reading. An unresolved one gets a value if every date in `anchors`, taken as the date
    of publication, leads to the same value.
    """
    tenses = {expression.start: expression.tense for expression in reading.times}
    versions = [
        {
            (one.start, one.end): one
            for one in time.find(reading.document.text, anchor, lambda start, _: tenses.get(start, ""))
        }
        for anchor in anchors
    ]
    return tuple(_resolved(expression, versions) for expression in reading.times)


def _resolved(
    expression: TimeExpression, versions: Sequence[dict[tuple[int, int], TimeExpression]]
) -> TimeExpression:
    """The expression, with its value if all `versions` (one for each assumed date of publication) agree."""
    if expression.begin or expression.type not in ("DATE", "TIME") or _NEEDS_THE_DAY.search(expression.text):
        return expression
    found = {version.get((expression.start, expression.end)) for version in versions}
    one = found.pop()
    return expression if found or one is None else replace(one, tense=expression.tense)
