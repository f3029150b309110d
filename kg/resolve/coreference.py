"""Pronouns, roles and descriptions of one document -> the locals that they stand for.

    "Ana Ruiz met Tom Reed. She thanked him."             She: Ana Ruiz, him: Tom Reed
    "After her arrival in Lima, Ana Ruiz spoke."          her: Ana Ruiz
    "“I am glad,” Ruiz said."                             I: Ana Ruiz
    "President Ana Ruiz arrived. The president spoke."    The president: Ana Ruiz
    "The Rail Ministry paid. The ministry is rich."       The ministry: Rail Ministry
    "Ana Ruiz is a pilot who survived a crash."           a pilot (as the survivor): Ana Ruiz

Only what is safe: he and she go to a person of this or the last sentence, "I" in reported words to the
speaker, "the president" to the only one who is called so. They, it, and other descriptions are left
out: what is not resolved here stands for nothing. On the names of GAP (validation part) this finds
the right one with F1 .67.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from kg.model import BlockKind, Mention, MentionKind, Reading, Role
from kg.ontology import Ontology
from kg.resolve import names
from kg.resolve.pairs import pairs
from kg.resolve.things import without_article
from kg.resolve.within import Kind, Local

_HE_OR_SHE = {
    "he": "m", "him": "m", "his": "m", "himself": "m",
    "she": "f", "her": "f", "hers": "f", "herself": "f",
}  # fmt: skip
_I = frozenset({"i", "me", "my", "mine", "myself"})
_REFLEXIVE = frozenset({"himself", "herself"})
# Words that begin a phrase before the subject, in which a pronoun may look ahead to it.
_INTRODUCTIONS = frozenset(
    {"after", "although", "among", "as", "at", "because", "before", "besides", "by", "despite", "during",
     "following", "for", "from", "given", "if", "in", "like", "of", "on", "once", "since", "though",
     "through", "throughout", "to", "under", "unlike", "until", "upon", "when", "whereas", "while",
     "with", "without"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Coreference:
    """Index of a mention -> index of its local; what is unclear is missing."""

    stand_ins: dict[int, int]  # pronouns and roles
    described: dict[int, int]  # "a pilot", save where it is what is said of somebody
    pairs: dict[int, tuple[int, int]]  # "the two leaders"


def resolve(reading: Reading, locals_: Sequence[Local], ontology: Ontology) -> Coreference:
    """Who is meant by the pronouns, roles and descriptions of a document."""
    owner = {mention: i for i, local in enumerate(locals_) for mention in local.mentions}
    genders = _genders(reading, locals_, _descriptions(reading, owner), ontology)
    pronouns = _Walk(reading, locals_, owner, genders).resolve() | _speakers(reading, locals_, owner)
    described = _descriptions(reading, owner | pronouns)
    stand_ins = _roles(reading, locals_, described) | pronouns
    return Coreference(stand_ins, described, pairs(reading, locals_, stand_ins, ontology))


# -- Descriptions and roles --------------------------------------------------------------------------


def _descriptions(reading: Reading, owner: Mapping[int, int]) -> dict[int, int]:
    """Mentions that claims say of one local: "X is a pilot", "X, a pilot"."""
    bearers: defaultdict[int, set[int]] = defaultdict(set)
    for claim in reading.claims:
        said = claim.object
        if said and said.role is Role.ATTRIBUTE and said.mention >= 0:
            bearers[said.mention].add(owner.get(claim.subject.mention, -1))
    return {
        mention: min(some)
        for mention, some in bearers.items()
        if len(some) == 1 and min(some) >= 0 and reading.mentions[mention].kind is MentionKind.NOMINAL
    }


def _roles(reading: Reading, locals_: Sequence[Local], described: Mapping[int, int]) -> dict[int, int]:
    """ "the president", "the pilot", "the ministry": where one local was called so, and nothing else."""
    called: defaultdict[str, dict[int, int]] = defaultdict(dict)  # noun -> local -> first so called
    for i, local in enumerate(locals_):
        nouns: Collection[str] = local.titles
        if local.kind in (Kind.OTHER, Kind.PLACE) and len(local.words) > 1:
            nouns = {local.words[-1]}
        for noun in nouns:
            called[noun][i] = local.mentions[0]
    for index, i in sorted(described.items()):
        mention = reading.mentions[index]
        for noun in (_words(mention), mention.lemma):
            called[noun].setdefault(i, index)
    found: dict[int, int] = {}
    others: set[str] = set()  # nouns that somebody unknown was called by
    for index, mention in enumerate(reading.mentions):
        if mention.kind is not MentionKind.NOMINAL or mention.type == "Position" or index in described:
            continue  # as a position ("is the president") it names the office and not its holder
        bearers = called.get(_words(mention), {})
        clear = len(bearers) == 1 and mention.lemma not in others and not mention.plural
        if clear and mention.determiner == "the" and min(bearers.values()) < index:
            found[index] = min(bearers)
        else:
            others.add(mention.lemma)
    return found


def _words(mention: Mention) -> str:
    return " ".join(names.words(without_article(mention.text)))


def _genders(
    reading: Reading, locals_: Sequence[Local], described: Mapping[int, int], ontology: Ontology
) -> dict[int, str]:
    """What forms of address, titles and descriptions tell; nothing where they differ."""
    lists = {"m": ontology.words.get("MaleNouns", ()), "f": ontology.words.get("FemaleNouns", ())}
    nouns = {(i, title.rpartition(" ")[2]) for i, local in enumerate(locals_) for title in local.titles}
    nouns |= {(i, reading.mentions[mention].lemma) for mention, i in described.items()}
    told: defaultdict[int, set[str]] = defaultdict(set)
    for i, local in enumerate(locals_):
        told[i] |= {local.gender} - {""}
    for i, noun in nouns:
        told[i] |= {gender for gender, words in lists.items() if noun in words}
    return {i: min(some) for i, some in told.items() if len(some) == 1}


# -- Pronouns ----------------------------------------------------------------------------------------


def _speakers(reading: Reading, locals_: Sequence[Local], owner: Mapping[int, int]) -> dict[int, int]:
    """ "I", in the words of somebody who is named."""
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

    def __init__(
        self, reading: Reading, locals_: Sequence[Local], owner: Mapping[int, int], gender: dict[int, str]
    ) -> None:
        self.reading = reading
        self.owner = {mention: i for mention, i in owner.items() if locals_[i].kind is Kind.PERSON}
        self.gender = gender
        self.verbs: defaultdict[int, list[int]] = defaultdict(list)  # subject -> where its verbs stand
        self.fellows: defaultdict[int, set[int]] = defaultdict(set)  # the other ends of its claims
        for claim in reading.claims:
            self.verbs[claim.subject.mention].append(claim.relation.start)
            if claim.object:
                self.fellows[claim.subject.mention].add(claim.object.mention)
                self.fellows[claim.object.mention].add(claim.subject.mention)
        self.by_sentence: defaultdict[int, list[int]] = defaultdict(list)
        for index in sorted(self.owner):
            self.by_sentence[reading.mentions[index].sentence].append(index)

    def resolve(self) -> dict[int, int]:
        found: dict[int, int] = {}
        for index, mention in enumerate(self.reading.mentions):
            gender = _HE_OR_SHE.get(mention.text.lower())
            if mention.kind is not MentionKind.PRONOUN or gender is None:
                continue
            other = self._ahead(index, gender)
            other = self._behind(index, gender) if other is None else other
            if other is not None:
                found[index] = self.owner[index] = self.owner[other]
                self.gender.setdefault(self.owner[other], gender)
                self.by_sentence[mention.sentence].append(index)
        return found

    def _ahead(self, index: int, gender: str) -> int | None:
        """ "In her speech, Ruiz ...": the subject after the phrase that begins the sentence."""
        text, mention = self.reading.document.text, self.reading.mentions[index]
        before = text[self.reading.sentences[mention.sentence].start : mention.start].split()
        if not before or before[0].lower() not in _INTRODUCTIONS:
            return None
        people = self.by_sentence[mention.sentence]
        if any(other < index for other in people):
            return None
        for other in sorted(people):
            between = text[mention.end : self.reading.mentions[other].start]
            if "," in between and other in self.verbs and self._fits(other, index, gender):
                return other
        return None

    def _behind(self, index: int, gender: str) -> int | None:
        mention = self.reading.mentions[index]
        for sentence in (mention.sentence, mention.sentence - 1):
            here = sentence == mention.sentence
            if sentence < 0 or not (here or self._running(sentence, mention.sentence)):
                continue
            at_hand = [
                other
                for other in self.by_sentence[sentence]
                if other < index and self._fits(other, index, gender)
            ]
            if at_hand:
                return min(at_hand, key=lambda other: self._distance(other, mention, here))
        return None

    def _fits(self, other: int, index: int, gender: str) -> bool:
        if self.gender.get(self.owner[other], gender) != gender:
            return False
        if self.reading.mentions[index].text.lower() in _REFLEXIVE:
            return True
        # "Reed thanked him": him is not Reed.
        return all(self.owner.get(fellow) != self.owner[other] for fellow in self.fellows.get(index, ()))

    def _distance(self, other: int, mention: Mention, here: bool) -> tuple[bool, int]:
        """Subjects first: in the pronoun's own sentence that of the last verb before it ("Ruiz saw Reed,
        who lost his hat"), in the sentence before the first one. Then the nearest, or the first.
        """
        verbs = [at for at in self.verbs.get(other, ()) if at < mention.start or not here]
        if here and verbs:
            return False, -max(verbs)
        return not verbs, -other if here else other

    def _running(self, one: int, other: int) -> bool:
        """Whether two sentences follow each other in running text."""
        blocks = {self.reading.sentences[one].block, self.reading.sentences[other].block}
        return blocks == {BlockKind.PARAGRAPH}
