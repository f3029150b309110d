"""Makes events from happenings: participants, time and place come from the claims about a happening.

An event of several documents has the participants that any of them gives, and the most precise time.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import NamedTuple

from kg.memo import Memo
from kg.model import (
    WHOLE_CLAUSE,
    Argument,
    Claim,
    Event,
    Evidence,
    Factuality,
    Frame,
    Function,
    Mention,
    Reading,
    Role,
    Time,
)
from kg.ontology import Ontology
from kg.resolve import evidence, types
from kg.resolve.document import things
from kg.resolve.document.happenings import Happening
from kg.resolve.document.things import without_article
from kg.resolve.events.sketches import DURING, Resolved
from kg.resolve.nodes import Nodes

_GATHERINGS = ("Meeting", "Visit", "Competition", "Performance", "Occasion", "Protest")  # events with parts
_NO_PARTICIPANTS = frozenset({Role.PLACE, Role.TIME})
_LONGEST = 60  # maximum number of characters of a subject or object in an event's label; longer ones are cut
_LONGEST_DETAIL = 300  # maximum number of characters of an event's detail; longer ones are left out
_PARTICIPATING = {  # function of a part of a frame -> role of the participant
    Function.WHO: Role.AGENT,
    Function.WHOM: Role.PATIENT,
    Function.TO_WHOM: Role.RECIPIENT,
    Function.OBLIQUE: Role.OTHER,
}
# functions of the parts of a frame that are given in words (`Event.details`)
_DETAILS = frozenset(Function) - {*_PARTICIPATING, Function.TIME, Function.PLACE}


@dataclass(frozen=True, slots=True)
class Dating:
    """A sentence that gives a time for an event."""

    event: str
    time: Time
    evidence: Evidence


def united(found: Iterable[Event], same: Mapping[str, str], ontology: Ontology) -> list[Event]:
    """The events after merging. `same`: id of an event -> id of the event with which it is identical."""
    groups: defaultdict[str, list[Event]] = defaultdict(list)
    for each in found:
        groups[same.get(each.id, each.id)].append(each)
    return [_merged(id_, some, ontology) if len(some) > 1 else some[0] for id_, some in groups.items()]


def within(
    found: Sequence[Event],
    named: Iterable[Event],
    told: Iterable[tuple[Sequence[Inner], Nodes]],
    ontology: Ontology,
) -> list[Event]:
    """The events, each with the larger event of which it is a part, if any.

    A part without a day or place of its own gets those of the larger event; not the time of a war of several
    years.

        "They agreed at the summit", "sang during the war"      parts of the summit and of the war
        "hinted at the summit", "was charged in the crash"      no parts of these

    `named`: events with a proper name ("World War II"); `told`: for each document, its `inner` events and the
    referents of its mentions.
    """
    gatherings = {event.id for event in named}
    by_id = {event.id: event for event in (*named, *found)}
    gatherings |= {event.id for event in found if any(ontology.is_a(event.type, c) for c in _GATHERINGS)}
    around: dict[str, str] = {}
    for some, nodes in told:
        for each in some:
            whole, part = (by_id.get(nodes.get(mention)) for mention in (each.whole, each.part))
            if whole and part and (each.during or whole.id in gatherings):
                around.setdefault(part.id, whole.id)
    return [
        _as_part(event, by_id[around[event.id]])
        if event.id in around and event.id not in _wholes(around[event.id], around)
        else event
        for event in found
    ]


class Inner(NamedTuple):
    """Two mentions of events, the first of which may be a part of the second."""

    part: int
    whole: int
    during: bool  # whether the words are "during" the whole; otherwise "at", which counts only for gatherings


def inner(reading: Reading, ontology: Ontology) -> tuple[Inner, ...]:
    """The events that, according to a document, took place at or during another event, in order."""
    found = []
    for claim in reading.claims:
        if claim.object and claim.event >= 0 and claim.relation.text.endswith(DURING):
            during = claim.relation.text.endswith(" during")
            aimed = reading.mentions[claim.event].lemma in ontology.words.get("AimingVerbs", ())
            if during or not aimed:
                found.append(Inner(claim.event, claim.object.mention, during))
    return tuple(found)


def _wholes(event: str, around: Mapping[str, str]) -> set[str]:
    """The ids of the event and of all events of which it is a part, directly or not.

    `around`: id of an event -> id of the event of which it is directly a part.
    """
    found: set[str] = set()
    while event and event not in found:
        found.add(event)
        event = around.get(event, "")
    return found


def _as_part(event: Event, whole: Event) -> Event:
    time = event.time or (evidence.within_a_day(whole.time) if whole.time else None)
    return replace(event, time=time, place=event.place or whole.place, part_of=whole.id)


def _merged(id_: str, some: Sequence[Event], ontology: Ontology) -> Event:
    grades = list(Factuality)
    label = min((event.label for event in some), key=lambda label: (" " not in label, len(label), label))
    aliases = {alias for event in some for alias in (event.label, *event.aliases)}
    return Event(
        id=id_,
        label=label,
        type=types.decide(Counter(event.type for event in some), ontology),
        participants=tuple(sorted({one for event in some for one in event.participants})),
        time=evidence.most_precise(event.time for event in some),
        place=next((event.place for event in some if event.place), ""),
        factuality=min((event.factuality for event in some), key=grades.index),
        aliases=tuple(sorted(aliases - {label})),
        documents=tuple(sorted({document for event in some for document in event.documents})),
        evidence=evidence.distinct(one for event in some for one in event.evidence),
        details=tuple(sorted({one for event in some for one in event.details})),
    )


def events_of(
    told: Iterable[Resolved], labels: Mapping[str, str], ontology: Ontology, memo: Memo
) -> Iterator[Event]:
    """The events of each document, before merging. `labels`: id of an entity -> label."""
    for one in told:
        here = {id_: labels[id_] for id_ in sorted(one.nodes.ids()) if id_ in labels}
        given = one.nodes.given(), [*here.items()]
        yield from memo.of(
            "events", one.key, given, tuple[Event, ...], partial(_told_by, one, here, ontology)
        )


def _told_by(told: Resolved, labels: Mapping[str, str], ontology: Ontology) -> tuple[Event, ...]:
    return tuple(events(told, labels, ontology))


def events(told: Resolved, labels: Mapping[str, str], ontology: Ontology) -> Iterator[Event]:
    """The events of a document. `labels`: id of an entity -> label."""
    telling: defaultdict[int, list[int]] = defaultdict(list)
    about: defaultdict[int, list[int]] = defaultdict(list)
    claims = told.reading.claims
    for number, claim in enumerate(claims):
        telling[claim.event].append(number)
        for end in _ends(claim):
            about[end].append(number)
    for happening in told.happenings:
        own = sorted({number for i in happening.mentions for number in telling.get(i, ())})
        others = sorted({number for i in happening.mentions for number in about.get(i, ())})
        yield _event(told, happening, [claims[n] for n in own], [claims[n] for n in others], labels, ontology)


def _event(
    told: Resolved,
    happening: Happening,
    own: Sequence[Claim],
    about: Sequence[Claim],
    labels: Mapping[str, str],
    ontology: Ontology,
) -> Event:
    """The event of a happening.

    `own`: the claims whose verb or noun denotes it; `about`: the claims with it as subject or object.
    """
    reading, nodes, members = told.reading, told.nodes, set(happening.mentions)
    participants = {
        (argument.role, id_)
        for claim in own
        for argument in (claim.subject, claim.object)
        if argument and argument.role not in _NO_PARTICIPANTS
        for id_ in nodes.of(argument)
        if id_ in labels
        if not (argument.role is Role.RECIPIENT and claim.object and id_ in nodes.of(claim.object))
    }  # no recipient that is also the object: in "Ana Ruiz was elected mayor", the mayor is Ruiz herself
    frames = [frame for frame in reading.frames if frame.event in members]
    participants |= _of_frames(frames, nodes, labels, {id_ for _, id_ in participants})
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
        evidence=evidence.distinct(evidence.evidence(reading, claim) for claim in own or about),
        details=_details(frames),
    )


def _of_frames(
    frames: Sequence[Frame], nodes: Nodes, labels: Mapping[str, str], known: Container[str]
) -> set[tuple[Role, str]]:
    """Participants in the frames of an event that are not yet `known` from its claims.

    For example, Reed in "gave a prize to Reed".
    """
    return {
        (_PARTICIPATING[part.function], id_)
        for frame in frames
        for part in frame.parts
        if part.function in _PARTICIPATING and part.argument.mention >= 0
        for id_ in nodes.of(part.argument)
        if id_ in labels and id_ not in known
    }


def _details(frames: Sequence[Frame]) -> tuple[tuple[Function, str], ...]:
    """The parts of asserted frames that are given in words: content, purpose, cause, manner and others.

    Sorted pairs of function and text.
    """
    return tuple(
        sorted(
            {
                (part.function, text)
                for frame in frames
                if frame.factuality is Factuality.ASSERTED
                for part in frame.parts
                if part.function in _DETAILS
                if len(text := evidence.unquoted(part.argument.text)) <= _LONGEST_DETAIL
            }
        )
    )


def _nominal(mention: Mention) -> bool:
    """Whether an event mention is certainly a noun phrase; one word without a determiner may be a verb."""
    return " " in mention.text.strip() or bool(mention.determiner) or mention.plural


def datings(told: Iterable[DatedMention], nodes: Nodes) -> Iterator[Dating]:
    """The times that a document gives for events. `told`: its `dated_mentions`."""
    for each in told:
        if event := nodes.get(each.mention):
            yield Dating(event, each.time, each.evidence)


class DatedMention(NamedTuple):
    """A sentence that gives a time for what a mention refers to."""

    mention: int
    time: Time
    evidence: Evidence


def dated_mentions(reading: Reading) -> Iterator[DatedMention]:
    """The mentions to which asserted claims of a document give a time."""
    for claim in reading.claims:
        if claim.factuality is not Factuality.ASSERTED:
            continue
        if claim.event >= 0 and (time := evidence.time_of(reading, claim)):
            yield DatedMention(claim.event, time, evidence.evidence(reading, claim))
        if claim.subject.mention >= 0 and claim.object and claim.object.time >= 0:
            stated = evidence.when(reading.times[claim.object.time])
            if stated:
                yield DatedMention(claim.subject.mention, stated, evidence.evidence(reading, claim))


def _ends(claim: Claim) -> set[int]:
    return {claim.subject.mention, claim.object.mention if claim.object else -1} - {-1}


def _factuality(own: Sequence[Claim], about: Sequence[Claim]) -> Factuality:
    """The strongest factuality of the claims that denote an event (`own`).

    Without such claims: the strongest of the claims about the event if all of these are planned or possible,
    otherwise asserted.
    """
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
    narrative = (evidence.narrative_time(reading, claim) for claim in own)
    bounded = (evidence.interval_of(reading, claim) for claim in own)
    return evidence.most_precise(times) or evidence.agreed(narrative) or evidence.most_precise(bounded)


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
    """The label of an event: a noun phrase ("summit in Lima") or, without one, the most certain claim in
    words ("Ana Ruiz hosted Tom Reed").
    """
    for index in happening.mentions:
        mention = reading.mentions[index]
        if _nominal(mention):
            words = without_article(mention.text)
            whose = tuple(things.whose_of(index, words, reading, nodes.own))
            names = {each.mention: labels.get(nodes.get(each.mention), "") for each in whose}
            words = things.with_owners(words, whose, {at: name for at, name in names.items() if name})
            later = [reading.mentions[i] for i in happening.mentions if i > index]
            words += things.told_behind((mention, *later), reading)
            where = labels.get(place, "")
            return words if not where or where in words else f"{words} in {where}"

    if not own:
        return reading.mentions[happening.mentions[0]].text
    best = min(
        own, key=lambda claim: (claim.projection == WHOLE_CLAUSE, -claim.confidence, claim.object is None)
    )
    one, other = _named_ends(reading, best, nodes, labels)
    if best.relation.inverted:
        one, other = other, one
    return evidence.one_line(f"{one} {best.relation.label} {other}")


def _named_ends(reading: Reading, claim: Claim, nodes: Nodes, labels: Mapping[str, str]) -> tuple[str, str]:
    """The subject and object of a claim for a label: the names of their referents, if known.

    An object that refers to the subject is given in its own words: "Ana Ruiz was elected mayor", "Ana Ruiz
    defended herself".
    """
    ids_ = nodes.of(claim.subject)
    subject = _end(claim.subject, ids_, labels)
    if claim.object is None:
        return subject, ""
    all_others = nodes.of(claim.object)
    others = [id_ for id_ in all_others if id_ not in ids_]
    if all_others and not others:
        return subject, reading.mentions[claim.object.mention].text
    return subject, _end(claim.object, others, labels)


def _end(argument: Argument, ids_: Iterable[str], labels: Mapping[str, str]) -> str:
    text = " and ".join(labels[id_] for id_ in ids_ if id_ in labels) or evidence.one_line(argument.text)
    return text if len(text) <= _LONGEST else text[:_LONGEST].rpartition(" ")[0] + " …"
