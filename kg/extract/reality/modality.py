"""What a clause's own words say of its reality: modal verbs, conditions, questions, orders.

    Ana will sign.                              planned
    Ana may sign.  Perhaps Ana signed.          possible
    If Ana signs, ...  Had Ana signed, ...      possible
    Did Ana sign?  Sign here!                   possible
    Ana allegedly signed.                       reported

Negation comes first (`polarity`). What the governing clauses say is the business of `factuality`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.clauses.clause import Context, children, dependents
from kg.extract.reality.polarity import is_negated
from kg.model import Factuality

if TYPE_CHECKING:
    from spacy.tokens import Token

_FUTURE = frozenset(("will", "'ll", "’ll", "shall", "wo"))
_POSSIBLE = frozenset(
    ("could", "may", "might", "can", "should", "must", "ought", "would", "ca", "need", "dare", "'d", "’d")
)
_STILL = frozenset(("more", "longer", "further"))


def own_factuality(verb: Token, context: Context) -> Factuality:
    """What the clause's own words say, without its governors."""
    if is_negated(verb, context):
        return Factuality.POSSIBLE if _is_compared(verb) else Factuality.NEGATED
    if any(child.lower_ in ("than", "instead") for child in verb.lefts) and verb.tag_ == "VB":
        return Factuality.NEGATED  # "Rather than sell it"
    if _is_alternative(verb):
        return Factuality.POSSIBLE
    if _is_headline_infinitive(verb) or _continues_infinitive(verb):
        return Factuality.PLANNED
    if _is_conditional(verb, context) or _is_question(verb, context) or _is_order(verb):
        return Factuality.POSSIBLE
    adverbs = {child.lower_ for child in children(verb, "advmod")}
    if adverbs & context.words("Doubters"):
        return Factuality.POSSIBLE
    modals = {mark.lower_ for mark in _marks(verb)}
    if modals & _FUTURE or ("would" in modals and _is_future_in_past(verb)):
        return Factuality.PLANNED
    if modals & _POSSIBLE:
        return Factuality.POSSIBLE
    return Factuality.REPORTED if adverbs & context.words("Hearsay") else Factuality.ASSERTED


def _is_compared(verb: Token) -> bool:
    """As in "could not have solved it any faster": denied is how fast. "Any more" is about the verb."""
    after = verb.doc[verb.i + 1 : verb.right_edge.i + 1]
    return any(
        token.tag_ in ("RBR", "JJR") and token.nbor(-1).lower_ == "any" and token.lower_ not in _STILL
        for token in after
        if token.i > verb.i + 1
    )


def _is_alternative(verb: Token) -> bool:
    """As in "either lost or stayed": which of them is not told."""
    head = verb.head if verb.dep_ == "conj" else verb
    joined = [child for child in children(head, "conj") if child.pos_ in ("VERB", "AUX")]
    return bool(joined) and any(child.lower_ == "or" for child in children(head, "cc"))


def _is_headline_infinitive(verb: Token) -> bool:
    """As in "Markets to remain closed"."""
    return verb.dep_ == "ROOT" and any(child.lower_ == "to" for child in children(verb, "aux"))


def _continues_infinitive(verb: Token) -> bool:
    """As in "announced a plan to ask people, and determine what they want": bare beside a finite verb."""
    bare = verb.tag_ == "VB" and verb.dep_ == "conj" and not children(verb, "aux", "nsubj")
    return bare and verb.head.tag_ in ("VBD", "VBZ", "VBP")


def _is_conditional(verb: Token, context: Context) -> bool:
    """As in "if", "unless", "in case", and the inversion "Had Ana signed, ..."."""
    marks = [child for child in verb.lefts if child.dep_ in ("mark", "advmod")]
    if any(mark.lower_ in context.words("ConditionMarks") for mark in marks):
        return True
    start = verb.left_edge.i
    before = verb.doc[max(start - 2, 0) : start + 2].text.lower()
    if "in case " in f"{before} ":
        return True
    opens = verb.doc[start]
    subjects = children(verb, "nsubj", "nsubjpass")
    inverted = opens.dep_ in ("aux", "auxpass") and opens.lower_ in ("had", "were", "should")
    return inverted and any(opens.i < subject.i for subject in subjects)


def _marks(verb: Token) -> list[Token]:
    """Auxiliaries; a bare verb joined to another shares those ("may come and go").

    "Will Osei signed": a name, since a modal verb governs a bare verb.
    """
    own = children(verb, "aux", "auxpass")
    while not own and verb.dep_ == "conj" and not children(verb, "nsubj", "nsubjpass"):
        if verb.tag_ not in ("VB", "VBN", "VBG") or verb.head.pos_ not in ("VERB", "AUX"):
            break
        verb = verb.head
        own = children(verb, "aux", "auxpass")
    return [] if verb.tag_ in ("VBD", "VBZ") else own


def _is_question(verb: Token, context: Context) -> bool:
    parsed = context.parsed
    bounds = parsed.sentences[parsed.sentence_of[verb.i]]
    if "?" not in parsed.document.text[bounds.start : bounds.end]:
        return False
    sentence = verb.sent
    at = sentence.end - 1
    while at > sentence.start and (verb.doc[at].is_space or verb.doc[at].text in ("”", '"', "''", ")", "’")):
        at -= 1
    last = verb.doc[at]
    if last.text != "?":
        return False
    # "“Will you come?” Ana asked": the question is inside, asking is a fact.
    return parsed.is_quoted(verb) or not parsed.is_quoted(last)


def _is_order(verb: Token) -> bool:
    """As in "Sign up now": a bare verb that opens its sentence, without a subject."""
    return (
        verb.tag_ == "VB"
        and verb.dep_ == "ROOT"
        and not children(verb, "nsubj", "nsubjpass", "aux", "auxpass")
    )


def _is_future_in_past(verb: Token) -> bool:
    """As in "Kits would be free, she said": told then as to come. With a condition it is only possible."""
    head = verb
    conditions = [child for child in dependents(verb) if child.dep_ == "advcl"]
    if any(c.lower_ == "if" for clause in conditions for c in clause.lefts):
        return False
    return not any(child.lower_ == "have" for child in dependents(head) if child.dep_ == "aux")
