"""Frames: the content of a clause, or of a noun that denotes an event or relation.

    Ana turned the old hall into a school to help the town because it had none.
        turn   who: Ana   whom: the old hall   oblique (into): a school
               purpose (to): help the town     cause (because): it had none

The constructions of `kg.extract.clauses` find subjects, objects and complements; this module adds the rest of
the clause (adverbial clauses, times, adverbs). An argument is only its noun phrase; everything else that the
verb governs is a separate part. The frame of a noun is assembled from the claims that `kg.extract.phrases`
finds in its phrase.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.clauses.clause import Clause, children, dependents
from kg.model import Claim, Frame, Function, Part, Role

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.extract.build import Builder

# role of the subject or object in a claim from a noun phrase -> its function in the frame
_FUNCTIONS = {
    Role.AGENT: Function.WHO,
    Role.PATIENT: Function.WHOM,
    Role.RECIPIENT: Function.TO_WHOM,
    Role.ATTRIBUTE: Function.ATTRIBUTE,
    Role.CONTENT: Function.CONTENT,
    Role.PLACE: Function.PLACE,
    Role.TIME: Function.TIME,
    Role.OTHER: Function.OBLIQUE,
}
_ORDER = {function: number for number, function in enumerate(Function)}


def with_claim(frame: Frame | None, claim: Claim, at: Token) -> Frame:
    """The frame with subject and object of one more claim added; if `frame` is None, a new one of `at`."""
    ends = [end for end in (claim.subject, claim.object) if end is not None]
    parts = [Part(_FUNCTIONS[end.role], end) for end in ends]
    if frame is not None:
        return replace(frame, parts=ordered((*frame.parts, *parts)))
    return Frame(
        start=at.idx,
        end=at.idx + len(at),
        text=at.text,
        lemma=at.lemma_.lower(),
        relation="",
        rule=claim.rule,
        sentence=claim.sentence,
        parts=ordered(parts),
        factuality=claim.factuality,
        speaker=claim.speaker,
        event=claim.event,
    )


def ordered(parts: Iterable[Part]) -> tuple[Part, ...]:
    """The distinct parts, sorted by the order of `Function`, then by position in the text."""
    distinct = dict.fromkeys(parts)
    return tuple(sorted(distinct, key=lambda p: (_ORDER[p.function], p.argument.start, p.argument.end)))


def of_clause(build: Builder, clause: Clause, text: str) -> Frame:
    """The frame of a complete clause. `text`: its predicate as written ("was not bought")."""
    verb, parsed = clause.verb, build.context.parsed
    status = build.status(verb)
    return Frame(
        start=verb.idx,
        end=verb.idx + len(verb),
        text=text,
        lemma=" ".join(part for part in (verb.lemma_.lower(), clause.particle) if part),
        relation="",
        rule="+".join(rule.name for rule in clause.rules),
        sentence=parsed.sentence_of[verb.i],
        parts=ordered((*_arguments(build, clause), *_adjuncts(build, verb))),
        factuality=status.factuality,
        speaker=build.argument(status.speaker, Role.AGENT) if status.speaker is not None else None,
        scope=(status.scope.idx, status.scope.idx + len(status.scope)) if status.scope is not None else None,
        event=parsed.mention_at.get(verb.i, -1),
    )


def _arguments(build: Builder, clause: Clause) -> Iterator[Part]:
    """The parts for the arguments that the constructions found.

    The subject of a passive is whom the event affects; with an object ("Tom was given a book"), it is the
    recipient.
    """
    given = clause.passive and bool(clause.objects)
    undergoes = Function.TO_WHOM if given else Function.WHOM
    slots = (
        (clause.subjects, undergoes if clause.passive else Function.WHO, Role.AGENT),
        (clause.agents, Function.WHO, Role.AGENT),
        (clause.objects, Function.WHOM, Role.PATIENT),
        (clause.recipients, Function.TO_WHOM, Role.RECIPIENT),
        (clause.attributes, Function.ATTRIBUTE, Role.ATTRIBUTE),
    )
    for tokens, function, role in slots:
        for token in tokens:
            yield Part(function, build.argument(token, role))
    for complement in clause.complements:
        where = complement.preposition in build.context.words("PlacePrepositions")
        place = where and build.context.is_place(complement.head)
        function = Function.PLACE if place else Function.OBLIQUE
        if build.is_amount(complement.head):
            yield Part(Function.AMOUNT, build.amount(complement.head), complement.preposition)
        else:
            yield Part(function, build.argument(complement.head, Role.OTHER), complement.preposition)


def _adjuncts(build: Builder, verb: Token) -> Iterator[Part]:
    """The parts for everything else that the verb governs: clauses, times, adverbs, amounts."""
    parsed = build.context.parsed
    for child in dependents(verb):
        if child.dep_ in ("ccomp", "xcomp"):
            yield _clause(build, child, Function.CONTENT)
        elif child.dep_ == "advcl":
            yield _clause(build, child, _circumstance(build, child))
        elif child.dep_ == "prep":
            yield from _prepositional(build, child)
        elif child.dep_ in ("npadvmod", "tmod") and not parsed.is_time(child) and build.is_amount(child):
            yield Part(Function.AMOUNT, build.amount(child))
        elif parsed.is_time(child) and child.dep_ in ("npadvmod", "tmod", "advmod", "dobj"):
            yield Part(Function.TIME, build.argument(child, Role.TIME))
        elif child.dep_ == "advmod" and child.lower_.endswith("ly"):
            yield Part(Function.MANNER, build.words(child.left_edge.i, child.i + 1, Role.OTHER))


def _prepositional(build: Builder, preposition: Token) -> Iterator[Part]:
    """The parts for what follows a preposition: a time, cause, comparison or manner.

    As in "on Friday", "because of the snow", "than the others", "by signing"; other phrases are arguments
    (`_arguments`).
    """
    for target in children(preposition, "pobj", "pcomp"):
        if build.context.parsed.is_time(target):
            yield Part(Function.TIME, build.argument(target, Role.TIME), preposition.lower_)
        elif preposition.lower_ in ("than", "like", "unlike"):
            words = build.words(target.left_edge.i, target.right_edge.i + 1, Role.OTHER)
            yield Part(Function.COMPARISON, words, preposition.lower_)
        elif preposition.lower_ in build.context.words("CausePrepositions"):
            words = build.words(target.left_edge.i, target.right_edge.i + 1, Role.OTHER)
            yield Part(Function.CAUSE, words, preposition.lower_)
        elif target.dep_ == "pcomp":
            words = build.words(target.left_edge.i, target.right_edge.i + 1, Role.CONTENT)
            yield Part(Function.MANNER, words, preposition.lower_)


def _clause(build: Builder, head: Token, function: Function) -> Part:
    """A subordinate clause as a part: its words, and in a separate field its conjunction."""
    marker = _marker(head)
    first = marker.i + 1 if marker is not None and marker.i == head.left_edge.i else head.left_edge.i
    words = build.words(first, head.right_edge.i + 1, Role.CONTENT)
    return Part(function, words, marker.lower_ if marker is not None else "")


def _marker(head: Token) -> Token | None:
    to = (child for child in children(head, "aux") if child.lower_ == "to")
    return next(iter(children(head, "mark")), None) or next(to, None)


def _circumstance(build: Builder, head: Token) -> Function:
    """The function of an adverbial clause (condition, cause ...), by its conjunction."""
    marker, words = _marker(head), build.context.words
    opening = head.doc[head.left_edge.i].lower_
    word = marker.lower_ if marker is not None else opening
    if word in words("ConditionConjunctions"):
        return Function.CONDITION
    if word in words("CauseConjunctions"):
        return Function.CAUSE
    if word in words("ComparisonConjunctions"):
        return Function.COMPARISON
    if word == "to" or (word == "so" and marker is not None):
        return Function.PURPOSE
    return Function.TIME if opening in words("TimeConjunctions") else Function.MANNER
