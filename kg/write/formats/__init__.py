"""The formats that a graph can be exported in: each module here adds its own, and nothing else knows of it.

A module has `FORMATS`, a tuple of `Format`, by which `kg export`, its help, docs/export.md and the tests find
it.
"""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType

from pyoxigraph import Quad, Triple

from kg.model import Knowledge
from kg.ontology import KG, Ontology
from kg.rdf.graph import Part
from kg.write import output


class Choice(StrEnum):
    """What a format leaves to whoever exports; and why others do not, in words that follow their name."""

    PARTS = "knows no parts"
    EVERYTHING = "holds every statement anyway"
    NAMESPACE = "holds no IRIs of terms"
    ABOUT = "says nothing of itself"
    TEXTS = "holds no texts of articles"
    REIFIERS = "has no RDF 1.2"


@dataclass(frozen=True)
class Wanted:
    """What is to be written."""

    knowledge: Knowledge
    ontology: Ontology
    base: str
    parts: Sequence[Part] = tuple(Part)  # Choice.PARTS; none: what is not of them
    background: Sequence[Quad] = ()
    everything: bool = False  # Choice.EVERYTHING: what is no plain fact too
    namespace: str = KG  # Choice.NAMESPACE: where the terms of kg are to be
    about: Sequence[Triple] = ()  # Choice.ABOUT: what the graph is (`kg.rdf.dataset`)
    texts: bool = False  # Choice.TEXTS: the text of each article (`kg.rdf.texts`)
    reifiers: bool = False  # Choice.REIFIERS: statements in RDF 1.2 (`kg.rdf.reifiers`)


@dataclass(frozen=True, slots=True)
class Format:
    """A format of files: `make` gives the bytes of each of `files`, or of the only one."""

    name: str  # as on the command line
    suffix: str  # of the only file
    holds: str  # in a few words of Markdown: "all triples"
    reads: str  # who reads it: "Cytoscape, yEd"
    make: Callable[[Wanted], Sequence[bytes]]
    files: tuple[str, ...] = ()  # names in a folder, where it is more than one file
    takes: frozenset[Choice] = frozenset()
    needs: str = ""  # a package that has to be installed to write it; the extra of kg has its format's name

    def missing(self) -> str:
        """What to do where it cannot be written here; "" where it can."""
        if not self.needs or importlib.util.find_spec(self.needs):
            return ""
        return f"{self.name} needs the package {self.needs}: pip install 'kg[{self.name}]'"


def put(made: Sequence[bytes], form: Format, target: Path) -> None:
    """Write what a format has made to a file, or where it is several, into a folder: all of them or none."""
    if form.files:
        target.mkdir(parents=True, exist_ok=True)
    paths = [target / name for name in form.files] or [target]
    with ExitStack() as replaced:
        for path, data in zip(paths, made, strict=True):
            replaced.enter_context(output.replacing(path)).write_bytes(data)


@cache
def formats() -> Mapping[str, Format]:
    """All formats by name, in the order of their names."""
    modules = (importlib.import_module(f"{__name__}.{each.name}") for each in pkgutil.iter_modules(__path__))
    found = [each for module in modules for each in module.FORMATS]
    return MappingProxyType({each.name: each for each in sorted(found, key=lambda each: each.name)})
