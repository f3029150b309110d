"""Narrative time: the day of an event during, or right after, an event that an earlier sentence dates.

    On Tuesday Ana Ruiz and Tom Reed met in Lima. At the meeting they signed a treaty.
        signed: Tuesday
    Lima lost to Quito on Sunday. In the 62nd minute Felix Keller scored. Minutes later he was replaced.
        scored, was replaced: Sunday

A sentence about the same people may be about another day: in a manual evaluation, half of the days inferred
from the people alone were wrong ("He died on Monday. He began his career in Lima."). Therefore words of the
clause must place it on the day:

- a definite noun ("at the meeting", "during the talks", "The match ended", "led the session") that refers to
  the last event with this word or class, if the main clause with that event is dated; what is said "after the
  meeting" is said on the same day;
- a phase of a contest ("in the 62nd minute"), if the last contest is dated;
- "minutes later", "hours earlier", after or before the event of the previous sentence;
- "It was Tuesday night in Lima": the next sentences are on that day.

A sentence between two sentences about one contest has the day of the contest. Narrative time is weaker
evidence than a time in the clause itself: it never separates or merges two events.

Excludes states ("She knew him"), quotations, the perfect ("had met": before that day), habits, sentences with
their own time, dates longer than a day, and nouns with modifiers ("the first meeting").
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.extract.clauses.clause import Context, children
from kg.extract.clauses.copula import LINKING
from kg.extract.projections.simple_past import is_at_once, is_simple_past
from kg.extract.projections.when import noun_time
from kg.language.time.tables import NUMBERS, ORDINALS
from kg.model import BlockKind, Claim, Factuality, MentionKind, TimeExpression

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_DAY = re.compile(r"\d{4}-\d\d-\d\d|XXXX-(WXX-\d|\d\d-\d\d)")
_LONG = len("2026-01-13")  # number of characters of a date
_FAR = 12  # number of sentences after which a noun no longer refers to an earlier event
_BETWEEN = 1  # maximum number of sentences between two about one contest
_SCENE = 4  # number of sentences after "It was Tuesday night" that are on the same day
_SAME_DAY = 6  # hours: what happens later than this may be on the next day
# times after which even a few hours lead to the next day
_LATE = re.compile(r"T(?:EV|NI)$|\b(?:night|evening)\b", re.IGNORECASE)
# labels of the words between a time and the verb that it dates
_PHRASE = ("pobj", "npadvmod", "advmod", "attr", "nsubj", "nsubjpass", "appos", "nummod", "compound", "tmod")
# functions of nouns for the event that a clause reports: "held a meeting", "the meeting ended"
_TELLING = ("dobj", "nsubj", "nsubjpass")
_CONTEST = "Competition"
_TAKES_UP = ("the", "this", "that", "these", "those")


def narrated(claims: list[Claim], context: Context, event_class: Callable[[str], str]) -> list[Claim]:
    """All claims; an undated one whose words place it on the day of an event has that day as its `narrative`.

    `event_class`: returns the event class of a verb's lemma (Meeting for "meet").
    """
    parsed = context.parsed
    of_sentence: defaultdict[int, list[int]] = defaultdict(list)
    for index, claim in enumerate(claims):
        of_sentence[claim.sentence].append(index)
    nouns: defaultdict[int, list[Token]] = defaultdict(list)
    for number, mention in enumerate(parsed.mentions):
        if mention.kind is MentionKind.EVENT and parsed.head(number).pos_ == "NOUN":
            nouns[mention.sentence].append(parsed.head(number))
    dated, story = _dated_sentences(claims, context), _Story(context, event_class)
    timed = _timed(context)
    told: dict[int, dict[int, int]] = {}  # sentence -> main verb -> day
    for number, sentence in enumerate(parsed.sentences):
        if sentence.block is not BlockKind.PARAGRAPH:
            continue
        steps = [_step(claims[index], context) for index in of_sentence[number]]
        told[number] = story.days(number, [] if number in timed else [v for v in steps if v])
        story.read(number, nouns[number], dated.get(number), told[number])
    for number, day in _between(story.contests, told, context).items():
        steps = [_step(claims[index], context) for index in of_sentence[number]]
        if number not in timed:
            told[number] = {verb.i: day for verb in steps if verb is not None}
    found = list(claims)
    for number, days in told.items():
        for index in of_sentence[number] if days else ():
            verb = _step(claims[index], context)
            if verb is not None and verb.i in days and _is_undated(claims[index]):
                found[index] = replace(claims[index], narrative=days[verb.i])
    return found


def _between(contests: dict[int, int], told: dict[int, dict[int, int]], context: Context) -> dict[int, int]:
    """For each sentence between two others about one contest: the index of the contest's day.

    Only within one paragraph.
    """
    text, sentences = context.parsed.document.text, context.parsed.sentences
    found: dict[int, int] = {}
    for first, second in pairwise(sorted(contests)):
        day, inner = contests[first], range(first + 1, second)
        paragraph = text[sentences[first].start : sentences[second].end]
        if day >= 0 and day == contests[second] and len(inner) <= _BETWEEN and "\n" not in paragraph:
            found |= {number: day for number in inner if number in told and not told[number]}
    return found


class _Story:
    """The state of the story: its last dated sentence, the scene ("It was Tuesday night"), and the
    contests.
    """

    def __init__(self, context: Context, event_class: Callable[[str], str]) -> None:
        self.context = context
        self.happenings = _Days(context, event_class)
        self.now = (-_FAR, -1)  # the last dated sentence and its day
        self.scene = (-_FAR, -1)
        self.left = 0  # number of sentences that may still belong to the scene
        self.contests: dict[int, int] = {}  # sentence -> day of the contest that its words refer to

    def days(self, sentence: int, verbs: list[Token]) -> dict[int, int]:
        """Index of verb -> index of its day, for the verbs whose clauses place them on a day."""
        found = {verb.i: self._day(verb, sentence) for verb in verbs}
        return {verb: day for verb, day in found.items() if day >= 0}

    def _day(self, verb: Token, sentence: int) -> int:
        for noun in _settings(verb, self.context):
            names = _names(noun, self.context)
            day = self.happenings.of(names, sentence)
            if day >= 0:
                return self._in_contest(sentence, day) if _CONTEST in names else day
        if _is_in_phase(verb, self.context):
            return self._in_contest(sentence, self.happenings.of({_CONTEST}, sentence))
        told, day = self.now
        if day >= 0 and _goes_on(verb, self.context, self.context.parsed.times[day]):
            if told == sentence - 1:
                return day
            if any(self.contests.get(sentence - back, -1) == day for back in (2, 3)):
                return self._in_contest(sentence, day)
        told, day = self.scene
        return day if told == sentence - 1 else -1

    def _in_contest(self, sentence: int, day: int) -> int:
        self.contests[sentence] = day
        return day

    def read(
        self, sentence: int, nouns: list[Token], dated: tuple[int, Token] | None, told: dict[int, int]
    ) -> None:
        """Record the content of a sentence; `told`: the days of its verbs."""
        self.happenings.read(sentence, nouns, dated)
        day = dated[0] if dated is not None else next(iter(told.values()), -1)
        if day >= 0:
            self.now = (sentence, day)
        if dated is not None and day >= 0 and _sets_scene(dated[1]):
            self.scene, self.left = (sentence, day), _SCENE
        elif told and self.scene[0] == sentence - 1 and self.left:
            self.scene, self.left = (sentence, self.scene[1]), self.left - 1


class _Days:
    """The days of the events in the sentences read so far, by the words that refer to the events."""

    def __init__(self, context: Context, event_class: Callable[[str], str]) -> None:
        self.context, self.event_class = context, event_class
        self.found: dict[str, tuple[int, int]] = {}  # word or class -> sentence and index of the day

    def of(self, names: set[str], sentence: int) -> int:
        """Index of the day of the last event with one of these words or classes, or -1."""
        known = [self.found[name] for name in names if name in self.found]
        told, day = max(known, default=(-1, -1))
        return day if sentence - told <= _FAR else -1

    def read(self, sentence: int, nouns: list[Token], dated: tuple[int, Token] | None) -> None:
        """Record the events of a sentence, which replace earlier events with the same words.

        This includes events without a day: after "a new meeting", "the meeting" is no longer the earlier one.
        """
        for noun in nouns:
            if not _takes_up(noun):
                for name in _names(noun, self.context):
                    self.found.pop(name, None)
        if dated is not None and dated[0] >= 0:
            day, verb = dated
            told = {name for noun in _told_by(verb) for name in _names(noun, self.context)}
            self.found |= dict.fromkeys(told | self._classes(verb), (sentence, day))
        for noun in nouns:  # a noun with its own date: "praised Friday's meeting"
            time = noun_time(noun, self.context)
            if time >= 0 and noun.tag_ == "NN":
                day = time if _DAY.match(self.context.parsed.times[time].value) else -1
                self.found |= dict.fromkeys(_names(noun, self.context), (sentence, day))

    def _classes(self, verb: Token) -> set[str]:
        lemma = verb.lemma_.lower()
        kinds = {self.event_class(lemma)} - {"", "Event"}
        people = (self.context.parsed.type_of(noun) == "Person" for noun in children(verb, "dobj"))
        if lemma in self.context.words("ReceivingVerbs") and any(people):
            kinds.add("Meeting")
        if lemma in self.context.words("ContestVerbs") and self._names_rival(verb):
            kinds.add(_CONTEST)
        return kinds

    def _names_rival(self, verb: Token) -> bool:
        """Whether the verb has a named opponent: "lost to Quito", "played Quito"; not "lost the key"."""
        nouns = [noun for preposition in children(verb, "prep") for noun in children(preposition, "pobj")]
        return any(self.context.parsed.is_name(noun) for noun in (*children(verb, "dobj"), *nouns[:1]))


def _names(noun: Token, context: Context) -> set[str]:
    """The word and the class by which an event can be referred to: "the talks" may refer to a meeting."""
    kind = context.parsed.type_of(noun)
    return {noun.lemma_.lower(), *({kind} if kind and kind != "Event" else ())}


def _told_by(verb: Token) -> list[Token]:
    """The nouns for events that a clause reports: "held a meeting", "the fair ended", "spoke at a fair"."""
    return [*children(verb, *_TELLING), *(n for p in children(verb, "prep") for n in children(p, "pobj"))]


def _takes_up(noun: Token) -> bool:
    """Whether a noun only refers to an earlier event: "the meeting", "this meeting", without modifiers."""
    before = [child for child in noun.lefts if not child.is_space]
    return len(before) == 1 and before[0].lower_ in _TAKES_UP


def _step(claim: Claim, context: Context) -> Token | None:
    """The verb of a claim's main clause; None if the clause does not advance the story."""
    if claim.factuality not in (Factuality.ASSERTED, Factuality.NEGATED) or claim.speaker is not None:
        return None
    known = context.ontology.relations.get(claim.relation.name)
    if known is not None and known.stative:
        return None
    span = context.parsed.doc.char_span(claim.relation.start, claim.relation.end)
    if span is None or span.root.pos_ not in ("VERB", "AUX") or context.parsed.is_quoted(span.root):
        return None
    main = _main_verb(span.root, context)
    return None if main is None or _is_still(main, context) or _is_still(span.root, context) else main


