"""Reads the side file `NAME.toml` of an article `NAME.html` or `NAME.txt`: metadata that the user adds.

The metadata in a side file has precedence over what the article's file states.

title = "Mayor opens bridge"
publisher = "The Example"
url = "https://example.org/bridge"
date = 2026-03-05                  # or "2026-03-05", "2026-03", "2026"
author = "Jo Doe"                  # or authors = ["Jo Doe", "Ann Poe"]
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date, datetime

from kg.model import Metadata
from kg.read import toml

_KEYS = ("title", "publisher", "url", "date", "author", "authors")
_REDUCED = re.compile(r"[0-9]{4}(?:-(?:0[1-9]|1[0-2]))?")
_SURROGATE = re.compile("[\ud800-\udfff]")


class UnusableError(ValueError):
    """The side file cannot be used; the message completes "The file ..."."""


def side_file(data: bytes) -> Metadata:
    """Read a side file. Raises UnusableError for invalid TOML, unknown keys and invalid values."""
    try:
        table = toml.table(data, toml.MAX_SIDE_FILE)
    except toml.TomlError as error:
        raise UnusableError(str(error)) from None
    for key in table:
        if key not in _KEYS:
            raise UnusableError(f'has the key "{key[:60]}", which is not one of {", ".join(_KEYS)}')
    return stated(table)


def stated(table: Mapping[str, object]) -> Metadata:
    """The metadata in a table. Unknown keys are ignored. Raises UnusableError for invalid values."""
    if "author" in table and "authors" in table:
        raise UnusableError('has both "author" and "authors"')
    return Metadata(
        title=_text(table, "title"),
        publisher=_text(table, "publisher"),
        url=_text(table, "url"),
        authors=_authors(table),
        date=_date(table),
    )


def overrule(found: Metadata, given: Metadata) -> Metadata:
    """The metadata `found`, with its values replaced by those of `given` that are not empty."""
    return replace(
        found, **{field.name: value for field in fields(given) if (value := getattr(given, field.name))}
    )


def encodable(found: Metadata) -> Metadata:
    """The same metadata in NFC, with U+FFFD for lone surrogates, which JSON can express but no file can
    contain.
    """

    def sound(text: str) -> str:
        return unicodedata.normalize("NFC", whole(text))

    return replace(
        found,
        title=sound(found.title),
        publisher=sound(found.publisher),
        url=sound(found.url),
        authors=tuple(map(sound, found.authors)),
        date=sound(found.date),
    )


def whole(text: str) -> str:
    r"""The text with U+FFFD for each lone surrogate, so that it can be encoded; offsets are unchanged.

    >>> whole("Zo\udceb")
    'Zo\ufffd'
    """
    return _SURROGATE.sub("\ufffd", text)


def _text(table: Mapping[str, object], key: str) -> str:
    value = table.get(key, "")
    if not isinstance(value, str):
        raise UnusableError(f'has a "{key}" that is not text')
    return value.strip()


def _authors(table: Mapping[str, object]) -> tuple[str, ...]:
    if "authors" not in table:
        author = _text(table, "author")
        return (author,) if author else ()
    value = table["authors"]
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise UnusableError('has "authors" that are not a list of texts')
    return tuple(name.strip() for name in value if name.strip())


def _date(table: Mapping[str, object]) -> str:
    value = table.get("date", "")
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if value == "":
        return ""
    if isinstance(value, str):
        if _REDUCED.fullmatch(value):
            return value
        try:
            return date.fromisoformat(value[:10]).isoformat() if value[4:5] == "-" else _wrong_date()
        except ValueError:
            pass
    return _wrong_date()


def _wrong_date() -> str:
    raise UnusableError('has a "date" that is not like 2026-03-05, 2026-03 or 2026')
