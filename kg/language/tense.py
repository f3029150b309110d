"""Finds the tense of the clause around a time expression in the parse: "past", "future" or "" (unclear).

The tense shows which Friday "on Friday" means. The verb that governs the time expression decides, not the
main verb of the sentence. The present is unclear ("They agree on Friday"), except for scheduled events: "The
fair opens on Friday". The present perfect is unclear, too. The sequence of tenses in indirect speech is
ignored: "would" counts as future.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kg.language.lists import Lists

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def tense_of(doc: Doc, words: Lists) -> Callable[[int, int], str]:
    """A function from the start and end of a span, in characters of `doc.text`, to its clause's tense."""

    def tense(start: int, end: int) -> str:
        span = doc.char_span(start, end, alignment_mode="expand")
        return _tense(span.root, words) if span is not None and len(span) else ""

    return tense


def _tense(token: Token, words: Lists) -> str:
    """The tense of the nearest finite verb above the token.

    "future" if a word on the path to that verb announces something: "The vote set for Friday was cancelled".
    """
    infinitive, modals = False, words["FutureModals"] | words["ReportedFutureModals"]
    for above in token.ancestors:
        auxiliaries = {child.lower_ for child in above.children if child.dep_ in ("aux", "auxpass")}
        if auxiliaries & modals or (infinitive and _leads_ahead(above, words)) or _promises(above, words):
            return "future"
        if any(child.tag_ == "MD" for child in above.children):
            return ""  # another modal verb: "may meet on Friday"
        if above.pos_ not in ("VERB", "AUX"):
            adjectives = {child.lemma_.lower() for child in above.lefts if child.dep_ == "amod"}
            if adjectives & words["ScheduledWords"]:
                return "future"  # an announced event: "an expected announcement on Friday"
            continue
        due = above.tag_ == "VB" and above.head.lemma_.lower() == "due"  # as in "is due to meet on Friday"
        infinitive = due or "to" in auxiliaries
        if not infinitive and (above.tag_ != "VBG" or auxiliaries):
            return _finite(above, words)
    return "future" if infinitive else ""  # a headline: "Ruiz to visit Lima on Friday"


def _promises(token: Token, words: Lists) -> bool:
    """Whether the word announces something for a later time: "A vote set for Friday", "the plan for Friday".

    Not "planned" in "they planned on Friday to leave", nor "set" in "a row set off in November", which is
    part of another verb.
    """
    particle = any(child.dep_ == "prt" for child in token.children)
    return token.lemma_.lower() in words["ScheduledWords"] and token.tag_ != "VBD" and not particle


def _leads_ahead(verb: Token, words: Lists) -> bool:
    """Whether the infinitive governed by a verb refers to the future: "plans to", "is to", "is going to"."""
    lemma = verb.lemma_.lower()
    return verb.tag_ in ("VBP", "VBZ") or lemma in words["AheadVerbs"] or lemma in words["ScheduledWords"]


def _finite(verb: Token, words: Lists) -> str:
    auxiliaries = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    if verb.tag_ == "VBD" or any(child.tag_ == "VBD" for child in auxiliaries):
        return "past"
    if verb.tag_ in ("VBZ", "VBP") and not auxiliaries and verb.lemma_.lower() in words["FixtureVerbs"]:
        return "future"  # a fixture in the present tense: "Peru plays Chile on Friday"
    # A verb with an object may be in a caption, about the past: "Ruiz opens the fair on Friday".
    acts = any(child.dep_ == "dobj" for child in verb.children)
    if (
        verb.tag_ == "VBZ"
        and not auxiliaries
        and not acts
        and verb.lemma_.lower() in words["ProgrammedVerbs"]
    ):
        return "future"
    return ""  # also for a participle alone: "roads closed until Friday"
