"""Moves the nodes of a small drawing to make it readable, by a local search that lowers a cost.

These things add to the cost, the most expensive first: overlapping nodes, a line through a node or a label,
lines that leave a node side by side, crossings, lines much longer or shorter than necessary, and nodes far
from the centre. Davidson and Harel ("Drawing graphs nicely using simulated annealing", 1996) use similar
weights; here nothing is random. The time is proportional to nodes times lines: suitable for the first view of
a page, not for a whole graph.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import atan2, cos, hypot, pi, sin

Point = tuple[float, float]
Box = tuple[float, float]  # width and height, in pixels at zoom 1
Pair = tuple[str, str]

LABEL: Box = (105.0, 16.0)  # the size of a line's label, such as "travelled to +2"
BELOW = (
    12.0  # pixels from a node's position, where lines end, down to the centre of its box with the label below
)
ROUNDS = 12  # maximum number of rounds; most drawings converge earlier
DIRECTIONS = 12  # number of directions in which positions are tried
PROMISING = 20  # number of cheapest positions of a node for which the whole cost is computed
STEPS = (25.0, 70.0, 160.0)  # distances of the tried positions from a node or its neighbours, in pixels
WIDE = 1.35  # maximum aspect ratio of a drawing
CLOSE = 0.35  # angle, in radians, below which two lines of a node are hard to distinguish


def untangle(
    places: Mapping[str, Point], sizes: Mapping[str, Box], lines: Sequence[Pair]
) -> dict[str, Point]:
    """Better positions for the same nodes; `lines` are distinct pairs of different nodes."""
    drawing = _Drawing(dict(places), sizes, lines)
    for _ in range(ROUNDS):
        moved = [drawing.improve(node) for node in places]
        if not any(moved):
            break
    return drawing.places


def wanted(direction: Point, one: Box, other: Box) -> float:
    """The preferred length of a line in this direction: both half boxes and its label, with some space."""
    length = hypot(*direction) or 1.0
    across, down = abs(direction[0]) / length, abs(direction[1]) / length
    half = (one[0] + other[0]) / 4 + LABEL[0], (one[1] + other[1]) / 2 + 2 * LABEL[1]
    return 30.0 + min(half[0] / across if across else 1e9, half[1] / down if down else 1e9)


@dataclass(frozen=True)
class _Drawing:
    places: dict[str, Point]
    sizes: Mapping[str, Box]
    lines: Sequence[Pair]

    @cached_property
    def near(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {node: [] for node in self.places}
        for one, other in self.lines:
            found[one].append(other)
            found[other].append(one)
        return found

    def improve(self, node: str) -> bool:
        """Move `node` to the best position around it; False if it stays."""
        here = self.places[node]
        best = self.cost(node, here) + self.cost_of_lines(node, here, 1e9)
        promising = sorted((self.cost(node, at), at) for at in self.candidates(node))
        for least, at in promising[:PROMISING]:
            if least >= best:
                break
            cost = least + self.cost_of_lines(node, at, best - least)
            if cost < best - 1e-6:
                best, here = cost, at
        moved = here != self.places[node]
        self.places[node] = here
        return moved

    def candidates(self, node: str) -> Iterator[Point]:
        """The positions to try for a node: around its own and around those of its neighbours."""
        x, y = self.places[node]
        for turn in range(DIRECTIONS):
            across, down = cos(2 * pi * turn / DIRECTIONS), sin(2 * pi * turn / DIRECTIONS)
            yield from ((x + step * across, y + step * down) for step in STEPS)
            for other in self.near[node][:3]:
                length = wanted((across, down), self.sizes[node], self.sizes[other])
                left, top = self.places[other]
                yield left + length * across, top + length * down

    def cost(self, node: str, at: Point) -> float:
        """The cost of `node` at the position `at`, without the cost of obstacles in the way of its lines,
        which takes far longer to compute (`cost_of_lines`).
        """
        cost = 0.3 * hypot(at[0] / WIDE, at[1]) / 300
        mine = [(other, self.places[other]) for other in self.near[node]]
        for other, there in mine:
            line = there[0] - at[0], there[1] - at[1]
            cost += 4 * abs(hypot(*line) / wanted(line, self.sizes[node], self.sizes[other]) - 1) ** 1.5
            cost += self.crowding(there, at, [self.places[w] for w in self.near[other] if w != node])
        cost += self.crowding_all(at, [there for _, there in mine])
        own, box = _hanging(at), self.sizes[node]
        others = ((_hanging(p), self.sizes[w]) for w, p in self.places.items() if w != node)
        return cost + sum(20 * _overlap(own, box, p, size, 26.0) for p, size in others)

    def cost_of_lines(self, node: str, at: Point, enough: float) -> float:
        """The cost of obstacles in the way of the lines of `node`. If the cost exceeds `enough`, the result
        is only some number above `enough`.
        """
        cost = 0.0
        mine = [(other, self.places[other]) for other in self.near[node]]
        own, box = _hanging(at), self.sizes[node]
        boxes = [(w, _hanging(p), self.sizes[w]) for w, p in self.places.items() if w != node]
        labels = [(_middle(at, there), LABEL) for _, there in mine]
        for other, there in mine:
            middle = _middle(at, there)
            cost += 4 * _overlap(middle, LABEL, own, box, 6.0)
            for w, p, size in boxes:
                cost += 4 * _overlap(middle, LABEL, p, size, 6.0)
                cost += 5 * (w != other and _through(at, there, p, size))
        for one, two in self.lines:
            if node in (one, two):
                continue
            start, end = self.places[one], self.places[two]
            middle = _middle(start, end)
            cost += 5 * _through(start, end, own, box) + 4 * _overlap(middle, LABEL, own, box, 6.0)
            for (other, there), (label, size) in zip(mine, labels, strict=True):
                cost += 4 * _overlap(label, size, middle, LABEL, 4.0)
                cost += 2 * _through(at, there, middle, LABEL) + 2 * _through(start, end, label, size)
                if other not in (one, two) and _cross(at, there, start, end):
                    cost += 2
            if cost > enough:
                return cost
        return cost

    @staticmethod
    def crowding(hub: Point, end: Point, others: Sequence[Point]) -> float:
        """The cost if the line from `hub` to `end` lies close beside other lines of `hub`. `others`: the ends
        of these lines.
        """
        angle = atan2(end[1] - hub[1], end[0] - hub[0])
        turns = (abs(atan2(y - hub[1], x - hub[0]) - angle) for x, y in others)
        return sum(4 * (1 - gap / CLOSE) for turn in turns if (gap := min(turn, 2 * pi - turn)) < CLOSE)

    @staticmethod
    def crowding_all(hub: Point, ends: Sequence[Point]) -> float:
        angles = sorted(atan2(y - hub[1], x - hub[0]) for x, y in ends)
        if len(angles) < 2:
            return 0.0
        gaps = (later - earlier for earlier, later in pairwise([*angles, angles[0] + 2 * pi]))
        return sum(4 * (1 - gap / CLOSE) for gap in gaps if gap < CLOSE)


def _middle(one: Point, other: Point) -> Point:
    return (one[0] + other[0]) / 2, (one[1] + other[1]) / 2


def _hanging(at: Point) -> Point:
    """The centre of the box of a node at `at`."""
    return at[0], at[1] + BELOW


def _overlap(one: Point, box: Box, other: Point, size: Box, room: float) -> bool:
    return (
        abs(one[0] - other[0]) < (box[0] + size[0]) / 2 + room
        and abs(one[1] - other[1]) < (box[1] + size[1]) / 2 + room
    )


def _through(start: Point, end: Point, at: Point, box: Box) -> bool:
    """Whether a line passes through a box (Liang and Barsky, 1984)."""
    low, high = 0.0, 1.0
    for axis in (0, 1):
        step, half = end[axis] - start[axis], box[axis] / 2 + 4.0
        left, right = at[axis] - half - start[axis], at[axis] + half - start[axis]
        if abs(step) < 1e-9:
            if left > 0 or right < 0:
                return False
            continue
        near, far = sorted((left / step, right / step))
        low, high = max(low, near), min(high, far)
        if low > high:
            return False
    return True


def _cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    """Whether the lines from `a` to `b` and from `c` to `d`, which have no common end, cross."""
    return _side(a, b, c) != _side(a, b, d) and _side(c, d, a) != _side(c, d, b)


def _side(a: Point, b: Point, c: Point) -> bool:
    return (b[0] - a[0]) * (c[1] - a[1]) > (b[1] - a[1]) * (c[0] - a[0])
