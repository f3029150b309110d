"""Any scores of arcs give one tree, the optimal one."""

from itertools import product

import networkx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kg.language.news.trees import heads, is_tree


def matrices(most: int, values: st.SearchStrategy[float]) -> st.SearchStrategy[np.ndarray]:
    return st.integers(1, most).flatmap(lambda n: arrays(np.float32, (n, n + 1), elements=values))


WIDE = st.floats(-1000, 1000, width=32)
EQUAL = st.sampled_from([0.0, 1.0, 2.0])


def total(scores: np.ndarray, found: tuple[int, ...]) -> float:
    return sum(float(scores[word, head]) for word, head in enumerate(found))


@given(st.one_of(matrices(12, WIDE), matrices(12, EQUAL)))
def test_there_is_always_one_tree(scores: np.ndarray) -> None:
    found = heads(scores)
    assert len(found) == len(scores)
    assert is_tree(found)
    assert heads(scores.copy()) == found


@given(st.one_of(matrices(4, WIDE), matrices(4, EQUAL)))
def test_the_tree_is_optimal(scores: np.ndarray) -> None:
    size = len(scores)
    trees = [each for each in product(range(size + 1), repeat=size) if is_tree(each)]
    assert total(scores, heads(scores)) == pytest.approx(max(total(scores, tree) for tree in trees), abs=1e-3)


def test_the_tree_of_five_words_is_optimal() -> None:
    random = np.random.default_rng(0)
    trees = [each for each in product(range(6), repeat=5) if is_tree(each)]
    for _ in range(50):
        scores = random.normal(size=(5, 6))
        assert heads(scores) == max(trees, key=lambda tree: total(scores, tree))


def test_networkx_finds_no_better_tree_of_many_words() -> None:
    random = np.random.default_rng(1)
    scores = random.normal(size=(40, 41))
    graph = networkx.DiGraph()
    for word, head in np.ndindex(scores.shape):
        if head != word + 1:
            graph.add_edge(head, word + 1, weight=scores[word, head] - (1000 if head == 0 else 0))
    best = networkx.maximum_spanning_arborescence(graph)
    assert dict(enumerate(heads(scores), 1)) == {word: head for head, word in best.edges}


def test_the_best_heads_are_kept_if_they_form_a_tree() -> None:
    assert heads(np.array([[0, 9, 5, 1], [7, 3, 9, 1], [0, 1, 4, 9]], dtype=float)) == (2, 0, 2)


def test_the_second_root_is_attached_to_the_first() -> None:
    assert heads(np.array([[9, 0, 1], [8, 1, 0]], dtype=float)) == (0, 1)


def test_no_word_and_one_word() -> None:
    assert heads(np.zeros((0, 1))) == ()
    assert heads(np.array([[-5.0, 9.0]])) == (0,)


@pytest.mark.parametrize(
    ("given", "expected"),
    [((), False), ((0,), True), ((1,), False), ((2, 3, 1), False), ((0, 3, 2), False), ((3, 3, 0), True)],
)
def test_valid_and_invalid_trees(given: tuple[int, ...], expected: bool) -> None:
    assert is_tree(given) is expected


def test_a_long_sentence_of_nonsense_is_fast() -> None:
    assert is_tree(heads(np.random.default_rng(2).normal(size=(318, 319))))
