"""Answers as iterables, as pandas tables, and in notebooks."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pandas
import pytest

import kg
from kg import ontology, pipeline
from kg.api import frames, progress
from kg.model import Knowledge
from tests.sample import disputed


@pytest.fixture(scope="module")
def graph() -> kg.Graph:
    return kg.Graph(pipeline.Build(disputed(), ontology.load()))


def test_rows_are_dictionaries_of_values(graph: kg.Graph) -> None:
    answer = graph.query(
        "SELECT ?who ?day ?n ?x ?yes ?none { ?s rdf:predicate kg:hosted ; rdf:subject ?who ; kg:begin ?day"
        " BIND (2 AS ?n) BIND (1.5 AS ?x) BIND (true AS ?yes) }"
    )
    day = datetime.date(2026, 1, 12)
    row = {"who": "d:Ana_Ruiz", "day": day, "n": 2, "x": Decimal("1.5"), "yes": True, "none": None}
    assert list(answer) == [row]
    assert (len(answer), bool(answer)) == (1, True)
    kinds = ["string", "datetime64[s]", "Int64", "Float64", "boolean", "string"]
    assert [str(kind) for kind in answer.frame().dtypes] == kinds


def test_answers_of_ask_and_construct_have_rows_too(graph: kg.Graph) -> None:
    no = graph.query("ASK { d:Tom_Reed kg:hosted ?whom }")
    assert (list(no), len(no), bool(no)) == ([{"answer": False}], 1, False)
    made = graph.query("CONSTRUCT { ?a kg:hosted ?b } WHERE { ?a kg:hosted ?b }")
    assert list(made) == [{"subject": "d:Ana_Ruiz", "predicate": "kg:hosted", "object": "d:Tom_Reed"}]
    assert list(made.frame().columns) == ["subject", "predicate", "object"]


def test_answers_have_a_text_representation(graph: kg.Graph) -> None:
    answer = graph.query("SELECT ?who ?whom { ?who kg:hosted ?whom }")
    assert repr(answer) == "who         whom\nd:Ana_Ruiz  d:Tom_Reed"
    assert repr(graph.query("SELECT ?a { ?a ?b ?c }")).splitlines()[-1].startswith("20 of ")
    assert repr(graph.explain("ruiz", "hosted")).startswith("Ana Ruiz hosted Tom Reed (asserted, Monday)")
    assert repr(graph.check(shapes=False)).startswith("sound, 3 conflicts")


def test_queries_have_names(graph: kg.Graph) -> None:
    assert "who-met-whom" in [each.name for each in kg.queries()]
    found = graph.query("what-a-person-did", person="Reed")
    assert {row["who"] for row in found} == {"Tom Reed"}
    with pytest.raises(kg.Error, match="Did you mean who-met-whom"):
        graph.query("who-met-who")


def test_statements_are_a_table_with_types(graph: kg.Graph) -> None:
    frame = graph.frame()
    assert {name: str(kind) for name, kind in frame.dtypes.items()} == dict(frames.STATEMENTS)
    assert len(frame) == len(graph.knowledge.statements)
    hosted = frame[frame["relation"] == "hosted"].iloc[0]
    assert (hosted["subject"], hosted["object"], hosted["place"]) == ("Ana Ruiz", "Tom Reed", "Lima")
    assert (hosted["subject_id"], hosted["object_type"]) == ("https://kg.example/data/Ana_Ruiz", "Person")
    assert hosted["first_day"] == pandas.Timestamp("2026-01-12")
    assert hosted["sentence"] == "Ana Ruiz hosted Tom Reed in Lima on Monday."
    said = frame[frame["relation"] == "said"].iloc[0]
    assert (said["object_type"], said["object_id"] is pandas.NA) == ("string", True)
    assert said["first_day"] is pandas.NaT


def test_without_pandas_the_message_says_what_to_install(
    graph: kg.Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pandas", None)
    with pytest.raises(kg.MissingError, match=r"kg\[pandas\]"):
        graph.frame()


def test_explain_gives_statements_with_their_sentences(graph: kg.Graph) -> None:
    found = graph.explain("ruiz", "hosted")
    assert [each.id for each in found] == ["st-01"]
    assert str(found) == (
        "Ana Ruiz hosted Tom Reed (asserted, Monday)\n"
        "    “Ana Ruiz hosted Tom Reed in Lima on Monday.” a.txt, characters 0-43"
    )
    assert "Ana Ruiz hosted Tom Reed in Lima" in found._repr_html_()
    assert str(graph.explain("Ana Riuz")) == "Nothing is called “Ana Riuz”. Near: Ana Ruiz."
    assert str(graph.explain("Lima", "bought")) == "No such statement."


def test_check_returns_conflicts_and_violations(graph: kg.Graph) -> None:
    found = graph.check()
    assert (found.sound, len(found.conflicts), len(found.dependences)) == (True, 3, 3)
    assert "Ana Ruiz hosted Tom Reed | date | 12 January 2026 | 1 | a.txt" in str(found)
    assert "All triples conform" in found._repr_html_()


def test_exports(graph: kg.Graph, tmp_path) -> None:
    assert b"kg:hosted d:Tom_Reed" in graph.export("turtle")
    graph.export("csv", tmp_path / "tables")
    assert (tmp_path / "tables" / "nodes.csv").is_file()
    with pytest.raises(kg.ExportError, match="unknown format"):
        graph.export("turtles")
    with pytest.raises(kg.ExportError, match="give a folder"):
        graph.export("csv")


def test_a_notebook_shows_a_picture_and_counts(graph: kg.Graph) -> None:
    shown = graph._repr_html_()
    assert "<svg" in shown and "Ana Ruiz" in shown and "<script" not in shown
    assert "2 articles, 7 things, 2 events, 8 statements" in shown
    assert repr(graph).startswith("<kg.Graph: 2 articles")
    assert kg.Graph(pipeline.Build(Knowledge(), ontology.load()))._repr_html_().startswith("<p>0 articles")


def test_a_table_of_a_notebook_escapes_and_counts(graph: kg.Graph) -> None:
    shown = graph.query("SELECT ?title { ?a schema:headline ?title } ORDER BY ?title")._repr_html_()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert "2 rows" in shown


def test_progress_in_a_notebook(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []

    class Handle:
        def update(self, what: str) -> None:
            shown.append(what)

    def display(what: str, **_: bool) -> Handle:
        shown.append(what)
        return Handle()

    made = __import__("types").SimpleNamespace(HTML=str, display=display)
    monkeypatch.setitem(__import__("sys").modules, "IPython.display", made)
    assert list(progress.in_notebook("ab", "Reading <sentences>")) == ["a", "b"]  # type: ignore[type-var]
    assert shown[0].startswith("Reading &lt;sentences&gt;") and "0 of 2" in shown[0]
    assert "2 of 2" in shown[2] and shown[3] == ""


def test_all_errors_are_ours() -> None:
    from kg.language.pipeline import ParserError
    from kg.pipeline import NoArticleError, OntologyError
    from kg.rdf.background import BackgroundError
    from kg.store.query import QueryError
    from kg.write.output import OutputError

    for each in (ParserError, NoArticleError, OntologyError, BackgroundError, QueryError, OutputError):
        assert issubclass(each, kg.Error)
