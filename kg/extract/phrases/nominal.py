"""Events denoted by a noun: participants, time and place.

    Ana's visit to Lima in May              Ana - visited - Lima, in May
    the meeting between Ana and Tom         Ana - met - Tom
    Ana paid a visit to Lima.               Ana - visited - Lima (a light verb)
    a two-day summit in Lima                summit - took place in - Lima
    the appointment of Ana as mayor         Ana - was appointed as - mayor
    Norvex signed a deal with Acme.         Norvex - agreed with - Acme
    the fall of the index by 3 percent      no statement; the event has participants
    the resignation of Ana                  no statement; Ana is the event's agent

A noun phrase presupposes its event ("Ana's visit was short"), unless a word marks it as planned or only
possible ("the planned visit", "called for a visit", "fears of a recession").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from kg.extract.build import Builder
from kg.extract.clauses.clause import children
from kg.extract.clauses.coordination import members
from kg.extract.lexicon import past_participle
from kg.extract.projections.when import is_past, noun_time, when
from kg.extract.projections.where import noun_place, where
from kg.extract.reality.status import Status
from kg.language import noun_phrases
from kg.model import Argument, Factuality, MentionKind, Role
from kg.ontology import RelationType

if TYPE_CHECKING:
    from spacy.tokens import Token

_CONFIDENCE = 0.72  # of a claim, before `Builder.add` considers how reliable the parse is
_DEFINITE = ("the", "this", "their", "his", "her", "its")
_SETTINGS = frozenset(("at", "in", "on", "during", "after", "before", "since", "following"))
_WEAK = (Factuality.POSSIBLE, Factuality.PLANNED, Factuality.NEGATED)
_MARKS = (  # factuality given by words before the noun
    (Factuality.PLANNED, ("PlannedMarks",)),
    (Factuality.POSSIBLE, ("UnrealMarks", "Negators")),
)
_POSTING = ("Appointment", "Election")
_GOALS = ("on", "to", "into", "over")
# Classes of events that happen to their owner: "the bank's losses", "Peru's recession".
_UNDERGONE = ("Change", "Crisis", "Disaster", "Life")


@dataclass(frozen=True, slots=True)
class _Happening:
    """A noun that denotes an event, before its participants are found."""

    index: int  # index of its mention
    noun: Token
    is_event: bool  # False for a noun such as "support", which expresses a relation but not an event
    actors: tuple[Token, ...]
    status: Status
    time: int  # index of the time expression, -1 if there is none
    place: int  # index of the place's mention, -1 if there is none


def read(build: Builder) -> None:
    """Add the claims of all nouns that denote events."""
    parsed = build.context.parsed
    for index, mention in enumerate(parsed.mentions):
        noun = parsed.head(index)
        if mention.kind in (MentionKind.EVENT, MentionKind.NOMINAL) and noun.pos_ == "NOUN":
            happening = _happening(build, index, noun, is_event=mention.kind is MentionKind.EVENT)
            related = _relations(build, happening)
            if happening.is_event:
                _place_and_date(build, happening)
                _as_what(build, happening)
                _participants(build, happening, related)


def _happening(build: Builder, index: int, noun: Token, *, is_event: bool) -> _Happening:
    actors, verb = _actors(build, noun)
    status = _status(build, noun, verb)
    time, place = noun_time(noun, build.context), noun_place(noun, build.context)
    if verb is not None:
        clause = build.context.clause(verb)
        time = time if time >= 0 else when(clause, build.context)
        place = place if place >= 0 else where(clause, build.context)
    return _Happening(index, noun, is_event, actors, status, time, place)


# -- participants --------------------------------------------------------------------------------------


def _actors(build: Builder, noun: Token) -> tuple[tuple[Token, ...], Token | None]:
    """The agents of the event, and the verb if they are its subjects.

    They are the owner ("Ana's visit"), the nouns after "by", or the subjects of a light verb ("Ana paid a
    visit").
    """
    owner = noun_phrases.possessor(noun)
    above = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else None
    if owner is None and above is not None and above.pos_ == "NOUN":
        # the owner of the noun above: "its expression of support for Peru"
        owner = noun_phrases.possessor(above)
    if owner is not None and build.is_thing(owner):
        return members(owner, build.context), None
    by = tuple(target for word, target in _targets(build, noun) if word == "by")
    if by or (by := _stray_by(build, noun)):
        return by, None
    verb = noun.head
    concluded = verb.lemma_.lower() in build.context.words("ConcludingVerbs") and _is_a(
        build, noun, "Agreement"
    )
    if noun.dep_ == "dobj" and (verb.lemma_.lower() in build.context.words("LightVerbs") or concluded):
        return build.context.clause(verb).subjects, verb
    return (), None


def _stray_by(build: Builder, noun: Token) -> tuple[Token, ...]:
    """The agents after a "by" that the parser attaches to the active verb.

    As in "reported the arrest of Tom by soldiers".
    """
    _, end = noun_phrases.wide(noun, build.context.parsed.is_time)
    if end >= len(noun.doc) or noun.doc[end].lower_ != "by":
        return ()
    by, verb = noun.doc[end], noun.head
    passive = any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.children)
    if noun.dep_ != "dobj" or by.head.i != verb.i or passive or verb.tag_ in ("VBN", "VBG"):
        return ()
    targets = [t for target in children(by, "pobj") for t in members(target, build.context)]
    return tuple(t for t in targets if build.is_thing(t) and _is_agent(build, t))


def _is_a(build: Builder, noun: Token, name: str) -> bool:
    return build.context.ontology.is_a(build.context.parsed.type_of(noun), name)


def _targets(build: Builder, noun: Token) -> Iterator[tuple[str, Token]]:
    """The nouns after the prepositions of the noun, each with its preposition."""
    for preposition in children(noun, "prep"):
        for target in children(preposition, "pobj"):
            for member in members(target, build.context):
                if build.is_thing(member) or build.is_amount(member):
                    yield preposition.lower_, member


def _relations(build: Builder, happening: _Happening) -> frozenset[Token]:
    """Add the relations of the lexicon that the noun expresses; return the heads of their subjects and
    objects.
    """
    related: set[Token] = set()
    for word, one, other in _pairs(build, happening):
        both = Role.AGENT if word == "between" else Role.PATIENT
        who, whom = build.argument(one, Role.AGENT), build.argument(other, both)
        known = _known(build, happening.noun, word, who, whom)
        if known is not None and not _is_route(happening, word, known):
            relation = build.relation(happening.noun, f"{happening.noun.text} {word}", known)
            _add(build, happening, who, relation.label, whom, known=known, surface=relation.text)
            related |= {one, other}
    return frozenset(related)


def _is_route(happening: _Happening, word: str, known: RelationType) -> bool:
    """Whether the nouns after "of" are targets of an action, not participants in it together.

    As in "a tour of Peru and Chile", where both are visited; not in "the merger of Peru and Chile".
    """
    return word == "of" and not happening.actors and not known.reciprocal


def _as_what(build: Builder, happening: _Happening) -> None:
    """Add the position after "as": "the appointment of Ana as mayor" says that Ana was appointed as mayor."""
    noun = happening.noun
    of = [target for word, target in _targets(build, noun) if word == "of" and build.is_thing(target)]
    posts = [
        t
        for word in (noun, *of)
        for p in children(word, "prep")
        if p.lower_ == "as"
        for t in children(p, "pobj")
    ]
    if len(of) != 1 or len(posts) != 1 or not build.is_thing(posts[0]) or _is_listed(build, posts[0]):
        return
    who = build.argument(of[0], Role.PATIENT)
    known = build.lexicon.noun(f"{noun.lemma_.lower()} of", "Person", build.type_of(who))
    if known is None or known.event_class not in _POSTING or build.type_of(who) != "Person":
        return
    label = f"was {past_participle(known.verbs[0])} as"
    _add(build, happening, who, label, build.phrase(posts[0], Role.ATTRIBUTE))


def _is_listed(build: Builder, noun: Token) -> bool:
    return len(members(noun, build.context)) > 1


def _pairs(build: Builder, happening: _Happening) -> Iterator[tuple[str, Token, Token]]:
    targets = [(word, t) for word, t in _targets(build, happening.noun) if not build.is_amount(t)]
    for word in dict.fromkeys(word for word, _ in targets):
        nouns = [t for w, t in targets if w == word]
        if word == "between" or (word == "of" and not happening.actors):
            yield from ((word, one, other) for one, other in combinations(nouns, 2))
        else:
            yield from ((word, actor, t) for actor in happening.actors for t in nouns)


def _known(build: Builder, noun: Token, word: str, who: Argument, whom: Argument) -> RelationType | None:
    types, lemma = (build.type_of(who), build.type_of(whom)), noun.lemma_.lower()
    known = build.lexicon.noun(f"{lemma} {word}", *types)
    if known is None and word == "between":
        known = build.lexicon.noun(f"{lemma} with", *types)
    return known if known is not None and known.event_class else None


def _participants(build: Builder, happening: _Happening, related: frozenset[Token]) -> None:
    """Add the other participants in the phrase to the event: "the bank's losses", "a drop of 9%".

    They make no statement.
    """
    kind = build.context.parsed.mentions[happening.index].type
    undergone = any(build.context.ontology.is_a(kind, name) for name in _UNDERGONE)
    done = happening.noun.lemma_.lower() in build.context.words("DeedNouns")
    ends = [(actor, Role.PATIENT if undergone else Role.AGENT) for actor in happening.actors]
    for modifier in children(happening.noun, "compound", "nmod"):  # as in "the Norvex meeting"
        if build.context.parsed.is_name(modifier) and _is_agent(build, modifier):
            ends.append((modifier, Role.AGENT))
    for word, target in _targets(build, happening.noun):
        if build.is_amount(target):
            ends.append((target, Role.ATTRIBUTE))
        elif word == "between" or (word == "of" and done and not happening.actors):
            ends.append((target, Role.AGENT))
        elif _is_undergoer(build, happening.noun, word, target) or (word == "in" and undergone):
            ends.append((target, Role.PATIENT))
    for token, role in ends:
        if token not in related:
            who = build.amount(token) if build.is_amount(token) else build.argument(token, role)
            _add(build, happening, who, happening.noun.text, None)


def _is_undergoer(build: Builder, noun: Token, word: str, target: Token) -> bool:
    """Whether the target is the patient, according to the preposition: "an attack on Lima"."""
    if word in ("of", "with", "against"):
        return True
    known = build.lexicon.noun(f"{noun.lemma_.lower()} {word}", "", build.context.parsed.type_of(target))
    return word in _GOALS and known is not None and bool(known.event_class)


def _is_agent(build: Builder, token: Token) -> bool:
    kind = build.context.parsed.type_of(token)
    return any(build.context.ontology.is_a(kind, name) for name in ("Person", "Organization", "Group"))


# -- time and place ------------------------------------------------------------------------------------


def _place_and_date(build: Builder, happening: _Happening) -> None:
    """Add the place and the date of the event: "a two-day summit in Lima"."""
    noun = happening.noun
    place, time = noun_place(noun, build.context), noun_time(noun, build.context)
    itself = build.argument(noun, Role.PATIENT)
    if place >= 0:
        target = build.argument(build.context.parsed.head(place), Role.PLACE)
        _add(build, happening, itself, "in", target, known=build.known("tookPlaceIn"))
    asserted = happening.status.factuality is Factuality.ASSERTED
    if time >= 0 and (not asserted or is_past(noun, time, build.context)):
        expression = build.context.parsed.times[time]
        target = Argument(expression.start, expression.end, expression.text, Role.TIME, time=time)
        _add(build, happening, itself, "on", target, known=build.known("tookPlaceOn"))


def _add(
    build: Builder,
    happening: _Happening,
    who: Argument,
    label: str,
    whom: Argument | None,
    *,
    known: RelationType | None = None,
    surface: str = "",
) -> None:
    place = happening.place
    build.add(
        who,
        build.relation(happening.noun, surface or label, known, label),
        whom,
        at=happening.noun,
        rule="nominal",
        confidence=_CONFIDENCE,
        status=happening.status,
        time=happening.time,
        place=place if whom is None or place != whom.mention else -1,
        event=happening.index if happening.is_event and who.mention != happening.index else -1,
    )


# -- factuality ----------------------------------------------------------------------------------------


def _status(build: Builder, noun: Token, light: Token | None) -> Status:
    if light is not None:
        return build.status(light)
    marks = list(noun.lefts)
    status = build.noun_status(noun)
    for factuality, lists in _MARKS:
        mark = next((each for each in marks if build.context.listed(each.lower_, *lists)), None)
        if mark is not None:
            return Status(factuality, scope=mark).under(status)
    verb = noun
    while verb.pos_ not in ("VERB", "AUX") and verb.head.i != verb.i:
        verb = verb.head
    if verb.pos_ not in ("VERB", "AUX"):
        return status
    outer = build.status(verb)
    holding = build.context.words("HoldingVerbs")
    # in "Ana did not attend the summit in Lima", the summit did take place, without Ana
    absent = outer.factuality is Factuality.NEGATED and verb.lemma_.lower() in build.context.words(
        "PresenceVerbs"
    )
    held = noun.dep_ in ("dobj", "nsubjpass") and verb.lemma_.lower() in holding and not absent
    if held and outer.factuality in _WEAK:
        return outer.under(status)  # not yet an event: "They will hold their summit in Lima"
    wished = verb.lemma_.lower() in build.context.words("WishVerbs") and not _is_setting(noun, verb)
    wanted = wished or _is_feared(build, noun)
    definite = noun_phrases.possessor(noun) is not None or noun_phrases.determiner(noun) in _DEFINITE
    # A definite event is real even if the clause is not: "can be traced to the meeting".
    if wanted or (outer.factuality in _WEAK and not definite):
        return Status(Factuality.POSSIBLE, outer.speaker, verb if wanted else outer.scope).under(status)
    if outer.speaker is not None:
        return Status(Factuality.REPORTED, outer.speaker, outer.scope).under(status)
    return status


def _is_setting(noun: Token, verb: Token) -> bool:
    """Whether the noun is only the occasion of the verb's action: "At their meeting they promised to sign".

    The meeting is then not promised.
    """
    return noun.dep_ == "pobj" and noun.head.head.i == verb.i and noun.head.lower_ in _SETTINGS


def _is_feared(build: Builder, noun: Token) -> bool:
    """Whether a noun marks the event as only possible: "fears of a recession", "the risk of a strike"."""
    above = noun.head.head if noun.dep_ == "pobj" else noun
    return (
        above.i != noun.i
        and above.pos_ == "NOUN"
        and above.lemma_.lower() in build.context.words("UnrealNouns")
    )
