"""The factuality of infinitives and participles that a verb, a noun or an adjective governs.

    Ana managed to sign.  Ana used it to sign.      the same as the governor's
    Ana failed to sign.  Ana is unable to sign.     negated
    Ana seems to sign.  Tom urged Ana to sign.      possible
    Ana plans to sign.  Ana came to sign.           planned
    Ana claims to own it.                           reported

See Karttunen 1971 on implicative verbs. Excludes finite clauses, and gerunds after prepositions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.clauses.clause import Context, children, dependents
from kg.extract.reality.authors import speech_of_governor
from kg.extract.reality.status import TOLD, Status
from kg.model import Factuality

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Token


def governed(
    verb: Token, governor: Token, above: Status, context: Context, undenied: Callable[[], Status]
) -> Status:
    """The status of an infinitive or participle as the complement of a verb or an adjective.

    `above` is the governor's status; `undenied` returns the status that it would have without its negation.
    """
    if _is_felt(verb, governor, context):
        return above
    if verb.head.pos_ == "ADJ":
        return _of_adjective(verb.head, governor, above, context)
    infinitive = any(child.lower_ == "to" for child in verb.lefts)
    special = _auxiliary_like(governor, above, infinitive=infinitive)
    special = special or _not_failed(governor, above, context, undenied)
    if special is not None:
        return special
    found = _by_governor(verb, governor, above, context)
    if found is not None:
        return found
    lemma = governor.lemma_.lower()
    if infinitive or verb.tag_ == "VB":
        if _is_carried_out(verb, governor, context):
            return above
        if _is_done_before(verb):  # no plan: "hoped to have won", "was declared to have won"
            told = _is_declared(governor, context)
            return Status(Factuality.REPORTED if told else Factuality.POSSIBLE, scope=governor).under(above)
        if above.factuality is Factuality.NEGATED and _is_open(lemma, context):
            return Status(Factuality.POSSIBLE, above.speaker, above.scope)
        if _is_guess(governor, context):
            return Status(Factuality.POSSIBLE, scope=governor).under(above)
        if lemma in context.words("RequiringVerbs") and children(governor, "auxpass", "dobj"):
            # as in "ten votes are needed to win"
            return Status(Factuality.POSSIBLE, scope=governor).under(above)
        asked = _is_asked(verb, governor, context)  # it is not Tom's plan: "urged Tom to sign"
        expected = lemma in context.words("ExpectingVerbs") and not children(governor, "auxpass")
        other = expected and bool(children(governor, "dobj") or children(verb, "nsubj", "nsubjpass"))
        asker = speech_of_governor(governor, context) if asked or other else None
        return Status(Factuality.POSSIBLE if asked else Factuality.PLANNED, asker, governor).under(above)
    wished = context.listed(lemma, "BeliefVerbs", "WishedGerundVerbs")
    if wished and verb.tag_ == "VBG":
        return Status(Factuality.POSSIBLE, scope=governor).under(above)
    return above


def purpose(verb: Token, to: Token, governor: Token, above: Status, context: Context) -> Status:
    """The status of an infinitive in an adverbial clause, mostly a purpose: "left to punish Tom"."""
    excess = _excess(verb, governor)
    if excess is not None:
        return _denied_by(excess, above)
    if _is_used(governor, verb, context):
        return above
    if _is_habit(governor, context):
        return above
    lemma = governor.lemma_.lower()
    if _is_remade(governor, verb, context):
        return above
    if lemma in context.words("ForClauseVerbs") & context.words("AskingVerbs") and _has_own_subject(verb):
        # as in "called for Tom to resign", which Tom does not plan
        return Status(Factuality.POSSIBLE, speech_of_governor(governor, context), governor).under(above)
    if lemma in context.words("RequiringVerbs"):
        return Status(Factuality.POSSIBLE, scope=to).under(above.told())  # as in "needs ten votes to win"
    result = lemma in context.words("UnaccusativeVerbs") and verb.lemma_ in context.words("ResultVerbs")
    result = (
        result
        or lemma in context.words("EmergingVerbs")
        or (lemma in context.words("WinningVerbs") and verb.lemma_ in context.words("GainVerbs"))
    )
    up = lemma == "step" and any(child.lower_ == "up" for child in children(governor, "prt"))
    goes_on = result or ((up or lemma in ("go", "come", "live")) and to.i - governor.i <= 2)
    if goes_on:  # as in "went on to found", "lived to see", "stepped up to score", "rose to close at 9"
        return above
    # If the action is uncertain or denied, so is its purpose: "could be used by thieves to open it".
    open_ = above.factuality in (Factuality.POSSIBLE, Factuality.NEGATED)
    return Status(Factuality.POSSIBLE if open_ else Factuality.PLANNED, scope=to).under(above.told())


def _has_own_subject(verb: Token) -> bool:
    return bool(children(verb, "nsubj", "nsubjpass"))


def _is_habit(governor: Token, context: Context) -> bool:
    """Whether the purpose is achieved each time: "The storks fly south every year to reach the lakes"."""
    parsed = context.parsed
    present = governor.tag_ in ("VBZ", "VBP") and not children(governor, "aux", "auxpass", "neg")
    indices = (parsed.time_of.get(c.i, -1) for c in children(governor, "npadvmod", "advmod"))
    return present and any(index >= 0 and parsed.times[index].type == "SET" for index in indices)


def to_of(verb: Token) -> Token | None:
    """The "to" of an infinitive; None if there is none."""
    return next((child for child in verb.lefts if child.lower_ == "to" and child.dep_ == "aux"), None)


def _is_guess(governor: Token, context: Context) -> bool:
    """Whether the infinitive is a forecast, or was once intended: "is tipped to win", "had hoped to win".

    Not "is scheduled to sign", "hopes to win", "has planned to sell it".
    """
    lemma, passive = governor.lemma_.lower(), bool(children(governor, "auxpass"))
    if (passive or _is_reduced(governor)) and lemma in context.words("ForecastVerbs"):
        return True
    had = governor.tag_ == "VBN" and any(child.lower_ == "had" for child in children(governor, "aux"))
    return had and not passive and lemma in context.words("IntendingVerbs")


def _is_done_before(verb: Token) -> bool:
    """Whether the infinitive is perfect: "to have won"."""
    return any(child.lower_ == "have" for child in children(verb, "aux"))


def _is_declared(governor: Token, context: Context) -> bool:
    """Whether somebody declares what the infinitive says: "was declared to have won", "a man reported to have
    won".
    """
    lemma = governor.lemma_.lower()
    said = context.listed(lemma, "SpeechVerbs", "HearsayVerbs") and not context.listed(lemma, "AskingVerbs")
    return said and (_is_reduced(governor) or bool(children(governor, "auxpass")))


def _is_carried_out(verb: Token, governor: Token, context: Context) -> bool:
    """Whether a decision was carried out: "decided to join and did", "chose to join", "decided to join in
    2010".

    A date counts only if it is in an earlier year: in "decided to join on Monday", Monday may be the day of
    the decision.
    """
    lemma, told = governor.lemma_.lower(), governor.tag_ in ("VBD", "VBN")
    if not told or lemma not in context.words("DecidingVerbs") or children(governor, "auxpass"):
        return False
    if lemma in context.words("OptingVerbs"):
        return True
    if any(c.lower_ == "did" and not children(c, "dobj", "nsubj", "neg") for c in children(governor, "conj")):
        return True
    nouns = (n for on in children(verb, "prep") if on.lower_ in ("in", "on") for n in children(on, "pobj"))
    times = (
        context.parsed.times[context.parsed.time_of.get(noun.i, -1)]
        for noun in nouns
        if noun.i in context.parsed.time_of
    )
    published = context.parsed.document.metadata.date
    return bool(published) and any(time.finish and time.finish[:4] < published[:4] for time in times)


def _not_failed(
    governor: Token, above: Status, context: Context, undenied: Callable[[], Status]
) -> Status | None:
    """The status under a negated verb of failing; None under other verbs.

    It is what it would be without the negation and the verb: "did not hesitate to sign" and "never failed to
    sign" mean "signed"; "will not hesitate to sign" is planned.
    """
    failing = governor.lemma_.lower() in context.words("FailingVerbs")
    if above.factuality is not Factuality.NEGATED or not failing:
        return None
    done = undenied()
    return None if done.factuality is Factuality.NEGATED else done


def _by_governor(verb: Token, governor: Token, above: Status, context: Context) -> Status | None:
    """The status that the meaning of the governor gives; None if the governor is a wish or a plan."""
    lemma = governor.lemma_.lower()
    infinitive = any(child.lower_ == "to" for child in verb.lefts)
    passive = _is_reduced(governor) or bool(children(governor, "auxpass"))
    # what the infinitive says is not negated: "stopped to find a mechanic"
    paused = infinitive and lemma in context.words("PausingVerbs")
    if _is_tried_in_vain(governor) or (lemma in context.words("NegativeVerbs") and not paused):
        # With a second negation or a modal, it is possible: "did not fail to sign", "may refuse to sign".
        plain = above.factuality in TOLD or is_abstention(lemma, above, context)
        return Status(Factuality.NEGATED if plain else Factuality.POSSIBLE, above.speaker, governor)
    if lemma in context.words("ForbiddingVerbs"):
        return Status(Factuality.POSSIBLE, scope=governor).under(above)
    result = lemma in context.words("UnaccusativeVerbs") and verb.lemma_ in context.words("ResultVerbs")
    denied = above.factuality is Factuality.NEGATED
    if _is_remade(governor, verb, context):
        return above
    if denied and context.listed(lemma, "ForcingVerbs"):
        # Tom may have gone: "did not force Tom to go"
        return Status(Factuality.POSSIBLE, above.speaker, above.scope)
    proved = lemma == "prove" and not passive
    if infinitive and (proved or lemma in context.words("EmergingVerbs")):
        return above  # a fact: "turned out to watch", "turned out to be", "proved to be"
    if lemma in context.words("ImplicativeVerbs") or result or _is_used(governor, verb, context):
        return above
    if passive and not infinitive and lemma in context.words("FindingVerbs"):
        return above  # a fact: "was found hidden in a bin"; somebody's opinion: "was found to be hidden"
    if passive and lemma == "know" and not denied:
        return above  # what is known is a fact: "is known to have sold it"
    if passive and lemma in context.words("HearsayVerbs"):
        return Status(Factuality.REPORTED, scope=governor).under(above)
    if infinitive and passive and verb.lemma_ == "be" and _is_declared(governor, context):
        return Status(Factuality.REPORTED, scope=governor).under(above)  # as in "was declared to be unsafe"
    if lemma in context.words("SeemVerbs") | context.words("PermissionVerbs"):
        return Status(Factuality.POSSIBLE, scope=governor).under(above)
    if infinitive and _is_held(verb, governor, context):
        return Status(Factuality.REPORTED, speech_of_governor(governor, context), governor).under(
            above.unspoken()
        )
    return None


def _is_tried_in_vain(governor: Token) -> bool:
    """Whether an attempt failed: "tried to play but could not", "tried to sell it but failed".

    Not "tried to play but could not win", "tried to play but failed to win".
    """
    if governor.lemma_ not in ("try", "attempt") or not any(
        c.lower_ == "but" for c in children(governor, "cc")
    ):
        return False
    for word in children(governor, "conj"):
        alone = not children(word, "dobj", "xcomp", "prep", "ccomp")
        could = word.lower_ == "could" and bool(children(word, "neg"))
        if alone and (could or (word.lower_ == "failed" and not children(word, "aux"))):
            return True
    return False


def is_abstention(lemma: str, above: Status, context: Context) -> bool:
    """Whether a verb in the future announces an abstention: "will refuse to sign" means "will not sign"."""
    future = above.scope is not None and above.scope.lower_ in context.words("FutureModals")
    return above.factuality is Factuality.PLANNED and future and lemma in context.words("AbstainingVerbs")


def _is_held(verb: Token, governor: Token, context: Context) -> bool:
    """Whether the infinitive is somebody's view, not a plan.

    As in "considers the pact to be a success", "claimed to own the mill".
    """
    lemma = governor.lemma_.lower()
    if children(governor, "auxpass"):
        return False
    own = verb.lemma_ == "be" and bool(children(verb, "nsubj"))
    viewed = context.listed(lemma, "BeliefVerbs", "SpeechVerbs") and not context.listed(
        lemma, "AskingVerbs", "WantingVerbs", "UncertainVerbs", "ProposingVerbs"
    )
    return lemma in context.words("ClaimingVerbs") or (own and viewed)


def _is_used(governor: Token, verb: Token, context: Context) -> bool:
    """Whether something was used for the purpose, so that it was achieved.

    As in "used the money to buy a boat", "the money was used to buy a boat", "Ana uses it to catch fish",
    "it is being used to catch fish". Not in "is used to catch fish", which only names the purpose.
    """
    to = to_of(verb)
    using = governor.lemma_.lower() == "use" and to is not None and to.i > governor.i
    clause = context.clause(governor)
    auxiliaries = children(governor, "aux", "auxpass")
    past = governor.tag_ == "VBD" or any(a.tag_ == "VBD" or a.lemma_ == "have" for a in auxiliaries)
    going_on = any(a.lower_ == "being" for a in auxiliaries)
    does = governor.tag_ in ("VBZ", "VBP") and not auxiliaries and not clause.passive
    people = (context.ontology.is_a(context.parsed.type_of(s), "Agent") for s in clause.subjects)
    done = past or going_on or (does and any(people))
    return using and done and (clause.passive or bool(clause.objects))


def _is_remade(governor: Token, verb: Token, context: Context) -> bool:
    """Whether something was changed into what the infinitive says.

    As in "was adapted to become a film", "were merged to form Norvex"; not in "was trained to become a
    pilot".
    """
    remade = governor.lemma_.lower() in context.words("RemakingVerbs") and context.clause(governor).passive
    to = to_of(verb)
    return remade and verb.lemma_ in ("become", "form") and to is not None and to.i - governor.i <= 2


def _is_open(lemma: str, context: Context) -> bool:
    """Whether the action may happen although the governor is negated: "did not ask Tom to leave", "does not
    need to leave".
    """
    # not after a verb of wanting: "did not want Tom to leave"
    wanted = lemma in context.words("WantingVerbs")
    return lemma == "need" or (lemma in context.words("AskingVerbs") and not wanted)


def _is_reduced(verb: Token) -> bool:
    """Whether the verb is a passive without its auxiliary: "a gun believed to be Tom's". Its tag may be
    wrong.
    """
    participle = verb.tag_ == "VBN" or (verb.tag_ == "VBD" and verb.dep_ in ("acl", "advcl"))
    return participle and not children(verb, "aux", "auxpass", "dobj")


def _auxiliary_like(governor: Token, above: Status, *, infinitive: bool) -> Status | None:
    """The status under a verb that works like an auxiliary; None under other verbs.

    As in "used to play", "has yet to sign", "is to be held".
    """
    lemma = governor.lemma_.lower()
    if lemma == "use" and governor.tag_ == "VBD" and not children(governor, "auxpass"):
        return above  # a past fact, as in "used to play"; the relation's name says that it has ended
    yet = next((child for child in dependents(governor) if child.lower_ == "yet"), None)
    if lemma in ("have", "be") and yet is not None and infinitive:
        return Status(Factuality.NEGATED, above.speaker, yet)
    if lemma == "go" and governor.tag_ == "VBG" and infinitive:
        return Status(Factuality.PLANNED, scope=governor).under(above)  # as in "is going to sell"
    if lemma == "have" and infinitive and above.factuality is Factuality.NEGATED:
        # "does not have to resign": she may resign; "did not have to resign": she did not
        past = any(child.tag_ == "VBD" for child in children(governor, "aux"))
        return above if past else Status(Factuality.POSSIBLE, above.speaker, above.scope)
    if lemma == "have" and infinitive and governor.tag_ not in ("VBD", "VBG"):
        # "has to resign"; but who "had to resign", or complained of "having to resign", did so
        return Status(Factuality.PLANNED, scope=governor).under(above)
    if governor.pos_ == "AUX":
        return Status(Factuality.PLANNED, scope=governor).under(above)
    return None


def _is_asked(verb: Token, governor: Token, context: Context) -> bool:
    """Whether somebody wants somebody else to act: "urged Tom to sign", "called on Tom to sign"."""
    lemma, control = governor.lemma_.lower(), context.words("PrepositionalControl")
    other = children(governor, "dobj", "dative", "auxpass") or children(verb, "nsubj", "nsubjpass")
    on = any(f"{lemma} {p.lower_}" in control for p in children(governor, "prep"))
    asks = lemma in context.words("AskingVerbs") and lemma not in context.words("ExpectingVerbs")
    return asks and bool(other or on)


def _of_adjective(adjective: Token, governor: Token, above: Status, context: Context) -> Status:
    """The status that an adjective gives its infinitive.

    As in "was able to win", "was proud to open it", "is unable to win", "is set to win".
    """
    word = adjective.lower_
    too = next((child for child in children(adjective, "advmod") if child.lower_ == "too"), None)
    if too is not None and governor.lemma_.lower() not in context.words("SeemVerbs"):
        return _denied_by(too, above)
    perfect = governor.tag_ == "VBN" and bool(children(governor, "aux"))
    told = governor.tag_ == "VBD" or perfect or (word == "able" and governor.tag_ in ("VBZ", "VBP"))
    if told and word in context.words("FactiveAdjectives"):
        return above
    return Status(_toward(adjective, context), scope=adjective).under(above)


def _is_felt(verb: Token, governor: Token, context: Context) -> bool:
    """Whether a participle names a feeling about the action of the infinitive, so that the action happened.

    As in "was honoured to lead it", "is honoured to be asked"; not "is honoured to lead it", which may still
    be ahead. The parser takes the participle for an adjective or for a passive.
    """
    felt = verb.head
    if not felt.lower_.endswith("ed") or felt.lower_ not in context.words("FactiveAdjectives"):
        return False
    auxiliaries = [governor, *children(governor, "auxpass", "aux")]
    past = any(word.tag_ == "VBD" for word in auxiliaries if word is not felt)
    undergone = any(word.lower_ in ("be", "have") for word in children(verb, "auxpass", "aux"))
    return not any(word.tag_ == "MD" for word in auxiliaries) and (past or undergone)


def _denied_by(scope: Token, above: Status) -> Status:
    """The status after "too": negated in "is too busy to come", possible in "is not too busy to come"."""
    told = above.factuality in TOLD
    return Status(Factuality.NEGATED if told else Factuality.POSSIBLE, above.speaker, scope)


def _excess(verb: Token, governor: Token) -> Token | None:
    """The "too" in "had too much work to come", where the parser attaches the infinitive to the verb.

    None if there is none.
    """
    to = to_of(verb)
    if to is None or to.i < governor.i:
        return None
    between = governor.doc[governor.i + 1 : to.i]
    return next((t for t in between if t.lower_ == "too" and t.nbor(1).lower_ in ("much", "many")), None)


def _toward(adjective: Token, context: Context) -> Factuality:
    """The factuality of the infinitive after an adjective: "unable to win", "set to win", "likely to win"."""
    if adjective.lower_ in context.words("NegativeAdjectives"):
        return Factuality.NEGATED
    return (
        Factuality.PLANNED if adjective.lower_ in context.words("PlannedAdjectives") else Factuality.POSSIBLE
    )
