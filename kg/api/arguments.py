"""Checks arguments of the Python API: a function returns its argument or raises an error that names it."""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike
from pathlib import Path
from typing import TypeAlias

from kg.errors import ArgumentError

StrPath: TypeAlias = str | PathLike[str]

_SHOWN = 40  # maximum number of characters of a value in a message


def path(name: str, given: object) -> Path:
    """The argument `name` as a path. Raises ArgumentError."""
    if not isinstance(given, str | PathLike):
        raise wrong(name, given, "a path", 'Give a path, for example "folder/file".')
    found = Path(given)
    if "\0" in str(found):  # the operating system refuses it with a ValueError
        raise ArgumentError(f"{name}: {shown(given)} contains a NUL character. Correct the path.")
    return found


def paths(name: str, given: object) -> tuple[Path, ...]:
    """The argument `name` as paths: it may be one path, or an iterable of them. Raises ArgumentError."""
    if isinstance(given, str | PathLike):
        return (path(name, given),)
    if not isinstance(given, Iterable) or isinstance(given, bytes):
        raise wrong(name, given, "paths", 'Give paths, for example ["file"].')
    return tuple(path(name, one) for one in given)


def text(name: str, given: object) -> str:
    """The argument `name`, which must be a string. Raises ArgumentError."""
    if not isinstance(given, str):
        raise wrong(name, given, "text", "Give a string.")
    return given


def number(name: str, given: object) -> int:
    """The argument `name`, which must be a whole number from 1 on. Raises ArgumentError."""
    if not isinstance(given, int) or isinstance(given, bool) or given < 1:
        raise wrong(name, given, "a whole number from 1", "Give one, for example 4.")
    return given


def wrong(name: str, given: object, wanted: str, mend: str) -> ArgumentError:
    """The error for an argument that is not what is `wanted`; `mend`: what to do."""
    return ArgumentError(f"{name}: {shown(given)} is not {wanted}. {mend}")


def shown(given: object) -> str:
    """A value as shown in a message: None, 3 (int), 'text', a list."""
    if given is None or isinstance(given, str):
        return _short(repr(given))
    kind = type(given).__name__
    return f"{_short(repr(given))} ({kind})" if isinstance(given, int | float | bytes) else f"a {kind}"


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
