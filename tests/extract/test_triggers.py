"""Verbs in a user's ontology that can never match a text are found by parsing examples of them."""

from dataclasses import replace

from kg import ontology
from kg.extract.triggers import unmatched

WORDS = ontology.load()
VISITED = WORDS.relations["visited"]


def test_an_unmatchable_verb_is_reported_with_the_form_looked_up() -> None:
    verbs = ("run aground on", "play host to", "visit")
    (found,) = unmatched([replace(VISITED, verbs=verbs, examples=())], WORDS)
    assert (found.verb, found.sentence) == ("run aground on", "Ana Ruiz ran aground on Tom Reed.")
    assert found.looked_up == ("run on",)


def test_a_user_defined_particle_forms_a_verb() -> None:
    adverbs = {**WORDS.words, "DirectionAdverbs": WORDS.words["DirectionAdverbs"] | {"aground"}}
    assert unmatched([replace(VISITED, verbs=("run aground on",))], replace(WORDS, words=adverbs)) == []


def test_without_multiword_verbs_nothing_is_parsed() -> None:
    assert unmatched([replace(VISITED, verbs=("visit",))], WORDS, parser="none") == []
