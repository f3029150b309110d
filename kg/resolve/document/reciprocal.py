"""Finds reciprocal verbs without an object: "they met" and "they met at a fair" say that each met the other.

Not reciprocal: a verb with an object ("They met the mayor"), and verbs that also have another meaning ("they
played").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from kg.model import Claim, Reading
from kg.ontology import Ontology


def verbs(ontology: Ontology) -> dict[str, str]:
    """Each reciprocal verb that expresses only one relation -> that relation between its subjects."""
    relations: defaultdict[str, set[str]] = defaultdict(set)
    bare: set[str] = set()
    for relation in ontology.relations.values():
        for phrase in relation.verbs:
            relations[phrase.split()[0]].add(relation.name)
            bare |= {phrase} if " " not in phrase else set()
    return {
        verb: next(iter(names))
        for verb, names in relations.items()
        if verb in bare and len(names) == 1 and ontology.relations[next(iter(names))].reciprocal
    }


def claims(reading: Reading, known: Mapping[str, str], ontology: Ontology) -> dict[Claim, str]:
    """Each claim with a reciprocal verb and no object -> the relation between its subjects.

    `known`: the result of `verbs`.
    """
    between: dict[Claim, str] = {}
    told: set[int] = set()  # offsets of verbs that have an object
    for claim in reading.claims:
        relation = ontology.relations.get(claim.relation.name)
        if claim.object is not None and relation and relation.reciprocal:
            told.add(claim.relation.start)
        elif claim.object is None and relation and relation.reciprocal:
            between[claim] = relation.name
        elif not claim.relation.inverted and claim.event >= 0:
            name = known.get(reading.mentions[claim.event].lemma)
            if name and not claim.relation.text.startswith(("was ", "were ", "been ")):
                between[claim] = name
    return {claim: name for claim, name in between.items() if claim.relation.start not in told}
