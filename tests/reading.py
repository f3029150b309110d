"""The reader that tests/test_parallel.py uses in place of a parser: an article's text says what happens."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from kg.model import Block, BlockKind, Document, Problem, Reading
from kg.parallel import How, Read, read
from kg.write.readings import ReadingCache


def document(name: str, text: str) -> Document:
    return Document(name, text, (Block(BlockKind.PARAGRAPH, 0, len(text)),), (), digest="0" * 64)


def opened(flag: Path) -> Read:
    """A reader whose process dies at the text "dies", and at "dies once" unless there is a file `flag`."""

    def read_one(given: Document) -> Reading | Problem:
        if given.text.startswith("sleep"):
            time.sleep(0.2)
        once = given.text.startswith("dies once") and not flag.exists()
        if given.text == "dies" or once:
            flag.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        if given.text == "fails":
            return Problem(given.id, "fails", "Do not.")
        return Reading(given, (), (), (), ())

    def read_some(some: Sequence[Document]) -> Iterator[Reading | Problem]:
        return map(read_one, some)

    return read_some


def refusing() -> Read:
    """A reader that cannot be loaded."""
    os._exit(3)


def run(folder: Path, some: Iterable[Document], count: int) -> dict[str, Problem | None]:
    """Id of each document -> its problem, or None if it was read. `count`: the number of processes."""
    how = How(partial(opened, folder / "flag"), ReadingCache(folder, "tests"))
    given = list(some)
    return {given[number].id: problem for number, problem in read(given, how, count)}


if __name__ == "__main__":  # a hundred slow articles, until the process is killed
    run(Path(sys.argv[1]), (document(f"{n}", f"sleep {n}") for n in range(100)), 2)
