"""The four parts of a graph, and the order of its triples."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum

from pyoxigraph import DefaultGraph, NamedNode, Quad, Triple

from kg.rdf.names import RDF

TYPE = NamedNode(RDF + "type")


class GraphPart(StrEnum):
    """The four parts of a graph, each of which can be loaded separately."""

    FACTS = "facts"  # entities, plain triples, the classes and relations that they use
    EVENTS = "events"  # events: type, participants, time and place
    LINKS = "links"  # owl:sameAs links to other datasets
    PROVENANCE = "provenance"  # statements, their sentences, the articles


# A triple can belong to two parts: "the summit took place in Lima" is a plain fact, and describes an event.
PRECEDING: Mapping[GraphPart, tuple[GraphPart, ...]] = {
    GraphPart.FACTS: (GraphPart.EVENTS,),
    GraphPart.PROVENANCE: (GraphPart.FACTS, GraphPart.EVENTS),
}
"""Part -> the parts that precede it: a triple that also belongs to one of these is written only there."""


def homes(parts: Collection[GraphPart]) -> set[GraphPart]:
    """For a triple that belongs to `parts`, the parts in which it is written (see `PRECEDING`)."""
    return {part for part in parts if not set(PRECEDING.get(part, ())).intersection(parts)}


def in_graph(found: Iterable[Triple], graph: NamedNode | DefaultGraph) -> list[Quad]:
    """The triples as quads in `graph`, in the same order."""
    return [Quad(triple.subject, triple.predicate, triple.object, graph) for triple in found]


def in_order(found: Iterable[Triple]) -> list[Triple]:
    """The triples without duplicates, sorted by subject, predicate (rdf:type first) and object."""
    return sorted(set(found), key=_place)


def _place(triple: Triple) -> tuple[str, bool, str, str]:
    return (
        str(triple.subject).rstrip(">"),  # so that "d:st-1" precedes "d:st-1-by-..."
        triple.predicate != TYPE,
        triple.predicate.value,
        str(triple.object),
    )
