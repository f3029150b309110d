"""The type of a thing, decided by all its mentions together."""

from __future__ import annotations

from collections.abc import Mapping

from kg.ontology import Ontology


def decide(votes: Mapping[str, int], ontology: Ontology) -> str:
    """The class with most votes; a vote for a class counts for what is below it too.

    So "Organization" twice and "Company" once make a Company. Ties go to the more special class,
    then to the name. "Thing" where nothing is voted for.
    """

    def score(name: str) -> tuple[int, int, int]:
        known = ontology.classes.get(name)
        parents = known.parents if known else ()
        return votes[name] + sum(votes.get(parent, 0) for parent in parents), votes[name], len(parents)

    names = sorted(name for name in votes if votes[name] > 0 and name)
    return max(names, key=score) if len(names) > 1 else next(iter(names), "Thing")
