"""Reads calendar dates: "13 January 2026", "Jan. 13", "March 2008", "the 1990s", "Q3", "last summer".

A date without a year gets the year nearest to publication, depending on the tense of its clause; a month
alone is the last month of that name, unless the clause is about the future. Excludes years before 1000 and
before Christ, holidays whose date changes from year to year, and "the 13th" alone.
"""

from __future__ import annotations

import re

from kg.language.time import calendar
from kg.language.time.grammar import (
    CLASSES,
    GOES_ON,
    STEPS,
    PartialTime,
    Rule,
    TimeContext,
    after,
    cue,
    month_number,
    one,
    ordinal_number,
    rule,
    said,
    weekday_number,
    words,
)
from kg.language.time.tables import (
    AMBIGUOUS_MONTHS,
    AMBIGUOUS_SEASONS,
    COUNTED,
    COUNTING,
    DECADES,
    HOLIDAYS,
    MONTHS,
    SEASONS,
)

# ---------------------------------------------------------------------------------------------
# Choice by tense and adjacent words

RECENT = 90  # news usually omits the year of a day that is at most this many days from publication
_AHEAD = cue(
    r"(?:until|till|by|before|starting|beginning|effective|coming"
    r"|(?:set|scheduled|slated|due|planned|expected)(?: for)?)(?: on| in)?"
)
_BACK = cue(r"(?:since|after|as of|following)(?: on| in)?")
THROUGH = after(r"(?: ?[-–—] ?| to | through | until | till )")


def direction(match: re.Match[str], context: TimeContext) -> int:
    """1 if a weekday or month means the next one with this name, -1 if it means the last one, as usual in
    news.
    """
    if context.follows(match.start(), _BACK):
        return -1
    tense = context.tense(match.start(), match.end())
    return 1 if tense == "future" or (not tense and context.follows(match.start(), _AHEAD)) else -1


def opening(match: re.Match[str], context: TimeContext) -> str:
    """The value of the date that begins the range which `match` ends ("Monday to Friday"); "" if none."""
    if not context.before:
        return ""
    first = context.before[-1]
    return first.value if THROUGH.fullmatch(context.text, first.end, match.start()) else ""


# Matches the end of a range with a year that applies to both dates: "from November 20 to December 11, 2015".
_CLOSING = after(
    r"(?: ?[-–—] ?| to | and | or | through | until | till )"
    r"(?:{_weekday},? )?(?:(?:{_day} )?{month}|{_month} {_day}),? {year}"
)


def _year_beside(match: re.Match[str], month: int, context: TimeContext) -> str:
    """The year for a date without one, taken from the other end of its range; "" if that has no year."""
    closing = _CLOSING.match(context.text, match.end())
    if closing is not None:
        return closing["year"]
    first = opening(match, context)
    if re.match(r"\d{4}-\d\d", first):
        return f"{int(first[:4]) + (month < int(first[5:7])):04}"
    return ""


def _nearest(candidates: list[str], match: re.Match[str], context: TimeContext) -> str:
    """The candidate nearest to publication; the distance of one that contradicts the tense is tripled.

    A larger factor would be wrong, because the tense may be that of another verb: "The fair that was
    announced for 17 June" contains a past tense.
    """
    tense = context.tense(match.start(), match.end())

    def far(value: str) -> tuple[int, str]:
        days = calendar.distance(context.anchor, value)
        wrong = (tense == "past" and days > 0) or (tense == "future" and days < 0)
        return abs(days) * (3 if wrong else 1), value

    return min(candidates, key=far)


def _day_of_some_year(
    match: re.Match[str], month: int, day: int, context: TimeContext, weekday: int = 0
) -> str:
    """The value of a day that is given without a year, with the most likely year.

    "XXXX-01-13" if the year is unknown, "" if the day does not exist. `weekday`: the number of the weekday
    that is given with the date; 0 if none is given.
    """
    unknown = f"XXXX-{month:02}-{day:02}"
    if not calendar.day(2000, month, day):
        return ""
    beside = _year_beside(match, month, context)
    if beside:
        return calendar.day(int(beside), month, day)
    if len(context.anchor) < 7:
        # without a day of publication, only an earlier mention of the same day with its year is reliable
        return next((f.value for f in reversed(context.before) if f.value[4:] == unknown[4:]), unknown)
    year = int(context.anchor[:4])
    candidates = [d for y in (year - 1, year, year + 1) if (d := calendar.day(y, month, day))]
    fitting = [d for d in candidates if weekday and calendar.weekday(d) == weekday]
    if not candidates:
        return unknown
    chosen = _nearest(fitting or candidates, match, context)
    if abs(calendar.distance(context.anchor, chosen)) > RECENT:
        # Far from publication, a month that was mentioned gives the year: "She won in June 2024 and took
        # office on June 4".
        month_told = context.month_told(match.start(), month)
        chosen = calendar.day(int(month_told[:4]), month, day) if month_told else chosen
    return chosen


