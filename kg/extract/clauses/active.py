"""The active clause: its agent, patient and recipient.

    Norvex bought Lumora.       Norvex - bought - Lumora
    Ana gave Tom a book.        Ana - gave - book, Ana - gave to - Tom (the recipient)
    Ana gave up the plan.       Ana - gave up - plan (a particle)
    “We won,” added the mayor.  mayor - added - “We won”

Excludes a subject that is an expletive ("It rained", "There were riots") or identified by what follows ("The
key was working with teachers"), and an object that is a time ("They spent hours there").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.clauses.clause import Clause, Construction, Context, children
from kg.extract.clauses.coordination import members

if TYPE_CHECKING:
    from spacy.tokens import Token


_DASHES = ("–", "—", "-", "--")


def read(clause: Clause, context: Context) -> Clause:
    verb = clause.verb
    nouns = [noun for noun in children(verb, "nsubj", "csubj") if not _is_dateline(noun)]
    found = _one_subject(nouns, verb, context)
    nouns = [_after_colon(_contrasted(noun)) for noun in found]
    behind = _behind_words(verb, context)
    nouns = [
        noun
        for noun in (*nouns, *behind)
        if noun.pos_ != "VERB"
        and not _is_equated(noun, verb, context)
        and not _is_in_compound(noun, verb)
        and not _is_no_happening(noun, verb, context)
    ]
    subjects = tuple(m for noun in nouns for m in members(noun, context))
    idiom = _idiom(verb, context)
    objects = () if behind else tuple(_objects(verb, idiom, context))
    recipients = tuple(_recipients(verb, context))
    particles = [child.lower_ for child in children(verb, "prt")] or direction(verb, context)
    particle = " ".join([*particles[:1], *([idiom.lower_] if idiom is not None else [])])
    if not (subjects or objects or recipients or particle):
        return clause
    return clause.by(
        CONSTRUCTION, subjects=subjects, objects=objects, recipients=recipients, particle=particle
    )


def _is_no_happening(noun: Token, verb: Token, context: Context) -> bool:
    """Whether the noun is a person or country before "took place", which do not take place."""
    took = verb.lemma_.lower() == "take" and any(child.lower_ == "place" for child in children(verb, "dobj"))
    return took and context.parsed.is_name(noun) and context.parsed.type_of(noun) in ("Person", "Country")


def _is_country_of(second: Token, first: Token, context: Context) -> bool:
    """Whether the second noun is the country of the place before it, which the parser takes for a subject:
    "The fair in the town of Lima, Peru took place".
    """
    before = second.i - 2
    named = all(word.is_punct for word in second.children) and context.is_place(second)
    inside = (
        named and before > first.i and second.nbor(-1).text == "," and first.is_ancestor(second.doc[before])
    )
    return inside and second.doc[before].pos_ == "PROPN"


def _one_subject(nouns: list[Token], verb: Token, context: Context) -> list[Token]:
    """A clause has one subject: in "With the singer Tom Reed, Ana opened it" the noun after the comma.

    Likewise in "Reed et al's paper shows it"; in "Fire at the mill Norvex kills one" the first, whose phrase
    the parser ends too early. Not in "the broadcaster Norvex said", where both are one.
    """
    before = [noun for noun in nouns if noun.i < verb.i and noun.dep_ == "nsubj"]
    if len(before) != 2 or len(nouns) != 2 or children(before[0], "conj"):
        return nouns
    first, second = before
    commas = any(token.text == "," for token in verb.doc[first.i + 1 : second.i])
    if commas and _is_country_of(second, first, context):
        return [first]
    if commas or children(first, "cc"):
        return [second]
    return [first] if children(first, "prep") else nouns


def direction(verb: Token, context: Context) -> list[str]:
    """An adverb that changes the meaning of the verb: "brought together", "put the plan aside".

    After an object not "together", which is usually an adverb of manner ("They fight crime together").
    """
    ends = {noun.right_edge.i + 1 for noun in children(verb, "dobj")}
    return [
        child.lower_
        for child in children(verb, "advmod")
        if (child.i == verb.i + 1 and child.lower_ in context.words("DirectionAdverbs"))
        or (child.i in ends and child.lower_ in context.words("RemovalAdverbs"))
    ][:1]


def _contrasted(subject: Token) -> Token:
    """The subject itself, if the parser takes the noun after "unlike" for it: in "Unlike Tom, Ana signed",
    Ana.

    The parser takes Ana for an apposition of Tom.
    """
    start = subject.left_edge.i
    if start > 0 and subject.doc[start - 1].lower_ == "unlike":
        return next(iter(children(subject, "appos")), subject)
    return subject


def _after_colon(subject: Token) -> Token:
    """The subject without a heading before a colon: in "World Cup: Peru and Chile win", Peru."""
    for noun in children(subject, "appos"):
        between = subject.doc[subject.i + 1 : noun.i]
        if noun.i < subject.head.i and any(token.text == ":" for token in between):
            return noun
    return subject


def _is_equated(subject: Token, verb: Token, context: Context) -> bool:
    """Whether the subject is equated with the action: in "The key was working with teachers" the key does not
    work.
    """
    progressive = verb.tag_ == "VBG" and any(child.lemma_ == "be" for child in children(verb, "aux"))
    return progressive and subject.lemma_.lower() in context.words("GerundSubjects")


def _is_in_compound(subject: Token, verb: Token) -> bool:
    """Whether the subject owns a compound that the parser takes for a verb: "In her Norvex run from 2012 to
    2019, ...".

    Nobody owns a name, and the verb of a name ends in "s".
    """
    owned = any(child.tag_ == "PRP$" for child in children(subject, "poss"))
    bare = verb.i == subject.i + 1 and verb.lower_ == verb.lemma_.lower()
    return owned and bare and subject.tag_ == "NNP"


def _is_dateline(subject: Token) -> bool:
    """Whether the subject is a dateline: "Lima – The council has met"."""
    following = subject.doc[subject.i + 1]
    others = [noun for noun in children(subject.head, "nsubj", "nsubjpass") if noun.i > subject.i]
    return subject.left_edge.is_sent_start is True and following.text in _DASHES and bool(others)


def _behind_words(verb: Token, context: Context) -> list[Token]:
    """The speaker after a quotation, whom the parser takes for an object: in "“The shop has closed,” added
    the mayor", the mayor.
    """
    said = context.listed(verb.lemma_.lower(), "SpeechVerbs", "QuotingVerbs") and verb.tag_ in ("VBD", "VBZ")
    if (
        not said
        or context.listed(verb.lemma_.lower(), "TellingVerbs")
        or children(verb, "nsubj", "nsubjpass", "auxpass", "expl")
    ):
        return []
    words = [clause for clause in children(verb, "ccomp") if clause.i < verb.i]
    return [noun for noun in children(verb, "dobj") if noun.left_edge.i == verb.i + 1][:1] if words else []


def _objects(verb: Token, idiom: Token | None, context: Context) -> list[Token]:
    # A second direct object is a misparsed apposition ("left Tom in charge, the same move as in May").
    nouns = [noun for noun in children(verb, "dobj") if not context.parsed.is_time(noun) and noun != idiom][
        :1
    ]
    # "sang “Nobody Loves the Rain”": the parser sees a clause in the title.
    nouns += [child for child in children(verb, "ccomp") if context.parsed.is_name(child)]
    return [m for noun in nouns for m in members(noun, context)] or _after_participle(verb, context)


def _recipients(verb: Token, context: Context) -> list[Token]:
    """The recipients, with or without "to"; without, only after a verb that can have one.

    In "encouraging the nations top banks" the parser takes "the nations" for a recipient.
    """
    if verb.lemma_.lower() not in context.words("DativeVerbs"):
        return []
    nouns: list[Token] = []
    for child in children(verb, "dative"):
        nouns += children(child, "pobj") if child.pos_ == "ADP" else [child]
    return [m for noun in nouns for m in members(noun, context)]


def _idiom(verb: Token, context: Context) -> Token | None:
    """The bare noun that is part of the verb ("took place")."""
    for noun in children(verb, "dobj"):
        if not list(noun.lefts) and f"{verb.lemma_.lower()} {noun.lower_}" in context.words("Idioms"):
            return noun
    return None


def _after_participle(verb: Token, context: Context) -> list[Token]:
    """The objects after an adjective that the parser takes for a verb: in "They wore matching jackets",
    jackets.

    Verbs that do govern a participle ("began playing jazz") keep it.
    """
    if context.listed(verb.lemma_.lower(), "GerundVerbs", "UnownedGerundVerbs"):
        return []
    return [
        member
        for participle in children(verb, "xcomp")
        if participle.tag_ == "VBG" and participle.i == verb.i + 1
        for noun in children(participle, "dobj")
        for member in members(noun, context)
    ]


CONSTRUCTION = Construction(
    "active",
    read,
    trust=0.95,
)
