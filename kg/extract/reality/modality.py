"""Factuality marked inside the clause itself: modal verbs, conditions, questions, orders.

    Ana will sign.  Ana signs on Friday.        planned
    Ana may sign.  Perhaps Ana signed.          possible
    If Ana signs, ...  Had Ana signed, ...      possible
    Did Ana sign?  Sign here!                   possible
    Ana allegedly signed.                       reported

A negation takes precedence (see `polarity`). `factuality` adds the effect of the governing clauses.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extract.clauses.clause import Context, children, dependents
from kg.extract.reality.polarity import negator
from kg.extract.reality.status import Status
from kg.model import BlockKind, Factuality

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.model import TimeExpression

_STILL = frozenset(("more", "longer", "further"))


def own_status(verb: Token, context: Context) -> Status:
    """The status that the clause's own words give it, without its governors."""
    denied = negator(verb, context)
    if denied is not None and _condition(verb, context) is None:
        return _denied(verb, denied, context)
    return besides_denial(verb, context)


def besides_denial(verb: Token, context: Context) -> Status:
    """The status that the clause's own words give it, ignoring a negation."""
    condition = _condition(verb, context)
    instead = _replaced(verb)
    bare = verb.tag_ in ("VB", "VBG") and not children(verb, "nsubj", "nsubjpass", "aux", "auxpass")
    if instead is not None and bare:
        return Status(Factuality.NEGATED, scope=instead)  # as in "Rather than sell it"
    either = _alternative(verb)
    if either is not None:
        return Status(Factuality.POSSIBLE, scope=either)
    to = _headline_infinitive(verb)
    if to is not None or _continues_infinitive(verb):
        return Status(Factuality.PLANNED, scope=to)
    if condition is not None or is_question(verb, context) or _is_order(verb):
        return Status(Factuality.POSSIBLE, scope=condition)
    supposed = _supposition(verb)
    if supposed is not None:
        return Status(Factuality.POSSIBLE, scope=supposed)
    adverbs = _adverbs(verb)
    doubter = _first(adverbs, context.words("Doubters"))
    if doubter is not None:
        return Status(Factuality.POSSIBLE, scope=doubter)
    modals = _marks(verb)
    will = context.words("FutureModals")
    if _is_polite(verb, modals, context):
        return Status()
    if _is_past_habit(verb, modals, context):
        return Status()
    future = _first(modals, will | {"would"} if _is_future_in_past(verb, context) else will)
    if future is not None:
        return Status(Factuality.PLANNED, scope=future)
    modal = _first(modals, context.words("PossibleModals"))
    if modal is not None and not _is_sensed(verb, modal, context):
        return Status(Factuality.POSSIBLE, scope=modal)
    ahead = _day_ahead(verb, context)
    if ahead is not None:
        return Status(Factuality.PLANNED, scope=ahead)
    hearsay = _first(adverbs, context.words("Hearsay"))
    return Status() if hearsay is None else Status(Factuality.REPORTED, scope=hearsay)


def _replaced(verb: Token) -> Token | None:
    """The first word of "Rather than sell it" or "Instead of selling it", wherever the parser attaches it.

    None for other clauses.
    """
    pairs = (("rather", "than"), ("instead", "of"))
    if verb.i > 1 and (verb.nbor(-2).lower_, verb.nbor(-1).lower_) in pairs:
        return verb.nbor(-2)
    return next((child for child in verb.lefts if child.lower_ in ("than", "instead")), None)


