"""Stores the ontology's word lists in `Doc.user_data`, where every function that has the parse finds them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

Lists = Mapping[str, frozenset[str]]
"""The name of a list -> its words (`kg.ontology.Ontology.words`)."""

_KEY = "kg.words"


def give(doc: Doc, lists: Lists) -> None:
    """Store the word lists with a document."""
    doc.user_data[_KEY] = lists


def words(doc: Doc, name: str) -> frozenset[str]:
    """The words of the list with this name."""
    lists: Lists = doc.user_data[_KEY]
    return lists[name]
