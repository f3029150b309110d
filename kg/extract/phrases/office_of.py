"""The organisation, place or person to whom the office in a title belongs.

    Peru's Prime Minister Ana Ruiz; Peruvian President Ana Ruiz     Peru
    Acme spokesman Tom Reed; Acme founder Tom Reed                  Acme
    President Ana Ruiz of Peru; In Peru, president Ana Ruiz         Peru
    Mr Reed's lawyer Ana Ruiz                                       Mr Reed

Excludes the origin of a person with an occupation ("Peruvian singer Ana Ruiz"), which `titles` handles.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.build import Builder
from kg.extract.phrases import roles
from kg.language import noun_phrases
from kg.model import Mention, MentionKind

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class Title:
    """A title before a name, with the person who holds it."""

    index: int  # index of the title's mention
    first: int  # index of the title's first token
    last: int  # index of the token after the title
    noun: Token
    holder: Token


def institution(build: Builder, title: Title) -> Token | None:
    """The name that owns or narrows the title; None if there is none.

    "Peru's", "Peruvian", "Acme" before it, "of Peru" after the name, or "In Peru, " at the start of the
    sentence.
    """
    return _before(build, title) or _after(build, title) or _fronted(build, title)


def _before(build: Builder, title: Title) -> Token | None:
    parsed, doc = build.context.parsed, title.noun.doc
    skipped = marks_of(build) | {*noun_phrases.GENITIVE}
    at = title.first - 1
    while at >= 0 and doc[at].lower_ in skipped:
        at -= 1
    # skip the abbreviation in "the Lima Harbour Authority (LHA) director Tom Reed"
    if at >= 2 and doc[at].text == ")":
        at = next((t.i - 1 for t in reversed(doc[max(0, at - 4) : at]) if t.text == "("), -1)
    if at < 0 or not parsed.in_one_sentence(at, title.holder.i):
        return None
    if _is_of_office(build, title, doc[at]) or _is_after_prefix(build, doc[at]):
        return None
    if _is_office_in(build, title, doc[at]):
        return None if _is_owned(build, doc[at]) else doc[at]
    return _founded(build, title, doc[at]) if at == title.first - 1 else None


def _is_after_prefix(build: Builder, name: Token) -> bool:
    """Whether a prefix of the name expresses an attitude to what it names: "pro-Norvex MP Ana Ruiz"."""
    if name.i < 2 or not noun_phrases.is_hyphened(name.nbor(-1)):
        return False
    return build.context.listed(name.nbor(-2).lower_, "AttitudePrefixes")


def _is_owned(build: Builder, name: Token) -> bool:
    """Whether the office belongs to an owner before the name instead: "Norvex's Lima director Ana Ruiz"."""
    parsed = build.context.parsed
    first, _ = parsed.extent(mention_of(build, name))
    return first > 1 and parsed.doc[first - 1].tag_ == "POS" and parsed.is_name(parsed.doc[first - 2])


def _is_of_office(build: Builder, title: Title, name: Token) -> bool:
    """Whether the name belongs to another office before the title: "chair of the Rivers Committee Senator Ana
    Ruiz".
    """
    parsed = build.context.parsed
    index = parsed.mention_index(name)
    of = parsed.head(index).head if index >= 0 and parsed.head(index).dep_ == "pobj" else None
    return of is not None and of.head.dep_ == "nmod" and of.head.head.i == head_of(build, title.holder).i


def head_of(build: Builder, name: Token) -> Token:
    return build.context.parsed.head(build.context.parsed.mention_index(name))


def _founded(build: Builder, title: Title, name: Token) -> Token | None:
    """The name before "founder", as in "Reed Harbour founder Ana Ruiz"; None otherwise.

    Such a name is an organisation's even if it looks like a person's.
    """
    mention = build.context.parsed.mention(name)
    if title.noun.lower_ not in build.context.words("FoundingRoles") or mention is None:
        return None
    if mention.kind is not MentionKind.NAME or mention.type != "Person" or mention.title:
        return None
    build.retype(build.context.parsed.mention_index(name), type="Organization")
    return name


def _after(build: Builder, title: Title) -> Token | None:
    """The institution after the holder's name: "President Ana Ruiz of Peru"; None if there is none."""
    _, end = build.context.parsed.extent(mention_of(build, title.holder))
    following = title.noun.doc[end : end + 3]
    if len(following) < 2 or following[0].lower_ != "of":
        return None
    target = following[-1] if following[1].lower_ == "the" else following[1]
    if noun_phrases.owns_next(target):
        return None  # the office is in what the name owns: "director Ana Ruiz of Peru's Rex Institute"
    party = build.context.parsed.type_of(target) == "PoliticalParty"  # the party to which a president belongs
    if party or (build.context.is_place(target) and roles.is_of_body(build, title.noun)):
        return None  # the place is the holder's home: "committee chairman Ana Ruiz of Ohio"
    return target if _is_office_in(build, title, target) else None


def _fronted(build: Builder, title: Title) -> Token | None:
    """The country at the sentence's start: Peru in "In Peru, president Ana Ruiz"; None if there is none."""
    parsed, at = build.context.parsed, title.first - 1
    if (
        at < 2
        or title.noun.doc[at].text != ","
        or title.noun.lower_ in build.context.words("OccupationNouns")
    ):
        return None
    place = title.noun.doc[at - 1]
    if not parsed.is_name(place) or parsed.type_of(place) != "Country":
        return None
    first, _ = parsed.extent(mention_of(build, place))
    opening = parsed.doc[first - 1] if first else place
    opens = opening.text == "In" and (opening.i == 0 or not parsed.in_one_sentence(opening.i - 1, opening.i))
    return place if opens else None


def _is_office_in(build: Builder, title: Title, token: Token) -> bool:
    return roles.is_institution(build, token, title.noun)


def marks_of(build: Builder) -> frozenset[str]:
    words = build.context.words
    return words("PastMarks") | words("PlannedMarks") | words("LeavingMarks") | words("UnrealMarks")


def person(build: Builder, title: Title) -> Token | None:
    """The person whose lawyer, aide or agent the title names; None if there is none.

    As in "Mr Reed's lawyer Ana Ruiz", "his lawyer". Not with a nationality in between ("Mr Reed's Peruvian
    lawyer Ana Ruiz"), nor in a name ("Salt' Band singer Ana Ruiz"). For organisations see `institution`.
    """
    doc, at = title.noun.doc, title.first - 1
    owner = doc[at - 1] if at > 0 and doc[at].tag_ == "POS" else doc[at] if at >= 0 else title.noun
    parsed = build.context.parsed
    index = parsed.mention_index(owner)
    if index < 0 or owner.i >= title.first or parsed.sentence_of[owner.i] != parsed.sentence_of[title.noun.i]:
        return None
    if owner.tag_ == "PRP$":
        return owner if owner.lower_ in ("his", "her") else None
    owns = doc[at].tag_ == "POS" and doc[title.first].is_lower
    named = owns and parsed.is_name(owner) and parsed.type_of(owner) == "Person"
    return parsed.head(index) if named else None


def mention_of(build: Builder, name: Token) -> Mention:
    mention = build.context.parsed.mention(name)
    assert mention is not None  # every name is a mention
    return mention
