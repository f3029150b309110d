"""A relative clause without a pronoun: the missing argument is the noun before it.

    The house Tom sold burned.              Tom - sold - house
    The letter Ana wrote was lost.          Ana - wrote - letter

Excludes clauses after nouns of time, manner and reason, which lack no argument ("the day Tom left", "the
way she works"), and those that lack the noun after a preposition ("the man she talked to").
"""

from __future__ import annotations

from kg.extract.clauses import relative
from kg.extract.clauses.clause import Clause, Construction, Context, children


def read(clause: Clause, context: Context) -> Clause:
    if relative.CONSTRUCTION in clause.rules or clause.verb.dep_ != "relcl" or not _has_gap(clause, context):
        return clause
    return clause.by(CONSTRUCTION, objects=(relative.referent(clause.verb.head, context),))


def _has_gap(clause: Clause, context: Context) -> bool:
    verb = clause.verb
    return (
        bool(clause.subjects)
        and not clause.passive
        and not clause.objects
        and not clause.attributes
        and not any(child.tag_.startswith("W") for child in verb.subtree if child.i < verb.i)
        and not children(verb, "ccomp", "xcomp", "acomp", "attr", "prt")
        and not clause.complements
        and verb.head.lemma_ not in context.words("GaplessNouns")
        and not context.parsed.is_time(verb.head)
    )


CONSTRUCTION = Construction(
    "gap",
    read,
    trust=0.45,
    after=("active", "passive", "copula", "complement", "relative"),
    why="an argument that they find fills the gap, and so does a pronoun",
)
