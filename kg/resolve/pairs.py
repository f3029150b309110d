"""Descriptions of two together -> the two.

    "Ana Ruiz met Tom Reed. The two leaders signed a pact."     The two leaders: Ana Ruiz, Tom Reed
    "Peru and Chile are talking. Both countries want peace."    Both countries: Peru, Chile

They are the only two of their kind just named, or the two that the article so far speaks of far more
than of any third. Leaves out: "they", larger groups, and pairs of anything but people and countries.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from kg.gazetteer import Country, by_name
from kg.model import Mention, MentionKind, Reading
from kg.ontology import Ontology
from kg.resolve import names
from kg.resolve.within import Kind, Local

_TWO = frozenset({"two", "both", "pair", "duo"})
_COUNTRIES = frozenset({"country", "nation", "state", "neighbour", "neighbor"})
_REACH = 2  # sentences back in which "just named" counts
_MARGIN = 2  # how many times more often than any third the two are mentioned


def pairs(
    reading: Reading, locals_: Sequence[Local], stand_ins: Mapping[int, int], ontology: Ontology
) -> dict[int, tuple[int, int]]:
    """Index of a mention -> indices of the two locals that it stands for."""
    owner = {mention: i for i, local in enumerate(locals_) for mention in local.mentions} | dict(stand_ins)
    kinds = {True: _indices(locals_, people=True), False: _indices(locals_, people=False)}
    seen: Counter[int] = Counter()
    found: dict[int, tuple[int, int]] = {}
    recent: list[tuple[int, int]] = []  # (sentence, local)
    for index, mention in enumerate(reading.mentions):
        if index in owner:
            seen[owner[index]] += 1
            recent.append((mention.sentence, owner[index]))
        people = _of_people(mention, ontology)
        if people is None:
            continue
        near = {i for sentence, i in recent if sentence >= mention.sentence - _REACH and i in kinds[people]}
        two = sorted(near) if len(near) == 2 else _foremost(seen, kinds[people])
        if len(two) == 2:
            found[index] = two[0], two[1]
    return found


def _indices(locals_: Sequence[Local], *, people: bool) -> set[int]:
    if people:
        return {i for i, local in enumerate(locals_) if local.kind is Kind.PERSON}
    return {
        i
        for i, local in enumerate(locals_)
        if local.kind is Kind.AREA and isinstance(by_name()[local.name], Country)
    }


def _of_people(mention: Mention, ontology: Ontology) -> bool | None:
    """Whether a pair of people (True) or of countries (False) is meant; None for anything else."""
    words = names.words(mention.text)
    if mention.kind is not MentionKind.NOMINAL or not (_TWO & set(words) or mention.determiner == "both"):
        return None
    rest = [word for word in words if word not in _TWO and word != "the"]
    if not rest:
        return True if mention.determiner in ("the", "both") or words == ("both",) else None
    if len(rest) != 1 or mention.determiner not in ("the", "both", "these"):
        return None
    if mention.lemma in _COUNTRIES:
        return False
    nouns = ("RoleNouns", "PersonNouns", "MaleNouns", "FemaleNouns")
    return True if any(mention.lemma in ontology.words.get(name, ()) for name in nouns) else None


def _foremost(seen: Counter[int], kind: set[int]) -> list[int]:
    ranked = sorted((i for i in seen if i in kind), key=lambda i: (-seen[i], i))
    if len(ranked) > 2 and seen[ranked[1]] < _MARGIN * seen[ranked[2]]:
        return []
    return sorted(ranked[:2])
