"""Finds evidence for the type of a name in adjacent words: members, roles, residents, destinations.

    Kestora founder Ana Ruiz; the goalkeeper of Kestora          Kestora is an organisation
    a supervisor at Kestora, she plays for Kestora               an organisation
    the Kestora company, Kestora newspaper                       by the noun that it modifies
    an interview published by Kestora, Kestora quoted him as saying      a medium
    an economist at Kestora, Kestora boss Tom Reed               an organisation, even if labelled as a town
    stars in Kestora; Kestora, starring Ana Ruiz                 a work
    won a Kestora                                                an award
    Kestora spokesman Tom Reed; Salt & Reed                      an organisation, not a person
    a spokesman for Hale Marvo                                   an organisation, unless "Marvo" is named, too
    Kestora economist Tom Reed                                   an organisation, not a person
    in Kestora, a visit to Kestora, the mayor of Kestora         a place
    Kestora's Salt District, grew up in Kestora                  a place
    a woman from Kestora                                         a place

Each piece of evidence is a class and a weight (`types`). For countries, no evidence is needed. Not evidence:
"told Kestora", "according to Kestora", "Kestora said", which fit persons, organisations and capital cities.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.language.names.name import UNKNOWN, Name, NameSearch, is_genitive

if TYPE_CHECKING:
    from spacy.tokens import Token

_INSIDE = ("compound", "nmod", "amod")
_OPEN = ("Person", UNKNOWN)
_BODIES = ("Person", "Organization", "Place", UNKNOWN)
_MADE_OF_NOUNS = (
    ("Company", "CompanyNouns"),
    ("MediaOutlet", "MediaOutletNouns"),
    ("PoliticalParty", "PoliticalPartyNouns"),
    ("Organization", "BodyNouns"),
)


def evidence(text: NameSearch, name: Name, head: Token, fair: int, strong: int) -> Iterator[tuple[str, int]]:
    """Pairs of class and weight, from the words adjacent to a name; `fair` and `strong` are the weights."""
    after = text.doc[name.end] if name.end < len(text.doc) else None
    if name.type in _BODIES and (_has_roles(text, name, after) or _is_of_role(text, name, head)):
        yield "Organization", strong
    if name.type in _BODIES and _is_played_for(text, head):
        yield "Organization", strong
    if name.type in _OPEN and (_employs(text, head) or _is_of_member(text, name, head)):
        yield "Organization", strong
    if name.type in ("Place", UNKNOWN) and (_has_analysts(text, head) or _has_club_roles(text, head, after)):
        yield "Organization", strong
    yield from _by_speaker(text, name, head, after, fair, strong)
    if name.type in _OPEN and _is_firm(text, name):
        yield "Organization", strong
    if name.type in (*_OPEN, "Organization") and _quotes(text, head):
        yield "MediaOutlet", fair
    if name.type in _OPEN and _publishes(text, head):
        yield "MediaOutlet", strong
    yield from _by_show(name, head, strong)
    if name.type in _OPEN and after is not None:
        yield from _by_noun_behind(text, head, strong)
    if name.type in (*_OPEN, "Organization") and _is_home(text, head, after):
        yield "Place", strong
    if name.type in (*_OPEN, "Place") and (
        _is_governed(text, name, head) or _is_of_governor(text, name, head)
    ):
        yield "Region", fair
    if name.type in _OPEN and (
        _is_gone_to(text, head) or _is_where(text, name, head) or _is_origin(text, name, head)
    ):
        yield "Place", fair


def is_lived_in(text: NameSearch, head: Token) -> bool:
    """Whether the name denotes a place where somebody lives, not a building.

    For example, "grew up in Salt Gardens", but not "was born in Salt Hospital".
    """
    lived = head.dep_ == "pobj" and text.listed(head.head.head, "LivingVerbs")
    return lived and head.head.lower_ in ("in", "to", "from") and not text.listed(head, "FacilityWords")


def _has_roles(text: NameSearch, name: Name, after: Token | None) -> bool:
    """Whether a role follows the name: "Kestora founder Ana Ruiz", "Kestora's managing director".

    Not in "the Kestora coach stations", where "coach" is not a role.
    """
    if after is None:
        return False
    head = text.doc[name.start : name.end].root
    if is_genitive(after):
        role = head.head
        managing = any(child.lower_ == "managing" for child in role.children)
        return head.dep_ == "poss" and (text.listed(role, "BodyRoles") or managing)
    follows = after.i + 1
    while follows + 1 < len(text.doc) and text.is_honorific(text.doc[follows]):
        follows += 1  # skips an honorific: "Kestora chairman Dr Ana Ruiz"
    return text.listed(after, "BodyRoles") and (after.dep_ != "compound" or follows in text.taken)


def _is_of_role(text: NameSearch, name: Name, head: Token) -> bool:
    """Whether the name follows a role: "the goalkeeper of Kestora", "(co-founder, Kestora)"."""
    doc, start = head.doc, name.start
    if _is_right_behind(text, name, head, "of"):
        return text.listed(head.head.head, "BodyRoles") and head.head.i == head.head.head.i + 1
    closes = name.end < len(doc) and doc[name.end].text == ")"
    return closes and start > 1 and doc[start - 1].text == "," and text.listed(doc[start - 2], "BodyRoles")


def _is_governed(text: NameSearch, name: Name, head: Token) -> bool:
    """Whether a governor or legislature follows the name: "Kestora governor Ana Ruiz", "Kestora's
    legislature".

    The name then denotes a region.
    """
    after = text.doc[name.end] if name.end < len(text.doc) else None
    if after is not None and is_genitive(after):
        return head.dep_ == "poss" and text.listed(head.head, "RegionRoles")
    return after is not None and text.listed(after, "RegionRoles")


def _is_of_governor(text: NameSearch, name: Name, head: Token) -> bool:
    """Whether the name follows a role such as governor: "the governor of Kestora"."""
    return _is_right_behind(text, name, head, "of") and text.listed(head.head.head, "RegionRoles")


def _is_of_member(text: NameSearch, name: Name, head: Token) -> bool:
    """Whether the name follows members or staff: "two workers of Kestora", "director of Kestora"."""
    return _is_right_behind(text, name, head, "of") and text.listed(head.head.head, "MemberRoles")


def _is_right_behind(text: NameSearch, name: Name, head: Token, preposition: str) -> bool:
    """Whether the preposition governs the name and is directly before it or its article.

    Not "of" and Ruiz in "the director of Harbour Trade Ana Ruiz".
    """
    between = text.doc[head.head.i + 1 : name.start]
    only = all(token.lower_ in ("the", "an", "a") for token in between)
    return head.dep_ == "pobj" and head.head.lower_ == preposition and only


def _is_played_for(text: NameSearch, head: Token) -> bool:
    """Whether the name denotes a team: "she plays for Kestora", "signed for Kestora"."""
    return head.dep_ == "pobj" and head.head.lower_ == "for" and text.listed(head.head.head, "JoiningVerbs")


def _employs(text: NameSearch, head: Token) -> bool:
    """Whether the name denotes an employer: "a supervisor at Kestora"."""
    at = head.head
    return head.dep_ == "pobj" and at.lower_ == "at" and text.listed(at.head, "RoleNouns", "PersonNouns")


def _has_analysts(text: NameSearch, head: Token) -> bool:
    """Whether the name denotes the employer of an analyst or somebody similar: "an economist at Kestora".

    Not "a doctor at Kestora", which may be a town.
    """
    at = head.head
    return head.dep_ == "pobj" and at.lower_ == "at" and text.listed(at.head, "FirmRoles")


def _has_club_roles(text: NameSearch, head: Token, after: Token | None) -> bool:
    """Whether a role in a club follows the name: "Kestora boss Tom Reed", "the Kestora goalkeeper".

    Before other roles, the name may denote a town.
    """
    return head.dep_ in _INSIDE and after is not None and text.listed(after, "ClubRoles")


def _by_speaker(
    text: NameSearch, name: Name, head: Token, after: Token | None, fair: int, strong: int
) -> Iterator[tuple[str, int]]:
    """The class "Organization" if the named thing has a spokesman or an analyst."""
    if _has_spokesman(text, name, after) or _has_analyst(text, name, after):
        yield "Organization", fair
    if _speaks_through_others(text, name, head, after):
        yield "Organization", 2 * strong


def _has_spokesman(text: NameSearch, name: Name, after: Token | None) -> bool:
    """Whether a spokesman follows a name of one word: "Kestora spokesman Tom Reed".

    Politicians have spokesmen, too, but articles also give their full names.
    """
    alone = name.end - name.start == 1 and name.title_start == name.start
    single = alone and name.type in ("Person", "Place")
    return single and after is not None and text.listed(after, "SpokesRoles")


def _speaks_through_others(text: NameSearch, name: Name, head: Token, after: Token | None) -> bool:
    """Whether a name that looks like a person's full name has a spokesman: "Hale Marvo spokesman Tom Reed",
    "a spokesman for Hale Marvo".

    Not if the article also gives the surname alone, as it does with people.
    """
    words = text.doc[name.start : name.end]
    if name.type != "Person" or len(words) < 2 or name.title_start < name.start:
        return False
    surname, given = words[-1].text, words[-2].text
    if any(token.text == surname and token.i and token.nbor(-1).text != given for token in text.doc):
        return False
    behind = after is not None and text.listed(after, "SpokesRoles")
    return behind or (
        _is_right_behind(text, name, head, "for") and text.listed(head.head.head, "SpokesRoles")
    )


def _has_analyst(text: NameSearch, name: Name, after: Token | None) -> bool:
    """Whether an analyst with a name follows a name of one word: "Kestora economist Ana Ruiz".

    Not "Reed lawyer Ana Ruiz", who may be the lawyer of Tom Reed.
    """
    alone = name.end - name.start == 1 and name.title_start == name.start
    if not alone or name.type not in _OPEN or after is None:
        return False
    return text.listed(after, "AnalystRoles") and after.i + 1 in text.taken


def _is_firm(text: NameSearch, name: Name) -> bool:
    """Whether the name denotes a firm with "&": "Salt & Reed"; not "Peru & Lima" or "PM Reed & Minister
    Ruiz".
    """
    words = text.doc[name.start : name.end]
    joined = any(token.text == "&" for token in words[1:-1])
    marks = {token.ent_type_ for token in words}
    told = name.type == "Person" or "ORG" in marks
    return joined and told and "GPE" not in marks and not any(text.is_role(token) for token in words)


def _quotes(text: NameSearch, head: Token) -> bool:
    """Whether the name denotes a newspaper that quotes somebody: "Kestora quoted the minister as saying",
    "Kestora quoted him telling the house".
    """
    verb = head.head
    if head.dep_ != "nsubj" or verb.lemma_.lower() != "quote":
        return False
    said = [child for child in verb.subtree if child.i > verb.i and child.tag_ == "VBG"]
    return any(text.listed(child, "SpeechVerbs") for child in said)


def _publishes(text: NameSearch, head: Token) -> bool:
    """Whether the name denotes a publisher: "an interview published on Sunday by Kestora"."""
    verb = head.head.head
    by = head.dep_ == "pobj" and head.head.lower_ == "by" and verb.lemma_.lower() == "publish"
    return by and verb.dep_ == "acl" and text.listed(verb.head, "PressNouns")


def _by_show(name: Name, head: Token, weight: int) -> Iterator[tuple[str, int]]:
    """The class "CreativeWork" if actors star in the named thing, "Award" if somebody won it."""
    if name.type in _BODIES and _is_starred_in(head):
        yield "CreativeWork", weight
    if name.type in (*_BODIES, "Product") and _is_won(name, head):
        yield "Award", weight


def _is_starred_in(head: Token) -> bool:
    """Whether the name is that of a work with actors: "Ana Ruiz stars in Kestora", "Kestora, starring Ana
    Ruiz".
    """
    into = head.head
    if head.dep_ == "pobj" and into.lower_ == "in":
        return into.head.lemma_.lower() in ("star", "co-star") and into.head.pos_ == "VERB"
    return any(child.lower_ == "starring" and child.dep_ == "acl" for child in head.children)


def _is_won(name: Name, head: Token) -> bool:
    """Whether the name denotes an award: "won a Kestora"; not "won Kestora", which may be a region."""
    before = head.doc[name.start - 1] if name.start else head
    return head.dep_ == "dobj" and head.head.lemma_.lower() == "win" and before.lower_ in ("a", "an")


def _by_noun_behind(text: NameSearch, head: Token, weight: int) -> Iterator[tuple[str, int]]:
    """The class that the noun after the name gives, with the weight; nothing for a noun such as "family".

    For example, "the Kestora company" and "Kestora newspaper".
    """
    noun = head.head
    if head.dep_ not in _INSIDE or noun.i <= head.i or noun.pos_ != "NOUN":
        return
    for kind, words in _MADE_OF_NOUNS:
        if text.listed(noun, words):
            yield kind, weight
            return


def _is_home(text: NameSearch, head: Token, after: Token | None) -> bool:
    """Whether the name denotes a place with residents or districts.

    For example, "residents of Kestora", "Kestora mayor Ana Ruiz" and "Kestora's Salt District".
    """
    if head.dep_ == "pobj" and head.head.lower_ in ("of", "from"):
        return text.listed(head.head.head, "DwellerNouns") and head.head.i == head.head.head.i + 1
    if after is not None and head.dep_ in _INSIDE and text.listed(after, "DwellerNouns"):
        return True
    owned = head.head if head.dep_ == "poss" else None
    return owned is not None and text.listed(owned, "RegionWords", "RegionNouns")


def _is_gone_to(text: NameSearch, head: Token) -> bool:
    """Whether the name denotes a destination or origin: "a visit to Kestora", "flew from Kestora"."""
    to = head.head
    genitive = head.i + 1 < len(head.doc) and is_genitive(head.doc[head.i + 1])
    return (
        head.dep_ == "pobj"
        and to.lower_ in ("to", "from")
        and not genitive
        and text.listed(to.head, "JourneyWords")
    )


def _is_origin(text: NameSearch, name: Name, head: Token) -> bool:
    """Whether the name denotes where somebody comes from: "a woman from Kestora", "Ana Ruiz is from Kestora".

    Not in "a letter from Reed", "the goal was from Reed", nor in "the man from Ana Ruiz's office".
    """
    source, genitive = head.head, name.end < len(head.doc) and is_genitive(head.doc[name.end])
    if head.dep_ != "pobj" or source.lower_ != "from" or source.i + 1 != name.start or genitive:
        return False
    if source.head.lemma_.lower() == "be":
        subjects = [child for child in source.head.lefts if child.dep_ == "nsubj"]
        people = ("PersonNouns", "RoleNouns")
        return any(who.pos_ in ("PROPN", "PRON") or text.listed(who, *people) for who in subjects)
    return text.listed(source.head, "PersonNouns") and source.i == source.head.i + 1


def _is_where(text: NameSearch, name: Name, head: Token) -> bool:
    """Whether the name denotes a location: "both in Kestora and Amberle".

    Not in "faith in Reed" and "a good coach in Ana Ruiz".
    """
    first = head
    while first.dep_ == "conj":
        first = first.head
    before = first.head
    if first.dep_ != "pobj" or before.lower_ != "in" or before.i + 1 not in text.taken:
        return False
    if (
        text.listed(before.head, "WorkNouns")
        or text.listed(head, "SubjectWords")
        or text.is_common_word(head)
    ):
        return False  # not a location: "an article in Kestora", "a diploma in Accounting"
    if name.end < len(head.doc) and is_genitive(head.doc[name.end]):
        return False
    doc = head.doc
    trusts = text.listed(before.head, "TrustWords") or text.listed(doc[max(before.i - 1, 0)], "TrustWords")
    return not trusts and (name.end - name.start == 1 or before.head.pos_ in ("VERB", "AUX"))
