"""Completions for the editor of the query page: prefixes, classes, relations.

A query for all predicates would scan every triple. The completions are instead all terms that the graph
describes, the terms of kg's ontology and shapes that the graph uses, and the properties of some things of
each class.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pyoxigraph import NamedNode, RdfFormat, parse

from kg.ontology import folder
from kg.serve.dereference import Addresses
from kg.serve.live import ServedGraph
from kg.serve.results import rows
from kg.store.query import shorten

_DESCRIBED = """
SELECT ?term ?kind ?label ?comment {
  { VALUES (?type ?kind) { (owl:Class "class") (kg:Relation "relation") } ?term a ?type }
  UNION
  { SELECT DISTINCT ?term ?kind { ?below rdfs:subClassOf ?term BIND ("class" AS ?kind) } }
  UNION
  { SELECT DISTINCT ?term ?kind { ?below rdfs:subPropertyOf ?term BIND ("property" AS ?kind) } }
  OPTIONAL { ?term rdfs:label ?label }
  OPTIONAL { ?term rdfs:comment ?comment }
}
ORDER BY ?term DESC(?kind) LIMIT 20000"""  # a relation is also a property, but shown as a relation
_SOME = 50  # number of things of each class whose properties are among the completions


async def vocabulary(graph: ServedGraph) -> dict[str, Any]:
    """The completions as JSON. A term has a name, a kind ("class", "relation", "value", "property"), a label,
    a comment.
    """
    prefixes = graph.names.prefixes
    described = await rows(graph, _DESCRIBED)
    terms: dict[str, dict[str, str]] = {}
    for row in described:
        about = {"kind": row.text("kind"), "label": row.text("label"), "comment": row.text("comment")}
        terms.setdefault(row.text("term"), about)
    for kind in ("class", "property", "value"):
        for row in await rows(graph, _mentioned(kind)):
            terms.setdefault(row.text("term"), {"kind": kind, "label": "", "comment": ""})
    classes = [iri for iri, about in terms.items() if about["kind"] == "class"]
    for row in await rows(graph, _sampled(classes)) if classes else ():
        terms.setdefault(row.text("term"), {"kind": "property", "label": "", "comment": ""})
    return {
        "prefixes": prefixes,
        "spaces": Addresses(graph.names).spaces,
        "terms": [{"name": shorten(iri, prefixes), **about} for iri, about in sorted(terms.items())],
    }


_USES = {"class": "?s a ?term", "property": "?s ?term ?o", "value": "?s kg:factuality ?term"}


def _mentioned(kind: str) -> str:
    """The query for the terms of kg's ontology and shapes that the graph uses, of one kind."""
    names: set[str] = set()
    for name in ("kg.ttl", "shapes.ttl"):
        for quad in parse(path=folder() / name, format=RdfFormat.TURTLE):
            iris = (quad.subject, quad.predicate, quad.object)
            names.update(str(iri) for iri in iris if isinstance(iri, NamedNode))
    values = " ".join(sorted(names))
    return f"SELECT ?term {{ VALUES ?term {{ {values} }} FILTER EXISTS {{ {_USES[kind]} }} }} ORDER BY ?term"


def _sampled(classes: Iterable[str]) -> str:
    """The query for the properties of `_SOME` things of each class."""
    some = " UNION ".join(
        f"{{ SELECT ?thing {{ ?thing a {NamedNode(iri)} }} LIMIT {_SOME} }}" for iri in classes
    )
    return f"SELECT DISTINCT ?term {{ {some} ?thing ?term ?value }} ORDER BY ?term"
