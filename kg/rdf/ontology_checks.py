"""Checks a user's ontology: by SHACL (`ontology/vocabulary.ttl`), and for mistakes that SHACL cannot detect.

Each finding names the line and says what to do. `kg.extract.examples` tests the examples.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from kg import ontology
from kg.model import Problem
from kg.ontology import KG, Ontology, RelationType
from kg.rdf.lines import Lines
from kg.rdf.slips import slips

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

_ALONE = re.compile(r"\r(?!\n)")


@dataclass(frozen=True, slots=True)
class Finding:
    """An error in an ontology file or, if `advice`, a possible improvement."""

    line: int  # in the file, from 1; 0 stands for the file as a whole
    problem: Problem
    advice: bool = False


def check(file: Path, others: Sequence[Path] = ()) -> list[Finding]:
    """The findings in an ontology file, sorted by line. `others`: ontology files that are read before it.

    Raises ValueError, naming the line, for a file that cannot be read, is not Turtle, or is too complex.
    """
    from rdflib import Graph

    text = readable(file)
    own, mine = Graph().parse(data=text, format="turtle"), Graph()
    for path in (*others, file):
        mine.parse(path, format="turtle")
    whole = ontology.read_graph((*others, file))
    report = _Report(file, Lines(text))
    report.shapes(own, whole)
    report.unknown_terms(own, whole)
    report.slips(own, whole)
    report.clashes(own, ontology.described(whole, mine))
    if not report.found and not _described(own):
        what = "says nothing about a relation, a class or a word list"
        report.add("", what, 'Describe one: my:beat a kg:Relation ; kg:verb "beat" ; ...')
    return sorted(set(report.found), key=lambda each: (each.line, each.problem.what))


def place(files: Iterable[Path], *terms: str) -> str:
    """The file and line of a subject, of a subject and a predicate, or of a triple, in words; "" if not
    found.
    """
    for file in files:
        line = Lines(file.read_text(encoding="utf-8-sig")).of(*terms)
        if line:
            return f"{file}, line {line}"
    return ""


def readable(file: Path) -> str:
    """The text of an ontology file.

    Raises ValueError, naming the line, if it cannot be read, is not Turtle in UTF-8, or is too complex.
    """
    from pyoxigraph import RdfFormat, Triple, parse

    from kg.rdf import dangers

    try:
        data = dangers.content(file, dangers.LARGEST_ONTOLOGY)
    except OSError as error:
        raise ValueError(f"{file}: cannot be read ({error.strerror}). Check the path.") from error
    if danger := dangers.of_ontology(data):
        raise ValueError(f"{danger.at(file)}: {danger.what}. Simplify it.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ValueError(f"{file}, line {line}: is not in UTF-8. Save it in UTF-8.") from error
    if alone := _ALONE.search(text):  # Turtle allows a lone carriage return, but rdflib cannot read it
        line = text.count("\n", 0, alone.start()) + 1
        what = "has a carriage return without a line feed. Save it with Unix line ends."
        raise ValueError(f"{file}, line {line}: {what}")
    try:
        triples = [Triple(*quad.triple) for quad in parse(text, RdfFormat.TURTLE, base_iri="urn:x:")]
    except SyntaxError as error:
        where = f", line {error.lineno}" if error.lineno else ""
        raise ValueError(f"{file}{where}: is not Turtle. {error.msg}") from error
    if chain := dangers.of_chains(triples):
        lines = Lines(text)
        where = f"{file}, line {lines.of(chain[0])}"
        raise ValueError(f"{where}: {lines.name(chain[0])} {chain[1]}. Remove some.")
    return text


def _described(own: Graph) -> bool:
    """Whether a file uses any term of kg, or removes one."""
    from rdflib.namespace import OWL

    return any(str(term).startswith(KG) or term == OWL.deprecated for triple in own for term in triple)


class _Report:
    def __init__(self, file: Path, lines: Lines) -> None:
        self.file, self.lines = file, lines
        self.found: list[Finding] = []

    def add(self, at: str, what: str, mend: str, *path: str, advice: bool = False) -> None:
        line = self.lines.of(at, *path) if at else 0
        where = f"{self.file}, line {line}" if line else str(self.file)
        self.found.append(Finding(line, Problem(where, what.rstrip("."), mend), advice))

    # -- SHACL -------------------------------------------------------------------------------------

    def shapes(self, own: Graph, whole: Graph) -> None:
        import pyshacl
        from rdflib import Graph as RdfGraph
        from rdflib import URIRef
        from rdflib.namespace import SH

        shapes = RdfGraph().parse(ontology.folder() / "vocabulary.ttl", format="turtle")
        focus = {node for node in own.subjects() if isinstance(node, URIRef)}
        _, report, _ = pyshacl.validate(_focused(focus, whole), shacl_graph=shapes)
        assert isinstance(report, RdfGraph)
        for result in report.subjects(SH.resultSeverity, None):
            message = str(report.value(result, SH.resultMessage))
            what, _, mend = message.partition(". ")
            node, path, value = (
                report.value(result, each) for each in (SH.focusNode, SH.resultPath, SH.value)
            )
            way = [str(each) for each in (path, value) if each is not None and not _is_blank(each)]
            if node not in focus:
                continue
            named = self._named(value) if path is not None and value is not None else ""
            who = self.lines.name(str(node))
            self.add(
                str(node),
                f"{named} (of {who}) {what}" if named else f"{who} {what}",
                mend,
                *way,
                advice=report.value(result, SH.resultSeverity) == SH.Warning,
            )

    def _named(self, value: Node) -> str:
        from rdflib import Literal

        return f'"{value}"' if isinstance(value, Literal) else self.lines.name(str(value))

    # -- Mistakes that SHACL cannot detect ------------------------------------------------------

    def unknown_terms(self, own: Graph, whole: Graph) -> None:
        """Report terms in the namespace `kg:` that do not exist; most of these are typos."""
        known = {str(subject) for subject in whole.subjects()}
        names = sorted(iri.removeprefix(KG) for iri in known if iri.startswith(KG))
        for triple in own:
            path = tuple(map(str, triple))
            for position, iri in enumerate(path):
                if iri.startswith(KG) and (iri not in known or iri == KG) and not self._is_removed(own, iri):
                    name = iri.removeprefix(KG)
                    close = difflib.get_close_matches(name, names, n=1)
                    mend = "Define it, or see ontology/kg.ttl and ontology/relations/ for existing terms."
                    mend = f"Did you mean kg:{close[0]}?" if close else mend
                    self.add(path[0], f"kg:{name} is not a term of kg", mend, *path[1 : position + 1])

    @staticmethod
    def _is_removed(own: Graph, iri: str) -> bool:
        """Whether the user's file removes the term from the ontology."""
        from rdflib import URIRef
        from rdflib.namespace import OWL

        return (URIRef(iri), OWL.deprecated, None) in own

    def slips(self, own: Graph, whole: Graph) -> None:
        for slip in slips(own, whole):
            at, *path = slip.path or ("",)
            who = f"{self._named(slip.which)} (of {self.lines.name(at)}) " if slip.which is not None else ""
            self.add(at, f"{who}{slip.what}", slip.mend, *path, advice=slip.advice)

    def clashes(self, own: Graph, words: Ontology) -> None:
        """Report words that express two of the user's relations, if the classes of subject and object do not
        tell which relation is meant.
        """
        mine = [each for each in words.relations.values() if each.own]
        here = {str(subject) for subject in own.subjects()}
        for kind in ("verb", "noun", "adjective"):
            by_key: dict[str, list[RelationType]] = {}
            for relation in mine:
                for key in getattr(relation, f"{kind}s"):
                    by_key.setdefault(key, []).append(relation)
            for key, some in by_key.items():
                for one, other in _pairs(some):
                    if other.iri in here and _are_ambiguous(one, other, words):
                        both = f"{self.lines.name(one.iri)} and {self.lines.name(other.iri)}"
                        what = f'"{key}" expresses both {both}'
                        mend = (
                            "Distinguish them by schema:domainIncludes or schema:rangeIncludes, or drop one."
                        )
                        self.add(other.iri, what, mend, KG + kind, key)


