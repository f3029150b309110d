"""Finds time expressions in plain text and says what they mean, as TIMEX3 (ISO-TimeML) values.

    find("They met on Tuesday night.", "2026-01-14")
    # "Tuesday night": TIME 2026-01-13TNI, on 2026-01-13

The text is read once from left to right. At each word that may begin an expression, the rules are tried in a
fixed order, and the first that matches is used. The rules are grouped by kind of expression: `clock`,
`dates`, `relative`, `periods`. Tables of words are in `tables`, arithmetic is in `calendar`. No parse is
needed; a parse can give the tense of a clause (`kg.language.tense`). Excludes ages, the minutes of a match,
and dates before the year 1000.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from kg.language.time import calendar, clock, dates, periods, relative
from kg.language.time.grammar import PartialTime, Tense, TimeContext
from kg.language.time.tables import LEADS, OPENERS
from kg.model import TimeExpression

__all__ = ["find"]

_RULES = (*clock.CLOCKS, *dates.RULES, *relative.RULES, *periods.RULES, *clock.PARTS)
_WORD = re.compile(r"\w+|['’‘](?=\d\d)")
_DIGITS = frozenset("0123456789'’‘")
# All words of the rules in lower case, and some letters of the regular expressions, which are harmless: the
# set only selects where rules are tried.
_KNOWN = OPENERS.union(*(re.findall(r"[^\W\d_]+", rule.pattern.pattern.lower()) for rule in _RULES))
_REMEMBERED = 8  # number of previous dates to which an expression may refer


def find(
    text: str,
    anchor: str,
    tense: Tense = lambda _start, _end: "",
    quoted: Callable[[int], bool] = lambda _at: False,
) -> tuple[TimeExpression, ...]:
    """The time expressions of a text, in order, none overlapping.

    `anchor` is the day of publication (ISO 8601), or only its month or year, or "" if unknown. `tense` gives
    the tense of the clause around a span of characters: "past", "future" or "" (unknown); it decides whether
    "on Tuesday" is the last or the next one. An unresolved expression has an open value ("XXXX-01-13",
    "XXXX-WXX-2") and empty `begin` and `finish`. `quoted` tells whether a character is inside a quotation;
    later expressions such as "the following day" do not refer to dates inside quotations.
    """
    found = clock.join(_scan(text, calendar.valid(anchor), tense, quoted), text)
    return tuple(_expression(one, text, tense) for one in found)


def _scan(text: str, anchor: str, tense: Tense, quoted: Callable[[int], bool]) -> list[PartialTime]:
    found: list[PartialTime] = []
    dated: tuple[PartialTime, ...] = ()
    end = 0
    for at in _starts(text):
        if at < end:
            continue
        read = _read(at, TimeContext(text, anchor, tense, dated))
        if read:
            found.extend(read)
            end = read[-1].end
            dates_read = (
                one
                for one in read
                if one.type == "DATE" and not one.value.endswith("_REF") and not quoted(one.start)
            )
            dated = (*dated, *dates_read)[-_REMEMBERED:]
    return found


def _starts(text: str) -> Iterator[int]:
    """Offsets at which an expression may begin, in order: at a digit, or at a first word of a rule.

    A first word that cannot be a whole expression ("the") counts only if another word of the rules follows.
    """
    leads: list[int] = []
    for found in _WORD.finditer(text):
        word = found[0].lower()
        if word in LEADS:
            leads.append(found.start())
            continue
        number = word[0] in _DIGITS
        if leads and (number or word in _KNOWN):
            yield from leads
        leads.clear()
        if number or word in OPENERS:
            yield found.start()


def _read(at: int, context: TimeContext) -> tuple[PartialTime, ...]:
    for rule in _RULES:
        match = rule.pattern.match(context.text, at)
        if match is not None and (read := rule.read(match, context)):
            return read
    return ()


def _expression(found: PartialTime, text: str, tense: Tense) -> TimeExpression:
    # a value that consists only of placeholders gives no information: "XXXX-XX"
    value = found.value if re.search(r"[^XTW-]", found.value) else ""
    begin, finish = calendar.cover(value) if found.type in ("DATE", "TIME") else ("", "")
    of_clause = "" if begin or found.type not in ("DATE", "TIME") else tense(found.start, found.end)
    words = text[found.start : found.end]
    return TimeExpression(found.start, found.end, words, found.type, value, begin, finish, of_clause)
