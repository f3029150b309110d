"""All formats of `kg.write.formats`, found automatically: none presents denied events as facts."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import chain
from pathlib import Path

import networkx
import pytest
from pyoxigraph import RdfFormat, parse

from kg import ontology
from kg.model import Factuality, Knowledge
from kg.rdf.names import BASE
from kg.write.formats import Choice, Format, Wanted, formats
from tests.write.meetings import FACT, WAYS, meetings

ROOT = Path(__file__).parent.parent.parent
Facts = set[tuple[str, str]]
"""Subject and object of each meeting that a format presents as a fact."""
Ways = Counter[str]
"""The number of meetings of each kind."""


def made(form: Format, known: Knowledge, *, everything: bool) -> tuple[bytes, ...]:
    return tuple(form.make(Wanted(known, ontology.load(), BASE, everything=everything)))


@pytest.fixture(params=list(formats()))
def form(request: pytest.FixtureRequest) -> Format:
    chosen = formats()[request.param]
    if chosen.missing():
        pytest.skip(chosen.missing())
    return chosen


# -- Who met whom, according to each format


def rdf(form: Format, files: tuple[bytes, ...]) -> Facts:
    quads = parse(files[0], RdfFormat.from_extension(form.suffix.removeprefix(".")))
    met = [quad for quad in quads if quad.predicate.value.endswith("#met")]
    return {(quad.subject.value.removeprefix(BASE), quad.object.value.removeprefix(BASE)) for quad in met}


def graphml(_: Format, files: tuple[bytes, ...]) -> Facts:
    return edges(networkx.read_graphml(io.BytesIO(files[0]), force_multigraph=True))


def gexf(_: Format, files: tuple[bytes, ...]) -> Facts:
    return edges(networkx.read_gexf(io.BytesIO(files[0])))


def edges(graph: networkx.MultiDiGraph) -> Facts:
    return {(a, b) for a, b, data in graph.edges(data=True) if "met" in (data["relation"], data["label"])}


def tables(_: Format, files: tuple[bytes, ...]) -> Facts:
    rows = csv.DictReader(io.StringIO(files[1].decode(), newline=""))
    return {(r[":START_ID"], r[":END_ID"]) for r in rows if "met" in (r[":TYPE"], r["label"])}


def columns(_: Format, files: tuple[bytes, ...]) -> Facts:
    from pyarrow import parquet

    rows = parquet.read_table(io.BytesIO(files[1])).to_pylist()
    return {(row["start"], row["end"]) for row in rows if "met" in (row["type"], row["label"])}


def script(_: Format, files: tuple[bytes, ...]) -> Facts:
    found: Facts = set()
    for each in files[0].decode().split(";\n"):
        if "[e:`met`" in each:
            found |= set(re.findall(r"\{`start`: '(.*?)', `end`: '(.*?)'", each))
    return found


def lines(_: Format, files: tuple[bytes, ...]) -> Facts:
    rows = [json.loads(line) for line in files[0].splitlines()]
    met = [row for row in rows if row["plain"] and row["predicate"]["label"] == "met"]
    return {(r["subject"]["id"].removeprefix(BASE), r["object"]["id"].removeprefix(BASE)) for r in met}


def ftm(_: Format, files: tuple[bytes, ...]) -> Facts:
    rows = {row["id"]: row for row in map(json.loads, files[0].splitlines())}
    met = [row["properties"] for row in rows.values() if "met" in row["properties"].get("role", ())]
    happened = [row["properties"] for row in rows.values() if "involved" in row["properties"]]
    assert [each["keywords"] for each in happened] == [["meeting", "asserted"]]
    names = {row["id"]: "_".join(row["properties"].get("name", [""])[0].split()) for row in rows.values()}
    return {(names[each["subject"][0]], names[each["object"][0]]) for each in met}


READERS: dict[str, Callable[[Format, tuple[bytes, ...]], Facts]] = {
    **dict.fromkeys(("turtle", "ntriples", "nquads", "trig", "jsonld", "rdfxml"), rdf),
    "graphml": graphml,
    "gexf": gexf,
    "csv": tables,
    "parquet": columns,
    "cypher": script,
    "jsonl": lines,
    "ftm": ftm,
}


@pytest.mark.parametrize("everything", [False, True])
def test_denied_planned_or_reported_meetings_are_not_facts(form: Format, everything: bool) -> None:
    assert form.name in READERS, "say here how a fact is read from the new format"
    facts = READERS[form.name](form, made(form, meetings(), everything=everything))
    assert {pair for pair in facts if pair != FACT[::-1]} == {FACT}  # symmetric relations go both ways


# -- The number of meetings of each factuality in each format: "negated", "planned" ... "doubtful", and "" for
# facts


def counted_rdf(form: Format, files: tuple[bytes, ...]) -> Ways:
    held: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for quad in parse(files[0], RdfFormat.from_extension(form.suffix.removeprefix("."))):
        held[str(quad.subject)][re.split("[#/]", quad.predicate.value)[-1]] = str(quad.object.value)
    met = [each for each in held.values() if each.get("predicate", "").endswith("#met")]
    return Counter(_of(each["factuality"].rpartition("#")[2], each["plain"] == "true") for each in met)


def counted_lines(_: Format, files: tuple[bytes, ...]) -> Ways:
    rows = [json.loads(line) for line in files[0].splitlines()]
    return Counter(_of(r["factuality"], r["plain"]) for r in rows if r["predicate"]["label"] == "met")


def _of(factuality: str, plain: bool) -> str:
    return factuality.lower() if factuality.lower() != "asserted" else "" if plain else "doubtful"


def counted_network(form: Format, files: tuple[bytes, ...]) -> Ways:
    read = networkx.read_graphml if form.name == "graphml" else networkx.read_gexf
    return _named(data["relation"] for *_, data in read(io.BytesIO(files[0])).edges(data=True))


def counted_tables(_: Format, files: tuple[bytes, ...]) -> Ways:
    return _named(row[":TYPE"] for row in csv.DictReader(io.StringIO(files[1].decode(), newline="")))


def counted_columns(_: Format, files: tuple[bytes, ...]) -> Ways:
    from pyarrow import parquet

    return _named(parquet.read_table(io.BytesIO(files[1])).column("type").to_pylist())


def counted_script(_: Format, files: tuple[bytes, ...]) -> Ways:
    chunks = files[0].decode().split(";\n")
    typed = [(match[1], each.count("{`start`")) for each in chunks if (match := re.search("e:`(.*?)`", each))]
    return _named(chain.from_iterable([name] * number for name, number in typed))


def counted_ftm(_: Format, files: tuple[bytes, ...]) -> Ways:
    rows = [json.loads(line)["properties"] for line in files[0].splitlines()]
    roles = [row["role"][0] for row in rows if "subject" in row]
    notes = [row["description"][0] for row in rows if "entity" in row and "description" in row]
    pairs = [re.search(r": (\w+: met) ", note) for note in notes]  # "Ana Ruiz: possible: met a treaty"
    return _named([*roles, *(match[1] for match in pairs if match)])


def _named(types: Iterable[str]) -> Ways:
    """The factualities in names of relations: "negated" in "negated_met" and "negated: met", "" in "met"."""
    return Counter(
        each.removesuffix("met").strip("_: ") for each in types if re.search(r"(^|[_ ])met$", each)
    )


COUNTERS: dict[str, Callable[[Format, tuple[bytes, ...]], Ways]] = {
    **dict.fromkeys(("turtle", "ntriples", "nquads", "trig", "jsonld", "rdfxml"), counted_rdf),
    **dict.fromkeys(("graphml", "gexf"), counted_network),
    "csv": counted_tables,
    "parquet": counted_columns,
    "cypher": counted_script,
    "jsonl": counted_lines,
    "ftm": counted_ftm,
}


def test_every_format_has_the_right_number_of_meetings_of_each_factuality(form: Format) -> None:
    assert form.name in COUNTERS, "say here how the statements are counted in the new format"
    known = meetings()
    denied = next(each for each in known.statements if each.factuality is Factuality.NEGATED)
    twice = replace(denied, id="st-31", object="Alpine_Rail_Co")
    files = made(form, replace(known, statements=(*known.statements, twice)), everything=True)
    told = Counter(way.value for way in WAYS.values()) + Counter(["negated", "doubtful", ""])
    assert COUNTERS[form.name](form, files) == told


@pytest.mark.parametrize("everything", [False, True])
def test_the_same_graph_gives_the_same_bytes(form: Format, everything: bool) -> None:
    first = made(form, meetings(), everything=everything)
    assert first == made(form, meetings(), everything=everything)
    assert len(first) == (len(form.files) or 1)


def test_empty_knowledge_can_be_written(form: Format) -> None:
    assert len(made(form, Knowledge(), everything=True)) == (len(form.files) or 1)


def test_a_format_says_what_it_is_for(form: Format) -> None:
    assert form.holds and form.reads and bool(form.suffix) != bool(form.files)
    extra = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert not form.needs or f"\n{form.name} = [" in extra


def test_networks_can_be_exported_with_everything() -> None:
    assert {name for name, each in formats().items() if Choice.EVERYTHING in each.takes} >= {"csv", "graphml"}


def test_the_documented_table_of_formats_is_up_to_date() -> None:
    page = (ROOT / "docs" / "export.md").read_text(encoding="utf-8")
    subprocess.run([sys.executable, "docs/formats.py", "--check"], check=True, cwd=ROOT)
    assert all(f"`{name}`" in page for name in formats())


def test_a_missing_package_is_reported() -> None:
    wanting = Format("odd", ".odd", "", "", lambda _: (b"",), needs="no_such_package")
    assert wanting.missing() == "odd needs the package no_such_package: pip install 'kg[odd]'"
