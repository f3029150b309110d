"""Reads decisions.toml: the user's decisions about the graph, which every build applies.

    [[merge]]                                   # these are the same thing
    these = ["Ana Ruiz", {name = "Ruiz", article = "b.txt"}]
    by = "Jo Doe"                               # who, when and why are optional everywhere
    date = 2026-01-20
    why = "one minister, two spellings"

    [[apart]]                                   # these are different things
    these = ["event-02648c7d40b9", "event-93580f3c4e38"]

    [[type]]                                    # this is of this class
    this = "Blue Rain"
    is = "CreativeWork"

    [[name]]                                    # this has the following name
    this = "blue rain"
    is = "Blue Rain"

    [[ignore]]                                  # this should not be in the graph
    this = "Web Desk"

A thing is identified by any of its names, an event by its id. [[type]], [[name]] and [[ignore]] also accept
the id of a thing. If several things share a name, the user adds articles in which the name refers to the
thing that is meant. A decision with an error becomes a Problem with its line; the other decisions apply.
"""

from __future__ import annotations

import datetime
import hashlib
import os
import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.model import Decision, DecisionKind, Problem, Reference
from kg.read import toml

NAME = "decisions.toml"
_SIGNED = ("by", "date", "why")
_HEADER = re.compile(r"^\s*\[\[\s*[\"']?([\w-]+)[\"']?\s*\]\]")
_MEND = "Correct or remove this decision; until then it is not applied."


@dataclass(frozen=True, slots=True)
class Decisions:
    """The valid decisions in a file, and the problems with the invalid ones."""

    path: str
    decisions: tuple[Decision, ...] = ()
    lines: tuple[int, ...] = ()  # the line number of each decision
    problems: tuple[Problem, ...] = ()

    def without_effect(self, done: Iterable[Decision]) -> tuple[Problem, ...]:
        """A Problem for each decision that had no effect. `done`: the decisions as returned by resolving."""
        faults = {each.id: each.fault for each in done}
        return tuple(
            Problem(
                f"{self.path}:{line}",
                f"[[{decision.kind}]] has no effect: {fault}",
                "Check the names and articles, or remove it.",
            )
            for decision, line in zip(self.decisions, self.lines, strict=True)
            if (fault := faults.get(decision.id))
        )


class _WrongError(ValueError):
    """A decision is invalid; the message completes "The decision ..."."""


def beside(paths: list[Path]) -> Path | None:
    """The file decisions.toml that is in the same folder as one of these paths (the first that has one); None
    if there is none.
    """
    for path in paths:
        found = Path(os.path.realpath(path)).parent / NAME  # `Path.resolve` raises for a link to itself
        if os.path.lexists(found):
            return found
    return None


def read(path: Path, classes: Container[str]) -> Decisions:
    """The decisions in a file. `classes`: local names of the ontology's classes."""
    shown = str(path)
    if os.path.lexists(path) and not path.is_file():  # opening a pipe would block
        what = "is a link to no file" if path.is_symlink() else "is not a file"
        return _unread(shown, what, "Correct or remove it; until then no decision is applied.")
    try:
        with path.open("rb") as file:
            data = file.read(toml.MAX_DECISIONS + 1)
        table = toml.table(data, toml.MAX_DECISIONS)
    except OSError as error:
        return _unread(shown, f"cannot be read ({error.strerror})", "Check the path.")
    except toml.TomlError as error:
        return _unread(shown, str(error), "Correct it; until then no decision is applied.")
    text = data.decode("utf-8-sig")
    lines = _lines(text)
    decisions: dict[str, tuple[Decision, int]] = {}
    problems: list[Problem] = []
    for key, given in table.items():
        try:
            kind = DecisionKind(key)
        except ValueError:
            line = lines.get(key, [_line_of(text, key)])[0]
            kinds = ", ".join(f"[[{kind}]]" for kind in DecisionKind)
            problems.append(Problem(f"{shown}:{line}", f'has "{key}", which is not one of {kinds}', _MEND))
            continue
        entries = given if isinstance(given, list) else [given]
        places = lines.get(key, [])
        if len(places) != len(entries):  # the key was not written as a header such as [[merge]]
            places = [_line_of(text, key)] * len(entries)
        for entry, line in zip(entries, places, strict=True):
            try:
                decision = _decision(kind, entry, classes)
                decisions.setdefault(decision.id, (decision, line))
            except _WrongError as wrong:
                problems.append(Problem(f"{shown}:{line}", f"[[{kind}]] {wrong}", _MEND))
    ordered = sorted(decisions.values(), key=lambda pair: pair[1])
    return Decisions(
        shown, tuple(one for one, _ in ordered), tuple(line for _, line in ordered), tuple(problems)
    )


