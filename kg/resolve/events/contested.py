"""Merges events with different dates if one of the articles must be wrong.

    a.txt   Ana Ruiz hosted Tom Reed in Lima on 13 May 2025. They sang “Amber” and “Blue Rain” ...
    b.txt   Ana Ruiz hosted Tom Reed in Lima on 24 May 2021. They sang “Amber” and “Blue Rain” ...

As a rule two dates are two events: leaders meet every year, bands play every night. Therefore strong evidence
besides the event itself is required:

-   The articles tell one story, and have details in common that another story would not have: works and
    products by name, literal quotations, and a few other names.
-   Each has one event of that kind, with the same participants, in a place that both name.
-   Nothing contradicts except the date.
-   The dates do not differ merely because the articles report the news of different days: if both articles
    are dated, they are closer to each other than the dates of the event; if one is undated, the dates of the
    event are far apart.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from typing import NamedTuple

from kg.model import Document, Entity, Event, Reading, Time
from kg.ontology import Ontology
from kg.resolve import names
from kg.resolve.events.sketches import Sketch, contradict
from kg.resolve.evidence import distinct, is_open
from kg.resolve.nodes import Nodes
from kg.resolve.sources.witnesses import Witnesses

# A pair of articles scores points for the details that the two have in common: 1 for a work or product,
# `_QUOTATION` for a quotation, `_NAME` for another name.
_ENOUGH = 4.0  # minimum number of points of a pair whose events may be merged
_TELLING = 3.0  # minimum number of these points that are for works, products and quotations
_QUOTATION = 2.0  # points for a quotation; at most two quotations count
_NAME = 0.5  # points for another name; at most two other names count
_WORDS = 6  # number of first words of a quotation that are compared; shorter quotations do not count
_SPREAD = 20  # names in more documents than this do not count as details
_FAR = 31  # dates with more than this many days between them are far apart
_DAY = len("2026-01-13")
_WORKS = ("CreativeWork", "Product")
_PLAIN = ("Country", "Region", "City", "Position", "MediaOutlet")  # names that many stories share
_QUOTED = re.compile(r"“([^”\n]*)|«([^»\n]*)|\"([^\"\n]*)")


@dataclass(frozen=True, slots=True)
class Contest:
    """Two events that are really one, about whose date articles disagree."""

    one: str  # id of the event with the more likely date
    other: str  # id of the event that is merged into it


def contests(
    pairs: Sequence[tuple[int, int]],
    documents: Sequence[Document],
    told: Iterable[tuple[Sequence[Occasion], Nodes]],
    found: Iterable[Sketch],
    events: Sequence[Event],
    entities: Sequence[Entity],
    same: Mapping[str, str],
    witnesses: Witnesses,
) -> list[Contest]:
    """The pairs of events that are one event, although their dates differ.

    `pairs`: the result of `pairs`; `told`: for each document, its `occasions` and the referents of its
    mentions; `found`: the result of `sketches_of`; `events`: the events after all merging so far; `same`: id
    of an event -> id of the event into which it was merged.
    """
    if not pairs:
        return []
    return _Contests(documents, told, found, events, entities, same, witnesses).of(pairs)


class Occasion(NamedTuple):
    """A mention of an event, with the name of the relation that it expresses.

    Only for relations such as "hosted" that hold once for each event: who hosts whom identifies the meeting.
    """

    mention: int
    relation: str


def occasions(reading: Reading, ontology: Ontology) -> tuple[Occasion, ...]:
    """The mentions of events that relations identify, in the order of the document's claims."""
    found = ((claim.event, ontology.relations.get(claim.relation.name)) for claim in reading.claims)
    return tuple(
        Occasion(event, relation.occasion) for event, relation in found if relation and relation.occasion
    )


def pairs(
    documents: Sequence[Document],
    said: Sequence[frozenset[str]],
    entities: Sequence[Entity],
    near: Sequence[set[int]],
    ontology: Ontology,
) -> list[tuple[int, int]]:
    """The pairs of documents of one story that have rare details in common, as indices.

    `said`: for each document the result of `quoted`; `near`: for each document, those of the same story.
    """
    return list(_Details(documents, said, entities, ontology).pairs(near))


def sketches_of(
    pairs: Iterable[tuple[int, int]], found: Sequence[Sketch], same: Mapping[str, str]
) -> list[Sketch]:
    """The sketches, from all documents, of the events that the documents in `pairs` report.

    `same`: id of a happening -> id of its event.
    """
    telling = {document for pair in pairs for document in pair}
    told = {same[sketch.id] for sketch in found if sketch.document in telling}
    return [sketch for sketch in found if same[sketch.id] in told]


