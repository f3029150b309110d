"""The graph that the real stores load, and the answers of the embedded store."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import kg
from kg import pipeline
from kg.rdf.names import PREFIXES
from kg.store.query import named
from kg.write.formats import Wanted, formats
from kg.write.rdf_files import FORMATS

ROOT = Path(__file__).parent.parent.parent
Rows = Counter[tuple[str, ...]]


@dataclass(frozen=True)
class Graph:
    """A build of seeds/, exported in every format of RDF."""

    folder: Path  # the build
    files: dict[str, Path]  # by format
    triples: int
    quads: int  # a triple in two articles counts twice
    questions: dict[str, str]  # the named queries, with their prefixes
    answers: dict[str, Rows]


def make(folder: Path) -> Graph:
    built = pipeline.build([ROOT / "seeds"])
    pipeline.save(built, folder / "graph")
    files: dict[str, Path] = {}
    for form, about in FORMATS.items():
        files[form] = folder / f"graph{about.suffix}"
        (data,) = formats()[form].make(Wanted(built.knowledge, built.ontology, built.base))
        files[form].write_bytes(data)
    opened = kg.open(folder / "graph")
    prefixes = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    return Graph(
        folder / "graph",
        files,
        sum(map(len, built.triples.values())),
        len(files["nquads"].read_bytes().splitlines()),
        {each.name: prefixes + each.text for each in named()},
        {each.name: rows(opened.query(each.text).json.decode()) for each in named()},
    )


def rows(results: str) -> Rows:
    """SPARQL results in JSON, unordered: stores differ in collation and in the order of GROUP_CONCAT."""
    read = json.loads(results)
    columns = read["head"]["vars"]
    return Counter(
        tuple(_plain(column, row.get(column, {}).get("value", "")) for column in columns)
        for row in read["results"]["bindings"]
    )


def _plain(column: str, value: str) -> str:
    return ", ".join(sorted(value.split(", "))) if column == "participants" else value
