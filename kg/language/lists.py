"""The word lists of the ontology for reading a document, kept with its parse in `Doc.user_data`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

Lists = Mapping[str, frozenset[str]]
"""The name of a list -> its words (`kg.ontology.Ontology.words`)."""

_KEY = "kg.words"


def give(doc: Doc, lists: Lists) -> None:
    """Set the word lists for reading a document."""
    doc.user_data[_KEY] = lists


def words(doc: Doc, name: str) -> frozenset[str]:
    """The words of a list that was given to the document."""
    lists: Lists = doc.user_data[_KEY]
    return lists[name]
