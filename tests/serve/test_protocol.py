"""The requests in the W3C's tests of the SPARQL 1.1 protocol (query operation), and some similar ones.

https://www.w3.org/2009/sparql/docs/tests/data-sparql11/protocol/
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from urllib.parse import urlencode

import pytest
import rdflib
from starlette.testclient import TestClient

from kg.rdf.parts import GraphPart
from kg.write import output
from tests.serve.site import serving

DATA = "http://kasei.us/2009/09/sparql/data/"
ONE, TWO, THREE = (f"{DATA}data{number}.rdf" for number in (1, 2, 3))
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
DOCUMENT = "<http://xmlns.com/foaf/0.1/Document>"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": "application/sparql-query"}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A server whose store has the three named graphs of the tests."""
    quads = [f"<{graph}> {TYPE} {DOCUMENT} <{graph}> .\n" for graph in (ONE, TWO, THREE)]
    quads += [f"<{ONE}> <http://purl.org/dc/terms/relation> <{TWO}> <{TWO}> .\n"]
    folder: Path = tmp_path_factory.mktemp("w3c") / "out"
    files = {f"{part}.nt": "" for part in GraphPart} | {"facts.nt": "".join(quads), "graph.html": "<p>"}

    def maker(text: str):  # type: ignore[no-untyped-def]
        return lambda path: path.write_text(text)

    output.write(folder, {name: maker(text) for name, text in files.items()}, {})
    with serving(folder) as client:
        yield client


def address(*pairs: tuple[str, str]) -> str:
    return f"/sparql?{urlencode(pairs)}"


def is_true(response) -> bool:  # type: ignore[no-untyped-def]
    return response.status_code == 200 and response.json()["boolean"] is True


def default(*graphs: str) -> list[tuple[str, str]]:
    return [("default-graph-uri", graph) for graph in graphs]


def named(*graphs: str) -> list[tuple[str, str]]:
    return [("named-graph-uri", graph) for graph in graphs]


def test_the_service_description_names_its_graphs(client: TestClient) -> None:
    graph = rdflib.Graph().parse(data=client.get("/sparql").text, format="turtle")
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    counts = {
        str(graph.value(each, sd.name)): int(graph.value(graph.value(each, sd.graph), rdflib.VOID.triples))
        for each in graph.objects(predicate=sd.namedGraph)
    }
    assert counts == {ONE: 1, TWO: 2, THREE: 1}
    (default,) = graph.objects(predicate=sd.defaultGraph)
    assert int(graph.value(default, rdflib.VOID.triples)) == 0


BOTH = f"ASK {{ <{ONE}> a ?type . <{TWO}> a ?type }}"
NAMED = f"ASK {{ GRAPH ?g1 {{ <{ONE}> a ?type }} GRAPH ?g2 {{ <{TWO}> a ?type }} }}"


def test_query_get(client: TestClient) -> None:
    assert is_true(client.get(address(("query", "ASK {}"))))


def test_query_post_form(client: TestClient) -> None:
    assert is_true(client.post("/sparql", content=urlencode({"query": "ASK {}"}), headers=FORM))


def test_query_post_direct(client: TestClient) -> None:
    assert is_true(client.post("/sparql", content="ASK {}", headers=DIRECT))


def test_query_dataset_default_graph(client: TestClient) -> None:
    asked = [("query", f"ASK {{ <{ONE}> ?p ?o }}"), *default(ONE)]
    assert is_true(client.post("/sparql", content=urlencode(asked), headers=FORM))
    assert not is_true(client.get(address(("query", f"ASK {{ <{ONE}> ?p ?o }}"), *default(THREE))))


def test_query_dataset_default_graphs_get(client: TestClient) -> None:
    assert is_true(client.get(address(("query", BOTH), *default(ONE, TWO))))
    assert not is_true(client.get(address(("query", BOTH), *default(ONE))))


def test_query_dataset_default_graphs_post(client: TestClient) -> None:
    assert is_true(client.post(address(*default(ONE, TWO)), content=BOTH, headers=DIRECT))
    form = urlencode([("query", BOTH), *default(ONE, TWO)])
    assert is_true(client.post("/sparql", content=form, headers=FORM))


def test_query_dataset_named_graphs(client: TestClient) -> None:
    assert is_true(client.get(address(("query", NAMED), *named(ONE, TWO))))
    assert is_true(client.post(address(*named(ONE, TWO)), content=NAMED, headers=DIRECT))
    assert not is_true(client.get(address(("query", NAMED), *named(ONE))))


def test_query_dataset_full(client: TestClient) -> None:
    query = "SELECT ?g ?x { ?x ?y ?o GRAPH ?g { ?s ?p ?o } }"
    found = client.post(address(*default(THREE), *named(ONE, TWO)), content=query, headers=DIRECT).json()
    rows = {(row["x"]["value"], row["g"]["value"]) for row in found["results"]["bindings"]}
    assert rows == {(THREE, ONE), (THREE, TWO)}


def test_query_multiple_dataset(client: TestClient) -> None:
    """The dataset in the request overrides the query's own."""
    query = f"ASK FROM <{ONE}> {{ <{ONE}> ?p <{TWO}> }}"
    assert is_true(client.post(address(*default(TWO)), content=query, headers=DIRECT))
    assert not is_true(client.post("/sparql", content=query, headers=DIRECT))