def _is_sensed(verb: Token, modal: Token, context: Context) -> bool:
    """Whether "could" expresses a perception, which is a fact.

    As in "could hear that it rained", "shots could be heard", "was there and could see the fire". Not in
    "could see prices fall", a prediction, nor in "could be seen as a threat", a judgement.
    """
    sensed = verb.lemma_.lower() in context.words("SensingVerbs")
    if modal.lower_ != "could" or not sensed or children(verb, "neg"):
        return False
    told = any(child.lower_ == "that" for clause in children(verb, "ccomp") for child in clause.lefts)
    judged = any(child.lower_ == "as" for child in children(verb, "prep"))
    perceived = bool(children(verb, "auxpass")) and not children(verb, "xcomp", "ccomp") and not judged
    there = verb.dep_ == "conj" and verb.head.tag_ == "VBD" and bool(children(verb, "dobj"))
    return told or perceived or there


def _day_ahead(verb: Token, context: Context) -> Token | None:
    """The day by which a present tense means the future: "Peru plays Chile on Saturday", "Ruiz is meeting
    Reed on Monday"; None if there is none.

    None in headlines, whose present tense is past, nor after verbs of speech ("Ana says on Monday").
    """
    parsed = context.parsed
    block = parsed.sentences[parsed.sentence_of[verb.i]].block
    auxiliaries = children(verb, "aux", "auxpass")
    simple = verb.tag_ in ("VBZ", "VBP") and not auxiliaries
    progressive = verb.tag_ == "VBG" and [word.lower_ for word in auxiliaries] in (["is"], ["are"])
    present = simple or progressive
    said = context.listed(verb.lemma_.lower(), "SpeechVerbs", "BeliefVerbs")
    if not present or said or verb.pos_ == "AUX" or block is not BlockKind.PARAGRAPH:
        return None
    nouns = [*children(verb, "npadvmod"), *_dated(verb)]
    goals = [noun for to in children(verb, "prep") for noun in children(to, "pobj")]
    nouns += [day for noun in (*children(verb, "dobj"), *goals) for day in _dated(noun)]
    week = _week_of_tour(verb, context)
    if week is not None:
        return week
    for noun in nouns:
        index = parsed.time_of.get(noun.i, -1)
        if index < 0 or parsed.times[index].type != "DATE":
            continue
        time, published = parsed.times[index], parsed.document.metadata.date
        to_come = (
            time.begin > published[: len(time.begin)] if time.begin and published else _is_some_day(time)
        )
        if to_come or time.tense == "future" or _is_next(noun):
            return noun
    return None


def _week_of_tour(verb: Token, context: Context) -> Token | None:
    """The time in the main clause during which a journey, told in the present tense, is under way; or None.

    "this week" in "Her party is canvassing this week as she visits Lima, Cusco and Puno"; none in "She
    canvasses this week as she knows Lima", whose "as" gives a reason.
    """
    main = verb.head
    during = any(child.lower_ in ("as", "while", "when") for child in children(verb, "mark", "advmod"))
    if verb.dep_ != "advcl" or not during or verb.lemma_.lower() in context.words("StateVerbs"):
        return None
    if main.tag_ not in ("VBG", "VBZ", "VBP") or any(a.tag_ == "VBD" for a in children(main, "aux")):
        return None
    times = [
        *children(main, "npadvmod"),
        *(t for o in children(main, "dobj") for t in children(o, "npadvmod")),
    ]
    for noun in times:
        if any(word.lower_ in ("this", "next") for word in noun.lefts) and context.parsed.is_time(noun):
            return noun
    return None


def _is_some_day(time: TimeExpression) -> bool:
    """Whether the time is a day of an unknown week or year, as in an article without a date: "on Monday", "on
    24 May".

    A present tense with such a time expresses a plan.
    """
    return re.fullmatch(r"XXXX-(?:WXX-\d|\d\d-\d\d)", time.value[:10]) is not None


def _is_next(noun: Token) -> bool:
    """Whether the noun denotes a time to come: "leaves next month", "leaves this weekend"; not "plays the
    flute this year".
    """
    marks = {word.lower_ for word in noun.lefts}
    return bool(marks & {"next", "coming"}) or ("this" in marks and noun.lower_ in ("weekend", "evening"))


