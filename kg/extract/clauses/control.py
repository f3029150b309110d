"""Control: the subject of an infinitive is a participant of the verb that governs it.

    Ana wants to sell the boat.             Ana - sold - boat (planned)
    Ana asked Tom to sell the boat.         Tom - sold - boat (possible)
    Ana promised Tom to sell the boat.      Ana - sold - boat (planned)
    Ana called on Tom to sell the boat.     Tom - sold - boat (possible)
    Ana's dream is to sell the boat.        Ana - sold - boat (planned)
    Tom was forced to sell the boat.        Tom - sold - boat
    Ana helped Tom win the race.            Tom - won - race
    Ruiz to visit Lima                      Ruiz - visited - Lima (planned) (a headline)

`kg.extract.reality.factuality` decides whether the action happened. Excludes infinitives after "it is hard
to", and infinitives and gerunds without a known agent ("the aim is to win", "suggested closing the school").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.clauses.clause import Clause, Construction, Context, children
from kg.extract.clauses.coordination import members
from kg.language import noun_phrases

if TYPE_CHECKING:
    from spacy.tokens import Token


def read(clause: Clause, context: Context) -> Clause:
    verb = clause.verb
    head = verb.head
    if not clause.subjects and _is_headline(clause):
        return clause.by(CONSTRUCTION, subjects=members(head, context))
    if clause.subjects or verb.dep_ != "xcomp":
        return clause
    if head.pos_ == "ADJ" and head.dep_ == "acomp":
        governor = context.clause(head.head)
        subjects = governor.subjects if not any(s.lower_ == "it" for s in governor.subjects) else ()
    elif head.pos_ in ("VERB", "AUX"):
        subjects = _doers(clause, context)
    else:
        return clause
    # A participle without an auxiliary is passive: "was found stuffed in a drawer".
    passive = clause.passive or (verb.tag_ == "VBN" and not children(verb, "aux", "auxpass"))
    return clause.by(CONSTRUCTION, subjects=subjects, passive=passive) if subjects else clause


def _doers(clause: Clause, context: Context) -> tuple[Token, ...]:
    """The participants of the governing verb that are the infinitive's subject; empty if there are none."""
    verb, head = clause.verb, clause.verb.head
    lemma = head.lemma_.lower()
    governor = context.clause(head)
    if verb.tag_ == "VBG" and lemma in context.words("UnownedGerundVerbs"):
        return ()
    if lemma == "use" and governor.passive:
        return governor.agents  # Ana in "The money was used by Ana to buy a boat": the money buys nothing
    if verb.tag_ == "VBG" and verb.i and verb.nbor(-1).lower_ == "worth":
        return ()  # the agent is unknown: "It is worth noting that ..."
    if lemma == "be":
        return tuple(doer for noun in governor.subjects for doer in _owners(noun, context))
    asking = context.words("PrepositionalControl")
    asked = [c.head for c in governor.complements if f"{lemma} {c.preposition}" in asking]
    if asked and all(noun.i < verb.i for noun in asked):
        return tuple(asked)
    by_object = governor.objects and lemma not in context.words("SubjectControl") and not governor.passive
    return governor.objects if by_object else governor.subjects


def _owners(noun: Token, context: Context) -> list[Token]:
    """Who acts: Ana in "Ana is to fly", and also in "Ana's dream is to fly", as a dream cannot fly."""
    if context.parsed.is_name(noun) or noun.lemma_.lower() not in context.words("PurposeNouns"):
        return [noun]
    owner = noun_phrases.possessor(noun)
    return list(members(owner, context)) if owner is not None else []


def _is_headline(clause: Clause) -> bool:
    """Whether the clause is a headline: a noun directly followed by an infinitive, and no finite verb."""
    verb, noun = clause.verb, clause.verb.head
    to = next((child for child in children(verb, "aux") if child.lower_ == "to"), None)
    alone = noun.dep_ == "ROOT" and noun.pos_ in ("NOUN", "PROPN") and verb.tag_ == "VB"
    return alone and to is not None and to.i == noun.i + 1


CONSTRUCTION = Construction(
    "control",
    read,
    trust=0.78,
    after=("active", "passive", "participle"),
    why="it gives a subject to a clause without one",
)
