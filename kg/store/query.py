"""Queries the store, in SPARQL 1.1 or with the named queries of `ontology/queries/`.

All prefixes of the graph are predefined. A `Result` holds the whole answer in memory and can be rendered
repeatedly.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeAlias
from unicodedata import normalize

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    Store,
    Triple,
    parse_query_results,
)

from kg.ontology import folder
from kg.rdf.names import Names
from kg.rdf.parts import in_order
from kg.rdf.turtle import turtle
from kg.store import name_index
from kg.store.oxigraph import names
from kg.store.sparql import Candidates, QueryError, check, error, iri_of, substitute

Term: TypeAlias = NamedNode | Literal | BlankNode | Triple

__all__ = [
    "FORMATS", "Form", "NamedQuery", "Parameter", "QueryError", "Result", "ask", "canonical", "named", "run",
    "shorten", "text_of",
]  # fmt: skip


class Form(StrEnum):
    """The form of a query's answer."""

    ROWS = "rows"  # SELECT
    YES_NO = "yes or no"  # ASK
    TRIPLES = "triples"  # CONSTRUCT, DESCRIBE


# The formats of SPARQL 1.1 for rows and booleans; triples are always rendered as Turtle.
FORMATS: Mapping[str, QueryResultsFormat] = MappingProxyType(
    {
        "csv": QueryResultsFormat.CSV,
        "tsv": QueryResultsFormat.TSV,
        "json": QueryResultsFormat.JSON,
        "xml": QueryResultsFormat.XML,
    }
)


@dataclass(frozen=True, slots=True)
class Result:
    """The answer to a query. Depending on its form, `columns` and `rows`, or `triples`, are empty."""

    form: Form
    names: Names
    triples: tuple[Triple, ...] = ()  # sorted
    json: bytes = b""  # SPARQL 1.1 results in JSON

    @property
    def columns(self) -> tuple[str, ...]:
        parsed = self._parsed()
        return tuple(each.value for each in parsed.variables) if isinstance(parsed, QuerySolutions) else ()

    @property
    def rows(self) -> tuple[tuple[Term | None, ...], ...]:
        parsed = self._parsed()
        return tuple(tuple(row) for row in parsed) if isinstance(parsed, QuerySolutions) else ()

    @property
    def answer(self) -> bool:
        """The answer to ASK; for the other forms, whether there is any row or triple."""
        parsed = self._parsed()
        return bool(parsed) if isinstance(parsed, QueryBoolean) else bool(self.triples or self.rows)

    def table(self) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
        """Column headers and rows as shown to people: short IRIs, plain values, no control characters."""
        if self.form is Form.TRIPLES:
            terms = [(each.subject, each.predicate, each.object) for each in self.triples]
            return ("subject", "predicate", "object"), [tuple(map(self._shown, row)) for row in terms]
        if self.form is Form.YES_NO:
            return ("answer",), [("yes" if self.answer else "no",)]
        return self.columns, [tuple(map(self._shown, row)) for row in self.rows]

    def render(self, format: str) -> str:  # noqa: A002 (as everywhere on the command line)
        """The answer as "csv", "tsv", "json" or "xml"; triples only as "turtle", with prefixes.

        Raises QueryError for a format that the form does not support.
        """
        if self.form is Form.TRIPLES and format == "turtle":
            return turtle(self.triples, self.names.prefixes).decode()
        parsed = self._parsed()
        if parsed is None or format not in FORMATS:
            choice = "turtle" if self.form is Form.TRIPLES else ", ".join(FORMATS)
            raise QueryError(f"{self.form} cannot be shown as {format}, only as {choice}")
        written = BytesIO()
        parsed.serialize(written, FORMATS[format])
        return written.getvalue().decode()

    def _parsed(self) -> QuerySolutions | QueryBoolean | None:
        return parse_query_results(self.json, QueryResultsFormat.JSON) if self.json else None

    def _shown(self, term: Term | None) -> str:
        if isinstance(term, NamedNode):
            return shorten(term.value, self.names.prefixes)
        text = "" if term is None else term.value if isinstance(term, Literal) else str(term)
        return _CONTROL.sub(" ", text)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a named query. If it is given no value, it does not restrict the query."""

    name: str
    meaning: str
    example: str
    kind: str = ""  # class or datatype of its values: "kg:Agent", "owl:Thing", "xsd:gYearMonth"; "" for words
    variable: str = ""  # variable that stands for the things with such a name; "" if no single one does
    optional: bool = False  # whether it may be left out


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query in `ontology/queries/NAME.rq`, described by the comment at its beginning:

    # Who met whom                              its title
    # Every asserted meeting.                   what it answers
    # ask: Who met {person}?                    the question as people ask it; a parameter is a blank
    # answer: {one} {relation} {other}[, {when}]    a row in words; {one} is the value of a column
    # parameter person of kg:Agent as ?a, optional: a name (Ruiz)    its kind, variable, meaning, example

    In `answer`, a part in square brackets is omitted if a row has no value for it. A part before " | " is a
    heading for all rows that share it. `{participants besides event}` is the list in the column
    `participants` without what the column `event` names. The sentences that support a row are found by the
    IRIs in it: those of statements, events or sides of conflicts.
    """

    name: str
    title: str
    description: str
    parameters: tuple[Parameter, ...]
    text: str
    ask: str = ""
    answer: str = ""


