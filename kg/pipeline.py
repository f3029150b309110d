"""The stages in order: articles -> Documents -> Readings -> Knowledge -> the files of a build.

Read this first. `build` makes a `Build`, `save` writes it to a folder, `load` reads it back. Each stage has
its own package; `kg.write.output` keeps the folder consistent.
"""

from __future__ import annotations

import gc
import os
import shutil
import sys
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property, partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from kg import cluster, disk_lists, ontology, parallel
from kg.errors import Error
from kg.language import pipeline as parsing
from kg.memo import Memo
from kg.memory import Budget
from kg.model import Document, Factuality, Knowledge, Problem, Reading
from kg.ontology import Ontology
from kg.rdf.names import BASE, Names
from kg.write import output
from kg.write.storage import is_folder

if TYPE_CHECKING:
    from pyoxigraph import Quad, Triple

    from kg.rdf.graph import GraphPart
    from kg.read.decisions import Decisions
    from kg.write.readings import ReadingCache

ITEM = TypeVar("ITEM")

ROWS = (".jsonl", ".ndjson")
MAX_TEXT = 200_000  # characters, of an article or a row: parsing a thousand takes up to 10 MB of memory
MOST_SHOWN = 10_000  # things on the page: browsers can draw more, but nobody can see them
_IN_MEMORY = 10_000_000  # characters of all articles; with more, readings (75 bytes a character) are on disk
_SORTED, _LOADED = 1_400, 1_100  # bytes of a triple that is sorted (in each of four parts), or loaded
_COMPARED = 6_000  # bytes of an item that differs from the last build, as triples
_COLLECT_AFTER = 10_000  # allocations; Python's default of 700 suits programs with more garbage

ARCHIVE = "knowledge.json"
STATEMENTS = "statements.jsonl"
PAGE = "graph.html"
STORE = "store"
READINGS = ".kg-readings"  # cached readings for the next build; not part of a build
RESOLVED = "resolved.sqlite"  # beside them: what each article contributed to the last build (kg.memo)
ONTOLOGY = "ontology"  # copies of the user's own ontology files, if any
BACKGROUND = "background"  # copies of the user's own RDF, if any, under the original names


FLAGS = ("follow_links", "any_language")  # options of a build, documented in `build`


class Track(Protocol):
    """Passes items through and shows progress."""

    def __call__(self, items: Sequence[ITEM], what: str, /) -> Iterable[ITEM]: ...


def silently(items: Sequence[ITEM], what: str, /) -> Iterable[ITEM]:  # noqa: ARG001 (it is a Track)
    """Show no progress."""
    return items


class NoArticleError(Error):
    """There is no article among the given files; `problems` say why."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(["no article to read", *map(str, problems)]))
        self.problems = problems


class OntologyError(Error):
    """A file of the user's ontology is not Turtle."""


class Stored(StrEnum):
    """The content of the embedded store of a build."""

    NONE = "none"  # there is no store
    FACTS = "facts"  # things, events and links, without the statements and their sentences
    ALL = "all"


