"""The graph on disk, in an embedded Oxigraph store.

All triples are in the default graph: Oxigraph's union of named graphs does not merge, so that a fact
in three graphs would count three times. Only background knowledge, which no article says, has graphs of
its own: `GRAPH ?source { ... }` asks it. A store is made once, whole, and from then on only read;
putting a new one in the place of the old is left to `kg.write.output`.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, Triple

from kg.rdf.names import BASE, VOID, Names


def create(path: Path, triples: Iterable[Triple], quads: Iterable[Quad] = ()) -> None:
    """Write a store into the folder `path`, which must not hold anything yet.

    Raises FileExistsError where it does, OSError where it cannot be written.
    """
    if path.exists() and any(path.iterdir()):
        raise FileExistsError(f"{path} is not empty")
    store = Store(str(path))
    store.bulk_extend(Quad(triple.subject, triple.predicate, triple.object) for triple in triples)
    store.bulk_extend(quads)
    store.flush()


def load(path: Path, files: Iterable[Path], quads: Iterable[Quad] = ()) -> None:
    """The same from files of N-Triples, which are read as they are loaded."""
    store = Store(str(path))
    for file in files:
        store.bulk_load(path=str(file), format=RdfFormat.N_TRIPLES)
    store.bulk_extend(quads)
    store.flush()


def open_store(path: Path) -> Store:
    """Open a store for reading. Raises FileNotFoundError where there is none, OSError where it is broken."""
    return Store.read_only(str(path))


def names(store: Store) -> Names:
    """The names that the store's graph was built with: what `d:` stands for."""
    found = store.quads_for_pattern(None, NamedNode(VOID + "uriSpace"), None)
    return Names(min((quad.object.value for quad in found if isinstance(quad.object, Literal)), default=BASE))
