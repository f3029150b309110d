"""Work in a separate process, which can be stopped: a query blocks the interpreter until it is answered."""

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
_WORDS = 1 << 16  # bytes that a pipe holds


class TooLongError(Error):
    """The work was stopped; the message gives the limit that it exceeded."""


def limited(work: Callable[[], RESULT], seconds: float, what: str = "the query", memory: int = 0) -> RESULT:
    """What `work` returns, or raises. Raises TooLongError after the time limit; `what` names the work in
    messages.

    `memory`: the bytes that the work gives to `bound`, for the message; 0 if it is not bounded. Work, result
    and errors must be picklable. Whatever ends the wait ends the work.
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
    return result  # type: ignore[no-any-return]  # that a pipe does not know


def bound(memory: int) -> None:
    """Limits the memory of this process to this much more than it has (Linux)."""
    with suppress(ImportError, OSError, ValueError):  # only Linux has the limit and the file
        import resource

        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
        total = pages * resource.getpagesize() + memory
        resource.setrlimit(resource.RLIMIT_AS, (total, total))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def crashed(said: bytes) -> str:
    """Why the store ended its process, from what it wrote on standard error; "" for lack of memory."""
    if b"total order" in said:
        return "it orders values of several types, which the store cannot; order by STR(?x) instead"
    lacks = (b"memory allocation", b"bad_alloc", b"Cannot allocate memory", b"temporarily unavailable")
    return "" if any(each in said for each in lacks) else "it crashed the store; is it nested too deeply?"


def _process() -> type[BaseProcess]:
    """A fork starts at once, but may deadlock if other threads run, such as those of the store."""
    alone = threading.active_count() == 1 and "pyoxigraph" not in sys.modules
    if sys.platform != "win32" and alone:
        return multiprocessing.get_context("fork").Process
    return multiprocessing.get_context("spawn").Process


def _run(work: Callable[[], RESULT], pipe: Connection, saying: Connection) -> None:
    _redirect(saying)
    try:
        answer: tuple[Exception | None, RESULT | None] = None, work()
    except Exception as error:  # raised again in the waiting process
        answer = error, None
    pipe.send(answer)


def _redirect(saying: Connection) -> None:
    """Redirect standard error to a pipe. A crashing store writes a lot; what does not fit into the pipe is
    lost.
    """
    with suppress(OSError):  # on Windows, a pipe is no file
        os.dup2(os.open(os.devnull, os.O_RDWR), 2)
        os.set_blocking(saying.fileno(), False)
        os.dup2(saying.fileno(), 2)


def last_words(pipe: int) -> bytes:
    """What an ended process wrote into a pipe (its descriptor), as far as a pipe holds it; b"" if nothing."""
    try:
        os.set_blocking(pipe, False)
        return os.read(pipe, _WORDS)
    except OSError:
        return b""


def _cause(code: int | None, said: bytes, memory: int) -> str:
    """The cause of an end without an answer."""
    if code == -getattr(signal, "SIGKILL", 0):
        return "was killed from outside: was the machine out of memory?"
    why = crashed(said)
    return f"was stopped: {why}" if why else _too_much(memory)


def _too_much(memory: int) -> str:
    amount = f"more than {memory // MB:,} MB of memory" if memory else "more memory than there is"
    return f"was stopped: it needed {amount}"
