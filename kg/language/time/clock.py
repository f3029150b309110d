"""Reads times of day: "8:54 a.m.", "15:11 GMT", "noon"; "the morning of", "night" after a day.

The day of a time is the day last mentioned in the story, otherwise the day of publication. If a day is
adjacent ("8 a.m. on Tuesday", "Tuesday night"), `join` uses that one instead. Excludes the minutes of a
match, results ("2:15"), and the offset of time zones other than UTC.
"""

from __future__ import annotations

import re
from dataclasses import replace

from kg.language.time import calendar
from kg.language.time.grammar import (
    STEPS,
    PartialTime,
    Rule,
    TimeContext,
    after,
    cue,
    number,
    one,
    rule,
    said,
    words,
)
from kg.language.time.tables import PARTS_OF_DAY, ZONES


def _at(match: re.Match[str], context: TimeContext, clock: str) -> tuple[PartialTime, ...]:
    day = context.story(match.start(), "day") or (
        "" if _tells_other_year(match, context) else context.now("day")
    )
    return (PartialTime(match.start(), match.end(), "TIME", day or "XXXX-XX-XX", clock),)


def _tells_other_year(match: re.Match[str], context: TimeContext) -> bool:
    """Whether the last date before the match is in a different year from the article.

    For example, "in June 1968. He shot him after midnight" in an article of 2026.
    """
    year = context.story(match.start(), "year")
    return bool(year) and year != context.now("year")


_BEFORE_HOUR = cue(r"at|by|until|till|from|around|since|between|and|to|{_year}")


def _hour(match: re.Match[str], context: TimeContext) -> tuple[PartialTime, ...]:
    hour, minute = int(number(match["hour"])), int(said(match, "minute") or 0)
    half, zone = said(match, "half"), said(match, "zone")
    if half and not 1 <= hour <= 12:
        return ()
    if not (half or zone or said(match, "hours") or context.follows(match.start(), _BEFORE_HOUR)):
        return ()
    if half:
        hour = hour % 12 + (0 if half.startswith("a") else 12)
    if hour > 24:
        return ()
    return _at(match, context, f"T{hour:02}:{minute:02}{'Z' if zone in ('gmt', 'utc') else ''}")


def _named_hour(match: re.Match[str], context: TimeContext) -> tuple[PartialTime, ...]:
    if match["name"][0].isupper():
        return ()  # part of a name: "High Noon"
    return _at(match, context, "T24:00" if match["name"] == "midnight" else "T12:00")


def _this_part(match: re.Match[str], context: TimeContext) -> tuple[PartialTime, ...]:
    """The part of the day of publication ("this morning"), or of a day relative to the story's ("that night",
    "the next morning").
    """
    clock, which = "T" + PARTS_OF_DAY[said(match, "part")], said(match, "which")
    if which in ("every", "each"):
        return one(match, f"XXXX-XX-XX{clock}", "SET")
    day = context.now("day") if which == "this" else context.story(match.start(), "day")
    day = calendar.shift(day, STEPS[which], "day")
    return one(match, (day or "XXXX-XX-XX") + clock, "TIME")


def _part(match: re.Match[str], _: TimeContext) -> tuple[PartialTime, ...]:
    """A part of the day without its day ("night"), which `join` drops unless a day is adjacent."""
    return (PartialTime(match.start(), match.end(), "TIME", "", "T" + PARTS_OF_DAY[said(match, "part")]),)


_AFTER_DAY = after(r",? (?:(?:at|around|about|by|in the|just after|just before) )?")
_BEFORE_DAY = after(r",? (?:(?:on|of|of the|on the) )?")
_TO = after(r" (?:to|and|until|till) | ?[-–—] ?")
_DAY = re.compile(r"(?:\d{4}|XXXX)-\d\d-\d\d|XXXX-WXX-\d|XXXX-XX-XX")


def join(found: list[PartialTime], text: str) -> list[PartialTime]:
    """The times found, with times of day joined to adjacent days, and without parts of the day that have none
    adjacent.
    """
    joined: list[PartialTime] = []
    for current in found:
        if joined and _is_same_hour(joined[-1], current, text):
            joined[-1] = replace(joined[-1], end=current.end)
        elif joined and (both := _joined(joined[-1], current, text)):
            joined[-1] = both
        else:
            joined.append(current)
    # In "from 9 a.m. to 5 p.m. on Friday", the day belongs to both hours.
    for index in range(len(joined) - 2, -1, -1):
        first, second = joined[index : index + 2]
        if first.clock and second.clock and _TO.fullmatch(text, first.end, second.start):
            joined[index] = replace(first, value=second.value)
    return [replace(f, value=f.value + f.clock, clock="") for f in joined if f.value]


_ALSO = after(r" ?[({]")


def _is_same_hour(first: PartialTime, second: PartialTime, text: str) -> bool:
    """Whether both are the same hour, the second in UTC: "2 a.m. local time (0100 UTC)"."""
    clocks = bool(first.clock and second.clock) and second.clock.endswith("Z")
    return clocks and _ALSO.fullmatch(text, first.end, second.start) is not None


def _joined(first: PartialTime, second: PartialTime, text: str) -> PartialTime | None:
    if bool(first.clock) == bool(second.clock):
        return None
    day, clock, between = (first, second, _AFTER_DAY) if second.clock else (second, first, _BEFORE_DAY)
    if day.type != "DATE" or not _DAY.fullmatch(day.value):
        return None
    if not between.fullmatch(text, first.end, second.start):
        return None
    return PartialTime(first.start, second.end, "TIME", day.value, clock.clock)


_MINUTE = r"(?P<minute>[0-5]\d)"
_ZONE = rf"(?P<zone>(?-i:{words(ZONES)})|local time|eastern)"
_IN_ZONE = rf"(?: \(?{_ZONE}(?!\w)\)?)"

CLOCKS: tuple[Rule, ...] = (
    rule(rf"(?P<hour>\d{{1,2}})(?:[:.]{_MINUTE})? ?(?P<half>[ap]\.?m(?:\.|\b)){_IN_ZONE}?", _hour),
    rule(rf"(?P<hour>\d{{1,2}})[:.]{_MINUTE}(?:{_IN_ZONE}|(?P<hours> hours| hrs))", _hour),
    rule(rf"(?P<hour>[0-2]\d){_MINUTE}(?:{_IN_ZONE}|(?P<hours> hours| hrs))", _hour),
    rule(rf"(?P<hour>[01]?\d|2[0-4]):{_MINUTE}(?!:)", _hour),
    rule(r"(?P<hour>{_number}) (?P<hours>o['’]clock)(?: in the (?P<half>am|pm))?", _hour),
    rule(r"(?P<name>noon|midnight|midday)", _named_hour),
    rule(r"(?:the )?(?P<which>this|that|same|next|following|previous|every|each) {part}", _this_part),
)
PARTS: tuple[Rule, ...] = (rule(r"(?:(?:the )?(?:early|late) |the )?{part}", _part),)
