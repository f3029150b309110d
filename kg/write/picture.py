"""The first view of the graph page as a picture for reports: SVG, or PNG.

It shows the same things in the same places as the page, on white, with a legend; several relations between
two things are one line. Text in SVG can be selected. resvg makes PNG from the SVG.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from math import cos, hypot, inf, pi, sin

from kg.model import Knowledge, Statement
from kg.ontology import Ontology
from kg.write.markup import Element, el, svg
from kg.write.network import ends
from kg.write.page.drawing import Drawing, drawing, is_dull, radius, short
from kg.write.page.looks import Families
from kg.write.untangle import Point

MARGIN = 40.0  # free space around the drawing, in pixels
# font size of a name, font size of a relation, and height of a line of text, in pixels
NAME, RELATION, ROW = 13.5, 12.0, 16.0
FONT = "Segoe UI, Liberation Sans, Noto Sans, DejaVu Sans, Arial, sans-serif"
_Covered = tuple[float, float, float, float]  # centre, width and height of a box
LEGEND = 24.0  # height of a row of the legend, in pixels
INK, GREY, LINE, DISAGREE = "#1b2026", "#56606b", "#8d96a0", "#855600"

_RAYS: list[tuple[float, float]] = [(0.41 if n % 2 else 1.07, n * pi / 5) for n in range(10)]
_CORNERS: dict[str, list[tuple[float, float]]] = {
    "square": [(-1, -1), (1, -1), (1, 1), (-1, 1)],
    "diamond": [(0, -1), (1, 0), (0, 1), (-1, 0)],
    "triangle": [(0, -0.8868), (1, 0.8453), (-1, 0.8453)],
    "triangleDown": [(0, 0.8868), (1, -0.8453), (-1, -0.8453)],
    "hexagon": [(cos(n * pi / 3), sin(n * pi / 3)) for n in range(6)],
    "star": [(ray * sin(turn), 0.08 - ray * cos(turn)) for ray, turn in _RAYS],
}


def picture(knowledge: Knowledge, ontology: Ontology) -> str:
    """The picture as SVG."""
    drawn = drawing(knowledge, ontology)
    at = {
        key: (drawn.places[key][0] / drawn.scale, drawn.places[key][1] / drawn.scale) for key in drawn.first
    }
    related = _related(knowledge, ontology, drawn)
    nodes = [each for key in drawn.first for each in _node(key, at[key], knowledge, ontology, drawn)]
    halves = {key: max(60.0, 4.2 * max(map(len, _rows(knowledge, key)))) for key in drawn.first}
    covers = {key: _covered(_rows(knowledge, key), at[key], radius(drawn.weight[key])) for key in drawn.first}
    lines = [each for pair in drawn.lines for each in _line(related[frozenset(pair)], at, covers)]
    taken = [box for key in drawn.first for box in covers[key]]
    names = [each for pair in drawn.lines for each in _name(related[frozenset(pair)], at, covers, taken)]
    left = min((at[key][0] - halves[key] for key in drawn.first), default=0.0) - MARGIN
    right = max((at[key][0] + halves[key] for key in drawn.first), default=0.0) + MARGIN
    top = min((y for _, y in at.values()), default=0.0) - MARGIN
    bottom = max((y for _, y in at.values()), default=0.0) + MARGIN + 3 * ROW
    legend, rows = _legend(knowledge, ontology, drawn, left + MARGIN / 2, bottom, right - left - MARGIN)
    width, height = round(right - left), round(bottom + rows * LEGEND - top)
    whole = el(
        "svg",
        el("title", "Knowledge graph"),
        el("rect", x=round(left), y=round(top), width=width, height=height, fill="#ffffff"),
        *lines,
        *names,
        *nodes,
        *legend,
        viewBox=f"{round(left)} {round(top)} {width} {height}",
        width=width,
        height=height,
        **{"font-family": FONT, "text-anchor": "middle"},
    )
    return svg(whole)


def png(text: str) -> bytes:
    """An SVG as PNG, at twice its size in pixels."""
    import resvg_py

    return bytes(resvg_py.svg_to_bytes(svg_string=text, zoom=2, sans_serif_family="Liberation Sans"))


def _related(
    knowledge: Knowledge, ontology: Ontology, drawn: Drawing
) -> dict[frozenset[str], list[Statement]]:
    """Pair of things -> the plain facts between them, those with the most independent articles first."""
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


def _legend(
    knowledge: Knowledge, ontology: Ontology, drawn: Drawing, left: float, top: float, width: float
) -> tuple[list[Element], int]:
    """The elements of the legend, which explains shapes and marks, and the number of its rows."""
    families = Families(ontology)
    things = knowledge.nodes()
    used = families.used(families.of(things[key].type) for key in drawn.first)
    marks = [([_mark(each["shape"], each["colour"], 0, 0, 7)], each["label"]) for each in used]
    if _contested(knowledge) & set(drawn.first):
        marks.append((_badge(0, 0), "the articles disagree"))
    found: list[Element] = []
    x, row = left, 0
    for mark, label in marks:
        wide = 40 + 6.6 * len(label)
        if x + wide > left + width and x > left:
            x, row = left, row + 1
        text = el("text", label, x=14, y=RELATION * 0.35, font_size=RELATION, fill=INK, text_anchor="start")
        moved = f"translate({x + 9:.0f} {top + row * LEGEND:.0f})"
        found.append(el("g", *mark, text, transform=moved))
        x += wide
    return found, row + 1 if marks else 0


def _contested(knowledge: Knowledge) -> set[str]:
    return {conflict.subject for conflict in knowledge.conflicts}


def _badge(x: float, y: float) -> list[Element]:
    """The mark of a thing about which the articles disagree."""
    sign = el("text", "≠", x=x, y=y + 4.2, font_size=12, font_weight=700, fill="#ffffff")
    return [el("circle", cx=x, cy=y, r=8, fill=DISAGREE), sign]


def _line(told: list[Statement], at: dict[str, Point], covers: dict[str, list[_Covered]]) -> list[Element]:
    lead = told[0]
    start, end = ends(lead)
    both = any(ends(statement) != (start, end) for statement in told)
    begun, ended = _course(lead, at, covers)
    wide = min(5.0, 1.5 + 0.8 * (len(told).bit_length() - 1))
    found = [el("line", x1=begun[0], y1=begun[1], x2=ended[0], y2=ended[1], stroke=LINE, stroke_width=wide)]
    found.append(_head(ended, at[start]))
    if both:
        found.append(_head(begun, at[end]))
    return found


def _course(fact: Statement, at: dict[str, Point], covers: dict[str, list[_Covered]]) -> tuple[Point, Point]:
    """The start and end of the visible part of a line, outside of its two nodes."""
    start, end = ends(fact)
    return _border(at[start], at[end], covers[start]), _border(at[end], at[start], covers[end])


def _name(
    told: list[Statement],
    at: dict[str, Point],
    covers: dict[str, list[_Covered]],
    taken: list[_Covered],
) -> list[Element]:
    """The label of the relations between two things, on their line; nothing if there is no room for it."""
    start, end = _course(told[0], at, covers)
    rows = [told[0].label] + ([f"{len(told)} relations"] if len(told) > 1 else [])
    size = 6.4 * max(map(len, rows)), ROW * len(rows)
    for share in (0.5, 0.42, 0.58, 0.34, 0.66):
        x, y = start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share
        if not any(abs(x - cx) * 2 < size[0] + w and abs(y - cy) * 2 < size[1] + h for cx, cy, w, h in taken):
            taken.append((x, y, *size))
            gap = el(
                "rect",
                x=round(x - size[0] / 2, 1),
                y=round(y - size[1] / 2 + 2, 1),
                width=round(size[0], 1),
                height=size[1] - 4,
                fill="#ffffff",
            )
            return [gap, *_text(rows, x, y, RELATION, 400, GREY)]
    return []


def _covered(rows: list[str], at: Point, size: float) -> list[_Covered]:
    """The areas that a node and its label cover."""
    high = len(rows) * ROW
    label = (at[0], at[1] + size + 3 + high / 2, 8.0 * max(map(len, rows)), high)
    return [(*at, 2 * size, 2 * size), label]


def _border(here: Point, there: Point, covered: Sequence[_Covered]) -> Point:
    """The point at which a line from `here` to `there` leaves the node at `here`; if it passes through the
    node's label, the point at which it leaves the label.
    """
    length = hypot(there[0] - here[0], there[1] - here[1]) or 1.0
    across, down = (there[0] - here[0]) / length, (there[1] - here[1]) / length
    node, name = covered
    away = node[2] / 2 + 2
    enters, leaves = _through((across, down), here, name)
    if enters < leaves and enters < away + 8:
        away = max(away, min(leaves + 2, length / 2))
    return round(here[0] + across * away, 1), round(here[1] + down * away, 1)


def _through(way: Point, here: Point, box: _Covered) -> tuple[float, float]:
    """The distances along a ray from `here` at which it enters and leaves a box; if the ray misses the box,
    the first distance is larger than the second.
    """
    enters, leaves = 0.0, inf
    for step, start, middle, size in zip(way, here, box[:2], box[2:], strict=True):
        slope = step if abs(step) > 1e-9 else 1e-9
        sides = sorted((middle + side * size / 2 - start) / slope for side in (-1, 1))
        enters, leaves = max(enters, sides[0]), min(leaves, sides[1])
    return enters, leaves


def _head(tip: Point, back: Point) -> Element:
    """The head of an arrow."""
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
    rows = _rows(knowledge, key)
    return [
        _mark(shape, colour, x, y, size),
        *_text(rows, x, y + size + 3 + len(rows) * ROW / 2, NAME, 600, INK),
        *(_badge(round(x + 0.8 * size, 1), round(y - 0.8 * size, 1)) if key in _contested(knowledge) else []),
    ]


def _mark(shape: str, colour: str, x: float, y: float, size: float) -> Element:
    if shape not in _CORNERS:
        return el("circle", cx=x, cy=y, r=size, fill=colour)
    points = " ".join(f"{x + across * size:.1f},{y + down * size:.1f}" for across, down in _CORNERS[shape])
    return el("polygon", points=points, fill=colour)


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
