"""Decides the type of a name: all mentions with the same spelling vote together.

    the city of Norhaven; Norhaven, Peru     -> City
    the band Nine Lanterns                   -> MusicGroup
    Lima Stadium, Union of Harbour Towns     -> Facility, Organization: by their head words
    hits such as Amber; Salt, a web browser  -> CreativeWork, Product
    Merok United beat Norhaven               -> Organization: a team does not beat a place

The model has one vote per mention. A title, an apposition or a noun such as "band" weighs more. A name and
the acronym in brackets after it, or its former name, count as one spelling. The last word of a person's full
name denotes the same person.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from kg import gazetteer
from kg.language.names import adjacent, forms, unlikely
from kg.language.names.capital_cities import capitals
from kg.language.names.mention_evidence import FAIR, PLACES, SLIGHT, STRONG, MentionEvidence
from kg.language.names.name import UNKNOWN, Name, NameSearch
from kg.ontology import Ontology

_FIXED = ("Country", "Region")  # types that `areas` decides, without a vote
# Classes that any word of a name can show, not only the last one.
_ANYWHERE = ("GovernmentBody", "MediaOutlet")


def decided(text: NameSearch, names: Sequence[Name]) -> Iterator[Name]:
    """The names, each with the type that its spelling has in this document."""
    votes = _Votes(text, names)
    for name in names:
        kind = votes.type_of(name)
        titled = kind in ("Person", UNKNOWN)
        yield replace(name, type=kind, title_start=name.title_start if titled else name.start)


def _counters() -> dict[str, Counter[str]]:
    return defaultdict(Counter)


class _Votes:
    """The votes for the type of each spelling in a document."""

    def __init__(self, text: NameSearch, names: Sequence[Name]) -> None:
        self.text = text
        self.evidence = MentionEvidence(text, names)
        self.votes = _counters()
        self.surnames: frozenset[str] = frozenset()  # surnames of people who also have a longer name here
        self.same = self._same_spellings(names)
        self.marked = marked = _counters()
        people: set[str] = set()  # spellings with evidence of a person
        no_people: set[str] = set()
        for name in names:
            tally = self.votes[self._key(name)]
            if name.type != UNKNOWN:
                tally[name.type] += 1
                marked[self._key(name)][name.type] += 1
            for kind, weight in self.evidence.of(name):
                tally[kind] += weight
                if kind == "Person" and weight > SLIGHT and not unlikely.is_acronym(text, name):
                    people.add(self._key(name))
            head = text.doc[name.start : name.end].root
            related = any(True for _ in adjacent.evidence(text, name, head, FAIR, STRONG))
            called = self.evidence.is_called_a_thing(name, head)
            if related or called or unlikely.is_no_person(text, name, head):
                no_people.add(self._key(name))
            if tally["Facility"] and adjacent.is_lived_in(text, head):
                tally["Place"] += tally.pop("Facility")
        for key in no_people - people:
            del self.votes[key]["Person"]
        self._let_people_own_their_names(names, marked, no_people - people)
        self._let_indices_own_their_names(names, marked)
        self._let_others_own_their_names(names, marked)

    def type_of(self, name: Name) -> str:
        if name.relational or name.type in _FIXED:
            return name.type
        words = self.text.doc[name.start : name.end]
        if len(words) == 2 and words[0].text == "Group" and len(words[1]) == 1:
            return "Group"  # a group of a tournament: "Group F"
        if forms.is_pair(self.text.words_of(name), self.surnames):
            return "Group"
        kind = _winner(self.votes[self._key(name)], self.text.ontology)
        if self.text.words_of(name) in capitals() and self._may_be_capital(name, kind):
            return "City"
        if kind in ("Organization", UNKNOWN):
            for finer in _ANYWHERE:
                if any(token.lower_ in self.text.ontology.words[f"{finer}Words"] for token in words):
                    return finer  # by any word of the name: "the Commission", "Norhaven Times Online"
        return kind

    def _may_be_capital(self, name: Name, kind: str) -> bool:
        """Whether a name with the spelling of a capital city denotes that city.

        Not if the document contains "Ana Lima", or shows that Lima is something else.
        """
        if kind in ("Place", UNKNOWN):
            return True
        word = self.text.words_of(name)
        longer = any(word in words.split() and words != word for words in self.votes)
        shown = self.votes[self._key(name)][kind] > self.marked[self._key(name)][kind]
        return kind in ("Person", "Organization") and not longer and not shown

    def _key(self, name: Name) -> str:
        words = self.text.words_of(name)
        return self.same.get(words, words)

    # -- equivalent spellings -----------------------------------------------------------------------

    def _same_spellings(self, names: Sequence[Name]) -> dict[str, str]:
        """An acronym or former name in brackets -> the name before the brackets."""
        same: dict[str, str] = {}
        doc = self.text.doc
        for one, other in pairwise(names):
            if one.end >= len(doc) or doc[one.end].text != "(" or other.start > one.end + 3:
                continue
            between = {token.lower_ for token in doc[one.end + 1 : other.start]}
            closed = other.end < len(doc) and doc[other.end].text in (")", ",", ";")
            acronym = not between and self.text.words_of(other).isupper() and one.end - one.start > 1
            renamed = bool(between & {"formerly", "previously", "once", "aka"})
            if closed and (acronym or renamed) and not one.relational and one.type not in _FIXED:
                same[self.text.words_of(other)] = self.text.words_of(one)
        return same

    def _let_people_own_their_names(
        self, names: Sequence[Name], marked: dict[str, Counter[str]], no_people: set[str]
    ) -> None:
        """Add votes for a person to the parts of people's names, unless a part names a country or capital.

        For example, to "Reed" if the document has "Tom Reed", because the model may label "Reed" as a
        company.
        """
        known = gazetteer.by_name()
        ends: set[str] = set()
        certain: set[str] = set()
        for name in names:
            words = self.text.words_of(name).split()
            if len(words) > 1 and self.type_of(name) == "Person" and name.type in ("Person", UNKNOWN):
                ends |= {words[0], words[-1]}
                certain |= set(_with_particle(words))
                self.surnames |= {" ".join(words[i:]) for i in range(1, len(words))}
        self.ends_of_people = frozenset(ends)
        for word in (ends - no_people) | certain:
            if word in self.votes and word not in known and word not in capitals():
                # more votes than the model has, but fewer than strong evidence
                self.votes[word]["Person"] += FAIR + marked[word].total()

    def _let_indices_own_their_names(self, names: Sequence[Name], marked: dict[str, Counter[str]]) -> None:
        """Add votes for an index to short forms of its name.

        For example, to "Kallio" if the document has "Kallio Rail Composite Index"; not to "Lima" if it has
        "Lima Index", because Lima is a place.
        """
        tails = self.text.ontology.words["IndexWords"] | self.text.ontology.words["IndexModifiers"]
        whole = {self.text.words_of(name) for name in names if self.type_of(name) == "Index"}
        for words in sorted(whole):
            parts = words.split()
            while len(parts) > 1 and parts[-1].lower() in tails:
                parts.pop()
            for short in {" ".join(parts), parts[0]} - {words}:
                if short in self.votes and not marked[short].keys() & set(PLACES):
                    self.votes[short]["Index"] += FAIR + marked[short].total()

    def _let_others_own_their_names(self, names: Sequence[Name], marked: dict[str, Counter[str]]) -> None:
        """Add votes for a storm or company to short forms of its name, unless they name a country or capital.

        For example, to "Wilma" if the document has "Hurricane Wilma", and to "Norvex" if it has "Norvex Motor
        Company".
        """
        known = gazetteer.by_name()
        for name in names:
            kind = self.type_of(name)
            short = {"Disaster": forms.storm, "Company": forms.company}.get(kind)
            word = short(self.text, name) if short is not None else None
            if word is None or word not in self.votes or word in self.ends_of_people:
                continue
            place = kind == "Company" and not marked[word].keys().isdisjoint(PLACES)
            if word not in known and word not in capitals() and not place:
                del self.votes[word]["Person"]
                self.votes[word][kind] = max(self.votes[word][kind], FAIR + marked[word].total())


def _winner(votes: Counter[str], ontology: Ontology) -> str:
    """The class with most votes, where the votes for its superclasses are added to its own.

    Of classes with equally many votes, the most specific one; `UNKNOWN` if there are no votes.
    """

    def score(kind: str) -> tuple[int, int]:
        known = ontology.classes.get(kind)
        parents = known.parents if known else ()
        return votes[kind] + sum(votes[p] for p in parents if p != UNKNOWN), len(parents)

    return max(sorted(kind for kind in votes if votes[kind] > 0), key=score, default=UNKNOWN)


def _with_particle(words: Sequence[str]) -> Iterator[str]:
    """The surname with its particle, in both spellings ("van Salt", "Van Salt"); nothing if it has none."""
    at = next((n for n, word in enumerate(words) if n and word.islower()), 0)
    if at:
        surname = " ".join(words[at:])
        yield from (surname, surname[0].upper() + surname[1:])
