"""Runs queries in processes that can be killed: a pool of workers, and their scheduling.

A query needs one of a limited number of slots to run. After half a second it gives up its slot to another
query, and its worker continues at a low priority. Endless queries therefore neither block the others nor slow
them down noticeably. If a query reaches its limit, or its client disconnects, its worker is killed.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from http import HTTPStatus
from pathlib import Path
from typing import IO, Any, BinaryIO, TypeVar

from kg.serve import zygote
from kg.serve.asked import AGAIN, Limits, Question, RefusedError, Reply
from kg.serve.engine import too_much_memory
from kg.serve.room import Budget, Spilled, spill
from kg.store.limited import crashed, last_words

_PATIENCE = 0.5  # seconds after which a query gives up its slot
_QUERIES = 500  # number of queries after which a worker is replaced, to free memory that they left allocated
_CRASHED = HTTPStatus.INTERNAL_SERVER_ERROR
_SLOWER = 10  # niceness of a worker with a slow query: it gets a tenth of the processor time of the others

Result = TypeVar("Result")


class LoadError(Exception):
    """The graph could not be loaded."""


@dataclass
class _Worker:
    process: int
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    file: BinaryIO  # where it writes a long answer
    said: IO[bytes]  # its standard error
    answered: int = 0
    words: bytes = b""  # the beginning of its standard error, once it has ended

    async def ask(self, question: Question, memory: int, file: int) -> tuple[dict[str, Any], bytes]:
        """The worker's reply to a question: its head and its body. Raises EOFError or OSError if the worker
        dies while it answers.

        `memory`, `file`: the number of bytes that the answer may take in memory, and in the file.
        """
        self.writer.write(zygote.packed({**asdict(question), "memory": memory, "file": file}))
        await self.writer.drain()
        lengths = await self.reader.readexactly(zygote.LENGTHS.size)
        head, body = zygote.LENGTHS.unpack(lengths)
        message = await self.reader.readexactly(head), await self.reader.readexactly(body)
        self.answered += 1
        return zygote.unpacked(message[0]), message[1]

    def hear(self) -> None:
        """Keep what the worker wrote on standard error before it ended."""
        with suppress(OSError, ValueError), self.said:
            self.words = last_words(self.said.fileno())

    def step_aside(self) -> None:
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self.process, _SLOWER)


@dataclass(frozen=True)
class Common:
    """Resources that the pool of a graph shares with the pool of the graph that replaces it."""

    memory: Budget  # for pending data in memory
    disk: Budget  # for long answers
    tell: Callable[[str], None]  # receives log messages
    died: Callable[[str], None]  # receives the cause of a worker's death: "SIGSEGV"


class Pool:
    """Workers for one graph: `size` for quick queries and as many for slow ones."""

    def __init__(
        self, files: Sequence[Path], size: int, limits: Limits, common: Common, services: bool = False
    ) -> None:
        self.limits, self.size = limits, size
        self._common = common
        self._settings = zygote.settings(files, limits, services)
        self._idle: list[_Worker] = []
        self._places = asyncio.Semaphore(size)
        self._aside = 0
        self.running = 0  # number of running queries
        self._talking = threading.Lock()
        self._errands: set[asyncio.Future[Any]] = set()
        self._control: socket.socket
        self._zygote: subprocess.Popen[bytes]
        self.triples = 0

    async def start(self) -> None:
        """Load the graph. Raises LoadError."""
        await asyncio.to_thread(self._start)
        try:
            self._idle = [await self._fork() for _ in range(self.size)]
        except LoadError:
            await self.close()
            raise

    async def ask(self, question: Question) -> Reply:
        """The answer to a question. Raises RefusedError if it cannot be answered."""
        try:
            async with asyncio.timeout(self.limits.waiting):
                await self._places.acquire()
        except TimeoutError:
            message = "all workers are busy; try again later"
            raise RefusedError(HTTPStatus.SERVICE_UNAVAILABLE, message, again=AGAIN) from None
        place = _Place(self._places)
        self.running += 1
        try:
            return await self._within_room(question, place)
        except LoadError as error:
            message = f"{error}; it is restarting, try again later"
            raise RefusedError(HTTPStatus.SERVICE_UNAVAILABLE, message, again=AGAIN) from error
        finally:
            self.running -= 1
            place.give_up()

    async def _within_room(self, question: Question, place: _Place) -> Reply:
        """The answer to a question. Space for the longest possible answer is reserved first; what the answer
        does not need is given back.
        """
        memory, disk = self._common.memory, self._common.disk
        short, long = memory.take_some(self.limits.short), disk.take_some(self.limits.answer)
        try:
            answer = await self._ask(await self._worker(), question, (short, long), place)
            if isinstance(answer.body, Spilled):
                long -= len(answer.body)  # this part is given back when nobody reads the answer any more
            return answer
        finally:
            memory.give(short)
            disk.give(long)

    async def _worker(self) -> _Worker:
        while self._idle:
            worker = self._idle.pop()
            if not worker.reader.at_eof():
                return worker
            self._errand(self._buried(worker))
        forking = self._errand(self._fork())
        try:
            return await asyncio.shield(forking)
        except asyncio.CancelledError:  # the worker that was just started serves the next question
            forking.add_done_callback(self._keep)
            raise

    def _keep(self, forked: asyncio.Future[_Worker]) -> None:
        if not forked.cancelled() and not forked.exception():
            self._idle.append(forked.result())

    async def _ask(self, worker: _Worker, question: Question, room: tuple[int, int], place: _Place) -> Reply:
        asking = asyncio.ensure_future(worker.ask(question, *room))
        aside = False
        try:
            done, _ = await asyncio.wait({asking}, timeout=min(_PATIENCE, self.limits.seconds))
            if not done and self._aside < self.size:
                aside = True
                self._aside += 1
                worker.step_aside()
                place.give_up()
            if not done:
                done, _ = await asyncio.wait({asking}, timeout=max(0, self.limits.seconds - _PATIENCE))
            if not done:
                raise self._too_long()
            head, body = asking.result()
        except (EOFError, OSError):
            burying = self._errand(self._buried(worker, "while answering a query"))
            number = await asyncio.shield(burying)
            raise self._died_of(number, crashed(worker.words)) from None
        except BaseException:
            asking.cancel()
            self._errand(self._kill(worker))
            raise
        finally:
            self._aside -= aside
        long = head.get("file", 0)  # length of an answer in the worker's file
        broken = head["status"] == _CRASHED
        if aside or long or broken or worker.answered >= _QUERIES:
            self._errand(self._kill(worker))
        else:
            self._idle.append(worker)
        if head["status"] != HTTPStatus.OK:
            raise RefusedError(HTTPStatus(head["status"]), head["message"], head["again"])
        held = Spilled(worker.file, long, lambda: self._common.disk.give(long)) if long else body
        return Reply(head["media_type"], held, head["triples"])

    def _too_long(self) -> RefusedError:
        message = f"the query was stopped: it took longer than {self.limits.seconds:g} seconds"
        return RefusedError(HTTPStatus.SERVICE_UNAVAILABLE, message)

    async def _buried(self, worker: _Worker, when: str = "while idle") -> int:
        """Make sure that a worker is dead, and log its death. Returns the signal from which it died; 0 if it
        exited by itself.
        """
        number = await self._kill(worker)
        name = _named(number)
        self._common.died(name)
        self._common.tell(f"worker {worker.process} ended ({name}) {when}; another takes its place")
        return number

    def _died_of(self, number: int, why: str) -> RefusedError:
        """The refusal for a client whose worker died; `why`: the cause, "" if the worker did not give one."""
        if number == signal.SIGXCPU:
            return self._too_long()
        if number in _OF_ITSELF:
            message = f"the query was stopped: {why}"
            return RefusedError(_CRASHED, message) if number and why else too_much_memory(self.limits)
        message = f"the process that answered was killed from outside ({_named(number)}); try again"
        return RefusedError(HTTPStatus.SERVICE_UNAVAILABLE, message, again=AGAIN)

    @property
    def alive(self) -> bool:
        return self._zygote.poll() is None

    @property
    def ended(self) -> str:
        """How the process that holds the graph ended; waits for its end."""
        code = self._zygote.wait()
        return _named(-code) if code < 0 else f"code {code}"

    async def close(self) -> None:
        """Stop at once, with all workers."""
        for worker in self._idle:
            worker.writer.close()
        await asyncio.gather(*self._errands, return_exceptions=True)
        self._control.close()
        await asyncio.to_thread(self._zygote.wait)

    def _errand(self, what: Coroutine[Any, Any, Result]) -> asyncio.Future[Result]:
        """A task that runs to its end even if the request that waits for it is cancelled."""
        errand = asyncio.ensure_future(what)
        self._errands.add(errand)
        errand.add_done_callback(self._done)
        return errand

    def _done(self, errand: asyncio.Future[Any]) -> None:
        self._errands.discard(errand)
        if not errand.cancelled():
            # Retrieved, so that asyncio does not report the exception: the watcher reports the zygote's end.
            errand.exception()

    # -- the zygote --------------------------------------------------------------------------------

    def _start(self) -> None:
        self._control, theirs = socket.socketpair()
        ours = str(Path(__file__).parents[2])  # so that the zygote imports this kg package and no other
        paths = filter(None, (ours, os.environ.get("PYTHONPATH")))
        with theirs:
            self._zygote = subprocess.Popen(
                [sys.executable, "-P", "-m", "kg.serve.zygote", self._settings],
                stdin=theirs.fileno(),
                stderr=subprocess.PIPE,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
                process_group=0,  # so that Ctrl+C reaches only the server, which lets queries finish
            )
        loaded = self._control.recv(zygote.NUMBER.size, socket.MSG_WAITALL)
        if len(loaded) < zygote.NUMBER.size:
            self._control.close()
            _, told = self._zygote.communicate()
            last = told.decode(errors="replace").strip().rpartition("\n")[2]
            raise LoadError(last or f"the process that loads the graph ended ({self.ended})")
        (self.triples,) = zygote.NUMBER.unpack(loaded)

    async def _fork(self) -> _Worker:
        try:
            file = spill()
        except OSError as error:
            raise LoadError(
                f"there is no room for answers ({error}); TMPDIR selects another folder"
            ) from error
        ours, theirs = socket.socketpair()
        said, saying = (
            os.fdopen(end, mode, buffering=0) for end, mode in zip(os.pipe(), ("rb", "wb"), strict=True)
        )
        with theirs, saying:
            process = await self._request(zygote.FORK, theirs.fileno(), file.fileno(), saying.fileno())
        if process < 0:
            ours.close()
            said.close()
            raise LoadError(f"no process can be started for the query ({os.strerror(-process)})")
        reader, writer = await asyncio.open_connection(sock=ours)
        return _Worker(process, reader, writer, file, said)

    async def _kill(self, worker: _Worker) -> int:
        """Kill a worker. Returns the signal that it died from: an earlier one, or SIGKILL."""
        worker.writer.close()
        number = await self._request(zygote.KILL + zygote.NUMBER.pack(worker.process))
        worker.hear()
        return number

    async def _request(self, request: bytes, *handles: int) -> int:
        return await asyncio.to_thread(self._exchange, request, handles)

    def _exchange(self, request: bytes, handles: Sequence[int]) -> int:
        try:
            with self._talking:
                socket.send_fds(self._control, [request], handles)
                reply = self._control.recv(zygote.NUMBER.size, socket.MSG_WAITALL)
        except OSError:
            reply = b""
        if len(reply) < zygote.NUMBER.size:
            raise LoadError(f"the process that holds the graph ended ({self.ended})")
        return int(zygote.NUMBER.unpack(reply)[0])


# The signals that end a worker because of its query (0: it exits by itself): a failed memory allocation
# aborts the process, and deep nesting overflows its stack.
_OF_ITSELF = (0, signal.SIGABRT, signal.SIGSEGV, signal.SIGBUS, signal.SIGILL, signal.SIGFPE)


def _named(number: int) -> str:
    """The name of a signal."""
    return signal.Signals(number).name if number in {*signal.Signals} else f"code {number}"


class _Place:
    """A slot in which a quick query runs; giving it up a second time has no effect."""

    def __init__(self, places: asyncio.Semaphore) -> None:
        self._places: asyncio.Semaphore | None = places

    def give_up(self) -> None:
        if self._places:
            self._places.release()
            self._places = None
