"""Whether a clause is denied by its own words.

    Ana did not sign.  Ana never signed.  Nobody signed.  No minister signed.  Ana no longer signs.
    Neither Ana nor Tom signed.  Ana nearly signed.  At no time did Ana sign.
    Ana has yet to sign.   (factuality)

Leaves out what only looks like it: "not only signed but paid", "no fewer than forty signed", "Hardly
had Ana signed when ...", "visited not Lima but Oslo" (which denies one place, not the visit), and
negators inside titles ("Never Home").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.clauses.clause import Context, children, dependents
from kg.extract.clauses.coordination import denies_one

if TYPE_CHECKING:
    from spacy.tokens import Token


# Adverbs to which the parser may hang a negation that is the verb's.
_CARRIERS = frozenset(
    ("before", "yet", "ever", "again", "even", "once", "previously", "actually", "really", "since")
)


def is_negated(verb: Token, context: Context) -> bool:
    """Whether the verb's own clause says that it is not so."""
    negators = context.words("Negators")
    for child in dependents(verb):
        negates = child.dep_ == "neg" or (
            child.dep_ in ("advmod", "preconj", "cc", "appos") and child.lower_ in negators
        )
        if negates and _reaches_verb(child, verb, context):
            return True
        if (
            child.dep_ == "advmod"
            and child.lower_ in ("longer", "more")
            and _has_no(child, frozenset(("no", "not", "n't")), context)
        ):
            return True  # "no longer owns"
        if (
            child.dep_ == "advmod"
            and child.lower_ in _CARRIERS
            and any(
                grandchild.dep_ == "neg" or grandchild.lower_ in negators for grandchild in dependents(child)
            )
        ):
            return True  # "has never before been open"
        if child.dep_ == "advmod" and child.i == verb.i - 1 and child.lower_ in context.words("NearMisses"):
            return True
        if child.dep_ == "prep" and child.i < verb.i and _is_fronted_no(child, verb):
            return True  # "At no time did they meet"
    for noun in children(verb, "nsubj", "nsubjpass", "dobj", "attr"):
        if noun.lower_ in negators or _has_no(noun, negators, context):
            return True
    if verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX"):
        first = verb.head
        if any(child.dep_ == "cc" and child.lower_ == "nor" for child in dependents(first)):
            return True  # "neither read nor signed"
        shares = verb.tag_ == "VB" and first.tag_ == "VB" and not children(verb, "nsubj", "aux", "neg")
        return shares and is_negated(first, context)  # "did not come or call"
    return False


def _reaches_verb(negator: Token, verb: Token, context: Context) -> bool:
    """Not so: "not only signed but", "Hardly had he left when", "visited not Lima but Oslo", a title.

    Nor "Not for the first time, he criticised it": it denies the phrase that it opens.
    """
    following = verb.doc[negator.i + 1] if negator.i + 1 < len(verb.doc) else negator
    opens_phrase = following.dep_ == "prep" and following.head == verb and following.i < verb.i
    if negator.lower_ == "not" and opens_phrase and negator.head.pos_ != "AUX":
        return False
    if negator.lower_ == "not" and following.lower_ in ("only", "just", "merely", "least"):
        return False
    if negator.lower_ in ("hardly", "scarcely", "barely") and following.lower_ == "had":
        return False
    if negator.i > verb.i and denies_one(negator, following):
        return False
    if _contrasts(negator, verb):
        return False
    if negator.lower_ == "neither" and negator.dep_ == "advmod" and verb.i < negator.i:
        return True
    return context.parsed.is_quoted(verb) or not (
        context.parsed.is_quoted(negator) or context.parsed.is_name(negator)
    )


def _contrasts(negator: Token, verb: Token) -> bool:
    """As in "The law was long-awaited but not a surprise"; not "..., but neither side has signed"."""
    return negator.i > verb.i and negator.doc[negator.i - 1].lower_ == "but"


def _is_fronted_no(preposition: Token, verb: Token) -> bool:
    inverted = any(
        aux.i < subject.i for aux in children(verb, "aux") for subject in children(verb, "nsubj", "nsubjpass")
    )
    nouns = children(preposition, "pobj")
    return inverted and any(child.lower_ == "no" for noun in nouns for child in noun.lefts)


def _has_no(noun: Token, negators: frozenset[str], context: Context) -> bool:
    """As in "no ministers", "hardly any farmers"; but "no fewer than forty" is forty."""
    for child in noun.lefts:
        words = [child, *dependents(child)] if child.dep_ in ("det", "amod", "nummod", "predet") else [child]
        for word in words:
            if word.lower_ in negators and word.dep_ in ("det", "neg", "preconj", "advmod", "cc"):
                if denies_one(word, noun) or context.parsed.is_name(word) or _contrasts(word, noun.head):
                    continue  # "Not Ana but Tom signed", the song "Never Home"
                following = noun.doc[word.i + 1]
                return following.lower_ not in ("fewer", "less", "more", "doubt")
    return False