def joined(
    events: Sequence[Event], contests: Sequence[Contest]
) -> tuple[list[Event], dict[str, dict[str, Event]], dict[str, str]]:
    """The events after merging those of each contest, and two dicts.

    The first dict: id of a document -> id of a merged event -> the event as that document reports it. The
    second: id of an event that was merged into another -> id of that other. A merged event has the date,
    place and name of `Contest.one`.
    """
    by_id = {event.id: event for event in events}
    became: dict[str, str] = {}
    versions: defaultdict[str, dict[str, Event]] = defaultdict(dict)
    for contest in contests:
        first, second = (followed(id_, became) for id_ in (contest.one, contest.other))
        if first == second:
            continue
        one, other = by_id[first], by_id.pop(second)
        became[second] = first
        if other.time and other.time.start and not is_open(other.time):
            for document in other.documents:
                versions[document][first] = replace(other, id=first, place=other.place or one.place)
        aliases = {*one.aliases, other.label, *other.aliases} - {one.label}
        by_id[first] = replace(
            one,
            participants=tuple(sorted({*one.participants, *other.participants})),
            time=one.time or other.time,
            place=one.place or other.place,
            aliases=tuple(sorted(aliases)),
            documents=tuple(sorted({*one.documents, *other.documents})),
            evidence=distinct((*one.evidence, *other.evidence)),
            joined=tuple(sorted({*one.joined, *other.joined, second})),
        )
    return list(by_id.values()), versions, became


def followed(id_: str, became: Mapping[str, str]) -> str:
    """The id of the event into which an event was finally merged; `id_` itself if it was not merged."""
    while id_ in became:
        id_ = became[id_]
    return id_


class _Details:
    """Finds documents that have rare details in common: names and quotations."""

    def __init__(
        self,
        documents: Sequence[Document],
        said: Sequence[frozenset[str]],
        entities: Sequence[Entity],
        ontology: Ontology,
    ) -> None:
        self.said = said
        index = {document.id: i for i, document in enumerate(documents)}
        self.works: defaultdict[int, set[str]] = defaultdict(set)
        self.others: defaultdict[int, set[str]] = defaultdict(set)
        for entity in entities:
            if not entity.named or not 1 < len(entity.documents) <= _SPREAD:
                continue
            if any(ontology.is_a(entity.type, name) for name in _WORKS):
                kept = self.works
            elif not any(ontology.is_a(entity.type, name) for name in _PLAIN):
                kept = self.others
            else:
                continue
            for document in entity.documents:
                kept[index[document]].add(entity.id)

    def pairs(self, near: Sequence[set[int]]) -> Iterator[tuple[int, int]]:
        for one, some in enumerate(near):
            for other in sorted(some):
                if one < other and self._agree(one, other):
                    yield one, other

    def _agree(self, one: int, other: int) -> bool:
        points = min(len(self.said[one] & self.said[other]), 2) * _QUOTATION
        telling = len(self.works[one] & self.works[other]) + points
        # Two shared names are not counted: both documents name the participants of the event, usually two.
        more = max(len(self.others[one] & self.others[other]) - 2, 0)
        return telling >= _TELLING and telling + min(more, 2) * _NAME >= _ENOUGH


def quoted(text: str) -> frozenset[str]:
    """The first `_WORDS` words of each quotation in a text that has at least that many words."""
    found = set()
    for match in _QUOTED.finditer(text):
        words = names.words(next(filter(None, match.groups()), ""))
        if len(words) >= _WORDS:
            found.add(" ".join(words[:_WORDS]))
    return frozenset(found)


