"""Stores a second parse of the same words, and measures how far two parses agree.

The second parse is stored beside the first, in `Doc.user_data`: two different parsers rarely make the same
mistake, so their agreement is evidence.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_KEY = "kg.second"


@dataclass(frozen=True, slots=True)
class Second:
    """The second parse of a document. Token indices refer to the Doc."""

    heads: tuple[int, ...]  # token -> its head; a root is its own head
    labels: tuple[str, ...]  # token -> its dependency label
    tags: tuple[str, ...]  # token -> its tag of the Penn Treebank
    starts: frozenset[int]  # first tokens of the sentences
    entities: tuple[tuple[int, int, str], ...] = ()  # (start, end (exclusive), label), without initial "the"


def keep(doc: Doc) -> None:
    """Store the current parse and entities of a Doc as its second parse; does nothing if it is not parsed."""
    if not len(doc) or not doc.has_annotation("DEP"):
        return
    heads, labels = doc.to_array(["HEAD", "DEP"]).T
    strings = doc.vocab.strings
    doc.user_data[_KEY] = Second(
        tuple(i + distance for i, distance in enumerate(heads.view("int64").tolist())),
        tuple(strings[label] for label in labels.tolist()),
        tuple(token.tag_ for token in doc),
        frozenset(sentence.start for sentence in doc.sents),
        tuple(
            (entity.start + (entity[0].lower_ == "the" and len(entity) > 1), entity.end, entity.label_)
            for entity in doc.ents
        ),
    )


def second(doc: Doc) -> Second | None:
    """The second parse of a Doc; None if there is none."""
    found = doc.user_data.get(_KEY)
    return found if isinstance(found, Second) else None


def agreement(doc: Doc, tokens: Iterable[int]) -> float | None:
    """The fraction of these tokens that have the same head and label in both parses, 0 to 1.

    None if there is no second parse, or if `tokens` is empty.
    """
    other = second(doc)
    asked = set(tokens)
    if other is None or not asked:
        return None
    alike = sum(other.heads[i] == doc[i].head.i and other.labels[i] == doc[i].dep_ for i in asked)
    return alike / len(asked)


def path(one: Token, other: Token) -> set[int]:
    """The indices of the tokens whose arcs to their heads form the path between two tokens.

    These are both tokens and their ancestors up to the lowest common one, which is excluded. Empty if both
    are the same token. For tokens of two trees: all ancestors, including the roots.
    """
    above = {one.i, *(token.i for token in one.ancestors)}
    beyond = {other.i, *(token.i for token in other.ancestors)}
    return above ^ beyond
