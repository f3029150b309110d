"""The classes of common nouns according to WordNet (`ontology/nouns.tsv`), with their shares of uses."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from kg.ontology import folder


def classes(noun: str) -> Mapping[str, float]:
    """Class -> its share of the uses of a noun, by its lemma; for a two-word noun its own shares, if listed.

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
