"""Finds articles that are not independent witnesses: they cite, copy or credit another.

    a.txt     Reed resigned on Monday, the Norvex Herald reports via the Lima Post.
    b.txt     (of the Lima Post) Reed resigned on Monday.              -> a.txt cites b.txt

An article depends on what it cites. Of two that share long passages, the later one (by date, then by id)
depends on the other, unless the earlier one cites it. If a cited publication has no article on the same story
in the corpus, the publication itself is the source (`Dependence.outside`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from kg import disk_lists
from kg.memo import Memo
from kg.model import Dependence, DependenceKind, Evidence, Reading
from kg.ontology import Ontology
from kg.resolve import evidence, ids
from kg.resolve.sources import passages
from kg.resolve.sources.citations import Citation, citations, key, same
from kg.resolve.sources.passages import SharedPassages, Span

if TYPE_CHECKING:
    from kg.resolve.alone import Traits

# An article is a copy of its source if they share at least the fraction `_COPY` of the article's words
# (without quotations), and at least `_WORDS` words. For a short article: the fraction `_MOST`, and `_LONG`
# words.
_COPY = 0.15
_WORDS = 40
_MOST = 0.5
_LONG = 20  # also the minimum number of words of a passage that makes an article depend on another in part
_SHOWN = 5  # maximum number of passages of a copy that are given as evidence


def dependences(
    readings: Sequence[Reading],
    found: Sequence[Traits],
    near: Sequence[set[int]],
    ontology: Ontology,
    memo: Memo,
) -> tuple[Dependence, ...]:
    """All dependences, sorted by id.

    `found`: the traits of each reading; `near`: for each reading, the indices of those of the same story.
    """
    return _Dependences(readings, found, near, ontology, memo).all()


_Shown = tuple[Citation, Evidence]


class _Dependences:
    """Collects the dependences of all documents; documents are indices of readings."""

    def __init__(
        self,
        readings: Sequence[Reading],
        found: Sequence[Traits],
        near: Sequence[set[int]],
        ontology: Ontology,
        memo: Memo,
    ) -> None:
        self.readings, self.traits, self.near, self.ontology, self.memo = (
            readings,
            found,
            near,
            ontology,
            memo,
        )
        self.documents = disk_lists.documents(readings)
        texts = [document.text for document in self.documents]
        self.shared = passages.shared(texts, [each.marks for each in found])
        self.words: defaultdict[tuple[int, int], int] = defaultdict(int)
        for each in self.shared:
            self.words[each.one, each.other] = self.words[each.other, each.one] = each.words
        self.own = [each.publishers for each in found]
        self.published: defaultdict[str, list[int]] = defaultdict(list)
        for document, some in enumerate(self.own):
            for name in some:
                self.published[key(name)].append(document)
        self.labels: dict[str, str] = {}  # key of an outside source -> its name
        self.found: dict[str, Dependence] = {}
        self.takers: set[tuple[str, str]] = set()  # (dependent article, its source), as far as found

    def all(self) -> tuple[Dependence, ...]:
        for document, key_ in enumerate(disk_lists.keys(self.readings)):
            known = [one for one in self.traits[document].citable if one in self.published]
            cited = partial(self._citations, document, known)
            self._cited(document, self.memo.of("citations", key_, known, tuple[_Shown, ...], cited))
            self._credited(document)
        for each in self.shared:
            self._copied(each)
        return tuple(self.found[id_] for id_ in sorted(self.found))

    # -- citing and crediting ----------------------------------------------------------------------

    def _citations(self, document: int, known: Sequence[str]) -> tuple[_Shown, ...]:
        reading = self.readings[document]
        return tuple(
            (each, evidence.of_sentence(reading, each.sentence, "citation", each.words))
            for each in citations(reading, self.own[document], known, self.ontology)
        )

    def _cited(self, document: int, some: Iterable[_Shown]) -> None:
        by_source: defaultdict[tuple[str, bool], list[_Shown]] = defaultdict(list)
        for citation, sentence in some:
            by_source[self._source(document, citation.name)].append((citation, sentence))
        for (source, outside), told in by_source.items():
            whole = any(citation.whole for citation, _ in told)
            shown = evidence.distinct(sentence for citation, sentence in told if citation.whole or not whole)
            self._add(document, source, DependenceKind.CITES, shown, outside=outside, whole=whole)

    def _credited(self, document: int) -> None:
        id_, metadata = self.documents[document].id, self.documents[document].metadata
        lines: defaultdict[str, list[Evidence]] = defaultdict(list)
        for name in metadata.authors:
            if name in self.own[document]:
                lines[name] = []
        for credit in metadata.credits:
            line = Evidence(id_, credit.start, credit.end, credit.text, "credit", 1.0, credit.agency)
            lines[credit.agency].append(line)
        for name, shown in lines.items():
            if not same(name, metadata.publisher):
                source, outside = self._source(document, name)
                self._add(document, source, DependenceKind.CREDITS, evidence.distinct(shown), outside=outside)

    def _source(self, document: int, name: str) -> tuple[str, bool]:
        """The source that the name of a publication means, and whether it is outside the corpus.

        The source is the id of the publication's article on the same story or, if there is none, its name.
        """
        there = {
            other
            for known, some in self.published.items()
            if known == key(name) or any(same(name, one) for one in self._names(known))
            for other in some
            if other != document and self._tells_the_same(document, other) and self._issued(other, name)
        }
        if there:
            best = min(there, key=lambda other: (-self.words[document, other], self._order(other)))
            return self.documents[best].id, False
        label = next((known for known in self.labels.values() if same(known, name)), name)
        return self.labels.setdefault(key(name), label), True

    def _names(self, known: str) -> set[str]:
        return {name for other in self.published[known] for name in self.own[other] if key(name) == known}

    def _issued(self, document: int, name: str) -> bool:
        """Whether an article is by this publication; an article that credits an agency is not by it."""
        publisher = self.documents[document].metadata.publisher
        credited = (credit.agency for credit in self.documents[document].metadata.credits)
        return same(publisher, name) if publisher else not any(same(one, name) for one in credited)

    def _tells_the_same(self, one: int, other: int) -> bool:
        return other in self.near[one] or self.words[one, other] > 0

    # -- copying -----------------------------------------------------------------------------------

    def _copied(self, each: SharedPassages) -> None:
        later = self._later(each.one, each.other)
        side = int(later == each.other)
        source = each.one if side else each.other
        text = self.documents[later].text
        lengths = {span: passages.length(text, span) for span in each.passages[side]}
        words = sum(lengths.values())
        whole = (each.shares[side] >= _COPY and words >= _WORDS) or (
            each.shares[side] >= _MOST and words >= _LONG
        )
        long = sorted(lengths, key=lambda span: (-lengths[span], span))
        long = long[:_SHOWN] if whole else [span for span in long if lengths[span] >= _LONG]
        if long:
            id_, key_ = self.documents[source].id, disk_lists.keys(self.readings)[later]
            make = partial(_sentences, self.readings, later, long)
            shown = self.memo.of(f"copied from {id_}", key_, long, tuple[Evidence, ...], make)
            self._add(
                later, id_, DependenceKind.COPIES, shown, outside=False, whole=whole, share=each.shares[side]
            )

    def _later(self, one: int, other: int) -> int:
        for first, second in ((one, other), (other, one)):
            if self._cites(first, second) and not self._cites(second, first):
                return first
        return max(one, other, key=self._order)

    def _cites(self, one: int, other: int) -> bool:
        ids_ = self.documents[one].id, self.documents[other].id
        return ids_ in self.takers

    def _order(self, document: int) -> tuple[str, str]:
        known = self.documents[document]
        return known.metadata.date or "9999", known.id

    def _add(
        self,
        document: int,
        source: str,
        kind: DependenceKind,
        shown: tuple[Evidence, ...],
        *,
        outside: bool,
        whole: bool = True,
        share: float = 0.0,
    ) -> None:
        own = self.documents[document].id
        id_ = "dependence-" + ids.digest(12, own, source, str(outside), kind)
        self.takers.add((own, source))
        self.found[id_] = Dependence(id_, own, source, kind, shown, outside, whole, share)


def _sentences(readings: Sequence[Reading], number: int, spans: Iterable[Span]) -> tuple[Evidence, ...]:
    """The sentences of a document that overlap the passages `spans`, as evidence."""
    reading = readings[number]
    return evidence.distinct(
        evidence.of_sentence(reading, index, "passage", reading.document.text[slice(*span)])
        for span in spans
        for index, sentence in enumerate(reading.sentences)
        if sentence.start < span[1] and span[0] < sentence.end
    )
