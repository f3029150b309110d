"""Checks whether a claim is complete, or omits parts that are needed for its truth or meaning.

Each line: a sentence, its claim, the doubt (`model.Doubt`) that the claim raises, and in brackets words that
would raise none.

    Ana told the delegates that Tom had left.   told - delegates    COMPLEMENT  (not: met the delegates)
    Ana turned the hall into a school.          turned - hall       COMPLEMENT  (not: opened the hall)
    Ana and Tom agreed on a price.              Ana - agreed on     LIST        (not: Ana and Tom went)
    They grow crops such as maize.              grow - maize        LIST        (not: They grow maize)
    Most of the miners left Lima.               miners - left       PART        (not: The miners left Lima)
    Drivers who had drunk lost their licence.   drivers - lost      RESTRICTION (not: Ana, who had drunk, ...)
    Ana has the right to vote.                  has - right         CUT         (not: has a vote)
    The storm met a greater force.              met - greater force STANDARD    (not: greater than the army)
    Ana found no survivors.                     found - survivors   DENIED      (not: found survivors)
    The parties agreed: “fair and just”.        agreed - “...”      FRAGMENT    (not: “We will sign it”)
    The law paved the way for a merger.         paved - way         FIGURE      (not: paved the road)
    “In other words, it failed,” Ana said.      said - “...”        POINTING    (not: “But it failed”)
    Ana got two nominations.                    got - nominations   POINTING    (not: two Salt nominations)

Each check is a function of a `Claim`; its docstring gives an example and a counter-example. The tables
below say which doubt a check raises. Checks use only the dependency tree (ClearNLP labels, as in spaCy's
English models), not the referents: `kg.resolve.statements.plain` decides whether "the delegates" can be
identified. A claim with the whole clause omits nothing, but the clause itself may lack content:

    Ana spoke to the media.                     spoke - "..."       COMPLEMENT  (not: about the law)
    Ana was elected in May.                     was elected - "..." COMPLEMENT  (not: as mayor)

Excludes idioms that are in no list, and parts that do not depend on the predicate, the subject or the object.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.clauses.clause import Context
from kg.extract.whole import adverbs, complements, contests, messages, parts, phrases
from kg.extract.whole.claim import Claim, end_of
from kg.model import Argument, Doubt, Relation

if TYPE_CHECKING:
    from spacy.tokens import Token

Check = Callable[[Claim], bool]


def _of_subject(check: Check) -> Check:
    """The check for the subject alone: for claims whose object, the rest of the clause, omits nothing."""
    return lambda claim: check(replace(claim, ends=(claim.ends[0], claim.ends[0])))


_COMPLETING: tuple[Check, ...] = (  # for all claims, whether the object is a thing or the rest of the clause
    complements.lacks_post,
    complements.lacks_measure,
    complements.lacks_charge,
    messages.lacks_theme,
    messages.lacks_message,
    messages.rules_nothing,
    messages.lacks_quotation,
)
_BETWEEN_ENDS: dict[Doubt, tuple[Check, ...]] = {
    Doubt.COMPLEMENT: (
        complements.lacks_complement,
        complements.lacks_phrase,
        complements.lacks_adverb,
        complements.lacks_gift,
        complements.lacks_infinitive,
        complements.lacks_gerund,
        messages.says_somebody,
        messages.lacks_content,
        messages.holds_hearer,
        *_COMPLETING,
    ),
    Doubt.LIST: (
        parts.is_one_of_several,
        parts.is_one_of_those,
        parts.is_unpaired,
        parts.is_of_a_list,
    ),
    Doubt.PART: (parts.is_among, parts.is_of_a_part),
    Doubt.RESTRICTION: (phrases.lacks_restriction,),
    Doubt.CUT: (
        phrases.loses_phrase,
        phrases.loses_name,
        phrases.is_cut,
        phrases.is_torn_name,
        phrases.is_relational,
        phrases.is_first_of_compound,
        adverbs.loses_limit,
        adverbs.loses_until,
    ),
    Doubt.STANDARD: (phrases.lacks_standard,),
    Doubt.DENIED: (phrases.has_denied_end,),
    Doubt.FRAGMENT: (messages.is_fragment,),
    Doubt.POINTING: (messages.is_conclusion, contests.lacks_award, contests.lacks_match),
    Doubt.FIGURE: (complements.is_figure,),
}
_OF_WHOLE: dict[Doubt, tuple[Check, ...]] = {
    Doubt.COMPLEMENT: (
        complements.breaks_off,
        complements.follows_nothing,
        complements.leaves_nothing,
        messages.tells_nothing,
        *_COMPLETING,
    ),
    Doubt.LIST: (
        _of_subject(parts.is_one_of_several),
        _of_subject(parts.is_of_a_list),
        parts.is_one_of_those,
        parts.is_unpaired,
    ),
    Doubt.PART: (_of_subject(parts.is_among), _of_subject(parts.is_of_a_part)),
    Doubt.RESTRICTION: (_of_subject(phrases.lacks_restriction),),
    Doubt.CUT: (
        _of_subject(phrases.loses_phrase),
        _of_subject(phrases.loses_name),
        _of_subject(phrases.is_cut),
        _of_subject(phrases.is_torn_name),
        _of_subject(phrases.is_relational),
        _of_subject(phrases.is_first_of_compound),
        adverbs.loses_habit,
        adverbs.loses_until,
    ),
    Doubt.DENIED: (_of_subject(phrases.has_denied_end),),
    Doubt.FIGURE: (complements.is_figure,),
    Doubt.POINTING: (complements.is_of_another, contests.lacks_award, contests.lacks_match),
}


def lost(
    at: Token,
    subject: Argument,
    relation: Relation,
    object_: Argument | None,
    context: Context,
    *,
    whole: bool = False,
) -> tuple[Doubt, ...]:
    """The doubts that the claim of the predicate `at` raises by what it omits.

    Empty if there is no object, because such a claim makes no statement. `whole`: the object is the rest of
    the clause, so that only the subject can be cut; but the clause may lack content.
    """
    if object_ is None:
        return ()
    claim = Claim(at, relation, (end_of(subject, context), end_of(object_, context)), context)
    verbal = whole or at.pos_ in ("VERB", "AUX")
    return tuple(
        doubt
        for doubt, checks in (_OF_WHOLE if whole else _BETWEEN_ENDS).items()
        if (verbal or doubt is not Doubt.COMPLEMENT) and any(check(claim) for check in checks)
    )
