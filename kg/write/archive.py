"""A whole Knowledge as JSON and back, nothing lost.

The form follows the dataclasses of `kg.model`: an object per dataclass, without the fields that have
their default value. One item per line, so that two builds can be compared line by line.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from kg.model import Knowledge


def dump(knowledge: Knowledge) -> str:
    """JSON text, the same for equal knowledge."""
    return "".join(lines(knowledge))


def lines(knowledge: Knowledge) -> Iterator[str]:
    """The same text in pieces, so that nobody has to hold the whole."""
    yield "{"
    for nth, each in enumerate(fields(knowledge)):
        yield (",\n" if nth else "") + f'"{each.name}": ['
        for number, item in enumerate(getattr(knowledge, each.name)):
            yield (",\n" if number else "\n") + _line(item)
        yield "]"
    yield "}\n"


def load(text: str) -> Knowledge:
    """The Knowledge that `dump` was given. Raises ValueError for other text."""
    try:
        loaded = restored(json.loads(text), Knowledge)
    except (TypeError, KeyError, AttributeError) as wrong:
        raise ValueError(f"this is no archive of a kg build: {wrong}") from wrong
    assert isinstance(loaded, Knowledge)
    return loaded


def _line(item: object) -> str:
    return json.dumps(plain(item), ensure_ascii=False, separators=(",", ":"))


def plain(value: Any) -> Any:
    """A dataclass as a dict of what differs from the defaults, a tuple as a list."""
    if is_dataclass(value):
        pairs = ((each, getattr(value, each.name)) for each in fields(value))
        return {each.name: plain(held) for each, held in pairs if held != each.default}
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    return value


def restored(held: Any, hint: Any) -> Any:
    """The value of type `hint` that `plain` made `held` of. Raises TypeError, KeyError, AttributeError."""
    if get_origin(hint) in {Union, UnionType}:
        return restored(held, _member(held, get_args(hint)))
    if get_origin(hint) is tuple:
        inner = get_args(hint)
        if inner[-1] is Ellipsis:
            return tuple(restored(item, inner[0]) for item in held)
        return tuple(restored(item, each) for item, each in zip(held, inner, strict=True))
    if isinstance(hint, type) and is_dataclass(hint):
        hints = _hints(hint)
        return hint(**{name: restored(item, hints[name]) for name, item in held.items()})
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint(held)
    if not isinstance(held, hint):
        raise TypeError(f"{held!r} is no {hint.__name__}")
    return held


def _member(value: Any, members: tuple[Any, ...]) -> Any:
    """Which type of a union `value` was: an object is a dataclass, null is None."""
    if value is None:
        return NoneType
    return next(each for each in members if is_dataclass(each) == isinstance(value, dict))


_hints = cache(get_type_hints)
