"""The factuality of a clause: asserted, reported, planned, possible, or negated.

    Ana did not sign.  Ana failed to sign.          negated
    Ana may sign.  If Ana signs, ...  Will she?     possible
    Ana will sign.  Ana plans to sign.              planned
    Tom said that Ana signed.                       reported by Tom
    Ana managed to sign.  Ana, who signed, left.    asserted

A clause has marks of its own (negation, modal verb, conjunction) and inherits from the clauses that govern
it; the strongest mark wins, in the order negated, possible, planned, reported. See Karttunen 1971 on
implicative verbs, and FactBank (Saurí and Pustejovsky 2009) on the walk over governors. In doubt a clause is
possible, not asserted.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kg.extract.clauses.clause import Context, children, dependents
from kg.extract.clauses.coordination import joined_to, telling_above
from kg.extract.clauses.parenthesis import speaker_of, speech_verb
from kg.extract.clauses.participles import thanked
from kg.extract.clauses.ranked import ranked_noun
from kg.extract.reality.infinitives import governed, is_abstention, purpose, to_of
from kg.extract.reality.modality import besides_denial, is_aside, own_status
from kg.extract.reality.polarity import negator
from kg.extract.reality.quoting import (
    Speech,
    author,
    is_before_colon,
    is_circumstance,
    owner_of_words,
    saying_above,
    speech_of_governor,
    teller,
    writer,
)
from kg.extract.reality.status import TOLD, Status
from kg.model import Factuality

if TYPE_CHECKING:
    from spacy.tokens import Token

_FACT = Status()
_FINITE = ("VBD", "VBZ", "VBP")


def status(verb: Token, context: Context, speech: Speech) -> Status:
    """Status of the clause headed by this verb."""
    if verb.i not in speech.statuses:
        speech.statuses[verb.i] = _status(verb, context, speech, own_status(verb, context))
    return speech.statuses[verb.i]


def undenied(verb: Token, context: Context, speech: Speech) -> Status:
    """The status of a clause whose words include its negation: that Ana found "no survivors" is asserted."""
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
    source = _according_to(verb, context) or _alleged(verb)
    if source is not None:
        found = found.under(source)
    answer = speech.answer(verb)
    return found if answer is None else found.under(answer)


def says_reverse(verb: Token, context: Context) -> bool:
    """Whether its clause says that something rather is not, or ought not to be.

    As in "should not rise", "may not rise", "is unlikely to rise", "told Tom not to sign": it is possible,
    but a claim without the negation would say the reverse.
    """
    own = own_status(verb, context)
    if own.factuality is Factuality.POSSIBLE and negator(verb, context) is not None:
        return own.scope is not None and own.scope.lower_ in context.words("OpenModals")
    if own.factuality is Factuality.NEGATED:
        return _is_left_open(verb, context)
    unlikely = verb.head.lower_ in context.words("UnlikelyAdjectives")
    return unlikely and verb.dep_ == "xcomp"


def _is_left_open(verb: Token, context: Context) -> bool:
    """Whether a negated content leaves open what happened: "told Tom not to sign", "promised not to sign",
    "whispered so as not to wake her", "made sure they did not sign".
    """
    governor = _governor(verb)
    if governor is None:
        return False
    lemma = governor.lemma_.lower()
    if to_of(verb) is not None:
        open_ = context.listed(lemma, "AskingVerbs", "SpeechVerbs") or lemma == "agree"
        return verb.dep_ == "advcl" or open_  # "promised not to sign": may sign
    sure = lemma == "ensure" or any(child.lower_ == "sure" for child in dependents(governor))
    return verb.dep_ == "ccomp" and (sure or verb.head.lower_ == "sure")


# -- the effect of the governor --------------------------------------------------------------------------


def _inherited(verb: Token, context: Context, speech: Speech) -> Status:
    while verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX"):
        wanted = _wanted_beside(verb, context)
        if wanted is not None:
            return Status(Factuality.PLANNED, scope=wanted).under(status(wanted, context, speech))
        verb = telling_above(verb, context) or _question_beside(verb) or _beside(verb)
    governor, label = _governor(verb), verb.dep_
    noun = ranked_noun(verb, context)
    if noun is not None and noun.dep_ == "attr":
        above = status(noun.head, context, speech)
        doubted = (
            above.factuality is Factuality.NEGATED
        )  # "was not the first to lead it": she may have led it
        return Status(Factuality.POSSIBLE, above.speaker, above.scope) if doubted else above
    telling = teller(verb, context)
    if telling is not None:
        return _content(verb, telling, context, speech)
    if label in ("acl", "relcl"):
        return _modifier(verb, governor, context, speech)
    if governor is None:
        return (
            Status(Factuality.PLANNED, scope=to_of(verb)) if _is_bare(verb) else _FACT
        )  # "Ruiz to visit Lima"
    if label == "xcomp" or (
        label == "ccomp" and _is_bare(verb) and not _is_mistagged(verb, governor, context)
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
        above = status(governor, context, speech)  # "held the gates closed": done, not said
        return _if_wanted(governor, above, context)
    if label == "ccomp":
        return _content(verb, governor, context, speech)
    if label in ("advcl", "pcomp", "prep"):
        return _circumstance(verb, governor, context, speech)
    if label in ("parataxis", "dep", "csubj", "csubjpass"):
        return status(governor, context, speech) if label.startswith("csubj") else _FACT
    return _FACT


def _beside(verb: Token) -> Token:
    """The verb coordinated with this one; a finite clause with a subject is not coordinated with an
    infinitive.

    As in "Her aim was to open a mill, but by May that was done", where the parser takes the nearest verb.
    """
    first = joined_to(verb)
    contrast = any(word.lower_ == "but" and word.dep_ == "cc" for word in verb.doc[first.i : verb.i])
    # "was to win but lost"
    past = contrast and verb.tag_ in ("VBD", "VBZ") and not children(verb, "aux", "auxpass")
    tensed = verb.tag_ in _FINITE or any(child.tag_ in _FINITE for child in children(verb, "aux", "auxpass"))
    if not tensed or not (past or children(verb, "nsubj", "nsubjpass")):
        return first
    while to_of(first) is not None and first.dep_ in ("xcomp", "advcl", "acl"):
        above = _governor(first)
        if above is None or above.i > first.i:
            break
        first = above
    return first


def _question_beside(verb: Token) -> Token | None:
    """The first of two questions: "asked how it sank, why they left", where the parser joins the second to
    "asked".
    """
    if _asking_word(verb) is None:
        return None
    before = verb.doc[verb.head.i : verb.left_edge.i]
    return next((t for t in before if t.dep_ == "ccomp" and _asking_word(t) is not None), None)


def _asking_word(verb: Token) -> Token | None:
    """The word that makes its clause a question inside another: "how it sank", "why they left"."""
    subjects = children(verb, "nsubj", "nsubjpass")
    adverbs = (child for child in children(verb, "advmod") if child.tag_ == "WRB")
    return next((word for word in adverbs if any(word.i < subject.i < verb.i for subject in subjects)), None)


def _wanted_beside(verb: Token, context: Context) -> Token | None:
    """The verb in "wants them to leave and the gates closed", where the parser takes "closed" for a past."""
    above = verb.head
    alone = verb.dep_ == "conj" and verb.tag_ == "VBD" and not children(verb, "aux", "auxpass")
    present = above.tag_ in ("VBZ", "VBP") and above.lemma_.lower() in context.words("WantingVerbs")
    asked = any(to_of(child) is not None for child in children(above, "ccomp", "xcomp"))
    return above if alone and present and asked else None


def _governor(verb: Token) -> Token | None:
    """The nearest verb above, across nouns, adjectives and prepositions."""
    above = verb.head
    while above.pos_ not in ("VERB", "AUX") and above.head.i != above.i:
        above = above.head
    return above if above.pos_ in ("VERB", "AUX") and above.i != verb.i else None


def _is_bare(verb: Token) -> bool:
    """Whether the content has neither tense nor conjunction: "let history get in the way", "wanted Tom to
    leave".
    """
    to_only = all(child.lower_ == "to" for child in children(verb, "aux"))
    return verb.tag_ == "VB" and to_only and not children(verb, "mark", "neg")


def _is_subjunctive(verb: Token) -> bool:
    """Whether the verb is a bare "be" without an auxiliary: "requested Tom be freed", "asked that she be
    heard".
    """
    marks = children(verb, "aux", "auxpass") if verb.tag_ != "VB" else [verb]
    return [mark.lower_ for mark in marks] == ["be"] and not children(verb, "aux")


def _is_mistagged(verb: Token, governor: Token, context: Context) -> bool:
    """Whether a finite verb is tagged as a bare one: "said: “The songs bring joy”". "Said" governs no bare
    verb, "ask" may.
    """
    subjects = children(verb, "nsubj", "nsubjpass") and not children(verb, "aux")
    said = governor.lemma_.lower() in context.words("SpeechVerbs")
    return (
        bool(subjects)
        and said
        and not context.listed(governor.lemma_.lower(), "AskingVerbs", "ProposingVerbs")
    )


def _content(verb: Token, governor: Token, context: Context, speech: Speech) -> Status:
    """A content clause: something said, thought, or denied."""
    above = status(governor, context, speech)
    lemma = governor.lemma_.lower()
    told = context.listed(lemma, "SpeechVerbs", "BeliefVerbs", "DenialVerbs")
    vouched = _vouched(verb, governor, context, speech)
    if vouched is not None:
        return vouched
    if _asking_word(verb) is not None and _discusses(governor, context):
        above = above.told()  # "to discuss how it works": that it works is not planned
    if not told and not children(verb, "mark") and verb.i < governor.i:
        return _FACT  # "Tom left, it seems" and run-on sentences: two clauses side by side
    torn = lemma in ("have", "do") and not children(governor, "dobj", "nsubj")  # "Never has Ana invited"
    if governor.pos_ == "AUX" or torn or lemma in context.words("EmergingVerbs"):
        return _predicated(verb, governor, above, context)
    speaker = speech_of_governor(governor, context) if told else None
    that = any(c.lower_ == "that" for c in children(verb, "mark"))
    factive = that and lemma in context.words("FactiveVerbs")
    if factive and above.factuality in (Factuality.NEGATED, Factuality.PLANNED):
        # "did not know that he had left", "called to inform them that he had left"
        return Status(Factuality.REPORTED, above.speaker, governor)
    if lemma in context.words("EntailingVerbs") and not _is_agent(speaker, context):
        return above  # "The storm meant that nobody left"
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
            return Status(Factuality.POSSIBLE, above.speaker, governor)  # "see if Tom left": open
        return Status(Factuality.REPORTED, speaker, governor).under(above.unspoken())
    if lemma in context.words("ImplicativeVerbs") or lemma == "ensure":
        return above
    return Status(Factuality.REPORTED, scope=governor).under(above)


def _mistaken(governor: Token, context: Context) -> Token | None:
    """The adjective in "They were wrong when they said Tom left", "was wrong to claim that Tom left"; none
    in "was not wrong to say".
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