def run(
    store: Store, text: str, parameters: Mapping[str, str] = MappingProxyType({}), folder: Path | None = None
) -> Result:
    """The answer to a query. `parameters`: name -> the value that replaces those in `VALUES ?name { ... }`.

    `folder`: that of the store, if it is on disk; its file of names makes some queries with names faster.
    Raises QueryError for a query that is invalid, writes, or uses the network.
    """
    found_names = names(store)
    values = {name: normalize("NFC", value) for name, value in parameters.items()}
    candidates = _candidates(text, values, found_names.prefixes, folder) if folder and values else {}
    text = substitute(text, values, found_names.prefixes, candidates)
    with ask(store, text, found_names.prefixes) as found:
        if isinstance(found, QueryTriples):
            return Result(Form.TRIPLES, found_names, triples=canonical(found))
        written = BytesIO()
        found.serialize(written, QueryResultsFormat.JSON)
    form = Form.YES_NO if isinstance(found, QueryBoolean) else Form.ROWS
    return Result(form, found_names, json=written.getvalue())


def _candidates(
    text: str, values: Mapping[str, str], prefixes: Mapping[str, str], store: Path
) -> dict[str, Candidates]:
    """For each parameter with a variable: the things that its value names."""
    wanted = [each for each in _read("", text).parameters if each.variable and each.name in values]
    few: dict[str, Candidates] = {}
    for each in wanted:
        thing = iri_of(values[each.name], prefixes)
        iris = (thing,) if thing else name_index.found(store, values[each.name])
        if iris is not None:
            few[each.name] = Candidates(each.variable, iris)
    return few


@contextmanager
def ask(
    store: Store,
    text: str,
    prefixes: Mapping[str, str],
    default_graphs: Sequence[str] = (),
    named_graphs: Sequence[str] = (),
    base: str | None = None,
    *,
    services: bool = False,
) -> Iterator[QuerySolutions | QueryBoolean | QueryTriples]:
    """A context manager that gives the answer to a query; the answer is computed while the block reads it.

    `default_graphs` and `named_graphs` replace the graphs of FROM and FROM NAMED; `base` resolves relative
    IRIs; `services` permits SERVICE. Raises QueryError, also from within the block.
    """
    check(text, services=services)
    graphs = [NamedNode(each) for each in default_graphs], [NamedNode(each) for each in named_graphs]
    dataset: dict[str, Any] = {"default_graph": graphs[0], "named_graphs": graphs[1]} if any(graphs) else {}
    try:
        yield store.query(text + _ROOM, base_iri=base, prefixes=dict(prefixes), **dataset)
    except SyntaxError as wrong:
        raise _syntax_error(str(wrong), text, prefixes) from wrong
    except (OSError, RuntimeError, ValueError) as wrong:
        asked = ", ".join(sorted(set(_SERVICE.findall(text)))) if services else ""
        where = f" (SERVICE {asked})" if asked else ""  # some network errors do not name the address
        raise QueryError(f"the query cannot be answered: {wrong}{where}") from wrong


def named() -> list[NamedQuery]:
    """The named queries, sorted by name."""
    return [_read(path.stem, path.read_text("utf-8")) for path in sorted((folder() / "queries").glob("*.rq"))]


def text_of(question: str) -> str:
    """The SPARQL of a question: the question itself, or if it is the name of a query, the text of that query.

    Raises QueryError for a single word that is not the name of a query.
    """
    if len(question.split()) > 1:
        return question
    known = {each.name: each.text for each in named()}
    if question not in known:
        close = difflib.get_close_matches(question, known)
        near = f" Did you mean {' or '.join(close)}?" if close else ""
        raise QueryError(f"{question}: is neither a named query nor SPARQL.{near}")
    return known[question]


