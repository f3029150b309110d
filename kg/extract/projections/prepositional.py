"""Claims about the verb's prepositional complements.

    Tom apologised to Ana.                  Tom - apologised to - Ana
    Ana took part in the race.              Ana - took part in - race (verb, noun and preposition)
    Tom was born in Lima.                   Tom - born in - Lima (the lexicon's key is the participle)
    Police accused Tom of theft.            Tom - accused of - theft

Excludes complements that only add to a clause with an object ("beat him on points", "withdrew money from the
bank"), and the place of the event, if the clause has another complement.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.clauses.clause import Complement, children
from kg.extract.lexicon import past_participle
from kg.extract.projections.predicate import Predicate
from kg.language import noun_phrases
from kg.model import Role

if TYPE_CHECKING:
    from spacy.tokens import Token


def noun_relations(predicate: Predicate) -> None:
    """Add the relations of the lexicon for verb, noun and preposition ("took part in").

    Their nouns go into `predicate.taken`, so that they make no other claims.
    """
    clause = predicate.clause
    for noun in () if clause.passive or predicate.is_judging else clause.objects:
        if noun_phrases.determiner(noun) in ("this", "that"):
            continue
        own = [Complement(p.lower_, t) for p in children(noun, "prep") for t in children(p, "pobj")]
        for complement in (*own, *clause.complements):
            if _noun_relation(predicate, noun, complement):
                predicate.taken.add(noun)
                break


def _noun_relation(predicate: Predicate, noun: Token, complement: Complement) -> bool:
    build, found = predicate.build, False
    end = f"{noun.lemma_.lower()} {complement.preposition}"
    # The adjective may decide: "took legal action against the firm" means that it was sued, "took action
    # against the firm" that it was punished.
    kinds = [word.lower_ for word in children(noun, "amod") if word.i == noun.i - 1]
    keys = [predicate.key(words) for words in (*(f"{kind} {end}" for kind in kinds), end)]
    for subject in predicate.clause.subjects:
        who, other = build.argument(subject, Role.AGENT), build.argument(complement.head, Role.OTHER)
        some = (predicate.known(key, build.type_of(who), build.type_of(other)) for key in keys)
        known = next((relation for relation in some if relation is not None), None)
        if known is not None and build.is_thing(subject):
            surface = f"{predicate.surface()} {noun.text} {complement.preposition}"
            predicate.add(who, predicate.relation(surface, known), other)
            found = True
    return found


def read(predicate: Predicate) -> None:
    """Add the claims about the prepositional complements."""
    for complement in predicate.clause.complements:
        if (
            complement.preposition == "by" and predicate.clause.passive
        ) or complement.head in predicate.taken:
            continue
        if complement.preposition == "as" and predicate.is_judging:
            continue
        if _is_denied(complement):
            continue
        if not predicate.is_target(complement.head):
            continue
        if any(not predicate.build.is_amount(noun) for noun in predicate.clause.objects):
            _of_object(predicate, complement)
        else:
            _of_subject(predicate, complement)


def _is_denied(complement: Complement) -> bool:
    """Whether the complement is negated: "slept on the boat and not in the house"."""
    above = complement.head.head
    while above.dep_ == "prep" and above.head.dep_ == "prep":
        above = above.head
    before = above.nbor(-1) if above.i else above
    return above.dep_ == "prep" and before.lower_ == "not" and before.head.pos_ != "AUX"


def _of_subject(predicate: Predicate, complement: Complement) -> None:
    build, clause = predicate.build, predicate.clause
    other = predicate.target(complement.head, _role(predicate, complement))
    for subject in clause.subjects:
        if not build.is_thing(subject):
            continue
        who = build.argument(subject, predicate.doer)
        types = build.type_of(who), build.type_of(other)
        if clause.passive:
            # The verb's own key would make the subject the agent, which is unknown.
            participle = f"{predicate.verb.lower_} {complement.preposition}"
            # With an office, "after" gives the time, not a namesake: "was named captain after the match".
            known = (
                None if predicate.habit or clause.attributes else build.lexicon.adjective(participle, *types)
            )
        else:
            known = predicate.known(predicate.key(complement.preposition), *types)
        if known is None and _adds_little(predicate, complement):
            continue
        label = predicate.label(complement.preposition)
        relation = predicate.relation(predicate.surface(complement.preposition), known, label)
        predicate.add(who, relation, other, less=0.12)


def _adds_little(predicate: Predicate, complement: Complement) -> bool:
    others = [c for c in predicate.clause.complements if c is not complement]
    manner = predicate.context.words("MannerNouns")
    if complement.preposition == "with" and complement.head.lemma_.lower() in manner:
        return True  # the manner, not a participant: "left with a sigh"
    if predicate.clause.objects and complement.preposition not in ("to", "against"):
        return True  # says little without the sum: "received $59 million for her work"
    if complement.preposition == "as" and others:
        return True  # the star is "him", not the subject: "referred to him as a star"
    places = predicate.context.words("PlacePrepositions")
    closer = any(c.preposition not in places for c in others)
    where = complement.preposition in places
    if where and children(predicate.verb, "xcomp") and _is_setting(predicate, complement.head):
        return True  # the occasion of the promise: "promised at their meeting to sign"
    return predicate.has_content() or (where and closer and predicate.context.is_place(complement.head))


def _is_setting(predicate: Predicate, noun: Token) -> bool:
    """Whether the noun is a place or occasion: "in Lima", "at their meeting"."""
    kind = predicate.parsed.type_of(noun)
    return predicate.context.is_place(noun) or predicate.context.ontology.is_a(kind, "Event")


def _of_object(predicate: Predicate, complement: Complement) -> None:
    """Add the relation that a participle expresses between object and complement.

    As in "accused Tom of theft": Tom is accused of theft.
    """
    if predicate.clause.passive or predicate.habit or not predicate.build.is_thing(complement.head):
        return
    build = predicate.build
    participle = f"{past_participle(predicate.lemma)} {complement.preposition}"
    for noun in predicate.clause.objects:
        if not build.is_thing(noun):
            continue
        who, other = build.argument(noun, Role.PATIENT), build.argument(complement.head, Role.OTHER)
        known = build.lexicon.adjective(participle, build.type_of(who), build.type_of(other))
        if known is not None:
            surface = predicate.surface(complement.preposition)
            predicate.add(who, predicate.relation(surface, known), other, less=0.1)


def _role(predicate: Predicate, complement: Complement) -> Role:
    context, preposition = predicate.context, complement.preposition
    if preposition in context.words("PlacePrepositions") and context.is_place(complement.head):
        return Role.PLACE
    if preposition in context.words("ExtentPrepositions") and predicate.build.is_amount(complement.head):
        return Role.ATTRIBUTE
    return Role.RECIPIENT if preposition == "to" else Role.OTHER
