"""kg pushes into real stores, which answer the named queries like the embedded store.

pytest -m stores
"""

from __future__ import annotations

import json
import sys
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg import cli
from kg.store.query import named
from tests.stores import tools
from tests.stores.graph import Graph, Rows, rows
from tests.stores.tools import program, run

pytestmark = pytest.mark.stores
INTO = "https://news.example/"  # graph name for Virtuoso, which has no default graph


@pytest.fixture(scope="session")
def oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder, url = tmp_path_factory.mktemp("oxigraph"), f"http://127.0.0.1:{(port := tools.port())}"
    server = program("oxigraph", "pip install oxigraph")
    with tools.serving(server, "serve", "-l", "db", "-b", f"127.0.0.1:{port}", url=url, folder=folder):
        yield url


@pytest.fixture(scope="session")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder, port = tmp_path_factory.mktemp("virtuoso"), tools.port()
    server = program("virtuoso-t", "apt install virtuoso-opensource-7-bin")
    (folder / "virtuoso.ini").write_text(
        f"[Parameters]\nServerPort={tools.port()}\nDirsAllowed=.\n[HTTPServer]\nServerPort={port}\nServerRoot=.\n"
        "[SPARQL]\nResultSetMaxRows=10000\n"
    )
    url = f"http://127.0.0.1:{port}/sparql"
    with tools.serving(server, "-f", "-c", "virtuoso.ini", url=url, folder=folder):
        yield url


def push(monkeypatch: pytest.MonkeyPatch, graph: Graph, url: str, *options: str) -> int:
    monkeypatch.setenv("KG_STORE_USER", "dba")
    monkeypatch.setenv("KG_STORE_PASSWORD", "dba")
    monkeypatch.setattr("sys.argv", ["kg", "push", url, "-g", str(graph.folder), *options])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    return int(ended.value.code or 0)


def ask(url: str, question: str) -> str:
    form = urllib.parse.urlencode(
        {"query": question, "default-graph-uri": INTO} if "sparql" in url else {"query": question}
    )
    request = urllib.request.Request(url, form.encode(), {"Accept": "application/sparql-results+json"})
    with urllib.request.urlopen(request, timeout=120) as answer:
        return str(answer.read().decode())


def count(url: str, pattern: str) -> int:
    (row,) = json.loads(ask(url, f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}"))["results"]["bindings"]
    return int(row["n"]["value"])


def test_oxigraph_contains_the_pushed_triples(graph: Graph, oxigraph: str, monkeypatch) -> None:
    for _ in range(2):
        assert push(monkeypatch, graph, oxigraph) == 0
        assert count(f"{oxigraph}/query", "?s ?p ?o") == graph.triples


def test_oxigraph_contains_a_graph_per_article(graph: Graph, oxigraph: str, monkeypatch) -> None:
    options = ("--graphs", "articles", "--into", "https://news.example/rest", "--replace")
    assert push(monkeypatch, graph, oxigraph, *options) == 0
    assert count(f"{oxigraph}/query", "GRAPH ?g { ?s ?p ?o }") == graph.quads


def test_oxigraph_answers_like_the_embedded_store(graph: Graph, oxigraph: str, monkeypatch) -> None:
    push(monkeypatch, graph, oxigraph)
    answers = {name: rows(ask(f"{oxigraph}/query", text)) for name, text in graph.questions.items()}
    assert answers == graph.answers


def test_virtuoso_contains_the_pushed_triples(graph: Graph, virtuoso: str, monkeypatch) -> None:
    for _ in range(2):
        assert push(monkeypatch, graph, virtuoso, "--into", INTO) == 0
        assert count(virtuoso, "?s ?p ?o") == graph.triples


def test_virtuoso_contains_a_graph_per_article(graph: Graph, virtuoso: str, monkeypatch) -> None:
    options = ("--graphs", "articles", "--into", "https://news.example/rest", "--replace")
    assert push(monkeypatch, graph, virtuoso, *options) == 0
    assert push(monkeypatch, graph, virtuoso, *options) == 0


@pytest.mark.parametrize("name", [each.name for each in named()])
def test_virtuoso_answers_like_the_embedded_store(
    graph: Graph, virtuoso: str, monkeypatch, name: str
) -> None:
    push(monkeypatch, graph, virtuoso, "--into", INTO)
    for asked, text in graph.questions.items():
        if asked.partition("-by-")[0] == name:
            assert rows(ask(virtuoso, text)) == graph.answers[asked], asked


# -- Stores without a server


def test_jena_tdb2_answers_like_the_embedded_store(graph: Graph, tmp_path: Path) -> None:
    jena = tools.jena(tmp_path)
    run(*jena, "tdb2.tdbloader", "--loc", tmp_path / "db", graph.files["ntriples"])
    answers: dict[str, Rows] = {}
    for name, text in graph.questions.items():
        (tmp_path / "query.rq").write_text(text, encoding="utf-8")
        command = (
            "tdb2.tdbquery",
            "--loc",
            tmp_path / "db",
            "--results",
            "JSON",
            "--query",
            tmp_path / "query.rq",
        )
        told = run(*jena, *command)
        answers[name] = rows(told[told.index("{") : told.rindex("}") + 1])
    assert answers == graph.answers


def test_comunica_answers_like_the_embedded_store(graph: Graph, tmp_path: Path) -> None:
    assert comunica(graph, graph.files["ntriples"], tmp_path) == graph.answers


def test_comunica_queries_kg_serve(graph: Graph, tmp_path: Path) -> None:
    command = (sys.executable, "-m", "kg", "serve", "-g", graph.folder, "--port", str(port := tools.port()))
    url = f"http://127.0.0.1:{port}/"
    with tools.serving(*command, url=url, folder=tmp_path):
        assert comunica(graph, f"{url}sparql", tmp_path) == graph.answers


def comunica(graph: Graph, source: str | Path, folder: Path) -> dict[str, Rows]:
    """Comunica's answers to the named queries, about a file or an endpoint."""
    for name, text in graph.questions.items():
        (folder / f"{name}.rq").write_text(text, encoding="utf-8")
    told = tools.node(folder, "ask.mjs", source, *sorted(folder.glob("*.rq")))
    return {name: rows(json.dumps(each)) for name, each in json.loads(told).items()}
