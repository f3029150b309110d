"""The status of content clauses: what somebody says, thinks, wants or denies."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kg.extract.clauses.clause import Context, children
from kg.extract.reality.authors import speech_of_governor
from kg.extract.reality.governors import asking_word, is_told_past
from kg.extract.reality.polarity import negator
from kg.extract.reality.said_clauses import is_before_colon, is_circumstance
from kg.extract.reality.status import Status, StatusOf
from kg.model import Factuality

if TYPE_CHECKING:
    from spacy.tokens import Token

_FACT = Status()


def content(
    verb: Token,
    governor: Token,
    above: Status,
    context: Context,
    status_of: StatusOf,
    inherited: Callable[[], Status],
) -> Status:
    """The status of a content clause: something said, thought, or denied.

    `above` is the status of its governor; `inherited` returns the status that the governor itself inherits.
    """
    lemma = governor.lemma_.lower()
    told = context.listed(lemma, "SpeechVerbs", "BeliefVerbs", "DenialVerbs")
    vouched = _vouched(verb, governor, above, context, status_of, inherited)
    if vouched is not None:
        return vouched
    if asking_word(verb) is not None and _discusses(governor, context):
        above = above.told()  # only the discussion is planned: "to discuss how it works"
    if not told and not children(verb, "mark") and verb.i < governor.i:
        return _FACT  # two clauses side by side: "Tom left, it seems", and sentences run together
    # an auxiliary that the parser detaches: "Never has Ana invited"
    torn = lemma in ("have", "do") and not children(governor, "dobj", "nsubj")
    if governor.pos_ == "AUX" or torn or lemma in context.words("EmergingVerbs"):
        return _predicated(verb, governor, above, context)
    speaker = speech_of_governor(governor, context) if told else None
    that = any(c.lower_ == "that" for c in children(verb, "mark"))
    factive = that and lemma in context.words("FactiveVerbs")
    if factive and above.factuality in (Factuality.NEGATED, Factuality.PLANNED):
        # To the speaker, the clause is a fact: "did not know that he had left", "called to inform them
        # that he had left".
        return Status(Factuality.REPORTED, above.speaker, governor)
    if lemma in context.words("EntailingVerbs") and not _is_agent(speaker, context):
        return above  # the subject does not speak: "The storm meant that nobody left"
    if above.factuality is Factuality.NEGATED:
        return Status(Factuality.POSSIBLE, speaker or above.speaker, above.scope)
    if lemma in context.words("DenialVerbs"):
        return Status(Factuality.NEGATED, speaker, governor)
    wished = _wished(verb, governor, context)
    if wished is not None:
        return Status(wished, speech_of_governor(governor, context), governor).under(above)
    if context.listed(lemma, "SpeechVerbs", "BeliefVerbs"):
        asks = any(child.lower_ in ("if", "whether") for child in children(verb, "mark"))
        if asks and lemma not in context.words("SpeechVerbs"):
            return Status(Factuality.POSSIBLE, above.speaker, governor)  # left open: "see if Tom left"
        return Status(Factuality.REPORTED, speaker, governor).under(above.unspoken())
    if lemma in context.words("ImplicativeVerbs") or lemma == "ensure":
        return above
    return Status(Factuality.REPORTED, scope=governor).under(above)


def _vouched(
    verb: Token,
    governor: Token,
    above: Status,
    context: Context,
    status_of: StatusOf,
    inherited: Callable[[], Status],
) -> Status | None:
    """The status of a content clause for which not the governor's subject vouches, but the article itself
    ("It should be noted that ...") or everybody ("it became known that ..."); None for other clauses.
    """
    if is_before_colon(verb, governor):
        return _FACT
    if is_circumstance(verb, governor, context):
        return Status(Factuality.POSSIBLE, scope=verb.left_edge)
    if _is_presented(governor, context):
        return inherited().told()
    eased = (
        verb.tag_ == "VB"
        and governor.lemma_ == "make"
        and verb.head.lower_ in context.words("EaseAdjectives")
    )
    if eased:  # as in "will make it possible for Ana to sell the mill"
        return Status(Factuality.POSSIBLE, above.speaker, verb.head)
    mistaken = _mistaken(governor, context)
    if mistaken is not None and above.factuality is not Factuality.NEGATED:
        return Status(Factuality.NEGATED, above.speaker, mistaken)
    discussed = asking_word(verb) is not None and governor.lemma_.lower() in context.words("DiscussingVerbs")
    if discussed and is_told_past(verb):
        return above.told()  # a fact: "discussed how Tom became mayor"
    if above.factuality is not Factuality.NEGATED and _is_discovered(governor, context):
        return above
    if governor.dep_ == "acomp" and governor.lower_ == "known":  # as in "it became known that he left"
        known = status_of(governor.head)
        doubted = known.factuality is Factuality.NEGATED
        return Status(Factuality.POSSIBLE, scope=known.scope) if doubted else known
    return None


def _mistaken(governor: Token, context: Context) -> Token | None:
    """The adjective that says that a speaker is wrong; None if there is none.

    As in "They were wrong when they said Tom left", "was wrong to claim that Tom left"; not "was not wrong
    to say".
    """
    if governor.lemma_.lower() not in context.words("SpeechVerbs"):
        return None
    above = governor.head
    if governor.dep_ == "advcl":
        opening = {child.lower_ for child in children(governor, "mark", "advmod")}
        adjectives = children(above, "acomp") if opening & {"when", "if"} else []
    else:
        adjectives = [above] if above.dep_ == "acomp" else children(above, "acomp")
        adjectives = adjectives if governor.dep_ == "xcomp" else []
        above = above.head if above.dep_ == "acomp" else above
    false = [a for a in adjectives if a.lower_ in context.words("MistakenAdjectives")]
    return false[0] if false and negator(above, context) is None else None


def _wished(verb: Token, governor: Token, context: Context) -> Factuality | None:
    """POSSIBLE for what somebody only wants or supposes ("requested Tom be freed", "hopes that Tom left");
    None for other clauses.
    """
    lemma = governor.lemma_.lower()
    asked = _is_subjunctive(verb) and context.listed(lemma, "AskingVerbs", "ProposingVerbs")
    asked = asked or (_is_bare_that(verb) and lemma not in context.words("SpeechVerbs"))
    return Factuality.POSSIBLE if asked or lemma in context.words("UncertainVerbs") else None


def _is_subjunctive(verb: Token) -> bool:
    """Whether the verb is a subjunctive with "be": "requested Tom be freed", "asked that she be heard"."""
    marks = children(verb, "aux", "auxpass") if verb.tag_ != "VB" else [verb]
    return [mark.lower_ for mark in marks] == ["be"] and not children(verb, "aux")


def _is_bare_that(verb: Token) -> bool:
    """Whether the verb is a subjunctive after "that", with a singular subject: "include that the bank stop
    it".
    """
    one = any(child.tag_ in ("NN", "NNP") for child in children(verb, "nsubj", "nsubjpass"))
    that = any(child.lower_ == "that" for child in children(verb, "mark"))
    return verb.tag_ == "VB" and one and that and not children(verb, "aux", "conj")


def _is_presented(governor: Token, context: Context) -> bool:
    """Whether the article itself asserts the clause: "It should be noted that Tom left", "It is worth noting
    that ...".

    Not in "It can be argued that ...".
    """
    if governor.lemma_.lower() not in context.words("PresentingVerbs"):
        return False
    if governor.tag_ == "VBG":
        return governor.i > 0 and governor.nbor(-1).lower_ == "worth"
    it = any(child.lower_ == "it" for child in children(governor, "nsubjpass", "nsubj", "expl"))
    duty = any(child.lower_ in ("should", "must") for child in children(governor, "aux"))
    denied = any(child.dep_ == "neg" for child in governor.lefts)
    return it and duty and not denied and bool(children(governor, "auxpass"))


def _discusses(governor: Token, context: Context) -> bool:
    lemma = governor.lemma_.lower()
    said = context.listed(lemma, "DiscussingVerbs", "SpeechVerbs")
    return said and not context.listed(lemma, "UncertainVerbs", "AskingVerbs")


def _is_discovered(governor: Token, context: Context) -> bool:
    """Whether the article itself asserts a discovery: "It was discovered that Tom left".

    Not in "Police discovered that", where the police do.
    """
    it = any(child.lower_ == "it" for child in children(governor, "nsubjpass", "nsubj", "expl"))
    impersonal = it and bool(children(governor, "auxpass")) and not children(governor, "agent")
    return impersonal and governor.lemma_.lower() in context.words("DiscoveryVerbs")


def _is_agent(noun: Token | None, context: Context) -> bool:
    return noun is not None and context.ontology.is_a(context.parsed.type_of(noun), "Agent")


def _predicated(verb: Token, governor: Token, above: Status, context: Context) -> Status:
    """The status of a clause of which something is predicated: "It is (not) true that ...", "It turned out
    that ...".

    Also of a clause whose auxiliary the parser detaches ("Never has Ana ..."), and of sentences run together.
    """
    if governor.lemma_.lower() in context.words("EmergingVerbs"):
        return above
    said_of = children(governor, "acomp")
    adjectives = {child.lower_ for child in said_of}
    if adjectives & context.words("TrueAdjectives"):
        return above
    doubted = above.factuality is Factuality.NEGATED
    if adjectives & context.words("EmotiveAdjectives"):
        return above.told()  # a fact even if negated: "is (not) happy that Tom left"
    if adjectives & context.words("CertainAdjectives"):
        # only possible if negated: "not clear whether he left"
        return Status(Factuality.POSSIBLE, above.speaker, above.scope) if doubted else above
    if adjectives & context.words("FalseAdjectives"):
        turned = Factuality.POSSIBLE if doubted else Factuality.NEGATED
        return Status(turned, above.speaker, said_of[0])
    said_of = said_of or children(governor, "attr")
    if said_of:
        return Status(Factuality.POSSIBLE, scope=said_of[0]).under(above)
    # A governor without a predicate of its own is an auxiliary that the parser did not attach to its verb
    # ("Never has Ana invited ..."), or what remains of an elliptical clause after this one ("Ana signed; Tom
    # did not").
    return above if governor.i < verb.i else _FACT
