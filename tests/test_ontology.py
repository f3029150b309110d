"""A user's ontology adds to ours, replaces redefined terms, and removes deprecated ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import ontology
from kg.extract.lexicon import Lexicon
from kg.ontology import Ontology

PREFIXES = """
@prefix kg: <https://kg.example/ontology#> . @prefix my: <https://my.example/terms#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
OURS = ontology.load()


@pytest.fixture
def load(tmp_path: Path):
    def load(*texts: str) -> Ontology:
        paths = [tmp_path / f"{number}.ttl" for number in range(len(texts))]
        for path, text in zip(paths, texts, strict=True):
            path.write_text(PREFIXES + text, encoding="utf-8")
        return ontology.load(paths)

    return load


def test_a_block_without_a_type_extends_a_relation(load) -> None:
    hosted = load('kg:hosted kg:verb "put up" .').relations["hosted"]
    assert set(hosted.verbs) == {*OURS.relations["hosted"].verbs, "put up"}
    assert hosted.label == "hosted"


def test_a_block_with_a_type_replaces_a_relation(load) -> None:
    text = 'kg:hosted a kg:Relation ; rdfs:label "put up"@en ; kg:verb "put up" .'
    hosted = load(text).relations["hosted"]
    assert (hosted.verbs, hosted.label, hosted.nouns, hosted.parents) == (("put up",), "put up", (), ())


def test_classes_and_word_lists_are_replaced_and_added_to_alike(load) -> None:
    text = """kg:Summit a owl:Class ; rdfs:label "peak"@en ; rdfs:subClassOf kg:Event .
    kg:SpeechVerbs kg:word "burble" . kg:MaleHonorifics a kg:WordList ; kg:word "squire" ."""
    words = load(text)
    assert (words.classes["Summit"].label, words.classes["Summit"].words) == ("peak", ())
    assert words.words["SpeechVerbs"] == OURS.words["SpeechVerbs"] | {"burble"}
    assert words.words["MaleHonorifics"] == {"squire"}


def test_deprecated_terms_are_removed(load) -> None:
    words = load("kg:hosted owl:deprecated true .")
    assert OURS.relations.keys() - words.relations.keys() == {"hosted"}


def test_a_word_list_that_is_deprecated_is_empty(load) -> None:
    assert load("kg:SpeechVerbs owl:deprecated true .").words["SpeechVerbs"] == frozenset()


def test_nouns_for_positions_are_roles(load) -> None:
    """With the relation below, "Norvex ombudsman Petra Novak" is read like "Norvex chairman Petra Novak"."""
    text = """@prefix schema: <https://schema.org/> .
    my:guards a kg:Relation ; kg:stative true ; kg:noun "ombudsman of" ;
        schema:domainIncludes kg:Person ; schema:rangeIncludes kg:Organization .
    my:sponsors a kg:Relation ; kg:stative true ; kg:noun "godmother of" ;
        schema:domainIncludes kg:Person ; schema:rangeIncludes kg:Person ."""
    assert load(text).words["RoleNouns"] - OURS.words["RoleNouns"] == {"ombudsman"}


def test_the_last_of_several_files_takes_precedence(load) -> None:
    one, other = (f'my:x a kg:Relation ; rdfs:label "{name}" ; kg:verb "{name}" .' for name in ("a", "b"))
    assert load(one, other).relations["https://my.example/terms#x"].verbs == ("b",)


def test_terms_may_have_any_iri(load) -> None:
    words = load(
        """my:Derby a owl:Class ; rdfs:subClassOf kg:Competition ; rdfs:label "derby"@en .
        my:edged a kg:Relation ; rdfs:subPropertyOf kg:defeated ; kg:eventClass my:Derby ; kg:verb "edge" ."""
    )
    edged = words.relations["https://my.example/terms#edged"]
    assert words.is_a("https://my.example/terms#Derby", "Event")
    assert edged.event_class == "https://my.example/terms#Derby"
    assert "defeated" in edged.parents


def test_words_of_kg_and_the_user_express_the_users_relation(load) -> None:
    words = load('my:a a kg:Relation ; kg:verb "host" .')
    found = Lexicon(words).verb("host", "Person", "Person")
    assert found is not None
    assert found.iri == "https://my.example/terms#a"
