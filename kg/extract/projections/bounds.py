"""The interval of a clause whose only time is a bound: "has led Norvex since 2019", "closed until Friday".

    Ana Ruiz has led Norvex since 2019.       Ana Ruiz - leads - Norvex - - (only an interval)

The time of the claim stays empty; the bound becomes its `interval`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.clauses.clause import Context, children
from kg.extract.clauses.copula import LINKING
from kg.extract.projections.simple_past import is_simple_past
from kg.language.time import ranges

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.model import Claim


def bounded(claims: Sequence[Claim], context: Context) -> list[Claim]:
    """All claims; those of a clause whose only time is a bound have the bound as their `interval`.

    As in "has led Norvex since 2019", "sold 300 trams in the past three years", "will be closed until
    Friday".
    """
    return [
        replace(claim, interval=_interval(claim, context)) if _lacks_time(claim) else claim
        for claim in claims
    ]


def _lacks_time(claim: Claim) -> bool:
    return claim.time < 0 and (claim.object is None or claim.object.time < 0)


def _interval(claim: Claim, context: Context) -> int:
    """Index of the only time that bounds the claim's clause; -1 if there is none, or more than one."""
    span = context.parsed.doc.char_span(claim.relation.start, claim.relation.end)
    if span is None or span.root.pos_ not in ("VERB", "AUX"):
        return -1
    verb: Token = span.root
    found = [
        context.parsed.time_of[noun.i]
        for preposition in (*children(verb, "prep", "agent"), *_as_of(verb))
        for noun in children(preposition, "pobj")
        if noun.i in context.parsed.time_of and _bounds(verb, preposition, noun, context)
    ]
    return found[0] if len(found) == 1 else -1


def _as_of(verb: Token) -> list[Token]:
    """The "of" in "recorded 611 shocks as of Monday"."""
    return [of for as_ in children(verb, "prep") if as_.lower_ == "as" for of in children(as_, "prep")]


def _bounds(verb: Token, preposition: Token, noun: Token, context: Context) -> bool:
    """Whether a time bounds the event of a verb, and not its object or consequence.

    Not in "expect a deal by Friday", "said by Friday", "extended the ban until Friday", nor in "cut the
    aid by 2030" in an article from an earlier year.
    """
    parsed, word, lemma = context.parsed, preposition.lower_, verb.lemma_.lower()
    index, published = parsed.time_of[noun.i], parsed.document.metadata.date
    if ranges.bounded(parsed.times, index, parsed.document.text, published) is None:
        return False
    if context.listed(
        lemma, "SchedulingVerbs", "SpeechVerbs", "BeliefVerbs", "SequenceVerbs", "LookingVerbs"
    ):
        return False
    if word not in context.words("ClosingWords"):
        return True
    lasting = lemma in LINKING or context.listed(lemma, "StateVerbs", "LastingVerbs")
    closes = children(verb, "dobj", "nsubjpass")
    if word not in ("by", "before") and closes and not lasting:
        return False
    finish = parsed.times[index].finish
    past = bool(published and finish) and finish < published[: len(finish)]
    return past or lasting or not is_simple_past(verb)
