"""Finds the target of a judgement and what is predicated of it: "called the concert a triumph"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract.clauses.clause import Clause, Context, children

if TYPE_CHECKING:
    from spacy.tokens import Token


def judged(clause: Clause, context: Context) -> tuple[tuple[Token, Token], ...]:
    """For each judgement in the clause: its target, and the noun or adjective predicated of it."""
    lemma = clause.verb.lemma_.lower()
    found: list[tuple[Token, Token]] = []
    if lemma in context.words("CallingVerbs"):
        found += _called(clause)
    if lemma in context.words("CharacterisingVerbs"):
        found += _described(clause)
    return tuple(
        (target, word)
        for target, word in found
        if word.pos_ in ("NOUN", "ADJ") and not context.parsed.is_name(word)
    )


def _called(clause: Clause) -> Iterator[tuple[Token, Token]]:
    """Pairs as in "called the concert a triumph".

    The parser may take "Tom a friend" in "considered Tom a friend" for a clause.
    """
    targets = clause.subjects if clause.passive else clause.objects
    yield from ((target, word) for target in targets for word in clause.attributes)
    for target in targets:  # or what the parser takes for an apposition without a comma
        yield from ((target, word) for word in children(target, "appos") if word.left_edge.i == target.i + 1)
    for small in children(clause.verb, "ccomp"):
        if small.pos_ in ("NOUN", "ADJ") and not children(small, "cop", "aux", "mark"):
            yield from ((target, small) for target in children(small, "nsubj"))


def _described(clause: Clause) -> Iterator[tuple[Token, Token]]:
    """Pairs as in "described the deal as a failure", "referred to Ana as a genius"."""
    words = [c.head for c in clause.complements if c.preposition == "as"]
    words += [word for p in children(clause.verb, "prep") if p.lower_ == "as" for word in children(p, "amod")]
    words += [word for word in children(clause.verb, "advcl") if word.doc[word.i - 1].lower_ == "as"]
    referred = [c.head for c in clause.complements if c.preposition == "to"]
    targets = clause.subjects if clause.passive else clause.objects or tuple(referred)
    yield from ((target, word) for target in targets for word in words)
