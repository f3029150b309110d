"""Measures how early in an article something is told, and finds the day on which it happened.

News articles begin with their news and end with its background.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from kg.model import Event, Statement
from kg.write.network import ends

LEAD = 200  # number of characters at the beginning of an article that contain its news
DEEP = 600  # the offset, in characters, at which a fact counts half as much as at the beginning of an article
LAST = 1 << 30  # an offset beyond the end of any article


def begins(told: Statement | Event, articles: Iterable[str]) -> int:
    """The offset, in characters, of the first sentence that supports a statement or event in these articles;
    `LAST` if none does.
    """
    return min((piece.start for piece in told.evidence if piece.document in articles), default=LAST)


def firsts(told: Iterable[Statement], articles: Iterable[str]) -> dict[str, int]:
    """Thing -> the offset of the first sentence that supports a statement about it."""
    found: dict[str, int] = {}
    for fact in told:
        for end in ends(fact):
            found[end] = min(found.get(end, LAST), begins(fact, articles))
    return found


def early(told: Statement | Event, articles: Iterable[str]) -> float:
    """How early the articles tell something: 1 at the beginning of an article, less towards its end."""
    return 1 / (1 + (begins(told, articles) / DEEP) ** 2)


def day(told: Statement | Event) -> int:
    """The day on which a statement or event ends (or, if no end is known, starts), as an ordinal; 0 if
    unknown.
    """
    return as_day(told.time.end or told.time.start) if told.time else 0


def as_day(iso: str) -> int:
    """A date as an ordinal, by its first day if it is a month or year; 0 if there is none.

    >>> as_day("2026-01-02") - as_day("2026"), as_day("")
    (1, 0)
    """
    known = re.match(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$", iso)
    if not known:
        return 0
    try:
        return date(int(known[1]), int(known[2] or 1), int(known[3] or 1)).toordinal()
    except ValueError:
        return 0
