"""Makes entities from the named and unnamed things of all documents, with the mentions that refer to them.

Named things, topics ("nuclear energy") and offices ("President of Peru") can be mentioned in several
documents; any other thing that is only described belongs to one document.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from sys import intern
from typing import NamedTuple

from kg.gazetteer import Country, by_name
from kg.model import Document, Entity, Known, Mention, Reading
from kg.ontology import Ontology
from kg.resolve import ids, names, types
from kg.resolve.decided import Decided
from kg.resolve.document import things, within
from kg.resolve.document.things import Unnamed
from kg.resolve.document.within import Kind, Local
from kg.resolve.entities import across, background
from kg.resolve.entities.across import Placed
from kg.resolve.entities.identifiers import Naming

Places = tuple[tuple[int, int], ...]
"""The mentions of a thing, each as (index of the reading, index of the mention)."""


@dataclass(frozen=True, slots=True)
class _Draft:
    """An entity before it has an id."""

    key: str  # distinguishes it from all others, and is the same in every build; "" if `slug` is the id
    slug: str
    # as in `ids.Claimant`: 2 for a background thing whose id an earlier build assigned, 1 for any other
    # background thing or a politician, else 0
    rank: int
    label: str
    type: str
    aliases: frozenset[str]
    named: bool
    places: Places
    doubt: str = ""
    known: Known | None = None  # the thing of the background data (--background) that it was identified with


class Spelling(NamedTuple):
    """How one mention spells a named thing."""

    text: str
    title: str
    relational: bool


Spelt = tuple[tuple[Spelling, ...], ...]  # for each `Local`, the spellings of its mentions


def spellings(reading: Reading, locals_: Sequence[Local]) -> Spelt:
    """For each `Local`, the spellings of its mentions, in order."""

    def of(mention: Mention) -> Spelling:
        return Spelling(intern(mention.text), intern(mention.title), bool(mention.relational))

    return tuple(tuple(of(reading.mentions[m]) for m in local.mentions) for local in locals_)


def entities(
    documents: Sequence[Document],
    locals_: Sequence[Sequence[Local]],
    called: Sequence[Sequence[tuple[Spelling, ...]]],
    stand_ins: Sequence[dict[int, int]],
    unnamed: Iterable[Sequence[Unnamed]],
    near: Sequence[set[int]],
    articles: Sequence[str],
    known: Sequence[Known],
    ontology: Ontology,
    decided: Decided,
) -> Iterator[tuple[Entity, Places]]:
    """All entities with their mentions; each mention belongs to at most one entity.

    All arguments up to `articles` have an item for each document. `called`: from `spellings`; `stand_ins`:
    mention of a pronoun or role -> index of its `Local`; `unnamed`: not an iterator, because it is iterated
    several times; `near`: for each document, those of the same story; `articles`: from `ids.of_articles`;
    `known`: the things of the background.
    """
    named = _named(documents, locals_, called, stand_ins, near, articles, known, ontology, decided)
    shared = [*_topics(unnamed, ontology), *_offices(unnamed, named)]
    owners = _owners(unnamed, named)
    assigned = iter(_ids([*named, *shared]))
    at: dict[tuple[int, int], str] = {}
    for draft in chain(_taken(named), _described(unnamed, owners), _taken(shared)):
        id_ = next(assigned) if draft.key else draft.slug
        if decided.decisions:
            at |= dict.fromkeys(draft.places, id_)
        yield _entity(draft, id_, documents), draft.places
    if decided.decisions:
        firsts = ((i, local.mentions[0]) for i, some in enumerate(locals_) for local in some)
        decided.note({number: at[place] for number, place in enumerate(firsts)})


def _taken(drafts: list[_Draft]) -> Iterator[_Draft]:
    """The drafts in order. Each is removed from the list, so that its memory is free once it is an entity."""
    drafts.reverse()
    while drafts:
        yield drafts.pop()


def _entity(draft: _Draft, id_: str, documents: Sequence[Document]) -> Entity:
    return Entity(
        id=id_,
        label=draft.label,
        type=draft.type,
        aliases=tuple(sorted(draft.aliases - {draft.label})),
        documents=tuple(sorted({documents[document].id for document, _ in draft.places})),
        named=draft.named,
        doubt=draft.doubt,
        same=tuple(draft.known.iris) if draft.known else (),
        background=draft.known.background if draft.known else (),
    )


def _ids(drafts: Iterable[_Draft]) -> list[str]:
    return ids.assign([ids.Claimant(draft.slug, draft.rank, draft.key) for draft in drafts])


# -- Named things ------------------------------------------------------------------------------------


def _named(
    documents: Sequence[Document],
    locals_: Sequence[Sequence[Local]],
    called: Sequence[Sequence[tuple[Spelling, ...]]],
    stand_ins: Sequence[dict[int, int]],
    near: Sequence[set[int]],
    articles: Sequence[str],
    known: Sequence[Known],
    ontology: Ontology,
    decided: Decided,
) -> list[_Draft]:
    naming = Naming(documents, articles, known, ontology)
    placed = [Placed(reading, local) for reading, some in enumerate(locals_) for local in some]
    mentions = [[(one.document, m) for m in one.local.mentions] for one in placed]
    first = [0]  # for each reading, the index in `placed` of its first `Local`
    for some in locals_:
        first.append(first[-1] + len(some))
    for reading, found in enumerate(stand_ins):
        for mention, local in found.items():
            mentions[first[reading] + local].append((reading, mention))
    members: defaultdict[int, list[int]] = defaultdict(list)
    roots = across.clusters(placed, near, ontology)
    if decided.decisions:
        keys = [{names.key(spelling.text) for spelling in how} for some in called for how in some]
        roots = decided.clusters(placed, roots, [document.id for document in documents], keys)
    for i, root in enumerate(roots):
        members[root].append(i)
    clusters = list(members.values())
    meant = background.recognise([[placed[i].local for i in some] for some in clusters], known, ontology)
    # index of a background thing, or of a cluster -> indices in `placed`
    things: defaultdict[int, list[int]] = defaultdict(list)
    for position, (cluster, which) in enumerate(zip(clusters, meant, strict=True)):
        things[which if which >= 0 else len(known) + position] += cluster
    return [
        _named_draft(
            [called[placed[i].document][i - first[placed[i].document]] for i in sorted(some)],
            [placed[i] for i in sorted(some)],
            tuple(place for i in sorted(some) for place in mentions[i]),
            known[which] if which < len(known) else None,
            naming,
            ontology,
        )
        for which, some in things.items()
    ]


def _named_draft(
    called: Sequence[tuple[Spelling, ...]],
    members: Sequence[Placed],
    places: Places,
    known: Known | None,
    naming: Naming,
    ontology: Ontology,
) -> _Draft:
    spelt: Counter[str] = Counter()
    worded: set[str] = set()
    votes: Counter[str] = Counter()
    for placed, how in zip(members, called, strict=True):
        votes.update(placed.local.votes)
        for text, title, relational in how:
            spelling = names.clean(text)
            worded |= {spelling, " ".join(f"{title} {spelling}".split())}
            if not relational:
                spelt[spelling] += 1
    strongest = min((placed.local for placed in members), key=lambda one: (one.weak, one.kind, one.key))
    kind = strongest.kind
    label = within.fullest(spelt) if spelt and kind is not Kind.AREA else strongest.name
    if known and kind is not Kind.AREA:
        label = known.label
    if votes["Index"]:  # only clear words make a thing an index, so votes for vague classes do not count
        votes = Counter({name: n for name, n in votes.items() if name not in within.VAGUE})
    type_ = types.decide(votes, ontology)
    if kind is Kind.AREA:
        type_ = "Country" if isinstance(by_name()[label], Country) else "Region"
    doubt = "" if kind is Kind.AREA else types.doubt(votes, type_, ontology)
    if known and kind is not Kind.AREA:
        type_, doubt = background.type_of(type_, known, ontology), "" if known.type else doubt
    if known:
        key, slug, rank = "|".join(("known", *known.iris)), known.id or ids.whole(label), 1 + bool(known.id)
    else:
        person = type_ == "Person" and kind is not Kind.AREA
        key, slug, rank = naming.of(label, Kind.PERSON if person else kind, members)
    return _Draft(key, slug, rank, label, type_, frozenset(worded), True, places, doubt, known)


# -- Unnamed things ----------------------------------------------------------------------------------


def _owners(unnamed: Iterable[Sequence[Unnamed]], named: Sequence[_Draft]) -> dict[int, dict[int, str]]:
    """Index of each reading -> mention of a possessive pronoun in a label -> name of its referent."""
    asked = {
        (reading, whose.mention)
        for reading, some in enumerate(unnamed)
        for thing in some
        for whose in thing.whose
    }
    found: defaultdict[int, dict[int, str]] = defaultdict(dict)
    for draft in named if asked else ():
        for reading, mention in asked.intersection(draft.places):
            found[reading][mention] = draft.label
    return found


def _described(
    unnamed: Iterable[Sequence[Unnamed]], owners: Mapping[int, Mapping[int, str]]
) -> Iterable[_Draft]:
    for reading, some in enumerate(unnamed):
        for thing in some:
            if thing.id:
                label = things.with_owners(thing.label, thing.whose, owners.get(reading, {}))
                aliases = frozenset((*thing.spellings, thing.label))
                places = _places(reading, thing)
                yield _Draft("", thing.id, 0, label, thing.type, aliases, False, places)


def _topics(unnamed: Iterable[Sequence[Unnamed]], ontology: Ontology) -> Iterable[_Draft]:
    groups: defaultdict[str, list[tuple[int, Unnamed]]] = defaultdict(list)
    for reading, some in enumerate(unnamed):
        for thing in some:
            if not thing.id and thing.owner < 0:
                groups[thing.form].append((reading, thing))
    for form, group in groups.items():
        labels = {thing.label for _, thing in group}
        votes = Counter(thing.type for _, thing in group)
        yield _Draft(
            "topic" + form,
            ids.whole(form),
            0,
            min(labels, key=lambda label: (sum(map(str.isupper, label)), label)),
            types.decide(votes, ontology),
            frozenset(labels.union(*(thing.spellings for _, thing in group))),
            False,
            tuple(place for reading, thing in group for place in _places(reading, thing)),
        )


def _offices(unnamed: Iterable[Sequence[Unnamed]], named: Sequence[_Draft]) -> Iterable[_Draft]:
    """Drafts of the positions in something named: "President of Peru", "ambassador to Peru"."""
    told = [(reading, thing) for reading, some in enumerate(unnamed) for thing in some if thing.owner >= 0]
    asked = {(reading, thing.owner) for reading, thing in told}
    owner_of = {place: i for i, draft in enumerate(named) for place in draft.places if place in asked}
    groups: defaultdict[tuple[int, str], list[tuple[int, Unnamed]]] = defaultdict(list)
    for reading, thing in told:
        groups[owner_of[reading, thing.owner], thing.form].append((reading, thing))
    owners = _ids(named)
    for (owner, form), group in groups.items():
        label = min(
            f"{thing.label} {'' if thing.label.endswith(' to') else 'of '}{named[owner].label}"
            for _, thing in group
        )
        yield _Draft(
            f"office|{form}|{owners[owner]}",
            ids.whole(label, owners[owner].removeprefix(ids.slug(named[owner].label)).lstrip("-")),
            0,
            label,
            "Position",
            frozenset(spelling for _, thing in group for spelling in thing.spellings),
            True,
            tuple(place for reading, thing in group for place in _places(reading, thing)),
        )


def _places(reading: int, thing: Unnamed) -> Places:
    return tuple((reading, mention) for mention in thing.mentions)