# ---------------------------------------------------------------------------------------------
# Days


def _day(match: re.Match[str], context: TimeContext) -> tuple[PartialTime, ...]:
    """The day in "Tuesday, January 13, 2026" and "Tuesday (Jan 13)"; both days in "13-15 January" and "May 3
    and 5".
    """
    month, year = month_number(match["month"]), _year_said(match, context)
    days = [ordinal_number(match[name]) for name in ("day", "second") if said(match, name)]
    weekday = weekday_number(match["weekday"]) if said(match, "weekday") and len(days) == 1 else 0
    values = [
        calendar.day(int(year), month, day)
        if year
        else _day_of_some_year(match, month, day, context, weekday)
        for day in days
    ]
    if not all(values) or days != sorted(set(days)):
        return ()
    if len(days) == 1:
        return one(match, values[0])
    return (
        PartialTime(match.start(), match.end("day"), "DATE", values[0]),
        PartialTime(match.start("second"), match.end(), "DATE", values[1]),
    )


def _ordinal_day(match: re.Match[str], context: TimeContext) -> tuple[PartialTime, ...]:
    """The day in "the Fourth of July"."""
    month, day, year = month_number(match["month"]), ordinal_number(match["ordinal"]), said(match, "year")
    value = calendar.day(int(year), month, day) if year else _day_of_some_year(match, month, day, context)
    return one(match, value) if value else ()


def _iso(match: re.Match[str], _: TimeContext) -> tuple[PartialTime, ...]:
    if calendar.valid(match["iso"]) != match["iso"]:
        return ()
    if match["time"] is None:
        return one(match, match["iso"])
    return one(match, f"{match['iso']}T{match['time']}{'Z' if said(match, 'zone') == 'z' else ''}", "TIME")


def _numeric(match: re.Match[str], _: TimeContext) -> tuple[PartialTime, ...]:
    """The day in "13/01/2026", which has only one reading; () for "3/4/2026", which has two."""
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    readings = {calendar.day(year, second, first), calendar.day(year, first, second)} - {""}
    return one(match, min(readings)) if len(readings) == 1 and match["a"] == match["b"] else ()


def _attacks(match: re.Match[str], _: TimeContext) -> tuple[PartialTime, ...]:
    """The day of "9/11" and "the September 11 attacks", which name an event."""
    return one(match, "2001-09-11")


_AT_CHRISTMAS = cue(r"at|before|after|by|until|since|for|last|this|next|on|over|every")


def _holiday(match: re.Match[str], context: TimeContext) -> tuple[PartialTime, ...]:
    name = said(match, "holiday").replace("’", "'")
    if name == "christmas" and not context.follows(match.start(), _AT_CHRISTMAS):
        return ()  # "Christmas trees" is not a time
    month, day = (int(part) for part in HOLIDAYS[name].split("-"))
    year = said(match, "year")
    value = calendar.day(int(year), month, day) if year else _day_of_some_year(match, month, day, context)
    return one(match, value)


# ---------------------------------------------------------------------------------------------
# Months


def _month_of_year(match: re.Match[str], context: TimeContext) -> tuple[PartialTime, ...]:
    """The month in "January 2026", "October last year", "June of next year"."""
    year = said(match, "year") or calendar.shift(context.anchor, STEPS[said(match, "which")], "year")
    return one(match, f"{year or 'XXXX'}-{month_number(match['month']):02}")


def _part_of_month(match: re.Match[str], context: TimeContext) -> tuple[PartialTime, ...]:
    """The month in "the first week of April"."""
    if said(match, "year"):
        return one(match, f"{match['year']}-{month_number(match['month']):02}")
    return tuple(
        PartialTime(match.start(), match.end(), found.type, found.value) for found in _month(match, context)
    )


def _month_told(match: re.Match[str], context: TimeContext) -> tuple[PartialTime, ...]:
    """The month in "that September", in the year that the story is about."""
    year = context.story(match.start(), "year")
    return one(match, f"{year or 'XXXX'}-{month_number(match['month']):02}")


