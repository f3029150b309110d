"""Another SPARQL store: which protocols it speaks and where, and what can be done with them.

Triples go by the SPARQL 1.1 Graph Store HTTP Protocol where it is spoken (a large request each), else by
SPARQL 1.1 Update. How many of them are there is asked by SPARQL 1.1 Query. A graph is called by its
IRI, "" is the default graph.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import httpx
from pyoxigraph import Literal, Triple

from kg.store import credentials
from kg.store.credentials import plain
from kg.store.http import Answer, Connection, StoreError

UPDATE_BATCH = 500  # triples; Virtuoso refuses an INSERT DATA of more than some 1,000
GRAPH_BATCH = 20_000  # triples of one request of the Graph Store Protocol, some 4 MB
_PROBE_BATCH = 500  # triples that one query asks for; Virtuoso again
_REDIRECTS = 3

# Where stores have their endpoints, below the address that people call them by.
_QUERY = ("", "/sparql", "/query")
_UPDATE = ("/update", "/statements", "", "/sparql", "/sparql-auth")  # the last two are Virtuoso's
# Not the address itself: Blazegraph would take the triples there, and put them into another graph.
_GRAPHS = ("/store", "/data", "/rdf-graphs/service")

_RESULTS = {"Accept": "application/sparql-results+json"}


@dataclass(frozen=True, slots=True)
class Endpoints:
    """URLs; "" for a protocol that the store does not speak."""

    query: str
    update: str = ""
    graphs: str = ""  # Graph Store HTTP Protocol


def discover(connection: Connection, wanted: Endpoints) -> Endpoints:
    """Try out, without changing anything, where the store speaks what.

    What `wanted` names is taken as it is. Raises StoreError where the store answers no queries, or
    takes no triples.
    """
    probe = _Probe(connection)
    query = wanted.query or probe.first(_candidates(connection.url, _QUERY), probe.answers)
    if not query:
        raise StoreError(probe.failure("answers no SPARQL query", "Name its endpoint with --query."))
    if wanted.update or wanted.graphs:
        return Endpoints(query, wanted.update, wanted.graphs)
    root = re.sub(r"/(sparql|query)$", "", query)
    graphs = probe.first(_candidates(root, _GRAPHS), probe.takes_graphs)
    update = "" if graphs else probe.first(_candidates(root, _UPDATE), probe.takes_updates)
    if not graphs and not update:
        mend = "Name its endpoint with --graph-store or --update."
        raise StoreError(probe.failure("answers queries, but takes no triples", mend))
    return Endpoints(query, update, graphs)


def _candidates(root: str, paths: Iterable[str]) -> list[str]:
    return [root.rstrip("/") + path for path in paths]


class _Probe:
    """Asks what changes nothing, and remembers why a store would not."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.seen: list[Answer] = []

    def first(self, urls: Sequence[str], works: Callable[[str], Answer | None]) -> str:
        """The first URL that works, or where it moved to on the same host; "" where none does."""
        for candidate in urls:
            url = candidate
            for _ in range(_REDIRECTS):
                answer = works(url)
                if answer is None:
                    return url
                self.seen.append(answer)
                if not self._is_ours(answer.location, url):
                    break
                url = answer.location
        return ""

    def answers(self, url: str) -> Answer | None:
        answer = self.connection.ask(
            "POST", url, form={"query": "SELECT (1 AS ?n) {}"}, headers=_RESULTS, patient=False
        )
        rows = _read(answer) if answer.good else None
        return None if rows and rows[0].get("n", {}).get("value") == "1" else answer

    def takes_graphs(self, url: str) -> Answer | None:
        answer = self.connection.ask(
            "POST",
            url,
            parameters={"default": ""},
            headers={"Content-Type": "text/turtle"},
            body=b"",
            patient=False,
        )
        return None if answer.good else answer

    def takes_updates(self, url: str) -> Answer | None:
        answer = self._update(url)
        return None if answer.good else answer

    def failure(self, what: str, mend: str) -> str:
        """Why nothing worked: what a store says to a stranger tells most."""
        told = {answer.status: answer for answer in reversed(self.seen)}
        who = self.connection.who
        url = plain(self.connection.url)
        if 401 in told and who:
            return f"{told[401].url}: does not accept the credentials given ({told[401].said})"
        if 401 in told:
            return f"{told[401].url}: wants to know who we are. {credentials.HOW}"
        if 403 in told:
            return f"{told[403].url}: is closed to {'you' if who else 'strangers'} ({told[403].said})"
        moved = next((answer for answer in self.seen if answer.location), None)
        if moved:
            where = plain(moved.location)
            return f"{moved.url}: redirects to {where}. If you trust that address, push to it."
        odd = next((answer for answer in self.seen if answer.status != 404), self.seen[0])
        tried = ", ".join(dict.fromkeys(answer.url for answer in self.seen))
        said = f"{odd.said or odd.status}" if not odd.good else f"answers with {odd.kind or 'nothing'}"
        return f"{url}: {what} ({odd.url}: {said}). Tried: {tried}. {mend}"

    def _update(self, url: str) -> Answer:
        headers = {"Content-Type": "application/sparql-update"}
        return self.connection.ask("POST", url, body=b"INSERT DATA {}", headers=headers, patient=False)

    def _is_ours(self, location: str, url: str) -> bool:
        """Whether a redirect stays with the host, and does not fall from https to http."""
        secure = url.startswith("https:")
        host = re.match(r"(https?)://([^/:?#]+)", location)
        return host is not None and host[2] == self.connection.host and (host[1] == "https" or not secure)


