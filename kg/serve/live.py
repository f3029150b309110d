"""The graph being served, and its replacement after a new build.

A graph is loaded as a whole, together with its page. When `kg build` has written a new one into the folder,
the server loads it while it continues to answer from the old one, and then switches. If the folder contains
no complete graph, the server keeps the old one.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from kg.rdf.names import BASE, Names
from kg.rdf.parts import GraphPart
from kg.serve.asked import Limits, Question, RefusedError, Reply
from kg.serve.kept import AnswerCache
from kg.serve.room import Budget
from kg.serve.workers import Common, LoadError, Pool
from kg.store.query import named
from kg.write import output

_EVERY = 1.0  # seconds between two checks of the folder


@dataclass(frozen=True, slots=True)
class GraphFolder:
    """The folder of the graph, the names of its files, and the limits of its queries."""

    folder: Path
    page: str  # name of the graph page's file
    workers: int
    limits: Limits = field(default_factory=Limits)
    services: bool = False
    ontology: str = "ontology"  # name of the folder of the user's own ontology files


@dataclass(frozen=True)
class ServedGraph:
    """The graph of one build, loaded into memory."""

    names: Names
    about: Mapping[str, Any]  # from build.json
    page: bytes
    ontology: tuple[bytes, ...]  # the user's own files, in order
    pool: Pool
    mark: tuple[int, int, int]  # state of the file build.json (`_state`), which differs between builds
    _kept: AnswerCache = field(default_factory=AnswerCache)

    async def ask(self, question: Question) -> Reply:
        """The answer to a question, from the cache if possible. Raises RefusedError."""
        answer = self._kept.get(question)
        if answer is None:
            answer = await self.pool.ask(question)
            self._kept.put(question, answer)
        return answer

    async def prepare(self) -> None:
        """Answer the named queries without required parameters in advance."""
        for each in named():
            if all(parameter.optional for parameter in each.parameters):
                with suppress(RefusedError, LoadError):
                    await self.ask(Question(each.text))


class Live:
    """The current graph of a folder; to be used with `async with`. `tell` receives log messages."""

    def __init__(self, source: GraphFolder, tell: Callable[[str], None]) -> None:
        self._source, self._tell = source, tell
        self.died: Counter[str] = Counter()  # cause of death -> number of workers
        self.loaded = 0  # number of graphs loaded since the start
        limits = source.limits
        self.common = Common(
            Budget(limits.held), Budget(limits.disk), tell, lambda name: self.died.update([name])
        )
        self._graph: ServedGraph | None = None
        self._watching: asyncio.Task[None] | None = None
        self._preparing: asyncio.Task[None] | None = None
        self._leaving: set[asyncio.Task[None]] = set()

    @property
    def graph(self) -> ServedGraph:
        assert self._graph, "only within `async with`"
        return self._graph

    async def __aenter__(self) -> Self:
        """Raises OutputError if there is no graph, LoadError if it cannot be loaded."""
        self._graph = await self._load()
        self._preparing = asyncio.create_task(self._graph.prepare())
        self._watching = asyncio.create_task(self._watch())
        return self

    async def __aexit__(self, *_: object) -> None:
        tasks = [*self._leaving, *filter(None, (self._watching, self._preparing))]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self.graph.pool.close()

    async def _load(self) -> ServedGraph:
        source = self._source
        names = [*(f"{part}.nt" for part in GraphPart), "background.nq"]
        with output.reading(source.folder):  # first moves the files of an interrupted build into place
            before = _states(source.folder, names)
        with output.reading(source.folder, sure=(*names, source.page, source.ontology)) as manifest:
            files = [source.folder / name for name in names if (source.folder / name).exists()]
            pool = Pool(files, source.workers, source.limits, self.common, source.services)
            mark = _mark(source.folder)
            page = (source.folder / source.page).read_bytes()
            ontology = tuple(
                path.read_bytes() for path in sorted((source.folder / source.ontology).glob("*.ttl"))
            )
            await pool.start()
            if _states(source.folder, names) != before:  # the files changed before the pool had loaded them
                await pool.close()
                raise LoadError(f"{source.folder}: files were changed while they were loaded")
        self.loaded += 1
        base = Names(str(manifest.about.get("base", BASE)))
        return ServedGraph(base, manifest.about, page, ontology, pool, mark)

    async def _watch(self) -> None:
        failed: tuple[int, int, int] | None = None
        dead: Pool | None = None
        while True:
            await asyncio.sleep(_EVERY)
            mark = _mark(self._source.folder)
            pool = self.graph.pool
            if pool.alive and mark in (self.graph.mark, failed, _NONE):
                continue
            if not pool.alive and dead is not pool:
                dead, failed = pool, None
                self._tell(f"the process that holds the graph ended ({pool.ended}); it is restarting")
            try:
                new = await self._load()
            except Exception as error:  # whatever the error, continue to look for new builds
                if mark != failed:
                    self._tell(_not_loaded(error, alive=pool.alive))
                failed = mark
                continue
            old, self._graph = self.graph, new
            if self._preparing:
                self._preparing.cancel()
            self._preparing = asyncio.create_task(new.prepare())
            again = "graph is loaded again" if mark == old.mark else "new graph is loaded"
            self._tell(f"the {again}: {new.pool.triples:,} triples")
            leaving = asyncio.create_task(_leave(old, self._source.limits.seconds))
            self._leaving.add(leaving)
            leaving.add_done_callback(self._leaving.discard)


def _not_loaded(error: Exception, *, alive: bool) -> str:
    told = " ".join(str(error).split())
    if alive:
        return (
            f"the files of the graph were changed, but not by a complete build; the old graph stays. {told}"
        )
    return f"the graph cannot be loaded; kg retries every second: {told}"


async def _leave(old: ServedGraph, seconds: float) -> None:
    """Close the old graph a second after the time limit (`seconds`) of its last queries."""
    try:
        await asyncio.sleep(seconds + 1)
    finally:
        await asyncio.shield(old.pool.close())


_NONE = (0, 0, 0)


def _mark(folder: Path) -> tuple[int, int, int]:
    return _state(folder / output.MANIFEST)


def _states(folder: Path, names: Iterable[str]) -> list[tuple[int, int, int]]:
    return [_state(folder / name) for name in names]


def _state(path: Path) -> tuple[int, int, int]:
    """A value that changes when the file is changed or replaced; zeros if there is no file."""
    try:
        found = path.stat()
    except OSError:
        return _NONE
    return found.st_ino, found.st_size, found.st_mtime_ns