def _which_month(match: re.Match[str], context: TimeContext) -> tuple[PartialTime, ...]:
    """The month in "last September" and "next May": the last one before, or the first one after, the month of
    publication.
    """
    month, step = month_number(match["month"]), STEPS[said(match, "which").split()[-1]]
    if len(context.anchor) < 7:
        return one(match, f"XXXX-{month:02}")
    year, current = int(context.anchor[:4]), int(context.anchor[5:7])
    if step < 0:
        year -= month >= current
    elif step > 0:
        year += month <= current
    return one(match, f"{year:04}-{month:02}")


def _month(match: re.Match[str], context: TimeContext) -> tuple[PartialTime, ...]:
    if _is_no_month(match, context):
        return ()
    month = month_number(match["month"])
    beside = _year_beside(match, month, context)
    if beside:
        return one(match, f"{beside}-{month:02}")
    if len(context.anchor) < 7:
        return one(match, f"XXXX-{month:02}")
    year, current = int(context.anchor[:4]), int(context.anchor[5:7])
    if direction(match, context) > 0:
        year += month < current
    else:
        year -= month > current
    return one(match, f"{year:04}-{month:02}")


# Words before or after "April", "June", "May" or "March" (without day or year) that show that the month is
# meant: without them, it might be a person's name, a modal or a verb.
_SURE_CUE = cue(r"in|since|until|till|during|before|after|throughout|every|each")
_LIST_CUE = cue(r"{_month}(?:,| and| or| to)")
_CUE = cue(r"from|through|around|of|for|by|to")
_DETERMINER = cue(r"an?|the|its|their|his|her|our|whose")
_IN_LIST = after(r"(?:,? (?:and|or|to) |, | ?[-–] ?){_month}")
_CAPITAL = re.compile(r" [A-Z]")
_MARCHED = after(r" (?:on|of|for|to|in|by|through)\b")
_GOES_ON = re.compile(r" [A-Za-z]")
_OWNS = after(r"['’]s\b")


def _is_no_month(match: re.Match[str], context: TimeContext) -> bool:
    name = said(match, "month").rstrip(".")
    if said(match, "edge") or (name in MONTHS and name not in AMBIGUOUS_MONTHS):
        return False
    sure = context.follows(match.start(), _SURE_CUE)
    if name not in MONTHS:  # an abbreviation: "Jan" is also a name; "Mar" and "Dec" have many other meanings
        bare = not said(match, "month").endswith(".") and context.precedes(match.end(), _GOES_ON)
        return not sure or bare  # "Mar" in "in Mar del Plata" begins a name
    if context.precedes(match.end(), _CAPITAL) and not context.precedes(match.end(), _IN_LIST):
        return True  # "June" in "by June Hall" begins a person's name
    if sure or context.follows(match.start(), _LIST_CUE) or context.precedes(match.end(), _IN_LIST):
        return name == "may" and context.precedes(match.end(), _OWNS)
    # "May" is a person or a modal in "signed by May" and "He may"; so the month of "the May deadline" is
    # missed
    if name == "may":
        return True
    if name == "march" and context.precedes(match.end(), _MARCHED):
        return True
    return not (context.follows(match.start(), _CUE) or context.follows(match.start(), _DETERMINER))


# ---------------------------------------------------------------------------------------------
# Years, and shorter or longer units

_COUNTING = re.compile(rf"(?:[$€£¥#№]|\b(?:{words(COUNTING)}) )$", re.I)
_COUNTED = after(rf"[- ](?:{words(COUNTED)})\b")
_IN_YEAR = re.compile(
    r"\b(?:in|since|of|until|till|by|from|before|after|year|circa|around|and|to|or|late|early|mid)[ -]$", re.I
)
_MODEL = re.compile(r"[A-Z]\w* $")
_INSIDE_NUMBER = re.compile(r"[.,:=@+/-]$")


def _year(match: re.Match[str], context: TimeContext) -> tuple[PartialTime, ...]:
    """The year in four digits; () if they count something, or are below 1900 without evidence ("in")."""
    year, start, end = match["year"], match.start("year"), match.end()
    if context.follows(start, _COUNTING) or context.precedes(end, _COUNTED):
        return ()
    sure = said(match, "edge") or context.follows(start, _IN_YEAR)
    if not sure and context.follows(start, _INSIDE_NUMBER):
        return ()
    if not 1900 <= int(year) < 2050 and not (sure and context.precedes(end, GOES_ON)):
        return ()
    if year == "2000" and not sure and context.follows(start, _MODEL):
        return ()  # a number in a name, as in "Windows 2000" and "the Russell 2000"
    return one(match, year)


