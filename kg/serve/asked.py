"""What goes from the server to a worker and back, and why a request can be turned down."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

MB = 1 << 20


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
    body: bytes
    triples: bool = False  # of CONSTRUCT or DESCRIBE


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may take. Sizes in bytes, times in seconds."""

    seconds: float = 30
    memory: int = 1024 * MB  # beyond the graph itself
    answer: int = 64 * MB
    query: int = MB  # its own text
    waiting: float = 20  # for a free worker


class RefusedError(Exception):
    """Why a request gets no answer: the status of HTTP and a message for people.

    `again` is after how many seconds it is worth trying again, 0 where it is not.
    """

    def __init__(self, status: HTTPStatus, message: str, again: int = 0) -> None:
        super().__init__(message)
        self.status, self.message, self.again = status, message, again
