"""Finds titles of works after a genitive, where the capitals show that they are titles.

    Holm's A Year of Fortunate Storms       the title begins with its article
    Harbour's Fourteen, a sequel            a number alone is not a title: the owner is part of it
    Britta Holm's Diary                     nor is one common noun: the owner is part of the title

Excluded: a common noun that is a name by itself elsewhere in the document, and titles in quotation marks.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.language.names.grammar_words import QUOTES
from kg.language.names.name import UNKNOWN, Name, NameSearch, is_capital, is_genitive

if TYPE_CHECKING:
    from spacy.tokens import Token

_ARTICLES = ("A", "An", "The")
_WORDS = ("PROPN", "NOUN", "ADJ")


def find(text: NameSearch) -> Iterator[Name]:
    """All titles after a genitive that are recognised by their capitals."""
    for token in text.doc[1:-1]:
        if is_genitive(token) and is_capital(token.nbor(-1)) and token.i not in text.headline:
            yield from _with_article(text, token)
            yield from _with_number(text, token)
            yield from _with_owner(text, token)


def _with_article(text: NameSearch, genitive: Token) -> Iterator[Name]:
    """A title that begins with an article: "A Year of Storms" in "Holm's A Year of Storms"."""
    doc, start = text.doc, genitive.i + 1
    if doc[start].text not in _ARTICLES:
        return
    of = _run(text, start + 1)
    end = _run(text, of + 1) if of < len(doc) and doc[of].lower_ == "of" else of
    if start + 1 < of and of + 1 < end:
        yield from text.take(start, end, "CreativeWork")


def _with_number(text: NameSearch, genitive: Token) -> Iterator[Name]:
    """A title that consists of an owner and a number: "Harbour's Fourteen"; not "Holm's Fourteen Gulls"."""
    doc, start, number = text.doc, genitive.i - 1, genitive.nbor()
    after = doc[number.i + 1 : number.i + 2].text
    if not (number.like_num and number.is_alpha and number.is_title) or after[:1].isupper():
        return
    while start > 0 and is_capital(doc[start - 1]) and doc[start - 1].pos_ == "PROPN":
        start -= 1
    work = text.entity_at.get(number.i)
    shown = work is not None and work.label_ == "WORK_OF_ART"
    yield from text.take(start, number.i + 1, "CreativeWork" if shown else UNKNOWN)


def _with_owner(text: NameSearch, genitive: Token) -> Iterator[Name]:
    """A title that consists of an owner and one common noun: "Britta Holm's Diary"; not "Holm's Kestora"."""
    owner, work = text.entity_at.get(genitive.i - 1), text.entity_at.get(genitive.i + 1)
    noun = text.doc[genitive.i + 1]
    if owner is None or work is None or work.label_ != "WORK_OF_ART":
        return
    elsewhere = any(each.start != work.start for each in text.entities_called.get(work.text, ()))
    quoted = noun.i + 1 < len(text.doc) and text.doc[noun.i + 1].text in QUOTES
    if len(work) > 1 or elsewhere or quoted or not is_capital(noun):
        return
    person = owner.label_ == "PERSON" and len(owner) > 1
    if owner.end in (genitive.i, genitive.i + 1) and person and text.is_common_word(noun):
        yield from text.take(owner.start, work.end, "CreativeWork")


def _run(text: NameSearch, at: int) -> int:
    """The end (exclusive) of the run of capitalised words that begins at `at`; `at` if there is none."""
    while at < len(text.doc) and is_capital(text.doc[at]) and text.doc[at].pos_ in _WORDS:
        at += 1
    return at
