"""Finds the things whose names contain given words, by a text file of all names beside the store's tables.

A query that compares every name in the store takes 0.1 s per million triples. Restricted to the things found
here, it compares only their names. Each line of the file is a name in lower case, a tab, and the IRI of its
thing.
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from kg.rdf.names import RDFS, SKOS

FILE = "names.tsv"  # in the folder of the store
MOST = 500  # maximum number of things found; restricting a query to more things gains little
_MARKS = tuple(f"> <{iri}> ".encode() for iri in (f"{RDFS}label", f"{SKOS}altLabel"))


def lines(triples: Iterable[bytes]) -> Iterator[bytes]:
    """The lines of the file for the labels among `triples`, which are lines of N-Triples."""
    labels = b"".join(line for line in triples if any(mark in line for mark in _MARKS))
    for triple in parse(labels, RdfFormat.N_TRIPLES):
        if isinstance(triple.subject, NamedNode) and isinstance(triple.object, Literal):
            name = re.sub(r"[\t\n]", " ", triple.object.value.lower())
            yield f"{name}\t{triple.subject.value}\n".encode()


def found(store: Path, words: str) -> tuple[str, ...] | None:
    """The IRIs, sorted, of the things in a store whose name contains `words`, in upper or lower case.

    None if there is no file of names, or if more than `MOST` lines contain the words.
    """
    if not words or re.search(r"[\t\n]", words):
        return None
    try:
        with (store / FILE).open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as names:
            return _search(names, words.lower().encode())
    except (OSError, ValueError):  # no file, or an empty one
        return None


def _search(names: mmap.mmap, sought: bytes) -> tuple[str, ...] | None:
    iris: set[str] = set()
    lines_seen = 0
    at = names.find(sought)
    while at >= 0:
        lines_seen += 1
        if lines_seen > MOST:
            return None
        begin, end = names.rfind(b"\n", 0, at) + 1, names.find(b"\n", at)
        name, _, iri = names[begin:end].partition(b"\t")
        if sought in name:  # otherwise it is in the IRI
            iris.add(iri.decode())
        at = names.find(sought, end)
    return tuple(sorted(iris))
