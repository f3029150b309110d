"""An infinitive after a noun with an ordinal or superlative: a reduced relative clause.

    Ana is the first woman to lead Peru.                Ana - leads - Peru
    Norvex was the only company to sign the treaty.     Norvex - signed - treaty
    She became the youngest player to be fined.         She - was fined

The clause has the factuality of the noun: planned in "hopes to be the first to lead Peru". Excludes nouns
that are not the subject of the infinitive ("the best player to sign", "the fastest way to win the cup").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.clauses.clause import Clause, Construction, Context, children

if TYPE_CHECKING:
    from spacy.tokens import Token


def read(clause: Clause, context: Context) -> Clause:
    noun = ranked_noun(clause.verb, context)
    if noun is None or clause.subjects:
        return clause
    governor = noun.head
    subjects = context.clause(governor).subjects if noun.dep_ == "attr" else (noun,)
    return clause.by(CONSTRUCTION, subjects=subjects) if subjects else clause


def ranked_noun(verb: Token, context: Context) -> Token | None:
    """The noun that is the infinitive's subject, if an ordinal or superlative modifies it; None otherwise."""
    to = next((child for child in children(verb, "aux") if child.lower_ == "to"), None)
    if to is None or children(verb, "mark", "nsubj", "nsubjpass"):
        return None
    nouns = [verb.head] if verb.dep_ in ("relcl", "acl") else children(verb.head, "attr")
    noun = nouns[-1] if nouns else verb
    end = max((child.right_edge.i for child in noun.rights if child.i < to.i), default=noun.i)
    if noun.pos_ != "NOUN" or end != to.i - 1 or noun.lemma_.lower() in context.words("NoDoerNouns"):
        return None
    return noun if _is_ranked(noun, context) and _is_whole(verb, context) else None


def _is_ranked(noun: Token, context: Context) -> bool:
    ranking = context.words("RankingAdjectives")
    return any(child.tag_ == "JJS" or child.lower_ in ranking for child in noun.lefts)


def _is_whole(verb: Token, context: Context) -> bool:
    """Whether the infinitive lacks nothing but its subject: "to lead Peru", "to be fined", "to resign"."""
    if verb.tag_ == "VBN" or children(verb, "dobj", "attr", "acomp", "auxpass"):
        return True
    lemma = verb.lemma_.lower()
    return lemma in context.words("IntransitiveVerbs") or lemma in context.words("UnaccusativeVerbs")


CONSTRUCTION = Construction(
    "ranked",
    read,
    trust=0.82,
    after=("active", "passive", "parenthesis"),
    why="it gives a subject to a clause without one",
)
