"""Resolves expressions that refer to two things together.

    "Ana Ruiz met Tom Reed. The two leaders signed a pact."     The two leaders: Ana Ruiz, Tom Reed
    "Peru and Chile are talking. Both countries want peace."    Both countries: Peru, Chile
    "Ana Ruiz and Tom Reed arrived. They sang."                 They: Ana Ruiz, Tom Reed
    "Ruiz told Reed a joke when they met."                      they: Ruiz, Reed
    "“When we met, he sang,” Ruiz said."                        we: Ruiz and the referent of "he"
    "At their meeting, Ruiz and Reed sang."                     their: Ruiz, Reed
    "The leaders of Peru and Chile met. President Ana Ruiz ..." The leaders: Ruiz, Reed
    "Norvex and Acme talked. The two sides signed a pact."      The two sides: Norvex, Acme
    "Ruiz and Reed, both farmers, sang."                        both: Ruiz, Reed

A description refers to the only two things of its kind in the last sentences, or to the two mentioned far
more often than any third. "Both" without a noun means the only two people in its own sentence, or in the
previous one. "The two sides" are the last two things joined by "and" ("Norvex and Acme") if no third was
mentioned near, otherwise the two countries that the article calls "the two countries". "They" refers to two
people mentioned together in this or the last sentence if no other group is mentioned there; as subject of a
reciprocal verb ("they met") also to the only two people of that sentence. "The leaders of Peru and Chile" are
the two people with titles mentioned most often in the whole article, unless one of them belongs to a third
country; after such a phrase, "the leaders" are the same two. Not resolved: larger groups, and pairs of
anything but people, countries and organisations.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from kg.gazetteer import Country, by_name
from kg.model import Mention, MentionKind, Reading
from kg.ontology import Ontology
from kg.resolve import names
from kg.resolve.document import reciprocal
from kg.resolve.document.pronouns import INTRODUCTIONS
from kg.resolve.document.within import Kind, Local

_TWO = frozenset({"two", "both", "pair", "duo"})
_WE = frozenset({"we"})
_THEY = frozenset({"they", "them", "their", "themselves"})
_COUNTRIES = frozenset({"country", "nation", "state", "neighbour", "neighbor"})
_SIDES = frozenset({"side"})
_BETWEEN = re.compile(r"(?:'s|’s)? and (?:the )?")  # the words between two joined names: "Peru and Chile"
_REACH = 2  # number of previous sentences that count as "just mentioned"
_MARGIN = 2  # the two are mentioned at least this many times as often as any third

Pair = tuple[int, int]
"""The indices of two named things, in ascending order."""


def pairs(
    reading: Reading,
    locals_: Sequence[Local],
    stand_ins: Mapping[int, int],
    verbs: Mapping[str, str],
    ontology: Ontology,
) -> dict[int, Pair]:
    """Index of each mention that refers to two things together -> the two.

    `verbs`: the result of `reciprocal.verbs`.
    """
    between = reciprocal.claims(reading, verbs, ontology)
    walk = _Walk(reading, locals_, stand_ins, {claim.subject.mention for claim in between}, ontology)
    for index, mention in enumerate(reading.mentions):
        walk.pass_by(index, mention)
    return walk.found


class _Walk:
    """A pass over a document that resolves expressions for two, and records who is mentioned with whom."""

    def __init__(
        self,
        reading: Reading,
        locals_: Sequence[Local],
        stand_ins: Mapping[int, int],
        reciprocal: set[int],
        ontology: Ontology,
    ) -> None:
        self.reading = reading
        self.ontology = ontology
        self.owner = {mention: i for i, local in enumerate(locals_) for mention in local.mentions}
        self.owner |= stand_ins
        self.people = {i for i, local in enumerate(locals_) if local.kind is Kind.PERSON}
        areas = [(i, by_name()[local.name]) for i, local in enumerate(locals_) if local.kind is Kind.AREA]
        self.countries = {i for i, area in areas if isinstance(area, Country)}
        self.bodies = self.countries | {i for i, local in enumerate(locals_) if local.kind is Kind.OTHER}
        # sentence -> countries or organisations joined by "and" in it
        self.beside: dict[int, set[Pair]] = defaultdict(set)
        # start and end of each content, and who says it
        self.speeches = [
            (claim.object.start, claim.object.end, self.owner[claim.subject.mention])
            for claim in reading.claims
            if claim.projection == "content" and claim.object and claim.subject.mention in self.owner
        ]
        self.joint = _joint_subjects(reading, self.owner, self.people)
        self.reciprocal = reciprocal  # mentions that are the subject of a reciprocal verb
        self.titled = {i for i, local in enumerate(locals_) if self._leading(local)}
        self.homes = self._homes()
        self.mentioned = Counter(self.owner.values())  # named thing -> number of mentions in the document
        # noun ("leader") -> the pairs to which it was resolved in the plural
        self.called: defaultdict[str, set[Pair]] = defaultdict(set)
        self.found: dict[int, Pair] = {}
        self.seen: Counter[int] = Counter()  # named thing -> number of mentions so far
        self.spoken: defaultdict[int, set[int]] = defaultdict(set)  # sentence -> named things mentioned in it
        # sentence -> pairs of people mentioned together in it; None stands for an unknown group
        self.together: defaultdict[int, set[Pair | None]] = defaultdict(set)

    def pass_by(self, index: int, mention: Mention) -> None:
        """Resolve the next mention if it denotes two things, and record what later ones need to know."""
        if index in self.owner:
            self.seen[self.owner[index]] += 1
            self.spoken[mention.sentence].add(self.owner[index])
            self._side_by_side(index, mention)
        if index in self.joint:
            self.together[mention.sentence].add(self.joint[index])
        if mention.kind is MentionKind.PRONOUN and mention.text.lower() in _THEY:
            two = self._they(index, mention.sentence)
        elif mention.text.lower() in _WE and index in self.reciprocal:
            two = self._we(index, mention.sentence)
        elif self._is_sides(mention):
            two = self._sides(mention.sentence)
        elif mention.text.lower() == "both":
            two = self._both(mention.sentence)
        elif (kind := self._described(mention)) is not None:
            two = self._the_two(mention.sentence, kind)
        else:
            two = self._leaders(mention)
            if two is None and mention.kind is MentionKind.NOMINAL and mention.type == "Group":
                self.together[mention.sentence].add(None)
        if two and mention.text.lower() not in _WE and self._is_said_by(two, mention):
            two = None  # the speaker does not call himself "they": "“Both of them played well,” Reed said"
        if two:
            self.found[index] = two
            self.called[mention.lemma].add(two)
            if set(two) <= self.people:
                self.together[mention.sentence].add(two)

    def _is_said_by(self, two: Pair, mention: Mention) -> bool:
        """Whether the mention is in a quotation of one of the two."""
        return mention.quoted and any(
            start <= mention.start < end and speaker in two for start, end, speaker in self.speeches
        )

    def _described(self, mention: Mention) -> set[int] | None:
        """All people, or all countries, if the description denotes two of them ("the two leaders"); None
        otherwise.
        """
        text = mention.text[: max(mention.head_end - mention.start, 0)]
        words = names.words(text) if text else ()
        if mention.kind is not MentionKind.NOMINAL or not (_TWO & set(words) or mention.determiner == "both"):
            return None
        if mention.determiner not in ("the", "both", "these") and words != ("both",):
            return None
        rest = [word for word in words if word not in _TWO and word != "the"]
        if len(rest) > 1:
            return None
        if rest and mention.lemma in _COUNTRIES:
            return self.countries
        lists = ("RoleNouns", "PersonNouns", "MaleNouns", "FemaleNouns")
        if any(mention.lemma in self.ontology.words.get(name, ()) for name in lists):
            return self.people
        return None if rest else self.people

    def _both(self, sentence: int) -> Pair | None:
        """The only two people of this sentence, or of the previous one if this one has none.

        None if the same sentence names two countries.
        """
        for back in (sentence, sentence - 1):
            near = self.spoken.get(back, set())
            if people := near & self.people:
                return _pair(people) if len(near & self.countries) < _MARGIN else None
        return None

    def _side_by_side(self, index: int, mention: Mention) -> None:
        """Record the thing with the previous one if only "and" joins their names: "Peru and Chile".

        Not in a longer list: "Peru, Chile and Kenya".
        """
        before = next((m for m in range(index - 1, max(index - 4, -1), -1) if m in self.owner), -1)
        if before < 0 or not {self.owner[before], self.owner[index]} <= self.bodies:
            return
        text, first = self.reading.document.text, self.reading.mentions[before]
        listed = text[: first.start].rstrip().endswith((",", " and"))
        if not listed and _BETWEEN.fullmatch(text, first.end, mention.start):
            two = _pair({self.owner[before], self.owner[index]})
            if two is not None:
                self.beside[mention.sentence].add(two)

    def _is_sides(self, mention: Mention) -> bool:
        """Whether the mention is "the two sides", "both sides" or "the sides", but not "the two sides of
        ...".
        """
        text, words = self.reading.document.text, mention.text.lower().split()
        alone = words[:-1] in (["the"], ["the", "two"], ["both"]) and not text[mention.end :].startswith(
            " of "
        )
        return mention.plural and mention.lemma in _SIDES and alone

    def _sides(self, sentence: int) -> Pair | None:
        for back in range(_REACH + 1):
            if some := self.beside.get(sentence - back):
                two = next(iter(some)) if len(some) == 1 else None
                others = self._near(sentence) & self.bodies - set(two or ())
                return two if not others else None
        some = {two for noun in _COUNTRIES for two in self.called[noun]}
        if self._near(sentence) & (self.bodies - self.countries):
            return None  # the two sides may be companies
        return next(iter(some)) if len(some) == 1 else None

    def _leading(self, local: Local) -> bool:
        """Whether the thing is a person with the title of a role, such as "President"."""
        roles = self.ontology.words.get("RoleNouns", ())
        return local.kind is Kind.PERSON and any(title.rpartition(" ")[2] in roles for title in local.titles)

    def _homes(self) -> dict[int, set[int]]:
        """Index of each person -> the countries with which the person is affiliated according to claims."""
        homes: defaultdict[int, set[int]] = defaultdict(set)
        for claim in self.reading.claims:
            relation = self.ontology.relations.get(claim.relation.name)
            if relation and claim.object and "affiliatedWith" in (relation.name, *relation.parents):
                one, other = self.owner.get(claim.subject.mention), self.owner.get(claim.object.mention)
                if one in self.people and other in self.countries:
                    homes[one].add(other)
        return homes

    def _leaders(self, mention: Mention) -> Pair | None:
        """The two people meant by "The leaders of Peru and Chile" or "Peru and Chile leaders", and after
        these by "the leaders"; None for any other mention.
        """
        roles = self.ontology.words.get("RoleNouns", ())
        if mention.kind is not MentionKind.NOMINAL or not mention.plural or mention.lemma not in roles:
            return None
        countries = {
            i
            for index, i in self.owner.items()
            if i in self.countries and mention.start <= self.reading.mentions[index].start < mention.end
        }
        if len(countries) == 2:
            ranked = sorted(self.titled, key=lambda i: (-self.mentioned[i], i))
            if len(ranked) > 2 and self.mentioned[ranked[1]] < _MARGIN * self.mentioned[ranked[2]]:
                return None
            strangers = any(self.homes.get(i, countries) - countries for i in ranked[:2])
            return None if strangers else _pair(ranked[:2])
        alone = mention.determiner.lower() == "the" and mention.text.lower().split()[1:] == [
            mention.text[mention.head_start - mention.start :].lower()
        ]
        some = self.called[mention.lemma] if alone else set()
        return next(iter(some)) if len(some) == 1 else None

    def _the_two(self, sentence: int, kind: set[int]) -> Pair | None:
        near = self._near(sentence) & kind
        return _pair(near) if len(near) == 2 else self._foremost(kind)

    def _near(self, sentence: int) -> set[int]:
        """The things mentioned in this sentence and the previous `_REACH` ones."""
        return {i for back in range(_REACH + 1) for i in self.spoken.get(sentence - back, ())}

    def _foremost(self, kind: set[int]) -> Pair | None:
        """The two of the kind mentioned most often so far, if far more often than any third."""
        ranked = sorted((i for i in self.seen if i in kind), key=lambda i: (-self.seen[i], i))
        if len(ranked) > 2 and self.seen[ranked[1]] < _MARGIN * self.seen[ranked[2]]:
            return None
        return _pair(ranked[:2])

    def _they(self, index: int, sentence: int) -> Pair | None:
        for back in (sentence, sentence - 1):
            if groups := self.together.get(back):
                return next(iter(groups)) if len(groups) == 1 else None
            if index in self.reciprocal and (people := self.spoken.get(back, set()) & self.people):
                return _pair(people)
        return self._ahead(index, sentence)

    def _we(self, index: int, sentence: int) -> Pair | None:
        """The two people meant by "we": its speaker and the only other person in the sentence."""
        speakers = {
            self.owner[claim.speaker.mention]
            for claim in self.reading.claims
            if claim.subject.mention == index and claim.speaker and claim.speaker.mention in self.owner
        }
        there = {i for m, i in self.owner.items() if self.reading.mentions[m].sentence == sentence}
        return _pair(speakers | (there & self.people)) if len(speakers) == 1 else None

    def _ahead(self, index: int, sentence: int) -> Pair | None:
        """The two joint subjects that follow an initial phrase with the pronoun.

        For example, Ruiz and Reed for the "their" of "At their meeting, Ruiz and Reed sang".
        """
        before = self.reading.document.text[: self.reading.mentions[index].start]
        first = before[self.reading.sentences[sentence].start :].split()[:1]
        if not first or first[0].lower() not in INTRODUCTIONS:
            return None
        mentions = self.reading.mentions
        ahead = {two for i, two in self.joint.items() if i > index and mentions[i].sentence == sentence}
        return ahead.pop() if len(ahead) == 1 else None


def _pair(some: Sequence[int] | set[int]) -> Pair | None:
    return (min(some), max(some)) if len(some) == 2 else None


def _joint_subjects(reading: Reading, owner: Mapping[int, int], people: set[int]) -> dict[int, Pair]:
    """For each verb with exactly two people as subjects: index of the later mention -> the two people.

    For example, "Ana Ruiz and Tom Reed sang".
    """
    subjects: defaultdict[int, set[int]] = defaultdict(set)
    for claim in reading.claims:
        if not claim.relation.inverted and owner.get(claim.subject.mention) in people:
            subjects[claim.relation.start].add(claim.subject.mention)
    found: dict[int, Pair] = {}
    for mentions in subjects.values():
        two = _pair({owner[mention] for mention in mentions})
        if two and len(mentions) == 2:
            found[max(mentions)] = two
    return found