def _unread(path: str, what: str, mend: str) -> Decisions:
    return Decisions(path, problems=(Problem(path, what, mend),))


def _lines(text: str) -> dict[str, list[int]]:
    """Kind of decision -> the numbers of the lines where decisions of this kind begin."""
    found: dict[str, list[int]] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            found.setdefault(header[1], []).append(number)
    return found


def _line_of(text: str, key: str) -> int:
    return next((n for n, line in enumerate(text.splitlines(), 1) if key in line), 1)


def _decision(kind: DecisionKind, entry: object, classes: Container[str]) -> Decision:
    if not isinstance(entry, dict):
        raise _WrongError(f"is not a table: write [[{kind}]] above its lines")
    several = kind in (DecisionKind.MERGE, DecisionKind.APART)
    wanted = ("these",) if several else ("this",) if kind is DecisionKind.IGNORE else ("this", "is")
    for key in entry:
        if key not in (*wanted, *_SIGNED):
            raise _WrongError(f'has the key "{key}", which is not one of {", ".join((*wanted, *_SIGNED))}')
    for key in wanted:
        if key not in entry:
            raise _WrongError(f'lacks "{key}"')
    about = tuple(_references(entry["these"]) if several else (_reference(entry["this"]),))
    value = _text(entry, "is")
    if kind is DecisionKind.TYPE and value not in classes:
        raise _WrongError(f'says that something is a "{value}", which is not a class of the ontology')
    if kind is DecisionKind.NAME and not value:
        raise _WrongError('gives an empty name in "is"')
    id_ = "decision-" + hashlib.sha256(repr((kind.value, about, value)).encode()).hexdigest()[:12]
    return Decision(id_, kind, about, value, _text(entry, "by"), _date(entry), _text(entry, "why"))


def _references(given: object) -> Iterator[Reference]:
    if not isinstance(given, list) or len(given) < 2:
        raise _WrongError('needs two names or more in "these": these = ["Ana Ruiz", "A. Ruiz"]')
    yield from map(_reference, given)


def _reference(given: object) -> Reference:
    if isinstance(given, str) and given.strip():
        return Reference(given.strip())
    if isinstance(given, dict) and set(given) <= {"name", "article", "articles"}:
        name = given.get("name")
        articles = given.get("articles", [given["article"]] if "article" in given else None)
        listed = articles if isinstance(articles, list) else []
        if isinstance(name, str) and name.strip() and listed and all(isinstance(a, str) for a in listed):
            return Reference(name.strip(), tuple(sorted(listed)))
    raise _WrongError('identifies a thing neither by a name nor by {name = "...", article = "..."}')


def _text(entry: Mapping[str, object], key: str) -> str:
    value = entry.get(key, "")
    if not isinstance(value, str):
        raise _WrongError(f'has a "{key}" that is not text')
    return value.strip()


def _date(entry: Mapping[str, object]) -> str:
    value = entry.get("date", "")
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, str):
        try:
            return datetime.date.fromisoformat(value).isoformat() if value else ""
        except ValueError:
            pass
    raise _WrongError('has a "date" that is not like 2026-03-05')
