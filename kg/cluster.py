"""Reads articles on many machines: as tasks of a cluster of Ray's (Moritz et al. 2018, "Ray").

A task is a handful of articles, read and kept as by a process of `kg.parallel`; where readings are kept has
to be a place that all machines share. What comes back says only what became of each article. A task whose
machine or process dies is given to another by Ray; where that does not help, its articles are read one by
one, and one at which its tasks go on dying becomes a problem. What is kept stays, so whoever is interrupted
goes on there the next time.
"""

from __future__ import annotations

import logging
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

_MEMORY = 1_000_000_000  # bytes that a task may take
_AHEAD = 64  # tasks that wait at least, so that a cluster that grows by itself sees what there is to do
_PATIENCE = 60  # seconds for which a network's folder may not show what another machine has put there


class ClusterError(Error):
    """The cluster is not there, or cannot read for us; the message says what to do."""


def read(documents: Sequence[Document], how: How, address: str) -> Iterator[tuple[int, Problem | None]]:
    """Read documents on a cluster, and yield the number of each when it is done, in any order.

    `address`: as `ray.init` has it ("auto", "10.0.0.5:6379", "ray://..."). Those without a problem are kept
    now. Raises ClusterError and MissingError.
    """
    with _connected(address) as ray:
        reading = _Reading(ray, documents, how)
        try:
            yield from reading.run()
        except ray.exceptions.RayTaskError as error:  # whatever is wrong with one article, `how` tells itself
            raise ClusterError(f"the machines of the cluster cannot read: {error.cause}") from error


@contextmanager
def _connected(address: str) -> Iterator[Any]:
    """The library, connected; a connection that the program has already is used and left open."""
    try:
        import ray
    except ImportError as error:
        raise MissingError("a cluster needs the package ray: pip install 'kg[ray]'") from error
    if ray.is_initialized():
        yield ray
        return
    try:
        ray.init(address=address, log_to_driver=False, logging_level=logging.ERROR)
    except (ConnectionError, ValueError, RuntimeError) as error:
        message = f"no cluster of Ray's answers at {address} ({error}). Start one: `ray start --head`."
        raise ClusterError(message) from error
    try:
        yield ray
    finally:
        ray.shutdown()  # what is still being read ends with us


class _Reading:
    """Hands out documents, by their numbers, and takes back what became of them."""

    def __init__(self, ray: Any, documents: Sequence[Document], how: How) -> None:
        self.ray, self.documents, self.how = ray, documents, how
        self.sent = ray.put(how)  # once, and not with every task
        options = {"num_cpus": 1, "memory": _MEMORY, "max_retries": DEATHS, "max_calls": 0}
        self.task = ray.remote(**options)(_task)
        self.left = deque(parallel.chunks(documents))
        self.under_way: dict[Any, tuple[int, ...]] = {}
        self.seen = False  # something that another machine has kept

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
            raise  # there is something wrong with all
        except self.ray.exceptions.RayError:  # the process or machine has died, each time
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
        """Make sure, once, that what the machines keep is seen here. Raises ClusterError."""
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


# -- There -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Reader:
    """How articles are read; two are equal that read alike."""

    name: str
    how: How = field(compare=False)


def _task(documents: Sequence[Document], how: How) -> list[Problem | None]:
    """Read and keep documents, in order; None for what is kept, else its problem."""
    return list(parallel.kept(_opened(_Reader(how.kept.reader, how)), documents, how.kept))


@lru_cache(maxsize=1)
def _opened(reader: _Reader) -> Read:
    """What reads, loaded once for all tasks of a process."""
    return reader.how.opened()
