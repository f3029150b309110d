"""Work in a separate process, which can be stopped: a query blocks the interpreter until it is answered."""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection, Pipe
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TypeVar

from kg.errors import Error

RESULT = TypeVar("RESULT")


MB = 1 << 20


class TooLongError(Error):
    """The work was stopped; the message gives the limit that it exceeded."""


def limited(work: Callable[[], RESULT], seconds: float, what: str = "the query", memory: int = 0) -> RESULT:
    """What `work` returns, or raises. Raises TooLongError after the time limit; `what` names the work in
    messages.

    `memory`: bytes that the work may allocate (Linux), 0 for any number. Work, result and errors must be
    picklable. Whatever ends the wait ends the work.
    """
    ours, theirs = Pipe(duplex=False)
    process = _process()(target=_run, args=(work, theirs, memory), daemon=True)
    process.start()
    theirs.close()
    try:
        if not ours.poll(seconds):
            raise TooLongError(f"{what} was stopped: it took longer than {seconds:g} seconds")
        done, result = ours.recv()
    except EOFError:
        raise TooLongError(f"{what} ended without an answer: was it out of memory?") from None
    finally:
        process.kill()
        process.join()
        ours.close()
    if isinstance(done, MemoryError) and memory:
        raise TooLongError(f"{what} was stopped: it needed more than {memory // MB:,} MB of memory") from None
    if isinstance(done, Exception):
        raise done
    return result  # type: ignore[no-any-return]  # that a pipe does not know


def _process() -> type[BaseProcess]:
    """A fork starts at once, but may deadlock if other threads run, such as those of the store."""
    alone = threading.active_count() == 1 and "pyoxigraph" not in sys.modules
    if sys.platform != "win32" and alone:
        return multiprocessing.get_context("fork").Process
    return multiprocessing.get_context("spawn").Process


def _run(work: Callable[[], RESULT], pipe: Connection, memory: int) -> None:
    os.dup2(os.open(os.devnull, os.O_RDWR), 2)  # a crashing store writes a lot
    if memory:
        _bound(memory)
    try:
        answer: tuple[Exception | None, RESULT | None] = None, work()
    except Exception as error:  # raised again in the waiting process
        answer = error, None
    pipe.send(answer)


def _bound(memory: int) -> None:
    """Limits the memory of the process to this much more than it has."""
    with suppress(ImportError, OSError, ValueError):  # only Linux has the limit and the file
        import resource

        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
        total = pages * resource.getpagesize() + memory
        resource.setrlimit(resource.RLIMIT_AS, (total, total))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
