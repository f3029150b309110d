"""Analyses a query before it runs: its keywords, and the positions of its parameters.

A query is split into tokens as in SPARQL 1.1 (section 19.8), so that a word in a string, a comment or an IRI
is not taken for a keyword. The store itself parses the query.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from kg.errors import Error

DEEPEST = 200  # maximum levels of brackets; from some 2,000 on, Oxigraph's parser crashes the process

_WIDEST = 200  # maximum number of characters of a line of a query that is shown in a message

_UPDATES = frozenset(
    {"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"}  # SPARQL Update
)
_TOKEN = re.compile(
    r"""
      (?P<space>\s+|\#[^\n\r]*)
    | (?P<iri><[^<>"{}|^`\x00-\x20]*>)
    | (?P<string>\"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
               | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*')
    | (?P<variable>[?$]\w+)
    | (?P<prefix>[\w.-]*):(?P<local>(?:[\w:-]|%[0-9A-Fa-f]{2}|\\.)*)
    | (?P<word>\w+)
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)


class QueryError(Error):
    """An error in a query. Line and column count from 1; both are 0 if the error has no position."""

    def __init__(self, message: str, line: int = 0, column: int = 0, excerpt: str = "") -> None:
        super().__init__(message)
        self.message, self.line, self.column, self.excerpt = message, line, column, excerpt

    def __str__(self) -> str:
        if not self.line:
            return self.message
        pointer = f"\n  {self.excerpt}\n  {' ' * (self.column - 1)}^" if self.excerpt else ""
        return f"line {self.line}, column {self.column}: {self.message}{pointer}"


class _Token(NamedTuple):
    kind: str  # name of the group of `_TOKEN` that matches it; "local" for a prefixed name
    text: str
    start: int


class ForbiddenError(QueryError):
    """A well-formed query that must not run."""


def check(text: str, *, services: bool = False) -> None:
    """Raise QueryError for a query that must not run.

    SERVICE is refused unless `services` permits it, because Oxigraph would fetch from any address. To be
    safe, the check refuses anything that the store's parser might take for this keyword, such as a prefix
    that contains the word. Time and memory are not limited here: Oxigraph cannot be interrupted from Python,
    so untrusted queries need a separate process that can be killed (`kg.serve`).
    """
    depth, first = 0, True
    for token in _tokens(text):
        if token.kind == "space":
            continue
        if first and token.kind == "word" and token.text.upper() in _UPDATES:
            raise error("the graph is read-only: use SELECT, ASK, CONSTRUCT or DESCRIBE", text, token.start)
        first = first and (token.kind != "word" or token.text.upper() in {"PREFIX", "BASE"})
        could_be_keyword = token.kind == "word" or (token.kind == "local" and ":" in token.text)
        if not services and could_be_keyword and "SERVICE" in token.text.partition(":")[0].upper():
            message = "SERVICE is not allowed: a query must not use the network"
            told = error(message, text, token.start)
            raise ForbiddenError(told.message, told.line, told.column, told.excerpt)
        if token.kind == "other":
            depth += (token.text in "{([") - (token.text in "})]")
            if depth > DEEPEST:
                raise error(f"brackets are nested more than {DEEPEST} deep", text, token.start)


class Candidates(NamedTuple):
    """The only things that a variable of a query can stand for, because of a parameter's value."""

    variable: str  # without question mark
    iris: tuple[str, ...]


def substitute(
    text: str,
    parameters: Mapping[str, str],
    prefixes: Mapping[str, str] = MappingProxyType({}),
    candidates: Mapping[str, Candidates] = MappingProxyType({}),
) -> str:
    """The query with the values of `parameters`: for each name, the value replaces those in
    `VALUES ?name { ... }`.

    `candidates`: for some of the names, what another variable can stand for; they are bound together with
    the value, `VALUES (?name ?variable) { ... }`, so that the store looks at these things only.

    A value is a string, or an IRI: in angle brackets, or abbreviated with one of the prefixes, as in answers
    ("d:Ana_Ruiz"). It is written as one term, so that it cannot inject syntax. Raises QueryError for a
    parameter that the query does not have, and for a value that is not a valid term.
    """
    pieces: list[str] = []
    done, found = 0, set[str]()
    for name, variable, opening, closing in _values(text):
        if name not in parameters:
            continue
        term, few = _term(name, parameters[name], prefixes), candidates.get(name)
        if few is None:
            pieces += (text[done : opening + 1], f" {term} ")
        else:
            rows = " ".join(f"({term} {NamedNode(iri)})" for iri in few.iris)
            pieces += (text[done:variable], f"(?{name} ?{few.variable}) {{ {rows} ")
        done = closing
        found.add(name)
    missing = sorted(set(parameters) - found)
    if missing:
        known = sorted({name for name, *_ in _values(text)})
        has = f"it has {', '.join(known)}" if known else "it has none"
        raise QueryError(
            f"the query has no parameter {missing[0]} ({has}); it would be written VALUES ?{missing[0]} {{ }}"
        )
    return "".join(pieces) + text[done:]


def error(message: str, text: str, at: int) -> QueryError:
    """The error with this message at the character `at` of a query."""
    line = text.count("\n", 0, at) + 1
    begin = text.rfind("\n", 0, at) + 1
    excerpt = text[begin:].partition("\n")[0].rstrip()
    return QueryError(message, line, at - begin + 1, excerpt if len(excerpt) <= _WIDEST else "")


def _values(text: str) -> Iterator[tuple[str, int, int, int]]:
    """Each VALUES block with a single variable: the variable's name, its offset, and those of the braces."""
    tokens = [token for token in _tokens(text) if token.kind != "space"]
    for at, token in enumerate(tokens[:-2]):
        variable, opening = tokens[at + 1], tokens[at + 2]
        if token.text.upper() == "VALUES" and variable.kind == "variable" and opening.text == "{":
            closing = next((each for each in tokens[at + 3 :] if each.text == "}"), None)
            if closing:
                yield variable.text[1:], variable.start, opening.start, closing.start


def iri_of(value: str, prefixes: Mapping[str, str]) -> str:
    """The IRI given as a parameter's value, in angle brackets or abbreviated with a prefix; "" if the value
    is not an IRI.
    """
    prefix, colon, local = value.partition(":")
    if value.startswith("<") and value.endswith(">"):
        return value[1:-1]
    return prefixes[prefix] + local if colon and prefix in prefixes and re.fullmatch(r"\S+", local) else ""


def _term(name: str, value: str, prefixes: Mapping[str, str]) -> str:
    iri = iri_of(value, prefixes)
    try:
        return str(NamedNode(iri) if iri or value == "<>" else Literal(value))
    except ValueError as wrong:
        raise QueryError(f"the value of parameter {name} cannot be used: {wrong}") from wrong


def _tokens(text: str) -> Iterator[_Token]:
    for found in _TOKEN.finditer(text):
        yield _Token(found.lastgroup or "", found.group(), found.start())
