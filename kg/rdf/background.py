"""Reads the user's own RDF, for example a list of people or an organisation chart.

    <https://staff.example/17> a foaf:Person ; foaf:name "Ana Ruiz" .

It is read before the articles. Each file becomes a named graph, unchanged, so that its content stays apart
from what articles say. A table (CSV) is converted to triples (`kg.rdf.background_table`). Things that have a
name in these files help to resolve mentions (`kg.rdf.known`).

Nothing is fetched from the network: a JSON-LD context has to be in the file. Blank nodes are replaced by
IRIs, numbered in the order of the file. A file with triple terms (RDF 1.2) is refused.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from unicodedata import normalize

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from kg.errors import Error
from kg.model import Background, Problem
from kg.rdf import background_table, dangers
from kg.rdf.names import Names
from kg.rdf.parts import in_graph, in_order

SUFFIXES = (".ttl", ".nt", ".nq", ".trig", ".rdf", ".owl", ".xml", ".jsonld", ".json")
TABLES = (".csv", ".tsv")
# Characters that some RDF format cannot represent; they are replaced by U+FFFD.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class BackgroundError(Error):
    """A background file that cannot be used; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


@dataclass(frozen=True)
class BackgroundFile:
    """A background file: its description and its triples, sorted."""

    about: Background
    triples: tuple[Triple, ...]


def called(path: Path) -> str:
    """The name of a background file in Unicode's form NFC, because file systems use different forms."""
    return normalize("NFC", path.name)


def read(files: Sequence[Path], names: Names) -> tuple[BackgroundFile, ...]:
    """The content of the files, sorted by their names. Raises BackgroundError."""
    by_name: dict[str, Path] = {}
    for path in files:
        if called(path) in by_name:
            mend = "Rename one of them: each is a separate source."
            raise BackgroundError(Problem(str(path), "has the name of another background file", mend))
        by_name[called(path)] = path
    return tuple(_read(by_name[name], names) for name in sorted(by_name))


def quads(told: Iterable[BackgroundFile], names: Names) -> list[Quad]:
    """The triples of all files as quads, those of each file in a named graph."""
    return [
        quad for each in told for quad in in_graph(each.triples, NamedNode(names.background(each.about.id)))
    ]


def _read(path: Path, names: Names) -> BackgroundFile:
    try:
        data = dangers.content(path).removeprefix(codecs.BOM_UTF8)
    except OSError as error:
        what = f"cannot be read ({error.strerror})"
        raise BackgroundError(Problem(str(path), what, "Check the path.")) from error
    suffix, node = path.suffix.lower().lstrip("."), names.background(called(path))
    if f".{suffix}" in TABLES:
        return _told(path, data, _table(path, data, node))
    form = RdfFormat.from_extension("rdf" if suffix == "owl" else suffix)
    if f".{suffix}" not in SUFFIXES or form is None:
        what = f"has an unknown file extension ({', '.join((*SUFFIXES, *TABLES))})"
        raise BackgroundError(Problem(str(path), what, "Rename it, or convert it to Turtle."))
    if danger := dangers.of_data(data, form):
        mend = "Simplify it, split it, or omit it."
        raise BackgroundError(Problem(danger.at(path), danger.what, mend))
    blank: dict[BlankNode, NamedNode] = {}
    triples = set[Triple]()
    try:
        for quad in parse(data, form, base_iri=f"{node}/"):
            subject, thing = _node(quad.subject, blank, node), _node(quad.object, blank, node)
            assert isinstance(subject, NamedNode)
            triples.add(Triple(subject, quad.predicate, thing))
    except _TripleTermError as error:
        mend = "Write it as RDF 1.1."
        raise BackgroundError(Problem(str(path), "contains triple terms (RDF 1.2)", mend)) from error
    # the parser raises MemoryError for a term of many megabytes
    except (SyntaxError, ValueError, MemoryError) as error:
        raise BackgroundError(_broken(path, form, error)) from error
    return _told(path, data, triples)


def _table(path: Path, data: bytes, node: str) -> set[Triple]:
    if danger := dangers.of_size(data):
        raise BackgroundError(Problem(danger.at(path), danger.what, "Split it."))
    try:
        return set(background_table.triples(data, node))
    except background_table.TableError as error:
        line = f", line {error.line}" if error.line else ""
        raise BackgroundError(Problem(f"{path}{line}", error.what, error.mend)) from error


def _told(path: Path, data: bytes, triples: set[Triple]) -> BackgroundFile:
    if not triples:
        raise BackgroundError(Problem(str(path), "contains no triple", "Check that it is the right file."))
    about = Background(called(path), hashlib.sha256(data).hexdigest(), len(triples))
    return BackgroundFile(about, tuple(in_order(triples)))


class _TripleTermError(ValueError):
    pass


def _node(term: object, blank: dict[BlankNode, NamedNode], graph: str) -> NamedNode | Literal:
    """A term of a file as it is stored. `blank`: blank node -> its IRI; a new blank node is added to it."""
    if isinstance(term, BlankNode):
        return blank.setdefault(term, NamedNode(f"{graph}#b{len(blank)}"))
    if isinstance(term, Triple):
        raise _TripleTermError
    if isinstance(term, Literal) and _UNWRITABLE.search(term.value):
        text = _UNWRITABLE.sub("\ufffd", term.value)
        if term.language:
            return Literal(text, language=term.language)
        return Literal(text, datatype=term.datatype)
    assert isinstance(term, NamedNode | Literal)
    return term


def _broken(path: Path, form: RdfFormat, error: Exception) -> Problem:
    """The problem to report for a file that the parser rejects."""
    said = str(getattr(error, "msg", "") or error)
    if "LoadDocumentCallback" in said:
        what = "names a JSON-LD context on the network, and kg fetches nothing"
        return Problem(str(path), what, "Put the context into the file, or convert it to Turtle.")
    line = f", line {error.lineno}" if isinstance(error, SyntaxError) and error.lineno else ""
    return Problem(f"{path}{line}", f"is not {form.name} ({said.strip().rstrip('.')})", "Correct it there.")
