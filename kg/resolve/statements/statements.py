"""Makes statements from claims: ends become things, and claims with the same content become one statement.

A statement has the evidence of all its claims. A claim with an unresolved end ("they" without antecedent)
makes no statement.
"""

from __future__ import annotations

from bisect import bisect_left
from calendar import day_name
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import product, takewhile
from sys import intern
from typing import NamedTuple

from kg.memo import Memo
from kg.model import (
    WHOLE_CLAUSE,
    Argument,
    Claim,
    Doubt,
    Event,
    Evidence,
    Factuality,
    Reading,
    Role,
    Statement,
    Text,
    Time,
)
from kg.ontology import Ontology
from kg.resolve import ids
from kg.resolve.document import reciprocal
from kg.resolve.events.sketches import Resolved
from kg.resolve.evidence import (
    agreed,
    distinct,
    evidence,
    interval_of,
    is_open,
    narrative_time,
    order,
    shared,
    text_object,
    time_of,
)
from kg.resolve.nodes import Nodes
from kg.resolve.statements import departed, glosses, spoken_for, whole_clauses

_PAIRED = 0.9  # probability that an expression such as "the two leaders" was resolved to the right two people

_UNKNOWN = ("", "", "")  # `_Key.time` of claims without a stated time
_TOOK_PART = "participatedIn"
_OF_ITSELF = ("tookPlaceIn", "tookPlaceOn")  # relations whose subject is the event that gives them their time


@dataclass(frozen=True, slots=True)
class _Key:
    """The content that claims must have in common to become one statement."""

    subject: str
    predicate: str
    object: str | Text
    factuality: Factuality
    speaker: str
    time: tuple[str, str, str]  # first day, last day, and the words if one of these is unknown
    interval: bool = False  # as in `model.Time`: "since 2019"


@dataclass(frozen=True, slots=True)
class _Witness:
    """What one claim adds to its statement."""

    evidence: Evidence
    label: str
    known: bool
    time: Time | None
    place: str
    event: str
    about: tuple[str, ...]  # ids of the things mentioned in the words of its object


class Thing(NamedTuple):
    """The properties of an entity or event that its document's statements depend on, for `kg.memo`."""

    label: str | None  # None for an event with a proper name
    is_entity: bool
    type: str | None  # the class of an entity; None for an event
    # True if a name identifies it, False if a description does; None if it is clear only in its sentence
    known: bool | None
    dead: bool  # whether it is a person who has died according to some article
    happened: Happened | None  # for an event


class Happened(NamedTuple):
    """The time and place of an event, which claims about it inherit if they state none."""

    time: Time | None
    place: str  # id; "" if unknown
    told_elsewhere: bool  # whether several articles report it, or it is a part of another event


def things(
    entities: Mapping[str, str],
    events: Iterable[Event],
    types: Mapping[str, str],
    known: Mapping[str, bool],
    departed: Container[str],
) -> dict[str, Thing]:
    """Id -> `Thing`, for all entities and events.

    `entities`: id -> label; `types`: id of an entity -> class; `known`: id of each thing that can be
    identified without its sentence -> whether by a name; `departed`: ids of the people who have died.
    """
    found = {
        event.id: Thing(event.label, False, None, known.get(event.id), False, _happened(event))
        for event in events
    }
    for id_ in (*entities, *types):
        dead = types.get(id_) == "Person" and id_ in departed
        found[id_] = Thing(entities.get(id_), id_ in entities, types.get(id_), known.get(id_), dead, None)
    return found


def _happened(event: Event) -> Happened:
    return Happened(event.time, event.place, bool(event.part_of) or len(event.documents) > 1)


def statements(
    told: Iterable[Resolved],
    of: Mapping[str, Thing],
    versions: Mapping[str, Mapping[str, Event]],
    ontology: Ontology,
    memo: Memo,
) -> list[Statement]:
    """All statements, sorted by id.

    `told`: each reading with the referents of its mentions; `of`: id -> thing; `versions`: id of a document
    -> id of an event about which articles disagree -> the event as this document reports it.
    """
    found: defaultdict[_Key, list[_Witness]] = defaultdict(list)
    verbs = reciprocal.verbs(ontology)
    for one in told:
        here = _here(one.nodes, of, versions.get(one.document.id, {}))
        given = one.nodes.given(), sorted(here.items())
        make = partial(_told_by, one, here, verbs, ontology)
        for key, witness in memo.of("statements", one.key, given, tuple[tuple[_Key, _Witness], ...], make):
            found[key].append(_shared(witness) if one.key else witness)
    _join_undated(found)
    made = (_statement(key, witnesses, ontology) for key, witnesses in found.items())
    return sorted(made, key=lambda statement: statement.id)


