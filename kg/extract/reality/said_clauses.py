"""The clauses of speech verbs: which clause is what is said, and which is not.

Ana said in a statement that Tom had left.      the content clause is attached to "statement"
When asked about it, Ana told them “...”.       the first clause is a circumstance, not the content
Ana spoke of the fire: “We know nothing.”       the clause before the colon is not the content
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.clauses.clause import Context, children

if TYPE_CHECKING:
    from spacy.tokens import Token

_MEDIA = ("in", "on")


def content_of(verb: Token) -> Token | None:
    """The head of the content clause that the verb governs; None if there is none."""
    found = children(verb, "ccomp")
    return found[0] if found else None


def hung_content(verb: Token, context: Context) -> Token | None:
    """The head of the content clause in "said in a statement that Tom had left", which the parser attaches to
    "statement".

    None if there is none.
    """
    if verb.lemma_.lower() not in context.words("SpeechVerbs"):
        return None
    nouns = [noun for p in children(verb, "prep") if p.lower_ in _MEDIA for noun in children(p, "pobj")]
    clauses = [clause for noun in nouns for clause in children(noun, "relcl", "acl", "ccomp")]
    return next((clause for clause in clauses if teller(clause, context) is not None), None)


def teller(clause: Token, context: Context) -> Token | None:
    """The speech verb of a content clause that the parser attaches to the noun after that verb.

    "said" in "said in a statement that Tom had left"; None for other clauses.
    """
    noun = clause.head
    if noun.dep_ != "pobj" or noun.head.lower_ not in _MEDIA or clause.dep_ not in ("relcl", "acl", "ccomp"):
        return None
    verb = noun.head.head
    medium = noun.lemma_.lower() in context.words("AuthoredNouns")
    that = any(child.lower_ == "that" and child.dep_ == "mark" for child in clause.lefts)
    subject = children(clause, "nsubj", "nsubjpass")
    whole = that and bool(subject) and subject[0].tag_ not in ("WDT", "WP")
    said = verb.lemma_.lower() in context.words("SpeechVerbs")
    return verb if medium and whole and said and not children(verb, "ccomp") else None


def is_circumstance(clause: Token, verb: Token, context: Context) -> bool:
    """Whether a clause before the verb is an adverbial that the parser takes for what is said.

    As in "When asked about the claim he had left, Ana told them “...”".
    """
    if clause.i > verb.i or clause.dep_ != "ccomp" or context.parsed.is_quoted(clause):
        return False
    opening = clause.left_edge
    temporal = opening.head == clause and opening.lower_ in context.words("TimeConjunctions")
    after = any(content.i > verb.i for content in children(verb, "ccomp"))
    return temporal or (
        after and opening.head != clause and opening.lower_ in context.words("TimeConjunctions")
    )


def is_before_colon(clause: Token, governor: Token) -> bool:
    """Whether a clause introduces a quotation after a colon, and so is not itself what is said.

    As in "Ana spoke of the fire: “We know nothing.”"
    """
    return clause.i < governor.i and any(t.text == ":" for t in clause.doc[clause.i + 1 : governor.i])
