"""A whole Knowledge as JSON and back, without loss.

The format follows the dataclasses of `kg.model`: an object per dataclass, without fields that have their
default value. One item per line, so that two builds can be compared line by line.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from enum import StrEnum
from functools import cache
from sys import intern
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from kg.model import Knowledge

_SHORT = 24  # characters of a text that is likely to be repeated


def dump(knowledge: Knowledge) -> str:
    """JSON text, the same for equal knowledge."""
    return "".join(lines(knowledge))


def lines(knowledge: Knowledge) -> Iterator[str]:
    """The same text in pieces, which need not fit in memory together."""
    yield "{"
    for nth, each in enumerate(fields(knowledge)):
        yield (",\n" if nth else "") + f'"{each.name}": ['
        for number, item in enumerate(getattr(knowledge, each.name)):
            yield (",\n" if number else "\n") + _line(item)
        yield "]"
    yield "}\n"


def load(text: str) -> Knowledge:
    """The Knowledge given to `dump`. Raises ValueError for other text."""
    try:
        loaded = restored(json.loads(text), Knowledge)
    except (TypeError, KeyError, AttributeError) as wrong:
        raise ValueError(f"this is not an archive of a kg build: {wrong}") from wrong
    assert isinstance(loaded, Knowledge)
    return loaded


def _line(item: object) -> str:
    return json.dumps(plain(item), ensure_ascii=False, separators=(",", ":"))


def plain(value: Any) -> Any:
    """A dataclass as a dict of its non-default fields, a tuple as a list."""
    if is_dataclass(value):
        pairs = ((each, getattr(value, each.name)) for each in fields(value))
        return {each.name: plain(held) for each, held in pairs if held != each.default}
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    return value


def restored(held: Any, hint: Any) -> Any:
    """The value of type `hint` from `held`, its `plain` form. Raises TypeError, KeyError, AttributeError.

    Equal short texts ("Person", "active") share one object: thousands of copies would take most of the
    memory.
    """
    return _maker(hint)(held)


@cache
def _maker(hint: Any) -> Callable[[Any], Any]:
    """The constructor of values of a type, cached because there are millions of values."""
    if get_origin(hint) in {Union, UnionType}:
        return _one_of(get_args(hint))
    if get_origin(hint) is tuple:
        inner = get_args(hint)
        if inner[-1] is Ellipsis:
            item = _maker(inner[0])
            return lambda held: tuple(map(item, held))
        items = [_maker(each) for each in inner]
        return lambda held: tuple(make(one) for make, one in zip(items, held, strict=True))
    if isinstance(hint, type) and is_dataclass(hint):
        return _record(hint)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint
    return _text if hint is str else _plain(hint)


def _record(hint: type) -> Callable[[Any], Any]:
    makers = {name: _maker(each) for name, each in get_type_hints(hint).items()}

    def make(held: Any) -> Any:
        return hint(**{name: makers[name](item) for name, item in held.items()})

    return make


def _one_of(members: tuple[Any, ...]) -> Callable[[Any], Any]:
    """The constructor of values of a union: an object is a dataclass, null is None."""
    records: list[Any] = [each for each in members if is_dataclass(each)]
    others = [each for each in members if each not in records and each is not NoneType]
    record, other = (_maker(some[0]) if some else None for some in (records, others))

    def make(held: Any) -> Any:
        if held is None:
            return None
        fitting = record if isinstance(held, dict) else other
        if fitting is None:
            raise TypeError(f"{held!r} is not one of {members}")
        return fitting(held)

    return make


def _text(held: Any) -> str:
    if not isinstance(held, str):
        raise TypeError(f"{held!r} is not a str")
    return intern(held) if len(held) <= _SHORT else held


def _plain(hint: Any) -> Callable[[Any], Any]:
    def make(held: Any) -> Any:
        if not isinstance(held, hint):
            raise TypeError(f"{held!r} is not of type {hint.__name__}")
        return held

    return make
