"""The factuality of a clause: asserted, reported, planned, possible, or negated.

    Ana did not sign.  Ana failed to sign.          negated
    Ana may sign.  If Ana signs, ...  Will she?     possible
    Ana will sign.  Ana plans to sign.              planned
    Tom said that Ana signed.                       reported by Tom
    Ana managed to sign.  Ana, who signed, left.    asserted

A clause has marks of its own (negation, modal verb, conjunction) and inherits from the clauses that govern
it; the strongest mark wins, in the order negated, possible, planned, reported. See Karttunen 1971 on
implicative verbs, and FactBank (Saurí and Pustejovsky 2009) on what a clause inherits. In doubt a clause is
possible, not asserted.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kg.extract.clauses.clause import Context, children, dependents
from kg.extract.clauses.coordination import joined_to, telling_above
from kg.extract.clauses.parenthesis import speaker_of, speech_verb
from kg.extract.clauses.ranked import ranked_noun
from kg.extract.reality.circumstances import circumstance
from kg.extract.reality.contents import content
from kg.extract.reality.governors import (
    FINITE,
    asking_word,
    governor_of,
    if_wanted,
    is_bare,
    is_mistaken_infinitive,
)
from kg.extract.reality.infinitives import governed, to_of
from kg.extract.reality.modality import besides_denial, own_status
from kg.extract.reality.modifiers import modifier
from kg.extract.reality.polarity import negator
from kg.extract.reality.quoting import Speech
from kg.extract.reality.said_clauses import teller
from kg.extract.reality.sources import according_to, alleged
from kg.extract.reality.status import Status
from kg.model import Factuality

if TYPE_CHECKING:
    from spacy.tokens import Token

_FACT = Status()
_HOPING = ("hope", "fear", "pray")  # what one hopes or fears may or may not be so


def status(verb: Token, context: Context, speech: Speech) -> Status:
    """The status of the clause headed by this verb; it depends on all governors of the clause."""
    if verb.i not in speech.statuses:
        speech.statuses[verb.i] = _status(verb, context, speech, own_status(verb, context))
    return speech.statuses[verb.i]


def undenied(verb: Token, context: Context, speech: Speech) -> Status:
    """The status of a clause if its negation is part of an argument: "Ana found no survivors" asserts that
    she found "no survivors".
    """
    return _status(verb, context, speech, besides_denial(verb, context))


def _status(verb: Token, context: Context, speech: Speech, own: Status) -> Status:
    quoted = speech.quoted(verb)
    outer = _inherited(verb, context, speech)
    if own.factuality is Factuality.NEGATED and _is_left_open(verb, context):
        own = Status(Factuality.POSSIBLE, scope=own.scope)
    found = own.under(outer)
    if quoted is not None:
        found = found.under(Status(Factuality.REPORTED, quoted.speaker, quoted.verb))
    set_in = speech_verb(verb, context)
    if set_in is not None:
        found = found.under(Status(Factuality.REPORTED, speaker_of(set_in, context), set_in))
    source = according_to(verb, context) or alleged(verb)
    if source is not None:
        found = found.under(source)
    answer = speech.answer(verb)
    return found if answer is None else found.under(answer)


def says_reverse(verb: Token, context: Context) -> bool:
    """Whether the clause leaves something open, but says that it probably does not or should not happen.

    As in "should not rise", "may not rise", "is unlikely to rise", "told Tom not to sign". The status is
    "possible", but a claim without the negation would say the reverse.
    """
    own = own_status(verb, context)
    if own.factuality is Factuality.POSSIBLE and negator(verb, context) is not None:
        return own.scope is not None and own.scope.lower_ in context.words("OpenModals")
    if own.factuality is Factuality.NEGATED:
        return _is_left_open(verb, context)
    unlikely = verb.head.lower_ in context.words("UnlikelyAdjectives")
    return unlikely and verb.dep_ == "xcomp"


def _is_left_open(verb: Token, context: Context) -> bool:
    """Whether a negated content clause leaves open what happened.

    As in "told Tom not to sign", "promised not to sign", "whispered so as not to wake her", "made sure
    they did not sign", "hopes they did not sign".
    """
    governor = governor_of(verb)
    if governor is None:
        return False
    lemma = governor.lemma_.lower()
    if to_of(verb) is not None:
        open_ = context.listed(lemma, "AskingVerbs", "SpeechVerbs") or lemma == "agree"
        return verb.dep_ == "advcl" or open_  # may sign, in spite of the promise: "promised not to sign"
    sure = lemma == "ensure" or any(child.lower_ == "sure" for child in dependents(governor))
    return verb.dep_ == "ccomp" and (sure or verb.head.lower_ == "sure" or lemma in _HOPING)


# -- the effect of the governor --------------------------------------------------------------------------


def _inherited(verb: Token, context: Context, speech: Speech) -> Status:
    while verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX"):
        wanted = _wanted_beside(verb, context)
        if wanted is not None:
            return Status(Factuality.PLANNED, scope=wanted).under(status(wanted, context, speech))
        verb = telling_above(verb, context) or _question_beside(verb) or _beside(verb)
    governor, label = governor_of(verb), verb.dep_
    noun = ranked_noun(verb, context)
    if noun is not None and noun.dep_ == "attr":
        above = status(noun.head, context, speech)
        # she may have led it: "was not the first to lead it"
        doubted = above.factuality is Factuality.NEGATED
        return Status(Factuality.POSSIBLE, above.speaker, above.scope) if doubted else above
    telling = teller(verb, context)
    if telling is not None:
        return _content(verb, telling, context, speech)
    if label in ("acl", "relcl"):
        return modifier(verb, governor, context, partial(status, context=context, speech=speech))
    if governor is None:
        # an infinitive without a governor is planned, as in the headline "Ruiz to visit Lima"
        planned = is_bare(verb) and not is_mistaken_infinitive(verb)
        return Status(Factuality.PLANNED, scope=to_of(verb)) if planned else _FACT
    if label == "xcomp" or (
        label == "ccomp" and is_bare(verb) and not _is_mistagged(verb, governor, context)
    ):
        return governed(
            verb,
            governor,
            status(governor, context, speech),
            context,
            partial(undenied, governor, context, speech),
        )
    if (
        label == "ccomp"
        and verb.tag_ == "VBN"
        and context.clause(verb).passive
        and not children(verb, "mark", "auxpass")
    ):
        above = status(governor, context, speech)  # not a content clause: "held the gates closed"
        return if_wanted(governor, above, context)
    if label == "ccomp":
        return _content(verb, governor, context, speech)
    if label in ("advcl", "pcomp", "prep"):
        return circumstance(verb, governor, context, speech, partial(status, context=context, speech=speech))
    if label in ("parataxis", "dep", "csubj", "csubjpass"):
        return status(governor, context, speech) if label.startswith("csubj") else _FACT
    return _FACT


def _content(verb: Token, governor: Token, context: Context, speech: Speech) -> Status:
    return content(
        verb,
        governor,
        status(governor, context, speech),
        context,
        partial(status, context=context, speech=speech),
        partial(_inherited, governor, context, speech),
    )


def _beside(verb: Token) -> Token:
    """The verb with which this one is coordinated.

    The parser takes the nearest verb, sometimes wrongly: in "Her aim was to open a mill, but by May that
    was done", the last clause is coordinated with "was", since it is finite and has a subject.
    """
    first = joined_to(verb)
    contrast = any(word.lower_ == "but" and word.dep_ == "cc" for word in verb.doc[first.i : verb.i])
    # as in "was to win but lost"
    past = contrast and verb.tag_ in ("VBD", "VBZ") and not children(verb, "aux", "auxpass")
    tensed = verb.tag_ in FINITE or any(child.tag_ in FINITE for child in children(verb, "aux", "auxpass"))
    if not tensed or not (past or children(verb, "nsubj", "nsubjpass")):
        return first
    while to_of(first) is not None and first.dep_ in ("xcomp", "advcl", "acl"):
        above = governor_of(first)
        if above is None or above.i > first.i:
            break
        first = above
    return first


def _question_beside(verb: Token) -> Token | None:
    """The verb of the first of two embedded questions, if the parser attaches the second to the main verb.

    "sank" for "left" in "asked how it sank, why they left"; None if there is no such pair.
    """
    if asking_word(verb) is None:
        return None
    before = verb.doc[verb.head.i : verb.left_edge.i]
    return next((t for t in before if t.dep_ == "ccomp" and asking_word(t) is not None), None)


def _wanted_beside(verb: Token, context: Context) -> Token | None:
    """The verb of wanting that governs a participle after "and" which the parser takes for a past tense.

    "wants" for "closed" in "wants them to leave and the gates closed"; None for other verbs.
    """
    above = verb.head
    alone = verb.dep_ == "conj" and verb.tag_ == "VBD" and not children(verb, "aux", "auxpass")
    present = above.tag_ in ("VBZ", "VBP") and above.lemma_.lower() in context.words("WantingVerbs")
    asked = any(to_of(child) is not None for child in children(above, "ccomp", "xcomp"))
    return above if alone and present and asked else None


def _is_mistagged(verb: Token, governor: Token, context: Context) -> bool:
    """Whether a finite verb is tagged as a bare infinitive: "said: “The songs bring joy”".

    "Say" governs no bare infinitive; "ask" may.
    """
    subjects = children(verb, "nsubj", "nsubjpass") and not children(verb, "aux")
    said = governor.lemma_.lower() in context.words("SpeechVerbs")
    return (
        bool(subjects)
        and said
        and not context.listed(governor.lemma_.lower(), "AskingVerbs", "ProposingVerbs")
    )
