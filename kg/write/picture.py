"""The first view of the graph page as a picture for reports: SVG, or PNG.

The same things in the same places, on white; several relations of a pair are one line. Text in SVG can be
selected. PNG needs `kg[png]` (resvg).
"""

from __future__ import annotations

from collections import defaultdict
from math import cos, hypot, pi, sin

from kg.errors import Error
from kg.model import Knowledge, Statement
from kg.ontology import Ontology
from kg.write.markup import Element, el, svg
from kg.write.network import ends
from kg.write.page.drawing import Drawing, drawing, is_dull, radius, short
from kg.write.page.looks import Families
from kg.write.untangle import Point

MARGIN = 40.0
NAME, RELATION, ROW = 13.5, 12.0, 16.0  # pixels
FONT = "Segoe UI, Liberation Sans, Noto Sans, DejaVu Sans, Arial, sans-serif"
_Covered = tuple[float, float, float, float]  # centre, width and height of a box
INK, GREY, LINE = "#1b2026", "#56606b", "#8d96a0"

_RAYS: list[tuple[float, float]] = [(0.41 if n % 2 else 1.07, n * pi / 5) for n in range(10)]
_CORNERS: dict[str, list[tuple[float, float]]] = {
    "square": [(-1, -1), (1, -1), (1, 1), (-1, 1)],
    "diamond": [(0, -1), (1, 0), (0, 1), (-1, 0)],
    "triangle": [(0, -0.8868), (1, 0.8453), (-1, 0.8453)],
    "triangleDown": [(0, 0.8868), (1, -0.8453), (-1, -0.8453)],
    "hexagon": [(cos(n * pi / 3), sin(n * pi / 3)) for n in range(6)],
    "star": [(ray * sin(turn), 0.08 - ray * cos(turn)) for ray, turn in _RAYS],
}


class NoPngError(Error):
    """The package for writing PNG is not installed."""


def picture(knowledge: Knowledge, ontology: Ontology) -> str:
    """SVG."""
    drawn = drawing(knowledge, ontology)
    at = {
        key: (drawn.places[key][0] / drawn.scale, drawn.places[key][1] / drawn.scale) for key in drawn.first
    }
    related = _related(knowledge, ontology, drawn)
    nodes = [each for key in drawn.first for each in _node(key, at[key], knowledge, ontology, drawn)]
    halves = {key: max(60.0, 4.2 * max(map(len, _rows(knowledge, key)))) for key in drawn.first}
    taken = [
        box
        for key in drawn.first
        for box in _covered(_rows(knowledge, key), at[key], radius(drawn.weight[key]))
    ]
    lines = [each for pair in drawn.lines for each in _line(related[frozenset(pair)], at, drawn)]
    names = [each for pair in drawn.lines for each in _name(related[frozenset(pair)], at, taken)]
    left = min((at[key][0] - halves[key] for key in drawn.first), default=0.0) - MARGIN
    right = max((at[key][0] + halves[key] for key in drawn.first), default=0.0) + MARGIN
    top = min((y for _, y in at.values()), default=0.0) - MARGIN
    bottom = max((y for _, y in at.values()), default=0.0) + MARGIN + 3 * ROW
    width, height = round(right - left), round(bottom - top)
    whole = el(
        "svg",
        el("title", "Knowledge graph"),
        el("rect", x=round(left), y=round(top), width=width, height=height, fill="#ffffff"),
        *lines,
        *names,
        *nodes,
        viewBox=f"{round(left)} {round(top)} {width} {height}",
        width=width,
        height=height,
        **{"font-family": FONT, "text-anchor": "middle"},
    )
    return svg(whole)


def png(text: str) -> bytes:
    """An SVG as PNG, at twice its size in pixels. Raises NoPngError."""
    try:
        import resvg_py
    except ImportError as error:
        raise NoPngError from error
    return bytes(resvg_py.svg_to_bytes(svg_string=text, zoom=2, sans_serif_family="Liberation Sans"))


def _related(
    knowledge: Knowledge, ontology: Ontology, drawn: Drawing
) -> dict[frozenset[str], list[Statement]]:
    """The plain facts of each pair, those with the most witnesses first."""
    first = set(drawn.first)
    found: dict[frozenset[str], list[Statement]] = defaultdict(list)
    for statement in knowledge.statements:
        pair = frozenset(ends(statement))
        if (
            len(pair) == 2
            and pair <= first
            and statement.plain
            and not is_dull(statement.predicate, ontology)
        ):
            found[pair].append(statement)
    for told in found.values():
        told.sort(key=lambda statement: (-statement.independent, -statement.confidence, statement.id))
    return found