def _shared(witness: _Witness) -> _Witness:
    """The same witness with interned strings, to save memory (`evidence.shared`)."""
    return _Witness(
        shared(witness.evidence),
        intern(witness.label),
        witness.known,
        witness.time,
        intern(witness.place),
        intern(witness.event),
        tuple(map(intern, witness.about)),
    )


def _here(nodes: Nodes, of: Mapping[str, Thing], versions: Mapping[str, Event]) -> dict[str, Thing]:
    """Id -> thing, for the things that a document mentions and the places of its events.

    Events about which articles disagree are as this document reports them (`versions`).
    """
    ids_ = nodes.ids()
    here = {id_: of[id_] for id_ in ids_ if id_ in of}
    for id_ in here.keys() & versions.keys():
        here[id_] = here[id_]._replace(happened=_happened(versions[id_]))
    places = {thing.happened.place for thing in here.values() if thing.happened}
    return here | {id_: of[id_] for id_ in places if id_ in of}


def _told_by(
    told: Resolved, of: Mapping[str, Thing], verbs: Mapping[str, str], ontology: Ontology
) -> tuple[tuple[_Key, _Witness], ...]:
    """The contributions of a document's claims to statements, in the order of the claims."""
    reading, nodes = told.reading, told.nodes
    about = _About(of)
    about.bodies = spoken_for.bodies(reading, nodes, about.types, ontology)
    between = reciprocal.claims(reading, verbs, ontology)
    found = []
    for claim in whole_clauses.told(reading, nodes, about.known, ontology):
        said = [claim] if claim.object is not None else []
        if claim in between:
            if claim.projection == WHOLE_CLAUSE and len(nodes.of(claim.subject)) > 1:
                said = []  # "they met in Lima" does not become "Ruiz met in Lima", which is only half of it
            each_other = replace(claim.relation, name=between[claim], inverted=False)
            said.append(replace(claim, relation=each_other, object=None))
        if any(id_ in of and of[id_].dead for id_ in nodes.of(claim.subject)):
            said = [replace(one, relation=departed.in_life(one.relation, ontology)) for one in said]
        for one in said:
            for key, witness in _contributions(reading, nodes, one, about, ontology):
                fitting = _fitting(key, about.types, ontology)
                if _admits(fitting, about.types, ontology):
                    found.append((fitting, witness))
    return tuple(found)


class _About:
    """The things that a document mentions: for each property, a dict from id to value."""

    def __init__(self, of: Mapping[str, Thing]) -> None:
        self.labels = {id_: thing.label for id_, thing in of.items() if thing.label is not None}
        self.known = {id_: thing.known for id_, thing in of.items() if thing.known is not None}
        self.types = {id_: thing.type for id_, thing in of.items() if thing.type is not None}
        self.events = {id_: thing.happened for id_, thing in of.items() if thing.happened is not None}
        self.entities = {id_ for id_, thing in of.items() if thing.is_entity}
        self.bodies: Mapping[str, str] = {}  # id of a speaker -> id of the body that is meant by "we"


def _fitting(key: _Key, types: Mapping[str, str], ontology: Ontology) -> _Key:
    """The key; if its relation does not admit an object of this class, with the relation's `otherwise`.

    For example, an office is in an organisation, but at a place.
    """
    relation = ontology.relations.get(key.predicate)
    if relation is None or not relation.otherwise or not isinstance(key.object, str):
        return key
    fits = ontology.admits(relation.objects, types.get(key.object, ""))
    return key if fits else replace(key, predicate=relation.otherwise)


def _admits(key: _Key, types: Mapping[str, str], ontology: Ontology) -> bool:
    """Whether the relation can hold between things of these classes.

    Extraction cannot check this: it knows neither the referents nor the final classes. For example, "Ruiz and
    Reed spoke of Peru, their ally" does not make Peru an ally of two people, nor can "the laboratory, Tom
    Reed" mean that the laboratory works for him.
    """
    relation = ontology.relations.get(key.predicate)
    if relation is None:
        return True
    ends = ((relation.subjects, key.subject), (relation.objects, key.object))
    known = ((allowed, types[end]) for allowed, end in ends if isinstance(end, str) and end in types)
    return all(_fits(name, allowed, ontology) for allowed, name in known)


def _fits(name: str, allowed: tuple[str, ...], ontology: Ontology) -> bool:
    """Whether a thing of the class `name` may also be of an allowed class.

    Not if the classes are disjoint in the ontology; a person must be known to be of an allowed class.
    """
    if ontology.admits(allowed, name):
        return True
    wider = any(ontology.is_a(each, name) for each in allowed)
    return name != "Person" and (wider or not any(ontology.exclude(name, each) for each in allowed))


