"""The tense of the clause around a time expression, from the parse: "past", "future" or "" (unclear).

It only breaks ties ("on Friday"): the verb that governs the expression decides, not the sentence.
The present tense is unclear ("The fair opens on Friday"), and so is the present perfect. Leaves
out the sequence of tenses in indirect speech: "would" counts as future.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# Verbs, participles and nouns that point ahead: "plans to meet on Friday", "a vote set for Friday".
_AHEAD = frozenset(
    "plan schedule expect intend aim hope agree vow promise prepare set due slate bind arrange propose want"
    " decide pledge threaten upcoming forthcoming".split()
)
_FUTURE_MODALS = frozenset({"will", "'ll", "’ll", "shall", "would", "wo", "'d"})


def tense_of(doc: Doc) -> Callable[[int, int], str]:
    """A function from a span of characters of `doc.text` to the tense of its clause."""

    def tense(start: int, end: int) -> str:
        span = doc.char_span(start, end, alignment_mode="expand")
        return _tense(span.root) if span is not None and len(span) else ""

    return tense


def _tense(token: Token) -> str:
    """The tense of the nearest verb above, or of a noun's or participle's promise on the way there."""
    for above in token.ancestors:
        if above.pos_ in ("VERB", "AUX"):
            return _tense_of_verb(above)
        if above.lemma_.lower() in _AHEAD:
            return "future"
    return ""


def _tense_of_verb(verb: Token) -> str:
    auxiliaries = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    words = {child.lower_ for child in auxiliaries}
    if words & _FUTURE_MODALS:
        return "future"
    if any(child.tag_ == "MD" for child in auxiliaries):
        return ""  # "may meet on Friday"
    if verb.lemma_.lower() in _AHEAD and (verb.tag_ == "VBN" or "to" not in words):
        # "is scheduled for Friday", but "she planned it on Friday" has an object
        return "future" if not any(child.dep_ == "dobj" for child in verb.children) else _finite(verb, auxiliaries)
    if "to" in words or verb.tag_ == "VBG":
        return _infinitive(verb)
    return _finite(verb, auxiliaries)


def _finite(verb: Token, auxiliaries: list[Token]) -> str:
    words = {child.lower_ for child in auxiliaries}
    if verb.tag_ == "VBD" or any(child.tag_ == "VBD" for child in auxiliaries):
        return "past"
    if "going" in words:
        return "future"
    if verb.tag_ == "VBN" and not auxiliaries:
        # a reduced relative or a headline: "the bridge opened on Friday"
        return "past"
    if words & {"has", "have", "'ve", "’ve"}:
        return "past"
    return ""


def _infinitive(verb: Token) -> str:
    """ "to meet": ahead of whatever governs it, unless that lies in the past and did not look ahead."""
    if "to" not in {child.lower_ for child in verb.children if child.dep_ == "aux"}:
        return _tense(verb)
    head = verb.head
    if head is verb or head.lemma_.lower() in _AHEAD or head.lemma_ in ("be", "go"):
        return "future"  # a headline: "Ruiz to visit Lima on Friday"
    return "future" if head.tag_ in ("VBP", "VBZ") else _tense_of_verb(head) if head.pos_ == "VERB" else ""
