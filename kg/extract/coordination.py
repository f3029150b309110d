"""Coordination: what is said of a list is said of each member; joined verbs share their subject.

    Ana and Tom met Lee, Kim and Cho.   six pairs
    Ana wrote and sang the song.        Ana - sang - song
    issues like trade and security      also trade, security
    two songs: Rain and Snow            also Rain, Snow

Leaves out: lists with "or" (which of them is not told) and members that are denied ("not Tom").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.clause import Clause, Context, children

if TYPE_CHECKING:
    from spacy.tokens import Token

_EXAMPLES = frozenset(["like", "including"])


def members(head: Token, context: Context) -> tuple[Token, ...]:
    """The noun and all that is joined to it or given as its example; just the noun for an "or" list."""
    joined = _joined(head)
    return tuple(dict.fromkeys(m for noun in joined for m in (noun, *_examples(noun, context))))


def _joined(head: Token) -> list[Token]:
    if any(
        child.dep_ == "cc" and child.lower_ in ("or", "nor")
        for noun in (head, *head.conjuncts)
        for child in noun.children
    ):
        return [head]
    found = [head]
    for noun in found:
        for child in noun.children:
            denied = any(grandchild.dep_ == "neg" or grandchild.lower_ == "not" for grandchild in child.lefts)
            if child.dep_ == "conj" and child.pos_ not in ("VERB", "AUX") and not denied:
                found.append(child)
    return found


def _examples(noun: Token, context: Context) -> list[Token]:
    """ "songs such as Rain", "songs like Rain", "two songs: Rain and Snow"."""
    found: list[Token] = []
    for child in noun.rights:
        such_as = child.lower_ == "as" and any(grandchild.lower_ == "such" for grandchild in child.children)
        if child.dep_ == "prep" and (child.lower_ in _EXAMPLES or such_as):
            found += [m for target in children(child, "pobj") for m in _joined(target)]
        elif child.dep_ == "appos" and any(t.text == ":" for t in noun.doc[noun.i + 1 : child.left_edge.i]):
            found += _joined(child)
    return [m for m in found if not context.parsed.is_time(m)]


def read(clause: Clause, context: Context) -> Clause:
    verb = clause.verb
    if clause.subjects or verb.dep_ != "conj" or verb.head.pos_ not in ("VERB", "AUX"):
        return clause
    first = context.clause(verb.head)
    if not first.subjects:
        return clause
    own_aux = any(child.dep_ in ("aux", "auxpass") for child in verb.children)
    passive = clause.passive or (first.passive and verb.tag_ == "VBN" and not own_aux)
    return clause.by("coordination", subjects=first.subjects, passive=passive)
