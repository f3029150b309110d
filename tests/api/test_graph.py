"""The Python API: `import kg`."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import networkx
import pytest
import rdflib

import kg
from kg import ontology, pipeline
from kg.store.query import QueryError
from kg.write import manifest
from kg.write.output import OutputError
from tests.sample import knowledge


@pytest.fixture
def graph() -> kg.Graph:
    return kg.Graph(pipeline.Build(knowledge(), ontology.load()))


def test_knowledge_is_what_was_built(graph: kg.Graph) -> None:
    assert graph.knowledge == knowledge()
    assert graph.problems == ()


def test_query_answers_sparql(graph: kg.Graph) -> None:
    result = graph.query("SELECT ?a { ?a kg:hosted ?b }")
    assert result.table() == (("a",), [("d:Ana_Ruiz",)])


def test_query_takes_parameters(graph: kg.Graph) -> None:
    question = "SELECT ?b { VALUES ?name { UNDEF } ?a rdfs:label ?name ; kg:hosted ?b }"
    assert graph.query(question, name="Ana Ruiz").table()[1] == [("d:Tom_Reed",)]
    assert graph.query(question, name="Tom Reed").table()[1] == []


def test_an_invalid_query_raises(graph: kg.Graph) -> None:
    with pytest.raises(QueryError):
        graph.query("SELECT")


def test_rdf_is_an_rdflib_graph_of_all_triples(graph: kg.Graph) -> None:
    rdf = graph.rdf()
    assert isinstance(rdf, rdflib.Graph)
    assert len(rdf) == sum(map(len, graph._build.triples.values()))
    base = "https://kg.example/data/"
    met = rdflib.URIRef("https://kg.example/ontology#hosted")
    assert (rdflib.URIRef(base + "Ana_Ruiz"), met, rdflib.URIRef(base + "Tom_Reed")) in rdf


def test_network_is_a_networkx_graph(graph: kg.Graph) -> None:
    network = graph.network()
    assert isinstance(network, networkx.MultiDiGraph)
    assert network.has_edge("Ana_Ruiz", "Tom_Reed")


def test_the_network_of_a_folder_takes_one_call(graph: kg.Graph, tmp_path: Path) -> None:
    graph.save(tmp_path / "out")
    network = kg.to_networkx(tmp_path / "out")
    assert networkx.utils.graphs_equal(network, graph.to_networkx())
    assert network.nodes["Ana_Ruiz"]["label"] == "Ana Ruiz"


def test_statements_are_plain_dictionaries(graph: kg.Graph) -> None:
    statements = graph.statements()
    assert len(statements) == len(knowledge().statements)
    assert statements[0]["subject"]["label"] == "Ana Ruiz"


def test_a_saved_graph_can_be_opened(graph: kg.Graph, tmp_path: Path) -> None:
    graph.save(tmp_path / "out")
    opened = kg.open(tmp_path / "out")
    assert opened.knowledge == graph.knowledge
    assert opened.query("ASK { ?a kg:hosted ?b }").answer


def test_saving_an_opened_graph_changes_nothing(graph: kg.Graph, tmp_path: Path) -> None:
    graph.save(str(tmp_path / "a"))
    kg.open(tmp_path / "a").save(tmp_path / "b")
    kg.open(tmp_path / "a").save(tmp_path / "a")  # into its own folder
    for path in (path for path in (tmp_path / "b").iterdir() if path.is_file()):
        assert path.read_bytes() == (tmp_path / "a" / path.name).read_bytes(), path.name


def test_base_and_user_ontology_are_kept(tmp_path: Path) -> None:
    own = tmp_path / "own.ttl"
    own.write_text(
        "@prefix kg: <https://kg.example/ontology#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> ."
        'kg:ogled a kg:Relation ; rdfs:label "ogled"@en ; rdfs:comment "Looked at."@en ; kg:verb "ogle" .'
    )
    built = pipeline.Build(knowledge(), ontology.load([own]), "https://data.example/", ontology_files=(own,))
    pipeline.save(built, tmp_path / "out")
    opened = pipeline.load(tmp_path / "out")
    assert (opened.base, opened.ontology.relations["ogled"].verbs) == ("https://data.example/", ("ogle",))


def test_opening_a_folder_without_a_graph_raises(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="holds no graph"):
        kg.open(tmp_path)


def test_building_from_nothing_raises(tmp_path: Path) -> None:
    with pytest.raises(pipeline.NoArticleError):
        kg.build([tmp_path / "none"])


def test_the_checked_files_are_the_written_files(graph: kg.Graph, tmp_path: Path) -> None:
    graph.save(tmp_path)
    names = {path.name for path in tmp_path.iterdir()}
    noted = {"build.json", manifest.COPY}
    for name in noted:
        (tmp_path / name).unlink()
    for name in names - noted:
        with pytest.raises(OutputError, match="was not written by kg"):
            pipeline.check(tmp_path)
        path = tmp_path / name
        path.rename(tmp_path / f"mine-{name}")
    pipeline.check(tmp_path)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda _: kg.build([3]), "article 1: 3 (int) is not an article"),
        (lambda _: kg.build("a.txt", ontology=3), "ontology: 3 (int) is not paths"),
        (lambda _: kg.build("a.txt", background=[None]), "background: None is not a path"),
        (lambda _: kg.build("a.txt", decisions=["a"]), "decisions: a list is not a path"),
        (lambda _: kg.build("a.txt", parser=3), "parser: 3 (int) is not text"),
        (lambda _: kg.build("a.txt", jobs=0), "jobs: 0 (int) is not a whole number from 1"),
        (lambda _: kg.open(None), "folder: None is not a path"),
        (lambda _: kg.open("a\0b"), "contains a NUL character"),
        (lambda graph: graph.add(3), "articles: 3 (int) is not an article"),
        (lambda graph: graph.add("a.txt", jobs="4"), "jobs: '4' is not a whole number"),
        (
            lambda graph: graph.replace(graph.knowledge.documents[0].id, 3),
            "articles: 3 (int) is not an article",
        ),
        (lambda graph: graph.remove(["a"]), "id: a list is not text"),
        (lambda graph: graph.query(3), "question: 3 (int) is not text"),
        (lambda graph: graph.query("who-met-whom", person=3), "person: 3 (int) is not text"),
        (lambda graph: graph.explain(3), "subject: 3 (int) is not text"),
        (lambda graph: graph.export([]), "form: a list is not text"),
        (lambda graph: graph.export("csv", 3), "target: 3 (int) is not a path"),
        (lambda graph: graph.save(3), "folder: 3 (int) is not a path"),
    ],
)
def test_a_wrong_kind_of_argument_is_an_error_of_ours(
    graph: kg.Graph, call: Callable[[kg.Graph], object], message: str
) -> None:
    with pytest.raises(kg.Error, match=re.escape(message)):
        call(graph)
