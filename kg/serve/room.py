"""Limits pending data: requests that wait to be answered, and answers that slow clients have not read yet.

The limits on memory and disk apply to all connections together. An answer that is too long for memory is in
an unnamed file, which is deleted when nobody reads it any more.
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

CHUNK = 1 << 16  # number of bytes sent at a time; for each slow client, two chunks are in memory
_ON_DISK = Path("/var/tmp")  # /tmp is in memory on many machines


class Budget:
    """A limited number of bytes: parts of it are taken and given back."""

    def __init__(self, most: int) -> None:
        self.most, self.used = most, 0

    def take(self, wanted: int) -> bool:
        """Take `wanted` bytes if that many are left; return whether they were taken."""
        if wanted > self.most - self.used:
            return False
        self.used += wanted
        return True

    def take_some(self, wanted: int) -> int:
        """Take up to `wanted` bytes; return how many were taken."""
        taken = max(0, min(wanted, self.most - self.used))
        self.used += taken
        return taken

    def give(self, taken: int) -> None:
        self.used -= taken


class Shared:
    """Data held in memory while it is sent; data sent to several clients counts once."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._holders: dict[int, int] = {}  # id() of the data -> number of connections that send it

    @contextmanager
    def held(self, body: bytes) -> Iterator[bool]:
        """Count the data as held within the block. Yields whether there is room for it."""
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
