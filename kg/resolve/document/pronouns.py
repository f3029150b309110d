""" "He" and "she" -> the person most at hand.

    "Ana Ruiz met Tom Reed. She thanked him."             She: Ana Ruiz, him: Tom Reed
    "After her arrival in Lima, Ana Ruiz spoke."          her: Ana Ruiz
    "Reed met Ortiz. “He is tired,” Reed said."           He: Ortiz
    "Ortiz painted in Cuzco. He died young."              He: Ortiz, whatever the model took Ortiz for

The people of this and of the last sentence are weighed: nearness, being a subject (more so for a pronoun
that is one itself), and how much the article speaks of them (after Lappin and Leass 1994). Nobody is
both ends of one claim, unless by "himself"; nobody calls himself "he" in his own quotation, and who is
named in somebody's words is not who says them. A short name that the model did not take for a person may
be one, where it acts and nothing speaks against it. People without a name ("a neighbour") are weighed too:
a pronoun for one of them stands for nobody that is named. Two sentences back stands only who is alone
there. After "the two quarrelled" he may be either, and so where two weigh nearly the same.

Leaves out: it and they.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log

from kg.model import BlockKind, Mention, MentionKind, Reading, Role
from kg.ontology import Ontology
from kg.resolve.document import persons
from kg.resolve.document.within import Kind, Local

_HE_OR_SHE = {
    "he": "m", "him": "m", "his": "m", "himself": "m",
    "she": "f", "her": "f", "hers": "f", "herself": "f",
}  # fmt: skip
_SEVERAL = frozenset({"they", "both", "the two", "the pair", "the couple", "the duo"})
_REFLEXIVE = frozenset({"himself", "herself"})
# Words that begin a phrase before the subject, in which a pronoun may look ahead to it.
INTRODUCTIONS = frozenset(
    {"after", "although", "among", "as", "at", "because", "before", "besides", "by", "despite", "during",
     "following", "for", "from", "given", "if", "in", "like", "of", "on", "once", "since", "though",
     "through", "throughout", "to", "under", "unlike", "until", "upon", "when", "whereas", "while",
     "with", "without"}
)  # fmt: skip

# Weights of what makes a person come to mind.
_SENTENCE = 2.0  # is lost by standing in the sentence before
_SUBJECT = 1.0
_PARALLEL = 1.0  # a subject, where the pronoun is one too
_LATEST = 0.3  # subject of the last verb before the pronoun, in its own sentence
_OPENING = 0.3  # first subject of the sentence before
_NEIGHBOUR = 0.7  # nearest to a possessive in its own sentence; half of it for the next, and so on
_FARTHER = {True: 0.2, False: 0.1}  # is lost by each person in between, in this sentence or in the last
_FREQUENT = 0.5  # for the logarithm of how often somebody is mentioned, nearby and in all
_ELSEWHERE = 0.4  # for the logarithm of how often this pronoun stands for somebody elsewhere
_NEARBY = 2  # sentences back
_QUOTED = 1.0  # is lost by a name in somebody's words, for a pronoun outside of them
_SPEAKER = 0.7  # who spoke speaks on
_CLEAR = 0.2  # by so much the best must be ahead of the next
_DOUBTFUL = 3.0  # is lost by a name that the model did not take for a person's


@dataclass(frozen=True, slots=True)
class Antecedents:
    """Who is meant."""

    found: dict[int, int]  # index of a pronoun -> index of its local
    people: frozenset[int]  # locals of another kind that turn out to be people


def resolve(
    reading: Reading,
    locals_: Sequence[Local],
    owner: Mapping[int, int],
    said_of: Mapping[int, int],
    gender: Mapping[int, str],
    ontology: Ontology,
) -> Antecedents:
    """Each "he" and "she" of a document to its person; what is unclear is missing.

    `owner`: mention -> index of its local; `said_of`: the same of descriptions ("a pilot", "the mayor");
    `gender`: of the locals where it is known.
    """
    people = {i for i, local in enumerate(locals_) if local.kind is Kind.PERSON}
    doubtful = persons.doubtful(reading, locals_, owner, ontology)
    at_hand = {mention: i for mention, i in owner.items() if i in people | doubtful}
    strangers = dict(persons.strangers(reading, set(owner) | set(said_of), len(locals_)))
    gender = {**gender, **persons.genders(reading, strangers, ontology)}
    at_hand |= strangers
    # "welcomed Reed to Lima, her hometown. ... Reed said that he ...": what comes later tells who "her" is.
    first = _Walk(reading, at_hand, gender, doubtful).resolve(learn=False)
    found = _Walk(reading, at_hand, gender, doubtful, first).resolve()
    found = {pronoun: i for pronoun, i in found.items() if i < len(locals_)}
    return Antecedents(found, frozenset(found.values()) & doubtful)


class _Walk:
    """Walks through a document and keeps who is spoken of."""

    def __init__(
        self,
        reading: Reading,
        owner: Mapping[int, int],
        gender: Mapping[int, str],
        doubtful: set[int],
        first: Mapping[int, int] | None = None,
    ) -> None:
        self.first = first or {}  # what an earlier walk found
        self.called = Counter(
            (local, _HE_OR_SHE[reading.mentions[pronoun].text.lower()])
            for pronoun, local in self.first.items()
        )
        self.reading = reading
        self.owner = dict(owner)
        self.gender = dict(gender)
        self.doubtful = set(doubtful)
        self.verbs: defaultdict[int, list[int]] = defaultdict(list)  # subject -> where its verbs stand
        self.fellows: defaultdict[int, set[int]] = defaultdict(set)  # the other ends of its claims
        self.said: list[tuple[int, int, int]] = []  # (start, end, mention of the speaker)
        for claim in reading.claims:
            self.verbs[claim.subject.mention].append(claim.relation.start)
            if claim.object is None:
                continue
            self.fellows[claim.subject.mention].add(claim.object.mention)
            self.fellows[claim.object.mention].add(claim.subject.mention)
            if claim.object.mention < 0 and claim.object.role is Role.CONTENT:
                self.said.append((claim.object.start, claim.object.end, claim.subject.mention))
        self.speakers = {speaker for _, _, speaker in self.said}
        self.speaking: defaultdict[int, set[int]] = defaultdict(set)  # sentence -> who speaks in it
        for speaker in self.speakers & self.owner.keys():
            self.speaking[reading.mentions[speaker].sentence].add(self.owner[speaker])
        self.frequency = Counter(self.owner.values())
        self.by_sentence: defaultdict[int, list[int]] = defaultdict(list)
        for index in sorted(self.owner):
            if self.owner[index] not in doubtful or index in self.verbs:
                self.by_sentence[reading.mentions[index].sentence].append(index)

    def resolve(self, *, learn: bool = True) -> dict[int, int]:
        """The article's own words first: who speaks tells who is not meant in the quotation.

        With `learn`, who was "she" once is not "he" later.
        """
        mentions = self.reading.mentions
        found: dict[int, int] = {}
        for index in sorted(range(len(mentions)), key=lambda index: (mentions[index].quoted, index)):
            mention = mentions[index]
            gender = _HE_OR_SHE.get(mention.text.lower())
            if mention.kind is not MentionKind.PRONOUN or gender is None:
                continue
            other = self._ahead(index, gender)
            other = self._behind(index, gender) if other is None else other
            if other is not None:
                found[index] = self.owner[index] = self.owner[other]
                if learn:
                    self.gender.setdefault(self.owner[other], gender)
                self.doubtful.discard(self.owner[other])
                self.by_sentence[mention.sentence].append(index)
        return found

    def _ahead(self, index: int, gender: str) -> int | None:
        """ "In her speech, Ruiz ...": the subject after the phrase that begins the sentence."""
        text, mention = self.reading.document.text, self.reading.mentions[index]
        before = text[self.reading.sentences[mention.sentence].start : mention.start].split()
        if not before or before[0].lower() not in INTRODUCTIONS:
            return None
        people = self.by_sentence[mention.sentence]
        if any(other < index for other in people):
            return None
        for other in sorted(people):
            between = text[mention.end : self.reading.mentions[other].start]
            if "," in between and other in self.verbs and self._fits(other, index, gender):
                return other
        return None

    def _called(self, local: int, index: int, gender: str) -> float:
        """How much more often this pronoun than the other stands for somebody elsewhere, as a logarithm."""
        same, other = (self.called[local, g] for g in (gender, "m" if gender == "f" else "f"))
        same -= self.first.get(index) == local
        return log((1 + same) / (1 + other))

    def _behind(self, index: int, gender: str) -> int | None:
        sentence = self.reading.mentions[index].sentence
        weights: dict[int, float] = {}
        nearby = Counter(
            self.owner[other]
            for back in range(_NEARBY + 1)
            if self._running(sentence - back, sentence)
            for other in self.by_sentence[sentence - back]
            if other < index
        )
        for there in (sentence, sentence - 1):
            fitting = self._fitting(index, gender, there)
            if there < sentence and not weights and self._in_pair(index):
                return None
            for other, weight in self._weigh(index, fitting, there == sentence):
                weights[other] = weight + _FREQUENT * (
                    log(1 + nearby[self.owner[other]]) + log(1 + self.frequency[self.owner[other]])
                )
                weights[other] += _ELSEWHERE * self._called(self.owner[other], index, gender)
        if not weights:
            fitting = self._fitting(index, gender, sentence - 2)
            return fitting[-1] if len({self.owner[other] for other in fitting} - self.doubtful) == 1 else None
        best = max(weights, key=lambda other: (weights[other], other))
        rest = [w for other, w in weights.items() if self.owner[other] != self.owner[best]]
        return best if not rest or weights[best] - max(rest) >= _CLEAR else None

    def _fitting(self, index: int, gender: str, there: int) -> list[int]:
        """Mentions of a sentence, up to the pronoun, of people whom it can stand for."""
        if not self._running(there, self.reading.mentions[index].sentence):
            return []
        return [o for o in self.by_sentence[there] if o < index and self._fits(o, index, gender)]

    def _in_pair(self, index: int) -> bool:
        """Whether words for several stand between: "The two quarrelled, and then he ..."."""
        mentions = self.reading.mentions
        sentence = mentions[index].sentence
        return any(
            other in self.verbs and mentions[other].text.lower() in _SEVERAL
            for other in range(index)
            if mentions[other].sentence == sentence and mentions[other].quoted == mentions[index].quoted
        )

    def _weigh(self, index: int, fitting: Sequence[int], here: bool) -> Iterator[tuple[int, float]]:
        """The people of one sentence by their places in it."""
        start = self.reading.mentions[index].start
        verbs = {
            other: max(before)
            for other in fitting
            if (before := [at for at in self.verbs.get(other, ()) if at < start or not here])
        }
        latest = max(verbs.values(), default=-1)
        for rank, other in enumerate(sorted(fitting, reverse=True)):
            weight = -_FARTHER[here] * rank - (0 if here else _SENTENCE)
            if other in verbs:
                weight += _SUBJECT + (_PARALLEL if index in self.verbs else 0)
                weight += _LATEST if here and verbs[other] == latest else 0
                weight += _OPENING if not here and other == min(verbs) else 0
            if here and self._possessive(index):
                weight += _NEIGHBOUR / (1 + rank)
            mentions = self.reading.mentions
            if mentions[other].quoted and not mentions[index].quoted:
                weight -= _QUOTED
            if {other, index} <= self.speakers:
                weight += _SPEAKER
            yield other, weight - (_DOUBTFUL if self.owner[other] in self.doubtful else 0)

    def _possessive(self, index: int) -> bool:
        text = self.reading.mentions[index].text.lower()
        return text in ("his", "her") and index not in self.fellows and index not in self.verbs

    def _fits(self, other: int, index: int, gender: str) -> bool:
        one, mention = self.owner[other], self.reading.mentions[index]
        if self.gender.get(one, gender) != gender or self._is_told_of(other, index):
            return False
        if any(
            start <= mention.start < end
            and self.owner.get(speaker) == one
            and self._foreign(mention, speaker)
            for start, end, speaker in self.said
        ):
            return False
        if mention.quoted and self._goes_on_speaking(one, mention):
            return False
        if mention.text.lower() in _REFLEXIVE:
            return True
        # "Reed thanked him": him is not Reed.
        return all(self.owner.get(fellow) != one for fellow in self.fellows.get(index, ()))

    def _goes_on_speaking(self, one: int, mention: Mention) -> bool:
        """Whether the words are probably this speaker's: "“She pays,” Ruiz said. “She always does.”"."""
        if any(start <= mention.start < end for start, end, _ in self.said):
            return False
        last = max((at for at in self.speaking if at <= mention.sentence), default=-1)
        return last >= mention.sentence - 1 and one in self.speaking[last]

    def _is_told_of(self, other: int, index: int) -> bool:
        """Whether the pronoun says the words in which the other is named: "“Reed is tired,” he said"."""
        at = self.reading.mentions[other].start
        return any(start <= at < end for start, end, speaker in self.said if speaker == index)

    def _foreign(self, mention: Mention, speaker: int) -> bool:
        """Whether the words that a speaker says cannot call him "he", or the speaker may be no person.

        "“He is tired,” Reed said" is not of Reed; "Railco said he was tired" is not of Railco.
        """
        quotation = mention.quoted and not self.reading.mentions[speaker].quoted
        return quotation or self.owner[speaker] in self.doubtful

    def _running(self, one: int, other: int) -> bool:
        """Whether two sentences are the same or follow each other in running text."""
        if one == other:
            return True
        blocks = {sentence.block for sentence in self.reading.sentences[max(one, 0) : other + 1]}
        return one >= 0 and blocks == {BlockKind.PARAGRAPH}
