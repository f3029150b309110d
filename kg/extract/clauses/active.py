"""The active clause: its agent, patient and recipient.

    Norvex bought Lumora.       Norvex - bought - Lumora
    Ana gave Tom a book.        Ana - gave - book, Ana - gave to - Tom (the recipient)
    Ana gave up the plan.       Ana - gave up - plan (a particle)
    “We won,” added the mayor.  mayor - added - “We won”

Excludes a subject that is an expletive ("It rained", "There were riots") or is equated with an action ("The
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
    """Whether the verb is "took place" and the noun a person or country, which cannot take place."""
    took = verb.lemma_.lower() == "take" and any(child.lower_ == "place" for child in children(verb, "dobj"))
    return took and context.parsed.is_name(noun) and context.parsed.type_of(noun) in ("Person", "Country")


def _is_country_of(second: Token, first: Token, context: Context) -> bool:
    """Whether the parser takes the country after a place for a second subject of the clause.

    As it does with Peru in "The fair in the town of Lima, Peru took place".
    """
    before = second.i - 2
    named = all(word.is_punct for word in second.children) and context.is_place(second)
    inside = (
        named and before > first.i and second.nbor(-1).text == "," and first.is_ancestor(second.doc[before])
    )
    return inside and second.doc[before].pos_ == "PROPN"


def _one_subject(nouns: list[Token], verb: Token, context: Context) -> list[Token]:
    """The subjects of a clause; if the parser gives it two by mistake, only the right one.

    In "With the singer Tom Reed, Ana opened it" and "Reed et al's paper shows it", it is the second noun.
    In "Fire at the mill Norvex kills one", it is the first, whose phrase the parser ends too early. In
    "the broadcaster Norvex said", both are kept: they denote the same thing.
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
    """A list with the adverb that changes the meaning of the verb; empty if there is none.

    As in "brought together", "put the plan aside". After an object, "together" does not count: it is
    usually an adverb of manner ("They fight crime together").
    """
    ends = {noun.right_edge.i + 1 for noun in children(verb, "dobj")}
    return [
        child.lower_
        for child in children(verb, "advmod")
        if (child.i == verb.i + 1 and child.lower_ in context.words("DirectionAdverbs"))
        or (child.i in ends and child.lower_ in context.words("RemovalAdverbs"))
    ][:1]


def _contrasted(subject: Token) -> Token:
    """The subject of a clause; Ana in "Unlike Tom, Ana signed".

    There the parser takes Tom for the subject, and Ana for an apposition of Tom.
    """
    start = subject.left_edge.i
    if start > 0 and subject.doc[start - 1].lower_ == "unlike":
        return next(iter(children(subject, "appos")), subject)
    return subject


def _after_colon(subject: Token) -> Token:
    """The subject of a clause, which may follow a colon: Peru in "World Cup: Peru and Chile win".

    There the parser takes "Cup" for the subject.
    """
    for noun in children(subject, "appos"):
        between = subject.doc[subject.i + 1 : noun.i]
        if noun.i < subject.head.i and any(token.text == ":" for token in between):
            return noun
    return subject


def _is_equated(subject: Token, verb: Token, context: Context) -> bool:
    """Whether the subject is equated with an action, and does not do it: "The key was working with Ana"."""
    progressive = verb.tag_ == "VBG" and any(child.lemma_ == "be" for child in children(verb, "aux"))
    return progressive and subject.lemma_.lower() in context.words("GerundSubjects")


def _is_in_compound(subject: Token, verb: Token) -> bool:
    """Whether subject and verb are one compound noun after a possessive: "In her Norvex run from 2012 to
    2019, ...".

    The parser takes Norvex for the subject of "run". But a name alone has no possessive before it, and a
    verb after it would end in "s".
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
    """A list with the speaker after a quotation if the parser takes that noun for an object; otherwise empty.

    As it does with the mayor in "“The shop has closed,” added the mayor".
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
    # A second direct object is a misparsed apposition: "move" in "left Tom in charge, a clever move".
    nouns = [noun for noun in children(verb, "dobj") if not context.parsed.is_time(noun) and noun != idiom][
        :1
    ]
    # The parser takes a title for a clause: "sang “Nobody Loves the Rain”".
    nouns += [child for child in children(verb, "ccomp") if context.parsed.is_name(child)]
    return [m for noun in nouns for m in members(noun, context)] or _after_participle(verb, context)


def _recipients(verb: Token, context: Context) -> list[Token]:
    """The recipients, with or without "to"; none after a verb that cannot have one.

    In "encouraging the nations top banks" the parser takes "the nations" for a recipient.
    """
    if verb.lemma_.lower() not in context.words("DativeVerbs"):
        return []
    nouns: list[Token] = []
    for child in children(verb, "dative"):
        nouns += children(child, "pobj") if child.pos_ == "ADP" else [child]
    return [m for noun in nouns for m in members(noun, context)]


def _idiom(verb: Token, context: Context) -> Token | None:
    """The noun without an article that forms an idiom with the verb: "place" in "took place"."""
    for noun in children(verb, "dobj"):
        if not list(noun.lefts) and f"{verb.lemma_.lower()} {noun.lower_}" in context.words("Idioms"):
            return noun
    return None


def _after_participle(verb: Token, context: Context) -> list[Token]:
    """The nouns after a participle that the parser takes for a verb: jackets in "wore matching jackets".

    Empty after a verb that does govern a gerund ("began playing jazz").
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
