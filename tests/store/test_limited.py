"""Work in a separate process ends at its limits, with a message."""

from __future__ import annotations

import ctypes
import os
import sys
from functools import partial

import pytest

from kg.store.limited import MB, TooLongError, limited


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has the limit")
def test_work_that_takes_too_much_memory_is_stopped() -> None:
    assert len(limited(partial(bytes, 9), 60, memory=512 * MB)) == 9
    with pytest.raises(TooLongError, match="the check was stopped: it needed more than 512 MB of memory"):
        limited(partial(bytes, 1 << 40), 60, "the check", 512 * MB)


def test_a_crash_is_reported_without_what_the_store_writes(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(TooLongError, match="the query ended without an answer"):
        limited(crash, 60)
    assert capfd.readouterr() == ("", "")


def crash() -> None:
    os.write(2, b"stack trace")
    ctypes.string_at(0)
