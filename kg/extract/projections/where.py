"""The place that a clause or a noun phrase gives for its event.

    Ana Ruiz met Tom Reed in Lima on Monday.                Ana Ruiz - met - Tom Reed - Monday - Lima
    On Monday Ana Ruiz met Tom Reed, visiting Lima.         Ana Ruiz - visited - Lima - Monday

A clause without a place may take the place of its main clause: "They met in Lima, signing a treaty".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.clauses.clause import Clause, Context, children

if TYPE_CHECKING:
    from spacy.tokens import Token


def where(clause: Clause, context: Context) -> int:
    """Index of the mention of the place where the clause's event happened, or -1."""
    if clause.place is not None and context.is_place(clause.place):
        return context.parsed.mention_index(clause.place)
    places = context.words("PlacePrepositions")
    for complement in clause.complements:
        if complement.preposition in places and context.is_place(complement.head):
            return context.parsed.mention_index(complement.head)
    hosts = clause.verb.lemma_.lower() == "host" and not clause.passive
    host = next((noun for noun in clause.subjects if hosts and context.is_place(noun)), None)
    if host is not None:  # the host, not Peru: "Lima hosted talks on the war in Peru"
        return context.parsed.mention_index(host)
    settings = context.words("SettingPrepositions")
    inner = [complement.head for complement in clause.complements if complement.preposition in settings]
    # The place of the object is not that of the speech: "described the fire in Lima".
    told = context.listed(clause.verb.lemma_.lower(), "SpeechVerbs", "BeliefVerbs")
    for noun in inner if told else (*clause.objects, *inner):
        found = noun_place(noun, context)
        if found >= 0:
            return found
    verb: Token = clause.verb
    own = children(verb, "mark", "nsubj", "aux")
    if verb.dep_ == "advcl" and not own and verb.head.pos_ == "VERB":
        # at the place of the main clause: "They met in Lima, signing a treaty"
        return where(context.clause(verb.head), context)
    return -1


def noun_place(noun: Token, context: Context) -> int:
    """Index of the mention of the place in the noun's phrase ("the meeting in Lima"), or -1.

    It may be the place of an occasion ("the meeting at the fair in Lima"), or the destination of a visit; a
    journey to Lima takes place elsewhere.
    """
    # A town is the place ("the Lima summit"); a country may be the topic ("the Peru talks").
    for modifier in children(noun, "compound", "nmod"):
        parsed = context.parsed
        if parsed.is_name(modifier) and context.is_place(modifier) and parsed.type_of(modifier) != "Country":
            return parsed.mention_index(modifier)
    inner: list[Token] = []
    for preposition in children(noun, "prep"):
        stays = noun.lemma_.lower() not in context.words("WayNouns")
        visit = context.ontology.is_a(context.parsed.type_of(noun), "Visit") and stays
        visit = visit and preposition.lower_ == "to"
        if visit or preposition.lower_ in context.words("PlacePrepositions"):
            for target in children(preposition, "pobj"):
                if context.is_place(target):
                    return context.parsed.mention_index(target)
                if preposition.lower_ in context.words("SettingPrepositions"):
                    inner.append(target)
    return next((found for target in inner if (found := noun_place(target, context)) >= 0), -1)
