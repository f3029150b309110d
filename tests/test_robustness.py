"""Any input gives a message that says what is wrong, where, and what to do; the rest is built.

These tests run whole commands: in separate processes where streams, signals or the environment matter,
otherwise in this process, which has loaded the parser. The tests of each stage cover malformed input of that
stage, and write/test_output.py the consistency of the build's folder.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kg import cli, pipeline
from kg.write import manifest

pytestmark = pytest.mark.slow

KG = (sys.executable, "-m", "kg")
# `python -m kg`, which prints a line when kg is loaded: from then on a signal reaches kg, not Python's start.
LOADED_FIRST = (
    'import kg.cli, runpy; print("loaded", flush=True); runpy.run_module("kg", run_name="__main__")'
)
ARTICLE = "Ana Ruiz hosted Tom Reed in Lima on Monday. She thanked him for the visit."
SCREEN = Path("/dev/full")  # writing to this device fails as on a full disk
Done = subprocess.CompletedProcess[bytes]


def run(*arguments: str | Path, **environment: str) -> Done:
    command = [*KG, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=False, env={**os.environ, **environment})


@pytest.fixture
def inside(
    monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> Callable[..., Done]:
    """Runs a command in this process."""

    def run_inside(*arguments: str | Path) -> Done:
        monkeypatch.setattr(sys, "argv", ["kg", *map(str, arguments)])
        capsysbinary.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main()
        return Done(arguments, int(ended.value.code or 0), *capsysbinary.readouterr())

    return run_inside


def fails(done: Done, code: int, *words: str) -> None:
    """Assert that the command ended with `code` and a message that contains `words`."""
    message = done.stderr.decode()
    assert done.returncode == code, message
    assert "Traceback" not in message
    assert not [word for word in words if word not in message], message


def documents(folder: Path) -> list[str]:
    """The articles in which a build found a statement."""
    lines = (folder / "statements.jsonl").read_text(encoding="utf-8").splitlines()
    return sorted({evidence["document"] for line in lines for evidence in json.loads(line)["evidence"]})


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text(ARTICLE, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a build of one article."""
    folder = tmp_path_factory.mktemp("graph")
    (folder / "a.txt").write_text(ARTICLE, encoding="utf-8")
    assert run("build", folder / "a.txt", "-o", folder / "out", "-q").returncode == 0
    return folder / "out"


# -- Files that are not articles


def test_a_file_without_an_article_is_reported_and_the_rest_is_built(
    news: Path, tmp_path: Path, inside
) -> None:
    """One build has all such files; each is reported on a line of its own."""
    bad: dict[str, tuple[bytes, str]] = {
        "binary.txt": (bytes(range(256)) * 10, "is not text"),
        "empty.txt": (b"", "is empty"),
        "letter.txt": (b"a" * 2_000_000, "holds no sentence"),
        "words.txt": (b"a b " * 300_000, "Split it"),
        "surrogate.txt": ("Zoë spoke.\ud800".encode("utf-8", "surrogatepass"), "is not valid utf-8 text"),
        "menu.txt": (b"Subscribe to our newsletter\nShare this article\nSign in\n", "holds no sentence"),
    }
    for name, (content, _) in bad.items():
        (news / name).write_bytes(content)
    done = inside("build", news, tmp_path / "none", "-o", tmp_path / "out", "-q")
    fails(done, 1, f"{tmp_path / 'none'}: does not exist. Check the spelling of the path.")
    lines = done.stderr.decode().splitlines()
    assert len(lines) == len(bad) + 1
    for name, (_, words) in bad.items():
        assert [line for line in lines if name in line and words in line], (name, lines)
    assert documents(tmp_path / "out") == ["a.txt"]


def test_odd_files_are_read_anyway(news: Path, tmp_path: Path, inside) -> None:
    sentence = "Ana Ruiz hosted Zoë Reed in Lima on Monday, and the two talked about trade for hours.\n"
    for encoding in ("utf-8-sig", "utf-16", "utf-16-le", "utf-32", "latin-1"):
        (news / f"{encoding}.txt").write_bytes(sentence.encode(encoding))
    (news / "crlf.txt").write_bytes(f"{sentence}\r\n{sentence}".encode())
    (news / "deep.html").write_text("<div>" * 50_000 + f"<p>{sentence}</p>", encoding="utf-8")
    (news / "odd.html").write_text(f"<p>&#xD800; &#0; &bogus; {sentence}<p", encoding="utf-8")
    done = inside("build", news, "-o", tmp_path / "out", "-q")
    assert (done.returncode, done.stderr.decode()) == (0, "")
    assert documents(tmp_path / "out") == sorted(path.name for path in news.iterdir())


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root reads every file")
def test_a_file_without_read_permission_is_reported(news: Path, tmp_path: Path) -> None:
    (news / "closed.txt").write_text(ARTICLE, encoding="utf-8")
    (news / "closed.txt").chmod(0)
    done = run("build", news, "-o", tmp_path / "out", "-q")
    fails(done, 1, str(news / "closed.txt"), "cannot be read", "permissions")


