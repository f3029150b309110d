"""Titles before names.

    President Ana Ruiz                  Ana Ruiz - holds position - President
    Peru's Prime Minister Ana Ruiz      Ana Ruiz - holds position - Prime Minister; position in Peru
    Acme spokesman Tom Reed             Tom Reed - holds position - spokesman; position in Acme
    President Ana Ruiz of Peru          Ana Ruiz - holds position - President; position in Peru

Leaves out: honorifics ("Mr", "Dr"), which say no more than that it is a person. "former President
Ana Ruiz" held the position and holds it no longer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.build import Builder
from kg.extract.reality.status import Status
from kg.model import Argument, Factuality, Mention, MentionKind, Role

if TYPE_CHECKING:
    from spacy.tokens import Token


def read(build: Builder) -> None:
    parsed = build.context.parsed
    for index, mention in enumerate(parsed.mentions):
        if mention.type != "Position" or mention.kind is not MentionKind.NOMINAL:
            continue
        holder = _holder(build, mention)
        if holder is None:
            continue
        _claim(build, index, mention, parsed.head(index), holder)


def _holder(build: Builder, title: Mention) -> Token | None:
    """The name that begins where the title ends."""
    parsed = build.context.parsed
    _, end = parsed.extent(title)
    for token in parsed.doc[end : end + 3]:  # "President Dr Ana Ruiz"
        if parsed.is_name(token):
            return token
    return None


def _claim(build: Builder, index: int, title: Mention, noun: Token, holder: Token) -> None:
    parsed = build.context.parsed
    owner = _institution(build, title, holder)
    owner_index = parsed.mention_index(owner) if owner is not None else -1
    build.retype(index, possessor=owner_index)
    position = Argument(title.start, title.end, title.text, Role.ATTRIBUTE, mention=index)
    word = _word_before(build, title)
    before = word.lower_ if word is not None else ""
    past = before in build.context.words("PastMarks")
    status = build.noun_status(noun)
    if build.context.listed(before, "PlannedMarks", "UnrealMarks"):
        status = Status(Factuality.POSSIBLE, scope=word).under(status)
    name = "formerlyHeldPosition" if past else "holdsPosition"
    who = build.argument(holder, Role.PATIENT)
    relation = build.relation(noun, "is", build.known(name))
    build.add(who, relation, position, at=noun, rule="title", confidence=0.93, status=status)
    if owner is not None:
        where = build.argument(owner, Role.OTHER)
        relation = build.relation(noun, title.text, build.known("positionIn"))
        build.add(position, relation, where, at=noun, rule="title", confidence=0.9, status=status)


def _word_before(build: Builder, title: Mention) -> Token | None:
    doc = build.context.parsed.doc
    start, _ = build.context.parsed.extent(title)
    while start > 1 and doc[start - 1].text == "-":  # "ex-minister"
        start -= 1
    return doc[start - 1] if start else None


def _institution(build: Builder, title: Mention, holder: Token) -> Token | None:
    """A name that owns or narrows the title, before it or after "of": "Peru's", "Peruvian", "Acme"."""
    return _before(build, title, holder) or _after(build, holder)


def _before(build: Builder, title: Mention, holder: Token) -> Token | None:
    parsed = build.context.parsed
    skipped = _marks(build) | {"'s", "’s", "'", "’"}
    at = parsed.extent(title)[0] - 1
    while at >= 0 and parsed.doc[at].lower_ in skipped:
        at -= 1
    if at < 0 or not parsed.in_one_sentence(at, holder.i):
        return None
    return parsed.doc[at] if _is_institution(build, parsed.doc[at]) else None


def _after(build: Builder, holder: Token) -> Token | None:
    """As in "President Ana Ruiz of Peru", "Prime Minister Ana Ruiz of the United Kingdom"."""
    parsed = build.context.parsed
    mention = parsed.mention(holder)
    assert mention is not None  # a holder is a name
    _, end = parsed.extent(mention)
    following = parsed.doc[end : end + 3]
    if len(following) < 2 or following[0].lower_ != "of":
        return None
    target = following[-1] if following[1].lower_ == "the" else following[1]
    return target if _is_institution(build, target) else None


def _is_institution(build: Builder, token: Token) -> bool:
    mention = build.context.parsed.mention(token)
    return (
        mention is not None
        and mention.kind is MentionKind.NAME
        and mention.type not in ("Person", "CreativeWork")
    )


def _marks(build: Builder) -> frozenset[str]:
    words = build.context.words
    return words("PastMarks") | words("PlannedMarks") | words("UnrealMarks")
