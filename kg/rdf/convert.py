"""Converts triples of pyoxigraph to an rdflib graph, for Python users and for pyshacl."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, Triple, serialize

from kg.rdf.names import BASE, Names

if TYPE_CHECKING:
    from rdflib import Graph


def to_rdflib(triples: Iterable[Triple], base: str = BASE) -> Graph:
    """The triples as an rdflib graph in which the prefixes are bound. `base`: namespace of `d:`."""
    from rdflib import Graph

    written = BytesIO()
    serialize(triples, written, RdfFormat.N_TRIPLES)
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in Names(base).prefixes.items():
        graph.bind(prefix, namespace)
    return graph.parse(data=written.getvalue(), format="nt")