def _join_undated(found: defaultdict[_Key, list[_Witness]]) -> None:
    """Join claims without a resolved time with claims of the same content, if these have only one time.

    For example, "Ruiz hosted Reed on Tuesday" in an article without a date is joined with "Ruiz hosted Reed
    on 13 January 2026" in another article. If there are several times, the undated claim may mean any of
    them, and stays separate. An unresolved weekday joins only a date on that weekday.
    """
    alike: defaultdict[_Key, list[_Key]] = defaultdict(list)
    for key in found:
        alike[replace(key, time=_UNKNOWN, interval=False)].append(key)
    for keys in alike.values():
        dated = [key for key in keys if key.time[0] or key.interval]
        if len(dated) != 1:
            continue
        for key in keys:
            words = key.time[2]
            if key not in dated and (not words if dated[0].interval else _may_be(words, dated[0].time)):
                found[dated[0]] += found.pop(key)


def _may_be(words: str, time: tuple[str, str, str]) -> bool:
    """Whether the words of an unresolved time can mean a resolved time.

    True without words, or if the words name the weekday of the resolved time ("Tuesday night"). "October",
    "last week" and "a year ago" are too vague: there may have been another occasion.
    """
    if not words:
        return True
    day = next((i for i, name in enumerate(day_name) if name in words), None)
    if day is None or len(time[0]) < len("2026-01-13"):
        return False
    return date.fromisoformat(time[0][:10]).weekday() == day


def _contributions(
    reading: Reading,
    nodes: Nodes,
    claim: Claim,
    about: _About,
    ontology: Ontology,
) -> Iterator[tuple[_Key, _Witness]]:
    """What a claim contributes to statements: one for each combination of its subjects and objects."""
    entities, events = about.entities, about.events
    near = {*nodes.of(claim.subject), *(nodes.of(claim.speaker) if claim.speaker else ())}
    claim, left_open = glosses.glossed(
        reading, nodes, claim, about.labels, about.known, near, about.bodies, ontology
    )
    relation = ontology.relations.get(claim.relation.name)
    symmetric = relation is not None and relation.symmetric
    stative = relation is not None and relation.stative
    speaker = nodes.get(claim.speaker.mention) if claim.speaker else ""
    place, event = nodes.get(claim.place), nodes.get(claim.event)
    itself = stative and claim.relation.name in _OF_ITSELF
    happened = events.get(event) or (events.get(nodes.get(claim.subject.mention)) if itself else None)
    own = time_of(reading, claim) or interval_of(reading, claim) or narrative_time(reading, claim)
    # A claim without a time does not inherit the time of an event that only its own article reports: the
    # claim may be about what came before or after.
    lends = happened is not None and bool(itself or own or happened.told_elsewhere)
    time = _time(own, happened if lends else None)
    if time is None and claim.object and relation and _TOOK_PART in (relation.name, *relation.parents):
        time = _time(
            None, events.get(nodes.get(claim.object.mention))
        )  # somebody takes part in an event at the time of the event: "Ruiz led the session"
    if place not in entities and happened:
        place = happened.place
    paired = any(end and end.mention in nodes.pairs for end in (claim.subject, claim.object))
    if whole_clauses.is_mutual(claim, reading, nodes, ontology):
        claim = replace(claim, lost=tuple(doubt for doubt in Doubt if doubt in (*claim.lost, Doubt.LIST)))
    witness = _Witness(
        replace(
            evidence(reading, claim, _PAIRED if paired else 1.0),
            open=left_open,
            resolved=_resolved(nodes, claim),
        ),
        intern(claim.relation.label),
        relation is not None,
        time,
        place if place in entities else "",
        "" if event in entities else event,
        _about(reading, nodes, claim.object),
    )
    for subject, object_ in _ends(reading, nodes, claim):
        if subject == object_:
            continue
        one, other = subject, object_
        if symmetric and isinstance(object_, str):
            one, other = sorted((subject, object_))
        key = _Key(
            one,
            intern(claim.relation.name),
            other,
            claim.factuality,
            speaker if speaker in entities else "",
            _key_of(time),
            time is not None and time.interval,
        )
        yield key, witness


def _about(reading: Reading, nodes: Nodes, said: Argument | None) -> tuple[str, ...]:
    """Sorted ids of the things to which words of a text object refer, by name or otherwise.

    For example, Reed and a law for “He will sign it.” () if the object is not a text.
    """
    if said is None or said.mention >= 0 or said.time >= 0:
        return ()
    first = bisect_left(reading.mentions, said.start, key=lambda mention: mention.start)
    within = takewhile(lambda at: reading.mentions[at].start < said.end, range(first, len(reading.mentions)))
    found = (
        nodes.of(Argument(mention.start, mention.end, mention.text, Role.OTHER, mention=at))
        for at in within
        if (mention := reading.mentions[at]).end <= said.end
    )
    return tuple(sorted({id_ for ids in found for id_ in ids}))