def _vouched(verb: Token, governor: Token, context: Context, speech: Speech) -> Status | None:
    """The status of a content clause that somebody other than the subject of its governor vouches for."""
    above = status(governor, context, speech)
    if is_before_colon(verb, governor):
        return _FACT
    if is_circumstance(verb, governor, context):
        return Status(Factuality.POSSIBLE, scope=verb.left_edge)
    if _is_presented(governor, context):
        return _inherited(governor, context, speech).told()
    mistaken = _mistaken(governor, context)
    if mistaken is not None and above.factuality is not Factuality.NEGATED:
        return Status(Factuality.NEGATED, above.speaker, mistaken)
    discussed = _asking_word(verb) is not None and governor.lemma_.lower() in context.words("DiscussingVerbs")
    if discussed and _is_told_past(verb):
        return above.told()  # "discussed how Tom became mayor"
    if above.factuality is not Factuality.NEGATED and _is_discovered(governor, context):
        return above
    if governor.dep_ == "acomp" and governor.lower_ == "known":  # "it became known that he left"
        known = status(governor.head, context, speech)
        doubted = known.factuality is Factuality.NEGATED
        return Status(Factuality.POSSIBLE, scope=known.scope) if doubted else known
    return None


def _wished(verb: Token, governor: Token, context: Context) -> Factuality | None:
    """The status of what somebody only wants or supposes: "requested Tom be freed", "hopes that Tom left"."""
    lemma = governor.lemma_.lower()
    asked = _is_subjunctive(verb) and context.listed(lemma, "AskingVerbs", "ProposingVerbs")
    asked = asked or (_is_bare_that(verb) and lemma not in context.words("SpeechVerbs"))
    return Factuality.POSSIBLE if asked or lemma in context.words("UncertainVerbs") else None


