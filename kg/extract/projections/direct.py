"""Claims about the agent, the patient and the recipient of a verb.

    Norvex bought Lumora.           Norvex - bought - Lumora
    Lumora was bought by Norvex.    Norvex - bought - Lumora (an inverted relation)
    Ana gave Tom a book.            Ana - gave - book, Ana - gave to - Tom
    Tom was given a book.           Tom - was given - book
    Ana and Tom met.                Ana - met - Tom (a reciprocal verb; "Ana and Tom sang" is none)
    Ana told the Morning programme that she won.    no claim: the programme is not what she told
    The house lacks a door.         house - has - door (negated)

Excludes the agent of a passive with an object, where "by" may belong to the object ("was given a book by
Ana").
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from kg.extract.lexicon import past_participle
from kg.extract.projections.predicate import Predicate
from kg.model import Factuality, Role

if TYPE_CHECKING:
    from spacy.tokens import Token


def read(predicate: Predicate) -> None:
    """Add the claims, but not for objects that another projection has made part of its relation.

    As "part" is in "took part in".
    """
    if predicate.lemma == "lack" and not predicate.clause.passive:
        _lack(predicate)
    elif predicate.clause.passive:
        _passive(predicate)
    else:
        _active(predicate)


def _active(predicate: Predicate) -> None:
    clause = predicate.clause
    for subject in clause.subjects:
        for target in clause.objects:
            if target not in predicate.taken and not _hears(predicate, target):
                _claim(predicate, subject, target, Role.PATIENT)
        for recipient in clause.recipients:
            _give(predicate, subject, recipient)
    if not clause.objects:
        _reciprocal(predicate)


def _hears(predicate: Predicate, target: Token) -> bool:
    """Whether the object of "tell" is a body or programme that hears it: "told the Morning programme".

    Not "told a story", nor a person, whom the relation `kg:told` takes as its object.
    """
    told = ("AuthoredNouns", "MessageNouns", "ToldNouns")
    people = predicate.context.parsed.type_of(target) in ("Person", "Group", "")
    return (
        predicate.lemma == "tell"
        and not people
        and not predicate.context.listed(target.lemma_.lower(), *told)
    )


def _claim(predicate: Predicate, subject: Token, target: Token, role: Role) -> None:
    build = predicate.build
    if not build.is_thing(subject):
        return
    who, whom = build.argument(subject, predicate.doer), predicate.target(target, role)
    known = predicate.known(predicate.key(), build.type_of(who), build.type_of(whom))
    predicate.add(who, predicate.relation(predicate.surface(), known, predicate.label()), whom)


def _give(predicate: Predicate, subject: Token, recipient: Token) -> None:
    build = predicate.build
    if not build.is_thing(subject):
        return
    who, whom = build.argument(subject, Role.AGENT), build.argument(recipient, Role.RECIPIENT)
    known = predicate.known(predicate.key("to"), build.type_of(who), build.type_of(whom))
    bare = recipient.dep_ == "dative"  # without "to": "gave Tom a book"
    surface = predicate.surface("" if bare else "to")
    predicate.add(who, predicate.relation(surface, known, predicate.label("to")), whom)


def _reciprocal(predicate: Predicate) -> None:
    for one, other in combinations(predicate.clause.subjects, 2):
        who, whom = predicate.build.argument(one, Role.AGENT), predicate.build.argument(other, Role.AGENT)
        types = predicate.build.type_of(who), predicate.build.type_of(whom)
        known = predicate.known(predicate.key(), *types)
        # sitting together is not reciprocal: "sat down at the table"
        if known is None and not predicate.clause.complements:
            known = predicate.known(predicate.key("with"), *types)
        if known is not None and known.reciprocal:
            predicate.add(who, predicate.relation(predicate.surface(), known), whom)


def _passive(predicate: Predicate) -> None:
    clause, build = predicate.clause, predicate.build
    for patient in clause.subjects:
        if not build.is_thing(patient):
            continue
        if not clause.objects:
            for agent in clause.agents:
                _by(predicate, patient, agent)
        for target in (*clause.objects, *(a for a in clause.attributes if a.pos_ in ("NOUN", "PROPN"))):
            who, what = build.argument(patient, Role.RECIPIENT), predicate.target(target, Role.PATIENT)
            label = f"was {past_participle(predicate.lemma)}"
            predicate.add(who, predicate.relation(predicate.surface(), None, label), what)
    if clause.objects:
        for agent in clause.agents:
            for target in clause.objects:
                who, what = build.argument(agent, Role.AGENT), predicate.target(target, Role.PATIENT)
                known = predicate.known(predicate.key(), build.type_of(who), build.type_of(what))
                relation = predicate.relation(predicate.surface(), known, predicate.active_label())
                predicate.add(who, relation, what)


def _by(predicate: Predicate, patient: Token, agent: Token) -> None:
    build = predicate.build
    whom, who = build.argument(patient, Role.PATIENT), build.argument(agent, Role.AGENT)
    known = predicate.known(predicate.key(), build.type_of(who), build.type_of(whom))
    if known is not None and not known.stative and predicate.is_under_way:
        known = None  # not built yet: "is being built by Norvex"
    participle = f"{predicate.verb.lower_} by"
    state = build.lexicon.adjective(participle, build.type_of(whom), build.type_of(who))
    if known is None and state is not None and not predicate.habit:
        predicate.add(whom, predicate.relation(predicate.surface("by"), state), who)
        return
    relation = predicate.relation(predicate.surface("by"), known, predicate.active_label(), inverted=True)
    predicate.add(whom, relation, who)


def _lack(predicate: Predicate) -> None:
    predicate.status = type(predicate.status)(Factuality.NEGATED, predicate.status.speaker)
    has = predicate.relation(predicate.surface(), predicate.build.known("has"))
    for subject in filter(predicate.build.is_thing, predicate.clause.subjects):
        who = predicate.build.argument(subject, Role.PATIENT)
        for target in predicate.clause.objects:
            predicate.add(who, has, predicate.target(target, Role.PATIENT))
