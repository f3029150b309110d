"""Cached results of an earlier build are used only if they are still valid: they never change a graph."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from random import Random

import pytest

from benchmarks.made_up_news import news
from kg import disk_lists, ontology
from kg.memo import Memo
from kg.model import Decision, DecisionKind, Known, Reading, Reference
from kg.resolve import resolve
from kg.write import archive

KNOWS = ontology.load()


def counted(done: list[int]) -> Callable[[], int]:
    def make() -> int:
        done.append(len(done))
        return len(done)

    return make


def test_a_result_is_made_once_for_equal_arguments(tmp_path: Path) -> None:
    done: list[int] = []
    for _ in range(2):
        with Memo(tmp_path / "memo", "version") as memo:
            assert memo.of("step", "a.txt", [1, "x"], int, counted(done)) == 1
    assert len(done) == 1


@pytest.mark.parametrize(
    ("version", "step", "article", "given"),
    [
        ("other", "step", "a.txt", [1]),
        ("version", "other", "a.txt", [1]),
        ("version", "step", "b.txt", [1]),
        ("version", "step", "a.txt", [2]),
        ("version", "step", "", [1]),
    ],
)
def test_another_version_step_article_or_argument_makes_it_again(
    tmp_path: Path, version: str, step: str, article: str, given: object
) -> None:
    done: list[int] = []
    with Memo(tmp_path / "memo", "version") as memo:
        memo.of("step", "a.txt", [1], int, counted(done))
    with Memo(tmp_path / "memo", version) as memo:
        memo.of(step, article, given, int, counted(done))
    assert len(done) == 2


def test_a_damaged_cache_is_ignored_and_replaced(tmp_path: Path) -> None:
    path, done = tmp_path / "memo", list[str]()

    def made(word: str) -> str:
        done.append(word)
        return word

    def build() -> None:
        with Memo(path) as memo:
            for n in range(30):
                word = str(n) * 100
                assert memo.of("step", str(n), None, str, partial(made, word)) == word

    build()
    whole = path.read_bytes()
    for at in range(0, len(whole), 13):  # damages results, keys, and SQLite's own pages
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 255]) + whole[at + 1 :])
        for _ in range(3):
            done.clear()
            build()
        assert not done
    path.write_bytes(b"not a database" * 1000)
    build()
    build()
    done.clear()
    build()
    assert not done


def test_a_cache_in_use_is_ignored(tmp_path: Path) -> None:
    done: list[int] = []
    with Memo(tmp_path / "memo") as one:
        one.of("step", "a", None, int, counted(done))
        with Memo(tmp_path / "memo") as other:
            assert other.of("step", "a", None, int, counted(done)) == 2
        assert one.of("step", "a", None, int, counted(done)) == 1


def test_results_that_were_not_asked_for_are_deleted(tmp_path: Path) -> None:
    done: list[int] = []
    for articles in ("ab", "a", "ab"):
        with Memo(tmp_path / "memo") as memo:
            for article in articles:
                memo.of("step", article, None, int, counted(done))
            memo.tidy()
    assert len(done) == 3


def kept(readings: Sequence[Reading], *, on_disk: bool) -> disk_lists.Readings:
    """The readings in the form in which resolving gets them in a build, each with its digest."""
    found = disk_lists.Readings([reading.document for reading in readings], on_disk=on_disk)
    for number, reading in enumerate(readings):
        found[number] = reading
        found.keep(number, reading.document.text)
    return found


DECISIONS = (
    Decision("decision-1", DecisionKind.IGNORE, (Reference("Peru"),)),
    Decision("decision-2", DecisionKind.TYPE, (Reference("Japan"),), "Organization"),
)


@pytest.mark.parametrize("seed", range(6))
def test_any_sequence_of_changes_gives_the_result_of_a_clean_run(tmp_path: Path, seed: int) -> None:
    random = Random(seed)
    all_ = [article.reading for article in news(40, seed)]
    some = sorted({m.text for r in all_ for m in r.mentions if m.type == "Person" and " " in m.text})
    known = (Known(("http://example.org/1",), some[0], (some[0],), "Person", ("list.ttl",)),)
    present = random.sample(range(40), 25)
    for _ in range(4):
        readings = [_undated(all_[n]) if random.random() < 0.2 else all_[n] for n in present]
        decisions = DECISIONS if random.random() < 0.5 else ()
        background = known if random.random() < 0.5 else ()
        with Memo(tmp_path / "memo", "version") as memo:
            found = resolve(kept(readings, on_disk=random.random() < 0.5), KNOWS, decisions, background, memo)
            memo.tidy()
        assert archive.dump(found) == archive.dump(resolve(readings, KNOWS, decisions, background))
        present = [n for n in present if random.random() < 0.9]
        present += random.sample(sorted(set(range(40)) - set(present)), 3)


def _undated(reading: Reading) -> Reading:
    """The article without its date, so that its times are resolved by another article."""
    metadata = replace(reading.document.metadata, date="")
    text = f"{reading.document.text} "  # changed, because the digests of this test are made from the text
    return replace(reading, document=replace(reading.document, metadata=metadata, text=text))


def test_an_unchanged_article_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    readings = [article.reading for article in news(30, 1)]
    with Memo(tmp_path / "memo") as memo:
        first = resolve(kept(readings, on_disk=False), KNOWS, memo=memo)
    asked: list[int] = []
    monkeypatch.setattr(disk_lists.Readings, "item", lambda _, number: asked.append(number))
    with Memo(tmp_path / "memo") as memo:
        assert resolve(kept(readings, on_disk=False), KNOWS, memo=memo) == first
    assert not asked