def _is_bare_that(verb: Token) -> bool:
    """Whether a bare verb with "that" follows a singular subject: "Their demands include that the bank stop
    it".
    """
    one = any(child.tag_ in ("NN", "NNP") for child in children(verb, "nsubj", "nsubjpass"))
    that = any(child.lower_ == "that" for child in children(verb, "mark"))
    return verb.tag_ == "VB" and one and that and not children(verb, "aux", "conj")


def _is_presented(governor: Token, context: Context) -> bool:
    """Whether the article itself says the content: "It should be noted that Tom left", "It is worth noting
    that ...".

    Not "It can be argued that ...".
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


def _is_told_past(verb: Token) -> bool:
    auxiliaries = children(verb, "aux", "auxpass")
    modal = any(child.tag_ == "MD" for child in auxiliaries)
    return not modal and (verb.tag_ == "VBD" or any(child.tag_ == "VBD" for child in auxiliaries))


def _is_discovered(governor: Token, context: Context) -> bool:
    """Whether the article vouches for a discovery: "It was discovered that Tom left"; not "Police discovered
    that".
    """
    it = any(child.lower_ == "it" for child in children(governor, "nsubjpass", "nsubj", "expl"))
    impersonal = it and bool(children(governor, "auxpass")) and not children(governor, "agent")
    return impersonal and governor.lemma_.lower() in context.words("DiscoveryVerbs")


def _is_agent(noun: Token | None, context: Context) -> bool:
    return noun is not None and context.ontology.is_a(context.parsed.type_of(noun), "Agent")


def _predicated(verb: Token, governor: Token, above: Status, context: Context) -> Status:
    """The status of a content of which something is predicated: "It is (not) true that ...", "It turned out
    that ...", "Never has Ana ..."; also of a run-on.
    """
    if governor.lemma_.lower() in context.words("EmergingVerbs"):
        return above
    said_of = children(governor, "acomp")
    adjectives = {child.lower_ for child in said_of}
    if adjectives & context.words("TrueAdjectives"):
        return above
    doubted = above.factuality is Factuality.NEGATED
    if adjectives & context.words("EmotiveAdjectives"):
        return above.told()  # "is (not) happy that Tom left": he did
    if adjectives & context.words("CertainAdjectives"):
        # "not clear how many": it may be so
        return Status(Factuality.POSSIBLE, above.speaker, above.scope) if doubted else above
    if adjectives & context.words("FalseAdjectives"):
        turned = Factuality.POSSIBLE if doubted else Factuality.NEGATED
        return Status(turned, above.speaker, said_of[0])
    said_of = said_of or children(governor, "attr")
    if said_of:
        return Status(Factuality.POSSIBLE, scope=said_of[0]).under(above)
    # Without its own predicate the governor is an auxiliary detached by the parser ("Never has Ana invited
    # ..."), or a following ellipsis ("Ana signed; Tom did not").
    return above if governor.i < verb.i else _FACT


def _circumstance(verb: Token, governor: Token, context: Context, speech: Speech) -> Status:
    """An adverbial clause, or a participle after a preposition."""
    if _is_won(verb, governor, context):
        governor = _governor(governor) or governor
    above = status(governor, context, speech)
    saying = saying_above(verb, context)
    if saying is not None:  # "said she was glad, adding that ...": by the same speaker
        return status(saying, context, speech)
    if _is_beside_words(verb, governor, context):
        return _FACT
    outer = above.told()
    if verb.tag_ == "VBG" and to_of(governor) is not None and _is_quoting(verb, speech):
        return outer  # "seems to like it, saying: “It is warm.”": that is said
    if above.factuality in TOLD and _follows_past(verb, governor, context):
        return outer
    open_ = _of_preposition(verb, governor, above, context, speech) if verb.dep_ == "pcomp" else None
    if open_ is not None:
        return open_
    to = to_of(verb)
    if to is not None:
        return purpose(verb, to, governor, above, context)
    tensed = verb.tag_ == "VBD" or any(child.tag_ == "VBD" for child in children(verb, "aux", "auxpass"))
    perfect = verb.dep_ == "advcl" and any(child.lower_ == "having" for child in children(verb, "aux"))
    if perfect and not children(verb, "mark"):
        return outer  # "no longer rules, having lost the crown": lost
    if tensed or _stands_beside(verb, above, context) or _is_cited(verb, context):
        return outer  # "may sue, after she was fired": she was fired
    before = next((word for word in (*verb.lefts, verb.head) if word.lower_ == "before"), None)
    if before is not None and verb.lemma_ in context.words("ResultVerbs"):
        before = None  # "peaked at 22 before closing at 21"
    weak = above.factuality in (Factuality.POSSIBLE, Factuality.PLANNED, Factuality.NEGATED)
    by = verb.dep_ == "pcomp" and verb.head.lower_ in context.words("MeansPrepositions")
    loose = (by or verb.dep_ == "advcl") and not children(verb, "mark")
    if above.factuality is Factuality.PLANNED and loose:
        return Status(Factuality.PLANNED, scope=above.scope).under(
            outer
        )  # "They will meet in Lima, signing a treaty"
    if weak or before is not None:
        return Status(Factuality.POSSIBLE, scope=before or above.scope).under(outer)
    return outer


def _is_quoting(verb: Token, speech: Speech) -> bool:
    """Whether a quotation is introduced by the verb, which is not quoted itself."""
    quotes = any(each.verb is not None and each.verb.i == verb.i for each in speech.attributions)
    return quotes and not speech.context.parsed.is_quoted(verb)


def _is_won(verb: Token, governor: Token, context: Context) -> bool:
    """Whether the clause gives the result of a request, though the parser attaches it to the content: "had
    asked to host the fair, with Lima winning".
    """
    with_ = verb.dep_ == "pcomp" and verb.head.lower_ == "with" and bool(children(verb, "nsubj"))
    asked = with_ and to_of(governor) is not None and governor.dep_ in ("xcomp", "advcl")
    above = _governor(governor) if asked else None
    past = above is not None and _is_told_past(above)
    return past and verb.lemma_.lower() in context.words("GainVerbs")


def _is_beside_words(verb: Token, governor: Token, context: Context) -> bool:
    """Whether the participle belongs to the speaker, though the parser attaches it to the quotation: "“We
    won”, Ana said, recalling the race".
    """
    parsed = context.parsed
    outside = verb.tag_ == "VBG" and verb.dep_ == "advcl" and not parsed.is_quoted(verb)
    return outside and parsed.is_quoted(governor) and not children(verb, "mark")


def _follows_past(verb: Token, governor: Token, context: Context) -> bool:
    """Whether a gerund after "before" happened: "Before coming to Lima, she taught in Oslo", "She stayed in
    Lima before flying to Oslo", "He was treated before being sent home".

    Not "She died before coming to Lima", "She was arrested before leaving", "She left before even signing".
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
    verb: Token, governor: Token, above: Status, context: Context, speech: Speech
) -> Status | None:
    """The status that a preposition gives a gerund ("without selling"); None if it happened ("by
    selling").
    """
    word, outer = verb.head.lower_, above.told()
    if _has_happened(verb, governor, context) or _is_accustomed(verb):
        return None
    if _is_of_attitude(verb, context):
        return Status(Factuality.POSSIBLE, scope=verb.head).under(outer)  # "was interested in selling"
    instead = word == "of" and verb.head.head.lower_ == "instead"
    if instead or word in context.words("DenyingPrepositions"):
        return Status(Factuality.NEGATED, scope=verb.head).under(outer)
    if word == "from" and governor.lemma_.lower() in context.words("NegativeVerbs"):
        abstains = is_abstention(governor.lemma_.lower(), above, context)
        done = (
            above.factuality in TOLD or abstains
        )  # "prevented Tom from leaving"; "may prevent Tom from leaving"
        return Status(Factuality.NEGATED if done else Factuality.POSSIBLE, scope=governor).under(outer)
    if word == "from" and governor.lemma_.lower() in context.words("ForbiddingVerbs"):
        return Status(Factuality.POSSIBLE, scope=governor).under(outer)
    own_subject = bool(children(verb, "nsubj"))  # "with one visitor saying": an independent fact
    if word == "with" and own_subject:
        return _accompanied(verb, governor, outer, context, speech)
    if word == "for" and thanked(verb, context):
        return outer  # "expressed gratitude to Tom for mending it"
    accuser = None
    if governor.lemma_.lower() in context.words("AccusingVerbs") and not own_subject:
        accuser = speech_of_governor(governor, context)  # "accused Tom of selling it"
    if word in ("with", "for") and not own_subject and _accuses(governor, context):
        return Status(Factuality.POSSIBLE, accuser, governor).under(outer)  # "charged with selling"
    if word in ("about", "of") and _complains(governor, context):  # "complained about being followed"
        return Status(Factuality.REPORTED, speech_of_governor(governor, context), governor).under(outer)
    if word == "for" and _is_aim(governor, context):
        return Status(Factuality.PLANNED, scope=verb.head).under(outer)
    if word not in context.words("HappenedPrepositions") or (
        verb.head.dep_ == "prep" and verb.head.head.pos_ not in ("VERB", "AUX")
    ):
        return Status(Factuality.POSSIBLE, accuser, verb.head).under(outer)
    return None


