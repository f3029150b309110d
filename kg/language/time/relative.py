"""Dates told from another date: "today", "Tuesday", "last week", "two years ago", "the following day".

Most count from publication. "The following day", "a week later", "the same month" count from the
date that the text named last, and stay unresolved where it named none nearby. Bare weekdays are
the last such day, as is the custom of news, unless their clause is about the future.
"""

from __future__ import annotations

import re

from kg.language.time import calendar
from kg.language.time.dates import STEPS, direction
from kg.language.time.grammar import (
    Context,
    Found,
    Rule,
    expand,
    number,
    rule,
    unit_name,
    weekday_number,
)

_UNKNOWN = {
    "day": "XXXX-XX-XX", "week": "XXXX-WXX", "month": "XXXX-XX", "quarter": "XXXX-QX",
    "year": "XXXX", "decade": "XXX", "century": "XX",
}  # fmt: skip


def _one(match: re.Match[str], value: str) -> tuple[Found, ...]:
    return (Found(match.start(), match.end(), "DATE", value),)


# Names of days that are no dates, and of papers, songs and treaties that are called after a day.
_NAMED_DAY = re.compile(r"\b(?:Black|Good|Bloody|Super|Cyber|Holy|Ash|Palm|Easter|Fat|Ruby|Freaky|Man) $")
_PRESS = re.compile(
    r" (?:Times|Mirror|Express|Post|Telegraph|Mail|Herald|People|Independent|Tribune|Star|Sun|World|Review"
    r"|Business|Age|Mass|School|Night (?:Live|Football)|Addams|Agreement|Club|Standard|Magazine|Show)\b"
)


def _is_name_of_day(match: re.Match[str], context: Context) -> bool:
    before = context.text[max(0, match.start() - 10) : match.start()]
    after = context.text[match.end() : match.end() + 16]
    return bool(
        _NAMED_DAY.search(before)
        or _PRESS.match(after)
        or (re.search(r"\b[Tt]he $", before) and re.match(r" [A-Z]", after))
    )


def _weekday(match: re.Match[str], context: Context) -> tuple[Found, ...]:
    if _is_name_of_day(match, context):
        return ()
    weekday, groups = weekday_number(match["weekday"]), match.groupdict()
    week, which = groups.get("week"), (groups.get("which") or "").lower().split()
    anchor, unknown = context.now("day"), f"XXXX-WXX-{weekday}"
    if week:
        value = calendar.weekday_of(calendar.shift(anchor, STEPS[week.lower()], "week"), weekday)
    elif which and which[-1] in ("following", "next"):
        start = context.reference(match.start(), "day") if which[-1] == "following" else anchor
        value = calendar.weekday_near(calendar.shift(start, 1, "day"), weekday, 1)
    elif which and which[-1] in ("last", "past", "previous"):
        value = calendar.weekday_near(calendar.shift(anchor, -1, "day"), weekday, -1)
    elif which and which[-1] == "coming":
        value = calendar.weekday_near(anchor, weekday, 1)
    elif which and which[-1] == "this" and not context.tense(match.start(), match.end()):
        value = calendar.weekday_of(context.now("week"), weekday)
    else:
        value = calendar.weekday_near(anchor, weekday, direction(match, context))
    return _one(match, value or unknown)


def _every_weekday(match: re.Match[str], _: Context) -> tuple[Found, ...]:
    return (Found(match.start(), match.end(), "SET", f"XXXX-WXX-{weekday_number(match['weekday'])}"),)


def _named_day(match: re.Match[str], context: Context) -> tuple[Found, ...]:
    """ "today", "yesterday", "tomorrow", "tonight", "last night"."""
    word = match["word"].lower()
    before = context.text[max(0, match.start() - 20) : match.start()]
    if match["word"][0].isupper() and re.search(r"[A-Z]\w* $", before):
        return ()  # "Russia Today"
    step = {"yesterday": -1, "tomorrow": 1, "last night": -1}.get(re.sub(r"\s+", " ", word), 0)
    if match.groupdict().get("further"):
        step *= 2
    value = calendar.shift(context.anchor, step, "day")
    if word.endswith("night"):
        return (Found(match.start(), match.end(), "TIME", value, "TNI"),)
    return _one(match, value or (context.anchor if step == 0 else "") or _UNKNOWN["day"])


