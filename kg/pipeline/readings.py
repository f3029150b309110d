"""Reads articles: takes readings from the cache, has other processes make them, or makes them here."""

from __future__ import annotations

import gc
import tempfile
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kg import cluster, disk_lists, parallel
from kg.errors import Error
from kg.model import Document, Problem, Reading
from kg.ontology import Ontology
from kg.pipeline.articles import Track
from kg.pipeline.builds import Build
from kg.write.storage import is_folder

if TYPE_CHECKING:
    from kg.write.readings import ReadingCache

# If all articles together have more characters than this, readings (75 bytes per character) are kept on disk.
_IN_MEMORY = 10_000_000
_COLLECT_AFTER = 10_000  # allocations between two garbage collections; Python's 700 cause too many of them


def read(
    documents: Sequence[Document],
    built: Build,
    track: Track,
    keep: Path | str | None = None,
    jobs: int | None = 1,
    address: str | None = None,
    *,
    tidy: bool = False,
    frugal: bool = False,
) -> tuple[Sequence[Reading], tuple[Problem, ...]]:
    """The readings of documents, in order, and the problems of those that could not be read. The arguments
    are as for `kg.pipeline.reread`.
    """
    from kg.extract import fingerprint, read_all  # imported only here because it loads spaCy
    from kg.write.readings import ReadingCache

    with ExitStack() as held:
        if keep is None and address is None and (frugal or parallel.processes(documents, jobs) > 1):
            keep = Path(held.enter_context(tempfile.TemporaryDirectory(prefix="kg-")))
        kept = (
            ReadingCache(keep, fingerprint(built.ontology_files, built.parser)) if keep is not None else None
        )
        found = _Found(documents, built, kept, on_disk=frugal)
        if kept:
            found.look()
            numbers = found.missing()
            left = [documents[number] for number in numbers]
            if others := _others(left, built, kept, jobs, address, apart=frugal):
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
    """The results so far, by number of the document. With many documents, the readings are on disk."""

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
        """Find the cached readings. If the cache is a folder, each is loaded only when it is needed."""
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
    """The cached reading of an article; if that is damaged, a new reading. Raises Error if kg fails on the
    article.
    """
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
    documents: Sequence[Document],
    built: Build,
    kept: ReadingCache,
    jobs: int | None,
    address: str | None,
    *,
    apart: bool,
) -> Iterator[tuple[int, Problem | None]] | None:
    """Have other processes read documents, on this machine or on a cluster. Yields the number of each
    document when it is done, with its problem, or None if its reading is cached.

    Returns None instead if there is nothing to read, or if this process alone is as fast and `apart` is not
    set.
    """
    from kg.extract import batch_reader, fingerprint

    if not documents:
        return None
    if address is not None:
        code = fingerprint((), built.parser)
        how = parallel.How(partial(_reader_alike, built.ontology, built.parser, code), kept)
        return cluster.read(documents, how, address)
    if (count := parallel.processes(documents, jobs)) > 1 or apart:
        return parallel.read(
            documents, parallel.How(partial(batch_reader, built.ontology, built.parser), kept), count
        )
    return None


def _reader_alike(knows: Ontology, parser: str, code: str) -> parallel.Read:
    """The function that reads documents on a machine of the cluster.

    `code`: the fingerprint of the code on the machine that distributes the articles. Raises ClusterError if
    the code on this machine is different.
    """
    from kg.extract import batch_reader, fingerprint

    if fingerprint((), parser) != code:
        message = "The versions of kg, its parser or its libraries differ from those here. Install the same."
        raise cluster.ClusterError(message)
    return batch_reader(knows, parser)


@contextmanager
def collecting_rarely() -> Iterator[None]:
    """Run the garbage collector less often within the block: nearly all objects of readings stay in use, and
    scanning them repeatedly would take as long as resolving.
    """
    usual = gc.get_threshold()
    if 0 < usual[0] < _COLLECT_AFTER:  # 0 means that garbage collection is off
        gc.set_threshold(_COLLECT_AFTER, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
