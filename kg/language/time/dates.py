"""Calendar dates: "13 January 2026", "Jan. 13", "March 2008", "in 1958", "the 1990s", "Q3", "last summer".

A date without a year takes the year nearest to publication, by the tense of its clause; a month
alone the last one past, unless the clause is about the future. Leaves out years before 1000 and
before Christ, movable feasts, and "the 13th" alone.
"""

from __future__ import annotations

import re

from kg.language.time import calendar
from kg.language.time.grammar import (
    CLASSES,
    Context,
    Found,
    Rule,
    day_number,
    expand,
    month_number,
    ordinal_number,
    rule,
    weekday_number,
)
from kg.language.time.words import AMBIGUOUS_MONTHS, AMBIGUOUS_SEASONS, DECADES, HOLIDAYS, MONTHS, SEASONS

STEPS = {"last": -1, "past": -1, "previous": -1, "this": 0, "the": 0, "current": 0, "next": 1, "coming": 1}
_RANGE = r"(?: ?[-–—] ?| to | and | or | through | until | till )"
# The date on the other side of "from November 20 to December 11, 2015": its year is both dates' year.
_SIBLING = re.compile(
    expand(rf"{_RANGE}(?:{{_weekday}},? )?(?:(?:{{day}} )?{{month}}|{{_month}} {{_day}}),? {{year}}"), re.I
)
_THROUGH = re.compile(expand(r"(?: ?[-–—] ?| to | through | until | till )"), re.I)


def _one(match: re.Match[str], value: str) -> tuple[Found, ...]:
    return (Found(match.start(), match.end(), "DATE", value),)


def nearest(candidates: list[str], context: Context, start: int, end: int) -> str:
    """The candidate date nearest to publication; one on the wrong side of the tense counts as thrice as far.

    Not excluded: "The fair, announced for 17 June, was cancelled" is in the past tense.
    """
    tense = context.tense(start, end)

    def far(value: str) -> tuple[int, str]:
        days = calendar.distance(context.anchor, value)
        wrong = (tense == "past" and days > 0) or (tense == "future" and days < 0)
        return abs(days) * (3 if wrong else 1), value

    return min(candidates, key=far)


def _year_beside(match: re.Match[str], month: int, context: Context) -> str:
    """The year of a date without one that the other end of its range has, or ""."""
    sibling = _SIBLING.match(context.text, match.end())
    if sibling is not None:
        return sibling["year"]
    if context.before:
        other = context.before[-1]
        between = context.text[other.end : match.start()]
        if re.fullmatch(r"\d{4}-\d\d.*", other.value) and _THROUGH.fullmatch(between):
            return f"{int(other.value[:4]) + (month < int(other.value[5:7])):04}"
    return ""


def _year_of_day(match: re.Match[str], month: int, day: int, weekday: int, context: Context) -> str:
    """A day without a year, in full: "XXXX-01-13" if nothing tells the year."""
    unknown = f"XXXX-{month:02}-{day:02}"
    beside = _year_beside(match, month, context)
    if beside:
        return calendar.day(int(beside), month, day)
    if len(context.anchor) < 7:
        # The one safe witness in the text itself: the same day, named with its year before.
        same = [f.value for f in context.before if f.value[4:10] == unknown[4:]]
        return same[-1] if same else unknown
    year = int(context.anchor[:4])
    candidates = [d for y in (year - 1, year, year + 1) if (d := calendar.day(y, month, day))]
    fitting = [d for d in candidates if weekday and calendar.weekday(d) == weekday]
    if not fitting and not candidates:
        return unknown if day <= 29 else ""
    return nearest(fitting or candidates, context, match.start(), match.end())


