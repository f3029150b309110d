"""Reads dates relative to another date: "today", "Tuesday", "last week", "two years ago", "the next day".

Most are relative to publication. "The following day", "a week later", "the same month" are relative to the
date last mentioned, and stay unresolved if none is nearby. A weekday alone is the last such day, as is
usual in news, unless its clause is about the future.
"""

from __future__ import annotations

import re

from kg.language.time import calendar
from kg.language.time.dates import direction, opening
from kg.language.time.grammar import (
    FAR_MEMORY,
    GOES_ON,
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
    unit_name,
    weekday_number,
    words,
)
from kg.language.time.tables import NAMED_AFTER_DAYS, NAMED_DAYS

_UNKNOWN = {
    "day": "XXXX-XX-XX", "week": "XXXX-WXX", "month": "XXXX-XX", "quarter": "XXXX-QX",
    "year": "XXXX", "decade": "XXX", "century": "XX",
}  # fmt: skip

# ---------------------------------------------------------------------------------------------
# Days by name

_NAMED_DAY = re.compile(rf"\b(?:{words(NAMED_DAYS)}) $")
_NAMED_AFTER = re.compile(rf" (?:{words(NAMED_AFTER_DAYS)})\b")
_THE = cue("the")
_CAPITAL = re.compile(r" [A-Z]")
_AFTER_NAME = re.compile(r"[A-Z]\w* $")


def _is_no_day(match: re.Match[str], context: TimeContext) -> bool:
    """Whether a weekday is part of a name: "Black Friday", "a Sunday Times report"."""
    return bool(
        context.follows(match.start(), _NAMED_DAY)
        or context.precedes(match.end(), _NAMED_AFTER)
        or (context.follows(match.start(), _THE) and context.precedes(match.end(), _CAPITAL))
    )


def _weekday(match: re.Match[str], context: TimeContext) -> tuple[PartialTime, ...]:
    if _is_no_day(match, context):
        return ()
    weekday, week, which = weekday_number(match["weekday"]), said(match, "week"), said(match, "which")
    today, first = context.now("day"), opening(match, context)
    yesterday = calendar.shift(today, -1, "day")
    if week:
        value = calendar.weekday_of(calendar.shift(today, STEPS[week], "week"), weekday)
    elif first:  # the end of a range: "Monday to Friday"
        value = calendar.weekday_near(calendar.shift(first, 1, "day"), weekday, 1)
    elif which == "following":
        story = context.story(match.start(), "day")
        value = calendar.weekday_near(calendar.shift(story, 1, "day"), weekday, 1)
    elif which in ("next", "coming", "this coming"):
        value = calendar.weekday_near(calendar.shift(today, 1, "day"), weekday, 1)
    elif which in ("last", "previous", "this past"):
        # "last Tuesday" is not yesterday, which would be called "yesterday"
        nearest = -2 if which == "last" and calendar.weekday_near(today, weekday, -1) == yesterday else -1
        value = calendar.weekday_near(calendar.shift(today, nearest, "day"), weekday, -1)
    elif which == "this" and not context.tense(match.start(), match.end()):
        value = calendar.weekday_of(context.now("week"), weekday)
    else:
        value = calendar.weekday_near(today, weekday, direction(match, context))
    return one(match, value or f"XXXX-WXX-{weekday}")


def _every_weekday(match: re.Match[str], _: TimeContext) -> tuple[PartialTime, ...]:
    return one(match, f"XXXX-WXX-{weekday_number(match['weekday'])}", "SET")


def _named_day(match: re.Match[str], context: TimeContext) -> tuple[PartialTime, ...]:
    """The day in "today", "yesterday", "tomorrow", "the day after tomorrow", "tonight", "last night"."""
    word = said(match, "word")
    if match["word"][0].isupper() and context.follows(match.start(), _AFTER_NAME):
        return ()  # part of a name: "Russia Today"
    step = {"yesterday": -1, "tomorrow": 1, "today": 0, "tonight": 0}.get(word, -1)
    value = calendar.shift(context.anchor, step * (2 if said(match, "further") else 1), "day")
    if word.endswith("night"):
        return (PartialTime(match.start(), match.end(), "TIME", value or _UNKNOWN["day"], "TNI"),)
    return one(match, value or ("" if step else context.anchor) or _UNKNOWN["day"])


