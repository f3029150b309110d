"""Runs the steps of resolving, in order.

1. In each document: names -> named things (`Local`); pronouns and descriptions -> the named things that they
   mean; other noun phrases -> unnamed things; event mentions -> happenings (`alone`).
2. In all documents together: things -> entities; happenings -> events; claims -> statements.
3. From these: dependences between articles, conflicts, plain facts.
"""

from __future__ import annotations

from collections.abc import Container, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from sys import intern
from types import MappingProxyType
from typing import Any

from kg import disk_lists
from kg.memo import Memo
from kg.model import Decision, Entity, Event, Knowledge, Known, Reading, Statement
from kg.ontology import Ontology
from kg.resolve import ids, stories
from kg.resolve.alone import Alone, Asked, Traits, alone, traits
from kg.resolve.chains import chains
from kg.resolve.chains.marks import Link
from kg.resolve.conflicts import conflicts
from kg.resolve.decided import Decided
from kg.resolve.document import dating, within
from kg.resolve.entities.entities import Spelt, entities
from kg.resolve.events import contested, events, occurrences
from kg.resolve.events.sketches import Resolved, ResolvedOnDisk, Rest, sketches
from kg.resolve.nodes import Nodes
from kg.resolve.sources import dependence
from kg.resolve.sources.witnesses import Witnesses
from kg.resolve.statements import confidence, departed, described, plain, statements

_ONE_STORY = 0.2  # minimum cosine similarity of two documents that tell the same story


def resolve(
    readings: Sequence[Reading],
    ontology: Ontology,
    decisions: Sequence[Decision] = (),
    known: Sequence[Known] = (),
    memo: Memo | None = None,
) -> Knowledge:
    """The Knowledge in all readings; independent of their order.

    It contains only entities and events that occur in a statement or an event. `decisions`: the user's
    corrections, which override all rules; `known`: the things of the background data; `memo`: results of an
    earlier build, each of which is used again if nothing on which it depends has changed.
    """
    decided, memo = Decided(decisions), memo or Memo()
    corpus = resolved_corpus(readings, ontology, decided, known, memo)
    documents = tuple(disk_lists.documents(corpus.readings))
    depends = dependence.dependences(corpus.readings, corpus.compared, corpus.near, ontology, memo)
    quoted = [each.quoted for each in corpus.compared]
    corpus.compared.clear()
    witnesses = Witnesses(depends)
    named_events = {e.id: e for e in corpus.entities if e.named and ontology.is_a(e.type, "Event")}
    labels = {entity.id: entity.label for entity in corpus.entities if entity.id not in named_events}
    sketched = sketches(corpus.told, corpus.entities, ontology, memo)
    same = occurrences.unite(sketched, documents, corpus.near)
    if decided.decisions:
        same = decided.parted(same, {sketch.id: documents[sketch.document].id for sketch in sketched})
    pairs = contested.pairs(documents, quoted, corpus.entities, corpus.near, ontology)
    sketched = contested.sketches_of(pairs, sketched, same)
    happened = events.united(events.events_of(corpus.told, labels, ontology, memo), same, ontology)
    again = contested.contests(
        pairs, documents, corpus.with_nodes("occasions"), sketched, happened, corpus.entities, same, witnesses
    )
    again = [each for each in again if not decided.are_apart(each.one, each.other, same)]
    happened, versions, became = contested.joined(happened, [*decided.merged(happened, same), *again])
    same = {id_: contested.followed(root, became) for id_, root in same.items()}
    named = [_as_event(entity) for entity in named_events.values()]
    happened, ignored = decided.events(
        events.within(happened, named, corpus.with_nodes("inner", same), ontology), same
    )
    alike = described.alike(corpus.with_nodes("descriptions", same), corpus.entities)
    same |= alike
    merged = described.united(corpus.entities, alike)
    happened = [_renamed(event, alike) for event in happened]
    nodes: dict[str, Entity | Event] = {entity.id: entity for entity in merged}
    nodes |= {event.id: event for event in (*named, *happened)}
    names = plain.KnownNames(nodes.values(), ontology)
    found = statements.statements(
        (told.renamed(same) for told in corpus.told),
        statements.things(  # not assigned to a variable, so that its memory is freed after the call
            labels,
            happened,
            {entity.id: entity.type for entity in merged},
            plain.identified(nodes, names, ontology),
            departed.departed(corpus.with_nodes("dying", same)),
        ),
        versions,
        ontology,
        memo,
    )
    found = [statement for statement in found if ignored.isdisjoint(_nodes(statement))]
    found = plain.judged(found, nodes, names, ontology, confidence.model())
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
        (each for some, nodes in corpus.with_nodes("dated", same) for each in events.datings(some, nodes)),
        corpus.near,
        witnesses,
        ontology,
    )
    return Knowledge(
        documents=documents,
        entities=tuple(sorted(kept, key=lambda entity: entity.id)),
        events=tuple(sorted(happened, key=lambda event: event.id)),
        statements=tuple(_counted(each, witnesses, told_by_name) for each in found),
        dependences=depends,
        conflicts=differ,
        decisions=decided.done(),
    )


