"""Names beside names: whose work it is, where a place lies, whom a person belongs to.

    Abba's "Waterloo"; "Waterloo" by Abba       Waterloo - created by - Abba
    "Snow" from the film Winter                 Snow - from - Winter
    Peru's Ana Ruiz; Tom Reed of Acme           Ana Ruiz - affiliated with - Peru
    Lima, Peru; the Rex Stadium in Lima         Lima - located in - Peru

Leaves out: the possessive of common nouns ("Peru's economy"), which says only that there is one, and
"of" between places ("the Gulf of Mexico"), which is one name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.build import Builder
from kg.language.parsed import Parsed
from kg.model import MentionKind, Role

if TYPE_CHECKING:
    from spacy.tokens import Token

_PLACES = ("Place", "City", "Facility")
_LARGER = ("Place", "City", "Region", "Country")
_TEAMS = ("Country", "Organization", "Company", "SportsTeam", "GovernmentBody")
_APOSTROPHE = ("'s", "’s", "'", "’", "‘s")


def read(build: Builder) -> None:
    parsed = build.context.parsed
    for index, mention in enumerate(parsed.mentions):
        if mention.kind is not MentionKind.NAME or mention.relational:
            continue
        _first, last = parsed.extent(mention)
        name = parsed.head(index)
        for link, other in _neighbours(build, name, last):
            _pair(build, name, link, other)


def _neighbours(build: Builder, name: Token, last: int) -> list[tuple[Token, Token]]:
    """The word after the name and the name after that word: ("by", Abba), (",", Peru), ("'s", "Waterloo")."""
    parsed, doc = build.context.parsed, name.doc
    at = last
    while at < len(doc) and (doc[at].is_quote or doc[at].text in "“”"):
        at += 1
    if at + 1 >= len(doc) or doc[at].sent != name.sent:
        return []
    link, at = doc[at], at + 1
    while at < len(doc) and not _is_proper(parsed, doc[at]) and _may_stand_between(doc[at], link):
        at += 1
    if at < len(doc) and _is_proper(parsed, doc[at]) and doc[at].sent == name.sent:
        return [(link, doc[at])]
    return []


def _is_proper(parsed: Parsed, token: Token) -> bool:
    """Part of a name that stands for itself: not "Peruvian" in "by the Peruvian band Rain"."""
    mention = parsed.mention(token) if parsed.is_name(token) else None
    return mention is not None and not mention.relational


def _may_stand_between(token: Token, link: Token) -> bool:
    """Marks, articles, and for "by" and "from" what describes the name ("the animated film")."""
    if token.is_quote or token.text in "“”" or token.dep_ == "det":
        return True
    return (
        link.lower_ in ("by", "from")
        and token.pos_ in ("ADJ", "NOUN", "VERB", "PUNCT", "ADV", "PROPN")
        and token.text != ","
    )


def _pair(build: Builder, name: Token, link: Token, other: Token) -> None:
    parsed = build.context.parsed
    mine, theirs = parsed.type_of(name), parsed.type_of(other)
    word = link.lower_
    if word in _APOSTROPHE:
        if theirs == "CreativeWork" and mine in (
            "Person",
            "Organization",
            "MusicGroup",
            "",
            "CreativeWork",
        ):
            _state(build, other, "from" if mine == "CreativeWork" else "createdBy", name, link)
        elif theirs == "Person" and mine in _TEAMS:
            _state(build, other, "affiliatedWith", name, link)
    elif word == "by" and mine == "CreativeWork" and theirs in ("Person", "Organization", "MusicGroup", ""):
        _state(build, name, "createdBy", other, link)
    elif word == "from" and mine == "CreativeWork" and theirs == "CreativeWork":
        _state(build, name, "from", other, link)
    elif (
        word == "of"
        and link.head.i == name.i
        and mine == "Person"
        and theirs not in ("Person", "CreativeWork", "", "Event")
    ):
        _state(build, name, "affiliatedWith", other, link)
    elif (
        mine in _PLACES
        and theirs in _LARGER
        and (word == "in" or (word == "," and theirs in ("Country", "Region")))
    ):
        listed = (
            word == "," and other.i + 1 < len(other.doc) and other.doc[other.i + 1].lower_ in ("and", "or")
        )
        if not listed and other.i - link.i <= 2:
            _state(build, name, "locatedIn", other, link)


def _state(build: Builder, subject: Token, name: str, object_: Token, link: Token) -> None:
    argument = build.argument(object_, Role.OTHER)
    word = "in" if link.text == "," else "of" if link.lower_ in _APOSTROPHE else link.lower_
    build.state(subject, name, argument, at=link, surface=f"is {word}", rule="possessive", confidence=0.85)
