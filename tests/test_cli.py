"""What a person at a terminal sees: results, messages and exit codes."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg import cli, ontology, pipeline
from tests.sample import knowledge

KG = (sys.executable, "-m", "kg")


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str


@pytest.fixture(scope="session")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the build of the sample."""
    folder = tmp_path_factory.mktemp("sample") / "graph"
    pipeline.save(pipeline.Build(knowledge(), ontology.load()), folder)
    return folder


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]):
    """Runs a command in this process."""

    def run(*arguments: str | Path) -> Done:
        monkeypatch.setattr(sys, "argv", ["kg", *map(str, arguments)])
        capsysbinary.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out, err = capsysbinary.readouterr()
        return Done(int(ended.value.code or 0), out.decode(), err.decode())

    return run


def outside(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Runs a command in a process of its own."""
    command = [*KG, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=False, env={**os.environ, **environment})


# -- Help and version


@pytest.mark.parametrize("command", ["build", "query", "explain", "view", "export", "extract"])
def test_every_command_teaches_by_example(run, command: str) -> None:
    done = run(command, "--help")
    assert done.code == 0
    assert f"kg {command}" in done.out


def test_help_names_every_command_and_the_exit_codes(run) -> None:
    for arguments in ((), ("--help",)):
        done = run(*arguments)
        assert (done.code, done.err) == (0, "")
        assert "Exit codes" in done.out
        for command in ("build", "query", "explain", "view", "export", "extract"):
            assert command in done.out


def test_version(run) -> None:
    import kg

    assert run("--version").out == f"kg {kg.__version__}\n"


def test_a_wrong_option_is_told_on_standard_error(run) -> None:
    done = run("build", "--colour")
    assert (done.code, done.out) == (2, "")
    assert "--colour" in done.err


# -- Query


def test_query_prints_a_table(run, graph: Path) -> None:
    done = run("query", "SELECT ?a ?b { ?a kg:hosted ?b }", "-g", graph)
    assert (done.code, done.err) == (0, "")
    assert [line.split() for line in done.out.splitlines()][::2] == [["a", "b"], ["d:Ana_Ruiz", "d:Tom_Reed"]]


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "xml"])
def test_query_prints_the_result_formats_of_sparql(run, graph: Path, form: str) -> None:
    done = run("query", "SELECT ?a { ?a kg:hosted ?b }", "-g", graph, "--format", form)
    assert "https://kg.example/data/Ana_Ruiz" in done.out
    if form == "json":
        assert json.loads(done.out)["head"]["vars"] == ["a"]


def test_construct_prints_turtle(run, graph: Path) -> None:
    done = run("query", "CONSTRUCT { ?a kg:met ?b } { ?a kg:hosted ?b }", "-g", graph)
    assert "d:Ana_Ruiz kg:met d:Tom_Reed ." in done.out


def test_ask_prints_yes_or_no(run, graph: Path) -> None:
    assert "yes" in run("query", "ASK { ?a kg:hosted ?b }", "-g", graph).out
    assert "no" in run("query", "ASK { ?a kg:hosted ?a }", "-g", graph).out


def test_query_from_a_file(run, graph: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.rq").write_text("SELECT ?a { ?a kg:hosted ?b }")
    assert "d:Ana_Ruiz" in run("query", tmp_path / "mine.rq", "-g", graph).out


def test_named_queries_are_listed_and_asked(run, graph: Path) -> None:
    assert "who-met-whom" in run("query", "--list").out
    assert run("query").out == run("query", "--list").out
    assert "Ana Ruiz" in run("query", "who-met-whom", "-g", graph).out


def test_parameters_choose(run, graph: Path) -> None:
    done = run("query", "what-a-person-did", "-p", "person=Ruiz", "-g", graph)
    assert done.code == 0
    assert "hosted" in done.out
    assert "hosted" not in run("query", "what-a-person-did", "-p", "person=Nobody", "-g", graph).out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("SELECT ?a { ?a kg:met",), "line 1"),
        (("who-met-who",), "Did you mean who-met-whom?"),
        (("ASK {}", "-p", "person"), "NAME=VALUE"),
        (("CONSTRUCT WHERE { ?a kg:met ?b }", "-f", "csv"), "turtle"),
    ],
)
def test_a_question_that_is_none_is_explained(
    run, graph: Path, arguments: tuple[str, ...], message: str
) -> None:
    done = run("query", *arguments, "-g", graph)
    assert (done.code, done.out) == (2, "")
    assert message in done.err


@pytest.mark.parametrize(
    "command", [("query", "ASK {}"), ("explain", "a"), ("view",), ("export", "-f", "trig")]
)
def test_where_there_is_no_graph_it_says_how_to_make_one(
    run, tmp_path: Path, command: tuple[str, ...]
) -> None:
    for folder in (tmp_path, tmp_path / "none"):
        done = run(*command, "-g", folder)
        assert (done.code, done.out) == (2, "")
        assert str(folder) in done.err
        assert "kg build" in done.err


# -- Explain


def test_explain_shows_the_sentence_and_where_it_stands(run, graph: Path) -> None:
    done = run("explain", "ana ruiz", "HOSTED", "reed", "-g", graph)
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == [
        "Ana Ruiz hosted Tom Reed  asserted, Monday (2026-01-12), in Lima, confidence 0.90",
        "    Ana Ruiz hosted Tom Reed in Lima on Monday.",
        "      a.txt, characters 0-43; rule active, confidence 0.90",
    ]


def test_explain_says_whose_words_they_are(run, graph: Path) -> None:
    assert "reported, says Tom Reed" in run("explain", "reed", "signed", "-g", graph).out


def test_explain_suggests_names(run, graph: Path) -> None:
    done = run("explain", "Ana Ruis", "-g", graph)
    assert (done.code, done.out) == (1, "")
    assert "Ana Ruiz" in done.err


def test_explain_without_an_answer_says_so(run, graph: Path) -> None:
    done = run("explain", "Ana Ruiz", "married", "-g", graph)
    assert (done.code, done.out) == (1, "")
    assert "nothing found" in done.err


def test_an_article_cannot_steer_the_terminal() -> None:
    from kg.terminal import plain

    assert plain("a\x1b[31mred\x07 \u202eb\nc") == "a\ufffd[31mred\ufffd \ufffdb\nc"


# -- View


def test_view_prints_the_path_and_opens_it(run, graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    monkeypatch.setenv("BROWSER", "some-browser")
    page = graph / "graph.html"
    assert run("view", "-g", graph).out == f"{page}\n"
    assert opened == [page.as_uri()]
    assert run("view", "--no-open", "-g", graph).out == f"{page}\n"
    assert len(opened) == 1


# -- Export


@pytest.mark.parametrize(
    "form", ["turtle", "ntriples", "nquads", "trig", "jsonld", "rdfxml", "graphml", "gexf", "jsonl"]
)
def test_export_to_standard_output_and_to_a_file_are_the_same(
    run, graph: Path, tmp_path: Path, form: str
) -> None:
    printed = run("export", "--format", form, "-g", graph)
    assert (printed.code, printed.err) == (0, "")
    assert "Ana" in printed.out
    assert run("export", "--format", form, "-g", graph, "-o", tmp_path / "graph").out == ""
    assert (tmp_path / "graph").read_bytes().decode() == printed.out
    assert list(tmp_path.iterdir()) == [tmp_path / "graph"]


def test_export_of_a_part(run, graph: Path) -> None:
    parts = {
        part: set(run("export", "-f", "ntriples", "--part", part, "-g", graph).out.splitlines())
        for part in ("facts", "events", "provenance", "all")
    }
    assert parts["all"] == parts["facts"] | parts["events"] | parts["provenance"]
    assert parts["facts"] == set((graph / "facts.nt").read_text(encoding="utf-8").splitlines())
    assert not parts["facts"] & parts["provenance"]


def test_each_article_has_its_named_graph(run, graph: Path) -> None:
    quads = run("export", "-f", "nquads", "-g", graph).out
    assert "<https://kg.example/data/article-a.txt> ." in quads


def test_csv_is_two_files(run, graph: Path, tmp_path: Path) -> None:
    assert run("export", "-f", "csv", "-g", graph, "-o", tmp_path / "tables").code == 0
    nodes, edges = (
        list(csv.DictReader(io.StringIO((tmp_path / "tables" / name).read_text(encoding="utf-8"))))
        for name in ("nodes.csv", "edges.csv")
    )
    assert "Ana_Ruiz" in {row["id:ID"] for row in nodes}
    assert "hosted" in {row[":TYPE"] for row in edges}


def test_jsonl_is_the_file_of_the_build(run, graph: Path) -> None:
    printed = run("export", "-f", "jsonl", "-g", graph).out
    assert printed == (graph / "statements.jsonl").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("-f", "csv"), "two files"),
        (("-f", "gexf", "--part", "facts"), "no parts"),
        (("-f", "turtle", "-o", "none/graph.ttl"), "none"),
        ((), "--format"),
    ],
)
def test_an_export_that_cannot_be_is_explained(
    run,
    graph: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    message: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("export", *arguments, "-g", graph)
    assert (done.code, done.out) == (2, "")
    assert message in done.err


# -- The surroundings


def test_an_ascii_locale_still_gets_utf8(graph: Path) -> None:
    done = outside(
        "explain", "reed", "said", "-g", graph, LC_ALL="C", PYTHONCOERCECLOCALE="0", PYTHONUTF8="0"
    )
    assert done.returncode == 0, done.stderr
    assert "“We will sign a treaty.”" in done.stdout.decode()


def test_a_closed_pipe_is_no_error(graph: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [*KG, "export", "-f", "ntriples", "-g", graph], stdout=writer, stderr=subprocess.PIPE, check=False
    )
    os.close(writer)
    assert b"Traceback" not in done.stderr
    assert b"Error" not in done.stderr


@pytest.mark.parametrize(
    "arguments", [("--help",), ("query", "ASK {}", "-g", "GRAPH"), ("view", "-g", "GRAPH")]
)
def test_asking_loads_no_heavy_library(graph: Path, arguments: tuple[str, ...]) -> None:
    given = [str(graph) if argument == "GRAPH" else argument for argument in arguments]
    script = (
        "import sys; sys.argv[0] = 'kg'\n"
        "from kg.cli import main\n"
        "try: main()\n"
        "finally: print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script, *given], capture_output=True, text=True, check=True)
    assert not {"spacy", "rdflib", "networkx", "pyvis"} & set(done.stderr.split())
