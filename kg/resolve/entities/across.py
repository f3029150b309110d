"""Merges the named things found in each document (`Local`) into things of the corpus.

A country is identified by its name. A name of several words is one thing in all documents, unless two people
have it (`namesakes`); a one-word name is one thing for each kind (place, organisation ...). A person known by
one word only ("Ruiz") is merged with a fuller name of another document only if the title, the other names in
the documents or the story support this, because a wrong merge is worse than a missing one. Every step works
on blocks of names with a common key, so that the cost grows linearly with the number of things.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from kg.ontology import Ontology
from kg.resolve import names
from kg.resolve.document.within import Kind, Local
from kg.resolve.entities import namesakes, variants
from kg.resolve.entities.namesakes import Bearer, Fields
from kg.resolve.sets import Sets

# Minimum number of other names that two articles of one story must share, so that "Ruiz" in one can be the
# Ana Ruiz of the other.
_SHARED = 2
_COMMON = 100  # names in more documents than this are no evidence that two people are one
_CROWD = 50  # maximum number of different names in a block; larger blocks are not compared or merged


@dataclass(frozen=True, slots=True)
class Placed:
    """A named thing of one document (`Local`), with the index of the document's reading."""

    document: int
    local: Local


def clusters(locals_: Sequence[Placed], near: Sequence[set[int]], ontology: Ontology) -> list[int]:
    """For each `Local`, the index of the first one that is the same thing.

    `near`: for each document, the indices of those of the same story.
    """
    merging = _Merging(locals_, near, Fields(ontology))
    merging.same_name()
    merging.indices()
    merging.whole_names()
    merging.acronyms()
    merging.middle_names()
    merging.variants()
    merging.short_names()
    return [merging.sets.find(i) for i in range(len(locals_))]


