"""Resolves "it", "its", "we" and "I" to the clear antecedent: an organisation, country, work or speaker.

    "Alpine Rail closed the tunnel. It fired two drivers."       It: Alpine Rail
    "Alpine Rail said it would sell the tunnel."                 it: Alpine Rail
    "Alpine Rail closed the tunnel. It added that ..."           It: Alpine Rail
    "Alpine Rail said Reed paid. It also said ..."               It: Alpine Rail, not Reed
    "Alpine Rail sold its boats."                                its: Alpine Rail
    "Alpine Rail showed their boats."                            their: Alpine Rail
    "“We regret this,” Alpine Rail said."                        We: Alpine Rail
    "“I am glad of my work,” Ruiz said."                         I, my: Ana Ruiz

A sentence-initial "it" refers to the only subject of the previous sentence if "it" is an agent; the "It" of
"It was built in 1910" may be the tunnel. If "it" is the subject of a speech verb, only the main clauses of
the previous sentence count. An "it" that begins reported speech refers to the speaker ("said that it ..."),
but not in "said it was raining" or "said it was important". "Its" refers to the subject of its own clause if
there is no other candidate between the two; so does "their" after one organisation or group, if no plural
precedes. The antecedent must be of a class that the relation admits. Not resolved: any other "it", "they"
for one organisation, and "we" in the words of a person.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from kg.model import BlockKind, Claim, Frame, Function, Mention, MentionKind, Part, Reading, Role
from kg.ontology import Ontology
from kg.resolve import types
from kg.resolve.document.clauses import Clauses
from kg.resolve.document.within import Kind, Local

_I = frozenset({"i", "me", "my", "mine", "myself"})
_WE = frozenset({"we", "us", "our", "ours", "ourselves"})
_BETWEEN = 40  # maximum number of characters between a subject and the "its" that refers to it
_NEVER = ("Thing", "Person", "Group")  # classes of things to which "it" and "its" are never resolved


def resolve(
    reading: Reading, locals_: Sequence[Local], owner: Mapping[int, int], ontology: Ontology
) -> dict[int, int]:
    """Index of each resolved "it", "its" or "their" -> index of its `Local`. `owner`: mention -> `Local`."""
    return _Things(reading, locals_, owner, ontology).found


def speakers(reading: Reading, locals_: Sequence[Local], owner: Mapping[int, int]) -> dict[int, int]:
    """Index of each resolved first-person pronoun -> index of the speaker's `Local`.

    These are "I" and "my" in the words of a named person, and "we" and "our" in those of an organisation.
    """
    found: dict[int, int] = {}
    for claim in reading.claims:
        speaker = owner.get(claim.speaker.mention) if claim.speaker else None
        if speaker is None:
            continue
        person = locals_[speaker].kind is Kind.PERSON
        words = _I if person else _WE if locals_[speaker].kind is Kind.OTHER else frozenset()
        ends = [end for end in (claim.subject, claim.object) if end and end.mention >= 0]
        if any(owner.get(end.mention) == speaker for end in ends):
            continue  # the recorded speaker is wrong: nobody says "Ruiz helped me" of herself
        for argument in ends:
            for index in (argument.mention, reading.mentions[argument.mention].possessor):
                if index >= 0 and reading.mentions[index].text.lower() in words:
                    found[index] = speaker
    return found


class _Things:
    """Finds the antecedents of "it", "its" and "their" in a document."""

    def __init__(
        self, reading: Reading, locals_: Sequence[Local], owner: Mapping[int, int], ontology: Ontology
    ) -> None:
        self.reading, self.locals, self.ontology = reading, locals_, ontology
        self.owner = dict(owner)
        self.found: dict[int, int] = {}
        for index, one in (*self._opening(), *self._saying(), *self._said(), *self._own()):
            self.found.setdefault(index, one)

    def _opening(self) -> Iterator[tuple[int, int]]:
        """Pairs of a sentence-initial "It" and the referent of the only subject of the sentence before."""
        acting: defaultdict[int, set[int]] = defaultdict(set)  # sentence -> referents of its subjects
        for claim in self.reading.claims:
            subject = claim.subject.mention
            if subject < 0 or not self.reading.mentions[subject].quoted:
                acting[claim.sentence].add(self.owner.get(subject, -1))
        for claim in self.reading.claims:
            index, sentence = claim.subject.mention, self.reading.sentences[claim.sentence]
            opens = claim.subject.start == sentence.start and claim.subject.text.lower() == "it"
            if index < 0 or not opens or not _acts(claim) or sentence.block is not BlockKind.PARAGRAPH:
                continue
            subjects = acting.get(claim.sentence - 1, set())
            if len(subjects) == 1 and (one := min(subjects)) >= 0 and self._can(one, claim):
                yield index, one

    def _saying(self) -> Iterator[tuple[int, int]]:
        """Pairs of a sentence-initial "It" that is the subject of a speech verb ("It also said ...") and the
        referent of the only speaker or main subject of the sentence before.
        """
        clauses = Clauses(self.reading)
        for claim in self.reading.claims:
            index, sentence = claim.subject.mention, self.reading.sentences[claim.sentence]
            opens = claim.subject.start == sentence.start and claim.subject.text.lower() == "it"
            if index < 0 or not opens or not _says(claim) or sentence.block is not BlockKind.PARAGRAPH:
                continue
            subjects = {self.owner.get(main, -1) for main in clauses.topics(claim.sentence - 1)}
            if len(subjects) == 1 and (one := min(subjects)) >= 0 and self._can(one, claim):
                yield index, one

    def _said(self) -> Iterator[tuple[int, int]]:
        """Pairs of an "it" that begins reported speech, as an agent, and the speaker.

        For example, "it" and Alpine Rail in "Alpine Rail said that it would sell the tunnel".
        """
        first = {
            part.argument.start: part.argument.mention
            for frame in self.reading.frames
            if _does(frame)
            for part in frame.parts
            if part.function in (Function.WHO, Function.WHOM) and part.argument.text.lower() == "it"
        }
        for frame in self.reading.frames:
            speaker = _only(frame, Function.WHO)
            content = _only(frame, Function.CONTENT)
            if speaker is None or content is None or speaker.argument.mention not in self.owner:
                continue
            one = self.owner[speaker.argument.mention]
            index = first.get(content.argument.start, -1)
            if index >= 0 and not self.reading.mentions[index].quoted and self._speaks(one):
                yield index, one

    def _own(self) -> Iterator[tuple[int, int]]:
        """Pairs of "its" (or "their") in an object and the clause's subject: "Alpine Rail sold its boats"."""
        last = {
            mention.possessor: index
            for index, mention in enumerate(self.reading.mentions)
            if mention.possessor >= 0 and self._text(mention.possessor) in ("its", "their")
        }
        # mention of something owned -> the mentions of "its" or "their" that are its possessors
        its: defaultdict[int, list[int]] = defaultdict(list)
        for index, owned in last.items():
            its[owned].append(index)
        for frame in self.reading.frames:
            who = _only(frame, Function.WHO)
            if who is None or who.argument.mention not in self.owner:
                continue
            one = self.owner[who.argument.mention]
            for part in frame.parts:
                for index in its.get(part.argument.mention, ()):
                    inside = part.argument.start <= self.reading.mentions[index].start
                    if (
                        inside
                        and self._nothing_between(who.argument.mention, index)
                        and self._owns(one, index)
                    ):
                        yield index, one

    def _text(self, index: int) -> str:
        return self.reading.mentions[index].text.lower()

    def _owns(self, one: int, index: int) -> bool:
        """Whether the "its" or "their" with this index can refer to the singular subject `one`."""
        if self._text(index) == "its":
            return self._is_thing(one)
        several = self.ontology.is_a(self._class(one), "Group") or self._speaks(one)
        return several and self.locals[one].kind is Kind.OTHER and not self._is_after_several(index)

    def _is_after_several(self, index: int) -> bool:
        """Whether a plural mention or an "and" precedes in the sentence, to which "their" may refer."""
        mention, text = self.reading.mentions[index], self.reading.document.text
        before = text[self.reading.sentences[mention.sentence].start : mention.start]
        earlier = (m for m in self.reading.mentions[:index] if m.sentence == mention.sentence)
        return " and " in before or any(m.plural for m in earlier)

    def _nothing_between(self, subject: int, index: int) -> bool:
        """Whether "its" follows the subject closely, with no other candidate in between."""
        mentions = self.reading.mentions
        end = mentions[subject].end
        return end <= mentions[index].start <= end + _BETWEEN and not any(
            _is_rival(mentions[other]) for other in range(subject + 1, index) if mentions[other].start >= end
        )

    def _class(self, one: int) -> str:
        local = self.locals[one]
        return "Country" if local.kind is Kind.AREA else types.decide(local.votes, self.ontology)

    def _is_thing(self, one: int) -> bool:
        return self.locals[one].kind is not Kind.PERSON and self._class(one) not in _NEVER

    def _speaks(self, one: int) -> bool:
        """Whether a thing can speak: an organisation or a country."""
        body = self.ontology.is_a(self._class(one), "Organization")
        return self.locals[one].kind is Kind.AREA or (self.locals[one].kind is Kind.OTHER and body)

    def _can(self, one: int, claim: Claim) -> bool:
        """Whether a named thing can be the subject of a claim, given the claim's relation and object."""
        relation = self.ontology.relations.get(claim.relation.name)
        admitted = relation is None or self.ontology.admits(relation.subjects, self._class(one))
        if claim.object is not None and claim.object.role is Role.CONTENT:
            return admitted and self._speaks(one)
        kinds = (Kind.AREA, Kind.OTHER)
        return self.locals[one].kind in kinds and admitted and self._class(one) not in _NEVER


