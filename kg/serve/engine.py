"""Answers queries in a separate process, so that a slow or crashing query does not harm the server.

The answer is written completely, up to its limit, into memory or a file before any of it is sent, so that a
client never takes a partial answer for a complete one.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import IO, cast

from pyoxigraph import QueryTriples, Store

from kg.rdf.turtle import turtle
from kg.serve.asked import AGAIN, MB, Limits, Question, RefusedError, Room
from kg.serve.negotiation import ROWS, TRIPLES, choose, names
from kg.store.query import FORMATS, QueryError, ask, canonical
from kg.store.sparql import ForbiddenError
from kg.write import rdf_files


@dataclass(frozen=True)
class QueryEngine:
    """Answers queries on a store, within the limits."""

    store: Store
    prefixes: Mapping[str, str]
    limits: Limits = field(default_factory=Limits)
    services: bool = False  # whether SERVICE is permitted

    def answer(self, question: Question, room: Room, file: IO[bytes]) -> Written:
        """The answer; a long one is written to `file`, which must be empty. Raises RefusedError."""
        written = Written(room, file, self.limits.answer)
        try:
            self._answer(question, written)
        except ForbiddenError as error:
            raise RefusedError(HTTPStatus.FORBIDDEN, str(error)) from error
        except QueryError as error:
            raise RefusedError(HTTPStatus.BAD_REQUEST, str(error)) from error
        except MemoryError as error:
            raise too_much_memory(self.limits) from error
        return written

    def _answer(self, question: Question, written: Written) -> None:
        graphs = question.default_graphs, question.named_graphs
        base, services = self.prefixes["d"], self.services
        with ask(self.store, question.text, self.prefixes, *graphs, base, services=services) as found:
            written.triples = isinstance(found, QueryTriples)
            offers = TRIPLES if written.triples else ROWS
            offer = choose(offers, question.accept, question.format)
            if offer is None:
                wanted = question.accept[:200]
                message = f"this answer is not available as {wanted}; there are {names(offers)}"
                raise RefusedError(HTTPStatus.NOT_ACCEPTABLE, message)
            written.media_type = offer.content_type
            if isinstance(found, QueryTriples):
                self._write_triples(found, offer.name, written)
            else:
                found.serialize(cast("IO[bytes]", written), FORMATS[offer.name])

    def _write_triples(self, found: QueryTriples, name: str, written: Written) -> None:
        triples = canonical(found)
        if name == "turtle":
            written.write(turtle(triples, self.prefixes))
        else:
            rdf_files.write(triples, name, cast("IO[bytes]", written), self.prefixes)


class Written:
    """An answer being written: in memory while there is room, then to the file."""

    def __init__(self, room: Room, file: IO[bytes], most: int) -> None:
        self.media_type, self.triples = "", False
        self.size = 0
        self._room, self._file, self._most = room, file, most
        self._held = io.BytesIO()
        self.spilled = False

    @property
    def body(self) -> bytes:
        """The answer, unless it is in the file."""
        return self._held.getvalue()

    def write(self, data: bytes) -> int:
        self.size += len(data)
        if self.size > self._most:
            raise RefusedError(
                HTTPStatus.FORBIDDEN,
                f"the answer is longer than {self._most / MB:g} MB; reduce it, for example with LIMIT",
            )
        if not self.spilled and self.size > self._room.memory:
            self.spilled = True
            self._spill(self._held.getvalue())
            self._held = io.BytesIO()
        if self.spilled:
            self._spill(data)
        else:
            self._held.write(data)
        return len(data)

    def flush(self) -> None:
        """Part of the file interface; nothing is buffered here."""

    def _spill(self, data: bytes) -> None:
        if self.size > self._room.file:
            raise no_room()
        try:
            while data:
                data = data[self._file.write(data) :]
        except OSError:  # the disk is full
            raise no_room() from None


def no_room() -> RefusedError:
    message = "too many pending answers; try again later, or with a smaller query"
    return RefusedError(HTTPStatus.SERVICE_UNAVAILABLE, message, again=AGAIN)


def too_much_memory(limits: Limits) -> RefusedError:
    return RefusedError(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        f"the query was stopped: it needed more than {limits.memory // MB} MB of memory",
    )