# -- Evidence that a clause is on the day of the story ---------------------------------------------------


def _settings(verb: Token, context: Context) -> Iterator[Token]:
    """The clause's nouns for an earlier event: its occasion, or one that begins, ends or is attended."""
    lemma = verb.lemma_.lower()
    for preposition in children(verb, "prep"):
        after = preposition.lower_ == "after" and lemma in context.words("SpeechVerbs")
        if after or preposition.lower_ in context.words("SettingPrepositions"):
            yield from (n for n in children(preposition, "pobj") if _takes_up_event(n, context))
    if lemma in context.words("ProgrammedVerbs") or lemma in context.words("ImmediateVerbs"):
        yield from (n for n in children(verb, "nsubj", "nsubjpass") if _takes_up_event(n, context))
    if lemma in context.words("AttendingVerbs"):
        yield from (n for n in children(verb, "dobj") if _takes_up_event(n, context))


def _takes_up_event(noun: Token, context: Context) -> bool:
    if not _takes_up(noun) or children(noun, "prep"):
        return False
    mention = context.parsed.mention(noun)
    return mention is not None and mention.kind is MentionKind.EVENT


def _is_in_phase(verb: Token, context: Context) -> bool:
    """Whether the clause is set in a phase of a contest: "In the 62nd minute he scored"."""
    programmed = verb.lemma_.lower() in context.words("ProgrammedVerbs")
    if programmed and any(_is_phase(noun, context) for noun in children(verb, "nsubj")):
        return True
    return any(
        token.dep_ == "pobj" and _is_phase(token, context)
        for child in children(verb, "prep", "npadvmod", "advmod")
        for token in child.subtree
    )


