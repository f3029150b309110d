"""The file of names beside a store: what it finds, and that it changes no answer."""

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from kg.rdf.graph import triples
from kg.rdf.names import RDFS, SKOS
from kg.store import name_index, oxigraph
from kg.store.query import named, run
from tests.rdf.small import ontology
from tests.sample import knowledge

LABEL, ALIAS = NamedNode(f"{RDFS}label"), NamedNode(f"{SKOS}altLabel")
BASE = "https://kg.example/data/"


def line(thing: str, name: str, relation: NamedNode = LABEL) -> bytes:
    triple = Triple(NamedNode(f"http://e.org/{thing}"), relation, Literal(name))
    return bytes(serialize([triple], format=RdfFormat.N_TRIPLES) or b"")


def folder(path: Path, *lines: bytes) -> Path:
    path.mkdir()
    (path / "all.nt").write_bytes(b"".join(lines))
    oxigraph.load(path / "store", [path / "all.nt"])
    return path / "store"


def test_a_part_of_a_name_finds_its_things(tmp_path: Path) -> None:
    lines = line("ruiz", "Ana Ruiz"), line("ruiz", "Señora Ruiz", ALIAS), line("reed", "Tom Reed")
    store = folder(tmp_path / "g", *lines)
    assert name_index.found(store, "RUIZ") == ("http://e.org/ruiz",)
    assert name_index.found(store, "señora") == ("http://e.org/ruiz",)
    assert name_index.found(store, "e.org") == ()  # in IRIs only
    assert name_index.found(store, "r") == ("http://e.org/reed", "http://e.org/ruiz")


def test_words_that_restrict_too_little_find_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = folder(tmp_path / "g", line("ruiz", "Ana Ruiz"), line("reed", "Tom Reed"))
    assert name_index.found(store, "") is None
    monkeypatch.setattr(name_index, "MOST", 1)
    assert name_index.found(store, "e") is None
    assert name_index.found(tmp_path, "Ruiz") is None  # a store without the file


def test_a_changed_store_has_the_names_of_a_new_one(tmp_path: Path) -> None:
    old = folder(tmp_path / "old", line("ruiz", "Ana Ruiz"), line("reed", "Tom Reed"))
    oxigraph.changed(old, tmp_path / "new", [line("reed", "Tom Reed")], [line("reed", "Thomas Reed")])
    assert name_index.found(tmp_path / "new", "tom reed") == ()
    assert name_index.found(tmp_path / "new", "thomas") == ("http://e.org/reed",)
    assert name_index.found(tmp_path / "new", "ana") == ("http://e.org/ruiz",)


@pytest.mark.parametrize("value", ["Ruiz", "mr reed", "president of peru", "Lima", "nobody", f"<{BASE}Lima>"])
@pytest.mark.parametrize("query", named(), ids=lambda query: query.name)
def test_the_answers_are_the_same_without_it(
    query: object, value: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    store = _sample(tmp_path_factory)
    opened = oxigraph.open_store(store)
    for parameter in query.parameters:  # type: ignore[attr-defined]
        given = {parameter.name: value}
        text = query.text  # type: ignore[attr-defined]
        assert run(opened, text, given, store).rows == run(opened, text, given).rows


def _sample(folders: pytest.TempPathFactory) -> Path:
    path = folders.getbasetemp() / "named-sample"
    if not path.exists():
        parts = triples(knowledge(), ontology(), BASE)
        every = [triple for part in parts.values() for triple in part]
        folder(path, bytes(serialize(every, format=RdfFormat.N_TRIPLES) or b""))
    return path / "store"
