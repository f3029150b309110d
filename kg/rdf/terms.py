"""Helpers that make triples, literals that every format can represent, and the days that a date covers."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Triple

from kg.model import Factuality, Time
from kg.ontology import KG
from kg.rdf.names import RDFS, SKOS, XSD

# Characters that XML 1.0 cannot represent, and lone surrogates, which no encoding can.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_REDUCED = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:T.*)?")
_PRECISIONS = ("year", "month", "day")


def link(subject: str, predicate: str, thing: str) -> Triple:
    """A triple of three IRIs."""
    return Triple(NamedNode(subject), NamedNode(predicate), NamedNode(thing))


def datum(subject: str, predicate: str, value: str, datatype: str = "string") -> Triple:
    """A triple with a literal; `datatype` is a local name of XML Schema."""
    return Triple(NamedNode(subject), NamedNode(predicate), literal(value, datatype))


def literal(value: str, datatype: str = "string") -> Literal:
    """A literal. Characters that some format cannot represent become U+FFFD, one for each, so that offsets in
    the text remain valid.
    """
    return Literal(_UNWRITABLE.sub("\ufffd", value), datatype=NamedNode(XSD + datatype))


def called(iri: str, label: str, aliases: Iterable[str]) -> Iterator[Triple]:
    """The triples with the names of a thing."""
    yield datum(iri, RDFS + "label", label)
    yield from (datum(iri, SKOS + "altLabel", alias) for alias in aliases)


def explained(iri: str, label: str, comment: str) -> Iterator[Triple]:
    """The triples with the label and comment of a term, tagged as English; empty ones are omitted."""
    for predicate, text in (("label", label), ("comment", comment)):
        if text:
            words = Literal(_UNWRITABLE.sub("\ufffd", text), language="en")
            yield Triple(NamedNode(iri), NamedNode(RDFS + predicate), words)


def factuality_of(factuality: Factuality) -> str:
    """The IRI of a factuality."""
    return KG + factuality.value.capitalize()


def decimal(number: float) -> str:
    """The number as an xsd:decimal with at most four places, in canonical form, which stores also use.

    >>> decimal(0.9), decimal(1.0), decimal(0.86666)
    ('0.9', '1', '0.8667')
    """
    return f"{number:.4f}".rstrip("0").rstrip(".")


def interval(time: Time | None) -> str:
    """A time in ISO 8601: "2026-01-12", "2026-01-12/2026-01-14"; "" if unresolved. An end can be open ("..").

    >>> interval(Time("", "2026-02-22", "by 22 February", interval=True))
    '../2026-02-22'
    """
    if time is None or not (time.start or time.end):
        return ""
    if time.interval:
        return f"{time.start or '..'}/{time.end or '..'}"
    return time.start if time.start == time.end else f"{time.start}/{time.end}"


def days(time: Time) -> tuple[str, str, str]:
    """First day, last day and precision ("year", "month" or "day") of a time; each "" if unknown.

    >>> days(Time("2026-01", "2026-02", "this winter"))
    ('2026-01-01', '2026-02-28', 'month')
    """
    first, last = reach(time.start), reach(time.end)
    precisions = [each[2] for each in (first, last) if each]
    return (
        first[0] if first else "",
        last[1] if last else "",
        min(precisions, key=_PRECISIONS.index, default=""),
    )


def reach(text: str) -> tuple[str, str, str] | None:
    """First day, last day and precision ("year", "month" or "day") of an ISO 8601 date, which may lack day or
    month; None if the date is invalid.
    """
    found = _REDUCED.fullmatch(text)
    if not found:
        return None
    year, month, day = (int(group) if group else 0 for group in found.groups())
    try:
        first = datetime.date(year, month or 1, day or 1)
        last = datetime.date(year, month or 12, day or calendar.monthrange(year, month or 12)[1])
    except ValueError:  # a date that does not exist, such as 30 February
        return None
    return first.isoformat(), last.isoformat(), _PRECISIONS[bool(month) + bool(day)]


def published(date: str) -> tuple[str, str]:
    """A publication date as the value and datatype of a literal, as precise as it is given; "" if invalid.

    >>> published("2026-01-13"), published("2026-01"), published("soon")
    (('2026-01-13', 'date'), ('2026-01', 'gYearMonth'), ('', 'date'))
    """
    reached = reach(date)
    if not reached:
        return "", "date"
    return {
        "day": (reached[0], "date"),
        "month": (reached[0][:7], "gYearMonth"),
        "year": (reached[0][:4], "gYear"),
    }[reached[2]]
