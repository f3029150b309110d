"""The steps of resolving, in order.

names of one document -> locals -> pronouns and roles -> locals of all documents -> entities
noun phrases -> unnamed things;  happenings -> events;  claims -> statements
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from kg.gazetteer import Country, by_name
from kg.model import Entity, Event, Knowledge, Reading, Statement
from kg.ontology import Ontology
from kg.resolve import across, coreference, events, ids, names, statements, things, types, within
from kg.resolve.across import Placed
from kg.resolve.events import Happening
from kg.resolve.things import Unnamed
from kg.resolve.within import Kind, Local


def resolve(readings: Sequence[Reading], ontology: Ontology) -> Knowledge:
    """What all readings say of the world; the same whatever their order.

    An entity or event is part of it when a statement or an event speaks of it.
    """
    world = _World(readings, ontology)
    named_events = {e.id: e for e in world.entities if e.named and ontology.is_a(e.type, "Event")}
    labels = {entity.id: entity.label for entity in world.entities if entity.id not in named_events}
    told = list(zip(world.readings, world.nodes, strict=True))
    found = statements.statements(told, labels, ontology)
    used = {id_ for statement in found for id_ in (*_ends(statement), statement.event)}
    happened = events.across_documents(
        [
            event
            for (reading, nodes), some in zip(told, world.happenings, strict=True)
            for happening in some
            if (event := events.event(reading, happening, nodes, labels, ontology)).participants
            or event.id in used
        ]
    )
    for event in happened:
        used.update((event.place, *(id_ for _, id_ in event.participants)))
    happened += [_as_event(event) for event in named_events.values() if event.id in used]
    entities = [entity for entity in world.entities if entity.id in used and entity.id in labels]
    return Knowledge(
        documents=tuple(reading.document for reading in world.readings),
        entities=tuple(sorted(entities, key=lambda entity: entity.id)),
        events=tuple(sorted(happened, key=lambda event: event.id)),
        statements=tuple(found),
    )


def clusters(readings: Sequence[Reading], ontology: Ontology) -> list[list[str]]:
    """For each reading, in the order given, what each of its mentions stands for: equal names, one thing.

    A mention that is not resolved stands alone.
    """
    world = _World(readings, ontology)
    found: list[list[str]] = [[] for _ in readings]
    for position, index in enumerate(world.order):
        nodes = world.nodes[position]
        count = len(readings[index].mentions)
        found[index] = [nodes.get(i, f"mention-{position}-{i}") for i in range(count)]
    return found


def _ends(statement: Statement) -> tuple[str, ...]:
    ends = (statement.subject, statement.object, statement.speaker, statement.place)
    return tuple(end for end in ends if isinstance(end, str))


def _as_event(entity: Entity) -> Event:
    return Event(entity.id, entity.label, entity.type, aliases=entity.aliases, documents=entity.documents)


@dataclass(frozen=True, slots=True)
class _Draft:
    """An entity without its id."""

    slug: str
    key: str
    label: str
    type: str
    aliases: frozenset[str]
    documents: frozenset[str]
    named: bool
    fixed: bool = False  # `slug` is the id
    places: tuple[tuple[int, int], ...] = ()  # (reading, mention)


class _World:
    """All readings in a fixed order, and what each of their mentions stands for."""

    def __init__(self, readings: Sequence[Reading], ontology: Ontology) -> None:
        self.ontology = ontology
        self.order = sorted(
            range(len(readings)), key=lambda i: (readings[i].document.id, readings[i].document.text)
        )
        self.readings = [readings[i] for i in self.order]
        self.locals = [within.locals_of(reading, ontology) for reading in self.readings]
        self.stand_ins = [
            coreference.antecedents(reading, locals_)
            for reading, locals_ in zip(self.readings, self.locals, strict=True)
        ]
        known = [self._known(i) for i in range(len(self.readings))]
        self.unnamed = [
            things.unnamed(reading, keys, ontology)
            for reading, keys in zip(self.readings, known, strict=True)
        ]
        self.happenings: list[tuple[Happening, ...]] = [
            events.happenings(reading, keys) for reading, keys in zip(self.readings, known, strict=True)
        ]
        drafts = [*self._named(), *self._described(), *self._general()]
        claimants = [
            ids.Claimant(draft.slug, len(draft.documents), draft.key) for draft in drafts if not draft.fixed
        ]
        assigned = iter(ids.assign(claimants))
        self.nodes: list[dict[int, str]] = [
            {i: h.id for h in some for i in h.mentions} for some in self.happenings
        ]
        self.entities: list[Entity] = []
        for draft in drafts:
            id_ = draft.slug if draft.fixed else next(assigned)
            self.entities.append(_entity(draft, id_))
            for reading, mention in draft.places:
                self.nodes[reading][mention] = id_

    def _known(self, i: int) -> dict[int, str]:
        """Mention -> a key, the same in every build, of the named thing it stands for."""
        locals_ = self.locals[i]
        known = {m: f"{local.kind}:{local.key}" for local in locals_ for m in local.mentions}
        known.update((m, f"{locals_[n].kind}:{locals_[n].key}") for m, n in self.stand_ins[i].items())
        return known

    # -- Named things ------------------------------------------------------------------------------

    def _named(self) -> list[_Draft]:
        placed = [Placed(d, local) for d, some in enumerate(self.locals) for local in some]
        number = {(p.document, p.local.mentions[0]): i for i, p in enumerate(placed)}
        stand_ins: defaultdict[int, list[int]] = defaultdict(list)
        for document, found in enumerate(self.stand_ins):
            for mention, local in found.items():
                stand_ins[number[document, self.locals[document][local].mentions[0]]].append(mention)
        members: defaultdict[int, list[int]] = defaultdict(list)
        for i, root in enumerate(across.clusters(placed)):
            members[root].append(i)
        return [self._draft(placed, some, stand_ins) for some in members.values()]

    def _draft(
        self, placed: Sequence[Placed], members: Sequence[int], stand_ins: dict[int, list[int]]
    ) -> _Draft:
        locals_ = [placed[i].local for i in members]
        documents = frozenset(self.readings[placed[i].document].document.id for i in members)
        spellings: Counter[str] = Counter()
        worded: set[str] = set()
        for i in members:
            reading = self.readings[placed[i].document]
            for m in placed[i].local.mentions:
                mention = reading.mentions[m]
                spelling = names.clean(mention.text)
                worded |= {spelling, f"{mention.title} {spelling}".strip()}
                if not mention.relational:
                    spellings[spelling] += 1
        area = locals_[0].kind is Kind.AREA
        label = locals_[0].name if area or not spellings else within.fullest(spellings)
        weak = all(local.weak for local in locals_)
        key = "|".join((min(locals_, key=_solid).kind, *sorted({local.key for local in locals_})))
        slug = ids.slug(label)
        if weak:  # a surname says too little to be an id that another article could mean too
            slug = f"{slug}-{ids.digest(8, key, min(documents))}"
        return _Draft(
            slug,
            key + "|" + min(documents),
            label,
            self._type(locals_),
            frozenset(worded - {label}),
            documents,
            named=True,
            places=tuple(
                (placed[i].document, m)
                for i in members
                for m in (*placed[i].local.mentions, *stand_ins.get(i, ()))
            ),
        )

    def _type(self, locals_: Sequence[Local]) -> str:
        if locals_[0].kind is Kind.AREA:
            return "Country" if isinstance(by_name()[locals_[0].name], Country) else "Region"
        votes: Counter[str] = Counter()
        for local in locals_:
            votes.update(local.votes)
        return types.decide(votes, self.ontology)

    # -- Unnamed things ----------------------------------------------------------------------------

    def _described(self) -> list[_Draft]:
        return [
            _Draft(
                thing.id,
                thing.form,
                thing.label,
                thing.type,
                frozenset(thing.spellings),
                frozenset({self.readings[d].document.id}),
                named=False,
                fixed=True,
                places=tuple((d, m) for m in thing.mentions),
            )
            for d, some in enumerate(self.unnamed)
            for thing in some
            if thing.id
        ]

    def _general(self) -> list[_Draft]:
        """What is the same in all documents: topics and offices."""
        groups: defaultdict[str, list[tuple[int, Unnamed]]] = defaultdict(list)
        for d, some in enumerate(self.unnamed):
            for thing in some:
                if not thing.id:
                    groups[thing.form].append((d, thing))
        drafts: list[_Draft] = []
        for form, group in groups.items():
            label = min((thing.label for _, thing in group), key=lambda s: (sum(map(str.isupper, s)), s))
            drafts.append(
                _Draft(
                    ids.slug(form),
                    "general" + form,
                    label,
                    types.decide(Counter(thing.type for _, thing in group), self.ontology),
                    frozenset(s for _, thing in group for s in (thing.label, *thing.spellings)) - {label},
                    frozenset(self.readings[d].document.id for d, _ in group),
                    named=False,
                    places=tuple((d, m) for d, thing in group for m in thing.mentions),
                )
            )
        return drafts


def _solid(local: Local) -> tuple[bool, str, str]:
    return local.weak, local.kind, local.key


def _entity(draft: _Draft, id_: str) -> Entity:
    return Entity(
        id_,
        draft.label,
        draft.type,
        tuple(sorted(draft.aliases)),
        tuple(sorted(draft.documents)),
        draft.named,
    )
