"""Roles: the position that somebody holds, and in what; and nouns that relate two things.

    Ana Ruiz, a partner at Acme         Ana Ruiz - holds position - partner at Acme
    Peru's president, Ana Ruiz          Ana Ruiz - holds position - president (of Peru)
    Tom Reed, a former judge            Tom Reed - formerly held position - judge
    Lima, the capital of Peru           Lima - capital of - Peru
    Huaca, a temple in Lima             Huaca - is - a temple

`describe` is what apposition, copula and titles share: a noun phrase is said of somebody or
something. Leaves out: nouns whose adjective denies them ("the fake doctor", "a would-be actor").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.extract.build import Builder
from kg.extract.clauses.clause import children
from kg.extract.reality.status import Status
from kg.language import phrases
from kg.model import Argument, Factuality, MentionKind, Relation, Role

if TYPE_CHECKING:
    from spacy.tokens import Token

_IN = frozenset(["of", "at", "for", "in", "with", "from", "on", "to", "by", "about", "against", "over"])

_OFFICE = frozenset(("of", "at", "for", "in", "with", "on", "to"))  # not "a nurse from Lima"


@dataclass(frozen=True, slots=True)
class Saying:
    """How a noun phrase is said of somebody: the word that says so, and how far to trust it."""

    at: Token  # the copula, or the noun of an apposition
    surface: str  # "was", "is" for an apposition
    rule: str
    confidence: float
    status: Status


def describe(build: Builder, subject: Token, noun: Token, saying: Saying) -> None:
    """`noun` is said of `subject`: as a position, a relation to a third, or a description."""
    for word in noun.lefts:
        if build.context.listed(word.lower_, "PlannedMarks", "UnrealMarks"):
            saying = replace(saying, status=Status(Factuality.POSSIBLE, scope=word).under(saying.status))
        if word.lower_ == "no":  # "no friend of Tom"
            saying = replace(saying, status=Status(Factuality.NEGATED, scope=word).under(saying.status))
    marks = {child.lower_ for child in noun.lefts}
    past = bool((marks | _adverbs(noun, saying.at)) & build.context.words("PastMarks"))
    related = not past and _relate(build, subject, noun, saying)
    is_person = build.context.parsed.type_of(subject) in ("Person", "Group", "")
    # "a partner at Acme", "the mayor": an office; "a keen drummer": what somebody is.
    office = _institution(build, noun) is not None or phrases.determiner(noun) not in ("a", "an", "another")
    if noun.lemma_.lower() in build.context.words("RoleNouns") and is_person and (office or past):
        _hold(build, subject, noun, "formerlyHeldPosition" if past else "holdsPosition", saying)
    elif not related or _is_doer(build, noun):
        attribute = build.phrase(noun, Role.ATTRIBUTE)
        _say(build, subject, "formerlyDescribedAs" if past else "describedAs", attribute, saying)


def _adverbs(noun: Token, verb: Token) -> set[str]:
    """As in "was previously mayor", "Ana Ruiz, formerly a partner at Acme"."""
    first = noun.doc[noun.left_edge.i]
    beside = children(verb, "advmod") if verb.i != noun.i else ()
    return {adverb.lower_ for adverb in (first, *beside) if adverb.tag_ == "RB"}


def _hold(build: Builder, subject: Token, noun: Token, name: str, saying: Saying) -> None:
    """The position that `noun` names, held by `subject`, and what it is a position in."""
    position = build.phrase(noun, Role.ATTRIBUTE)
    if position.mention < 0:
        return
    place = _institution(build, noun)
    owner = build.context.parsed.mention_index(place) if place is not None else -1
    build.retype(position.mention, type="Position", kind=MentionKind.NOMINAL, possessor=owner)
    _say(build, subject, name, position, saying)
    if place is not None and owner != position.mention:
        where = build.argument(place, Role.OTHER)
        relation = build.relation(noun, position.text, build.known("positionIn"))
        _add(build, position, relation, where, saying)


def _say(build: Builder, subject: Token, name: str, object_: Argument, saying: Saying) -> None:
    relation = build.relation(saying.at, saying.surface, build.known(name))
    _add(build, build.argument(subject, Role.PATIENT), relation, object_, saying)


def _add(build: Builder, who: Argument, relation: Relation, other: Argument, saying: Saying) -> None:
    build.add(
        who,
        relation,
        other,
        at=saying.at,
        rule=saying.rule,
        confidence=saying.confidence,
        status=saying.status,
    )


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


def _relate(build: Builder, subject: Token, noun: Token, saying: Saying) -> bool:
    """A relational noun of the lexicon: "capital of Peru", "Peru's capital", "her sister"."""
    pairs = [*_targets(noun), *(("of", owner) for owner in _owners(noun))]
    lemma = noun.lemma_.lower()
    names = [lemma, *(f"{c.lower_} {lemma}" for c in children(noun, "compound"))]  # "capital city of"
    found = False
    for preposition, target in pairs:
        if not build.is_thing(target):
            continue
        who, other = build.argument(subject, Role.PATIENT), build.argument(target, Role.OTHER)
        mine, theirs = build.type_of(who), build.type_of(other)
        keys = [f"{name} {preposition}" for name in names]
        known = next((r for key in keys if (r := build.lexicon.noun(key, mine, theirs))), None)
        # "Lima, Ana's hometown": the lexicon relates Ana to her hometown.
        turned = next((r for key in keys if (r := build.lexicon.noun(key, theirs, mine))), None)
        expressed = known or turned
        if expressed is None or (expressed.event_class and not _is_doer(build, noun)):
            continue
        surface = f"{saying.surface} {noun.text} {preposition}"
        relation = build.relation(noun, surface, expressed, inverted=known is None)
        _add(build, who, relation, other, saying)
        found = True
    return found


def _is_doer(build: Builder, noun: Token) -> bool:
    """As in "founder of", "winner of": the noun names who did it, not the happening."""
    people = ("RoleNouns", "KinshipNouns", "PersonNouns", "AgentNouns")
    return any(noun.lemma_.lower() in build.context.words(name) for name in people)
