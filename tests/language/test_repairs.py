"""Repairs keep the parse valid; the prose cases in tests/cases/ show their effect."""

from __future__ import annotations

import pytest

from kg import ontology
from kg.language import pipeline, repairs

LISTS = ontology.load().words


@pytest.fixture(scope="module")
def nlp():
    return pipeline.load()


def test_a_repaired_sentence_is_one_tree_and_others_are_unchanged(nlp) -> None:
    text = "It rained. Some users who saw the film left the club. Police allege Tom Reed opened the safe."
    doc = next(pipeline.parse(nlp, [text], LISTS))
    assert [sentence.root.text for sentence in doc.sents] == ["rained", "left", "allege"]
    assert [t.text for t in doc if t.dep_ == "nsubj" and t.head.text == "left"] == ["users"]


def test_repairs_that_would_break_the_tree_are_skipped(nlp, monkeypatch: pytest.MonkeyPatch) -> None:
    def tear(token):
        return {token.i: (token.i, "ROOT")} if token.text == "boat" else {}

    def turn(token):
        return {token.i: (token.i + 1, "dep"), token.i + 1: (token.i, "dep")} if token.text == "the" else {}

    plain = [token.head.i for token in next(pipeline.parse(nlp, ["Ana sold the boat."], LISTS))]
    for wrong in (tear, turn):
        monkeypatch.setattr(repairs, "REPAIRS", (wrong,))
        assert [token.head.i for token in next(pipeline.parse(nlp, ["Ana sold the boat."], LISTS))] == plain


def test_any_label_can_be_given(nlp, monkeypatch: pytest.MonkeyPatch) -> None:
    labels = nlp.get_pipe("parser").labels
    for label in labels:
        monkeypatch.setattr(repairs, "REPAIRS", (lambda token, label=label: _boat(token, label),))
        doc = next(pipeline.parse(nlp, ["Ana sold the boat."], LISTS))
        assert (doc[3].dep_, doc[3].head.text) == (label, "Ana")
    assert "nummod" in labels


def _boat(token, label):
    return {token.i: (0, label)} if token.text == "boat" else {}
