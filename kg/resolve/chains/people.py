"""Finds probable referents of words for people, within one article and within one story.

    "the clerk who fled"                        "who" is the clerk
    "A clerk shot his boss. He fled."           "He" is the clerk, the last subject

If two articles of one story say "A driver hit the woman and fled" and "Ana Ruiz was hit ... by a motorist who
fled", the driver is the motorist, and the woman is Ana Ruiz: in one story an event mostly has one agent.
Therefore two mentions of single people corefer if both are agents, or both patients, of event mentions that
`chains` has joined. But never if one acts on the other, if one clause has both as arguments, if their genders
differ, or if both are named.
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
TURNED = {Function.WHO: Function.WHOM, Function.WHOM: Function.WHO}  # function -> the opposite one


def pronouns(told: Resolved, ontology: Ontology) -> Iterator[tuple[int, int]]:
    """Pairs of an unresolved pronoun and its probable antecedent, both as indices of mentions."""
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
            if (before := _antecedent_of_relative(told, mention)) >= 0:
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


def _antecedent_of_relative(told: Resolved, pronoun: Mention) -> int:
    """The index of the noun phrase directly before a relative pronoun; -1 if there is none."""
    text = told.reading.document.text
    for index, mention in enumerate(told.reading.mentions):
        noun = mention.kind in (MentionKind.NAME, MentionKind.NOMINAL)
        for end in (mention.head_end, mention.end):
            if noun and end <= pronoun.start and text[end : pronoun.start].strip() in ("", ","):
                return index
    return -1


def beside(told: Resolved) -> dict[int, set[int]]:
    """Each mention -> the other arguments of its clauses: "her" for "the driver" in "the driver hit her"."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    for frame in told.reading.frames:
        parts = {part.argument.mention for part in frame.parts} - {-1}
        for part in parts:
            found[part] |= parts - {part}
    return found


def is_one(mention: Mention, ontology: Ontology) -> bool:
    """Whether the mention is a name or description of a single person."""
    noun = mention.kind in (MentionKind.NAME, MentionKind.NOMINAL)
    return noun and not mention.plural and ontology.is_a(mention.type, "Person")


def gender(mention: Mention, ontology: Ontology) -> str:
    """The gender, "m" or "f"; "" if neither the name nor the noun shows it."""
    if mention.gender or mention.kind is MentionKind.NAME:
        return mention.gender
    return gender_of_noun(mention.lemma.lower(), ontology)


@dataclass(slots=True)
class StoryPerson:
    """The features of a person in a story, by which two people are recognised as identical."""

    genders: set[str] = field(default_factory=set)
    named: bool = False
    slots: set[tuple[str, Function]] = field(default_factory=set)  # chain of an event, and function in it
    apart: set[str] = field(default_factory=set)  # chains of the other people in the same clauses

    def shared(self, other: StoryPerson) -> int:
        """The number of events in which both have the same function."""
        return len({happening for happening, _ in self.slots & other.slots})

    def contradicts(self, other: StoryPerson) -> bool:
        """Whether they cannot be one person: both are named, genders differ, or one acts on the other."""
        turned = {(happening, TURNED[function]) for happening, function in self.slots}
        return (
            (self.named and other.named)
            or len((self.genders | other.genders) - {""}) > 1
            or bool(turned & other.slots)
        )

    def with_(self, other: StoryPerson) -> StoryPerson:
        """The common features of both, which are the same person."""
        return StoryPerson(
            self.genders | other.genders,
            self.named or other.named,
            self.slots | other.slots,
            self.apart | other.apart,
        )


def alike(parts: dict[str, StoryPerson]) -> Iterator[tuple[str, str]]:
    """Pairs of people of a story who are identical, as ids of chains; the most certain pair first.

    `parts`: chain -> features of the person. Each pair is merged in `parts` before the next is chosen.
    """
    while pair := _most_alike(parts):
        yield pair
        one, other = pair
        parts[one] = parts[one].with_(parts.pop(other))
        for part in parts.values():
            if other in part.apart:
                part.apart.add(one)


def _most_alike(parts: Mapping[str, StoryPerson]) -> tuple[str, str] | None:
    """Of the pairs of people who can be identical, the one with the most events in common; None if none."""
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
