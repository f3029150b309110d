"""Finds evidence for the type of a name in its uses, if no adjacent noun gives the type.

    The Dax closed at 4,802.17.                  Dax         an index: companies do not close at a number
    The Dax fell 3 percent.                      Dax         an index, in an article about shares
    the Dax index; the Dax 30 share index        Dax         by the noun that follows
    Norvex unveiled Bluebird.                    Bluebird    a product
    a new version of Bluebird; the new Bluebird  Bluebird    also a product
    Norvex's chief executive, Norvex shares      Norvex      a company
    a strategist at Salt Index                   Salt Index  an organisation, in spite of "Index"
    Norvex's Bluebird                            Bluebird    probably not an organisation

Each piece of evidence is a class and a weight (`types`). Excluded: "the party gained three points", "Norvex
fell 3 percent" (its shares), "Norvex released Amber" (a work or a product).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.language.names.name import UNKNOWN, Name, NameSearch, is_genitive

if TYPE_CHECKING:
    from spacy.tokens import Token

_INSIDE = ("compound", "nmod", "amod")
_LEVEL = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?|\d{3,}(\.\d+)?|\d{2,}\.\d+")
_BODIES = ("Organization", "Company", UNKNOWN)
_NO_INDEX = ("Place", "City", "Region", "Country", "Facility", "Group")


def evidence(text: NameSearch, name: Name, head: Token, fair: int, strong: int) -> Iterator[tuple[str, int]]:
    """Pairs of class and weight, from the uses of a name; `fair` and `strong` are the weights."""
    if name.type not in _NO_INDEX and (_follows(text, head, "IndexNouns") or _has_level(text, head)):
        yield "Index", strong
    if name.type in _BODIES and (
        _is_shown(text, head) or _is_of_version(text, head) or _is_one_of_many(head)
    ):
        yield "Product", fair
    if name.type in _BODIES and _is_traded(text, name, head):
        yield "Company", 1
    if name.type == "Organization" and _employs(text, head):
        yield "Organization", strong
    if name.type == "Organization" and _is_owned(name, head):
        yield UNKNOWN, fair


def _follows(text: NameSearch, head: Token, nouns: str) -> bool:
    """Whether one of the nouns follows: "the Dax index", "the Dax 30 share index"."""
    noun = head.head
    return head.dep_ in _INSIDE and noun.i > head.i and noun.pos_ != "VERB" and text.listed(noun, nouns)


def _has_level(text: NameSearch, head: Token) -> bool:
    """Whether the name denotes something with a level, such as an index.

    For example, "the Dax closed at 4,802.17" and "the Dax, which fell 54.3 points to 4,802".
    """
    verbs = [child for child in head.children if child.dep_ == "relcl" and _has_which(child)]
    verbs += [head.head] if head.dep_ == "nsubj" else []
    alone = len(text.doc[head.left_edge.i : head.i]) == 1 and head.left_edge.lower_ == "the"
    levels = ("at", "on", "to", "below", "above")
    return any(
        _is_points(amount)
        or (amount.head.lower_ in levels and _is_level(amount))
        or (alone and text.on_markets and amount.lower_ in ("%", "percent"))
        for verb in verbs
        if text.listed(verb, "LevelVerbs")
        for amount in _amounts(verb)
    )


def _has_which(verb: Token) -> bool:
    return any(child.dep_ == "nsubj" and child.lower_ in ("which", "that") for child in verb.children)


def _amounts(verb: Token) -> list[Token]:
    amounts = [child for child in verb.children if child.dep_ in ("dobj", "npadvmod", "attr", "advmod")]
    return amounts + [amount for child in verb.children if child.dep_ == "prep" for amount in child.children]


def _is_points(token: Token) -> bool:
    numbers = [child.text for child in token.children if child.dep_ == "nummod"]
    return token.lower_ == "points" and any(map(_LEVEL.fullmatch, numbers))


def _is_level(token: Token) -> bool:
    """Whether the token is a large number without a unit: "at 4,802.17".

    Not in "at 10.30", "on 1 May" and "at 9,000 feet".
    """
    large = _LEVEL.fullmatch(token.text) and not re.fullmatch(r"\d\d?\.\d\d|(19|20)\d\d", token.text)
    priced = any(child.tag_ == "$" or child.text in "$£€" for child in token.children)
    return token.dep_ == "pobj" and bool(large) and not priced


def _is_shown(text: NameSearch, head: Token) -> bool:
    """Whether the name denotes something shown: "unveiled Bluebird", "Bluebird was installed"."""
    return head.dep_ in ("dobj", "nsubjpass") and text.listed(head.head, "ShowingVerbs")


def _is_of_version(text: NameSearch, head: Token) -> bool:
    of = head.head
    return head.dep_ == "pobj" and of.lower_ == "of" and text.listed(of.head, "VersionNouns")


def _is_one_of_many(head: Token) -> bool:
    """Whether the name denotes one of several versions: "the new Bluebird"."""
    marks = {child.lower_ for child in head.lefts if child.dep_ in ("det", "amod")}
    return head.dep_ not in _INSIDE and bool(marks & {"new", "newest", "latest"})


def _is_traded(text: NameSearch, name: Name, head: Token) -> bool:
    """Whether the name denotes something with shares or executives: "Norvex's shareholders", "shares in
    Norvex", "Norvex CEO Tom Reed".
    """
    if head.dep_ == "pobj" and head.head.lower_ in ("of", "in"):
        return head.head.head.i == head.head.i - 1 and text.listed(head.head.head, "CompanyParts")
    doc = head.doc
    after = name.end + (name.end < len(doc) and is_genitive(doc[name.end]))
    return after < len(doc) and text.listed(doc[after], "CompanyParts") and doc[after].dep_ != "compound"


def _employs(text: NameSearch, head: Token) -> bool:
    """Whether the name denotes somebody's employer: "a strategist at Salt Index"."""
    at = head.head
    return head.dep_ == "pobj" and at.lower_ == "at" and text.is_role(at.head)


def _is_owned(name: Name, head: Token) -> bool:
    """Whether the name follows a genitive, which is weak evidence against an organisation: "Norvex's
    Bluebird".
    """
    return (
        name.start > 1 and is_genitive(head.doc[name.start - 1]) and head.doc[name.start - 2].pos_ == "PROPN"
    )
