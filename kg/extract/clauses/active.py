"""The active clause: who does it, whom it is done to, who gets it.

    Facebook bought Instagram.          Facebook - bought - Instagram
    Ana gave Tom a book.                Ana - gave - book; recipient Tom

Leaves out: a subject that is an expletive ("It rained", "There were riots"), an object that is a
time ("They spent hours there").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.clauses.clause import Clause, Context, children
from kg.extract.clauses.coordination import members

if TYPE_CHECKING:
    from spacy.tokens import Token


def read(clause: Clause, context: Context) -> Clause:
    verb = clause.verb
    is_time = context.parsed.is_time
    subjects = [
        m
        for child in children(verb, "nsubj", "csubj")
        for m in members(child, context)
        if child.pos_ != "VERB"
    ]
    objects = [m for child in children(verb, "dobj") if not is_time(child) for m in members(child, context)]
    # "sang “Nobody Loves the Rain”": the parser sees a clause in the title.
    objects += [child for child in children(verb, "ccomp") if context.parsed.is_name(child)]
    objects = objects or _after_participle(verb, context)
    recipients = [
        m
        for child in children(verb, "dative")
        if child.dep_ == "dative" and child.pos_ != "ADP"
        for m in members(child, context)
    ]
    recipients += [
        m
        for preposition in children(verb, "dative")
        if preposition.pos_ == "ADP"
        for noun in children(preposition, "pobj")
        for m in members(noun, context)
    ]
    particle = next((child.lower_ for child in children(verb, "prt")), "")
    if not (subjects or objects or recipients or particle):
        return clause
    return clause.by(
        "active",
        subjects=tuple(subjects),
        objects=tuple(objects),
        recipients=tuple(recipients),
        particle=particle,
    )


def _after_participle(verb: Token, context: Context) -> list[Token]:
    """As in "They wore matching jackets": the parser takes the adjective for a verb of its own.

    Verbs that do govern a participle ("began playing jazz") keep it.
    """
    if verb.lemma_.lower() in context.words("GerundVerbs"):
        return []
    return [
        member
        for participle in children(verb, "xcomp")
        if participle.tag_ == "VBG" and participle.i == verb.i + 1
        for noun in children(participle, "dobj")
        for member in members(noun, context)
    ]
