"""Entities are well-formed for any scores."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kg.language.news.spans import entities

NAMES = ("O", "B-ORG", "I-ORG", "B-GPE", "I-GPE")


def scored(*tags: str, **others: float) -> np.ndarray:
    """1 for each of the tags, and the scores in `others`: "I_ORG_2" is I-ORG of word 2."""
    found = np.zeros((len(tags), len(NAMES)))
    for word, tag in enumerate(tags):
        found[word, NAMES.index(tag)] = 1
    for name, value in others.items():
        begin, kind, word = name.split("_")
        found[int(word), NAMES.index(f"{begin}-{kind}")] = value
    return found


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ((), ()),
        (("O", "O"), ()),
        (("B-ORG",), ((0, 1, "ORG"),)),
        (("B-ORG", "I-ORG", "O", "B-GPE"), ((0, 2, "ORG"), (3, 4, "GPE"))),
        (("B-ORG", "B-ORG", "I-ORG"), ((0, 1, "ORG"), (1, 3, "ORG"))),
        (("O", "B-GPE", "B-ORG"), ((1, 2, "GPE"), (2, 3, "ORG"))),
    ],
)
def test_tags_to_entities(tags: tuple[str, ...], expected: tuple[tuple[int, int, str], ...]) -> None:
    assert entities(scored(*tags), NAMES) == expected


def test_an_entity_may_begin_with_a_continuation_tag() -> None:
    assert entities(scored("O", "I-ORG", "I-ORG", B_ORG_1=0.9), NAMES) == ((1, 3, "ORG"),)
    assert entities(scored("I-ORG", "O"), NAMES) == ()


def test_an_entity_has_one_type() -> None:
    assert entities(scored("B-ORG", "I-GPE", I_ORG_1=0.9), NAMES) == ((0, 2, "ORG"),)
    assert entities(scored("B-ORG", "I-GPE", B_GPE_0=0.9), NAMES) == ((0, 2, "GPE"),)


@given(st.integers(1, 4).flatmap(lambda n: arrays(np.float32, (n, 5), elements=st.floats(-9, 9, width=32))))
def test_the_chosen_row_is_optimal(scores: np.ndarray) -> None:
    def value(tags: tuple[int, ...]) -> float:
        return sum(float(scores[word, tag]) for word, tag in enumerate(tags))

    def is_valid(tags: tuple[int, ...]) -> bool:
        before = [0, *tags]
        return all(
            tag not in (2, 4) or last in (tag - 1, tag) for last, tag in zip(before, tags, strict=False)
        )

    found = [0] * len(scores)
    for start, end, label in entities(scores, NAMES):
        begin = NAMES.index(f"B-{label}")
        found[start:end] = [begin, *[begin + 1] * (end - start - 1)]
    best = max(value(tags) for tags in product(range(5), repeat=len(scores)) if is_valid(tags))
    assert value(tuple(found)) == pytest.approx(best, abs=1e-4)
