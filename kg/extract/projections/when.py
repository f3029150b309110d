"""The time that a clause or a noun phrase gives for its event.

    On Tuesday Ana Ruiz met Tom Reed.                   Ana Ruiz - met - Tom Reed - Tuesday
    Ana Ruiz, who met Tom Reed on Tuesday, left.        Ana Ruiz - met - Tom Reed - Tuesday
    Ana Ruiz's visit to Lima in October failed.         Ana Ruiz - visited - Lima - October

A clause without a time takes that of a neighbouring clause if both are at the same time: "began talking on
Monday", "died when a bus overturned on Monday", "Arriving on Monday, she thanked Reed"; not "After
arriving on Monday, ...". An event gives its date to its direct effect ("Monday's blast killed two"). A
wrong date is worse than none. Therefore a clause gets no date if it names two, if the date is a bound or
part of a comparison ("since 2019", "up from 2019"), or if the date may belong to a preceding noun ("recalled
the coup in 1979"): `kg.extract.projections.dates_inside`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extract.clauses.clause import Clause, Context, children
from kg.extract.clauses.copula import LINKING
from kg.extract.projections.dates_inside import (
    dates_among,
    is_before_perfect,
    is_day,
    is_of_object,
    is_of_one_object,
    only,
    times_of_cause,
    times_of_noun,
    times_of_setting,
    times_of_verb,
)
from kg.extract.projections.simple_past import is_at_once, is_simple_past, is_step

if TYPE_CHECKING:
    from spacy.tokens import Token

_PERIOD = re.compile(r"(?:\d{4}|XXXX)-(?:\d\d|W)")  # a month, a week, a day


def when(clause: Clause, context: Context) -> int:
    """Index of the time expression that dates the clause, or -1.

    Durations ("for a week") and repetitions ("every week") do not date it.
    """
    verb: Token = clause.verb
    if clause.times is not None:
        return only(dates_among(clause.times, context), context)
    own = _of_opening(dates_among(times_of_verb(verb, context), context), verb)
    if own and not is_before_perfect(verb, own[0], context):
        each = is_of_object(verb, own[0], context) or is_of_one_object(clause, own[0], context)
        return -1 if each else only(own, context)
    setting = dates_among([*times_of_setting(verb, context), *times_of_cause(clause, context)], context)
    if setting and not is_before_perfect(verb, setting[0], context):
        return only(setting, context)
    found = (read(verb, context) for read in (_taken_up, _shared, _of_last, _by_which, _beside))
    return next((time for time in found if time >= 0), -1)


def noun_time(noun: Token, context: Context) -> int:
    """Index of the time expression in the noun's phrase ("the meeting in October"), or -1."""
    return only(dates_among(times_of_noun(noun, context), context), context)


def is_past(noun: Token, time: int, context: Context) -> bool:
    """Whether the event of a noun with a date is certainly past: "lost the 2022 election".

    Not in "candidates for the 2030 polls", "They will talk at the fair in May", "The fair in May is
    large", unless the date itself precedes that of the article.
    """
    published, finish = context.parsed.document.metadata.date, context.parsed.times[time].finish
    if published and finish and finish < published[: len(finish)]:
        return True
    token = noun
    while token.head.i != token.i:
        ahead = token.dep_ == "pobj" and token.head.lower_ in context.words("AheadWords")
        token = token.head
        if ahead or token.dep_ == "aux":
            return False
        if token.pos_ in ("VERB", "AUX"):
            auxiliaries = children(token, "aux", "auxpass")
            if any(a.tag_ in ("MD", "TO") for a in auxiliaries):
                return False
            if token.tag_ == "VBD" or any(a.tag_ == "VBD" or a.lemma_ == "have" for a in auxiliaries):
                return True
            if token.tag_ in ("VBZ", "VBP") or auxiliaries:
                return False
    return False


def _taken_up(verb: Token, context: Context) -> int:
    """Index of the date that "when" refers to, or -1: "since November, when they met".

    -1 for "in 2019, when she had left": she left earlier.
    """
    if any(auxiliary.lemma_ in ("have", "will") for auxiliary in children(verb, "aux")):
        return -1
    for word in verb.lefts:
        if word.lower_ == "when" and word.i > 1:
            before = word.nbor(-2) if word.nbor(-1).text == "," else word.nbor(-1)
            index = context.parsed.time_of.get(before.i, -1)
            return index if dates_among([before], context, bounded=True) else -1
    return -1


def _shared(verb: Token, context: Context) -> int:
    """Index of the time of the governing clause, if the verb's event is at the same time, or -1.

    As in "began talking on Monday", "traveled to Lima in May, passing through Cusco". A time before
    coordinated verbs dates all of them if it is a day, week or month ("On Friday they met and talked", "On
    Friday, Lima won; Quito lost"). A longer time dates only the first verb ("In 1990 they met and talked"),
    and so does a time after the first verb ("They met on Friday and talked").
    """
    while verb.head.pos_ in ("VERB", "AUX") and _is_of_one_time(verb, context):
        joined, verb = verb.dep_ == "conj", verb.head
        own = dates_among(times_of_verb(verb, context), context)
        if not own:
            continue
        found = only(own, context)
        if found < 0 or is_of_object(verb, own[0], context):
            return -1
        before = own[0].i < verb.i and _PERIOD.match(context.parsed.times[found].value)
        return found if before or not joined else -1
    return -1


