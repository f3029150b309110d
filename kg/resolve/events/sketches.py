"""Makes sketches, the features by which happenings are compared, and finds contradictions between two."""

from __future__ import annotations

from calendar import day_name, month_name
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from functools import cache, partial
from operator import attrgetter
from typing import Any

from kg import disk_lists
from kg.disk_lists import DiskList, OnDisk
from kg.memo import Memo
from kg.model import Claim, Document, Entity, Factuality, Mention, Reading, Role, Time
from kg.ontology import Ontology
from kg.resolve import evidence, names
from kg.resolve.document import postmodifiers
from kg.resolve.document.happenings import Happening
from kg.resolve.document.postmodifiers import Phrase
from kg.resolve.events.wording import Wording
from kg.resolve.nodes import Nodes

DAY = len("2026-01-13")  # length of a date with a day
_YEAR = len("2026")
# Words before a noun that distinguish an event from others of its kind: "the first meeting".
_OTHERS = frozenset(
    {"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
     "last", "previous", "earlier", "next", "another", "other", "future", "past", "recent", "annual",
     "similar", "similarly", "former", "final", "new", "subsequent", "follow-up", "repeat", "separate"}
)  # fmt: skip
# Words that distinguish an event from others of its kind if they are part of a vague time: "years ago".
_LONG = frozenset({"year", "years", "month", "months", "decade", "decades", "century", "ago"})
_INDEFINITE = ("a", "an")
# If the label of a relation has one of these endings, its object is a larger event, or the place of one.
DURING = (" at", " during")
# Classes of events whose participants all have the same role: "Ana and Tom met".
_TOGETHER = ("Meeting", "Visit", "Agreement", "Competition")
_WIDE = frozenset({"Country", "Region"})  # classes of places that do not contradict a town as place
_DAY_NAMES = [name.lower() for name in day_name]
_MONTH_NAMES = [name.lower() for name in month_name]  # the first is ""
TIME_WORDS = frozenset({*_DAY_NAMES, *_MONTH_NAMES} - {""})


@dataclass(frozen=True, slots=True)
class Resolved:
    """A document with its happenings and the referents of its mentions. Its reading is loaded on demand."""

    readings: Sequence[Reading]  # of all documents
    number: int  # index of its reading
    nodes: Nodes
    happenings: tuple[Happening, ...]

    @property
    def reading(self) -> Reading:
        return self.readings[self.number]

    @property
    def document(self) -> Document:
        return disk_lists.documents(self.readings)[self.number]

    @property
    def key(self) -> str:
        """A digest of everything on which the reading depends (`kg.memo`)."""
        return disk_lists.keys(self.readings)[self.number]

    def renamed(self, same: Mapping[str, str]) -> Resolved:
        """The same document after merging. `same`: id that was merged into another -> that other."""
        return replace(self, nodes=self.nodes.renamed(same))


class ResolvedOnDisk(OnDisk[Resolved]):
    """A sequence of the `Resolved` of each document, whose parts are on disk and loaded on demand."""

    def __init__(self, readings: Sequence[Reading], rest: DiskList[Rest]) -> None:
        self.readings, self._rest = readings, rest

    def item(self, number: int) -> Resolved:
        nodes, happenings = self._rest[number]
        return Resolved(self.readings, number, nodes.shared(), happenings)

    def only(self, numbers: Sequence[int]) -> ResolvedOnDisk:
        return ResolvedOnDisk(disk_lists.ordered(self.readings, numbers), self._rest.only(numbers))

    def __len__(self) -> int:
        return len(self.readings)


Rest = tuple[Nodes, tuple[Happening, ...]]  # what a `Resolved` has besides its reading


