"""The referent of each mention of a document by itself, and its extents.

Words denote an event by their kind ("the summit", a verb), by WordNet ("a nomination"), or by use in the
story: "at the party", "the 81st Larks" (an award, a festival). Descriptions of people denote events as well:
"a fired accountant", "one man is dead".
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from kg.model import Mention, MentionKind, Reading, Role, TimeExpression
from kg.ontology import Ontology
from kg.resolve import names, wordnet
from kg.resolve.chains import extents
from kg.resolve.events.sketches import Resolved
from kg.resolve.events.wording import Wording

_AT = re.compile(r"\b(at|during|after|before|until|since|following) (\w+ )?$", re.IGNORECASE)
_AGAIN = re.compile(r"\b(\d+(st|nd|rd|th)|annual) $", re.IGNORECASE)  # held each year
_HAPPENINGS = ("Event", "Award")  # of names; "the Lima Film Awards" are held
_DEAD = re.compile(r"(?<!\bthe )\bdead\b(?!-)", re.IGNORECASE)
_SUFFERED = re.compile(r"\b[a-z]{3,}ed\b", re.IGNORECASE)
_PLACES = ("Place", "Organization")
_PEOPLE = ("Person", "Group")


@dataclass(frozen=True, slots=True)
class Link:
    """A span of a document and its chain; offsets are in `Document.text`."""

    start: int
    end: int
    kind: MentionKind
    type: str  # of a time: "DATE", "TIME", "DURATION" or "SET"; "" for wider extents
    chain: str


Source = Mention | TimeExpression


def links(
    told: Sequence[Resolved], stories: Sequence[int], ontology: Ontology
) -> list[list[tuple[Source, Link]]]:
    """The links of each document; the chain of each is its referent by itself."""
    stages: defaultdict[int, _Stage] = defaultdict(_Stage)
    for story, one in zip(stories, told, strict=True):
        stages[story].see(one.reading)
    wording = Wording(ontology)
    return [
        list(_links(position, one, stages[stories[position]], wording, ontology))
        for position, one in enumerate(told)
    ]


@dataclass(slots=True)
class _Stage:
    """The events of a story: words that may denote an event, and once clearly do."""

    nouns: set[str] = field(default_factory=set)  # "at the party", "during the season"
    names: set[tuple[str, ...]] = field(default_factory=set)  # "the 81st Larks"

    def see(self, reading: Reading) -> None:
        text = reading.document.text
        for mention in reading.mentions:
            before = text[max(mention.start - 30, 0) : mention.start]
            noun = mention.lemma.lower()
            if mention.kind is MentionKind.NOMINAL and wordnet.may_happen(noun) and _AT.search(before):
                self.nouns.add(noun)
            if mention.kind is MentionKind.NAME and _AGAIN.search(before):
                self.names.add(singular(mention))

    def happens(self, mention: Mention) -> bool:
        if mention.kind is MentionKind.NAME:
            return mention.type in _HAPPENINGS or singular(mention) in self.names
        noun = mention.lemma.lower()
        nominal = mention.kind is MentionKind.NOMINAL and (wordnet.happens(noun) or noun in self.nouns)
        return mention.kind is MentionKind.EVENT or nominal


def singular(name: Mention) -> tuple[str, ...]:
    """The words of a name, the last without a plural "s": ("lark",) for "the Larks"."""
    *first, last = names.words(name.text) or ("",)
    return (*first, last.removesuffix("s"))


def _links(
    position: int, told: Resolved, stage: _Stage, wording: Wording, ontology: Ontology
) -> Iterator[tuple[Source, Link]]:
    reading = told.reading
    where = _where(reading)
    for index, mention in enumerate(reading.mentions):
        stands_for = thing(position, told, index)
        if stage.happens(mention):
            start, end = extents.happening(reading, mention)
            type_ = mention.type if mention.kind is MentionKind.EVENT else "Event"
            yield mention, Link(start, end, MentionKind.EVENT, type_, stands_for)
            continue
        ways = extents.extents(reading, mention)
        if index in told.nodes.described:  # "Reed's wife, Ana Ruiz": "wife", without the names
            ways = ways[-1:]
        place = index in where or any(ontology.is_a(mention.type, name) for name in _PLACES)
        wider = (way for way in extents.wider(reading, mention, place=place) if way not in ways)
        for start, end in ways:
            yield mention, Link(start, end, mention.kind, mention.type, stands_for)
        for start, end in dict.fromkeys(wider):
            yield mention, Link(start, end, mention.kind, "", stands_for)
    for index, time in enumerate(reading.times):
        for start, end in dict.fromkeys(((time.start, time.end), *extents.wider_time(reading, time))):
            yield time, Link(start, end, MentionKind.NOMINAL, time.type, f"time-{position}-{index}")
    for mention in _suffered(reading, wording, ontology):
        start, end = mention.start, mention.end
        yield mention, Link(start, end, MentionKind.EVENT, "Event", f"word-{position}-{start}")


def thing(position: int, told: Resolved, mention: int) -> str:
    """The referent of a mention by itself: a thing of the world, or a name that only it has."""
    return told.nodes.get(mention) or f"mention-{position}-{mention}"


def _where(reading: Reading) -> set[int]:
    """The mentions that are locations."""
    ends = {end.mention for claim in reading.claims if (end := claim.object) and end.role is Role.PLACE}
    return ends | {claim.place for claim in reading.claims}


def _suffered(reading: Reading, wording: Wording, ontology: Ontology) -> Iterator[Mention]:
    """Events in adjectives: "a [fired] accountant", "one man is [dead]"; "the dead" are people."""
    text = reading.document.text
    known = {(mention.head_start, mention.head_end) for mention in reading.mentions}
    for mention in reading.mentions:
        if mention.kind is MentionKind.NOMINAL and any(ontology.is_a(mention.type, c) for c in _PEOPLE):
            for found in _SUFFERED.finditer(text, mention.start, mention.head_start):
                if verb := wording.suffered(found.group().lower()):
                    yield _verb(mention, found, verb)
    for found in _DEAD.finditer(text):
        if found.span() not in known and reading.mentions:
            yield _verb(reading.mentions[0], found, "die")


def _verb(model: Mention, found: re.Match[str], lemma: str) -> Mention:
    start, end = found.span()
    return replace(
        model, start=start, end=end, head_start=start, head_end=end, text=found.group(), lemma=lemma,
        kind=MentionKind.EVENT, type="Event", determiner="", plural=False, possessor=-1, title="",
    )  # fmt: skip
