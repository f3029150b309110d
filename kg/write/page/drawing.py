"""Computes the first view and the positions of all things in advance, so that nothing moves.

networkx holds the graph; its communities (Louvain, Blondel et al., 2008) become islands of the drawing.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING

from kg.model import Entity, Event, Knowledge
from kg.ontology import Ontology
from kg.write.layout import layout
from kg.write.network import network
from kg.write.page.looks import kind
from kg.write.untangle import Box, Pair, Point

if TYPE_CHECKING:
    from networkx import Graph, MultiDiGraph

FIRST = 22  # maximum number of things in the first view: they fit on a laptop's screen with all labels
DULL = 0.25  # minimum interest of a relation in the first view; the same number is in choice.js
SEED = 1


@dataclass(frozen=True)
class Drawing:
    """What is drawn, and where. Things are given by their ids."""

    order: list[str]  # all things, the most important first
    first: list[str]  # the things of the first view, the most important first
    lines: list[Pair]  # the lines of the first view
    weight: dict[str, float]  # thing -> its importance, 0 to 1
    places: dict[str, Point]  # thing -> its position
    cluster: dict[str, int]  # thing -> number of its cluster, -1 for none
    scale: float  # how many units of `places` are one screen pixel in the first view


def drawing(knowledge: Knowledge, ontology: Ontology) -> Drawing:
    graph = network(knowledge, ontology, everything=True)
    things = knowledge.nodes()
    weight = {key: graph.nodes[key]["importance"] for key in graph}
    order = sorted(graph, key=lambda key: (-weight[key], key))
    named = {key for key in order if kind(things[key], ontology) == 0}
    related = _related(graph, things, ontology, named)
    first = _first(related, [key for key in order if key in named])
    linked = _linked(graph, knowledge, order)
    lines = _lines(first, related)
    cluster = _clusters(linked, first, lines)
    sizes = {key: box(things[key].label, radius(weight[key])) for key in order}
    turn = {key: place for place, key in enumerate(key for key in order if key in named and linked[key])}
    places, scale = layout(linked, sizes, first, cluster, turn, lines)
    return Drawing(order, first, lines, weight, places, cluster, scale)


def radius(weight: float) -> float:
    """The radius of a node of this importance (0 to 1), in screen pixels."""
    return round(8 + 14 * float(weight**0.7), 1)


def short(label: str, lines: int = 2) -> str:
    """The label in up to `lines` lines of 20 characters; the card of a thing shows it in full."""
    return "\n".join(wrap(label, 20, max_lines=lines, placeholder="…", break_on_hyphens=False))


def box(label: str, round_: float) -> Box:
    """The size of a node with its label: 8 pixels for a character, 17 for a line."""
    rows = short(label).split("\n")
    return max(2.0 * round_, 8.0 * max(map(len, rows))), 2.0 * round_ + 17.0 * len(rows)


def is_slight(subject: Entity | Event, wanted: Entity | Event, ontology: Ontology) -> bool:
    """Whether a line from `subject` to `wanted` shows only what the subject shows without the line.

    For example, the name of the office "mayor of Lowick" contains Lowick, and the card of an event shows its
    place.
    """
    if isinstance(subject, Event):
        return subject.place == wanted.id
    if not ontology.is_a(subject.type, "Position"):
        return False
    return re.search(rf"(?<!\w){re.escape(wanted.label)}(?!\w)", subject.label) is not None


def is_dull(relation: str, ontology: Ontology) -> bool:
    """Whether the interest of a relation is too low for the first view: "thanked", "located in"."""
    known = ontology.relations.get(relation)
    return known is not None and known.interest < DULL


def _related(
    graph: MultiDiGraph, things: Mapping[str, Entity | Event], ontology: Ontology, named: set[str]
) -> dict[str, set[str]]:
    """Named thing -> the other named things to which plain facts relate it."""
    related: dict[str, set[str]] = defaultdict(set)
    for start, end, fact in graph.edges(data=True):
        said = fact["plain"] and not is_slight(things[start], things[end], ontology)
        said = said and not is_dull(fact["relation"], ontology)
        if start != end and start in named and end in named and said:
            related[start].add(end)
            related[end].add(start)
    return related


def _first(related: Mapping[str, set[str]], ranked: Sequence[str]) -> list[str]:
    """The things of the first view: the most important ones that are related to one another."""
    seen, first = set[str](), set[str]()
    for key in ranked:
        seen.add(key)
        joined = related.get(key, set()) & seen
        if joined and len(first | joined | {key}) <= FIRST:
            first |= joined | {key}
    return [key for key in ranked if key in first]


def _lines(first: Sequence[str], related: Mapping[str, set[str]]) -> list[Pair]:
    """The lines of the first view, between the most important things first."""
    return [(one, other) for at, other in enumerate(first) for one in first[:at] if one in related[other]]


def _linked(graph: MultiDiGraph, knowledge: Knowledge, order: Sequence[str]) -> Graph:
    """The undirected graph of statements and of participation in events, without loops."""
    import networkx

    linked = networkx.Graph()
    linked.add_nodes_from(order)
    weights: Counter[tuple[str, str]] = Counter()
    for start, end, articles in graph.edges(data="articles"):
        weights[min(start, end), max(start, end)] += articles
    for event in knowledge.events:
        for other in (*(other for _, other in event.participants), *([event.place] if event.place else [])):
            weights[min(event.id, other), max(event.id, other)] += 1
    linked.add_weighted_edges_from((one, other, w) for (one, other), w in weights.items() if one != other)
    return linked


def _clusters(linked: Graph, first: Sequence[str], lines: Sequence[Pair]) -> dict[str, int]:
    """Node -> number of its cluster; 0 is the largest cluster, and -1 stands for a node in no cluster.

    The nodes of the first view are clustered by themselves, because in a community of the whole graph they
    might be connected only by nodes that the first view does not show. The other nodes join the nearest of
    these clusters, or form their own.
    """
    import networkx

    drawn = networkx.Graph()
    drawn.add_weighted_edges_from((one, other, linked[one][other]["weight"]) for one, other in lines)
    begun = {node: part[0] for part in _communities(drawn, first) for node in part}
    found: list[list[str]] = []
    for part in _communities(linked, list(linked)):
        nearest = {node: begun[node] for node in part if node in begun}
        inside = networkx.Graph(linked.subgraph(part)) if nearest else None
        queue = list(nearest)
        for node in queue:  # the clusters grow, breadth first, all at the same time
            for other in sorted(inside[node]) if inside else ():
                if other not in nearest:
                    nearest[other] = nearest[node]
                    queue.append(other)
        begun |= nearest
        if left := [node for node in part if node not in nearest]:
            found.append(left)  # Louvain's communities need not be connected
    together: dict[str, list[str]] = defaultdict(list)
    for node, head in begun.items():
        together[head].append(node)
    ordered = sorted([*found, *together.values()], key=lambda part: (-len(part), min(part)))
    return {node: number if len(part) > 1 else -1 for number, part in enumerate(ordered) for node in part}


def _communities(graph: Graph, nodes: Sequence[str]) -> list[list[str]]:
    """The Louvain communities of these nodes, the same in every run: they are computed for numbers instead of
    ids, because the order of a set of strings differs between runs.
    """
    import networkx

    number = {node: place for place, node in enumerate(nodes)}
    numbered = networkx.Graph()
    numbered.add_nodes_from(range(len(nodes)))
    numbered.add_weighted_edges_from(
        sorted((*sorted((number[a], number[b])), weight) for a, b, weight in graph.edges(data="weight"))
    )
    found = networkx.community.louvain_communities(numbered, seed=SEED)
    return [[nodes[place] for place in part] for part in sorted(map(sorted, found))]