def _full_date(match: re.Match[str], context: Context) -> tuple[Found, ...]:
    """ "Tuesday, January 13, 2026", "13 and 14 January", "May 3-5": one or two days."""
    groups = match.groupdict()
    month, start = month_number(match["month"]), match.start()
    if _is_name(match, context):
        return ()
    days = [day_number(match["day"])]
    weekday = weekday_number(groups["weekday"]) if groups.get("weekday") else 0
    if groups.get("second"):
        days.append(day_number(match["second"]))
        weekday = 0
    values = []
    for number in days:
        year = groups.get("year")
        full = calendar.day(int(year), month, number) if year else ""
        values.append(full or ("" if year else _year_of_day(match, month, number, weekday, context)))
    if not all(values):
        return ()
    if len(days) == 1:
        return _one(match, values[0])
    if days[0] >= days[1]:
        return ()
    if match.start("second") < match.start("month"):  # "13-15 January 2026"
        return (
            Found(start, match.end("day"), "DATE", values[0]),
            Found(match.start("second"), match.end(), "DATE", values[1]),
        )
    return (
        Found(start, match.end("day"), "DATE", values[0]),
        Found(match.start("second"), match.end(), "DATE", values[1]),
    )


def _month_year(match: re.Match[str], _: Context) -> tuple[Found, ...]:
    return _one(match, f"{match['year']}-{month_number(match['month']):02}")


# What may stand before a month without day or year for it to be a month and not a name or a verb.
_MONTH_CUE = re.compile(
    expand(
        r"(?:in|since|until|till|during|before|after|from|through|throughout|every|each|around|of|for|by|to|{_month} (?:and|or|to)|{_month},) $"
    ),
    re.I,
)
_DETERMINED = re.compile(expand(r"(?:a|an|the|this|that|its|their|his|her|our|whose) $"), re.I)
_LIST = re.compile(expand(r"(?:,| and| or| to|[-–]) ?{_month}"), re.I)


def _bare_month(match: re.Match[str], context: Context) -> tuple[Found, ...]:
    if _is_name(match, context):
        return ()
    month = month_number(match["month"])
    beside = _year_beside(match, month, context)
    if beside:
        return _one(match, f"{beside}-{month:02}")
    if len(context.anchor) < 7:
        return _one(match, f"XXXX-{month:02}")
    year, current = int(context.anchor[:4]), int(context.anchor[5:7])
    if direction(match, context) > 0:
        year += month < current
    else:
        year -= month > current
    return _one(match, f"{year:04}-{month:02}")


_UNTIL = re.compile(expand(r"(?:until|till|by|before|starting|beginning|due|effective)(?: on| in)? $"), re.I)
_SINCE = re.compile(expand(r"(?:since|after|as of|following)(?: on| in)? $"), re.I)


def direction(match: re.Match[str], context: Context) -> int:
    """1 if a weekday or month is the coming one, -1 if the last one (the rule in news)."""
    before = context.text[max(0, match.start() - 16) : match.start()]
    if _SINCE.search(before):
        return -1
    tense = context.tense(match.start(), match.end())
    return 1 if tense == "future" or (not tense and _UNTIL.search(before)) else -1


def _is_name(match: re.Match[str], context: Context) -> bool:
    """Whether "May", "April", "March", ... is somebody's name, a modal or a verb here."""
    name = match["month"].lower().rstrip(".")
    short = name not in MONTHS
    if not short and name not in AMBIGUOUS_MONTHS:
        return False
    groups = match.groupdict()
    if groups.get("day") or groups.get("edge") or groups.get("which"):
        # "May 5" and "5 May" are dates; "March 12 people" is not written with a capital.
        return False
    before = context.text[max(0, match.start() - 24) : match.start()]
    after = context.text[match.end() : match.end() + 24]
    cue = _MONTH_CUE.search(before)
    if short:
        return cue is None
    follower = re.match(r"\W{0,2}(\w+)", after)
    capital_after = bool(re.match(r" [A-Z]", after)) and not re.match(expand(" {_weekday}"), after)
    if name == "may" and (
        after[:2] in ("'s", "’s") or (cue and re.match(r"(?:by|to|of|for) $", cue[0], re.I))
    ):
        return True
    if cue is not None:
        return capital_after
    if _LIST.match(after):
        return False
    determined = _DETERMINED.search(before) is not None
    if (
        name == "march"
        and follower
        and follower[1].lower() in ("on", "of", "for", "to", "in", "by", "through")
    ):
        return True
    return not determined or capital_after or name == "may"


def _month_of_year(match: re.Match[str], context: Context) -> tuple[Found, ...]:
    """ "October last year", "June of next year"."""
    year = calendar.shift(context.anchor, STEPS[match["which"].lower()], "year") or "XXXX"
    return _one(match, f"{year}-{month_number(match['month']):02}")


