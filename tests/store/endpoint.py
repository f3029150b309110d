"""A SPARQL store over HTTP in this process, which can be made to misbehave.

It serves queries at /query, updates at /update and the graph store protocol at /store, using pyoxigraph.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from pyoxigraph import DefaultGraph, NamedNode, QueryResultsFormat, QueryTriples, RdfFormat, Store

JSON = "application/sparql-results+json"


class Asked(NamedTuple):
    """A request; `authorization` is "" where none was sent."""

    method: str
    path: str
    body: str
    authorization: str


class Reply(NamedTuple):
    status: int
    body: str = ""
    headers: dict[str, str] = {}  # noqa: RUF012 (never changed)


Rule = Callable[[Asked], Reply | None]
"""Gives the reply that the server sends instead of performing the operation; None: it performs it."""


@dataclass
class Endpoint:
    """The server: its content, its requests, and how it misbehaves."""

    url: str
    store: Store = field(default_factory=Store)
    paths: frozenset[str] = frozenset({"/query", "/update", "/store"})
    union: bool = False  # the default graph of a query is the union of all graphs
    rule: Rule = lambda _: None
    asked: list[Asked] = field(default_factory=list)

    @property
    def written(self) -> list[Asked]:
        """The requests that inserted triples."""
        return [one for one in self.asked if one.path in {"/update", "/store"} and "http" in one.body]

    def __len__(self) -> int:
        return len(self.store)

    def answer(self, asked: Asked, query: str) -> Reply:
        self.asked.append(asked)
        own = self.rule(asked)
        if own is not None:
            return own
        if asked.path not in self.paths:
            return Reply(404, "no such page")
        if asked.path == "/query":
            text = parse_qs(asked.body)["query"][0]
            found = self.store.query(text, use_default_graph_as_union=self.union)
            assert not isinstance(found, QueryTriples)
            rows = found.serialize(format=QueryResultsFormat.JSON)
            assert rows is not None
            return Reply(200, rows.decode(), {"Content-Type": JSON})
        if asked.path == "/update":
            self.store.update(asked.body)
            return Reply(204)
        graph = parse_qs(query).get("graph")
        name = NamedNode(graph[0]) if graph else DefaultGraph()
        if asked.method in {"PUT", "DELETE"}:
            self.store.clear_graph(name)
        if asked.body:
            self.store.load(asked.body.encode(), RdfFormat.TURTLE, to_graph=name)
        return Reply(204)


@contextmanager
def serving() -> Iterator[Endpoint]:
    class Handler(BaseHTTPRequestHandler):
        def handle_any(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            parts = urlsplit(self.path)
            asked = Asked(self.command, parts.path, body, self.headers.get("Authorization", ""))
            try:
                status, text, headers = endpoint.answer(asked, parts.query)
            except SyntaxError as error:
                status, text, headers = Reply(400, str(error))
            self.send_response(status)
            for name, value in {"Content-Type": "text/html", **headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(text.encode())))
            self.end_headers()
            self.wfile.write(text.encode())

        do_GET = do_POST = do_PUT = do_DELETE = handle_any  # noqa: N815 (http.server's names)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    endpoint = Endpoint(f"http://127.0.0.1:{server.server_port}")
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield endpoint
    finally:
        server.shutdown()
        server.server_close()