def _dated(head: Token) -> list[Token]:
    """The nouns that the preposition "on" attaches to `head`."""
    return [noun for on in children(head, "prep") if on.lower_ == "on" for noun in children(on, "pobj")]


def _first(tokens: list[Token], words: frozenset[str]) -> Token | None:
    return next((token for token in tokens if token.lower_ in words), None)


def _denied(verb: Token, negator: Token, context: Context) -> Status:
    """The status of a negated clause; "should not sign", "may not sign" leave open whether it happens."""
    modal = _first(_marks(verb), context.words("OpenModals"))
    if modal is not None:
        return Status(Factuality.POSSIBLE, scope=modal)
    return Status(Factuality.POSSIBLE if _is_compared(verb) else Factuality.NEGATED, scope=negator)


def _adverbs(verb: Token) -> list[Token]:
    """The adverbs of the verb, and those that it shares with the verb to which it is joined: "allegedly broke
    in and stole a ring".

    Not across a change of voice: "allegedly stole a ring and was arrested".
    """
    own = children(verb, "advmod")
    first = verb.head
    if verb.dep_ != "conj" or first.pos_ != "VERB" or children(verb, "nsubj", "nsubjpass"):
        return own
    same = bool(children(verb, "auxpass")) == bool(children(first, "auxpass"))
    return [*own, *(word for word in children(first, "advmod") if word.i < first.i)] if same else own


def _is_compared(verb: Token) -> bool:
    """Whether only the degree is denied: "could not have solved it any faster".

    "Any more" does not count: it modifies the verb.
    """
    after = verb.doc[verb.i + 1 : verb.right_edge.i + 1]
    return any(
        token.tag_ in ("RBR", "JJR") and token.nbor(-1).lower_ == "any" and token.lower_ not in _STILL
        for token in after
        if token.i > verb.i + 1
    )


def _alternative(verb: Token) -> Token | None:
    """The "or" of verbs that are alternatives, "either lost or stayed"; None if there is none."""
    head = verb.head if verb.dep_ == "conj" else verb
    joined = [child for child in children(head, "conj") if child.pos_ in ("VERB", "AUX")]
    return _first(children(head, "cc"), frozenset(("or",))) if joined else None


def _headline_infinitive(verb: Token) -> Token | None:
    """The "to" in "Markets to remain closed", "Markets are to remain closed"; None if there is none."""
    auxiliaries = children(verb, "aux")
    to = _first(auxiliaries, frozenset(("to",)))
    be = any(word.lemma_ == "be" and to is not None and word.i < to.i for word in auxiliaries)
    return to if verb.dep_ == "ROOT" or be else None


def _continues_infinitive(verb: Token) -> bool:
    """Whether a bare verb coordinated with a finite one continues an infinitive.

    As in "announced a plan to ask people, and determine what they want".
    """
    bare = verb.tag_ == "VB" and verb.dep_ == "conj" and not children(verb, "aux", "nsubj")
    # Not after VBP: of "they build and fade", "fade" may be tagged VB by mistake.
    return bare and verb.head.tag_ in ("VBD", "VBZ")


def _condition(verb: Token, context: Context) -> Token | None:
    """The word that marks a condition; None if there is none.

    "if", "unless", "in case", "provided that", or the first word of "Had Ana signed, ...".
    """
    marks = [child for child in verb.lefts if child.dep_ in ("mark", "advmod")]
    mark = _first(marks, context.words("ConditionMarks"))
    if mark is not None and not _is_bound(verb, mark, context):
        return mark
    given = verb.head if verb.dep_ == "ccomp" else None
    if (
        given is not None
        and given.dep_ in ("advcl", "prep", "xcomp")
        and given.lower_ in context.words("ConditionMarks")
        and not children(given, "aux", "auxpass", "nsubj", "dobj")
    ):
        return given  # as in "will stay provided that Norvex agrees", "providing Norvex agrees"
    start = verb.left_edge.i
    for token in verb.doc[max(start - 1, 0) : start + 2]:
        if token.lower_ == "case" and token.i and token.nbor(-1).lower_ == "in":
            return token
    opens = verb.doc[start]
    subjects = children(verb, "nsubj", "nsubjpass")
    inverted = opens.dep_ in ("aux", "auxpass") and opens.lower_ in ("had", "were", "should")
    return opens if inverted and any(opens.i < subject.i for subject in subjects) else None


