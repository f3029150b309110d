"""When and where: the time and place that a clause or noun phrase gives its happening.

    On Tuesday Ana met Tom in Lima.                 Ana - met - Tom - Tuesday - Lima
    Ana, who met Tom in Lima on Tuesday, left.      Ana - met - Tom - Tuesday - Lima
    Ana's visit to Lima in October failed.          Ana - visited - Lima - October - Lima (of the noun)

A clause without a time of its own takes that of the clause that governs it, where both are one
happening ("After arriving on Monday, ...": not; "began talking on Monday": yes).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract.clauses.clause import Clause, Context, children, dependents

if TYPE_CHECKING:
    from spacy.tokens import Token

_WHERE = frozenset(["in", "at", "on", "near", "inside", "outside", "within", "throughout", "across"])
# They tell where a span begins or ends ("the first since 1958", "closed until Friday"), not when it was.
_BOUNDS = frozenset(("since", "until", "till", "before", "after", "by"))
_INNER = ("at", "in", "on", "during")  # "at their meeting on Tuesday"
_SHARED = ("xcomp", "advcl", "conj")


def when(clause: Clause, context: Context) -> int:
    """Index of the time expression that dates the clause, or -1. Durations and sets date nothing."""
    verb: Token = clause.verb
    found = _best(_times(verb), context)
    if found < 0:
        found = _best(_times_within(verb, context), context)
    if found < 0 and verb.dep_ == "relcl" and any(child.lower_ == "when" for child in verb.lefts):
        return context.parsed.time_of.get(verb.head.i, -1)  # "November, when they met"
    while found < 0 and verb.dep_ in _SHARED and not _is_own_clause(verb):
        verb, joined = verb.head, verb.dep_ == "conj"
        if verb.pos_ not in ("VERB", "AUX"):
            break
        # "On Friday they met and talked" dates both, "They met on Friday and talked" only the first.
        shared = (t for t in _times(verb) if t.i < verb.i) if joined else _times(verb)
        found = _best(shared, context)
    return found


def _times_within(head: Token, context: Context) -> Iterator[Token]:
    """As in "At their meeting on Tuesday, they promised ...": the time of what the clause is set in."""
    for preposition in children(head, "prep"):
        if preposition.lower_ in _INNER:
            for noun in children(preposition, "pobj"):
                if not context.parsed.is_time(noun):
                    yield from _times(noun)
                    yield from _times_within(noun, context)


def _is_own_clause(verb: Token) -> bool:
    """Whether the clause has its own time: also the second one of "Lima beat Quito; Cusco lost"."""
    if verb.dep_ == "conj":
        linked = any(word.i < verb.i for word in children(verb.head, "cc"))
        return not linked and bool(children(verb, "nsubj", "nsubjpass"))
    return verb.dep_ == "advcl" and bool(children(verb, "mark", "nsubj", "aux"))


def where(clause: Clause, context: Context) -> int:
    """Index of the mention of the place where it happened, or -1."""
    if clause.place is not None and context.is_place(clause.place):
        return context.parsed.mention_index(clause.place)
    for complement in clause.complements:
        if complement.preposition in _WHERE and context.is_place(complement.head):
            return context.parsed.mention_index(complement.head)
    inner = (complement.head for complement in clause.complements if complement.preposition in _INNER)
    for noun in (*clause.objects, *inner):
        found = noun_place(noun, context)
        if found >= 0:
            return found
    verb: Token = clause.verb
    if verb.dep_ == "advcl" and not _is_own_clause(verb) and verb.head.pos_ == "VERB":
        return where(context.clause(verb.head), context)  # "They met in Lima, signing a treaty"
    return -1


def noun_time(noun: Token, context: Context) -> int:
    """Index of the time expression in the noun's phrase ("the meeting in October"), or -1."""
    return _best(_times(noun), context)


def noun_place(noun: Token, context: Context) -> int:
    """Index of the mention of the place in the noun's phrase ("the meeting in Lima"), or -1.

    Also of what it is part of ("the meeting at the fair in Lima"), and where a visit leads to.
    """
    for modifier in children(noun, "compound", "nmod"):  # "the Lima summit"; "the Peru talks" may be about it
        parsed = context.parsed
        if parsed.is_name(modifier) and context.is_place(modifier) and parsed.type_of(modifier) != "Country":
            return parsed.mention_index(modifier)
    inner: list[Token] = []
    for preposition in children(noun, "prep"):
        visit = preposition.lower_ == "to" and context.ontology.is_a(context.parsed.type_of(noun), "Visit")
        if visit or preposition.lower_ in _WHERE:
            for target in children(preposition, "pobj"):
                if context.is_place(target):
                    return context.parsed.mention_index(target)
                if preposition.lower_ in _INNER:
                    inner.append(target)
    return next((found for target in inner if (found := noun_place(target, context)) >= 0), -1)


def _times(head: Token) -> Iterator[Token]:
    """Dependents that may be times: bare ("last week"), after a preposition, or in apposition to one."""
    for child in dependents(head):
        if child.dep_ in (
            "npadvmod",
            "advmod",
            "tmod",
            "nmod",
            "amod",
            "appos",
            "dobj",
            "attr",
            "compound",
            "nummod",
            "poss",
        ):
            yield child
        elif child.dep_ == "prep" and child.lower_ not in _BOUNDS:
            yield from children(child, "pobj", "pcomp")


def _best(tokens: Iterator[Token], context: Context) -> int:
    """The first date or time of day that resolves; else the first at all."""
    indices = [context.parsed.time_of[t.i] for t in tokens if t.i in context.parsed.time_of]
    dates = [
        i
        for i in indices
        if context.parsed.times[i].type in ("DATE", "TIME")
        and not context.parsed.times[i].value.endswith("_REF")  # "a recent poll": that is no date
    ]
    return next((i for i in dates if context.parsed.times[i].begin), dates[0] if dates else -1)