@dataclass(frozen=True)
class Remote:
    """A store whose endpoints are known."""

    connection: Connection
    endpoints: Endpoints

    @property
    def batch(self) -> int:
        """How many triples one request may hold."""
        return GRAPH_BATCH if self.endpoints.graphs else UPDATE_BATCH

    def size(self, graph: str) -> int:
        """How many triples a graph holds."""
        return self._count(f"SELECT (COUNT(*) AS ?n) {{ {_in(graph, '?s ?p ?o')} }}")

    def holds_others(self, graph: str, beginnings: Sequence[str]) -> bool:
        """Whether a graph has a subject whose IRI begins with none of `beginnings`."""
        others = " && ".join(f"!STRSTARTS(STR(?s), {json.dumps(each)})" for each in beginnings)
        inner = f"SELECT ?s {{ {_in(graph, '?s ?p ?o')} FILTER({others}) }} LIMIT 1"
        return self._count(f"SELECT (COUNT(*) AS ?n) {{ {{ {inner} }} }}") > 0

    def present(self, triples: Sequence[Triple], graph: str) -> int:
        """How many of `triples`, which have no blank nodes and no duplicates, a graph holds."""
        found = 0
        for batch in _batches(triples, _PROBE_BATCH):
            worded = [each for each in batch if isinstance(each.object, Literal) and each.object.language]
            found += self._matching("?s ?p ?o", [_terms(each) for each in batch if each not in worded], graph)
            # Virtuoso does not find a text with a language that stands in VALUES.
            rows = [f"{each.subject} {each.predicate} {_text_and_language(each)}" for each in worded]
            same = "FILTER(STR(?o) = ?text && LCASE(LANG(?o)) = ?language)"
            found += self._matching("?s ?p ?text ?language", rows, graph, same)
        return found

    def graphs(self, beginning: str) -> list[str]:
        """The named graphs, that are not empty, whose IRIs begin so."""
        inside = f"GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), {json.dumps(beginning)}))"
        rows = self._rows(f"SELECT DISTINCT ?g {{ {inside} }}")
        return sorted(str(row["g"]["value"]) for row in rows)

    def add(self, triples: Sequence[Triple], graph: str) -> None:
        """Add triples to a graph. Raises TooLargeError where they are too many for one request."""
        if self.endpoints.graphs:
            self._send("POST", triples, graph)
            return
        lines = "".join(_terms(each) + " .\n" for each in triples)
        inside = f"GRAPH <{graph}> {{\n{lines}}}" if graph else f"\n{lines}"
        self._update(f"INSERT DATA {{ {inside} }}")

    def replace(self, triples: Sequence[Triple], graph: str) -> None:
        """Make them all that a graph holds."""
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
        """N-Triples is Turtle, which all stores of this protocol read."""
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
        """How many of `rows`, values of `variables`, a graph has a triple for."""
        if not rows:
            return 0
        values = "".join(f"({row})\n" for row in rows)
        inner = f"VALUES ({variables}) {{\n{values}}} {_in(graph, '?s ?p ?o')} {same}"
        return self._count(f"SELECT (COUNT(*) AS ?n) {{ {{ SELECT DISTINCT ?s ?p ?o {{ {inner} }} }} }}")

    def _count(self, query: str) -> int:
        (row,) = self._rows(query)
        return int(row["n"]["value"])

    def _rows(self, query: str) -> list[dict[str, dict[str, str]]]:
        answer = self.connection.ask("POST", self.endpoints.query, form={"query": query}, headers=_RESULTS)
        _expect_good(answer)
        rows = _read(answer)
        if rows is None:
            kind = answer.kind or "nothing"
            raise StoreError(f"{answer.url}: answers a query with {kind}, not with SPARQL results in JSON")
        return rows


def _expect_good(answer: Answer) -> None:
    if answer.status == httpx.codes.UNAUTHORIZED:
        raise StoreError(f"{answer.url}: wants to know who we are. {credentials.HOW}")
    if answer.location:
        raise StoreError(f"{answer.url}: redirects to {plain(answer.location)}")
    if not answer.good:
        raise StoreError(f"{answer.url}: {answer.said}")


def _in(graph: str, pattern: str) -> str:
    return f"GRAPH <{graph}> {{ {pattern} }}" if graph else f"{pattern} ."


def _terms(triple: Triple) -> str:
    return f"{triple.subject} {triple.predicate} {triple.object}"


def _text_and_language(triple: Triple) -> str:
    assert isinstance(triple.object, Literal)
    return f"{Literal(triple.object.value)} {Literal((triple.object.language or '').lower())}"


def _batches(triples: Sequence[Triple], size: int) -> Iterator[Sequence[Triple]]:
    return (triples[start : start + size] for start in range(0, len(triples), size))


def _read(answer: Answer) -> list[dict[str, dict[str, str]]] | None:
    """The rows of SPARQL results in JSON; None where the answer is something else."""
    try:
        rows = json.loads(answer.text)["results"]["bindings"]
        return [{name: dict(value) for name, value in row.items()} for row in rows]
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
