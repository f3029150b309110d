"""Reads articles on many machines, as tasks of a Ray cluster (Moritz et al. 2018, "Ray").

A task is a batch of articles, read and stored as by a process of `kg.parallel`; readings must be stored in a
place that all machines share. A task returns only the status of each article. If its machine or process dies,
Ray gives the task to another; if that does not help, its articles are read one by one, and one whose tasks
keep dying becomes a problem. Stored readings remain, so an interrupted run resumes at the next start.
"""

from __future__ import annotations

import logging
import socket
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from kg import parallel
from kg.errors import Error, MissingError
from kg.model import Document, Problem
from kg.parallel import DEATHS, How, Read

_MEMORY = 1_000_000_000  # bytes of memory per task
_AHEAD = 64  # minimum number of waiting tasks, so that an autoscaling cluster sees the load
_SOON = 10  # seconds in which a cluster answers
_PATIENCE = 60  # seconds for which a network folder may not show files from another machine


class ClusterError(Error):
    """The cluster is not available, or cannot read our articles; the message says what to do."""


def read(documents: Sequence[Document], how: How, address: str) -> Iterator[tuple[int, Problem | None]]:
    """Read documents on a cluster, and yield the number of each when it is done, in any order.

    `address`: as for `ray.init` ("auto", "10.0.0.5:6379", "ray://..."). Readings without a problem are stored
    now. Raises ClusterError and MissingError.
    """
    with _connected(address) as ray:
        reading = _Reading(ray, documents, how)
        try:
            yield from reading.run()
        except ray.exceptions.RayTaskError as error:  # not an error of a single article
            raise ClusterError(f"the machines of the cluster cannot read: {error.cause}") from error


@contextmanager
def _connected(address: str) -> Iterator[Any]:
    """The library, connected; an existing connection of the program is used and left open."""
    try:
        import ray
    except ImportError as error:
        raise MissingError("a cluster needs the package ray: pip install 'kg[ray]'") from error
    if ray.is_initialized():
        yield ray
        return
    try:
        _answers(address)
        ray.init(address=address, log_to_driver=False, logging_level=logging.ERROR)
    except (OSError, ValueError, RuntimeError) as error:
        message = f"no cluster of Ray's answers at {address} ({error}). Start one: `ray start --head`."
        raise ClusterError(message) from error
    try:
        yield ray
    finally:
        ray.shutdown()  # pending tasks end with this process


def _answers(address: str) -> None:
    """Raise OSError if nothing listens there: Ray itself would retry for minutes."""
    host, colon, port = address.removeprefix("ray://").rpartition(":")
    if colon and port.isdigit():
        socket.create_connection((host.strip("[]"), int(port)), timeout=_SOON).close()


class _Reading:
    """Distributes documents, by number, and collects the results."""

    def __init__(self, ray: Any, documents: Sequence[Document], how: How) -> None:
        self.ray, self.documents, self.how = ray, documents, how
        self.sent = ray.put(how)  # once, not with every task
        options = {"num_cpus": 1, "memory": _MEMORY, "max_retries": DEATHS, "max_calls": 0}
        self.task = ray.remote(**options)(_task)
        self.left = deque(parallel.chunks(documents))
        self.under_way: dict[Any, tuple[int, ...]] = {}
        self.seen = False  # a reading that another machine has stored

    def run(self) -> Iterator[tuple[int, Problem | None]]:
        while self.left or self.under_way:
            self._give()
            done, _ = self.ray.wait(list(self.under_way), num_returns=1)
            for task in done:
                yield from self._hear(task)

    def _give(self) -> None:
        most = max(_AHEAD, 2 * int(self.ray.cluster_resources().get("CPU", 0)))
        while self.left and len(self.under_way) < most:
            hand = self.left.popleft()
            task = self.task.remote([self.documents[number] for number in hand], self.sent)
            self.under_way[task] = hand

    def _hear(self, task: Any) -> Iterator[tuple[int, Problem | None]]:
        hand = self.under_way.pop(task)
        try:
            told: list[Problem | None] = self.ray.get(task)
        except self.ray.exceptions.RayTaskError:
            raise  # an error that concerns all articles
        except self.ray.exceptions.RayError:  # the process or machine died every time
            yield from self._bury(hand)
            return
        self._look(hand, told)
        yield from zip(hand, told, strict=True)

    def _bury(self, hand: tuple[int, ...]) -> Iterator[tuple[int, Problem | None]]:
        if len(hand) == 1:
            yield hand[0], parallel.deadly(self.documents[hand[0]])
        else:
            self.left.extend((number,) for number in hand)

    def _look(self, hand: tuple[int, ...], told: Sequence[Problem | None]) -> None:
        """Check once that readings stored by the machines are visible here. Raises ClusterError."""
        kept = [self.documents[number] for number, problem in zip(hand, told, strict=True) if problem is None]
        if self.seen or not kept:
            return
        ends = time.monotonic() + _PATIENCE
        while self.how.kept.get(kept[0]) is None:
            if time.monotonic() > ends:
                raise ClusterError(
                    f"{self.how.kept.folder}: what the machines of the cluster keep there is not seen here. "
                    "Name a folder that all of them share, or a URL, with --readings."
                )
            time.sleep(1)
        self.seen = True


# -- On a machine of the cluster ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Reader:
    """How articles are read; equal ones read in the same way."""

    name: str
    how: How = field(compare=False)


def _task(documents: Sequence[Document], how: How) -> list[Problem | None]:
    """Read and store documents, in order; None for a stored reading, otherwise the problem."""
    return list(parallel.kept(_opened(_Reader(how.kept.reader, how)), documents, how.kept))


@lru_cache(maxsize=1)
def _opened(reader: _Reader) -> Read:
    """The reader, loaded once for all tasks of a process."""
    return reader.how.opened()