def _is_phase(noun: Token, context: Context) -> bool:
    before = [word.lower_ for word in noun.lefts]
    ranked = any(word in ORDINALS or re.fullmatch(r"\d+(?:st|nd|rd|th)", word) for word in before)
    named = " ".join([*before[-1:], noun.lower_]) in context.words("PhasePhrases")
    of = [word for word in children(noun, "prep") if word.lower_ == "of"]
    return not of and (named or (ranked and noun.lemma_.lower() in context.words("PhaseNouns")))


_STEP = re.compile(
    r"(?:(?:just|only|about|some|barely) )?(?:(?P<count>[\w-]+|a few) )?"
    r"(?:moments?|seconds?|minutes?|(?P<hours>hours?)) (?:later|earlier|afterwards)",
    re.IGNORECASE,
)


def _goes_on(verb: Token, context: Context, day: TimeExpression) -> bool:
    """Whether the clause is shortly before or after the last event: "Minutes later", "two hours earlier".

    Not "Hours later" if the next day may have begun.
    """
    text = context.parsed.document.text
    for child in children(verb, "advmod", "npadvmod"):
        words = child.doc[child.left_edge.i : child.right_edge.i + 1]
        step = _STEP.fullmatch(" ".join(text[words.start_char : words.end_char].split()))
        if step is None:
            continue
        count = (step["count"] or "").lower()
        hours = int(count) if count.isdecimal() else NUMBERS.get(count, 0)
        return not step["hours"] or (hours <= _SAME_DAY and not _LATE.search(f"{day.value} {day.text}"))
    return False


