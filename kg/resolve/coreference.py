"""Pronouns and roles of one document -> the locals that they stand for.

    "Ana Ruiz met Tom Reed. She thanked him." -> She: Ana Ruiz, him: Tom Reed
    "President Ana Ruiz arrived. The president spoke." -> The president: Ana Ruiz
    "“I am glad,” Ruiz said." -> I: Ana Ruiz

Only the safe part: he and she to a person of this or the last sentence, "I" inside reported words to
the speaker, "the president" to the only one who bears that title. They, it, and all other
descriptions are left out: what is not resolved here stands for nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from kg.model import BlockKind, Mention, MentionKind, Reading
from kg.resolve import names
from kg.resolve.within import Kind, Local

_HE_OR_SHE = {
    "he": "m", "him": "m", "his": "m", "himself": "m",
    "she": "f", "her": "f", "hers": "f", "herself": "f",
}  # fmt: skip
_I = frozenset({"i", "me", "my", "mine", "myself"})
_REFLEXIVE = frozenset({"himself", "herself"})


def antecedents(reading: Reading, locals_: Sequence[Local]) -> dict[int, int]:
    """Index of a pronoun or role mention -> index of its local; what is unclear is missing."""
    return {**_roles(reading, locals_), **_Walk(reading, locals_).resolve(), **_speakers(reading, locals_)}


def _owners(locals_: Sequence[Local]) -> dict[int, int]:
    return {mention: i for i, local in enumerate(locals_) for mention in local.mentions}


def _roles(reading: Reading, locals_: Sequence[Local]) -> dict[int, int]:
    """ "the president", where one person of the document has that title before the name."""
    bearers: defaultdict[str, set[int]] = defaultdict(set)
    for i, local in enumerate(locals_):
        for title in local.titles:
            bearers[title].add(i)
    found: dict[int, int] = {}
    for index, mention in enumerate(reading.mentions):
        if mention.kind is not MentionKind.NOMINAL or mention.type == "Position" or mention.plural:
            continue  # as a position ("is the president") it names the office and not its holder
        if mention.determiner.lower() == "the":
            holders = bearers[" ".join(names.words(mention.text))]
            if len(holders) == 1:
                found[index] = next(iter(holders))
    return found


def _speakers(reading: Reading, locals_: Sequence[Local]) -> dict[int, int]:
    """ "I", in the words of somebody who is named."""
    owner = _owners(locals_)
    found: dict[int, int] = {}
    for claim in reading.claims:
        speaker = owner.get(claim.speaker.mention) if claim.speaker else None
        if speaker is None or locals_[speaker].kind is not Kind.PERSON:
            continue
        for argument in (claim.subject, claim.object):
            if argument and argument.mention >= 0 and argument.text.lower() in _I:
                found[argument.mention] = speaker
    return found


class _Walk:
    """Walks through a document and gives each "he" and "she" the person most at hand."""

    def __init__(self, reading: Reading, locals_: Sequence[Local]) -> None:
        self.reading = reading
        self.locals = locals_
        self.owner = {mention: i for mention, i in _owners(locals_).items() if locals_[i].kind is Kind.PERSON}
        self.gender: dict[int, str] = {i: local.gender for i, local in enumerate(locals_) if local.gender}
        self.subjects = {claim.subject.mention for claim in reading.claims}
        self.possessors = {mention.possessor for mention in reading.mentions}
        self.together = _fellow_arguments(reading)
        self.by_sentence: defaultdict[int, list[int]] = defaultdict(list)
        for index in sorted(self.owner):
            self.by_sentence[reading.mentions[index].sentence].append(index)

    def resolve(self) -> dict[int, int]:
        found: dict[int, int] = {}
        for index, mention in enumerate(self.reading.mentions):
            gender = _HE_OR_SHE.get(mention.text.lower())
            if mention.kind is not MentionKind.PRONOUN or gender is None:
                continue
            antecedent = self._antecedent(index, mention, gender)
            if antecedent is not None:
                found[index] = self.owner[index] = antecedent
                self.gender.setdefault(antecedent, gender)
                self.by_sentence[mention.sentence].append(index)
        return found

    def _antecedent(self, index: int, mention: Mention, gender: str) -> int | None:
        for sentence in (mention.sentence, mention.sentence - 1):
            if sentence < 0 or self._apart(sentence, mention.sentence):
                continue
            at_hand = [
                other
                for other in self.by_sentence[sentence]
                if other < index and self._fits(other, index, mention, gender)
            ]
            if at_hand:
                return self.owner[min(at_hand, key=self._distance)]
        return None

    def _fits(self, other: int, index: int, mention: Mention, gender: str) -> bool:
        if self.gender.get(self.owner[other], gender) != gender:
            return False
        # "Reed thanked him": him is not Reed.
        rivals = () if mention.text.lower() in _REFLEXIVE else self.together.get(index, ())
        return all(self.owner.get(rival) != self.owner[other] for rival in rivals)

    def _distance(self, other: int) -> tuple[bool, bool, int]:
        """Subjects first; then owners last ("Ruiz's son"); then the first of the sentence."""
        return (other not in self.subjects, other in self.possessors, other)

    def _apart(self, one: int, other: int) -> bool:
        """Whether two sentences do not follow each other in running text."""
        blocks = {self.reading.sentences[one].block, self.reading.sentences[other].block}
        return one != other and blocks != {BlockKind.PARAGRAPH}


def _fellow_arguments(reading: Reading) -> Mapping[int, set[int]]:
    """Mention -> those that are the other end of a claim with it, hence somebody else."""
    fellows: defaultdict[int, set[int]] = defaultdict(set)
    for claim in reading.claims:
        if claim.object and claim.subject.mention >= 0 and claim.object.mention >= 0:
            fellows[claim.subject.mention].add(claim.object.mention)
            fellows[claim.object.mention].add(claim.subject.mention)
    return fellows