def _this_unit(match: re.Match[str], context: Context) -> tuple[Found, ...]:
    """ "last week", "this year", "next month", "the current decade": counted from publication."""
    unit, step = unit_name(match["unit"]), STEPS[match["which"].lower()]
    return _one(match, calendar.shift(context.anchor, step, unit) or _UNKNOWN[unit])


def _weekend(match: re.Match[str], context: Context) -> tuple[Found, ...]:
    """ "The weekend" is the last one begun, or the coming one where the clause is about the future."""
    which, now = (match["which"] or "the").lower(), context.now("day")
    if which in ("last", "past", "this", "next", "coming"):
        value = calendar.shift(now, STEPS[which] if which != "coming" else 0, "week")
    else:
        saturday = calendar.weekday_near(now, 6, direction(match, context))
        value = calendar.containing(saturday, "week")
    return _one(match, f"{value or 'XXXX-WXX'}-WE")


def _edge_of_unit(match: re.Match[str], context: Context) -> tuple[Found, ...]:
    """ "the end of the year", "later in the week": of the last date in the story, or of publication."""
    unit = unit_name(match["unit"])
    value = context.reference(match.start(), unit) if unit == "day" else ""
    return _one(match, value or context.now(unit) or _UNKNOWN[unit])


def _story_unit(match: re.Match[str], context: Context) -> tuple[Found, ...]:
    """ "the same day", "the following month", "the previous year", "that year"."""
    unit, which = unit_name(match["unit"]), match["which"].lower()
    step = {"previous": -1, "preceding": -1, "following": 1, "next": 1, "subsequent": 1}.get(which, 0)
    start = context.reference(match.start(), unit)
    if which == "that" and not start:
        return ()
    return _one(match, calendar.shift(start, step, unit) or _UNKNOWN[unit])


def _consecutive(match: re.Match[str], context: Context) -> tuple[Found, ...]:
    """ "for a third straight day", "the fourth week in a row": the unit now."""
    unit = unit_name(match["unit"])
    value = context.reference(match.start(), unit) or context.now(unit)
    return _one(match, value or _UNKNOWN[unit])


_NUMBER = r"(?:(?:only|just) )?(?:{about}|more than |less than )?(?:{number}|(?P<one>an?)|{few}) "


def _step(match: re.Match[str], unit: str, value: str, direction: int) -> str:
    """`value` moved by "two years", "a week"; a vague number gives ""."""
    groups = match.groupdict()
    if groups.get("few"):
        return ""
    count = 1.0 if groups.get("one") else number(match["number"])
    if unit == "hour" and count % 24 == 0:
        count, unit = count / 24, "day"
    if unit == "fortnight":
        count, unit = count * 2, "week"
    if unit == "week" and count == 1:
        count, unit = 7, "day"  # "a week ago" is this day last week; "three weeks ago" is less exact
    if unit not in _UNKNOWN or count != int(count):
        return ""
    return calendar.shift(value, direction * int(count), unit)


def _ago(match: re.Match[str], context: Context) -> tuple[Found, ...]:
    unit = unit_name(match["units"] or match["unit"])
    ahead = match["way"].lower() != "ago"
    value = _step(match, unit, context.anchor, 1 if ahead else -1)
    if value:
        return _one(match, value)
    if match.groupdict().get("few") or unit not in _UNKNOWN:
        return _one(match, "FUTURE_REF" if ahead else "PAST_REF")
    return _one(match, _UNKNOWN[unit])


_CLAUSE_ENDS = re.compile(r"\s*(?:$|[.,;:!?)\]—–\n]|(?:and|but|when|by|in|on|at|with|for|to|as)\b)")