def links(readings: Sequence[Reading], ontology: Ontology) -> list[list[Link]]:
    """For each reading, in the given order, its mentions with their coreference chains.

    Mentions are joined more readily than in `resolve`, which derives facts from them and must be certain.
    """
    corpus = resolved_corpus(readings, ontology)
    same = corpus.occurrences(ontology)
    told = [one.renamed(same) for one in corpus.told]
    found: list[list[Link]] = [[] for _ in readings]
    groups = stories.groups(corpus.readings, corpus.likeness)
    for index, some in zip(corpus.order, chains.chains(told, corpus.entities, groups, ontology), strict=True):
        found[index] = some
    return found


def _counted(statement: Statement, witnesses: Witnesses, told_by_name: Container[str]) -> Statement:
    """The statement with the number of its independent articles, and only named things in `about`."""
    independent = witnesses.count(statement.evidence)
    about = tuple(id_ for id_ in statement.about if id_ in told_by_name)
    if (independent, about) == (statement.independent, statement.about):
        return statement
    return replace(statement, independent=independent, about=about)


def _nodes(statement: Statement) -> tuple[str, ...]:
    nodes = (statement.subject, statement.object, statement.speaker, statement.place, statement.event)
    return tuple(node for node in nodes if isinstance(node, str))


def _renamed(event: Event, same: Mapping[str, str]) -> Event:
    """The event, with participants and place replaced by what they were merged into (`same`)."""
    participants = tuple(sorted({(role, same.get(id_, id_)) for role, id_ in event.participants}))
    place = same.get(event.place, event.place)
    if (participants, place) == (event.participants, event.place):
        return event  # as for most events; copies would take more memory
    return replace(event, participants=participants, place=place)


def _outside(event: Event, ignored: Container[str]) -> Event:
    """The event, without its `part_of` if the user decided to ignore that larger event."""
    return replace(event, part_of="") if event.part_of in ignored else event


def _with_wholes(events: Sequence[Event], used: set[str]) -> list[Event]:
    """The used events, and the events of which they are parts, in the given order."""
    by_id = {event.id: event for event in events}
    found: set[str] = set()
    for some in sorted(used & by_id.keys()):
        whole = some
        while whole and whole not in found:
            found.add(whole)
            whole = by_id[whole].part_of
    return [event for event in events if event.id in found]


def _as_event(entity: Entity) -> Event:
    """The event for an entity that is an event with a proper name ("World War II")."""
    return Event(entity.id, entity.label, entity.type, aliases=entity.aliases, documents=entity.documents)


