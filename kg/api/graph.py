"""The graph as a Python object, which can be queried, changed, exported and shown."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

from kg.api import arguments, given
from kg.api.arguments import StrPath
from kg.api.given import Articles, Given
from kg.errors import Error, MissingError
from kg.model import Document

if TYPE_CHECKING:
    import networkx
    import pandas
    import rdflib
    from pyoxigraph import Store

    from kg.api.answers import Answer, Check, Explanation
    from kg.model import Knowledge, Problem
    from kg.pipeline import Build


class ArticleError(Error):
    """An article cannot be added, replaced or removed; the message says why."""


class ExportError(Error):
    """A graph cannot be exported in this way; the message says why."""


class Kept:
    """A folder in which the reading of each article is cached.

    Without a path it is a temporary folder, which is deleted when no graph uses it any more.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or Path(tempfile.mkdtemp(prefix="kg-"))
        if path is None:
            weakref.finalize(self, shutil.rmtree, self.path, ignore_errors=True)


@dataclass(frozen=True)
class Graph:
    """A knowledge graph. Make one with `kg.build` or `kg.open`. It is immutable: `add` returns a new one."""

    _build: Build = field(repr=False)
    _kept: Kept | None = field(default=None, repr=False, compare=False)

    @property
    def knowledge(self) -> Knowledge:
        """Articles, entities, events and statements as frozen records (`kg.model`)."""
        return self._build.knowledge

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The articles that the build skipped, each with the reason and what to do; empty after `kg.open`."""
        return self._build.problems

    @property
    def counts(self) -> dict[str, int]:
        """How many articles, things, statements and so on the graph has."""
        known = self.knowledge
        return {
            "articles": len(known.documents),
            "things": len(known.entities),
            "events": len(known.events),
            "statements": len(known.statements),
            "plain facts": sum(each.plain for each in known.statements),
            "conflicts": len(known.conflicts),
        }

    # -- queries ------------------------------------------------------------------------------------------

    def query(self, question: str, **parameters: str) -> Answer:
        """The answer to a SPARQL query, in which kg's prefixes are predefined, or to a named query
        (`kg.queries`).

        `parameters`: those of a named query. Raises kg.store.query.QueryError.
        """
        from kg.api.answers import Answer
        from kg.store.query import run, text_of

        values = {name: arguments.text(name, value) for name, value in parameters.items()}
        return Answer.of(run(self._store, text_of(arguments.text("question", question)), values))

    def explain(self, subject: str, relation: str = "", object: str = "") -> Explanation:  # noqa: A002
        """The statements about a thing, or between two things, given by name; each with its sentences. A name
        matches in whole or in part, in upper or lower case.
        """
        from kg.api.answers import Explanation
        from kg.store.explain import Explainer

        for name, given_text in (("subject", subject), ("relation", relation), ("object", object)):
            arguments.text(name, given_text)
        explainer = Explainer(self.knowledge, self._build.ontology)
        unknown = tuple(name for name in (subject, object) if name and not explainer.matches(name))
        return Explanation(explainer.explain(subject, relation, object), explainer, unknown)

    def check(self, *, shapes: bool = True) -> Check:
        """Whether the triples conform to the SHACL shapes, and where articles disagree.

        `shapes`: whether to check the triples; without this, there is only the disagreement of articles.
        """
        from kg.api.answers import Check
        from kg.rdf.conformance import violations

        found = violations(chain.from_iterable(self._build.triples.values())) if shapes else []
        return Check(self.knowledge, tuple(found))

    # -- changes ------------------------------------------------------------------------------------------

    def add(self, *articles: Articles, jobs: int = 1, progress: bool | None = None) -> Graph:
        """A new graph with additional articles. Only these are read, in up to `jobs` processes (as in
        `kg.build`).

        Articles that cannot be read are in the new graph's `problems`. Raises ArticleError for an id that
        already exists, NoArticleError if none can be read.
        """
        arguments.number("jobs", jobs)
        new, problems = self._read(articles, progress)
        held = self.knowledge.documents
        if clash := sorted({each.id for each in held} & {each.id for each in new}):
            message = f"{', '.join(clash)}: already exists. Use graph.replace, or give another id."
            raise ArticleError(message)
        return self._with((*held, *new), problems, progress, jobs)

    def replace(self, id: str, article: Given, *, progress: bool | None = None) -> Graph:  # noqa: A002
        """A new graph with another article in place of the one with this id; only that is read. Raises
        ArticleError for an unknown id, NoArticleError if the article cannot be read.
        """
        self._known(id)
        new, problems = self._read([article], progress)
        if len(new) != 1:
            raise ArticleError(f"{id}: {len(new)} articles cannot replace one. Give one.")
        kept = [each for each in self.knowledge.documents if each.id != id]
        return self._with((*kept, replace(new[0], id=id)), problems, progress)

    def remove(self, *ids: str, progress: bool | None = None) -> Graph:
        """A new graph without these articles. Raises ArticleError for an unknown id."""
        for each in ids:
            self._known(each)
        kept = [each for each in self.knowledge.documents if each.id not in ids]
        return self._with(kept, (), progress)

    # -- exports ------------------------------------------------------------------------------------------

    def frame(self) -> pandas.DataFrame:
        """All statements as a pandas table, whose columns are `kg.api.frames.STATEMENTS`.

        Raises kg.MissingError without pandas.
        """
        from kg.api import frames
        from kg.rdf.names import Names

        return frames.statements(self.knowledge, self._build.ontology, Names(self._build.base))

    def statements(self) -> list[dict[str, Any]]:
        """All statements as dictionaries, as in statements.jsonl."""
        import io
        import json

        from kg.rdf.names import Names
        from kg.write.statements import write

        lines = io.StringIO()
        write(self.knowledge, self._build.ontology, Names(self._build.base), lines)
        return [json.loads(line) for line in lines.getvalue().split("\n") if line]

    def rdf(self) -> rdflib.Graph:
        """All triples as a new rdflib graph: facts, events, links and provenance."""
        import rdflib
        from pyoxigraph import RdfFormat, serialize

        triples = chain.from_iterable(self._build.triples.values())
        return rdflib.Graph().parse(data=serialize(triples, format=RdfFormat.N_TRIPLES), format="nt")

    def network(self, *, everything: bool = False) -> networkx.MultiDiGraph:
        """A new networkx graph, in which things are nodes, and plain facts edges (`kg.write.network`).

        With `everything`, all statements are edges, also those that are not asserted, incomplete or
        uncertain.
        """
        from kg.write.network import network

        return network(self.knowledge, self._build.ontology, everything=everything)

    def to_networkx(self) -> networkx.MultiDiGraph:
        """The same as `network()`, under the name that users of networkx expect."""
        return self.network()

    @overload
    def export(self, form: str, *, everything: bool = False) -> bytes: ...
    @overload
    def export(self, form: str, target: StrPath, *, everything: bool = False) -> None: ...
    def export(self, form: str, target: StrPath | None = None, *, everything: bool = False) -> bytes | None:
        """The graph in a format of `kg export`, as bytes; with a `target`, written to that file or folder
        instead.

        `everything`: networks include statements that are not plain facts. Raises ExportError for an unknown
        format and for one of several files without a target, MissingError if a package is missing.
        """
        from kg.write.formats import Wanted, formats, put

        arguments.text("form", form)
        where = None if target is None else arguments.path("target", target)
        if form not in formats():
            raise ExportError(f"{form}: unknown format. There are {', '.join(formats())}.")
        chosen = formats()[form]
        if missing := chosen.missing():
            raise MissingError(missing)
        if chosen.files and where is None:
            raise ExportError(f"{form} is {len(chosen.files)} files: give a folder for them.")
        built = self._build
        wanted = Wanted(
            built.knowledge,
            built.ontology,
            built.base,
            background=built.background,
            everything=everything,
        )
        if where is None:
            return chosen.make(wanted)[0]
        put(wanted, chosen, where)
        return None

    def save(self, folder: StrPath) -> None:
        """Write all files of a build, including the cached readings, into a folder.

        Raises kg.write.output.OutputError.
        """
        from kg import pipeline

        where = arguments.path("folder", folder)
        pipeline.save(self._build, where)
        readings = where / pipeline.READINGS
        if self._kept and self._kept.path.is_dir() and self._kept.path != readings:
            shutil.copytree(self._kept.path, readings, dirs_exist_ok=True)

    # -----------------------------------------------------------------------------------------------------

    def _repr_html_(self) -> str:
        from kg.api import html

        return html.graph(self.knowledge, self._build.ontology, self.counts)

    def __repr__(self) -> str:
        return f"<kg.Graph: {', '.join(f'{number:,} {name}' for name, number in self.counts.items())}>"

    def _read(
        self, articles: Iterable[Articles], progress: bool | None
    ) -> tuple[tuple[Document, ...], tuple[Problem, ...]]:
        from kg import pipeline
        from kg.api.progress import track

        paths, texts = given.parted(*articles)
        found, problems = pipeline.articles(
            paths,
            texts,
            follow_links=self._build.follow_links,
            any_language=self._build.any_language,
            track=track(progress),
        )
        if not found:
            raise pipeline.NoArticleError(problems)
        return found, problems

    def _with(
        self,
        documents: Iterable[Document],
        problems: Iterable[Problem],
        progress: bool | None,
        jobs: int = 1,
    ) -> Graph:
        from kg import pipeline
        from kg.api.progress import track

        kept = self._kept or Kept()
        ordered = tuple(sorted(documents, key=lambda each: each.id))
        known = replace(self.knowledge, documents=ordered)
        changed = replace(self._build, knowledge=known, problems=(*self.problems, *problems))
        read = pipeline.reread(changed, keep=kept.path, tidy=False, jobs=jobs, track=track(progress))
        return Graph(read, kept)

    def _known(self, id_: str) -> None:
        arguments.text("id", id_)
        if all(each.id != id_ for each in self.knowledge.documents):
            raise ArticleError(f"{id_}: no such article. graph.knowledge.documents has their ids.")

    @cached_property
    def _store(self) -> Store:
        from pyoxigraph import Quad, Store

        store = Store()
        store.extend(Quad(*triple) for triple in chain.from_iterable(self._build.triples.values()))
        store.extend(self._build.background)
        return store
