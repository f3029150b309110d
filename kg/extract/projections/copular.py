"""What somebody or something is.

    Ana Ruiz is a pilot.                    Ana Ruiz - is - a pilot
    Ana is married to Tom.                  Ana - married to - Tom
    Ana is 63 years old.                    Ana - age - 63
    The sound was 140 dB.                   sound - is - 140 dB
    The site is unreachable.                site - is - unreachable
    Ana Ruiz was elected mayor.             Ana Ruiz - holds position - mayor
    Ana Ruiz served as mayor.               Ana Ruiz - formerly held position - mayor

Excludes "It is clear that ..." ("it" stands for the clause), and "is likely to win", whose claim is that
of the infinitive (`kg.extract.clauses.control`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.clauses.clause import children
from kg.extract.phrases.roles import Saying, describe
from kg.extract.projections.predicate import Predicate
from kg.model import Role

if TYPE_CHECKING:
    from spacy.tokens import Token


def read(predicate: Predicate) -> None:
    """Add the claims about the subjects of a copular clause."""
    for subject in predicate.clause.subjects:
        if _is_empty(predicate, subject) or not predicate.build.is_thing(subject):
            continue
        for attribute in map(_one_of, predicate.clause.attributes):
            if _is_score(attribute) or _was_age(predicate, subject, attribute):
                continue
            if _is_measure(attribute):
                _measure(predicate, subject, attribute)
            elif attribute.pos_ in ("NOUN", "PROPN"):
                describe(predicate.build, subject, attribute, _saying(predicate, predicate.trust))
                predicate.made += 1
            elif attribute.pos_ in ("ADJ", "VERB", "ADV"):
                _adjective(predicate, subject, attribute)


def object_predicate(predicate: Predicate) -> None:
    """Add the office for which somebody is chosen: "They elected Ana mayor", "Ana was elected mayor"."""
    clause = predicate.clause
    if predicate.lemma not in predicate.context.words("AppointingVerbs"):
        return
    for target in clause.subjects if clause.passive else clause.objects:
        for attribute in clause.attributes:
            if attribute.pos_ in ("NOUN", "PROPN"):
                describe(predicate.build, target, attribute, _saying(predicate, predicate.trust - 0.1))


def serving(predicate: Predicate) -> None:
    """Add the role after "as" in "Ana served as finance minister"; its noun goes into `predicate.taken`."""
    if predicate.clause.passive or predicate.lemma not in predicate.context.words("ServingVerbs"):
        return
    nouns = [c.head for c in predicate.clause.complements if c.preposition == "as" and c.head.pos_ == "NOUN"]
    for subject in filter(predicate.build.is_thing, predicate.clause.subjects):
        for noun in nouns:
            describe(predicate.build, subject, noun, _saying(predicate, predicate.trust))
    predicate.made += len(nouns)
    predicate.taken.update(nouns)


def _saying(predicate: Predicate, confidence: float) -> Saying:
    # In "was elected mayor in May", the time only says when the office began.
    time = predicate.time if predicate.lemma == "be" else -1
    return Saying(predicate.verb, predicate.surface(), predicate.rule, confidence, predicate.status, time)


def _is_measure(attribute: Token) -> bool:
    """Whether the attribute is a measure: "is 140 dB", "was 12,000"; not "are two sisters"."""
    before = [number for number in children(attribute, "nummod") if number.i < attribute.i]
    number = attribute if attribute.pos_ == "NUM" else next(iter(before), None)
    return number is not None and number.text[:1].isdigit() and attribute.tag_ != "NNS"


def _is_score(attribute: Token) -> bool:
    """Whether the number is the first half of a score: "was only 2-1 down"."""
    doc, at = attribute.doc, attribute.i + 1
    dashed = at + 1 < len(doc) and doc[at].text in ("-", "–")
    return attribute.text.isdigit() and dashed and doc[at + 1].text[:1].isdigit()


def _was_age(predicate: Predicate, subject: Token, attribute: Token) -> bool:
    """Whether a bare number is somebody's age at an earlier time: "won two races when she was just 14"."""
    if attribute.pos_ != "NUM" or not attribute.text.isdigit() or predicate.verb.tag_ != "VBD":
        return False
    mention = predicate.context.parsed.mention(subject)
    return subject.lower_ in ("he", "she") or (mention is not None and mention.type == "Person")


def _measure(predicate: Predicate, subject: Token, attribute: Token) -> None:
    build = predicate.build
    who, first = build.argument(subject, Role.PATIENT), attribute.left_edge.i
    words = build.words(first, attribute.i + 1, Role.ATTRIBUTE)
    predicate.add(who, predicate.relation(predicate.surface(), build.known("describedAs")), words)


def _adjective(predicate: Predicate, subject: Token, adjective: Token) -> None:
    build = predicate.build
    who = build.argument(subject, Role.PATIENT)
    if (years := _years(adjective)) is not None:
        age = build.words(years.i, years.i + 1, Role.ATTRIBUTE)
        predicate.add(who, predicate.relation(f"{predicate.surface()} old", build.known("age")), age)
        return
    if _is_worth(adjective):
        return
    for preposition in children(adjective, "prep"):
        for target in children(preposition, "pobj"):
            if not build.is_thing(target):
                continue
            other = build.argument(target, Role.OTHER)
            key = f"{adjective.lower_} {preposition.lower_}"
            known = build.lexicon.adjective(key, build.type_of(who), build.type_of(other))
            tense = "was" if predicate.verb.tag_ in ("VBD", "VBN") else "is"
            surface = f"{predicate.surface()} {key}"
            predicate.add(who, predicate.relation(surface, known, f"{tense} {key}"), other)
            return
    if children(adjective, "xcomp", "ccomp"):
        return
    before = [c.left_edge.i for c in adjective.lefts if c.dep_ in ("advmod", "amod", "npadvmod")]
    words = build.words(min([adjective.i, *before]), adjective.i + 1, Role.ATTRIBUTE)
    predicate.add(who, predicate.relation(predicate.surface(), build.known("describedAs")), words)


def _is_worth(adjective: Token) -> bool:
    """Whether an amount follows "worth": "is worth $7m a year for the clinic".

    Then the amount is what is predicated, not the clinic.
    """
    return adjective.lower_ == "worth" and bool(children(adjective, "dobj", "npadvmod"))


def _years(adjective: Token) -> Token | None:
    """The number in "63 years old"; None for other adjectives."""
    for measure in children(adjective, "npadvmod"):
        if adjective.lower_ == "old" and measure.lemma_ == "year":
            return next(iter(children(measure, "nummod")), None)
    return None


def _is_empty(predicate: Predicate, subject: Token) -> bool:
    """Whether the subject is the "it" of "It is clear that ...", which stands for the clause after it."""
    governors = (predicate.verb, *children(predicate.verb, "acomp", "attr"))
    return subject.lower_ == "it" and any(
        child.dep_ in ("ccomp", "xcomp", "csubj", "advcl")
        for governor in governors
        for child in governor.rights
    )


def _one_of(attribute: Token) -> Token:
    """The noun that is predicated: "founders" in "is one of the founders"; otherwise the attribute itself."""
    if attribute.lower_ in ("one", "some", "part") and attribute.pos_ != "NOUN":
        for preposition in children(attribute, "prep"):
            for noun in children(preposition, "pobj"):
                if preposition.lower_ == "of" and noun.pos_ in ("NOUN", "PROPN"):
                    return noun
    return attribute
