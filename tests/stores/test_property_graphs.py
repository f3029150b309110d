"""Embedded databases load the exports as docs/export.md says, and find only the facts.

pytest -m stores
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg import ontology
from kg.rdf.names import BASE
from kg.write.formats import Wanted, formats
from tests.write.meetings import FACT, WAYS, meetings

pytestmark = pytest.mark.stores

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the tables that `--all` writes; it is made the working folder."""
    (tmp_path / "tables").mkdir()
    wanted = Wanted(meetings(), ontology.load(), BASE, everything=True)
    for name in ("csv", "parquet", "cypher"):
        form = formats()[name]
        for file, data in zip(form.files or ("graph.cypher",), form.make(wanted), strict=True):
            (tmp_path / "tables" / file).write_bytes(data)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def told(language: str) -> list[str]:
    """The statements in docs/export.md that are written in this query language."""
    page = (ROOT / "docs" / "export.md").read_text(encoding="utf-8")
    (block,) = re.findall(rf"```{language}\n(.*?)```", page, re.DOTALL)
    return [each for each in block.split(";\n") if each]


def labels() -> tuple[str, str]:
    nodes = meetings().nodes()
    return nodes[FACT[0]].label, nodes[FACT[1]].label


def test_kuzu_finds_only_the_actual_meeting(tables: Path) -> None:
    kuzu = pytest.importorskip("kuzu", reason="pip install kuzu")
    connection = kuzu.Connection(kuzu.Database(str(tables / "db")))
    *_, answer = (connection.execute(each) for each in told("kuzu"))
    assert [tuple(row[:2]) for row in answer.get_all()] == [labels()]
    types = {row[0] for row in connection.execute("MATCH ()-[e:Edge]->() RETURN DISTINCT e.type").get_all()}
    assert types >= {"met", "doubtful_met", "said", *(f"{way.value}_met" for way in WAYS.values())}
    involved = (
        "MATCH (e:Node {event_type: 'Meeting'})-[t:Edge]->() WHERE e.factuality <> 'asserted' RETURN t.type"
    )
    assert {row[0].split("_")[0] for row in connection.execute(involved).get_all()} == set(WAYS.values())


def test_kuzu_reads_the_csv_tables_too(tables: Path) -> None:
    kuzu = pytest.importorskip("kuzu", reason="pip install kuzu")
    connection = kuzu.Connection(kuzu.Database(str(tables / "db")))
    for each in told("kuzu")[:2]:
        connection.execute(each.replace(".parquet'", ".csv' (header=true, parallel=false)"))
    answer = connection.execute("MATCH ()-[e:Edge]->() WHERE e.`:TYPE` = 'met' RETURN count(*)")
    assert answer.get_all() == [[1]]


@pytest.mark.parametrize("suffix", ["parquet", "csv"])
def test_duckdb_finds_only_the_actual_meeting(tables: Path, suffix: str) -> None:
    duckdb = pytest.importorskip("duckdb", reason="pip install duckdb")
    (question,) = told("duckdb")
    if suffix == "csv":
        names = {
            "a.id": 'a."id:ID"',
            "b.id": 'b."id:ID"',
            "e.start": 'e.":START_ID"',
            'e."end"': 'e.":END_ID"',
        }
        for name, header in {**names, "e.type": 'e.":TYPE"', ".parquet": ".csv"}.items():
            question = question.replace(name, header)
    assert [row[:2] for row in duckdb.connect().execute(question).fetchall()] == [labels()]
    assert tables.is_dir()


def test_the_script_is_cypher_and_its_strings_survive(tables: Path) -> None:
    """Kuzu reads the data of each statement. Its only labels are tables, so the other labels are omitted.

    Kuzu knows only escaped quotes: it reads "\\n" as "n".
    """
    kuzu = pytest.importorskip("kuzu", reason="pip install kuzu")
    connection = kuzu.Connection(kuzu.Database(str(tables / "db")))
    script = (tables / "tables" / "graph.cypher").read_text(encoding="utf-8")
    found: list[str] = []
    for statement in script.split(";\n")[1:]:
        data, line, _ = statement.partition("] AS row\n")
        if line:
            names = "row.label" if "MERGE (n:" in statement else "row.properties.label"
            found += [row[0] for row in connection.execute(f"{data}] AS row RETURN {names}").get_all()]
    assert {"It is “dry”; it'snhot.", "met", "negated: met", "Alpine <Rail> & Co"} <= set(found)


def test_the_script_is_open_cypher(tables: Path) -> None:
    cypher = pytest.importorskip("antlr4_cypher", reason="pip install antlr4-cypher")
    antlr4 = pytest.importorskip("antlr4")
    script = (tables / "tables" / "graph.cypher").read_text(encoding="utf-8")
    for statement in script.split(";\n")[1:]:  # the first is Neo4j's own
        if statement:
            stream = antlr4.CommonTokenStream(cypher.CypherLexer(antlr4.InputStream(statement)))
            parser = cypher.CypherParser(stream)
            parser.query()
            assert parser.getNumberOfSyntaxErrors() == 0, statement[:300]
