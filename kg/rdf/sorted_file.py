"""Changes a sorted file: finds the lines to change by binary search, and copies the rest unparsed.

with SortedFile(path, key) as file:
    for each in sorted(more):
        if not file.find(key(each)):
            file.add(each)
    file.write(successor)
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

_BLOCK = 1 << 12  # number of bytes read at a time while a line is searched
_PIECE = 1 << 22  # number of bytes copied at a time


class SortedFile:
    """A file whose lines are sorted by `key`, and the changes to it.

    Lines must be searched for in the order of their keys; a change is made where the last search ended.
    """

    def __init__(self, path: Path, key: Callable[[bytes], bytes]) -> None:
        self._key = key
        self._file = path.open("rb", buffering=0)
        self._size = path.stat().st_size
        self._edits: list[tuple[int, int, bytes]] = []  # (offset, number of bytes removed, bytes added)
        self._go(0)

    def __enter__(self) -> SortedFile:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def find(self, key: bytes) -> bool:
        """Go to the first line whose key is not less than `key`; return whether its key is equal to `key`.

        `key` must not be less than in the previous search.
        """
        if self._at < self._size and self._here < key:
            low, high = self._around(key)
            while (after := low + len(self._line(low))) < high:
                middle = self._begin((low + high) // 2, low)
                middle = after if middle == low else middle
                if self._key(self._line(middle)) < key:
                    low = middle
                else:
                    high = middle
            self._go(high)
        return self._at < self._size and self._here == key

    def remove(self) -> None:
        """Remove the line that the last search has found."""
        self._edits.append((self._at, len(self._line(self._at)), b""))

    def add(self, line: bytes) -> None:
        """Add a line where the last search ended."""
        self._edits.append((self._at, 0, line))

    def write(self, path: Path) -> None:
        """Write the file with all changes to `path`."""
        copied = 0
        with path.open("wb") as into:
            for at, removed, added in (*self._edits, (self._size, 0, b"")):
                self._file.seek(copied)
                while copied < at and (piece := self._file.read(min(at - copied, _PIECE))):
                    copied += len(piece)
                    into.write(piece)
                into.write(added)
                copied = max(copied, at + removed)

    def _go(self, at: int) -> None:
        """Make the line that begins at the offset `at` the current one."""
        self._at = at
        self._here = self._key(self._line(at)) if at < self._size else b""

    def _around(self, key: bytes) -> tuple[int, int]:
        """The offsets of two lines: the key of the first is less than `key`, that of the second is not.

        The next key is usually near the last one. Therefore the first step is short, and each further step is
        twice as long as the one before.
        """
        low, step = self._at, _BLOCK
        while low + step < self._size:
            at = self._begin(low + step, low)
            if self._key(self._line(at)) >= key:
                return low, at
            low, step = at, step * 2
        return low, self._size

    def _line(self, at: int) -> bytes:
        """The line that begins at the offset `at`."""
        self._file.seek(at)
        data = self._file.read(_BLOCK)
        while b"\n" not in data and (more := self._file.read(len(data))):
            data += more
        return data[: data.find(b"\n") + 1] or data

    def _begin(self, at: int, least: int) -> int:
        """The offset at which the line with the byte at offset `at` begins, but never less than `least`."""
        while at > least:
            start = max(at - _BLOCK, least)
            self._file.seek(start)
            found = self._file.read(at - start).rfind(b"\n")
            if found >= 0:
                return start + found + 1
            at = start
        return least
