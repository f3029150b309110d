"""`kg build --store` decides what the embedded store contains."""

from dataclasses import replace
from pathlib import Path

import pytest

from kg import ontology, pipeline
from kg.cli.query import ResultFormat, _answer
from kg.pipeline import Build, Stored
from kg.store.oxigraph import open_store
from kg.write.output import OutputError
from tests.sample import knowledge


def saved(folder: Path, store: Stored) -> Path:
    pipeline.save(replace(Build(knowledge(), ontology.load()), store=store), folder)
    return folder


@pytest.mark.parametrize("store", Stored)
def test_the_content_of_the_store_is_recorded_in_the_graph(tmp_path: Path, store: Stored) -> None:
    assert pipeline.load(saved(tmp_path / "graph", store)).store is store


def test_the_store_contains_the_requested_parts(tmp_path: Path) -> None:
    parts = Build(knowledge(), ontology.load()).triples
    provenance = len(parts.pop(next(part for part in parts if part == "provenance")))
    facts = sum(map(len, parts.values()))
    assert len(open_store(saved(tmp_path / "facts", Stored.FACTS) / "store")) == facts
    assert len(open_store(saved(tmp_path / "all", Stored.ALL) / "store")) == facts + provenance


def test_a_graph_without_a_store_says_so(tmp_path: Path) -> None:
    folder = saved(tmp_path / "graph", Stored.NONE)
    assert not (folder / "store").exists()
    with pytest.raises(OutputError, match="--store all"):
        _answer(folder, "ASK {}", {}, ResultFormat.TABLE, 1 << 30)
