"""A claim with the tokens of its predicate, subject and object, as the checks of this package use it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.clauses.clause import Context, children, dependents
from kg.model import Argument, MentionKind, Relation, Role

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class End:
    """The subject or object of a claim: its head token, and the span of its text in the graph."""

    argument: Argument
    head: Token | None
    start: int
    end: int

    def holds(self, token: Token) -> bool:
        return self.start <= token.idx < self.end


def end_of(argument: Argument, context: Context) -> End:
    """The `End` of an argument; for a thing, only its mention, without words that `Builder.reach` added."""
    parsed = context.parsed
    words = parsed.mentions[argument.mention] if argument.mention >= 0 else argument
    return End(argument, parsed.root(argument), words.start, words.end)


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim to check. `at`: the head of its predicate. `ends`: its subject and object."""

    at: Token
    relation: Relation
    ends: tuple[End, End]
    context: Context

    def held(self, token: Token) -> bool:
        return any(end.holds(token) for end in self.ends)

    def heads(self) -> Iterator[tuple[End, Token]]:
        """Those of subject and object that are noun phrases, each with its head."""
        for end in self.ends:
            if end.head is not None and end.argument.time < 0 and end.argument.role is not Role.CONTENT:
                yield end, end.head

    def is_of_time(self, preposition: Token) -> bool:
        """Whether the prepositional phrase is a time: "for 20 minutes", "on Friday"."""
        return any(self.context.parsed.is_time(noun) for noun in children(preposition, "pobj"))

    def is_of_place(self, preposition: Token) -> bool:
        """Whether the prepositional phrase is a place or occasion.

        As in "on the sidelines of the talks", "on the occasion of a fair".
        """
        places = self.context.words("OccasionNouns")
        within = preposition.head.lemma_.lower() in places
        return within or any(noun.lemma_.lower() in places for noun in children(preposition, "pobj"))

    def behind(self, end: End) -> Token | None:
        """The word after the subject or object, or None."""
        doc = self.at.doc
        span = doc.char_span(end.start, end.end, alignment_mode="expand")
        return doc[span.end] if span is not None and span.end < len(doc) else None

    def tokens_of(self, argument: Argument) -> list[Token]:
        """The words of an argument as tokens, without punctuation."""
        doc = self.context.parsed.doc
        span = doc.char_span(argument.start, argument.end, alignment_mode="expand")
        return [t for t in span or () if not (t.is_punct or t.is_quote or t.is_space)]

    def is_name(self, end: End) -> bool:
        index = end.argument.mention
        return index >= 0 and self.context.parsed.mentions[index].kind is MentionKind.NAME

    def owner(self, end: End) -> bool:
        index = end.argument.mention
        return index >= 0 and self.context.parsed.mentions[index].possessor >= 0


def first_of(head: Token) -> Token:
    """The first member of the list that the noun is in."""
    while head.dep_ == "conj" and head.head.i != head.i:
        head = head.head
    return head


def joint(head: Token) -> list[Token]:
    """The other members of the list that the noun is in."""
    return [other for other in head.conjuncts if other.pos_ in ("NOUN", "PROPN", "PRON")]


def is_example(head: Token, context: Context) -> bool:
    """Whether the noun is given as an example: "crops such as maize", "crops like maize and beans"."""
    first = first_of(head)
    preposition = first.head
    if first.dep_ != "pobj" or preposition.dep_ != "prep" or preposition.head.pos_ not in ("NOUN", "PROPN"):
        return False
    such = preposition.lower_ == "as" and any(child.lower_ == "such" for child in dependents(preposition))
    return such or preposition.lower_ in context.words("ExamplePrepositions")
