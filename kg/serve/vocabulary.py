"""What the editor of the query page completes: prefixes, classes, relations; and the named queries."""

from __future__ import annotations

import asyncio
from typing import Any

from kg.serve.dereference import Addresses
from kg.serve.live import Graph
from kg.serve.rows import rows
from kg.store.query import named, shorten

_TERMS = """
SELECT ?term ?kind ?label ?comment {
  VALUES ?kind { owl:Class kg:Relation }
  ?term a ?kind .
  OPTIONAL { ?term rdfs:label ?label }
  OPTIONAL { ?term rdfs:comment ?comment }
}
ORDER BY ?term"""
_USED = {
    "class": "SELECT DISTINCT ?term { ?thing a ?term } ORDER BY ?term",
    "value": "SELECT DISTINCT ?term { ?thing kg:factuality ?term } ORDER BY ?term",
    "property": "SELECT DISTINCT ?term { ?thing ?term ?value } ORDER BY ?term",
}


async def vocabulary(graph: Graph) -> dict[str, Any]:
    """As JSON. A term has a name, a kind ("class", "relation", "value", "property"), a label, a comment."""
    prefixes = graph.names.prefixes
    queries = (_TERMS, *_USED.values())
    described, *used = await asyncio.gather(*(rows(graph, query) for query in queries))
    terms: dict[str, dict[str, str]] = {}
    for row in described:
        kind = "class" if row.text("kind").endswith("#Class") else "relation"
        terms[row.text("term")] = {"kind": kind, "label": row.text("label"), "comment": row.text("comment")}
    for kind, found in zip(_USED, used, strict=True):
        for row in found:
            terms.setdefault(row.text("term"), {"kind": kind, "label": "", "comment": ""})
    return {
        "prefixes": prefixes,
        "spaces": Addresses(graph.names).spaces,
        "terms": [{"name": shorten(iri, prefixes), **about} for iri, about in terms.items()],
        "queries": [
            {
                "name": each.name,
                "title": each.title,
                "description": each.description,
                "parameters": [
                    {"name": one.name, "meaning": one.meaning, "example": one.example}
                    for one in each.parameters
                ],
                "text": each.text,
            }
            for each in named()
        ],
    }
