"""Happenings told by a noun: who took part, when and where.

    Ana's visit to Lima in May              Ana - visited - Lima, in May
    the meeting between Ana and Tom         Ana - met - Tom
    Ana paid a visit to Lima.               Ana - visited - Lima (a light verb)
    talks with Tom ... Ana held             Ana - met - Tom

A noun phrase presupposes its happening ("Ana's visit was short"), unless a word says that it is to
come or only possible ("the planned visit", "called for a visit"). Leaves out: nouns without two
participants, which remain events that other claims are about.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from kg.extract.build import Builder
from kg.extract.claims.circumstance import noun_place, noun_time, when, where
from kg.extract.clauses.clause import children
from kg.extract.clauses.coordination import members
from kg.extract.reality.factuality import Status
from kg.language import phrases
from kg.model import Argument, Factuality, MentionKind, Role

if TYPE_CHECKING:
    from spacy.tokens import Token


def read(build: Builder) -> None:
    parsed = build.context.parsed
    for index, mention in enumerate(parsed.mentions):
        noun = parsed.head(index)
        if mention.kind in (MentionKind.EVENT, MentionKind.NOMINAL) and noun.pos_ == "NOUN":
            _read(build, index, noun)


def _read(build: Builder, index: int, noun: Token) -> None:
    actors, verb = _actors(build, noun)
    status = _status(build, noun, verb)
    time, place = noun_time(noun, build.context), noun_place(noun, build.context)
    if verb is not None and time < 0:
        clause = build.context.clause(verb)
        time, place = when(clause, build.context), place if place >= 0 else where(clause, build.context)
    _place_and_date(build, index, noun, status, time, place)
    for preposition in children(noun, "prep"):
        word = preposition.lower_
        targets = [
            m for t in children(preposition, "pobj") for m in members(t, build.context) if build.is_thing(t)
        ]
        among = word == "between" or (word == "of" and not actors)
        among = word == "between" or (word == "of" and not actors)
        pairs = list(combinations(targets, 2)) if among else [(a, t) for a in actors for t in targets]
        for one, other in pairs:
            who, whom = build.argument(one, Role.AGENT), build.argument(other, Role.PATIENT)
            key = f"{noun.lemma_.lower()} {word}"
            known = build.lexicon.noun(key, build.type_of(who), build.type_of(whom))
            if known is None and word == "between":
                known = build.lexicon.noun(
                    f"{noun.lemma_.lower()} with", build.type_of(who), build.type_of(whom)
                )
            if known is None or not known.event_class:
                continue
            relation = build.relation(noun, f"{noun.text} {word}", known)
            build.add(
                who,
                relation,
                whom,
                at=noun,
                rule="nominal",
                confidence=0.8,
                status=status,
                time=time,
                place=place if place != whom.mention else -1,
                event=index if build.context.parsed.mentions[index].kind is MentionKind.EVENT else -1,
            )


def _place_and_date(build: Builder, index: int, noun: Token, status: Status, time: int, place: int) -> None:
    """As in "a two-day summit in Lima": it took place there."""
    if build.context.parsed.mentions[index].kind is not MentionKind.EVENT:
        return
    where, when = noun_place(noun, build.context), noun_time(noun, build.context)
    happening = build.argument(noun, Role.PATIENT)
    ends = []
    if where >= 0:
        ends.append(("tookPlaceIn", build.argument(build.context.parsed.head(where), Role.PLACE)))
    if when >= 0:
        expression = build.context.parsed.times[when]
        text = build.context.parsed.document.text[expression.start : expression.end]
        ends.append(("tookPlaceOn", Argument(expression.start, expression.end, text, Role.TIME, time=when)))
    for name, end in ends:
        relation = build.relation(noun, "in" if name == "tookPlaceIn" else "on", build.known(name))
        build.add(
            happening,
            relation,
            end,
            at=noun,
            rule="nominal",
            confidence=0.8,
            status=status,
            time=time,
            place=place if name != "tookPlaceIn" else -1,
        )


def _actors(build: Builder, noun: Token) -> tuple[tuple[Token, ...], Token | None]:
    """Its owner ("Ana's visit"), who it is by, or the subject of a light verb; and that verb."""
    owner = phrases.possessor(noun)
    above = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else None
    if owner is None and above is not None and above.pos_ == "NOUN":
        owner = phrases.possessor(above)  # "its expression of support for Peru"
    if owner is not None and build.is_thing(owner):
        return members(owner, build.context), None
    for preposition in children(noun, "prep"):
        if preposition.lower_ == "by":
            return tuple(m for t in children(preposition, "pobj") for m in members(t, build.context)), None
    verb = noun.head
    if noun.dep_ == "dobj" and verb.lemma_.lower() in build.context.words("LightVerbs"):
        return build.context.clause(verb).subjects, verb
    return (), None


def _status(build: Builder, noun: Token, light: Token | None) -> Status:
    if light is not None:
        return build.status(light)
    marks = {child.lower_ for child in noun.lefts}
    status = build.noun_status(noun)
    if marks & build.context.words("PlannedMarks"):
        return Status(Factuality.PLANNED).under(status)
    if marks & (build.context.words("UnrealMarks") | build.context.words("Negators")):
        return Status(Factuality.POSSIBLE).under(status)
    verb = noun
    while verb.pos_ not in ("VERB", "AUX") and verb.head.i != verb.i:
        verb = verb.head
    if verb.pos_ not in ("VERB", "AUX"):
        return status
    outer = build.status(verb)
    wanted = verb.lemma_.lower() in (
        "plan",
        "want",
        "call",
        "propose",
        "demand",
        "cancel",
        "postpone",
        "expect",
        "seek",
        "prevent",
        "avoid",
        "discuss",
        "urge",
        "schedule",
        "await",
        "delay",
        "prepare",
        "hope",
        "consider",
    )
    definite = phrases.possessor(noun) is not None or phrases.determiner(noun) in (
        "the",
        "this",
        "their",
        "his",
        "her",
        "its",
    )
    weak = outer.factuality in (Factuality.POSSIBLE, Factuality.PLANNED, Factuality.NEGATED)
    if wanted or (weak and not definite):  # "can be traced to the meeting": there was one
        return Status(Factuality.POSSIBLE, outer.speaker).under(status)
    if outer.speaker is not None:
        return Status(Factuality.REPORTED, outer.speaker).under(status)
    return status
