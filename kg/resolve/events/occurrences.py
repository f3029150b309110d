"""Clusters the happenings of all documents into events.

A happening is an event as one document mentions it (`document.happenings`).

    "Ruiz hosted Reed on 13 May", "Reed was hosted by Ruiz" in two articles of one story    one event
    "Ruiz met Reed", "their meeting"                                                        one event
    "Ruiz met Reed", "their first meeting", "last year's meeting"                           different events

Two happenings are one event if they have a word (or a relation: "arrest", "detain") and named participants in
common, and nothing contradicts. A contradiction is: each has a participant that the other lacks, or they
differ in time, place, ordinal ("first", "last year's"), number or factuality. What they must have in common
depends on their distance:

    on the same day                 one named participant
    in one document or one story    two named participants; or one in the same role, if both are of a specific
                                    kind; or the town or building of the event

A happening that fits two different events stays separate. `chains` joins mentions that are probably, but not
certainly, of one event.

Synonyms that no relation contains ("the clash", "the fight") and parts of events are not joined.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from itertools import combinations

from kg.model import Document
from kg.resolve.events.sketches import DAY, Sketch, contradict, never_one, same_day
from kg.resolve.sets import Sets

# For each of its words, a happening is compared with at most this many happenings before it in its document,
# and with as many after it.
_NEAREST = 120
_CROWD = 60  # maximum number of happenings of a block (`_blocks`) that are compared across stories


def unite(found: Sequence[Sketch], documents: Sequence[Document], near: Sequence[set[int]]) -> dict[str, str]:
    """Id of each happening -> id of the first happening of the same event.

    The first happening is the one in the article published first, whatever its file name, so that later
    articles change no id. `found`: the sketches of the happenings of all documents, in order; `near`: for
    each document, the others of the same story.
    """
    uniting = _Uniting(found, near)
    uniting.run()
    published = [_published(document) for document in documents]
    first: dict[int, int] = {}
    for i in sorted(range(len(found)), key=lambda i: (*published[found[i].document], i)):
        first.setdefault(uniting.sets.find(i), i)
    return {sketch.id: found[first[uniting.sets.find(i)]].id for i, sketch in enumerate(found)}


def _published(document: Document) -> tuple[bool, str, str]:
    """The key that sorts articles by day, then by text; undated ones are last."""
    return not document.metadata.date, document.metadata.date, document.text


def _blocks(sketch: Sketch) -> Iterator[tuple[str, str, str]]:
    """The blocks of a happening. All happenings of a block share a word, a named participant and a day."""
    days = {time.start[:DAY] for time in sketch.times if len(time.start) >= DAY}
    return ((word, one, day) for word in sketch.words for day in days for one in sketch.named)


class _Uniting:
    """Merges happenings in rounds, the most certain pairs first; each round builds on the previous ones."""

    def __init__(self, sketches: Sequence[Sketch], near: Sequence[set[int]]) -> None:
        self.of = sketches
        self.sketches = list(sketches)  # at the index of a set's root: the features of all members of the set
        self.near = near
        self.sets = Sets(list(range(len(sketches))))

    def run(self) -> None:
        """Merge all happenings of one event."""
        pairs = self._pairs()
        for fits in (
            self._one_day,
            self._two_in_common,
            self._taken_up,
            self._one_in_common,
            self._one_place,
        ):
            at_hand: defaultdict[int, set[int]] = defaultdict(set)
            for i, some in enumerate(pairs):
                for j in some:
                    one, other = self.sets.find(i), self.sets.find(j)
                    if one != other and fits(i, j) and not self._contradict(one, other):
                        at_hand[one].add(other)
            clear = [root for root in sorted(at_hand) if self._clear(at_hand[root])]
            for one in clear:
                for other in sorted(at_hand[one].intersection(clear)):
                    self._join(one, other)

    def _contradict(self, i: int, j: int) -> bool:
        return contradict(self.sketches[i], self.sketches[j])

    def _clear(self, some: set[int]) -> bool:
        """Whether no two of these happenings contradict each other; happenings with equal features are
        compared only once.
        """
        alike: dict[Hashable, int] = {}
        for one in some:
            other = alike.setdefault(self.sketches[one].grounds, one)
            if other != one and self._contradict(one, other):
                return False
        return not any(self._contradict(one, other) for one, other in combinations(alike.values(), 2))

    def _join(self, i: int, j: int) -> None:
        one, other = sorted((self.sets.find(i), self.sets.find(j)))
        if one != other and not self._contradict(one, other):
            self.sketches[one] = self.sketches[one].with_(self.sketches[other])
            self.sets.union((one, other))

    def _pairs(self) -> list[array[int]]:
        """For each happening, the indices of those with which it is compared, in order.

        They have a word in common with it, are in the same document or story (or on the same day with the
        same participant), and do not contradict it irrevocably (`never_one`).
        """
        blocks: defaultdict[tuple[str, str, str], list[int]] = defaultdict(list)
        by_document: defaultdict[int, defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        for i, sketch in enumerate(self.sketches):
            for word in sketch.words:
                by_document[sketch.document][word].append(i)
            for key in _blocks(sketch):
                if len(blocks[key]) < _CROWD:
                    blocks[key].append(i)
        found = [array("q") for _ in self.sketches]  # sets would take ten times the memory of arrays
        for i, sketch in enumerate(self.sketches):
            some: set[int] = set()
            for word in sketch.words:
                own = by_document[sketch.document][word]
                at = bisect_left(own, i)
                some.update(own[max(at - _NEAREST, 0) : at + _NEAREST + 1])
                for document in self.near[sketch.document]:
                    some.update(by_document[document].get(word, ()))
            for key in _blocks(sketch):
                if i in blocks[key]:
                    some.update(blocks[key])
            for j in sorted(some):
                if j > i and not never_one(sketch, self.sketches[j]):
                    found[i].append(j)
                    found[j].append(i)
        return [array("q", sorted(some)) for some in found]

    def _whole(self, i: int) -> Sketch:
        return self.sketches[self.sets.find(i)]

    # -- the rounds: whether two happenings have enough in common -------------------------------------

    def _one_day(self, i: int, j: int) -> bool:
        one, other = self.sketches[i], self.sketches[j]
        return same_day(one, other) and bool(one.named & other.named) and self._tellable(one, other)

    def _two_in_common(self, i: int, j: int) -> bool:
        one, other = self._whole(i), self._whole(j)
        return len(one.named & other.named) > 1 and self._tellable(one, other)

    def _taken_up(self, i: int, j: int) -> bool:
        """Whether the later one, in the same document, is a bare noun that refers back.

        For example, "Police arrested Reed ... The arrest".
        """
        first, then = self.of[min(i, j)], self.of[max(i, j)]
        return first.document == then.document and then.bare and first.special

    def _one_in_common(self, i: int, j: int) -> bool:
        """Whether both are of a specific kind, and a named participant has the same role in both."""
        one, other = self._whole(i), self._whole(j)
        shared = bool(one.actors & other.actors or one.others & other.others)
        taken_up = one.document == other.document and (one.definite or other.definite)
        told = taken_up or bool(one.others & other.others or one.objects & other.objects)
        return shared and told and one.special and other.special and self._tellable(one, other)

    def _one_place(self, i: int, j: int) -> bool:
        """Whether both are of a specific kind and in one place, in two articles: "A summit in Lima"."""
        one, other = self._whole(i), self._whole(j)
        placed = bool(one.places & other.places) and one.special and other.special
        return placed and self.of[i].document != self.of[j].document and self._tellable(one, other)

    def _tellable(self, one: Sketch, other: Sketch) -> bool:
        """Whether the two have enough details to be distinguished from similar events.

        A story has so many speech acts that two of them are one event only if their objects agree, too.
        """
        return not (one.speech or other.speech) or bool(
            one.speech and other.speech and (one.others & other.others or one.objects & other.objects)
        )
