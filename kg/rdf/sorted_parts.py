"""Writes the four parts of a graph as sorted N-Triples files, for any number of triples.

The triples and their order are the same as in `kg.rdf.graph.triples`, but are obtained by external merge sort
(Knuth 1998, 5.4): sorted runs are written to disk and merged. In these runs a triple is a line of text that
sorts as triples do (`line`).
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from kg.rdf.graph import unordered
from kg.rdf.names import BASE
from kg.rdf.parts import PRECEDING, TYPE, GraphPart

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from kg.model import Knowledge
    from kg.ontology import Ontology

RUN = 250_000  # number of lines, of some 250 bytes each, that are sorted in memory
_TYPE = str(TYPE).encode()
_CUT = "\x00"  # separates the terms in a line; it sorts before any character of an IRI


def write(
    knowledge: Knowledge,
    ontology: Ontology,
    folder: Path,
    base: str = BASE,
    run: int = RUN,
    room: Path | None = None,
) -> dict[GraphPart, int]:
    """Write FOLDER/facts.nt and the files of the other parts; return the number of triples in each.

    `run`: number of lines that are sorted in memory; `room`: a folder for temporary files, by default the
    system's.
    """
    with TemporaryDirectory(prefix="kg-", dir=room) as runs_here, ExitStack() as held:
        runs = {part: _Runs(Path(runs_here), part.value, run) for part in GraphPart}
        for part, triple in unordered(knowledge, ontology, base):
            runs[part].add(line(triple))
        streams = {part: held.enter_context(runs[part]) for part in GraphPart}
        return {
            part: _written(
                folder / f"{part}.nt",
                _except(
                    streams[part].lines(),
                    heapq.merge(*(streams[each].lines() for each in PRECEDING.get(part, ()))),
                ),
            )
            for part in GraphPart
        }


class _Runs:
    """Sorts any number of lines and drops repetitions; at most `most` lines are in memory at a time."""

    def __init__(self, folder: Path, name: str, most: int) -> None:
        self.folder, self.name, self.most = folder, name, most
        self.here: set[str] = set()
        self.last: list[str] = []  # the last run, which is never written to disk
        self.files: list[Path] = []
        self.held = ExitStack()

    def __enter__(self) -> _Runs:
        self.last, self.here = sorted(self.here), set()
        return self

    def __exit__(self, *_: object) -> None:
        self.held.close()

    def add(self, line: str) -> None:
        self.here.add(line)
        if len(self.here) >= self.most:
            path = self.folder / f"{self.name}-{len(self.files)}"
            with path.open("w", encoding="utf-8", newline="\n") as file:
                file.writelines(sorted(self.here))
            self.files.append(path)
            self.here = set()

    def lines(self) -> Iterator[str]:
        """All distinct lines, sorted. Can be called repeatedly."""
        files = [self.held.enter_context(path.open(encoding="utf-8", newline="\n")) for path in self.files]
        before = ""
        for line in heapq.merge(self.last, *files):
            if line != before:
                yield line
            before = line


def line(triple: Triple) -> str:
    """A triple as a line that sorts like `kg.rdf.parts.in_order`: subject, predicate (rdf:type first),
    object.
    """
    class_first = "0" if triple.predicate == TYPE else "1"
    return f"{str(triple.subject)[:-1]}{_CUT}{class_first}{triple.predicate.value}{_CUT}{triple.object}\n"


def n_triples(line: str) -> str:
    """The result of `line` as a line of N-Triples."""
    subject, predicate, object_ = line.split(_CUT, 2)
    return f"{subject}> <{predicate[1:]}> {object_[:-1]} .\n"


def key(written: bytes) -> bytes:
    """Convert a line of N-Triples to the form that `line` gives; both are UTF-8."""
    subject, predicate, object_ = written.split(b" ", 2)
    class_first = b"0" if predicate == _TYPE else b"1"
    return b"".join((subject[:-1], b"\0", class_first, predicate[1:-1], b"\0", object_[:-3], b"\n"))


def _written(path: Path, lines: Iterable[str]) -> int:
    """Write lines in the form of `line` to a file as N-Triples; return their number."""
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for each in lines:
            file.write(n_triples(each))
            count += 1
    return count


def _except(lines: Iterator[str], others: Iterator[str]) -> Iterator[str]:
    """The lines that are not among `others`. Both are sorted."""
    other = next(others, None)
    for line in lines:
        while other is not None and other < line:
            other = next(others, None)
        if line != other:
            yield line
