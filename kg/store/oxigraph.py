"""The graph on disk, in an embedded Oxigraph store.

All triples of articles are in the default graph, because Oxigraph's union of named graphs does not merge
duplicates: a fact in the graphs of three articles would count three times. Only background has named graphs,
which `GRAPH ?source { ... }` queries. A store is created once, complete, and then only read;
`kg.write.output` replaces the old one by the new one.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse

from kg.rdf.names import BASE, VOID, Names
from kg.store import name_index

_TABLE = ".sst"  # suffix of the tables of RocksDB, Oxigraph's storage
# files of a store that `changed` does not copy as they are
_NOT_COPIED = ("LOCK", "LOG", "digests.json", name_index.FILE)
PIECE = 500_000  # number of triples loaded at once, which takes 0.5 GB of memory; 2,000,000 would take 1.3 GB


def create(path: Path, triples: Iterable[Triple], quads: Iterable[Quad] = ()) -> None:
    """Write a store into the folder `path`, which must be empty.

    Raises FileExistsError if the folder is not empty, OSError if the store cannot be written.
    """
    if path.exists() and any(path.iterdir()):
        raise FileExistsError(f"{path} is not empty")
    store = Store(str(path))
    store.bulk_extend(Quad(triple.subject, triple.predicate, triple.object) for triple in triples)
    store.bulk_extend(quads)
    _finish(store)


def load(path: Path, files: Iterable[Path], quads: Iterable[Quad] = (), most: int = PIECE) -> None:
    """Write a store like `create`, but from N-Triples files, which must have no blank nodes. At most `most`
    triples are loaded at a time.
    """
    store = Store(str(path))
    with (path / name_index.FILE).open("wb") as names:
        for file in files:
            with file.open("rb") as lines:
                while piece := list(islice(lines, most)):
                    names.writelines(name_index.lines(piece))
                    store.bulk_load(b"".join(piece), format=RdfFormat.N_TRIPLES)
    store.bulk_extend(quads)
    _finish(store)


def changed(old: Path, path: Path, gone: Iterable[bytes], come: Iterable[bytes], most: int = PIECE) -> None:
    """Create a copy of the store `old` in the folder `path`, without the triples in `gone` and with those in
    `come`.

    `gone` and `come` are lines of N-Triples. The two stores share the files of tables by hard links, which is
    possible because RocksDB never changes such a file; either store can be deleted.
    """
    path.mkdir()
    for file in old.iterdir():
        if file.suffix == _TABLE:
            _link(file, path / file.name)
        elif file.name not in _NOT_COPIED:
            shutil.copyfile(file, path / file.name)
    store = Store(str(path))
    outdated = list(gone)
    for triple in parse(b"".join(outdated), RdfFormat.N_TRIPLES):
        store.remove(triple)
    with (path / name_index.FILE).open("wb") as names:
        names.writelines(_kept_names(old, outdated))
        lines = iter(come)
        while piece := list(islice(lines, most)):
            names.writelines(name_index.lines(piece))
            store.bulk_load(b"".join(piece), format=RdfFormat.N_TRIPLES)
    store.flush()


def _kept_names(old: Path, outdated: Iterable[bytes]) -> Iterator[bytes]:
    """The lines of the names in the store `old`, without those of the triples in `outdated`."""
    removed = set(name_index.lines(outdated))
    with (old / name_index.FILE).open("rb") as lines:
        yield from (line for line in lines if line not in removed)


def _finish(store: Store) -> None:
    """Merge the tables of a new store and write them: queries then take 30 % less time, the files 70 % more
    space.
    """
    store.optimize()
    store.flush()


def _link(file: Path, path: Path) -> None:
    try:
        os.link(file, path)
    except OSError:  # a file system without links
        shutil.copyfile(file, path)


def open_store(path: Path) -> Store:
    """Open a store for reading. Raises FileNotFoundError if there is none, OSError if it is damaged."""
    return Store.read_only(str(path))


def names(store: Store) -> Names:
    """The `Names` with the base of the store's graph, which is the namespace of `d:`."""
    found = store.quads_for_pattern(None, NamedNode(VOID + "uriSpace"), None)
    return Names(min((quad.object.value for quad in found if isinstance(quad.object, Literal)), default=BASE))