@dataclass(frozen=True, slots=True)
class ResolvedCorpus:
    """All readings, sorted by id, and the referents of their mentions. All lists have this order."""

    order: list[int]  # for each reading, its index in the order before sorting
    readings: Sequence[Reading]
    compared: list[Traits]  # for comparing articles
    asked: Sequence[Asked]  # what later steps need of each reading
    told: Sequence[Resolved]  # each reading with the referents of its mentions
    likeness: list[dict[int, float]]  # for each document: similar document -> cosine
    near: list[set[int]]  # for each document, the others of the same story
    entities: list[Entity]

    def occurrences(self, ontology: Ontology) -> dict[str, str]:
        """Id of each happening -> id of its event."""
        found = sketches(self.told, self.entities, ontology, Memo())
        return occurrences.unite(found, disk_lists.documents(self.readings), self.near)

    def with_nodes(
        self, part: str, same: Mapping[str, str] = MappingProxyType({})
    ) -> Iterator[tuple[Any, Nodes]]:
        """For each document, the field `part` of its `Asked`, and the referents of its mentions.

        `same`: id that was merged into another -> that other.
        """
        for told, asked in zip(self.told, self.asked, strict=True):
            yield getattr(asked, part), told.nodes.renamed(same)


def resolved_corpus(
    given: Sequence[Reading],
    ontology: Ontology,
    decided: Decided | None = None,
    known: Sequence[Known] = (),
    memo: Memo | None = None,
) -> ResolvedCorpus:
    """The readings with the referents of their mentions: the steps up to entities and happenings."""
    decided, memo = decided or Decided(), memo or Memo()
    documents = disk_lists.documents(given)
    order = sorted(range(len(given)), key=lambda i: (documents[i].id, documents[i].text))
    readings = disk_lists.ordered(given, order)
    compared = traits(readings, ontology, memo)
    likeness = stories.likeness([each.features for each in compared], _ONE_STORY)
    compared = [replace(each, features={}) for each in compared]  # the features take much memory
    near = stories.near(likeness)
    readings = dating.dated(readings, near, memo)
    documents = disk_lists.documents(readings)
    shared: dict[Hashable, Any] = {}

    def slim(local: within.Local) -> within.Local:
        """An equal `Local` that shares its equal parts with others, which saves about 1 KB each."""
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

    parts = disk_lists.as_are(readings, Alone, alone(readings, ontology, memo))
    locals_ = [tuple(map(slim, part.named)) for part in parts]
    # for each document: index of a mention -> id of its referent
    own = [{mention: each.id for each in part.happened for mention in each.mentions} for part in parts]
    found: list[Entity] = []
    for made, places in entities(
        documents,
        locals_,
        disk_lists.as_are(readings, Spelt, (part.spelt for part in parts)),
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
        (_nodes_of(of, named, part), part.happened)
        for of, named, part in zip(own, locals_, parts, strict=True)
    )
    told: Sequence[Resolved]
    if disk_lists.are_on_disk(readings):
        told = ResolvedOnDisk(readings, disk_lists.DiskList(Rest, rest))
    else:
        told = [Resolved(readings, number, *each) for number, each in enumerate(rest)]
    asked = disk_lists.as_are(readings, Asked, (part.asked for part in parts))
    return ResolvedCorpus(order, readings, compared, asked, told, likeness, near, found)


def _nodes_of(own: dict[int, str], locals_: Sequence[within.Local], part: Alone) -> Nodes:
    """The referents of a document's mentions; `own` already has those of names and unnamed things."""
    own |= {pronoun: own[speaker] for pronoun, speaker in part.continued.items() if speaker in own}
    of = [own.get(local.mentions[0], "") for local in locals_]  # "" for one that the user decided to ignore
    described = {mention: of[local] for mention, local in part.meant.described.items()}
    pairs = {mention: (of[a], of[b]) for mention, (a, b) in part.meant.pairs.items() if of[a] and of[b]}
    return Nodes(own, described, pairs, part.resolved)
