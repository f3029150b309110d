"""How two things hang together: the shortest ways from one to the other, statement by statement."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, pairwise

from kg.model import Statement

Step = tuple[str, str, tuple[Statement, ...]]
"""From this, to that, by what is said of both, the surest first."""


def ways(
    statements: Iterable[Statement], begin: frozenset[str], end: frozenset[str], longest: int, limit: int
) -> list[list[Step]]:
    """Up to `limit` of the shortest ways from any of `begin` to any of `end`, of `longest` steps at most.

    None where a thing is in both, for that is no way. Breadth first; ways through what is said more surely
    come first, then by id.
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
    """Of each thing that is reached, those before it on a shortest way."""
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
    """The ways that end at `last`."""
    if not before[last]:
        yield [last]
    for here in before[last]:
        for way in _back(before, here):
            yield [*way, last]