@dataclass(frozen=True, slots=True)
class Sketch:
    """The features of a happening, or of several that are one event."""

    id: str
    document: int  # index of its reading
    words: frozenset[str]  # stems and relations of its words, from `Wording.sure`
    actors: frozenset[str]  # ids of named agents; for the classes `_TOGETHER`, of all named participants
    others: frozenset[str]  # ids of named patients
    objects: frozenset[str]  # head words of other patients
    times: tuple[Time, ...]
    places: frozenset[str]  # named places, without countries and regions, which do not exclude a town
    marks: frozenset[str]  # words that distinguish it from others of its kind: "first", "last"
    plural: bool
    negated: bool
    unreal: bool  # only mentioned as possible
    speech: bool  # a speech act
    special: bool  # of a class more specific than Event, or denoted by a noun
    definite: bool  # whether all mentions are definite nouns, which may refer back
    bare: bool  # whether all mentions are like "the meeting", without modifiers or known participants
    postmodifiers: frozenset[Phrase]  # the phrases after its nouns: "in Lima" of "the votes in Lima"
    introduced: frozenset[
        int
    ]  # documents that introduce it by "a meeting"; a second "a meeting" there is a different event

    @property
    def named(self) -> frozenset[str]:
        return self.actors | self.others

    @property
    def grounds(self) -> Hashable:
        """The features that `contradict` uses: two sketches with equal grounds contradict the same others."""
        return (
            self.unreal, self.times, self.others, self.objects, self.plural, self.negated, self.marks,
            self.introduced, self.actors, self.places, self.postmodifiers,
        )  # fmt: skip

    def with_(self, other: Sketch) -> Sketch:
        """The common features of both sketches, which are of one event."""
        return Sketch(
            self.id, self.document, self.words | other.words, self.actors | other.actors,
            self.others | other.others, self.objects | other.objects,
            tuple(dict.fromkeys((*self.times, *other.times))),
            self.places | other.places, self.marks | other.marks, self.plural or other.plural,
            self.negated and other.negated, self.unreal and other.unreal, self.speech and other.speech,
            self.special or other.special, self.definite and other.definite, self.bare and other.bare,
            self.postmodifiers | other.postmodifiers,
            self.introduced | other.introduced,
        )  # fmt: skip


_SETS = (
    "words",
    "actors",
    "others",
    "objects",
    "places",
    "marks",
    "postmodifiers",
    "introduced",
)  # the fields of a Sketch that are sets


_FIELDS = tuple(each.name for each in fields(Sketch))
_values = attrgetter(*_FIELDS)  # for copies; dataclasses.replace takes twice as long


def sketches(
    told: Iterable[Resolved], entities: Iterable[Entity], ontology: Ontology, memo: Memo
) -> list[Sketch]:
    """The sketches of the happenings of all documents, in order."""
    known = [entity for entity in entities if entity.named and entity.type != "Position"]
    named = {entity.id for entity in known}
    spots = {entity.id for entity in known if entity.type not in _WIDE}
    words = Wording(ontology)
    shared: dict[Hashable, Any] = {}
    found: list[Sketch] = []
    for document, one in enumerate(told):
        ids = one.nodes.ids()
        here = ids & named, ids & spots
        given = one.nodes.given(), *map(sorted, here)
        make = partial(_sketched, one, *here, words, ontology)
        for sketch in memo.of("sketches", one.key, given, tuple[Sketch, ...], make):
            found.append(_in_document(sketch, document, shared))
    return found


def _sketched(
    one: Resolved, named: set[str], spots: set[str], words: Wording, ontology: Ontology
) -> tuple[Sketch, ...]:
    sketcher = _Sketcher(one, 0, named, spots, words, ontology)
    return tuple(map(sketcher.sketch, one.happenings))


def _in_document(sketch: Sketch, document: int, shared: dict[Hashable, Any]) -> Sketch:
    """The sketch with the index of its document; its sets are replaced by equal ones from `shared`.

    This saves memory, because most sets are empty, and each would take 200 bytes.
    """
    values = dict(zip(_FIELDS, _values(sketch), strict=True))
    values |= {"document": document, "introduced": frozenset((document,) if sketch.introduced else ())}
    for name in _SETS:
        values[name] = shared.setdefault(values[name], values[name])
    return Sketch(**values)


@dataclass(slots=True)
class _Participants:
    """The participants and places of an event according to its claims, as in `Sketch`."""

    actors: set[str] = field(default_factory=set)
    others: set[str] = field(default_factory=set)
    objects: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)


