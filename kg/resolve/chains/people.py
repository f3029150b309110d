"""Probable referents of words for people, within one article and within one story.

    "the clerk who fled"                        "who" is the clerk
    "A clerk shot his boss. He fled."           "he" is the clerk, the agent of the previous event
    "A driver hit the woman and fled", "Ana Ruiz was hit ... by a motorist who fled", in two articles of one
    story                                       the driver is the motorist, the woman Ana Ruiz

In one story an event has one agent. Therefore two mentions of single people corefer if they are both agents,
or both patients, of joined happenings (`chains`), neither acts on the other, no clause has both, and their
genders agree. Two named people are never joined.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from kg.model import Function, Mention, MentionKind
from kg.ontology import Ontology
from kg.resolve.events.sketches import Resolved
from kg.resolve.gender import gender_of_noun

_RELATIVES = frozenset({"who", "which", "that", "whom", "whose"})
_GENDERS = {
    **dict.fromkeys(("he", "him", "his", "himself"), "m"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "f"),
}
TURNED = {Function.WHO: Function.WHOM, Function.WHOM: Function.WHO}


def pronouns(told: Resolved, ontology: Ontology) -> Iterator[tuple[int, int]]:
    """The antecedent of each unresolved pronoun, a description; both are mentions."""
    reading = told.reading
    subjects = {
        part.argument.mention: frame.start
        for frame in reading.frames
        for part in frame.parts
        if part.function is Function.WHO
    }
    others = beside(told)
    for index, mention in enumerate(reading.mentions):
        if mention.kind is not MentionKind.PRONOUN or told.nodes.get(index):
            continue
        word = mention.text.lower()
        if word in _RELATIVES:
            if (before := _before(told, mention)) >= 0:
                yield index, before
        elif word in _GENDERS:
            fits = [
                i
                for i in subjects
                if 0 <= i < index
                and i not in others.get(index, ())
                and reading.mentions[i].head_end <= mention.start
                and is_one(reading.mentions[i], ontology)
                and gender(reading.mentions[i], ontology) in ("", _GENDERS[word])
            ]
            if fits:
                yield index, max(fits, key=lambda i: reading.mentions[i].head_start)


def _before(told: Resolved, pronoun: Mention) -> int:
    """The antecedent of a relative pronoun."""
    text = told.reading.document.text
    for index, mention in enumerate(told.reading.mentions):
        noun = mention.kind in (MentionKind.NAME, MentionKind.NOMINAL)
        for end in (mention.head_end, mention.end):
            if noun and end <= pronoun.start and text[end : pronoun.start].strip() in ("", ","):
                return index
    return -1


def beside(told: Resolved) -> dict[int, set[int]]:
    """For each mention, the other mentions in its clause: "her" for "the driver" in "the driver hit her"."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    for frame in told.reading.frames:
        parts = {part.argument.mention for part in frame.parts} - {-1}
        for part in parts:
            found[part] |= parts - {part}
    return found


def is_one(mention: Mention, ontology: Ontology) -> bool:
    noun = mention.kind in (MentionKind.NAME, MentionKind.NOMINAL)
    return noun and not mention.plural and ontology.is_a(mention.type, "Person")


def gender(mention: Mention, ontology: Ontology) -> str:
    """The gender, "m" or "f"; "" if neither the name nor the noun shows it."""
    if mention.gender or mention.kind is MentionKind.NAME:
        return mention.gender
    return gender_of_noun(mention.lemma.lower(), ontology)


@dataclass(slots=True)
class StoryPerson:
    """A person in a story: the features of a chain for joining."""

    genders: set[str] = field(default_factory=set)
    named: bool = False
    slots: set[tuple[str, Function]] = field(default_factory=set)  # happening and function in it
    apart: set[str] = field(default_factory=set)  # the other people in its clauses

    def shared(self, other: StoryPerson) -> int:
        """The happenings in which both have the same role."""
        return len({happening for happening, _ in self.slots & other.slots})

    def contradicts(self, other: StoryPerson) -> bool:
        turned = {(happening, TURNED[function]) for happening, function in self.slots}
        return (
            (self.named and other.named)
            or len((self.genders | other.genders) - {""}) > 1
            or bool(turned & other.slots)
        )

    def with_(self, other: StoryPerson) -> StoryPerson:
        """The combined features of both."""
        return StoryPerson(
            self.genders | other.genders,
            self.named or other.named,
            self.slots | other.slots,
            self.apart | other.apart,
        )


def alike(parts: dict[str, StoryPerson]) -> Iterator[tuple[str, str]]:
    """The people of a story who are identical, the most certain first; each join adds features."""
    while pair := _next(parts):
        yield pair
        one, other = pair
        parts[one] = parts[one].with_(parts.pop(other))
        for part in parts.values():
            if other in part.apart:
                part.apart.add(one)


def _next(parts: Mapping[str, StoryPerson]) -> tuple[str, str] | None:
    """The two people with the most in common, if they can be identical."""
    by_slot: defaultdict[tuple[str, Function], list[str]] = defaultdict(list)
    for name, part in parts.items():
        for slot in part.slots:
            by_slot[slot].append(name)
    found = [
        (-parts[one].shared(parts[other]), one, other)
        for one, other in {pair for some in by_slot.values() for pair in combinations(sorted(some), 2)}
        if other not in parts[one].apart and one not in parts[other].apart
        if not parts[one].contradicts(parts[other])
    ]
    return min(found)[1:] if found else None
