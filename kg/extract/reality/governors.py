"""Finds the verb that governs a clause, and recognises forms of the clause that determine its status."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.clauses.clause import Context, children
from kg.extract.reality.status import Status
from kg.model import Factuality

if TYPE_CHECKING:
    from spacy.tokens import Token

FINITE = ("VBD", "VBZ", "VBP")


def governor_of(verb: Token) -> Token | None:
    """The nearest verb above, across nouns, adjectives and prepositions; None at the root."""
    above = verb.head
    while above.pos_ not in ("VERB", "AUX") and above.head.i != above.i:
        above = above.head
    return above if above.pos_ in ("VERB", "AUX") and above.i != verb.i else None


def is_bare(verb: Token) -> bool:
    """Whether the clause has neither tense nor conjunction: "let history get in the way", "wanted Tom to
    leave".
    """
    to_only = all(child.lower_ == "to" for child in children(verb, "aux"))
    return verb.tag_ == "VB" and to_only and not children(verb, "mark", "neg")


def is_mistaken_infinitive(verb: Token) -> bool:
    """Whether a main verb with its own subject is tagged as an infinitive: "Reed, 57, quit his post"."""
    subjects = [noun for noun in children(verb, "nsubj", "nsubjpass") if noun.i < verb.i]
    return verb.tag_ == "VB" and bool(subjects) and not children(verb, "aux", "auxpass")


def asking_word(verb: Token) -> Token | None:
    """The word that makes the clause an embedded question ("how it sank", "why they left"); None if there is
    none.
    """
    subjects = children(verb, "nsubj", "nsubjpass")
    adverbs = (child for child in children(verb, "advmod") if child.tag_ == "WRB")
    return next((word for word in adverbs if any(word.i < subject.i < verb.i for subject in subjects)), None)


def is_told_past(verb: Token) -> bool:
    auxiliaries = children(verb, "aux", "auxpass")
    modal = any(child.tag_ == "MD" for child in auxiliaries)
    return not modal and (verb.tag_ == "VBD" or any(child.tag_ == "VBD" for child in auxiliaries))


def if_wanted(governor: Token, above: Status, context: Context) -> Status:
    """The status of a participle as an object: planned under a verb of wanting ("wants the gates closed").

    `above` is the governor's status, which the participle gets under any other verb.
    """
    wanted = governor.lemma_.lower() in context.words("WantingVerbs")
    return Status(Factuality.PLANNED, above.speaker, governor).under(above) if wanted else above