def _supposition(verb: Token) -> Token | None:
    """The "if" on which a clause depends, as in "If it rains, the town loses" (or "will lose"); otherwise
    None.
    """
    auxiliaries = children(verb, "aux", "auxpass")
    future = any(word.lower_ in ("will", "'ll", "’ll") for word in auxiliaries)
    if not future and (verb.tag_ not in ("VBZ", "VBP") or auxiliaries):
        return None
    supposed = (clause for clause in children(verb, "advcl") if children(clause, "nsubj", "nsubjpass"))
    marks = [mark for clause in supposed for mark in children(clause, "mark") if mark.lower_ == "if"]
    return next((mark for mark in marks if mark.i == 0 or mark.nbor(-1).lower_ not in ("even", "as")), None)


def _is_bound(verb: Token, mark: Token, context: Context) -> bool:
    """Whether "until" or the like bounds a past clause by an event that happened: "They worked until the
    storm came".

    Not in "would work until the storm came".
    """
    main = verb.head if verb.head.pos_ in ("VERB", "AUX") else verb.head.head
    return mark.lower_ in context.words("BoundMarks") and _is_past(verb) and _is_past(main)


def _is_past(verb: Token) -> bool:
    auxiliaries = children(verb, "aux", "auxpass")
    if any(word.tag_ == "MD" for word in auxiliaries):
        return False
    return verb.tag_ == "VBD" or any(word.tag_ == "VBD" for word in auxiliaries)


def _marks(verb: Token) -> list[Token]:
    """The auxiliaries of the verb; a bare verb shares those of the verb that it is coordinated with ("may
    come and go").

    Empty for "signed" in "Will Osei signed": a modal verb governs a bare verb, so "Will" is a name.
    """
    own = children(verb, "aux", "auxpass")
    while not own and verb.dep_ == "conj" and not children(verb, "nsubj", "nsubjpass"):
        if verb.tag_ not in ("VB", "VBN", "VBG") or verb.head.pos_ not in ("VERB", "AUX"):
            break
        verb = verb.head
        own = children(verb, "aux", "auxpass")
    return [] if verb.tag_ in ("VBD", "VBZ") else own


def is_question(verb: Token, context: Context) -> bool:
    """Whether the clause is asked: "Did Ana sign?", "the question “Did Ana sign?” was added"."""
    parsed = context.parsed
    if _is_quoted_question(verb, context):
        return True
    bounds = parsed.sentences[parsed.sentence_of[verb.i]]
    if "?" not in parsed.document.text[bounds.start : bounds.end]:
        return False
    sentence = verb.sent
    at = sentence.end - 1
    while at > sentence.start and (verb.doc[at].is_space or verb.doc[at].text in ("”", '"', "''", ")", "’")):
        at -= 1
    last = verb.doc[at]
    if last.text != "?" or is_aside(verb, context):
        return False
    # The quotation is asked, but that Ana asked is a fact: "“Will you come?” Ana asked".
    return parsed.is_quoted(verb) or not parsed.is_quoted(last)


def _is_quoted_question(verb: Token, context: Context) -> bool:
    """Whether the clause is a question in quotation marks: it is inverted and its sentence ends with "?"."""
    index = context.parsed.quotation_of.get(verb.i)
    if index is None:
        return False
    end = context.parsed.quotations[index].end
    after = [t.text for t in verb.doc[verb.i : end] if t.text in (".", "!", "?", ";")]
    inverted = any(s.i > verb.i for s in children(verb, "nsubj", "nsubjpass")) or any(
        aux.i < s.i for aux in children(verb, "aux", "auxpass") for s in children(verb, "nsubj", "nsubjpass")
    )
    return after[:1] == ["?"] and inverted


