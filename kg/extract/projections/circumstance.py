"""Time and place: those that a clause or noun phrase gives for its event.

    On Tuesday Ana met Tom in Lima.                 Ana - met - Tom, on Tuesday, in Lima
    Ana, who met Tom in Lima on Tuesday, left.      Ana - met - Tom, on Tuesday, in Lima
    Ana's visit to Lima in October failed.          Ana - visited - Lima, in October, in Lima

A clause without a time takes that of a neighbouring clause if both are at the same time: "began talking on
Monday", "died when a bus overturned on Monday", "Arriving on Monday, she thanked Reed"; not "After
arriving on Monday, ...". An event gives its date to its direct effect ("Monday's blast killed two"). A
wrong date is worse than none. Therefore a clause gets none if it names two, if the date bounds or compares
("since 2019", "up from 2019"), or if the date may belong to a preceding noun ("recalled the coup in
1979").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.clauses.clause import Clause, Context, children, dependents
from kg.extract.clauses.copula import LINKING
from kg.language.time import ranges
from kg.model import MentionKind

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kg.model import Claim, TimeExpression

# labels of times without a preposition: "resigned Monday", "met last week"
_BARE = ("npadvmod", "advmod", "tmod")
_OF_NOUN = (*_BARE, "nmod", "amod", "appos", "compound", "nummod", "poss")
_RANGE_OPENERS = ("from", "between")
_FIGURE = 12  # tokens before a date that may contain the figures of a comparison
_PERIOD = re.compile(r"(?:\d{4}|XXXX)-(?:\d\d|W)")  # a month, a week, a day
_DAY = re.compile(r"(?:\d{4}|XXXX)-(?:\d\d-\d\d|WXX-\d|XX-XX)")


# -- When --------------------------------------------------------------------------------------------


def when(clause: Clause, context: Context) -> int:
    """Index of the time expression that dates the clause, or -1. Durations ("for a week") and sets ("every
    week") do not.
    """
    verb: Token = clause.verb
    if clause.times is not None:
        return _one(_dates(clause.times, context), context)
    own = _of_opening(_dates(_times(verb, context), context), verb)
    if own and not _is_before_perfect(verb, own[0], context):
        each = _is_of_object(verb, own[0], context) or _is_of_one_object(clause, own[0], context)
        return -1 if each else _one(own, context)
    setting = _dates([*_times_of_setting(verb, context), *_times_of_cause(clause, context)], context)
    if setting and not _is_before_perfect(verb, setting[0], context):
        return _one(setting, context)
    found = (read(verb, context) for read in (_taken_up, _shared, _of_last, _by_which, _beside))
    return next((time for time in found if time >= 0), -1)


def noun_time(noun: Token, context: Context) -> int:
    """Index of the time expression in the noun's phrase ("the meeting in October"), or -1."""
    return _one(_dates(_times_of_noun(noun, context), context), context)


def is_past(noun: Token, time: int, context: Context) -> bool:
    """Whether the event of a noun with a date is certainly past: "lost the 2022 election".

    Not in "candidates for the 2030 polls", "They will talk at the fair in May", "The fair in May is
    large", unless the date itself precedes that of the article.
    """
    published, finish = context.parsed.document.metadata.date, context.parsed.times[time].finish
    if published and finish and finish < published[: len(finish)]:
        return True
    token = noun
    while token.head.i != token.i:
        ahead = token.dep_ == "pobj" and token.head.lower_ in context.words("AheadWords")
        token = token.head
        if ahead or token.dep_ == "aux":
            return False
        if token.pos_ in ("VERB", "AUX"):
            auxiliaries = children(token, "aux", "auxpass")
            if any(a.tag_ in ("MD", "TO") for a in auxiliaries):
                return False
            if token.tag_ == "VBD" or any(a.tag_ == "VBD" or a.lemma_ == "have" for a in auxiliaries):
                return True
            if token.tag_ in ("VBZ", "VBP") or auxiliaries:
                return False
    return False


def _taken_up(verb: Token, context: Context) -> int:
    """Index of the date that "when" refers to: "since November, when they met", "until 2019, when he left";
    or -1.

    -1 for "in 2019, when she had left", which was earlier.
    """
    if any(auxiliary.lemma_ in ("have", "will") for auxiliary in children(verb, "aux")):
        return -1
    for word in verb.lefts:
        if word.lower_ == "when" and word.i > 1:
            before = word.nbor(-2) if word.nbor(-1).text == "," else word.nbor(-1)
            index = context.parsed.time_of.get(before.i, -1)
            return index if _dates([before], context, bounded=True) else -1
    return -1


def _shared(verb: Token, context: Context) -> int:
    """Index of the time of the governing clause, if the verb's event is at the same time, or -1.

    "began talking on Monday", "traveled to Lima in May, passing through Cusco". A time before coordinated
    verbs dates all of them if it is a day, week or month ("On Friday they met and talked", "On Friday,
    Lima won; Quito lost"). A longer time dates only the first ("In 1990 they met and talked"), as does one
    after it ("They met on Friday and talked").
    """
    while verb.head.pos_ in ("VERB", "AUX") and _is_of_one_time(verb, context):
        joined, verb = verb.dep_ == "conj", verb.head
        own = _dates(_times(verb, context), context)
        if not own:
            continue
        found = _one(own, context)
        if found < 0 or _is_of_object(verb, own[0], context):
            return -1
        before = own[0].i < verb.i and _PERIOD.match(context.parsed.times[found].value)
        return found if before or not joined else -1
    return -1


def _of_opening(dates: list[Token], verb: Token) -> list[Token]:
    """The dates before the first participle after the verb, if there is one.

    In "Last week Norvex released a list of calls made by Tom Reed in July", the parser attaches July to
    "released".
    """
    if not dates or dates[0].i > verb.i:
        return dates
    participles = [t.i for t in verb.doc[verb.i : dates[-1].i] if t.dep_ == "acl" and verb.is_ancestor(t)]
    return [date for date in dates if not participles or date.i < participles[0]]


def _of_last(verb: Token, context: Context) -> int:
    """Index of the time after the last of several verbs with one object: "fired and landed a shot on Monday".

    -1 without one.
    """
    for last in children(verb, "conj"):
        between = verb.doc[verb.i + 1 : last.i]
        bare = all(token.dep_ == "cc" for token in between) and not children(last, "nsubj", "nsubjpass")
        if bare and last.tag_ == verb.tag_ and children(last, "dobj", "prep"):
            own = _dates(_times(last, context), context)
            return _one(own, context) if own and not _is_of_object(last, own[0], context) else -1
    return -1


def _by_which(verb: Token, context: Context) -> int:
    """Index of the main clause's time, for a gerund that says how its event happened, or -1.

    As in "On Monday Ana won the cup by beating Tom", "The match ended with Lima winning on Monday".
    """
    preposition, main = verb.head, verb.head.head
    inside = verb.dep_ == "pcomp" and verb.tag_ == "VBG" and preposition.lower_ in ("by", "with")
    if not inside or not is_step(main, context) or verb.lemma_.lower() in context.words("StateVerbs"):
        return -1
    own = _dates(_times(main, context), context)
    return _one(own, context) if own and not _is_of_object(main, own[0], context) else -1


def _is_of_one_time(verb: Token, context: Context) -> bool:
    """Whether the verb's event is at the time of its governor."""
    lemma = verb.head.lemma_.lower()
    if verb.dep_ == "xcomp":
        found = verb.tag_ in ("VBN", "VBG") and lemma in context.words("FindingVerbs")
        return found or lemma in context.words("ImplicativeVerbs")  # as in "was found hidden there in March"
    if verb.dep_ == "advcl":  # a state in the past has another time: "born in Lima, she died on Monday"
        if is_at_once(verb, context):
            return True
        own = children(verb, "mark", "nsubj", "aux")
        return verb.tag_ == "VBG" and not own and verb.lemma_.lower() not in context.words("StateVerbs")
    if verb.dep_ != "conj" or any(a.lemma_ not in ("be", "do") for a in children(verb, "aux", "auxpass")):
        return False
    if verb.tag_ in ("VBZ", "VBP") and is_simple_past(verb.head):
        return False  # the second is now: "On Monday she bought Norvex and enjoys it"
    subjects = children(verb, "nsubj", "nsubjpass")
    return not subjects or bool(_linked(verb)) or _is_side_by_side(verb, subjects[0], context)


def is_at_once(verb: Token, context: Context) -> bool:
    """Whether an event is at the same time as that of its governor, both in the past.

    As in "died when a bus overturned", "said when asked"; not in "was a child when the war began", "had
    left when he came", "sings when he is happy".
    """
    marks = [word for word in verb.lefts if word.lower_ in ("when", "while")]
    if not marks or (marks[0].lower_ == "while" and _after_comma(marks[0])):
        return False  # a contrast, not a time: "Lima won, while Quito lost on Monday"
    bare = verb.tag_ in ("VBG", "VBN") and not children(verb, "nsubj", "nsubjpass", "aux", "auxpass")
    happens = (bare or is_simple_past(verb)) and not _is_state(verb, context)
    return happens and is_step(verb.head, context)


def _after_comma(word: Token) -> bool:
    return word.i > 0 and word.nbor(-1).text == ","


def is_step(verb: Token, context: Context) -> bool:
    """Whether a verb denotes a single event in the simple past: not a state, and nothing in progress."""
    return is_simple_past(verb) and not _is_state(verb, context) and verb.tag_ != "VBG"


def _is_state(verb: Token, context: Context) -> bool:
    lemma = verb.lemma_.lower()
    return lemma in LINKING or lemma in context.words("StateVerbs")


def is_simple_past(verb: Token) -> bool:
    """Whether the verb is in the simple past: "met", "was met", "did not meet".

    Not in "had met", "was to meet", "would meet".
    """
    auxiliaries = children(verb, "aux", "auxpass")
    if any(auxiliary.lemma_ not in ("be", "do") or auxiliary.tag_ == "VBN" for auxiliary in auxiliaries):
        return False
    return verb.tag_ == "VBD" or any(auxiliary.tag_ == "VBD" for auxiliary in auxiliaries)


def _beside(verb: Token, context: Context) -> int:
    """Index of the time of a clause that says when the verb's event happened, or -1.

    As in "died when a bus overturned on Monday", "Arriving in Lima on Monday, she met Reed", "Speaking in
    Lima on Monday, she said ...".
    """
    if not is_step(verb, context):
        return -1
    for clause in (*children(verb, "advcl"), *_participles_of_subject(verb, context)):
        own = _dates(_times(clause, context), context)
        if not own or _is_of_object(clause, own[0], context):
            continue
        if is_at_once(clause, context) or (_is_day(own[0], context) and _opens(clause, verb, context)):
            return _one(own, context)
    return -1


def _opens(participle: Token, verb: Token, context: Context) -> bool:
    """Whether a participle shares the time of the main verb: "Arriving on Monday, she ...", "said, speaking
    on Monday".

    Not "Having left on Monday, she ...", "Starting on Monday, ...", "Recalling the strike on Monday, ...".
    """
    if participle.tag_ != "VBG" or children(participle, "mark", "nsubj", "aux"):
        return False
    lemma, main = participle.lemma_.lower(), verb.lemma_.lower()
    if lemma in context.words("SpeakingVerbs") and main in context.words("SpeechVerbs"):
        return True
    other = ("StateVerbs", "LookingVerbs", "SequenceVerbs", "ProgrammedVerbs")
    return participle.dep_ == "advcl" and participle.i < verb.i and not context.listed(lemma, *other)


def _participles_of_subject(verb: Token, context: Context) -> list[Token]:
    """The participles of speaking that the parser attaches to the subject: "Ana, speaking in Lima on Monday,
    said".
    """
    if verb.lemma_.lower() not in context.words("SpeechVerbs"):
        return []
    participles = (part for subject in children(verb, "nsubj") for part in children(subject, "acl"))
    return [part for part in participles if part.lemma_.lower() in context.words("SpeakingVerbs")]


def _linked(verb: Token) -> list[Token]:
    """The conjunctions between the governor and the verb: "and" in "Lima won and Quito lost"."""
    return [word for word in children(verb.head, "cc") if word.i < verb.i]


def _is_side_by_side(verb: Token, subject: Token, context: Context) -> bool:
    """Whether two clauses without a conjunction tell events of one kind: "Lima won; Quito lost".

    Not "Lima won; it was the best side".
    """
    alike = verb.tag_ == verb.head.tag_ == "VBD" and not children(verb, "aux", "auxpass")
    lemma = verb.lemma_.lower()
    return alike and subject.pos_ != "PRON" and lemma not in LINKING | context.words("StateVerbs")


def _times(verb: Token, context: Context) -> Iterator[Token]:
    """The dependents of a verb that may be times: bare ones ("last week"), or those after a preposition that
    dates.
    """
    for child in dependents(verb):
        if child.dep_ in _BARE or (child.dep_ == "dobj" and _is_day(child, context)):
            # a day that the parser takes for an object or adverb: "They met Tuesday", "met yesterday"
            found = [child]
        else:
            found = _after(child, "DatingPrepositions", context) if child.dep_ == "prep" else []
            found += [day for name in found for day in children(name, "appos") if name.lemma_ == "Day"]
        if found and not _is_of_bound(verb, child, context):
            yield from found


def _times_of_noun(noun: Token, context: Context) -> Iterator[Token]:
    for child in dependents(noun):
        if child.dep_ in _OF_NOUN:
            yield child
        elif child.dep_ == "prep" and not _is_of_bound(noun, child, context):
            yield from _after(child, "NounDatingPrepositions", context)


def _times_of_setting(verb: Token, context: Context) -> Iterator[Token]:
    """The words in the phrase of the clause's occasion that may be times: "At their meeting on Tuesday, they
    promised ...".
    """
    for preposition in children(verb, "prep"):
        if preposition.lower_ in context.words("SettingPrepositions"):
            for noun in children(preposition, "pobj"):
                if _is_setting(noun, preposition.lower_, context):
                    yield from _times_of_noun(noun, context)
                if context.listed(noun.lemma_.lower(), "MessageNouns", "AuthoredNouns"):
                    yield from _days_of_message(noun, verb, context)


def _times_of_cause(clause: Clause, context: Context) -> Iterator[Token]:
    """The words in the phrase of the cause that may be times: "Monday's blast in Lima killed two"."""
    if is_step(clause.verb, context) and clause.verb.lemma_.lower() in context.words("ImmediateVerbs"):
        for subject in clause.subjects:
            if subject.pos_ == "NOUN" and context.ontology.is_a(context.parsed.type_of(subject), "Event"):
                yield from _times_of_noun(subject, context)


def _days_of_message(noun: Token, verb: Token, context: Context) -> Iterator[Token]:
    """The days on which a message was issued: "said in a post on X on Wednesday", "wrote in a letter sent on
    Monday".

    Not for "in a 2019 letter", nor for "in a letter about the strike on Monday", which may date the strike.
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


def _is_day(token: Token, context: Context) -> bool:
    index = context.parsed.time_of.get(token.i, -1)
    return index >= 0 and _DAY.match(context.parsed.times[index].value) is not None


def _dates(tokens: Iterable[Token], context: Context, bounded: bool = False) -> list[Token]:
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


def _one(tokens: list[Token], context: Context) -> int:
    """Index of the single time that the tokens name; -1 for none or several.

    Of times within each other ("in May 2019") it is the shortest.
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


def _is_of_object(verb: Token, token: Token, context: Context) -> bool:
    """Whether a date after a noun may belong to the noun, although the parser attaches it to the verb.

    It may after a verb of planning ("scheduled a fair on 10 June"), and after a participle, which mostly
    adds an earlier event ("beating the record of 2019", "referring to the coup in 1979"). A year may also
    belong to an event that something is about.
    """
    if token.i < verb.i:
        return False
    lemma, passive = verb.lemma_.lower(), bool(children(verb, "auxpass"))
    preposition = token.head if token.head.dep_ == "prep" else None
    between = verb.doc[verb.i + 1 : (preposition or token).left_edge.i]
    if not any(word.pos_ in ("NOUN", "PROPN", "PRON", "NUM") for word in between):
        return False
    if lemma in context.words("SchedulingVerbs") | context.words("SequenceVerbs") and not passive:
        # a past date is that of the verb: "set bail yesterday"
        return preposition is not None or not _is_over(token, context)
    looking = lemma in context.words("LookingVerbs") and not passive
    if looking and context.parsed.times[context.parsed.time_of[token.i]].text.lower().startswith("earlier"):
        return True  # the time is that of what is mentioned: "mentioned the strike earlier in the day"
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


def _is_before_perfect(verb: Token, token: Token, context: Context) -> bool:
    """Whether a year that is over follows a verb in the perfect, which it cannot date.

    As in "has praised the trial of Reed in 1998".
    """
    perfect = any(a.lemma_ == "have" and a.tag_ in ("VBZ", "VBP") for a in children(verb, "aux"))
    published = context.parsed.document.metadata.date
    finish = context.parsed.times[context.parsed.time_of[token.i]].finish
    return perfect and bool(published and finish) and finish[:4] < published[:4]


def _is_of_one_object(clause: Clause, token: Token, context: Context) -> bool:
    """Whether another object follows with its own date: "reported a rate on Monday and a death on
    Tuesday".
    """
    others = (noun for noun in clause.objects if noun.i > token.i > clause.verb.i)
    return any(_dates(_times_of_noun(noun, context), context) for noun in others)


def _is_day_of_now(token: Token, context: Context) -> bool:
    """Whether the date is a day without a year, and so close to that of the article: "on Monday", "on 3 May".

    Not "3 May 1999".
    """
    return _is_day(token, context) and not re.search(
        r"\b\d{4}\b", context.parsed.times[context.parsed.time_of[token.i]].text
    )


# -- Between which days ------------------------------------------------------------------------------


def bounded(claims: Sequence[Claim], context: Context) -> list[Claim]:
    """All claims; those of a clause whose only time is a bound have that as their `interval`.

    As in "has led Norvex since 2019", "sold 300 trams in the past three years", "will be closed until
    Friday".
    """
    return [
        replace(claim, interval=_interval(claim, context)) if _lacks_time(claim) else claim
        for claim in claims
    ]


def _lacks_time(claim: Claim) -> bool:
    return claim.time < 0 and (claim.object is None or claim.object.time < 0)


def _interval(claim: Claim, context: Context) -> int:
    """Index of the one time that bounds the clause of a claim, or -1."""
    span = context.parsed.doc.char_span(claim.relation.start, claim.relation.end)
    if span is None or span.root.pos_ not in ("VERB", "AUX"):
        return -1
    verb: Token = span.root
    found = [
        context.parsed.time_of[noun.i]
        for preposition in (*children(verb, "prep", "agent"), *_as_of(verb))
        for noun in children(preposition, "pobj")
        if noun.i in context.parsed.time_of and _bounds(verb, preposition, noun, context)
    ]
    return found[0] if len(found) == 1 else -1


def _as_of(verb: Token) -> list[Token]:
    """The "of" in "recorded 611 shocks as of Monday"."""
    return [of for as_ in children(verb, "prep") if as_.lower_ == "as" for of in children(as_, "prep")]


def _bounds(verb: Token, preposition: Token, noun: Token, context: Context) -> bool:
    """Whether a time bounds the event of a verb, and not its object or consequence.

    Not in "expect a deal by Friday", "said by Friday", "extended the ban until Friday", nor in "cut the
    aid by 2030" in an article of an earlier year.
    """
    parsed, word, lemma = context.parsed, preposition.lower_, verb.lemma_.lower()
    index, published = parsed.time_of[noun.i], parsed.document.metadata.date
    if ranges.bounded(parsed.times, index, parsed.document.text, published) is None:
        return False
    if context.listed(
        lemma, "SchedulingVerbs", "SpeechVerbs", "BeliefVerbs", "SequenceVerbs", "LookingVerbs"
    ):
        return False
    if word not in context.words("ClosingWords"):
        return True
    lasting = lemma in LINKING or context.listed(lemma, "StateVerbs", "LastingVerbs")
    closes = children(verb, "dobj", "nsubjpass")
    if word not in ("by", "before") and closes and not lasting:
        return False
    finish = parsed.times[index].finish
    past = bool(published and finish) and finish < published[: len(finish)]
    return past or lasting or not is_simple_past(verb)


# -- Where -------------------------------------------------------------------------------------------


def where(clause: Clause, context: Context) -> int:
    """Index of the mention of the place where the clause's event happened, or -1."""
    if clause.place is not None and context.is_place(clause.place):
        return context.parsed.mention_index(clause.place)
    places = context.words("PlacePrepositions")
    for complement in clause.complements:
        if complement.preposition in places and context.is_place(complement.head):
            return context.parsed.mention_index(complement.head)
    hosts = clause.verb.lemma_.lower() == "host" and not clause.passive
    host = next((noun for noun in clause.subjects if hosts and context.is_place(noun)), None)
    if host is not None:  # the host, not Peru: "Lima hosted talks on the war in Peru"
        return context.parsed.mention_index(host)
    settings = context.words("SettingPrepositions")
    inner = [complement.head for complement in clause.complements if complement.preposition in settings]
    # After a verb of speech, the place of its object is not its own: "described the fire in Lima".
    told = context.listed(clause.verb.lemma_.lower(), "SpeechVerbs", "BeliefVerbs")
    for noun in inner if told else (*clause.objects, *inner):
        found = noun_place(noun, context)
        if found >= 0:
            return found
    verb: Token = clause.verb
    own = children(verb, "mark", "nsubj", "aux")
    if verb.dep_ == "advcl" and not own and verb.head.pos_ == "VERB":
        # at the place of the main clause: "They met in Lima, signing a treaty"
        return where(context.clause(verb.head), context)
    return -1


def noun_place(noun: Token, context: Context) -> int:
    """Index of the mention of the place in the noun's phrase ("the meeting in Lima"), or -1.

    It may be the place of an occasion ("the meeting at the fair in Lima"), or the destination of a visit.
    """
    # A town is the place ("the Lima summit"); a country may be the topic ("the Peru talks").
    for modifier in children(noun, "compound", "nmod"):
        parsed = context.parsed
        if parsed.is_name(modifier) and context.is_place(modifier) and parsed.type_of(modifier) != "Country":
            return parsed.mention_index(modifier)
    inner: list[Token] = []
    for preposition in children(noun, "prep"):
        visit = preposition.lower_ == "to" and context.ontology.is_a(context.parsed.type_of(noun), "Visit")
        if visit or preposition.lower_ in context.words("PlacePrepositions"):
            for target in children(preposition, "pobj"):
                if context.is_place(target):
                    return context.parsed.mention_index(target)
                if preposition.lower_ in context.words("SettingPrepositions"):
                    inner.append(target)
    return next((found for target in inner if (found := noun_place(target, context)) >= 0), -1)
