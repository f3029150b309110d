"""Looks up the gender of common nouns and given names: "chairwoman" and "Ana" are feminine."""

from __future__ import annotations

from collections.abc import Sequence

from kg.ontology import Ontology


def gender_of_noun(noun: str, ontology: Ontology) -> str:
    """The gender of a lemma in lower case: "m" or "f", "" if unknown."""
    return _of(noun, "MaleNouns", "FemaleNouns", ontology)


def gender_of_name(words: Sequence[str], ontology: Ontology) -> str:
    """The gender of a person with this name: "m" or "f", "" if unknown.

    `words`: the words of the name, from `names.words`; the first is the given name.
    """
    return _of(words[0], "MaleGivenNames", "FemaleGivenNames", ontology)


def _of(word: str, men: str, women: str, ontology: Ontology) -> str:
    male, female = (word in ontology.words.get(name, ()) for name in (men, women))
    return "" if male == female else "m" if male else "f"
