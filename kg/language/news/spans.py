"""Computes entities from the scores of name tags (B-ORG, I-ORG, ...)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

OUTSIDE = "O"


def entities(scores: NDArray[np.floating], names: Sequence[str]) -> tuple[tuple[int, int, str], ...]:
    """The entities of one sentence: (first word, end (exclusive), label), in order.

    `scores` [n, K]: for each word, the score of each of the `names` ("O", "B-ORG", "I-ORG", ...). The result
    is the best sequence of tags in which I- only continues an entity of the same type; ties are broken
    deterministically.
    """
    if not len(scores):
        return ()
    tags = [names[int(best)] for best in scores.argmax(axis=1)]
    if not _is_valid(tags):
        tags = [names[best] for best in _best(scores, names)]
    return tuple(_spans(tags))


def _follows(tag: str, before: str) -> bool:
    return not tag.startswith("I-") or before[2:] == tag[2:]


def _is_valid(tags: Sequence[str]) -> bool:
    return all(_follows(tag, before) for before, tag in zip([OUTSIDE, *tags], tags, strict=False))


def _best(scores: NDArray[np.floating], names: Sequence[str]) -> list[int]:
    """The valid sequence of tags with the highest sum of scores (Viterbi), as indices of `names`."""
    barred = _barred(tuple(names))
    total = barred[-1] + scores[0]
    back: list[NDArray[np.intp]] = []
    for row in scores[1:]:
        through = total[:, None] + barred[:-1]
        back.append(through.argmax(axis=0))
        total = through.max(axis=0) + row
    way = [int(total.argmax())]
    for before in reversed(back):
        way.append(int(before[way[-1]]))
    return way[::-1]


@lru_cache(maxsize=4)
def _barred(names: tuple[str, ...]) -> NDArray[np.float64]:
    """A matrix [K + 1, K]: 0 if the column's tag may follow the row's tag, otherwise -inf.

    The last row stands for the start of a sentence.
    """
    import numpy as np

    allowed = [[_follows(tag, before) for tag in names] for before in (*names, OUTSIDE)]
    return np.where(allowed, 0.0, -np.inf)


def _spans(tags: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    start = 0
    for i, tag in enumerate(tags):
        if tag.startswith("B-"):
            start = i
        if tag != OUTSIDE and (i + 1 == len(tags) or not tags[i + 1].startswith("I-")):
            yield start, i + 1, tag[2:]