def _later(match: re.Match[str], context: Context) -> tuple[Found, ...]:
    """ "three days later", "a year earlier", "the week before": from the date named last.

    "A week after the vote" is a length of time, because the vote is no date that we know.
    """
    unit, way = unit_name(match["units"] or match["unit"]), match["way"].lower()
    ahead = way in ("later", "after", "afterwards", "on")
    if way in ("before", "after", "on") and not _CLAUSE_ENDS.match(context.text, match.end()):
        return ()
    if unit not in _UNKNOWN and unit != "fortnight" and unit != "hour":
        return ()
    reference = next((f.value for f in reversed(context.before[-1:]) if match.start() - f.end < 800), "")
    if not reference and not ahead:
        reference = context.anchor
    value = _step(match, unit, reference, 1 if ahead else -1)
    if not value and (unit == "hour" or match.groupdict().get("few")):
        return ()
    return _one(match, value or _UNKNOWN.get(unit, ""))


def _the_unit_before(match: re.Match[str], context: Context) -> tuple[Found, ...]:
    """ "the day before", "the week after", "the year before": from the date named last."""
    if not _CLAUSE_ENDS.match(context.text, match.end()):
        return ()
    unit, ahead = unit_name(match["unit"]), match["way"].lower() == "after"
    start = context.reference(match.start(), unit) or ("" if ahead else context.now(unit))
    return _one(match, calendar.shift(start, 1 if ahead else -1, unit) or _UNKNOWN[unit])


_DAY_ENDS = (
    r"(?! (?:that|when|of|before|after (?:the|his|her|its|their)|he|she|it|they|we|I|you|(?-i:[A-Z])))"
)
_UNITS = r"(?:{units}|{unit})"
_COUNTED = r"(?P<unit>day|week|month|quarter|year|decade|century)"

RULES: tuple[Rule, ...] = (
    rule(r"(?:every|each) {weekday}", _every_weekday),
    rule(r"{weekday}s", _every_weekday),
    rule(r"{edge}?{weekday} (?:of )?(?P<week>last|this|next) week", _weekday),
    rule(
        r"{edge}?(?P<which>(?:the )?(?:last|next|this|following|previous|this past|coming|this coming)) {weekday}",
        _weekday,
    ),
    rule(r"{edge}?{weekday}", _weekday),
    rule(r"(?:the )?day (?P<further>before|after) (?P<word>yesterday|tomorrow)", _named_day),
    rule(r"{edge}?(?P<word>today|yesterday|tomorrow|tonight|last night)", _named_day),
    rule(r"(?:(?:over|during) )?(?:the )?(?:(?P<which>last|past|this|next|coming) )?weekend", _weekend),
    rule(rf"{{edge}}?(?P<which>last|this|next) {_COUNTED}", _this_unit),
    rule(
        r"{edge}?the (?P<which>current|coming|next) (?P<unit>week|month|quarter|year|decade|century)",
        _this_unit,
    ),
    rule(r"{edge}?the (?P<which>last) (?P<unit>quarter)", _this_unit),
    rule(rf"the (?P<which>same|following|next|previous|preceding|subsequent) {_COUNTED}", _story_unit),
    rule(r"(?P<which>that) (?P<unit>day|week|month|year|decade)", _story_unit),
    rule(
        rf"(?:the )?(?:very )?(?:beginning|start|end|middle|rest|remainder|half|course|close|days?) of the {_COUNTED}",
        _edge_of_unit,
    ),
    rule(r"(?:later|earlier|late|early) in the (?P<unit>day|week|month|year|decade|century)", _edge_of_unit),
    rule(rf"(?:a|the) {{ordinal}} (?:straight|consecutive|successive) {_COUNTED}", _consecutive),
    rule(rf"(?:(?:a|the|its|their) )?{{ordinal}} {_COUNTED} in a row", _consecutive),
    rule(rf"{_NUMBER}{_UNITS} (?P<way>ago|from now|hence)", _ago),
    rule(rf"{_NUMBER}{_UNITS} (?P<way>later|earlier|afterwards|before|after|on)", _later),
    rule(rf"the {_COUNTED} (?P<way>before|after)", _the_unit_before),
    rule(rf"the (?P<unit>day){_DAY_ENDS}", _edge_of_unit),
)
_DAY_CUE = re.compile(
    expand(
        r"(?:of|in|for|during|throughout|end|ended|ending|ends|finish|finished|close|closed|closing|start|started|begin|began) $"
    ),
    re.I,
)
