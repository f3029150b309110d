"""A relative clause without a pronoun: the missing argument is the noun before it.

    The house Tom sold burned.              Tom - sold - house
    The letter Ana wrote was lost.          Ana - wrote - letter

Excludes clauses after nouns of time, manner and reason, which lack no argument ("the day Tom left", "the
way she works"), and those that lack the noun after a preposition ("the man she talked to").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.clauses import relative
from kg.extract.clauses.clause import Clause, Construction, Context, children

if TYPE_CHECKING:
    from spacy.tokens import Token


def read(clause: Clause, context: Context) -> Clause:
    verb = clause.verb.head if relative.is_said_of_noun(clause.verb.head, context) else clause.verb
    if relative.CONSTRUCTION in clause.rules or verb.dep_ != "relcl" or not _has_gap(clause, verb, context):
        return clause
    if clause.verb.dep_ not in ("relcl", "ccomp"):
        return clause
    return clause.by(CONSTRUCTION, objects=(relative.referent(verb.head, context),))


def _has_gap(clause: Clause, relcl: Token, context: Context) -> bool:
    verb = clause.verb
    return (
        bool(clause.subjects)
        and not clause.passive
        and not clause.objects
        and not clause.attributes
        and not any(child.tag_.startswith("W") for child in relcl.subtree if child.i < verb.i)
        and not children(verb, "ccomp", "xcomp", "acomp", "attr", "prt")
        and not clause.complements
        and relcl.head.lemma_ not in context.words("GaplessNouns")
        and not context.parsed.is_time(relcl.head)
    )


CONSTRUCTION = Construction(
    "gap",
    read,
    trust=0.45,
    after=("active", "passive", "copula", "complement", "relative"),
    why="an argument that they find fills the gap, and so does a pronoun",
)