def _accompanied(
    verb: Token, governor: Token, outer: Status, context: Context, speech: Speech
) -> Status | None:
    """The status of "with analysts predicting more", where it differs from that of the main clause.

    In "want to host the fair, with Lima paying half" the parser may attach "with" to "want".
    """
    before = (child for child in children(governor, "xcomp") if child.i < verb.i and to_of(child) is not None)
    open_ = (Factuality.PLANNED, Factuality.POSSIBLE)
    planned = any(status(child, context, speech).factuality in open_ for child in before)
    won = verb.lemma_.lower() in context.words("GainVerbs") and _is_told_past(governor)
    if planned and not won:
        return Status(Factuality.PLANNED, scope=governor).under(outer)
    held = context.listed(verb.lemma_.lower(), "SpeechVerbs", "BeliefVerbs")
    return outer if held else None  # "will rise, with analysts predicting more": they do predict


def _has_happened(verb: Token, governor: Token, context: Context) -> bool:
    """Whether the clause after a preposition happened: "led to Tom being stranded", "because of Tom being
    ill", "sailed to where it sank".
    """
    word = verb.head.lower_
    leading = word == "to" and governor.lemma_.lower() in context.words("LeadingVerbs")
    return leading or word == "because" or (_asking_word(verb) is not None and _is_told_past(verb))


