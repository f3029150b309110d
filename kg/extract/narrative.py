"""Narrative time: the day of what is told at a happening that an earlier sentence dates.

    On Tuesday Ana Ruiz and Tom Reed met in Lima. At the meeting they signed a treaty.
        signed: Tuesday

That a story goes on about the same people does not say that it stays with its day: where fresh readers
judged, half of such days were wrong ("He died on Monday. He began his career in Lima."). So the clause has to
be set in a happening by a definite noun ("at the meeting", "during the talks") that takes up the last one of
its word or class, and that one has to be dated in the main clause that tells of it. It is weaker than a time
that the clause itself gives: it never tells two happenings apart or makes them one.

Leaves out: states ("She knew him"), quotations, the perfect ("had met": before that day), habits, sentences
with a time of their own, dates longer than a day, and nouns with words of their own ("the first meeting").
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.clauses.clause import Context, children
from kg.extract.clauses.copula import LINKING
from kg.model import BlockKind, Claim, Factuality, MentionKind

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_DAY = re.compile(r"\d{4}-\d\d-\d\d|XXXX-(WXX-\d|\d\d-\d\d)")
_LONG = len("2026-01-13")
_FAR = 12  # sentences without that happening, after which the story may be anywhere
_PHRASE = ("pobj", "npadvmod", "advmod", "attr", "nsubj", "nsubjpass", "appos", "nummod", "compound", "tmod")
_TELLING = ("dobj", "nsubj", "nsubjpass")  # "held a meeting", "the meeting ended"
_TAKES_UP = ("the", "this", "that", "these", "those")


def narrated(claims: list[Claim], context: Context, event_class: Callable[[str], str]) -> list[Claim]:
    """The claims; those told at a happening that another sentence dates have its day as their `narrative`.

    `event_class`: the class of happening that a verb tells, by its lemma ("met": Meeting).
    """
    parsed = context.parsed
    of_sentence: defaultdict[int, list[int]] = defaultdict(list)
    for index, claim in enumerate(claims):
        of_sentence[claim.sentence].append(index)
    nouns: defaultdict[int, list[Token]] = defaultdict(list)
    for number, mention in enumerate(parsed.mentions):
        if mention.kind is MentionKind.EVENT and parsed.head(number).pos_ == "NOUN":
            nouns[mention.sentence].append(parsed.head(number))
    dated, days = _dated_sentences(context), _Days(context, event_class)
    found = list(claims)
    for number, sentence in enumerate(parsed.sentences):
        if sentence.block is not BlockKind.PARAGRAPH:
            continue
        for index in of_sentence[number] if not _has_time(number, context) else ():
            noun = _setting(claims[index], context) if _is_undated(claims[index]) else None
            day = days.of(noun, number) if noun is not None else -1
            if day >= 0:
                found[index] = replace(claims[index], narrative=day)
        days.read(number, nouns[number], dated.get(number))
    return found


class _Days:
    """The days of the happenings that the sentences so far tell, by the words that take them up."""

    def __init__(self, context: Context, event_class: Callable[[str], str]) -> None:
        self.context, self.event_class = context, event_class
        self.found: dict[str, tuple[int, int]] = {}  # word or class -> sentence and index of the day

    def of(self, noun: Token, sentence: int) -> int:
        """Index of the day of what the noun takes up, or -1."""
        known = [self.found[name] for name in _names(noun, self.context) if name in self.found]
        told, day = max(known, default=(-1, -1))
        return day if sentence - told <= _FAR else -1

    def read(self, sentence: int, nouns: list[Token], dated: tuple[int, Token] | None) -> None:
        """Learn what a sentence tells of; another happening of the word ("a new meeting") ends the first."""
        for noun in nouns:
            if not _takes_up(noun):
                for name in _names(noun, self.context):
                    self.found.pop(name, None)
        if dated is not None and dated[0] >= 0:
            day, verb = dated
            told = {name for noun in _told_by(verb) for name in _names(noun, self.context)}
            self.found |= dict.fromkeys(told | self._classes(verb), (sentence, day))

    def _classes(self, verb: Token) -> set[str]:
        lemma = verb.lemma_.lower()
        kinds = {self.event_class(lemma)} - {"", "Event"}
        people = (self.context.parsed.type_of(noun) == "Person" for noun in children(verb, "dobj"))
        if lemma in self.context.words("ReceivingVerbs") and any(people):
            kinds.add("Meeting")
        return kinds


def _names(noun: Token, context: Context) -> set[str]:
    """What a happening is taken up by: its word, and its class ("talks" take up a meeting)."""
    kind = context.parsed.type_of(noun)
    return {noun.lemma_.lower(), *({kind} if kind and kind != "Event" else ())}


def _told_by(verb: Token) -> list[Token]:
    """The nouns whose happening a clause tells: "held a meeting", "the fair ended", "spoke at a fair"."""
    return [*children(verb, *_TELLING), *(n for p in children(verb, "prep") for n in children(p, "pobj"))]


def _takes_up(noun: Token) -> bool:
    """Whether a noun speaks of what was told before: "the meeting", "this meeting", and no more."""
    before = [child for child in noun.lefts if not child.is_space]
    return len(before) == 1 and before[0].lower_ in _TAKES_UP


def _setting(claim: Claim, context: Context) -> Token | None:
    """The noun that sets the main clause of a claim in a happening; None where it is no step of a story."""
    if claim.factuality not in (Factuality.ASSERTED, Factuality.NEGATED) or claim.speaker is not None:
        return None
    known = context.ontology.relations.get(claim.relation.name)
    if known is not None and known.stative:
        return None
    span = context.parsed.doc.char_span(claim.relation.start, claim.relation.end)
    if span is None or span.root.pos_ not in ("VERB", "AUX") or context.parsed.is_quoted(span.root):
        return None
    main = _main_verb(span.root, context)
    if main is None or _is_still(main, context) or _is_still(span.root, context):
        return None
    prepositions = children(main, "prep")
    nouns = [
        noun
        for preposition in prepositions
        if preposition.lower_ in context.words("SettingPrepositions")
        for noun in children(preposition, "pobj")
        if _takes_up(noun) and not children(noun, "prep")
    ]
    mentions = [context.parsed.mention(noun) for noun in nouns]
    return next(
        (n for n, m in zip(nouns, mentions, strict=True) if m is not None and m.kind is MentionKind.EVENT),
        None,
    )


def _is_still(verb: Token, context: Context) -> bool:
    """No happening that moves the story on: a state, or something in progress."""
    lemma = verb.lemma_.lower()
    if lemma in LINKING or lemma in context.words("StateVerbs"):
        return True
    return verb.tag_ == "VBG" and bool(children(verb, "aux"))


def _dated_sentences(context: Context) -> dict[int, tuple[int, Token]]:
    """Sentence -> the day that it sets its story on, and its verb; -1 for another time than a day."""
    parsed = context.parsed
    found: dict[int, tuple[int, Token]] = {}
    for index, time in enumerate(parsed.times):
        span = parsed.doc.char_span(time.start, time.end, alignment_mode="expand")
        if span is None or time.type not in ("DATE", "TIME"):
            continue
        verb = _dated_verb(span, context)
        if verb is None:
            continue
        number = parsed.sentence_of[span.start]
        is_day = _DAY.match(time.value) and not _is_earlier(span) and not _names_another(index, context)
        if number not in found or found[number][0] < 0:
            found[number] = (index if is_day else -1, verb)
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


def _dated_verb(span: Span, context: Context) -> Token | None:
    """The verb of a main clause in the past that a time dates: "On Tuesday they met", "the fair ended"."""
    token: Token = span.root
    while token.pos_ not in ("VERB", "AUX"):
        if token.dep_ == "prep":
            if token.lower_ not in context.words("DatingPrepositions"):
                return None
        elif token.dep_ not in _PHRASE:
            return None
        token = token.head
    quoted = context.parsed.is_quoted(span.root)
    return token if not quoted and _main_verb(token, context) is not None else None


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
