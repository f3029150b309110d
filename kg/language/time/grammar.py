"""Defines the building blocks of this package's rules: patterns with named word classes, and their context.

A pattern is a regular expression with three additions: `{month}` stands for any month and captures it
under that name, `{_month}` for the same without a capture, and a blank for white space of any kind. Words
are matched in any case, names of months and weekdays only with a capital. Every repetition in a pattern is
bounded, so that reading stays linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kg.language.time import calendar
from kg.language.time.tables import (
    DECADES,
    FREQUENCIES,
    FUNCTION_WORDS,
    HOLIDAYS,
    MONTH_ABBREVIATIONS,
    MONTHS,
    NUMBERS,
    ORDINALS,
    PARTS_OF_DAY,
    PLURALS,
    SEASONS,
    UNITS,
    WEEKDAY_ABBREVIATIONS,
    WEEKDAYS,
)

Tense = Callable[[int, int], str]
# Maximum distance, in characters, from "the following day" back to the date to which it refers: a story stays
# with one day for a paragraph or two.
MEMORY = 800
# The same distance for words that presuppose the day of the story: "the last match of the day".
FAR_MEMORY = 4000
# Word before a unit ("last week") -> distance in units from the unit of publication, or from the story's.
STEPS = {
    "last": -1, "past": -1, "previous": -1, "preceding": -1,
    "this": 0, "the": 0, "that": 0, "same": 0, "current": 0,
    "next": 1, "coming": 1, "following": 1, "subsequent": 1,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PartialTime:
    """A time expression that is not complete yet; offsets in characters, end exclusive."""

    start: int
    end: int
    type: str
    value: str
    # the time of day, such as "T08:54" or "TNI" (night); if it is given, `value` is the day, "" if unknown
    clock: str = ""


@dataclass(frozen=True, slots=True)
class TimeContext:
    """What a rule knows besides its match: text, day of publication, tense, and the dates read before."""

    text: str
    anchor: str  # publication date, validated; may be less precise than a day, or ""
    tense: Tense
    before: tuple[PartialTime, ...] = ()  # the dates read before, oldest first

    def now(self, unit: str) -> str:
        """The day, month or other `unit` of publication; "" if unknown."""
        return calendar.containing(self.anchor, unit)

    def story(self, at: int, unit: str, memory: int = MEMORY) -> str:
        """The last day, month or other `unit` mentioned before the offset `at`; "" if none is nearby.

        `memory`: the maximum distance from `at`, in characters.
        """
        near = (found for found in reversed(self.before) if at - found.end < memory)
        return next((value for f in near if (value := calendar.containing(f.value, unit))), "")

    def month_told(self, at: int, month: int) -> str:
        """The last month with this number mentioned shortly before `at`, with its year; "" if none."""
        near = (found for found in reversed(self.before) if at - found.end < MEMORY)
        told = (calendar.containing(found.value, "month") for found in near)
        return next((value for value in told if value and int(value[5:]) == month), "")

    def follows(self, at: int, cue: re.Pattern[str]) -> re.Match[str] | None:
        """The match of a `cue` directly before the offset `at`; None if there is none."""
        return cue.search(self.text[max(0, at - 24) : at])

    def precedes(self, at: int, pattern: re.Pattern[str]) -> bool:
        """Whether the text from the offset `at` on begins with the pattern."""
        return pattern.match(self.text, at) is not None


Read = Callable[[re.Match[str], TimeContext], tuple[PartialTime, ...]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern and the function that interprets its match, which returns () if the match is not a time."""

    pattern: re.Pattern[str]
    read: Read


def words(keys: Iterable[str]) -> str:
    """A regular expression for any of the words; longer ones come first, so that they are matched whole."""
    return "|".join(re.escape(key).replace(r"\ ", " ") for key in sorted(keys, key=lambda k: (-len(k), k)))


def _capital(keys: Iterable[str]) -> str:
    """A regular expression for any of the names, with a capital: "Monday" or "MONDAY", not "monday"."""
    return "(?-i:" + words(form for key in keys for form in (key.capitalize(), key.upper())) + ")"


