"""Claims about amounts without a preposition, by which something changed.

    The index fell 678 points.              index - fell by - 678 points
    Sales rose 5 percent.                   sales - rose by - 5 percent
    Shares closed down 5 percent.           shares - closed down by - 5 percent

Excludes durations ("waited two hours"; see `one_participant`), amounts in a clause with an object ("bought
shares 5 percent cheaper"), and scores ("ended 3-1").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.clauses.clause import children
from kg.extract.clauses.coordination import members
from kg.extract.projections.predicate import Predicate
from kg.model import Role

if TYPE_CHECKING:
    from spacy.tokens import Token


def read(predicate: Predicate) -> None:
    """Add a claim for each amount without a preposition and each subject."""
    clause, build = predicate.clause, predicate.build
    if clause.passive or any(not build.is_amount(noun) for noun in clause.objects):
        return
    given = children(predicate.verb, "npadvmod")
    for amount in (each for first in given for each in members(first, predicate.context)):
        if predicate.parsed.is_time(amount) or not build.is_amount(amount) or _is_score(amount):
            continue
        for subject in clause.subjects:
            if build.is_thing(subject):
                who = build.argument(subject, Role.PATIENT)
                way = _way(predicate, amount)
                known = None if way else predicate.known(predicate.key("by"), build.type_of(who), "Text")
                label = predicate.label(f"{way} by".strip())
                relation = predicate.relation(predicate.surface(way), known, label)
                predicate.add(who, relation, build.amount(amount), less=0.05)


def _is_score(number: Token) -> bool:
    """Whether the number is a score, as in "ended 3-1"."""
    after = number.doc[number.i + 1 : number.i + 3]
    return len(after) == 2 and after[0].text in ("-", "–", "—", ":") and after[1].like_num


def _way(predicate: Predicate, amount: Token) -> str:
    """The adverb without which the amount says little: "down" in "closed down 6 percent"; "" if none."""
    verb, ways = predicate.verb, predicate.context.words("ExtentAdverbs")
    before = (a for a in children(verb, "advmod") if a.i == verb.i + 1 and a.i < amount.i)
    return next((a.lower_ for a in before if a.lower_ in ways), "")
