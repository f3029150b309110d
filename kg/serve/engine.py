"""Answers questions in a process of its own: whatever a query does, it does it here.

The answer is written into memory up to its limit and then sent as a whole, so that a client never
takes a piece of an answer for all of it.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from pyoxigraph import QueryTriples, Store

from kg.rdf.turtle import turtle
from kg.serve.asked import MB, Answer, Limits, Question, RefusedError
from kg.serve.negotiation import ROWS, TRIPLES, choose, names
from kg.store.query import FORMATS, QueryError, ask, canonical
from kg.store.sparql import ForbiddenError
from kg.write import rdf_files


@dataclass(frozen=True)
class Engine:
    """A store with what its queries may do."""

    store: Store
    prefixes: Mapping[str, str]
    limits: Limits = field(default_factory=Limits)
    services: bool = False  # whether SERVICE may reach out

    def answer(self, question: Question) -> Answer:
        """Raises RefusedError for a question that gets no answer."""
        try:
            return self._answer(question)
        except ForbiddenError as error:
            raise RefusedError(HTTPStatus.FORBIDDEN, str(error)) from error
        except QueryError as error:
            raise RefusedError(HTTPStatus.BAD_REQUEST, str(error)) from error
        except MemoryError as error:
            raise too_much_memory(self.limits) from error

    def _answer(self, question: Question) -> Answer:
        graphs = question.default_graphs, question.named_graphs
        base, services = self.prefixes["d"], self.services
        with ask(self.store, question.text, self.prefixes, *graphs, base, services=services) as found:
            offers = TRIPLES if isinstance(found, QueryTriples) else ROWS
            offer = choose(offers, question.accept, question.format)
            if offer is None:
                message = f"this answer cannot be had as {question.accept}; there are {names(offers)}"
                raise RefusedError(HTTPStatus.NOT_ACCEPTABLE, message)
            written = _Bounded(self.limits.answer)
            if isinstance(found, QueryTriples):
                self._write_triples(found, offer.name, written)
            else:
                found.serialize(written, FORMATS[offer.name])
        return Answer(offer.content_type, written.getvalue(), isinstance(found, QueryTriples))

    def _write_triples(self, found: QueryTriples, name: str, written: _Bounded) -> None:
        triples = canonical(found)
        if name == "turtle":
            written.write(turtle(triples, self.prefixes))
        else:
            rdf_files.write(triples, name, written, self.prefixes)


class _Bounded(io.BytesIO):
    """Takes no more than so many bytes."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def write(self, data: Any, /) -> int:
        if self.tell() + len(data) > self._most:
            raise RefusedError(
                HTTPStatus.FORBIDDEN,
                f"the answer is longer than {self._most // MB} MB; ask for less, with LIMIT for one",
            )
        return super().write(data)


def too_much_memory(limits: Limits) -> RefusedError:
    return RefusedError(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        f"the query was stopped: it wanted more than {limits.memory // MB} MB of memory, "
        "or more than the engine can bear",
    )
