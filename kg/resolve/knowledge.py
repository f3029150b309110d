"""The steps of resolving, in order.

names of one document -> locals -> pronouns and roles -> locals of all documents -> entities
noun phrases -> unnamed things;  words for happenings -> happenings -> events of all documents
claims -> statements
"""

from __future__ import annotations

from collections.abc import Container, Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from sys import intern
from typing import Any

from kg import disk_lists
from kg.model import Decision, Entity, Event, Knowledge, Known, Reading, Statement
from kg.ontology import Ontology
from kg.resolve import ids, stories
from kg.resolve.chains import chains
from kg.resolve.chains.marks import Link
from kg.resolve.conflicts import conflicts
from kg.resolve.decided import Decided
from kg.resolve.document import coreference, dating, happenings, reciprocal, things, within
from kg.resolve.document.coreference import Coreference
from kg.resolve.entities.entities import Spelling, entities, spellings
from kg.resolve.events import contested, events, occurrences
from kg.resolve.events.sketches import Resolved, ResolvedOnDisk
from kg.resolve.nodes import Nodes
from kg.resolve.sources import dependence
from kg.resolve.sources.witnesses import Witnesses
from kg.resolve.statements import confidence, described, plain, statements

_ONE_STORY = 0.2  # minimum cosine of two documents on one story


def resolve(
    readings: Sequence[Reading],
    ontology: Ontology,
    decisions: Sequence[Decision] = (),
    known: Sequence[Known] = (),
) -> Knowledge:
    """The Knowledge in all readings; independent of their order.

    It contains the entities and events that occur in a statement or an event. `decisions` are the user's and
    override all rules; `known` are the things of the background.
    """
    decided = Decided(decisions)
    corpus = resolved_corpus(readings, ontology, decided, known)
    documents = tuple(disk_lists.documents(corpus.readings))
    depends = dependence.dependences(corpus.readings, corpus.near, ontology)
    witnesses = Witnesses(depends)
    named_events = {e.id: e for e in corpus.entities if e.named and ontology.is_a(e.type, "Event")}
    labels = {entity.id: entity.label for entity in corpus.entities if entity.id not in named_events}
    same = occurrences.unite(corpus.told, corpus.entities, corpus.near, ontology)
    if decided.decisions:
        same = decided.parted(same, {h.id: t.reading.document.id for t in corpus.told for h in t.happenings})
    happened = events.united(
        (event for told in corpus.told for event in events.events(told, labels, ontology)),
        same,
        ontology,
    )
    again = contested.contests(corpus.told, happened, corpus.entities, same, corpus.near, witnesses, ontology)
    again = [each for each in again if not decided.are_apart(each.one, each.other, same)]
    happened, versions, became = contested.joined(happened, [*decided.merged(happened, same), *again])
    same = {id_: contested.followed(root, became) for id_, root in same.items()}
    told_of = disk_lists.iterated(
        lambda: ((told.reading, told.nodes.renamed(same)) for told in corpus.told), corpus.readings
    )
    named = [_as_event(entity) for entity in named_events.values()]
    happened, ignored = decided.events(events.within(happened, named, told_of, ontology), same)
    alike = described.alike(told_of, corpus.entities)
    told_of = disk_lists.iterated(
        lambda: ((told.reading, told.nodes.renamed(same).renamed(alike)) for told in corpus.told),
        corpus.readings,
    )
    merged = described.united(corpus.entities, alike)
    nodes: dict[str, Entity | Event] = {entity.id: entity for entity in merged}
    nodes |= {event.id: event for event in (*named, *happened)}
    found = statements.statements(
        told_of,
        labels,
        {event.id: event for event in happened},
        ontology,
        versions,
        {entity.id: entity.type for entity in merged},
        plain.identified(nodes, ontology),
    )
    found = [statement for statement in found if ignored.isdisjoint(_nodes(statement))]
    found = plain.judged(found, nodes, ontology, confidence.model())
    happened = [_outside(event, ignored) for event in happened if event.id not in ignored]
    named = [event for event in named if event.id not in ignored]
    used = {id_ for statement in found for id_ in _nodes(statement)}
    used |= {event.id for event in happened if event.participants}
    happened = _with_wholes([*happened, *named], used)
    used |= {event.id for event in happened}
    for event in happened:
        used.update((event.place, *(id_ for _, id_ in event.participants)))
    kept = [entity for entity in merged if entity.id in used and entity.id in labels]
    kept = described.classed(kept, found, nodes, ontology)
    told_by_name = {entity.id for entity in kept if entity.named} | {event.id for event in named} & used
    differ = conflicts.conflicts(
        documents,
        kept,
        happened,
        found,
        (dating for reading, nodes in told_of for dating in events.datings(reading, nodes)),
        corpus.near,
        witnesses,
        ontology,
    )
    return Knowledge(
        documents=documents,
        entities=tuple(sorted(kept, key=lambda entity: entity.id)),
        events=tuple(sorted(happened, key=lambda event: event.id)),
        statements=tuple(
            replace(
                each,
                independent=witnesses.count(each.evidence),
                about=tuple(id_ for id_ in each.about if id_ in told_by_name),
            )
            for each in found
        ),
        dependences=depends,
        conflicts=differ,
        decisions=decided.done(),
    )


