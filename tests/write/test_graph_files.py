import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace

import networkx
import pytest

from benchmarks.made_up_news import news
from kg import ontology
from kg.model import Knowledge
from kg.resolve import resolve
from kg.write.graph_files import Format, unguard, write, write_csv
from kg.write.property_graph import Stream, property_graph, stream
from tests.sample import knowledge

HOSTILE = "=cmd|' /C calc'!A0 \x00\x0b\ud800\ufffe <b>&amp;\r\nnext \U0001f600"


@pytest.fixture(scope="module")
def graph() -> networkx.MultiDiGraph:
    return property_graph(knowledge(), ontology.load(), everything=True)


@pytest.fixture(scope="module")
def hostile() -> networkx.MultiDiGraph:
    known = knowledge()
    entities = tuple(replace(entity, label=HOSTILE) for entity in known.entities)
    return property_graph(replace(known, entities=entities), ontology.load(), everything=True)


def written(graph: networkx.MultiDiGraph, form: Format) -> io.BytesIO:
    file = io.BytesIO()
    write(graph, form, file)
    file.seek(0)
    return file


def rows_of(graph: networkx.MultiDiGraph) -> Stream:
    return Stream(graph.nodes(data=True), graph.edges(keys=True, data=True))


@pytest.mark.parametrize("everything", [True, False])
def test_a_stream_is_the_graph_in_order(everything: bool) -> None:
    made_up = resolve([article.reading for article in news(20, 3)], ontology.load())
    for known in (knowledge(), made_up):
        graph = property_graph(known, ontology.load(), everything=everything)
        rows = stream(known, ontology.load(), everything=everything)
        assert list(rows.nodes) == list(graph.nodes(data=True))
        assert list(rows.edges) == list(graph.edges(keys=True, data=True))


def tables(graph: networkx.MultiDiGraph) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    def rows(file: io.BytesIO) -> Iterator[dict[str, str]]:
        return csv.DictReader(io.StringIO(file.getvalue().decode("utf-8"), newline=""))

    nodes, edges = io.BytesIO(), io.BytesIO()
    write_csv(rows_of(graph), nodes, edges)
    return list(rows(nodes)), list(rows(edges))


def test_graphml_round_trips(graph: networkx.MultiDiGraph) -> None:
    back = networkx.read_graphml(written(graph, "graphml"), edge_key_type=str, force_multigraph=True)
    assert dict(back.nodes(data=True)) == dict(graph.nodes(data=True))
    assert {key: data for *_, key, data in back.edges(keys=True, data=True)} == {
        key: data for *_, key, data in graph.edges(keys=True, data=True)
    }


def test_gexf_round_trips(graph: networkx.MultiDiGraph) -> None:
    back = networkx.read_gexf(written(graph, "gexf"))
    assert dict(back.nodes(data=True)) == dict(graph.nodes(data=True))
    assert {key: data for *_, key, data in back.edges(keys=True, data=True)} == {
        key: data | {"id": key} for *_, key, data in graph.edges(keys=True, data=True)
    }


def test_csv_has_the_headers_that_neo4j_imports(graph: networkx.MultiDiGraph) -> None:
    nodes, edges = tables(graph)
    assert [row["id:ID"] for row in nodes] == list(graph)
    assert {row[":LABEL"] for row in nodes} >= {"Person;Agent;Thing", "Meeting;Event;Thing", "Text"}
    assert [(row[":START_ID"], row[":END_ID"], row["id"]) for row in edges] == list(graph.edges(keys=True))
    assert {row[":TYPE"] for row in edges} >= {"hosted", "possible_stopped-short-of", "hasAgent"}
    assert {"named:boolean", "statements:long", "importance:double", "label"} <= set(nodes[0])


def test_csv_round_trips(graph: networkx.MultiDiGraph) -> None:
    nodes, edges = tables(graph)
    back = networkx.MultiDiGraph()
    for row in nodes:
        key, kind = row.pop("id:ID"), row.pop(":LABEL")
        back.add_node(key, **typed(row))
        assert back.nodes[key]["classes"] == kind.replace(";", " | ")
    for row in edges:
        start, end, kind, key = (row.pop(name) for name in (":START_ID", ":END_ID", ":TYPE", "id"))
        back.add_edge(start, end, key=key, **typed(row))
        assert back.edges[start, end, key]["relation"] == kind
    assert networkx.utils.graphs_equal(back, graph)


def typed(row: dict[str, str]) -> dict[str, str | bool | int | float]:
    """The cells of a row with the types that the header gives for Neo4j's import."""
    read = {"boolean": "true".__eq__, "long": int, "double": float, "": unguard}
    parts = [(*name.partition(":")[::2], cell) for name, cell in row.items()]
    return {name: read[kind](cell) for name, kind, cell in parts}


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_attributes_have_types_that_gephi_and_cytoscape_know(
    graph: networkx.MultiDiGraph, form: Format
) -> None:
    types = set(
        re.findall(r'(?:attr\.type|<attribute [^>]*type)="(\w+)"', written(graph, form).read().decode())
    )
    assert "string" in types
    assert types <= {"string", "boolean", "int", "integer", "long", "float", "double"}


def test_no_csv_cell_is_a_formula_and_the_guard_can_be_removed(graph: networkx.MultiDiGraph) -> None:
    for label in ("=1+1", "+1", "-1", "@SUM(A1)", "'quoted'", "plain"):
        copy = graph.copy()
        copy.nodes["Ana_Ruiz"]["label"] = label
        nodes, _ = tables(copy)
        cell = next(row["label"] for row in nodes if row["id:ID"] == "Ana_Ruiz")
        assert not cell.startswith(("=", "+", "-", "@"))
        assert unguard(cell) == label


def test_csv_has_one_line_per_row(hostile: networkx.MultiDiGraph) -> None:
    nodes, edges = io.BytesIO(), io.BytesIO()
    write_csv(rows_of(hostile), nodes, edges)
    assert len(nodes.getvalue().splitlines()) == 1 + len(hostile)
    assert len(edges.getvalue().splitlines()) == 1 + hostile.number_of_edges()


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_characters_that_xml_forbids_are_omitted(hostile: networkx.MultiDiGraph, form: Format) -> None:
    read = networkx.read_graphml if form == "graphml" else networkx.read_gexf
    label = read(written(hostile, form)).nodes["Ana_Ruiz"]["label"]
    assert label.split() == ["=cmd|'", "/C", "calc'!A0", "<b>&amp;", "next", "\U0001f600"]


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_the_same_graph_gives_the_same_bytes(
    graph: networkx.MultiDiGraph, form: Format, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = written(graph, form).getvalue()
    monkeypatch.setattr("time.strftime", lambda *_: "2001-01-01")
    assert written(graph, form).getvalue() == first


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_an_empty_graph_is_written(form: Format) -> None:
    empty = property_graph(Knowledge(), ontology.load())
    read = networkx.read_graphml if form == "graphml" else networkx.read_gexf
    assert len(read(written(empty, form))) == 0
    assert tables(empty) == ([], [])
