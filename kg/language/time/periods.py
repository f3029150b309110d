"""Reads lengths of time and repetitions: "20 minutes", "the past few months", "a 12-year low"; "every day".

It also reads words for the past, present or future without a distance ("recently", "now", "soon"). None of
these expressions covers a part of the calendar by itself. Excludes ages ("a 5-year-old").
"""

from __future__ import annotations

import re
from dataclasses import replace

from kg.language.time.grammar import (
    GOES_ON,
    PartialTime,
    Rule,
    TimeContext,
    after,
    cue,
    number,
    one,
    rule,
    said,
    unit_name,
    words,
)
from kg.language.time.tables import BETWEEN, FREQUENCIES, UNITS, VAGUE


def length(count: str, unit: str) -> str:
    """A duration as a TIMEX3 value; `count` is a number or "X" (unknown).

    For example, ("20", "minute") gives "PT20M", ("2.5", "year") "P2.5Y", and ("X", "decade") "PXY".
    """
    before, factor, letter = UNITS[unit]
    return f"{before}{count if count == 'X' else f'{float(count) * factor:g}'}{letter}"


def _count(match: re.Match[str]) -> str:
    """The number of units in a match.

    "X" for a vague number or a plural without a number, "1" for a singular.
    """
    half = 0.5 if said(match, "half") else 0
    if said(match, "number"):
        return f"{number(match['number']) + half:g}"
    return "X" if said(match, "few") or said(match, "units") else f"{1 + half:g}"


_OLD = after(r"[- ]old\b")
_OF = after(r" of (?:the|all|its|their)\b")


def _duration(match: re.Match[str], context: TimeContext) -> tuple[PartialTime, ...]:
    unit = unit_name(match)
    if context.precedes(match.end(), _OLD):
        return ()
    if unit == "quarter" and context.precedes(match.end(), _OF):
        return ()  # a fraction: "three quarters of the votes"
    return one(match, length(_count(match), unit), "DURATION")


_RATE = re.compile(
    r"(?:\b(?:times|once|twice|thrice|percent|per cent|dollars|euros|pounds|people|hours|days"
    r"|km|kilometres|miles)"
    r"|[%\d]|[bm]illion|[$€£]\S{1,8}) $",
    re.I,
)


_DISTANCE = after(r" (?:after|before|earlier|later)\b")
_SPAN_CUE = cue(r"in|for|within|over|than|just|only|about|lasted|took|takes|last|of")


def _one_day(match: re.Match[str], context: TimeContext) -> tuple[PartialTime, ...]:
    """The duration in "one day after"; () for "one day he left", which means some day."""
    if context.precedes(match.end(), _DISTANCE) or context.follows(match.start(), _SPAN_CUE):
        return one(match, "P1D", "DURATION")
    return ()


def _hyphenated(match: re.Match[str], context: TimeContext) -> tuple[PartialTime, ...]:
    """The duration in "a 12-year low"; () for "the Six-Day War" (a name) and "she came thirty-second"."""
    if (match["unit"][0].isupper() and not match["unit"].isupper()) or unit_name(match) == "second":
        return ()
    return _duration(match, context)


def _single(match: re.Match[str], context: TimeContext) -> tuple[PartialTime, ...]:
    """The duration in "a week"; a repetition (type SET) in "$5 a week", "twice a week"."""
    if unit_name(match) in ("second", "quarter"):
        return ()  # an ordinal and a fraction: "a second term", "a quarter of the votes"
    rate = context.follows(match.start(), _RATE) and not context.precedes(match.end(), _DISTANCE)
    kind = "SET" if rate else "DURATION"
    return tuple(replace(found, type=kind) for found in _duration(match, context))


def _window(match: re.Match[str], context: TimeContext) -> tuple[PartialTime, ...]:
    """The period in "the past week" and "the next six months"; () for "the last day of March"."""
    if said(match, "unit") == "day" and not said(match, "number"):
        return ()
    return _duration(match, context)


def _half_unit(match: re.Match[str], _: TimeContext) -> tuple[PartialTime, ...]:
    value = {"hour": "PT30M", "day": "PT12H", "year": "P6M", "decade": "P5Y", "century": "P50Y"}
    return one(match, value[unit_name(match)], "DURATION")