# ---------------------------------------------------------------------------------------------
# Weeks, months, years


_IN_NAME = re.compile(r"[a-z,] (?:[A-Z]\w+ )+$")


def _now(match: re.Match[str], context: TimeContext) -> tuple[PartialTime, ...]:
    """The day, week or other unit relative to publication: "last week", "this year", "the current decade".

    () for a newspaper's name: "told Norvale This Week".
    """
    unit, step = unit_name(match), STEPS[said(match, "which")]
    if match[0].istitle() and _IN_NAME.search(match.string, 0, match.start()):
        return ()
    if unit in ("decade", "century") and step:
        # "the next decade" is the next ten years, not 2030 to 2039
        return one(match, "FUTURE_REF" if step > 0 else "PAST_REF")
    return one(match, calendar.shift(context.anchor, step, unit) or _UNKNOWN[unit])


def _weekend(match: re.Match[str], context: TimeContext) -> tuple[PartialTime, ...]:
    """The last weekend that has begun, or the next one if the clause is about the future."""
    which, today = said(match, "which"), context.now("day")
    if which:
        value = calendar.shift(today, 0 if which == "coming" else STEPS[which], "week")
    else:
        value = calendar.containing(calendar.weekday_near(today, 6, direction(match, context)), "week")
    return one(match, f"{value or 'XXXX-WXX'}-WE")


def _edge(match: re.Match[str], context: TimeContext) -> tuple[PartialTime, ...]:
    """The day, week or other unit of publication in "the end of the year", "late in the day".

    A day is instead the last one mentioned, if there is one; so is a month in a past clause: "In June ... At
    the end of the month they met".
    """
    unit = unit_name(match)
    told = ""
    if unit == "day":
        told = context.story(match.start(), unit, FAR_MEMORY)
    elif unit == "month" and context.tense(match.start(), match.end()) == "past":
        told = context.story(match.start(), unit)
    return one(match, told or context.now(unit) or _UNKNOWN[unit])


def _story(match: re.Match[str], context: TimeContext) -> tuple[PartialTime, ...]:
    """The day, week or other unit relative to the story's: "the same day", "the following month", "the year
    before".
    """
    unit, which = unit_name(match), said(match, "which")
    if which in ("before", "after"):
        ends = context.precedes(match.end(), GOES_ON) and not context.precedes(match.end(), _NO_STEP)
        if not ends:
            return ()  # "the day before the vote" is relative to the vote, not to the story's day
    step = {"before": -1, "after": 1}.get(which) or STEPS.get(which, 0)
    start = context.story(match.start(), unit) or (context.now(unit) if step < 0 else "")
    if which == "that" and not start:
        return ()
    return one(match, calendar.shift(start, step, unit) or _UNKNOWN[unit])


def _consecutive(match: re.Match[str], context: TimeContext) -> tuple[PartialTime, ...]:
    """The day, week or other unit that the story is about: "for a third straight day", "the fourth week in a
    row".
    """
    unit = unit_name(match)
    return one(match, context.story(match.start(), unit) or context.now(unit) or _UNKNOWN[unit])


# ---------------------------------------------------------------------------------------------
# A number of units away


def _away(match: re.Match[str], value: str, way: int) -> str:
    """`value` shifted by the distance in the match ("two years", "a week"): ahead (`way` 1) or back (-1).

    "" for a vague number or a fraction of a unit.
    """
    unit = unit_name(match)
    if said(match, "few") or said(match, "bare") or (said(match, "units") and not said(match, "number")):
        return ""
    count = number(match["number"]) if said(match, "number") else 1
    if unit == "hour" and count % 24 == 0:
        count, unit = count / 24, "day"
    elif unit == "fortnight":
        count, unit = count * 2, "week"
    elif unit == "week" and count == 1:
        # "a week ago" means the same weekday of last week, "three weeks ago" is less exact
        count, unit = 7, "day"
    if unit not in _UNKNOWN or count != int(count):
        return ""
    return calendar.shift(value, way * int(count), unit)


def _ago(match: re.Match[str], context: TimeContext) -> tuple[PartialTime, ...]:
    """The date of "two years ago" and "a week from now", relative to publication.

    "a few days ago" and "less than a week ago" only get PAST_REF.
    """
    ahead = said(match, "way") != "ago"
    bounded = re.search(r"\b(?:less|more) than\b", match[0], re.I)
    value = "" if bounded else _away(match, context.anchor, 1 if ahead else -1)
    if not value and (bounded or context.now("day") or not said(match, "number")):
        value = "FUTURE_REF" if ahead else "PAST_REF"
    return one(match, value or _UNKNOWN.get(unit_name(match), "XXXX"))


