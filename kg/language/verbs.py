"""Which tokens head a clause of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

# Participles that stand as adjectives before nouns more often than they govern them.
_ADJECTIVAL = frozenset(
    (
        "matching", "leading", "remaining", "existing", "rising", "growing", "surrounding", "competing",
        "neighbouring", "neighboring", "opposing", "conflicting", "recurring", "lasting", "emerging",
        "declining", "falling", "warming", "outstanding", "ruling", "governing", "sweeping", "visiting",
    )
)  # fmt: skip


def _qualifies(participle: Token) -> bool:
    """As in "dressed in matching tops": straight before a noun without an article."""
    doc = participle.doc
    following = doc[participle.i + 1] if participle.i + 1 < len(doc) else participle
    return participle.dep_ in ("pcomp", "xcomp") and following.pos_ in ("NOUN", "ADJ", "PROPN")


def is_predicate(token: Token) -> bool:
    """Whether the token heads a clause: a verb of its own, or a copula."""
    if token.pos_ == "VERB":
        if token.tag_ == "VBG" and token.lower_ in _ADJECTIVAL and _qualifies(token):
            return False
        return token.dep_ not in ("amod", "compound", "aux", "auxpass", "prep", "case", "mark", "nmod")
    return token.pos_ == "AUX" and token.dep_ not in ("aux", "auxpass")
