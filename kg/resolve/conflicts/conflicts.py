"""Finds conflicts between articles: values of one property of one thing that cannot all be right.

    a.txt   Tom Reed, 48, was born in Lima.  The band Blue Rain ...
    b.txt   Tom Reed, 51, was born in Quito. The film Blue Rain ...    -> conflicts: age, born in, type

The ontology declares which properties have a single value: owl:FunctionalProperty (if it also has
`kg:varies`, values conflict only if both articles refer to the same time), owl:AsymmetricProperty (who
defeated whom) and owl:disjointWith (classes). An event also has one date, one place, and one number of
participants of a kind. Values that differ only in precision agree. An article that gives two values describes
two occasions, and takes no part in a conflict. Planned, possible and reported statements are ignored, except
reported numbers: articles mostly attribute numbers to a source.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg.model import Conflict, Document, Entity, Event, Factuality, Statement, Text, Time, Value
from kg.ontology import Ontology
from kg.resolve.conflicts import values
from kg.resolve.conflicts.sides import Given, Sides, Slot, conflict
from kg.resolve.conflicts.values import Alternative, ClassValue, Comparable, Place
from kg.resolve.events.events import Dating
from kg.resolve.sources.witnesses import Witnesses

_DAY = len("2026-01-13")
_DATATYPES = {4: "gYear", 7: "gYearMonth", 10: "date"}  # length of an ISO 8601 date -> its datatype
_WITHIN = ("locatedIn", "partOf", "capitalOf")  # relations of a place to a place that contains it
_OF_EVENTS = {"tookPlaceOn": "date", "tookPlaceIn": "place"}  # relation -> property of an event
# Beginning of the name of a word list ("WorkNouns") that differs from the class of its nouns -> that class.
_NOUNS = {"Work": "CreativeWork", "Kinship": "Person"}
# The words after the head noun of a description: " in Lima" in "people in Lima".
_AFTER_HEAD = re.compile(
    r"\s+(?:of|from|in|at|by|for|with|on|about|to|against|between|who|that|which|whose|and|,).*$|[,(].*$"
)


_NONE = Event("", "", "")


def conflicts(
    documents: Sequence[Document],
    entities: Iterable[Entity],
    events: Iterable[Event],
    statements: Sequence[Statement],
    datings: Iterable[Dating],
    near: Sequence[set[int]],
    witnesses: Witnesses,
    ontology: Ontology,
) -> tuple[Conflict, ...]:
    """All conflicts, sorted by id.

    `datings`: the dates that articles give for events; `near`: for each document, the indices of those of the
    same story.
    """
    finder = _Finder(documents, entities, events, statements, near, ontology)
    slots: defaultdict[Slot, list[Given]] = defaultdict(list)
    for slot, given in (*finder.stated(), *finder.dated(datings), *finder.counted(), *finder.typed()):
        slots[slot].append(given)
    borrowed = {document.id for document in documents if document.dated_by}
    found = []
    for slot, some in slots.items():
        sides = Sides(some).apart()
        if len(sides) > 1 and finder.of_one_time(slot, sides):
            found.append(conflict(slot, sides, borrowed, witnesses))
    return tuple(sorted(found, key=lambda conflict: conflict.id))


class _Finder:
    """Finds the values that articles give for properties with a single value."""

    def __init__(
        self,
        documents: Sequence[Document],
        entities: Iterable[Entity],
        events: Iterable[Event],
        statements: Sequence[Statement],
        near: Sequence[set[int]],
        ontology: Ontology,
    ) -> None:
        self.ontology, self.near = ontology, near
        self.index = {document.id: i for i, document in enumerate(documents)}
        self.published = [document.metadata.date for document in documents]
        self.entities = {entity.id: entity for entity in entities}
        self.events = {event.id: event for event in events}
        self.statements = [s for s in statements if s.factuality is Factuality.ASSERTED]
        self.reported = [s for s in statements if s.factuality is Factuality.REPORTED]
        self.negated = [s for s in statements if s.factuality is Factuality.NEGATED]
        self.within = self._lies_in()
        self.excluded: dict[str, frozenset[str]] = {}  # class -> its disjoint classes
        self.class_of = {
            word: _NOUNS.get(name, name)
            for list_ in sorted(ontology.words)
            if (name := list_.removesuffix("Nouns")) != list_
            if _NOUNS.get(name, name) in ontology.classes
            for word in ontology.words[list_]
        }

    def of_one_time(self, slot: Slot, sides: Sequence[Sequence[Given]]) -> bool:
        """Whether articles of two different sides refer to the same time.

        Always True for a property whose value does not change with time.
        """
        if not slot.varies:
            return True
        told = [{self.index[one.evidence.document] for one in side} for side in sides]
        return any(
            self._same_time(one, other)
            for i, side in enumerate(told)
            for rest in told[i + 1 :]
            for one in side
            for other in rest
        )

    def _same_time(self, one: int, other: int) -> bool:
        """Whether two articles are of one day or, if a date is unknown, tell the same story."""
        dates = self.published[one], self.published[other]
        known = all(len(day) == _DAY for day in dates)
        return dates[0] == dates[1] if known else other in self.near[one]

    # -- statements -----------------------------------------------------------------------------------

    def stated(self) -> Iterator[tuple[Slot, Given]]:
        """The values that asserted statements give for functional and asymmetric relations."""
        for statement in self.statements:
            relation = self.ontology.relations.get(statement.predicate) if statement.known else None
            if relation is None:
                continue
            happened = statement.subject in self.events
            if relation.functional and (value := self._value(statement)) is not None:
                name = _OF_EVENTS.get(relation.name, relation.name) if happened else relation.name
                label = name if name != relation.name else relation.label
                yield from self._given(
                    Slot(statement.subject, name, label, relation.varies), value, statement
                )
            if relation.asymmetric and statement.event and isinstance(statement.object, str):
                ends = " and ".join(sorted((self._label(statement.subject), self._label(statement.object))))
                label = f"{relation.label}: {ends}"
                winner = (
                    Alternative(statement.subject),
                    Value(statement.subject, self._label(statement.subject), (), ()),
                )
                yield from self._given(Slot(statement.event, relation.name, label), winner, statement)
        yield from self._denied()

    def _denied(self) -> Iterator[tuple[Slot, Given]]:
        """The values "so" and "not so" for statements about named things that one article asserts and another
        of the same story denies.
        """
        asserted: defaultdict[tuple[str, str, str], list[Statement]] = defaultdict(list)
        for statement in self.statements:
            if isinstance(statement.object, str):
                asserted[statement.subject, statement.predicate, statement.object].append(statement)
        for statement in self.negated:
            if not isinstance(statement.object, str) or not self._named(statement.subject, statement.object):
                continue
            key = statement.subject, statement.predicate, statement.object
            opposed = [other for other in asserted.get(key, ()) if self._may_be_one(statement, other)]
            label = f"{statement.label} {self._label(statement.object)}"
            slot = Slot(statement.subject, statement.predicate, label)
            for so, some in (("true", opposed), ("false", [statement] if opposed else [])):
                for each in some:
                    shown = Value(so, "so" if so == "true" else "not so", (), (), datatype="boolean")
                    yield from self._given(slot, (Alternative(so), shown), each)

    def _may_be_one(self, one: Statement, other: Statement) -> bool:
        times = [values.days(s.time) if s.time else None for s in (one, other)]
        told = times[0] is None or times[1] is None or times[0].agrees(times[1])
        pairs = ((a.document, b.document) for a in one.evidence for b in other.evidence)
        return told and any(self.index[b] in self.near[self.index[a]] for a, b in pairs)

    def _given(
        self, slot: Slot, value: tuple[Comparable, Value], statement: Statement
    ) -> Iterator[tuple[Slot, Given]]:
        for evidence in statement.evidence:
            yield slot, Given(*value, evidence)

    def _value(self, statement: Statement) -> tuple[Comparable, Value] | None:
        """The object of a functional relation: as a comparable value, and as shown.

        None if the object cannot be compared.
        """
        said = statement.object
        if isinstance(said, Text):
            if said.datatype in _DATATYPES.values():
                return _day(Time(said.value, said.value, said.value))
            number = values.quantity(said.value)
            return (number, Value(said.value, said.value, (), (), datatype=said.datatype)) if number else None
        thing = self.entities.get(said)
        if thing and thing.named and self.ontology.is_a(thing.type, "Place"):
            return self._place(thing)
        number = values.quantity(thing.label) if thing and not thing.named else None
        return (
            (number, Value(thing.label, thing.label, (), (), datatype="string")) if thing and number else None
        )

    def _place(self, thing: Entity) -> tuple[Comparable, Value]:
        return Place(thing.id, thing.type, self.within.get(thing.id, frozenset())), Value(
            thing.id, thing.label, (), ()
        )

    # -- events ---------------------------------------------------------------------------------------

    def dated(self, datings: Iterable[Dating]) -> Iterator[tuple[Slot, Given]]:
        """The dates that sentences give for events."""
        for dating in datings:
            day = _day(dating.time)
            if day and dating.event in self.events:
                yield Slot(dating.event, "date", "date"), Given(*day, dating.evidence)

    def counted(self) -> Iterator[tuple[Slot, Given]]:
        """The numbers of participants that statements give for an event.

        For example, "12 people were killed in the blast".
        """
        for statement in (*self.statements, *self.reported):
            if not isinstance(statement.object, str):
                continue
            ends = (statement.subject, statement.object)
            for end, other in (ends, ends[::-1]):
                group = self.entities.get(end)
                event = self._more_told(statement.event, other)
                number = values.quantity(group.label) if group and not group.named else None
                if group and number and number.unit and event in self.events:
                    label = f"number of {_counted(group.label)}: {statement.label}"
                    shown = Value(group.label, group.label, (), (), datatype="string")
                    slot = Slot(event, statement.predicate, label, varies=True)
                    yield from self._given(slot, (number, shown), statement)

    def _more_told(self, one: str, other: str) -> str:
        """The id of whichever of two events is told by more articles; "" if neither is known."""
        known = (event for id_ in (one, other) if (event := self.events.get(id_)))
        return max(known, key=lambda event: (len(event.documents), event.id), default=_NONE).id

    # -- classes --------------------------------------------------------------------------------------

    def typed(self) -> Iterator[tuple[Slot, Given]]:
        """The classes of named things according to nouns that describe them: "the film Blue Rain".

        The class of a name without a noun is no evidence, because the parser may have guessed it.
        """
        for statement in self.statements:
            thing = self.entities.get(statement.subject)
            if statement.predicate != "describedAs" or thing is None or not thing.named:
                continue
            said = statement.object
            words = said.value if isinstance(said, Text) else self._label(said)
            head = _AFTER_HEAD.sub("", words.strip()).rpartition(" ")[2].lower()
            name = self.class_of.get(head)
            if name:
                kind = ClassValue(name, self._excluded(name))
                shown = Value(name, f"{self.ontology.classes[name].label} ({head})", (), ())
                yield from self._given(Slot(thing.id, "type", "type"), (kind, shown), statement)

    def _excluded(self, name: str) -> frozenset[str]:
        if name not in self.excluded:
            others = self.ontology.classes
            self.excluded[name] = frozenset(each for each in others if self.ontology.exclude(name, each))
        return self.excluded[name]

    # -- helpers --------------------------------------------------------------------------------------

    def _label(self, id_: str) -> str:
        thing: Entity | Event | None = self.entities.get(id_) or self.events.get(id_)
        return thing.label if thing else id_

    def _named(self, *ids_: str) -> bool:
        return all((thing := self.entities.get(id_)) is not None and thing.named for id_ in ids_)

    def _lies_in(self) -> Mapping[str, frozenset[str]]:
        """Each place -> all places that contain it according to the articles, directly or not."""
        direct: defaultdict[str, set[str]] = defaultdict(set)
        for statement in self.statements:
            if statement.predicate in _WITHIN and isinstance(statement.object, str):
                direct[statement.subject].add(statement.object)
        return {place: frozenset(_reached(place, direct)) for place in direct}


def _reached(place: str, direct: Mapping[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    waiting = [place]
    while waiting:
        further = direct.get(waiting.pop(), set()) - seen
        seen |= further
        waiting += sorted(further)
    return seen


def _day(time: Time) -> tuple[Comparable, Value] | None:
    """A time as a comparable value, and as shown; None if it gives no day, month or year."""
    day = values.days(time)
    if day is None:
        return None
    if time.start == time.end and len(time.start) in _DATATYPES:
        return day, Value(time.start, time.start, (), (), datatype=_DATATYPES[len(time.start)])
    label = f"{time.start}/{time.end}"
    return day, Value(label, label, (), (), datatype="string")


def _counted(label: str) -> str:
    """The noun that a description counts: "people" in "at least 12 people in Lima"."""
    found = re.search(r"[^\W\d_]+$", _AFTER_HEAD.sub("", label))
    return found[0] if found else label
