"""Verbs that denote a single event in the simple past: "met", "was met"; not "knew", "had met".

    Ana Ruiz met Tom Reed when the fair began on Monday.    Ana Ruiz - met - Tom Reed - Monday
    Ana Ruiz had met Tom Reed when Lima fell on Monday.     Ana Ruiz - met - Tom Reed - - (earlier)

Two such events joined by "when" are at the same time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.clauses.clause import Context, children
from kg.extract.clauses.copula import LINKING

if TYPE_CHECKING:
    from spacy.tokens import Token


def is_simple_past(verb: Token) -> bool:
    """Whether the verb is in the simple past: "met", "was met", "did not meet".

    Not in "had met", "was to meet", "would meet".
    """
    auxiliaries = children(verb, "aux", "auxpass")
    if any(auxiliary.lemma_ not in ("be", "do") or auxiliary.tag_ == "VBN" for auxiliary in auxiliaries):
        return False
    return verb.tag_ == "VBD" or any(auxiliary.tag_ == "VBD" for auxiliary in auxiliaries)


def is_step(verb: Token, context: Context) -> bool:
    """Whether a verb denotes a single event in the simple past: not a state, and nothing in progress."""
    return is_simple_past(verb) and not is_state(verb, context) and verb.tag_ != "VBG"


def is_at_once(verb: Token, context: Context) -> bool:
    """Whether an event is at the same time as its governor's event, and both are in the past.

    As in "died when a bus overturned", "said when asked"; not in "was a child when the war began", "had
    left when he came", "sings when he is happy".
    """
    marks = [word for word in verb.lefts if word.lower_ in ("when", "while")]
    if not marks or (marks[0].lower_ == "while" and _after_comma(marks[0])):
        return False  # a contrast, not a time: "Lima won, while Quito lost on Monday"
    bare = verb.tag_ in ("VBG", "VBN") and not children(verb, "nsubj", "nsubjpass", "aux", "auxpass")
    happens = (bare or is_simple_past(verb)) and not is_state(verb, context)
    return happens and is_step(verb.head, context)


def is_state(verb: Token, context: Context) -> bool:
    lemma = verb.lemma_.lower()
    return lemma in LINKING or lemma in context.words("StateVerbs")


def _after_comma(word: Token) -> bool:
    return word.i > 0 and word.nbor(-1).text == ","
