"""Checks of adverbs and adverbial phrases that limit how far or how long a clause is true."""

from __future__ import annotations

from kg.extract.clauses import limits
from kg.extract.clauses.clause import children
from kg.extract.whole.claim import Claim

_UNTIL = ("before", "until", "till")
_NOW = ("now", "recently", "then")


def loses_until(claim: Claim) -> bool:
    """Whether words are left out that say that something is over.

    As in "[Before now] Norvex has left the market to others", "[until recently] they lived in Lima"; not
    if the words are inside the claim's object.
    """
    return any(
        preposition.lower_ in _UNTIL
        and any(now.lower_ in _NOW for now in children(preposition, "pcomp", "pobj", "advmod"))
        and not claim.held(preposition)
        for preposition in children(claim.at, "prep", "advmod")
    )


def loses_habit(claim: Claim) -> bool:
    """Whether words for a habit are left out: "[Every day] she looks at it", "he [routinely] sails"."""
    habits = claim.context.words("HabitAdverbs")
    times = [t for t in children(claim.at, "npadvmod") if any(c.lower_ == "every" for c in t.lefts)]
    times += [t for t in children(claim.at, "advmod") if t.lower_ in habits]
    return not all(map(claim.held, times))


def loses_limit(claim: Claim) -> bool:
    """Whether a limit is left out: "[partially] owns the mill", "was hunted [nearly] to extinction".

    An open relation contains the adverb before the verb in its name ("initially opposed"). An adverb of
    time does not limit an event ("initially met Tom").
    """
    if claim.at.pos_ not in ("VERB", "AUX"):
        return False
    known = claim.context.ontology.relations.get(claim.relation.name)
    before = limits.before(claim.at, claim.context)
    if before is not None and known is not None:
        return known.stative or not limits.is_passing(before, claim.context)
    stative = known is None or known.stative
    return any(
        not claim.held(adverb) and (stative or not limits.is_passing(adverb, claim.context))
        for adverb in limits.after(claim.at, claim.context)
    )
