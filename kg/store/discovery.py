"""Finds the protocols and endpoints of a SPARQL store by requests that change nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import httpx

from kg.store import credentials
from kg.store.credentials import plain
from kg.store.http import Connection, Response, StoreError

_REDIRECTS = 3  # maximum number of URLs that are tried per candidate: its own, and targets of redirects

# Common paths of endpoints below the address of a store, in the order in which they are tried; "" is the
# address itself.
_QUERY = ("", "/sparql", "/query")
_UPDATE = ("/update", "/statements", "", "/sparql", "/sparql-auth")  # the last two are Virtuoso's
# "" is not among these: Blazegraph would accept triples at its address, but put them into another graph.
_GRAPHS = ("/store", "/data", "/rdf-graphs/service")
_OTHERS = r"/(update|statements|store|data|rdf-graphs/service|sparql-auth|sparql-graph-crud(-auth)?)$"

RESULTS = {"Accept": "application/sparql-results+json"}


@dataclass(frozen=True, slots=True)
class Endpoints:
    """The URLs of a store for each protocol; "" for an unsupported one."""

    query: str
    update: str = ""
    graphs: str = ""  # Graph Store HTTP Protocol


def discover(connection: Connection, wanted: Endpoints) -> Endpoints:
    """The endpoints of a store, found without changing anything in it.

    Endpoints in `wanted` are used without a check. Raises StoreError if the store answers no queries, or
    accepts no triples.
    """
    probe = _Probe(connection)
    query = wanted.query or probe.first(_addresses(connection.url), probe.answers)
    if not query:
        raise StoreError(probe.failure("answers no SPARQL query", "Name its endpoint with --query."))
    if wanted.update or wanted.graphs:
        return Endpoints(query, wanted.update, wanted.graphs)
    root = re.sub(r"/(sparql|query)$", "", query)
    graphs = probe.first(_candidates(root, _GRAPHS), probe.takes_graphs)
    update = "" if graphs else probe.first(_candidates(root, _UPDATE), probe.takes_updates)
    if not graphs and not update:
        mend = "Name its endpoint with --graph-store or --update."
        raise StoreError(probe.failure("answers queries, but accepts no triples", mend))
    return Endpoints(query, update, graphs)


def _addresses(url: str) -> list[str]:
    """Possible query endpoints: `url` and paths below it; if `url` looks like an endpoint for updates or
    graphs, also paths beside it.
    """
    beside = re.sub(_OTHERS, "", url)
    return list(dict.fromkeys((*_candidates(url, _QUERY), *_candidates(beside, _QUERY))))


def _candidates(root: str, paths: Iterable[str]) -> list[str]:
    return [root.rstrip("/") + path for path in paths]


class _Probe:
    """Sends requests that change nothing, and remembers the responses of the store if it refuses them."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.seen: list[Response] = []

    def first(self, urls: Sequence[str], works: Callable[[str], Response | None]) -> str:
        """The first of `urls` that works; if it redirects to a URL of the same host that works, that URL; ""
        if none works.

        `works`: returns None if a URL works, otherwise the response of the store.
        """
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

    def answers(self, url: str) -> Response | None:
        answer = self.connection.ask(
            "POST", url, form={"query": "SELECT (1 AS ?n) {}"}, headers=RESULTS, patient=False
        )
        found = rows(answer) if answer.good else None
        return None if found and found[0].get("n", {}).get("value") == "1" else answer

    def takes_graphs(self, url: str) -> Response | None:
        answer = self.connection.ask(
            "POST",
            url,
            parameters={"default": ""},
            headers={"Content-Type": "text/turtle"},
            body=b"",
            patient=False,
        )
        return None if answer.good else answer

    def takes_updates(self, url: str) -> Response | None:
        answer = self._update(url)
        return None if answer.good else answer

    def failure(self, what: str, mend: str) -> str:
        """The message if no URL worked. It is about the most informative response: one that refuses access,
        otherwise one that redirects, otherwise one with an unexpected status or content.

        `what`, `mend`: what the store does not do, and what the user can do about it.
        """
        told = {answer.status: answer for answer in reversed(self.seen)}
        who = self.connection.who
        url = plain(self.connection.url)
        if 401 in told and who:
            return f"{told[401].url}: does not accept the given credentials ({told[401].said})"
        if 401 in told:
            return f"{told[401].url}: asks for credentials. {credentials.HOW}"
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

    def _update(self, url: str) -> Response:
        headers = {"Content-Type": "application/sparql-update"}
        return self.connection.ask("POST", url, body=b"INSERT DATA {}", headers=headers, patient=False)

    def _is_ours(self, location: str, url: str) -> bool:
        """Whether a redirect leads to the same server, or to the same host over https."""
        if not location:
            return False
        old, new = httpx.URL(url), httpx.URL(location)
        if (old.scheme, new.scheme, old.port, new.port) == ("http", "https", None, None):
            return old.host == new.host
        return (old.scheme, old.host, old.port) == (new.scheme, new.host, new.port)


def rows(answer: Response) -> list[dict[str, dict[str, str]]] | None:
    """The rows of an answer in SPARQL's JSON format: variable -> the term's properties ("type", "value" and
    so on). None if the response is not such an answer.
    """
    try:
        found = json.loads(answer.text)["results"]["bindings"]
        return [
            {name: {str(key): str(told) for key, told in value.items()} for name, value in row.items()}
            for row in found
        ]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
