"""Converts articles from the forms that Python programs use to paths of files and to Documents.

"news/", Path("a.txt"), "texts.jsonl"                 files and folders
"Ana Ruiz met Tom Reed in Lima."                      the text of an article
Article("Ana Ruiz met ...", date="2026-01-14")        a text with metadata
{"text": "Ana Ruiz met ...", "date": "2026-01-14"}    the same, as in JSON and tables
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date as Day  # noqa: N812 - `date` is a field's name
from itertools import chain
from os import PathLike
from pathlib import Path
from typing import TypeAlias

from kg.api import arguments
from kg.errors import ArgumentError
from kg.model import Document, Problem

_NOT_ARTICLES = "not an article. Give paths, texts, kg.Article, or dictionaries with a text."
_SENTENCE = re.compile(r"""\s.*[.!?…]["'”’)\]]*\s*\Z""", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Article:
    """An article that is not in a file, with its metadata; "" if unknown."""

    text: str
    id: str = ""  # evidence refers to the article by it; "": derived from the text ("text-1a2b3c4d5e6f")
    date: str | Day = ""  # publication date; the day or month may be missing: "2026-01"
    title: str = ""
    publisher: str = ""
    url: str = ""
    authors: tuple[str, ...] = ()


Given: TypeAlias = str | PathLike[str] | Article | Document | Mapping[str, object]
Articles: TypeAlias = Given | Iterable[Given]


def parted(*given: Articles) -> tuple[tuple[Path, ...], tuple[Document | Problem, ...]]:
    """The paths among the given articles, and the texts as Documents, or as Problems if they cannot be used.

    Raises ArgumentError for what cannot be an article.
    """
    paths, texts = list[Path](), list[Document | Problem]()
    for number, one in enumerate(chain.from_iterable(map(_each, given)), 1):
        if isinstance(one, str) and not one.strip():
            texts.append(Problem(f"article {number}", "is an empty string", "Give a text, or a path."))
        elif isinstance(one, PathLike) or (isinstance(one, str) and not is_text(one)):
            paths.append(arguments.path(f"article {number}", one))
        else:
            texts.append(_document(one, number))
    return tuple(paths), tuple(texts)


def is_text(given: str | PathLike[str]) -> bool:
    r"""Whether a string is an article itself: it ends like a sentence, or has several lines.

    >>> is_text("Ana Ruiz left."), is_text("Rain\nIt rained"), is_text("my news/a.txt")
    (True, True, False)
    """
    return isinstance(given, str) and ("\n" in given or bool(_SENTENCE.search(given)))


def _each(given: Articles) -> Iterator[Given]:
    if isinstance(given, str | PathLike | Article | Document | Mapping):
        yield given
    elif kind := _what_instead(given):
        raise ArgumentError(f"articles: {arguments.shown(given)} is {kind}")
    else:
        yield from given


def _what_instead(given: object) -> str:
    """The end of a message that says what was given instead of articles, and what to give; "" if the
    value is iterable.
    """
    if isinstance(given, bytes | bytearray):
        return "not text. Decode it: data.decode()."
    if hasattr(given, "read"):  # otherwise each line would be taken for an article
        return "an open file. Give its path, or the text: file.read()."
    # otherwise the names of the columns would be taken for articles
    if hasattr(given, "to_dict") and hasattr(given, "columns"):
        return 'a table. Give its rows: frame.to_dict("records").'
    return "" if isinstance(given, Iterable) else _NOT_ARTICLES


def _document(given: Given, number: int) -> Document | Problem:
    from kg.read import json_lines

    if isinstance(given, Document):
        return given
    row = _row(given, number)
    row["id"] = row.get("id") or made_id(row.get("text"))
    try:
        return json_lines.document(row)
    except ValueError as error:
        mend = 'An article is a text, or {"text": "...", "date": "2026-01-14"}.'
        return Problem(str(row["id"] or f"article {number}"), str(error), mend)


def _row(given: Given, number: int) -> dict[str, object]:
    """An article as the dictionary of a line of JSON Lines; empty values and NaN are omitted."""
    if isinstance(given, str):
        return {"text": given}
    if isinstance(given, Article):
        names = ("text", "id", "date", "title", "publisher", "url", "authors")
        row = {name: getattr(given, name) for name in names}
    elif isinstance(given, Mapping):
        row = dict(given)
    else:
        raise ArgumentError(f"article {number}: {arguments.shown(given)} is {_NOT_ARTICLES}")
    if isinstance(row.get("authors"), tuple):
        row["authors"] = list(row["authors"])
    return {str(key): value for key, value in row.items() if not _is_missing(value)}


def _is_missing(value: object) -> bool:
    """Whether a value means that there is none: None, an empty text or list, or what is not equal to itself
    (NaN, and NaT and NA of pandas).
    """
    if value is None or isinstance(value, str | list | tuple):
        return not value
    try:
        return bool(value != value)  # noqa: PLR0124
    except TypeError:  # pandas.NA: its truth value is undefined
        return True
    except ValueError:  # an array: its truth value is undefined, but it is not a missing value
        return False


def made_id(text: object) -> str:
    """An id derived from the text alone; "" if `text` is not a string."""
    if not isinstance(text, str):
        return ""
    return "text-" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