def _is_accustomed(verb: Token) -> bool:
    """Whether the gerund is a habit: "is accustomed to winning", "are used to hosting it"."""
    return verb.head.lower_ == "to" and verb.head.head.lower_ in ("accustomed", "used")


def _complains(governor: Token, context: Context) -> bool:
    """Whether the gerund is what somebody says: "boasted of winning"; not "warned of closing it"."""
    lemma = governor.lemma_.lower()
    told = lemma in context.words("SpeechVerbs") and not context.listed(
        lemma, "AskingVerbs", "UncertainVerbs"
    )
    return told and not context.clause(governor).objects and not context.clause(governor).passive


def _is_aim(governor: Token, context: Context) -> bool:
    """Whether the gerund after "for" is an aim: "called for raising taxes", "met for settling it"; not
    "apologised for raising them".

    With an object or in the passive it may be the reason ("fined the bank for selling it", "is known for
    it").
    """
    clause = context.clause(governor)
    return not (
        clause.objects or clause.passive or governor.lemma_.lower() in context.words("ThankingVerbs")
    ) and not children(governor, "acomp", "attr")


def _is_of_attitude(verb: Token, context: Context) -> bool:
    """Whether the gerund is what an adjective of attitude is about: "was keen on selling it", "was interested
    in selling it".

    Not "was busy selling it", "was quick in selling it", "was proud after selling it". Parsers attach the
    preposition to the adjective or to "was".
    """
    above, words = verb.head.head, context.words
    adjectives = [above] if above.dep_ == "acomp" else children(above, "acomp")
    adjectives = [a for a in adjectives if a.i < verb.i and a.lower_ not in words("EngagedAdjectives")]
    if verb.head.lower_ == "in":
        return any(a.lower_ in words("InterestedAdjectives") for a in adjectives)
    governed = verb.head.lower_ in words("AdjectivePrepositions") and verb.head.i > above.i
    return governed and bool(adjectives)


