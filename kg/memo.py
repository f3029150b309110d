"""Keeps results of functions on disk, so that a later build computes only what has changed.

The key of a result is the name of its step and the article that it is about. The result is stored with a
digest of itself and of everything that it depends on: kg's code and data (`version`), and the arguments. It
is used only if that digest is the same, and therefore only if nothing has changed and the file is undamaged.
A step must depend on nothing but the article's reading and what is passed to `Memo.of` as `given`.

    nodes = memo.of("events", article, [labels, ids], tuple[Event, ...], lambda: made(reading, labels, ids))

The results are in one SQLite file. An interrupted build leaves it consistent. If it is damaged, locked by
another build or on a full disk, the build does without it: everything can be computed again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

if TYPE_CHECKING:
    from msgspec.msgpack import Decoder, Encoder

T = TypeVar("T")

_LENGTH = 16  # number of bytes of a digest
_AT_ONCE = 2_000  # number of results written in one transaction
# SQLite's errors that do not mean that the file is damaged; after any other error it is deleted
_NO_DAMAGE = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN)
_GET = "SELECT sum, data FROM memo WHERE name = ?"
_PUT = "INSERT OR REPLACE INTO memo VALUES (?, ?, ?)"
_TABLE = "CREATE TABLE IF NOT EXISTS memo (name BLOB PRIMARY KEY, sum BLOB, data BLOB)"


class Memo:
    """Results in a file; without a path, nothing is stored. Closed at the end of a `with` block."""

    def __init__(self, path: Path | None = None, version: str = "") -> None:
        self._path, self._version = path, version.encode()
        self._used: set[bytes] = set()
        self._made = 0
        self._file: sqlite3.Connection | None = None
        if path is not None:
            with suppress(OSError, sqlite3.Error):
                path.parent.mkdir(parents=True, exist_ok=True)
                self._file = sqlite3.connect(path, timeout=0)
        self._try(_open)

    def of(self, step: str, article: str, given: object, kind: Any, make: Callable[[], T]) -> T:
        """The result of `make`, a value of type `kind`: the stored result if nothing has changed; otherwise
        `make` is called.

        `article`: digest of the article's reading; if it is "" (unknown), the result is not stored. `given`:
        everything else that the result depends on, without sets and dicts, whose order may differ.
        """
        if self._file is None or not article:
            return make()
        name = _digest(step.encode(), article.encode())
        self._used.add(name)
        wanted = _digest(self._version, encoder().encode(given))
        row = self._try(lambda file: file.execute(_GET, (name,)).fetchone())
        if row and isinstance(row[1], bytes) and row[0] == _digest(name, wanted, row[1]):
            found: T = decoder(kind).decode(row[1])
            return found
        made = make()
        data = encoder().encode(made)
        self._try(lambda file: file.execute(_PUT, (name, _digest(name, wanted, data), data)))
        self._made += 1
        if self._made % _AT_ONCE == 0:
            self._try(sqlite3.Connection.commit)
        return made

    def tidy(self) -> None:
        """Delete the results that were not requested since the file was opened: those of other articles."""
        self._try(self._tidy)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._try(sqlite3.Connection.commit)
        if self._file is not None:
            self._file.close()
        self._file = None

    def _tidy(self, file: sqlite3.Connection) -> None:
        names = [name for (name,) in file.execute("SELECT name FROM memo") if name not in self._used]
        file.executemany("DELETE FROM memo WHERE name = ?", ((name,) for name in names))

    def _try(self, do: Callable[[sqlite3.Connection], T]) -> T | None:
        """The result of `do`; None if there is no file, or if `do` fails, after which the file is no longer
        used.
        """
        if self._path is None or self._file is None:
            return None
        try:
            return do(self._file)
        except (sqlite3.Error, ValueError) as error:
            self._file.close()
            self._file = None
            if getattr(error, "sqlite_errorcode", None) not in _NO_DAMAGE:
                with suppress(OSError):
                    self._path.unlink(missing_ok=True)
            return None


def _open(file: sqlite3.Connection) -> None:
    file.execute("PRAGMA locking_mode = EXCLUSIVE")
    file.execute(_TABLE)


def _digest(*parts: bytes) -> bytes:
    found = blake2b(digest_size=_LENGTH)
    for part in parts:
        found.update(len(part).to_bytes(8, "little"))
        found.update(part)
    return found.digest()


@cache
def encoder() -> Encoder:
    """An encoder of dataclasses as MessagePack."""
    from msgspec.msgpack import Encoder

    return Encoder()


@cache
def decoder(kind: Any) -> Decoder[Any]:
    """A decoder of MessagePack to values of type `kind`; it needs a quarter of the time of `pickle`."""
    from msgspec.msgpack import Decoder

    return Decoder(kind)
