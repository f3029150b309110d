"""Work in a separate process, which can be stopped: a query blocks the interpreter until it is answered."""

from __future__ import annotations

import multiprocessing
import sys
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection, Pipe
from multiprocessing.process import BaseProcess
from typing import TypeVar

from kg.errors import Error

RESULT = TypeVar("RESULT")


class TooLongError(Error):
    """The work was stopped; the message gives the number of seconds."""


def limited(work: Callable[[], RESULT], seconds: float, what: str = "the query") -> RESULT:
    """What `work` returns, or raises. Raises TooLongError after the time limit; `what` names the work in
    messages.

    Work, result and errors must be picklable. Whatever ends the wait ends the work.
    """
    ours, theirs = Pipe(duplex=False)
    process = _process()(target=_run, args=(work, theirs), daemon=True)
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
    if isinstance(done, Exception):
        raise done
    return result  # type: ignore[no-any-return]  # that a pipe does not know


def _process() -> type[BaseProcess]:
    """A fork starts at once, but may deadlock if other threads run, such as those of the store."""
    alone = threading.active_count() == 1 and "pyoxigraph" not in sys.modules
    if sys.platform != "win32" and alone:
        return multiprocessing.get_context("fork").Process
    return multiprocessing.get_context("spawn").Process


def _run(work: Callable[[], RESULT], pipe: Connection) -> None:
    try:
        answer: tuple[Exception | None, RESULT | None] = None, work()
    except Exception as error:  # raised again in the waiting process
        answer = error, None
    pipe.send(answer)
