"""Computes the position of each node in advance, so that nothing moves when the page opens.

The nodes of the first view are laid out by forces (Fruchterman and Reingold, 1991, by networkx) and untangled
(`kg.write.untangle`), each connected component by itself; then the components are packed. This drawing is
spread to make room for all other nodes: each cluster becomes an island around its nodes of the first view. A
cluster without such nodes is placed around its most important node, near the islands to which it is linked.
Isolated nodes are placed below. Nodes with their labels never overlap: a node takes the free place nearest to
its preferred position. Edges are not routed around nodes.

Other libraries (networkit, igraph) compute force-directed layouts of the whole graph fast, but they ignore
labels and would tear the drawing of the first view apart.

The same graph gives the same positions: nothing depends on the order of a set, and the seed is fixed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import atan2, cos, floor, hypot, pi, sin
from typing import TYPE_CHECKING

from kg.write.packing import packed
from kg.write.untangle import Box, Pair, Point, untangle

if TYPE_CHECKING:
    from networkx import Graph

EDGE = 200.0  # preferred edge length: room for two half labels and the relation between them
FLAT = 0.7  # height of a drawing relative to its width: screens and labels are wider than high
MARGIN = 24.0  # free space between two boxes
CELL = 24.0  # side of a grid cell of the plane on which boxes are placed
AIRY = 0.6  # room for nodes that are shown later, relative to what they would need in the first view
LINES = 36  # maximum number of lines of a drawing that is untangled; with more, crossings are inevitable
LOOSE = 2.0  # area for a cluster, relative to the total area of its boxes
SEED = 1


def layout(
    graph: Graph,
    sizes: Mapping[str, Box],
    first: Sequence[str],
    cluster: Mapping[str, int] | None = None,
    turn: Mapping[str, int] | None = None,
    lines: Iterable[Pair] | None = None,
) -> tuple[dict[str, Point], float]:
    """The centre of every node, in whole units (y grows downwards), and the number of units per pixel of the
    first view.

    `sizes`: the box of every node in pixels, the most important node first. `first`: the nodes of the first
    view. `cluster`: the number of each node's cluster, negative if it is in none. `turn`: for some nodes, how
    many are shown before them when users extend the view; the smaller this number, the more space the node
    gets. `lines`: the lines of the first view, the most important first; by default all between its nodes.
    """
    plain = _plain(graph, sizes)
    rank = {node: position for position, node in enumerate(sizes)}
    of = cluster or dict.fromkeys(sizes, 0)
    lonely = [node for node in sizes if not plain[node] and node not in first]
    members = _members(of, [node for node in sizes if plain[node] or node in first], rank)
    core = _core(_part(plain, first) if lines is None else _drawn(first, lines), sizes, rank)
    begun = {of[node] for node in core}

    scale = _scale(core, sizes, [node for number in begun for node in members[number]])
    space, places = _Space(), dict[str, Point]()
    wide = {node: max(1.0, AIRY * scale * (len(core) / (1 + at)) ** 0.5) for node, at in (turn or {}).items()}

    def put(node: str, wish: Point) -> None:
        width, height = sizes[node]
        spread = wide.get(node, 1.0)
        places[node] = space.take(wish, (width * spread, height * spread))

    def settle(number: int, centre: Point) -> None:
        """Place the nodes of a cluster around `centre`; neighbours of placed nodes come first."""
        part = _part(plain, members[number])
        for node in _outwards(part, [node for node in members[number] if node in places], rank):
            near = [places[other] for other in part[node] if other in places]
            put(node, _beside(near, centre, wide.get(node, 1.0)))

    for node, (x, y) in core.items():
        put(node, (x * scale, y * scale))
    for number in sorted(begun):
        settle(number, _middle([places[node] for node in members[number] if node in places]))
    yard = _Space(cell=120.0)
    for node, at in places.items():
        yard.cover(at, sizes[node])
    for number in members:
        if number not in begun:
            links = [other for node in members[number] for other in plain[node] if other in places]
            side = (LOOSE * sum(_area(sizes[node]) for node in members[number])) ** 0.5
            centre = yard.take(
                _middle([places[other] for other in links]), (side / FLAT**0.5, side * FLAT**0.5)
            )
            put(members[number][0], centre)
            settle(number, centre)
    places |= _rows(lonely, sizes, _extents(places, sizes))
    return {node: (float(round(x)), float(round(y))) for node, (x, y) in places.items()}, scale


def _members(of: Mapping[str, int], nodes: Iterable[str], rank: Mapping[str, int]) -> dict[int, list[str]]:
    """Cluster -> its nodes, the most important first; the largest cluster first."""
    found: dict[int, list[str]] = {}
    for node in sorted(nodes, key=rank.__getitem__):
        found.setdefault(of[node], []).append(node)
    return dict(sorted(found.items(), key=lambda item: (-len(item[1]), rank[item[1][0]])))


def _scale(core: Mapping[str, Point], sizes: Mapping[str, Box], nodes: Iterable[str]) -> float:
    """The factor by which the first view is spread, so that there is room for `nodes` in and around it."""
    width, height = _size(core, sizes)
    wanted = LOOSE * sum(_area(sizes[node]) for node in nodes if node not in core)
    return round(max(1.0, (wanted / (width * height)) ** 0.5), 2) if core else 1.0


def _area(size: Box) -> float:
    return (size[0] + MARGIN) * (size[1] + MARGIN)


def _middle(places: Sequence[Point]) -> Point:
    number = max(1, len(places))
    return sum(x for x, _ in places) / number, sum(y for _, y in places) / number


def _rows(
    nodes: Sequence[str], sizes: Mapping[str, Box], above: tuple[float, float, float, float]
) -> dict[str, Point]:
    """Positions of nodes in rows from left to right, below the area `above`."""
    wide = max(above[1] - above[0], (LOOSE * sum(_area(sizes[node]) for node in nodes)) ** 0.5)
    x, y, places = 0.0, above[3] + 4 * MARGIN, dict[str, Point]()
    middle, deep = (above[0] + above[1]) / 2, 0.0
    for node in nodes:
        width, height = sizes[node]
        if x + width > wide:
            x, y, deep = 0.0, y + deep + MARGIN, 0.0
        places[node] = (middle - wide / 2 + x + width / 2, y + height / 2)
        x, deep = x + width + MARGIN, max(deep, height)
    return places


def _plain(graph: Graph, nodes: Iterable[str]) -> Graph:
    """The graph without directions, loops and parallel edges; its nodes are in the order of `nodes`."""
    import networkx

    plain = networkx.Graph()
    plain.add_nodes_from(nodes)
    plain.add_edges_from((start, end) for start, end in graph.edges() if start != end)
    return plain


def _part(graph: Graph, nodes: Iterable[str]) -> Graph:
    """The part of a graph that consists of these nodes, in their order. (`Graph.subgraph` would give them in
    the order of a set.)
    """
    import networkx

    part = networkx.Graph()
    part.add_nodes_from(nodes)
    part.add_edges_from((node, other) for node in part for other in graph[node] if other in part)
    return part


def _drawn(nodes: Sequence[str], lines: Iterable[Pair]) -> Graph:
    import networkx

    graph = networkx.Graph()
    graph.add_nodes_from(nodes)
    graph.add_edges_from(lines)
    return graph


def _core(graph: Graph, sizes: Mapping[str, Box], rank: Mapping[str, int]) -> dict[str, Point]:
    """Positions of the nodes of the first view: each component is laid out by forces, and then the components
    are placed side by side.
    """
    import networkx

    parts = [sorted(part, key=rank.__getitem__) for part in networkx.connected_components(graph)]
    parts.sort(key=lambda part: (-len(part), rank[part[0]]))
    drawn = [_by_force(_part(graph, part), sizes) for part in parts]
    return packed(drawn, sizes, list(graph.edges))


def _by_force(graph: Graph, sizes: Mapping[str, Box]) -> dict[str, Point]:
    import networkx

    found = networkx.spring_layout(graph, seed=SEED, iterations=300, k=1.6 / len(graph) ** 0.5)
    lines = list(graph.edges)
    lengths = sorted(hypot(*(found[end] - found[start])) for start, end in lines)
    scale = EDGE / lengths[len(lengths) // 2] if lengths else 0.0
    places = {node: (float(x) * scale, float(y) * scale * FLAT) for node, (x, y) in found.items()}
    space = _Space()
    return {node: space.take(at, sizes[node]) for node, at in untangle(places, sizes, lines[:LINES]).items()}


def _outwards(graph: Graph, core: Sequence[str], rank: Mapping[str, int]) -> Iterator[str]:
    """All nodes outside `core`, the neighbours of placed nodes first. `rank`: 0 for the most important."""
    import networkx

    seen = set(core)
    starts = [list(core)] if core else []
    for start in (*starts, *([node] for node in graph)):
        if start[0] in seen and start != list(core):
            continue
        for layer in networkx.bfs_layers(graph, start):
            for node in sorted(layer, key=rank.__getitem__):
                if node not in seen:
                    seen.add(node)
                    yield node


def _beside(neighbours: Sequence[Point], centre: Point, spread: float) -> Point:
    """The preferred position of a node: in the middle of its placed neighbours.

    If there is only one, the position is beyond it as seen from `centre`, so that the edge has room for its
    label.
    """
    if not neighbours:
        return centre
    x, y = _middle(neighbours)
    distance = hypot(x - centre[0], y - centre[1])
    if len(neighbours) > 1 or not distance:
        return x, y
    stretch = 0.6 * EDGE * spread / distance
    return x + (x - centre[0]) * stretch, y + (y - centre[1]) * stretch


def _size(places: Mapping[str, Point], sizes: Mapping[str, Box]) -> Box:
    left, right, top, bottom = _extents(places, sizes)
    return right - left, bottom - top


def _extents(places: Mapping[str, Point], sizes: Mapping[str, Box]) -> tuple[float, float, float, float]:
    """The leftmost, rightmost, topmost and bottommost covered pixel; 0 if nothing is covered."""
    return (
        min((at[0] - sizes[node][0] / 2 for node, at in places.items()), default=0.0),
        max((at[0] + sizes[node][0] / 2 for node, at in places.items()), default=0.0),
        min((at[1] - sizes[node][1] / 2 for node, at in places.items()), default=0.0),
        max((at[1] + sizes[node][1] / 2 for node, at in places.items()), default=0.0),
    )


class _Space:
    """A plane on which boxes are placed so that none overlaps another."""

    def __init__(self, cell: float = CELL) -> None:
        self._cell = cell  # side of a grid cell in layout units; boxes that share a cell count as overlapping
        self._taken: set[tuple[int, int]] = set()
        # preferred position (rounded) -> radius of the circle around it in which there is no free place
        self._searched: dict[tuple[int, int], float] = {}

    def take(self, wish: Point, box: Box) -> Point:
        """Mark the free place nearest to `wish` as occupied, and return it. Of equally near places, one away
        from the middle of the plane is preferred.
        """
        corner = (floor(wish[0] / 200), floor(wish[1] / 200))
        outward = atan2(wish[1], wish[0])
        radius = self._searched.get(corner, 0.0)
        while True:
            step = self._cell * (
                1 + radius / (12 * self._cell)
            )  # the step grows with the radius: far from the preferred position, precision does not matter
            for angle in _angles(outward, radius, step * 1.5):
                at = (wish[0] + radius * cos(angle), wish[1] + radius * FLAT * sin(angle))
                if self._free(at, box):
                    # Later searches begin somewhat closer, because a smaller box may fit there.
                    self._searched[corner] = max(0.0, radius - 2 * step)
                    return at
            radius += step

    def _free(self, at: Point, box: Box) -> bool:
        """Whether the box fits at `at`. If it does, the space is marked as occupied."""
        left, right, top, bottom = self._span(at, box)
        corners = ((left, top), (left, bottom), (right, top), (right, bottom))
        if not self._taken.isdisjoint(corners):  # a fast test, which finds nearly all overlaps
            return False
        cells = [(x, y) for x in range(left, right + 1) for y in range(top, bottom + 1)]
        if not self._taken.isdisjoint(cells):
            return False
        self._taken.update(cells)
        return True

    def cover(self, at: Point, box: Box) -> None:
        """Mark this place as occupied, whether or not it is free."""
        left, right, top, bottom = self._span(at, box)
        self._taken.update((x, y) for x in range(left, right + 1) for y in range(top, bottom + 1))

    def _span(self, at: Point, box: Box) -> tuple[int, int, int, int]:
        width, height = box[0] + MARGIN, box[1] + MARGIN
        left, right = floor((at[0] - width / 2) / self._cell), floor((at[0] + width / 2) / self._cell)
        top, bottom = floor((at[1] - height / 2) / self._cell), floor((at[1] + height / 2) / self._cell)
        return left, right, top, bottom


def _angles(start: float, radius: float, step: float) -> Iterator[float]:
    """Angles around a circle whose points are `step` pixels apart, from `start` alternately to both sides."""
    number = max(1, round(2 * pi * radius / step))
    for turn in range(number):
        side = 1 if turn % 2 else -1
        yield start + side * ((turn + 1) // 2) * 2 * pi / number
