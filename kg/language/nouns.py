"""Looks up the classes of a common noun in WordNet (`ontology/nouns.tsv`), and how frequent each one is."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from kg.ontology import folder


def classes(noun: str) -> Mapping[str, float]:
    """The classes of a noun, given by its lemma: class -> fraction of the noun's uses; {} if unknown.

    Some nouns of two words are listed, too.

    >>> classes("treaty"), max(classes("plant"), key=classes("plant").get), classes("xyz")
    ({'Law': 1.0}, 'Facility', {})
    """
    found = _table().get(noun, "").split()
    return {kind: int(tenths) / 10 for kind, tenths in zip(found[::2], found[1::2], strict=True)}


@cache
def _table() -> Mapping[str, str]:
    with (folder() / "nouns.tsv").open(encoding="utf-8") as lines:
        rows = (line.rstrip("\n").partition("\t") for line in lines if not line.startswith("#"))
        return {noun: kinds for noun, _, kinds in rows}
