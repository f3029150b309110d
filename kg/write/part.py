"""Takes parts of a Knowledge: the neighbourhood of things, what happened since a day, what matters most.

A part is a Knowledge, too, so that every format can write it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from kg.model import Entity, Event, Knowledge, Statement
from kg.ontology import Ontology
from kg.write.network import ends, weights

THING = TypeVar("THING", Entity, Event)


def around(knowledge: Knowledge, centre: Collection[str], depth: int) -> Knowledge:
    """The things within `depth` steps of `centre`, and everything that relates these to one another.

    A step follows a statement, or leads from one participant of an event to another.
    """
    near: dict[str, set[str]] = defaultdict(set)
    for group in _groups(knowledge):
        for one in group:
            near[one] |= group
    kept = set(centre)
    edge = set(centre)
    for _ in range(depth):
        edge = {other for one in edge for other in near[one]} - kept
        kept |= edge
    return _only(
        knowledge,
        [statement for statement in knowledge.statements if set(ends(statement)) <= kept],
        [event for event in knowledge.events if event.id in kept or len(_takers(event) & kept) > 1],
        kept,
    )


def since(knowledge: Knowledge, day: str) -> Knowledge:
    """What was the case on `day` (ISO 8601, reduced precision allowed) or later.

    For undated statements and events, the dates of their articles count; if these have none, they are
    included.
    """
    published = {document.id: document.metadata.date for document in knowledge.documents}
    dates = {event.id: event.time for event in knowledge.events}

    def late(each: Statement | Event) -> bool:
        time = each.time or (dates.get(each.event) if isinstance(each, Statement) else None)
        if time is not None and (time.end or time.start):
            return _not_before(time.end or time.start, day)
        told = [published[piece.document] for piece in each.evidence]
        return not all(told) or any(_not_before(date, day) for date in told)

    statements = [statement for statement in knowledge.statements if late(statement)]
    events = [event for event in knowledge.events if late(event)]
    told = {end for statement in statements for end in ends(statement)}
    return _only(
        knowledge, statements, events, told | {other for event in events for other in _takers(event)}
    )


def foremost(
    knowledge: Knowledge,
    ontology: Ontology,
    most: int,
    also: Collection[str] = (),
    articles: Collection[str] = (),
) -> Knowledge:
    """The `most` most important things (`kg.write.network`), and what relates these to one another.

    The things in `also` are among them, whatever their importance. The places and speakers of their
    statements are included, too, and so are all of `articles`. If there are at most `most` things, the result
    is the whole Knowledge.
    """
    things = knowledge.nodes()
    if len(things) <= most:
        return knowledge
    weight = weights(knowledge, things, ontology)
    kept = set(also)
    rest = sorted(things.keys() - kept, key=lambda key: (-weight[key], key))
    kept.update(rest[: max(0, most - len(kept))])
    return _only(
        knowledge,
        [statement for statement in knowledge.statements if set(ends(statement)) <= kept],
        [event for event in knowledge.events if event.id in kept],
        kept,
        articles,
    )


def _not_before(date: str, day: str) -> bool:
    """Whether a date may be on or after a day, each of any precision: "2026-01" may be on "2026-01-12".

    >>> _not_before("2026-01", "2026-01-12"), _not_before("2025", "2026-01")
    (True, False)
    """
    length = min(len(date), len(day))
    return date[:length] >= day[:length]


def _groups(knowledge: Knowledge) -> Iterator[set[str]]:
    """The sets of things that are one step apart: the subject and object of a statement; an event and its
    participants.
    """
    for statement in knowledge.statements:
        yield set(ends(statement))
    for event in knowledge.events:
        yield {event.id, *_takers(event)}


def _takers(event: Event) -> set[str]:
    return {other for _, other in event.participants}


def _only(
    knowledge: Knowledge,
    statements: Iterable[Statement],
    events: Iterable[Event],
    things: Collection[str],
    articles: Collection[str] = (),
) -> Knowledge:
    """These statements and events with everything they need: things, speakers, places, articles."""
    statements, events = tuple(statements), tuple(events)
    known = {event.id for event in events}
    wanted = set(things) | {event.place for event in events} | {event.id for event in events}
    for statement in statements:
        wanted |= {statement.speaker, statement.place, *ends(statement)}
    needed = tuple(event for event in knowledge.events if event.id in wanted and event.id not in known)
    told: list[Statement | Event] = [*statements, *events, *needed]
    documents = {piece.document for each in told for piece in each.evidence}.union(articles)
    entities = tuple(entity for entity in knowledge.entities if entity.id in wanted)
    kept = {entity.id for entity in entities}
    both = known | {event.id for event in needed}
    either = kept | both  # thousands of ids, therefore not computed for each event
    return replace(
        knowledge,
        documents=tuple(document for document in knowledge.documents if document.id in documents),
        entities=tuple(_in(entity, documents) for entity in entities),
        events=tuple(
            replace(
                _in(event, documents),
                participants=tuple(taken for taken in event.participants if taken[1] in either),
                place=event.place if event.place in kept else "",
            )
            for event in knowledge.events
            if event.id in both
        ),
        conflicts=tuple(
            each
            for each in knowledge.conflicts
            if each.subject in either
            and documents.issuperset(name for value in each.values for name in value.documents)
        ),
        dependences=tuple(
            each
            for each in knowledge.dependences
            if each.document in documents and (each.outside or each.source in documents)
        ),
        statements=tuple(
            replace(
                statement,
                event=statement.event if statement.event in both else "",
                about=tuple(id_ for id_ in statement.about if id_ in either),
            )
            for statement in statements
        ),
    )


def _in(thing: THING, documents: Collection[str]) -> THING:
    return replace(thing, documents=tuple(name for name in thing.documents if name in documents))
