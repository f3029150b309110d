"""Adding, replacing and removing articles: only new ones are read, and the original graph is unchanged."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

import kg
from kg.model import Document, Knowledge, Reading

ANA, TOM, EVA = "Ana Ruiz left.", "Tom Reed left.", "Eva Lind left."


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the articles that are read, in order; nothing is extracted."""
    ids: list[str] = []

    def reading(document: Document) -> Reading:
        ids.append(document.id)
        return Reading(document)

    def read_all(documents: list[Document], *_: object) -> list[Reading]:
        return [reading(each) for each in documents]

    def resolve(readings: list[Reading], *_: object) -> Knowledge:
        return Knowledge(tuple(each.document for each in readings))

    made = SimpleNamespace(read_all=read_all, batch_reader=None, fingerprint=lambda *_: "")
    monkeypatch.setitem(sys.modules, "kg.extract", made)
    monkeypatch.setattr("kg.resolve.resolve", resolve)
    return ids


def texts(graph: kg.Graph) -> dict[str, str]:
    return {each.id: each.text for each in graph.knowledge.documents}


def test_only_new_articles_are_read(read: list[str]) -> None:
    first = kg.build([kg.Article(ANA, "b"), kg.Article(TOM, "c")])
    second = first.add(kg.Article(EVA, "a"))
    third = second.replace("c", "Tom Reed stayed.")
    assert read == ["b", "c", "a", "c"]
    assert texts(third.remove("b")) == {"a": EVA, "c": "Tom Reed stayed."}
    assert texts(third.remove("c").add({"id": "c", "text": TOM})) == texts(second)
    assert read == ["b", "c", "a", "c"]  # "c" with its old text is not read again: its reading is cached
    assert texts(first) == {"b": ANA, "c": TOM}


def test_cached_readings_are_kept_in_the_folder(read: list[str], tmp_path: Path) -> None:
    kg.build([ANA, TOM]).save(tmp_path / "out")
    (tmp_path / "eva.txt").write_text("Eva Lind opened the bridge in Lima on Monday.\n", encoding="utf-8")
    again = kg.open(tmp_path / "out").add(tmp_path / "eva.txt")
    assert read[2:] == ["eva.txt"]
    assert len(texts(again)) == 3
    assert len(texts(kg.open(tmp_path / "out"))) == 2


@pytest.mark.usefixtures("read")
def test_an_impossible_change_raises() -> None:
    graph = kg.build(kg.Article(ANA, "a"))
    with pytest.raises(kg.ArticleError, match="a: already exists"):
        graph.add(kg.Article(TOM, "a"))
    with pytest.raises(kg.ArticleError, match="x: no such article"):
        graph.replace("x", TOM)
    with pytest.raises(kg.ArticleError, match="x: no such article"):
        graph.remove("x")
    with pytest.raises(kg.Error, match="is an empty string"):
        graph.add(" ")


@pytest.mark.usefixtures("read")
def test_problems_stay_with_the_graph() -> None:
    graph = kg.build([ANA, kg.Article("", "none")])
    assert [each.path for each in graph.problems] == ["none"]
    assert [each.path for each in graph.add([TOM, " "]).problems] == ["none", "article 2"]


@pytest.mark.usefixtures("read")
def test_temporary_files_are_deleted_with_the_last_graph() -> None:
    graph = kg.build(ANA)
    assert graph._kept is not None
    folder = graph._kept.path
    other = graph.add(TOM)
    del graph
    assert list(folder.iterdir())
    del other
    assert not folder.exists()
