"""Recognises uses that show that a name is not a person's: the model labels many unknown names as people.

    a festival in Kestora, a video on Kestora             a place or a topic
    the Kestora, a Kestora                                a name with an article is not a person's
    the Kestora language, Kestora-based                   the following word shows the type
    the Welfare Foundation (Kestora), the KRTU            an abbreviation of an organisation's name
    INS Kestora, HMS Kestora                              a ship
    Kestora MP Ana Ruiz                                   the place or body of an office

One such use outweighs the model, unless the document shows that the name is a person's: by a title, an age,
"who", an adjacent role, or because it is part of a person's longer name.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.language.names.extent import BODIES
from kg.language.names.name import Name, NameSearch, is_capital, is_genitive

if TYPE_CHECKING:
    from spacy.tokens import Token

_INSIDE = ("compound", "nmod", "amod")
_LETTERS = re.compile(r"[A-Z]{3,6}s?|[A-Z]{2,5}s")


def is_no_person(text: NameSearch, name: Name, head: Token) -> bool:
    """Whether this mention shows that the name is not a person's."""
    return (
        _is_where(text, name, head)
        or _is_one_of_many(name, head)
        or _is_of_a_kind(text, name, head)
        or _is_based(text, name)
        or _is_short_for_a_body(text, name)
        or _is_ship(text, name)
        or _is_before_office(text, name)
    )


def _is_where(text: NameSearch, name: Name, head: Token) -> bool:
    """Whether the name denotes a location or topic: "a festival in Kestora", "a video on Kestora".

    Not in "faith in Reed", and not a name of several words after "in": "They have a good coach in Ana Ruiz".
    """
    doc, before = text.doc, head.head
    if head.dep_ != "pobj" or (name.end < len(doc) and is_genitive(doc[name.end])):
        return False
    article = doc[name.start - 1].lower_ == "the"
    if before.i != name.start - 1 - article:
        return False
    if before.lower_ == "on":
        return text.listed(before.head, "PostingNouns")
    trusts = text.listed(before.head, "TrustWords") or text.listed(doc[max(before.i - 1, 0)], "TrustWords")
    return before.lower_ == "in" and not trusts and (article or name.end - name.start == 1)


def _is_one_of_many(name: Name, head: Token) -> bool:
    """Whether the name itself has an article: "the Kestora", "a Kestora"."""
    before = head.doc[name.start - 1] if name.start else head
    articled = before.lower_ in ("the", "a", "an") and before.head == head and head.dep_ not in _INSIDE
    return articled and name.title_start == name.start and not head.text.endswith("s")


def _is_of_a_kind(text: NameSearch, name: Name, head: Token) -> bool:
    """Whether the noun after the name shows its class: "the Kestora language", "Kestora district".

    Not in "the Reed family".
    """
    if name.end >= len(text.doc):
        return False
    noun = text.doc[name.end]
    follows = head.dep_ in _INSIDE and head.head.i >= noun.i
    return follows and noun.pos_ == "NOUN" and text.listed(noun, "NoPersonNouns", "RegionNouns")


def _is_based(text: NameSearch, name: Name) -> bool:
    """Whether "-based", "-style" or "-area" follows the name: "Kestora-based"."""
    after = text.doc[name.end : name.end + 2]
    return len(after) == 2 and after[0].text == "-" and after[1].lower_ in ("based", "style", "area")


def _is_short_for_a_body(text: NameSearch, name: Name) -> bool:
    """Whether the name is short for an organisation's name: "BJYM", "the Welfare Foundation (Kestora)".

    Not in "Mayor Eva Ruiz (Peru)".
    """
    doc = text.doc
    if name.end - name.start > 1 or name.start in text.headline:
        return False
    if is_acronym(text, name):
        return True
    closed = name.start > 1 and name.end < len(doc) and doc[name.end].text == ")"
    if not closed or doc[name.start - 1].text != "(" or not is_capital(doc[name.start - 2]):
        return False
    return text.listed(doc[name.start - 2], *BODIES) or doc[name.start - 2].ent_type_ == "ORG"


def is_acronym(text: NameSearch, name: Name) -> bool:
    """Whether the name is an acronym: "KRTU", "NGOs"."""
    return name.end - name.start == 1 and bool(_LETTERS.fullmatch(text.doc[name.start].text))


def _is_before_office(text: NameSearch, name: Name) -> bool:
    """Whether an abbreviated office and another name follow: "Kestora MP Ana Ruiz", "Kestora SP Tom Reed"."""
    after = text.doc[name.end : name.end + 2]
    if len(after) < 2 or not after[0].text.isupper() or not is_capital(after[1]):
        return False
    return text.listed(after[0], "RoleLetters", "RankLetters") and after[1].i in text.taken


def _is_ship(text: NameSearch, name: Name) -> bool:
    """Whether the name denotes a ship: "INS Kestora". The prefix is part of the name or precedes it."""
    first, before = text.doc[name.start], text.doc[max(name.start - 1, 0)]
    return any(word.text.isupper() and text.listed(word, "ShipPrefixes") for word in (first, before))
