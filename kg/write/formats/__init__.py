"""The export formats: each module here adds its own, and nothing else depends on it.

A module has `FORMATS`, a tuple of `Format`. `kg export`, its help, docs/export.md and the tests take the
formats from there.
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
from typing import BinaryIO

from pyoxigraph import Quad, Triple

from kg.model import Knowledge, Problem
from kg.ontology import KG, Ontology
from kg.rdf.parts import GraphPart
from kg.write import output


class Choice(StrEnum):
    """The options that a format may support. The value completes the message for a format that does not
    support the option: "csv has no parts".
    """

    PARTS = "has no parts"
    EVERYTHING = "contains every statement anyway"
    NAMESPACE = "contains no IRIs of terms"
    ABOUT = "has no description"
    TEXTS = "contains no texts of articles"
    REIFIERS = "does not support RDF 1.2"


@dataclass(frozen=True)
class Wanted:
    """What to write: the graph, and the options of `kg export`."""

    knowledge: Knowledge
    ontology: Ontology
    base: str
    parts: Sequence[GraphPart] = tuple(GraphPart)  # Choice.PARTS: the parts; empty: only the background
    background: Sequence[Quad] = ()
    everything: bool = False  # Choice.EVERYTHING: include what is not a plain fact
    namespace: str = KG  # Choice.NAMESPACE: namespace for the terms of kg
    about: Sequence[Triple] = ()  # Choice.ABOUT: the dataset description (`kg.rdf.dataset`)
    texts: bool = False  # Choice.TEXTS: the text of each article (`kg.rdf.texts`)
    reifiers: bool = False  # Choice.REIFIERS: statements in RDF 1.2 (`kg.rdf.reifiers`)


@dataclass(frozen=True, slots=True)
class Format:
    """A file format. `make` gives the bytes of each of `files`, or of the single file."""

    name: str  # as on the command line
    suffix: str  # suffix of the file, "" if there are several files
    holds: str  # what it contains, in a few words of Markdown: "all triples"
    reads: str  # which tools read it: "Cytoscape, yEd"
    make: Callable[[Wanted], Sequence[bytes]]
    files: tuple[str, ...] = ()  # the names of several files in a folder; empty for a single file
    takes: frozenset[Choice] = frozenset()
    needs: str = ""  # a package required for writing it, installed by kg's extra with the name of the format
    # used instead of `make`; writes row by row
    write: Callable[[Wanted, Sequence[BinaryIO]], None] | None = None

    def missing(self) -> str:
        """A message about the package that is missing for the format; "" if none is."""
        if not self.needs or importlib.util.find_spec(self.needs):
            return ""
        return f"{self.name} needs the package {self.needs}: pip install 'kg[{self.name}]'"


def put(wanted: Wanted, form: Format, target: Path) -> None:
    """Write the files of a format to a file or, if there are several, into a folder: all of them or none.

    Raises OutputError.
    """
    if form.files:
        output.make(target)
    elif target.is_dir():
        raise output.OutputError(Problem(str(target), "is a folder", f"{form.name} is one file: name it."))
    paths = [target / name for name in form.files] or [target]
    with ExitStack() as replaced:
        new = [replaced.enter_context(output.replacing(path)) for path in paths]
        with ExitStack() as opened:
            files = [opened.enter_context(path.open("wb")) for path in new]
            if form.write:
                form.write(wanted, files)
            else:
                for file, data in zip(files, form.make(wanted), strict=True):
                    file.write(data)


@cache
def formats() -> Mapping[str, Format]:
    """All formats by name, in the order of their names."""
    modules = (importlib.import_module(f"{__name__}.{each.name}") for each in pkgutil.iter_modules(__path__))
    found = [each for module in modules for each in module.FORMATS]
    return MappingProxyType({each.name: each for each in sorted(found, key=lambda each: each.name)})
