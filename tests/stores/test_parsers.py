"""Parsers and stores that share no code with kg read the right number of triples.

pytest -m stores
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.stores import tools
from tests.stores.graph import Graph
from tests.stores.tools import program, run

pytestmark = pytest.mark.stores

QUADS = ("nquads", "trig")
Count = Callable[[str, Path, Path], tuple[int, bool]]
"""Format, file, working folder -> number of triples; and whether a triple counts once per graph."""


def rapper(form: str, file: Path, _: Path) -> tuple[int, bool]:
    told = run(program("rapper", "apt install raptor2-utils"), "--count", "--input", form, file)
    return _number(r"returned (\d+) triple", told), form in QUADS


def serdi(form: str, file: Path, _: Path) -> tuple[int, bool]:
    lines = run(program("serdi", "apt install serdi"), "-i", form, "-o", "ntriples", file)
    return len(set(lines.splitlines())), False


def redland(form: str, file: Path, folder: Path) -> tuple[int, bool]:
    rdfproc = program("rdfproc", "apt install redland-utils")
    run(rdfproc, "--new", "triples", "parse", file, form, cwd=folder)
    lines = run(rdfproc, "--quiet", "triples", "serialize", "ntriples", cwd=folder)
    return len({line for line in lines.splitlines() if line.startswith("<")}), False


def prolog(_: str, file: Path, __: Path) -> tuple[int, bool]:
    libraries = ("semweb/rdf11", "semweb/turtle", "semweb/rdf_ntriples")
    loads = ", ".join(f"use_module(library({name}))" for name in libraries)
    count = "aggregate_all(count, distinct(t(S,P,O), rdf(S,P,O)), N), writeln(N-triples)"
    swipl = program("swipl", "apt install swi-prolog-nox")
    told = run(swipl, "-g", loads, "-g", f"rdf_load('{file}', [silent(true)])", "-g", count, "-t", "halt")
    return _number(r"(\d+)-triples", told), False


def riot(form: str, file: Path, folder: Path) -> tuple[int, bool]:
    syntax = ("--syntax=jsonld10",) if form == "jsonld" else ()  # 1.1 fails in Debian's package
    told = run(*tools.jena(folder.parent), "riotcmd.riot", *syntax, "--count", file)
    return _number(r"(?:Triples|Quads) = ([\d,]+)", told), form in QUADS


def rio(_: str, file: Path, __: Path) -> tuple[int, bool]:
    told = run(*tools.rdf4j(), tools.HERE / "Count.java", file)
    return _number(r"(\d+) triples", told), False


def n3(_: str, file: Path, folder: Path) -> tuple[int, bool]:
    return _number(r"(\d+) triples", tools.node(folder, "count.mjs", file)), False


PARSERS: dict[Count, tuple[str, ...]] = {
    rapper: ("turtle", "ntriples", "rdfxml", *QUADS),
    serdi: ("turtle", "ntriples", *QUADS),
    redland: ("turtle", "ntriples", "rdfxml"),
    prolog: ("turtle", "ntriples", "rdfxml", *QUADS),
    riot: ("turtle", "ntriples", "rdfxml", "jsonld", *QUADS),
    rio: ("turtle", "ntriples", "rdfxml", "jsonld", *QUADS),
    n3: ("turtle", "ntriples", "rdfxml", "jsonld", *QUADS),
}


@pytest.mark.parametrize(
    ("count", "form"),
    [
        pytest.param(count, form, id=f"{count.__name__}-{form}")
        for count, forms in PARSERS.items()
        for form in forms
    ],
)
def test_every_parser_reads_the_same_number_of_triples(
    graph: Graph, count: Count, form: str, tmp_path: Path
) -> None:
    found, each = count(form, graph.files[form], tmp_path)
    assert found == (graph.quads if each else graph.triples)


def _number(pattern: str, told: str) -> int:
    found = re.search(pattern, told)
    assert found, told[-2000:]
    return int(found[1].replace(",", ""))
