"""Finds titles before a name: "Ms", "Prime Minister", "English captain", "co-founder".

Excluded: a role word where the name modifies a later noun ("the official Instagram account"), and modifiers
that are not part of the role ("former", "planned").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.language.names.extent import is_given_name
from kg.language.names.name import UNKNOWN, Name, NameSearch, is_joined

if TYPE_CHECKING:
    from spacy.tokens import Token

_UNTITLED = ("Country", "Region", "Place", "Facility", "City")
_PREFIXES = ("co", "vice", "deputy")
_MARKS = ("PastMarks", "PlannedMarks", "LeavingMarks", "UnrealMarks")


def with_title(text: NameSearch, name: Name) -> Name:
    """The name with the start of its titles, and with the gender that an honorific shows."""
    start, gender = name.start, ""
    while start > 0:
        token = text.doc[start - 1]
        if text.is_honorific(token) and name.type not in ("Country", "Region"):
            gender = gender or _gender(text, token)
            start -= 1
        elif name.type not in _UNTITLED and _is_title_word(text, token, name, start):
            start = _compound(text, token, start, name)
            if start == token.i + 1:
                break
        else:
            start = _prefixed(text, start, name)
            break
    if start < name.start and text.doc[start].text == "-":
        start += 1
    return replace(name, title_start=start, gender=gender)


def without_honorifics(text: NameSearch, names: Sequence[Name]) -> Iterator[Name]:
    """The names, except unknown honorifics directly before a person's title.

    For example, "Otun" in "Otun Professor Ana Ruiz"; not the organisation in "Norvex Professor Ana Ruiz", nor
    an acronym.
    """
    titled = {name.title_start for name in names if name.title_start < name.start}
    before = {n.start for n in names if n.end in titled and text.is_honorific(text.doc[n.end])}
    elsewhere = {text.words_of(name) for name in names if name.start not in before}
    for name in names:
        short = name.end - name.start == 1 and name.type in ("Person", UNKNOWN)
        told = text.words_of(name).isupper() or text.words_of(name) in elsewhere
        if not short or told or name.start not in before:
            yield name


def _compound(text: NameSearch, token: Token, start: int, name: Name) -> int:
    """The start of the hyphenated word that ends with the token: "anti-corruption" before "campaigner".

    `start` if the word is not part of a title: "34-year-old" in "34-year-old singer Ana Ruiz".
    """
    first = token.i
    while (
        start < name.start
        and first >= 2
        and text.doc[first - 1].text == "-"
        and is_joined(text.doc[first - 1])
    ):
        first -= 2
    words = text.doc[first : token.i + 1]
    counts = any(word.like_num or word.lower_ in ("year", "old") for word in words)
    return start if counts and len(words) > 1 else first


def _prefixed(text: NameSearch, start: int, name: Name) -> int:
    """The start of a title, with a prefix such as "co-" in "co-founder Ana Ruiz".

    Not with "ex-" and "then-", which express time.
    """
    hyphen = text.doc[start - 1]
    hyphenated = start < name.start and start >= 2 and hyphen.text == "-" and is_joined(hyphen)
    return start - 2 if hyphenated and text.doc[start - 2].lower_ in _PREFIXES else start


def _is_title_word(text: NameSearch, token: Token, name: Name, start: int) -> bool:
    if token.i in text.taken or token.is_space or token.is_punct or token.i in text.times:
        return False
    root = text.doc[name.start : name.end].root
    if text.is_role(token):
        if is_given_name(text, token):
            return False
        if token.text.islower() and start == name.start and _modifies(text, name, root):
            return False
        fits = _same_phrase(token, root) or start <= token.head.i < name.end or _adjoins(token, name)
        return fits and token.tag_ in ("NN", "NNP", "JJ")
    # a modifier of the role word after it: "Prime Minister", "Foreign Affairs minister", "match referee"
    lists = text.ontology.words
    return (
        start < name.start
        and token.dep_ in ("compound", "amod", "nmod")
        and token.pos_ in ("NOUN", "PROPN", "ADJ")
        and token.head.i in (text.doc[start].i, text.doc[start].head.i, root.i)
        and not any(token.lower_ in lists[marks] for marks in _MARKS)
        and token.lower_ not in ("current", "new", "first", "same")
        and not (
            token.lower_ == "time" and text.doc[token.i - 1].text != "-"
        )  # "time" is not part of the title in "the first time actress Ruiz"
    )


def _modifies(text: NameSearch, name: Name, root: Token) -> bool:
    """Whether the name modifies the noun after it: "the official Instagram account"."""
    return bool(
        root.dep_ in ("compound", "nmod", "amod")
        and root.head.i >= name.end
        and root.head.pos_ == "NOUN"
        and text.doc[name.end].pos_ in ("NOUN", "ADJ")
        and root.ent_type_ != "PERSON"
    )


def _gender(text: NameSearch, token: Token) -> str:
    if token.lower_ in text.ontology.words["FemaleHonorifics"]:
        return "f"
    return "m" if token.lower_ in text.ontology.words["MaleHonorifics"] else ""


def _adjoins(token: Token, name: Name) -> bool:
    """Whether a role precedes a full name without a comma: "The physicist Ana Ruiz discovered"."""
    return token.i == name.start - 1 and token.tag_ == "NN" and name.end - name.start > 1


def _same_phrase(token: Token, other: Token) -> bool:
    """Whether two tokens are in one phrase: one depends on the other, or both depend on the same head."""
    return token.head.i in (other.i, other.head.i) or other.head.i == token.i
