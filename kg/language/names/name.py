"""Defines a name, and the tests of tokens that all steps of finding names share."""

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

UNKNOWN = "Thing"  # the class of names of unknown type

_APOSTROPHES = ("'", "’", "‘")
_GENITIVES = ("'s", "’s", "‘s", "`s")
_BRAND = re.compile(r"[a-z]{1,2}[A-Z]")  # the beginning of a brand name: "iGull", "eBay"


@dataclass(frozen=True, slots=True)
class Name:
    """A name, without titles before it. Token indices, end exclusive.

    If there is no title, `title_start` equals `start`.
    """

    start: int
    end: int
    type: str
    title_start: int
    gender: str = ""
    relational: str = ""  # the country or region, for an adjective or demonym: Japan for "Japanese"

    @property
    def title(self) -> tuple[int, int]:
        return self.title_start, self.start


@dataclass(frozen=True)
class NameSearch:
    """A document in which names are searched for. `taken`: the tokens of the names found so far."""

    doc: Doc
    quotations: tuple[Quotation, ...]
    times: frozenset[int]  # tokens of time expressions, which are not part of names
    headline: frozenset[int]  # tokens of headlines in which capitals are not evidence of a name
    ontology: Ontology
    taken: set[int] = field(default_factory=set)

    def take(self, start: int, end: int, kind: str, relational: str = "") -> Iterator[Name]:
        """A name that consists of these tokens, unless one of them already belongs to another name."""
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
        """Whether the token denotes a role: "president", "PM"."""
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
        """Token index -> the model's entity that contains it."""
        return {i: entity for entity in self.entities for i in range(entity.start, entity.end)}

    @cached_property
    def entities_called(self) -> Mapping[str, Sequence[Span]]:
        """The text of an entity, without a genitive -> the model's entities with this text."""
        found: dict[str, list[Span]] = {}
        for entity in self.entities:
            found.setdefault(entity.text.removesuffix("'s").removesuffix("’s"), []).append(entity)
        return found

    @cached_property
    def capitals_inside(self) -> frozenset[str]:
        """The words that are capitalised at least once inside a sentence that is not a headline."""
        return frozenset(
            word
            for token in self.doc
            if is_capital(token) and not opens_sentence(token) and token.i not in self.headline
            for word in token.text.split()  # the title of a work is one token of several words
        )

    @cached_property
    def on_markets(self) -> bool:
        """Whether the document is about shares."""
        return any(self.listed(token, "MarketNouns") for token in self.doc)

    @cached_property
    def lower_case(self) -> frozenset[str]:
        """Words that occur in lower case in the document."""
        return frozenset(token.text for token in self.doc if token.text.islower())

    def is_common_word(self, token: Token) -> bool:
        """Whether a word is a common word such as "music".

        Either it is in lower case elsewhere in the document, or it is more frequent in lower case than
        capitalised in general English. The latter follows from the order of the model's word vectors, which
        are sorted by frequency.
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
    """Whether no space separates the token from the next."""
    return not token.whitespace_


def is_genitive(token: Token) -> bool:
    """Whether the token is the "'s" of a genitive, or an apostrophe after an s.

    The tag alone is not enough: the parser may take the apostrophe in "Iron Goats’ Amber" for a quotation
    mark.
    """
    if token.i == 0 or token.text in _GENITIVES:
        return token.i > 0
    if token.text not in _APOSTROPHES:
        return False
    before = token.doc[token.i - 1]
    after_s = is_joined(before) and before.text[-1].lower() in "sxz" and not is_joined(token)
    return bool(token.tag_ == "POS" or after_s)


def opens_sentence(token: Token) -> bool:
    """Whether a token is the first word of a sentence, or the first after a colon or quotation mark."""
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
