"""Computes with ISO 8601 dates of any precision: "2026-01-13", "2026-W03", "2026-01", "2026-Q1", "202".

Dates are TIMEX3 values as strings; "" means unknown. No function guesses a missing part of a date: the result
is "" instead. Contains no English words. Excludes years before 1 and after 9999.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from kg.language.time.tables import SEASON_MONTHS

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_FORMS = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)(?:T.*)?"
    r"|(?P<week>\d{4}-W\d\d)(?P<weekend>-WE)?"
    r"|(?P<month>\d{4}-\d\d)"
    r"|(?P<year>\d{4})(?:-Q(?P<quarter>[1-4])|-H(?P<half>[12])|-(?P<season>SP|SU|FA|WI))?"
    r"|(?P<decade>\d{3})"
    r"|(?P<century>\d\d)"
)


def valid(text: str) -> str:
    """The date at the start of `text`, reduced to its valid part: "2026-13-40" gives "2026"; "" if none.

    >>> valid("2026-01-14T09:30:00Z"), valid("2026-01"), valid("yesterday")
    ('2026-01-14', '2026-01', '')
    """
    match = re.match(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", text)
    if match is None or match[1] == "0000":
        return ""
    year, month, day = (int(part or 0) for part in match.groups())
    if not 1 <= month <= 12:
        return match[1]
    return match[0] if 1 <= day <= monthrange(year, month)[1] else match[0][:7]


def day(year: int, month: int, day_of_month: int) -> str:
    """A day in ISO form; "" if it does not exist."""
    try:
        return date(year, month, day_of_month).isoformat()
    except ValueError:
        return ""


def cover(value: str) -> tuple[str, str]:
    """The first and the last day, month or year that a value covers; ("", "") if it is unresolved.

    A season covers whole years only, because the seasons of the two hemispheres differ.

    >>> cover("2026-W03"), cover("2026-01-13TNI"), cover("199"), cover("2025-Q3")
    (('2026-01-12', '2026-01-18'), ('2026-01-13', '2026-01-13'), ('1990', '1999'), ('2025-07', '2025-09'))
    """
    match = _FORMS.fullmatch(value)
    if match is None:
        return "", ""
    year = match["year"]
    if match["week"]:
        monday = date.fromisocalendar(int(value[:4]), int(value[6:8]), 1)
        first = monday + timedelta(days=5) if match["weekend"] else monday
        return first.isoformat(), (monday + timedelta(days=6)).isoformat()
    if match["quarter"]:
        last = 3 * int(match["quarter"])
        return f"{year}-{last - 2:02}", f"{year}-{last:02}"
    if match["half"]:
        return (f"{year}-01", f"{year}-06") if match["half"] == "1" else (f"{year}-07", f"{year}-12")
    if match["season"]:
        return year, f"{int(year) + 1:04}" if match["season"] == "WI" else year
    if match["decade"]:
        return value + "0", value + "9"
    if match["century"]:
        return value + "00", value + "99"
    whole = match["day"] or match["month"] or year
    return whole, whole


def containing(value: str, unit: str) -> str:
    """The unit (such as "week") that contains a value: "" if the value is wider than the unit or unknown.

    >>> containing("2026-01-14", "week"), containing("2026-W05", "month"), containing("2026", "month")
    ('2026-W03', '', '')
    """
    first, last = (_unit_of(end, unit) for end in cover(value))
    return first if first == last else ""


def shift(value: str, steps: int, unit: str) -> str:
    """The unit (such as "week") that is `steps` after the one containing `value`, or before if negative.

    "" if `value` is wider than the unit or unknown.

    >>> shift("2026-01-14", -1, "month"), shift("2026-01-14", 1, "week"), shift("2026", -1, "day")
    ('2025-12', '2026-W04', '')
    """
    start = containing(value, unit)
    if not start:
        return ""
    try:
        if unit in ("day", "week"):
            first = date.fromisoformat(cover(start)[0])
            return _unit_of((first + steps * timedelta(days=7 if unit == "week" else 1)).isoformat(), unit)
        if unit == "month":
            return _month(int(start[:4]) * 12 + int(start[5:]) - 1 + steps)
        if unit == "quarter":
            return _unit_of(_month(int(start[:4]) * 12 + (int(start[6]) - 1 + steps) * 3), unit)
        shifted = int(start) + steps
    except (ValueError, OverflowError):
        return ""
    width = len(start)
    return f"{shifted:0{width}}" if 0 < shifted < 10**width else ""


def weekday_near(value: str, weekday: int, direction: int) -> str:
    """The nearest day with this ISO weekday (1 to 7), at `value` or before (`direction` -1) or after (1).

    >>> weekday_near("2026-01-14", 2, -1), weekday_near("2026-01-14", 2, 1)
    ('2026-01-13', '2026-01-20')
    """
    if not _DAY.fullmatch(value):
        return ""
    days = (weekday - date.fromisoformat(value).isoweekday()) % 7
    return shift(value, days if direction > 0 or days == 0 else days - 7, "day")


def weekday_of(week: str, weekday: int) -> str:
    """The day of a weekday (1-7) in a week: ("2026-W03", 2) gives "2026-01-13"; "" if `week` is no week."""
    monday = cover(week)[0]
    return shift(monday, weekday - 1, "day")


def weekday(value: str) -> int:
    """The ISO weekday of a day, 1 to 7; 0 for anything else."""
    return date.fromisoformat(value).isoweekday() if _DAY.fullmatch(value) else 0


def distance(earlier: str, later: str) -> int:
    """The number of days from one date to a later one (negative if it is earlier).

    For months and years, it is measured between the middles of the periods.
    """
    return _middle(later).toordinal() - _middle(earlier).toordinal()


def season_near(value: str, season: str, direction: int) -> str:
    """The season nearest to a date: the last that has begun (`direction` -1) or the next not yet over (1).

    For example, ("2026-01", "SU", -1) gives "2025-SU". Seasons are those of the northern hemisphere; a winter
    has the year of its December. "" unless the date's month is known.
    """
    month = containing(value, "month")
    if not month:
        return ""
    first, last = SEASON_MONTHS[season]
    year, number = int(month[:4]), int(month[5:])
    if direction < 0:
        year -= number < first
    elif last > 12:
        year -= number <= last - 12
    else:
        year += number > last
    return f"{year:04}-{season}"


def _middle(value: str) -> date:
    if len(value) == 10:
        return date.fromisoformat(value)
    return date(int(value[:4]), int(value[5:7]), 15) if len(value) == 7 else date(int(value), 7, 1)


def _month(number: int) -> str:
    """The month with a number counted from January of year 0: 24312 gives "2026-01".

    "" outside the years 1 to 9999.
    """
    year, month = divmod(number, 12)
    return f"{year:04}-{month + 1:02}" if 1 <= year <= 9999 else ""


def _unit_of(iso: str, unit: str) -> str:
    """The unit (such as "week") that contains a day, month or year in ISO form; "" if unknown."""
    if unit == "week":
        if len(iso) < 10:
            return ""
        year, week, _ = date.fromisoformat(iso).isocalendar()
        return f"{year:04}-W{week:02}"
    if unit == "quarter":
        return f"{iso[:4]}-Q{(int(iso[5:7]) + 2) // 3}" if len(iso) >= 7 else ""
    width = {"day": 10, "month": 7, "year": 4, "decade": 3, "century": 2}[unit]
    return iso[:width] if len(iso) >= width else ""
