"""The content of the page of a thing, queried from the graph."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.ontology import KG
from kg.rdf.names import DCT, RDF, RDFS, SCHEMA, SKOS
from kg.serve.dereference import is_ontology
from kg.serve.live import ServedGraph
from kg.serve.results import Row, Term, holds, rows

MOST = 200  # maximum number of statements, and of links, that a page shows
_ROWS = 5000  # maximum number of rows of one query; this limits the memory that a page needs

LABEL, ALIAS, TYPE = RDFS + "label", SKOS + "altLabel", RDF + "type"
_TITLES = (LABEL, SCHEMA + "headline", DCT + "identifier")
# Properties that the page does not list: names and classes, which are in its head, and those that say nothing
# to a reader.
_PLAIN = frozenset({LABEL, ALIAS, TYPE, KG + "relatedTo", KG + "isNamed"})

_TRIPLES = """
SELECT ?relation ?relationLabel ?value ?valueLabel {{
  {node} ?relation ?value .
  OPTIONAL {{ ?relation rdfs:label ?relationLabel }}
  OPTIONAL {{ ?value rdfs:label ?valueLabel }}
}}
ORDER BY ?relation ?valueLabel ?value LIMIT {rows}"""
_STATEMENTS = """
SELECT ?statement ?subject ?subjectLabel ?relation ?relationLabel ?object ?objectLabel ?factuality
       ?speaker ?speakerLabel ?sentence ?article ?articleLabel {{
  {{
    SELECT DISTINCT ?statement {{ ?statement rdf:subject|rdf:object|kg:event|kg:mentions {node} }}
    ORDER BY ?statement LIMIT {most}
  }} UNION {{ VALUES ?statement {{ {node} }} }}
  ?statement rdf:subject ?subject ; rdf:predicate ?relation ; rdf:object ?object ;
             kg:factuality ?factuality ; prov:wasDerivedFrom ?source .
  ?source nif:anchorOf ?sentence ; schema:isPartOf ?article .
  ?article dct:identifier ?name .
  OPTIONAL {{ ?subject rdfs:label ?subjectLabel }}
  OPTIONAL {{ ?relation rdfs:label ?relationLabel }}
  OPTIONAL {{ ?object rdfs:label ?objectLabel }}
  OPTIONAL {{ ?statement kg:speaker ?speaker . ?speaker rdfs:label ?speakerLabel }}
  OPTIONAL {{ ?article schema:headline ?headline }}
  BIND (COALESCE(?headline, ?name) AS ?articleLabel)
}}
ORDER BY ?statement ?article ?source LIMIT {rows}"""
_LINKS = """
SELECT ?value ?valueLabel ?relation ?relationLabel {{
  {{
    SELECT ?value ?relation {{
      ?value ?relation {node}
      FILTER (?relation NOT IN (rdf:subject, rdf:object, rdf:predicate, schema:isPartOf,
                                nif:referenceContext, kg:relatedTo, kg:event, kg:mentions))
    }}
    LIMIT {most}
  }}
  OPTIONAL {{ ?value rdfs:label|dct:identifier ?valueLabel }}
  OPTIONAL {{ ?relation rdfs:label ?relationLabel }}
}}
ORDER BY ?relation ?valueLabel ?value"""
_SENTENCES = """
SELECT ?sentence {{
  ?source schema:isPartOf {node} ; nif:anchorOf ?sentence ; nif:beginIndex ?at
}}
ORDER BY ?at LIMIT {most}"""


@dataclass(frozen=True, slots=True)
class About:
    """What the graph says about one IRI. Rows have `relation` and `value`, with labels if there are any."""

    iri: str
    title: str
    types: tuple[tuple[Term, str], ...]  # (class, label), for the classes that have a label
    aliases: tuple[str, ...]
    properties: tuple[Row, ...]
    statements: tuple[Row, ...]  # a row for each sentence of each statement
    links: tuple[Row, ...]  # a row for each triple whose object is `iri`; its `value` is the subject
    sentences: tuple[str, ...]  # the quoted sentences in order, if `iri` is an article


async def is_known(graph: ServedGraph, iri: str) -> bool:
    """Whether the graph contains `iri`; the IRI of the ontology itself may be missing."""
    node = str(NamedNode(iri))
    anything = f"ASK {{ {{ {node} ?p ?o }} UNION {{ ?s ?p {node} }} UNION {{ ?s {node} ?o }} }}"
    return is_ontology(iri) or await holds(graph, anything)


async def about(graph: ServedGraph, iri: str) -> About:
    """The content of the page of `iri`. Raises RefusedError if a query exceeds its limits."""
    node = str(NamedNode(iri))
    queries = (_TRIPLES, _STATEMENTS, _LINKS, _SENTENCES)
    told, statements, links, sentences = await asyncio.gather(
        *(rows(graph, query.format(node=node, most=MOST, rows=_ROWS)) for query in queries)
    )
    values = {row.text("relation"): row.text("value") for row in told}
    classes = [row for row in told if row.text("relation") == TYPE and row.text("valueLabel")]
    return About(
        iri,
        next((values[title] for title in _TITLES if title in values), ""),
        tuple((row["value"], row.text("valueLabel")) for row in classes),
        tuple(row.text("value") for row in told if row.text("relation") == ALIAS),
        tuple(row for row in told if row.text("relation") not in _PLAIN),
        tuple(statements),
        tuple(links),
        tuple(row.text("sentence") for row in sentences),
    )


@dataclass(frozen=True, slots=True)
class Terms:
    """The classes and relations of the ontology that the graph uses: rows with ?term, ?label, ?comment."""

    classes: tuple[Row, ...]
    relations: tuple[Row, ...]


async def terms(graph: ServedGraph) -> Terms:
    query = """
    SELECT ?term ?kind ?label ?comment {
      VALUES ?kind { owl:Class kg:Relation }
      ?term a ?kind ; rdfs:label ?label .
      OPTIONAL { ?term rdfs:comment ?comment }
      FILTER STRSTARTS(STR(?term), STR(kg:))
    }
    ORDER BY ?label"""
    found = await rows(graph, query)
    classes = tuple(row for row in found if row.text("kind").endswith("#Class"))
    return Terms(classes, tuple(row for row in found if row not in classes))
