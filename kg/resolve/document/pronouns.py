"""Resolves "he" and "she" to the most salient person.

    "Ana Ruiz met Tom Reed. She thanked him."             She: Ana Ruiz, him: Tom Reed
    "After her arrival in Lima, Ana Ruiz spoke."          her: Ana Ruiz
    "Reed met Ortiz. “He is tired,” Reed said."           He: Ortiz
    "Ortiz painted in Cuzco. He died young."              He: Ortiz, even if not labelled as a person

The people mentioned in this and the previous two sentences are scored (`ranking`) by features such as the
distance, the grammatical function, and the frequency in the article. Gender must agree: it follows from forms
of address, given names, titles, descriptions, and other pronouns for the person. A pronoun does not refer to
another argument of its own verb, except "himself"; speakers do not call themselves "he" in their own
quotation, and a person named in a quotation is not its speaker. A short name that the parser did not label as
a person is a candidate if it is the subject of a claim and nothing contradicts. Unnamed people such as "a
neighbour" are candidates, too: a pronoun for one of them has no named referent. After "the two quarrelled",
or if two scores are nearly equal, the pronoun is ambiguous.

"It" is resolved by `it`, "they" by `pairs`.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log

from kg.model import BlockKind, Function, Mention, MentionKind, Reading, Role
from kg.ontology import Ontology
from kg.resolve.document import persons, ranking
from kg.resolve.document.clauses import Clauses
from kg.resolve.document.stretches import Stretches
from kg.resolve.document.within import Kind, Local, named_for_kin

HE_OR_SHE = {
    "he": "m", "him": "m", "his": "m", "himself": "m",
    "she": "f", "her": "f", "hers": "f", "herself": "f",
}  # fmt: skip
# Subjects that denote two or more people, after which "he" may be either of them.
_SEVERAL = frozenset({"they", "both", "the two", "the pair", "the couple", "the duo"})
_REFLEXIVE = frozenset({"himself", "herself"})
# First words of an initial phrase, in which a pronoun may refer to a later name: "After her arrival, Ruiz
# ...".
INTRODUCTIONS = frozenset(
    {"after", "although", "among", "as", "at", "because", "before", "besides", "by", "despite", "during",
     "following", "for", "from", "given", "if", "in", "like", "of", "on", "once", "since", "though",
     "through", "throughout", "to", "under", "unlike", "until", "upon", "when", "whereas", "while",
     "with", "without"}
)  # fmt: skip

_WALKS = 3  # number of passes over a document; each uses the pronouns that the previous pass resolved
_SPOKEN = "speech"  # `Claim.rule` of claims with a speech verb, whose subject is the speaker
# Maximum distance, in sentences, from the "he" of "he said" back to the previous speaker as its referent.
_SPEECH = 3
# Distance of a candidate in sentences (0, 1, 2) -> name of its feature; people further back are not
# considered.
_BACK = (
    "same sentence",
    "sentence before",
    "two sentences back",
)
_ASKED = re.compile(r"(?:When |While )?(?:[Aa]sked|[Qq]uestioned|[Pp]ressed|[Qq]uizzed) [^.:;“”\"]*, ")
_BRACKETS = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Antecedents:
    """The result of resolving "he" and "she"."""

    found: dict[int, int]  # index of each resolved pronoun -> index of the person
    people: frozenset[int]  # named things not labelled as people, but called "he" or "she"


def walked(
    reading: Reading,
    locals_: Sequence[Local],
    owner: Mapping[int, int],
    said_of: Mapping[int, int],
    gender: Mapping[int, str],
    ontology: Ontology,
) -> Walk:
    """The last of `_WALKS` passes over a document, with the pronouns resolved.

    `owner`: mention -> index of its named thing; `said_of`: the same for descriptions ("a pilot", "the
    mayor"); `gender`: named thing -> its gender, if known.
    """
    people = {i for i, local in enumerate(locals_) if local.kind is Kind.PERSON}
    people -= persons.bodies(locals_, ontology)
    doubtful = persons.doubtful(reading, locals_, owner, ontology)
    at_hand = {mention: i for mention, i in owner.items() if i in people | doubtful}
    offices = set(persons.offices(reading, ontology)) - at_hand.keys()
    known = (set(owner) - offices) | set(said_of)
    strangers = dict(persons.strangers(reading, known, len(locals_), offices))
    gender = {**gender, **persons.genders(reading, strangers, ontology)}
    at_hand |= strangers
    given = {i: persons.given(local, ontology) for i, local in enumerate(locals_)}
    # The walk is repeated because later pronouns are evidence for earlier ones: in "Ruiz welcomed Reed to
    # Lima, her hometown. ... Reed said that he ...", "he" shows that "her" is not Reed's.
    named = (mention for mention in owner if reading.mentions[mention].kind is MentionKind.NAME)
    kin = named_for_kin(named, reading, ontology)
    walk = Walk(reading, at_hand, gender, given, doubtful, kin, {})
    for _ in range(_WALKS - 1):
        walk = Walk(reading, at_hand, gender, given, doubtful, kin, walk.found)
    return walk


def resolve(walk: Walk, locals_: Sequence[Local]) -> Antecedents:
    """The named antecedents that a pass found; pronouns for unnamed people are missing."""
    found = {pronoun: i for pronoun, i in walk.found.items() if i < len(locals_)}
    return Antecedents(found, frozenset(found.values()) & walk.unsure)


class Walk:
    """A pass over a document that resolves "he" and "she" to the people mentioned around them."""

    def __init__(
        self,
        reading: Reading,
        owner: Mapping[int, int],
        gender: Mapping[int, str],
        given: Mapping[int, str],
        doubtful: set[int],
        kin: Container[int],
        first: Mapping[int, int],
    ) -> None:
        self.kin = kin  # mentions that name a person only as somebody's relative
        self.first = first  # pronoun -> person, as the previous pass resolved it
        # (person, gender) -> how many pronouns of that gender the previous pass resolved to the person
        self.called = Counter(
            (local, HE_OR_SHE[reading.mentions[pronoun].text.lower()])
            for pronoun, local in self.first.items()
        )
        self.reading = reading
        self.owner = dict(owner)
        self.gender = dict(gender)
        self.given = given  # person -> gender of the given name, even if that may be a surname ("James")
        # the named things not labelled as people that may be people, except those called "he" or "she" so far
        self.doubtful = set(doubtful)
        self.unsure = doubtful  # the same, including those called "he" or "she"
        self.clauses = Clauses(reading)
        self.brackets = Stretches(match.span() for match in _BRACKETS.finditer(reading.document.text))
        self.verbs: defaultdict[int, list[int]] = defaultdict(list)  # subject -> offsets of its verbs
        # mention -> the other arguments of the claims in which it is an argument
        self.fellows: defaultdict[int, set[int]] = defaultdict(set)
        said: list[tuple[int, int, int]] = []  # (start, end, mention of the speaker)
        for claim in reading.claims:
            self.verbs[claim.subject.mention].append(claim.relation.start)
            if claim.object is None:
                continue
            self.fellows[claim.subject.mention].add(claim.object.mention)
            self.fellows[claim.object.mention].add(claim.subject.mention)
            if claim.object.mention < 0 and claim.object.role is Role.CONTENT:
                said.append((claim.object.start, claim.object.end, claim.subject.mention))
        self.said = Stretches(said)
        self.speakers = {speaker for _, _, speaker in said}
        # the subjects of speech verbs outside quotations, in order
        self.voices = sorted(
            {
                claim.subject.mention
                for claim in reading.claims
                if claim.rule == _SPOKEN and claim.subject.mention >= 0
                if not reading.mentions[claim.subject.mention].quoted
            }
        )
        # mention of a speaker -> the people named in the words of that speaker
        self.named_by: defaultdict[int, set[int]] = defaultdict(set)
        for index, mention in enumerate(reading.mentions):
            if mention.kind is MentionKind.NAME and index in self.owner:
                for _, _, speaker in self.said.around(mention.start):
                    if speaker in self.voices:
                        self.named_by[speaker].add(self.owner[index])
        # sentence -> the people who speak in it
        self.speaking: defaultdict[int, set[int]] = defaultdict(set)
        for speaker in self.speakers & self.owner.keys():
            self.speaking[reading.mentions[speaker].sentence].add(self.owner[speaker])
        self.several: defaultdict[int, list[int]] = defaultdict(list)  # sentence -> mentions in `_SEVERAL`
        for index in self.verbs:
            if index >= 0 and reading.mentions[index].text.lower() in _SEVERAL:
                self.several[reading.mentions[index].sentence].append(index)
        self.frequency = Counter(self.owner.values())
        self.first_mention = {self.owner[other]: other for other in sorted(self.owner, reverse=True)}
        self.by_sentence: defaultdict[int, list[int]] = defaultdict(list)
        for index in sorted(self.owner):
            if self.owner[index] not in doubtful or index in self.verbs:
                self.by_sentence[reading.mentions[index].sentence].append(index)
        self.found = self._resolve()

    def _resolve(self) -> dict[int, int]:
        """Each resolved pronoun -> the person; first the pronouns outside quotations, then those inside.

        The order matters because "he" in a quotation cannot refer to the speaker, who may be a pronoun, too.
        """
        mentions = self.reading.mentions
        found: dict[int, int] = {}
        for index in sorted(range(len(mentions)), key=lambda index: (mentions[index].quoted, index)):
            mention = mentions[index]
            gender = HE_OR_SHE.get(mention.text.lower())
            if mention.kind is not MentionKind.PRONOUN or gender is None:
                continue
            other = self._antecedent(index, gender)
            if other is not None:
                found[index] = self.owner[index] = self.owner[other]
                self.doubtful.discard(self.owner[other])
                self.by_sentence[mention.sentence].append(index)
        return found

    def _antecedent(self, index: int, gender: str) -> int | None:
        """The mention of a person to whom a pronoun refers; None if ambiguous."""
        before = self._spoke_before(index)
        if before is not None and before not in self.owner:
            return None  # the previous speaker is an unresolved "she", and so is this one
        if before is not None and self._fits(before, index, gender):
            return before
        if (joined := self._joined(index, gender)) is not None:
            return joined
        weight, ahead = ranking.weights()
        found = self.candidates(index, gender)
        scores: dict[int, float] = {}  # named thing -> score of its best mention
        best: dict[int, int] = {}  # named thing -> that mention
        for other, features in found.items():
            local, value = self.owner[other], ranking.score(features, weight)
            if value > scores.get(local, value - 1):
                scores[local], best[local] = value, other
        if not scores:
            return None
        first, *rest = sorted(scores, key=lambda local: (-scores[local], -best[local]))
        return best[first] if not rest or scores[first] - scores[rest[0]] >= ahead else None

    def _spoke_before(self, index: int) -> int | None:
        """The mention of the previous speaker, for a pronoun that is the subject of a speech verb.

        For example, Ruiz for "she" in "“Reed left,” Ruiz said. ... “He is ill,” she said". The result may be
        an unresolved pronoun of the same gender. None for any other pronoun; if somebody else is a subject in
        between, outside quotations; or if the last sentence with a speaker has two.
        """
        mentions = self.reading.mentions
        mention = mentions[index]
        if index not in self.voices:
            return None
        earlier = [i for i in self.voices if mentions[i].sentence < mention.sentence]
        last = (
            [i for i in earlier if mentions[i].sentence == mentions[earlier[-1]].sentence] if earlier else []
        )
        if len(last) != 1 or self._apart(mentions[last[0]].sentence, index) > _SPEECH:
            return None
        one = last[0]
        same = HE_OR_SHE.get(mentions[one].text.lower()) == HE_OR_SHE.get(mention.text.lower())
        person = one in self.owner or same
        if not person or not self._running(mentions[one].sentence, mention.sentence):
            return None
        others = (
            other
            for sentence in range(mentions[one].sentence, mention.sentence + 1)
            for other in self.by_sentence[sentence]
            if other in self.verbs and not mentions[other].quoted and not self._is_said(other)
        )
        # those who may be subjects in between: the two speakers themselves, and things that may be no people
        same_or_none = {self.owner.get(one, -1), self.owner.get(index, -1)} | self.doubtful
        acting = any(self.owner[other] not in same_or_none for other in others)
        return None if acting else one

    def _apart(self, sentence: int, index: int) -> int:
        """The number of sentences from `sentence` to the pronoun's sentence.

        Sentences of which the pronoun's referent is the speaker do not count, such as the first two in "“Reed
        left. The mill is old. Nobody came,” she said".
        """
        own = (
            between
            for between in range(sentence + 1, self.reading.mentions[index].sentence)
            if any(who == index for _, _, who in self.said.around(self.reading.sentences[between].start))
        )
        return self.reading.mentions[index].sentence - sentence - sum(1 for _ in own)

    def _is_said(self, index: int) -> bool:
        """Whether the mention is inside reported speech."""
        return any(True for _ in self.said.around(self.reading.mentions[index].start))

    def _joined(self, index: int, gender: str) -> int | None:
        """The person to whom "and his ..." is joined: Reed in "Reed and his wife". None if there is none."""
        mention, text = self.reading.mentions[index], self.reading.document.text
        if mention.text.lower() not in ("his", "her"):
            return None
        for other in self._fitting(index, gender, mention.sentence):
            if text[self.reading.mentions[other].end : mention.start].strip() in ("and", "&"):
                return other
        return None

    def candidates(self, index: int, gender: str) -> dict[int, ranking.Features]:
        """Each mention of a person who may be the antecedent -> the mention's features for `ranking`."""
        sentence = self.reading.mentions[index].sentence
        found: dict[int, ranking.Features] = {}
        nearby = self._nearby(index)
        for back, where in enumerate(_BACK):
            if not found and back == 1 and self._in_pair(index):
                return {}
            fitting = self._fitting(index, gender, sentence - back)
            if back == 0 and self._answers(index):
                fitting = []
            opening = min((other for other in fitting if other in self.verbs), default=-1)
            for rank, other in enumerate(sorted(fitting, reverse=True)):
                features = self._features(other, index, gender, nearby) | {where: 1.0}
                features["people between" if back else "people between, in the sentence"] = float(rank)
                if back == 0 and self._possessive(index):
                    features["near to a possessive"] = 1 / (1 + rank)
                if back and other in self.kin:
                    features["named as a relative"] = 1.0
                if back and other == opening:
                    features["first subject"] = 1.0
                    if back == 1 and self._opens(index):
                        features["first subject, for one that opens"] = 1.0
                found[other] = features
        following = self._ahead(index, gender)
        if following is not None and not self._owns_in_its_clause(index, found):
            found[following] = self._features(following, index, gender, nearby) | {"ahead": 1.0}
        return found

    def _answers(self, index: int) -> bool:
        """Whether the sentence begins with a question to the referent of the pronoun.

        The people named in the question are then no candidates: in "Asked if Reed would go, he said ...",
        "he" is not Reed.
        """
        mention = self.reading.mentions[index]
        start = self.reading.sentences[mention.sentence].start
        before = self.reading.document.text[start : mention.start]
        return index in self.voices and _ASKED.fullmatch(before) is not None

    def _owns_in_its_clause(self, index: int, found: Mapping[int, ranking.Features]) -> bool:
        """Whether the pronoun is a possessive and a candidate is the subject of its clause.

        No later name is then meant: in "When Reed announced his retirement, Ortiz ran", "his" is Reed's.
        """
        possessive = self._possessive(index)
        return possessive and any("subject of its clause" in features for features in found.values())

    def _opens(self, index: int) -> bool:
        """Whether the mention is at the start of its sentence."""
        mention = self.reading.mentions[index]
        return mention.start == self.reading.sentences[mention.sentence].start

    def _features(self, other: int, index: int, gender: str, nearby: Mapping[int, int]) -> ranking.Features:
        """The features of the mention `other` as antecedent of the pronoun `index`.

        Only those that do not depend on other candidates; `candidates` adds the rest.
        """
        local, mentions = self.owner[other], self.reading.mentions
        found: ranking.Features = {
            "often": log(1 + self.frequency[local]),
            "often nearby": log(1 + nearby.get(local, 0)),
            "called so elsewhere": self._called(local, index, gender),
        }
        clauses = self.clauses
        here = mentions[other].sentence == mentions[index].sentence
        said = {
            "subject": other in clauses.subjects,
            "object": other in clauses.objects,
            "possessor": other in clauses.owners,
            "subject for subject": {other, index} <= clauses.subjects,
            "object for object": {other, index} <= clauses.objects,
            "possessor for possessor": {other, index} <= clauses.owners,
            "pronoun": mentions[other].kind is MentionKind.PRONOUN,
            "name": mentions[other].kind is MentionKind.NAME,
            "in brackets": any(
                start < mentions[other].start and not start < mentions[index].start < end
                for start, end in self.brackets.around(mentions[other].start)
            ),
            "quoted": mentions[other].quoted and not mentions[index].quoted,
            "speaks on": {other, index} <= self.speakers,
            "doubtful": local in self.doubtful,
            "new": other == self.first_mention[local],
            "given name of the gender": self.given.get(local) == gender,
            "given name of the other gender": self.given.get(local, "") not in ("", gender),
            "named later in the sentence": other < index and self._named_later(local, index),
        }
        found |= {name: 1.0 for name, holds in said.items() if holds}
        if here:
            found |= dict.fromkeys(self._by_clause(other, index), 1.0)
        return found

    def _named_later(self, local: int, index: int) -> bool:
        mentions = self.reading.mentions
        return any(
            other > index and self.owner[other] == local and mentions[other].kind is MentionKind.NAME
            for other in self.by_sentence[mentions[index].sentence]
        )

    def _by_clause(self, other: int, index: int) -> Iterator[str]:
        """The names of the features for a candidate's function in the clauses that contain the pronoun.

        With "inside of a part" if the candidate is only part of an argument without the pronoun.
        """
        mention = self.reading.mentions[index]
        around = self.clauses.around(index)
        own = around[0][0].at if around else -1
        for clause, part in around:
            inner = clause.at == own
            if other in clause.subjects:
                yield ("subject of its clause" if inner else "subject around its clause")
            elif other in clause.objects and (inner or part.function is Function.CONTENT):
                yield ("object of its clause" if inner else "is told its clause")
        for _, part in self.clauses.around(other):
            if part.mention != other and not part.start <= mention.start < part.end:
                yield "inside of a part"
                break

    def _nearby(self, index: int) -> Counter[int]:
        """Person -> number of mentions before the pronoun, in the sentences that can have candidates."""
        sentence = self.reading.mentions[index].sentence
        return Counter(
            self.owner[other]
            for back in range(len(_BACK))
            if self._running(sentence - back, sentence)
            for other in self.by_sentence[sentence - back]
            if other < index
        )

    def _ahead(self, index: int, gender: str) -> int | None:
        """The mention of the subject that follows an initial phrase with the pronoun; None if there is none.

        For example, Ruiz in "In her speech, Ruiz ..." and in "Opening her shop, Ruiz ...".
        """
        text, mention = self.reading.document.text, self.reading.mentions[index]
        before = text[self.reading.sentences[mention.sentence].start : mention.start].split()
        if not before or not (before[0].lower() in INTRODUCTIONS or before[0].endswith("ing")):
            return None
        for other in sorted(self.by_sentence[mention.sentence]):
            between = text[mention.end : self.reading.mentions[other].start]
            if other > index and "," in between and other in self.verbs and self._fits(other, index, gender):
                return other
        return None

    def _called(self, local: int, index: int, gender: str) -> float:
        """A feature from the previous pass: the log-ratio of pronouns of this gender to pronouns of the other
        gender that refer to the person, without the pronoun itself.
        """
        same, other = (self.called[local, g] for g in (gender, "m" if gender == "f" else "f"))
        same -= self.first.get(index) == local
        return log((1 + same) / (1 + other))

    def _fitting(self, index: int, gender: str, there: int) -> list[int]:
        """The mentions of people in the sentence `there`, before the pronoun, to whom it can refer."""
        if not self._running(there, self.reading.mentions[index].sentence):
            return []
        return [o for o in self.by_sentence[there] if o < index and self._fits(o, index, gender)]

    def _in_pair(self, index: int) -> bool:
        """Whether a plural subject precedes in the sentence: "The two quarrelled, and then he ..."."""
        mentions = self.reading.mentions
        return any(
            other < index and mentions[other].quoted == mentions[index].quoted
            for other in self.several.get(mentions[index].sentence, ())
        )

    def _possessive(self, index: int) -> bool:
        text = self.reading.mentions[index].text.lower()
        return text in ("his", "her") and index not in self.fellows and index not in self.verbs

    def _fits(self, other: int, index: int, gender: str) -> bool:
        """Whether the pronoun `index` can refer to the person of the mention `other`."""
        one, mention = self.owner[other], self.reading.mentions[index]
        if self.gender.get(one, gender) != gender or self._is_told_of(other, index):
            return False
        if any(
            self.owner.get(speaker) == one and self._foreign(mention, speaker)
            for _, _, speaker in self.said.around(mention.start)
        ):
            return False
        if mention.quoted and self._goes_on_speaking(one, mention):
            return False
        if mention.text.lower() in _REFLEXIVE:
            return True
        # A pronoun is not another argument of its verb: the "him" of "Reed thanked him" is not Reed.
        fellows = self.fellows.get(index, set()) | self.clauses.fellows.get(index, set())
        return all(self.owner.get(fellow) != one for fellow in fellows)

    def _goes_on_speaking(self, one: int, mention: Mention) -> bool:
        """Whether a person probably speaks the quotation that contains the mention.

        This is the last speaker, if the quotation itself has none: Ruiz, for the second quotation of "“She
        pays,” Ruiz said. “She always does.”".
        """
        if self.said.around(mention.start):
            return False
        near = (mention.sentence, mention.sentence - 1)
        last = next((self.speaking[at] for at in near if at in self.speaking), set[int]())
        return one in last

    def _is_told_of(self, other: int, index: int) -> bool:
        """Whether the pronoun is the speaker of words that contain or name the candidate.

        The two then differ: in "“Reed is tired,” he said", "he" is not Reed.
        """
        at = self.reading.mentions[other].start
        named = self.owner[other] in self.named_by.get(index, ())
        return named or any(speaker == index for _, _, speaker in self.said.around(at))

    def _foreign(self, mention: Mention, speaker: int) -> bool:
        """Whether a pronoun in reported words cannot refer to their speaker.

        In "“He is tired,” Reed said", "He" is not Reed because of the quotation marks; in "Railco said he was
        tired", "he" is not Railco, which may be no person.
        """
        quotation = mention.quoted and not self.reading.mentions[speaker].quoted
        return quotation or self.owner[speaker] in self.doubtful

    def _running(self, one: int, other: int) -> bool:
        """Whether two sentences are the same, or all sentences from the first to the second are running text,
        with no heading or caption.
        """
        if one == other:
            return True
        blocks = {sentence.block for sentence in self.reading.sentences[max(one, 0) : other + 1]}
        return one >= 0 and blocks == {BlockKind.PARAGRAPH}
