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

# What stands on a calendar: "a vote set for Friday", "the plan for Friday".
_SCHEDULED = frozenset(
    {"schedule", "set", "slate", "plan", "due", "expect", "bind", "upcoming", "forthcoming"}
)
# What points ahead of itself by "to": "she agreed to meet on Friday".
_AHEAD = _SCHEDULED | {
    "intend", "aim", "hope", "agree", "vow", "promise", "prepare", "propose", "want", "decide",
    "pledge", "threaten", "be", "go",
}  # fmt: skip
_FUTURE_MODALS = frozenset({"will", "'ll", "’ll", "shall", "would", "wo", "'d"})


def tense_of(doc: Doc) -> Callable[[int, int], str]:
    """A function from a span of characters of `doc.text` to the tense of its clause."""

    def tense(start: int, end: int) -> str:
        span = doc.char_span(start, end, alignment_mode="expand")
        return _tense(span.root) if span is not None and len(span) else ""

    return tense


def _tense(token: Token) -> str:
    """The tense of the nearest finite verb above, or of a promise on the way up to it."""
    infinitive = False
    for above in token.ancestors:
        auxiliaries = {child.lower_ for child in above.children if child.dep_ in ("aux", "auxpass")}
        if auxiliaries & _FUTURE_MODALS or (infinitive and _leads_ahead(above)) or _promises(above):
            return "future"
        if any(child.tag_ == "MD" for child in above.children):
            return ""  # "may meet on Friday"
        if above.pos_ not in ("VERB", "AUX"):
            if any(child.lemma_.lower() in _SCHEDULED for child in above.lefts if child.dep_ == "amod"):
                return "future"  # "an expected announcement on Friday"
            continue
        infinitive = "to" in auxiliaries
        if not infinitive and (above.tag_ != "VBG" or auxiliaries):
            return _finite(above)
    return "future" if infinitive else ""  # a headline: "Ruiz to visit Lima on Friday"


def _promises(token: Token) -> bool:
    """As in "A vote set for Friday", "the plan for Friday".

    Not "they planned on Friday to leave", nor "a row set off in November", which is another verb.
    """
    particle = any(child.dep_ == "prt" for child in token.children)
    return token.lemma_.lower() in _SCHEDULED and token.tag_ != "VBD" and not particle


def _leads_ahead(verb: Token) -> bool:
    """Whether what a verb governs by "to" lies ahead: "plans to", "is to", "is going to"."""
    return verb.lemma_.lower() in _AHEAD or verb.tag_ in ("VBP", "VBZ")


def _finite(verb: Token) -> str:
    auxiliaries = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    if verb.tag_ == "VBD" or any(child.tag_ == "VBD" for child in auxiliaries):
        return "past"
    return ""  # also for a participle alone: "roads closed until Friday"
