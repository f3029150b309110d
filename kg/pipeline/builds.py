"""A build: what was read, resolved and chosen, with the metadata for build.json."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.language import pipeline as parsing
from kg.model import Factuality, Knowledge, Problem
from kg.ontology import Ontology
from kg.rdf.names import BASE, Names

if TYPE_CHECKING:
    from pyoxigraph import Quad, Triple

    from kg.rdf.parts import GraphPart

FLAGS = ("follow_links", "any_language")  # yes-or-no options of a build, documented in `kg.pipeline.build`


class Stored(StrEnum):
    """What the embedded store of a build contains."""

    NONE = "none"  # there is no store
    FACTS = "facts"  # things, events and links, without the statements and their sentences
    ALL = "all"


@dataclass(frozen=True)
class Build:
    """A graph and the settings with which it was built: everything needed to write its files."""

    knowledge: Knowledge
    ontology: Ontology
    base: str = BASE
    problems: tuple[Problem, ...] = ()
    ontology_files: tuple[Path, ...] = ()  # the user's own ontology files
    background_files: tuple[Path, ...] = ()
    parser: str = parsing.DEFAULT  # name of the parser that read the articles (kg.language.pipeline)
    parser_version: str = ""  # version of that parser
    follow_links: bool = False
    any_language: bool = False
    store: Stored = Stored.ALL

    @cached_property
    def background(self) -> list[Quad]:
        """The content of the background files, each in its graph. Raises BackgroundError."""
        from kg.rdf.background import quads, read

        return quads(read(self.background_files, Names(self.base)), Names(self.base))

    @cached_property
    def triples(self) -> dict[GraphPart, list[Triple]]:
        """The triples of the graph, sorted within each of its four parts."""
        from kg.rdf.graph import triples

        return triples(self.knowledge, self.ontology, self.base)

    @cached_property
    def about(self) -> dict[str, Any]:
        """The metadata for build.json."""
        return self.noted({part: len(some) for part, some in self.triples.items()})

    def noted(self, triples: Mapping[GraphPart, int]) -> dict[str, Any]:
        """The metadata for build.json, given the number of triples in each part."""
        from kg import __version__

        documents = [{"id": d.id, "sha256": d.digest} for d in self.knowledge.documents]
        made: dict[str, Any] = {"kg": __version__, "base": self.base, "parser": self.parser}
        made |= {"parser_version": self.parser_version} if self.parser_version else {}
        made |= {name: True for name in FLAGS if getattr(self, name)}
        decided = len(self.knowledge.decisions)
        made |= {"decisions": decided} if decided else {}
        made |= {"store": self.store.value} if self.store is not Stored.ALL else {}
        about = {**made, "counts": self._counts(triples), "documents": documents}
        background = [{"id": each.id, "sha256": each.digest} for each in self.knowledge.background]
        return {**about, "background": background} if background else about

    def _counts(self, triples: Mapping[GraphPart, int]) -> dict[str, Any]:
        """How many articles, statements, triples, ... there are; every factuality and part is listed, even
        with 0.
        """
        found = [statement.factuality for statement in self.knowledge.statements]
        return {
            "articles": len(self.knowledge.documents),
            "entities": len(self.knowledge.entities),
            "events": len(self.knowledge.events),
            "statements": {f.value: found.count(f) for f in Factuality},
            "plain": sum(statement.plain for statement in self.knowledge.statements),
            "dependences": len(self.knowledge.dependences),
            "conflicts": len(self.knowledge.conflicts),
            "triples": {part.value: number for part, number in triples.items()},
        }


def base_of(about: Mapping[str, Any]) -> str:
    """The base IRI of a build, from build.json."""
    return str(about.get("base", BASE))


def store_of(about: Mapping[str, Any]) -> Stored:
    """The content of the store of a build, from build.json."""
    return Stored(about.get("store", Stored.ALL))


def flags_of(about: Mapping[str, Any]) -> frozenset[str]:
    """The `FLAGS` of a build, from build.json."""
    return frozenset(name for name in FLAGS if about.get(name))


def parser_of(about: Mapping[str, Any]) -> str:
    """The name of the parser that read the articles of a build, from build.json."""
    return str(about.get("parser", parsing.MD))
