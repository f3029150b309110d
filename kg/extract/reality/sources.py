"""Sources that a clause names in an adverbial: "according to Ana Ruiz", "in Ana's view"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.clauses.clause import Context, children, dependents
from kg.extract.reality.authors import author, owner_of_words
from kg.extract.reality.modality import is_aside
from kg.extract.reality.status import Status
from kg.model import Factuality

if TYPE_CHECKING:
    from spacy.tokens import Token


def according_to(verb: Token, context: Context) -> Status | None:
    """The status that a source named in an adverbial gives a clause; None if there is none.

    Reported by Ana in "according to Ana Ruiz", planned in "according to earlier plans"; none in "according
    to custom".
    """
    top = verb
    aside = verb.dep_ == "relcl" and is_aside(verb, context)
    inner = () if aside else ("conj", "advcl", "xcomp", "relcl", "acl")
    while top.dep_ in inner and top.head.pos_ in ("VERB", "AUX"):
        top = top.head
    for candidate in (verb, top):
        for child in dependents(candidate):
            if child.is_ancestor(verb):
                continue
            if child.lower_ == "by" and _is_told_by(child, context):
                return Status(Factuality.REPORTED, scope=child)
            if child.lower_ == "in":
                source = _viewer(child, context)
                if source is not None:
                    return Status(Factuality.REPORTED, source, child)
            if child.lower_ != "according":
                continue
            for preposition in children(child, "prep"):
                for noun in children(preposition, "pobj"):
                    if _is_plan(noun, context):
                        return Status(Factuality.PLANNED, scope=child)
                    if noun.lemma_.lower() not in context.words("Unsourced") or context.parsed.is_name(noun):
                        return Status(Factuality.REPORTED, author(noun, context), child)
    return None


def _is_told_by(preposition: Token, context: Context) -> bool:
    """Whether "by" introduces a legend as the source: "By one tradition, the saint came from Lima".

    Not in "By tradition, the mayor opens the fair".
    """
    nouns = (
        noun for noun in children(preposition, "pobj") if noun.lemma_.lower() in context.words("LegendNouns")
    )
    return any(child.lower_ in context.words("Partitives") for noun in nouns for child in noun.lefts)


def _is_plan(noun: Token, context: Context) -> bool:
    """Whether "according to" introduces a plan: "according to the plan, Acme builds a mill".

    Not in "everything went according to plan".
    """
    bare = noun.tag_ == "NN" and not list(noun.lefts)
    return noun.lemma_.lower() in context.words("PlanNouns") and not bare and not context.parsed.is_name(noun)


def alleged(verb: Token) -> Status | None:
    """The status that "allege" gives: "Police allege Tom stole it", "Tom stole it, police allege"; None for
    other clauses.

    The parser may take the verb for an adverb, since it is rare outside news.
    """
    subjects = children(verb, "nsubj", "nsubjpass")
    nearby = [word for noun in subjects for word in children(noun, "acl", "advmod")]
    for child in (*children(verb, "advmod"), *nearby):
        if child.lower_ in ("allege", "alleges"):
            before = child.nbor(-1) if child.i else child
            return Status(Factuality.REPORTED, before if before.pos_ in ("NOUN", "PROPN") else None, child)
    return None


def _viewer(preposition: Token, context: Context) -> Token | None:
    """The person whose view it is: "in the words of Ana Ruiz", "in Ana's view"; None if there is none."""
    for noun in children(preposition, "pobj"):
        if noun.lemma_.lower() in context.words("ViewNouns"):
            owners = [
                owner for of in children(noun, "prep") if of.lower_ == "of" for owner in children(of, "pobj")
            ]
            return owner_of_words(noun, context) or next(iter(owners), None)
    return None
