"""Recognises questions that the user has already answered, in `kg review` or by hand."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations, product

from kg.model import Decision, DecisionKind, Event, Reference
from kg.resolve import names
from kg.resolve.decided import is_meant
from kg.resolve.review.cases import Case, ReviewedGraph

_OF_ONE = frozenset((DecisionKind.TYPE, DecisionKind.IGNORE))  # decisions about one thing
_OF_TWO = frozenset((DecisionKind.MERGE, DecisionKind.APART))  # decisions about two things


class Settled:
    """The questions that decisions answer: about one thing (its class, whether it belongs in the graph) or
    about two (whether they are one).
    """

    def __init__(self, asked: ReviewedGraph, decisions: Iterable[Decision]) -> None:
        self.asked = asked
        self.ones: set[str] = set()
        self.pairs: set[frozenset[str]] = set()
        for decision in decisions:
            meant = [self._meant(each) for each in decision.about]
            if decision.kind in _OF_ONE:
                self.ones |= meant[0]
            elif decision.kind in _OF_TWO:
                several = [pair for some in combinations(meant, 2) for pair in product(*some)]
                self.pairs |= {frozenset(pair) for pair in (*several, *combinations(decision.nodes, 2))}

    def has(self, case: Case) -> bool:
        """Whether a decision answers the case."""
        if all(choice.kind in _OF_ONE for choice in (case.yes, case.no) if choice):
            return case.sides[0].id in self.ones
        return frozenset((case.sides[0].id, case.sides[-1].id)) in self.pairs

    def _meant(self, reference: Reference) -> set[str]:
        """Ids of the things with this label or id; if there are none, of the only thing with this alias."""
        found, also = set[str](), set[str]()
        for id_, node in self.asked.nodes.items():
            if isinstance(node, Event):
                if reference.name in (node.id, *node.joined):
                    found.add(id_)
            elif is_meant(node, reference):
                found.add(id_)
            elif not reference.articles and names.key(reference.name) in map(names.key, node.aliases):
                also.add(id_)
        return found or (also if len(also) == 1 else set())
