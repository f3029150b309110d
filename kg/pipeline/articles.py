"""The first stage: articles from files, folders, JSON Lines and texts."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Protocol, TypeVar

from kg.model import Document, Problem

ITEM = TypeVar("ITEM")

ROWS = (".jsonl", ".ndjson")
# maximum number of characters of an article: parsing takes up to 10 MB of memory per thousand characters
MAX_TEXT = 200_000


class Track(Protocol):
    """Passes items through and shows progress."""

    def __call__(self, items: Sequence[ITEM], what: str, /) -> Iterable[ITEM]: ...


def silently(items: Sequence[ITEM], what: str, /) -> Iterable[ITEM]:  # noqa: ARG001 (it is a Track)
    """Show no progress."""
    return items


def articles(
    paths: Sequence[Path],
    texts: Sequence[Document | Problem] = (),
    *,
    leave_out: Path | None = None,
    follow_links: bool = False,
    any_language: bool = False,
    track: Track = silently,
) -> tuple[tuple[Document, ...], tuple[Problem, ...]]:
    """The articles in files, JSON Lines files, folders and `texts`; and problems, for what cannot be read."""
    from kg.read import find, other_language, read

    listed = [path for path in paths if path.suffix.lower() in ROWS]
    sources, missing = find([path for path in paths if path not in listed], follow_links=follow_links)
    if leave_out is not None:
        out = os.path.realpath(leave_out)  # `Path.resolve` raises for a link to itself
        sources = tuple(each for each in sources if not Path(os.path.realpath(each.path)).is_relative_to(out))
    read_now = [_short(read(each, any_language=any_language)) for each in track(sources, "Opening articles")]
    seen = {each.id for each in read_now if isinstance(each, Document)}

    def admitted(given: Document | Problem) -> Document | Problem:
        """A text that is given in addition to files: its document, or the problem with it."""
        if isinstance(given, Problem):
            return given
        if given.id in seen:
            return Problem(given.id, "is also the id of another article", "Give each a unique id.")
        if not given.text.strip():
            return Problem(given.id, "is empty", "Remove it, or give it a text.")
        if not any_language and (language := other_language(given.text)):
            what = f'is in a language other than English ("{language}")'
            return Problem(given.id, what, "Remove it, or build with any language.")
        seen.add(given.id)
        return _short(given)

    beside = chain(chain.from_iterable(_rows(path, set()) for path in listed), texts)
    documents, problems = parted([*read_now, *map(admitted, beside)])
    return tuple(sorted(documents, key=lambda each: each.id)), (*missing, *problems)


def texts(files: Sequence[Path]) -> Iterator[Document | Problem]:
    """The texts in files of articles and JSON Lines files ("-" is standard input), in the given order."""
    return map(_short, _texts(files))


def _texts(files: Sequence[Path]) -> Iterator[Document | Problem]:
    from kg.read import find, json_lines, read

    seen: set[str] = set()
    for file in files:
        if str(file) == "-":
            yield from json_lines.documents(sys.stdin.buffer, "standard input", seen)
        elif file.suffix.lower() in ROWS:
            yield from _rows(file, seen)
        else:
            sources, problems = find([file])
            yield from problems
            yield from map(read, sources)


def _rows(file: Path, seen: set[str]) -> Iterator[Document | Problem]:
    """The texts of a JSON Lines file. `seen`: the ids of previous texts, to which those of the file are
    added.
    """
    from kg.read import json_lines

    try:
        with file.open("rb") as opened:
            yield from json_lines.documents(opened, str(file), seen)
    except OSError as error:
        yield Problem(str(file), f"cannot be read ({error.strerror})", "Check the path.")


def _short(result: Document | Problem) -> Document | Problem:
    """The document, if it is short enough to be parsed, otherwise the problem."""
    if isinstance(result, Document) and len(result.text) > MAX_TEXT:
        what = f"holds {len(result.text):,} characters of text, more than {MAX_TEXT:,}"
        return Problem(result.id, what, "Split it into articles, or remove it.")
    return result


def parted(results: Iterable[ITEM | Problem]) -> tuple[tuple[ITEM, ...], tuple[Problem, ...]]:
    """The results of a stage and the problems, separated."""
    done, problems = list[ITEM](), list[Problem]()
    for result in results:
        if isinstance(result, Problem):
            problems.append(result)
        else:
            done.append(result)
    return tuple(done), tuple(problems)