def _acts(claim: Claim) -> bool:
    """Whether the subject of a claim is the agent of a verb with an object or content clause.

    True for "It fired two drivers" and "it said that ..."; False for "it was fired", "it is clear" and "it
    rained".
    """
    acts = claim.subject.role is Role.AGENT and not claim.relation.inverted
    return acts and claim.object is not None and claim.object.role in (Role.PATIENT, Role.CONTENT)


def _says(claim: Claim) -> bool:
    """Whether the subject of a claim is a speaker: "It added that ...", "It expressed concern that ..."."""
    return claim.projection == "content"


def _does(frame: Frame) -> bool:
    """Whether "it" in a frame refers to something, because the verb has an object.

    False for "it was raining", "it is important" and "it was said that ...", where "it" may be expletive.
    """
    functions = {part.function for part in frame.parts}
    passive = "passive" in frame.rule.split("+")
    return (
        Function.ATTRIBUTE not in functions
        and frame.lemma != "be"
        and (Function.WHOM in functions and not (passive and Function.CONTENT in functions))
    )


def _only(frame: Frame, function: Function) -> Part | None:
    """The part with this function, if there is exactly one; otherwise None."""
    some = [part for part in frame.parts if part.function is function]
    return some[0] if len(some) == 1 else None


def _is_rival(mention: Mention) -> bool:
    """Whether "its" could refer to the mention."""
    thing = mention.kind in (MentionKind.NAME, MentionKind.NOMINAL) and mention.type not in (
        "Person",
        "Position",
    )
    return thing and not mention.plural and not mention.relational