def _which_month(match: re.Match[str], context: Context) -> tuple[Found, ...]:
    """ "last September" is the last one before this month, "next May" the next one after it."""
    month, step = month_number(match["month"]), STEPS[match["which"].lower().split()[-1]]
    if len(context.anchor) < 7:
        return _one(match, f"XXXX-{month:02}")
    year, current = int(context.anchor[:4]), int(context.anchor[5:7])
    if step < 0:
        year -= month >= current
    elif step > 0:
        year += month <= current
    return _one(match, f"{year:04}-{month:02}")


def _iso(match: re.Match[str], _: Context) -> tuple[Found, ...]:
    if calendar.valid(match["iso"]) != match["iso"]:
        return ()
    if match["time"] is None:
        return _one(match, match["iso"])
    clock = f"T{match['time']}" + ("Z" if match["zone"] in ("Z", "z") else "")
    return (Found(match.start(), match.end(), "TIME", match["iso"] + clock),)


def _numeric(match: re.Match[str], _: Context) -> tuple[Found, ...]:
    """ "13/01/2026" has one reading, "3/4/2026" has two and is left alone."""
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    readings = {calendar.day(year, second, first), calendar.day(year, first, second)} - {""}
    return _one(match, readings.pop()) if len(readings) == 1 and match["a"] == match["b"] else ()


def _decade(match: re.Match[str], _: Context) -> tuple[Found, ...]:
    groups = match.groupdict()
    if groups.get("decades"):
        return _one(match, f"19{DECADES[match['decades'].lower()]}")
    digits = match["digits"]
    if len(digits) == 2:
        digits = ("20" if digits in ("00", "10") else "19") + digits
    return _one(match, digits[:3])


def _century(match: re.Match[str], _: Context) -> tuple[Found, ...]:
    return _one(match, f"{ordinal_number(match['ordinal']) - 1:02}")


def _relative_year(match: re.Match[str], context: Context) -> str:
    """The year of "... of 2010" or "... of last year"; "" if neither is said."""
    groups = match.groupdict()
    if groups.get("year"):
        return match["year"]
    if groups.get("which"):
        return calendar.shift(context.anchor, STEPS[match["which"].lower()], "year")
    return ""


def _quarter(match: re.Match[str], context: Context) -> tuple[Found, ...]:
    number = match.groupdict().get("number") or str(ordinal_number(match["ordinal"]))
    if number not in ("1", "2", "3", "4"):
        return ()
    year = _relative_year(match, context)
    now = context.now("quarter")
    if not year and now:
        year = calendar.shift(now, -1 if number > now[-1] else 0, "year")
    return _one(match, f"{year or 'XXXX'}-Q{number}")


def _half(match: re.Match[str], context: Context) -> tuple[Found, ...]:
    year = _relative_year(match, context) or "XXXX"
    return _one(match, f"{year}-H{1 if match['half'].lower() == 'first' else 2}")


def _season(match: re.Match[str], context: Context) -> tuple[Found, ...]:
    word, groups = match["season"], match.groupdict()
    season, which = SEASONS[word.lower()], (groups.get("which") or "").lower()
    after = context.text[match.end() : match.end() + 12]
    if groups.get("year"):
        return _one(match, f"{match['year']}-{season}")
    if word[0].isupper() and (re.match(r" [A-Z]", after) or not which):
        return ()  # "Winter Olympics", "Spring said"
    if word.lower() in AMBIGUOUS_SEASONS and (which in ("", "the") or re.match(r" (?:of|in) ", after)):
        return ()
    if which == "next":
        value = calendar.season_near(calendar.shift(context.anchor, 3, "month"), season, 1)
    elif which == "last":
        value = calendar.season_near(calendar.shift(context.anchor, -3, "month"), season, -1)
    elif which == "this":
        back, ahead = (calendar.season_near(context.anchor, season, d) for d in (-1, 1))
        value = ahead if ahead[:4] == context.anchor[:4] else back
    else:
        value = ""
    return _one(match, value or f"XXXX-{season}")