_NO_STEP = after(r" (?:in|on|of|from|to|the|a|an|he|she|it|they|we)\b")


def _later(match: re.Match[str], context: TimeContext) -> tuple[PartialTime, ...]:
    """The date of "three days later", "a year earlier", "a week before", relative to the date last mentioned.

    () for "a week after the vote": the date of the vote is unknown, so that this is only a duration.
    """
    unit, way = unit_name(match), said(match, "way")
    if way in ("before", "after", "on"):
        ends = context.precedes(match.end(), GOES_ON) and not context.precedes(match.end(), _NO_STEP)
        if not ends:
            return ()
    if unit in ("second", "minute", "weekend") or said(match, "few"):
        return ()
    ahead = way in ("later", "after", "afterwards", "on")
    exact = "day" if unit in ("hour", "week", "fortnight") else unit
    story = context.story(match.start(), exact)
    start = story or ("" if ahead else context.anchor)
    # Months and years are shifted as whole units: a year after "2024-05-03" is "2025".
    value = _away(match, start, 1 if ahead else -1)
    return () if unit == "hour" and not value else one(match, value or _UNKNOWN.get(unit, "XXXX-WXX"))


_COUNT = r"(?:(?:only|just) )?(?:{about}|more than |less than )?(?:{number}|an?|{few}) (?:{units}|{unit})"
_UNIT = r"(?P<unit>day|week|month|quarter|year|decade|century)"
# Words that must not follow "the day": it is a time in "to end the day", but not in "the day that he came",
# "the day the club won" and "the day of the vote".
_COMPLETE = r"(?! (?:that|the|an?|his|her|when|of|before|after|he|she|it|they|we|I|you|(?-i:[A-Z])))"
_PART = r"(?:beginning|start|end|middle|rest|remainder|half|course|close)"

RULES: tuple[Rule, ...] = (
    rule(r"(?:every|each) {weekday}", _every_weekday),
    rule(r"{weekday}s", _every_weekday),
    rule(r"{edge}?{weekday} (?:of )?(?P<week>last|this|next) week", _weekday),
    rule(
        r"{edge}?(?:the )?(?P<which>last|next|following|previous|coming|this(?: past| coming)?) {weekday}",
        _weekday,
    ),
    rule(r"{edge}?{weekday}", _weekday),
    rule(r"(?:the )?day (?P<further>before|after) (?P<word>yesterday|tomorrow)", _named_day),
    rule(r"{edge}?(?P<word>today|yesterday|tomorrow|tonight|last night)", _named_day),
    rule(r"(?:the )?(?P<which>last|past|this|next|coming) weekend", _weekend),
    rule(r"the weekend", _weekend),
    rule(rf"{{edge}}?(?P<which>last|this|next) {_UNIT}", _now),
    rule(r"{edge}?the (?P<which>current|coming|next) (?P<unit>week|month|quarter|year|decade|century)", _now),
    rule(r"{edge}?the (?P<which>last) (?P<unit>quarter)", _now),
    rule(rf"the (?P<which>same|following|next|previous|preceding|subsequent) {_UNIT}", _story),
    rule(r"(?P<which>that) (?P<unit>day|week|month|year|decade)", _story),
    rule(rf"(?:the )?(?:very )?{_PART} of the {_UNIT}", _edge),
    rule(r"(?:later|earlier|late|early) in the (?P<unit>day|week|month|year|decade|century)", _edge),
    rule(rf"(?:a|the) {{ordinal}} (?:straight|consecutive|successive) {_UNIT}", _consecutive),
    rule(rf"(?:(?:a|the|its|their) )?{{ordinal}} {_UNIT} in a row", _consecutive),
    rule(rf"(?:{_COUNT}|(?P<bare>{{_units}})) (?P<way>ago|from now|hence)", _ago),
    rule(rf"{_COUNT} (?P<way>later|earlier|afterwards|before|after|on)", _later),
    rule(rf"the {_UNIT} (?P<which>before|after)", _story),
    rule(rf"the (?P<unit>day){_COMPLETE}", _edge),
)
