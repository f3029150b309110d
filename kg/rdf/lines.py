"""Finds the line of a triple in a Turtle file, which RDF libraries do not record.

For example, in a file with these two lines, the triple with the object "run" is in line 2:

    ex:a rdfs:label "A" ;
        kg:verb "run" .

The file is split into tokens; outside brackets, these are subjects, predicates and objects in turn. Triples
inside [ ] and ( ) get the line of the bracket.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urljoin

from kg.rdf.names import RDF

_TOKEN = re.compile(
    r"""
      (?P<space>\s+|\#[^\n]*)
    | (?P<directive>@prefix\b|@base\b|(?i:PREFIX|BASE)(?=\s))
    | (?P<iri><[^<>\s]*>)
    | (?P<text>\"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
             | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*')
    | (?P<tag>@[A-Za-z][A-Za-z0-9-]*|\^\^)
    | (?P<number>[+-]?(?:\d+\.\d+|\.\d+|\d+)(?:[eE][+-]?\d+)?)
    | (?P<name>[\w-]*(?:\.[\w-]+)*:(?:[\w:%-]|\\.|\.(?=[\w:%-]))*)
    | (?P<word>[A-Za-z]+)
    | (?P<mark>[\[\]();,.])
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPES = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


class _Token(NamedTuple):
    kind: str
    text: str
    line: int


class Lines:
    """The line numbers (from 1) of the triples of a Turtle file. Terms are IRIs, or texts of literals."""

    def __init__(self, text: str) -> None:
        self._prefixes: dict[str, str] = {}
        self._base = ""
        self._found: dict[tuple[str, ...], int] = {}
        self._follow(list(_tokens(text)))

    def of(self, *terms: str) -> int:
        """The first line with this subject, this subject and predicate, or this triple (one to three terms).

        If the triple does not occur, the line of its subject and predicate, or else of its subject; 0 if that
        does not occur either.
        """
        return next((self._found[terms[:n]] for n in range(len(terms), 0, -1) if terms[:n] in self._found), 0)

    def name(self, iri: str) -> str:
        """`iri` as it would be written in the file: with the longest fitting prefix, otherwise in "<>"."""
        fitting = [prefix for prefix, begin in self._prefixes.items() if begin and iri.startswith(begin)]
        if not fitting:
            return f"<{iri}>"
        best = max(fitting, key=lambda prefix: len(self._prefixes[prefix]))
        return f"{best}:{iri[len(self._prefixes[best]) :]}"

    def _follow(self, tokens: list[_Token]) -> None:
        """Record the lines of all triples. `place` holds the terms of the current triple so far."""
        place: list[str] = []
        depth = skip = 0
        for at, token in enumerate(tokens):
            if at < skip:
                continue
            if token.kind == "directive":
                skip = self._declare(tokens, at)
                place = []
            elif token.kind == "mark":
                opens, closes = token.text in "[(", token.text in "])"
                if opens and not depth:
                    place = self._take(place, f"_:{at}", token.line)
                depth += opens - closes
                if not depth and token.text in ".;,":
                    place = place[: ".;,".index(token.text)]
            elif not depth and token.kind != "tag" and not self._is_datatype(tokens, at):
                place = self._take(place, self._term(token, len(place)), token.line)

    def _take(self, place: list[str], term: str, line: int) -> list[str]:
        place = [*place, term]
        self._found.setdefault(tuple(place), line)
        return place

    @staticmethod
    def _is_datatype(tokens: list[_Token], at: int) -> bool:
        return at > 0 and tokens[at - 1].text == "^^"

    def _declare(self, tokens: list[_Token], at: int) -> int:
        """Record a prefix or base; return the index of the token after the directive."""
        is_prefix = "prefix" in tokens[at].text.lower()
        rest = [token.text for token in tokens[at + 1 : at + 3]]
        if is_prefix and len(rest) == 2:
            self._prefixes[rest[0].rstrip(":")] = urljoin(self._base, rest[1].strip("<>"))
        elif rest:
            self._base = urljoin(self._base, rest[0].strip("<>"))
        return at + 1 + 1 + is_prefix

    def _term(self, token: _Token, position: int) -> str:
        if token.kind == "iri":
            return urljoin(self._base, token.text[1:-1])
        if token.kind == "name":
            prefix, _, local = token.text.partition(":")
            return self._prefixes.get(prefix, f"{prefix}:") + re.sub(r"\\(.)", r"\1", local)
        if token.kind == "text":
            quotes = 3 if token.text[:3] in ('"""', "'''") else 1
            return re.sub(r"\\(.)", lambda m: _ESCAPES.get(m[1], m[1]), token.text[quotes:-quotes])
        return RDF + "type" if token.text == "a" and position == 1 else token.text


def _tokens(text: str) -> Iterator[_Token]:
    line = 1
    for found in _TOKEN.finditer(text):
        if found.lastgroup != "space":
            yield _Token(found.lastgroup or "", found.group(), line)
        line += found.group().count("\n")