_DIGITS = words(word for word, value in NUMBERS.items() if value < 10)
_TENS = words(word for word, value in NUMBERS.items() if value in range(20, 100, 10))
_SMALL = rf"(?:(?:{_TENS})-(?:{_DIGITS})|{words(NUMBERS)})"
CLASSES = {
    "month": rf"(?:{_capital(MONTHS)}|{_capital(MONTH_ABBREVIATIONS)}(?:\.|(?!\w)))",
    "weekday": rf"(?:{_capital(WEEKDAYS)}|{_capital(WEEKDAY_ABBREVIATIONS)}\.)",
    "day": r"(?:0?[1-9]|[12]\d|3[01])(?!\d)(?:st|nd|rd|th)?(?![\w%]|[.,:/]\d)",
    "year": r"(?:1[0-9]|20)\d\d(?![\w%]|[-.,:/]\d)",
    "unit": rf"(?:{words(UNITS)})(?!\w)",
    "units": rf"(?:{words(PLURALS)})(?!\w)",
    "number": (
        r"(?:\d{1,3},\d{3}|\d{1,4}(?:\.\d{1,2}| ?½| 1/2)?"
        rf"|(?:(?:a|{_SMALL}) )?(?:hundred|thousand|dozen)|{_SMALL})(?!\w)"
    ),
    "few": r"(?:(?:a|the) )?(?:few|couple(?: of)?|several|many|some|number of|dozens of|hundreds of)",
    "ordinal": rf"(?:{words(ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th))(?!\w)",
    "part": rf"(?:{words(PARTS_OF_DAY)})(?!\w)",
    "season": rf"(?:{words(SEASONS)})(?!\w)",
    "decades": rf"(?:{words(DECADES)})(?!\w)",
    "frequency": rf"(?:{words(FREQUENCIES)})(?!\w)",
    "holiday": "(?-i:" + words(name.title().replace("'S", "['’]s") for name in HOLIDAYS).replace(r"\[", "[")
    .replace(r"\]", "]") + ")",
    # the words before the date in "early 2009" and "the beginning of June", which do not affect the value
    "edge": (
        r"(?:(?:the )?(?:very )?(?:beginning|start|end|middle|close|turn|rest|remainder|course) of "
        r"(?:the (?:day )?)?"
        r"|(?:the )?(?:early|late|mid)[- ](?:(?:in|on) )?|earlier |later |late in |early in )"
    ),
    "about": r"(?:about|around|nearly|almost|approximately|roughly|over|some) ",
}  # fmt: skip
_CLASS = re.compile(r"\{(_?)([a-z]+)\}")
_BLANK = "(?:[ \\t\u00a0\u2009\u202f]{1,2})"
# Matches at the start of a word, but not in the middle of a number ("10,000"). After a hyphen, only if this
# joins two numbers, days or months ("Monday-Friday").
_BEGINS = r"(?<!\w)(?<!\d[.,/])(?:(?<!-)|(?<=\d-)|(?<=(?:day|ary|rch|ril|May|une|uly|ust|ber)-))"


def expand(pattern: str) -> str:
    """The regular expression for a pattern: its word classes are filled in, digits are ASCII digits only."""

    def fill(match: re.Match[str]) -> str:
        inside = CLASSES[match[2]]
        return f"(?:{inside})" if match[1] else f"(?P<{match[2]}>{inside})"

    filled = _CLASS.sub(fill, pattern).replace("[- ]", "(?:-| )").replace(",? ", "(?: ?, | )")
    return filled.replace(" ", _BLANK).replace(r"\d", "[0-9]")


def rule(pattern: str, read: Read) -> Rule:
    """The rule for a pattern of this package, which starts and ends at the edge of a word."""
    return Rule(re.compile(rf"{_BEGINS}{expand(pattern)}(?!\w)", re.IGNORECASE), read)


def cue(pattern: str) -> re.Pattern[str]:
    """A regular expression for words directly before an expression, for `TimeContext.follows`."""
    return re.compile(rf"(?<!\w)(?:{expand(pattern)}){_BLANK}$", re.IGNORECASE)


def after(pattern: str) -> re.Pattern[str]:
    """A regular expression for text directly after an expression, for `TimeContext.precedes`."""
    return re.compile(expand(pattern), re.IGNORECASE)


# Matches directly after an expression if the clause ends or goes on with a function word or punctuation.
GOES_ON = after(rf"\s*(?:$|[.,;:!?)\]'’\"”–—]|-\s|(?:{words(FUNCTION_WORDS)})\b)")


def one(match: re.Match[str], value: str, kind: str = "DATE") -> tuple[PartialTime, ...]:
    """The whole match as one expression, in a tuple, as rules return it."""
    return (PartialTime(match.start(), match.end(), kind, value),)


def said(match: re.Match[str], name: str) -> str:
    """The text captured by a group, in lower case; "" if the group does not exist or did not match."""
    return (match.groupdict().get(name) or "").lower()


def month_number(text: str) -> int:
    """The number of a month, 1 to 12, by its name or abbreviation: 1 for "January" and "Jan."."""
    name = text.lower().rstrip(".")
    return MONTHS.get(name) or MONTH_ABBREVIATIONS[name]


def weekday_number(text: str) -> int:
    """The number of a weekday, 1 to 7, by its name or abbreviation: 1 for "Monday" and "Mon."."""
    name = text.lower().rstrip(".")
    return WEEKDAYS.get(name) or WEEKDAY_ABBREVIATIONS[name]


def ordinal_number(text: str) -> int:
    """The number that an ordinal or digits denote: 13 for "13", "13th" and "thirteenth"."""
    return ORDINALS.get(text.lower()) or int(re.sub(r"\D", "", text))


def unit_name(match: re.Match[str]) -> str:
    """The unit that a match captures with `{unit}` or `{units}`: "week" for "Weeks" or "week"."""
    name = said(match, "units") or said(match, "unit")
    return PLURALS.get(name, name)


def number(text: str) -> float:
    """The number that words or digits denote: 20 for "20" and "twenty", 21 for "twenty-one", 1 for "a", 200
    for "two hundred", 2.5 for "2 1/2".
    """
    whole = re.sub(r"\s*(?:½|1/2)$", "", text.lower().replace(",", ""))
    if len(whole) < len(text.replace(",", "")):
        return float(whole) + 0.5
    total = 1.0
    for word in whole.split():
        first, _, second = word.partition("-")
        if "0" <= word[0] <= "9":
            total *= float(word)
        elif word not in ("a", "an"):
            total *= NUMBERS[first] + NUMBERS.get(second, 0)
    return total
