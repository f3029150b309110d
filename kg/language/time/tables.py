"""Lists English words for times: months, weekdays, units, numbers. Tables only, no rules.

Keys are lower case. Holidays are only those that fall on the same day every year everywhere.
"""

from __future__ import annotations

MONTHS = {
    "january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7,
    "august": 8, "september": 9, "october": 10, "november": 11, "december": 12,
}  # fmt: skip
MONTH_ABBREVIATIONS = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7,
    "aug": 8, "sept": 9, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
# Months that are also a name, a verb or a modal, so that a capital letter does not suffice to show a month.
AMBIGUOUS_MONTHS = frozenset({"march", "april", "may", "june", "august"})

WEEKDAYS = {
    "monday": 1, "tuesday": 2, "wednesday": 3, "thursday": 4, "friday": 5, "saturday": 6, "sunday": 7,
}  # fmt: skip
WEEKDAY_ABBREVIATIONS = {"mon": 1, "tues": 2, "tue": 2, "wed": 3, "thurs": 4, "thu": 4, "fri": 5}

PARTS_OF_DAY = {"morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI"}
# "spring" and "fall" have other meanings (a metal coil, a drop): see `AMBIGUOUS_SEASONS`.
SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
AMBIGUOUS_SEASONS = frozenset({"spring", "fall"})
# First and last month of a season in the northern hemisphere; 13 and 14 are January and February.
SEASON_MONTHS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 14)}

HOLIDAYS = {
    "new year's day": "01-01", "valentine's day": "02-14", "christmas eve": "12-24",
    "christmas day": "12-25", "boxing day": "12-26", "new year's eve": "12-31", "christmas": "12-25",
}  # fmt: skip

# Unit -> its duration in ISO 8601: the letters before the number, a factor for the number, the letters after.
UNITS = {
    "second": ("PT", 1, "S"), "minute": ("PT", 1, "M"), "hour": ("PT", 1, "H"), "day": ("P", 1, "D"),
    "week": ("P", 1, "W"), "fortnight": ("P", 2, "W"), "weekend": ("P", 1, "WE"), "month": ("P", 1, "M"),
    "quarter": ("P", 1, "Q"), "year": ("P", 1, "Y"), "decade": ("P", 10, "Y"), "century": ("P", 100, "Y"),
}  # fmt: skip
PLURALS = {"centuries": "century", "mins": "minute", "min": "minute", "hrs": "hour", "hr": "hour"} | {
    unit + "s": unit for unit in UNITS if unit != "century"
}

NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40,
    "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100,
    "thousand": 1000, "dozen": 12,
}  # fmt: skip
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13,
    "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18,
    "nineteenth": 19, "twentieth": 20, "twenty-first": 21,
}  # fmt: skip
DECADES = {
    "twenties": 2, "thirties": 3, "forties": 4, "fifties": 5,
    "sixties": 6, "seventies": 7, "eighties": 8, "nineties": 9,
}  # fmt: skip

FREQUENCIES = {
    "hourly": "PT1H", "daily": "P1D", "nightly": "P1D", "weekly": "P1W", "biweekly": "P2W",
    "fortnightly": "P2W", "monthly": "P1M", "bimonthly": "P2M", "quarterly": "P3M", "yearly": "P1Y",
    "annual": "P1Y", "annually": "P1Y", "biennial": "P2Y",
}  # fmt: skip
# Words for the past, the present or the future that do not say how far away it is.
VAGUE = {
    "now": "PRESENT_REF", "currently": "PRESENT_REF", "current": "PRESENT_REF", "presently": "PRESENT_REF",
    "nowadays": "PRESENT_REF", "these days": "PRESENT_REF", "at present": "PRESENT_REF",
    "the present": "PRESENT_REF", "the time being": "PRESENT_REF", "at the moment": "PRESENT_REF",
    "at this time": "PRESENT_REF", "at this point": "PRESENT_REF",
    "recently": "PAST_REF", "recent": "PAST_REF", "lately": "PAST_REF", "the past": "PAST_REF",
    "in those days": "PAST_REF", "long ago": "PAST_REF", "at one point": "PAST_REF",
    "soon": "FUTURE_REF", "the future": "FUTURE_REF", "the near future": "FUTURE_REF",
    "the foreseeable future": "FUTURE_REF", "the near term": "FUTURE_REF",
}  # fmt: skip


def _list(text: str) -> tuple[str, ...]:
    return tuple(word.replace("_", " ") for word in text.split())


# After a number, these words show that it counts something and is not a year: "2000 people", "1950 metres".
COUNTED = _list(
    "people person persons percent per_cent point points dollar dollars euro euros pounds yen won "
    "yuan rupees km kms kilometre kilometres kilometer kilometers metre metres meter meters mile "
    "miles feet ft kg ton tons tonnes votes jobs troops soldiers police deaths cases employees "
    "workers students homes houses families copies units seats words calories men women children "
    "others times days hours years hectares acres mg mph rpm watts hp strong seater page"
)
# Before a number, these words show that it is not a year: "nearly 2000", "Flight 1907".
COUNTING = _list(
    "no. nos. number room flight route highway page about nearly almost some least most than another "
    "approximately roughly boeing airbus rs."
)
# Words before a weekday in names of days ("Black Friday").
NAMED_DAYS = _list("Black Good Bloody Super Cyber Holy Ash Palm Easter Fat Ruby Freaky Sheffield")
# Words after a weekday in names of works and groups ("Sunday Times").
NAMED_AFTER_DAYS = _list(
    "Times Mirror Express Post Telegraph Mail Herald People Independent Tribune Star Sun World Review "
    "Business Age Mass School Agreement Club Standard Magazine Show Night_Live Night_Football"
)
ZONES = _list("GMT UTC BST CET CEST EET EST EDT ET CST CDT PST PDT PT JST KST IST HKT SGT")
# Words between a number and its unit: "five trading days".
BETWEEN = _list(
    "straight consecutive successive trading working business full whole more additional extra "
    "further long entire calendar solid or_more"
)
# Words with which a sentence may continue after a complete expression such as "in 1789" or "the year before".
FUNCTION_WORDS = _list(
    "and or but when while because to until by as at with for from in on of under was were is had has "
    "after before he she it they we the a an that which who"
)

_ALONE = frozenset(
    (
        *MONTHS, *MONTH_ABBREVIATIONS, *WEEKDAYS, *WEEKDAY_ABBREVIATIONS, *PARTS_OF_DAY, *SEASONS,
        *UNITS, *PLURALS, *FREQUENCIES, *(word for word in (*HOLIDAYS, *VAGUE) if " " not in word),
        *(weekday + "s" for weekday in WEEKDAYS), "past", "future",
        "q1", "q2", "q3", "q4", "noon", "midnight", "midday", "today", "yesterday", "tomorrow", "tonight",
    )
)  # fmt: skip
_LEADING = _list(
    "a an the this that these his her its their last next coming upcoming every each per few several many "
    "some number couple dozens hundreds half single more less most only just at up very early late mid "
    "earlier later in over during about around nearly almost approximately roughly fiscal financial "
    "beginning start end middle close turn rest remainder course"
)
OPENERS = _ALONE | {
    word.split()[0].split("-")[0].split("'")[0]
    for word in (*NUMBERS, *ORDINALS, *HOLIDAYS, *VAGUE, *_LEADING)
}
"""Words with which an expression may begin, besides digits: the rules are tried only there."""
LEADS = OPENERS - _ALONE
"""Those of `OPENERS` that cannot be a whole expression: in "the first of them" no rule is tried."""