class _Sketcher:
    """Makes the sketches of one document."""

    def __init__(
        self,
        told: Resolved,
        document: int,
        named: set[str],
        spots: set[str],
        words: Wording,
        ontology: Ontology,
    ) -> None:
        self.reading, self.nodes, self.document = told.reading, told.nodes, document
        self.named, self.spots, self.words, self.ontology = named, spots, words, ontology
        # mention of an event -> the claims that tell it
        self.telling: defaultdict[int, list[Claim]] = defaultdict(list)
        # mention -> the claims with it as subject
        self.about: defaultdict[int, list[Claim]] = defaultdict(list)
        for claim in told.reading.claims:
            self.telling[claim.event].append(claim)
            self.about[claim.subject.mention].append(claim)

    def sketch(self, happening: Happening) -> Sketch:
        mentions = [self.reading.mentions[i] for i in happening.mentions]
        own = [claim for i in happening.mentions for claim in self.telling.get(i, ())]
        about = [claim for i in happening.mentions for claim in self.about.get(i, ())]
        told_as = {claim.factuality for claim in own}
        found = self._participants(mentions, own, about)
        type_ = next((m.type for m in mentions if m.type not in ("", "Event")), "Event")
        if any(self.ontology.is_a(type_, name) for name in _TOGETHER):
            found.actors |= found.others
        nouns = [mention for mention in mentions if _noun(mention)]
        times = self._times(own, about)
        return Sketch(
            id=happening.id,
            document=self.document,
            words=frozenset().union(*(self.words.sure(mention.lemma) for mention in mentions)),
            actors=frozenset(found.actors),
            others=frozenset(found.others - found.actors),
            objects=frozenset(found.objects),
            times=times,
            places=frozenset(found.places & self.spots),
            marks=_marks(nouns, self._venues(own), times),
            plural=any(mention.plural and type_ != "Meeting" for mention in nouns),
            negated=told_as == {Factuality.NEGATED},
            unreal=told_as == {Factuality.POSSIBLE},
            speech=type_ == "SpeechAct",
            special=type_ != "Event" or bool(nouns),
            definite=all(m in nouns and m.determiner.lower() not in ("", *_INDEFINITE) for m in mentions),
            bare=all(map(_bare, mentions)) and not (found.actors or found.others or found.objects),
            postmodifiers=frozenset(
                each for noun in nouns for each in postmodifiers.phrases(self.reading, noun, self.nodes.get)
            ),
            introduced=frozenset(
                {self.document} if any(m.determiner.lower() in _INDEFINITE for m in mentions) else ()
            ),
        )

    def _participants(
        self, mentions: Iterable[Mention], own: Iterable[Claim], about: Iterable[Claim]
    ) -> _Participants:
        found = _Participants()
        for claim in own:
            found.places.add(self.nodes.get(claim.place))
            for argument in (claim.subject, claim.object):
                if argument is None or argument.role is Role.TIME:
                    continue
                ids = set(self.nodes.of(argument)) & self.named
                if argument.role is Role.PLACE:
                    found.places |= ids
                elif ids:
                    (found.actors if argument.role is Role.AGENT else found.others).update(ids)
                elif argument.role is not Role.AGENT:
                    head = self.reading.mentions[argument.mention].lemma if argument.mention >= 0 else ""
                    found.objects.add((head or argument.text).lower())
        for mention in mentions:  # the possessors of a noun are agents: "Ruiz's visit", "their meeting"
            owners = self.nodes.pairs.get(mention.possessor, (self.nodes.get(mention.possessor),))
            found.actors |= set(owners) & self.named
        # the place may be the object of a claim about it: "The summit took place in Lima"
        for claim in about:
            if claim.object and claim.object.role is Role.PLACE:
                found.places.add(self.nodes.get(claim.object.mention))
        return found

    def _venues(self, own: Iterable[Claim]) -> list[Mention]:
        """The mentions of events at which the event took place: "the forum" in "met at the forum"."""
        ends = [claim.object for claim in own if claim.object and claim.relation.text.endswith(DURING)]
        return [self.reading.mentions[end.mention] for end in ends if end.mention >= 0]

    def _times(self, own: Iterable[Claim], about: Iterable[Claim]) -> tuple[Time, ...]:
        times = [evidence.time_of(self.reading, claim) for claim in own]
        ends = [claim.object.time for claim in about if claim.object and claim.object.time >= 0]
        times += [evidence.when(self.reading.times[time]) for time in ends]
        return tuple(dict.fromkeys(time for time in times if time))


