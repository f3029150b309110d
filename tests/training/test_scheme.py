"""The conversion of UD trees: the cases of cases.md, and that any input gives a tree."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from training.scheme import Word, to_spacy

_CASES = Path(__file__).parent / "cases.md"


def _split(text: str) -> list[str]:
    return text.split()


_LABELS = _split(
    """
    nsubj nsubj:pass nsubj:outer csubj obj iobj obl obl:agent nmod nmod:desc cop case mark conj cc punct
    flat fixed compound acl:relcl advcl parataxis xcomp ccomp expl nummod advmod amod det nmod:unmarked
    aux:pass orphan
    """
)
_WORDS = _split(
    """
    is/be/AUX/VBZ said/say/VERB/VBD want/want/VERB/VB what/what/PRON/WP in/in/ADP/IN as/as/ADP/IN
    to/to/PART/TO well/well/ADV/RB order/order/NOUN/NN April/April/PROPN/NNP 13/13/NUM/CD $/$/SYM/$
    ,/,/PUNCT/, it/it/PRON/PRP and/and/CCONJ/CC there/there/PRON/EX with/with/SCONJ/IN
    selling/sell/VERB/VBG hot/hot/ADJ/JJ not/not/PART/RB each/each/DET/DT other/other/ADJ/JJ
    at/at/ADP/IN least/least/ADJ/JJS from/from/ADP/IN
    """
)


def _blocks() -> list[list[list[str]]]:
    parts = _CASES.read_text(encoding="utf-8").split("```")[1::2]
    return [[row.split() for row in part.strip().splitlines()] for part in parts]


@pytest.mark.parametrize("rows", _blocks(), ids=lambda rows: " ".join(row[1] for row in rows))
def test_case(rows: list[list[str]]) -> None:
    words = [Word(r[1], r[2], r[3], r[4], int(r[5]) - 1, r[6]) for r in rows]
    got = [(0 if head == at else head + 1, label) for at, (head, label) in enumerate(to_spacy(words))]
    assert got == [(int(row[7]), row[8]) for row in rows]


def _random_tree(chance: random.Random) -> list[Word]:
    """A random tree: each word is attached to an earlier one; then the words are shuffled."""
    order = list(range(chance.randint(1, 14)))
    chance.shuffle(order)
    heads = {at: -1 if place == 0 else chance.choice(order[:place]) for place, at in enumerate(order)}
    return [
        Word(
            *chance.choice(_WORDS).split("/"), heads[at], "root" if heads[at] < 0 else chance.choice(_LABELS)
        )
        for at in range(len(order))
    ]


@pytest.mark.parametrize("seed", range(20))
def test_always_one_tree(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(500):
        words = _random_tree(chance)
        result = to_spacy(words)
        roots = [at for at, (head, _) in enumerate(result) if head == at]
        assert len(roots) == 1, words
        assert [at for at, (_, label) in enumerate(result) if label == "ROOT"] == roots, words
        assert all(_top(result, at) == roots[0] for at in range(len(words))), words


def _top(result: list[tuple[int, str]], at: int) -> int:
    """The root above a word. It goes up as many steps as there are words, so it ends even in a cycle."""
    for _ in result:
        at = result[at][0]
    return at
