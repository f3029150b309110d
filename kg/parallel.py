"""Reads articles in several processes.

Each process keeps what it has read of an article at once, under the article's digest (`kg.write.readings`),
and says so. A process that is killed costs the articles that it had in hand, which others get one by one; an
article at which two processes have died becomes a problem. Whoever is interrupted or killed goes on there the
next time. A process has one pipe to this one and shares nothing with the others: when either end dies, the
other sees the pipe closed, and nobody waits for ever.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING

from kg.model import Document, Problem, Reading
from kg.write.readings import Readings

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

Read = Callable[[Sequence[Document]], Iterable[Reading | Problem]]
"""Reads documents, in order, as `kg.extract.batch_reader` does."""

_WORTH = (
    60_000  # characters, some 10,000 words: with fewer to read, starting a process takes longer than it saves
)
_MEMORY = 2_000_000_000  # bytes of the machine's memory for each process, which takes up to half of it
_CHUNK = 10_000  # characters that a process gets at a time, if they are several articles
_MOST = 32  # articles of these
DEATHS = 2  # of processes, that had nothing but this article in hand
_COLLECT_AFTER = 10_000  # as in `kg.pipeline`


@dataclass(frozen=True, slots=True)
class How:
    """How articles are read, and where readings are kept."""

    opened: Callable[[], Read]  # loads what reads them; a function of a module, or `partial` of one
    kept: Readings


def processes(documents: Sequence[Document], most: int | None = None) -> int:
    """How many processes are worth their start.

    At most `most`; None: as many as there are cores and memory for.
    """
    characters = sum(len(document.text) for document in documents)
    return max(1, min(_able() if most is None else most, characters // _WORTH))


def read(documents: Sequence[Document], how: How, count: int) -> Iterator[tuple[int, Problem | None]]:
    """Read documents in `count` processes, and yield the number of each when it is done, in any order.

    Those without a problem are kept now, unless the disk is full. Where processes cannot be started at all,
    documents are left over.
    """
    reading = _Reading(documents, how, count)
    try:
        yield from reading.run()
    finally:
        reading.end()


def kept(read: Read, documents: Sequence[Document], where: Readings) -> Iterator[Problem | None]:
    """Read documents, in order, and keep each at once; None for what is kept, else its problem."""
    for result in read(documents):
        if isinstance(result, Problem):
            yield result
        else:
            where.put(result)
            yield None


def chunks(documents: Sequence[Document]) -> Iterator[tuple[int, ...]]:
    """The numbers of the documents, in handfuls; the longest first, so that all end at about one time."""
    hand: list[int] = []
    characters = 0
    for number in sorted(range(len(documents)), key=lambda number: -len(documents[number].text)):
        hand.append(number)
        characters += len(documents[number].text)
        if characters >= _CHUNK or len(hand) == _MOST:
            yield tuple(hand)
            hand, characters = [], 0
    if hand:
        yield tuple(hand)


def deadly(document: Document) -> Problem:
    """Of an article at which whatever reads it has died again and again."""
    what = f"ended the process that read it, {DEATHS} times: it holds {len(document.text):,} characters"
    return Problem(document.id, what, "Split it into articles, or make more memory free.")


def _able() -> int:
    """The cores that we may use, as far as memory goes."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    with suppress(AttributeError, ValueError, OSError):  # where the system does not tell
        cores = min(cores, os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // _MEMORY)
    return max(1, cores)


# -- Here ------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Worker:
    """A process, our end of its pipe, and what it has in hand; `ready` once it has loaded the parser."""

    process: BaseProcess
    pipe: Connection
    hand: deque[int]
    ready: bool = False


class _Reading:
    """Hands out documents, by their numbers, and takes back what became of them."""

    def __init__(self, documents: Sequence[Document], how: How, count: int) -> None:
        self.documents, self.how = documents, how
        self.left = deque(chunks(documents))
        self.deaths: Counter[int] = Counter()
        self.spares = count  # processes that may fail to start
        self.workers = [self._start() for _ in range(min(count, len(self.left)))]

    def run(self) -> Iterator[tuple[int, Problem | None]]:
        while self.workers:
            ready = set(wait([worker.pipe for worker in self.workers]))
            for worker in [worker for worker in self.workers if worker.pipe in ready]:
                yield from self._hear(worker)

    def end(self) -> None:
        """Leave no process behind, whatever it does at the moment: what it has read is kept."""
        for worker in self.workers:
            worker.process.kill()
        for worker in self.workers:
            worker.process.join()
            worker.pipe.close()

    def _start(self) -> _Worker:
        context = multiprocessing.get_context("spawn")  # a fork would copy threads and locks of ours
        ours, theirs = context.Pipe()
        process = context.Process(target=_work, args=(theirs, self.how), daemon=True)
        with _uninterrupted():
            process.start()
        theirs.close()
        return _Worker(process, ours, deque())

    def _hear(self, worker: _Worker) -> Iterator[tuple[int, Problem | None]]:
        try:
            told: Problem | bool | None = worker.pipe.recv()
            if worker.ready:
                assert not isinstance(told, bool)
                yield worker.hand.popleft(), told
            worker.ready = True
            if not worker.hand:
                self._give(worker)
        except (EOFError, OSError):
            yield from self._bury(worker)

    def _give(self, worker: _Worker) -> None:
        """Give a process what to read next; where nothing is left it ends."""
        if self.left:
            worker.hand = deque(self.left.popleft())
            worker.pipe.send([self.documents[number] for number in worker.hand])
        else:
            self._dismiss(worker)

    def _dismiss(self, worker: _Worker) -> None:
        self.workers.remove(worker)
        worker.pipe.close()
        worker.process.kill()  # it has nothing left to do, and could only hang
        worker.process.join()

    def _bury(self, worker: _Worker) -> Iterator[tuple[int, Problem | None]]:
        """A process has died: what it had in hand is left, each by itself, and another takes its place."""
        self._dismiss(worker)
        self.spares -= not worker.ready
        if len(worker.hand) == 1:
            self.deaths[worker.hand[0]] += 1
        for number in worker.hand:
            if self.deaths[number] >= DEATHS:
                yield number, deadly(self.documents[number])
            else:
                self.left.append((number,))
        if self.left and self.spares > 0:
            self.workers.append(self._start())


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Whoever is started here does not hear Ctrl-C, which is for this process: it ends the others."""
    try:
        usual = signal.signal(signal.SIGINT, signal.SIG_IGN)
    except ValueError:  # not in the main thread, which alone may do this
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, usual)


# -- There -----------------------------------------------------------------------------------------


def _work(pipe: Connection, how: How) -> None:
    """Read what comes through the pipe, until it is closed; None goes back for what is read, or a Problem."""
    read = how.opened()
    gc.freeze()  # all that is here now will stay
    gc.set_threshold(_COLLECT_AFTER, *gc.get_threshold()[1:])
    with suppress(EOFError, OSError):
        pipe.send(True)
        while True:
            for problem in kept(read, pipe.recv(), how.kept):
                pipe.send(problem)
