"""Stores readings in a folder, or in an object store that many machines can reach.

Both store bytes under names, completely or not at all. They raise no error if bytes cannot be read or stored,
because an article can be read again.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from uuid import uuid4

from kg.errors import Error

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem


class Storage(Protocol):
    """Stores bytes under names."""

    def get(self, name: str) -> bytes | None: ...
    def put(self, name: str, data: bytes) -> None: ...
    def names(self) -> Iterable[str]: ...
    def remove(self, name: str) -> None: ...


class StorageError(Error):
    """Readings cannot be stored at the given place; the message says why."""


def is_folder(given: Path | str) -> bool:
    """Whether `given` is the path of a folder, not the URL of an object store."""
    return isinstance(given, Path) or "://" not in given


def storage(given: Path | str) -> Storage:
    """The storage at a path, or at a URL in the syntax of fsspec ("s3://bucket/readings").

    Raises StorageError if the URL is not that of a store, or if the package for it is missing.
    """
    if is_folder(given):
        return Folder(Path(given))
    try:
        import fsspec

        fsspec.core.url_to_fs(str(given))
    except ImportError as error:
        raise StorageError(f"{given}: the package for this kind of storage is missing ({error}).") from error
    except ValueError as error:
        raise StorageError(f"{given}: fsspec does not know this kind of URL ({error}).") from error
    return Bucket(str(given))


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder, created on first use; it may be a network folder shared by many machines."""

    path: Path

    def get(self, name: str) -> bytes | None:
        try:
            return (self.path / name).read_bytes()
        except OSError:
            return None

    def put(self, name: str, data: bytes) -> None:
        new = self.path / f".{name}.{uuid4().hex}"  # a unique name: others may store there at the same time
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            with new.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            new.replace(self.path / name)
        except OSError:
            with suppress(OSError):
                new.unlink()

    def names(self) -> list[str]:
        """All names, including those of partial files."""
        return sorted(each.name for each in self.path.iterdir()) if self.path.is_dir() else []

    def remove(self, name: str) -> None:
        (self.path / name).unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class Bucket:
    """An object store, where an object appears only when it is complete."""

    url: str

    def get(self, name: str) -> bytes | None:
        system, root = self._opened()
        try:
            found = system.cat_file(f"{root}/{name}")
        except OSError:
            return None
        return found if isinstance(found, bytes) else None

    def put(self, name: str, data: bytes) -> None:
        system, root = self._opened()
        with suppress(OSError):
            system.makedirs(root, exist_ok=True)
            system.pipe_file(f"{root}/{name}", data)

    def names(self) -> list[str]:
        system, root = self._opened()
        try:
            return sorted(each.rpartition("/")[2] for each in system.ls(root, detail=False, refresh=True))
        except OSError:
            return []

    def remove(self, name: str) -> None:
        system, root = self._opened()
        with suppress(OSError):
            system.rm_file(f"{root}/{name}")

    def _opened(self) -> tuple[AbstractFileSystem, str]:
        """The file system for the URL, cached by fsspec, and the path in it."""
        import fsspec

        system, root = fsspec.core.url_to_fs(self.url)
        return system, root.rstrip("/")
