"""Finds the publication date of an article, if its page or its file name states the date.

Three kinds of evidence are used, best first: a date line ("Published 3 March 2024, 08:54"), a date that opens
the first line or its dateline ("LIMA, March 3, 2024 (Agency) -"), and a sentence that names the day of
writing ("today, 3 March 2024"). A date inside a running sentence is not evidence, nor is a day without a
year. If the page gives no date, the one in its web address counts (".../2024/03/03/bridge-opens"), and then
the one in the file's name ("2024-03-03-bridge-opens.txt"). Ambiguous numbers (03/04/2025) give no date. The
time expressions of the article itself are read in `kg.language`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTH = "(?i:" + "|".join(rf"{name[:3]}(?:{name[3:]})?" for name in _MONTHS) + r"|sept)\b\.?"
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY = r"(?i:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?)\b\.?"
_YEAR = r"(?:1[89]|20)\d\d"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"

# A full calendar date in one of four forms; only the groups of that form are filled.
_DATE = (
    rf"(?:(?P<y1>{_YEAR})(?P<sep1>[-/.])(?P<m1>\d\d?)(?P=sep1)(?P<d1>\d\d?)(?!\d|[-/.]\d)"
    rf"|(?P<a>\d\d?)(?P<sep2>[-/.])(?P<b>\d\d?)(?P=sep2)(?P<y2>{_YEAR})(?!\d|[-/.]\d)"
    rf"|(?P<d3>{_DAY})(?:st|nd|rd|th)?(?:\s+of)?[\s-]+(?P<m3>{_MONTH}),?[\s-]+(?P<y3>{_YEAR})(?!\w)"
    rf"|(?P<m4>{_MONTH})\s+(?P<d4>{_DAY})(?:st|nd|rd|th)?,?\s+(?P<y4>{_YEAR})(?!\w))"
)
_FULL = re.compile(r"(?<![\w/.-])" + _DATE)
_NAMED = re.compile(rf"(?<!\d)({_YEAR})([-_.]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)")
# A date in the path of a web address; with one digit ("2026/3/5") only between separators.
_ADDRESSED = re.compile(
    rf"(?<!\d)(?:(?P<y1>{_YEAR})(?P<sep>[-_/])(?P<m1>0?[1-9]|1[0-2]|[a-z]{{3}})(?P=sep)(?P<d1>{_DAY})"
    rf"|(?P<y2>{_YEAR})(?P<m2>0[1-9]|1[0-2])(?P<d2>0[1-9]|[12]\d|3[01]))(?!\d)",
    re.IGNORECASE,
)
_MONTH_ONLY = re.compile(rf"(?P<m>{_MONTH}),?\s+(?P<y>{_YEAR})")

# What may be around the date in a date line: time zone, time, place, author, a label such as "Published".
_ZONE = r"(?:Z|[+-]\d\d:?\d\d|\(?(?:[A-Z]{2,4}(?:[+-]\d+)?|local time)\)?(?!\w))"
_CLOCK = (
    rf"(?:(?:T?\d{{1,2}}[:.]\d\d(?:[:.]\d\d(?:\.\d+)?)?|\d{{1,2}}(?=\s?[AaPp]\.?[Mm]))"
    rf"(?:\s*[AaPp]\.?[Mm]\b\.?)?\s*{_ZONE}?)"
)
_FIRST = "published|posted|issued|released|created|dated|date|publish date|publication date|printed"
_LATER = "updated|modified|revised|edited"
_LABEL = (
    rf"(?P<label>(?i:(?:(?:first|originally|last)\s+)?(?:{_FIRST}|(?P<later>{_LATER}))\b"
    r"(?:\s*(?:on|at|:|-))?\s*))"
)
_BEFORE = re.compile(rf"(?:{_LABEL})?(?:{_CLOCK}[\s,|•·-]*)?(?:{_WEEKDAY})?[\s,|•·-]*$")
_PLACE = re.compile(rf"[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){{0,3}}[,:]\s*(?:{_WEEKDAY},?\s*)?$")
_BY = re.compile(r"by \S+(?: \S+){0,3}")  # the author in "Posted on 5 March 2026 by Jo Doe"
_AFTER = re.compile(rf"[\s,|•·–-]*(?:(?:at|@)\s+)?{_CLOCK}?[\s,|•·.]*")


@dataclass(frozen=True, slots=True)
class DateLine:
    """A date that makes up a line, or with which a line begins."""

    date: str  # ISO 8601, perhaps without day or month; "" if the numbers are ambiguous
    end: int  # the offset in the line at which the date, with what belongs to it, ends
    label: str = ""  # "published" or "updated", if the line says so


def date_line(text: str) -> DateLine | None:
    """The date of a line that contains nothing but a date with its time, weekday, place, author, or a label
    such as "Published"; None for any other line.

    >>> date_line("Published Thursday, 5 March 2026 08:54 GMT")
    DateLine(date='2026-03-05', end=42, label='published')
    >>> date_line("The bridge opened on 5 March 2026") is None
    True
    """
    if len(text) > 100:
        return None
    found = _FULL.search(text)
    if not found:
        only = _MONTH_ONLY.fullmatch(text.strip())
        return DateLine(f"{only['y']}-{_month(only['m']):02}", len(text)) if only else None
    before = _BEFORE.match(text[: found.start()])
    if not before and not _PLACE.match(text[: found.start()]):
        return None
    after = _AFTER.match(text, found.end())
    rest = text[after.end() if after else found.end() :].strip(" ()/")
    # the rest may be a second date: "Published 3 May 2026 (updated 4 May 2026)"
    if rest and not _BY.fullmatch(rest) and date_line(rest) is None:
        return None
    label = "" if not before or not before["label"] else "updated" if before["later"] else "published"
    return DateLine(_iso(found), len(text), label)


def opening_date(text: str) -> DateLine | None:
    """The date before the first sentence of a line: "Friday, May 8, 2026 On Tuesday, ..."; None if there is
    no such date.

    A date that belongs to the sentence itself is followed by a comma or a lower-case letter.
    """
    found = _FULL.search(text[:80])
    if not found or not _BEFORE.match(text[: found.start()]):
        return None
    after = re.match(rf"\s+(?:{_CLOCK}\s+)?(?:[-–—|]\s*)?(?=[“\"‘A-Z])", text[found.end() :])
    return DateLine(_iso(found), found.end() + after.end()) if after else None


# A dateline has a place in capitals and ends with a dash: "LIMA, March 3, 2026 (Agency) - ", "LIMA, Peru — ".
_DASH = re.compile(r"\s[-–—]+\s*$")
_DATELINE = re.compile(
    r"(?P<place>[A-ZÀ-Þ][A-ZÀ-Þ.'’-]+(?:[ /][A-ZÀ-Þ.'’-]+){0,3})"
    rf"(?:,\s+(?!{_MONTH})[A-Z][\w.]*(?: [A-Z][\w.]*)?)?"
    rf"(?P<when>(?:,?\s+(?:{_MONTH}\s+{_DAY}|{_DAY}\s+{_MONTH})(?:,?\s+{_YEAR})?)?)"
    r"(?P<agency>(?:\s*[,/]?\s*(?:\([A-Z][\w&.]*(?:[ /][\w&.]+){0,3}\)|/[A-Z][\w ]+/))?)"
    r"\s*(?P<dash>--|[-–—:])\s*(?=[“\"‘'A-Z\d])"
)


def dateline(text: str, colon: bool = False) -> DateLine | None:
    """The place, day and agency before an article's first sentence, in the style of news agencies; None if
    there are none.

    A colon after a place alone ("LIMA: The council ...") counts only if `colon`; otherwise the word before it
    may be a speaker.
    """
    found = _DATELINE.match(text[:120])
    if not found or not (colon or found["when"] or found["agency"] or _DASH.search(found[0])):
        return None
    full = _FULL.search(found["when"])
    return DateLine(_iso(full) if full else "", found.end())


_DEICTIC = re.compile(
    rf"\b(?P<word>(?i:today|yesterday|tomorrow))(?:,\s+|\s*\(|\s+)(?:{_WEEKDAY},?\s+)?(?:the\s+)?{_DATE}"
)
_SHIFT = {"today": 0, "yesterday": 1, "tomorrow": -1}  # days from the named day to the day of writing
_GLOSS = re.compile(rf"\b(?P<weekday>{_WEEKDAY})\s*\({_DATE}\)")
_WEEK = timedelta(7)
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")


def told(paragraphs: Iterable[str]) -> str:
    """The publication date that sentences imply; "" if none does, or if they disagree.

    "today, 5 March 2026" gives the day itself. A weekday explained in brackets, "Tuesday (Jan 13, 2026)", was
    written at most a week before or after that day; the result is the month, or else the year, that contains
    these two weeks. Because weekdays of historical dates are given in this way, too, such a weekday counts
    only if no sentence names a later year. Quotations do not count, because they may have been spoken at
    another time.

    >>> told(["The port opens today, 5 March 2026."])
    '2026-03-05'
    >>> told(["They met on Tuesday (Jan 13, 2026)."])
    '2026-01'
    >>> told(["They met on Tuesday (Jan 13)."])
    ''
    """
    text = _QUOTED.sub(" ", "\n".join(paragraphs))
    days = {
        (date.fromisoformat(iso) + timedelta(_SHIFT[found["word"].lower()])).isoformat()
        for found in _DEICTIC.finditer(text)
        if (iso := _iso(found))
    }
    if days:
        return min(days) if len(days) == 1 else ""
    glosses = []
    for found in _GLOSS.finditer(text):
        iso = _iso(found)
        day = date.fromisoformat(iso) if iso else None
        if day is None or not _WEEKDAYS[day.weekday()].startswith(found["weekday"].lower()[:3]):
            return ""
        glosses.append(day)
    if not glosses or any(int(year) > max(glosses).year for year in re.findall(rf"\b{_YEAR}\b", text)):
        return ""
    first, last = max(glosses) - _WEEK, min(glosses) + _WEEK
    if first > last or first.year != last.year:
        return ""
    return f"{first:%Y-%m}" if first.month == last.month else f"{first:%Y}"


def _iso(found: re.Match[str]) -> str:
    """The date in a match of `_FULL`, in ISO 8601; "" if the day does not exist or the date is ambiguous."""
    group = found.groupdict()
    if group["y1"]:
        year, month, day = int(group["y1"]), int(group["m1"]), int(group["d1"])
    elif group["y2"]:
        first, second = int(group["a"]), int(group["b"])
        if first <= 12 and second <= 12 and first != second:
            return ""
        year, month, day = int(group["y2"]), min(first, second), max(first, second)
    elif group["y3"]:
        year, month, day = int(group["y3"]), _month(group["m3"]), int(group["d3"])
    else:
        year, month, day = int(group["y4"]), _month(group["m4"]), int(group["d4"])
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def _month(name: str) -> int:
    return next(i for i, month in enumerate(_MONTHS, 1) if month.startswith(name.lower()[:3]))


def without_date(text: str) -> str:
    """The text before the date in it, without words that introduce the date; the whole text if it has no
    date.
    """
    found = _FULL.search(text)
    return (
        re.sub(rf"[\s,|•·-]*(?:{_LABEL})?(?:{_WEEKDAY})?[\s,|•·-]*$", "", text[: found.start()])
        if found
        else text
    )


def dated(text: str) -> DateLine | None:
    """The date at the end of a byline, as in "By Jo Doe, 3 March 2026"; None if there is none."""
    found = _FULL.search(text)
    return date_line(text[len(without_date(text)) :].strip(" ,|•·-")) if found else None


def in_name(stem: str) -> str:
    """The date in a file's name, if the name gives it with the year first; "" if there is none, or if there
    are several.

    >>> in_name("2024-03-05-bridge-opens"), in_name("agency_20240305")
    ('2024-03-05', '2024-03-05')
    >>> in_name("05-03-2024"), in_name("from-2024-03-05-to-2024-03-09"), in_name("2023-02-30")
    ('', '', '')
    """
    found = set()
    for year, _, month, day in _NAMED.findall(stem):
        with suppress(ValueError):  # there is no such day: 30 February
            found.add(date(int(year), int(month), int(day)).isoformat())
    return found.pop() if len(found) == 1 else ""


def in_address(url: str) -> str:
    """The date in the path of a web address, if it gives it with the year first; "" if there is none, or if
    there are several.

    >>> in_address("https://lowick.example/news/2026/3/5/bridge"), in_address("https://a.example/20260305/b")
    ('2026-03-05', '2026-03-05')
    >>> in_address("https://a.example/2026/mar/05/bridge"), in_address("https://a.example/id/20260305123")
    ('2026-03-05', '')
    """
    found = set()
    names = [name[:3] for name in _MONTHS]
    for one in _ADDRESSED.finditer(url.partition("://")[2].partition("/")[2]):
        month = (one["m1"] or one["m2"]).lower()
        with suppress(ValueError):  # there is no such day or month
            number = int(month) if month.isdigit() else names.index(month) + 1
            found.add(date(int(one["y1"] or one["y2"]), number, int(one["d1"] or one["d2"])).isoformat())
    return found.pop() if len(found) == 1 else ""
