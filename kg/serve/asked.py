"""The messages between server and worker, and the reasons for refusing a request."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from kg.serve.room import Spilled

MB = 1 << 20
AGAIN = 5  # seconds, for Retry-After


@dataclass(frozen=True, slots=True)
class Question:
    """A query as received."""

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
    triples: bool = False  # of CONSTRUCT or DESCRIBE


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one query, and of all together. Sizes in bytes, times in seconds."""

    seconds: float = 30
    memory: int = 1024 * MB  # in addition to the graph itself
    answer: int = 64 * MB
    query: int = MB  # of the query text
    waiting: float = 60  # to wait for a free worker; clients that do not want to wait disconnect
    disk: int = 4096 * MB  # all long answers that wait to be sent
    held: int = 128 * MB  # in memory: requests, short answers and pages, of all connections
    short: int = MB  # the maximum answer held in memory


@dataclass(frozen=True, slots=True)
class Room:
    """Bytes available for an answer in memory, or else in a file."""

    memory: int
    file: int


class RefusedError(Exception):
    """Why a request is refused: the HTTP status and a message for people.

    `again`: seconds after which a retry makes sense, 0 if it does not.
    """

    def __init__(self, status: HTTPStatus, message: str, again: int = 0) -> None:
        super().__init__(message)
        self.status, self.message, self.again = status, message, again
