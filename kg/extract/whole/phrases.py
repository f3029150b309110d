"""Checks of noun phrases: restrictions, complements of nouns, standards of comparison, denials."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extract.clauses.clause import children, dependents
from kg.extract.whole.claim import Claim, End
from kg.model import Role

if TYPE_CHECKING:
    from spacy.tokens import Token

_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")


def lacks_restriction(claim: Claim) -> bool:
    """Whether a restrictive clause is missing: "drivers [who had drunk]", "a company [founded by her]".

    Clauses after a comma or a name do not restrict. A noun that says what somebody is does not need them
    either ("is a temple [that she saw]"), except a ranked one ("the only one [that ...]").
    """
    for end, head in claim.heads():
        if claim.is_name(end) or head.pos_ == "PRON" or children(head.head, "expl"):
            continue  # the clause introduces, it does not restrict: "There were 40 people injured in Lima"
        if end.argument.role is Role.ATTRIBUTE and not _is_ranked(claim, head):
            continue
        for clause in children(head, "relcl", "acl"):
            if clause.i == claim.at.i and head.tag_ in ("NN", "NNP"):
                # "the attack that killed Reed" is one attack, whereas "drivers who drank" are not all drivers
                continue
            if not (end.holds(clause) or _is_infinitive(clause)) and _follows(head, clause, end):
                return True
    return False


def _is_ranked(claim: Claim, head: Token) -> bool:
    ranking = claim.context.words("RankingAdjectives")
    return any(child.tag_ == "JJS" or child.lower_ in ranking for child in (head, *head.lefts))


def is_cut(claim: Claim) -> bool:
    """Whether a complement of a noun is cut: "head [of industry]", "the right [to vote]".

    Not if the claim contains the complement elsewhere: "president [of Peru]" in a claim with Peru.
    """
    for end, head in claim.heads():
        owned = claim.owner(end)
        for child in head.rights:
            if end.holds(child) or claim.held(child) or child.idx < end.end:
                continue
            # an infinitive is needed even with an owner: "his right [to vote]"
            if owned and child.dep_ != "acl":
                continue
            of = child.dep_ == "prep" and child.lower_ == "of" and not claim.is_name(end)
            if of and not any(map(claim.held, children(child, "pobj"))):
                return True
            if child.dep_ in ("acl", "relcl") and _is_infinitive(child):
                return True
    return False


def is_torn_name(claim: Claim) -> bool:
    """Whether a name lacks the organisation to which its bearer belongs, or the number before it.

    As in "head of the Mills Department [at Acme]", "the [116th] Lima Parliament"; not in "head of the Lima
    Institute in Oslo", where Oslo is a location.
    """
    unowned = [(end, head) for end, head in claim.heads() if not claim.owner(end)]
    return any(_lacks_body(claim, end, head) or _lacks_number(claim, end, head) for end, head in unowned)


def is_relational(claim: Claim) -> bool:
    """Whether an attribute is a noun that needs a complement: "is a unit [of ...]", "is the first [of ...]".

    Not in "is a unit of Acme".
    """
    nouns = claim.context.words("RelationalNouns")
    return any(
        end.argument.role is Role.ATTRIBUTE
        and not claim.owner(end)
        and (head.lemma_.lower() in nouns or _is_ranked(claim, head))
        and not any(t.dep_ in ("prep", "poss", "compound", "nmod") for t in dependents(head))
        for end, head in claim.heads()
    )


def is_first_of_compound(claim: Claim) -> bool:
    """Whether subject or object is the first part of a compound: "the trade [deal]".

    Not if it is a name, which is complete: "the Lima [deal]".
    """
    for end, head in claim.heads():
        after = head.doc[head.i + 1] if head.i + 1 < len(head.doc) else head
        modifies = head.dep_ in ("compound", "nmod", "amod") and after.i == head.head.i
        if modifies and not end.holds(after) and not claim.owner(end):
            return not claim.is_name(end)
    return False


def loses_phrase(claim: Claim) -> bool:
    """Whether a subject that is a list continues after the words of the claim.

    As in "the ticket of Reed for president and Ruiz [for mayor] won". Not for a name.
    """
    end = claim.ends[0]
    if end.head is None or claim.is_name(end) or end.start > claim.at.idx:
        return False
    after = claim.behind(end)
    joined = after is not None and after.dep_ == "prep" and after.head.dep_ == "conj"
    return joined and after is not None and end.holds(after.head)


def loses_name(claim: Claim) -> bool:
    """Whether a name directly after a noun is left out.

    As in "one of the stars on the show [Rainy Days]", "the strain [K-12]".
    """
    end = claim.ends[1]
    after = claim.behind(end)
    if after is None or end.head is None or end.argument.role is Role.CONTENT or claim.is_name(end):
        return False
    apposed = any(t.dep_ == "appos" and end.holds(t.head) for t in (after, after.head))
    return apposed and not after.is_punct and after.pos_ == "PROPN" and not claim.held(after)


def _lacks_body(claim: Claim, end: End, head: Token) -> bool:
    """Whether the organisation of a named unit is missing: "head of the Mills Department [at Acme]"."""
    if claim.at.pos_ not in ("NOUN", "PROPN") or end is not claim.ends[1] or not claim.is_name(end):
        return False
    if head.dep_ != "pobj" or head.head.head.i != claim.at.i:
        return False
    words = claim.context.words("BodyPrepositions")
    behind = (*children(head, "prep"), *(p for p in children(claim.at, "prep") if p.i > head.i))
    bodies = [(p, noun) for p in behind if p.lower_ in words for noun in children(p, "pobj")]
    # A location is not an organisation: "head of the Lima Institute in Oslo".
    return any(
        not claim.held(noun) and (p.lower_ == "at" or not claim.context.is_place(noun)) for p, noun in bodies
    )


def _lacks_number(claim: Claim, end: End, head: Token) -> bool:
    """Whether the number that distinguishes things of one name is missing: "the [116th] Lima Parliament"."""
    return claim.is_name(end) and any(
        child.ent_type_ == "ORDINAL" or _ORDINAL.fullmatch(child.lower_)
        for child in children(head, "amod", "nummod")
        if child.idx < end.start
    )


def lacks_standard(claim: Claim) -> bool:
    """Whether the standard of a comparison is missing.

    As in "a greater force", "is faster", "the same", "on the same week"; not in "greater than ...", "older
    brother", "the same week as the fair".
    """
    fixed = claim.context.words("FixedComparatives")
    for end in claim.ends:
        if end.argument.role is Role.CONTENT or end.head is None or claim.is_name(end):
            continue
        tokens = [t for t in (*end.head.subtree, end.head) if end.holds(t)]
        compared = [t for t in tokens if t.tag_ in ("JJR", "RBR") and t.lower_ not in fixed]
        counted = any(t.dep_ == "quantmod" or t.lower_ == "than" for t in tokens)
        same = end.head.lower_ == "same" or _is_same_time(end, end.head)
        same = same or (end.head.tag_ in ("JJ", "RB") and end.head.lower_ == "worth")
        bare = end.head.tag_ in ("JJS", "RBS") and end.head.dep_ == "acomp"
        if (compared and not counted) or same or bare:
            return True
    return False


def _is_same_time(end: End, head: Token) -> bool:
    same = end.argument.time >= 0 and any(child.lower_ == "same" for child in head.lefts)
    return same and not any(child.lower_ in ("as", "that") for child in head.subtree)


def has_denied_end(claim: Claim) -> bool:
    """Whether a determiner denies subject or object: "found no survivors", "made little progress"."""
    words = claim.context.words("DenyingDeterminers")
    return any(
        head.lower_ in words
        or any(child.lower_ in words and child.dep_ in ("det", "amod", "neg") for child in head.lefts)
        for end, head in claim.heads()
        if not claim.is_name(end)
    )


def _is_infinitive(clause: Token) -> bool:
    return clause.tag_ == "VB" and any(child.lower_ == "to" for child in children(clause, "aux"))


def _follows(head: Token, clause: Token, end: End) -> bool:
    """Whether the clause follows the phrase without a comma, and so restricts it."""
    if clause.i < head.i:
        return False
    between = [t for t in head.doc[head.i + 1 : clause.left_edge.i] if t.idx >= end.end]
    return not any(t.is_punct for t in between)
