"""Counts the independent articles of a statement.

    a.txt and b.txt, which cites a.txt            1 independent article
    c.txt and d.txt, both from one agency         1 independent article

The origins of an article are the origins of its sources or, if it has no sources, the article itself. No two
counted articles have a common origin; articles with the fewest origins are counted first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from kg.model import Dependence, Evidence

_Span = tuple[int, int]


class Witnesses:
    """Counts independent articles, given all dependences."""

    def __init__(self, dependences: Iterable[Dependence]) -> None:
        self.whole: defaultdict[str, set[str]] = defaultdict(set)  # article -> its sources
        # article -> its dependences that cover only some sentences
        self.partial: defaultdict[str, list[Dependence]] = defaultdict(list)
        for each in dependences:
            if each.whole:
                self.whole[each.document].add(_node(each))
            else:
                self.partial[each.document].append(each)
        self._known: dict[str, frozenset[str]] = {}

    def count(self, evidence: Iterable[Evidence]) -> int:
        """The number of independent articles from which these sentences come; at least 1 if there are any."""
        spans: defaultdict[str, set[_Span]] = defaultdict(set)
        for each in evidence:
            spans[each.document].add((each.start, each.end))
        return self._independent(
            {document: self._origins(document, some) for document, some in spans.items()}
        )

    def articles(self, documents: Iterable[str]) -> int:
        """The number of independent articles among these, each taken as a whole."""
        return self._independent({document: self._roots(document) for document in documents})

    def _independent(self, origins: Mapping[str, frozenset[str]]) -> int:
        taken: set[str] = set()
        count = 0
        for document in sorted(origins, key=lambda document: (len(origins[document]), document)):
            if taken.isdisjoint(origins[document]):
                taken |= origins[document]
                count += 1
        return count

    def _origins(self, document: str, spans: set[_Span]) -> frozenset[str]:
        """The origins of some sentences of an article.

        If sources cover all of these sentences, they are the origins of these sources; and of the sources of
        the whole article, if it has any.
        """
        taken = [
            each
            for each in self.partial.get(document, ())
            if all(any(a < e.end and e.start < b for e in each.evidence) for a, b in spans)
        ]
        own = self._roots(document)
        if not taken:
            return own
        sources = frozenset().union(*(self._roots(_node(each)) for each in taken))
        return sources if own == {document} else own | sources

    def _roots(self, node: str) -> frozenset[str]:
        if node not in self._known:
            self._known[node] = self._reach(node)
        return self._known[node]

    def _reach(self, node: str) -> frozenset[str]:
        """The articles and publishers without a source that are reached from sources to their sources.

        If articles only cite each other, there is none, and the first of them by id counts as the origin.
        """
        seen, waiting, ends = {node}, [node], set[str]()
        while waiting:
            one = waiting.pop()
            sources = self.whole.get(one)
            if not sources:
                ends.add(one)
                continue
            waiting += sorted(sources - seen)
            seen |= sources
        return frozenset(ends or {min(seen)})


def _node(dependence: Dependence) -> str:
    return f"outside {dependence.source}" if dependence.outside else dependence.source
