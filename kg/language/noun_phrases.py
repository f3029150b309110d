"""Finds the narrow and the wide extent of a noun phrase, its determiner and its possessor.

    the first meeting between Mr Reed and Ms Ruiz in October
    narrow: "the first meeting"; wide: "the first meeting between Mr Reed and Ms Ruiz"

Neither extent includes relative clauses, appositions or times, which become separate claims.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kg.language import lists

if TYPE_CHECKING:
    from spacy.tokens import Token

GENITIVE = ("'s", "’s", "'", "’", "‘s")  # all forms of the genitive ending in articles
# Dependency labels of the words before a noun that belong to the narrow phrase.
_BEFORE = frozenset(
    [
        "det",
        "amod",
        "compound",
        "nummod",
        "poss",
        "nmod",
        "predet",
        "quantmod",
        "advmod",
        "npadvmod",
        "neg",
        "case",
    ]
)
_LONGEST = 12  # maximum number of tokens of a wide phrase; if it is longer, only complements with "of" remain
_REFLEXIVE = ("self", "selves")


def is_head(token: Token) -> bool:
    """Whether the token heads a noun phrase; the first part of a compound does not."""
    if token.pos_ in ("NOUN", "PROPN", "PRON"):
        # an office before a name is a phrase, too: "Minister of Health Ana Ruiz"
        office = any(child.dep_ in ("prep", "cc") for child in token.rights)
        return token.dep_ not in ("compound", "nmod", "det", "expl") or (
            token.dep_ == "nmod" and (token.tag_ == "NN" or office)
        )
    # an adjective or number used as a noun: "the accused", "the second"
    return token.pos_ in ("NUM", "ADJ", "DET") and token.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj")


def narrow(head: Token) -> tuple[int, int]:
    """The narrow phrase: token indices (end exclusive) from the first word to the noun."""
    first, last = head.i, head.i + 1
    for child in head.lefts:
        if child.dep_ in _BEFORE and not (child.pos_ == "ADV" and child.i == child.sent.start):
            first = min(first, child.left_edge.i)
    for child in head.rights:  # a number or letter after the noun: "World Cup 2018", "Group F"
        if child.dep_ == "nummod" and child.i == last:
            last = child.i + 1
    return first, last


def wide(head: Token, is_time: Callable[[Token], bool]) -> tuple[int, int]:
    """The wide phrase: the narrow one with the prepositional phrases and infinitives after the noun.

    Token indices, end exclusive.
    """
    first, last = narrow(head)
    full = _complete(head, last, is_time, every=True)
    if full - first <= _LONGEST:
        return first, full
    cut = min(_complete(head, last, is_time, every=False), first + 2 * _LONGEST)
    return first, max(cut, last)  # the noun stays, however long its modifiers


def _complete(head: Token, end: int, is_time: Callable[[Token], bool], *, every: bool) -> int:
    """The end of the noun's phrase with the complements that follow without a comma.

    If `every` is False, only complements with "of" are included.
    """
    for child in head.rights:
        if child.i != end:
            if child.i > end:
                break
            continue
        if child.dep_ == "prep" and (every or child.lower_ == "of"):
            # Only objects after the preposition count: in "those that they talked of", "that" is before it.
            objects = [word for word in child.rights if word.dep_ in ("pobj", "pcomp")]
            if not objects:
                break
            if is_time(objects[0]):
                # "of" and a time belong to the noun: "the sides of the 1970s"; other times to the clause
                return int(objects[0].right_edge.i + 1) if child.lower_ == "of" else end
            target = objects[0]
            if target.dep_ == "pcomp":
                end = target.right_edge.i + 1 if every else end
                break
            end = _coordinated(target, _complete(target, narrow(target)[1], is_time, every=every), is_time)
        elif child.dep_ in ("acl", "relcl") and child.tag_ == "VB" and every:
            # an infinitive: "efforts to expand its power"
            end = _until_comma(child)
            break
        else:
            break
    return end


def _coordinated(head: Token, end: int, is_time: Callable[[Token], bool]) -> int:
    for other in head.conjuncts:
        # a person is not coordinated with a place: "a nurse from Lima and Ana Ruiz"
        apart = head.ent_type_ in ("GPE", "LOC") and other.ent_type_ == "PERSON"
        if other.i > head.i and not is_time(other) and not apart:
            end = max(end, narrow(other)[1])
    return end


def clause_end(head: Token, end: int, is_time: Callable[[Token], bool]) -> int:
    """The end of a short restrictive clause directly after the phrase; -1 if there is none.

    For example, the clause in brackets in "a coating [that repels dirt]", "a bus [carrying pupils]" and "a
    bill [to ban smoking]". Excluded are clauses that contain a comma, a time or a pronoun: "a man who sold
    her house", "a mill which closed on Monday".
    """
    for child in head.rights:
        if child.dep_ not in ("relcl", "acl") or child.left_edge.i != end:
            continue
        first = head.doc[end]
        relative = child.dep_ == "relcl" and first.tag_ in ("WDT", "WP", "WP$")
        participle = child.i == end and child.tag_ in ("VBG", "VBN")
        infinitive = child.i == end + 1 and child.tag_ == "VB" and first.tag_ == "TO"
        words = head.doc[end : child.right_edge.i + 1]
        opened = any(
            is_time(word)
            or word.is_space
            or (word.is_punct and not is_hyphened(word))
            or (word.tag_ in ("PRP", "PRP$") and not word.lower_.endswith(_REFLEXIVE))
            for word in words
        )
        if (relative or participle or infinitive) and 1 < len(words) <= _LONGEST and not opened:
            return int(child.right_edge.i) + 1
    return -1


def _until_comma(verb: Token) -> int:
    for token in verb.doc[verb.i : verb.right_edge.i + 1]:
        if token.text in (",", ";", ":", "—", "–"):
            return int(token.i)
    return int(verb.right_edge.i) + 1


def determiner(head: Token) -> str:
    """The article, demonstrative or possessive before the noun, in lower case; "" for a bare noun."""
    determiners = lists.words(head.doc, "Determiners")
    for child in head.lefts:
        if child.dep_ in ("det", "predet", "poss") and (child.lower_ in determiners or child.tag_ == "PRP$"):
            return str(child.lower_)
    return ""


def is_hyphened(hyphen: Token) -> bool:
    """Whether a hyphen joins the words beside it: "Peruvian-US", "Lima-based"."""
    return hyphen.text in ("-", "–") and not hyphen.whitespace_ and not hyphen.nbor(-1).whitespace_


def hyphenated(noun: Token) -> str:
    """The noun with the word that a hyphen joins to it: "full-back" in "the two full-backs"; "" if none.

    What such a noun denotes need not be a kind of what its last part denotes: a full-back is not a back.
    """
    if noun.i < 2 or not is_hyphened(noun.nbor(-1)):
        return ""
    return f"{noun.nbor(-2).lower_}-{noun.lemma_.lower()}"


def owns_next(name: Token) -> bool:
    """Whether a genitive ending follows the name: Peru in "Ana Ruiz of Peru's Rex Institute"."""
    return name.i + 1 < len(name.doc) and name.nbor(1).lower_ in GENITIVE


def possessor(head: Token) -> Token | None:
    """The head of the possessor: Japan in "Japan's leader", "her" in "her band"; None if there is none."""
    return next((child for child in head.lefts if child.dep_ == "poss"), None)


def is_plural(head: Token) -> bool:
    return head.tag_ in ("NNS", "NNPS") or head.lower_ in lists.words(head.doc, "PluralPronouns")
