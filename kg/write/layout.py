"""Where each node of a graph is drawn, computed beforehand so that the page stands still.

The nodes of the first view are laid out by force (Fruchterman and Reingold, 1991, by networkx) and
untangled, each connected part on its own, and the parts packed around the middle. All others are then
set around them, each as near as it can to its neighbours. No two nodes overlap, labels included: a
node takes the free place nearest to where it would like to be. Left out: routing of edges around nodes.

Same graph, same places: nothing here depends on the order of a set, and the seed is fixed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import atan2, cos, floor, hypot, pi, sin
from typing import TYPE_CHECKING

from kg.write.untangle import WIDE, Box, Point, untangle

if TYPE_CHECKING:
    from networkx import Graph, MultiDiGraph

EDGE = 200.0  # wanted length of an edge: room for two half labels and the relation between them
FLAT = 0.7  # screens are wider than high, and so are labels
FLATS = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.2)  # tried when parts are packed
MARGIN = 24.0  # between two boxes
SEED = 1


def layout(graph: MultiDiGraph, sizes: Mapping[str, Box], first: Sequence[str]) -> dict[str, Point]:
    """The centre of every node, in whole pixels, y downwards.

    `sizes` holds every node, the most important first; `first` those of the first view.
    """
    plain = _plain(graph, sizes)
    rank = {node: position for position, node in enumerate(sizes)}
    space, places = _Space(), dict[str, Point]()

    def put(node: str, wish: Point) -> None:
        places[node] = space.take(wish, sizes[node])

    for node, wish in _core(_part(plain, first), sizes, rank).items():
        put(node, wish)
    for node in _outwards(plain, first, rank):
        put(node, _beside([places[other] for other in plain[node] if other in places]))
    return {node: (float(round(x)), float(round(y))) for node, (x, y) in places.items()}


def _plain(graph: MultiDiGraph, nodes: Iterable[str]) -> Graph:
    """Undirected, no loops, one edge between two nodes; in the order of `nodes`."""
    import networkx

    plain = networkx.Graph()
    plain.add_nodes_from(nodes)
    plain.add_edges_from((start, end) for start, end in graph.edges() if start != end)
    return plain


def _part(graph: Graph, nodes: Iterable[str]) -> Graph:
    """Like `Graph.subgraph`, which iterates over a set."""
    import networkx

    part = networkx.Graph()
    part.add_nodes_from(nodes)
    part.add_edges_from(edge for edge in graph.edges if edge[0] in part and edge[1] in part)
    return part


def _core(graph: Graph, sizes: Mapping[str, Box], rank: Mapping[str, int]) -> dict[str, Point]:
    """Places by force for each connected part, and the parts side by side."""
    import networkx

    parts = [sorted(part, key=rank.__getitem__) for part in networkx.connected_components(graph)]
    parts.sort(key=lambda part: (-len(part), rank[part[0]]))
    drawn = [_by_force(_part(graph, part), sizes) for part in parts]
    packed = (_packed(drawn, sizes, flat) for flat in FLATS)
    return min(packed, key=lambda places: max(_size(places, sizes)[0] / WIDE, _size(places, sizes)[1]))


def _packed(drawn: Sequence[dict[str, Point]], sizes: Mapping[str, Box], flat: float) -> dict[str, Point]:
    """Drawings side by side, the first in the middle."""
    yard, places = _Space(flat), dict[str, Point]()
    for part in drawn:
        left, right, top, bottom = _extents(part, sizes)
        x, y = yard.take((0.0, 0.0), (right - left, bottom - top))
        across, down = x - (left + right) / 2, y - (top + bottom) / 2
        places.update({node: (at[0] + across, at[1] + down) for node, at in part.items()})
    return places


def _by_force(graph: Graph, sizes: Mapping[str, Box]) -> dict[str, Point]:
    import networkx

    found = networkx.spring_layout(graph, seed=SEED, iterations=300, k=1.6 / len(graph) ** 0.5)
    lines = list(graph.edges)
    lengths = sorted(hypot(*(found[end] - found[start])) for start, end in lines)
    scale = EDGE / lengths[len(lengths) // 2] if lengths else 0.0
    places = {node: (float(x) * scale, float(y) * scale * FLAT) for node, (x, y) in found.items()}
    space = _Space()
    return {node: space.take(at, sizes[node]) for node, at in untangle(places, sizes, lines).items()}


def _outwards(graph: Graph, core: Sequence[str], rank: Mapping[str, int]) -> Iterator[str]:
    """All nodes outside the core: neighbours of what is placed before those further off."""
    import networkx

    seen = set(core)
    starts = [list(core)] if core else []
    for start in (*starts, *([node] for node in rank)):
        if start[0] in seen and start != list(core):
            continue
        for layer in networkx.bfs_layers(graph, start):
            for node in sorted(layer, key=rank.__getitem__):
                if node not in seen:
                    seen.add(node)
                    yield node


def _beside(neighbours: Sequence[Point]) -> Point:
    """Amid the neighbours; outside of the only one, so that the edge between has room for its label."""
    if not neighbours:
        return (0.0, 0.0)
    x = sum(x for x, _ in neighbours) / len(neighbours)
    y = sum(y for _, y in neighbours) / len(neighbours)
    distance = hypot(x, y)
    if len(neighbours) > 1 or not distance:
        return x, y
    stretch = 1 + 0.6 * EDGE / distance
    return x * stretch, y * stretch


def _size(places: Mapping[str, Point], sizes: Mapping[str, Box]) -> Box:
    left, right, top, bottom = _extents(places, sizes)
    return right - left, bottom - top


def _extents(places: Mapping[str, Point], sizes: Mapping[str, Box]) -> tuple[float, float, float, float]:
    """The leftmost, rightmost, topmost and bottommost pixel that is covered; 0 where nothing is."""
    return (
        min((at[0] - sizes[node][0] / 2 for node, at in places.items()), default=0.0),
        max((at[0] + sizes[node][0] / 2 for node, at in places.items()), default=0.0),
        min((at[1] - sizes[node][1] / 2 for node, at in places.items()), default=0.0),
        max((at[1] + sizes[node][1] / 2 for node, at in places.items()), default=0.0),
    )


class _Space:
    """A plane on which boxes take places without overlapping."""

    CELL = 24.0  # pixels; boxes overlap when they share a cell

    def __init__(self, flat: float = FLAT) -> None:
        self._flat = flat
        self._taken: set[tuple[int, int]] = set()
        self._searched: dict[tuple[int, int], float] = {}  # wish, coarsely -> radius found full

    def take(self, wish: Point, box: Box) -> Point:
        """The free place nearest to `wish`; what lies away from the middle first."""
        corner = (floor(wish[0] / 200), floor(wish[1] / 200))
        outward = atan2(wish[1], wish[0])
        radius = self._searched.get(corner, 0.0)
        while True:
            step = self.CELL * (1 + radius / 300)  # far from the wish, a little further is no matter
            for angle in _angles(outward, radius, step * 1.5):
                at = (wish[0] + radius * cos(angle), wish[1] + radius * self._flat * sin(angle))
                if self._free(at, box):
                    # a later, smaller box may fit somewhat further in, but not near the middle
                    self._searched[corner] = max(0.0, radius - 2 * step)
                    return at
            radius += step

    def _free(self, at: Point, box: Box) -> bool:
        """Whether the box fits at `at`; if so, it takes the place."""
        width, height = box[0] + MARGIN, box[1] + MARGIN
        left, right = floor((at[0] - width / 2) / self.CELL), floor((at[0] + width / 2) / self.CELL)
        top, bottom = floor((at[1] - height / 2) / self.CELL), floor((at[1] + height / 2) / self.CELL)
        corners = ((left, top), (left, bottom), (right, top), (right, bottom))
        if not self._taken.isdisjoint(corners):  # nearly always enough, and quick
            return False
        cells = [(x, y) for x in range(left, right + 1) for y in range(top, bottom + 1)]
        if not self._taken.isdisjoint(cells):
            return False
        self._taken.update(cells)
        return True


def _angles(start: float, radius: float, step: float) -> Iterator[float]:
    """Directions around a circle, `step` pixels apart, from `start` to both sides."""
    number = max(1, round(2 * pi * radius / step))
    for turn in range(number):
        side = 1 if turn % 2 else -1
        yield start + side * ((turn + 1) // 2) * 2 * pi / number
