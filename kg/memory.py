"""A memory budget for a build: estimates before the work, and supervision during it.

    budget = Budget.of("4G")
    budget.check(articles=500, characters=1_600_000)
    with budget.kept():                # BudgetError as soon as more is in use
        ...

The estimates are from measurements (docs/scale.md), rounded up. They can be too low for unusual articles;
therefore the memory in use by this process and its reading processes is compared with the budget repeatedly.
"""

from __future__ import annotations

import os
import re
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kg.errors import Error

# Bytes of memory:
_OWN = 150_000_000  # for Python, kg and its ontology
_READER = 950_000_000  # for each reading process, with spaCy and both parsers
_WRITING = 300_000_000  # for the page, and for the smallest chunks in which triples are sorted and loaded
_RESOLVED = 110  # per character of all articles, for entities, events, statements and evidence
_LEAST = 20_000  # minimum number of triples in a chunk
_UNITS = {"M": 10**6, "G": 10**9, "T": 10**12}
_SIZE = re.compile(r"(\d+(?:\.\d+)?) ?([MGT])B?", re.IGNORECASE)
_PAUSE = 0.05  # seconds between two measurements of the memory in use
_MARGIN = 0.97  # a build is stopped at this fraction of the budget, because stopping takes memory, too


class BudgetError(Error):
    """The work needs more memory than its budget."""


class _Exceeded(BaseException):  # not an Exception, so that no handler of an article's errors catches it
    """Raised in the main thread, whatever it is doing, when the budget is used up."""


@dataclass(frozen=True, slots=True)
class Budget:
    """How many bytes of memory the processes of a build may use together."""

    total: int

    @classmethod
    def of(cls, text: str) -> Budget:
        """The budget given as "800M", "4G" or "1.5 GB". Raises BudgetError."""
        found = _SIZE.fullmatch(text.strip())
        if found is None:
            raise BudgetError(f'"{text}" is not an amount of memory. Give one such as 800M or 4G.')
        if not sys.platform.startswith("linux"):
            raise BudgetError("A memory budget needs Linux, to measure the memory in use. Build without one.")
        return cls(round(float(found[1]) * _UNITS[found[2].upper()]))

    def __str__(self) -> str:
        return shown(self.total)

    def readers(self, wanted: int) -> int:
        """How many reading processes fit into the budget: at most `wanted`, at least 1."""
        return max(1, min(wanted, (self.total - _OWN) // _READER))

    def check(self, articles: int, characters: int) -> None:
        """Raise BudgetError if this many articles, with this many characters, will probably not fit."""
        need = _OWN + max(_READER, _WRITING + _RESOLVED * characters)  # the readers end before resolving
        if need > self.total:
            raise BudgetError(
                f"The articles ({articles:,}, with {characters:,} characters) need about {shown(need)} of "
                f"memory, more than the budget of {self}. Give that much, or fewer articles."
            )

    def fitting(self, most: int, each: int) -> int:
        """How many items of `each` bytes fit into half of the rest of the budget: at least `_LEAST`, at most
        `most`.
        """
        return max(_LEAST, min(most, (self.total - used()) // 2 // each))

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Raise a BudgetError within the block as soon as the budget is used up. For the main thread only."""
        over = threading.Event()  # set when the block ends or the budget is used up
        done = threading.Event()

        def watch() -> None:
            while not over.wait(_PAUSE):
                if used() > _MARGIN * self.total:
                    over.set()
                    signal.pthread_kill(main, signal.SIGUSR1)

        def stop(*_: object) -> None:
            if not done.is_set():
                raise _Exceeded

        main = threading.get_ident()
        usual = signal.signal(signal.SIGUSR1, stop)
        watcher = threading.Thread(target=watch, daemon=True)
        try:
            watcher.start()
            yield
            done.set()
        except _Exceeded:
            raise BudgetError(
                f"The build was stopped, because it takes more memory than its budget of {self}. Give more, "
                "or fewer articles."
            ) from None
        finally:
            over.set()
            watcher.join()
            signal.signal(signal.SIGUSR1, usual)


def shown(size: int) -> str:
    """An amount of memory, rounded up.

    >>> shown(4_000_000_000), shown(850_000_000)
    ('4 GB', '850 MB')
    """
    tenths = -(-size // 10**8)
    if tenths < 10:
        return f"{-(-size // 10**6)} MB"
    return f"{tenths // 10}.{tenths % 10} GB" if tenths % 10 else f"{tenths // 10} GB"


def used() -> int:
    """Bytes of memory in use by this process and its child processes."""
    return sum(_resident(process) for process in (os.getpid(), *_started()))


def _resident(process: int) -> int:
    try:
        pages = Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1]
    except (OSError, IndexError):  # the process has ended
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def _started() -> list[int]:
    try:
        tasks = list(Path("/proc/self/task").iterdir())
        return [int(each) for task in tasks for each in (task / "children").read_text().split()]
    except OSError:  # a kernel that does not provide this file
        return []