@dataclass(frozen=True)
class Build:
    """The result of reading, with everything needed to write it."""

    knowledge: Knowledge
    ontology: Ontology
    base: str = BASE
    problems: tuple[Problem, ...] = ()
    ontology_files: tuple[Path, ...] = ()  # the user's own
    background_files: tuple[Path, ...] = ()
    parser: str = parsing.DEFAULT  # the parser for articles: its name (kg.language.pipeline)
    parser_version: str = ""  # version of the parser that read them
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
        """RDF, in its four parts, each sorted."""
        from kg.rdf.graph import triples

        return triples(self.knowledge, self.ontology, self.base)

    @cached_property
    def about(self) -> dict[str, Any]:
        """The metadata for build.json."""
        return self.noted({part: len(some) for part, some in self.triples.items()})

    def noted(self, triples: Mapping[GraphPart, int]) -> dict[str, Any]:
        """The metadata for a build whose triples have been counted."""
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
        """The counts; every factuality and every part has a number."""
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

    `texts`: articles that are not in files. `follow_links`: follow links that lead out of a folder of
    articles. `any_language`: also read articles that are not in English.

    `decisions`: the user's decisions; by default, a decisions.toml beside the articles' folder, if there is
    one. `keep`: a folder, or the URL of an object store, that caches readings, so that only new articles are
    read the next time; unless `tidy`, readings of other articles stay there. `parser`: its name, as in
    kg.language.pipeline. `jobs`: maximum number of reading processes; None: as many as there are cores. They
    import the main program, which therefore has to guard its work with `if __name__ == "__main__"`.
    `address`: of a Ray cluster that reads instead (`kg.cluster`); it needs `keep`, shared by all its
    machines. `memory`: what the processes of this machine may take. Raises NoArticleError, OntologyError,
    ParserError, kg.rdf.background.BackgroundError, kg.cluster.ClusterError, kg.write.storage.StorageError,
    and kg.memory.BudgetError if the articles are too many for the memory.
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
        began, keep=keep, tidy=tidy, jobs=jobs, address=address, on_disk=memory is not None, track=track
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
    on_disk: bool = False,
    track: Track = silently,
) -> Build:
    """Read the articles of a build again, with its ontology, background, decisions and parser.

    An article on which kg fails is skipped and added to the problems. `keep`, `tidy`, `jobs`, `address`: as
    in `build`. `on_disk`: resolve from readings on disk, however few there are. Raises NoArticleError if no
    article is left, ParserError if the parser is not installed, and ClusterError.
    """
    from kg.rdf import background, known
    from kg.resolve import resolve

    names = Names(built.base)
    told = background.read(built.background_files, names)
    things = known.known(told, built.ontology, names) if told else ()
    documents = [replace(document, dated_by=()) for document in built.knowledge.documents]
    decisions = [replace(decision, nodes=()) for decision in built.knowledge.decisions]
    with _collecting_rarely():
        readings, failed = _read(documents, built, track, keep, jobs, address, tidy=tidy, on_disk=on_disk)
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


def _memo(keep: Path | str | None, built: Build) -> Memo:
    """What resolving has kept beside the readings, if these are in a folder."""
    from kg.resolve import fingerprint

    if keep is None or not is_folder(keep):
        return Memo()
    return Memo(Path(keep) / RESOLVED, fingerprint(built.ontology_files))


def parted(results: Iterable[ITEM | Problem]) -> tuple[tuple[ITEM, ...], tuple[Problem, ...]]:
    """The results of a stage, and the problems of the rest."""
    done, problems = list[ITEM](), list[Problem]()
    for result in results:
        if isinstance(result, Problem):
            problems.append(result)
        else:
            done.append(result)
    return tuple(done), tuple(problems)


def decisions_of(paths: Sequence[Path], given: Path | None, knows: Ontology) -> Decisions:
    """The user's decisions about these articles: in the file `given`, or beside the articles."""
    from kg.read import decisions

    path = given or decisions.beside(list(paths))
    return decisions.read(path, knows.classes) if path else decisions.Decisions("")


