"""The dates that a clause or a noun phrase contains, and whether one of them may belong to something else.

    On Tuesday Ana Ruiz met Tom Reed.            Ana Ruiz - met - Tom Reed - Tuesday
    Ana Ruiz met Tom Reed in 2013 and 2017.      Ana Ruiz - met - Tom Reed - - (two dates)
    Ana Ruiz has led Norvex since 2019.          Ana Ruiz - leads - Norvex - - (a bound)
    Ana Ruiz praised the strike in 1979.         Ana Ruiz - praised - strike - - (the strike's date?)

A date after a noun may date the event that the noun denotes. The date of a figure in a comparison ("up from
5 % in 2019") does not date the clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kg.extract.clauses.clause import Clause, Context, children, dependents
from kg.extract.projections.simple_past import is_step
from kg.language.time import ranges
from kg.model import MentionKind

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.model import TimeExpression

# labels of times without a preposition: "resigned Monday", "met last week"
_BARE = ("npadvmod", "advmod", "tmod")
_OF_NOUN = (*_BARE, "nmod", "amod", "appos", "compound", "nummod", "poss")
_RANGE_OPENERS = ("from", "between")
_FIGURE = 12  # number of tokens before a date that are searched for the figures of a comparison
_DAY = re.compile(r"(?:\d{4}|XXXX)-(?:\d\d-\d\d|WXX-\d|XX-XX)")


def times_of_verb(verb: Token, context: Context) -> Iterator[Token]:
    """The words in a verb's phrase that may be times: bare ("last week") or with a preposition ("in May")."""
    for child in dependents(verb):
        if child.dep_ in _BARE or (child.dep_ == "dobj" and is_day(child, context)):
            # a day that the parser takes for an object or adverb: "They met Tuesday", "met yesterday"
            found = [child]
        else:
            found = _after(child, "DatingPrepositions", context) if child.dep_ == "prep" else []
            found += [day for name in found for day in children(name, "appos") if name.lemma_ == "Day"]
        if found and not _is_of_bound(verb, child, context):
            yield from found


def times_of_noun(noun: Token, context: Context) -> Iterator[Token]:
    for child in dependents(noun):
        if child.dep_ in _OF_NOUN:
            yield child
        elif child.dep_ == "prep" and not _is_of_bound(noun, child, context):
            yield from _after(child, "NounDatingPrepositions", context)


def times_of_setting(verb: Token, context: Context) -> Iterator[Token]:
    """The words that may be times in the phrase for an occasion: "At their meeting on Tuesday, they ..."."""
    for preposition in children(verb, "prep"):
        if preposition.lower_ in context.words("SettingPrepositions"):
            for noun in children(preposition, "pobj"):
                if _is_setting(noun, preposition.lower_, context):
                    yield from times_of_noun(noun, context)
                if context.listed(noun.lemma_.lower(), "MessageNouns", "AuthoredNouns"):
                    yield from _days_of_message(noun, verb, context)


def times_of_cause(clause: Clause, context: Context) -> Iterator[Token]:
    """The words that may be times in the phrase for a cause: "Monday's blast in Lima killed two"."""
    if is_step(clause.verb, context) and clause.verb.lemma_.lower() in context.words("ImmediateVerbs"):
        for subject in clause.subjects:
            if subject.pos_ == "NOUN" and context.ontology.is_a(context.parsed.type_of(subject), "Event"):
                yield from times_of_noun(subject, context)


def _days_of_message(noun: Token, verb: Token, context: Context) -> Iterator[Token]:
    """The days on which a message was issued: "said in a post on Friday", "wrote in a letter sent on Monday".

    Not for "in a 2019 letter", nor for "in a letter about the strike on Monday", where Monday may be the day
    of the strike.
    """
    main = verb.dep_ in ("ROOT", "conj") or verb.lemma_.lower() in context.words("SpeechVerbs")
    for token in noun.subtree if main else ():
        between = [word for word in verb.doc[noun.i + 1 : token.i] if word.i not in context.parsed.time_of]
        other = [word for word in between if word.pos_ in ("NOUN", "PRON", "VERB")]
        plain = all(_issues(word, context) or _is_issuer(word) for word in other)
        issued = any(_issues(word, context) for word in other)
        known = issued and token.i in context.parsed.time_of
        if token.i > noun.i and plain and (known or _is_day_of_now(token, context)):
            yield token


def _issues(word: Token, context: Context) -> bool:
    return word.tag_ == "VBN" and word.lemma_.lower() in context.words("IssuingVerbs")


