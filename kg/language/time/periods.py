"""Lengths of time and repetitions: "20 minutes", "the past few months", "a 12-year low"; "every day".

Also the words that only say past, present or future ("recently", "now", "soon"). None of these
covers a stretch of the calendar by itself. Leaves out ages ("aged 55").
"""

from __future__ import annotations

import re
from dataclasses import replace

from kg.language.time.grammar import Context, Found, Rule, expand, number, rule, unit_name, words
from kg.language.time.words import FREQUENCIES, UNITS, VAGUE


def length(count: str, unit: str) -> str:
    """The TIMEX3 value: ("20", "minute") gives "PT20M", ("X", "year") "PXY", ("2.5", "year") "P2.5Y".

    A vague number of decades is "PXY", as nothing better is agreed on.
    """
    before, factor, after = UNITS[unit]
    return f"{before}{count if count == 'X' else f'{float(count) * factor:g}'}{after}"


def _count(match: re.Match[str]) -> str:
    groups = match.groupdict()
    if groups.get("number"):
        return f"{number(match['number']) + (0.5 if groups.get('half') else 0):g}"
    return "1" if groups.get("one") else "X"


def _duration(match: re.Match[str], context: Context) -> tuple[Found, ...]:
    groups = match.groupdict()
    unit = unit_name(groups.get("units") or match["unit"])
    after = context.text[match.end() : match.end() + 5]
    if re.match(r"[- ]old\b", after) or (
        match.groupdict().get("units") == "quarters" and _FRACTION.match(match[0]) and after == " of t"
    ):
        return ()  # an age, a part of something
    return (Found(match.start(), match.end(), "DURATION", length(_count(match), unit)),)


def _single(match: re.Match[str], context: Context) -> tuple[Found, ...]:
    """ "a week" lasts a week, but "$5 a week" and "twice a week" recur."""
    if match["unit"].lower() in ("second", "quarter"):
        return ()  # "a second term", "a quarter of the votes"
    before = context.text[max(0, match.start() - 16) : match.start()]
    found = _duration(match, context)
    return tuple(replace(f, type="SET") for f in found) if _RATE.search(before) else found


def _window(match: re.Match[str], context: Context) -> tuple[Found, ...]:
    """ "the past week", "the next six months", "the last few years"."""
    if not (match.groupdict().get("number") or match.groupdict().get("few")):
        unit = unit_name(match["unit"] if match.groupdict().get("unit") else match["units"])
        return (Found(match.start(), match.end(), "DURATION", length("1" if match["unit"] else "X", unit)),)
    return _duration(match, context)


def _half(match: re.Match[str], _: Context) -> tuple[Found, ...]:
    unit = match["unit"].lower()
    value = {"hour": "PT30M", "day": "PT12H", "decade": "P5Y", "century": "P50Y", "year": "P6M"}[unit]
    return (Found(match.start(), match.end(), "DURATION", value),)


def _vague_units(match: re.Match[str], _: Context) -> tuple[Found, ...]:
    tense = "FUTURE_REF" if match["which"].lower() in ("coming", "upcoming", "future") else "PAST_REF"
    return (Found(match.start(), match.end(), "DATE", tense),)


def _bare_units(match: re.Match[str], context: Context) -> tuple[Found, ...]:
    """ "for years", "in minutes", "months of talks": an unknown number."""
    before = context.text[max(0, match.start() - 12) : match.start()]
    if not _BARE_CUE.search(before) and not re.match(r" of\b", context.text[match.end() : match.end() + 4]):
        return ()
    if re.search(r"\d\W{0,2}$", before):
        return ()
    return (Found(match.start(), match.end(), "DURATION", length("X", unit_name(match["units"]))),)


def _every(match: re.Match[str], _: Context) -> tuple[Found, ...]:
    groups = match.groupdict()
    unit = unit_name(groups.get("units") or match["unit"])
    count = "2" if groups.get("other") else _count(match) if groups.get("units") else "1"
    return (Found(match.start(), match.end(), "SET", length(count, unit)),)


