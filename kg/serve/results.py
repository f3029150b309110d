"""Runs a query for our own pages, and reads the rows from its answer in SPARQL's JSON format."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from kg.serve.asked import Question
from kg.serve.live import ServedGraph


@dataclass(frozen=True, slots=True)
class Term:
    value: str = ""
    is_iri: bool = False


class Row(dict[str, Term]):
    """A row: variable -> term. An unbound variable gives an empty term."""

    def __missing__(self, name: str) -> Term:
        return Term()

    def text(self, name: str) -> str:
        return self[name].value


async def rows(graph: ServedGraph, query: str) -> list[Row]:
    """The rows of an answer. Raises RefusedError if the query exceeds its limits."""
    return list(_rows(await _json(graph, query)))


async def holds(graph: ServedGraph, query: str) -> bool:
    """The answer to an ASK query."""
    return bool(json.loads(await _json(graph, query))["boolean"])


async def _json(graph: ServedGraph, query: str) -> bytes:
    body = (await graph.ask(Question(query, format="json"))).body
    return body if isinstance(body, bytes) else body.read()


def _rows(body: bytes) -> Iterator[Row]:
    for binding in json.loads(body)["results"]["bindings"]:
        yield Row({name: Term(term["value"], term["type"] == "uri") for name, term in binding.items()})