def _stands_beside(verb: Token, above: Status, context: Context) -> bool:
    """Whether the adverbial clause is asserted independently: "They have no beds, while many are ill",
    "cannot come, as she is ill".

    Not "will sing while they dance", "did not leave because she was ill" (the reason is denied).
    """
    finite = verb.tag_ in ("VBZ", "VBP") or any(
        child.tag_ in ("VBZ", "VBP") for child in children(verb, "aux", "auxpass")
    )
    if not finite or not children(verb, "nsubj", "nsubjpass"):
        return False
    opening = next((word for word in verb.doc[verb.left_edge.i : verb.i] if not word.is_punct), verb)
    if opening.lower_ in context.words("ConcessiveConjunctions"):
        return True
    apart = opening.is_sent_start is True or (opening.i > 0 and opening.nbor(-1).text == ",")
    if opening.lower_ == "while":
        return apart and above.factuality is not Factuality.PLANNED
    state = verb.lemma_ in ("be", "have")
    return opening.lower_ == "as" and state and any(child.lower_ == "as" for child in children(verb, "mark"))


def _is_cited(verb: Token, context: Context) -> bool:
    """Whether the clause names a source that does say so: "can be beaten because, as the book says, they are
    few".
    """
    cited = any(child.lower_ == "as" for child in children(verb, "mark", "advmod"))
    cited = cited and not children(verb, "dobj", "xcomp", "ccomp")
    return cited and verb.lemma_.lower() in context.words("SpeechVerbs") and verb.tag_ in _FINITE


def _accuses(governor: Token, context: Context) -> bool:
    """Whether the participle states what somebody is charged, sought or tried for."""
    clause = context.clause(governor)
    done = governor.lower_ in context.words("EngagedAdjectives")  # "known for selling"
    thankful = done or governor.lemma_.lower() in context.words("ThankingVerbs")
    return not thankful and (clause.passive or bool(clause.objects))