def links(readings: Sequence[Reading], ontology: Ontology) -> list[list[Link]]:
    """The mentions of each reading, in the given order, each with its chain.

    Mentions are grouped more readily than in `resolve`, which derives facts from them.
    """
    corpus = resolved_corpus(readings, ontology)
    same = occurrences.unite(corpus.told, corpus.entities, corpus.near, ontology)
    told = [replace(one, nodes=one.nodes.renamed(same)) for one in corpus.told]
    found: list[list[Link]] = [[] for _ in readings]
    groups = stories.groups([one.reading for one in told], corpus.likeness)
    for index, some in zip(corpus.order, chains.chains(told, corpus.entities, groups, ontology), strict=True):
        found[index] = some
    return found


def _nodes(statement: Statement) -> tuple[str, ...]:
    nodes = (statement.subject, statement.object, statement.speaker, statement.place, statement.event)
    return tuple(node for node in nodes if isinstance(node, str))


def _outside(event: Event, ignored: Container[str]) -> Event:
    """The event, without the event that contains it if the user decided to ignore that."""
    return replace(event, part_of="") if event.part_of in ignored else event


def _with_wholes(events: Sequence[Event], used: set[str]) -> list[Event]:
    """The events in use, and those that contain them."""
    by_id = {event.id: event for event in events}
    found: set[str] = set()
    for some in sorted(used & by_id.keys()):
        whole = some
        while whole and whole not in found:
            found.add(whole)
            whole = by_id[whole].part_of
    return [event for event in events if event.id in found]


def _as_event(entity: Entity) -> Event:
    """An event with a proper name ("World War II")."""
    return Event(entity.id, entity.label, entity.type, aliases=entity.aliases, documents=entity.documents)


@dataclass(frozen=True, slots=True)
class ResolvedCorpus:
    """All readings in a fixed order, and the referents of their mentions."""

    order: list[int]  # indices into the readings in the given order
    readings: Sequence[Reading]
    told: Sequence[Resolved]
    likeness: list[dict[int, float]]  # the similar documents of each, as in `stories`
    near: list[set[int]]  # for each document, those of the same story
    entities: list[Entity]


