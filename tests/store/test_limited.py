"""Work in a separate process ends at its limits, with a message."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from functools import partial

import pytest

from kg.store.limited import MB, TooLongError, bound, limited


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has the limit")
def test_work_that_takes_too_much_memory_is_stopped() -> None:
    assert len(limited(partial(take, 9), 60, memory=512 * MB)) == 9
    with pytest.raises(TooLongError, match="the check was stopped: it needed more than 512 MB of memory"):
        limited(partial(take, 1 << 40), 60, "the check", 512 * MB)


def take(size: int) -> bytes:
    bound(512 * MB)
    return bytes(size)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("comparison function does not correctly implement a total order", r"order by STR\(\?x\)"),
        ("memory allocation of 99 bytes failed", "was stopped: it needed more memory than there is"),
        ("stack trace", "the query was stopped: it crashed the store"),
    ],
)
def test_a_crash_is_reported_without_what_the_store_writes(
    capfd: pytest.CaptureFixture[str], said: str, told: str
) -> None:
    with pytest.raises(TooLongError, match=told):
        limited(partial(crash, said), 60)
    assert capfd.readouterr() == ("", "")


def crash(said: str) -> None:
    os.write(2, said.encode())
    ctypes.string_at(0)


def test_work_that_is_killed_from_outside_is_reported_as_killed() -> None:
    with pytest.raises(TooLongError, match="the query was killed from outside"):
        limited(kill, 60)


def kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
