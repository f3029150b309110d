"""Turns Knowledge into triples: as the parts of one graph, or as the named graphs of its articles.

`items` decides which triples express an item. Storing triples and writing them to files is left to `kg.store`
and `kg.write`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from pyoxigraph import DefaultGraph, NamedNode, Quad, Triple

from kg.model import Document, Entity, Event, Knowledge, Statement
from kg.ontology import Ontology
from kg.rdf.items import Items, Nodes
from kg.rdf.names import BASE, Names
from kg.rdf.parts import PRECEDING, GraphPart, in_graph, in_order
from kg.rdf.used_terms import UsedTerms


def triples(knowledge: Knowledge, ontology: Ontology, base: str = BASE) -> dict[GraphPart, list[Triple]]:
    """Part -> its triples, sorted; no triple occurs twice or in two parts."""
    found = {part: set[Triple]() for part in GraphPart}
    for part, triple in unordered(knowledge, ontology, base):
        found[part].add(triple)
    for part, others in PRECEDING.items():
        found[part].difference_update(*(found[each] for each in others))
    return {part: in_order(some) for part, some in found.items()}


def unordered(
    knowledge: Knowledge, ontology: Ontology, base: str = BASE, nodes: Nodes | None = None
) -> Iterator[tuple[GraphPart, Triple]]:
    """The triples that `triples` gives, each with its part, but unsorted. A triple may be repeated, and may
    occur with several parts.

    `nodes`: all entities and events, if `knowledge` contains only some items of a larger one.
    """
    items = Items(ontology, Names(base), knowledge.nodes() if nodes is None else nodes)
    yield from ((GraphPart.FACTS, triple) for triple in items.terms.declare(knowledge))
    yield from ((GraphPart.LINKS, triple) for triple in items.links(knowledge))
    for part, some in items.described(knowledge):
        yield from ((part, triple) for triple in some)


def declared(knowledge: Knowledge, ontology: Ontology, base: str = BASE) -> set[Triple]:
    """The triples that describe the dataset and the terms of the ontology; all belong to the facts."""
    return UsedTerms(ontology, Names(base)).declare(knowledge)


def article_quads(knowledge: Knowledge, ontology: Ontology, base: str = BASE) -> list[Quad]:
    """The triples as quads, sorted; a triple is in the named graph of each article that supports it.

    The graph of an article has the article's IRI as its name, and contains what a build of this article alone
    would contain. What follows from no single article (counts of articles, terms of the ontology) is in the
    default graph.
    """
    names = Names(base)
    items = Items(ontology, names, knowledge.nodes())
    left = {triple for part in triples(knowledge, ontology, base).values() for triple in part}
    everything = left - items.terms.declare(knowledge)
    quads: list[Quad] = []
    for document, share in _shares(knowledge).items():
        said = set[Triple]().union(*items.describe(share)) & everything
        left -= said
        graph = NamedNode(names.article(document))
        quads += in_graph(in_order(said), graph)
    return in_graph(in_order(left), DefaultGraph()) + quads


def _shares(knowledge: Knowledge) -> dict[str, Knowledge]:
    """Id of each document -> what a build of this document alone would contain, except that the labels come
    from all documents.
    """
    entities: dict[str, list[Entity]] = defaultdict(list)
    events: dict[str, list[Event]] = defaultdict(list)
    statements: dict[str, list[Statement]] = defaultdict(list)
    documents: dict[str, list[Document]] = defaultdict(list)
    for document in knowledge.documents:
        documents[document.id].append(document)
    for entity in knowledge.entities:
        for id_ in entity.documents:
            entities[id_].append(replace(entity, documents=(id_,)))
    for event in knowledge.events:
        for id_ in event.documents:
            evidence = tuple(each for each in event.evidence if each.document == id_)
            events[id_].append(replace(event, documents=(id_,), evidence=evidence))
    for statement in knowledge.statements:
        for id_ in sorted({each.document for each in statement.evidence}):
            evidence = tuple(each for each in statement.evidence if each.document == id_)
            statements[id_].append(replace(statement, evidence=evidence, independent=1))
    return {
        id_: Knowledge(
            tuple(documents[id_]), tuple(entities[id_]), tuple(events[id_]), tuple(statements[id_])
        )
        for id_ in sorted({*documents, *entities, *events, *statements})
    }
