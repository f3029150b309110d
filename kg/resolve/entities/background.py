"""Identifies named things of the articles with things of the background data (the user's lists).

    a list has a Person "Ana Ruiz"       "Ana Ruiz", "Ana M. Ruiz", "Ms Ruiz" -> the person of the list

A name that two things of the background have identifies neither. A surname alone means a person of the
background only if nobody else has it, in the background and in all articles. Gender and class in the articles
exclude candidates: "Mr Ruiz" is not a woman of the background, and the city of Lima is not the company of
that name. But a class that the parser may have guessed (`GUESSED`) excludes none.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations

from kg.model import Known
from kg.ontology import Ontology
from kg.resolve import names, types
from kg.resolve.document.within import VAGUE, Kind, Local

GUESSED = VAGUE | {"Place", "Group"}
"""Classes that the parser may have guessed from the name and its context alone ("went to Norvex": a place).
Narrower classes ("City") have other evidence."""

Cluster = Sequence[Local]
"""A thing: its `Local`s in all documents."""


def recognise(clusters: Sequence[Cluster], known: Sequence[Known], ontology: Ontology) -> list[int]:
    """For each cluster, the index in `known` of the thing with which it is identified; -1 if none."""
    if not known:
        return [-1] * len(clusters)
    matching = _Matching(clusters, known, ontology)
    matching.full_names()
    matching.middle_names()
    matching.surnames()
    return matching.found


def type_of(decided: str, known: Known, ontology: Ontology) -> str:
    """The class of a thing that is identified with one of the background.

    It is `decided`, the class according to the articles, if the background gives no class or a superclass;
    otherwise the background's.
    """
    if not known.type or (decided not in VAGUE and ontology.is_a(decided, known.type)):
        return decided
    return known.type


class _Matching:
    """Identifies clusters in steps; each step considers the clusters that the previous ones left."""

    def __init__(self, clusters: Sequence[Cluster], known: Sequence[Known], ontology: Ontology) -> None:
        self.clusters, self.known, self.ontology = clusters, known, ontology
        self.found = [-1] * len(clusters)
        self.people = [i for i, one in enumerate(known) if one.type in {"", "Person"} or self._person(one)]
        self.by_key: defaultdict[str, set[int]] = defaultdict(set)
        for i, one in enumerate(known):
            for name in one.names:
                self.by_key[names.key(name)].add(i)
                self.by_key[names.organisation_key(name)].add(i)

    # -- identity by name ------------------------------------------------------------------------

    def full_names(self) -> None:
        """Identify clusters that have a name of the background."""
        for c, cluster in enumerate(self.clusters):
            if _weak(cluster):
                continue
            keys = {key for local in cluster if not local.weak for key in _keys(local)}
            self._settle(c, {i for key in keys for i in self.by_key.get(key, ())})
        self._part_namesakes()

    def middle_names(self) -> None:
        """Identify "Ana M. Ruiz" with Ana Ruiz, unless there is also an Ana L. Ruiz."""
        ends: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
        for i in self.people:
            for name in self.known[i].names:
                if len(parts := names.words(name)) > 1:
                    ends[parts[0], parts[-1]].add(i)
        wanted: defaultdict[int, list[int]] = defaultdict(list)
        for c, cluster in enumerate(self.clusters):
            if self.found[c] < 0 and _person(cluster) and not _weak(cluster):
                parts = _fullest(cluster)
                fitting = self._fitting(c, ends.get((parts[0], parts[-1]), ()))
                if len(fitting) == 1:
                    wanted[fitting[0]].append(c)
        for i, some in wanted.items():
            own = [names.words(name) for name in self.known[i].names]
            forms = [_fullest(self.clusters[c]) for c in some]
            forms += [parts for parts in own if len(parts) > 1 and parts[-1] == forms[0][-1]]
            if all(names.middle_compatible(a, b) for a, b in combinations(dict.fromkeys(forms), 2)):
                for c in some:
                    self.found[c] = i

    def surnames(self) -> None:
        """Identify people whom their articles call by one word only ("Ruiz")."""
        bearers: defaultdict[str, set[int]] = defaultdict(set)
        first: defaultdict[str, set[int]] = defaultdict(set)  # first word -> people: "Mr Kang" is Kang Min-su
        for i in self.people:
            for word in self._surnames(self.known[i]):
                bearers[word].add(i)
            for name in self.known[i].names:
                first[names.words(name)[0]].add(i)
        # first or last word of a name -> people with it whom articles name in full (-2: somebody
        # who is not in the background)
        others: defaultdict[str, set[int]] = defaultdict(set)
        for c, cluster in enumerate(self.clusters):
            if _person(cluster) and not _weak(cluster):
                parts, _ = names.generation(_fullest(cluster))
                for word in (parts[0], parts[-1]):
                    others[word].add(self.found[c] if self.found[c] >= 0 else -2)
        wanted: defaultdict[int, list[int]] = defaultdict(list)
        for c, cluster in enumerate(self.clusters):
            if self.found[c] < 0 and _weak(cluster):
                word = cluster[0].words[0]
                called = bearers[word] | (first[word] if _certain(cluster) else set())
                # a company that the parser took for a person: "Norvex"
                called |= self.by_key.get(word, set())
                fitting = self._fitting(c, called)
                if len(fitting) == 1 and others[word] <= {fitting[0]}:
                    wanted[fitting[0]].append(c)
        for i, some in wanted.items():
            if len(set().union(*(_genders(self.clusters[c]) for c in some))) <= 1:
                for c in some:
                    self.found[c] = i

    # -- contradictions --------------------------------------------------------------------------

    def _settle(self, cluster: int, candidates: Iterable[int]) -> None:
        fitting = self._fitting(cluster, candidates)
        if len(fitting) == 1:
            self.found[cluster] = fitting[0]

    def _fitting(self, cluster: int, candidates: Iterable[int]) -> list[int]:
        """The candidates that nothing in the articles contradicts."""
        return [i for i in sorted(candidates) if not self._contradicts(self.clusters[cluster], self.known[i])]

    def _contradicts(self, cluster: Cluster, known: Known) -> bool:
        if known.gender and _genders(cluster) - {known.gender}:
            return True
        if not known.type:
            return False
        if any(local.kind is Kind.AREA for local in cluster):
            return not self.ontology.is_a(known.type, "Place")
        if _certain(cluster):
            return not self._related("Person", known.type)
        votes: Counter[str] = Counter()
        for local in cluster:
            votes.update(local.votes)
        decided = types.decide(votes, self.ontology)
        return decided not in GUESSED and not self._related(decided, known.type)

    def _related(self, one: str, other: str) -> bool:
        return self.ontology.is_a(one, other) or self.ontology.is_a(other, one)

    def _person(self, known: Known) -> bool:
        return self.ontology.is_a(known.type, "Person")

    def _surnames(self, known: Known) -> set[str]:
        """The normalised words by which the person may be called alone: the family names or, if these are not
        given, the last words of the names.
        """
        if known.families:
            return {names.key(name) for name in known.families}
        parts = [names.generation(names.words(name))[0] for name in known.names]
        return {some[-1] for some in parts}

    def _part_namesakes(self) -> None:
        """If articles distinguish a person and a company of the same name, identify only the person with the
        person of the background.
        """
        people = {self.found[c] for c, cluster in enumerate(self.clusters) if _person(cluster)}
        for c, cluster in enumerate(self.clusters):
            i = self.found[c]
            if i in people and i >= 0 and self._person(self.known[i]) and not _person(cluster):
                self.found[c] = -1


def _weak(cluster: Cluster) -> bool:
    return all(local.weak for local in cluster)


def _person(cluster: Cluster) -> bool:
    return any(local.kind is Kind.PERSON for local in cluster)


def _certain(cluster: Cluster) -> bool:
    """Whether a title or form of address shows that it is a person."""
    return _person(cluster) and any(local.titles or local.gender for local in cluster)


def _genders(cluster: Cluster) -> set[str]:
    return {local.gender for local in cluster} - {""}


def _fullest(cluster: Cluster) -> tuple[str, ...]:
    return max((local.words for local in cluster), key=lambda parts: (len(parts), parts))


def _keys(local: Local) -> set[str]:
    return {local.key, names.key(local.name), names.organisation_key(local.name)}
