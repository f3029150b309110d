"""Checks of lists and parts: whether a claim is true only of several things, or only of a part of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.clauses.clause import children
from kg.extract.whole.claim import Claim, first_of, is_example, joint
from kg.model import Role

if TYPE_CHECKING:
    from spacy.tokens import Token

_SHARES = ("percent", "%", "half")
_AMONG = ("among", "amongst", "of")


def is_of_a_list(claim: Claim) -> bool:
    """Whether subject or object is one member of a list whose members belong together.

    As in "Ana [and Tom] agreed", "crops such as maize", "between China [and Peru]".
    """
    verb = claim.at
    adverbs = {child.lower_ for child in children(verb, "advmod")}
    together = bool(adverbs & claim.context.words("TogetherAdverbs")) or (
        verb.lemma_.lower() in claim.context.words("CollectiveVerbs")
    )
    only = "only" in adverbs  # as in "only trails Tom [and Lee]"
    for end, head in claim.heads():
        joined = [other for other in joint(head) if not claim.held(other)]
        if joined and only and head.i > verb.i:
            return True
        if joined and together and first_of(head).dep_ in ("nsubj", "nsubjpass", "agent"):
            return True
        if is_example(head, claim.context) and not claim.held(first_of(head).head.head):
            return True
        if joined and not end.holds(joined[0]) and first_of(head).head.lower_ == "between":
            return True
    return False


def is_unpaired(claim: Claim) -> bool:
    """Whether the subject is one member of a list, but the object belongs to all of them.

    As in "Ana [and Tom] lead Acme and Norvex respectively", "Ana [and Eva] won the individual titles".
    """
    (_, one), (what, _) = ((end, end.head) for end in claim.ends)
    several = one is not None and any(not claim.held(other) for other in one.conjuncts)
    inside = [word for word in claim.at.sent if what.holds(word)]
    if several and any(word.tag_ == "NNS" and _is_shared_out(word) for word in inside):
        return True
    if not any(word.lower_ == "respectively" for word in claim.at.sent):
        return False
    return several and any(other in inside for word in inside for other in word.conjuncts)


def _is_shared_out(noun: Token) -> bool:
    """Whether the plural noun means one thing for each member of a list: "the individual titles"."""
    return any(word.lower_ in ("individual", "respective") for word in children(noun, "amod"))


def is_one_of_several(claim: Claim) -> bool:
    """Whether the claim is true only of all members together: "Ana [and Tom] are friends"."""
    (_, one), (what, attribute) = ((end, end.head) for end in claim.ends)
    if one is None or attribute is None or what.argument.role is not Role.ATTRIBUTE:
        return False
    several = any(not claim.held(other) for other in joint(one)) or one.pos_ == "PRON"
    return several and attribute.tag_ == "NNS" and claim.at.lemma_ == "be"


def is_one_of_those(claim: Claim) -> bool:
    """Whether a plural predicate is said of one member: "Ana [and Tom] were considered candidates"."""
    head = claim.ends[0].head
    if head is None or head.tag_ in ("NNS", "NNPS") or not children(claim.at, "auxpass"):
        return False
    plural = any(noun.tag_ == "NNS" and claim.held(noun) for noun in children(claim.at, "oprd"))
    return plural and any(not claim.held(other) for other in joint(head))


def is_of_a_part(claim: Claim) -> bool:
    """Whether the clause is only about a part of subject or object: "[most of] the miners", "[one of] us".

    Not in "is one of the founders".
    """
    for end, head in claim.heads():
        first = first_of(head)
        above = first.head.head if first.dep_ == "pobj" and first.head.lower_ == "of" else None
        if above is None or end.holds(above) or above.dep_ == "attr":
            continue
        words = claim.context.words("Partitives")
        if above.lower_ in words or above.lemma_.lower() in words or above.pos_ == "NUM":
            return True
    return False


def is_among(claim: Claim) -> bool:
    """Whether the subject is a share of a group: "[Among the miners,] 70 percent voted for Reed"."""
    head = claim.ends[0].head
    share = head is not None and (head.pos_ in ("NUM", "PRON", "DET") or head.lower_ in _SHARES)
    if head is None or not share:
        return False
    fronted = [p for p in children(claim.at, "prep") if p.i < head.i and p.lower_ in _AMONG]
    return any(not claim.context.parsed.is_time(noun) for p in fronted for noun in children(p, "pobj"))