def is_aside(verb: Token, context: Context) -> bool:
    """Whether a relative clause in a question is not asked itself: "Why did they honour Reed, who sold the
    mill?".
    """
    opening = next((word for word in verb.doc[verb.left_edge.i : verb.i] if not word.is_punct), verb)
    apart = verb.dep_ == "relcl" and opening.i > 0 and opening.nbor(-1).text == ","
    return apart and opening.lower_ in ("who", "which") and context.parsed.is_name(verb.head)


def _is_past_habit(verb: Token, modals: list[Token], context: Context) -> bool:
    """Whether "would" refers to the past: "Whenever a ship came, she would visit the harbour", "He would
    later sell it".

    Not in "said he would later sell the mill".
    """
    if _first(modals, frozenset(("would",))) is None or context.parsed.is_quoted(verb):
        return False
    if any(child.lower_ == "have" for child in children(verb, "aux")):
        return False
    marks = (mark for clause in children(verb, "advcl") for mark in children(clause, "advmod", "mark"))
    if any(mark.lower_ == "whenever" for mark in marks):
        return True
    told = verb.dep_ in ("ROOT", "relcl") and not children(verb, "parataxis", "ccomp", "advcl")
    later = any(child.lower_ == "later" and child.i == verb.i - 1 for child in children(verb, "advmod"))
    return told and later


def _is_polite(verb: Token, modals: list[Token], context: Context) -> bool:
    """Whether "would" is only polite, so that the speaker does think so.

    As in "I would think that Tom left", "I would say it rained".
    """
    would = _first(modals, frozenset(("would", "'d", "’d"))) is not None
    own = any(subject.lower_ in ("i", "we") for subject in children(verb, "nsubj"))
    said = verb.lemma_.lower() in context.words("PoliteVerbs") and bool(children(verb, "ccomp"))
    return would and own and said and not children(verb, "advcl", "neg")


def _is_past_content(verb: Token) -> bool:
    """Whether the verb heads the content clause of a past-tense verb: "told us he would come"."""
    while verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX"):
        verb = verb.head
    return verb.dep_ == "ccomp" and verb.head.tag_ in ("VBD", "VBN") and verb.head.i < verb.i


def _is_present_content(verb: Token, context: Context) -> bool:
    """Whether the verb heads the content clause of a present-tense verb: "Ana says she would come"."""
    above = verb.head
    present = above.tag_ in ("VBZ", "VBP") and not children(above, "aux", "auxpass")
    return (
        verb.dep_ == "ccomp"
        and present
        and context.listed(above.lemma_.lower(), "SpeechVerbs", "BeliefVerbs")
    )


def _is_order(verb: Token) -> bool:
    """Whether the verb is an order: a bare main verb without a subject ("Sign up now")."""
    return (
        verb.tag_ == "VB"
        and verb.dep_ == "ROOT"
        and not children(verb, "nsubj", "nsubjpass", "aux", "auxpass")
    )


def _is_future_in_past(verb: Token, context: Context) -> bool:
    """Whether "would" is a plan in the past: "Kits would be free, she said".

    With a condition it is only possible. In direct speech it is a wish or guess ("“It would help us,” she
    said"), except in a content clause ("told us he would come").
    """
    head = verb
    if context.parsed.is_quoted(verb) and not _is_past_content(verb):
        return False
    if _is_present_content(verb, context):
        return False  # not a plan but a supposition: "Critics say a tax would hurt Norvex"
    conditions = [child for child in dependents(verb) if child.dep_ == "advcl"]
    if any(c.lower_ == "if" for clause in conditions for c in clause.lefts):
        return False
    return not any(child.lower_ == "have" for child in dependents(head) if child.dep_ == "aux")
