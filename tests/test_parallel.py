import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg import parallel, pipeline
from kg.model import Document, Problem
from kg.parallel import How, processes, read
from kg.write.readings import ReadingCache
from tests.reading import document, opened, refusing, run

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent


def some(*texts: str) -> list[Document]:
    return [document(f"{n}", text) for n, text in enumerate(texts)]


def kept(folder: Path, documents: list[Document]) -> list[str]:
    readings = ReadingCache(folder, "tests")
    return [each.id for each in documents if readings.get(each) is not None]


def test_all_articles_are_read_and_cached_and_problems_reported(tmp_path: Path) -> None:
    documents = [*some(*(f"text {n}" for n in range(70))), document("bad", "fails")]
    found = run(tmp_path, documents, 2)
    assert found.keys() == {each.id for each in documents}
    assert [name for name, problem in found.items() if problem] == ["bad"]
    assert kept(tmp_path, documents) == [each.id for each in documents[:-1]]


def test_articles_of_a_killed_process_are_read_by_another(tmp_path: Path) -> None:
    documents = some("dies once", "a", "b", "c")
    assert run(tmp_path, documents, 2) == dict.fromkeys("0123")
    assert kept(tmp_path, documents) == list("0123")


def test_an_article_that_ends_every_process_is_skipped_and_reported(tmp_path: Path) -> None:
    found = run(tmp_path, some("a", "dies", "b"), 2)
    assert {name for name, problem in found.items() if problem} == {"1"}
    assert "killed its reading process" in str(found["1"])


def test_if_no_process_can_be_started_nothing_hangs(tmp_path: Path) -> None:
    assert not list(read(some("a", "b"), How(refusing, ReadingCache(tmp_path, "tests")), 2))


def processes_of(group: int) -> list[str]:
    """The running processes of a process group."""
    listed = subprocess.run(
        ["ps", "-eo", "pgid=,stat=,pid="], capture_output=True, text=True, check=True
    ).stdout
    rows = [line.split() for line in listed.splitlines()]
    return [pid for pgid, state, pid in rows if int(pgid) == group and not state.startswith("Z")]


@pytest.mark.skipif(sys.platform == "win32", reason="no groups of processes")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_a_stopped_run_leaves_no_processes_and_keeps_its_readings(
    tmp_path: Path, how: signal.Signals
) -> None:
    command = [sys.executable, "-m", "tests.reading", str(tmp_path)]
    started = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True, start_new_session=True)
    deadline = time.monotonic() + 60
    while len(list(tmp_path.glob("*.gz"))) < 2:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    if how is signal.SIGINT:
        os.killpg(started.pid, how)  # to the whole process group, as a terminal does for Ctrl+C
    else:
        started.kill()
    told = started.communicate(timeout=60)[1]
    while processes_of(started.pid):
        assert time.monotonic() < deadline, processes_of(started.pid)
        time.sleep(0.05)
    assert told.count("Traceback") == (how is signal.SIGINT)  # only the main process shows its traceback
    documents = some(*(f"sleep {n}" for n in range(100)))
    assert 2 <= len(kept(tmp_path, documents)) < len(documents)


def test_short_input_is_read_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "_able", lambda: 4)
    assert processes(some("word " * 1_000)) == 1
    assert processes(some(*["word " * 10_000] * 3)) == 2
    assert processes(some(*["word " * 40_000] * 3)) == 4
    assert processes(some(*["word " * 40_000] * 3), 2) == 2


def test_readings_come_in_the_order_of_the_texts_even_with_equal_names(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def here(given: list[Document], how: How, _: int) -> Iterator[tuple[int, Problem | None]]:
        for number, result in reversed(list(enumerate(how.opened()(given)))):
            if not isinstance(result, Problem):
                how.kept.put(result)
            yield number, result if isinstance(result, Problem) else None

    texts = [*some("a", "fails", "b"), document("0", "another 0")]
    monkeypatch.setattr(parallel, "read", here)
    monkeypatch.setattr(parallel, "processes", lambda *_: 2)
    monkeypatch.setattr("kg.extract.batch_reader", lambda *_: opened(Path("no flag")))
    monkeypatch.setattr("kg.resolve.links", lambda readings, _: [()] * len(readings))
    rows, problems = pipeline.extract(texts, jobs=2)
    assert [row["id"] for row in rows] == ["0", "2", "0"]
    assert [problem.path for problem in problems] == ["1"]
