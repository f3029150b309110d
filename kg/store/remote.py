"""Adds, counts and removes triples in another SPARQL store whose endpoints are known.

Triples are sent by the SPARQL 1.1 Graph Store HTTP Protocol if the store supports it, because this protocol
allows large requests; otherwise by SPARQL 1.1 Update. They are counted by SPARQL 1.1 Query. A graph is given
as its IRI; "" is the default graph.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import httpx
from pyoxigraph import Literal, Triple

from kg.ontology import KG
from kg.rdf.names import RDF, RDFS
from kg.store import credentials
from kg.store.credentials import plain
from kg.store.discovery import RESULTS, Endpoints, rows
from kg.store.http import Connection, Response, StoreError

UPDATE_BATCH = 500  # number of triples in one update; Virtuoso refuses an INSERT DATA of more than some 1,000
GRAPH_BATCH = 20_000  # number of triples in one request of the Graph Store Protocol, some 4 MB
_PROBE_BATCH = 500  # number of triples in one query that counts them; Virtuoso refuses larger queries
_LONG = 1_000  # maximum number of characters of a term in VALUES; longer terms may fail in Virtuoso
_PAGE = 1_000  # number of graphs that one query lists
_MOST_GRAPHS = 1_000_000  # maximum number of kg's graphs in one store

# Local names of the properties of RDFS by which a graph of kg describes the terms of a user's ontology.
_DESCRIBED = ("label", "comment", "subClassOf", "subPropertyOf")


@dataclass(frozen=True)
class Remote:
    """A store whose endpoints are known."""

    connection: Connection
    endpoints: Endpoints

    @property
    def batch(self) -> int:
        """The number of triples allowed in one request."""
        return GRAPH_BATCH if self.endpoints.graphs else UPDATE_BATCH

    def size(self, graph: str) -> int:
        """The number of triples in a graph."""
        return self._count(f"SELECT (COUNT(*) AS ?n) {{ {_within(graph, '?s ?p ?o')} }}")

    def mixes(self) -> bool:
        """Whether queries to the default graph also see the triples of named graphs (RDF4J, Virtuoso,
        ...).
        """
        named = "SELECT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } FILTER(!isBlank(?s) && !isBlank(?o)) } LIMIT 1"
        return self._count(f"SELECT (COUNT(*) AS ?n) {{ {{ {named} }} ?s ?p ?o }}") > 0

    def holds_others(self, graph: str, beginnings: Sequence[str]) -> bool:
        """Whether a graph has a subject whose IRI begins with none of `beginnings`.

        The relations and classes of a user's ontology do not count, because kg itself describes them in its
        graphs.
        """
        others = " && ".join(f"!STRSTARTS(STR(?s), {json.dumps(each)})" for each in beginnings)
        terms = f"{{ ?s a <{KG}Relation> }} UNION {{ ?s <{RDFS}subClassOf> <{KG}Thing> }}"
        about = ", ".join(f"<{each}>" for each in (RDF + "type", *(RDFS + name for name in _DESCRIBED)))
        described = f"?p IN ({about}) && EXISTS {{ {_within(graph, terms)} }}"
        pattern = f"{_within(graph, '?s ?p ?o')} FILTER({others}) FILTER(!({described}))"
        return self._count(f"SELECT (COUNT(*) AS ?n) {{ {{ SELECT ?s {{ {pattern} }} LIMIT 1 }} }}") > 0

    def present(self, triples: Sequence[Triple], graph: str) -> int:
        """How many of `triples` a graph contains; there must be no blank nodes and no duplicates in them."""
        found = 0
        for batch in _batches(triples, _PROBE_BATCH):
            long = [each for each in batch if len(str(each.object)) > _LONG]
            short = [each for each in batch if each not in long]
            worded = [each for each in short if isinstance(each.object, Literal) and each.object.language]
            found += self._matching("?s ?p ?o", [_terms(each) for each in short if each not in worded], graph)
            # Virtuoso does not match language-tagged literals in VALUES.
            rows = [f"{each.subject} {each.predicate} {_text_and_language(each)}" for each in worded]
            same = "FILTER(STR(?o) = ?text && LCASE(LANG(?o)) = ?language)"
            found += self._matching("?s ?p ?text ?language", rows, graph, same)
            for each in long:
                found += self._count(f"SELECT (COUNT(*) AS ?n) {{ {_within(graph, _terms(each))} }}") > 0
        return found

    def graphs(self, beginning: str) -> list[str]:
        """The IRIs of the non-empty named graphs that begin with `beginning`."""
        found: list[str] = []
        # page by page, because many stores truncate long answers, and kg reads only the first _LARGEST bytes
        while True:
            begins = f"STRSTARTS(STR(?g), {json.dumps(beginning)})"
            after = f" && STR(?g) > {json.dumps(found[-1])}" if found else ""
            inside = f"GRAPH ?g {{ ?s ?p ?o }} FILTER({begins}{after})"
            rows = self._rows(f"SELECT DISTINCT ?g {{ {inside} }} ORDER BY STR(?g) LIMIT {_PAGE}")
            page = [row.get("g", {}).get("value", "") for row in rows]
            if not _goes_on(found, page, beginning):
                where = plain(self.endpoints.query)
                raise StoreError(f"{where}: did not answer a query for its graphs correctly")
            found += page
            if len(page) < _PAGE:
                return found

    def add(self, triples: Sequence[Triple], graph: str) -> None:
        """Add triples to a graph. Raises TooLargeError if they are too many for one request."""
        if self.endpoints.graphs:
            self._send("POST", triples, graph)
            return
        lines = "".join(_terms(each) + " .\n" for each in triples)
        inside = f"GRAPH <{graph}> {{\n{lines}}}" if graph else f"\n{lines}"
        self._update(f"INSERT DATA {{ {inside} }}")

    def replace(self, triples: Sequence[Triple], graph: str) -> None:
        """Replace the content of a graph by these triples."""
        if self.endpoints.graphs:
            self._send("PUT", triples, graph)
        else:
            self._update(f"CLEAR SILENT GRAPH <{graph}>" if graph else "CLEAR SILENT DEFAULT")
            self.add(triples, graph)

    def drop(self, graph: str) -> None:
        """Remove a named graph."""
        if self.endpoints.graphs:
            answer = self.connection.ask("DELETE", self.endpoints.graphs, parameters={"graph": graph})
            if answer.status != httpx.codes.NOT_FOUND:
                _expect_good(answer)
        else:
            self._update(f"CLEAR SILENT GRAPH <{graph}>")

    def _send(self, method: str, triples: Sequence[Triple], graph: str) -> None:
        """Send triples by the Graph Store Protocol. They are N-Triples, but declared as Turtle, which all
        stores accept.
        """
        answer = self.connection.ask(
            method,
            self.endpoints.graphs,
            parameters={"graph": graph} if graph else {"default": ""},
            headers={"Content-Type": "text/turtle"},
            body="".join(_terms(each) + " .\n" for each in triples).encode(),
        )
        _expect_good(answer)

    def _update(self, text: str) -> None:
        headers = {"Content-Type": "application/sparql-update"}
        answer = self.connection.ask("POST", self.endpoints.update, body=text.encode(), headers=headers)
        if "No plain default graph" in answer.text:
            raise StoreError(f"{answer.url}: has no default graph. Name the graph to use with --into IRI.")
        _expect_good(answer)

    def _matching(self, variables: str, rows: Sequence[str], graph: str, same: str = "") -> int:
        """How many of `rows` (values of `variables`) match a triple in a graph. `same`: a further FILTER."""
        if not rows:
            return 0
        # The rows are numbered and distinct numbers are counted, because a row may match more than once: a
        # store may take two literals for equal ("1.50" and "1.5"), or have a triple in several graphs.
        values = "".join(f"({number} {row})\n" for number, row in enumerate(rows))
        inner = f"VALUES (?number {variables}) {{\n{values}}} {_within(graph, '?s ?p ?o')} {same}"
        return self._count(f"SELECT (COUNT(DISTINCT ?number) AS ?n) {{ {inner} }}")

    def _count(self, query: str) -> int:
        rows = self._rows(query)
        try:
            number = int(rows[0]["n"]["value"])
            if number >= 0:
                return number
        except (IndexError, KeyError, ValueError):
            pass
        raise StoreError(f"{plain(self.endpoints.query)}: did not answer a query for a number correctly")

    def _rows(self, query: str) -> list[dict[str, dict[str, str]]]:
        answer = self.connection.ask("POST", self.endpoints.query, form={"query": query}, headers=RESULTS)
        _expect_good(answer)
        found = rows(answer)
        if found is None:
            kind = answer.kind or "nothing"
            raise StoreError(f"{answer.url}: answers a query with {kind}, not with SPARQL results in JSON")
        return found


def _expect_good(answer: Response) -> None:
    if answer.status == httpx.codes.UNAUTHORIZED:
        raise StoreError(f"{answer.url}: asks for credentials. {credentials.HOW}")
    if answer.location:
        raise StoreError(f"{answer.url}: redirects to {plain(answer.location)}")
    if not answer.good:
        raise StoreError(f"{answer.url}: {answer.said}")


def _goes_on(found: Sequence[str], page: Sequence[str], beginning: str) -> bool:
    """Whether a page of graph IRIs continues the IRIs found so far correctly. Without this check, a hostile
    store could send pages for ever.
    """
    fresh = len({*found[-_PAGE:], *page}) == len(found[-_PAGE:]) + len(page)
    known = all(each.startswith(beginning) for each in page)
    return fresh and known and len(page) <= _PAGE and len(found) < _MOST_GRAPHS


def _within(graph: str, pattern: str) -> str:
    return f"GRAPH <{graph}> {{ {pattern} }}" if graph else f"{pattern} ."


def _terms(triple: Triple) -> str:
    return f"{triple.subject} {triple.predicate} {triple.object}"


def _text_and_language(triple: Triple) -> str:
    assert isinstance(triple.object, Literal)
    return f"{Literal(triple.object.value)} {Literal((triple.object.language or '').lower())}"


def _batches(triples: Sequence[Triple], size: int) -> Iterator[Sequence[Triple]]:
    return (triples[start : start + size] for start in range(0, len(triples), size))
