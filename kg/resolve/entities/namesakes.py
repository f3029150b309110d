"""Separates two people with one name.

    "Senator Tom Reed", "the golfer Tom Reed" in two articles that share nothing else     two
    "Senator Tom Reed", "the lawyer Tom Reed" in two articles that both name Eva Diaz     one
    "Mr Kim Lee", "Ms Kim Lee"                                                            two

A name is one person unless articles show otherwise: they give different fields of work (the word lists in
`ontology/words/fields.ttl`) or genders, and have no connection. A connection is a person or organisation that
both articles mention, or a title in common. If an article fits two of the people, its bearer is a third one.
Two people in one field are not distinguished.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from kg.ontology import Ontology
from kg.resolve.sets import Sets

_FIELD = "Field"  # ending of the names of word lists for fields of work: "SportField"


@dataclass(frozen=True, slots=True)
class Bearer:
    """The person with the name in one document."""

    gender: str
    roles: frozenset[str]
    company: frozenset[str]  # keys of the other people and organisations in the document


class Fields:
    """Finds the fields of work of roles: "golfer" belongs to sport."""

    def __init__(self, ontology: Ontology) -> None:
        self._of: defaultdict[str, set[str]] = defaultdict(set)
        for name, words in ontology.words.items():
            if name.endswith(_FIELD):
                for word in words:
                    self._of[word].add(name)

    def of(self, roles: Iterable[str]) -> set[str]:
        return {field for role in roles for field in self._of.get(role, ())}


def parted(bearers: Sequence[Bearer], fields: Fields) -> list[list[int]]:
    """The bearers grouped by person, as indices into `bearers`."""
    genders = [bearer.gender for bearer in bearers]
    own = [fields.of(bearer.roles) for bearer in bearers]
    whole = [list(range(len(bearers)))]
    if len(set().union(*own)) < 2 and len(set(genders) - {""}) < 2:
        return whole
    groups = _groups(bearers)
    work = [set().union(*(own[i] for i in group)) for group in groups]
    called = [{genders[i] for i in group} - {""} for group in groups]
    both = len(set().union(*called)) > 1
    sets = Sets(list(range(len(groups))))
    _join(sets, range(len(groups)), lambda g: {(one, *sorted(called[g])) for one in work[g]})
    if both:
        _join(sets, range(len(groups)), lambda g: set() if work[g] else called[g])
    told = [g for g in range(len(groups)) if (called[g] if both else work[g])]
    if len({sets.find(g) for g in told}) < 2:
        return whole
    found: defaultdict[int, list[int]] = defaultdict(list)
    for g, group in enumerate(groups):
        found[sets.find(g)] += group
    return [sorted(group) for group in found.values()]


def _groups(bearers: Sequence[Bearer]) -> list[list[int]]:
    """Groups of bearers (as indices) that are connected, directly or not.

    Two bearers are directly connected by a common role, or by a person or organisation in both documents.
    """
    sets = Sets(list(range(len(bearers))))
    _join(sets, range(len(bearers)), lambda i: bearers[i].company | bearers[i].roles)
    found: defaultdict[int, list[int]] = defaultdict(list)
    for i in range(len(bearers)):
        found[sets.find(i)].append(i)
    return list(found.values())


def _join(sets: Sets, indices: Iterable[int], keys: Callable[[int], Iterable[object]]) -> None:
    """Unite the sets of indices that have a key in common. `keys`: the keys of an index."""
    first: dict[object, int] = {}
    for i in indices:
        for key in keys(i):
            sets.union((first.setdefault(key, i), i))
