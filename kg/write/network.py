"""Knowledge -> a networkx graph: things are nodes, plain facts (or all statements) between them are edges.

    MultiDiGraph: node key = id of an entity or event, edge key = id of a statement

Attributes are plain (str, bool, int, float), the same on every node and on every edge, so that every
graph format can hold them; "" means that nothing is known. A statement about a text ("said: ...") is
no edge; it counts in `statements` of its subject. Left out: who took part in an event (that is no
statement; `kg.write.page` draws it).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from math import sqrt
from typing import TYPE_CHECKING

from kg.model import Entity, Event, Evidence, Knowledge, Statement, Time
from kg.ontology import Ontology

if TYPE_CHECKING:
    from networkx import MultiDiGraph

BETWEEN = " | "  # joins the members of a list in one attribute
DAMPING = 0.85  # of PageRank (Brin and Page, 1998)
ROUNDS = 40  # of its power iteration: by then ranks of the first hundred stand

Attributes = dict[str, str | bool | int | float]


def network(knowledge: Knowledge, ontology: Ontology, *, everything: bool = False) -> MultiDiGraph:
    """The graph of `knowledge`; nodes and edges in order of id.

    Edges are plain facts, and nodes the things that these speak of; with `everything` all statements, and
    all things.

    Nodes: label, kind ("entity" or "event"), type (local name), type_label, named, aliases,
    statements (it is an end of), articles, importance, time, when, place, documents.
    Edges: label, relation (local name), known, plain, doubts, factuality, speaker, time, when, place,
    event, confidence, articles, documents, sentence (the first that says so).
    Times are ISO 8601 dates or "start/end", where ".." is an open end, and `when` is how the article words
    them ("since 2019"); lists are joined by " | ".
    Raises KeyError for a statement about a thing that is not in `knowledge`.
    """
    import networkx

    things = knowledge.nodes()
    about: dict[str, list[Statement]] = defaultdict(list)
    for statement in knowledge.statements:
        for end in dict.fromkeys(ends(statement)):
            about[end].append(statement)
    weights = _weights(knowledge, things)
    heaviest = max(weights.values(), default=0.0) or 1.0

    told = [each for each in knowledge.statements if everything or each.plain]
    spoken = things.keys() if everything else {end for statement in told for end in ends(statement)}

    graph = networkx.MultiDiGraph()
    for key in sorted(spoken):
        importance = round(weights[key] / heaviest, 4)
        graph.add_node(key, **_node(things, things[key], len(about[key]), importance, ontology))
    for statement in sorted(told, key=lambda statement: statement.id):
        if isinstance(statement.object, str):
            graph.add_edge(*ends(statement), key=statement.id, **_edge(things, statement))
    return graph


def ends(statement: Statement) -> tuple[str, ...]:
    """The ids of the things that a statement is about: its subject and, unless a text, its object."""
    if isinstance(statement.object, str):
        return statement.subject, statement.object
    return (statement.subject,)


def interval(time: Time | None) -> str:
    """ISO 8601: "2026-01-12", "2026-01-12/2026-01-14"; "" where nothing is resolved. An end can be open.

    >>> interval(Time("", "2026-02-22", "by 22 February", interval=True))
    '../2026-02-22'
    """
    if time is None or not (time.start or time.end):
        return ""
    if time.interval:
        return f"{time.start or '..'}/{time.end or '..'}"
    return time.start if time.start == time.end else f"{time.start}/{time.end}"


def _weights(knowledge: Knowledge, things: Mapping[str, Entity | Event]) -> dict[str, float]:
    """How much each thing matters: the geometric mean of its centrality and of its articles.

    A thing that five articles mention matters more than one that a single article dwells on.
    """
    links: dict[tuple[str, str], float] = defaultdict(float)
    spoken: dict[str, float] = defaultdict(float)  # of it alone: what it said, how many there were
    for statement in knowledge.statements:
        weight = statement.independent * (1.0 if statement.plain else 0.5)
        if isinstance(statement.object, str) and statement.object != statement.subject:
            links[min(ends(statement)), max(ends(statement))] += weight
        else:
            spoken[statement.subject] += weight
    central = _pagerank(sorted(things), links, spoken)
    return {key: sqrt(central[key] * len(thing.documents)) for key, thing in things.items()}


def _pagerank(
    keys: list[str], links: Mapping[tuple[str, str], float], spoken: Mapping[str, float]
) -> dict[str, float]:
    """PageRank of an undirected graph; networkx's own would bring in scipy for these few lines."""
    import numpy

    place = {key: number for number, key in enumerate(keys)}
    pairs = sorted(links)
    one = numpy.array([place[low] for low, _ in pairs], dtype=numpy.intp)
    other = numpy.array([place[high] for _, high in pairs], dtype=numpy.intp)
    weight = numpy.array([links[pair] for pair in pairs], dtype=float)
    size = len(keys)
    start = numpy.array([1.0 + spoken.get(key, 0.0) for key in keys])
    start /= max(float(start.sum()), 1.0)
    strength = numpy.bincount(one, weight, size) + numpy.bincount(other, weight, size)
    share = numpy.divide(1.0, strength, out=numpy.zeros(size), where=strength > 0)
    rank = start
    for _ in range(ROUNDS):
        give = rank * share
        got = numpy.bincount(one, give[other] * weight, size) + numpy.bincount(
            other, give[one] * weight, size
        )
        rank = (1 - DAMPING) * start + DAMPING * got
    return dict(zip(keys, rank.tolist(), strict=True))


def _node(
    things: dict[str, Entity | Event],
    thing: Entity | Event,
    statements: int,
    importance: float,
    ontology: Ontology,
) -> Attributes:
    known = ontology.classes.get(thing.type)
    event = thing if isinstance(thing, Event) else None
    return {
        "label": thing.label,
        "kind": "event" if event else "entity",
        "type": thing.type,
        "type_label": known.label if known else thing.type,
        "named": thing.named if isinstance(thing, Entity) else False,
        "aliases": BETWEEN.join(thing.aliases),
        "statements": statements,
        "articles": len(thing.documents),
        "importance": importance,
        "time": interval(event.time) if event else "",
        "when": event.time.text if event and event.time else "",
        "place": _label(things, event.place) if event else "",
        "documents": BETWEEN.join(thing.documents),
    }


def _edge(things: dict[str, Entity | Event], statement: Statement) -> Attributes:
    documents = _documents(statement.evidence)
    return {
        "label": statement.label,
        "relation": statement.predicate,
        "known": statement.known,
        "plain": statement.plain,
        "doubts": BETWEEN.join(statement.doubts),
        "factuality": statement.factuality.value,
        "speaker": _label(things, statement.speaker),
        "time": interval(statement.time),
        "when": statement.time.text if statement.time else "",
        "place": _label(things, statement.place),
        "event": statement.event,
        "confidence": statement.confidence,
        "articles": len(documents),
        "documents": BETWEEN.join(documents),
        "sentence": statement.evidence[0].sentence,
    }


def _documents(evidence: tuple[Evidence, ...]) -> list[str]:
    return sorted({piece.document for piece in evidence})


def _label(things: dict[str, Entity | Event], key: str) -> str:
    return things[key].label if key else ""
