"""Chooses the format of an answer by content negotiation (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

HTML = "text/html"


@dataclass(frozen=True, slots=True)
class Offer:
    """A format with one of its media types; `name` is the format's name in `kg query` and `kg export`."""

    media_type: str
    name: str
    label: str  # its name for people

    @property
    def content_type(self) -> str:
        return f"{self.media_type}; charset=utf-8" if self.media_type.startswith("text/") else self.media_type


# The first entry of each format has its official media type; its other entries have types that some clients
# ask for. The first entry of the tuple is the default.
ROWS = (
    Offer("application/sparql-results+json", "json", "JSON"),
    Offer("application/sparql-results+xml", "xml", "XML"),
    Offer("text/csv", "csv", "CSV"),
    Offer("text/tab-separated-values", "tsv", "TSV"),
    Offer("application/json", "json", "JSON"),
    Offer("application/xml", "xml", "XML"),
    Offer("text/xml", "xml", "XML"),
)
TRIPLES = (
    Offer("text/turtle", "turtle", "Turtle"),
    Offer("application/n-triples", "ntriples", "N-Triples"),
    Offer("application/ld+json", "jsonld", "JSON-LD"),
    Offer("application/rdf+xml", "rdfxml", "RDF/XML"),
    Offer("application/turtle", "turtle", "Turtle"),
    Offer("application/x-turtle", "turtle", "Turtle"),
    Offer("text/n3", "turtle", "Turtle"),
    Offer("text/plain", "ntriples", "N-Triples"),
    Offer("application/json", "jsonld", "JSON-LD"),
    Offer("application/xml", "rdfxml", "RDF/XML"),
    Offer("text/xml", "rdfxml", "RDF/XML"),
)
PAGE = Offer(HTML, "html", "HTML")

# Further values of `format=`, besides format names and media types.
_ALSO: Mapping[str, str] = MappingProxyType(
    {
        "ttl": "turtle",
        "n3": "turtle",
        "nt": "ntriples",
        "n-triples": "ntriples",
        "json": "jsonld",
        "json-ld": "jsonld",
        "rdf": "rdfxml",
        "rdf+xml": "rdfxml",
        "xml": "rdfxml",
    }
)


def choose(offers: Sequence[Offer], accept: str, name: str = "") -> Offer | None:
    """The offer that an Accept header prefers, the first of several equal ones; None if it accepts none.

    `name`, the name or media type of a format, overrides the header; it is ignored if there is no such offer.

    >>> choose(ROWS, "text/csv;q=0.5, application/json, */*;q=0.1").name
    'json'
    >>> choose(ROWS, "image/png") is None, choose(ROWS, "image/png", "csv").name
    (True, 'csv')
    """
    asked_for = named(offers, name)
    if asked_for:
        return asked_for
    ranges = list(_ranges(accept)) or [_Range("*", "*", 1.0)]
    weighed = [(_weight(offer.media_type, ranges), offer) for offer in offers]
    best = max(weight for weight, _ in weighed)
    return next(offer for weight, offer in weighed if weight == best) if best > 0 else None


def named(offers: Sequence[Offer], name: str) -> Offer | None:
    """The offer for a format's name, short name or media type; None if there is none.

    >>> named(TRIPLES, "ttl").name, named(ROWS, "text/csv").name, named(ROWS, "xlsx")
    ('turtle', 'csv', None)
    """
    media_type = name.replace(" ", "+")  # in an address, a plus that is not percent-encoded means a space
    for wanted in (media_type, _ALSO.get(media_type, "")):
        found = next((offer for offer in offers if wanted in (offer.name, offer.media_type)), None)
        if found:
            return found
    return None


def names(offers: Sequence[Offer]) -> str:
    """The official media types of the formats, for a message."""
    return ", ".join(offer.media_type for offer in own(offers))


def own(offers: Sequence[Offer]) -> list[Offer]:
    """The formats, each once, under its official media type."""
    first: dict[str, Offer] = {}
    for offer in offers:
        first.setdefault(offer.name, offer)
    return list(first.values())


class _Range(NamedTuple):
    type: str
    subtype: str
    quality: float


def _ranges(accept: str) -> Iterator[_Range]:
    for each in accept.lower().split(","):
        media, *parameters = (part.strip() for part in each.split(";"))
        kind, slash, subtype = media.partition("/")
        if not slash:  # some clients write "*" for "*/*"
            kind, subtype = (media, "*") if media == "*" else ("", "")
        if kind and subtype:
            yield _Range(kind, subtype, _quality(parameters))


def _quality(parameters: Sequence[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return min(1.0, max(0.0, float(value)))
            except ValueError:
                return 0.0
    return 1.0


def _weight(media_type: str, ranges: Sequence[_Range]) -> float:
    """The quality of the most specific range that matches a media type; 0 if none matches."""
    kind, _, subtype = media_type.partition("/")
    fitting = [
        ((each.type != "*") + (each.subtype != "*"), each.quality)
        for each in ranges
        if each.type in (kind, "*") and each.subtype in (subtype, "*")
    ]
    return max(fitting)[1] if fitting else 0.0
