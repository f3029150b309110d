"""Limits on pending data: requests to be answered, answers to be sent to slow clients.

Memory and disk are limited over all connections. An answer that is too long for memory is in an unnamed file,
which is deleted with its last reader.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
import weakref
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

CHUNK = 1 << 16  # bytes sent at once; two chunks per slow client are in memory
_ON_DISK = Path("/var/tmp")  # /tmp is in memory on many machines


class Budget:
    """A number of bytes, of which parts are taken and returned."""

    def __init__(self, most: int) -> None:
        self.most, self.used = most, 0

    def take(self, wanted: int) -> bool:
        """Take this much, if there is room; return whether there was."""
        if wanted > self.most - self.used:
            return False
        self.used += wanted
        return True

    def take_some(self, wanted: int) -> int:
        """Take up to this much; return how much there was room for."""
        taken = max(0, min(wanted, self.most - self.used))
        self.used += taken
        return taken

    def give(self, taken: int) -> None:
        self.used -= taken


class Shared:
    """Data held in memory while it is sent; data sent to several clients counts once."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._holders: dict[int, int] = {}  # identity of the bytes -> number of senders

    @contextmanager
    def held(self, body: bytes) -> Iterator[bool]:
        """Hold the data in memory within the block; the value says whether there is room."""
        known = id(body) in self._holders
        room = known or self._budget.take(len(body))
        if not room:
            yield False
            return
        self._holders[id(body)] = self._holders.get(id(body), 0) + 1
        try:
            yield True
        finally:
            self._holders[id(body)] -= 1
            if not self._holders[id(body)]:
                del self._holders[id(body)]
                self._budget.give(len(body))


class Spilled:
    """An answer in a file. `gone` is called when its last reader is done."""

    def __init__(self, file: BinaryIO, size: int, gone: Callable[[], None]) -> None:
        self._file, self._size = file, size
        weakref.finalize(self, _close, file, gone).atexit = False

    def __len__(self) -> int:
        return self._size

    def read(self) -> bytes:
        return os.pread(self._file.fileno(), self._size, 0)

    async def chunks(self) -> AsyncIterator[bytes]:
        """The bytes in order, each chunk read after the previous one was sent."""
        for start in range(0, self._size, CHUNK):
            yield await asyncio.to_thread(os.pread, self._file.fileno(), CHUNK, start)


def _close(file: BinaryIO, gone: Callable[[], None]) -> None:
    file.close()
    gone()


def spill() -> BinaryIO:
    """A new unnamed file: in TMPDIR if that is set, otherwise on disk. Raises OSError."""
    on_disk = "TMPDIR" not in os.environ and os.access(_ON_DISK, os.W_OK)
    return tempfile.TemporaryFile(buffering=0, dir=_ON_DISK if on_disk else None)
