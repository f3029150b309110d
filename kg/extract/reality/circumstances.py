"""The status of adverbial clauses, and of gerunds and participles after prepositions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.clauses.clause import Context, children
from kg.extract.clauses.participles import thanked
from kg.extract.reality.authors import saying_above, speech_of_governor
from kg.extract.reality.governors import FINITE, asking_word, governor_of, is_told_past
from kg.extract.reality.infinitives import is_abstention, purpose, to_of
from kg.extract.reality.quoting import Speech
from kg.extract.reality.status import TOLD, Status, StatusOf
from kg.model import Factuality

if TYPE_CHECKING:
    from spacy.tokens import Token

_FACT = Status()


def circumstance(
    verb: Token, governor: Token, context: Context, speech: Speech, status_of: StatusOf
) -> Status:
    """The status of an adverbial clause, or of a gerund or participle after a preposition."""
    if _is_won(verb, governor, context):
        governor = governor_of(governor) or governor
    above = status_of(governor)
    saying = saying_above(verb, context)
    if saying is not None:  # the same speaker goes on: "said she was glad, adding that ..."
        return status_of(saying)
    if _is_beside_words(verb, governor, context):
        return _FACT
    outer = above.told()
    if verb.tag_ == "VBG" and to_of(governor) is not None and _is_quoting(verb, speech):
        return outer  # only the liking is uncertain: "seems to like it, saying: “It is warm.”"
    if above.factuality in TOLD and _follows_past(verb, governor, context):
        return outer
    open_ = _of_preposition(verb, governor, above, context, status_of) if verb.dep_ == "pcomp" else None
    if open_ is not None:
        return open_
    to = to_of(verb)
    if to is not None:
        return purpose(verb, to, governor, above, context)
    tensed = verb.tag_ == "VBD" or any(child.tag_ == "VBD" for child in children(verb, "aux", "auxpass"))
    perfect = verb.dep_ == "advcl" and any(child.lower_ == "having" for child in children(verb, "aux"))
    if perfect and not children(verb, "mark"):
        return outer  # a cause that is a fact: "no longer rules, having lost the crown"
    reason = _is_reason_before(verb, governor, context)
    if tensed or reason or _stands_beside(verb, above, context) or _is_cited(verb, context):
        return outer  # only the suing is uncertain: "may sue, after she was fired"
    before = next((word for word in (*verb.lefts, verb.head) if word.lower_ == "before"), None)
    if before is not None and verb.lemma_ in context.words("ResultVerbs"):
        before = None  # a result, which happened: "peaked at 22 before closing at 21"
    weak = above.factuality in (Factuality.POSSIBLE, Factuality.PLANNED, Factuality.NEGATED)
    by = verb.dep_ == "pcomp" and verb.head.lower_ in context.words("MeansPrepositions")
    loose = (by or verb.dep_ == "advcl") and not children(verb, "mark")
    if above.factuality is Factuality.PLANNED and loose:
        # planned with the main clause: "They will meet in Lima, signing a treaty"
        return Status(Factuality.PLANNED, scope=above.scope).under(outer)
    if weak or before is not None:
        return Status(Factuality.POSSIBLE, scope=before or above.scope).under(outer)
    return outer


def _is_reason_before(verb: Token, governor: Token, context: Context) -> bool:
    """Whether a gerund after "after" led to a decision: "agreed to pay after admitting bribery", "was ordered
    to pay after losing the case".

    Not "plans to retire after winning the cup", which is still to be won.
    """
    above = governor_of(governor)
    if verb.tag_ != "VBG" or verb.head.lower_ != "after" or above is None or governor.dep_ != "xcomp":
        return False
    lemma = above.lemma_.lower()
    if not context.clause(above).passive:
        return lemma == "agree" and _is_tensed_past(above)
    ordered = context.listed(lemma, "AskingVerbs") and not context.listed(lemma, "ExpectingVerbs")
    return ordered and _is_tensed_past(above)


def _is_tensed_past(verb: Token) -> bool:
    """Whether the verb is in the past or the perfect: "agreed", "has agreed", "was ordered"."""
    modal = any(child.tag_ == "MD" for child in children(verb, "aux", "auxpass"))
    has = any(child.lemma_ == "have" for child in children(verb, "aux"))
    return not modal and (has or is_told_past(verb))


def _is_quoting(verb: Token, speech: Speech) -> bool:
    """Whether the verb introduces a quotation and is not quoted itself."""
    quotes = any(each.verb is not None and each.verb.i == verb.i for each in speech.attributions)
    return quotes and not speech.context.parsed.is_quoted(verb)


def _is_won(verb: Token, governor: Token, context: Context) -> bool:
    """Whether the clause gives the result of a request, and so is a fact.

    As in "had asked to host the fair, with Lima winning", where the parser attaches the clause to what was
    asked for.
    """
    with_ = verb.dep_ == "pcomp" and verb.head.lower_ == "with" and bool(children(verb, "nsubj"))
    asked = with_ and to_of(governor) is not None and governor.dep_ in ("xcomp", "advcl")
    above = governor_of(governor) if asked else None
    past = above is not None and is_told_past(above)
    return past and verb.lemma_.lower() in context.words("GainVerbs")


def _is_beside_words(verb: Token, governor: Token, context: Context) -> bool:
    """Whether the participle says what the speaker does: "“We won”, Ana said, recalling the race".

    The parser attaches the participle to the quotation.
    """
    parsed = context.parsed
    outside = verb.tag_ == "VBG" and verb.dep_ == "advcl" and not parsed.is_quoted(verb)
    return outside and parsed.is_quoted(governor) and not children(verb, "mark")


def _follows_past(verb: Token, governor: Token, context: Context) -> bool:
    """Whether the action of a gerund after "before" happened.

    As in "Before coming to Lima, she taught in Oslo", "She stayed in Lima before flying to Oslo", "He was
    treated before being sent home"; not in "She died before coming to Lima", "She was arrested before
    leaving", "She left before even signing".
    """
    auxiliaries = children(governor, "aux", "auxpass")
    past = governor.tag_ == "VBD" or any(word.tag_ == "VBD" for word in auxiliaries)
    if verb.tag_ not in ("VBG", "VBN") or not past or any(word.tag_ == "MD" for word in auxiliaries):
        return False
    opening = verb.doc[min(verb.left_edge.i, verb.head.i) if verb.dep_ == "pcomp" else verb.left_edge.i]
    if opening.lower_ == "to" and opening.i and opening.nbor(-1).lower_ == "prior":
        opening = opening.nbor(-1)
    if opening.lower_ not in ("before", "prior"):
        return False
    being = any(child.lower_ == "being" for child in children(verb, "auxpass"))
    if verb.tag_ == "VBN" and not being:
        return False
    if verb.i < governor.i:
        return opening.is_sent_start is True
    if any(word.lower_ in context.words("CompletionAdverbs") for word in verb.doc[opening.i : verb.i]):
        return False
    lemma = governor.lemma_.lower()
    if context.listed(lemma, "StintVerbs") and verb.lemma_.lower() in context.words("StepVerbs"):
        return True
    if context.listed(lemma, "CuttingVerbs", "AskingVerbs", "SpeechVerbs", "WantingVerbs", "NegativeVerbs"):
        return False
    return being or not context.clause(governor).passive


def _of_preposition(
    verb: Token, governor: Token, above: Status, context: Context, status_of: StatusOf
) -> Status | None:
    """The status that a preposition gives its gerund ("without selling"); None if the action happened ("by
    selling").
    """
    word, outer = verb.head.lower_, above.told()
    if _has_happened(verb, governor, context) or _is_accustomed(verb):
        return None
    if _is_of_attitude(verb, context):
        # a wish at most: "was interested in selling"
        return Status(Factuality.POSSIBLE, scope=verb.head).under(outer)
    instead = word == "of" and verb.head.head.lower_ == "instead"
    instead = instead or _has_no_prospect(verb, context)
    if instead or word in context.words("DenyingPrepositions"):
        return Status(Factuality.NEGATED, scope=verb.head).under(outer)
    if word == "from" and governor.lemma_.lower() in context.words("NegativeVerbs"):
        abstains = is_abstention(governor.lemma_.lower(), above, context)
        # negated: "prevented Tom from leaving"; only possible: "may prevent Tom from leaving"
        done = above.factuality in TOLD or abstains
        return Status(Factuality.NEGATED if done else Factuality.POSSIBLE, scope=governor).under(outer)
    if word == "from" and governor.lemma_.lower() in context.words("ForbiddingVerbs"):
        return Status(Factuality.POSSIBLE, scope=governor).under(outer)
    own_subject = bool(children(verb, "nsubj"))  # an independent fact: "with one visitor saying"
    if word == "with" and own_subject:
        return _accompanied(verb, governor, outer, context, status_of)
    if word == "for" and thanked(verb, context):
        return outer  # who is thanked has done it: "expressed gratitude to Tom for mending it"
    accuser = None
    if governor.lemma_.lower() in context.words("AccusingVerbs") and not own_subject:
        accuser = speech_of_governor(governor, context)  # as in "accused Tom of selling it"
    if word in ("with", "for") and not own_subject and _accuses(governor, context):
        return Status(Factuality.POSSIBLE, accuser, governor).under(outer)  # as in "charged with selling"
    if word in ("about", "of") and _complains(governor, context):  # as in "complained about being followed"
        return Status(Factuality.REPORTED, speech_of_governor(governor, context), governor).under(outer)
    if word == "for" and _is_aim(governor, context):
        return Status(Factuality.PLANNED, scope=verb.head).under(outer)
    if word not in context.words("HappenedPrepositions") or (
        verb.head.dep_ == "prep" and verb.head.head.pos_ not in ("VERB", "AUX")
    ):
        return Status(Factuality.POSSIBLE, accuser, verb.head).under(outer)
    return None


def _accompanied(
    verb: Token, governor: Token, outer: Status, context: Context, status_of: StatusOf
) -> Status | None:
    """The status of a clause with its own subject after "with", if it differs from that of the main clause.

    In "want to host the fair, with Lima paying half", the parser may attach "with" to "want".
    """
    before = (child for child in children(governor, "xcomp") if child.i < verb.i and to_of(child) is not None)
    open_ = (Factuality.PLANNED, Factuality.POSSIBLE)
    planned = any(status_of(child).factuality in open_ for child in before)
    won = verb.lemma_.lower() in context.words("GainVerbs") and is_told_past(governor)
    if planned and not won:
        return Status(Factuality.PLANNED, scope=governor).under(outer)
    held = context.listed(verb.lemma_.lower(), "SpeechVerbs", "BeliefVerbs")
    return outer if held else None  # the predicting is a fact: "will rise, with analysts predicting more"


def _has_happened(verb: Token, governor: Token, context: Context) -> bool:
    """Whether the clause after a preposition happened, because the preposition or its verb says so.

    As in "led to Tom being stranded", "because of Tom being ill", "sailed to where it sank".
    """
    word = verb.head.lower_
    leading = word == "to" and governor.lemma_.lower() in context.words("LeadingVerbs")
    return leading or word == "because" or (asking_word(verb) is not None and is_told_past(verb))


def _is_accustomed(verb: Token) -> bool:
    """Whether the gerund after "to" is a habit: "is accustomed to winning", "are used to hosting it"."""
    return verb.head.lower_ == "to" and verb.head.head.lower_ in ("accustomed", "used")


def _has_no_prospect(verb: Token, context: Context) -> bool:
    """Whether a noun after "no" governs the gerund: "There is no prospect of Ana joining Norvex"."""
    noun = verb.head.head
    listed = verb.head.lower_ == "of" and noun.lemma_.lower() in context.words("ProspectNouns")
    return listed and any(child.lower_ == "no" for child in noun.lefts)


def _complains(governor: Token, context: Context) -> bool:
    """Whether the gerund is what somebody says of the past: "boasted of winning"; not "warned of closing
    it".
    """
    lemma = governor.lemma_.lower()
    told = lemma in context.words("SpeechVerbs") and not context.listed(
        lemma, "AskingVerbs", "UncertainVerbs"
    )
    return told and not context.clause(governor).objects and not context.clause(governor).passive


def _is_aim(governor: Token, context: Context) -> bool:
    """Whether the gerund after "for" is an aim: "called for raising taxes", "met for settling it".

    Not in "apologised for raising them", nor in a passive or after an object, where it may be the reason
    ("is known for it", "fined the bank for selling it").
    """
    clause = context.clause(governor)
    return not (
        clause.objects or clause.passive or governor.lemma_.lower() in context.words("ThankingVerbs")
    ) and not children(governor, "acomp", "attr")


def _is_of_attitude(verb: Token, context: Context) -> bool:
    """Whether the gerund says what an adjective of attitude is about.

    As in "was keen on selling it", "was interested in selling it"; not in "was busy selling it", "was
    quick in selling it", "was proud after selling it". The parser attaches the preposition to the
    adjective or to "was".
    """
    above, words = verb.head.head, context.words
    adjectives = [above] if above.dep_ == "acomp" else children(above, "acomp")
    adjectives = [a for a in adjectives if a.i < verb.i and a.lower_ not in words("EngagedAdjectives")]
    if verb.head.lower_ == "in":
        return any(a.lower_ in words("InterestedAdjectives") for a in adjectives)
    governed = verb.head.lower_ in words("AdjectivePrepositions") and verb.head.i > above.i
    return governed and bool(adjectives)


def _stands_beside(verb: Token, above: Status, context: Context) -> bool:
    """Whether the adverbial clause is a fact whatever the main clause's status: "They have no beds, while
    many are ill".

    Likewise in "cannot come, as she is ill"; not in "will sing while they dance", "did not leave because
    she was ill" (the reason is denied).
    """
    finite = verb.tag_ in ("VBZ", "VBP") or any(
        child.tag_ in ("VBZ", "VBP") for child in children(verb, "aux", "auxpass")
    )
    if not finite or not children(verb, "nsubj", "nsubjpass"):
        return False
    opening = next((word for word in verb.doc[verb.left_edge.i : verb.i] if not word.is_punct), verb)
    if opening.lower_ in ("because", "since") and verb.tag_ == "VBN" and children(verb, "aux"):
        # a fact, unless the main clause is negated: "may resign because Tom has sold the mill"
        return above.factuality in (Factuality.PLANNED, Factuality.POSSIBLE)
    if opening.lower_ in context.words("ConcessiveConjunctions"):
        return True
    apart = opening.is_sent_start is True or (opening.i > 0 and opening.nbor(-1).text == ",")
    if opening.lower_ == "while":
        return apart and above.factuality is not Factuality.PLANNED
    state = verb.lemma_ in ("be", "have")
    return opening.lower_ == "as" and state and any(child.lower_ == "as" for child in children(verb, "mark"))


def _is_cited(verb: Token, context: Context) -> bool:
    """Whether the clause cites a source, so that the saying is a fact: "can be beaten because, as the book
    says, they are few".
    """
    cited = any(child.lower_ == "as" for child in children(verb, "mark", "advmod"))
    cited = cited and not children(verb, "dobj", "xcomp", "ccomp")
    return cited and verb.lemma_.lower() in context.words("SpeechVerbs") and verb.tag_ in FINITE


def _accuses(governor: Token, context: Context) -> bool:
    """Whether the gerund says of what somebody is accused, and so may be false."""
    clause = context.clause(governor)
    done = governor.lower_ in context.words("EngagedAdjectives")  # a fact: "known for selling"
    thankful = done or governor.lemma_.lower() in context.words("ThankingVerbs")
    return not thankful and (clause.passive or bool(clause.objects))