def _marks(nouns: Iterable[Mention], venues: Iterable[Mention], times: Iterable[Time]) -> frozenset[str]:
    """The words that distinguish an event from others of its kind: "first" in "The first meeting", "last" and
    "year" in "met at last year's forum".
    """
    told = {word for noun in nouns for word in names.words(_before_head(noun)) if word in _OTHERS}
    told |= {word for one in venues for word in names.words(_before_head(one)) if word in _OTHERS | _LONG}
    vague = {word for time in times if not time.start for word in names.words(time.text) if word in _LONG}
    return frozenset(told | vague)


def _head(reading: Reading, mention: int) -> str:
    return reading.mentions[mention].lemma.lower() if mention >= 0 else ""


def _noun(mention: Mention) -> bool:
    return bool(mention.determiner) or mention.plural or mention.possessor >= 0 or " " in mention.text.strip()


def _bare(mention: Mention) -> bool:
    words = mention.text.lower().split()
    return len(words) == 2 and words[0] in ("the", "this", "that") and not mention.plural


def _before_head(mention: Mention) -> str:
    return mention.text[: max(mention.head_start - mention.start, 0)]


# -- Contradictions --------------------------------------------------------------------------------


def contradict(one: Sketch, other: Sketch) -> bool:
    """Whether two happenings cannot be one event, as far as is known."""
    return (
        one.unreal != other.unreal
        or _only_years(one) != _only_years(other)
        or (not one.others and not other.others and _apart(one.objects, other.objects))
        or one.plural != other.plural
        or one.negated != other.negated
        or one.marks != other.marks
        or bool(one.introduced & other.introduced)
        or _differ(one.actors, other.actors)
        or _differ(one.others, other.others)
        or _apart(one.places, other.places)
        or postmodifiers.differ(one.postmodifiers, other.postmodifiers)
        or any(_clash(a, b) for a in one.times for b in other.times)
    )


def never_one(one: Sketch, other: Sketch) -> bool:
    """Whether two happenings cannot be one event, even after either is merged with further happenings."""
    return (
        one.unreal != other.unreal
        or one.plural != other.plural
        or one.negated != other.negated
        or one.marks != other.marks
        or bool(one.introduced & other.introduced)
        or any(_clash(a, b) for a in one.times for b in other.times)
    )


def _only_years(one: Sketch) -> bool:
    """Whether all times are whole years: "hosted it in 2019" is background, not the event in the news."""
    return bool(one.times) and all(0 < len(time.start) <= _YEAR for time in one.times)


def _apart(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other and not one & other)


def _differ(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether each has a named participant that the other lacks."""
    return bool(one - other and other - one)


def _clash(one: Time, other: Time) -> bool:
    if one.start and other.start:
        return one.end[: len(other.start)] < other.start[: len(one.end)] or (
            other.end[: len(one.start)] < one.start[: len(other.end)]
        )
    told = [TIME_WORDS & set(names.words(time.text)) for time in (one, other)]
    if not one.start and not other.start:
        return bool(told[0] and told[1] and not told[0] & told[1])
    known, words = (one, told[1]) if one.start else (other, told[0])
    return bool(words) and not words & _words_of(known)


def _words_of(time: Time) -> frozenset[str]:
    """The weekday and month of a time; if it is not known to the day, all weekdays and months."""
    return _of_day(time.start[:DAY]) if len(time.start) >= DAY else TIME_WORDS


@cache
def _of_day(day: str) -> frozenset[str]:
    known = date.fromisoformat(day)
    return frozenset({_DAY_NAMES[known.weekday()], _MONTH_NAMES[known.month]})


def same_day(one: Sketch, other: Sketch) -> bool:
    """Whether both have a time that is exact to the day, and these have a day in common."""
    days = [
        {t.start[:DAY] for t in s.times if len(t.start) >= DAY and t.start == t.end} for s in (one, other)
    ]
    return bool(days[0] & days[1])
