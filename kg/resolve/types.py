"""Decides the class of a thing by a vote of all its mentions."""

from __future__ import annotations

from collections.abc import Mapping

from kg.ontology import Ontology

_NEARLY = 0.5  # fraction of the winner's votes with which another class makes the decision doubtful


def decide(votes: Mapping[str, int], ontology: Ontology) -> str:
    """The class with most votes, where a vote for a class also counts for its subclasses.

    So two votes for "Organization" and one for "Company" give "Company". Ties go to the class with more votes
    of its own, then to the more specific one, then to the first by name. "Thing" if there are no votes.
    """

    def score(name: str) -> tuple[int, int, int]:
        known = ontology.classes.get(name)
        parents = known.parents if known else ()
        return votes[name] + sum(votes.get(parent, 0) for parent in parents), votes[name], len(parents)

    names = sorted(name for name in votes if votes[name] > 0 and name)
    return max(names, key=score) if len(names) > 1 else next(iter(names), "Thing")


def doubt(votes: Mapping[str, int], decided: str, ontology: Ontology) -> str:
    """The class with the most votes apart from the decided one, if it has nearly as many; otherwise "".

    Superclasses and subclasses of the decided class do not count.
    """
    total = sum(
        n for name, n in votes.items() if ontology.is_a(decided, name) or ontology.is_a(name, decided)
    )
    others = {
        name: n
        for name, n in votes.items()
        if name not in ("", "Thing") and not ontology.is_a(decided, name) and not ontology.is_a(name, decided)
    }
    second = max(sorted(others), key=lambda name: others[name], default="")
    return second if second and others[second] >= max(_NEARLY * total, 1) else ""
