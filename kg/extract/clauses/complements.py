"""Prepositional complements of the verb.

    Tom apologised to Ana for the delay.    Tom - apologised to - Ana, Tom - apologised for - delay
    They walked out of the talks.           They - walked out of - talks
    Ana blamed the crash on Tom.            Ana - blamed - Tom, as in "Ana blamed Tom"

Excludes times (they date the clause), the agent of a passive, and comparisons ("like", "unlike").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.clauses.clause import Clause, Complement, Construction, Context, children
from kg.extract.clauses.coordination import is_absolute, members

if TYPE_CHECKING:
    from spacy.tokens import Token


def read(clause: Clause, context: Context) -> Clause:
    loose = context.words("LoosePrepositions")
    found = [
        Complement(words, member)
        for preposition in children(clause.verb, "prep", "agent", *_unread_datives(clause, context))
        if not _of_work(preposition, context)
        and preposition.pos_ in ("ADP", "SCONJ")
        and preposition.lower_ not in loose
        for words, noun in _targets(preposition, context)
        if not context.parsed.is_time(noun)
        and noun not in clause.agents
        and not _tells_when(noun, context)
        and not _is_absolute(noun, clause.verb)
        and not _joins_sentences(noun, context)
        and not _is_adverbial(noun, context)
        for member in members(noun, context)
        if member not in clause.agents
    ]
    found += _after_adverb(clause, context)
    oblique = _oblique(clause, found, context)
    if oblique and not clause.passive:
        return clause.by(CONSTRUCTION, objects=oblique)
    return clause.by(CONSTRUCTION, complements=tuple(found)) if found else clause


def _oblique(clause: Clause, found: list[Complement], context: Context) -> tuple[Token, ...]:
    """The nouns after a preposition that are the real objects: Tom in "blamed the crash on Tom".

    The parser may attach the preposition to the object.
    """
    lemma, words = clause.verb.lemma_.lower(), context.words("ObliqueObjects")
    astray = [
        Complement(p.lower_, member)
        for noun in clause.objects
        for p in children(noun, "prep")
        for target in children(p, "pobj")
        for member in members(target, context)
    ]
    return tuple(c.head for c in (*found, *astray) if f"{lemma} {c.preposition}" in words)


def _unread_datives(clause: Clause, context: Context) -> tuple[str, ...]:
    """The label "dative" if the verb has no recipients: "to Tom" is a complement in "explained it to Tom"."""
    return () if clause.verb.lemma_.lower() in context.words("DativeVerbs") else ("dative",)


def _after_adverb(clause: Clause, context: Context) -> list[Complement]:
    """The complements that begin with an adverb: "stopped short of a ban", "went ahead with the plan"."""
    return [
        Complement(f"{adverb.lower_} {preposition.lower_}", member)
        for adverb in children(clause.verb, "advmod")
        if adverb.i == clause.verb.i + 1
        for preposition in children(adverb, "prep")
        for noun in children(preposition, "pobj")
        if not context.parsed.is_time(noun)
        for member in members(noun, context)
    ]


def _of_work(preposition: Token, context: Context) -> bool:
    """Whether the preposition introduces the author of a work: "danced to “Rain” by Snow"."""
    at = preposition.i - 1
    while at > 0 and preposition.doc[at].is_quote:
        at -= 1
    return (
        preposition.lower_ in ("by", "from") and context.parsed.type_of(preposition.doc[at]) == "CreativeWork"
    )


def _is_absolute(noun: Token, verb: Token) -> bool:
    """Whether the noun after "with" is the subject of an absolute construction, and so no complement.

    As in "With the franc viewed as stable, exports rose", "The band split with Ana and Tom having left".
    """
    if noun.head.lower_ != "with":
        return False
    behind = noun.doc[noun.right_edge.i + 1 : noun.right_edge.i + 2] or noun.doc[noun.i : noun.i + 1]
    perfect = behind[0].lower_ == "having" and behind[0].dep_ in ("aux", "auxpass")
    fronted = noun.i < verb.i and any(child.tag_ in ("VBN", "VBG", "VBD") for child in children(noun, "acl"))
    return perfect or fronted or is_absolute(noun.head)


def _joins_sentences(noun: Token, context: Context) -> bool:
    """Whether the phrase is a connective: "for instance", "in fact", "of course", "on the other hand"."""
    bare = noun.i == noun.head.i + 1 and noun.lemma_ in context.words("ConnectingNouns")
    return bare or noun.lemma_ == "hand"


def _is_adverbial(noun: Token, context: Context) -> bool:
    """Whether the phrase is an adverbial of manner and mentions no participant.

    As in "rose three times in a row", "at first blush", "step by step".
    """
    preposition = noun.head
    twice = preposition.i > 0 and preposition.doc[preposition.i - 1].lower_ == noun.lower_
    bare = preposition.lower_ == "in" and noun.lower_ in ("response", "reply") and not children(noun, "prep")
    return twice or bare or f"{preposition.lower_} {noun.lower_}" in context.words("AdverbialPhrases")


def _tells_when(noun: Token, context: Context) -> bool:
    """Whether the phrase only says at which stage something happened: "at the start of the talks"."""
    return noun.dep_ == "pobj" and noun.lemma_ in context.words("StageNouns")


def _targets(preposition: Token, context: Context) -> list[tuple[str, Token]]:
    """The complete prepositions and their nouns; in "out of the room", the preposition is "out of"."""
    found = []
    for noun in children(preposition, "pobj"):
        links = [p for p in children(noun, "prep") if p.i == noun.i + 1]
        bare = noun.i == preposition.i + 1 and bool(links)
        # one preposition of three words: "in front of the house"
        if bare and noun.lemma_ in context.words("PrepositionNouns"):
            words = f"{preposition.lower_} {noun.lower_} {links[0].lower_}"
            found += [(words, target) for target in children(links[0], "pobj")]
        else:
            found.append((preposition.lower_, noun))
    for inner in children(preposition, "prep"):
        found += [(f"{preposition.lower_} {words}", noun) for words, noun in _targets(inner, context)]
    return found


CONSTRUCTION = Construction(
    "complement",
    read,
    trust=0.7,
    after=("active", "passive"),
    why="the agent of a passive is not a complement, and a complement may be misparsed as an object",
    adds=True,
)
