"""The build of seeds/, end to end: its content, its trustworthiness, its exports.

The statements it makes are kept in golden/seeds.jsonl, one per line: subject, relation, object, factuality,
speaker. A change of the extraction shows there as a difference; if it is intended, regenerate the file and
commit it with the change:

    python3 -m tests.test_build
"""

from __future__ import annotations

import csv
import difflib
import hashlib
import html
import json
import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import networkx
import pyoxigraph
import pytest
import rdflib

import kg
from kg import ontology
from kg.write import manifest
from kg.write.formats import formats
from kg.write.page.embed import unpacked
from kg.write.property_graph import property_graph
from tests.conftest import ROOT, run, run_here

pytestmark = pytest.mark.slow

SEEDS = ROOT / "seeds"
GOLDEN = ROOT / "tests" / "golden" / "seeds.jsonl"
ARTICLES = sorted(path for path in SEEDS.iterdir() if path.suffix in {".txt", ".html"})
RDF = ("turtle", "ntriples", "nquads", "trig", "jsonld", "rdfxml")
MEGABYTE = 1_000_000

# Page furniture (text that does not belong to the article) in seeds/. Publishers and authors are not in the
# list, because a build contains them as metadata.
FURNITURE = {
    "01-drum-duet-online.html": (
        "You may also like",
        "Ferry line",
        "owl that stopped",
        "Courier at Breakfast",
        "Get five stories",
        "Sign me up",
        "leave the list",
        "sell your address",
        "Copy link",
        "Listen to this story",
        "min read",
        "Follow us",
        "All rights reserved",
        "Courier/Handout",
    ),
    "02-a-little-awkward.txt": (
        "NORTHWIND, NARA",
        "Handout from",
        "With reporting by",
    ),
    "04-night-in-nara.txt": (
        "Also in Our Asia Section",
        "Tofu",
        "Rice by Rail",
        "locomotive",
        "Fewer Pupils",
        "three free stories",
        "After the Summit, a Jam Session",
    ),
    "05-kurvali-post.txt": (
        "app for android",
        "dark mode",
        "ҚАЗ",
        "FIND A STORY",
        "may be reprinted",
        "Bigger text",
        "Views: 212",
        "Did you enjoy",
        "Pass it on",
        "print this page",
        "copy the address",
        "Адрес",
        "Telegram channel",
        "in the world, in brief",
    ),
}


def read(path: Path) -> str:
    """The text of a file, with its line breaks unchanged, because offsets count them."""
    return path.read_bytes().decode("utf-8")


def rows(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in read(folder / "statements.jsonl").splitlines()]