def _years(match: re.Match[str], _: TimeContext) -> tuple[PartialTime, ...]:
    """The two years in "2007-08" and "1914–1918"; () unless in ascending order."""
    first, second = match["year"], match["second"]
    second = second if len(second) == 4 else first[:2] + second
    if second <= first:
        return ()
    return (
        PartialTime(match.start(), match.end("year"), "DATE", first),
        PartialTime(match.start("second"), match.end(), "DATE", second),
    )


_IN_SHORT_YEAR = cue(r"in|since|of|from|until|to|and|spring|summer|autumn|winter|{_month}")


def _short_year(match: re.Match[str], context: TimeContext) -> tuple[PartialTime, ...]:
    """The year in "since '82": the last one before publication that ends with these digits."""
    if not context.follows(match.start(), _IN_SHORT_YEAR):
        return ()
    short, now = match["short"], context.now("year") or "2000"
    return one(match, f"{int(now[:2]) - (short > now[2:]):02}{short}")


def _decade(match: re.Match[str], _: TimeContext) -> tuple[PartialTime, ...]:
    """The decade in "the 1990s", "the 90s" and "the nineties"; "20s" to "90s" are of the 20th century."""
    if said(match, "decades"):
        return one(match, f"19{DECADES[said(match, 'decades')]}")
    digits = match["digits"]
    return one(match, digits[:3] if len(digits) == 4 else ("20" if digits[0] in "01" else "19") + digits[0])


def _century(match: re.Match[str], _: TimeContext) -> tuple[PartialTime, ...]:
    return one(match, f"{ordinal_number(match['ordinal']) - 1:02}")


def _year_said(match: re.Match[str], context: TimeContext) -> str:
    """The year in "... of 2010" or "... of last year"; "" if the match has no year."""
    if said(match, "which"):
        return calendar.shift(context.anchor, STEPS[said(match, "which")], "year")
    return said(match, "year")


def _quarter(match: re.Match[str], context: TimeContext) -> tuple[PartialTime, ...]:
    quarter = said(match, "number") or str(ordinal_number(match["ordinal"]))
    if quarter not in ("1", "2", "3", "4"):
        return ()
    year, now = _year_said(match, context), context.now("quarter")
    if not year and now:
        year = calendar.shift(now, -1 if quarter > now[-1] else 0, "year")
    return one(match, f"{year or 'XXXX'}-Q{quarter}")


def _half(match: re.Match[str], context: TimeContext) -> tuple[PartialTime, ...]:
    return one(match, f"{_year_said(match, context) or 'XXXX'}-H{1 if said(match, 'half') == 'first' else 2}")


_WITHIN = cue(r"in|during|by|since|until|through")
_OF = after(r" (?:of|in|from)\b")


def _season(match: re.Match[str], context: TimeContext) -> tuple[PartialTime, ...]:
    """The season: for "last summer" the last one that is over, for "this summer" this year's.

    "in summer" gives a season of an unknown year.
    """
    word, which = said(match, "season"), said(match, "which")
    season = SEASONS[word]
    if said(match, "year"):
        return one(match, f"{match['year']}-{season}")
    if match["season"][0].isupper() and (not which or context.precedes(match.end(), _CAPITAL)):
        return ()  # part of a name, as in "the Winter Olympics", or a person, as in "Spring said"
    if word in AMBIGUOUS_SEASONS and which in ("", "the"):
        fits = which and context.follows(match.start(), _WITHIN) and not context.precedes(match.end(), _OF)
        if not fits:
            return ()  # not a season: "the fall of the wall"
    last, coming = (
        calendar.season_near(calendar.shift(context.anchor, months, "month"), season, way)
        for months, way in ((-3, -1), (3, 1))
    )
    current = calendar.season_near(context.anchor, season, 1)
    value = {"last": last, "next": coming, "this": current}.get(which, "")
    return one(match, value or f"XXXX-{season}")


def _fiscal(match: re.Match[str], context: TimeContext) -> tuple[PartialTime, ...]:
    return one(match, f"FY{_year_said(match, context) or 'XXXX'}")


