"""The steps of resolving, in order.

names of one document -> locals -> pronouns and roles -> locals of all documents -> entities
noun phrases -> unnamed things;  words for happenings -> happenings -> events of all documents
claims -> statements
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.model import Entity, Event, Knowledge, Known, Reading, Statement
from kg.ontology import Ontology
from kg.resolve import (
    coreference,
    dating,
    events,
    happenings,
    occurrences,
    reciprocal,
    statements,
    stories,
    things,
    within,
)
from kg.resolve.coreference import Coreference
from kg.resolve.entities import entities
from kg.resolve.nodes import Nodes
from kg.resolve.sketches import Told

_ONE_STORY = 0.2  # cosine from which two documents tell one story
_ALIKE = 0.12  # the same, where mentions of a text are grouped and no facts are made


def resolve(readings: Sequence[Reading], ontology: Ontology, known: Sequence[Known] = ()) -> Knowledge:
    """What all readings say of the world; the same whatever their order.

    `known` is what the background names. An entity or event is part of the knowledge when a statement
    or an event speaks of it.
    """
    world = _world(readings, ontology, known)
    named_events = {e.id: e for e in world.entities if e.named and ontology.is_a(e.type, "Event")}
    labels = {entity.id: entity.label for entity in world.entities if entity.id not in named_events}
    same = occurrences.unite(world.told, world.entities, world.near, ontology)
    happened = events.united(
        (
            events.event(told.reading, happening, told.nodes, labels, ontology)
            for told in world.told
            for happening in told.happenings
        ),
        same,
        ontology,
    )
    told_of = [(told.reading, told.nodes.renamed(same)) for told in world.told]
    happened = events.placed(happened, told_of)
    found = statements.statements(
        told_of,
        labels,
        {event.id: event for event in happened},
        ontology,
    )
    used = {id_ for statement in found for id_ in _nodes(statement)}
    happened = [event for event in happened if event.participants or event.id in used]
    happened += [_as_event(event) for event in named_events.values() if event.id in used]
    for event in happened:
        used.update((event.place, *(id_ for _, id_ in event.participants)))
    kept = [entity for entity in world.entities if entity.id in used and entity.id in labels]
    return Knowledge(
        documents=tuple(told.reading.document for told in world.told),
        entities=tuple(sorted(kept, key=lambda entity: entity.id)),
        events=tuple(sorted(happened, key=lambda event: event.id)),
        statements=tuple(found),
    )


def clusters(readings: Sequence[Reading], ontology: Ontology) -> list[list[str]]:
    """For each reading, in the order given, what each of its mentions stands for: equal names, one thing.

    A mention that is not resolved stands alone. Words for one happening are taken together more readily
    than `resolve` does: in a story that several documents tell, the same word is the same happening.
    """
    world = _world(readings, ontology, ())
    near = stories.near(world.likeness, _ALIKE)
    same = occurrences.unite(world.told, world.entities, near, ontology, loose=True)
    found: list[list[str]] = [[] for _ in readings]
    for position, index in enumerate(world.order):
        nodes = world.told[position].nodes.renamed(same)
        count = len(readings[index].mentions)
        found[index] = [nodes.own.get(i) or f"mention-{position}-{i}" for i in range(count)]
    return found


def _nodes(statement: Statement) -> tuple[str, ...]:
    nodes = (statement.subject, statement.object, statement.speaker, statement.place, statement.event)
    return tuple(node for node in nodes if isinstance(node, str))


def _as_event(entity: Entity) -> Event:
    """A happening with a name of its own ("World War II")."""
    return Event(entity.id, entity.label, entity.type, aliases=entity.aliases, documents=entity.documents)


@dataclass(frozen=True, slots=True)
class _World:
    """All readings in a fixed order, and what their mentions stand for."""

    order: list[int]  # indices into the readings as they were given
    told: list[Told]
    likeness: list[dict[int, float]]  # of documents, as of `stories`
    near: list[set[int]]  # documents of one story
    entities: list[Entity]


def _world(given: Sequence[Reading], ontology: Ontology, known: Sequence[Known]) -> _World:
    order = sorted(range(len(given)), key=lambda i: (given[i].document.id, given[i].document.text))
    readings = [given[i] for i in order]
    likeness = stories.likeness(readings)
    near = stories.near(likeness, _ONE_STORY)
    readings = dating.dated(readings, near)
    locals_ = [within.locals_of(reading, ontology) for reading in readings]
    verbs = reciprocal.verbs(ontology)
    meant = [coreference.resolve(*pair, verbs, ontology) for pair in zip(readings, locals_, strict=True)]
    locals_ = [coreference.with_people(*pair) for pair in zip(locals_, meant, strict=True)]
    stand_ins = [one.stand_ins for one in meant]
    keys = [_keys(*pair) for pair in zip(locals_, stand_ins, strict=True)]
    unnamed = [things.unnamed(*pair, ontology) for pair in zip(readings, keys, strict=True)]
    happened = [happenings.happenings(*pair, ontology) for pair in zip(readings, keys, strict=True)]
    own: list[dict[int, str]] = [
        {mention: happening.id for happening in some for mention in happening.mentions} for some in happened
    ]
    found: list[Entity] = []
    for entity, places in entities(readings, locals_, stand_ins, unnamed, near, known, ontology):
        found.append(entity)
        for reading, mention in places:
            own[reading][mention] = entity.id
    nodes = [_nodes_of(*triple) for triple in zip(own, locals_, meant, strict=True)]
    told = [Told(*triple) for triple in zip(readings, nodes, happened, strict=True)]
    return _World(order, told, likeness, near, found)


def _nodes_of(own: dict[int, str], locals_: Sequence[within.Local], meant: Coreference) -> Nodes:
    ids = [own[local.mentions[0]] for local in locals_]
    described = {mention: ids[local] for mention, local in meant.described.items()}
    return Nodes(own, described, {mention: (ids[a], ids[b]) for mention, (a, b) in meant.pairs.items()})


def _keys(locals_: Sequence[within.Local], stand_ins: dict[int, int]) -> dict[int, str]:
    """Mention -> a key, the same in every build, of the named thing of its document."""
    keys = [f"{local.kind}:{local.key}" for local in locals_]
    known = {mention: key for local, key in zip(locals_, keys, strict=True) for mention in local.mentions}
    return known | {mention: keys[local] for mention, local in stand_ins.items()}
