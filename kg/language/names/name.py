"""A name, and the tests shared by all steps of finding names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from kg.language.parsed import Quotation
from kg.ontology import Ontology

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

UNKNOWN = "Thing"

_APOSTROPHES = ("'", "’", "‘")
_GENITIVES = ("'s", "’s", "‘s", "`s")
_BRAND = re.compile(r"[a-z]{1,2}[A-Z]")  # "iGull", "eBay"


@dataclass(frozen=True, slots=True)
class Name:
    """Token indices, end exclusive, without titles before it; `title_start` = start if there are none."""

    start: int
    end: int
    type: str
    title_start: int
    gender: str = ""
    relational: str = ""  # "Japanese" -> "Japan"

    @property
    def title(self) -> tuple[int, int]:
        return self.title_start, self.start


@dataclass(frozen=True)
class NameSearch:
    """A document whose names are looked for; `taken` grows with the names found."""

    doc: Doc
    quotations: tuple[Quotation, ...]
    times: frozenset[int]  # tokens of time expressions, which are not part of names
    headline: frozenset[int]  # tokens of headlines in which capitals are no evidence
    ontology: Ontology
    taken: set[int] = field(default_factory=set)

    def take(self, start: int, end: int, kind: str, relational: str = "") -> Iterator[Name]:
        """The name of these tokens, unless one of them belongs to another name already."""
        span = range(start, end)
        if start < end and not any(i in self.taken for i in span):
            self.taken.update(span)
            yield Name(start, end, kind, start, relational=relational)

    def words_of(self, name: Name) -> str:
        return str(self.doc[name.start : name.end].text)

    def listed(self, token: Token, *lists: str) -> bool:
        """Whether the token or its lemma is in one of the word lists of the ontology."""
        forms = (token.lower_, token.lemma_.lower())
        return any(form in self.ontology.words.get(name, ()) for name in lists for form in forms)

    def is_role(self, token: Token) -> bool:
        """Whether the token is a role: "president", "PM"."""
        letters = token.text.isupper() and token.lower_ in self.ontology.words["RoleLetters"]
        return letters or token.lower_ in self.ontology.words["RoleNouns"]

    def is_honorific(self, token: Token) -> bool:
        lists = ("Honorifics", "MaleHonorifics", "FemaleHonorifics")
        return token.text[0].isupper() and any(token.lower_ in self.ontology.words[name] for name in lists)

    @cached_property
    def entities(self) -> tuple[Span, ...]:
        """The entities of the model."""
        return tuple(self.doc.ents)

    @cached_property
    def entity_at(self) -> dict[int, Span]:
        """Token -> the model's entity there."""
        return {i: entity for entity in self.entities for i in range(entity.start, entity.end)}

    @cached_property
    def entities_called(self) -> Mapping[str, Sequence[Span]]:
        """The entities of the model by their words, without a genitive."""
        found: dict[str, list[Span]] = {}
        for entity in self.entities:
            found.setdefault(entity.text.removesuffix("'s").removesuffix("’s"), []).append(entity)
        return found

    @cached_property
    def capitals_inside(self) -> frozenset[str]:
        """Words that are capitalised somewhere other than at the start of a sentence or in a headline."""
        return frozenset(
            word
            for token in self.doc
            if is_capital(token) and not opens_sentence(token) and token.i not in self.headline
            for word in token.text.split()  # a title is one token
        )

    @cached_property
    def on_markets(self) -> bool:
        """Whether the document is about shares."""
        return any(self.listed(token, "MarketNouns") for token in self.doc)

    @cached_property
    def lower_case(self) -> frozenset[str]:
        """Words that occur in lower case."""
        return frozenset(token.text for token in self.doc if token.text.islower())

    def is_common_word(self, token: Token) -> bool:
        """Whether the word is common, like "music": in lower case here, or more often so than capitalised in
        general English.

        The model's word vectors are in order of frequency.
        """
        if token.lower_ in self.lower_case:
            return True
        vocabulary = self.doc.vocab
        rank = vocabulary.vectors.key2row
        lower = rank.get(vocabulary.strings[token.lower_], -1) if token.lower_ in vocabulary.strings else -1
        capital = rank.get(token.orth, -1)
        return bool(0 <= lower < capital * 2 / 3)


def is_capital(token: Token) -> bool:
    """Whether the word is capitalised like names: "Ruiz", "NATO", "iGull"."""
    word = token.text
    return word[0].isupper() or bool(_BRAND.match(word))


def is_brand(token: Token) -> bool:
    """Whether the word has a capital inside: "iGull", "eBay"."""
    return bool(_BRAND.match(token.text))


def is_joined(token: Token) -> bool:
    """Whether the next token follows without a space."""
    return not token.whitespace_


def is_genitive(token: Token) -> bool:
    """Whether the token is the "'s" of a genitive, or the bare apostrophe after an s.

    The model may take the apostrophe for a quotation mark ("Iron Goats’ Amber").
    """
    if token.i == 0 or token.text in _GENITIVES:
        return token.i > 0
    if token.text not in _APOSTROPHES:
        return False
    before = token.doc[token.i - 1]
    after_s = is_joined(before) and before.text[-1].lower() in "sxz" and not is_joined(token)
    return bool(token.tag_ == "POS" or after_s)


def opens_sentence(token: Token) -> bool:
    """Whether only punctuation precedes it, after the start of the sentence, a colon or a quotation mark."""
    before = token.i - 1
    while before >= 0 and token.doc[before + 1].is_sent_start is not True:
        mark = token.doc[before]
        if mark.is_quote or mark.text in (":", "``") or mark.is_space:
            return True
        if not mark.is_punct:
            return False
        before -= 1
    return True


def spans(names: Iterable[Name]) -> dict[int, int]:
    """Token -> index of the name that contains it."""
    return {i: index for index, name in enumerate(names) for i in range(name.start, name.end)}