class _Merging:
    """Merges `Local`s (given as indices) step by step; each step builds on the previous ones."""

    def __init__(self, locals_: Sequence[Placed], near: Sequence[set[int]], fields: Fields) -> None:
        self.near = near
        self.fields = fields
        self.locals = [placed.local for placed in locals_]
        self.document = [placed.document for placed in locals_]
        self.names: defaultdict[int, set[str]] = defaultdict(set)  # document -> keys of its names
        for placed in locals_:
            if not placed.local.weak:
                self.names[placed.document].add(placed.local.key)
        self.company = self._company()
        self.sets = Sets(list(range(len(locals_))))

    def _company(self) -> dict[int, frozenset[str]]:
        """Document -> keys of its people and organisations, except those that too many documents mention."""
        found: defaultdict[int, set[str]] = defaultdict(set)
        for document, local in zip(self.document, self.locals, strict=True):
            if not local.weak and local.kind in (Kind.PERSON, Kind.OTHER):
                found[document].add(local.key)
        spread = Counter(key for keys in found.values() for key in keys)
        return {
            document: frozenset(key for key in keys if spread[key] <= _COMMON)
            for document, keys in found.items()
        }

    def same_name(self) -> None:
        """Join `Local`s with the same name: areas, names of several words, and one-word names of one kind."""
        blocks: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        for i, local in enumerate(self.locals):
            if local.kind is Kind.AREA:
                blocks["area", local.key].append(i)
            elif len(local.words) > 1:
                blocks["words", local.key].append(i)
            elif not local.weak:
                blocks[local.kind, local.key].append(i)
        for (kind, _), block in blocks.items():
            for same in self._namesakes(block) if kind == "words" else [block]:
                self.sets.union(same)

    def _namesakes(self, block: list[int]) -> list[list[int]]:
        """The `Local`s with one name, as indices, in one group for each thing.

        Usually there is one group. But a person with a title or form of address is not a company of that
        name, and two people may have the name.
        """
        people = [i for i in block if self.locals[i].kind is Kind.PERSON]
        others = [i for i in block if self.locals[i].kind is not Kind.PERSON]
        parted = namesakes.parted([self._bearer(i) for i in people], self.fields)
        certain = any(self.locals[i].titles or self.locals[i].gender for i in people)
        if not certain and len(parted) < 2:
            return [block]
        return [[people[i] for i in some] for some in parted] + [others]

    def _bearer(self, i: int) -> Bearer:
        local = self.locals[i]
        return Bearer(local.gender, local.roles, self.company[self.document[i]] - {local.key})

    def indices(self) -> None:
        """Join an index ("the Kallio index") with the same name in other documents if its class is unknown
        there.

        A name of several words also counts as unknown if the parser labels it as an organisation.
        """
        told: defaultdict[int, set[str]] = defaultdict(set)
        for i, local in enumerate(self.locals):
            told[self.sets.find(i)] |= local.votes.keys()
        unknown: defaultdict[str, list[int]] = defaultdict(list)
        for i, local in enumerate(self.locals):
            vague = {"Thing", "Organization"} if len(local.words) > 1 else {"Thing"}
            if local.kind is Kind.OTHER and told[self.sets.find(i)] <= vague:
                unknown[names.index_key(local.name, ())].append(i)
        for i, local in enumerate(self.locals):
            if local.kind is Kind.OTHER and "Index" in local.votes and local.key in unknown:
                self.sets.union([i, *unknown[local.key]])

    def whole_names(self) -> None:
        """Join a name of which the parser found only the end with the full name in other documents.

        For example, "Stars" with "Bright Stars", if "Bright" precedes "Stars" in the text.
        """
        whole: defaultdict[str, list[int]] = defaultdict(list)
        for i, local in enumerate(self.locals):
            if len(local.words) > 1 and local.kind in (Kind.OTHER, Kind.PLACE):
                for key in {local.key, names.key(local.name)}:
                    whole[key].append(i)
        for i, local in enumerate(self.locals):
            if local.kind in (Kind.OTHER, Kind.PLACE):
                fuller = {self.sets.find(j) for key in local.longer for j in whole.get(key, ())}
                if len(fuller) == 1:
                    self.sets.union([i, *fuller])

    def acronyms(self) -> None:
        """Join an acronym ("RU") with its expansion ("Rail Union") if all documents that expand it agree."""
        bare: defaultdict[str, list[int]] = defaultdict(list)
        spelt: defaultdict[str, list[int]] = defaultdict(list)
        for i, local in enumerate(self.locals):
            for acronym in local.acronyms:
                (bare if acronym == local.key else spelt)[acronym].append(i)
        for acronym in sorted(bare.keys() & spelt.keys()):
            if len({self.sets.find(i) for i in spelt[acronym]}) == 1:
                self.sets.union([*bare[acronym], *spelt[acronym]])

    def middle_names(self) -> None:
        """Join names that differ only in middle names: "Ana M. Ruiz" and "Ana Ruiz".

        Not if there is also an "Ana L. Ruiz", or if one article has both names for different people, such as
        a mother and her daughter.
        """
        blocks: defaultdict[tuple[str, ...], dict[tuple[str, ...], list[int]]] = defaultdict(dict)
        for i, local in enumerate(self.locals):
            parts, born = names.generation(local.words)
            if local.kind is Kind.PERSON and len(parts) > 1:
                blocks[parts[0], parts[-1], born].setdefault(parts, []).append(i)
        for forms in blocks.values():
            pairs = combinations(forms, 2)
            one_each = all(len({self.sets.find(i) for i in members}) == 1 for members in forms.values())
            places = [self.document[i] for members in forms.values() for i in members]
            apart = len(set(places)) < len(places)
            few = 1 < len(forms) <= _CROWD
            if few and one_each and not apart and all(names.middle_compatible(a, b) for a, b in pairs):
                self.sets.union(i for members in forms.values() for i in members)

    def variants(self) -> None:
        """Join spelling variants such as "Ho Min-su" and "Min-su Ho".

        Only if a title or other names in the articles support this, and there is no further candidate.
        """
        people = _People(self.locals, self.document, self.sets)
        blocks: defaultdict[tuple[str, ...], set[tuple[int, tuple[str, ...]]]] = defaultdict(set)
        for i, local in enumerate(self.locals):
            if local.kind is Kind.PERSON and not local.weak:
                for key in variants.keys(local.words):
                    blocks[key].add((self.sets.find(i), local.words))
        fits: defaultdict[int, set[int]] = defaultdict(set)
        for block in blocks.values():
            if 1 < len(block) <= _CROWD:
                for (one, words), (other, written) in combinations(sorted(block), 2):
                    if one != other and variants.alike(words, written) and self._vouched(one, other, people):
                        fits[one].add(other)
                        fits[other].add(one)
        for one, some in sorted(fits.items()):
            if all(len(fits[other]) == 1 for other in (one, *some)):
                self.sets.union([one, *some])

    def _vouched(self, one: int, other: int, people: _People) -> bool:
        """Whether two people have a title in common, or their articles mention the same other things.

        Never if an article mentions both people, or if their genders differ.
        """
        documents = people.documents[one], people.documents[other]
        genders = people.genders[one] | people.genders[other]
        if documents[0] & documents[1] or len(genders) > 1:
            return False
        company = [{key for d in some for key in self.company.get(d, ())} for some in documents]
        return bool(people.titles[one] & people.titles[other] or company[0] & company[1])

    def short_names(self) -> None:
        """Join people whom their document calls by one word only with a fuller name or with each other."""
        people = _People(self.locals, self.document, self.sets)
        weak: defaultdict[str, list[int]] = defaultdict(list)
        for i, local in enumerate(self.locals):
            if local.weak:
                weak[local.words[0]].append(i)
        for word, block in weak.items():
            alone: list[int] = []
            for i in block:
                # A person with a fuller name in the same article is somebody else: otherwise the names would
                # have been joined there (Prince Carl is not Carl Reed).
                own = self.document[i]
                fitting = [
                    one for one in people.fitting(word, self.locals[i]) if own not in people.documents[one]
                ]
                titled = [one for one in fitting if people.titles[one] & self.locals[i].titles]
                if len(titled) == 1:
                    self.sets.union([titled[0], i])
                elif len(fitting) == 1 and people.met(fitting[0], self.document[i]):
                    self.sets.union([fitting[0], i])
                elif len(there := self._of_the_story(fitting, i, people)) == 1:
                    self.sets.union([there[0], i])
                elif not fitting:
                    alone.append(i)
            self._same_company(alone, people)

    def _of_the_story(self, fitting: Sequence[int], i: int, people: _People) -> list[int]:
        """The candidates in other articles of the same story that have further names in common with the
        article of `i`.
        """
        own = self.names[self.document[i]]
        return [
            one
            for one in fitting
            if any(
                len(self.names[other] & own) >= _SHARED
                for other in people.documents[one] & self.near[self.document[i]]
            )
        ]

    def _same_company(self, alone: Sequence[int], people: _People) -> None:
        """Join people with the same one-word name if their articles mention the same other person.

        `alone`: those whom no fuller name fits.
        """
        meets: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
        for i in alone:
            for person in people.company[self.document[i]]:
                meets[person, self.locals[i].gender].append(i)
        for members in meets.values():
            self.sets.union(members)