class _Contests:
    """Finds pairs of events in two documents of one story that differ only in their dates."""

    def __init__(
        self,
        documents: Sequence[Document],
        told: Iterable[tuple[Sequence[Occasion], Nodes]],
        found: Iterable[Sketch],
        events: Sequence[Event],
        entities: Sequence[Entity],
        same: Mapping[str, str],
        witnesses: Witnesses,
    ) -> None:
        self.witnesses = witnesses
        self.documents = {document.id: document for document in documents}
        self.ids = [document.id for document in documents]
        # document -> ids of the entities that it mentions
        self.named: defaultdict[str, set[str]] = defaultdict(set)
        for entity in entities:
            for document in entity.documents:
                self.named[document].add(entity.id)
        self.sketches: dict[str, Sketch] = {}
        for sketch in found:
            root = same.get(sketch.id, sketch.id)
            known = self.sketches.get(root)
            self.sketches[root] = known.with_(sketch) if known else sketch
        self.occasions: defaultdict[str, set[str]] = defaultdict(set)  # event -> relations that identify it
        for some, nodes in told:
            for each in some:
                if happened := nodes.get(each.mention):
                    self.occasions[same.get(happened, happened)].add(each.relation)
        self.events = {event.id: event for event in events if event.id in self.sketches}
        self.dated: defaultdict[str, list[Event]] = defaultdict(list)
        for event in self.events.values():
            if event.time and event.time.start and not is_open(event.time):
                for document in event.documents:
                    self.dated[document].append(event)

    def of(self, pairs: Sequence[tuple[int, int]]) -> list[Contest]:
        fits: defaultdict[str, set[str]] = defaultdict(set)
        for pair in pairs:
            one, other = (self.ids[i] for i in pair)
            for a, b in self._candidates(one, other):
                fits[a.id].add(b.id)
                fits[b.id].add(a.id)
        found = []
        for first in sorted(fits):
            second = max(fits[first])
            if first < second and fits[first] == {second} and fits[second] == {first}:
                one, other = sorted((first, second), key=self._rank)
                found.append(Contest(one, other))
        return found

    def _rank(self, id_: str) -> tuple[int, int, bool, str]:
        """The sort key of an event by the likelihood of its date, the most likely first.

        A date is more likely if more independent articles report the event, then if more articles do, then
        if it is near the publication date of one of them.
        """
        event = self.events[id_]
        assert event.time
        days = [_days_between(event.time.start, day) for day in self._published(event)]
        is_news = min(days, default=_FAR + 1) <= _FAR
        return -self.witnesses.articles(event.documents), -len(event.documents), not is_news, id_

    def _candidates(self, one: str, other: str) -> Iterator[tuple[Event, Event]]:
        """Pairs of dated events that may be one: the first is reported only by document `one`, the second
        only by `other`.
        """
        for a in self._told_of(one, other):
            for b in self._told_of(other, one):
                if self._are_one(a, b):
                    yield a, b

    def _told_of(self, document: str, other: str) -> list[Event]:
        """The dated events that one document reports and the other does not."""
        return [event for event in self.dated[document] if other not in event.documents]

    def _are_one(self, a: Event, b: Event) -> bool:
        """Whether two events with different dates are one event."""
        one, other = self.sketches[a.id], self.sketches[b.id]
        timeless = replace(one, times=()), replace(other, times=())
        return (
            self._alike(a, b)
            and _contested(a.time, b.time)
            and not contradict(*timeless)
            and self._both_name(a, b)
            and self._is_no_other_news(a, b)
        )

    def _alike(self, a: Event, b: Event) -> bool:
        """Whether two events are of the same specific kind.

        Never for speech acts or events without a specific kind, because a story has too many of these.
        """
        one, other = self.sketches[a.id], self.sketches[b.id]
        if one.speech or other.speech or a.factuality != b.factuality:
            return False
        if one.words & other.words and one.special and other.special:
            return True
        both = _pairs(a) & _pairs(b)
        return bool(both and self.occasions[a.id] & self.occasions[b.id])

    def _both_name(self, a: Event, b: Event) -> bool:
        """Whether the documents of each event mention the participants and places of the other."""
        for event, rest in ((a, b), (b, a)):
            sketch = self.sketches[event.id]
            there = set().union(*(self.named[document] for document in rest.documents))
            if not (sketch.actors | sketch.others | sketch.places) <= there:
                return False
        return bool(self.sketches[a.id].named | self.sketches[b.id].named)

    def _is_no_other_news(self, a: Event, b: Event) -> bool:
        assert a.time and b.time  # because `_candidates` gives only events with a date
        apart = _days_between(a.time.start, b.time.start)
        published = [self._published(event) for event in (a, b)]
        if all(published):
            near = min(_days_between(x, y) for x in published[0] for y in published[1])
            return near * 2 < apart
        return apart > _FAR

    def _published(self, event: Event) -> list[str]:
        dates = (self.documents[document].metadata.date for document in event.documents)
        return [day for day in dates if len(day) == _DAY]


def _pairs(event: Event) -> set[frozenset[str]]:
    """All pairs of an event's participants."""
    people = sorted({id_ for _, id_ in event.participants})
    return {frozenset(pair) for pair in combinations(people, 2)}


def _contested(one: Time | None, other: Time | None) -> bool:
    """Whether both times are exact to the day, and have no day in common."""
    if one is None or other is None:
        return False
    known = all(len(time.start) >= _DAY and len(time.end) >= _DAY for time in (one, other))
    return known and (one.end[:_DAY] < other.start[:_DAY] or other.end[:_DAY] < one.start[:_DAY])


def _days_between(one: str, other: str) -> int:
    return abs((date.fromisoformat(one[:_DAY]) - date.fromisoformat(other[:_DAY])).days)
