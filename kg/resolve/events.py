"""Words for happenings of one document -> events.

    "a summit in Lima ... the summit" -> one event;  "Ruiz visited Cuzco ... the visit" -> one event

A definite noun is the one earlier happening with its head word that nothing speaks against (another
owner, another time, other modifiers). Other words for the same happening, and events of two documents
being one, are left to a later depth (`across_documents`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.model import Claim, Event, Factuality, Mention, MentionKind, Reading, Role, Time
from kg.ontology import Ontology
from kg.resolve import evidence, ids, names, types
from kg.resolve.nodes import Nodes
from kg.resolve.things import without_article
from kg.resolve.within import is_named

_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_NO_PARTICIPANTS = frozenset({Role.PLACE, Role.TIME})
_LONGEST = 60  # characters of a text object in a label


@dataclass(frozen=True, slots=True)
class Happening:
    """Mentions of one document that tell of one event."""

    id: str
    mentions: tuple[int, ...]  # indices into Reading.mentions


def happenings(reading: Reading, known: Mapping[int, str]) -> tuple[Happening, ...]:
    """The unnamed events of a document, in order. `known`: mention -> key of what it names."""
    times: defaultdict[int, list[Time]] = defaultdict(list)
    for claim in reading.claims:
        if claim.event >= 0 and (time := evidence.time_of(reading, claim)):
            times[claim.event].append(time)
    groups: list[list[int]] = []
    by_lemma: defaultdict[str, list[list[int]]] = defaultdict(list)
    for index, mention in enumerate(reading.mentions):
        if mention.kind is not MentionKind.EVENT or is_named(mention):
            continue
        earlier = [
            group
            for group in (by_lemma[mention.lemma] if _definite(mention) else ())
            if not any(_contradict(reading, index, other, known, times) for other in group)
        ]
        if len(earlier) == 1:
            earlier[0].append(index)
        else:
            groups.append([index])
            by_lemma[mention.lemma].append(groups[-1])
    return tuple(
        Happening(_id(reading.document.id, reading.mentions[group[0]]), tuple(group)) for group in groups
    )


def _id(document: str, mention: Mention) -> str:
    return "event-" + ids.digest(12, document, str(mention.start), str(mention.end))


def _definite(mention: Mention) -> bool:
    return mention.determiner.lower() in _DEFINITE or mention.possessor >= 0


def _contradict(
    reading: Reading, one: int, other: int, known: Mapping[int, str], times: Mapping[int, Sequence[Time]]
) -> bool:
    mentions = reading.mentions[one], reading.mentions[other]
    owners = {known.get(m.possessor, "?") for m in mentions if m.possessor >= 0}
    modifiers = [
        set(names.words(without_article(m.text))) - {m.lemma, m.text[m.head_start - m.start :].lower()}
        for m in mentions
        if m.text
    ]
    apart = all(modifiers) and len(modifiers) == 2 and not modifiers[0] & modifiers[1]
    clash = any(
        a.start and b.start and (a.end < b.start or b.end < a.start)
        for a in times.get(one, ())
        for b in times.get(other, ())
    )
    return len(owners) > 1 or apart or clash


def across_documents(found: Sequence[Event]) -> list[Event]:
    """Events of all documents, those that are one united. For now every document keeps its own."""
    return sorted(found, key=lambda event: event.id)


# -- From mentions to an Event ---------------------------------------------------------------------


def event(
    reading: Reading,
    happening: Happening,
    nodes: Nodes,
    labels: Mapping[str, str],
    ontology: Ontology,
) -> Event:
    """What the claims of a document say of one happening.

    `labels`: label by id of an entity.
    """
    members = set(happening.mentions)
    own = [claim for claim in reading.claims if claim.event in members]
    about = [claim for claim in reading.claims if _ends(claim) & members]
    participants = {
        (argument.role, id_)
        for claim in own
        for argument in (claim.subject, claim.object)
        if argument and argument.role not in _NO_PARTICIPANTS
        for id_ in nodes.of(argument)
        if id_ in labels
    }
    place = _place(own, about, members, nodes, labels)
    label = _label(reading, happening, own, nodes, labels, place)
    mentions = [reading.mentions[i] for i in happening.mentions]
    return Event(
        id=happening.id,
        label=label,
        type=types.decide({name: 1 for m in mentions if (name := m.type)}, ontology),
        participants=tuple(sorted(participants)),
        time=_time(reading, own, about, members),
        place=place,
        factuality=_factuality(own, about),
        aliases=tuple(sorted({evidence.one_line(m.text) for m in mentions if _nominal(m)} - {label})),
        documents=(reading.document.id,),
        evidence=tuple(
            sorted({evidence.evidence(reading, claim) for claim in own or about}, key=evidence.order)
        ),
    )


def _nominal(mention: Mention) -> bool:
    """Whether the words are surely a noun phrase: a verb is one word without a determiner."""
    return " " in mention.text.strip() or bool(mention.determiner) or mention.plural


def _ends(claim: Claim) -> set[int]:
    return {claim.subject.mention, claim.object.mention if claim.object else -1} - {-1}


def _factuality(own: Sequence[Claim], about: Sequence[Claim]) -> Factuality:
    """The firmest of what the claims say; a thing that is only spoken of is taken to exist."""
    grades = list(Factuality)
    told = [claim.factuality for claim in own]
    if not told and all(c.factuality in (Factuality.PLANNED, Factuality.POSSIBLE) for c in about):
        told = [claim.factuality for claim in about]
    return min(told, key=grades.index, default=Factuality.ASSERTED)


def _time(reading: Reading, own: Sequence[Claim], about: Sequence[Claim], members: set[int]) -> Time | None:
    times = [evidence.time_of(reading, claim) for claim in own]
    times += [
        evidence.when(reading.times[claim.object.time])
        for claim in about
        if claim.subject.mention in members and claim.object and claim.object.time >= 0
    ]
    return evidence.most_precise(times)


def _place(
    own: Sequence[Claim],
    about: Sequence[Claim],
    members: set[int],
    nodes: Nodes,
    labels: Mapping[str, str],
) -> str:
    places = [claim.place for claim in own]
    places += [
        argument.mention
        for claim in (*own, *about)
        if claim.event in members or claim.subject.mention in members
        if (argument := claim.object) and argument.role is Role.PLACE
    ]
    return next((id_ for place in places if (id_ := nodes.get(place)) in labels), "")


def _label(
    reading: Reading,
    happening: Happening,
    own: Sequence[Claim],
    nodes: Nodes,
    labels: Mapping[str, str],
    place: str,
) -> str:
    """ "summit in Lima", or "Ana Ruiz hosted Tom Reed" from the surest claim."""
    for index in happening.mentions:
        mention = reading.mentions[index]
        if _nominal(mention):
            words = without_article(mention.text)
            where = labels.get(place, "")
            return words if not where or where in words else f"{words} in {where}"

    def end(claim: Claim, one: bool) -> str:
        argument = claim.subject if one is not claim.relation.inverted else claim.object
        if argument is None:
            return ""
        ids_ = nodes.of(argument)
        text = " and ".join(labels[i] for i in ids_ if i in labels) or evidence.one_line(argument.text)
        return text if len(text) <= _LONGEST else text[:_LONGEST].rpartition(" ")[0] + " …"

    if not own:
        return reading.mentions[happening.mentions[0]].text
    best = min(own, key=lambda claim: (-claim.confidence, claim.object is None))
    return evidence.one_line(f"{end(best, True)} {best.relation.label} {end(best, False)}")