def _line(told: list[Statement], at: dict[str, Point], drawn: Drawing) -> list[Element]:
    lead = told[0]
    start, end = ends(lead)
    both = any(ends(statement) != (start, end) for statement in told)
    begun = _border(at[start], at[end], radius(drawn.weight[start]))
    ended = _border(at[end], at[start], radius(drawn.weight[end]))
    wide = min(5.0, 1.5 + 0.8 * (len(told).bit_length() - 1))
    found = [el("line", x1=begun[0], y1=begun[1], x2=ended[0], y2=ended[1], stroke=LINE, stroke_width=wide)]
    found.append(_head(ended, at[start]))
    if both:
        found.append(_head(begun, at[end]))
    return found


def _name(told: list[Statement], at: dict[str, Point], taken: list[_Covered]) -> list[Element]:
    """The relation on its line, if there is room."""
    start, end = (at[key] for key in ends(told[0]))
    rows = [told[0].label] + ([f"{len(told)} relations"] if len(told) > 1 else [])
    size = 6.4 * max(map(len, rows)), ROW * len(rows)
    for share in (0.5, 0.42, 0.58, 0.34, 0.66):
        x, y = start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share
        if not any(abs(x - cx) * 2 < size[0] + w and abs(y - cy) * 2 < size[1] + h for cx, cy, w, h in taken):
            taken.append((x, y, *size))
            return _text(rows, x, y, RELATION, 400, GREY)
    return []


def _covered(rows: list[str], at: Point, size: float) -> list[_Covered]:
    """The area of a node and its label."""
    high = len(rows) * ROW
    label = (at[0], at[1] + size + 3 + high / 2, 8.0 * max(map(len, rows)), high)
    return [(*at, 2 * size, 2 * size), label]


def _border(here: Point, there: Point, away: float) -> Point:
    """The point of the line at distance `away`."""
    length = hypot(there[0] - here[0], there[1] - here[1]) or 1.0
    step = (away + 2) / length
    return round(here[0] + (there[0] - here[0]) * step, 1), round(here[1] + (there[1] - here[1]) * step, 1)


def _head(tip: Point, back: Point) -> Element:
    """An arrow's head."""
    length = hypot(back[0] - tip[0], back[1] - tip[1]) or 1.0
    across, down = (back[0] - tip[0]) / length, (back[1] - tip[1]) / length
    corners = [(0, 0), (11, 4.2), (11, -4.2)]
    points = (
        (tip[0] + across * far - down * side, tip[1] + down * far + across * side) for far, side in corners
    )
    return el("polygon", points=" ".join(f"{x:.1f},{y:.1f}" for x, y in points), fill=LINE)


def _node(key: str, at: Point, knowledge: Knowledge, ontology: Ontology, drawn: Drawing) -> list[Element]:
    x, y = round(at[0], 1), round(at[1], 1)
    colour, shape = Families(ontology).look(knowledge.nodes()[key].type)
    size = radius(drawn.weight[key])
    if shape in _CORNERS:
        points = " ".join(
            f"{x + across * size:.1f},{y + down * size:.1f}" for across, down in _CORNERS[shape]
        )
        mark = el("polygon", points=points, fill=colour)
    else:
        mark = el("circle", cx=x, cy=y, r=size, fill=colour)
    rows = _rows(knowledge, key)
    return [mark, *_text(rows, x, y + size + 3 + len(rows) * ROW / 2, NAME, 600, INK)]


def _rows(knowledge: Knowledge, key: str) -> list[str]:
    return short(knowledge.nodes()[key].label).split("\n")


def _text(rows: list[str], x: float, y: float, size: float, weight: int, colour: str) -> list[Element]:
    """Rows of text around a centre, with a halo that separates them from lines."""
    look: dict[str, str | float] = {"font_size": size, "font_weight": weight, "fill": colour}
    look |= {"stroke": "#ffffff", "stroke_width": 4, "stroke_linejoin": "round", "paint_order": "stroke"}
    first = y - (len(rows) - 1) * ROW / 2 + size * 0.35
    return [
        el("text", row, x=round(x, 1), y=round(first + number * ROW, 1), **look)
        for number, row in enumerate(rows)
    ]