def _fiscal(match: re.Match[str], context: Context) -> tuple[Found, ...]:
    year = _relative_year(match, context)
    return _one(match, f"FY{year or 'XXXX'}")


_NO_YEAR_BEFORE = re.compile(
    r"(?:[$€£¥#№]|\b(?:no\.?|nos\.?|number|room|flight|route|highway|page|about|nearly|almost|some|least|most|than|another|approximately|roughly|boeing|airbus|rs\.?|us)) ?$",
    re.I,
)
_NO_YEAR_AFTER = re.compile(
    r"(?:-(?:strong|seat|seater|metre|meter|mile|page|kilometre)|[- ](?:people|persons?|percent|per cent|points?|dollars?|euros?|pounds?|yen|won|yuan"
    r"|rupees|km|kms|kilomet\w+|met(?:re|er)s?|miles?|feet|ft|kg|tons?|tonnes|votes|jobs|troops|soldiers|police|deaths"
    r"|cases|employees|workers|students|homes|houses|families|copies|units|seats|words|calories|men|women|children"
    r"|others|times|days|hours|years|hectares|acres|mg|mph|rpm|watts|bhp|hp)\b)",
    re.I,
)
_YEAR_CUE = re.compile(
    r"(?:\b(?:in|since|of|until|till|by|from|before|after|year|circa|around|and|to|or|late|early|mid)[ -])$",
    re.I,
)
_SENTENCE_GOES_ON = re.compile(
    r"\s*(?:$|[.,;:)\]'’\"”–—]|-\s|(?:and|or|when|to|until|by|as|at|with|for|was|were|is|had|has|but|after|before|he|she|it|they|the|a|an|in|on|that|which|while|because|under|who)\b)"
)


def _year(match: re.Match[str], context: Context) -> tuple[Found, ...]:
    """Four digits are a year from 1900 on unless they count something, before only where "in 1789" ends."""
    text, year = context.text, match["year"]
    before, after = (
        text[max(0, match.start("year") - 16) : match.start("year")],
        text[match.end() : match.end() + 16],
    )
    cue = match.groupdict().get("edge") or _YEAR_CUE.search(before)
    if _NO_YEAR_BEFORE.search(before) or _NO_YEAR_AFTER.match(after):
        return ()
    if not cue and before and before[-1] in ".,/:-=@+" and not re.search(r"\d{4}[-/]$", before):
        return ()
    if not 1900 <= int(year) < 2050 and not (cue and _SENTENCE_GOES_ON.match(after)):
        return ()
    if year == "2000" and not cue and re.search(r"[A-Z]\w* $", before):
        return ()  # "Windows 2000", "the Russell 2000"
    return _one(match, year)


def _years(match: re.Match[str], _: Context) -> tuple[Found, ...]:
    """ "2007-08" and "1914–18": two years, if the second follows the first within the century."""
    year, short = match["year"], match["short"]
    if int(short) <= int(year[2:]):
        return ()
    return (
        Found(match.start("year"), match.end("year"), "DATE", year),
        Found(match.start("short"), match.end("short"), "DATE", year[:2] + short),
    )


def _short_year(match: re.Match[str], context: Context) -> tuple[Found, ...]:
    """ "since '82": the last such year before publication."""
    short, now = int(match["short"]), context.now("year") or "2000"
    century = int(now[:2]) - (short > int(now[2:]))
    return (Found(match.start("short") - 1, match.end(), "DATE", f"{century:02}{short:02}"),)


def _holiday(match: re.Match[str], context: Context) -> tuple[Found, ...]:
    name = match["holiday"].lower().replace("’", "'")
    if name == "christmas" and not re.search(
        r"\b(?:at|before|after|by|until|since|for|last|this|next|on|over|every) $",
        context.text[max(0, match.start("holiday") - 8) : match.start("holiday")],
        re.I,
    ):
        return ()  # "Christmas trees"
    month, day = (int(part) for part in HOLIDAYS[name].split("-"))
    year = match.groupdict().get("year")
    if year:
        return _one(match, calendar.day(int(year), month, day))
    return _one(match, _year_of_day(match, month, day, 0, context))