def _sets_scene(verb: Token) -> bool:
    """Whether the clause only says when and where the next sentences are: "It was Tuesday night in Lima"."""
    subjects = children(verb, "nsubj")
    return verb.lemma_ == "be" and any(subject.lower_ == "it" for subject in subjects)


def _is_still(verb: Token, context: Context) -> bool:
    """Whether the verb does not advance the story: it is a state, or in progress."""
    lemma = verb.lemma_.lower()
    if lemma in LINKING or lemma in context.words("StateVerbs"):
        return True
    return verb.tag_ == "VBG" and bool(children(verb, "aux"))


def _dated_sentences(claims: list[Claim], context: Context) -> dict[int, tuple[int, Token]]:
    """For each sentence with a time: index of its day (-1 for a time that is not a day), and the dated verb.

    If no time dates the main verb, the sentence has the day of its claims: "In the last game of the day,
    Lima ...".
    """
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
    for claim in claims:
        if claim.time < 0 or claim.sentence in found or not _DAY.match(parsed.times[claim.time].value):
            continue
        verb = _step(claim, context)
        if verb is not None and not _names_another(claim.time, context):
            found[claim.sentence] = (claim.time, verb)
    return found


def _names_another(index: int, context: Context) -> bool:
    """Whether the sentence names a second day, so that the next sentence may be about either.

    As in "Today the town recalled the day, 20 years ago, when ...".
    """
    parsed = context.parsed
    time = parsed.times[index]
    within = next(s for s in parsed.sentences if s.start <= time.start < s.end)
    others = (one for one in parsed.times if one.type == "DATE" and within.start <= one.start < within.end)
    values = {one.value[:_LONG] for one in others} - {time.value[:_LONG]}
    # the same day named twice does not count: "Yesterday, day one of the 2018 Cup"
    return any(not time.value.startswith(value) for value in values)


def _is_earlier(span: Span) -> bool:
    """Whether a time marks a flashback, from which the story returns: "said earlier on Friday"."""
    before = [token.lower_ for token in span.doc[max(span.start - 2, 0) : span.end]]
    return "earlier" in before or "previously" in before


def _dated_verb(span: Span, context: Context) -> Token | None:
    """The main verb in the past that a time dates: "met" in "On Tuesday they met"; None if there is none."""
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
    """The verb of the main clause, in the simple past, whose time is also that of `verb`; None without one.

    As in "began talking", "fled, leaving a note", "Lima beat Quito; Cusco lost".
    """
    head = verb.head
    if verb.dep_ in ("xcomp", "advcl") and not children(verb, "mark", "nsubj", "nsubjpass"):
        return _main_verb(head, context) if head.pos_ in ("VERB", "AUX") and head.lemma_ != "use" else None
    if verb.dep_ == "advcl" and is_at_once(verb, context):  # both at the same time: "scored when Ruiz fell"
        return _main_verb(head, context)
    joined = verb.dep_ == "conj"
    if joined and not children(verb, "aux", "auxpass", "nsubj"):
        past = verb.tag_ in ("VBD", "VBN", "VBG")  # the auxiliary is shared: "was booked and fined"
        return _main_verb(head, context) if past else None
    if not is_simple_past(verb):
        return None
    if joined:
        return verb if _main_verb(head, context) is not None else None
    if verb.dep_ == "ccomp":  # a main clause beside another, which the parser takes for a content clause
        governed = context.listed(head.lemma_.lower(), "SpeechVerbs", "BeliefVerbs")
        side_by_side = not governed and verb.i < head.i and not children(verb, "mark")
        return verb if side_by_side and _main_verb(head, context) is not None else None
    return verb if verb.dep_ == "ROOT" else None


def _is_undated(claim: Claim) -> bool:
    return claim.time < 0 and claim.interval < 0 and (claim.object is None or claim.object.time < 0)


def _timed(context: Context) -> set[int]:
    """Indices of the sentences that contain a time expression.

    Durations do not count, except "over the past few years".
    """
    sentences = context.parsed.sentences
    found = set()
    for time in context.parsed.times:
        at = bisect_right(sentences, time.start, key=lambda sentence: sentence.start) - 1
        lasts = time.type == "DURATION" and not re.search(r"\b(?:last|past|recent)\b", time.text)
        if at >= 0 and time.start < sentences[at].end and not lasts:
            found.add(at)
    return found
