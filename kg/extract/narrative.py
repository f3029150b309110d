"""Narrative time: the day that the story has come to, for what is told without a time.

    On Tuesday Ana Ruiz met Tom Reed in Lima. They toured the harbour and signed a treaty.
        toured, signed: Tuesday

A report stays with the day that it named last, as long as it goes on about the same people and things
and in the simple past (Kamp and Rohrer 1983; Pustejovsky and Stubbs 2011, "narrative containers"). This
is weaker than a time that the clause itself gives: it never tells two happenings apart or makes them one.

Leaves out: states ("She knew him"), what is said, thought or quoted, the perfect ("had met": before that
day), habits, sentences with a time of their own, and those that share no name, pronoun or "the meeting"
with the sentences of that day ("Protesters gathered in Quito.": perhaps on another).
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.clauses.clause import Context, children
from kg.extract.clauses.copula import LINKING
from kg.model import BlockKind, Claim, Factuality, Mention, MentionKind

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_DAY = re.compile(r"\d{4}-\d\d-\d\d|XXXX-(WXX-\d|\d\d-\d\d)")
_LONG = len("2026-01-13")
_FAR = 12  # sentences without anything of that day, after which the story may be anywhere
_SET_IN = frozenset(("at", "in", "on", "during", "after", "of"))
_PHRASE = ("pobj", "npadvmod", "advmod", "attr", "nsubj", "nsubjpass", "appos", "nummod", "compound", "tmod")

_KNOWN = frozenset(("the", "this", "these", "both"))
_PERSONAL = frozenset(("he", "she", "they", "him", "her", "them", "his", "their", "hers", "theirs"))


def narrated(claims: list[Claim], context: Context) -> list[Claim]:
    """The claims; those told on a day that only the sentences before name have it as their `narrative`."""
    parsed = context.parsed
    of_sentence: defaultdict[int, list[int]] = defaultdict(list)
    for index, claim in enumerate(claims):
        of_sentence[claim.sentence].append(index)
    dated = _dated_sentences(context)
    mentioned: defaultdict[int, list[Mention]] = defaultdict(list)
    for mention in parsed.mentions:
        mentioned[mention.sentence].append(mention)
    found = list(claims)
    day, cast, last = -1, set[str](), 0
    for number, sentence in enumerate(parsed.sentences):
        if sentence.block is not BlockKind.PARAGRAPH:
            continue
        names = _names(mentioned[number])
        if number in dated:
            day, cast, last = dated[number], names, number
        elif day < 0 or number - last > _FAR or not (names & cast or _goes_on(mentioned[number])):
            continue
        else:
            last, cast = number, cast | names
        if day < 0 or (number not in dated and _has_time(number, context)):
            continue
        for index in of_sentence[number]:
            if _is_undated(claims[index]) and _is_told(claims[index], context):
                found[index] = replace(claims[index], narrative=day)
    return found


def _dated_sentences(context: Context) -> dict[int, int]:
    """Sentence -> index of the day that it sets its story on; -1 for another time than a day."""
    parsed = context.parsed
    found: dict[int, int] = {}
    for index, time in enumerate(parsed.times):
        span = parsed.doc.char_span(time.start, time.end, alignment_mode="expand")
        if span is None or time.type not in ("DATE", "TIME") or not _dates_story(span, context):
            continue
        number = parsed.sentence_of[span.start]
        is_day = _DAY.match(time.value) and not _is_earlier(span) and not _names_another(index, context)
        if number not in found or found[number] < 0:
            found[number] = index if is_day else -1
    return found


def _names_another(index: int, context: Context) -> bool:
    """As in "Today recalled the day, 20 years ago, when ...": the next sentence may be of either."""
    parsed = context.parsed
    time = parsed.times[index]
    within = next(s for s in parsed.sentences if s.start <= time.start < s.end)
    others = (one for one in parsed.times if one.type == "DATE" and within.start <= one.start < within.end)
    values = {one.value[:_LONG] for one in others} - {time.value[:_LONG]}
    return any(not time.value.startswith(value) for value in values)  # "Yesterday, day one of the 2018 Cup"


def _is_earlier(span: Span) -> bool:
    """As in "said earlier on Friday": a look back, from which the story returns."""
    before = [token.lower_ for token in span.doc[max(span.start - 2, 0) : span.end]]
    return "earlier" in before or "previously" in before


def _dates_story(span: Span, context: Context) -> bool:
    """Whether it dates a main clause in the past: "On Tuesday they met", "the visit on Tuesday ended"."""
    token: Token = span.root
    while token.pos_ not in ("VERB", "AUX"):
        if token.dep_ == "prep":
            if token.lower_ not in _SET_IN:
                return False
        elif token.dep_ not in _PHRASE:
            return False
        token = token.head
    return not context.parsed.is_quoted(span.root) and _main_verb(token, context) is not None


def _main_verb(verb: Token, context: Context) -> Token | None:
    """The verb of the main clause in the simple past that a verb heads, or whose time it shares.

    "began talking", "fled, leaving a note", "Lima beat Quito; Cusco lost"
    """
    head = verb.head
    if verb.dep_ in ("xcomp", "advcl") and not children(verb, "mark", "nsubj", "nsubjpass"):
        return _main_verb(head, context) if head.pos_ in ("VERB", "AUX") and head.lemma_ != "use" else None
    joined = verb.dep_ == "conj"
    if joined and not children(verb, "aux", "auxpass", "nsubj"):
        past = verb.tag_ in ("VBD", "VBN", "VBG")  # "was booked and fined"
        return _main_verb(head, context) if past else None
    if not _is_past(verb):
        return None
    if joined:
        return verb if _main_verb(head, context) is not None else None
    if verb.dep_ == "ccomp":  # clauses side by side
        governed = context.listed(head.lemma_.lower(), "SpeechVerbs", "BeliefVerbs")
        side_by_side = not governed and verb.i < head.i and not children(verb, "mark")
        return verb if side_by_side and _main_verb(head, context) is not None else None
    return verb if verb.dep_ == "ROOT" else None


def _is_past(verb: Token) -> bool:
    auxiliaries = children(verb, "aux", "auxpass")
    if any(auxiliary.lemma_ not in ("be", "do") or auxiliary.tag_ == "VBN" for auxiliary in auxiliaries):
        return False
    return verb.tag_ == "VBD" or any(auxiliary.tag_ == "VBD" for auxiliary in auxiliaries)


def _is_undated(claim: Claim) -> bool:
    return claim.time < 0 and (claim.object is None or claim.object.time < 0)


def _is_told(claim: Claim, context: Context) -> bool:
    """Whether the claim moves the story on: something that happened, told by the article itself."""
    if claim.factuality not in (Factuality.ASSERTED, Factuality.NEGATED) or claim.speaker is not None:
        return False
    known = context.ontology.relations.get(claim.relation.name)
    if known is not None and known.stative:
        return False
    span = context.parsed.doc.char_span(claim.relation.start, claim.relation.end)
    if span is None or span.root.pos_ not in ("VERB", "AUX"):
        return False
    verb = span.root
    main = _main_verb(verb, context)
    if main is None or _is_still(main, context) or context.parsed.is_quoted(verb):
        return False
    return main is verb or not _is_still(verb, context)


def _is_still(verb: Token, context: Context) -> bool:
    """No happening that moves the story on: a state, something in progress, what may be said on any day."""
    lemma = verb.lemma_.lower()
    if any(children(infinitive, "aux") for infinitive in children(verb, "xcomp")):
        return False  # "agreed to sign": an act, where "agreed that it was late" is none
    if lemma in LINKING or context.listed(lemma, "StateVerbs", "BeliefVerbs"):
        return True
    if verb.tag_ == "VBG" and children(verb, "aux"):
        return True
    return lemma in context.words("SpeechVerbs") and not _is_set_in_event(verb, context)


def _is_set_in_event(verb: Token, context: Context) -> bool:
    """As in "After the match, the coach said ...": what is said without such words may be said on any day."""
    nouns = (n for p in children(verb, "prep") if p.lower_ in _SET_IN for n in children(p, "pobj"))
    known = (context.parsed.mention(noun) for noun in nouns)
    return any(m is not None and m.kind is MentionKind.EVENT and m.determiner in _KNOWN for m in known)


def _has_time(sentence: int, context: Context) -> bool:
    """Whether the sentence names another time, wherever it stands.

    How long something took is none, but "over the past few years".
    """
    bounds = context.parsed.sentences[sentence]
    return any(
        bounds.start <= time.start < bounds.end
        and (time.type != "DURATION" or re.search(r"\b(?:last|past|recent)\b", time.text))
        for time in context.parsed.times
    )


def _names(mentions: list[Mention]) -> set[str]:
    """The last word of each name: "Ruiz" of "Ana Ruiz"."""
    return {m.text.split()[-1] for m in mentions if m.kind is MentionKind.NAME}


def _goes_on(mentions: list[Mention]) -> bool:
    """Whether the sentence takes up the one before: "They", "his", "the meeting", "both leaders"."""
    return any(
        (m.kind is MentionKind.PRONOUN and m.lemma in _PERSONAL)
        or (m.kind is MentionKind.EVENT and m.determiner in _KNOWN)
        or (m.kind is MentionKind.NOMINAL and m.type in ("Person", "Group") and m.determiner in _KNOWN)
        for m in mentions
    )