def files(folder: Path) -> dict[str, bytes]:
    """The files of a build by name, except store/, whose files differ between equal builds."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@pytest.fixture(scope="session")
def graph(built: Path) -> kg.Graph:
    return kg.open(built)


@pytest.fixture(scope="session")
def triples(built: Path) -> set[pyoxigraph.Triple]:
    """Every triple of the build, from its N-Triples."""
    parts = [
        quad.triple
        for part in ("facts", "events", "links", "provenance")
        for quad in pyoxigraph.parse(path=built / f"{part}.nt")
    ]
    assert len(parts) == len(set(parts)), "no triple is in two parts"
    return set(parts)


# -- Its content


def test_an_article_that_cites_another_is_not_an_independent_witness(graph: kg.Graph) -> None:
    found = [(each.document, each.source, each.kind.value) for each in graph.knowledge.dependences]
    assert found == [("05-kurvali-post.txt", "04-night-in-nara.txt", "cites")]
    shared = {"04-night-in-nara.txt", "05-kurvali-post.txt"}
    told = [s for s in graph.knowledge.statements if {e.document for e in s.evidence} == shared]
    assert told and all(statement.independent == 1 for statement in told)


def test_the_error_of_one_article_is_kept_beside_the_others(graph: kg.Graph) -> None:
    sides = {each.property: [value.documents for value in each.values] for each in graph.knowledge.conflicts}
    assert sides.keys() == {"date", "type"}
    for documents in sides.values():
        assert len(documents) == 2
        assert ("03-common-rhythm.txt",) in documents
    _, rows_ = graph.query("SELECT ?c { ?c a kg:Conflict }").table()
    assert len(rows_) == 2


@pytest.mark.parametrize(
    ("subject", "relation", "object_"),
    [("Sanae Takaichi", "hosted", "Lee Jae Myung"), ("Lee Jae Myung", "met", "Xi Jinping")],
)
def test_a_fact_is_a_triple_with_its_sentences(
    graph: kg.Graph, subject: str, relation: str, object_: str
) -> None:
    question = f"""SELECT ?sentence {{
        ?subject rdfs:label "{subject}" ; kg:{relation} ?object . ?object rdfs:label "{object_}" .
        ?statement rdf:subject ?subject ; rdf:predicate kg:{relation} ; rdf:object ?object ;
                   kg:plain true ; prov:wasDerivedFrom/nif:anchorOf ?sentence }}"""
    _, found = graph.query(question).table()
    assert found


@pytest.mark.parametrize(("name", "other"), [("Sanae Takaichi", "takaichi"), ("Lee Jae Myung", "lee")])
def test_a_person_is_one_node_across_articles(graph: kg.Graph, name: str, other: str) -> None:
    bearers = [
        entity
        for entity in graph.knowledge.entities
        if entity.named
        and any(other in re.split(r"\W+", label.lower()) for label in (entity.label, *entity.aliases))
    ]
    assert [entity.label for entity in bearers] == [name]
    assert bearers[0].type == "Person"
    assert list(bearers[0].documents) == [path.name for path in ARTICLES]


def golden(statements: Iterable[dict[str, Any]]) -> list[str]:
    """The lines of golden/seeds.jsonl."""
    return sorted(
        json.dumps(
            [
                row["subject"]["label"],
                row["predicate"]["label"],
                row["object"].get("label", row["object"].get("value")),
                "plain" if row["plain"] else row["factuality"],
                (row["speaker"] or {}).get("label"),
            ],
            ensure_ascii=False,
        )
        for row in statements
    )


def test_the_statements_are_those_of_the_golden_file(built: Path) -> None:
    changes = difflib.unified_diff(
        read(GOLDEN).splitlines(), golden(rows(built)), "golden/seeds.jsonl", "this build", n=0, lineterm=""
    )
    report = "\n".join(changes)
    assert not report, f"{report}\nIf this is what you want: python3 -m tests.test_build"


def test_statements_that_are_not_facts_have_no_plain_triple(
    built: Path, triples: set[pyoxigraph.Triple]
) -> None:
    def key(row: dict[str, Any]) -> tuple[str, ...]:
        return tuple(row[end].get("id", "") for end in ("subject", "predicate", "object"))

    said = rows(built)
    facts = {key(row) for row in said if row["plain"]}
    plain = {tuple(getattr(term, "value", "") for term in triple) for triple in triples}
    assert facts - plain == {each for each in facts if not all(each)}
    assert facts
    doubtful = {key(row) for row in said if not row["plain"]} - facts
    assert not doubtful & plain


# -- Its trustworthiness


@pytest.fixture(scope="session")
def outputs(built: Path, exported: dict[str, Path]) -> dict[str, str]:
    """The whole output of the build as text, in lower case."""
    texts = {name: data.decode("utf-8") for name, data in files(built).items()}
    # Compressed text looks like random letters, which may form short words of FURNITURE.
    packed = re.compile(r'(?<=id="data-)[^<]*')
    page = texts["graph.html"]
    texts["graph.html"] = packed.sub("", page) + json.dumps(unpacked(page), ensure_ascii=False)
    texts["turtle"] = read(exported["turtle"])
    return {name: html.unescape(text).lower() for name, text in texts.items()}


@pytest.mark.parametrize("article", FURNITURE)
def test_no_page_furniture_is_in_the_output(outputs: dict[str, str], article: str) -> None:
    page = read(SEEDS / article).lower()
    assert not [words for words in FURNITURE[article] if words.lower() not in page], "not on the page"
    found = {
        words: [name for name in outputs if words.lower() in outputs[name]] for words in FURNITURE[article]
    }
    assert not {words: names for words, names in found.items() if names}


def test_every_sentence_is_at_its_offsets_in_the_file(built: Path) -> None:
    texts = {path.name: read(path) for path in ARTICLES}
    wrong = []
    for row in rows(built):
        assert row["evidence"]
        for evidence in row["evidence"]:
            there = texts[evidence["document"]][evidence["start"] : evidence["end"]]
            if evidence["document"].endswith(".html"):
                there = html.unescape(re.sub(r"<[^>]*>", "", there))
                there = " ".join(there.split())
            if there != evidence["sentence"]:
                wrong.append((there, evidence["sentence"]))
    assert not wrong


@pytest.mark.usefixtures("queries_parsed_once")
def test_the_graph_passes_its_shapes(graph: kg.Graph) -> None:
    from kg.rdf.shapes import violations

    assert violations(graph.rdf()) == []


def test_there_are_no_blank_nodes(triples: set[pyoxigraph.Triple]) -> None:
    blank = [triple for triple in triples for term in triple if isinstance(term, pyoxigraph.BlankNode)]
    assert not blank


def test_the_page_is_small_enough_for_mail(built: Path) -> None:
    assert (built / "graph.html").stat().st_size < 3 * MEGABYTE


def test_the_same_articles_give_the_same_bytes(built: Path, tmp_path: Path) -> None:
    run("build", *reversed(ARTICLES), "-o", tmp_path, "--quiet", hash_seed="1")
    first, second = files(built), files(tmp_path)
    assert first.keys() == second.keys()
    assert not [name for name in first if first[name] != second[name]]


def test_the_checksums_are_those_of_the_files(built: Path) -> None:
    noted = json.loads(read(built / "build.json"))["files"]
    there = {
        name: {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for name, data in files(built).items()
        if name not in ("build.json", manifest.COPY)
    }
    assert noted == there


# -- Its exports


@pytest.fixture(scope="session")
def exported(built: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Format -> the file of its export."""
    folder = tmp_path_factory.mktemp("exports")
    for form in formats():
        assert run_here("export", "--format", form, "-o", folder / form, "-g", built) == 0
    return {path.name: path for path in folder.iterdir()}


