"""Roles: the position that somebody holds, and in what; and nouns that relate two things.

    Ana Ruiz, a partner at Acme         Ana Ruiz - holds position - partner at Acme
    Peru's president, Ana Ruiz          Ana Ruiz - holds position - president (of Peru)
    Tom Reed, a former judge            Tom Reed - formerly held position - judge
    Lima, the capital of Peru           Lima - capital of - Peru
    Horyu, a temple in Lima             Horyu - is - a temple

`describe` is what apposition, copula and titles share: a noun phrase is said of somebody or
something. Leaves out: nouns whose adjective denies them ("the fake doctor", "a would-be actor").
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract.build import Builder
from kg.extract.clause import children
from kg.extract.factuality import Status
from kg.language import phrases
from kg.model import Argument, Factuality, MentionKind, Role

if TYPE_CHECKING:
    from spacy.tokens import Token

_IN = frozenset(["of", "at", "for", "in", "with", "from", "on", "to", "by", "about", "against", "over"])

_OFFICE = frozenset(("of", "at", "for", "in", "with", "on", "to"))  # not "a nurse from Lima"


def describe(
    build: Builder, subject: Token, noun: Token, *, rule: str, confidence: float, status: Status, surface: str
) -> None:
    """`noun` is said of `subject`: as a position, a relation to a third, or a description."""
    marks = {child.lower_ for child in noun.lefts}
    if marks & (build.context.words("PlannedMarks") | build.context.words("UnrealMarks")):
        status = Status(Factuality.POSSIBLE).under(status)
    past = bool(marks & build.context.words("PastMarks"))
    related = (
        False if past else _relate(build, subject, noun, rule=rule, confidence=confidence, status=status)
    )
    lemma = noun.lemma_.lower()
    is_person = build.context.parsed.type_of(subject) in ("Person", "Group", "")
    # "a partner at Acme", "the mayor": an office; "a keen drummer": what somebody is.
    office = _institution(build, noun) is not None or phrases.determiner(noun) not in ("a", "an", "another")
    if lemma in build.context.words("RoleNouns") and is_person and (office or past):
        name = "formerlyHeldPosition" if past else "holdsPosition"
        hold(build, subject, noun, name, rule=rule, confidence=confidence, status=status)
    elif not related or _is_doer(build, noun):
        attribute = build.phrase(noun, Role.ATTRIBUTE)
        _say(
            build,
            subject,
            "formerlyDescribedAs" if past else "describedAs",
            attribute,
            noun,
            rule,
            confidence,
            status,
            surface,
        )


def hold(
    build: Builder, subject: Token, noun: Token, name: str, *, rule: str, confidence: float, status: Status
) -> None:
    """The position that `noun` names, held by `subject`, and what it is a position in."""
    position = build.phrase(noun, Role.ATTRIBUTE)
    if position.mention < 0:
        return
    place = _institution(build, noun)
    owner = build.context.parsed.mention_index(place) if place is not None else -1
    build.retype(position.mention, type="Position", kind=MentionKind.NOMINAL, possessor=owner)
    _say(build, subject, name, position, noun, rule, confidence, status, position.text)
    if place is not None and owner != position.mention:
        where = build.argument(place, Role.OTHER)
        relation = build.relation(noun, position.text, build.known("positionIn"))
        build.add(position, relation, where, at=noun, rule=rule, confidence=confidence, status=status)


def _say(
    build: Builder,
    subject: Token,
    name: str,
    object_: Argument,
    at: Token,
    rule: str,
    confidence: float,
    status: Status,
    surface: str,
) -> None:
    relation = build.relation(at, surface, build.known(name))
    who = build.argument(subject, Role.PATIENT)
    build.add(who, relation, object_, at=at, rule=rule, confidence=confidence, status=status)


def _institution(build: Builder, noun: Token) -> Token | None:
    """The organisation, country or place in "partner at Acme", "Peru's president", "Peruvian president"."""
    parsed = build.context.parsed
    targets = (target for preposition, target in _targets(noun) if preposition in _OFFICE)
    names = [*_owners(noun), *targets, *_narrowing(build, noun)]
    for token in names:
        mention = parsed.mention(token)
        if (
            mention is not None
            and mention.kind is MentionKind.NAME
            and mention.type not in ("Person", "CreativeWork")
        ):
            return token
    return None


def _owners(noun: Token) -> Iterator[Token]:
    owner = phrases.possessor(noun)
    if owner is not None:
        yield owner


def _targets(noun: Token) -> Iterator[tuple[str, Token]]:
    for preposition in children(noun, "prep"):
        if preposition.lower_ in _IN:
            for target in children(preposition, "pobj"):
                yield preposition.lower_, target


def _narrowing(build: Builder, noun: Token) -> Iterator[Token]:
    """Names inside the phrase: "Peruvian president", "Acme spokesman"."""
    first, _ = phrases.narrow(noun)
    for token in noun.doc[first : noun.i]:
        if build.context.parsed.is_name(token):
            yield token


def _relate(
    build: Builder, subject: Token, noun: Token, *, rule: str, confidence: float, status: Status
) -> bool:
    """A relational noun of the lexicon: "capital of Peru", "Peru's capital", "her sister"."""
    lemma = noun.lemma_.lower()
    pairs = [*_targets(noun), *(("of", owner) for owner in _owners(noun))]
    found = False
    names = [lemma, *(f"{c.lower_} {lemma}" for c in children(noun, "compound"))]  # "capital city of"
    for preposition, target in pairs:
        if not build.is_thing(target):
            continue
        other = build.argument(target, Role.OTHER)
        who = build.argument(subject, Role.PATIENT)
        mine, theirs = build.type_of(who), build.type_of(other)
        keys = [f"{name} {preposition}" for name in names]
        known = next((r for key in keys if (r := build.lexicon.noun(key, mine, theirs))), None)
        # "Lima, Ana's hometown": the lexicon relates Ana to her hometown.
        turned = next((r for key in keys if (r := build.lexicon.noun(key, theirs, mine))), None)
        expressed = known or turned
        if expressed is None or (expressed.event_class and not _is_doer(build, noun)):
            continue
        relation = build.relation(noun, f"{noun.text} {preposition}", expressed, inverted=known is None)
        build.add(who, relation, other, at=noun, rule=rule, confidence=confidence, status=status)
        found = True
    return found


def _is_doer(build: Builder, noun: Token) -> bool:
    """ "founder of", "winner of": the noun names who did it, not the happening."""
    people = ("RoleNouns", "KinshipNouns", "PersonNouns")
    return any(noun.lemma_.lower() in build.context.words(name) for name in people)
