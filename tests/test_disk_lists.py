"""Readings on disk give the same results as readings in memory."""

from __future__ import annotations

import gc
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from benchmarks.made_up_news import news
from kg import disk_lists, ontology, pipeline
from kg.model import Document, Metadata, Reading
from kg.read import from_text
from kg.resolve import knowledge, resolve
from kg.resolve.document.happenings import Happening
from kg.resolve.events.sketches import Rest
from kg.resolve.nodes import Nodes
from kg.write import archive


def on_disk(readings: Sequence[Reading], order: Sequence[int]) -> disk_lists.Readings:
    """The readings, stored on disk in the given order."""
    found = disk_lists.Readings([reading.document for reading in readings])
    for number in order:
        found[number] = readings[number]
    return found


def some(count: int, seed: int) -> list[Reading]:
    """Synthetic readings, a third of them of undated articles."""
    random = Random(seed)
    found = [article.reading for article in news(count, seed)]
    bare = [replace(each, document=replace(each.document, metadata=Metadata())) for each in found]
    return [one if random.random() < 0.7 else other for one, other in zip(found, bare, strict=True)]


@pytest.mark.parametrize("seed", range(2))
def test_knowledge_does_not_depend_on_where_readings_are_stored(seed: int) -> None:
    readings, knows = some(40, seed), ontology.load()
    order = Random(seed).sample(range(40), 40)
    here = archive.dump(resolve(readings, knows))
    assert archive.dump(resolve(on_disk(readings, order), knows)) == here
    shuffled = on_disk(readings, order).only(order)
    assert archive.dump(resolve(shuffled, knows)) == here


def test_no_reading_but_the_one_in_use_stays_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    found, knows, counts = on_disk(some(10, 1), range(10)), ontology.load(), [_in_memory()]

    def counting(done: Callable[..., Any]) -> Callable[..., Any]:
        def do(*given: Any) -> Any:
            counts.append(_in_memory())
            return done(*given)

        return do

    monkeypatch.setattr(knowledge.statements, "statements", counting(knowledge.statements.statements))
    monkeypatch.setattr(knowledge.conflicts, "conflicts", counting(knowledge.conflicts.conflicts))
    resolve(found, knows)
    before, *then = counts
    assert len(then) == 2
    assert max(then) <= before + 2


def _in_memory() -> int:
    return sum(type(each) is Reading for each in gc.get_objects())


def test_an_item_is_read_back_equal_even_after_replacement() -> None:
    item = (Nodes({1: "a"}, {}, {2: ("a", "b")}), (Happening("h", (1, 2)),))
    found = disk_lists.DiskList(Rest, [item, item])
    found[0] = other = (Nodes({}, {}, {}), ())
    assert [*found] == [other, item]
    assert found[1:][0] == item
    assert list(found.only([1, 0])) == [item, other]


def test_a_build_through_the_disk_equals_one_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    texts: list[Document] = [
        from_text("a", "Ana Ruiz hosted Tom Reed in Lima on 3 May 2026."),
        from_text("b", "Reed was hosted by Ana Ruiz in Lima on 3 May 2026. Tom Reed left."),
    ]
    little = pipeline.build([], texts=texts)
    monkeypatch.setattr(pipeline.readings, "_IN_MEMORY", 0)
    assert pipeline.build([], texts=texts).knowledge == little.knowledge


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_is_reported_with_its_path(monkeypatch: pytest.MonkeyPatch) -> None:
    with Path("/dev/full").open("r+b", buffering=0) as full:
        monkeypatch.setattr("tempfile.TemporaryFile", lambda **_: full)
        with pytest.raises(OSError) as raised:
            disk_lists.DiskList(int, [1])
    assert raised.value.filename == tempfile.gettempdir()
