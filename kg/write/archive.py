"""Writes a whole Knowledge as JSON and reads it back, without loss.

The format follows the dataclasses of `kg.model`: each is a JSON object, without the fields that have their
default value. Each item (entity, event, statement ...) is one line, so that two builds can be compared line
by line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass
from enum import StrEnum
from functools import cache
from json.encoder import encode_basestring
from operator import attrgetter
from sys import intern
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from kg.model import Knowledge

_SHORT = 24  # maximum length of a text that is shared in memory, because short texts are often repeated
_FIELD = re.compile(r'\{?"(\w+)": \[')  # the beginning of the line that opens the list of a field's items
_ID = '{"id":"'  # the beginning of the line of every item, before its id
_DECODER = json.JSONDecoder()


def dump(knowledge: Knowledge) -> str:
    """A Knowledge as JSON text, which is the same for equal Knowledge."""
    return "".join(lines(knowledge))


def lines(knowledge: Knowledge, told: Callable[[Any], str] | None = None) -> Iterator[str]:
    """The text of `dump` in pieces, so that it need not fit into memory.

    `told`: the function that makes the line of an item, by default `line_of`.
    """
    told = told or line_of
    yield "{"
    for nth, each in enumerate(fields(knowledge)):
        yield (",\n" if nth else "") + f'"{each.name}": ['
        for number, item in enumerate(getattr(knowledge, each.name)):
            yield (",\n" if number else "\n") + told(item)
        yield "]"
    yield "}\n"


def load(text: str) -> Knowledge:
    """The Knowledge from which `dump` made this text. Raises ValueError for any other text."""
    try:
        loaded = restored(json.loads(text), Knowledge)
    except (TypeError, KeyError, AttributeError) as wrong:
        raise ValueError(f"this is not an archive of a kg build: {wrong}") from wrong
    assert isinstance(loaded, Knowledge)
    return loaded


def items(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The items of an archive, given its lines: for each, the name of its field and its own line."""
    field = ""
    for line in lines:
        if found := _FIELD.match(line):
            field = found[1]
        elif line.startswith(_ID):
            yield field, _without_ends(line.rstrip("\n"))


def _without_ends(line: str) -> str:
    """The line of an item without what may follow it: a comma, the end of the list, the end of the
    archive.
    """
    if line.endswith(","):
        return line[:-1].removesuffix("]")
    return line.removesuffix("]}")


def line_of(item: Any) -> str:
    """An item as one line of JSON, which begins with its id."""
    return _by_type(item)


def id_of(line: str) -> str:
    """The id of the item with this line."""
    found, _ = _DECODER.raw_decode(line, len(_ID) - 1)
    return str(found)


def item(field: str, line: str) -> Any:
    """The item of a field (a field of Knowledge), restored from its line."""
    return restored(json.loads(line), get_args(get_type_hints(Knowledge)[field])[0])


@cache
def _writer(hint: Any) -> Callable[[Any], str]:
    """The function that writes a type's values as JSON, three times as fast as `json.dumps(plain(value))`."""
    if get_origin(hint) is tuple:
        inner = get_args(hint)
        if inner[-1] is Ellipsis:
            write = _writer(inner[0])
            return lambda held: f"[{','.join(map(write, held))}]"
        writers = [_writer(each) for each in inner]
        return lambda held: f"[{','.join([write(one) for write, one in zip(writers, held, strict=True)])}]"
    if isinstance(hint, type) and is_dataclass(hint):
        return _record_writer(hint)
    if hint is str or (isinstance(hint, type) and issubclass(hint, StrEnum)):
        return encode_basestring
    return _WRITERS.get(hint, _by_type)


def _record_writer(hint: type) -> Callable[[Any], str]:
    hints = get_type_hints(hint)
    parts = [
        (f"{encode_basestring(each.name)}:", attrgetter(each.name), each.default, _writer(hints[each.name]))
        for each in fields(hint)
    ]

    def written(value: Any) -> str:
        told = [key + write(held) for key, get, usual, write in parts if (held := get(value)) != usual]
        return f"{{{','.join(told)}}}"

    return written


def _by_type(held: Any) -> str:
    """A value as JSON, by the type of the value itself (not by the declared type of its field)."""
    kind: Any = type(held)
    return _writer(kind)(held)


_WRITERS: dict[Any, Callable[[Any], str]] = {
    bool: lambda held: "true" if held else "false",
    int: repr,
    float: repr,
    NoneType: lambda _: "null",
}


def plain(value: Any) -> Any:
    """A value for JSON: a dataclass becomes a dict of its non-default fields, a tuple becomes a list."""
    if is_dataclass(value):
        pairs = ((each, getattr(value, each.name)) for each in fields(value))
        return {each.name: plain(held) for each, held in pairs if held != each.default}
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    return value


def restored(held: Any, hint: Any) -> Any:
    """The value of type `hint` for which `plain` gives `held`. Raises TypeError, KeyError, AttributeError.

    Equal short texts ("Person", "active") become one object, because thousands of copies would take most of
    the memory.
    """
    return _maker(hint)(held)


@cache
def _maker(hint: Any) -> Callable[[Any], Any]:
    """The function that restores values of a type; cached, because there are millions of values."""
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
    """The function that restores values of a union: a JSON object becomes the dataclass in the union, null
    becomes None, and any other value a member that is not a dataclass.
    """
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
