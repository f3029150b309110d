"""What goes from the server to a worker and back, and why a request can be turned down."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from kg.serve.room import Spilled

MB = 1 << 20
AGAIN = 5  # seconds after which it is worth trying again


@dataclass(frozen=True, slots=True)
class Question:
    """A query as it arrived."""

    text: str
    accept: str = ""  # the header Accept
    format: str = ""  # what the address asks for, which goes before Accept: "csv"
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """The whole answer, written in the format that was asked for."""

    media_type: str
    body: bytes | Spilled
    triples: bool = False  # of CONSTRUCT or DESCRIBE


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may take, and all together. Sizes in bytes, times in seconds."""

    seconds: float = 30
    memory: int = 1024 * MB  # beyond the graph itself
    answer: int = 64 * MB
    query: int = MB  # its own text
    waiting: float = 20  # for a free worker
    disk: int = 4096 * MB  # all long answers at once that wait to be read
    held: int = 128 * MB  # in memory: requests, short answers and pages, of all connections
    short: int = MB  # an answer up to this length may lie in memory


@dataclass(frozen=True, slots=True)
class Room:
    """Bytes that an answer may take in memory, or else in a file."""

    memory: int
    file: int


class RefusedError(Exception):
    """Why a request gets no answer: the status of HTTP and a message for people.

    `again` is after how many seconds it is worth trying again, 0 where it is not.
    """

    def __init__(self, status: HTTPStatus, message: str, again: int = 0) -> None:
        super().__init__(message)
        self.status, self.message, self.again = status, message, again
