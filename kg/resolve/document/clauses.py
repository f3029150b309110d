"""Finds the mentions that are subjects and objects of each clause, and the mentions inside its parts.

For example, in "Reed told Ortiz that his son had left" the clause of "told" has the subject Reed, the object
Ortiz, and a content part from "that" on, which contains the mentions "his" and "his son".

Clauses are built from the frames of a reading or, if it has none, from its claims.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from kg.model import Frame, Function, Mention, Reading, Role

# rules (in `Frame.rule`) of frames whose predicate is a noun; such a frame is no clause
_NOUNS = frozenset({"nominal", "apposition", "title"})
_OBJECTS = (Function.WHOM, Function.TO_WHOM)
_ARGUMENTS = (Function.WHO, *_OBJECTS, Function.OBLIQUE)


@dataclass(frozen=True, slots=True)
class Held:
    """An argument or adjunct of a clause, as a span of the text."""

    function: Function
    start: int
    end: int
    mention: int  # index of the mention that has the same span; -1 if there is none


@dataclass(frozen=True, slots=True)
class MentionClause:
    """One clause; `subjects` and `objects` are indices of mentions."""

    at: int  # offset of its predicate in the text
    subjects: frozenset[int]
    objects: frozenset[int]
    parts: tuple[Held, ...]

    def holding(self, mention: Mention) -> Held | None:
        """The smallest part of the clause that contains the mention; None if no part does."""
        some = [part for part in self.parts if part.start <= mention.start and mention.end <= part.end]
        return min(some, key=lambda part: part.end - part.start, default=None)

    def is_in(self, other: MentionClause) -> bool:
        """Whether the clause is inside a part of `other`: "Reed paid" in "Ortiz said Reed paid"."""
        return any(part.start <= self.at < part.end for part in other.parts)


class Clauses:
    """All clauses of a document, by sentence, and tables derived from them."""

    def __init__(self, reading: Reading) -> None:
        self._mentions = reading.mentions
        self.of: defaultdict[int, list[MentionClause]] = defaultdict(list)
        self.subjects: set[int] = set()
        self.objects: set[int] = set()
        # mention -> the other arguments of the clauses in which it is an argument
        self.fellows: defaultdict[int, set[int]] = defaultdict(set)
        for sentence, clause in _clauses(reading):
            self.of[sentence].append(clause)
            self.subjects |= clause.subjects
            self.objects |= clause.objects
            arguments = {p.mention for p in clause.parts if p.function in _ARGUMENTS and p.mention >= 0}
            for one in arguments:
                self.fellows[one] |= arguments - {one}
        self.objects -= self.subjects
        # sentence -> the speakers in it: the mentions of those whose words the sentence reports
        self._speakers: defaultdict[int, set[int]] = defaultdict(set)
        self._saying: set[int] = set()  # the subjects of verbs of speech and thought
        for claim in reading.claims:
            if claim.projection == "content":
                self._saying.add(claim.subject.mention)
            if claim.speaker and claim.speaker.mention >= 0:
                at = reading.mentions[claim.speaker.mention].sentence
                if at == claim.sentence:
                    self._speakers[at].add(claim.speaker.mention)
        self.owners = {mention.possessor for mention in reading.mentions}

    def topics(self, sentence: int) -> frozenset[int]:
        """The mentions to which "he" or "it" can refer in a next sentence such as "He added that ...".

        They are the subjects of the main clauses if the sentence has no speaker or if one of them speaks;
        otherwise the speakers. For example, Ruiz in "Ruiz said Reed paid" and in "Ruiz denies that Reed
        paid", but Ortiz in "Reed paid, according to Ortiz". -1 stands for a main clause without a subject.
        """
        here = self.of[sentence]
        main = [clause for clause in here if not any(clause.is_in(other) for other in here)]
        subjects = frozenset(subject for clause in main for subject in clause.subjects or {-1})
        said = self._speakers.get(sentence, set())
        return subjects if not said or subjects & self._saying else frozenset(said)

    def around(self, index: int) -> list[tuple[MentionClause, Held]]:
        """The clauses that contain the mention, each with the part that contains it; smallest parts first."""
        mention = self._mentions[index]
        some = [(clause, clause.holding(mention)) for clause in self.of[mention.sentence]]
        held = [(clause, part) for clause, part in some if part is not None]
        return sorted(held, key=lambda pair: (pair[1].end - pair[1].start, pair[0].at))


def _clauses(reading: Reading) -> Iterator[tuple[int, MentionClause]]:
    for frame in reading.frames:
        if _NOUNS.isdisjoint(frame.rule.split("+")):
            yield frame.sentence, _of_frame(frame, reading)
    for claim in () if reading.frames else reading.claims:
        parts = [Held(Function.WHO, claim.subject.start, claim.subject.end, claim.subject.mention)]
        if said := claim.object:
            function = Function.CONTENT if said.role is Role.CONTENT else Function.WHOM
            parts.append(Held(function, said.start, said.end, said.mention))
        yield claim.sentence, _clause(claim.relation.start, parts)


def _of_frame(frame: Frame, reading: Reading) -> MentionClause:
    sentence = reading.sentences[frame.sentence]
    parts = [
        Held(part.function, part.argument.start, part.argument.end, part.argument.mention)
        for part in frame.parts
        if sentence.start <= part.argument.start and part.argument.end <= sentence.end
    ]
    return _clause(frame.start, parts, passive="passive" in frame.rule.split("+"))


def _clause(at: int, parts: list[Held], *, passive: bool = False) -> MentionClause:
    """The clause of these parts. The subject of a passive clause is its patient, not its agent: Reed in "Reed
    was visited by Ortiz".
    """
    who = {p.mention for p in parts if p.function is Function.WHO and p.mention >= 0}
    whom = {p.mention for p in parts if p.function in _OBJECTS and p.mention >= 0}
    subjects, objects = (whom, set[int]()) if passive and whom else (who, whom - who)
    return MentionClause(at, frozenset(subjects), frozenset(objects), tuple(parts))
