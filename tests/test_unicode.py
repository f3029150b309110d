"""The composed and the decomposed form (NFC, NFD) of a name are one name, in every kind of input."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path
from unicodedata import normalize

import pytest
from pyoxigraph import Store
from rdflib import Graph

from kg import ontology
from kg.model import Document
from kg.ontology import Ontology
from kg.rdf.background import BackgroundError
from kg.rdf.background import read as read_background
from kg.rdf.known import known
from kg.rdf.names import Names
from kg.read import decisions, find, from_text, json_lines, read
from kg.store.explain import Explainer
from kg.store.query import run
from tests.sample import knowledge

FORMS = ("NFC", "NFD")
TEXT = "Zoë Réau met Tomás Ruiz in Zürich. Nguyễn Thế, 강감찬, ガガ and أحمد thanked her."
ARTICLE = f"{TEXT} The mayor opened a bridge."


def form(name: str, text: str) -> str:
    return normalize(name, text)  # type: ignore[arg-type]


def test_texts_in_both_forms_are_one_text_with_offsets_of_their_own() -> None:
    for each in FORMS:
        given = form(each, TEXT)
        found = from_text("a", given)
        assert found.text == TEXT
        at = TEXT.index("Tomás Ruiz")
        first, last = found.locate(at, at + len("Tomás Ruiz"))
        assert given[first:last] == form(each, "Tomás Ruiz")


def test_files_and_side_files_in_both_forms(tmp_path: Path) -> None:
    (tmp_path / form("NFD", "é.txt")).write_text(form("NFD", ARTICLE), encoding="utf-8")
    (tmp_path / form("NFC", "é.toml")).write_text(form("NFD", 'publisher = "Café Post"'), encoding="utf-8")
    (source,), _ = find([tmp_path])
    found = read(source)
    assert isinstance(found, Document)
    assert (found.id, found.text, found.metadata.publisher) == ("é.txt", ARTICLE, "Café Post")


def test_pages_in_both_forms(tmp_path: Path) -> None:
    page = (
        f"<html><head><title>Zoë</title><meta name=author content='José Díaz'></head><p>{ARTICLE}</p></html>"
    )
    for each in FORMS:
        (tmp_path / f"{each}.html").write_text(form(each, page), encoding="utf-8")
    one, other = (read(source) for source in find([tmp_path])[0])
    assert isinstance(one, Document)
    assert isinstance(other, Document)
    assert (one.text, one.metadata) == (other.text, other.metadata)


def test_two_articles_whose_names_differ_only_in_form_are_not_mixed_up(tmp_path: Path) -> None:
    for each in FORMS:
        (tmp_path / form(each, "é.txt")).write_text(ARTICLE, encoding="utf-8")
    sources, (problem,) = find([tmp_path])
    assert [source.id for source in sources] == ["é.txt"]
    assert "in another form of Unicode" in problem.what
    lines = "\n".join(json.dumps({"id": form(each, "é"), "text": TEXT}) for each in FORMS)
    first, second = json_lines.documents(io.BytesIO(lines.encode()), "a.jsonl", set())
    assert isinstance(first, Document)
    assert "is not unique" in str(second)


def test_decisions_in_both_forms(tmp_path: Path) -> None:
    merge = '[[merge]]\nthese = ["Zoë", {name = "Réau", article = "é.txt"}]'
    text = f'{merge}\n[[name]]\nthis = "Zoë"\nis = "Zoë R."'
    found = []
    for each in FORMS:
        (tmp_path / each).write_text(form(each, text), encoding="utf-8")
        found.append(decisions.read(tmp_path / each, ()).decisions)
    assert found[0]
    assert found[0] == found[1]


def test_a_background_file_named_in_both_forms_is_one(tmp_path: Path) -> None:
    files = [tmp_path / each / form(each, "Zoë.ttl") for each in FORMS]
    for file in files:
        file.parent.mkdir()
        file.write_text("<https://x.example/a> a <https://schema.org/Person> .", encoding="utf-8")
    assert len({read_background([file], Names())[0].about.id for file in files}) == 1
    with pytest.raises(BackgroundError, match="has the name of another background file"):
        read_background(files, Names())


def test_background_and_ontology_in_both_forms(tmp_path: Path) -> None:
    words = Ontology({}, {})
    person = "<https://x.example/a> a <https://schema.org/Person> ; <https://schema.org/name> '{}' ."
    relation = "@prefix kg: <https://kg.example/ontology#> . kg:hosted a kg:Relation ; kg:verb 'fêt' ."
    labels, verbs = set(), set()
    for each in FORMS:
        path = tmp_path / f"{each}.ttl"
        path.write_text(form(each, person.format("Zoë Réau")), encoding="utf-8")
        labels.add(known(read_background([path], Names()), words, Names())[0].label)
        graph = Graph().parse(data=form(each, relation), format="turtle")
        verbs.add(ontology.described(graph, graph).relations["hosted"].verbs)
    assert labels == {"Zoë Réau"}
    assert len(verbs) == 1


@pytest.mark.parametrize("each", FORMS)
def test_questions_in_both_forms(each: str) -> None:
    told = knowledge()
    first, *others = told.entities
    explainer = Explainer(replace(told, entities=(replace(first, label="Zoë"), *others)), Ontology({}, {}))
    assert explainer.matches(form(each, "Zoë")) == {first.id}
    ask = 'SELECT ?same { VALUES ?name { "" } BIND (?name = "Zoë" AS ?same) }'
    assert "true" in str(run(Store(), ask, {"name": form(each, "Zoë")}).table()[1])
