"""Compares values of properties: days, quantities, places, classes.

    "2026-01", "2026-01-13"                 agree: the first is only less precise
    "at least 12 people", "14 people"       agree: the first is only a lower bound
    "12 people", "14 people"                differ
    Lima, Peru                              agree: a town and a country do not exclude each other

Vague expressions ("a few", "a while") are not values. The smaller the `vagueness` of a value, the more
precise it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import inf

from kg.language.time.tables import NUMBERS
from kg.model import Time

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_WORDS = "|".join(sorted(NUMBERS, key=len, reverse=True))
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "dozen": 12.0}
_HEDGES = {
    **dict.fromkeys(("at least", "more than", "over", "no fewer than", "upwards of"), "least"),
    **dict.fromkeys(("at most", "up to", "fewer than", "less than", "under"), "most"),
    **dict.fromkeys(("about", "around", "some", "nearly", "almost", "roughly", "approximately"), "about"),
    **dict.fromkeys(("an estimated", "close to", "just over"), "about"),
}
_QUANTITY = re.compile(
    rf"(?:(?P<hedge>{'|'.join(sorted(_HEDGES, key=len, reverse=True))})\s+)?"
    rf"(?:(?:the|a|an|all|another|other)\s+)?(?P<currency>[$€£¥]?)"
    rf"(?:(?P<digits>{_NUMBER})|(?P<word>{_WORDS})(?:-(?P<ones>{_WORDS}))?)"
    rf"(?:\s+(?P<scale>{'|'.join(_SCALES)}))?(?![\w-])(?:\s+(?P<unit>[^\W\d_]+))?",
    re.IGNORECASE,
)
_NEAR = 0.2  # tolerance of an approximate number, as a fraction: "about 20" means 16 to 24
_ROUND = 3  # a number of millions with fewer digits counts as rounded: "12 million" may be 11.8 million
_UNITS = {"percent": "%", "per": "%", "mins": "minute", "people": "person", "persons": "person"}


@dataclass(frozen=True, slots=True)
class Days:
    """A period from the first to the last day, month or year (ISO 8601), both inclusive."""

    first: str
    last: str

    @property
    def vagueness(self) -> float:
        return 10 - len(self.first) + (self.first != self.last)

    def agrees(self, other: Days) -> bool:
        """Whether the two periods may have a day in common."""
        return not (_before(self.last, other.first) or _before(other.last, self.first))


def _before(one: str, other: str) -> bool:
    precision = min(len(one), len(other))
    return one[:precision] < other[:precision]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of something, as the interval between two inclusive bounds."""

    least: float
    most: float
    unit: str  # singular, lower case; "" if there is none

    @property
    def vagueness(self) -> float:
        return self.most - self.least

    def agrees(self, other: Quantity) -> bool:
        return self.least <= other.most and other.least <= self.most


@dataclass(frozen=True, slots=True)
class Place:
    """A named place."""

    id: str
    level: str  # its class; only two cities or two countries can conflict
    within: frozenset[str]  # ids of the places that contain it, as far as the articles say

    @property
    def vagueness(self) -> float:
        return 0.0

    def agrees(self, other: Place) -> bool:
        return (
            self.id == other.id
            or self.level != other.level
            or self.level not in ("City", "Country")
            or other.id in self.within
            or self.id in other.within
        )


@dataclass(frozen=True, slots=True)
class ClassValue:
    """The class of a thing, according to a noun that describes it."""

    name: str
    excluded: frozenset[str]  # classes disjoint with this one

    @property
    def vagueness(self) -> float:
        return 0.0

    def agrees(self, other: ClassValue) -> bool:
        return other.name not in self.excluded


@dataclass(frozen=True, slots=True)
class Alternative:
    """One of several values that exclude each other: who won; true or false."""

    name: str

    @property
    def vagueness(self) -> float:
        return 0.0

    def agrees(self, other: Alternative) -> bool:
        return self == other


Comparable = Days | Quantity | Place | ClassValue | Alternative


def agree(one: Comparable, other: Comparable) -> bool:
    """Whether both values can be right; True for values of different sorts or units."""
    if isinstance(one, Quantity) and isinstance(other, Quantity) and one.unit != other.unit:
        return True
    return type(one) is not type(other) or one.agrees(other)  # type: ignore[arg-type]


def days(time: Time) -> Days | None:
    """The days of a time; None if it is unresolved or has an open end.

    >>> days(Time("2026-01", "2026-01", "January")).agrees(Days("2026-01-13", "2026-01-13"))
    True
    >>> Days("2026-01-13", "2026-01-13").agrees(Days("2026-01-12", "2026-01-12"))
    False
    """
    if not time.start or (time.interval and not time.end):
        return None  # an open end: "since 2019"
    return Days(time.start, time.end or time.start)


def quantity(text: str) -> Quantity | None:
    """The quantity at the start of a text; None if there is none.

    >>> quantity("at least a dozen people"), quantity("about 20 minutes")
    (Quantity(least=12.0, most=inf, unit='person'), Quantity(least=16.0, most=24.0, unit='minute'))
    >>> quantity("Fourteen people in Lima").agrees(quantity("12 people"))
    False
    >>> quantity("people of Lima") is None
    True
    """
    found = _QUANTITY.match(text.strip())
    if not found:
        return None
    digits = (found["digits"] or "").replace(",", "")
    if digits:
        number = float(digits)
    else:
        number = float(NUMBERS[found["word"].lower()] + NUMBERS.get((found["ones"] or "").lower(), 0))
    scale = _SCALES.get((found["scale"] or "").lower(), 1.0)
    number *= scale
    unit = (found["currency"] or "") or _singular((found["unit"] or "").lower())
    kind = _HEDGES.get((found["hedge"] or "").lower(), "")
    least, most = number, number
    if kind == "about" or (scale >= 1e6 and len(digits.replace(".", "")) < _ROUND):
        least, most = number * (1 - _NEAR), number * (1 + _NEAR)
    elif kind == "least":
        most = inf
    elif kind == "most":
        least = 0.0
    return Quantity(least, most, unit)


def _singular(unit: str) -> str:
    if unit in _UNITS:
        return _UNITS[unit]
    return unit.removesuffix("s") if len(unit) > 3 and not unit.endswith("ss") else unit
