"""Happenings of all documents -> which of them are one event.

    "Ruiz hosted Reed on 13 May" and "Reed was hosted by Ruiz" in two articles of one story: one event
    "Ruiz met Reed ... their meeting": one event;  "their first meeting", "the March meeting": others

Two happenings are one where a word for them is the same (or names one relation: "arrest", "detain"),
people or things with names took part in both, and nothing speaks against it: other participants on both
sides, another time or place, an ordinal ("first", "last year's"), a plural, denied and told as a fact.
How much must agree depends on how near the two are:

    the same day                         one named participant
    one document, or one story           two; or one in the same role, where nothing else is told;
                                         or the town or building where it was

What fits two events that
differ from each other stays alone. `loose`, for mentions in text and not for facts of the world, is
content with the word and the story.

Leaves out: other words for one event ("the clash", "the fight"), and that one event is part of another.
"""

from __future__ import annotations

from calendar import day_name, month_name
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from kg.model import Claim, Entity, Factuality, Mention, Reading, Role, Time
from kg.ontology import Ontology
from kg.resolve import evidence, names
from kg.resolve.happenings import Happening
from kg.resolve.nodes import Nodes
from kg.resolve.sets import Sets
from kg.resolve.stories import stem

_CROWD = 60  # happenings of one block; of a larger one only those of one story are compared
_DAY = len("2026-01-13")
_YEAR = len("2026")
_OTHERS = frozenset(
    {"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
     "last", "previous", "earlier", "next", "another", "other", "future", "past", "recent", "annual",
     "similar", "similarly", "former", "final", "new", "subsequent", "follow-up", "repeat", "separate"}
)  # fmt: skip
_LONG = frozenset({"year", "years", "month", "months", "decade", "decades", "century", "ago"})
_UNREAL = frozenset({Factuality.POSSIBLE})
_TOGETHER = ("Meeting", "Visit", "Agreement", "Competition")  # classes whose participants are on a par
_PEOPLE = ("er", "or", "ist", "ian")  # "player for" names no playing
_WIDE = frozenset({"Country", "Region"})
_TIME_WORDS = frozenset(name.lower() for name in (*day_name, *month_name) if name)


@dataclass(frozen=True, slots=True)
class Told:
    """A document, what its mentions stand for, and its happenings."""

    reading: Reading
    nodes: Nodes
    happenings: tuple[Happening, ...]


def unite(
    told: Sequence[Told],
    entities: Iterable[Entity],
    near: Sequence[set[int]],
    ontology: Ontology,
    *,
    loose: bool = False,
) -> dict[str, str]:
    """Id of each happening -> id of the first that is the same event. `near`: as of `stories`."""
    known = list(entities)
    named = {entity.id for entity in known if entity.named and entity.type != "Position"}
    spots = {entity.id for entity in known if entity.named and entity.type not in _WIDE}
    words = _Words(ontology)
    sketches = [
        _sketch(one, happening, document, _Known(named, spots), words, ontology)
        for document, one in enumerate(told)
        for happening in one.happenings
    ]
    uniting = _Uniting(sketches, near, loose)
    uniting.run()
    return {sketch.id: sketches[uniting.sets.find(i)].id for i, sketch in enumerate(sketches)}


