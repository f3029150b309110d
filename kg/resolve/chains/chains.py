"""Joins mentions of all documents into coreference chains: probably, not certainly, of the same referent.

    "A gunman killed two people", "the killings" in two articles of one story    one event
    "23 pirates", "the pirates" in two articles of one story                     one thing
    "on Saturday", "Saturday morning" in one story                               one time
    "Ana Ruiz", "Ruiz", and "the coach" if the story has only one coach          one person

`resolve` derives facts, so it merges only what is certain. `kg extract` shows the most likely referent of
each mention, and within a story the same word mostly has the same meaning (Gale, Church and Yarowsky 1992,
"One sense per discourse"). Each resolved thing therefore is a chain at first. Then, within each story, chains
are joined: event mentions of one kind, descriptions with the same head word, times on one day, short names
with the only fuller name that ends with them, and people with the same role in an event (`people`). A
description never joins two named things: if two people are called "coach", "the coach" is neither.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kg.model import Entity, Function, Mention, MentionKind, Reading, TimeExpression
from kg.ontology import Ontology
from kg.resolve import names
from kg.resolve.chains import extents, marks, people
from kg.resolve.chains.marks import Link, Source
from kg.resolve.events.sketches import DAY, TIME_WORDS, Resolved
from kg.resolve.events.wording import Wording
from kg.resolve.sets import Sets

# Words after which no short form of a name begins: "Aden" is not short for "Gulf of Aden".
_LINKS = frozenset({"of", "in", "for", "the", "and"})
_SPEECH = "SpeechAct"
_CLASSES = ("Person", "Place", "Organization", "CreativeWork")


def chains(
    told: Sequence[Resolved], entities: Iterable[Entity], stories: Sequence[int], ontology: Ontology
) -> list[list[Link]]:
    """The links of each document; links of one chain have the same `chain` in all documents.

    `told`: resolved documents, in which all mentions of one event have one id; `stories`: for each document,
    the number of its story.
    """
    found = marks.links(told, stories, ontology)
    chain = _Joining(told, found, entities, stories, ontology).run()
    return [[replace(link, chain=chain[link.chain]) for _, link in some] for some in found]


# -- Joining --------------------------------------------------------------------------------------------


class _Joining:
    """Joins the things of each story into chains. A thing belongs to the story that mentions it most."""

    def __init__(
        self,
        told: Sequence[Resolved],
        found: Sequence[Sequence[tuple[Source, Link]]],
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
                # wider extents of a mention, which have no type, are not counted again
                spread[link.chain][story] += bool(link.type)
        self.home = {thing: min(n, key=lambda story: (-n[story], story)) for thing, n in spread.items()}
        self.spread = spread
        self.things = sorted(spread, key=lambda thing: (thing not in self.named, thing))
        self.index = {thing: i for i, thing in enumerate(self.things)}
        self.sets = Sets(list(range(len(self.things))))

    def run(self) -> dict[str, str]:
        """Each thing -> the id of its chain."""
        self._alike()
        self._short_names()
        self._descriptions()
        self._pronouns()
        self._people()
        self._sayings()
        return {thing: self.things[self.sets.find(i)] for thing, i in self.index.items()}

    def _union(self, some: Iterable[str]) -> None:
        self.sets.union(self.index[thing] for thing in some)

    def _alike(self) -> None:
        """Join event mentions of one kind, descriptions with the same head word, and times on one day."""
        groups: defaultdict[tuple[int, str, str], set[str]] = defaultdict(set)
        for one, some in zip(self.told, self.found, strict=True):
            for source, link in some:
                for kind, key in self._keys(one.reading, source, link):
                    groups[self.home[link.chain], kind, key].add(link.chain)
        for members in groups.values():
            self._union(members)

    def _keys(self, reading: Reading, source: Source, link: Link) -> Iterator[tuple[str, str]]:
        """Pairs of kind and key; within a story, links that have a pair in common are joined."""
        if isinstance(source, TimeExpression):
            yield "time", _day(source)
        elif link.kind is MentionKind.EVENT and source.kind is MentionKind.NAME:
            yield "happening", " ".join(marks.singular(source))
        elif link.kind is MentionKind.EVENT and source.type != _SPEECH:
            yield from (("happening", key) for key in self._wordings(reading, source))
        elif source.kind is MentionKind.NOMINAL and link.chain not in self.named:
            yield "many" if source.plural else "one", source.lemma.lower()

    def _wordings(self, reading: Reading, mention: Mention) -> set[str]:
        lemmas = {mention.lemma.lower(), extents.lemma(reading, mention)}
        return {key for lemma in lemmas for key in self.wording.likely(lemma)}

    def _sayings(self) -> None:
        """Join speech acts of one kind only if they have the same speaker: a story has many speakers."""
        groups: defaultdict[tuple[int, str, str], set[str]] = defaultdict(set)
        for position, (one, some) in enumerate(zip(self.told, self.found, strict=True)):
            speakers = self._speakers(position, one)
            for source, link in some:
                if isinstance(source, Mention) and source.type == _SPEECH and link.kind is MentionKind.EVENT:
                    for who in speakers[source.start] or {""}:
                        for key in self._wordings(one.reading, source):
                            groups[self.home[link.chain], key, who].add(link.chain)
        for members in groups.values():
            self._union(members)

    def _speakers(self, position: int, told: Resolved) -> defaultdict[int, set[str]]:
        """Offset of each event mention -> the chains of its agents, who are the speakers of a speech act."""
        found: defaultdict[int, set[str]] = defaultdict(set)
        for frame in told.reading.frames:
            for piece in frame.parts:
                if frame.event >= 0 and piece.function is Function.WHO and piece.argument.mention >= 0:
                    who = self._chain(marks.thing(position, told, piece.argument.mention))
                    found[told.reading.mentions[frame.event].start].add(who)
        return found

    def _short_names(self) -> None:
        """Join a short name with the only fitting fuller name of the story.

        For example, "Ruiz" with "Ana Ruiz", and "the Bears" with "the Lima Bears".
        """
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
        """Join a description such as "the coach" with the only named thing that the story describes so."""
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

    def _pronouns(self) -> None:
        for position, one in enumerate(self.told):
            for pronoun, meant in people.pronouns(one, self.ontology):
                some = [marks.thing(position, one, index) for index in (pronoun, meant)]
                if all(thing in self.index for thing in some):
                    self._union(some)

    def _people(self) -> None:
        """Join the people who are agents of one event of a story, and those who are its patients."""
        documents: defaultdict[int, list[int]] = defaultdict(list)
        for position, story in enumerate(self.stories):
            documents[story].append(position)
        for some in documents.values():
            parts: defaultdict[str, people.StoryPerson] = defaultdict(people.StoryPerson)
            for position in some:
                self._see(position, self.told[position], parts)
            for pair in people.alike({name: part for name, part in parts.items() if part.slots}):
                self._union(pair)

    def _see(self, position: int, told: Resolved, parts: defaultdict[str, people.StoryPerson]) -> None:
        """Add what a document says about people to `parts` (chain -> features of the person)."""
        mentions = told.reading.mentions
        ones = {i for i, mention in enumerate(mentions) if people.is_one(mention, self.ontology)}
        chain = {i: self._chain(marks.thing(position, told, i)) for i in range(len(mentions))}
        for i in ones:
            part = parts[chain[i]]
            part.genders.add(people.gender(mentions[i], self.ontology))
            part.named |= mentions[i].kind is MentionKind.NAME or chain[i] in self.named
        for i, others in people.beside(told).items():
            parts[chain[i]].apart |= {chain[other] for other in others}
        for frame in told.reading.frames:
            if frame.event < 0 or mentions[frame.event].type == _SPEECH:
                continue
            for piece in frame.parts:
                if piece.argument.mention in ones and piece.function in people.TURNED:
                    parts[chain[piece.argument.mention]].slots.add((chain[frame.event], piece.function))

    def _chain(self, thing: str) -> str:
        return self.things[self.sets.find(self.index[thing])] if thing in self.index else thing


def _shorter(words: tuple[str, ...], class_: str) -> Iterator[tuple[str, ...]]:
    """Short forms of a name: its last words, and for a person also the first word."""
    if class_ == "Person":
        yield from ((word,) for word in {words[0], words[-1]} if len(words) > 1)
    else:
        yield from (words[i:] for i in range(1, len(words)) if words[i - 1] not in _LINKS)


def _day(time: TimeExpression) -> str:
    """A key for times on one day: the date; if unresolved, weekday, month and numbers; else the words."""
    if time.value[:4].isdigit():
        return time.value[:DAY]
    words = names.words(time.text)
    return " ".join([w for w in words if w in TIME_WORDS or w.isdigit()] or words)
