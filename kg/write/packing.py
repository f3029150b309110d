"""Places separate drawings side by side, as close as their shapes allow.

If only their bounding boxes were packed, the corners of the boxes would stay empty. By its shape, a small
drawing fits beside an arm of a large one (polyomino packing: Freivalds, Dogrusoz and Kikusts, "Disconnected
graph layout and the polyomino packing approach", 2002).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import ceil, floor, hypot

from kg.write.untangle import BELOW, LABEL, WIDE, Box, Pair, Point

CELL = 16  # side of a grid cell, in pixels
GAP = 3  # number of free cells around a drawing: room for the background of a cluster
STEPS = 60  # number of positions that are tried in each of the two directions

_Cell = tuple[int, int]
_Span = tuple[int, int, int, int]  # edges: left, right, top, bottom


def packed(
    drawings: Sequence[Mapping[str, Point]], sizes: Mapping[str, Box], lines: Sequence[Pair]
) -> dict[str, Point]:
    """Positions of the nodes of all drawings together, centred at (0, 0): each drawing in turn is placed
    where the whole grows least.
    """
    taken, places = set[_Cell](), dict[str, Point]()
    for drawing in drawings:
        inside = [(one, other) for one, other in lines if one in drawing]
        shape = _shape(drawing, sizes, inside)
        across, down = _free(shape, taken) if taken else (0, 0)
        taken |= {
            (x + across + left, y + down + top)
            for x, y in shape
            for left in range(-GAP, GAP + 1)
            for top in range(-GAP, GAP + 1)
        }
        places |= {node: (x + across * CELL, y + down * CELL) for node, (x, y) in drawing.items()}
    if not places:
        return places
    left, right, top, bottom = _span(taken)
    middle = (left + right + 1) / 2 * CELL, (top + bottom + 1) / 2 * CELL
    return {node: (x - middle[0], y - middle[1]) for node, (x, y) in places.items()}


def _free(shape: set[_Cell], taken: set[_Cell]) -> _Cell:
    """The shift in cells that moves a shape clear of the taken cells."""
    span, whole = _span(shape), _span(taken)
    middle = [(whole[axis] + whole[axis + 1] - span[axis] - span[axis + 1]) / 2 for axis in (0, 2)]
    steps = [
        max(1, (whole[axis + 1] - whole[axis] + span[axis + 1] - span[axis]) // STEPS) for axis in (0, 2)
    ]

    def ways(axis: int) -> range:
        first, last = whole[axis] - span[axis + 1] - 1, whole[axis + 1] - span[axis] + 1
        return range(first, last + steps[axis // 2], steps[axis // 2])

    def growth(move: _Cell) -> tuple[float, float]:
        left, right = min(whole[0], span[0] + move[0]), max(whole[1], span[1] + move[0])
        top, bottom = min(whole[2], span[2] + move[1]), max(whole[3], span[3] + move[1])
        away = hypot((move[0] - middle[0]) / WIDE, move[1] - middle[1])
        return max((right - left) / WIDE, bottom - top), away

    moves = sorted(((x, y) for x in ways(0) for y in ways(2)), key=growth)
    return next(move for move in moves if taken.isdisjoint((x + move[0], y + move[1]) for x, y in shape))


def _shape(places: Mapping[str, Point], sizes: Mapping[str, Box], lines: Iterable[Pair]) -> set[_Cell]:
    """The cells covered by nodes and lines with their labels."""
    cells = set[_Cell]()
    for node, (x, y) in places.items():
        cells |= _covered((x, y + BELOW), sizes[node])
    for one, other in lines:
        (x, y), (right, bottom) = places[one], places[other]
        cells |= _covered(((x + right) / 2, (y + bottom) / 2), LABEL)
        number = ceil(hypot(right - x, bottom - y) / CELL)
        cells |= {
            (
                floor((x + (right - x) * at / number) / CELL),
                floor((y + (bottom - y) * at / number) / CELL),
            )
            for at in range(number)
        }
    return cells


def _covered(at: Point, box: Box) -> set[_Cell]:
    left, right = floor((at[0] - box[0] / 2) / CELL), floor((at[0] + box[0] / 2) / CELL)
    top, bottom = floor((at[1] - box[1] / 2) / CELL), floor((at[1] + box[1] / 2) / CELL)
    return {(x, y) for x in range(left, right + 1) for y in range(top, bottom + 1)}


def _span(cells: set[_Cell]) -> _Span:
    across, down = [x for x, _ in cells], [y for _, y in cells]
    return min(across), max(across), min(down), max(down)