# -- What is known of a happening --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Sketch:
    """What a happening, or several that are one, are known by."""

    id: str
    document: int
    words: frozenset[str]  # stems and relations
    actors: frozenset[str]  # named, who acted; all of them where they are on a par
    others: frozenset[str]  # named, to whom it happened
    objects: frozenset[str]  # what else it was done to, by head word
    times: tuple[Time, ...]
    places: frozenset[str]  # named, no countries: one event can be in a country and a town
    marks: frozenset[str]  # "first", "last", "year"
    plural: bool
    negated: bool
    unreal: bool
    speech: bool
    special: bool  # of a class of its own, or a noun
    definite: bool  # a noun that takes up what was told
    introduced: frozenset[int]  # documents that call it "a meeting": what they call so again is another

    @property
    def named(self) -> frozenset[str]:
        return self.actors | self.others

    def with_(self, other: _Sketch) -> _Sketch:
        """What is known of the two when they are one."""
        return _Sketch(
            self.id, self.document, self.words | other.words, self.actors | other.actors,
            self.others | other.others, self.objects | other.objects, self.times + other.times,
            self.places | other.places, self.marks | other.marks, self.plural or other.plural,
            self.negated and other.negated, self.unreal and other.unreal, self.speech and other.speech,
            self.special or other.special, self.definite and other.definite,
            self.introduced | other.introduced,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Known:
    """Ids of what has a name."""

    named: set[str]
    spots: set[str]  # no countries and regions


class _Words:
    """Which words name one kind of happening."""

    def __init__(self, ontology: Ontology) -> None:
        self.relations: defaultdict[str, set[str]] = defaultdict(set)  # stem -> relations
        for relation in ontology.relations.values():
            if relation.event_class in ("", "Event", "SpeechAct", "Meeting") or relation.stative:
                continue
            nouns = (noun.rpartition(" ")[0] for noun in relation.nouns)  # "arrest of"
            for word in (*relation.verbs, *nouns):
                if word and " " not in word and not word.endswith(_PEOPLE):
                    self.relations[stem(word)].add(relation.name)

    def of(self, lemma: str) -> frozenset[str]:
        root = stem(lemma)
        return frozenset({root, *(f"={relation}" for relation in self.relations.get(root, ()))})


def _sketch(
    told: Told, happening: Happening, document: int, known: _Known, words: _Words, ontology: Ontology
) -> _Sketch:
    reading, nodes, named = told.reading, told.nodes, known.named
    members = set(happening.mentions)
    mentions = [reading.mentions[i] for i in happening.mentions]
    own = [claim for claim in reading.claims if claim.event in members]
    told_as = {claim.factuality for claim in own}
    actors: set[str] = set()
    others: set[str] = set()
    objects: set[str] = set()
    places = {id_ for claim in own if (id_ := nodes.get(claim.place)) in named}
    for claim in own:
        for argument in (claim.subject, claim.object):
            if argument is None or argument.role is Role.TIME:
                continue
            ids_ = set(nodes.of(argument)) & named
            if argument.role is Role.PLACE:
                places |= ids_
            elif ids_:
                (actors if argument.role is Role.AGENT else others).update(ids_)
            elif argument.role is not Role.AGENT:
                objects.add(_head(reading, argument.mention) or argument.text.lower())
    for mention in mentions:
        if mention.possessor >= 0:
            actors |= set(nodes.pairs.get(mention.possessor, (nodes.get(mention.possessor),))) & named
    for claim in _about(reading, members):
        places |= _place_told(claim, nodes) & named
    type_ = next((m.type for m in mentions if m.type not in ("", "Event")), "Event")
    if any(ontology.is_a(type_, name) for name in _TOGETHER):
        actors, others = actors | others, set()
    nouns = [mention for mention in mentions if _noun(mention)]
    times = _times(reading, own, members)
    return _Sketch(
        happening.id,
        document,
        frozenset().union(*(words.of(mention.lemma) for mention in mentions)),
        frozenset(actors),
        frozenset(others - actors),
        frozenset(objects),
        times,
        frozenset(places & known.spots),
        _marks(nouns, times),
        any(m.plural and type_ != "Meeting" for m in nouns),
        told_as == {Factuality.NEGATED},
        bool(told_as) and told_as <= _UNREAL,
        type_ == "SpeechAct",
        type_ != "Event" or bool(nouns),
        all(mention in nouns and mention.determiner.lower() not in ("", "a", "an") for mention in mentions),
        frozenset({document} if any(m.determiner.lower() in ("a", "an") for m in mentions) else ()),
    )


def _marks(nouns: Iterable[Mention], times: Iterable[Time]) -> frozenset[str]:
    """ "The first meeting", and what was "last year", whenever that is."""
    told = {word for noun in nouns for word in names.words(_before_head(noun)) if word in _OTHERS}
    vague = {word for time in times if not time.start for word in names.words(time.text) if word in _LONG}
    return frozenset(told | vague)


def _about(reading: Reading, members: set[int]) -> Iterator[Claim]:
    return (claim for claim in reading.claims if claim.subject.mention in members)


def _place_told(claim: Claim, nodes: Nodes) -> set[str]:
    """ "The summit took place in Lima"."""
    placed = claim.object is not None and claim.object.role is Role.PLACE
    return {nodes.get(claim.object.mention)} - {""} if claim.object and placed else set()


def _times(reading: Reading, own: Sequence[Claim], members: set[int]) -> tuple[Time, ...]:
    times = [evidence.time_of(reading, claim) for claim in own]
    times += [
        evidence.when(reading.times[claim.object.time])
        for claim in _about(reading, members)
        if claim.object and claim.object.time >= 0
    ]
    return tuple(dict.fromkeys(time for time in times if time))


def _head(reading: Reading, mention: int) -> str:
    return reading.mentions[mention].lemma.lower() if mention >= 0 else ""


def _noun(mention: Mention) -> bool:
    return bool(mention.determiner) or mention.plural or mention.possessor >= 0 or " " in mention.text.strip()


def _before_head(mention: Mention) -> str:
    return mention.text[: max(mention.head_start - mention.start, 0)]


# -- What speaks against ---------------------------------------------------------------------------


def _contradict(one: _Sketch, other: _Sketch) -> bool:
    return (
        one.unreal != other.unreal
        or _once(one) != _once(other)
        or (not one.others and not other.others and _apart(one.objects, other.objects))
        or _exclude(one, other)
    )


def _once(one: _Sketch) -> bool:
    """Whether it is told as of another time: "hosted it in 2019", where the day of news is not told so."""
    return bool(one.times) and all(0 < len(time.start) <= _YEAR for time in one.times)


def _exclude(one: _Sketch, other: _Sketch) -> bool:
    """Whether even the same words in the same story cannot tell of one event."""
    return (
        one.plural != other.plural
        or one.negated != other.negated
        or one.marks != other.marks
        or bool(one.introduced & other.introduced)
        or _differ(one.actors, other.actors)
        or _differ(one.others, other.others)
        or _apart(one.places, other.places)
        or any(_clash(a, b) for a in one.times for b in other.times)
    )


def _apart(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other and not one & other)


def _differ(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether each names somebody whom the other does not."""
    return bool(one - other and other - one)


def _clash(one: Time, other: Time) -> bool:
    if one.start and other.start:
        return one.end[: len(other.start)] < other.start[: len(one.end)] or (
            other.end[: len(one.start)] < one.start[: len(other.end)]
        )
    told = [_TIME_WORDS & set(names.words(time.text)) for time in (one, other)]
    if not one.start and not other.start:
        return bool(told[0] and told[1] and not told[0] & told[1])
    known, words = (one, told[1]) if one.start else (other, told[0])
    return bool(words) and not words & _words_of(known)


def _words_of(time: Time) -> frozenset[str]:
    """The weekday and month of a time that is known to the day."""
    from datetime import date

    if len(time.start) < _DAY:
        return _TIME_WORDS
    day = date.fromisoformat(time.start[:_DAY])
    return frozenset({day_name[day.weekday()].lower(), month_name[day.month].lower()})


def _same_day(one: _Sketch, other: _Sketch) -> bool:
    days = [
        {t.start[:_DAY] for t in s.times if len(t.start) >= _DAY and t.start == t.end} for s in (one, other)
    ]
    return bool(days[0] & days[1])


# -- Uniting -----------------------------------------------------------------------------------------


class _Uniting:
    def __init__(self, sketches: Sequence[_Sketch], near: Sequence[set[int]], loose: bool) -> None:
        self.of = sketches
        self.sketches = list(sketches)  # of a root: of all its members
        self.near = near
        self.loose = loose
        self.sets = Sets(list(range(len(sketches))))

    def run(self) -> None:
        pairs = self._pairs()
        for fits in (self._one_day, self._two_in_common, self._one_in_common, self._one_place):
            at_hand: defaultdict[int, set[int]] = defaultdict(set)
            for i, some in pairs.items():
                for j in some:
                    one, other = self.sets.find(i), self.sets.find(j)
                    if one != other and fits(i, j) and not self._contradict(one, other):
                        at_hand[one].add(other)
            clear = [root for root in sorted(at_hand) if self._clear(at_hand[root])]
            for one in clear:
                for other in sorted(at_hand[one].intersection(clear)):
                    self._join(one, other)
        if self.loose:
            for i, some in pairs.items():
                for j in some:
                    if self._one_word(i, j):
                        self.sets.union((i, j))

    def _contradict(self, i: int, j: int) -> bool:
        return _contradict(self.sketches[i], self.sketches[j])

    def _clear(self, some: set[int]) -> bool:
        """Whether these can all be one event."""
        return not any(self._contradict(one, other) for one, other in combinations(sorted(some), 2))

    def _join(self, i: int, j: int) -> None:
        one, other = sorted((self.sets.find(i), self.sets.find(j)))
        if one != other and not self._contradict(one, other):
            self.sketches[one] = self.sketches[one].with_(self.sketches[other])
            self.sets.union((one, other))

    def _pairs(self) -> dict[int, list[int]]:
        """For each happening those of a common word that are near enough to be compared."""
        blocks: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
        by_document: defaultdict[int, defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        for i, sketch in enumerate(self.sketches):
            for word in sketch.words:
                by_document[sketch.document][word].append(i)
                for day in {t.start[:_DAY] for t in sketch.times if len(t.start) >= _DAY}:
                    for one in sketch.named:
                        blocks[word, one, day].append(i)
        found: dict[int, set[int]] = {i: set() for i in range(len(self.sketches))}
        for i, sketch in enumerate(self.sketches):
            for document in (sketch.document, *self.near[sketch.document]):
                for word in sketch.words:
                    found[i].update(by_document[document].get(word, ()))
        for block in blocks.values():
            for i in block[:_CROWD]:
                found[i].update(block[:_CROWD])
        return {i: sorted(some - {i}) for i, some in found.items()}

    def _one_day(self, i: int, j: int) -> bool:
        one, other = self.sketches[i], self.sketches[j]
        return _same_day(one, other) and bool(one.named & other.named) and self._tellable(one, other)

    def _two_in_common(self, i: int, j: int) -> bool:
        one, other = self.sketches[self.sets.find(i)], self.sketches[self.sets.find(j)]
        return len(one.named & other.named) > 1 and self._tellable(one, other)

    def _one_in_common(self, i: int, j: int) -> bool:
        one, other = self.sketches[self.sets.find(i)], self.sketches[self.sets.find(j)]
        shared = bool(one.actors & other.actors or one.others & other.others)
        taken_up = one.document == other.document and (one.definite or other.definite)
        same_objects = bool(one.others & other.others or one.objects & other.objects)
        told = same_objects if not taken_up else True
        return shared and told and one.special and other.special and self._tellable(one, other)

    def _one_place(self, i: int, j: int) -> bool:
        """ "A summit in Lima" in two articles of one story."""
        one, other = self.sketches[self.sets.find(i)], self.sketches[self.sets.find(j)]
        placed = bool(one.places & other.places) and one.special and other.special
        return placed and self.of[i].document != self.of[j].document and self._tellable(one, other)

    def _tellable(self, one: _Sketch, other: _Sketch) -> bool:
        """Many things are said in one story; only of equal words it is known that they are said once."""
        return not (one.speech or other.speech) or bool(
            one.speech and other.speech and (one.others & other.others or one.objects & other.objects)
        )

    def _one_word(self, i: int, j: int) -> bool:
        one, other = self.of[i], self.of[j]
        told = not (one.speech and other.speech) or bool(one.actors & other.actors)
        return told and one.document != other.document and not _exclude(one, other)
