"""Computes a tree from the scores of arcs: one root, and a head for every other word, without cycles.

The best heads of all words usually form a tree. Otherwise the tree with the highest sum of scores is computed
(Chu and Liu 1965, Edmonds 1967).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

ROOT = 0  # the head of a root


def heads(scores: NDArray[np.floating]) -> tuple[int, ...]:
    """The heads of a sentence's n words: 0 is the root, 1 to n are the words.

    `scores` [n, n + 1]: a row for each word, with the score of each head: column 0 is the root, column j the
    j-th word. Ties are broken deterministically.
    """
    import numpy as np

    size = len(scores)
    if not size:
        return ()
    own = scores.astype(np.float64)
    own[np.arange(size), np.arange(1, size + 1)] = -np.inf
    best = tuple(int(head) for head in own.argmax(axis=1))
    return best if is_tree(best) else _best_tree(own)


def is_tree(given: Sequence[int]) -> bool:
    """Whether these heads (0: root, otherwise 1 to n) lead every word to one root.

    >>> is_tree((2, 0)), is_tree((0, 0)), is_tree((2, 1, 0))
    (True, False, False)
    """
    if given.count(ROOT) != 1:
        return False
    safe = {ROOT}
    for word in range(1, len(given) + 1):
        way: set[int] = set()
        at = word
        while at not in safe:
            if at in way:
                return False
            way.add(at)
            at = given[at - 1]
        safe |= way
    return True


def _best_tree(scores: NDArray[np.float64]) -> tuple[int, ...]:
    """The heads of the tree with the highest sum of scores.

    Cycles of best heads are contracted to one node each, until there are none. Each arc from the root gets a
    penalty that no other arcs can outweigh, so that there is only one root.
    """
    import numpy as np

    size = len(scores) + 1
    finite = scores[np.isfinite(scores)]
    nodes = np.full((size, size), -np.inf)  # [dependent, head]; node 0 is the root
    nodes[1:] = scores
    nodes[1:, ROOT] -= (finite.max() - finite.min() + 1) * size
    steps: list[_Step] = []
    while True:
        best = nodes.argmax(axis=1)
        cycle = _cycle(best.tolist())
        if not cycle:
            break
        nodes, step = _contracted(nodes, best, cycle)
        steps.append(step)
    above = best.tolist()
    for step in reversed(steps):
        above = step.expanded(above)
    return tuple(above[1:])


@dataclass(frozen=True, slots=True)
class _Step:
    """Maps the nodes of a graph, the last of which is a contracted cycle, to those of the previous graph."""

    others: list[int]  # node -> its index in the previous graph, for all nodes except the last
    cycle: list[int]  # the nodes of the cycle in the previous graph, in order
    around: list[int]  # for each node of the cycle, its head within the cycle
    enters: list[int]  # node -> index in `cycle` of the node's best dependent in the cycle
    leaves: list[int]  # node -> index in `cycle` of the node's best head in the cycle

    def expanded(self, above: list[int]) -> list[int]:
        """The heads in the previous graph (with the cycle), given those in the contracted graph (`above`)."""
        last = len(self.others)
        found = [0] * (last + len(self.cycle))
        for node, head in enumerate(above[:last]):
            found[self.others[node]] = self.others[head] if head != last else self.cycle[self.leaves[node]]
        for node, head in zip(self.cycle, self.around, strict=True):
            found[node] = head
        found[self.cycle[self.enters[above[last]]]] = self.others[above[last]]
        return found


def _contracted(
    nodes: NDArray[np.float64], best: NDArray[np.intp], cycle: list[int]
) -> tuple[NDArray[np.float64], _Step]:
    """The graph with a cycle of best heads contracted to its last node, and the step that reverses this."""
    import numpy as np

    inside = np.array(cycle)
    others = np.delete(np.arange(len(nodes)), inside)
    around = best[inside]
    # the score of each arc into the cycle, minus the score of the arc of the cycle that it replaces
    into = nodes[inside][:, others] - nodes[inside, around][:, None]
    out = nodes[others][:, inside]
    size = len(others)
    smaller = np.full((size + 1, size + 1), -np.inf)
    smaller[:size, :size] = nodes[others][:, others]
    smaller[size, :size] = into.max(axis=0)
    smaller[:size, size] = out.max(axis=1)
    enters, leaves = into.argmax(axis=0), out.argmax(axis=1)
    step = _Step(others.tolist(), cycle, around.tolist(), enters.tolist(), leaves.tolist())
    return smaller, step


def _cycle(above: Sequence[int]) -> list[int]:
    """The nodes of the first cycle in these heads, along its arcs; empty if there is none."""
    seen = {ROOT}
    for node in range(1, len(above)):
        way: list[int] = []
        at = node
        while at not in seen:
            seen.add(at)
            way.append(at)
            at = above[at]
        if at in way:
            return sorted(way[way.index(at) :])
    return []
