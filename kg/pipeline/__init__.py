"""Runs the stages in order: articles -> Documents -> Readings -> Knowledge -> the files of a build.

Begin with this module to understand kg. `build` makes a `Build`, `save` writes it to a folder, `load` reads
it back. Each stage has its own package; `kg.write.output` keeps the folder consistent.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg import ontology, parallel
from kg.errors import Error
from kg.language import pipeline as parsing
from kg.memo import Memo
from kg.memory import Budget
from kg.model import Document, Knowledge, Problem
from kg.ontology import Ontology
from kg.pipeline.articles import ITEM, MAX_TEXT, ROWS, Track, articles, parted, silently, texts
from kg.pipeline.builds import FLAGS, Build, Stored, base_of, flags_of, parser_of, store_of
from kg.pipeline.folder import (
    ARCHIVE,
    BACKGROUND,
    MOST_SHOWN,
    ONTOLOGY,
    PAGE,
    READINGS,
    RESOLVED,
    STATEMENTS,
    STORE,
    background_of,
    check,
    load,
    ontology_of,
    save,
)
from kg.pipeline.readings import collecting_rarely, read
from kg.rdf.names import BASE, Names
from kg.write.storage import is_folder

if TYPE_CHECKING:
    from kg.read.decisions import Decisions

__all__ = [
    "ARCHIVE", "BACKGROUND", "FLAGS", "ITEM", "MAX_TEXT", "MOST_SHOWN", "ONTOLOGY", "PAGE", "READINGS",
    "RESOLVED", "ROWS", "STATEMENTS", "STORE", "Build", "NoArticleError", "OntologyError", "Stored", "Track",
    "articles", "background_of", "base_of", "build", "check", "decisions_of", "extract", "flags_of", "load",
    "ontology_of", "parser_of", "parted", "reread", "save", "silently", "store_of", "texts",
]  # fmt: skip


class NoArticleError(Error):
    """There is no article among the given files; `problems` says why, for each file."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(["no article to read", *map(str, problems)]))
        self.problems = problems


class OntologyError(Error):
    """A file of the user's ontology is not Turtle."""


def build(
    paths: Sequence[Path],
    *,
    texts: Sequence[Document | Problem] = (),
    ontology_files: Sequence[Path] = (),
    background_files: Sequence[Path] = (),
    base: str = BASE,
    decisions: Path | None = None,
    leave_out: Path | None = None,
    follow_links: bool = False,
    any_language: bool = False,
    keep: Path | str | None = None,
    tidy: bool = True,
    parser: str = parsing.DEFAULT,
    jobs: int | None = 1,
    address: str | None = None,
    store: Stored = Stored.ALL,
    memory: Budget | None = None,
    track: Track = silently,
) -> Build:
    """Read articles and build the graph; files in the folder `leave_out` are not articles.

    `texts`: articles that are not in files. `follow_links`: follow symbolic links that lead out of a folder
    of articles. `any_language`: also read articles that are not in English.

    `decisions`: the user's decisions; by default, a decisions.toml beside the articles' folder, if there is
    one. `keep`: a folder, or the URL of an object store, that caches readings, so that only new articles are
    read the next time. `tidy`: delete cached readings of other articles. `parser`: name of the parser, as in
    kg.language.pipeline. `jobs`: maximum number of reading processes; None: as many as there are cores. These
    import the main program, which therefore has to guard its main code with `if __name__ == "__main__"`.
    `address`: the address of a Ray cluster that reads instead (`kg.cluster`); all its machines must be able
    to use `keep`. `memory`: the maximum memory of all processes on this machine. Raises NoArticleError,
    OntologyError, ParserError, kg.rdf.background.BackgroundError, kg.cluster.ClusterError,
    kg.write.storage.StorageError, and kg.memory.BudgetError if the memory is too small for the articles.
    """
    parsing.check(parser)
    files = tuple(ontology_files), tuple(background_files)
    began = Build(Knowledge(), _ontology(ontology_files), base, (), *files, parser)
    began = replace(began, follow_links=follow_links, any_language=any_language, store=store)
    if background_files:
        assert began.background  # errors in these files are reported before the articles are read
    decided = decisions_of(paths, decisions, began.ontology)
    documents, problems = articles(
        paths, texts, leave_out=leave_out, follow_links=follow_links, any_language=any_language, track=track
    )
    if not documents:
        raise NoArticleError(problems)
    if memory:
        memory.check(len(documents), sum(len(document.text) for document in documents))
        jobs = memory.readers(parallel.processes(documents, jobs))
    given = Knowledge(documents, decisions=decided.decisions)
    began = replace(began, knowledge=given, problems=problems)
    built = reread(
        began, keep=keep, tidy=tidy, jobs=jobs, address=address, frugal=memory is not None, track=track
    )
    idle = decided.without_effect(built.knowledge.decisions)
    return replace(built, problems=(*built.problems, *decided.problems, *idle))


