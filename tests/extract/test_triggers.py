"""Verbs of a user's ontology that can never match are found by trying them."""

from dataclasses import replace

from kg import ontology
from kg.extract.triggers import unmatched

WORDS = ontology.load()
VISITED = WORDS.relations["visited"]


def test_a_verb_that_can_never_be_met_says_what_is_looked_up_instead() -> None:
    verbs = ("run aground on", "play host to", "visit")
    (found,) = unmatched([replace(VISITED, verbs=verbs, examples=())], WORDS)
    assert (found.verb, found.sentence) == ("run aground on", "Ana Ruiz ran aground on Tom Reed.")
    assert found.looked_up == ("run on",)


def test_an_adverb_that_the_user_adds_to_the_list_makes_it_a_verb() -> None:
    adverbs = {**WORDS.words, "DirectionAdverbs": WORDS.words["DirectionAdverbs"] | {"aground"}}
    assert unmatched([replace(VISITED, verbs=("run aground on",))], replace(WORDS, words=adverbs)) == []


def test_where_no_verb_has_several_words_nothing_is_read() -> None:
    assert unmatched([replace(VISITED, verbs=("visit",))], WORDS, parser="none") == []
