"""A SPARQL query in a separate process that can be stopped: only its rows come back."""

from __future__ import annotations

from pathlib import Path

from kg.write import output

Table = tuple[tuple[str, ...], list[tuple[str, ...]]]


def answered(folder: Path, store: str, query: str) -> Table:
    """Column names and rows. Raises QueryError and OutputError."""
    from kg.store.oxigraph import open_store
    from kg.store.query import run

    with output.reading(folder):
        opened = open_store(folder / store)
    return run(opened, query).table()
