"""Completes the network of `kg.write.network` to a property graph.

Literals become nodes, and events are linked to their participants:

    (Ana Ruiz) <-[hasAgent]- (event: Ana Ruiz hosted Tom Reed) -[hasPlace]-> (Lima)
    (Tom Reed) -[said]-> (text: "We will sign a treaty.")

Roles have the same names as in RDF (`kg.rdf.items`). The roles of an event that did not happen, or may not
have happened, have a prefix, as statements have: "negated_hasAgent".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from kg.model import Entity, Event, Factuality, Knowledge, Role, Statement, Text
from kg.ontology import Ontology
from kg.rdf.items import FORCE, ROLES
from kg.write.network import BETWEEN, Attributes, edge, mark_of, marked, network, nodes, told

if TYPE_CHECKING:
    from networkx import MultiDiGraph

TEXT = "Text"  # the type of a node that is a literal
PLACE, PART, INVOLVED = "hasPlace", "subEventOf", "involves"


class Taking(NamedTuple):
    """A participant of an event, with its role."""

    event: Event
    role: str  # such as "hasAgent"
    other: str  # id of the participant


def property_graph(knowledge: Knowledge, ontology: Ontology, *, everything: bool = False) -> MultiDiGraph:
    """The network of the plain facts, with their events, the named participants of events, and literals.

    With `everything`, the network of all statements, with all events and all participants. Nodes have the
    attributes of the network; a literal has the `event_type` "", and its datatype as `type_label`.
    """
    chosen = told(knowledge, everything=everything)
    taking = list(_taking(knowledge, ontology, chosen, everything))
    also = {key for each in taking for key in (each.event.id, each.other)}
    graph = network(knowledge, ontology, everything=everything, also=also)
    things = knowledge.nodes()
    for statement in chosen:
        if isinstance(statement.object, Text):
            key = f"{statement.id}-object"
            graph.add_node(key, **_text(statement, statement.object))
            graph.add_edge(statement.subject, key, key=statement.id, **edge(things, statement, ontology))
    for each in taking:
        graph.add_edge(each.event.id, each.other, key=_key(each), **_role(each))
    return graph


class Stream(NamedTuple):
    """The nodes and edges of `property_graph`, in the same order, created one at a time."""

    nodes: Iterable[tuple[str, Attributes]]
    edges: Iterable[tuple[str, str, str, Attributes]]  # start, end, id of the edge, attributes


def stream(knowledge: Knowledge, ontology: Ontology, *, everything: bool = False) -> Stream:
    """The nodes and edges of `property_graph`, without a graph in memory; each part can be iterated once."""
    chosen = told(knowledge, everything=everything)
    taking = list(_taking(knowledge, ontology, chosen, everything))
    texts = [each for each in chosen if isinstance(each.object, Text)]
    also = {key for each in taking for key in (each.event.id, each.other)}

    def all_nodes() -> Iterator[tuple[str, Attributes]]:
        yield from nodes(knowledge, ontology, chosen, everything=everything, also=also)
        for each in texts:
            assert isinstance(each.object, Text)
            yield f"{each.id}-object", _text(each, each.object)

    def all_edges() -> Iterator[tuple[str, str, str, Attributes]]:
        things = knowledge.nodes()
        between = [each for each in chosen if isinstance(each.object, str)]
        for each in _by_node((*between, *texts, *taking)):
            data = _role(each) if isinstance(each, Taking) else edge(things, each, ontology)
            yield *_from_to(each), _key(each), data

    return Stream(all_nodes(), all_edges())


def _by_node(edges: Sequence[Statement | Taking]) -> Iterator[Statement | Taking]:
    """The edges in networkx's order: grouped by start, and within that by end."""
    first: dict[tuple[str, str], int] = {}
    for number, each in enumerate(edges):
        first.setdefault(_from_to(each), number)
    order = sorted((_from_to(each)[0], first[_from_to(each)], number) for number, each in enumerate(edges))
    return (edges[number] for _, _, number in order)


def _from_to(each: Statement | Taking) -> tuple[str, str]:
    if isinstance(each, Taking):
        return each.event.id, each.other
    return each.subject, each.object if isinstance(each.object, str) else f"{each.id}-object"


def _key(each: Statement | Taking) -> str:
    """The id of an edge."""
    return f"{each.event.id}-{each.role}-{each.other}" if isinstance(each, Taking) else each.id


def _taking(
    knowledge: Knowledge, ontology: Ontology, chosen: list[Statement], everything: bool
) -> Iterator[Taking]:
    """The participants of events, in order of events, without duplicates."""
    things = knowledge.nodes()
    ends = {end for each in chosen for end in (each.subject, each.object) if isinstance(end, str)}
    telling = ends | {each.event for each in chosen}
    for event in knowledge.events:
        asserted = event.factuality is Factuality.ASSERTED
        if everything or (asserted and event.id in telling):
            for role, other in dict.fromkeys(_roles(event, things, ontology)):
                if other in things and (everything or other in ends or _is_named(things[other])):
                    yield Taking(event, role, other)


def _roles(
    event: Event, things: Mapping[str, Entity | Event], ontology: Ontology
) -> Iterator[tuple[str, str]]:
    for role, other in event.participants:
        type_ = things[other].type if other in things else ""
        if role is Role.AGENT and not ontology.is_a(type_, "Agent"):
            yield FORCE, other
        elif role is Role.PLACE and ontology.is_a(type_, "Place"):
            yield PLACE, other
        else:
            yield ROLES.get(role, INVOLVED), other
    if event.place:
        yield PLACE, event.place
    if event.part_of:
        yield PART, event.part_of


def _is_named(thing: Entity | Event) -> bool:
    return isinstance(thing, Entity) and thing.named


def _text(statement: Statement, text: Text) -> Attributes:
    documents = sorted({piece.document for piece in statement.evidence})
    return {
        "label": text.value,
        "kind": "text",
        "type": TEXT,
        "type_label": text.datatype,
        "classes": TEXT,
        "named": False,
        "aliases": "",
        "statements": 1,
        "articles": len(documents),
        "importance": 0.0,
        "factuality": "",
        "event_type": "",
        "time": "",
        "when": "",
        "place": "",
        "documents": BETWEEN.join(documents),
    }


def _role(taking: Taking) -> Attributes:
    """The attributes of the edge for a participant: the same as those of the edges for statements."""
    event = taking.event
    asserted = event.factuality is Factuality.ASSERTED
    mark = mark_of(event.factuality, plain=True)
    documents = sorted({piece.document for piece in event.evidence})
    return {
        "label": marked(taking.role, mark, ": "),
        "relation": marked(taking.role, mark),
        "known": True,
        "plain": asserted,
        "doubts": "" if asserted else "not asserted",
        "factuality": event.factuality.value,
        "speaker": "",
        "time": "",
        "when": "",
        "place": "",
        "event": event.id,
        "confidence": max((each.confidence for each in event.evidence), default=0.0),
        "articles": len(documents),
        "documents": BETWEEN.join(documents),
        "sentence": event.evidence[0].sentence if event.evidence else "",
    }