def _modifier(verb: Token, governor: Token | None, context: Context, speech: Speech) -> Status:
    """A relative clause or participle modifying a noun: it holds for the noun independently of the main
    clause."""
    above = status(governor, context, speech) if governor is not None else _FACT
    named = above.scope is not None and above.scope.lower_ == "according" and above.scope.is_ancestor(verb)
    outer = _FACT if named else above.told()  # "according to the bank, which owns it"
    contrasted = _contrasted(verb)
    own = _outside_wish(verb, above, context, speech)
    if contrasted is not None:
        own = Status(Factuality.NEGATED, scope=contrasted).under(outer)
    if own is not None:
        return own
    if verb.tag_ == "VBN" and verb.head.dep_ == "dobj" and verb.head.head.lemma_ in ("have", "get"):
        return status(verb.head.head, context, speech)  # "agreed to have the case heard"
    if verb.tag_ == "VBN" and verb.head.dep_ == "dobj" and verb.i > verb.head.i:
        above = _if_wanted(verb.head.head, above, context)
        if above.scope == verb.head.head:
            return above
    infinitive = verb.tag_ == "VB" and any(child.lower_ == "to" for child in verb.lefts)
    if infinitive and ranked_noun(verb, context) is None:
        needed = verb.head.head
        if verb.head.dep_ == "pobj" and needed.lower_ == "for" and governor and needed.i < governor.i:
            return Status(Factuality.POSSIBLE, scope=needed).under(outer)  # "For Tom to win, he needs two"
        refused = verb.head.lemma_.lower() in context.words("RefusalNouns")
        # "his refusal to sign", "their efforts to expand"
        return Status(Factuality.NEGATED if refused else Factuality.PLANNED, scope=verb.head).under(outer)
    said = verb.head.lemma_.lower() in context.words("ContentNouns")
    # "the claim that Tom left"; not "the claim that sank him"
    that = any(child.lower_ == "that" and child.dep_ != "nsubj" for child in verb.lefts)
    if said and (that or _is_bare_content(verb, context)):
        return _noun_content(verb.head, governor, above, context).under(outer)
    definite = ("the", "this", "these", "those")
    indefinite = not any(c.lower_ in definite or c.dep_ in ("poss", "nummod") for c in verb.head.lefts)
    weak = above.factuality in (Factuality.POSSIBLE, Factuality.PLANNED, Factuality.NEGATED)
    # "to join a project being led by Norvex": it is going on
    going_on = verb.tag_ == "VBN" and any(child.lower_ == "being" for child in children(verb, "auxpass"))
    weak = weak and not going_on
    if above.factuality is Factuality.PLANNED and _is_known_result(verb, context):
        return outer  # "will rebuild towns destroyed by the storm"
    if weak and _is_past(verb, above, context):
        return outer  # "will help families who lost their homes"
    of_name = context.parsed.is_name(verb.head) or context.parsed.is_name(verb.head.head)
    beside = verb.head.dep_ == "appos"  # "has no keys, an idea seen on older phones": the idea is not denied
    to_come = any(child.lower_ in context.words("FutureModals") for child in children(verb, "aux"))
    if above.factuality is Factuality.PLANNED and to_come:
        return outer  # "will get papers that will let them stay": planned like the main clause
    if weak and indefinite and not of_name and not beside and verb.head.pos_ == "NOUN":
        return Status(Factuality.POSSIBLE, scope=above.scope).under(
            outer
        )  # "wants a house that has a garden"
    return outer


def _is_bare_content(verb: Token, context: Context) -> bool:
    """Whether a clause without "that" is the content of its noun: "rejected allegations he sold the mill".

    Not "the claims he made", "the promise he gave Tom", whose verb lacks an object: it is the noun.
    """
    subjects = children(verb, "nsubj", "nsubjpass")
    relative = any(child.tag_ in ("WDT", "WP", "WP$", "WRB") for child in verb.lefts)
    if len(subjects) != 1 or relative or subjects[0].tag_ in ("WDT", "WP") or subjects[0].i < verb.head.i:
        return False
    plain = not context.listed(verb.lemma_.lower(), "SpeechVerbs", "BeliefVerbs", "DativeVerbs")
    return plain and bool(children(verb, "dobj", "attr", "acomp"))


def _contrasted(verb: Token) -> Token | None:
    """The "not" that excludes the noun of a relative clause: "It is Ana, not Tom, who leads it"."""
    before = verb.head.left_edge.i - 1
    if verb.dep_ != "relcl" or before < 1:
        return None
    doc = verb.doc
    inner = doc[before + 1]
    word = inner if inner.lower_ == "not" else doc[before]
    apart = word.lower_ == "not" and word.i > 0 and doc[word.i - 1].text == ","
    return word if apart else None


def _outside_wish(verb: Token, above: Status, context: Context, speech: Speech) -> Status | None:
    """The status of an aside that the article adds itself: "ordered Tom to pay Norvex, which has a mill",
    "Norvex, which has a mill, lost money, according to the bank".
    """
    scope = above.scope
    if scope is None or context.parsed.is_quoted(verb) or not is_aside(verb, context):
        return None
    if scope.lower_ == "according":
        return _FACT
    asked = scope.lemma_.lower() in context.words("AskingVerbs") and scope.is_ancestor(verb)
    return status(scope, context, speech).told() if asked and scope.pos_ == "VERB" else None


