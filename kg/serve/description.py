"""The description of the endpoint in RDF: SPARQL 1.1 Service Description, with counts in VoID."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pyoxigraph import Literal, NamedNode, Triple

from kg.rdf.names import RDF, VOID, XSD, Names
from kg.serve.negotiation import ROWS, TRIPLES, own

SD = "http://www.w3.org/ns/sparql-service-description#"
PREFIXES: Mapping[str, str] = {"sd": SD, "void": VOID, "rdf": RDF}
_FORMATS = "http://www.w3.org/ns/formats/"
_FORMAT = {
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
    "turtle": "Turtle",
    "ntriples": "N-Triples",
    "jsonld": "JSON-LD",
    "rdfxml": "RDF_XML",
}


# Number of triples in each named graph; all other triples are in the default graph.
COUNTS = "SELECT ?graph (COUNT(*) AS ?triples) { GRAPH ?graph { ?s ?p ?o } } GROUP BY ?graph ORDER BY ?graph"


def description(
    endpoint: str, names: Names, triples: int, named: Mapping[str, int], *, services: bool
) -> list[Triple]:
    """The description of the endpoint with the IRI `endpoint`, without blank nodes.

    `triples`: number of triples in all graphs together; `named`: IRI of each named graph -> its number of
    triples.
    """
    return list(_triples(endpoint, names, triples, named, ["BasicFederatedQuery"] if services else []))


def _triples(
    endpoint: str, names: Names, triples: int, named: Mapping[str, int], features: Sequence[str]
) -> Iterator[Triple]:
    service, dataset, graph = (NamedNode(endpoint + part) for part in ("", "#dataset", "#graph"))
    yield from _typed(service, "Service")
    yield Triple(service, NamedNode(SD + "endpoint"), service)
    yield Triple(service, NamedNode(SD + "supportedLanguage"), NamedNode(SD + "SPARQL11Query"))
    for feature in features:
        yield Triple(service, NamedNode(SD + "feature"), NamedNode(SD + feature))
    for offer in (*own(ROWS), *own(TRIPLES)):
        yield Triple(service, NamedNode(SD + "resultFormat"), NamedNode(_FORMATS + _FORMAT[offer.name]))
    yield Triple(service, NamedNode(SD + "defaultDataset"), dataset)
    yield from _typed(dataset, "Dataset")
    yield Triple(dataset, NamedNode(SD + "defaultGraph"), graph)
    yield from _typed(graph, "Graph")
    yield Triple(graph, NamedNode(VOID + "triples"), _count(triples - sum(named.values())))
    for number, (name, held) in enumerate(named.items(), 1):
        entry, graph = NamedNode(f"{endpoint}#named-{number}"), NamedNode(f"{endpoint}#graph-{number}")
        yield Triple(dataset, NamedNode(SD + "namedGraph"), entry)
        yield from _typed(entry, "NamedGraph")
        yield Triple(entry, NamedNode(SD + "name"), NamedNode(name))
        yield Triple(entry, NamedNode(SD + "graph"), graph)
        yield from _typed(graph, "Graph")
        yield Triple(graph, NamedNode(VOID + "triples"), _count(held))
    data = NamedNode(names.base)
    yield Triple(data, NamedNode(RDF + "type"), NamedNode(VOID + "Dataset"))
    yield Triple(data, NamedNode(VOID + "uriSpace"), Literal(names.base))
    yield Triple(data, NamedNode(VOID + "sparqlEndpoint"), service)
    yield Triple(data, NamedNode(VOID + "triples"), _count(triples))


def _count(number: int) -> Literal:
    return Literal(str(number), datatype=NamedNode(XSD + "integer"))


def _typed(subject: NamedNode, name: str) -> Iterator[Triple]:
    yield Triple(subject, NamedNode(RDF + "type"), NamedNode(SD + name))