def _vague_units(match: re.Match[str], _: TimeContext) -> tuple[PartialTime, ...]:
    """The vague time in "recent months" (past), "the coming weeks" (future)."""
    return one(match, "PAST_REF" if said(match, "which") == "recent" else "FUTURE_REF")


_BARE_CUE = cue(
    r"in|for|within|after|over|just|only|took|take|takes|lasted|spent|spend|by|mere|first time in|before"
)
_OF_SOMETHING = after(r" of\b")
_STAGE = cue(r"the|those|these|early|late|first|last|final|closing|opening|dark|heady|dying")


def _bare_units(match: re.Match[str], context: TimeContext) -> tuple[PartialTime, ...]:
    """The duration of an unknown number of units: "for years", "in minutes", "months of talks"."""
    if unit_name(match) == "quarter":
        return ()
    if context.follows(match.start(), _STAGE):
        return ()  # a stage of something: "in the early days of the web"
    known = context.follows(match.start(), _BARE_CUE) or context.precedes(match.end(), _OF_SOMETHING)
    return one(match, length("X", unit_name(match)), "DURATION") if known else ()


def _every(match: re.Match[str], _: TimeContext) -> tuple[PartialTime, ...]:
    return one(match, length("2" if said(match, "other") else _count(match), unit_name(match)), "SET")


_AFTER_WORD = re.compile(r"[^\W\d_][.,]? $")


def _frequency(match: re.Match[str], context: TimeContext) -> tuple[PartialTime, ...]:
    if match["frequency"][0].isupper() and context.follows(match.start(), _AFTER_WORD):
        return ()  # part of a name: "the Lima Daily"
    return one(match, FREQUENCIES[said(match, "frequency")], "SET")


_MOST = cue("most")
_SOON_AFTER = after(r" (?:after|as|before|to)\b")
_AND_THEN = after(r" and (?:then|again)\b")
_OF_SEA = after(r"s\b| (?:of|account)\b")


def _vague(match: re.Match[str], context: TimeContext) -> tuple[PartialTime, ...]:
    word = " ".join(said(match, "word").split())
    if word == "recent" and context.follows(match.start(), _MOST):
        return ()  # "the most recent film" is the last film, which may be old
    if word == "soon" and context.precedes(match.end(), _SOON_AFTER):
        return ()
    if word == "now" and context.precedes(match.end(), _AND_THEN):
        return ()  # "every now and then" means from time to time
    if word == "current" and context.precedes(match.end(), _OF_SEA):
        return ()
    if word in ("the past", "the present", "the future") and not context.precedes(match.end(), GOES_ON):
        return ()  # an attribute: "the future king"
    return one(match, VAGUE[word])


_NUMBER = r"(?:{number}|{few})"
_UNIT = rf"(?:(?:{words(BETWEEN)}) )?{{unit}}"
_UNITS = rf"(?:(?:{words(BETWEEN)}) )?(?:{{units}}|{{unit}})"

RULES: tuple[Rule, ...] = (
    rule(r"(?:every|each) (?P<other>other) {unit}", _every),
    rule(r"(?:every|each|per) {unit}", _every),
    rule(r"every {number} {units}", _every),
    rule(r"{frequency}", _frequency),
    rule(r"(?:the )?(?P<which>recent|coming|upcoming|future) (?:few )?{units}", _vague_units),
    rule(
        rf"(?:the|these|his|her|its|their) (?:past|last|next|coming|previous) (?:{_NUMBER} )?{_UNITS}",
        _window,
    ),
    rule(rf"(?:past|last|next) {_NUMBER} {_UNITS}", _duration),
    rule(r"{about}?half(?:-| an? | )(?P<unit>hour|day|year|decade|century)", _half_unit),
    rule(r"{about}?{number} and a (?P<half>half) {units}", _duration),
    rule(r"{about}?an? {unit} and a (?P<half>half)", _duration),
    rule(r"one (?P<unit>day)", _one_day),
    rule(rf"(?!one day\b){{about}}?{_NUMBER} {_UNITS}", _duration),
    rule(r"{number}-{unit}(?:-long)?", _hyphenated),
    rule(rf"{{about}}?(?:an?|a single) {_UNIT}", _single),
    rule(r"single-{unit}", _duration),
    rule(r"(?:{units}|{unit})-?long", _duration),
    rule(r"{units}", _bare_units),
    rule(rf"(?:more )?(?P<word>{words(VAGUE)})", _vague),
)
