"""Reads articles in several processes.

Each process stores every reading as soon as it is done, under the article's digest (`kg.write.readings`), and
reports it. When a process is killed, its pending articles are given to others one by one; an article on which
two processes have died becomes a problem. An interrupted run resumes at the next start. Each process is
connected to this one by a pipe, and shares nothing with the other reading processes. When the process at one
end of the pipe dies, the process at the other end finds the pipe closed, so that neither waits for ever.
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
from kg.write.readings import ReadingCache

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

Read = Callable[[Sequence[Document]], Iterable[Reading | Problem]]
"""A function that reads documents, in order, such as the result of `kg.extract.batch_reader`."""

_WORTH = 60_000  # minimum number of characters per process (10,000 words): fewer do not justify starting one
_MEMORY = 2_000_000_000  # bytes of memory that the machine must have per process; a process uses half of it
_CHUNK = 10_000  # number of characters after which a batch ends
_MOST = 32  # maximum number of articles per batch
DEATHS = 2  # an article becomes a problem when this many processes have died while reading it alone
_COLLECT_AFTER = 10_000  # allocations between two garbage collections, as in `kg.pipeline.readings`


@dataclass(frozen=True, slots=True)
class How:
    """How articles are read, and where their readings are stored."""

    opened: Callable[[], Read]  # loads the reader; a module-level function, or a `partial` of one
    kept: ReadingCache


def processes(documents: Sequence[Document], most: int | None = None) -> int:
    """How many processes to use for these documents: at most `most` (if None: as many as the cores and the
    memory allow), and fewer for short texts.
    """
    characters = sum(len(document.text) for document in documents)
    return max(1, min(_able() if most is None else most, characters // _WORTH))


def read(documents: Sequence[Document], how: How, count: int) -> Iterator[tuple[int, Problem | None]]:
    """Read documents in `count` processes, and yield the number of each when it is done, in any order.

    When a document is yielded without a problem, its reading is stored, unless the disk is full. If no
    process can be started, documents remain unread.
    """
    reading = _Reading(documents, how, count)
    try:
        yield from reading.run()
    finally:
        reading.end()


def kept(read: Read, documents: Sequence[Document], where: ReadingCache) -> Iterator[Problem | None]:
    """Read documents in order and store each reading immediately. Yields None for each stored reading, and
    the problem for any other document.
    """
    for result in read(documents):
        if isinstance(result, Problem):
            yield result
        else:
            where.put(result)
            yield None


def chunks(documents: Sequence[Document]) -> Iterator[tuple[int, ...]]:
    """The numbers of the documents in batches, the longest first, so that all processes finish at about the
    same time.
    """
    batch: list[int] = []
    characters = 0
    for number in sorted(range(len(documents)), key=lambda number: -len(documents[number].text)):
        batch.append(number)
        characters += len(documents[number].text)
        if characters >= _CHUNK or len(batch) == _MOST:
            yield tuple(batch)
            batch, characters = [], 0
    if batch:
        yield tuple(batch)


def deadly(document: Document) -> Problem:
    """The problem with an article on which `DEATHS` reading processes have died."""
    what = f"killed its reading process {DEATHS} times: it holds {len(document.text):,} characters"
    return Problem(document.id, what, "Split it into articles, or provide more memory.")


def _able() -> int:
    """How many processes the available cores and the memory allow."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    with suppress(AttributeError, ValueError, OSError):  # systems that do not report their memory
        cores = min(cores, os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // _MEMORY)
    return max(1, cores)


# -- In the build's process ------------------------------------------------------------------------


@dataclass(slots=True)
class _Worker:
    """A reading process, our end of its pipe, and its pending documents; `ready`: whether it has loaded the
    parser.
    """

    process: BaseProcess
    pipe: Connection
    batch: deque[int]
    ready: bool = False


class _Reading:
    """Distributes documents, which it refers to by number, and collects the results."""

    def __init__(self, documents: Sequence[Document], how: How, count: int) -> None:
        self.documents, self.how = documents, how
        self.left = deque(chunks(documents))
        self.deaths: Counter[int] = Counter()
        self.spares = count  # number of failed starts after which no more processes are started
        self.workers = [self._start() for _ in range(min(count, len(self.left)))]

    def run(self) -> Iterator[tuple[int, Problem | None]]:
        while self.workers:
            ready = set(wait([worker.pipe for worker in self.workers]))
            for worker in [worker for worker in self.workers if worker.pipe in ready]:
                yield from self._receive(worker)

    def end(self) -> None:
        """Kill all processes, which loses nothing: readings are stored as soon as they are done."""
        for worker in self.workers:
            worker.process.kill()
        for worker in self.workers:
            worker.process.join()
            worker.pipe.close()

    def _start(self) -> _Worker:
        context = multiprocessing.get_context("spawn")  # a fork would copy this process's threads and locks
        ours, theirs = context.Pipe()
        process = context.Process(target=_work, args=(theirs, self.how), daemon=True)
        with _uninterrupted():
            process.start()
        theirs.close()
        return _Worker(process, ours, deque())

    def _receive(self, worker: _Worker) -> Iterator[tuple[int, Problem | None]]:
        try:
            answer: Problem | bool | None = worker.pipe.recv()
            if worker.ready:
                assert not isinstance(answer, bool)
                yield worker.batch.popleft(), answer
            worker.ready = True
            if not worker.batch:
                self._assign(worker)
        except (EOFError, OSError):
            yield from self._handle_death(worker)

    def _assign(self, worker: _Worker) -> None:
        """Give a process its next documents, or end it if there are none left."""
        if self.left:
            worker.batch = deque(self.left.popleft())
            worker.pipe.send([self.documents[number] for number in worker.batch])
        else:
            self._dismiss(worker)

    def _dismiss(self, worker: _Worker) -> None:
        self.workers.remove(worker)
        worker.pipe.close()
        worker.process.kill()  # killed rather than asked to end, because it might hang; it has no work left
        worker.process.join()

    def _handle_death(self, worker: _Worker) -> Iterator[tuple[int, Problem | None]]:
        """Handle the death of a process: queue its documents one by one, and start another process
        instead.
        """
        self._dismiss(worker)
        self.spares -= not worker.ready
        if len(worker.batch) == 1:
            self.deaths[worker.batch[0]] += 1
        for number in worker.batch:
            if self.deaths[number] >= DEATHS:
                yield number, deadly(self.documents[number])
            else:
                self.left.append((number,))
        if self.left and self.spares > 0:
            self.workers.append(self._start())


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Let processes that are started within the block ignore Ctrl-C: this process handles it, and
    ends them.
    """
    try:
        usual = signal.signal(signal.SIGINT, signal.SIG_IGN)
    except ValueError:  # not in the main thread, which alone can set signal handlers
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, usual)


# -- In a reading process --------------------------------------------------------------------------


def _work(pipe: Connection, how: How) -> None:
    """Read the documents that come through the pipe until it is closed. The reply for each document is None
    if its reading is stored, otherwise a Problem.
    """
    read = how.opened()
    gc.freeze()  # excludes the objects loaded so far, which stay in use, from garbage collection
    gc.set_threshold(_COLLECT_AFTER, *gc.get_threshold()[1:])
    with suppress(EOFError, OSError):
        pipe.send(True)
        while True:
            for problem in kept(read, pipe.recv(), how.kept):
                pipe.send(problem)
