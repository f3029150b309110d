"""Makes a networkx graph: things are nodes, plain facts (or all statements) between them are edges.

    MultiDiGraph: node key = id of an entity or event, edge key = id of a statement

Values of attributes are str, bool, int or float; all nodes have the same attributes, and so have all edges,
so that every graph format can represent them; "" means unknown. A statement with a literal ("said: ...") is
not an edge, but counts in the attribute `statements` of its subject. Participation in events is not a
statement: `kg.write.property_graph` adds participants and literals.

A statement that is not a plain fact has another `relation`, so that a query for `met` never returns it:
"negated_met" if it is denied, "doubtful_met" if it is asserted but doubtful. An event that did not happen, or
may not have happened, has the `type` "UnassertedEvent", and its label says so.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from math import log2, sqrt
from typing import TYPE_CHECKING

from kg.model import Entity, Event, Evidence, Factuality, Knowledge, Statement, Text
from kg.ontology import INTEREST, Ontology
from kg.rdf import relations
from kg.rdf.terms import interval

if TYPE_CHECKING:
    from networkx import MultiDiGraph

BETWEEN = " | "  # separator of lists in one attribute
DAMPING = 0.85  # the damping factor of PageRank (Brin and Page, 1998)
ROUNDS = 40  # number of iterations of PageRank, after which the ranks of the first hundred things are stable
UNASSERTED = "UnassertedEvent"  # the class of denied, planned, possible or reported events, as in RDF
DOUBTFUL = "doubtful"  # the mark of a statement that is asserted, but not a plain fact

Attributes = dict[str, str | bool | int | float]


def network(
    knowledge: Knowledge, ontology: Ontology, *, everything: bool = False, also: Collection[str] = ()
) -> MultiDiGraph:
    """The graph of `knowledge`; nodes and edges in order of id.

    Edges are plain facts, and nodes are the things in them; with `everything`, edges are all statements, and
    nodes all things. `also`: ids of further things that become nodes.

    Nodes: label, kind ("entity" or "event"), type (local name), type_label, classes (the type and its
    superclasses), named, aliases, statements (of which it is an end), articles, importance, factuality and
    event_type (of an event), time, when, place, documents.
    Edges: label, relation (local name), known, plain, doubts, factuality, speaker, time, when, place, event,
    confidence, articles, documents, sentence (the first one).
    Times are ISO 8601 dates or "start/end", where ".." is an open end, and `when` is the wording of the
    article ("since 2019"); lists are joined by " | ".
    Raises KeyError for a statement about a thing that is not in `knowledge`.
    """
    import networkx

    things = knowledge.nodes()
    chosen = told(knowledge, everything=everything)
    graph = networkx.MultiDiGraph()
    for key, data in nodes(knowledge, ontology, chosen, everything=everything, also=also):
        graph.add_node(key, **data)
    for statement in chosen:
        if isinstance(statement.object, str):
            graph.add_edge(*ends(statement), key=statement.id, **edge(things, statement, ontology))
    return graph


def nodes(
    knowledge: Knowledge,
    ontology: Ontology,
    chosen: Iterable[Statement],
    *,
    everything: bool,
    also: Collection[str],
) -> Iterator[tuple[str, Attributes]]:
    """The nodes of `network`, in order; `chosen`: the statements that are its edges (`told`)."""
    things = knowledge.nodes()
    about = Counter(end for statement in knowledge.statements for end in dict.fromkeys(ends(statement)))
    weight = weights(knowledge, things, ontology)
    heaviest = max(weight.values(), default=0.0) or 1.0
    spoken = things.keys() if everything else {end for statement in chosen for end in ends(statement)}
    for key in sorted({*spoken, *also}):
        importance = round(weight[key] / heaviest, 4)
        yield key, _node(things, things[key], about[key], importance, ontology)


def told(knowledge: Knowledge, *, everything: bool) -> list[Statement]:
    """The plain facts, or all statements, in order of id."""
    chosen = (each for each in knowledge.statements if everything or each.plain)
    return sorted(chosen, key=lambda statement: statement.id)


def marked(name: str, mark: str, between: str = "_") -> str:
    """The name or label of an edge, with its mark as prefix; the mark of a plain fact is "".

    >>> marked("met", "negated"), marked("met", "negated", ": "), marked("met", "")
    ('negated_met', 'negated: met', 'met')
    """
    return f"{mark}{between}{name}" if mark else name


def mark_of(factuality: Factuality, *, plain: bool) -> str:
    """The mark of an edge: "" for a plain fact, `DOUBTFUL` if the statement is asserted but not a plain fact,
    otherwise its factuality.
    """
    if factuality is not Factuality.ASSERTED:
        return factuality.value
    return "" if plain else DOUBTFUL


def ends(statement: Statement) -> tuple[str, ...]:
    """The ids of the things that a statement is about: its subject and, unless a literal, its object."""
    if isinstance(statement.object, str):
        return statement.subject, statement.object
    return (statement.subject,)


def weights(
    knowledge: Knowledge, things: Mapping[str, Entity | Event], ontology: Ontology
) -> dict[str, float]:
    """The importance of each thing: the geometric mean of its centrality and the weight of its statements.

    Each plain fact counts once, weighted by the number of its independent articles and the interest of its
    relation; any other statement counts a tenth of that. Mentions do not count.
    """
    links: dict[tuple[str, str], float] = defaultdict(float)
    # thing -> weight of its statements with a literal (quotations)
    spoken: dict[str, float] = defaultdict(float)
    told: dict[str, dict[tuple[str, str], float]] = defaultdict(dict)
    for statement in knowledge.statements:
        weight = interest(statement, ontology) * (1.0 if statement.plain else 0.1)
        weight *= 1.0 + log2(max(1, statement.independent))
        if isinstance(statement.object, str) and statement.object != statement.subject:
            links[min(ends(statement)), max(ends(statement))] += weight
        else:
            spoken[statement.subject] += weight
        for one, other in ((statement.subject, statement.object), (statement.object, statement.subject)):
            if isinstance(one, str):
                fact = (statement.predicate, other if isinstance(other, str) else "")
                told[one][fact] = max(weight, told[one].get(fact, 0.0))
    central = _pagerank(sorted(things), links, spoken)
    return {key: sqrt(central[key] * (0.05 + sum(told[key].values()))) for key in things}


def interest(statement: Statement, ontology: Ontology) -> float:
    """How much the relation of a statement matters to a reader, from 0.1 to 1."""
    known = ontology.relations.get(statement.predicate)
    return max(0.1, known.interest if known else INTEREST)


def _pagerank(
    keys: list[str], links: Mapping[tuple[str, str], float], spoken: Mapping[str, float]
) -> dict[str, float]:
    """PageRank of an undirected graph. networkx's own function would need scipy as a further dependency."""
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
    things: Mapping[str, Entity | Event],
    thing: Entity | Event,
    statements: int,
    importance: float,
    ontology: Ontology,
) -> Attributes:
    event = thing if isinstance(thing, Event) else None
    happened = event is None or event.factuality is Factuality.ASSERTED
    unsaid = "" if event is None or happened else event.factuality.value
    type_ = thing.type if happened else UNASSERTED
    return {
        "label": f"{thing.label} ({unsaid})" if unsaid else thing.label,
        "kind": "event" if event else "entity",
        "type": type_,
        "type_label": f"{unsaid} {_called(thing.type, ontology)}".strip(),
        "classes": BETWEEN.join((type_, *_above(type_, ontology))),
        "named": thing.named if isinstance(thing, Entity) else False,
        "aliases": BETWEEN.join(thing.aliases),
        "statements": statements,
        "articles": len(thing.documents),
        "importance": importance,
        "factuality": event.factuality.value if event else "",
        "event_type": event.type if event else "",
        "time": interval(event.time) if event else "",
        "when": event.time.text if event and event.time else "",
        "place": _label(things, event.place) if event else "",
        "documents": BETWEEN.join(thing.documents),
    }


def _called(type_: str, ontology: Ontology) -> str:
    known = ontology.classes.get(type_)
    return known.label if known else type_


def _above(type_: str, ontology: Ontology) -> tuple[str, ...]:
    known = ontology.classes.get(type_)
    return known.parents if known else ()


def edge(things: Mapping[str, Entity | Event], statement: Statement, ontology: Ontology) -> Attributes:
    """The attributes of the edge of a statement."""
    documents = _documents(statement.evidence)
    mark = mark_of(statement.factuality, plain=statement.plain)
    words = isinstance(statement.object, Text)
    relation = relations.local(statement.predicate, statement.known, words, ontology)
    return {
        "label": marked(statement.label, mark, ": "),
        "relation": marked(relation, mark),
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


def _label(things: Mapping[str, Entity | Event], key: str) -> str:
    return things[key].label if key else ""
