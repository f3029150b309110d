"""Finds the word that negates a clause, among the clause's own words.

    Ana did not sign.  Ana never signed.  Nobody signed.  No minister signed.  Ana no longer signs.
    Neither Ana nor Tom signed.  Ana nearly signed.  At no time did Ana sign.

Excludes apparent negations: "not only signed but paid", "no fewer than forty signed", "Hardly
had Ana signed when ...", "visited not Lima but Oslo" (which denies one place, not the visit), and
negators inside titles ("Never Home"). "Ana has yet to sign" negates the infinitive (see `infinitives`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.clauses.clause import Context, children, dependents
from kg.extract.clauses.coordination import denies_one

if TYPE_CHECKING:
    from spacy.tokens import Token


# Adverbs to which the parser may attach the negation of the verb.
_CARRIERS = frozenset(
    ("before", "yet", "ever", "again", "even", "once", "previously", "actually", "really", "since")
)


def negator(verb: Token, context: Context) -> Token | None:
    """The word that negates the verb in its own clause; None if there is none."""
    negators = context.words("Negators")
    for child in dependents(verb):
        negates = child.dep_ == "neg" or (
            child.dep_ in ("advmod", "preconj", "cc", "appos") and child.lower_ in negators
        )
        if negates and _reaches_verb(child, verb, context):
            return child
        if (
            child.dep_ == "advmod"
            and child.lower_ in ("longer", "more")
            and _denier(child, frozenset(("no", "not", "n't")), context) is not None
        ):
            return child  # the "longer" of "no longer owns"
        if child.dep_ == "advmod" and child.lower_ in _CARRIERS:
            carried = (each for each in dependents(child) if each.dep_ == "neg" or each.lower_ in negators)
            found = next(carried, None)
            if found is not None:
                return found  # "never" in "has never before been open"
        if child.dep_ == "advmod" and child.i == verb.i - 1 and child.lower_ in context.words("NearMisses"):
            return child
        if child.dep_ == "prep" and child.i < verb.i and _is_fronted_no(child, verb):
            return child  # the "At" of "At no time did they meet"
    for noun in children(verb, "nsubj", "nsubjpass", "dobj", "attr", "acomp"):
        found = noun if noun.lower_ in negators else _denier(noun, negators, context)
        if found is not None and not _excepts(noun):
            return found
    if verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX"):
        first = verb.head
        nor = (child for child in children(first, "cc") if child.lower_ == "nor")
        found = next(nor, None)
        if found is not None:
            return found  # the "nor" of "neither read nor signed"
        # The parser may attach "or" to "it": "has not signed it or paid".
        either = any(token.lower_ == "or" and token.dep_ == "cc" for token in verb.doc[first.i : verb.i])
        alike = verb.tag_ == first.tag_ and (verb.tag_ == "VB" or (verb.tag_ == "VBN" and either))
        shares = alike and not children(verb, "nsubj", "nsubjpass", "aux", "auxpass", "neg")
        return negator(first, context) if shares else None  # the negation is shared: "did not come or call"
    return None


def _excepts(noun: Token) -> bool:
    """Whether the negator has an exception: "Nobody but Ana signed", so that Ana did."""
    return (
        any(child.lower_ == "but" and child.i == noun.i + 1 for child in noun.rights) and noun.pos_ == "PRON"
    )


def _reaches_verb(word: Token, verb: Token, context: Context) -> bool:
    """Whether the negation has scope over the verb.

    Not in "not only signed but ...", "Hardly had he left when ...", "visited not Lima but Oslo", nor in a
    title; nor in "Not for the first time, he criticised it", where it negates the initial phrase.
    """
    following = verb.doc[word.i + 1] if word.i + 1 < len(verb.doc) else word
    opens_phrase = following.dep_ == "prep" and following.head == verb and following.i < verb.i
    if word.lower_ == "not" and opens_phrase and word.head.pos_ != "AUX":
        return False
    if word.lower_ == "not" and following.lower_ in ("only", "just", "merely", "least"):
        return False
    if word.lower_ in ("hardly", "scarcely", "barely") and following.lower_ == "had":
        return False
    if word.i > verb.i and denies_one(word, following):
        return False
    if _contrasts(word, verb):
        return False
    if word.lower_ == "neither" and word.dep_ == "advmod" and verb.i < word.i:
        return True
    return context.parsed.is_quoted(verb) or not (
        context.parsed.is_quoted(word) or context.parsed.is_name(word)
    )


def _contrasts(word: Token, verb: Token) -> bool:
    """Whether "not" denies only the second of two coordinated parts: "The law was long-awaited but not a
    surprise".

    Not in "..., but neither side has signed".
    """
    return word.i > verb.i and word.doc[word.i - 1].lower_ == "but"


def _is_fronted_no(preposition: Token, verb: Token) -> bool:
    inverted = any(
        aux.i < subject.i for aux in children(verb, "aux") for subject in children(verb, "nsubj", "nsubjpass")
    )
    nouns = children(preposition, "pobj")
    return inverted and any(child.lower_ == "no" for noun in nouns for child in noun.lefts)


def _denier(noun: Token, negators: frozenset[str], context: Context) -> Token | None:
    """The word that denies a noun: "no ministers", "hardly any farmers"; None if there is none.

    None in "no fewer than forty", too.
    """
    for child in noun.lefts:
        words = [child, *dependents(child)] if child.dep_ in ("det", "amod", "nummod", "predet") else [child]
        for word in words:
            if word.lower_ in negators and word.dep_ in ("det", "neg", "preconj", "advmod", "cc"):
                if denies_one(word, noun) or context.parsed.is_name(word) or _contrasts(word, noun.head):
                    # only Ana is denied ("Not Ana but Tom signed"), or nothing is (the song "Never Home")
                    continue
                following = noun.doc[word.i + 1]
                if following == noun and noun.tag_ in ("JJR", "RBR") and noun.dep_ != "advmod":
                    return None  # part of the attribute: "proved no better than a placebo"
                return None if following.lower_ in ("fewer", "less", "more", "doubt") else word
    return None
