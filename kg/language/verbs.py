"""Recognises tokens that head a clause."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token


def is_predicate(token: Token) -> bool:
    """Whether the token heads a clause: a main verb, or a copula."""
    if token.pos_ == "VERB":
        return token.dep_ not in ("amod", "compound", "aux", "auxpass", "prep", "case", "mark", "nmod")
    return token.pos_ == "AUX" and token.dep_ not in ("aux", "auxpass")