class _People:
    """What is known of the people with full names. Each person is identified by the root of its set."""

    def __init__(self, locals_: Sequence[Local], document: Sequence[int], sets: Sets) -> None:
        self.bearers: defaultdict[str, set[int]] = defaultdict(set)  # word of a name -> people
        self.titles: defaultdict[int, set[str]] = defaultdict(set)
        self.genders: defaultdict[int, set[str]] = defaultdict(set)
        self.documents: defaultdict[int, set[int]] = defaultdict(set)
        self.company: defaultdict[int, set[int]] = defaultdict(set)  # document -> people
        for i, local in enumerate(locals_):
            if local.kind is Kind.PERSON and not local.weak:
                root = sets.find(i)
                parts, _ = names.generation(local.words)
                self.bearers[parts[0]].add(root)
                self.bearers[parts[-1]].add(root)
                self.titles[root] |= local.titles
                self.genders[root] |= {local.gender} - {""}
                self.documents[root].add(document[i])
                self.company[document[i]].add(root)

    def fitting(self, word: str, local: Local) -> list[int]:
        """The people whose first or last name is `word`, and whose gender does not contradict."""
        genders = {local.gender} - {""}
        found = self.bearers.get(word, set())
        return sorted(one for one in found if not (genders and self.genders[one] - genders))

    def met(self, one: int, document: int) -> bool:
        """Whether a document that mentions the person `one` also mentions another person of `document`."""
        around = self.company[document]
        return any((self.company[other] & around) - {one} for other in self.documents[one])
