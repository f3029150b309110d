"""Adds the second parse, with a weight, to the scores of the network before the best tree is computed.

Different parsers rarely make the same errors, so that a tree computed from both is better than the tree of
either (reparsing: Sagae and Lavie 2006). The weights were tuned on treebanks and are stored with the model.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kg.language.news.scorer import ModelColumns, Scores
    from kg.language.news.windows import Window
    from kg.language.second_parse import Second


@dataclass(frozen=True, slots=True)
class Votes:
    """The weights that are added to the network's scores (logits) where the second parse agrees."""

    arcs: float = 0.0
    labels: float = 0.0
    tags: float = 0.0
    starts: float = 0.0
    names: float = 0.0


def counted(
    scores: Scores, window: Window, second: Second, names_of: Mapping[int, str], about: ModelColumns
) -> Scores:
    """The scores of a window, with the weights of `Votes` added where the second parse agrees.

    `names_of`: the `marks` of the second parse, computed once per document.
    """
    import numpy as np

    votes, size = about.votes, len(window.words)
    place = {token: row for row, token in enumerate(window.words, 1)}
    arcs, tags = scores.arcs.copy(), scores.tags.copy()
    starts, names = scores.starts.copy(), scores.names.copy()
    column_of_tag, column_of_name = _columns(about.tags), _columns(about.names)
    for token, row in place.items():
        head = second.heads[token]
        column = 0 if head == token else place.get(head)
        if column is not None:
            arcs[row, column] += votes.arcs
        if (tag := column_of_tag.get(second.tags[token])) is not None:
            tags[row, tag] += votes.tags
        if (name := column_of_name.get(names_of.get(token, "O"))) is not None:
            names[row, name] += votes.names
    begins = np.array([token in second.starts for token in window.words])
    starts[1 : size + 1] += np.where(begins, votes.starts, -votes.starts)
    return replace(scores, arcs=arcs, tags=tags, starts=starts, names=names)


def on_labels(
    labels: NDArray[np.float32], window: Window, heads: Sequence[int], second: Second, about: ModelColumns
) -> None:
    """Add `Votes.labels`, in place, to the score of the second parse's label, for words with the same head.

    `labels` [n, D] and `heads` (0: root, otherwise 1 to n) contain a row for each of the window's n words.
    """
    column_of = _columns(about.labels)
    for row, (token, head) in enumerate(zip(window.words, heads, strict=True)):
        above = window.words[head - 1] if head else token
        column = column_of.get(second.labels[token])
        if second.heads[token] == above and column is not None:
            labels[row, column] += about.votes.labels


def marks(second: Second) -> dict[int, str]:
    """The second parse's entities as tags: token -> "B-ORG" or "I-ORG", for example."""
    return {
        token: f"{'B' if token == start else 'I'}-{label}"
        for start, end, label in second.entities
        for token in range(start, end)
    }


@lru_cache(maxsize=8)
def _columns(values: tuple[str, ...]) -> Mapping[str, int]:
    return {value: column for column, value in enumerate(values)}
