"""What the rules of this package are made of: patterns with named word classes, and their context.

A pattern is a regular expression in which `{month}` stands for any month (and captures it under
that name), `{_month}` for the same without a capture, and a blank for a blank of any kind. Words
are matched in any case, names of months and weekdays only with a capital. Every repetition in a
pattern is bounded, so that reading stays linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from kg.language.time import calendar
from kg.language.time.words import (
    DECADES,
    FREQUENCIES,
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
# How far back a date still serves as reference for "the following day", in characters: the
# paragraph or two over which a story stays with one day.
MEMORY = 800


@dataclass(frozen=True, slots=True)
class Found:
    """A time expression in the making. `clock` is the part of `value` after the day, if any."""

    start: int
    end: int
    type: str
    value: str
    clock: str = ""  # "T08:54", "TNI"; `value` is then the day, "" where the words do not say it


@dataclass(frozen=True, slots=True)
class Context:
    """What is known where a rule reads."""

    text: str
    anchor: str  # publication date, validated, may be reduced or ""
    tense: Tense
    before: tuple[Found, ...] = ()  # the dates read last, oldest first

    def reference(self, at: int, unit: str) -> str:
        """The day, month, ... (as `unit` says) that the text named last before `at`, or ""."""
        near = (found for found in reversed(self.before) if at - found.end < MEMORY)
        return next((value for f in near if (value := calendar.containing(f.value, unit))), "")

    def now(self, unit: str) -> str:
        """The day, month, ... of publication, or ""."""
        return calendar.containing(self.anchor, unit)


Read = Callable[[re.Match[str], Context], tuple[Found, ...]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern, and what its words mean. `read` answers () where they mean no time after all."""

    pattern: re.Pattern[str]
    read: Read
    source: str = field(repr=False)  # the pattern without captures, to be joined with others


def words(keys: Iterable[str]) -> str:
    """An alternation, longest first, blanks of any kind."""
    return "|".join(re.escape(key).replace(r"\ ", " ") for key in sorted(keys, key=lambda k: (-len(k), k)))


def _capital(keys: Iterable[str]) -> str:
    """The same for names: "Monday" or "MONDAY", not "monday"."""
    return "(?-i:" + words(form for key in keys for form in (key.capitalize(), key.upper())) + ")"


_MONTH = rf"(?:{_capital(MONTHS)}|{_capital(MONTH_ABBREVIATIONS)}(?:\.|(?!\w)))"
_SMALL = rf"(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-(?:{words(list(NUMBERS)[:9])})|{words(NUMBERS)})"
CLASSES = {
    "month": _MONTH,
    "weekday": rf"(?:{_capital(WEEKDAYS)}|{_capital(WEEKDAY_ABBREVIATIONS)}\.)",
    "day": r"(?:0?[1-9]|[12]\d|3[01])(?!\d)(?:st|nd|rd|th)?(?![\w%]|[.,:/]\d)",
    "year": r"(?:1[0-9]|20)\d\d(?![\w%]|[.,:/]\d)",
    "unit": rf"(?:{words(UNITS)})(?!\w)",
    "units": rf"(?:{words(PLURALS)})(?!\w)",
    "number": rf"(?:\d{{1,4}}(?:\.\d{{1,2}})?|(?:(?:a|{_SMALL}) )?(?:hundred|thousand|dozen)|{_SMALL})(?!\w)",
    "few": r"(?:(?:a|the) )?(?:few|couple(?: of)?|several|many|some|number of|dozens of|hundreds of)",
    "ordinal": rf"(?:{words(ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th))(?!\w)",
    "part": rf"(?:{words(PARTS_OF_DAY)})(?!\w)",
    "season": rf"(?:{words(SEASONS)})(?!\w)",
    "decades": rf"(?:{words(DECADES)})(?!\w)",
    "frequency": rf"(?:{words(FREQUENCIES)})(?!\w)",
    "holiday": "(?-i:" + words(name.title().replace("'S", "'s") for name in HOLIDAYS) + ")",
    # "early 2009", "the beginning of June": part of the expression, though not of its value
    "edge": (
        r"(?:(?:(?:the )?(?:very )?(?:beginning|start|end|middle|close|turn|rest|remainder|course) of (?:the )?)"
        r"|(?:the )?(?:early|late|mid)[- ](?:(?:in|on) )?|earlier |later |late in |early in )"
    ),
    "about": r"(?:about|around|nearly|almost|approximately|roughly|over|some) ",
}
_BLANK = "[ \\t\u00a0\u2009\u202f]{1,2}"
_CLASS = re.compile(r"\{(_?)([a-z]+)\}")
_CAPTURE = re.compile(r"\(\?P<\w+>")


def rule(pattern: str, read: Read) -> Rule:
    """Compile a pattern of this package; it starts and ends at the edge of a word."""
    source = expand(pattern)
    whole = rf"(?<![\w-]){source}(?!\w)"
    return Rule(re.compile(whole, re.IGNORECASE), read, _CAPTURE.sub("(?:", whole))


def expand(pattern: str) -> str:
    """Put the word classes into a pattern, and blanks of any kind for its blanks."""

    def fill(match: re.Match[str]) -> str:
        inside = CLASSES[match[2]]
        return f"(?:{inside})" if match[1] else f"(?P<{match[2]}>{inside})"

    return _CLASS.sub(fill, pattern).replace("[- ]", "(?:-| )").replace(" ", _BLANK)


def month_number(text: str) -> int:
    """1 to 12 for "January" or "Jan."."""
    name = text.lower().rstrip(".")
    return MONTHS.get(name) or MONTH_ABBREVIATIONS[name]


def weekday_number(text: str) -> int:
    """1 to 7 for "Monday" or "Mon."."""
    name = text.lower().rstrip(".")
    return WEEKDAYS.get(name) or WEEKDAY_ABBREVIATIONS[name]


def day_number(text: str) -> int:
    """13 for "13" or "13th"."""
    return int(re.sub(r"\D", "", text))


def ordinal_number(text: str) -> int:
    """3 for "third" or "3rd"."""
    return ORDINALS.get(text.lower()) or day_number(text)


def unit_name(text: str) -> str:
    """ "week" for "Weeks" or "week"."""
    name = text.lower()
    return PLURALS.get(name, name)


def number(text: str) -> float:
    """20 for "20", "twenty" or "Twenty-one" less one; 1 for "a"; 200 for "two hundred"."""
    total = 1.0
    for word in re.split(r"\s+", text.lower().strip()):
        first, _, second = word.partition("-")
        if word[0].isdigit():
            total *= float(word)
        elif word not in ("a", "an"):
            total *= NUMBERS[first] + NUMBERS.get(second, 0)
    return total
