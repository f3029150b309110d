"""Finds the shortest paths of statements between two things."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, pairwise

from kg.model import Statement

Step = tuple[str, str, tuple[Statement, ...]]
"""Start, end, and the statements that relate the two, those with the highest confidence first."""


def ways(
    statements: Iterable[Statement], begin: frozenset[str], end: frozenset[str], longest: int, limit: int
) -> list[list[Step]]:
    """Up to `limit` shortest paths, of at most `longest` steps, from any of the things `begin` to any of the
    things `end`; no paths if a thing is in both.

    The search is breadth-first, and finds paths with more confident statements first.
    """
    told: dict[str, dict[str, list[Statement]]] = defaultdict(lambda: defaultdict(list))
    for each in sorted(statements, key=lambda each: (-each.confidence, each.id)):
        if isinstance(each.object, str) and each.object != each.subject:
            told[each.subject][each.object].append(each)
            told[each.object][each.subject].append(each)
    before = _levels(told, begin, end, longest)
    met = sorted(end & before.keys())
    found = (way for last in met for way in _back(before, last) if len(way) > 1)
    return [
        [(one, other, tuple(told[one][other])) for one, other in pairwise(way)]
        for way in islice(found, limit)
    ]


def _levels(
    told: Mapping[str, Mapping[str, Sequence[Statement]]],
    begin: frozenset[str],
    end: frozenset[str],
    longest: int,
) -> dict[str, list[str]]:
    """Each thing that the search reaches -> the things directly before it on the shortest paths to it."""
    depth = dict.fromkeys(sorted(begin), 0)
    before: dict[str, list[str]] = {key: [] for key in depth}
    waiting = deque(depth)
    nearest = longest
    while waiting:
        here = waiting.popleft()
        if depth[here] >= nearest:
            break
        for there in told.get(here, {}):
            if there not in depth:
                depth[there] = depth[here] + 1
                before[there] = [here]
                waiting.append(there)
                if there in end:
                    nearest = depth[there]
            elif depth[there] == depth[here] + 1:
                before[there].append(here)
    shortest = min((depth[key] for key in end & depth.keys()), default=0)
    return {key: some for key, some in before.items() if key not in end or depth[key] == shortest}


def _back(before: Mapping[str, Sequence[str]], last: str) -> Iterator[list[str]]:
    """The paths from the beginning of the search to `last`. `before`: the result of `_levels`."""
    if not before[last]:
        yield [last]
    for here in before[last]:
        for way in _back(before, here):
            yield [*way, last]