def _is_past(verb: Token, above: Status, context: Context) -> bool:
    """Whether a relative clause reports an earlier action of several, or a consequence.

    As in "may help families who lost their homes", "fears of a strike, which led to a coup". Not "a witness
    who saw it", who is still sought and may not exist.
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
    return past and not modal and (apart or verb.head.tag_ == "NNS")


def _if_wanted(governor: Token, above: Status, context: Context) -> Status:
    """The status of a participle that a verb of wanting may govern: "wants the gates closed"."""
    wanted = governor.lemma_.lower() in context.words("WantingVerbs")
    return Status(Factuality.PLANNED, above.speaker, governor).under(above) if wanted else above


def _is_known_result(verb: Token, context: Context) -> bool:
    """Whether the participle gives a result that readers know, of several things: "towns destroyed by the
    storm".
    """
    if verb.tag_ != "VBN" or verb.dep_ != "acl" or verb.head.tag_ != "NNS":
        return False
    doers = [noun for by in children(verb, "agent") for noun in children(by, "pobj")]
    return any(
        context.parsed.is_name(noun) or any(child.lower_ in ("the", "this") for child in noun.lefts)
        for noun in doers
    )


def _noun_content(noun: Token, governor: Token | None, above: Status, context: Context) -> Status:
    """The content of a noun: "Ana's claim that Tom left", "no evidence that ...", "denied reports that"."""
    lemma = noun.lemma_.lower()
    if lemma == "fact":
        return _FACT
    if lemma in context.words("DenialNouns"):
        return Status(Factuality.NEGATED, owner_of_words(noun, context), noun)
    if lemma in ("doubt", "question") and noun.i and noun.nbor(-1).lower_ == "no":
        return above.told()  # "There is no doubt that Tom left"
    if governor is not None and noun.head.i == governor.i:
        if above.factuality is Factuality.NEGATED:
            return Status(Factuality.POSSIBLE, above.speaker, above.scope)
        if governor.lemma_.lower() in context.words("DenialVerbs") and noun.dep_ == "dobj":
            factuality = Factuality.NEGATED if above.factuality in TOLD else Factuality.POSSIBLE
            return Status(factuality, speech_of_governor(governor, context), governor)
    doubted = lemma in context.words("DoubtedNouns")
    factuality = Factuality.POSSIBLE if doubted else Factuality.REPORTED
    # "made an announcement that she would leave"
    return Status(factuality, owner_of_words(noun, context) or writer(noun, context), noun)


def _according_to(verb: Token, context: Context) -> Status | None:
    """The speaker in "according to Ana Ruiz"; not "according to custom".

    "according to earlier plans": it is planned.
    """
    top = verb
    aside = verb.dep_ == "relcl" and is_aside(verb, context)
    inner = () if aside else ("conj", "advcl", "xcomp", "relcl", "acl")
    while top.dep_ in inner and top.head.pos_ in ("VERB", "AUX"):
        top = top.head
    for candidate in (verb, top):
        for child in dependents(candidate):
            if child.is_ancestor(verb):
                continue
            if child.lower_ == "by" and _is_told_by(child, context):
                return Status(Factuality.REPORTED, scope=child)
            if child.lower_ == "in":
                source = _viewer(child, context)
                if source is not None:
                    return Status(Factuality.REPORTED, source, child)
            if child.lower_ != "according":
                continue
            for preposition in children(child, "prep"):
                for noun in children(preposition, "pobj"):
                    if _is_plan(noun, context):
                        return Status(Factuality.PLANNED, scope=child)
                    if noun.lemma_.lower() not in context.words("Unsourced") or context.parsed.is_name(noun):
                        return Status(Factuality.REPORTED, author(noun, context), child)
    return None


def _is_told_by(preposition: Token, context: Context) -> bool:
    """Whether "by" introduces a legend as the source: "By one tradition, the saint came from Lima"; not "By
    tradition, the mayor opens the fair".
    """
    nouns = (
        noun for noun in children(preposition, "pobj") if noun.lemma_.lower() in context.words("LegendNouns")
    )
    return any(child.lower_ in context.words("Partitives") for noun in nouns for child in noun.lefts)


def _is_plan(noun: Token, context: Context) -> bool:
    """Whether "according to" introduces a plan: "according to the plan, Acme builds a mill"; not "everything
    went according to plan".
    """
    bare = noun.tag_ == "NN" and not list(noun.lefts)
    return noun.lemma_.lower() in context.words("PlanNouns") and not bare and not context.parsed.is_name(noun)


def _alleged(verb: Token) -> Status | None:
    """The status that "allege" gives: "Police allege Tom stole it", "Tom stole it, police allege"; None
    without it.

    Parsers may take the verb, which is rare in other texts, for an adverb.
    """
    subjects = children(verb, "nsubj", "nsubjpass")
    nearby = [word for noun in subjects for word in children(noun, "acl", "advmod")]
    for child in (*children(verb, "advmod"), *nearby):
        if child.lower_ in ("allege", "alleges"):
            before = child.nbor(-1) if child.i else child
            return Status(Factuality.REPORTED, before if before.pos_ in ("NOUN", "PROPN") else None, child)
    return None


def _viewer(preposition: Token, context: Context) -> Token | None:
    """The speaker in "in the words of Ana Ruiz", "in Ana's view"."""
    for noun in children(preposition, "pobj"):
        if noun.lemma_.lower() in context.words("ViewNouns"):
            owners = [
                owner for of in children(noun, "prep") if of.lower_ == "of" for owner in children(of, "pobj")
            ]
            return owner_of_words(noun, context) or next(iter(owners), None)
    return None