def shorten(iri: str, prefixes: Mapping[str, str]) -> str:
    """`iri` as prefix:local if that is valid SPARQL, otherwise in angle brackets."""
    for prefix, namespace in prefixes.items():
        if iri.startswith(namespace) and _PLAIN.fullmatch(iri, len(namespace)):
            return f"{prefix}:{iri[len(namespace) :]}"
    return f"<{iri}>"


_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_PLAIN = re.compile(r"(?:[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?)?")
_PARAMETER = re.compile(
    r"parameter (?P<name>\w+)(?: of (?P<kind>\w+:\w+))?(?: as \?(?P<variable>\w+))?"
    r"(?P<optional>, optional)?: (?P<meaning>.*?)(?: \((?P<example>.*)\))?"
)
_SAID = re.compile(r"(ask|answer): (.*)")


def _read(name: str, text: str) -> NamedQuery:
    header: list[str] = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        header.append(line.removeprefix("#").strip())
    parameters = [_parameter(found) for line in header if (found := _PARAMETER.fullmatch(line))]
    said = {found[1]: found[2] for line in header if (found := _SAID.fullmatch(line))}
    told = (line for line in header[1:] if not _PARAMETER.fullmatch(line) and not _SAID.fullmatch(line))
    return NamedQuery(
        name,
        header[0] if header else name,
        " ".join(told).strip(),
        tuple(parameters),
        text,
        said.get("ask", ""),
        said.get("answer", ""),
    )


def _parameter(found: re.Match[str]) -> Parameter:
    name, kind, variable, optional, meaning, example = found.groups("")
    return Parameter(name, meaning, example, kind, variable, bool(optional))


def canonical(found: QueryTriples) -> tuple[Triple, ...]:
    """The triples of an answer without duplicates, sorted; blank nodes are named by their content."""
    graph = Dataset(Quad(each.subject, each.predicate, each.object, DefaultGraph()) for each in found)
    graph.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return tuple(in_order(Triple(each.subject, each.predicate, each.object) for each in graph))


# Appended to a query. Oxigraph reports the farthest position that its parser has tried to match: if it
# expected a keyword, the position of the error plus the length of the keyword, which may be beyond the end of
# the query. With this padding, the position is always within the text, and the length can be subtracted.
_ROOM = "\n" + " " * 64
_SERVICE = re.compile(r"\bSERVICE\s+(?:SILENT\s+)?(<[^<>\s]*>)", re.IGNORECASE)
_SEMANTIC = re.compile(r"(?:The|Duplicated) [A-Za-z ]+|IRI parsing failed")


def _syntax_error(message: str, text: str, prefixes: Mapping[str, str]) -> QueryError:
    """The QueryError for Oxigraph's message "error at LINE:COLUMN: expected one of A, B", in plain words."""
    found = re.fullmatch(r"error at (\d+):(\d+): expected (?:one of )?(.*)", message, re.DOTALL)
    if not found:
        return QueryError(message)
    lines = (text + _ROOM).split("\n")
    at = sum(len(line) + 1 for line in lines[: int(found[1]) - 1]) + int(found[2]) - 1
    expected = found[3].split(", ")
    if all(re.fullmatch(r"\w{2,}", each) for each in expected):
        at -= max(map(len, expected))
    if "Prefix not found" in found[3]:
        name = re.search(r"([\w.-]*):[^\s:]*\Z", text[:at])
        if name:
            known = ", ".join(f"{prefix}:" for prefix in sorted(prefixes))
            unknown = f'unknown prefix "{name[1]}:"; known are {known}; PREFIX declares others'
            return error(unknown, text, name.start())
    semantic = _SEMANTIC.search(found[3])
    if semantic:
        return error(semantic[0].replace("IRI parsing failed", "not an IRI"), text, min(at, len(text)))
    if not text[at:].strip():
        return error("the query ends too early", text, len(text.rstrip()))
    at += len(text[at:]) - len(text[at:].lstrip())
    marks = [each for each in expected if each.startswith('"')]
    wanted = f"; expected {' or '.join(marks)}" if marks == expected else ""
    return error(f"syntax error at: {text[at:].split(maxsplit=1)[0][:40]}{wanted}", text, at)
