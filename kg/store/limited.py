"""Runs work in a separate process that can be stopped, because a query cannot be interrupted from Python."""

from __future__ import annotations

import multiprocessing
import os
import signal
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
_WORDS = 1 << 16  # maximum number of bytes of error output that are read: as many as a pipe holds


class TooLongError(Error):
    """The work was stopped; the message gives the limit that it exceeded."""


def limited(work: Callable[[], RESULT], seconds: float, what: str = "the query", memory: int = 0) -> RESULT:
    """What `work` returns or raises, computed in another process. Raises TooLongError after the time limit.

    `what`: a name of the work for messages; `memory`: the limit in bytes that the work itself sets by
    `bound`, for messages, or 0 if it sets none. Work, result and errors must be picklable. The process is
    killed in any case.
    """
    (ours, theirs), (said, saying) = Pipe(duplex=False), Pipe(duplex=False)
    process = _process()(target=_run, args=(work, theirs, saying), daemon=True)
    process.start()
    theirs.close()
    saying.close()
    done: Exception | None = None
    try:
        if not ours.poll(seconds):
            raise TooLongError(f"{what} was stopped: it took longer than {seconds:g} seconds")
        done, result = ours.recv()
    except EOFError:
        process.join()
        raise TooLongError(f"{what} {_cause(process.exitcode, last_words(said.fileno()), memory)}") from None
    finally:
        process.kill()
        process.join()
        ours.close()
        said.close()
    if isinstance(done, MemoryError):
        raise TooLongError(f"{what} {_too_much(memory)}") from None
    if done:
        raise done
    return result  # type: ignore[no-any-return]  # a pipe does not know the type of what it carries


def bound(memory: int) -> None:
    """Limit the memory of this process to `memory` bytes more than it has now; only on Linux."""
    with suppress(ImportError, OSError, ValueError):  # other systems lack the limit or the file
        import resource

        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
        total = pages * resource.getpagesize() + memory
        resource.setrlimit(resource.RLIMIT_AS, (total, total))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def crashed(said: bytes) -> str:
    """Why the store crashed its process, according to what it wrote to standard error; "" if it ran
    out of memory.
    """
    if b"total order" in said:
        return "it orders values of several types, which the store cannot; order by STR(?x) instead"
    lacks = (b"memory allocation", b"bad_alloc", b"Cannot allocate memory", b"temporarily unavailable")
    return "" if any(each in said for each in lacks) else "it crashed the store; is it nested too deeply?"


def _process() -> type[BaseProcess]:
    """The class of the process: one that forks, which starts at once, but may deadlock if other threads run
    (the store has some); if they do, one that starts a new interpreter.
    """
    alone = threading.active_count() == 1 and "pyoxigraph" not in sys.modules
    if sys.platform != "win32" and alone:
        return multiprocessing.get_context("fork").Process
    return multiprocessing.get_context("spawn").Process


def _run(work: Callable[[], RESULT], pipe: Connection, saying: Connection) -> None:
    _redirect(saying)
    try:
        answer: tuple[Exception | None, RESULT | None] = None, work()
    except Exception as error:  # `limited` raises it again in the process that waits
        answer = error, None
    pipe.send(answer)


def _redirect(saying: Connection) -> None:
    """Redirect standard error to a pipe. What does not fit into the pipe is lost: a crashing store writes a
    lot.
    """
    with suppress(OSError):  # on Windows, a pipe is no file
        os.dup2(os.open(os.devnull, os.O_RDWR), 2)
        os.set_blocking(saying.fileno(), False)
        os.dup2(saying.fileno(), 2)


def last_words(pipe: int) -> bytes:
    """What an ended process has written into the pipe with this descriptor; b"" if nothing."""
    try:
        os.set_blocking(pipe, False)
        return os.read(pipe, _WORDS)
    except OSError:
        return b""


def _cause(code: int | None, said: bytes, memory: int) -> str:
    """Why a process ended without an answer, in words. `code`: its exit code; `said`: its error output."""
    if code == -getattr(signal, "SIGKILL", 0):
        return "was killed from outside: was the machine out of memory?"
    why = crashed(said)
    return f"was stopped: {why}" if why else _too_much(memory)


def _too_much(memory: int) -> str:
    amount = f"more than {memory // MB:,} MB of memory" if memory else "more memory than there is"
    return f"was stopped: it needed {amount}"
