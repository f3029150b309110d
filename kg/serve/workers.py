"""Queries in processes that can be stopped: a pool of workers, and who gets one.

A query that runs for longer than most steps aside: its worker goes on at a low priority, and
another takes its place. So a few queries that never end neither hold up the others nor, much, slow them
down. What reaches its limit, or nobody waits for any longer, is killed with its worker.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Coroutine, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any, TypeVar

from kg.serve import zygote
from kg.serve.asked import Answer, Limits, Question, RefusedError
from kg.serve.engine import too_much_memory

_PATIENCE = 0.5  # seconds that a query may take before it steps aside
_AGAIN = 5  # seconds after which somebody who found no worker may try again
_QUERIES = 500  # that one worker answers: what memory they left it goes with it
_SLOWER = 10  # its niceness: a tenth of the share of the others

Result = TypeVar("Result")


class LoadError(Exception):
    """The graph could not be loaded."""


@dataclass
class _Worker:
    process: int
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    answered: int = 0

    async def ask(self, question: Question) -> tuple[dict[str, Any], bytes]:
        """Raises EOFError or OSError if the worker dies of it."""
        self.writer.write(zygote.packed(asdict(question)))
        await self.writer.drain()
        lengths = await self.reader.readexactly(zygote.LENGTHS.size)
        head, body = zygote.LENGTHS.unpack(lengths)
        message = await self.reader.readexactly(head), await self.reader.readexactly(body)
        self.answered += 1
        return zygote.unpacked(message[0]), message[1]

    def step_aside(self) -> None:
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self.process, _SLOWER)


class Pool:
    """Workers over one graph, `size` of them for quick queries and as many for slow ones."""

    def __init__(self, files: Sequence[Path], size: int, limits: Limits, services: bool = False) -> None:
        self.limits, self.size = limits, size
        self._settings = zygote.settings(files, limits, services)
        self._idle: list[_Worker] = []
        self._places = asyncio.Semaphore(size)
        self._aside = 0
        self._talking = threading.Lock()
        self._errands: set[asyncio.Future[Any]] = set()
        self._control: socket.socket
        self._zygote: subprocess.Popen[bytes]
        self.triples = 0

    async def start(self) -> None:
        """Load the graph. Raises LoadError."""
        await asyncio.to_thread(self._start)
        self._idle = [await self._fork() for _ in range(self.size)]

    async def ask(self, question: Question) -> Answer:
        """Raises RefusedError for a question that gets no answer."""
        try:
            async with asyncio.timeout(self.limits.waiting):
                await self._places.acquire()
        except TimeoutError:
            message = "all workers are busy; try again in a while"
            raise RefusedError(HTTPStatus.SERVICE_UNAVAILABLE, message, again=_AGAIN) from None
        place = _Place(self._places)
        try:
            return await self._ask(await self._worker(), question, place)
        finally:
            place.give_up()

    async def _worker(self) -> _Worker:
        while self._idle:
            worker = self._idle.pop()
            if not worker.reader.at_eof():  # somebody else may have killed it
                return worker
            self._errand(self._kill(worker))
        forking = self._errand(self._fork())
        try:
            return await asyncio.shield(forking)
        except asyncio.CancelledError:  # the next one takes it
            forking.add_done_callback(self._keep)
            raise

    def _keep(self, forked: asyncio.Future[_Worker]) -> None:
        if not forked.cancelled() and not forked.exception():
            self._idle.append(forked.result())

    async def _ask(self, worker: _Worker, question: Question, place: _Place) -> Answer:
        asking = asyncio.ensure_future(worker.ask(question))
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
                message = f"the query was stopped: it took longer than {self.limits.seconds:g} seconds"
                raise RefusedError(HTTPStatus.SERVICE_UNAVAILABLE, message)
            head, body = self._heard(asking)
        except BaseException:
            asking.cancel()
            self._errand(self._kill(worker))
            raise
        finally:
            self._aside -= aside
        if aside or worker.answered >= _QUERIES or head["status"] >= HTTPStatus.INTERNAL_SERVER_ERROR:
            self._errand(self._kill(worker))
        else:
            self._idle.append(worker)
        if head["status"] != HTTPStatus.OK:
            raise RefusedError(HTTPStatus(head["status"]), head["message"])
        return Answer(head["media_type"], body, head["triples"])

    def _heard(self, asking: asyncio.Future[tuple[dict[str, Any], bytes]]) -> tuple[dict[str, Any], bytes]:
        try:
            return asking.result()
        except (EOFError, OSError):
            raise too_much_memory(self.limits) from None

    @property
    def alive(self) -> bool:
        return self._zygote.poll() is None

    async def close(self) -> None:
        """Stop at once, with all workers."""
        for worker in self._idle:
            worker.writer.close()
        await asyncio.gather(*self._errands, return_exceptions=True)
        self._control.close()
        await asyncio.to_thread(self._zygote.wait)

    def _errand(self, what: Coroutine[Any, Any, Result]) -> asyncio.Future[Result]:
        """Do something to its end, whatever becomes of the request."""
        errand = asyncio.ensure_future(what)
        self._errands.add(errand)
        errand.add_done_callback(self._errands.discard)
        return errand

    # -- the zygote --------------------------------------------------------------------------------

    def _start(self) -> None:
        self._control, theirs = socket.socketpair()
        ours = str(Path(__file__).parents[2])  # the same kg, wherever it was found
        paths = filter(None, (ours, os.environ.get("PYTHONPATH")))
        with theirs:
            self._zygote = subprocess.Popen(
                [sys.executable, "-P", "-m", "kg.serve.zygote", self._settings],
                stdin=theirs.fileno(),
                stderr=subprocess.PIPE,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
                process_group=0,  # so that Ctrl+C reaches the server only, which lets queries end
            )
        loaded = self._control.recv(zygote.NUMBER.size, socket.MSG_WAITALL)
        if len(loaded) < zygote.NUMBER.size:
            self._control.close()
            _, told = self._zygote.communicate()
            raise LoadError(told.decode(errors="replace").strip().rpartition("\n")[2])
        (self.triples,) = zygote.NUMBER.unpack(loaded)

    async def _fork(self) -> _Worker:
        ours, theirs = socket.socketpair()
        with theirs:
            process = await self._request(zygote.FORK, theirs)
        reader, writer = await asyncio.open_connection(sock=ours)
        return _Worker(process, reader, writer)

    async def _kill(self, worker: _Worker) -> int:
        worker.writer.close()
        return await self._request(zygote.KILL + zygote.NUMBER.pack(worker.process))

    async def _request(self, request: bytes, handle: socket.socket | None = None) -> int:
        return await asyncio.to_thread(self._exchange, request, handle)

    def _exchange(self, request: bytes, handle: socket.socket | None) -> int:
        try:
            with self._talking:
                socket.send_fds(self._control, [request], [handle.fileno()] if handle else [])
                reply = self._control.recv(zygote.NUMBER.size, socket.MSG_WAITALL)
        except OSError:
            reply = b""
        if len(reply) < zygote.NUMBER.size:
            raise LoadError(f"the process that holds the graph ended ({self._ended()})")
        return int(zygote.NUMBER.unpack(reply)[0])

    def _ended(self) -> str:
        code = self._zygote.wait()
        return signal.Signals(-code).name if code < 0 else f"code {code}"


class _Place:
    """One of the places for quick queries, given back once."""

    def __init__(self, places: asyncio.Semaphore) -> None:
        self._places: asyncio.Semaphore | None = places

    def give_up(self) -> None:
        if self._places:
            self._places.release()
            self._places = None
