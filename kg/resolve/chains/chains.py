"""Coreference chains: which words of all documents speak of one thing, also where nobody could swear to it.

    "A gunman killed two people", "the killings" in two articles of one story    one event
    "23 pirates", "the pirates" in two articles of one story                     one thing
    "on Saturday", "Saturday morning" in one story                               one time
    "Ana Ruiz", "Ruiz", and "the coach" where nobody else of the story is one    one person

`resolve` makes facts of the world and unites only what it is sure of. Who reads texts wants to know what
each word most likely means, and in a story the same word mostly means the same (Gale, Church and
Yarowsky 1992, "One sense per discourse"). So chains begin with the things of the world and join, story
by story, happenings of one kind, descriptions with one head word, times of one day, and short names with
the one fuller name that ends so. Two things that have names of their own are never joined by a
description: "the coach" is nobody where two are called so.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kg.model import Entity, Mention, MentionKind, Reading, Role, TimeExpression
from kg.ontology import Ontology
from kg.resolve import names, wordnet
from kg.resolve.chains import extents
from kg.resolve.events.sketches import DAY, TIME_WORDS, Told
from kg.resolve.events.wording import Wording
from kg.resolve.sets import Sets

_AT = re.compile(r"\b(at|during|after|before|until|since|following) (\w+ )?$", re.IGNORECASE)
_LINKS = frozenset({"of", "in", "for", "the", "and"})  # "Aden" is not short for "Gulf of Aden"
_HAPPENINGS = ("Event", "Award")  # of names; "the Lima Film Awards" are held
_CLASSES = ("Person", "Place", "Organization", "CreativeWork")


@dataclass(frozen=True, slots=True)
class Link:
    """Words of a document and the chain that they belong to; offsets count in `Document.text`."""

    start: int
    end: int
    kind: MentionKind
    type: str  # of a time: "DATE", "TIME", "DURATION" or "SET"
    chain: str


_PL = ("Place","City","Country","Region","Facility","Organization")
_Source = Mention | TimeExpression


def chains(
    told: Sequence[Told], entities: Iterable[Entity], stories: Sequence[int], ontology: Ontology
) -> list[list[Link]]:
    """The links of each document, in its order; those of one chain have one name, in all documents.

    `told`: with one id for all happenings that are one event; `stories`: as of `stories.groups`.
    """
    nouns = _nouns(told, stories)
    found = [list(_links(position, one, nouns[stories[position]])) for position, one in enumerate(told)]
    chain = _Joining(told, found, entities, stories, ontology).run()
    return [[replace(link, chain=chain[link.chain]) for _, link in some] for some in found]


# -- What each mention stands for by itself ------------------------------------------------------------


def _links(position: int, told: Told, nouns: set[str]) -> Iterator[tuple[_Source, Link]]:
    reading = told.reading
    places = _places(reading)
    for index, mention in enumerate(reading.mentions):
        thing = told.nodes.get(index) or f"mention-{position}-{index}"
        if _happens(mention, nouns):
            start, end = extents.happening(reading, mention)
            type_ = mention.type if mention.kind is MentionKind.EVENT else "Event"
            yield mention, Link(start, end, MentionKind.EVENT, type_, thing)
        else:
            ways = extents.extents(reading, mention)
            if index in told.nodes.described:  # "Reed's wife, Ana Ruiz": "wife" alone, as the phrase has Reed
                ways = ways[-1:]
            for start, end in ways:
                yield mention, Link(start, end, mention.kind, mention.type, thing)
            for start, end in dict.fromkeys(extents.wider(reading, mention, place=index in places or mention.type in _PL)):
                yield mention, Link(start, end, mention.kind, "", thing)
    for index, time in enumerate(reading.times):
        for start, end in ((time.start, time.end), *extents.wider_time(reading, time)):
            yield time, Link(start, end, MentionKind.NOMINAL, time.type, f"time-{position}-{index}")


def _happens(mention: Mention, nouns: set[str]) -> bool:
    """Whether a mention tells of a happening; `nouns`: those that may, and do so in its story."""
    if mention.kind is MentionKind.NAME:
        return mention.type in _HAPPENINGS
    noun = mention.lemma.lower()
    nominal = mention.kind is MentionKind.NOMINAL and (wordnet.happens(noun) or noun in nouns)
    return mention.kind is MentionKind.EVENT or nominal


def _nouns(told: Sequence[Told], stories: Sequence[int]) -> defaultdict[int, set[str]]:
    """Story -> nouns that may name a happening and once must: "at the party", "during the season"."""
    found: defaultdict[int, set[str]] = defaultdict(set)
    for story, one in zip(stories, told, strict=True):
        for mention in one.reading.mentions:
            noun = mention.lemma.lower()
            if mention.kind is MentionKind.NOMINAL and wordnet.may_happen(noun):
                before = one.reading.document.text[max(mention.start - 30, 0) : mention.start]
                if _AT.search(before):
                    found[story].add(noun)
    return found


# -- Which of them are one -----------------------------------------------------------------------------


class _Joining:
    """Joins the things of each story. A thing of several stories is at home where it is spoken of most."""

    def __init__(
        self,
        told: Sequence[Told],
        found: Sequence[Sequence[tuple[_Source, Link]]],
        entities: Iterable[Entity],
        stories: Sequence[int],
        ontology: Ontology,
    ) -> None:
        self.told, self.found, self.stories, self.ontology = told, found, stories, ontology
        self.wording = Wording(ontology)
        self.named = {one.id: one for one in entities if one.named and one.type != "Position"}
        spread: defaultdict[str, Counter[int]] = defaultdict(Counter)
        for story, some in zip(stories, found, strict=True):
            for _, link in some:
                spread[link.chain][story] += 1
        self.home = {thing: min(n, key=lambda story: (-n[story], story)) for thing, n in spread.items()}
        self.spread = spread
        self.things = sorted(spread, key=lambda thing: (thing not in self.named, thing))
        self.index = {thing: i for i, thing in enumerate(self.things)}
        self.sets = Sets(list(range(len(self.things))))

    def run(self) -> dict[str, str]:
        """Thing -> name of its chain."""
        self._alike()
        self._short_names()
        self._descriptions()
        return {thing: self.things[self.sets.find(i)] for thing, i in self.index.items()}

    def _union(self, some: Iterable[str]) -> None:
        self.sets.union(self.index[thing] for thing in some)

    def _alike(self) -> None:
        """Happenings of one kind, descriptions with one head word, times of one day."""
        groups: defaultdict[tuple[int, str, str], set[str]] = defaultdict(set)
        for one, some in zip(self.told, self.found, strict=True):
            for source, link in some:
                for kind, key in self._keys(one.reading, source, link):
                    groups[self.home[link.chain], kind, key].add(link.chain)
        for members in groups.values():
            self._union(members)

    def _keys(self, reading: Reading, source: _Source, link: Link) -> Iterator[tuple[str, str]]:
        if isinstance(source, TimeExpression):
            yield "time", _day(source)
        elif link.kind is MentionKind.EVENT and source.kind is MentionKind.NAME:
            yield "happening", " ".join(names.words(source.text))
        elif link.kind is MentionKind.EVENT:
            for lemma in {source.lemma.lower(), extents.lemma(reading, source)}:
                yield from (("happening", key) for key in self.wording.likely(lemma))
        elif source.kind is MentionKind.NOMINAL and link.chain not in self.named:
            yield "many" if source.plural else "one", source.lemma.lower()

    def _short_names(self) -> None:
        """ "Ruiz" joins "Ana Ruiz", "the Bears" "the Lima Bears": the only ones of the story that fit."""
        there: defaultdict[int, set[str]] = defaultdict(set)
        for thing in self.named:
            for story in self.spread.get(thing, ()):
                there[story].add(thing)
        for story, some in there.items():
            endings: defaultdict[tuple[str, tuple[str, ...]], set[int]] = defaultdict(set)
            for thing in some:
                for short in _shorter(names.words(self.named[thing].label), self._class(thing)):
                    endings[self._class(thing), short].add(self.sets.find(self.index[thing]))
            for thing in sorted(some):
                fuller = endings[self._class(thing), names.words(self.named[thing].label)]
                if self.home[thing] == story and len(fuller) == 1:
                    self.sets.union([self.index[thing], *fuller])

    def _class(self, thing: str) -> str:
        type_ = self.named[thing].type
        return next((name for name in _CLASSES if self.ontology.is_a(type_, name)), "")

    def _descriptions(self) -> None:
        """ "The coach", of whoever alone in the story is said to be one."""
        bearers: defaultdict[tuple[int, str], set[str]] = defaultdict(set)
        others: defaultdict[tuple[int, str], set[str]] = defaultdict(set)
        for some in self.found:
            for source, link in some:
                if isinstance(source, Mention) and link.kind is MentionKind.NOMINAL and not source.plural:
                    where = bearers if link.chain in self.named else others
                    where[self.home[link.chain], source.lemma.lower()].add(link.chain)
        for key in sorted(bearers.keys() & others.keys()):
            if len({self.sets.find(self.index[thing]) for thing in bearers[key]}) == 1:
                self._union(bearers[key] | others[key])


def _shorter(words: tuple[str, ...], class_: str) -> Iterator[tuple[str, ...]]:
    """What a name is called for short: the ends of it, and of a person's the first word too."""
    if class_ == "Person":
        yield from ((word,) for word in {words[0], words[-1]} if len(words) > 1)
    else:
        yield from (words[i:] for i in range(1, len(words)) if words[i - 1] not in _LINKS)


def _day(time: TimeExpression) -> str:
    """What times of one day share: its date; else its weekday, month and number; else the words."""
    if time.value[:4].isdigit():
        return time.value[:DAY]
    words = names.words(time.text)
    return " ".join([w for w in words if w in TIME_WORDS or w.isdigit()] or words)


def _places(reading: Reading) -> set[int]:
    """The mentions that say where something was."""
    ends = {end.mention for claim in reading.claims if (end := claim.object) and end.role is Role.PLACE}
    return ends | {claim.place for claim in reading.claims}
