"""Checks of prizes and matches: whether a claim says which prize or which match it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.whole.claim import Claim

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

_EVENTS = ("Award", "Event")
_WINNERS = ("Person", "CreativeWork")  # winners do not tell which prize it is: "a prize for Ana in Salt Road"


def lacks_award(claim: Claim) -> bool:
    """Whether the claim is about a prize that it does not name: "got two nominations", "won best actor".

    Not "got two Salt Prize nominations", "won best actor at the Salt Festival", "was voted best film by the
    critics of Lima".
    """
    words = claim.context.words
    prizes = [t for t in _object(claim) if t.lemma_.lower() in words("PrizeNouns") or _is_category(t, claim)]
    return bool(prizes) and not any(_names_giver(token, claim) for token in _object(claim))


def lacks_match(claim: Claim) -> bool:
    """Whether the claim is about a move in a match that it does not name: "scored a try after 20 minutes".

    Not "scored a try against Peru", "kicked two penalties in the Salt Cup".
    """
    nouns, verbs = claim.context.words("PlayNouns"), claim.context.words("PlayVerbs")
    playing = claim.at.lemma_.lower() in verbs
    moves = [
        t
        for t in (claim.at, *_object(claim))
        if _is_word(t, nouns) or (playing and _is_word(t, claim.context.words("ScoreNouns")))
    ]
    return bool(moves) and not any(_names_match(token, claim) for token in _object(claim))


def _object(claim: Claim) -> Iterator[Token]:
    """The tokens of the object."""
    end = claim.ends[1]
    span = claim.at.doc.char_span(end.start, end.end, alignment_mode="expand")
    yield from span or ()


def _is_word(token: Token, nouns: frozenset[str]) -> bool:
    """Whether the noun is in a list, alone or with the word before it ("drop goal", "second half")."""
    if token.pos_ not in ("NOUN", "PROPN"):
        return False
    before = token.nbor(-1).lower_ if token.i > token.sent.start else ""
    return not nouns.isdisjoint((token.lemma_.lower(), f"{before} {token.lemma_.lower()}"))


def _is_category(token: Token, claim: Claim) -> bool:
    """Whether the words are a category of a prize: "won [best actor]", "is favourite to win [best film]"."""
    verb = token.head
    while verb.dep_ in ("conj", "pobj", "prep") and verb.head != verb:
        verb = verb.head
    best = any(child.lower_ == "best" for child in token.lefts)
    return best and verb.lemma_.lower() in claim.context.words("CategoryVerbs")


def _names_giver(token: Token, claim: Claim) -> bool:
    """Whether the token is in the name of a prize, or of an event or body that gives it."""
    if token.pos_ != "PROPN":
        return False
    prizes = claim.context.words("PrizeNouns")
    if token.lemma_.lower() in prizes or token.dep_ == "dobj":
        return True
    if token.dep_ in ("compound", "nmod", "poss", "amod") and token.head.lemma_.lower() in prizes:
        return True
    return _is_event(token, claim) or _is_at(token, claim, "GiverPrepositions")


def _names_match(token: Token, claim: Claim) -> bool:
    return token.pos_ == "PROPN" and (_is_event(token, claim) or _is_at(token, claim, "OpponentPrepositions"))


def _is_event(token: Token, claim: Claim) -> bool:
    ontology, kind = claim.context.ontology, claim.context.parsed.type_of(token)
    return any(ontology.is_a(kind, name) for name in _EVENTS)


def _is_at(token: Token, claim: Claim, prepositions: str) -> bool:
    """Whether the name follows a preposition of the list, and is not the name of the prize's winner."""
    ontology, kind = claim.context.ontology, claim.context.parsed.type_of(token)
    winner = prepositions == "GiverPrepositions" and any(ontology.is_a(kind, name) for name in _WINNERS)
    return token.dep_ == "pobj" and token.head.lower_ in claim.context.words(prepositions) and not winner