PYOXIGRAPH = {
    "turtle": pyoxigraph.RdfFormat.TURTLE,
    "ntriples": pyoxigraph.RdfFormat.N_TRIPLES,
    "nquads": pyoxigraph.RdfFormat.N_QUADS,
    "trig": pyoxigraph.RdfFormat.TRIG,
    "jsonld": pyoxigraph.RdfFormat.JSON_LD,
    "rdfxml": pyoxigraph.RdfFormat.RDF_XML,
}


@pytest.mark.parametrize("form", RDF)
def test_oxigraph_reads_the_same_triples(
    exported: dict[str, Path], triples: set[pyoxigraph.Triple], form: str
) -> None:
    quads = pyoxigraph.parse(path=exported[form], format=PYOXIGRAPH[form])
    assert {quad.triple for quad in quads} == triples


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")  # rdflib's warnings about its own code
@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("turtle", "turtle"),
        ("ntriples", "nt"),
        ("nquads", "nquads"),
        ("trig", "trig"),
        ("jsonld", "json-ld"),
        ("rdfxml", "xml"),
    ],
)
def test_rdflib_reads_the_same_number_of_triples(
    exported: dict[str, Path], triples: set[pyoxigraph.Triple], form: str, name: str
) -> None:
    dataset = rdflib.Dataset()
    dataset.parse(exported[form], format=name)
    assert len({quad[:3] for quad in dataset.quads()}) == len(triples)


@pytest.mark.skipif(shutil.which("rapper") is None, reason="rapper (Debian: raptor2-utils) is not installed")
@pytest.mark.parametrize("form", ["turtle", "ntriples", "rdfxml"])
def test_raptor_reads_the_same_number_of_triples(
    exported: dict[str, Path], triples: set[pyoxigraph.Triple], form: str
) -> None:
    command = ["rapper", "--quiet", "--input", form, exported[form], "--output", "ntriples"]
    done = subprocess.run(command, capture_output=True, check=True)
    assert len(set(done.stdout.splitlines())) == len(triples)


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_networkx_reads_the_network(exported: dict[str, Path], graph: kg.Graph, form: str) -> None:
    reader = {"graphml": networkx.read_graphml, "gexf": networkx.read_gexf}[form]
    network = reader(exported[form])
    expected = property_graph(graph.knowledge, ontology.load())
    assert set(network) == set(expected)
    assert network.number_of_edges() == expected.number_of_edges()


def test_the_tables_contain_the_network(exported: dict[str, Path], graph: kg.Graph) -> None:
    tables = {}
    for name in ("nodes", "edges"):
        with (exported["csv"] / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            tables[name] = list(csv.DictReader(file))
    network = property_graph(graph.knowledge, ontology.load())
    assert len(tables["nodes"]) == network.number_of_nodes()
    assert len(tables["edges"]) == network.number_of_edges()
    assert {row[end] for row in tables["edges"] for end in (":START_ID", ":END_ID")} <= {
        row["id:ID"] for row in tables["nodes"]
    }


def test_the_lines_are_the_statements(exported: dict[str, Path], built: Path) -> None:
    assert exported["jsonl"].read_bytes() == (built / "statements.jsonl").read_bytes()


if __name__ == "__main__":
    GOLDEN.parent.mkdir(exist_ok=True)
    lines = golden(kg.build(SEEDS).statements())
    GOLDEN.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")


def test_people_in_the_background_are_recognised(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "Ms Ruiz met Tom Reed in Lima. She is the president of Norvex.\n", encoding="utf-8"
    )
    (tmp_path / "b.txt").write_text("Norvex Holdings sued Mr Ruiz.\n", encoding="utf-8")
    staff = tmp_path / "staff.ttl"
    staff.write_text(
        """@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix ex: <https://staff.example/> .
        ex:17 a foaf:Person ; foaf:name "Ana Ruiz" ; foaf:gender "female" .
        ex:2 a foaf:Organization ; foaf:name "Norvex" ; foaf:nick "Norvex Holdings" .""",
        encoding="utf-8",
    )
    graph = kg.build(tmp_path, background=[staff])
    same = {entity.label: entity.same for entity in graph.knowledge.entities}
    assert same["Ana Ruiz"] == ("https://staff.example/17",)
    assert same["Norvex"] == ("https://staff.example/2",)
    assert same["Ruiz"] == ()  # a man is not "she"
    held = "SELECT ?who { ?a kg:holdsPosition [] ; owl:sameAs ?mine . GRAPH ?file { ?mine foaf:name ?who } }"
    assert graph.query(held).table()[1] == [("Ana Ruiz",)]
