"""Drops abbreviations of common words, degrees and honours from the names.

    a memorandum of understanding (MoU); the MoU            the document gives the common words
    the chief election commissioner (CEC) said              the same: an office
    NGOs, ATMs                                              a plural
    AI, LNG                                                 a listed abbreviation
    Ana Ruiz, PhD, ...; Ana Ruiz, O.S.N., ...               a degree or an honour

WHF in "the World Health Forum (WHF)" abbreviates a name, and so remains a name (`types`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from kg.language.names.extent import BODIES
from kg.language.names.grammar_words import JOINTS
from kg.language.names.name import Name, NameSearch, is_capital

if TYPE_CHECKING:
    from spacy.tokens import Token

_LETTERS = re.compile(r"[A-Z][A-Za-z]{0,4}[A-Zs]")
_MANY = re.compile(r"[A-Z]{2,5}s")
_HONOUR = re.compile(r"(?:[A-Z]\. ?){2,}[A-Z]?\.?")  # an honour after a name: "O.S.N.", "O.S. N"
_SMALL = JOINTS | {"-"}


def without_common(text: NameSearch, names: Iterable[Name]) -> Iterator[Name]:
    """The names, except abbreviations of common words ("LNG") and honours ("O.S.N.").

    The tokens of the exceptions are removed from `text.taken`, so that other names can contain them.
    """
    explained = {token.text.removesuffix("s") for token in text.doc if _is_explained(text, token)}
    names = list(names)
    people = {name.end: name for name in names if name.end - name.start > 1}
    for name in names:
        word = text.doc[name.start]
        letters = word.text.removesuffix("s")
        many = _MANY.fullmatch(word.text) and word.tag_ != "NNP"
        short = letters in explained or many or _is_common(text, letters)
        if name.start - 1 in people and _is_honour(text, name):
            text.taken.difference_update(range(name.start, name.end))
        elif name.end - name.start == 1 and short:
            text.taken.discard(name.start)
        else:
            yield name


def _is_honour(text: NameSearch, name: Name) -> bool:
    """Whether the name is a degree or an honour after a comma: "Ana Ruiz, O.S.N., left".

    Not in "Ana Ruiz, U.S. envoy", where another word follows.
    """
    doc = text.doc
    words = text.words_of(name)
    known = words.replace(".", "").replace(" ", "").lower() in text.ontology.words["PostNominals"]
    alone = name.end == len(doc) or doc[name.end].is_punct
    return doc[name.start - 1].text == "," and alone and (known or bool(_HONOUR.fullmatch(words)))


def _is_common(text: NameSearch, letters: str) -> bool:
    return letters.isupper() and letters.lower() in text.ontology.words["CommonLetters"]


def _is_explained(text: NameSearch, token: Token) -> bool:
    """Whether the token is an abbreviation in brackets after its full form in common words: "a memorandum of
    understanding (MoU)".
    """
    doc = text.doc
    if not 1 < token.i < len(doc) - 1 or not _LETTERS.fullmatch(token.text):
        return False
    letters = [letter.lower() for letter in token.text.removesuffix("s")]
    words: Sequence[Token] = ()
    if doc[token.i - 1].text == "(" and doc[token.i + 1].text == ")":
        words = _long_form(doc[max(token.i - 12, 0) : token.i - 1], letters)
    plain = not any(is_capital(word) for word in words[1:])
    office = bool(words) and text.is_role(words[-1]) and not text.listed(words[0], *BODIES)
    return bool(words) and (plain or office)


def _long_form(before: Iterable[Token], letters: list[str]) -> list[Token]:
    """The last words of `before` whose initials are the letters, in order; empty if there are none."""
    found: list[Token] = []
    left = list(letters)
    for word in reversed(list(before)):
        if not left:
            break
        if word.lower_.startswith(left[-1]):
            left.pop()
            found.append(word)
        elif word.lower_ not in _SMALL:
            return []
    return found[::-1] if not left else []