def reread(
    built: Build,
    *,
    keep: Path | str | None = None,
    tidy: bool = True,
    jobs: int | None = 1,
    address: str | None = None,
    frugal: bool = False,
    track: Track = silently,
) -> Build:
    """Read the articles of a build again, with its ontology, background, decisions and parser.

    An article on which kg fails is skipped and added to the problems. `keep`, `tidy`, `jobs`, `address`: as
    in `build`. `frugal`: use little memory even for few articles: other processes read them, so that the
    parser's memory is free afterwards, and their readings are kept on disk while resolving. Raises
    NoArticleError if no article is left, ParserError if the parser is not installed, and ClusterError.
    """
    from kg.rdf import background, known
    from kg.resolve import resolve

    names = Names(built.base)
    told = background.read(built.background_files, names)
    things = known.known(told, built.ontology, names) if told else ()
    documents = [replace(document, dated_by=()) for document in built.knowledge.documents]
    decisions = [replace(decision, nodes=()) for decision in built.knowledge.decisions]
    with collecting_rarely():
        readings, failed = read(documents, built, track, keep, jobs, address, tidy=tidy, frugal=frugal)
        problems = (*built.problems, *failed)
        if failed and not readings:
            raise NoArticleError(problems)
        with _memo(keep, built) as memo:
            knowledge = resolve(readings, built.ontology, decisions, things, memo)
            if tidy:
                memo.tidy()
    knowledge = replace(knowledge, background=tuple(each.about for each in told))
    version = parsing.identity(built.parser)
    return replace(built, knowledge=knowledge, problems=problems, parser_version=version)


def extract(
    documents: Sequence[Document],
    track: Track = silently,
    parser: str = parsing.DEFAULT,
    jobs: int | None = 1,
) -> tuple[Iterator[dict[str, Any]], tuple[Problem, ...]]:
    """The row of `kg extract` (`kg.write.extracted`) for each document, in order; and the problems of the
    documents on which kg fails.

    `jobs`: as in `build`. Raises ParserError.
    """
    from kg.resolve import links
    from kg.write.extracted import row

    parsing.check(parser)
    knows = ontology.load()
    with collecting_rarely():
        readings, problems = read(documents, Build(Knowledge(), knows, parser=parser), track, jobs=jobs)
        found = links(readings, knows)
    return map(row, readings, found), problems


def decisions_of(paths: Sequence[Path], given: Path | None, knows: Ontology) -> Decisions:
    """The user's decisions about these articles: from the file `given`, otherwise from a decisions.toml
    beside the articles; empty if there is none.
    """
    from kg.read import decisions

    path = given or decisions.beside(list(paths))
    return decisions.read(path, knows.classes) if path else decisions.Decisions("")


def _memo(keep: Path | str | None, built: Build) -> Memo:
    """The stored results of resolving, beside the cached readings; an empty Memo if these are not in a
    folder.
    """
    from kg.resolve import fingerprint

    if keep is None or not is_folder(keep):
        return Memo()
    return Memo(Path(keep) / RESOLVED, fingerprint(built.ontology_files))


def _ontology(files: Sequence[Path]) -> Ontology:
    from kg.rdf.ontology_checks import readable

    for path in files:
        try:
            readable(path)
        except ValueError as error:
            raise OntologyError(str(error)) from error
    return ontology.load(tuple(files))