def _is_issuer(word: Token) -> bool:
    """Whether the noun is the agent after "by": Norvex in "in remarks published by Norvex in May"."""
    return word.dep_ == "pobj" and word.head.dep_ == "agent"


def _is_setting(noun: Token, preposition: str, context: Context) -> bool:
    """Whether the noun is the occasion of the event: "at last year's fair", "during the 2019 visit".

    Not in "in the 2019 report", "at 2019 prices".
    """
    if preposition == "during" or (preposition == "at" and noun.tag_ == "NN"):
        return True
    return context.ontology.is_a(context.parsed.type_of(noun), "Event")


def _is_of_bound(head: Token, child: Token, context: Context) -> bool:
    """Whether a date may belong to a bound before it: "worked there since the vote in 2012".

    Likewise in "Before independence, 60 years ago, Peru counted ..."; not in "died after a long illness on
    Monday".
    """
    bounds = [
        sibling
        for sibling in dependents(head)
        if sibling.i < child.i and sibling.dep_ == "prep" and sibling.lower_ in context.words("BoundingWords")
    ]
    near = any(child.left_edge.i - bound.right_edge.i <= 2 for bound in bounds)
    times = [child, *children(child, "pobj")]
    news = head.pos_ in ("VERB", "AUX") and any(_is_day_of_now(token, context) for token in times)
    return near and not news


def _after(preposition: Token, dating: str, context: Context) -> list[Token]:
    found = children(preposition, "pobj", "pcomp")
    if preposition.lower_ in context.words(dating):
        return found
    if preposition.lower_ not in _RANGE_OPENERS:
        return []
    parsed = context.parsed
    known = [token for token in found if token.i in parsed.time_of]
    text = parsed.document.text
    return [t for t in known if ranges.closing(parsed.times, parsed.time_of[t.i], text) >= 0]


def is_day(token: Token, context: Context) -> bool:
    index = context.parsed.time_of.get(token.i, -1)
    return index >= 0 and _DAY.match(context.parsed.times[index].value) is not None


def dates_among(tokens: Iterable[Token], context: Context, bounded: bool = False) -> list[Token]:
    """Those of the tokens that are dates or times of day, in text order.

    `bounded`: whether bounds ("since 2019") are included.
    """
    parsed = context.parsed
    found = []
    for token in tokens:
        time = parsed.times[parsed.time_of[token.i]] if token.i in parsed.time_of else None
        if time is None or time.type not in ("DATE", "TIME") or time.value.endswith("_REF"):
            continue  # only a vague time, no date: "a recent poll"
        if _is_of_contrast(token, context):
            continue
        ranged = ranges.closing(parsed.times, parsed.time_of[token.i], parsed.document.text) >= 0
        before = [
            word for word in _words_before(token, time, context) if not (ranged and word in _RANGE_OPENERS)
        ]
        if bounded or not any(context.listed(word, "BoundingWords", "ComparingWords") for word in before):
            found.append(token)
    return found


def _is_of_contrast(token: Token, context: Context) -> bool:
    """Whether a date belongs to a figure in a comparison: "19 degrees against 17 on Monday"."""
    first = token.head if token.head.dep_ == "prep" else token
    before = token.doc[max(first.left_edge.i - _FIGURE, token.sent.start) : first.left_edge.i]
    figures = [
        word.i for word in before if word.like_num or word.ent_type_ in ("PERCENT", "MONEY", "QUANTITY")
    ]
    return any(
        figures and figures[0] < word.i < figures[-1]
        for word in before
        if word.lower_ in context.words("ContrastingWords")
    )


def _words_before(token: Token, time: TimeExpression, context: Context) -> list[str]:
    """The word before a time ("since" 2019), and the word before its preposition ("than" in 2019)."""
    text = context.parsed.document.text
    before = [re.search(r"(\w+)\s*$", text[max(time.start - 20, 0) : time.start])]
    if token.head.dep_ == "prep":
        at = token.head.idx
        before.append(re.search(r"(\w+)\s*$", text[max(at - 20, 0) : at]))
    return [found[1].lower() for found in before if found]


def only(tokens: list[Token], context: Context) -> int:
    """Index of the single time that the tokens name; -1 for none or several.

    If one time contains the other ("in May 2019"), it is the shorter one.
    """
    parsed = context.parsed
    text, times = parsed.document.text, parsed.times
    found = sorted({ranges.opening(times, parsed.time_of[t.i], text) for t in tokens})
    if not found or any(_is_listed(index, context) for index in found):
        return -1
    best = max(found, key=lambda index: len(times[index].begin))
    inside = all(
        times[best].begin.startswith(times[index].begin) and times[index].begin
        for index in found
        if index != best
    )
    return best if inside else -1