def _frequency(match: re.Match[str], context: Context) -> tuple[Found, ...]:
    if match["frequency"][0].isupper() and context.text[max(0, match.start() - 2) : match.start()].strip(
        " \n"
    ) not in ("", ".", "“", '"'):
        return ()  # "China Daily"
    return (Found(match.start(), match.end(), "SET", FREQUENCIES[match["frequency"].lower()]),)


def _vague(match: re.Match[str], context: Context) -> tuple[Found, ...]:
    word = re.sub(r"\s+", " ", match["word"].lower())
    before = context.text[max(0, match.start() - 6) : match.start()]
    after = context.text[match.end() : match.end() + 24]
    if word == "recent" and re.search(r"\bmost $", before):
        return ()  # "his most recent film" is the last one
    if word == "soon" and re.match(r" (?:after|as|before|to)\b", after):
        return ()
    if (
        word in ("the past", "the future", "the present")
        and re.match(r" (?:\w+)", after)
        and not _AFTER_NOUN.match(after)
    ):
        return ()  # "the past participle", "the future king"
    if word == "current" and re.match(r"(?:s|\s(?:of|account))\b", after):
        return ()
    return (Found(match.start(), match.end(), "DATE", VAGUE[word]),)


_AFTER_NOUN = re.compile(
    r" (?:and|or|but|of|in|with|as|for|to|is|was|has|had|have|will|would|he|she|it|they|we|on|at|by|the|a|when|that|which|because)\b"
)
_FRACTION = re.compile(r"(?:one|two|three|four)\b", re.I)
_RATE = re.compile(
    r"(?:\b(?:times|once|twice|thrice|percent|per cent|dollars|euros|pounds|people|hours|days)|[%\d]|[bm]illion|[$€£]\S{1,8}) $",
    re.I,
)
_BARE_CUE = re.compile(
    expand(
        r"(?:in|for|within|after|over|just|only|took|take|takes|lasted|last|spent|spend|by|mere|first time in|before) $"
    ),
    re.I,
)
_NUMBER = r"(?:{number}|{few})"
_BETWEEN = r"(?:(?:straight|consecutive|successive|trading|working|business|full|whole|more|additional|extra|further|long|entire|calendar|solid|or more) )?"
_UNITS = r"(?:{units}|{unit})"
_OVER = r"(?:{about}|more than |less than |at least |up to )?"

RULES: tuple[Rule, ...] = (
    rule(r"(?:every|each) (?P<other>other) {unit}", _every),
    rule(r"(?:every|each) {unit}", _every),
    rule(r"every {number} {units}", _every),
    rule(r"per {unit}", _every),
    rule(r"{frequency}", _frequency),
    rule(
        rf"(?:the|these|his|her|its|their) (?:past|last|next|coming|previous) (?:{_NUMBER} )?{_BETWEEN}{_UNITS}",
        _window,
    ),
    rule(rf"(?:past|last|next) {_NUMBER} {_BETWEEN}{_UNITS}", _window),
    rule(r"(?:the )?(?P<which>recent|coming|upcoming|future) (?:few )?{units}", _vague_units),
    rule(r"half (?:an? )?(?P<unit>hour|day|decade|century|year)", _half),
    rule(r"half-(?P<unit>hour|day|decade|century|year)", _half),
    rule(r"{about}?{number} and a (?P<half>half) {units}", _duration),
    rule(rf"{{about}}?{_NUMBER} {_BETWEEN}{_UNITS}", _duration),
    rule(r"{number}-{unit}(?:-long)?", _duration),
    rule(rf"(?:{{about}})?(?P<one>an?|a single) {_BETWEEN}{{unit}}", _single),
    rule(r"(?P<one>single|multi|intra)-?{unit}", _duration),
    rule(r"(?:{units}|{unit})-?long", _duration),
    rule(r"{units}", _bare_units),
    rule(rf"(?:more )?(?P<word>{words(VAGUE)})", _vague),
)