def resolved_corpus(
    given: Sequence[Reading],
    ontology: Ontology,
    decided: Decided | None = None,
    known: Sequence[Known] = (),
) -> ResolvedCorpus:
    """The referents of the readings; without user decisions if none are given."""
    decided = decided or Decided()
    documents = disk_lists.documents(given)
    order = sorted(range(len(given)), key=lambda i: (documents[i].id, documents[i].text))
    readings = disk_lists.ordered(given, order)
    likeness = stories.likeness(readings, _ONE_STORY)
    near = stories.near(likeness)
    readings = dating.dated(readings, near)
    documents = disk_lists.documents(readings)
    verbs = reciprocal.verbs(ontology)
    locals_: list[Sequence[within.Local]] = []
    called: disk_lists.DiskList[list[tuple[Spelling, ...]]] | list[list[tuple[Spelling, ...]]]
    called = disk_lists.as_are(readings)
    own: list[dict[int, str]] = []  # mention -> id, of each document
    shared: dict[Hashable, Any] = {}

    def slim(local: within.Local) -> within.Local:
        """The local with the parts that equal ones share: most are alike, and each would take a kilobyte."""
        sets = (local.acronyms, local.titles, local.longer, local.roles)
        acronyms, titles, longer, roles = (shared.setdefault(each, each) for each in sets)
        return replace(
            local,
            name=intern(local.name),
            key=intern(local.key),
            votes=shared.setdefault(tuple(local.votes.items()), local.votes),
            acronyms=acronyms,
            titles=titles,
            longer=longer,
            roles=roles,
        )

    def understood() -> Iterator[_Understood]:
        for reading, article in zip(readings, ids.of_articles(documents), strict=True):
            named = within.locals_of(reading, ontology)
            meant = coreference.resolve(reading, named, verbs, ontology)
            named = coreference.with_people(reading, named, meant)
            keys = _keys(named, meant.stand_ins)
            unnamed = things.unnamed(reading, keys, article, ontology)
            happened = happenings.happenings(reading, keys, article, ontology)
            locals_.append(tuple(map(slim, named)))
            called.append(spellings(reading, named))
            own.append({mention: each.id for each in happened for mention in each.mentions})
            yield _Understood(meant, unnamed, happened)

    parts = disk_lists.as_are(readings, understood())
    found: list[Entity] = []
    for made, places in entities(
        documents,
        locals_,
        called,
        [part.meant.stand_ins for part in parts],
        disk_lists.iterated(lambda: (part.unnamed for part in parts), readings),
        near,
        ids.of_articles(documents),
        known,
        ontology,
        decided,
    ):
        if (entity := decided.entity(made)) is None:
            continue
        found.append(entity)
        for document, mention in places:
            own[document][mention] = entity.id
    rest = (
        (_nodes_of(reading, of, named, part.meant), part.happened)
        for reading, of, named, part in zip(readings, own, locals_, parts, strict=True)
    )
    told: Sequence[Resolved]
    if isinstance(readings, disk_lists.Readings):
        told = ResolvedOnDisk(readings, disk_lists.DiskList(rest))
    else:
        told = [Resolved(reading, *each) for reading, each in zip(readings, rest, strict=True)]
    return ResolvedCorpus(order, readings, told, likeness, near, found)


@dataclass(frozen=True, slots=True)
class _Understood:
    """The analysis of one document before its things are compared with those of others."""

    meant: Coreference
    unnamed: tuple[things.Unnamed, ...]
    happened: tuple[happenings.Happening, ...]


def _nodes_of(
    reading: Reading, own: dict[int, str], locals_: Sequence[within.Local], meant: Coreference
) -> Nodes:
    of = [own.get(local.mentions[0], "") for local in locals_]  # "": an event that the user decided to ignore
    described = {mention: of[local] for mention, local in meant.described.items()}
    pairs = {mention: (of[a], of[b]) for mention, (a, b) in meant.pairs.items() if of[a] and of[b]}
    return Nodes(own, described, pairs, coreference.how(reading, locals_, meant))


def _keys(locals_: Sequence[within.Local], stand_ins: dict[int, int]) -> dict[int, str]:
    """A stable key of the named thing in its document, for each mention."""
    keys = [f"{local.kind}:{local.key}" for local in locals_]
    known = {mention: key for local, key in zip(locals_, keys, strict=True) for mention in local.mentions}
    return known | {mention: keys[local] for mention, local in stand_ins.items()}
