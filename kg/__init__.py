"""kg reads news articles and builds a knowledge graph that can be trusted.

    import kg

    graph = kg.build("seeds/")                        # read articles: files, folders, texts
    graph = graph.add("Ana Ruiz met Tom Reed.")       # one more; only this is read
    graph.query("SELECT ?who { ?who kg:met ?whom }")  # SPARQL, or the name of a query
    graph.frame()                                     # every statement, as a pandas table
    graph.save("output/")                             # all files of a build
    graph = kg.open("output/")                        # later

Importing kg is cheap: what a call needs is loaded by the call.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from kg.api.given import Article, Articles, Given, parted
from kg.api.graph import ArticleError, ExportError, Graph, Kept, StrPath
from kg.errors import Error, MissingError

if TYPE_CHECKING:
    import networkx

    from kg.store.query import NamedQuery

__all__ = [
    "Article", "ArticleError", "Error", "ExportError", "Given", "Graph", "MissingError", "__version__",
    "build", "open", "queries", "to_networkx",
]  # fmt: skip
__version__ = "0.1.0"


def build(
    articles: Articles,
    ontology: Iterable[StrPath] = (),
    background: Iterable[StrPath] = (),
    decisions: StrPath | None = None,
    parser: str | None = None,
    *,
    follow_links: bool = False,
    any_language: bool = False,
    jobs: int = 1,
    progress: bool | None = None,
) -> Graph:
    """Read articles: files (.txt, .html, .jsonl), folders, texts, `Article`s, dictionaries, or many of them.

    A string is a text when it ends as a sentence does or has several lines, else a path; a `Path` is always
    a path, an `Article` always a text.

    `ontology` are Turtle files of your own that add relations and classes, or replace some;
    `background` RDF of your own that names people or organisations; `decisions` is what you decided
    about the graph, otherwise a decisions.toml beside the articles' folder; `parser` who parses: "news"
    (kg's own), "md" (spaCy's), or an installed package of spaCy's; `follow_links` whether links that lead
    out of a folder of articles are followed, `any_language` whether articles in other languages than English
    are read; `jobs` how many processes may read (with more than 1 a script has to guard what it does with
    `if __name__ == "__main__":`, for each process runs it again); `progress` whether it is shown, by itself
    in notebooks only. What could not be read is in `Graph.problems`. Raises kg.pipeline.NoArticleError,
    kg.pipeline.OntologyError, kg.rdf.background.BackgroundError and kg.language.pipeline.ParserError, all of
    them `kg.Error`.
    """
    from kg import pipeline
    from kg.api.progress import track
    from kg.language.pipeline import DEFAULT

    paths, texts = parted(articles)
    kept = Kept()
    built = pipeline.build(
        paths,
        texts=texts,
        ontology_files=[Path(file) for file in ontology],
        decisions=Path(decisions) if decisions else None,
        background_files=[Path(file) for file in background],
        follow_links=follow_links,
        any_language=any_language,
        keep=kept.path,
        jobs=jobs,
        parser=parser or DEFAULT,
        track=track(progress),
    )
    return Graph(built, kept)


def open(folder: StrPath = "output") -> Graph:  # noqa: A001 (kg.open reads well, and nobody stars kg)
    """The graph that a folder holds. Raises kg.write.output.OutputError."""
    from kg import pipeline

    return Graph(pipeline.load(Path(folder)), Kept(Path(folder) / pipeline.READINGS))


def queries() -> list[NamedQuery]:
    """The queries that have names, with what they answer and which parameters they take."""
    from kg.store.query import named

    return named()


def to_networkx(folder: StrPath = "output") -> networkx.MultiDiGraph:
    """The network of the graph that a folder holds. Raises kg.write.output.OutputError."""
    return open(folder).to_networkx()
