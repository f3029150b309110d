"""Finds adverbs that limit how far, or for how long, a clause is true.

    The mill is partially closed.           is partially closed
    Ana initially opposed the law.          initially opposed
    The deer were hunted nearly to extinction.      hunted nearly to

Excludes adverbs that say only how something is done ("quickly opened"), those that deny the clause ("hardly",
"nearly won": see `kg.extract.reality`), and those after "not" ("not only sang").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.clauses.clause import Context, children

if TYPE_CHECKING:
    from spacy.tokens import Token

_WITHIN = ("aux", "auxpass", "advmod", "neg")  # what may stand between such an adverb and its verb


def before(verb: Token, context: Context) -> Token | None:
    """The limiting adverb before the verb, or None: "is [partially] closed", "[initially] had opposed"."""
    for child in children(verb, "advmod"):
        between = verb.doc[child.i + 1 : verb.i]
        beside = all(token.head.i == verb.i and token.dep_ in _WITHIN for token in between)
        if child.i < verb.i and beside and _limits(child, context):
            return child
    return None


def after(verb: Token, context: Context) -> list[Token]:
    """The limiting adverbs after the verb: "was closed [partially]", "hunted [nearly] to extinction"."""
    phrases = [preposition for preposition in children(verb, "prep") if preposition.i > verb.i]
    adverbs = [*children(verb, "advmod"), *(a for p in phrases for a in children(p, "advmod"))]
    nearly = context.words("NearMisses")
    return [a for a in adverbs if a.i > verb.i and (_limits(a, context) or a.lower_ in nearly)]


def is_passing(adverb: Token, context: Context) -> bool:
    """Whether the adverb only limits states: "initially lived in Lima"; not "initially met Tom"."""
    return adverb.lower_ in context.words("PassingAdverbs")


def _limits(adverb: Token, context: Context) -> bool:
    negated = adverb.i > 0 and adverb.nbor(-1).lower_ == "not"
    return not negated and context.listed(adverb.lower_, "LimitingAdverbs", "PassingAdverbs")
