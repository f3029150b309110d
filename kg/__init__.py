"""kg reads news articles and builds a knowledge graph that can be trusted.

    import kg

    graph = kg.build("seeds/")                        # read articles: files, folders, texts
    graph = graph.add("Ana Ruiz met Tom Reed.")       # adds an article; only this one is read
    graph.query("SELECT ?who { ?who kg:met ?whom }")  # SPARQL, or the name of a query
    graph.frame()                                     # every statement, as a pandas table
    graph.save("output/")                             # all files of a build
    graph = kg.open("output/")                        # loads the saved graph

Importing kg is fast: each call loads what it needs.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kg.api import arguments
from kg.api.arguments import StrPath
from kg.api.given import Article, Articles, Given, parted
from kg.api.graph import ArticleError, ExportError, Graph, Kept
from kg.errors import ArgumentError, Error, MissingError

if TYPE_CHECKING:
    import networkx

    from kg.store.query import NamedQuery

__all__ = [
    "ArgumentError", "Article", "ArticleError", "Error", "ExportError", "Given", "Graph", "MissingError",
    "__version__", "build", "open", "queries", "to_networkx",
]  # fmt: skip
__version__ = "0.2.0"


def build(
    articles: Articles,
    ontology: StrPath | Iterable[StrPath] = (),
    background: StrPath | Iterable[StrPath] = (),
    decisions: StrPath | None = None,
    parser: str | None = None,
    *,
    follow_links: bool = False,
    any_language: bool = False,
    jobs: int = 1,
    progress: bool | None = None,
) -> Graph:
    """Build a graph from articles: files (.txt, .html, .jsonl), folders, texts, `Article`s, dictionaries, or
    iterables of these.

    A string is a text if it ends like a sentence or has several lines, otherwise a path; a `Path` is always a
    path, an `Article` always a text.

    `ontology`: your own Turtle files that add or replace relations and classes; `background`: your own RDF
    that names people or organisations; `decisions`: your decisions about the graph, by default the file
    decisions.toml beside the articles' folder, if there is one; `parser`: "news" (kg's own), "md" (spaCy's),
    or an installed spaCy package; `follow_links`: follow symbolic links that lead out of a folder of
    articles; `any_language`: also read articles in languages other than English; `jobs`: number of reading
    processes (with more than 1, a script has to guard its main code with `if __name__ == "__main__":`,
    because each process imports the script); `progress`: whether to show progress, by default in notebooks
    only. Articles that could not be read are in `Graph.problems`. Raises kg.ArgumentError,
    kg.pipeline.NoArticleError, kg.pipeline.OntologyError, kg.rdf.background.BackgroundError and
    kg.language.pipeline.ParserError, all of which are kinds of `kg.Error`.
    """
    from kg import pipeline
    from kg.api.progress import track
    from kg.language.pipeline import DEFAULT

    paths, texts = parted(articles)
    kept = Kept()
    built = pipeline.build(
        paths,
        texts=texts,
        ontology_files=arguments.paths("ontology", ontology),
        decisions=None if decisions is None else arguments.path("decisions", decisions),
        background_files=arguments.paths("background", background),
        follow_links=follow_links,
        any_language=any_language,
        keep=kept.path,
        jobs=arguments.number("jobs", jobs),
        parser=DEFAULT if parser is None else arguments.text("parser", parser),
        track=track(progress),
    )
    return Graph(built, kept)


def open(folder: StrPath = "output") -> Graph:  # noqa: A001 (kg.open reads well, and nobody star-imports kg)
    """The graph in a folder. Raises kg.write.output.OutputError."""
    from kg import pipeline

    where = arguments.path("folder", folder)
    return Graph(pipeline.load(where), Kept(where / pipeline.READINGS))


def queries() -> list[NamedQuery]:
    """The named queries, with descriptions and parameters."""
    from kg.store.query import named

    return named()


def to_networkx(folder: StrPath = "output") -> networkx.MultiDiGraph:
    """The graph in a folder as a network. Raises kg.write.output.OutputError."""
    return open(folder).to_networkx()