def _key_of(time: Time | None) -> tuple[str, str, str]:
    """The time as part of a key: `_UNKNOWN` for an inferred time, which must not separate claims."""
    if time is None or not time.told:
        return _UNKNOWN
    closed = time.start and (time.end or not time.interval)
    return time.start, time.end, "" if closed else time.text


def _resolved(nodes: Nodes, claim: Claim) -> str:
    """How the first end that is not a full name was resolved: "pronoun", "kind" or "surname"; "" if none."""
    ends = [end.mention for end in (claim.subject, claim.object) if end is not None]
    return next((nodes.resolved[mention] for mention in ends if mention in nodes.resolved), "")


def _time(own: Time | None, event: Happened | None) -> Time | None:
    """The time of a claim: the time that it states, if resolved; otherwise the time of its event.

    The event's time is not used if it is open-ended or contradicts the words of the claim's own time.
    """
    if (
        event is None
        or event.time is None
        or is_open(event.time)
        or (own and own.told and (own.start or own.interval))
    ):
        return own
    if not event.time.start:
        return own or event.time
    if own and own.told and not _may_be(own.text, (event.time.start, event.time.end, "")):
        return own
    return replace(event.time, text=own.text if own and own.told else event.time.text)


def _ends(reading: Reading, nodes: Nodes, claim: Claim) -> Iterator[tuple[str, str | Text]]:
    """Pairs of a subject and an object for the statements of a claim; none if an end is unresolved.

    There are several pairs if an end means two people ("the two leaders"). If such a claim has no object
    ("they met"), one of the two is the subject and the other the object.
    """
    subjects = _end(reading, nodes, claim.subject)
    if claim.object is not None:
        objects = _end(reading, nodes, claim.object)
    elif len(subjects) == 2:
        subjects, objects = subjects[:1], subjects[1:]
    else:
        return
    if claim.relation.inverted:
        subjects, objects = objects, subjects
    for subject, object_ in product(subjects, objects):
        if isinstance(subject, str):
            yield subject, object_


def _end(reading: Reading, nodes: Nodes, argument: Argument) -> tuple[str | Text, ...]:
    """The ids of the things that an argument means, or its literal; () if unresolved."""
    if argument.mention >= 0:
        return nodes.of(argument)
    text = text_object(reading, argument)
    return (text,) if text else ()


def _statement(key: _Key, witnesses: list[_Witness], ontology: Ontology) -> Statement:
    ranked = sorted(witnesses, key=_rank) if len(witnesses) > 1 else witnesses
    strongest = ranked[0]
    relation = ontology.relations.get(key.predicate) if strongest.known else None
    text = key.object if isinstance(key.object, str) else f"{key.object.value}^^{key.object.datatype}"
    all_evidence = distinct(witness.evidence for witness in witnesses)
    return Statement(
        id="st-" + ids.digest(12, key.subject, key.predicate, text, key.factuality, key.speaker, *key.time),
        subject=intern(key.subject),
        predicate=intern(key.predicate),
        object=intern(key.object) if isinstance(key.object, str) else key.object,
        factuality=key.factuality,
        # until `plain` computes the confidence of the statement
        confidence=max(each.confidence for each in all_evidence),
        evidence=all_evidence,
        label=relation.label if relation else strongest.label,
        known=strongest.known,
        speaker=intern(key.speaker),
        time=_when(ranked),
        place=next((w.place for w in ranked if w.place), ""),
        event=next((w.event for w in ranked if w.event), ""),
        about=tuple(sorted({id_ for witness in witnesses for id_ in witness.about})),
    )


def _when(witnesses: Sequence[_Witness]) -> Time | None:
    """The time of a statement, from witnesses in order of confidence.

    The first time that is stated and resolved, otherwise the first stated time, otherwise the inferred time
    if all agree; None if there is none.
    """
    told = [witness.time for witness in witnesses if witness.time and witness.time.told]
    if told:
        return next((time for time in told if time.start), told[0])
    return agreed(witness.time for witness in witnesses)


def _rank(witness: _Witness) -> tuple[float, tuple[str, int, int, str, float, str, str, float], str, str]:
    """The sort key of a witness: the most confident first, with ties in the same order in every build."""
    return -witness.evidence.confidence, order(witness.evidence), witness.event, witness.place
