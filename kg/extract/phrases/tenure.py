"""Decides whether a position or description has ended: by a word, a date, or the clause.

    the former mayor; the late singer; formerly a partner at Acme
    Ana Ruiz was mayor; was mayor in 1990; was mayor from 1990 to 1994; served as mayor for ten years
    Ana Ruiz, mayor from 1990 to 1994; Peru's president at the time; when she was mayor
    Ana Ruiz served as mayor, has served as mayor; Ana Ruiz, who was mayor

Not ended: "said that she was mayor" (perhaps she still is), "has been mayor since 1990", "was elected mayor
in 1990". Does not see an end that only another sentence states.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kg.extract.clauses.clause import Context, children

if TYPE_CHECKING:
    from spacy.tokens import Token

_BEING = ("be", "serve", "act", "work")  # verbs that say what somebody is or was
_SO_FAR = ("since", "for", "over", "throughout")
_WITHIN = ("in", "during", "between", "from", "on")
_SPANS = ("in", "during", "between")
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_YEAR_DIGITS = 4
_UPON = ("after", "following", "since", "upon", "by")


def is_over(noun: Token, at: Token, context: Context, *, dated: bool) -> bool:
    """Whether a position or description has ended.

    `noun` says what somebody is, `at` is the verb that predicates it, or the noun itself. `dated`: whether a
    date can mark the end; for a single event it gives the time instead.
    """
    marks = {child.lower_ for child in (*noun.lefts, *_shared(noun, context))} | _adverbs(noun, at)
    if marks & context.words("PastMarks"):
        return True
    if not dated:
        return False
    verb = at if at.i != noun.i and at.lemma_.lower() in _BEING else None
    past = verb is not None and verb.tag_ == "VBD"
    if past and verb is not None and any(child.lower_ in ("when", "while") for child in verb.lefts):
        return True  # as in "when she was mayor", "while she was still mayor"
    being = verb if past and verb is not None and verb.lemma_ == "be" else _past_rank(at)
    if being is not None and _is_office(noun, context) and _is_told_of_person(being, context):
        # as in "Ana Ruiz, who was mayor", "Ana Ruiz was mayor": if she still were, the text would say "is"
        return True
    prepositions = [*_prepositions(noun), *(_prepositions(verb) if verb is not None else ())]
    if verb is not None and verb.lemma_.lower() == "serve" and _has_served(verb, prepositions):
        return True
    if (past and any(_is_earlier(each) for each in prepositions)) or _is_removed(noun, context):
        return True
    if any(_is_until_recently(each) for each in prepositions):
        return True
    return any(_ends(preposition, context, past=past) for preposition in prepositions)


def _past_rank(verb: Token) -> Token | None:
    """The "was" before a ranked noun with an infinitive: "was the first woman to be mayor"; else None."""
    ranked, infinitive = verb.head, verb.tag_ == "VB" and verb.lemma_ == "be"
    if not infinitive or verb.dep_ not in ("relcl", "acl") or ranked.dep_ != "attr":
        return None
    return ranked.head if ranked.head.tag_ == "VBD" and ranked.head.lemma_ == "be" else None


def _is_told_of_person(verb: Token, context: Context) -> bool:
    """Whether a clause says what a named person was; not in reported speech, where "was" may mean "is"."""
    if children(verb, "neg"):
        return False
    if verb.dep_ == "relcl":
        return True
    named = any(
        context.parsed.is_name(subject) and context.parsed.type_of(subject) == "Person"
        for subject in children(verb, "nsubj")
    )
    return named and verb.dep_ == "ROOT"


def _shared(noun: Token, context: Context) -> Iterable[Token]:
    """The words before the first of two roles under one article: "a former friend and employee of Tom".

    They apply to the second role, too. Not so in "a former judge and the mayor", nor in "a former actor
    and senator": who was an actor may be a senator now.
    """
    first = noun.head
    if noun.dep_ != "conj" or noun.left_edge.i != noun.i or first.left_edge.i == first.i:
        return ()
    return () if context.listed(first.lower_, "OccupationNouns") else first.lefts


def is_shared(noun: Token, first: int, context: Context) -> bool:
    """Whether "former" before another office includes this one: "former Peru governor and senator Ana Ruiz".

    `first`: the first token of this office, or of the name that narrows it ("former mayor and US senator").
    Not "a former mayor and the senator", "a former actor and senator", "a former judge and acting mayor".
    """
    doc = noun.doc
    if first < 2 or doc[first - 1].lower_ not in ("and", "&") or not _is_office(doc[first - 2], context):
        return False
    other = doc[first - 2]
    return any(context.listed(word.lower_, "PastMarks") for word in doc[other.left_edge.i : other.i])


def _is_office(word: Token, context: Context) -> bool:
    return context.listed(word.lower_, "RoleNouns") and not context.listed(word.lower_, "OccupationNouns")


def is_left(name: Token, context: Context) -> bool:
    """Whether somebody has left the office in the title before the name.

    As in "following the resignation of Minister Tom Reed", "after the death of Senator Ana Ruiz", "prompted
    the resignation of Minister Tom Reed and the editor Ana Ruiz"; not in "called for the resignation of
    Minister Tom Reed".
    """
    while name.dep_ == "conj" and name.head.pos_ in ("NOUN", "PROPN"):
        name = name.head
    of = name.head
    ending = of.head if name.dep_ == "pobj" and of.lower_ == "of" else None
    if name.dep_ == "poss":
        ending = name.head  # as in "following Minister Tom Reed's resignation"
    if ending is None or ending.lemma_.lower() not in context.words("EndingNouns"):
        return False
    cause = ending.head
    if ending.dep_ == "dobj" and context.listed(cause.lemma_.lower(), "ForcingVerbs"):
        return _is_told(cause) and not children(cause, "neg")
    return ending.dep_ == "pobj" and cause.lower_ in _UPON


def year_of(name: Token, context: Context) -> int:
    """Index of the time expression for the past year in which somebody held an office; -1 if there is none.

    In "In 1979 the party's leader Ana Ruiz won", she need not be the leader today. The clause must be in the
    past tense and name exactly one year; "since 1979" does not count.
    """
    verb = next((above for above in name.ancestors if above.pos_ in ("VERB", "AUX")), None)
    if verb is None or not _is_told(verb):
        return -1
    parsed, found = context.parsed, set[int]()
    written = parsed.document.metadata.date[:4]
    for token in verb.subtree:
        index = parsed.time_of.get(token.i, -1)
        if index < 0 or parsed.times[index].type != "DATE" or token.head.lower_ not in (*_WITHIN, "of"):
            continue
        year = _YEAR.search(parsed.times[index].text)
        beside = not any(above.dep_ in ("relcl", "acl", "ccomp") for above in _up_to(token, verb))
        # only a year: in an undated article, a full date may be recent
        alone = len(parsed.times[index].value) == _YEAR_DIGITS
        if year is not None and beside and (year.group() < written if written else alone):
            found.add(index)
    return found.pop() if len(found) == 1 else -1


def _is_told(verb: Token) -> bool:
    """Whether a verb is in the simple past: "won", "was elected"; not "has won"."""
    first = min((verb, *children(verb, "aux", "auxpass")), key=lambda word: word.i)
    return first.tag_ == "VBD"


def _up_to(token: Token, above: Token) -> Iterator[Token]:
    while token not in (above, token.head):
        yield token
        token = token.head


def _has_served(verb: Token, prepositions: Iterable[Token]) -> bool:
    """Whether "served" says that the term is over: "served as mayor", "has served as mayor".

    Not in "has served as mayor since May", "for years".
    """
    auxiliaries = children(verb, "aux")
    if not auxiliaries:
        return verb.tag_ == "VBD"
    perfect = verb.tag_ == "VBN" and all(word.lemma_ == "have" for word in auxiliaries)
    return perfect and not any(each.lower_ in _SO_FAR for each in prepositions)


def has_ended(verb: Token, context: Context) -> bool:
    """Whether the state that a verb expresses in the past tense is over.

    As in "lived in Lima until 2001", "ran it for years", "led Peru during the war"; not in "lived in Lima"
    alone.
    """
    if verb.tag_ != "VBD" or children(verb, "aux", "auxpass"):
        return False
    nouns = children(verb, "dobj")
    prepositions = [p for head in (verb, *nouns) for p in _prepositions(head)]
    return any(
        p.lower_ == "during" or _is_until_recently(p) or _ends(p, context, past=True) for p in prepositions
    )


def _is_earlier(preposition: Token) -> bool:
    """Whether the preposition says that something else came later.

    As in "Before her appointment she was a judge", "was a judge prior to the vote".
    """
    return preposition.lower_ in ("before", "prior")


def _is_until_recently(preposition: Token) -> bool:
    """Whether the preposition begins "until recently" or "until last year": "who until recently was a judge".

    Both end before the day of the article, even if that day is unknown.
    """
    behind = preposition.nbor(1).lower_ if preposition.i + 1 < len(preposition.doc) else ""
    return preposition.lower_ in ("until", "till") and behind in ("recently", "last")


def _is_removed(noun: Token, context: Context) -> bool:
    """Whether the clause removes the person from the position: "Ana Ruiz, the mayor, was dismissed".

    Not in "was dismissed from the choir".
    """
    name = noun.head
    verb = name.head
    if noun.dep_ != "appos" or name.dep_ != "nsubjpass" or not children(verb, "auxpass"):
        return False
    if verb.lemma_.lower() not in context.words("RemovalVerbs") or children(verb, "neg", "advcl"):
        return False
    told = all(word.tag_ in ("VBD", "VBZ", "VBP", "VBN") for word in children(verb, "aux", "auxpass"))
    behind = [p for p in children(verb, "prep") if p.lower_ in ("from", "as")]
    posts = [post for preposition in behind for post in children(preposition, "pobj")]
    words = context.words("PostNouns")
    own = all(post.lemma_.lower() in words or post.lemma_ == noun.lemma_ for post in posts)
    return told and own and not children(verb, "xcomp")


def _adverbs(noun: Token, verb: Token) -> set[str]:
    """The adverbs, lower-cased, that may say when somebody held the position.

    As in "was previously mayor", "Ana Ruiz, formerly a partner at Acme", "then mayor of Lima".
    """
    first = noun.doc[noun.left_edge.i]
    beside = children(verb, "advmod") if verb.i != noun.i else ()
    return {adverb.lower_ for adverb in (first, *beside) if adverb.tag_ == "RB"}


def _prepositions(head: Token) -> Iterator[Token]:
    """The prepositions of a word and of the noun after its "of": "of" and "until" in "mayor of Lima [until
    2010]".
    """
    for preposition in children(head, "prep"):
        yield preposition
        if preposition.lower_ in ("of", "at", "for", "to", "as"):
            for target in children(preposition, "pobj"):
                yield from _prepositions(target)


def _ends(preposition: Token, context: Context, *, past: bool) -> bool:
    """Whether a prepositional phrase says that the state has ended. `past`: the verb is in the past tense."""
    word = preposition.lower_
    for target in children(preposition, "pobj"):
        if word == "at" and target.lower_ == "time" and preposition.head.i != target.i:
            return True  # as in "the president at the time"
        time = context.parsed.times[context.parsed.time_of[target.i]] if _is_time(target, context) else None
        if time is None:
            continue
        if word == "for" and time.type == "DURATION":
            return past
        if not _is_past(time.finish, context):
            continue
        # without the date of the article, only the tense shows that the time is past
        dated = past or bool(context.parsed.document.metadata.date)
        if dated and (word in ("until", "till") or (word in _WITHIN and (past or word in _SPANS))):
            return True
        if word == "from" and any(_is_time(end, context) for end in _until(preposition, target)):
            return True
    return False


def _until(preposition: Token, start: Token) -> Iterator[Token]:
    """The end of a range of times, wherever the parser attaches it: 2009 in "from 2001 to 2009"."""
    for head in (preposition, start, preposition.head):
        for word in children(head, "prep"):
            if word.lower_ in ("to", "until", "till") and word.i > start.i:
                yield from children(word, "pobj")


def _is_time(token: Token, context: Context) -> bool:
    return token.i in context.parsed.time_of


def _is_past(day: str, context: Context) -> bool:
    """Whether a date (ISO 8601, reduced precision) precedes the day of the article."""
    written = context.parsed.document.metadata.date
    return bool(day) and (not written or day < written[: len(day)])