@pytest.mark.parametrize(
    ("query", "media_types"),
    [
        ("SELECT (1 AS ?value) {}", {"application/sparql-results+xml", "application/sparql-results+json"}),
        ("ASK {}", {"application/sparql-results+xml", "application/sparql-results+json"}),
        ("DESCRIBE <http://example.org/>", {"application/rdf+xml", "text/turtle"}),
        ("CONSTRUCT { <s> <p> 1 } WHERE {}", {"application/rdf+xml", "text/turtle"}),
    ],
)
def test_query_content_type(client: TestClient, query: str, media_types: set[str]) -> None:
    response = client.post("/sparql", content=query, headers=DIRECT)
    assert response.status_code == 200
    assert response.headers["content-type"].partition(";")[0] in media_types


BAD = {
    "method": ("PUT", address(("query", "ASK {}")), b"", {}, 405),
    "multiple queries": ("GET", address(("query", "ASK {}"), ("query", "SELECT * {}")), b"", {}, 400),
    "two places": ("POST", address(("query", "ASK {}")), b"ASK {}", DIRECT, 400),
    "two places, form": ("POST", address(("query", "ASK {}")), b"query=ASK{}", FORM, 400),
    "wrong media type": ("POST", "/sparql", b"ASK {}", {"Content-Type": "text/plain"}, 415),
    "missing form type": ("POST", "/sparql", b"query=ASK%20%7B%7D", {}, 415),
    "missing direct type": ("POST", "/sparql", b"ASK {}", {}, 415),
    "UTF-16": (
        "POST",
        "/sparql",
        "ASK {}".encode("utf-16"),
        {"Content-Type": "application/sparql-query; charset=UTF-16"},
        415,
    ),
    "no UTF-8": ("POST", "/sparql", b"ASK { ?a ?b '\xff' }", DIRECT, 400),
    "no UTF-8, encoded": ("GET", "/sparql?query=ASK%7B%7D%ff", b"", {}, 400),
    "syntax": ("GET", address(("query", "ASK {")), b"", {}, 400),
    "empty": ("POST", "/sparql", b" ", DIRECT, 400),
    "form without query": ("POST", "/sparql", b"query2=ASK", FORM, 400),
    "no IRI": ("GET", address(("query", "ASK {}"), ("default-graph-uri", "not an IRI")), b"", {}, 400),
    "update by GET": ("GET", "/sparql?update=CLEAR%20ALL", b"", {}, 403),
    "update by form": ("POST", "/sparql", b"update=CLEAR%20ALL", FORM, 403),
    "update": ("POST", "/sparql", b"CLEAR ALL", {"Content-Type": "application/sparql-update"}, 403),
    "update as query": ("POST", "/sparql", b"CLEAR ALL", DIRECT, 400),
    "LOAD as query": ("POST", "/sparql", b"LOAD <http://localhost/>", DIRECT, 400),
    "SERVICE": ("POST", "/sparql", b"ASK { SERVICE <http://localhost:1/> { ?s ?p ?o } }", DIRECT, 403),
    "nested": ("POST", "/sparql", b"ASK " + b"{" * 5000 + b"}" * 5000, DIRECT, 400),
    "not acceptable": ("GET", address(("query", "ASK {}")), b"", {"Accept": "image/png"}, 406),
    "not acceptable, itself": ("GET", "/sparql", b"", {"Accept": "image/png"}, 406),
    "unknown format": ("GET", address(("query", "ASK {}"), ("format", "xlsx")), b"", {}, 406),
    "packed": ("POST", "/sparql", b"\x1f\x8b", {**DIRECT, "Content-Encoding": "gzip"}, 415),
    "long": ("POST", "/sparql", b"#" * 100_001, DIRECT, 413),
    "very long": ("POST", "/sparql", b"query=" + b"%20" * 200_000, FORM, 413),
    "long address": ("GET", "/sparql?query=" + "a" * 40_000, b"", {}, 414),
    "many fields": ("GET", "/sparql?" + "a=1&" * 1001 + "query=ASK%7B%7D", b"", {}, 400),
}


@pytest.mark.parametrize("name", BAD)
def test_invalid_requests_are_rejected_with_a_clear_message(client: TestClient, name: str) -> None:
    method, where, content, headers, status = BAD[name]
    response = client.request(method, where, content=content, headers=headers)
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    assert response.text.strip()
    assert "Traceback" not in response.text


def test_every_format_by_header_and_by_parameter(client: TestClient) -> None:
    rows = ("application/sparql-results+json", "application/sparql-results+xml", "text/csv")
    triples = ("text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml")
    cases = chain(
        (("SELECT * { ?s ?p ?o }", each) for each in (*rows, "text/tab-separated-values")),
        (("CONSTRUCT WHERE { ?s ?p ?o }", each) for each in triples),
    )
    for query, media_type in cases:
        response = client.get(address(("query", query)), headers={"Accept": media_type})
        assert response.headers["content-type"].partition(";")[0] == media_type
        assert "Accept" in response.headers["vary"]
    assert client.get(address(("query", "SELECT (1 AS ?n) {}"), ("format", "csv"))).text == "n\r\n1\r\n"
