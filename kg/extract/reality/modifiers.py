"""The status of relative, participial and content clauses that modify a noun ("the claim that ...")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.clauses.clause import Context, children
from kg.extract.clauses.ranked import ranked_noun
from kg.extract.reality.authors import owner_of_words, speech_of_governor, writer
from kg.extract.reality.governors import if_wanted
from kg.extract.reality.modality import is_aside
from kg.extract.reality.status import TOLD, Status, StatusOf
from kg.model import Factuality

if TYPE_CHECKING:
    from spacy.tokens import Token

_FACT = Status()


def modifier(verb: Token, governor: Token | None, context: Context, status_of: StatusOf) -> Status:
    """The status of a clause or participle that modifies a noun: mostly a fact, even if the main clause is
    not.
    """
    # the poll is a fact in "would lose, according to a poll carried out by Norvex"
    above = status_of(governor) if governor is not None and not _is_of_source(verb) else _FACT
    named = above.scope is not None and above.scope.lower_ == "according" and above.scope.is_ancestor(verb)
    # the source does not say this itself: "according to the bank, which owns it"
    outer = _FACT if named else above.told()
    contrasted = _contrasted(verb)
    own = _outside_wish(verb, above, context, status_of)
    if contrasted is not None:
        own = Status(Factuality.NEGATED, scope=contrasted).under(outer)
    if own is not None:
        return own
    if verb.tag_ == "VBN" and verb.head.dep_ == "dobj" and verb.head.head.lemma_ in ("have", "get"):
        return status_of(verb.head.head)  # the same as for "have": "agreed to have the case heard"
    if verb.tag_ == "VBN" and verb.head.dep_ == "dobj" and verb.i > verb.head.i:
        above = if_wanted(verb.head.head, above, context)
        if above.scope == verb.head.head:
            return above
    infinitive = verb.tag_ == "VB" and any(child.lower_ == "to" for child in verb.lefts)
    if infinitive and ranked_noun(verb, context) is None:
        needed = verb.head.head
        if verb.head.dep_ == "pobj" and needed.lower_ == "for" and governor and needed.i < governor.i:
            # as in "For Tom to win, he needs two"
            return Status(Factuality.POSSIBLE, scope=needed).under(outer)
        refused = verb.head.lemma_.lower() in context.words("RefusalNouns")
        # negated: "his refusal to sign"; planned: "their efforts to expand"
        return Status(Factuality.NEGATED if refused else Factuality.PLANNED, scope=verb.head).under(outer)
    said = verb.head.lemma_.lower() in context.words("ContentNouns")
    # a content clause: "the claim that Tom left"; a relative clause: "the claim that sank him"
    that = any(child.lower_ == "that" and child.dep_ != "nsubj" for child in verb.lefts)
    if said and (that or _is_bare_content(verb, context)):
        return _noun_content(verb.head, governor, above, context).under(outer)
    definite = ("the", "this", "these", "those")
    indefinite = not any(c.lower_ in definite or c.dep_ in ("poss", "nummod") for c in verb.head.lefts)
    weak = above.factuality in (Factuality.POSSIBLE, Factuality.PLANNED, Factuality.NEGATED)
    # under way, so a fact: "to join a project being led by Norvex"
    going_on = verb.tag_ == "VBN" and any(child.lower_ == "being" for child in children(verb, "auxpass"))
    weak = weak and not going_on
    if above.factuality is Factuality.PLANNED and _is_known_result(verb, context):
        return outer  # a known result: "will rebuild towns destroyed by the storm"
    if weak and _is_past(verb, above, context):
        return outer  # earlier than the main clause: "will help families who lost their homes"
    of_name = context.parsed.is_name(verb.head) or context.parsed.is_name(verb.head.head)
    beside = verb.head.dep_ == "appos"  # the idea is not denied: "has no keys, an idea seen on older phones"
    to_come = any(child.lower_ in context.words("FutureModals") for child in children(verb, "aux"))
    if above.factuality is Factuality.PLANNED and to_come:
        return outer  # planned in its own words: "will get papers that will let them stay"
    if weak and indefinite and not of_name and not beside and verb.head.pos_ == "NOUN":
        # the garden is only wished for: "wants a house that has a garden"
        return Status(Factuality.POSSIBLE, scope=above.scope).under(outer)
    return outer


def _is_bare_content(verb: Token, context: Context) -> bool:
    """Whether a clause without "that" says what its noun claims: "rejected allegations he sold the mill".

    Not in "the claims he made", "the promise he gave Tom": these verbs lack an object, which is the noun.
    """
    subjects = children(verb, "nsubj", "nsubjpass")
    relative = any(child.tag_ in ("WDT", "WP", "WP$", "WRB") for child in verb.lefts)
    if len(subjects) != 1 or relative or subjects[0].tag_ in ("WDT", "WP") or subjects[0].i < verb.head.i:
        return False
    if children(verb, "ccomp") and children(verb, "dobj", "dative"):
        return True  # the verb lacks no object: "dismissed reports she told Tom she would leave"
    plain = not context.listed(verb.lemma_.lower(), "SpeechVerbs", "BeliefVerbs", "DativeVerbs")
    return plain and bool(children(verb, "dobj", "attr", "acomp"))


def _is_of_source(verb: Token) -> bool:
    """Whether the clause modifies the source after "according to"."""
    to = verb.head.head
    return verb.head.dep_ == "pobj" and to.lower_ == "to" and to.head.lower_ == "according"


def _contrasted(verb: Token) -> Token | None:
    """The "not" that excludes the noun before a relative clause: "It is Ana, not Tom, who leads it".

    None if there is none.
    """
    before = verb.head.left_edge.i - 1
    if verb.dep_ != "relcl" or before < 1:
        return None
    doc = verb.doc
    inner = doc[before + 1]
    word = inner if inner.lower_ == "not" else doc[before]
    apart = word.lower_ == "not" and word.i > 0 and doc[word.i - 1].text == ","
    return word if apart else None


def _outside_wish(verb: Token, above: Status, context: Context, status_of: StatusOf) -> Status | None:
    """The status of an aside that the article itself adds to what somebody wants or says; None for other
    clauses.

    As in "ordered Tom to pay Norvex, which has a mill", "Norvex, which has a mill, lost money, according
    to the bank".
    """
    scope = above.scope
    if scope is None or context.parsed.is_quoted(verb) or not is_aside(verb, context):
        return None
    if scope.lower_ == "according":
        return _FACT
    asked = scope.lemma_.lower() in context.words("AskingVerbs") and scope.is_ancestor(verb)
    return status_of(scope).told() if asked and scope.pos_ == "VERB" else None


def _is_past(verb: Token, above: Status, context: Context) -> bool:
    """Whether a relative clause tells a past action of several people, or a consequence, and so is a fact.

    As in "may help families who lost their homes", "fears of a strike, which led to a coup". Not in "may
    find a witness who saw it", who may not exist.
    """
    scope = above.scope
    if above.factuality is Factuality.NEGATED or verb.dep_ != "relcl" or scope is None:
        return False
    if scope.lower_ in context.words("ConditionMarks"):
        return False
    past = verb.tag_ == "VBD" or any(child.tag_ == "VBD" for child in children(verb, "aux", "auxpass"))
    modal = any(child.tag_ == "MD" for child in children(verb, "aux"))
    edge = verb.left_edge
    apart = edge.is_punct or (edge.i > 0 and edge.nbor(-1).text == ",")
    # the perfect tense after a comma counts, too: "to visit a fair, which has attracted crowds"
    past = past or (apart and verb.tag_ == "VBN" and any(c.tag_ == "VBZ" for c in children(verb, "aux")))
    return past and not modal and (apart or verb.head.tag_ == "NNS")


def _is_known_result(verb: Token, context: Context) -> bool:
    """Whether the participle gives a known result for several things: "towns destroyed by the storm"."""
    if verb.tag_ != "VBN" or verb.dep_ != "acl" or verb.head.tag_ != "NNS":
        return False
    doers = [noun for by in children(verb, "agent") for noun in children(by, "pobj")]
    return any(
        context.parsed.is_name(noun) or any(child.lower_ in ("the", "this") for child in noun.lefts)
        for noun in doers
    )


def _noun_content(noun: Token, governor: Token | None, above: Status, context: Context) -> Status:
    """The status of a content clause after a noun: "Ana's claim that Tom left", "no evidence that ...",
    "denied reports that ...".
    """
    lemma = noun.lemma_.lower()
    if lemma == "fact":
        return _FACT
    if lemma in context.words("DenialNouns"):
        return Status(Factuality.NEGATED, owner_of_words(noun, context), noun)
    if lemma in ("doubt", "question") and noun.i and noun.nbor(-1).lower_ == "no":
        return above.told()  # a fact: "There is no doubt that Tom left"
    if governor is not None and noun.head.i == governor.i:
        if above.factuality is Factuality.NEGATED:
            return Status(Factuality.POSSIBLE, above.speaker, above.scope)
        if governor.lemma_.lower() in context.words("DenialVerbs") and noun.dep_ == "dobj":
            factuality = Factuality.NEGATED if above.factuality in TOLD else Factuality.POSSIBLE
            return Status(factuality, speech_of_governor(governor, context), governor)
    doubted = lemma in context.words("DoubtedNouns")
    factuality = Factuality.POSSIBLE if doubted else Factuality.REPORTED
    # the writer is Ana in "Ana made an announcement that she would leave"
    return Status(
        factuality, owner_of_words(noun, context) or writer(noun, context) or _voicer(noun, context), noun
    )


def _voicer(noun: Token, context: Context) -> Token | None:
    """The subject of a verb such as "expressed", if its object has a content clause: Norvex in "Norvex
    expressed concern that the mill was sold".
    """
    verb = noun.head
    voiced = noun.dep_ == "dobj" and verb.lemma_.lower() in context.words("VoicingVerbs")
    return next(iter(context.clause(verb).subjects), None) if voiced else None
