"""Times of day: "8:54 a.m.", "15:11 GMT", "noon"; "the morning of", "night" after a day.

A rule here reads the clock only; `join` gives it its day: the one beside it ("8 a.m. on Tuesday",
"Tuesday night"), or else the day that the story named last, or the day of publication. Leaves out
the minutes of a match, results ("2:15"), and time zones other than UTC, which TIMEX3 values do
not carry in news.
"""

from __future__ import annotations

import re
from dataclasses import replace

from kg.language.time import calendar
from kg.language.time.grammar import Context, Found, Rule, expand, number, rule
from kg.language.time.words import PARTS_OF_DAY

_ZONE = r"(?: \(?(?P<zone>(?-i:GMT|UTC|BST|CET|CEST|EET|EST|EDT|ET|CST|CDT|PST|PDT|PT|JST|KST|IST|HKT|SGT)|local time|Eastern)(?!\w)\)?)?"


def _found(match: re.Match[str], context: Context, clock: str) -> tuple[Found, ...]:
    day = context.reference(match.start(), "day") or context.now("day")
    return (Found(match.start(), match.end(), "TIME", day, clock),)


def _hour(match: re.Match[str], context: Context) -> tuple[Found, ...]:
    groups = match.groupdict()
    hour, minute = int(number(match["hour"])), int(groups.get("minute") or 0)
    half, zone = (groups.get("half") or "").lower(), groups.get("zone") or ""
    if half and not 1 <= hour <= 12:
        return ()
    if half.startswith("a"):
        hour %= 12
    elif half:
        hour = hour % 12 + 12
    if hour > 24:
        return ()
    return _found(match, context, f"T{hour:02}:{minute:02}" + ("Z" if zone in ("GMT", "UTC") else ""))


def _named_hour(match: re.Match[str], context: Context) -> tuple[Found, ...]:
    if match["name"][0].isupper():
        return ()
    return _found(match, context, "T24:00" if match["name"] == "midnight" else "T12:00")


def _this_part(match: re.Match[str], context: Context) -> tuple[Found, ...]:
    """ "this morning" is of the day of publication; "that night", "the next morning" of the story's."""
    part, which = PARTS_OF_DAY[match["part"].lower()], match["which"].lower()
    day = context.now("day")
    if which == "every" or which == "each":
        return (Found(match.start(), match.end(), "SET", f"XXXX-XX-XXT{part}"),)
    if which != "this":
        story = context.reference(match.start(), "day")
        day = calendar.shift(
            story, {"next": 1, "following": 1, "previous": -1}.get(which.split()[-1], 0), "day"
        )
    return (Found(match.start(), match.end(), "TIME", day, f"T{part}"),)


def _bare_part(match: re.Match[str], _: Context) -> tuple[Found, ...]:
    """ "night", which is a time only beside a day; `join` drops it elsewhere."""
    return (Found(match.start(), match.end(), "TIME", "", f"T{PARTS_OF_DAY[match['part'].lower()]}"),)


_AFTER_DAY = re.compile(expand(r",? (?:at |around |about |just after |just before |in the |by )?"), re.I)
_BEFORE_DAY = re.compile(expand(r",? (?:on |of |of the |on the )?"), re.I)
_DAY = re.compile(r"\d{4}-\d\d-\d\d|XXXX-\d\d-\d\d|XXXX-WXX-\d|XXXX-XX-XX")


def join(found: list[Found], text: str) -> list[Found]:
    """Give clock times the day beside them; drop parts of the day that have none."""
    joined: list[Found] = []
    for one in found:
        last = joined[-1] if joined else None
        if last is not None and bool(last.clock) != bool(one.clock):
            gap = text[last.end : one.start]
            day, clock = (last, one) if one.clock else (one, last)
            between = _AFTER_DAY if one.clock else _BEFORE_DAY
            if day.type == "DATE" and _DAY.fullmatch(day.value) and between.fullmatch(gap):
                joined[-1] = Found(last.start, one.end, "TIME", day.value + clock.clock)
                continue
        joined.append(one)
    return [_dated(one) for one in joined if one.value or one.clock[1:2].isdigit() or _has_day(one, text)]


def _has_day(found: Found, text: str) -> bool:
    """Whether the words themselves point at one day, though unknown ("last night")."""
    return " " in text[found.start : found.end]


def _dated(found: Found) -> Found:
    if not found.clock:
        return found
    unknown = "XXXX-XX-XX" if not found.value else found.value
    return replace(found, value=unknown + found.clock, clock="")


RULES: tuple[Rule, ...] = (
    rule(rf"(?P<hour>\d{{1,2}})(?:[:.](?P<minute>[0-5]\d))? ?(?P<half>[ap]\.?m(?:\.|\b)){_ZONE}", _hour),
    rule(
        rf"(?P<hour>\d{{2}}(?=\d\d )|\d{{1,2}}(?=[:.]))[:.]?(?P<minute>[0-5]\d)(?: hours| hrs|(?= \(?(?-i:GMT|UTC|BST|CES?T|E[SD]?T|P[SD]?T|[JK]ST|IST|HKT|SGT)\b|(?= local time))){_ZONE}",
        _hour,
    ),
    rule(r"(?P<hour>[01]?\d|2[0-4]):(?P<minute>[0-5]\d)(?!:)", _hour),
    rule(r"(?P<hour>{_number}) o['’]clock(?: in the (?P<half>[ap])\w{6,8})?", _hour),
    rule(r"(?P<name>noon|midnight|midday)", _named_hour),
    rule(r"(?P<which>this|that|the same|the next|the following|the previous|every|each) {part}", _this_part),
    rule(r"(?:(?:early|late) )?(?:the )?{part}(?= of\b)", _bare_part),
    rule(r"{part}", _bare_part),
)