def test_a_file_that_cannot_be_read_is_reported(news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading is made to fail, because root may read a file without permissions."""
    from kg import pipeline

    (news / "closed.txt").write_text(ARTICLE, encoding="utf-8")
    read_bytes = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == "closed.txt":
            raise PermissionError(13, "Permission denied", str(path))
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    found, problems = pipeline.articles([news])
    assert [document.id for document in found] == ["a.txt"]
    assert [str(problem) for problem in problems] == [
        f"{news / 'closed.txt'}: cannot be read (Permission denied). Check its permissions."
    ]


@pytest.mark.parametrize("content", [None, "Subscribe to our newsletter\nShare this article\n"])
def test_a_folder_without_articles_changes_nothing(
    tmp_path: Path, graph: Path, content: str | None, inside
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    if content:
        (empty / "menu.txt").write_text(content, encoding="utf-8")
    before = (graph / "build.json").read_bytes()
    done = inside("build", empty, "-o", graph)
    fails(done, 2, str(empty), "nothing was read, and nothing written")
    assert (graph / "build.json").read_bytes() == before


# -- The folder of the build


def test_a_file_of_the_users_is_not_overwritten(news: Path, tmp_path: Path, inside) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "facts.nt").write_text("mine")
    fails(inside("build", news, "-o", out), 2, str(out / "facts.nt"), "was not written by kg", "Move it away")
    assert [path.name for path in out.iterdir()] == ["facts.nt"]
    (out / "facts.nt").rename(out / "mine.nt")
    assert inside("build", news, "-o", out).returncode == 0
    assert (out / "mine.nt").read_text() == "mine"


@pytest.mark.skipif(os.name != "posix", reason="no signals of this kind")
@pytest.mark.parametrize(("number", "code"), [("SIGKILL", -9), ("SIGINT", 130)])
def test_a_stopped_build_leaves_the_previous_one(
    news: Path, graph: Path, tmp_path: Path, number: str, code: int, inside
) -> None:
    out = tmp_path / "out"
    shutil.copytree(graph, out)
    before = {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()}
    (news / "b.txt").write_text(f"{ARTICLE}\n\n" * 600, encoding="utf-8")
    command = [sys.executable, "-c", LOADED_FIRST, "build", str(news), "-o", str(out)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as build:
        assert build.stdout
        assert build.stdout.readline() == b"loaded\n"
        time.sleep(1)  # kg is then reading the articles, which takes some ten seconds
        build.send_signal(signal.Signals[number])
    assert build.returncode == code
    assert (
        inside("query", "ASK { ?statement rdf:predicate kg:hosted }", "-g", out).stdout.split()[-1] == b"yes"
    )
    assert {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()} == before
    (news / "b.txt").unlink()
    assert inside("build", news, "-o", out, "-q").returncode == 0
    assert {path.name for path in out.iterdir() if path.name.startswith(".")} == {
        pipeline.READINGS,
        manifest.COPY,
    }


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="no folder here that even root cannot write to")
def test_an_unwritable_folder_is_reported_before_reading_begins(news: Path) -> None:
    done = run("build", news, "-o", "/proc/kg/graph")
    fails(done, 2, "/proc: ", "--output")
    done = run("build", news, "-o", news / "a.txt")
    fails(done, 2, f"{news / 'a.txt'}: is a file, not a folder")


# -- Queries


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("SELECT ?a { ?a kg:met }", ("line 1, column",)),
        ("SELECT ?a {\n ?a x:y ?b }", ("line 2, column 2",)),
        ("SELECT ?a { SERVICE <https://example.org/> { ?a ?b ?c } }", ("SERVICE", "network")),
        ("INSERT DATA { d:a d:b d:c }", ("read-only", "SELECT")),
        ("who-met-who", ("Did you mean who-met-whom?", "kg query --list")),
    ],
)
def test_an_invalid_query(graph: Path, question: str, words: tuple[str, ...], inside) -> None:
    fails(inside("query", question, "-g", graph), 2, *words)


def test_an_unknown_parameter(graph: Path, inside) -> None:
    fails(inside("query", "what-a-person-did", "-p", "nobody=x", "-g", graph), 2, "nobody", "person")


@pytest.mark.parametrize("arguments", [("export", "-f", "excel"), ("query", "ASK {}", "-f", "excel")])
def test_an_unknown_format(graph: Path, arguments: tuple[str, ...], inside) -> None:
    fails(inside(*arguments, "-g", graph), 2, "excel", "csv")


@pytest.mark.parametrize("arguments", [("query", "who-met-whom"), ("view",), ("export", "-f", "turtle")])
def test_before_the_first_build(tmp_path: Path, arguments: tuple[str, ...], inside) -> None:
    fails(inside(*arguments, "-g", tmp_path / "none"), 2, str(tmp_path / "none"), "kg build")


def test_a_damaged_graph(graph: Path, tmp_path: Path, inside) -> None:
    shutil.copytree(graph, tmp_path / "out")
    (tmp_path / "out" / "knowledge.json").write_text("{}")
    fails(inside("explain", "ana", "-g", tmp_path / "out"), 2, "knowledge.json", "damaged", "kg build")


def test_an_endless_query_is_stopped(graph: Path) -> None:
    endless = "SELECT (COUNT(*) AS ?n) { " + " ".join(f"?a{i} ?b{i} ?c{i} ." for i in range(9)) + " }"
    fails(run("query", endless, "-g", graph, "--timeout", "1"), 2, "longer than 1 seconds")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has the limit")
def test_a_query_that_takes_too_much_memory_is_stopped(graph: Path) -> None:
    doubled = " ".join(f"BIND(CONCAT(?a{i}, ?a{i}) AS ?a{i + 1})" for i in range(30))
    huge = f'SELECT ?a30 {{ BIND("x" AS ?a0) {doubled} }}'
    fails(run("query", huge, "-g", graph, "--memory-limit", "64"), 2, "more than 64 MB of memory")


@pytest.mark.parametrize(
    ("command", "file"),
    [
        (("query", "ASK { ?a kg:hosted ?b }"), "store/CURRENT"),
        (("view", "--no-open"), "build.json"),
        (("explain", "ana"), "knowledge.json"),
        (("export", "-f", "turtle"), "facts.nt"),
    ],
)
def test_one_flipped_byte_is_reported(
    graph: Path, tmp_path: Path, command: tuple[str, ...], file: str, inside
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(graph, copy)
    data = bytearray((copy / file).read_bytes())
    data[len(data) // 2] ^= 1
    (copy / file).write_bytes(data)
    fails(inside(*command, "-g", copy), 2, file, "damaged", "kg build")


# -- The environment


def test_an_ascii_locale(tmp_path: Path) -> None:
    plain = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    (tmp_path / "a.txt").write_text(ARTICLE.replace("Tom", "Zoë"), encoding="utf-8")
    assert run("build", tmp_path / "a.txt", "-o", tmp_path / "out", "-q", **plain).returncode == 0
    done = run("explain", "ana", "hosted", "-g", tmp_path / "out", **plain)
    assert "Zoë Reed" in done.stdout.decode("utf-8")


def streams(*arguments: str | Path, before: Callable[[], None]) -> int:
    """The exit code of a command whose standard streams were changed by `before`."""
    command = [*KG, *map(str, arguments)]
    return subprocess.run(command, check=False, preexec_fn=before).returncode


def close_both() -> None:
    os.close(1)
    os.close(2)


@pytest.mark.skipif(os.name != "posix", reason="streams are closed in another way")
def test_closed_streams_do_not_stop_a_build(news: Path, tmp_path: Path) -> None:
    assert streams("build", news, "-o", tmp_path / "out", before=close_both) == 0
    assert documents(tmp_path / "out") == ["a.txt"]
    assert streams("query", "ASK {}", "-g", tmp_path / "out", before=close_both) == 0


@pytest.mark.skipif(not SCREEN.exists(), reason="no device that is always full")
@pytest.mark.parametrize("arguments", [("query", "ASK {}"), ("export", "-f", "turtle"), ("explain", "ana")])
def test_a_full_disk_is_reported(graph: Path, arguments: tuple[str, ...]) -> None:
    with SCREEN.open("w") as full:
        command = [*KG, *arguments, "-g", str(graph)]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    fails(done, 2, "No space left on device")
    assert b"Exception ignored" not in done.stderr


def test_a_reader_that_closes_the_pipe_is_not_an_error(graph: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    command = [*KG, "export", "-f", "ntriples", "-g", str(graph)]
    done = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, check=False)
    os.close(writer)
    assert done.stderr == b""
