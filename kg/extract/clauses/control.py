"""Control: the subject of an infinitive is a participant of the verb that governs it.

    Ana wants to leave.                 Ana leaves (planned)
    Ana asked Tom to leave.             Tom leaves (planned)
    Ana promised Tom to leave.          Ana leaves (planned)
    Tom was forced to resign.           Tom - resigned
    Ana helped Tom win.                 Tom - won
    Ruiz to visit Lima                  Ruiz - visited - Lima (planned: a headline)

Whether it happened is the business of `factuality`. Leaves out: infinitives after "it is hard to".
"""

from __future__ import annotations

from kg.extract.clauses.clause import Clause, Context, children
from kg.extract.clauses.coordination import members


def read(clause: Clause, context: Context) -> Clause:
    verb = clause.verb
    head = verb.head
    if not clause.subjects and _is_headline(clause):
        return clause.by("control", subjects=members(head, context))
    if clause.subjects or verb.dep_ != "xcomp":
        return clause
    if head.pos_ == "ADJ" and head.dep_ == "acomp":
        governor = context.clause(head.head)
        subjects = governor.subjects if not any(s.lower_ == "it" for s in governor.subjects) else ()
    elif head.pos_ in ("VERB", "AUX"):
        governor = context.clause(head)
        by_object = (
            governor.objects and head.lemma_ not in context.words("SubjectControl") and not governor.passive
        )
        subjects = governor.objects if by_object else governor.subjects
    else:
        return clause
    # "was found stuffed in a drawer": a participle without an auxiliary is passive.
    passive = clause.passive or (verb.tag_ == "VBN" and not children(verb, "aux", "auxpass"))
    return clause.by("control", subjects=subjects, passive=passive) if subjects else clause


def _is_headline(clause: Clause) -> bool:
    """A noun and an infinitive right behind it, and no finite verb."""
    verb, noun = clause.verb, clause.verb.head
    to = next((child for child in children(verb, "aux") if child.lower_ == "to"), None)
    alone = noun.dep_ == "ROOT" and noun.pos_ in ("NOUN", "PROPN") and verb.tag_ == "VB"
    return alone and to is not None and to.i == noun.i + 1