def _is_over(token: Token, context: Context) -> bool:
    """Whether a date is before the day of the article."""
    published = context.parsed.document.metadata.date
    finish = context.parsed.times[context.parsed.time_of[token.i]].finish
    return bool(published and finish) and finish < published[: len(finish)]


def _is_listed(index: int, context: Context) -> bool:
    """Whether the time is one of several: "in 2013 and 2017", "on Monday or Friday", "Monday, Tuesday and
    Friday".
    """
    times, text = context.parsed.times, context.parsed.document.text
    if ranges.closing(times, index, text) >= 0:
        return False
    for first, second in ((index - 1, index), (index, index + 1)):
        if first < 0 or second == len(times) or times[second].type not in ("DATE", "TIME"):
            continue
        between = text[times[first].end : times[second].start]
        alike = len(times[first].value) == len(times[second].value)
        if re.fullmatch(r",?\s*(?:and|or)\s+(?:(?:on|in)\s+)?", between) or (
            alike and re.fullmatch(r",\s+", between)
        ):
            return True
    return False


def is_of_object(verb: Token, token: Token, context: Context) -> bool:
    """Whether a date after a noun may belong to the noun, although the parser attaches it to the verb.

    It may after a verb of planning ("scheduled a fair on 10 June"), and after a participle, which mostly
    adds an earlier event ("beating the record of 2019", "referring to the coup in 1979"). A year may also
    belong to an event that the object is about ("wrote a book about the strike in 1998").
    """
    if token.i < verb.i:
        return False
    lemma, passive = verb.lemma_.lower(), bool(children(verb, "auxpass"))
    preposition = token.head if token.head.dep_ == "prep" else None
    between = verb.doc[verb.i + 1 : (preposition or token).left_edge.i]
    if not any(word.pos_ in ("NOUN", "PROPN", "PRON", "NUM") for word in between):
        return False
    if lemma in context.words("SchedulingVerbs") | context.words("SequenceVerbs") and not passive:
        # a past date dates the verb: "set bail yesterday"
        return preposition is not None or not _is_over(token, context)
    looking = lemma in context.words("LookingVerbs") and not passive
    if looking and context.parsed.times[context.parsed.time_of[token.i]].text.lower().startswith("earlier"):
        return True  # when the strike was, not when it was mentioned: "mentioned the strike earlier in May"
    participle = verb.dep_ == "advcl" and verb.tag_ == "VBG"
    if preposition is None or _is_day_of_now(token, context):
        return False
    return looking or participle or any(_is_event_told_of(word, context) for word in between)


def _is_event_told_of(noun: Token, context: Context) -> bool:
    """Whether the noun is an event that something else is about.

    As in "wrote a book about the strike in 1998", "won a medal for her part in the rescue in 1998"; not in
    "was hurt in the strike in 1998", "was jailed for murder in 1998".
    """
    mention = context.parsed.mention(noun)
    if mention is None or mention.kind is not MentionKind.EVENT or noun.dep_ != "pobj":
        return False
    pointing = {"the", *context.words("Demonstratives")}
    definite = any(child.dep_ == "poss" or child.lower_ in pointing for child in noun.lefts)
    preposition = noun.head
    told = preposition.lower_ in context.words("EarlierEventPrepositions")
    return definite and (told or preposition.head.pos_ in ("NOUN", "PROPN"))


def is_before_perfect(verb: Token, token: Token, context: Context) -> bool:
    """Whether a past year follows a verb in the perfect, which it cannot date.

    As in "has praised the trial of Reed in 1998".
    """
    perfect = any(a.lemma_ == "have" and a.tag_ in ("VBZ", "VBP") for a in children(verb, "aux"))
    published = context.parsed.document.metadata.date
    finish = context.parsed.times[context.parsed.time_of[token.i]].finish
    return perfect and bool(published and finish) and finish[:4] < published[:4]


def is_of_one_object(clause: Clause, token: Token, context: Context) -> bool:
    """Whether another object with its own date follows: "saw a rise on Monday and a fall on Tuesday"."""
    others = (noun for noun in clause.objects if noun.i > token.i > clause.verb.i)
    return any(dates_among(times_of_noun(noun, context), context) for noun in others)


def _is_day_of_now(token: Token, context: Context) -> bool:
    """Whether the date is a day without a year, and so near the day of the article: "on Monday", "on 3 May".

    Not "3 May 1999".
    """
    return is_day(token, context) and not re.search(
        r"\b\d{4}\b", context.parsed.times[context.parsed.time_of[token.i]].text
    )