def _focused(focus: Iterable[Node], whole: Graph) -> Graph:
    """All triples of `whole` about the terms `focus`; about other terms, only the triples that say which of
    them are classes, and what their superclasses and super-properties are.

    The rest is left out, so that the hundreds of relations that come with kg are not checked each time.
    """
    from rdflib import Graph
    from rdflib.namespace import OWL, RDF, RDFS

    part = Graph()
    for term in focus:
        part += whole.triples((term, None, None))
    for triple in whole.triples((None, RDF.type, OWL.Class)):
        part.add(triple)
    for way in (RDFS.subClassOf, RDFS.subPropertyOf):
        part += whole.triples((None, way, None))
    return part


def _is_blank(node: Node) -> bool:
    from rdflib import BNode

    return isinstance(node, BNode)


def _pairs(some: list[RelationType]) -> Iterator[tuple[RelationType, RelationType]]:
    for at, one in enumerate(some):
        for other in some[at + 1 :]:
            yield one, other


def _are_ambiguous(one: RelationType, other: RelationType, words: Ontology) -> bool:
    """Whether two relations admit a common class as subject and one as object, and neither is more specific.

    Extraction prefers a relation that restricts the classes of both subject and object to a relation that
    restricts only one of them.
    """
    return (
        (bool(one.subjects) + bool(one.objects)) == (bool(other.subjects) + bool(other.objects))
        and _overlap(one.subjects, other.subjects, words)
        and _overlap(one.objects, other.objects, words)
    )


def _overlap(some: tuple[str, ...], others: tuple[str, ...], words: Ontology) -> bool:
    """Whether some class is in both lists, or a subclass of a class in each; an empty list admits all."""
    if not some or not others:
        return True
    return any(
        words.is_a(name, one) and words.is_a(name, other)
        for name, one, other in product(words.classes, some, others)
    )