def _attacks(match: re.Match[str], _: Context) -> tuple[Found, ...]:
    return _one(match, "2001-09-11")


_GOES_ON = (
    r"(?=$|\n|[.,;:)’']|,? {_year}| (?:in|at|on|for|with|and|by|as|when|where|after|the|this|last|next)\b)"
)
_SECOND = rf"(?:(?: ?[-–—] ?| to | through | and | or )(?P<second>{CLASSES['day']}){_GOES_ON})?"
_FIRST = rf"(?:(?: ?[-–—] ?| to | and | or )(?P<second>{CLASSES['day']}))?"

RULES: tuple[Rule, ...] = (
    rule(
        r"(?P<iso>\d{4}-\d\d-\d\d)(?:T(?P<time>\d\d:\d\d)(?::\d\d(?:\.\d{1,6})?)?(?P<zone>Z|[+-]\d\d:?\d\d)?)?",
        _iso,
    ),
    rule(r"(?P<first>\d{1,2})(?P<a>[/.])(?P<second>\d{1,2})(?P<b>[/.])(?P<year>(?:19|20)\d\d)", _numeric),
    rule(
        r"9/11(?!/)|(?:the )?(?-i:Sept(?:ember|\.)?) 11(?:th)?(?:,? 2001,?)?(?= (?:terror(?:ist)? )?attacks)",
        _attacks,
    ),
    rule(r"{weekday} \({month} {day}(?:,? {year})?\)", _full_date),
    rule(r"{weekday} \({day} {month}(?:,? {year})?\)", _full_date),
    rule(
        rf"{{edge}}?(?:{{weekday}},? )?(?:the )?{{month}} (?:the )?{{day}}{_SECOND}(?:,? {{year}})?",
        _full_date,
    ),
    rule(
        rf"{{edge}}?(?:{{weekday}},? )?(?:the )?{{day}}{_FIRST}(?: of)? {{month}}(?:,? {{year}})?", _full_date
    ),
    rule(r"{edge}?{month},? (?:of |in )?{year}", _month_year),
    rule(r"{edge}?{month} (?:of )?(?P<which>last|this|next) year", _month_of_year),
    rule(r"(?P<which>last|next|this|this past|this coming) {month}", _which_month),
    rule(r"{edge}?{month}", _bare_month),
    rule(r"(?:the )?(?:(?:early|late|mid)[- ])?(?:the )?(?P<digits>(?:1[0-9]|20)\d0)['’]?s", _decade),
    rule(r"the (?:(?:early|late|mid)[- ])?['’‘]?(?P<digits>[1-9]0)['’]?s", _decade),
    rule(r"the (?:(?:early|late|mid)[- ])?{decades}", _decade),
    rule(r"(?:the )?(?:(?:early|late|mid)[- ])?{ordinal}[- ]century(?! B)", _century),
    rule(
        r"(?:the )?{ordinal}[- ]quarter(?! of (?!{_year}|th|la|ne|fi)|[- ]final)(?: (?:of|in) (?:{year}|(?P<which>this|last|next|the) year))?",
        _quarter,
    ),
    rule(r"(?-i:Q)(?P<number>[1-4])(?:,? (?:of )?{year})?", _quarter),
    rule(r"(?:the )?(?P<half>first|second) half of (?:{year}|(?P<which>this|last|next|the) year)", _half),
    rule(r"(?:the )?(?:(?:early|late|mid)[- ])?(?:the )?{season}(?: of)? {year}", _season),
    rule(r"{_edge}?(?P<which>last|next|this|the) {season}", _season),
    rule(r"{_edge}?{season}", _season),
    rule(r"{_edge}?(?:the )?(?:fiscal|financial) (?:year )?{year}", _fiscal),
    rule(r"{_edge}?(?P<which>this|last|next|the|current) (?:fiscal|financial) year", _fiscal),
    rule(r"{holiday}(?:,? {year})?", _holiday),
    rule(r"(?P<year>(?:19|20)\d\d)[-–/](?P<short>\d\d)(?![\w-])", _years),
    rule(r"{edge}?{year}", _year),
    rule(r"(?:in|since|of|from|until|summer) ['’‘](?P<short>\d\d)(?!\w)", _short_year),
)