def _of_opening(dates: list[Token], verb: Token) -> list[Token]:
    """The dates, without those after the first participle that follows the verb.

    In "Last week Norvex released a list of calls made by Tom Reed in July", the parser attaches July to
    "released".
    """
    if not dates or dates[0].i > verb.i:
        return dates
    participles = [t.i for t in verb.doc[verb.i : dates[-1].i] if t.dep_ == "acl" and verb.is_ancestor(t)]
    return [date for date in dates if not participles or date.i < participles[0]]


def _of_last(verb: Token, context: Context) -> int:
    """Index of the time after the last of several verbs with one object, or -1.

    As in "fired and landed a shot on Monday".
    """
    for last in children(verb, "conj"):
        between = verb.doc[verb.i + 1 : last.i]
        bare = all(token.dep_ == "cc" for token in between) and not children(last, "nsubj", "nsubjpass")
        if bare and last.tag_ == verb.tag_ and children(last, "dobj", "prep"):
            own = dates_among(times_of_verb(last, context), context)
            return only(own, context) if own and not is_of_object(last, own[0], context) else -1
    return -1


def _by_which(verb: Token, context: Context) -> int:
    """Index of the main clause's time if the verb is a gerund that says how its event happened, or -1.

    As in "On Monday Ana won the cup by beating Tom", "The match ended with Lima winning on Monday".
    """
    preposition, main = verb.head, verb.head.head
    inside = verb.dep_ == "pcomp" and verb.tag_ == "VBG" and preposition.lower_ in ("by", "with")
    if not inside or not is_step(main, context) or verb.lemma_.lower() in context.words("StateVerbs"):
        return -1
    own = dates_among(times_of_verb(main, context), context)
    return only(own, context) if own and not is_of_object(main, own[0], context) else -1


def _is_of_one_time(verb: Token, context: Context) -> bool:
    """Whether the verb's event is at the time of its governor."""
    lemma = verb.head.lemma_.lower()
    if verb.dep_ == "xcomp":
        found = verb.tag_ in ("VBN", "VBG") and lemma in context.words("FindingVerbs")
        return found or lemma in context.words("ImplicativeVerbs")  # as in "was found hidden there in March"
    if verb.dep_ == "advcl":  # a past participle has another time: "born in Lima, she died on Monday"
        if is_at_once(verb, context):
            return True
        own = children(verb, "mark", "nsubj", "aux")
        return verb.tag_ == "VBG" and not own and verb.lemma_.lower() not in context.words("StateVerbs")
    if verb.dep_ != "conj" or any(a.lemma_ not in ("be", "do") for a in children(verb, "aux", "auxpass")):
        return False
    if verb.tag_ in ("VBZ", "VBP") and is_simple_past(verb.head):
        return False  # the second verb is in the present: "On Monday she bought Norvex and enjoys it"
    subjects = children(verb, "nsubj", "nsubjpass")
    return not subjects or bool(_linked(verb)) or _is_side_by_side(verb, subjects[0], context)


def _beside(verb: Token, context: Context) -> int:
    """Index of the time of a clause that says when the verb's event happened, or -1.

    As in "died when a bus overturned on Monday", "Arriving in Lima on Monday, she met Reed", "Speaking in
    Lima on Monday, she said ...".
    """
    if not is_step(verb, context):
        return -1
    for clause in (*children(verb, "advcl"), *_participles_of_subject(verb, context)):
        own = dates_among(times_of_verb(clause, context), context)
        if not own or is_of_object(clause, own[0], context):
            continue
        if is_at_once(clause, context) or (is_day(own[0], context) and _opens(clause, verb, context)):
            return only(own, context)
    return -1


def _opens(participle: Token, verb: Token, context: Context) -> bool:
    """Whether a participle shares the time of the main verb: "Arriving on Monday, she ...", "said, speaking
    on Monday".

    Not "Having left on Monday, she ...", "Starting on Monday, ...", "Recalling the strike on Monday, ...".
    """
    if participle.tag_ != "VBG" or children(participle, "mark", "nsubj", "aux"):
        return False
    lemma, main = participle.lemma_.lower(), verb.lemma_.lower()
    if lemma in context.words("SpeakingVerbs") and main in context.words("SpeechVerbs"):
        return True
    other = ("StateVerbs", "LookingVerbs", "SequenceVerbs", "ProgrammedVerbs")
    return participle.dep_ == "advcl" and participle.i < verb.i and not context.listed(lemma, *other)


def _participles_of_subject(verb: Token, context: Context) -> list[Token]:
    """The participles of speaking that the parser attaches to the subject: "Ana, speaking in Lima, said"."""
    if verb.lemma_.lower() not in context.words("SpeechVerbs"):
        return []
    participles = (part for subject in children(verb, "nsubj") for part in children(subject, "acl"))
    return [part for part in participles if part.lemma_.lower() in context.words("SpeakingVerbs")]


def _linked(verb: Token) -> list[Token]:
    """The conjunctions between the governor and the verb: "and" in "Lima won and Quito lost"."""
    return [word for word in children(verb.head, "cc") if word.i < verb.i]


def _is_side_by_side(verb: Token, subject: Token, context: Context) -> bool:
    """Whether two clauses without a conjunction report similar events: "Lima won; Quito lost".

    Not "Lima won; it was the best side".
    """
    alike = verb.tag_ == verb.head.tag_ == "VBD" and not children(verb, "aux", "auxpass")
    lemma = verb.lemma_.lower()
    return alike and subject.pos_ != "PRON" and lemma not in LINKING | context.words("StateVerbs")
