"""What gender words tell: "chairwoman" and "Ana" are said of women; "" where they tell none."""

from __future__ import annotations

from collections.abc import Sequence

from kg.ontology import Ontology


def gender_of_noun(noun: str, ontology: Ontology) -> str:
    """ "m" or "f", of a lemma in small letters."""
    return _of(noun, "MaleNouns", "FemaleNouns", ontology)


def gender_of_name(words: Sequence[str], ontology: Ontology) -> str:
    """ "m" or "f", by the given name, which is the first of the words (as of `names.words`)."""
    return _of(words[0], "MaleGivenNames", "FemaleGivenNames", ontology)


def _of(word: str, men: str, women: str, ontology: Ontology) -> str:
    male, female = (word in ontology.words.get(name, ()) for name in (men, women))
    return "" if male == female else "m" if male else "f"
