"""Finds things and events that were not merged but may be one.

    “Ana Ruiz”, “A. Ruiz”                 possible variants of a name; equal positions, other names in common
    “talks in Lima”, “meeting in Lima”    events of one class, with participants in common

Each piece of evidence is added to a score between 0 (certainly two) and 1 (certainly one).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import combinations
from typing import TypeVar

from kg.model import DecisionKind, Entity, Event, Reference, Time
from kg.resolve import names
from kg.resolve.conflicts.values import days
from kg.resolve.review.cases import Case, PossibleDecision, ReviewedGraph, case_id
from kg.resolve.stories import stem

NODE = TypeVar("NODE", Entity, Event)
_CROWD = 40  # larger blocks (groups of similar things) are skipped: they raise too many questions
_ALIKE = 0.84  # minimum similarity of the letters (`SequenceMatcher.ratio`) of two spellings of one name
_DAY = len("2026-01-13")


class _Grounds:
    """The evidence for and against a merge, as texts, and the score that follows from its weights."""

    def __init__(self, score: float) -> None:
        self.pro: list[str] = []
        self.con: list[str] = []
        self.score = score

    def add(self, weight: float, text: str) -> None:
        (self.pro if weight > 0 else self.con).append(text)
        self.score += weight

    @property
    def uncertainty(self) -> float:
        """1 if the score is 0.5; 0 if the score is 0 or 1, or beyond."""
        return round(max(1 - abs(2 * self.score - 1), 0.0), 3)


class NearMisses:
    """Finds pairs of things or events that may be one, as cases."""

    def __init__(self, asked: ReviewedGraph) -> None:
        self.asked, self.knowledge, self.ontology = asked, asked.knowledge, asked.ontology
        self.nodes, self.about, self.labels = asked.nodes, asked.about, asked.labels

    # -- things ---------------------------------------------------------------------------------------

    def things(self) -> Iterator[Case]:
        """Cases for pairs of named things that may be one."""
        blocks: defaultdict[str, list[Entity]] = defaultdict(list)
        for entity in self.knowledge.entities:
            if entity.named and entity.type not in ("Position", "Country", "Region"):
                for key in _blocks(entity):
                    blocks[key].append(entity)
        for one, other in _pairs(blocks.values()):
            if self.ontology.exclude(one.type, other.type):
                continue
            grounds = _Grounds(0.5)
            if not _names_agree(one, other, grounds):
                continue
            self._company(one, other, grounds)
            yield self._pair(f"Are “{one.label}” and “{other.label}” one?", one, other, grounds, self._calls)

    def _company(self, one: Entity, other: Entity, grounds: _Grounds) -> None:
        """Add the evidence from positions, from things named beside both, from articles and from classes."""
        positions = [self._objects(each, "holdsPosition") for each in (one, other)]
        if positions[0] & positions[1]:
            grounds.add(0.2, f"both are {self.labels(positions[0] & positions[1])}")
        elif all(positions):
            grounds.add(-0.2, f"{self.labels(positions[0])}; {self.labels(positions[1])}")
        met = self._neighbours(one) & self._neighbours(other) - {one.id, other.id}
        if met:
            grounds.add(min(0.1 * len(met), 0.3), f"both are named with {self.labels(met)}")
        together = set(one.documents) & set(other.documents)
        if together:
            grounds.add(-0.3, f"{min(together)} names both")
        if one.type != other.type:
            grounds.add(-0.1, f"{one.type}; {other.type}")

    def _calls(self, one: Entity | Event, other: Entity | Event) -> tuple[Reference, ...]:
        """How a decision refers to both: by name.

        If the two names are equal, or if a name is a surname, which others may share, also by the articles.
        """
        same = names.key(one.label) == names.key(other.label)

        def call(each: Entity | Event) -> Reference:
            short = each.type == "Person" and len(names.words(each.label)) == 1
            return Reference(each.label, each.documents if same or short else ())

        return call(one), call(other)

    def _objects(self, entity: Entity, predicate: str) -> set[str]:
        found = self.about[entity.id]
        return {
            s.object
            for s in found
            if s.subject == entity.id and s.predicate == predicate and isinstance(s.object, str)
        }

    def _neighbours(self, entity: Entity) -> set[str]:
        ends = {end for s in self.about[entity.id] for end in (s.subject, s.object) if isinstance(end, str)}
        return {end for end in ends if isinstance(node := self.nodes.get(end), Entity) and node.named}

    # -- events ---------------------------------------------------------------------------------------

    def events(self) -> Iterator[Case]:
        """Cases for pairs of events that may be one: of one class, with a common participant or place."""
        blocks: defaultdict[tuple[str, str], list[Event]] = defaultdict(list)
        for event in self.knowledge.events:
            if event.type not in ("Event", "SpeechAct"):
                for id_ in self._named(event) | ({event.place} - {""}):
                    blocks[event.type, id_].append(event)
        for one, other in _pairs(blocks.values()):
            grounds = _Grounds(0.3)
            self._participants(one, other, grounds)
            if one.place and other.place:
                same = one.place == other.place
                where = self.labels({one.place, other.place})
                grounds.add(0.15 if same else -0.3, f"in {where}" if same else f"two places: {where}")
            _dates(one.time, other.time, grounds)
            if together := set(one.documents) & set(other.documents):
                grounds.add(-0.25, f"{min(together)} mentions both")
            if one.factuality is not other.factuality:
                grounds.add(-0.1, f"{one.factuality}; {other.factuality}")
            question = f"Are “{one.label}” and “{other.label}” one event?"
            yield self._pair(question, one, other, grounds, _by_id)

    def _participants(self, one: Event, other: Event, grounds: _Grounds) -> None:
        own = self._named(one), self._named(other)
        if shared := own[0] & own[1]:
            grounds.add(min(0.1 * len(shared), 0.3), f"in both: {self.labels(shared)}")
        if own[0] - own[1] and own[1] - own[0]:
            differ = f"{self.labels(own[0] - own[1])}; {self.labels(own[1] - own[0])}"
            grounds.add(-0.15, f"in one of them only: {differ}")
        known = self.nodes
        told = [{stem(w) for w in names.words(each.label)} for each in (one, other)]
        who = {stem(w) for id_ in own[0] | own[1] for w in names.words(known[id_].label)}
        if not told[0] & told[1] - who:
            grounds.add(-0.1, "described in other words")

    def _named(self, event: Event) -> set[str]:
        ids_ = {id_ for _, id_ in event.participants}
        return {id_ for id_ in ids_ if isinstance(node := self.nodes.get(id_), Entity) and node.named}

    def _pair(
        self,
        question: str,
        one: Entity | Event,
        other: Entity | Event,
        grounds: _Grounds,
        calls: Callable[[Entity | Event, Entity | Event], tuple[Reference, ...]],
    ) -> Case:
        about = calls(one, other)
        weight = max(min(len(self.about[one.id]), len(self.about[other.id])), 1)
        return Case(
            case_id("pair", one.id, other.id),
            question,
            (self.asked.side(one), self.asked.side(other)),
            tuple(grounds.pro),
            tuple(grounds.con),
            grounds.uncertainty,
            weight,
            PossibleDecision(DecisionKind.MERGE, about),
            PossibleDecision(DecisionKind.APART, about),
        )


def _by_id(one: Entity | Event, other: Entity | Event) -> tuple[Reference, ...]:
    return Reference(one.id), Reference(other.id)


def _pairs(blocks: Iterable[Sequence[NODE]]) -> list[tuple[NODE, NODE]]:
    """All pairs within blocks of at most `_CROWD` members, without duplicates, sorted by id."""
    found = {
        (one.id, other.id): (one, other)
        for block in blocks
        if len(block) <= _CROWD
        for one, other in combinations(sorted(block, key=lambda node: node.id), 2)
        if one.id != other.id
    }
    return [found[key] for key in sorted(found)]


def _blocks(entity: Entity) -> set[str]:
    """The blocks of a thing; two things are compared only if they have a block in common.

    A block is for a first or last word, a beginning and end, or an acronym: spellings of one name mostly
    share one of these.
    """
    words = [word for word in names.words(entity.label) if len(word) > 2]
    key = names.key(entity.label)
    found = {f"word {word}" for word in (words[:1] + words[-1:])} | {f"ends {key[:2]}{key[-2:]}"}
    initials = "".join(word[0] for word in names.words(entity.label))
    if names.is_acronym(entity.label):
        found.add(f"acronym {key}")
    elif len(initials) > 1:
        found.add(f"acronym {initials}")
    return found


def _names_agree(one: Entity, other: Entity, grounds: _Grounds) -> bool:
    """Whether two names may be variants of the same name; if so, adds evidence of how well they agree."""
    short, full = sorted((one, other), key=lambda entity: (len(entity.label), entity.id))
    words = names.words(short.label), names.words(full.label)
    if names.key(short.label) == names.key(full.label):
        grounds.add(0.15, "one name")
    elif "Person" in (one.type, other.type) and names.abbreviates(*words):
        grounds.add(-0.05, f"“{short.label}” can be short for “{full.label}”")
    elif words[0][1:] == words[1][1:] != () and words[0][0] == words[1][0][:1]:
        grounds.add(0.0, f"“{short.label}” has the initial of “{full.label}”")
    elif names.is_acronym(short.label) and names.spells(short.label, full.label):
        grounds.add(0.1, f"“{short.label}” are the initials of “{full.label}”")
    else:
        first = {words[0][0][:1], words[1][0][:1]}
        # Names with different numbers are no variants: "Comet" and "Comet 4".
        numbers = {tuple(filter(str.isdigit, "".join(each))) for each in words}
        if len(first) > 1 or len(numbers) > 1 or any(names.is_acronym(each.label) for each in (one, other)):
            return False
        ratio = SequenceMatcher(None, names.key(short.label), names.key(full.label)).ratio()
        if ratio < _ALIKE:
            return False
        grounds.add(ratio - 1.0, f"{ratio:.0%} of the letters are the same")
    return True


def _dates(one: Time | None, other: Time | None, grounds: _Grounds) -> None:
    told = [days(time) if time else None for time in (one, other)]
    if told[0] is None or told[1] is None or one is None or other is None:
        return
    if told[0].agrees(told[1]):
        grounds.add(0.15 if len(min(one.start, other.start, key=len)) >= _DAY else 0.05, f"on {one.start}")
    else:
        grounds.add(-0.4, f"two dates: {one.start}, {other.start}")
