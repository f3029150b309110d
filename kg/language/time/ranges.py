"""Finds periods between two time expressions, and periods given by one expression and the word before it.

    from 1910 to 1945, July 6-16, 2019/20       both ends are given
    since 2019, after May                       the beginning is given
    until Friday, by 22 February, as of 2015    the end is given
    in the past three years, the next month     counted from the day of the article

Excludes periods whose ends are linked by more words ("beginning in 1910 and ending in 1945"), and lists ("in
1910 and 1945"), which are two times.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.language.time import calendar
from kg.model import TimeExpression

_OPENS = re.compile(r"\b(?:from|between)\s+(?:the\s+)?$", re.IGNORECASE)
_JOINS_OPENED = re.compile(r"\s*(?:to|and|until|till|through|[-–])\s*(?:the\s+)?", re.IGNORECASE)
_JOINS = re.compile(r"\s?[-–/]\s?|\s+through\s+", re.IGNORECASE)
_BEFORE = 14  # number of characters before an expression in which "from", "between the" etc. are searched for
_KINDS = ("DATE", "TIME")
_FIRST = ("since", "after")
_LAST = ("until", "till", "by", "before", "through", "as of")
_BOUND = re.compile(rf"\b({'|'.join((*_FIRST, *_LAST))})\s+(?:at\s+)?(?:the\s+)?$", re.IGNORECASE)
_WINDOW = re.compile(r"\b(?P<back>past|last|previous)\b|\b(?:next|coming)\b", re.IGNORECASE)
_LENGTH = re.compile(r"P(\d+)([DWMY])")
_PLAIN = (4, 7, 10)  # lengths in characters of a year, a month and a day in ISO 8601


def closing(times: Sequence[TimeExpression], index: int, text: str) -> int:
    """If the expression at `index` begins a period, the index of the one that ends it; otherwise -1."""
    if not 0 <= index < len(times) - 1:
        return -1
    first, second = times[index], times[index + 1]
    if first.type not in _KINDS or second.type not in _KINDS:
        return -1
    opened = _OPENS.search(text[max(first.start - _BEFORE, 0) : first.start])
    joins = (_JOINS_OPENED if opened else _JOINS).fullmatch(text[first.end : second.start])
    return index + 1 if joins else -1


def opening(times: Sequence[TimeExpression], index: int, text: str) -> int:
    """If the expression at `index` ends a period, the index of the expression that begins it; otherwise
    `index`.
    """
    return index - 1 if index > 0 and closing(times, index - 1, text) == index else index


@dataclass(frozen=True, slots=True)
class Stretch:
    """A period: its first and last day, month or year, inclusive; "" for an open end."""

    begin: str
    finish: str
    start: int  # offset of the first word of the period in the text


def bounded(times: Sequence[TimeExpression], index: int, text: str, anchor: str) -> Stretch | None:
    """The period that one expression gives, with the word before it; None if it gives none.

    `anchor` is the day of publication, or "". Both ends of the period are "" if the expression is unresolved
    ("until Friday" in an undated article).
    """
    time = times[index]
    if time.type == "DURATION":
        return _window(time, anchor)
    word = _BOUND.search(text[max(time.start - _BEFORE, 0) : time.start])
    if word is None or time.type not in _KINDS or time.value.endswith("_REF"):
        return None
    start, kind = time.start - len(word[0]), word[1].lower()
    if kind == "after":
        return Stretch(_beside(time.finish, 1), "", start)
    if kind == "before":
        return Stretch("", _beside(time.begin, -1), start)
    return Stretch(time.begin, "", start) if kind in _FIRST else Stretch("", time.finish, start)


def _window(time: TimeExpression, anchor: str) -> Stretch | None:
    """The period that ends or begins with the day `anchor`: "the past three years", "the next month".

    The other end is a day if the duration is in days or weeks, a month if it is in months or years. None for
    a duration without such a word: "three years".
    """
    direction = _WINDOW.search(time.text)
    if direction is None:
        return None
    length = _LENGTH.fullmatch(time.value)
    today = calendar.containing(anchor, "day")
    if length is None or not today:
        return Stretch("", "", time.start)
    count, back = int(length[1]), bool(direction["back"])
    months = {"Y": 12, "M": 1}.get(length[2])
    unit, steps = ("month", count * months) if months else ("day", count * (7 if length[2] == "W" else 1))
    other = calendar.shift(today, -steps if back else steps, unit)
    return Stretch(other, today, time.start) if back else Stretch(today, other, time.start)


def _beside(date: str, step: int) -> str:
    """The day, month or year that is `step` steps after a date of this precision; "" for other precisions."""
    if len(date) not in _PLAIN:
        return ""
    return calendar.shift(date, step, {4: "year", 7: "month", 10: "day"}[len(date)])
