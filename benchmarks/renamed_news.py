"""Makes many readings from those of a few real articles: copies with other names and dates.

    copies(readings, 3_000) -> 3,000 readings, one at a time

In a copy, each word of a name is replaced everywhere by an invented word of the same length, so that offsets
and everything else in the readings stay the same; the dates of publication are shifted. The articles of one
copy share names, so that they form the same stories as the originals; two copies have hardly a name in
common.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from enum import Enum
from itertools import islice
from random import Random
from typing import Any

from kg.model import MentionKind, Reading

_WORD = re.compile(r"[^\W\d_]+")
_SHORT = 3  # minimum number of letters of a word that is replaced; "of", "de" and "UN" are not
_KEPT = frozenset(("type", "rule", "projection", "kind", "value", "begin", "finish", "tense", "gender"))
_VOWELS, _OTHERS = "aeiou", "bdfgklmnprstvz"
_DAYS = 3  # number of days by which the dates of a copy are later than those of the previous copy


def copies(readings: Sequence[Reading], count: int) -> Iterator[Reading]:
    """`count` readings: copies of `readings`, as often as necessary, with other names in each copy."""

    def made() -> Iterator[Reading]:
        copy = 0
        while True:
            for number, reading in enumerate(readings):
                yield _copy(reading, copy, f"{copy:05}-{number:03}.txt")
            copy += 1

    return islice(made(), count)


def _copy(reading: Reading, copy: int, id_: str) -> Reading:
    names = (each.text for each in reading.mentions if each.kind is MentionKind.NAME)
    words = {word for name in names for word in _WORD.findall(name) if word[0].isupper()}
    other = {word: _word(word, copy) for word in words if len(word) > _SHORT}
    document = replace(
        reading.document,
        id=id_,
        text=_renamed(reading.document.text, other),
        metadata=replace(reading.document.metadata, date=_moved(reading.document.metadata.date, copy)),
    )
    document = replace(document, digest=hashlib.sha256(document.text.encode()).hexdigest())
    parts = {each.name: _mapped(getattr(reading, each.name), other) for each in fields(reading)[1:]}
    return replace(reading, document=document, **parts)


def _mapped(value: Any, other: Mapping[str, str]) -> Any:
    """The value, with the names in all its texts replaced, at any depth."""
    if isinstance(value, tuple):
        return tuple(_mapped(each, other) for each in value)
    if isinstance(value, str) and not isinstance(value, Enum):
        return _renamed(value, other)
    if not is_dataclass(value):
        return value
    named = {each.name: getattr(value, each.name) for each in fields(value) if each.name not in _KEPT}
    return replace(value, **{name: _mapped(held, other) for name, held in named.items()})  # type: ignore[type-var]


def _renamed(text: str, other: Mapping[str, str]) -> str:
    return _WORD.sub(lambda found: other.get(found[0], found[0]), text)


def _word(word: str, copy: int) -> str:
    random = Random(f"{copy} {word.lower()}")
    letters = [random.choice(_VOWELS if letter in _VOWELS else _OTHERS) for letter in word.lower()]
    return "".join(
        made.upper() if letter.isupper() else made for letter, made in zip(word, letters, strict=True)
    )


def _moved(day: str, copy: int) -> str:
    try:
        return (date.fromisoformat(day) - timedelta(days=_DAYS * copy)).isoformat()
    except ValueError:
        return day
