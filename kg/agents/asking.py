"""Answers a SPARQL query; runs in a separate process, which can be stopped."""

from __future__ import annotations

from pathlib import Path

from kg.write import output

Table = tuple[tuple[str, ...], list[tuple[str, ...]]]


def answered(folder: Path, store: str, query: str, memory: int) -> Table:
    """The column names and the rows of the answer to a query, with values as people read them.

    `store`: the store's path in `folder`; `memory`: the limit in bytes. Raises QueryError and OutputError.
    """
    from kg.store.limited import bound
    from kg.store.oxigraph import open_store
    from kg.store.query import run

    with output.reading(folder):
        opened = open_store(folder / store)
    bound(memory)
    return run(opened, query).table()
