"""Makes the links of each document: the extents of its mentions, with the referents before joining.

A mention is linked as an event if extraction classified it as one ("the summit", a verb), if its noun denotes
events in WordNet ("a nomination"), or if the story shows it to be one: "at the party", "the 81st Larks" (an
award or a festival). Words in descriptions of people denote events, too: "a fired accountant", "one man is
dead".
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

# Words that, before a noun, show that it denotes an event: "at the party".
_AT = re.compile(r"\b(at|during|after|before|until|since|following) (\w+ )?$", re.IGNORECASE)
_AGAIN = re.compile(r"\b(\d+(st|nd|rd|th)|annual) $", re.IGNORECASE)  # before the name of a recurring event
_HAPPENINGS = ("Event", "Award")  # classes whose names denote events: "the Lima Film Awards" take place
_DEAD = re.compile(r"(?<!\bthe )\bdead\b(?!-)", re.IGNORECASE)
_SUFFERED = re.compile(r"\b[a-z]{3,}ed\b", re.IGNORECASE)
_PLACES = ("Place", "Organization")
_PEOPLE = ("Person", "Group")


@dataclass(frozen=True, slots=True)
class Link:
    """A span of a document that refers to something, and its chain; offsets are in `Document.text`."""

    start: int
    end: int
    kind: MentionKind
    type: str  # a class; for a time "DATE", "TIME", "DURATION" or "SET"; "" for wider extents
    chain: str  # id of what it refers to: the same for all links of a chain


Source = Mention | TimeExpression


def links(
    told: Sequence[Resolved], stories: Sequence[int], ontology: Ontology
) -> list[list[tuple[Source, Link]]]:
    """The links of each document, with their sources; each `chain` is the referent before joining."""
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
    """Words of a story that may denote an event, and clearly do so at least once."""

    nouns: set[str] = field(default_factory=set)  # "party", if "at the party" occurs
    names: set[tuple[str, ...]] = field(default_factory=set)  # "Larks", if "the 81st Larks" occurs

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
        """Whether a mention denotes an event in this story."""
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
    where = _locations(reading)
    for index, mention in enumerate(reading.mentions):
        stands_for = thing(position, told, index)
        if stage.happens(mention):
            start, end = extents.happening(reading, mention)
            type_ = mention.type if mention.kind is MentionKind.EVENT else "Event"
            yield mention, Link(start, end, MentionKind.EVENT, type_, stands_for)
            continue
        ways = extents.extents(reading, mention)
        if index in told.nodes.described:  # only the head word: "wife" in "Reed's wife, Ana Ruiz"
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
    """The id of a mention's referent; if the mention is unresolved, an id that no other mention has."""
    return told.nodes.get(mention) or f"mention-{position}-{mention}"


def _locations(reading: Reading) -> set[int]:
    """The indices of mentions that claims give as a place."""
    ends = {end.mention for claim in reading.claims if (end := claim.object) and end.role is Role.PLACE}
    return ends | {claim.place for claim in reading.claims}


def _suffered(reading: Reading, wording: Wording, ontology: Ontology) -> Iterator[Mention]:
    """Artificial mentions for adjectives that imply an event: "a [fired] accountant", "one man is [dead]".

    Not "the dead", who are people.
    """
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
