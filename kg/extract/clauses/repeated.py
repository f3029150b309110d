"""One verb with two complements, each with its own time: two events.

    Ana ran for mayor in 2010 and for judge in 2018.    Ana - ran for - mayor, Ana - ran for - judge
    Ana flew to Lima on Monday and to Oslo on Friday.   Ana - flew to - Lima, Ana - flew to - Oslo

Excludes clauses with an object ("met Tom in May and at the fair in June"), pairs of which one has no time
("ran for mayor in 2010 and for judge"), different prepositions ("flew to Lima in May and from Cusco in
June"), and lists of three or more complements.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.clauses.clause import Clause, Complement, Construction, Context, children
from kg.extract.clauses.coordination import members

if TYPE_CHECKING:
    from spacy.tokens import Token


def read(clause: Clause, context: Context) -> Clause:
    second = _second(clause)
    if second is None or clause.parts or clause.objects:
        return clause
    link, word = second.i - 1, second.lower_
    heads = [noun for noun in children(second, "pobj") if not context.parsed.is_time(noun)]
    others = tuple(Complement(word, member) for noun in heads for member in members(noun, context))
    first = tuple(each for each in clause.complements if each.head.i < link)
    if not others or not any(each.preposition == word for each in first):
        return clause
    ends = (each.i for each in clause.verb.doc[link : clause.verb.sent.end] if each.is_punct)
    end = next(ends, clause.verb.sent.end)
    before, behind = _times(clause, context, clause.verb.i, link), _times(clause, context, second.i, end)
    if not before or not behind:
        return clause
    whole = clause.by(CONSTRUCTION)
    parts = replace(whole, complements=first, times=before), replace(whole, complements=others, times=behind)
    return replace(whole, parts=parts)


def _second(clause: Clause) -> Token | None:
    """The preposition of the second complement, after "and"; None if there is not exactly one.

    The parser attaches it to the verb or to the first time expression.
    """
    verb = clause.verb
    prepositions = children(verb, "prep")
    above = [verb, *prepositions, *(noun for each in prepositions for noun in children(each, "pobj", "prep"))]
    found = [
        word
        for head in above
        for word in children(head, "conj", "prep")
        if word.pos_ == "ADP" and word.i > verb.i and word.nbor(-1).lower_ == "and"
    ]
    return found[0] if len(found) == 1 else None


def _times(clause: Clause, context: Context, start: int, end: int) -> tuple[Token, ...]:
    return tuple(token for token in clause.verb.doc[start:end] if context.parsed.is_time(token))


CONSTRUCTION = Construction(
    "repeated",
    read,
    trust=0.9,
    after=("active", "passive", "complement", "coordination", "respectively"),
    why="it divides the complements that the others have found",
    adds=True,
)
