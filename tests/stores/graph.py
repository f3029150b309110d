"""The graph that the real stores load, and the answers of the embedded store."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from pyoxigraph import Literal, NamedNode

import kg
from kg import pipeline
from kg.rdf.names import PREFIXES
from kg.store.query import NamedQuery, named
from kg.store.sparql import substitute
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
    quads: int  # a triple that is in two articles counts twice
    questions: dict[str, str]  # the named queries, with and without a parameter, each with its PREFIX lines
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
    asked = dict(chain.from_iterable(_about(each, opened) for each in named()))
    return Graph(
        folder / "graph",
        files,
        sum(map(len, built.triples.values())),
        len(files["nquads"].read_bytes().splitlines()),
        {name: prefixes + text for name, text in asked.items()},
        {name: rows(opened.query(text).json.decode()) for name, text in asked.items()},
    )


def _about(query: NamedQuery, opened: kg.Graph) -> Iterator[tuple[str, str]]:
    """The query without parameters, and with its first parameter set to a thing: by name and by IRI."""
    yield query.name, re.sub(r"\nLIMIT \d+\s*$", "\n", query.text)  # the first rows depend on the collation
    for parameter in query.parameters[:1]:
        kind = parameter.kind if parameter.kind.startswith("kg:") else "kg:Agent"
        most = (
            "SELECT ?thing ?name {"
            f" ?s rdf:subject|rdf:object|kg:place ?thing . ?thing a {kind} ; rdfs:label ?name }}"
            " GROUP BY ?thing ?name ORDER BY DESC(COUNT(*)) ?thing LIMIT 1"
        )
        ((thing, name),) = opened.query(most).rows
        assert isinstance(thing, NamedNode) and isinstance(name, Literal)
        for how, value in (("name", name.value), ("iri", str(thing))):
            yield f"{query.name}-by-{how}", substitute(query.text, {parameter.name: value})


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
