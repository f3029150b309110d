"""Values for readers of the page: dates in words, roles, web addresses."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from kg.model import Document, Evidence, Role, Time

ROLES = {
    Role.AGENT: "who",
    Role.PATIENT: "whom or what",
    Role.RECIPIENT: "to whom",
    Role.ATTRIBUTE: "as what",
    Role.CONTENT: "what",
    Role.PLACE: "where",
    Role.TIME: "when",
    Role.OTHER: "with",
}
HEADLINE = 90  # characters
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def date(iso: str) -> str:
    """ "2026-01-12" -> "12 January 2026"; other values are unchanged.

    >>> date("2026-01"), date("2026"), date("2026-W03")
    ('January 2026', '2026', '2026-W03')
    """
    if not re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2])(-\d\d)?)?", iso):
        return iso
    year, *rest = iso.split("-")
    month = [_MONTHS[int(rest[0]) - 1]] if rest else []
    day = [str(int(rest[1]))] if len(rest) == 2 else []
    return " ".join((*day, *month, year))


def when(time: Time | None) -> str:
    """The days, and the article's own words for them."""
    if time is None:
        return ""
    days = " – ".join(dict.fromkeys(date(day) for day in (time.start, time.end) if day))
    if time.interval and not (time.start and time.end):
        days = f"from {days}" if time.start else f"up to {days}" if time.end else ""
    words = f"“{time.text}”" if time.text and time.text != days else ""
    return f"{days} ({words})" if days and words else days or words


def surface(evidence: Evidence) -> str:
    """The words of the relation, if the sentence has any: "Ana Ruiz, the mayor, ..." has no "is"."""
    verbless = evidence.rule in ("apposition", "title", "possessive")
    return "" if verbless and evidence.surface.split(" ")[0] == "is" else evidence.surface


def web_address(url: str) -> str:
    """The URL if a click on it can only open a web page, otherwise ""."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.netloc else ""


def opening(document: Document) -> str:
    """The first sentence of an article, or as much of it as fits a headline."""
    first = next((document.text[block.start : block.end] for block in document.blocks), "")
    sentence = re.split(r"(?<=[\w”\"'’)]{2}[.!?])\s+(?=[A-Z“\"‘'])", " ".join(first.split()), maxsplit=1)[0]
    if len(sentence) <= HEADLINE:
        return sentence or document.id
    cut = sentence[:HEADLINE].rsplit(" ", 1)[0]
    clause = max(cut.rfind(mark) for mark in (", ", "; ", " – "))
    return (cut[:clause] if clause > HEADLINE // 2 else cut).rstrip(",;–- ") + " …"
