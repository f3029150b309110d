"""The four parts of a graph as sorted N-Triples files, for any number of triples.

The same parts as `kg.rdf.graph.triples`, but by external merge sort (Knuth 1998, 5.4): sorted runs are
written to disk and merged. Meanwhile a triple is a line of text whose order is the order of triples.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from kg.rdf.graph import TYPE, GraphPart, unordered
from kg.rdf.names import BASE

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from kg.model import Knowledge
    from kg.ontology import Ontology

RUN = 250_000  # lines sorted in memory, some 250 bytes each
_CUT = "\x00"  # sorts before any character of an IRI


def write(
    knowledge: Knowledge, ontology: Ontology, folder: Path, base: str = BASE, run: int = RUN
) -> dict[GraphPart, int]:
    """Writes FOLDER/facts.nt and so on; returns the number of triples in each. `run`: lines held in
    memory.
    """
    with TemporaryDirectory(prefix=".runs-", dir=folder) as room, ExitStack() as held:
        runs = {part: _Runs(Path(room), part.value, run) for part in GraphPart}
        for part, triple in unordered(knowledge, ontology, base):
            runs[part].add(line(triple))
        streams = {part: held.enter_context(runs[part]) for part in GraphPart}
        # "The summit took place in Lima" is a plain fact and belongs to the event: it goes to the events.
        without: Mapping[GraphPart, tuple[GraphPart, ...]] = {
            GraphPart.FACTS: (GraphPart.EVENTS,),
            GraphPart.PROVENANCE: (GraphPart.FACTS, GraphPart.EVENTS),
        }
        return {
            part: _written(
                folder / f"{part}.nt",
                _less(
                    streams[part].lines(),
                    heapq.merge(*(streams[each].lines() for each in without.get(part, ()))),
                ),
            )
            for part in GraphPart
        }


class _Runs:
    """Sorted distinct lines, only some of which are in memory at a time."""

    def __init__(self, folder: Path, name: str, most: int) -> None:
        self.folder, self.name, self.most = folder, name, most
        self.here: set[str] = set()
        self.last: list[str] = []  # the last run stays in memory
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
        """All lines; can be iterated repeatedly."""
        files = [self.held.enter_context(path.open(encoding="utf-8", newline="\n")) for path in self.files]
        before = ""
        for line in heapq.merge(self.last, *files):
            if line != before:
                yield line
            before = line


def line(triple: Triple) -> str:
    """Text that sorts like `kg.rdf.graph.in_order`: by subject, class first, predicate, object."""
    class_first = "0" if triple.predicate == TYPE else "1"
    return f"{str(triple.subject)[:-1]}{_CUT}{class_first}{triple.predicate.value}{_CUT}{triple.object}\n"


def n_triples(line: str) -> str:
    """Such text as a line of N-Triples."""
    subject, predicate, object_ = line.split(_CUT, 2)
    return f"{subject}> <{predicate[1:]}> {object_[:-1]} .\n"


def _written(path: Path, lines: Iterable[str]) -> int:
    """Writes lines as N-Triples; returns their number."""
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for each in lines:
            file.write(n_triples(each))
            count += 1
    return count


def _less(lines: Iterator[str], others: Iterator[str]) -> Iterator[str]:
    """The lines that are not among the others; both sorted."""
    other = next(others, None)
    for line in lines:
        while other is not None and other < line:
            other = next(others, None)
        if line != other:
            yield line
