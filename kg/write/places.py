"""Where readings are kept: a folder, or an object store that many machines reach.

Both know names and bytes only. What is put is there as a whole or not at all. Where something cannot be had
or kept, nothing is raised: a reading can be made again.
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


class Place(Protocol):
    """Names, and the bytes of each."""

    def get(self, name: str) -> bytes | None: ...
    def put(self, name: str, data: bytes) -> None: ...
    def names(self) -> Iterable[str]: ...
    def remove(self, name: str) -> None: ...


class PlaceError(Error):
    """Readings cannot be kept there; the message says why."""


def place(given: Path | str) -> Place:
    """A folder, or what a URL names, as fsspec has it ("s3://bucket/readings").

    Raises PlaceError where it is no URL of a store, or a package is missing that speaks to it.
    """
    if isinstance(given, Path) or "://" not in given:
        return Folder(Path(given))
    try:
        import fsspec

        fsspec.core.url_to_fs(given)
    except ImportError as error:
        raise PlaceError(f"{given}: a package is missing that speaks to it ({error}).") from error
    except ValueError as error:
        raise PlaceError(f"{given}: is no place that fsspec knows ({error}).") from error
    return Bucket(given)


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder, made when something is put there; it may be a network's that many machines share."""

    path: Path

    def get(self, name: str) -> bytes | None:
        try:
            return (self.path / name).read_bytes()
        except OSError:
            return None

    def put(self, name: str, data: bytes) -> None:
        new = self.path / f".{name}.{uuid4().hex}"  # whatever others put there at the same time
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
        """All of them, also of what was left half written."""
        return sorted(each.name for each in self.path.iterdir()) if self.path.is_dir() else []

    def remove(self, name: str) -> None:
        (self.path / name).unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class Bucket:
    """An object store, where an object is there once it is whole."""

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
        """What speaks to it, which fsspec keeps, and the path there."""
        import fsspec

        system, root = fsspec.core.url_to_fs(self.url)
        return system, root.rstrip("/")
