"""kg reads news articles and builds a knowledge graph that can be trusted.

    import kg

    graph = kg.build("seeds/")                      # read articles
    graph.query("SELECT ?who { ?who kg:met ?whom }")  # SPARQL
    graph.save("output/")                           # all files of a build
    graph = kg.open("output/")                      # later

Importing kg is cheap: what a call needs is loaded by the call.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx
    import rdflib
    from pyoxigraph import Store

    from kg.model import Knowledge, Problem
    from kg.pipeline import Build
    from kg.store.query import Result

__all__ = ["Graph", "__version__", "build", "open", "to_networkx"]
__version__ = "0.1.0"

StrPath = str | PathLike[str]


@dataclass(frozen=True)
class Graph:
    """A knowledge graph. Make one with `kg.build` or `kg.open`."""

    _build: Build = field(repr=False)

    @property
    def knowledge(self) -> Knowledge:
        """Articles, entities, events and statements as frozen records (`kg.model`)."""
        return self._build.knowledge

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was left out of the build, why, and what to do about it; empty for `kg.open`."""
        return self._build.problems

    def query(self, sparql: str, **parameters: str) -> Result:
        """Ask a SPARQL query; kg's prefixes are known.

        `parameters` give variables of the query their values. Raises kg.store.query.QueryError.
        """
        from kg.store.query import run

        return run(self._store, sparql, parameters)

    def rdf(self) -> rdflib.Graph:
        """A new rdflib graph of all triples: facts, events and provenance."""
        import rdflib
        from pyoxigraph import RdfFormat, serialize

        triples = chain.from_iterable(self._build.triples.values())
        return rdflib.Graph().parse(data=serialize(triples, format=RdfFormat.N_TRIPLES), format="nt")

    def network(self, *, everything: bool = False) -> networkx.MultiDiGraph:
        """A new networkx graph: things are nodes, plain facts between them edges (`kg.write.network`).

        With `everything` all statements are edges, also those that are not asserted, cut, or unsure.
        """
        from kg.write.network import network

        return network(self.knowledge, self._build.ontology, everything=everything)

    def to_networkx(self) -> networkx.MultiDiGraph:
        """The same as `network`, by the name that networkx users look for."""
        return self.network()

    def statements(self) -> list[dict[str, Any]]:
        """Every statement as a plain dictionary, as in statements.jsonl."""
        import io
        import json

        from kg.rdf.names import Names
        from kg.write.statements import write

        lines = io.StringIO()
        write(self.knowledge, self._build.ontology, Names(self._build.base), lines)
        return [json.loads(line) for line in lines.getvalue().split("\n") if line]

    def save(self, folder: StrPath) -> None:
        """Write all files of a build into a folder. Raises kg.write.output.OutputError."""
        from kg import pipeline

        pipeline.save(self._build, Path(folder))

    @cached_property
    def _store(self) -> Store:
        from pyoxigraph import Quad, Store

        store = Store()
        store.extend(Quad(*triple) for triple in chain.from_iterable(self._build.triples.values()))
        store.extend(self._build.background)
        return store


def build(
    paths: StrPath | Sequence[StrPath],
    ontology: Iterable[StrPath] = (),
    background: Iterable[StrPath] = (),
    decisions: StrPath | None = None,
    parser: str | None = None,
    *,
    follow_links: bool = False,
    any_language: bool = False,
) -> Graph:
    """Read articles: files (.txt, .html) or folders of them.

    `ontology` are Turtle files of your own that add relations and classes, or replace some;
    `background` RDF of your own that names people or organisations; `decisions` is what you decided
    about the graph, otherwise a decisions.toml beside the articles' folder; `parser` who parses: "news"
    (kg's own), "md" (spaCy's), or an installed package of spaCy's; `follow_links` whether links that lead
    out of a folder of articles are followed, `any_language` whether articles in other languages than English
    are read. What could not be read is in `Graph.problems`. Raises
    kg.pipeline.NoArticleError, kg.pipeline.OntologyError, kg.rdf.background.BackgroundError and
    kg.language.pipeline.ParserError.
    """
    from kg import pipeline
    from kg.language.pipeline import DEFAULT

    given = [paths] if isinstance(paths, str | PathLike) else paths
    return Graph(
        pipeline.build(
            [Path(path) for path in given],
            ontology_files=[Path(file) for file in ontology],
            decisions=Path(decisions) if decisions else None,
            background_files=[Path(file) for file in background],
            follow_links=follow_links,
            any_language=any_language,
            parser=parser or DEFAULT,
        )
    )


def open(folder: StrPath = "output") -> Graph:  # noqa: A001 (kg.open reads well, and nobody stars kg)
    """The graph that a folder holds. Raises kg.write.output.OutputError."""
    from kg import pipeline

    return Graph(pipeline.load(Path(folder)))


def to_networkx(folder: StrPath = "output") -> networkx.MultiDiGraph:
    """The network of the graph that a folder holds. Raises kg.write.output.OutputError."""
    return open(folder).to_networkx()