@contextmanager
def _collecting_rarely() -> Iterator[None]:
    """Run the garbage collector less often: nearly all objects of a reading stay in use.

    Scanning them repeatedly takes as long as resolving.
    """
    usual = gc.get_threshold()
    if 0 < usual[0] < _COLLECT_AFTER:  # 0: never
        gc.set_threshold(_COLLECT_AFTER, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _read(
    documents: Sequence[Document],
    built: Build,
    track: Track,
    keep: Path | str | None = None,
    jobs: int | None = 1,
    address: str | None = None,
    *,
    tidy: bool = False,
    on_disk: bool = False,
) -> tuple[Sequence[Reading], tuple[Problem, ...]]:
    """The readings of documents, in order, and the problems of the others; arguments as for `reread`."""
    from kg.extract import fingerprint, read_all  # imports spaCy, not before it is needed
    from kg.write.readings import ReadingCache

    with ExitStack() as held:
        if keep is None and address is None and parallel.processes(documents, jobs) > 1:
            keep = Path(held.enter_context(tempfile.TemporaryDirectory(prefix="kg-")))
        kept = (
            ReadingCache(keep, fingerprint(built.ontology_files, built.parser)) if keep is not None else None
        )
        found = _Found(documents, built, kept, on_disk=on_disk)
        if kept:
            found.look()
            numbers = found.missing()
            left = [documents[number] for number in numbers]
            if others := _others(left, built, kept, jobs, address):
                done = iter(track(left, "Reading sentences"))
                for nth, problem in others:
                    next(done)
                    found.put(numbers[nth], problem or kept.get(left[nth]))
                deque(done, maxlen=0)
        if numbers := found.missing():
            left = [documents[number] for number in numbers]
            results = read_all(track(left, "Reading sentences"), built.ontology, built.parser)
            for number, result in zip(numbers, results, strict=True):
                if kept and isinstance(result, Reading):
                    kept.put(result)
                found.put(number, result)
        if kept and tidy:
            kept.keep_only(documents)
    return found.parted()


class _Found:
    """The results so far, by number of the document; with many documents, readings are on disk."""

    def __init__(
        self, documents: Sequence[Document], built: Build, kept: ReadingCache | None, *, on_disk: bool
    ) -> None:
        many = sum(len(document.text) for document in documents) > _IN_MEMORY
        load = partial(_load, kept, built) if kept else None
        self._readings = disk_lists.Readings(documents, on_disk=on_disk or many, load=load)
        self._kept = kept
        self._read: set[int] = set()
        self._problems: dict[int, Problem] = {}

    def look(self) -> None:
        """Find the readings that are kept. Those in a folder are loaded when they are needed, if ever."""
        assert self._kept
        held = self._kept.held() if is_folder(self._kept.folder) else ()
        for number, document in enumerate(self._readings.documents):
            digest = self._kept.digest(document)
            self._readings.keep(number, digest)
            if digest in held:
                self._read.add(number)
            else:
                self.put(number, self._kept.get(document))

    def put(self, number: int, result: Reading | Problem | None) -> None:
        if isinstance(result, Problem):
            self._problems[number] = result
        elif result is not None:
            self._readings[number] = result
            self._read.add(number)

    def missing(self) -> list[int]:
        numbers = range(len(self._readings))
        return [each for each in numbers if each not in self._read and each not in self._problems]

    def parted(self) -> tuple[Sequence[Reading], tuple[Problem, ...]]:
        """The readings and the problems, each in the order of their documents."""
        readings = disk_lists.ordered(self._readings, sorted(self._read))
        return readings, tuple(self._problems[number] for number in sorted(self._problems))


def _load(kept: ReadingCache, built: Build, document: Document) -> Reading:
    """The kept reading of an article; if it is damaged, a new one. Raises Error if kg fails on it."""
    from kg.extract import read_all

    if reading := kept.get(document):
        return reading
    for result in read_all([document], built.ontology, built.parser):
        if isinstance(result, Reading):
            kept.put(result)
            return result
        raise Error(str(result))
    raise AssertionError("each document has a result")


def _others(
    documents: Sequence[Document], built: Build, kept: ReadingCache, jobs: int | None, address: str | None
) -> Iterator[tuple[int, Problem | None]] | None:
    """Other reading processes, local or on a cluster; None if this process alone is as fast."""
    from kg.extract import batch_reader, fingerprint

    if not documents:
        return None
    if address is not None:
        code = fingerprint((), built.parser)
        how = parallel.How(partial(_reader_alike, built.ontology, built.parser, code), kept)
        return cluster.read(documents, how, address)
    if (count := parallel.processes(documents, jobs)) > 1:
        return parallel.read(
            documents, parallel.How(partial(batch_reader, built.ontology, built.parser), kept), count
        )
    return None


def _reader_alike(knows: Ontology, parser: str, code: str) -> parallel.Read:
    """The reader on another machine. Raises ClusterError if it would read differently from here."""
    from kg.extract import batch_reader, fingerprint

    if fingerprint((), parser) != code:
        message = "The versions of kg, its parser or its libraries differ from those here. Install the same."
        raise cluster.ClusterError(message)
    return batch_reader(knows, parser)


def _ontology(files: Sequence[Path]) -> Ontology:
    from kg.rdf.ontology_checks import readable

    for path in files:
        try:
            readable(path)
        except ValueError as error:
            raise OntologyError(str(error)) from error
    return ontology.load(tuple(files))


def articles(
    paths: Sequence[Path],
    texts: Sequence[Document | Problem] = (),
    *,
    leave_out: Path | None = None,
    follow_links: bool = False,
    any_language: bool = False,
    track: Track = silently,
) -> tuple[tuple[Document, ...], tuple[Problem, ...]]:
    """The articles of files, JSON Lines files, folders and `texts`; problems with the others."""
    from kg.read import find, other_language, read

    listed = [path for path in paths if path.suffix.lower() in ROWS]
    sources, missing = find([path for path in paths if path not in listed], follow_links=follow_links)
    if leave_out is not None:
        out = os.path.realpath(leave_out)  # `Path.resolve` raises at a link to itself
        sources = tuple(each for each in sources if not Path(os.path.realpath(each.path)).is_relative_to(out))
    read_now = [_short(read(each, any_language=any_language)) for each in track(sources, "Opening articles")]
    seen = {each.id for each in read_now if isinstance(each, Document)}

    def admitted(given: Document | Problem) -> Document | Problem:
        """The document of a text that is given in addition to files, or the problem with it."""
        if isinstance(given, Problem):
            return given
        if given.id in seen:
            return Problem(given.id, "is also the id of another article", "Give each a unique id.")
        if not given.text.strip():
            return Problem(given.id, "is empty", "Remove it, or give it a text.")
        if not any_language and (language := other_language(given.text)):
            what = f'is in a language other than English ("{language}")'
            return Problem(given.id, what, "Remove it, or build with any language.")
        seen.add(given.id)
        return _short(given)

    beside = chain(chain.from_iterable(_rows(path, set()) for path in listed), texts)
    documents, problems = parted([*read_now, *map(admitted, beside)])
    return tuple(sorted(documents, key=lambda each: each.id)), (*missing, *problems)


def _short(result: Document | Problem) -> Document | Problem:
    """The document, if it is short enough to be parsed, otherwise the problem."""
    if isinstance(result, Document) and len(result.text) > MAX_TEXT:
        what = f"holds {len(result.text):,} characters of text, more than {MAX_TEXT:,}"
        return Problem(result.id, what, "Split it into articles, or remove it.")
    return result


def texts(files: Sequence[Path]) -> Iterator[Document | Problem]:
    """The texts of JSON Lines files ("-" is standard input) and of articles, in the given order."""
    return map(_short, _texts(files))


def _texts(files: Sequence[Path]) -> Iterator[Document | Problem]:
    from kg.read import find, json_lines, read

    seen: set[str] = set()
    for file in files:
        if str(file) == "-":
            yield from json_lines.documents(sys.stdin.buffer, "standard input", seen)
        elif file.suffix.lower() in ROWS:
            yield from _rows(file, seen)
        else:
            sources, problems = find([file])
            yield from problems
            yield from map(read, sources)


def _rows(file: Path, seen: set[str]) -> Iterator[Document | Problem]:
    """The texts of a JSON Lines file; `seen`: the ids so far."""
    from kg.read import json_lines

    try:
        with file.open("rb") as opened:
            yield from json_lines.documents(opened, str(file), seen)
    except OSError as error:
        yield Problem(str(file), f"cannot be read ({error.strerror})", "Check the path.")


def extract(
    documents: Sequence[Document],
    track: Track = silently,
    parser: str = parsing.DEFAULT,
    jobs: int | None = 1,
) -> tuple[Iterator[dict[str, Any]], tuple[Problem, ...]]:
    """A row of `kg extract` (`kg.write.extracted`) for each document, in order; problems for those on which
    kg fails.

    `jobs`: as in `build`. Raises ParserError.
    """
    from kg.resolve import links
    from kg.write.extracted import row

    parsing.check(parser)
    knows = ontology.load()
    with _collecting_rarely():
        readings, problems = _read(documents, Build(Knowledge(), knows, parser=parser), track, jobs=jobs)
        found = links(readings, knows)
    return map(row, readings, found), problems


def save(built: Build, folder: Path, memory: Budget | None = None) -> dict[str, Any]:
    """Write all files of a build, and build.json, whose metadata it returns.

    `memory`: as in `build`. Raises OutputError; the previous build is then unchanged.
    """
    from kg.rdf import sorted_parts
    from kg.write import difference

    run = memory.fitting(sorted_parts.RUN, _SORTED) if memory else sorted_parts.RUN
    writer = difference.fingerprint(built.ontology_files)
    about: dict[str, Any] = {}

    def begin(new: Path) -> dict[str, Any]:
        counts = _changed(built, folder, new, writer, memory)
        if counts is None:
            with output.room() as room:
                counts = sorted_parts.write(built.knowledge, built.ontology, new, built.base, run, room)
        about.update(built.noted(counts), writer=writer)
        return about

    output.write(folder, _makers(built, memory), begin, marked=[STORE])
    return about


def _changed(
    built: Build, folder: Path, new: Path, writer: str, memory: Budget | None
) -> dict[GraphPart, int] | None:
    """Write the files of a build into `new` by changing those of the last one in `folder`; returns the number
    of triples in each part.

    None if there is no last build, if it is damaged or too different, or if it was written in another way.
    """
    from kg.rdf.graph import GraphPart
    from kg.write import difference

    def alike(about: Mapping[str, Any]) -> bool:
        now = {"writer": writer, **built.noted({})}
        return all(about.get(each) == now.get(each) for each in ("writer", "base", "store", "background"))

    parts = {part: f"{part}.nt" for part in GraphPart}
    others = (STATEMENTS, STORE, *parts.values())
    try:
        last = output.noted(folder)
        if last is None or not alike(last.about):
            return None
        with output.reading(folder, sure=(ARCHIVE, *others)) as manifest:
            if not alike(manifest.about):  # another build was faster
                return None
            change = difference.compared(folder / ARCHIVE, built.knowledge, new / ARCHIVE)
            most = memory.fitting(difference.MOST, _COMPARED) if memory else difference.MOST
            if not difference.is_small(change, most):
                return None
            names = Names(built.base)
            difference.write_statements(change, built.ontology, names, folder / STATEMENTS, new / STATEMENTS)
            found = difference.write_triples(change, built.ontology, names, folder, new, _stored(built))
            if built.store is not Stored.NONE:
                from kg.store import oxigraph

                oxigraph.changed(folder / STORE, new / STORE, found.gone, found.come)
            before = manifest.about["counts"]["triples"]
            return {part: before[part] + found.more[part] for part in GraphPart}
    except (output.OutputError, difference.StaleError):
        for name in others:
            output.remove(new / name)
        return None


def _stored(built: Build) -> tuple[GraphPart, ...]:
    """The parts of the graph in the store."""
    from kg.rdf.graph import GraphPart

    if built.store is Stored.NONE:
        return ()
    return tuple(each for each in GraphPart if built.store is Stored.ALL or each is not GraphPart.PROVENANCE)


def check(folder: Path, ontology_files: Sequence[Path] = (), background_files: Sequence[Path] = ()) -> None:
    """Make sure, before the work, that `save` will be able to write. Raises OutputError."""
    files = tuple(ontology_files), tuple(background_files)
    output.check(folder, tuple(_makers(Build(Knowledge(), Ontology({}, {}), BASE, (), *files))))


def background_of(folder: Path) -> tuple[Path, ...]:
    """The background files of the graph in a folder; empty if there is no graph. Raises OutputError."""
    return _held(folder, BACKGROUND)


def ontology_of(folder: Path) -> tuple[Path, ...]:
    """The user's own ontology files of the graph in a folder; empty if there is no graph.

    Raises OutputError.
    """
    return _held(folder, ONTOLOGY)


def _held(folder: Path, name: str) -> tuple[Path, ...]:
    """The user's files in a folder of the build, even if they are lost."""
    found = output.noted(folder)
    files = sorted(found.files) if found else ()
    return tuple(folder / each for each in files if each.startswith(f"{name}/"))


def load(folder: Path) -> Build:
    """The build in a folder. Raises OutputError."""
    from kg.write import archive

    with output.reading(folder, sure=(ARCHIVE, ONTOLOGY, BACKGROUND)) as manifest:
        about = manifest.about
        files = ontology_of(folder)
        knowledge = archive.load((folder / ARCHIVE).read_text(encoding="utf-8"))
        own = files, background_of(folder)
        built = Build(knowledge, ontology.load(files), base_of(about), (), *own, parser_of(about))
        version = str(about.get("parser_version", ""))
        links, language = (flag in flags_of(about) for flag in FLAGS)
        flags = replace(built, follow_links=links, any_language=language)
        return replace(flags, parser_version=version, store=store_of(about))


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


def _makers(built: Build, memory: Budget | None = None) -> dict[str, Callable[[Path], None]]:
    """File name -> function that writes it, in this order. Nothing is computed before the call."""
    from kg.rdf.graph import GraphPart
    from kg.store import oxigraph
    from kg.write import archive, page, part, rdf_files, statements

    def write_statements(path: Path) -> None:
        with path.open("w", encoding="utf-8", newline="\n") as file:
            statements.write(built.knowledge, built.ontology, Names(built.base), file)

    def write_archive(path: Path) -> None:
        with path.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(archive.lines(built.knowledge))

    def write_page(path: Path) -> None:
        count, shown = (
            len(built.knowledge.nodes()),
            part.foremost(built.knowledge, built.ontology, MOST_SHOWN),
        )
        title = (
            page.TITLE if count <= MOST_SHOWN else f"The {MOST_SHOWN:,} most important of {count:,} things"
        )
        path.write_bytes(page.page(shown, built.ontology, title).encode())

    def write_part(_: Path) -> None:
        raise AssertionError("the parts are written together, before all other files")

    def write_store(path: Path) -> None:
        piece = memory.fitting(oxigraph.PIECE, _LOADED) if memory else oxigraph.PIECE
        oxigraph.load(
            path, [path.with_name(f"{name}.nt") for name in _stored(built)], built.background, piece
        )

    def write_ontology(path: Path) -> None:
        path.mkdir()
        for number, file in enumerate(built.ontology_files):
            shutil.copyfile(file, path / f"{number:03}.ttl")

    def write_background(path: Path) -> None:
        from kg.rdf.background import called

        path.mkdir()
        for file in built.background_files:
            shutil.copyfile(file, path / called(file))

    def write_quads(path: Path) -> None:
        with path.open("wb") as file:
            rdf_files.write(built.background, "nquads", file)

    return {
        STATEMENTS: write_statements,
        ARCHIVE: write_archive,
        PAGE: write_page,
        **{f"{name}.nt": write_part for name in GraphPart},
        **({STORE: write_store} if built.store is not Stored.NONE else {}),
        **({ONTOLOGY: write_ontology} if built.ontology_files else {}),
        **({BACKGROUND: write_background, f"{BACKGROUND}.nq": write_quads} if built.background_files else {}),
    }