_SOME_DAYS = r"(?:(?:two|three) )?(?:weeks?|weekend|days)"
_SECOND = (
    rf"(?:(?: ?[-–—] ?| to | through | and | or )(?P<second>{CLASSES['day']})"
    r"(?=$|\n|[.,;:)’']|,? {_year}| (?:in|at|on|for|with|and|by|as|when|where|after|the|this|last|next)\b))?"
)
_TO_SECOND = rf"(?:(?: ?[-–—] ?| to | and | or )(?P<second>{CLASSES['day']}))?"
_YEAR_AWAY = r"(?:of )?(?P<which>last|this|next) year"
_ERA = r"(?:the )?(?:(?:early|late|mid)[- ])?(?:the )?"
_OF_YEAR = r"(?: (?:of|in) (?:{year}|(?P<which>this|last|next|the) year))"

RULES: tuple[Rule, ...] = (
    rule(
        r"(?P<iso>\d{4}-\d\d-\d\d)"
        r"(?:T(?P<time>\d\d:\d\d)(?::\d\d(?:\.\d{1,6})?)?(?P<zone>Z|[+-]\d\d:?\d\d)?)?",
        _iso,
    ),
    rule(r"(?P<first>\d{1,2})(?P<a>[/.])(?P<second>\d{1,2})(?P<b>[/.])(?P<year>(?:19|20)\d\d)", _numeric),
    rule(r"9/11(?!/)", _attacks),
    rule(
        r"(?:the )?(?-i:Sept(?:ember|\.)?) 11(?:th)?(?:,? 2001)?(?=,? (?:terror(?:ist)? )?attacks)", _attacks
    ),
    rule(r"{weekday} \({month} {day}(?:,? {year})?\)", _day),
    rule(rf"{{edge}}?(?:the )?{{month}} (?:the )?{{day}}{_TO_SECOND},? {_YEAR_AWAY}", _day),
    rule(rf"{{edge}}?(?:the )?{{day}}{_TO_SECOND}(?: of)? {{month}},? {_YEAR_AWAY}", _day),
    rule(r"{weekday} \({day} {month}(?:,? {year})?\)", _day),
    rule(rf"{{edge}}?(?:{{weekday}},? )?(?:the )?{{month}} (?:the )?{{day}}{_SECOND}(?:,? {{year}})?", _day),
    rule(
        rf"{{edge}}?(?:{{weekday}},? )?(?:the )?{{day}}{_TO_SECOND}(?: of)? {{month}}(?:,? {{year}})?", _day
    ),
    rule(r"(?:the )?{ordinal} of {month}(?:,? {year})?", _ordinal_day),
    rule(r"{holiday}(?:,? {year})?", _holiday),
    rule(r"{edge}?{month},? (?:of |in )?{year}", _month_of_year),
    rule(r"{edge}?{month} (?:of )?(?P<which>last|this|next) year", _month_of_year),
    rule(rf"the {{ordinal}} {_SOME_DAYS} of {{month}}(?:,? {{year}})?", _part_of_month),
    rule(rf"the last {_SOME_DAYS} of {{month}}(?:,? {{year}})?", _part_of_month),
    rule(r"(?P<which>that) {month}", _month_told),
    rule(r"(?P<which>last|next|this|this past|this coming) {month}", _which_month),
    rule(r"{edge}?{month}", _month),
    rule(rf"{_ERA}(?P<digits>(?:1[0-9]|20)\d0)['’]?s", _decade),
    rule(r"the (?:(?:early|late|mid)[- ])?['’‘]?(?P<digits>[1-9]0)['’]?s", _decade),
    rule(r"the (?:(?:early|late|mid)[- ])?{decades}", _decade),
    rule(rf"{_ERA}{{ordinal}}[- ]century(?! B)", _century),
    rule(rf"(?:the )?{{ordinal}}[- ]quarter{_OF_YEAR}", _quarter),
    rule(r"(?:the )?{ordinal}[- ]quarter(?! of|[- ]final)", _quarter),
    rule(r"(?-i:Q)(?P<number>[1-4])(?:,? (?:of )?{year})?", _quarter),
    rule(rf"(?:the )?(?P<half>first|second)[- ]half{_OF_YEAR}", _half),
    rule(rf"{_ERA}{{season}}(?: of)? {{year}}", _season),
    rule(r"{_edge}?(?:(?P<which>last|next|this|the) )?{season}", _season),
    rule(r"{_edge}?(?:the )?(?:fiscal|financial) (?:year )?{year}", _fiscal),
    rule(r"{_edge}?(?P<which>this|last|next|the|current) (?:fiscal|financial) year", _fiscal),
    rule(r"(?P<year>(?:19|20)\d\d)[-–/](?P<second>\d\d|(?:19|20)\d\d)(?![\w-])", _years),
    rule(r"{edge}?{year}", _year),
    rule(r"['’‘](?P<short>\d\d)", _short_year),
)
