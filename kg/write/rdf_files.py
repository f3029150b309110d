"""Writes triples or quads in the standard RDF formats.

pyoxigraph serialises the terms. This module corrects its output where necessary: pyoxigraph writes prefixes
in random order, carriage returns in RDF/XML in a form that parsers read as line feeds, and JSON-LD without a
context.
Statements are written in the given order (`kg.rdf.parts` sorts them), so that the same graph gives the same
bytes.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import IO, Any

from pyoxigraph import DefaultGraph, Quad, RdfFormat, Triple, serialize

from kg.rdf.names import PREFIXES, RDF
from kg.rdf.turtle import turtle


@dataclass(frozen=True, slots=True)
class RdfFileFormat:
    """A file format; `quads` says whether it supports named graphs."""

    suffix: str
    media_type: str
    quads: bool
    rdf: RdfFormat


FORMATS: Mapping[str, RdfFileFormat] = MappingProxyType(
    {
        "turtle": RdfFileFormat(".ttl", "text/turtle", False, RdfFormat.TURTLE),
        "ntriples": RdfFileFormat(".nt", "application/n-triples", False, RdfFormat.N_TRIPLES),
        "nquads": RdfFileFormat(".nq", "application/n-quads", True, RdfFormat.N_QUADS),
        "trig": RdfFileFormat(".trig", "application/trig", True, RdfFormat.TRIG),
        "jsonld": RdfFileFormat(".jsonld", "application/ld+json", True, RdfFormat.JSON_LD),
        "rdfxml": RdfFileFormat(".rdf", "application/rdf+xml", False, RdfFormat.RDF_XML),
    }
)


def write(
    statements: Iterable[Triple | Quad],
    format: str,  # noqa: A002 (as everywhere on the command line)
    file: IO[bytes],
    prefixes: Mapping[str, str] = PREFIXES,
) -> None:
    """Write `statements` in one of FORMATS; a format without named graphs gets the merged graph.

    For data with another base, `prefixes` must be its `Names.prefixes`. Raises KeyError for an unknown
    format.
    """
    chosen = FORMATS[format]
    written = io.BytesIO()
    given = _quads(statements) if chosen.quads else _merged(statements)
    if format in {"turtle", "trig"}:
        file.write(turtle(given, prefixes))
        return
    serialize(given, written, chosen.rdf, prefixes=dict(prefixes))
    file.write(_mended(written.getvalue(), format, prefixes))


def _mended(written: bytes, format: str, prefixes: Mapping[str, str]) -> bytes:  # noqa: A002
    if format == "jsonld":
        return _json_ld(written, prefixes)
    if format == "rdfxml":
        return _XMLNS.sub(_sorted_attributes, written, count=1).replace(b"\r", b"&#13;")
    return written


def _quads(statements: Iterable[Triple | Quad]) -> list[Quad]:
    return [
        each if isinstance(each, Quad) else Quad(each.subject, each.predicate, each.object, DefaultGraph())
        for each in statements
    ]


def _merged(statements: Iterable[Triple | Quad]) -> list[Triple]:
    triples = (
        each if isinstance(each, Triple) else Triple(each.subject, each.predicate, each.object)
        for each in statements
    )
    return list(dict.fromkeys(triples))


_XMLNS = re.compile(rb'(?: xmlns:[^"]*"[^"]*")+')


def _sorted_attributes(found: re.Match[bytes]) -> bytes:
    return b" " + b" ".join(sorted(found.group().split()))


def _json_ld(expanded: bytes, prefixes: Mapping[str, str]) -> bytes:
    """Expanded JSON-LD, as written by pyoxigraph, compacted by `prefixes`.

    Only shortened IRIs change, so that every JSON-LD parser reads the same graph.
    """
    document = {
        "@context": dict(sorted(prefixes.items())),
        "@graph": [_compact(node, prefixes) for node in json.loads(expanded)],
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"


def _compact(value: Any, prefixes: Mapping[str, str]) -> Any:
    if isinstance(value, list):
        items = [_compact(item, prefixes) for item in value]
        return items[0] if len(items) == 1 else items
    if not isinstance(value, dict):
        return value
    if value.keys() == {"@value"}:
        return value["@value"]
    classes = value.pop(RDF + "type", None)
    if classes:
        value["@type"] = [each["@id"] for each in classes]
    return {
        _shorten(key, prefixes): _shortened(held, prefixes)
        if key in {"@id", "@type"}
        else _compact(held, prefixes)
        for key, held in value.items()
    }


def _shortened(iris: Any, prefixes: Mapping[str, str]) -> Any:
    if isinstance(iris, list):
        short = [_shorten(iri, prefixes) for iri in iris]
        return short[0] if len(short) == 1 else short
    return _shorten(iris, prefixes)


def _shorten(iri: str, prefixes: Mapping[str, str]) -> str:
    """`iri` as prefix:local; unchanged if no prefix fits, or if the local part begins with "//", because
    prefix://... would be read as an IRI.
    """
    for prefix, namespace in prefixes.items():
        if iri.startswith(namespace) and not iri.startswith("//", len(namespace)):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri
