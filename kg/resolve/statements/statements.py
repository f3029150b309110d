"""Claims -> statements: both ends resolved, equal ones united with all their evidence.

A claim with an unresolved end ("they" without antecedent) makes no statement.
"""

from __future__ import annotations

from bisect import bisect_left
from calendar import day_name
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product, takewhile
from sys import intern
from types import MappingProxyType

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
from kg.resolve.evidence import (
    agreed,
    distinct,
    evidence,
    interval_of,
    is_open,
    narrative_time,
    order,
    text_object,
    time_of,
)
from kg.resolve.nodes import Nodes
from kg.resolve.statements import departed, glosses, whole_clauses

_PAIRED = 0.9  # confidence that "the two leaders" are these

_UNKNOWN = ("", "", "")
_TOOK_PART = "participatedIn"
_OF_ITSELF = ("tookPlaceIn", "tookPlaceOn")  # relations whose time is that of the event


@dataclass(frozen=True, slots=True)
class _Key:
    """The key shared by two claims with the same content."""

    subject: str
    predicate: str
    object: str | Text
    factuality: Factuality
    speaker: str
    time: tuple[str, str, str]  # first and last day; the words only if an end is open
    interval: bool = False


@dataclass(frozen=True, slots=True)
class _Witness:
    """The contribution of one claim to its statement."""

    evidence: Evidence
    label: str
    known: bool
    time: Time | None
    place: str
    event: str
    about: tuple[str, ...]


def statements(
    told: Iterable[tuple[Reading, Nodes]],
    entities: Mapping[str, str],
    events: Mapping[str, Event],
    ontology: Ontology,
    versions: Mapping[str, Mapping[str, Event]],
    types: Mapping[str, str] = MappingProxyType({}),
    known: Mapping[str, bool] = MappingProxyType({}),
) -> list[Statement]:
    """All statements, sorted by id.

    `told`: each reading with the referents of its mentions, gone through twice; `entities`: label by id;
    `events`: by id, whose time and place their claims inherit, unless their own words differ; `versions`:
    document -> its versions of contested events; `types`: class by entity id; `known`: ids of things that can
    be identified without their sentence, and whether by a name.
    """
    found: defaultdict[_Key, list[_Witness]] = defaultdict(list)
    labels = {**{event.id: event.label for event in events.values()}, **entities}
    verbs = reciprocal.verbs(ontology)
    dead = {id_ for id_ in departed.departed(told, ontology) if types.get(id_) == "Person"}
    for reading, nodes in told:
        between = reciprocal.claims(reading, verbs, ontology)
        own = versions.get(reading.document.id)
        happened = {**events, **own} if own else events
        for claim in whole_clauses.told(reading, nodes, known, ontology):
            said = [claim] if claim.object is not None else []
            if claim in between:
                if claim.projection == WHOLE_CLAUSE and len(nodes.of(claim.subject)) > 1:
                    said = []  # "they met in Lima": "Ruiz met in Lima" would lose the other one
                each_other = replace(claim.relation, name=between[claim], inverted=False)
                said.append(replace(claim, relation=each_other, object=None))
            if not dead.isdisjoint(nodes.of(claim.subject)):
                said = [replace(one, relation=departed.in_life(one.relation, ontology)) for one in said]
            for one in said:
                for key, witness in _read(reading, nodes, one, entities, happened, labels, known, ontology):
                    fitting = _fitting(key, types, ontology)
                    if _admits(fitting, types, ontology):
                        found[fitting].append(witness)
    _join_undated(found)
    made = (_statement(key, witnesses, ontology) for key, witnesses in found.items())
    return sorted(made, key=lambda statement: statement.id)


def _fitting(key: _Key, types: Mapping[str, str], ontology: Ontology) -> _Key:
    """The relation that fits the class of the object: an office is in a body, but at a place."""
    relation = ontology.relations.get(key.predicate)
    if relation is None or not relation.otherwise or not isinstance(key.object, str):
        return key
    fits = ontology.admits(relation.objects, types.get(key.object, ""))
    return key if fits else replace(key, predicate=relation.otherwise)


def _admits(key: _Key, types: Mapping[str, str], ontology: Ontology) -> bool:
    """Whether the relation can hold between things of these classes, according to all articles together.

    Not in "Ruiz and Reed spoke of Peru, their ally", where their countries are allied, nor if "the
    laboratory, Tom Reed" seemed to make it work for him: extraction knows neither the referent of "their" nor
    the final classes.
    """
    relation = ontology.relations.get(key.predicate)
    if relation is None:
        return True
    ends = ((relation.subjects, key.subject), (relation.objects, key.object))
    known = ((allowed, types[end]) for allowed, end in ends if isinstance(end, str) and end in types)
    return all(_fits(name, allowed, ontology) for allowed, name in known)


def _fits(name: str, allowed: tuple[str, ...], ontology: Ontology) -> bool:
    if ontology.admits(allowed, name):
        return True
    wider = any(ontology.is_a(each, name) for each in allowed)
    return name != "Person" and (wider or not any(ontology.exclude(name, each) for each in allowed))


def _join_undated(found: defaultdict[_Key, list[_Witness]]) -> None:
    """Join a claim without a known time with the only statement of the same content with a time.

    "Ruiz hosted Reed on Tuesday" in an article without date, "Ruiz hosted Reed on 13 January 2026" in
    another. If there are two times, it may mean either, and stays alone. Different unresolved weekdays
    ("Tuesday", "Friday") do not join.
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
    """Whether an unresolved time can be a resolved one: no time at all, or its weekday ("Tuesday night").

    "October", "last week", "a year ago" are too vague: there may have been another occasion.
    """
    if not words:
        return True
    day = next((i for i, name in enumerate(day_name) if name in words), None)
    if day is None or len(time[0]) < len("2026-01-13"):
        return False
    return date.fromisoformat(time[0][:10]).weekday() == day


def _read(
    reading: Reading,
    nodes: Nodes,
    claim: Claim,
    entities: Mapping[str, str],
    events: Mapping[str, Event],
    labels: Mapping[str, str],
    known: Mapping[str, bool],
    ontology: Ontology,
) -> Iterator[tuple[_Key, _Witness]]:
    near = {*nodes.of(claim.subject), *(nodes.of(claim.speaker) if claim.speaker else ())}
    claim, left_open = glosses.glossed(reading, nodes, claim, labels, known, near, ontology)
    relation = ontology.relations.get(claim.relation.name)
    symmetric = relation is not None and relation.symmetric
    stative = relation is not None and relation.stative
    speaker = nodes.get(claim.speaker.mention) if claim.speaker else ""
    place, event = nodes.get(claim.place), nodes.get(claim.event)
    itself = stative and claim.relation.name in _OF_ITSELF
    happened = events.get(event) or (events.get(nodes.get(claim.subject.mention)) if itself else None)
    own = time_of(reading, claim) or interval_of(reading, claim) or narrative_time(reading, claim)
    # In the same article an undated sentence may be about the eve or aftermath of the event.
    lends = happened is not None and bool(itself or own or happened.part_of or len(happened.documents) > 1)
    time = _time(own, happened if lends else None)
    if time is None and claim.object and relation and _TOOK_PART in (relation.name, *relation.parents):
        time = _time(
            None, events.get(nodes.get(claim.object.mention))
        )  # "led the session": at the time of the session
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
    """Ids of the things mentioned in the text of an object, by name or otherwise: “He will sign it.”"""
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
    if time is None or not time.told:
        return _UNKNOWN
    closed = time.start and (time.end or not time.interval)
    return time.start, time.end, "" if closed else time.text


def _resolved(nodes: Nodes, claim: Claim) -> str:
    """How the first end that the sentence does not name in full was resolved."""
    ends = [end.mention for end in (claim.subject, claim.object) if end is not None]
    return next((nodes.resolved[mention] for mention in ends if mention in nodes.resolved), "")


def _time(own: Time | None, event: Event | None) -> Time | None:
    """The time of a claim: its own; if unknown, that of its event."""
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
    """Subject and object of the relation; for "the two" each of them, or each with the other."""
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
    if argument.mention >= 0:
        return nodes.of(argument)
    text = text_object(reading, argument)
    return (text,) if text else ()


def _statement(key: _Key, witnesses: list[_Witness], ontology: Ontology) -> Statement:
    strongest = min(witnesses, key=_rank)
    relation = ontology.relations.get(key.predicate) if strongest.known else None
    text = key.object if isinstance(key.object, str) else f"{key.object.value}^^{key.object.datatype}"
    all_evidence = distinct(witness.evidence for witness in witnesses)
    return Statement(
        id="st-" + ids.digest(12, key.subject, key.predicate, text, key.factuality, key.speaker, *key.time),
        subject=key.subject,
        predicate=key.predicate,
        object=key.object,
        factuality=key.factuality,
        confidence=max(each.confidence for each in all_evidence),  # provisional, until `plain` judges it
        evidence=all_evidence,
        label=relation.label if relation else strongest.label,
        known=strongest.known,
        speaker=key.speaker,
        time=_when(sorted(witnesses, key=_rank)),
        place=next((w.place for w in sorted(witnesses, key=_rank) if w.place), ""),
        event=next((w.event for w in sorted(witnesses, key=_rank) if w.event), ""),
        about=tuple(sorted({id_ for witness in witnesses for id_ in witness.about})),
    )


def _when(witnesses: Sequence[_Witness]) -> Time | None:
    """The first stated and resolved time, otherwise the first stated; otherwise the common inferred one."""
    told = [witness.time for witness in witnesses if witness.time and witness.time.told]
    if told:
        return next((time for time in told if time.start), told[0])
    return agreed(witness.time for witness in witnesses)


def _rank(witness: _Witness) -> tuple[float, tuple[str, int, int, str, float, str, str, float], str, str]:
    return -witness.evidence.confidence, order(witness.evidence), witness.event, witness.place
