"""Defines a parsed document, the input of `kg.extract`: its parse, mentions, times and quotations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.language.interview import Turn
from kg.model import Argument, Document, Mention, MentionKind, Sentence, TimeExpression

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


@dataclass(frozen=True, slots=True)
class Quotation:
    """The span between two quotation marks, without the marks; token indices, end exclusive."""

    start: int
    end: int
    continues: bool = False  # whether it continues a quotation of the previous paragraph


@dataclass(frozen=True, slots=True)
class Parsed:
    """Everything known about a document before claims are extracted.

    Token indices refer to `doc`. Where a mapping contains sentences, mentions, times, quotations or turns,
    these are given by their index in the tuple.
    """

    document: Document
    doc: Doc
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    times: tuple[TimeExpression, ...]
    quotations: tuple[Quotation, ...]
    sentence_of: tuple[int, ...]  # token -> sentence
    mention_at: Mapping[int, int]  # head token -> mention
    head_of: tuple[int, ...]  # mention -> head token
    name_of: Mapping[int, int]  # any token of a name -> its mention
    time_of: Mapping[int, int]  # any token of a time -> its time expression
    quotation_of: Mapping[int, int]  # any token inside a quotation -> its quotation
    turns: tuple[Turn, ...] = ()  # the questions and answers of interviews
    turn_of: Mapping[int, int] = field(default_factory=dict)  # any token said in a turn -> the turn

    def mention(self, token: Token) -> Mention | None:
        """The mention with this token as head; or the name that contains this token; or None."""
        index = self.mention_index(token)
        return self.mentions[index] if index >= 0 else None

    def mention_index(self, token: Token) -> int:
        """The index of the mention that `mention` returns; -1 if it returns None."""
        found = self.mention_at.get(token.i)
        return self.name_of.get(token.i, -1) if found is None else found

    def head(self, index: int) -> Token:
        """The head token of a mention."""
        return self.doc[self.head_of[index]]

    def root(self, argument: Argument) -> Token | None:
        """The head token of an argument; None if no tokens correspond to its span."""
        if argument.mention >= 0:
            return self.head(argument.mention)
        span = self.doc.char_span(argument.start, argument.end, alignment_mode="expand")
        return span.root if span else None

    def extent(self, mention: Mention) -> tuple[int, int]:
        """The token indices of a mention: start and end (exclusive)."""
        span = self.doc.char_span(mention.start, mention.end, alignment_mode="expand")
        assert span is not None, mention  # mentions consist of whole tokens
        return span.start, span.end

    def in_one_sentence(self, one: int, other: int) -> bool:
        """Whether two tokens, by their indices, are in the same sentence."""
        return self.sentence_of[one] == self.sentence_of[other]

    def type_of(self, token: Token) -> str:
        """The class of the token's mention; "" without a mention, and for a name of unknown class."""
        mention = self.mention(token)
        if mention is None or (mention.kind is MentionKind.NAME and mention.type == "Thing"):
            return ""
        return mention.type

    def is_name(self, token: Token) -> bool:
        return token.i in self.name_of

    def is_time(self, token: Token) -> bool:
        return token.i in self.time_of

    def is_quoted(self, token: Token) -> bool:
        return token.i in self.quotation_of
