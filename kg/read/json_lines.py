"""Reads JSON Lines as Documents.

Each line is an object such as {"id": "a", "text": "...", "date": "2026-01-14"}; `date`, `title`, `publisher`,
`url`, `author` and `authors` are optional; other keys are ignored. Nothing is removed from the text.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from kg.model import Document, Problem
from kg.read import metadata
from kg.read.article import from_text

MAX_LINE = 10_000_000  # maximum number of bytes per line
_LONGEST = 4096  # maximum number of characters of an id: the maximum length of a path, in bytes
_FORM = 'Each line must be a JSON object: {"id": "...", "text": "...", "date": "2026-01-14"}.'


def documents(file: BinaryIO, name: str, seen: set[str]) -> Iterator[Document | Problem]:
    """A document, or a problem, for each line that is not blank.

    `name`: the name of the file, for messages. `seen`: the ids of previous documents, to which those of the
    file are added; a repeated id is a problem.
    """
    for number, line in enumerate(_lines(file), 1):
        if not line.strip():
            continue
        try:
            found = document(_row(line))
            if found.id in seen:
                raise ValueError(f'the id "{found.id}" is not unique')
        except ValueError as error:
            yield Problem(f"{name}, line {number}", str(error), _FORM)
        else:
            seen.add(found.id)
            yield found


def document(row: Mapping[str, object]) -> Document:
    """The document in one row. Raises ValueError with a message that completes "The row ..."."""
    id_, text = (_string(row, key) for key in ("id", "text"))
    if not id_.strip() or len(id_) > _LONGEST or id_ != metadata.whole(id_):
        raise ValueError(f'has an "id" that is empty, not text, or longer than {_LONGEST:,} characters')
    id_ = unicodedata.normalize("NFC", id_)
    known = {key: value for key, value in row.items() if value is not None}  # null means that a key is absent
    return from_text(id_, text, given=metadata.stated(known))


def _string(row: Mapping[str, object], key: str) -> str:
    value = row.get(key)
    if not isinstance(value, str):
        raise ValueError(f'has no "{key}" that is a string')
    return value


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """The lines; those that are too long are cut to one byte more than `MAX_LINE`."""
    while line := file.readline(MAX_LINE + 1):
        piece = line
        while len(piece) > MAX_LINE and not piece.endswith(b"\n"):
            piece = file.readline(MAX_LINE + 1)
        yield line


def _row(line: bytes) -> Mapping[str, object]:
    if len(line) > MAX_LINE:
        raise ValueError(f"is longer than {MAX_LINE // 1_000_000} MB")
    try:
        values = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ValueError(f"is not UTF-8 (byte {error.start})") from error
    except json.JSONDecodeError as error:
        raise ValueError(f"is not JSON ({error.msg} at character {error.pos})") from error
    except RecursionError as error:
        raise ValueError("is nested too deeply") from error
    except ValueError as error:
        raise ValueError("holds a number of too many digits") from error
    if not isinstance(values, dict):
        raise ValueError("is not a JSON object")
    return values
