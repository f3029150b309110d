"""The messages between server and worker, and the reasons for refusing a request."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from kg.serve.room import Spilled

MB = 1 << 20
AGAIN = 5  # seconds after which a client may try again (Retry-After)


@dataclass(frozen=True, slots=True)
class Question:
    """A query as the client sent it, with the format and the graphs that the client asks for."""

    text: str
    accept: str = ""  # the Accept header
    format: str = ""  # format requested in the address, which overrides Accept: "csv"
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """The whole answer in the requested format."""

    media_type: str
    body: bytes | Spilled
    triples: bool = False  # whether the query is CONSTRUCT or DESCRIBE


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one query, and of all queries together. Sizes in bytes, times in seconds."""

    seconds: float = 30  # running time of a query
    memory: int = 1024 * MB  # memory of a query, in addition to the graph itself
    answer: int = 64 * MB  # length of an answer
    query: int = MB  # length of a query
    waiting: float = 60  # time that a query waits for a free worker
    disk: int = 4096 * MB  # disk space of all long answers that wait to be sent
    held: int = 128 * MB  # memory of requests, short answers and pages of all connections together
    short: int = MB  # length up to which an answer is in memory; a longer one is written to a file


@dataclass(frozen=True, slots=True)
class Room:
    """The number of bytes that an answer may take: in memory, or if it is longer, in a file."""

    memory: int
    file: int


class RefusedError(Exception):
    """Why a request is refused: the HTTP status and a message for people.

    `again`: seconds after which a retry makes sense, 0 if it does not.
    """

    def __init__(self, status: HTTPStatus, message: str, again: int = 0) -> None:
        super().__init__(message)
        self.status, self.message, self.again = status, message, again
