"""The copula: what somebody or something is, becomes, or remains.

    Ana Ruiz is a pilot.            Ana Ruiz - is - a pilot
    Lima is the capital of Peru.    Lima - capital of - Peru
    Ana Ruiz was elected mayor.     Ana Ruiz - holds position - mayor

Excludes "There is ...", clefts ("It was Ana who ..."), and appearances ("seems").
"""

from __future__ import annotations

from kg.extract.clauses.clause import Clause, Construction, Context, children, dependents
from kg.extract.clauses.coordination import members

LINKING = frozenset(["be", "become", "remain"])


def read(clause: Clause, context: Context) -> Clause:
    verb = clause.verb
    is_time = context.parsed.is_time
    if verb.lemma_ in LINKING:
        if any(child.dep_ == "expl" for child in dependents(verb)):
            return clause
        nouns = [m for child in children(verb, "attr") if not is_time(child) for m in members(child, context)]
        attributes = [*nouns, *children(verb, "acomp")]
    else:
        attributes = [child for child in children(verb, "oprd") if not is_time(child)]
    return clause.by(CONSTRUCTION, attributes=tuple(attributes)) if attributes else clause


CONSTRUCTION = Construction(
    "copula",
    read,
    trust=0.95,
)
