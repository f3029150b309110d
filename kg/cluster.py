"""Reads articles on many machines, as tasks of a Ray cluster (Moritz et al. 2018, "Ray").

A task reads a batch of articles and stores the readings, like a process of `kg.parallel`. They must be stored
where all machines can read them. A task returns only the status of each article. If the machine or process of
a task dies, Ray gives the task to another process; if that fails repeatedly, the articles of the task are
read one by one, and an article on which processes keep dying becomes a problem. Readings that are stored are
not lost, so an interrupted run resumes at the next start.
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

_MEMORY = 1_000_000_000  # bytes of memory that Ray reserves for a task
_AHEAD = 64  # minimum number of tasks sent to the cluster in advance, so that an autoscaler sees the load
_SOON = 10  # seconds to wait for a connection to the cluster
_PATIENCE = 60  # seconds to wait until files written by another machine are visible in a network folder


class ClusterError(Error):
    """The cluster is not available, or cannot read the articles; the message says what to do."""


def read(documents: Sequence[Document], how: How, address: str) -> Iterator[tuple[int, Problem | None]]:
    """Read documents on a cluster, and yield the number of each when it is done, in any order.

    `address`: as for `ray.init` ("auto", "10.0.0.5:6379", "ray://..."). When a document is yielded without a
    problem, its reading is stored. Raises ClusterError and MissingError.
    """
    with _connected(address) as ray:
        reading = _Reading(ray, documents, how)
        try:
            yield from reading.run()
        except ray.exceptions.RayTaskError as error:  # errors of single articles are Problems instead
            raise ClusterError(f"the machines of the cluster cannot read: {error.cause}") from error


@contextmanager
def _connected(address: str) -> Iterator[Any]:
    """The module `ray`, connected. A connection that the program already has is used, and left open."""
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
        message = f"no Ray cluster answers at {address} ({error}). Start one: `ray start --head`."
        raise ClusterError(message) from error
    try:
        yield ray
    finally:
        ray.shutdown()  # pending tasks end with this process


def _answers(address: str) -> None:
    """Raise OSError if nothing listens at the address; Ray itself would retry for minutes."""
    host, colon, port = address.removeprefix("ray://").rpartition(":")
    if colon and port.isdigit():
        socket.create_connection((host.strip("[]"), int(port)), timeout=_SOON).close()


class _Reading:
    """Distributes documents, which it refers to by number, and collects the results."""

    def __init__(self, ray: Any, documents: Sequence[Document], how: How) -> None:
        self.ray, self.documents, self.how = ray, documents, how
        self.sent = ray.put(how)  # sent to the cluster once, instead of with every task
        options = {"num_cpus": 1, "memory": _MEMORY, "max_retries": DEATHS, "max_calls": 0}
        self.task = ray.remote(**options)(_task)
        self.left = deque(parallel.chunks(documents))
        self.under_way: dict[Any, tuple[int, ...]] = {}
        self.seen = False  # whether a reading stored by another machine has been found here

    def run(self) -> Iterator[tuple[int, Problem | None]]:
        while self.left or self.under_way:
            self._assign()
            done, _ = self.ray.wait(list(self.under_way), num_returns=1)
            for task in done:
                yield from self._receive(task)

    def _assign(self) -> None:
        most = max(_AHEAD, 2 * int(self.ray.cluster_resources().get("CPU", 0)))
        while self.left and len(self.under_way) < most:
            batch = self.left.popleft()
            task = self.task.remote([self.documents[number] for number in batch], self.sent)
            self.under_way[task] = batch

    def _receive(self, task: Any) -> Iterator[tuple[int, Problem | None]]:
        batch = self.under_way.pop(task)
        try:
            results: list[Problem | None] = self.ray.get(task)
        except self.ray.exceptions.RayTaskError:
            raise  # this error concerns all articles
        except self.ray.exceptions.RayError:  # the process or machine died at each attempt
            yield from self._handle_death(batch)
            return
        self._check_visible(batch, results)
        yield from zip(batch, results, strict=True)

    def _handle_death(self, batch: tuple[int, ...]) -> Iterator[tuple[int, Problem | None]]:
        if len(batch) == 1:
            yield batch[0], parallel.deadly(self.documents[batch[0]])
        else:
            self.left.extend((number,) for number in batch)

    def _check_visible(self, batch: tuple[int, ...], results: Sequence[Problem | None]) -> None:
        """Check, until it succeeds once, that a reading stored by another machine is visible here.

        Raises ClusterError.
        """
        kept = [
            self.documents[number] for number, problem in zip(batch, results, strict=True) if problem is None
        ]
        if self.seen or not kept:
            return
        ends = time.monotonic() + _PATIENCE
        while self.how.kept.get(kept[0]) is None:
            if time.monotonic() > ends:
                raise ClusterError(
                    f"{self.how.kept.folder}: readings stored there by the cluster are not visible here. "
                    "Name a folder that all of them share, or a URL, with --readings."
                )
            time.sleep(1)
        self.seen = True


# -- On a machine of the cluster ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Reader:
    """Identifies a reader before it is loaded: the key of the cache of `_opened`, compared by `name` only."""

    name: str
    how: How = field(compare=False)


def _task(documents: Sequence[Document], how: How) -> list[Problem | None]:
    """Read documents and store their readings. Returns, for each document in order, None if its reading is
    stored, otherwise the problem.
    """
    return list(parallel.kept(_opened(_Reader(how.kept.reader, how)), documents, how.kept))


@lru_cache(maxsize=1)
def _opened(reader: _Reader) -> Read:
    """The function that reads documents; a process loads it only once."""
    return reader.how.opened()
