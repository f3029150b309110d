"""Finds long passages that two documents share because one copied from the other.

    Inside the hall, the two ministers sat at small desks | and began to write.
    Inside the hall, the two ministers sat at small desks | as the cameras ran.

Quotations do not count, because two reporters quote the same speech in the same words. Pairs of documents are
found by winnowing (Schleimer, Wilkerson and Aiken 2003): of every `_WINDOW` overlapping sequences of `_RUN`
words, the smallest hash is a fingerprint of the document. A shared passage of `_SURE` words is then never
missed, and the cost is linear in the number of documents. Documents that share only a very frequent
fingerprint are compared only with the first document that has it.
"""

from __future__ import annotations

import re
import zlib
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, groupby

_RUN = 7  # number of words; unrelated articles about one event share hardly any sequence of this length
_WINDOW = 4  # one in this many overlapping sequences becomes a fingerprint (winnowing)
_SURE = _RUN + _WINDOW - 1  # number of words; a shared passage of this length always has a fingerprint
_MANY = 12  # if more documents have a fingerprint, only the first of them is compared with the others
_AT_HAND = 64  # number of documents whose words are kept in memory while pairs are compared
_MASK = 0xFFFFFFFF
_BASE = 0x01000193  # odd, so that multiplying by it modulo 2**32 loses no bits of a word's hash
_LEAVES = pow(_BASE, _RUN, _MASK + 1)  # factor of the hash of the word that leaves the rolling hash's window
_LINE = re.compile(r"[^\n]+")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_QUOTED = re.compile(r"“[^”\n]*(?:”|$)|«[^»\n]*(?:»|$)|\"[^\"\n]*(?:\"|$)", re.MULTILINE)

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class SharedPassages:
    """The passages that two documents share."""

    one: int  # indices of the documents, `one` < `other`
    other: int
    # spans in the text of `one`, and of `other`; in order
    passages: tuple[tuple[Span, ...], tuple[Span, ...]]
    words: int  # number of words in the passages of `other`
    # what fraction of the words of `one`, and of `other`, is in the passages; without quotations
    shares: tuple[float, float]


def marks(text: str) -> bytes:
    """The fingerprints of a text: sorted 32-bit numbers, as bytes."""
    own = {mark for _, line in _lines(text) for mark in _fingerprints(_WORD.findall(line.casefold()))}
    return array("I", sorted(own)).tobytes()


def shared(texts: Sequence[str], found: Sequence[bytes]) -> list[SharedPassages]:
    """All pairs of texts with a passage in common, in order. `found`: the `marks` of each text."""

    @lru_cache(maxsize=_AT_HAND)
    def runs(document: int) -> list[_Run]:
        return list(_runs(texts[document]))

    pairs = []
    for one, other in _pairs(found):
        common = _grams(runs(one)) & _grams(runs(other))
        here, there = _covered(runs(one), common), _covered(runs(other), common)
        if there.passages:
            pairs.append(
                SharedPassages(
                    one, other, (here.passages, there.passages), there.words, (here.share, there.share)
                )
            )
    return pairs


@dataclass(frozen=True, slots=True)
class _Run:
    """Consecutive words of a text, with no quotation or line break between them."""

    words: tuple[str, ...]
    spans: tuple[Span, ...]

    def grams(self) -> Iterator[tuple[str, ...]]:
        """All sequences of `_RUN` consecutive words."""
        return (self.words[i : i + _RUN] for i in range(len(self.words) - _RUN + 1))


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Pairs of offset and text, for the parts of a text between quotations and line breaks."""
    at = 0
    for match in (*_QUOTED.finditer(text), None):
        end = match.start() if match else len(text)
        for line in _LINE.finditer(text, at, end):
            yield line.start(), line[0]
        at = match.end() if match else end


def _runs(text: str) -> Iterator[_Run]:
    for start, line in _lines(text):
        words = list(_WORD.finditer(line))
        if words:
            yield _Run(
                tuple(word[0].casefold() for word in words),
                tuple((start + word.start(), start + word.end()) for word in words),
            )


def _grams(runs: Sequence[_Run]) -> set[tuple[str, ...]]:
    return {gram for run in runs for gram in run.grams()}


def _pairs(marks: Sequence[bytes]) -> list[tuple[int, int]]:
    """The pairs of documents that share a fingerprint. `marks`: the fingerprints of each document."""
    import numpy as np

    lengths = [len(some) // array("I").itemsize for some in marks]
    every = np.frombuffer(b"".join(marks), dtype=np.uint32).astype(np.uint64) << np.uint64(32)
    every |= np.repeat(np.arange(len(marks), dtype=np.uint64), lengths)
    every.sort()  # each number is a fingerprint and a document; numpy, because there may be millions
    of = every >> np.uint64(32)
    several = np.zeros(len(every), dtype=bool)
    several[1:] = of[1:] == of[:-1]
    several[:-1] |= several[1:]
    found: set[tuple[int, int]] = set()
    for _, same in groupby(every[several].tolist(), key=lambda mark: mark >> 32):
        documents = [mark & 0xFFFFFFFF for mark in same]
        if len(documents) <= _MANY:
            found.update(combinations(documents, 2))
        else:
            found.update((documents[0], other) for other in documents[1:])
    return sorted(found)


def _fingerprints(words: Sequence[str]) -> Iterator[int]:
    """The smallest rolling hash in each window of `_WINDOW` overlapping sequences of `_RUN` words."""
    hashes = [zlib.crc32(word.encode("utf-8", "surrogatepass")) for word in words]
    rolling: list[int] = []
    value = 0
    for i, one in enumerate(hashes):
        value = (value * _BASE + one) & _MASK
        if i >= _RUN:
            value = (value - hashes[i - _RUN] * _LEAVES) & _MASK
        if i >= _RUN - 1:
            rolling.append(value)
    for i in range(max(len(rolling) - _WINDOW + 1, min(len(rolling), 1))):
        yield min(rolling[i : i + _WINDOW])


@dataclass(frozen=True, slots=True)
class _Covered:
    """The part of a document that consists of passages shared with another document."""

    passages: tuple[Span, ...]
    words: int
    share: float


def _covered(runs: Sequence[_Run], common: set[tuple[str, ...]]) -> _Covered:
    """The part of a document that consists of `common` sequences; overlapping sequences form one passage."""
    passages: list[Span] = []
    words = 0
    for run in runs:
        first = last = -1  # first and last word of the current passage, as indices
        for i, gram in enumerate(run.grams()):
            if gram not in common:
                continue
            if i > last:
                if last > 0:
                    passages.append((run.spans[first][0], run.spans[last - 1][1]))
                    words += last - first
                first = i
            last = i + _RUN
        if last > 0:
            passages.append((run.spans[first][0], run.spans[last - 1][1]))
            words += last - first
    total = sum(len(run.words) for run in runs)
    return _Covered(tuple(passages), words, round(words / total, 3) if total else 0.0)


def length(text: str, passage: Span) -> int:
    """The length of a passage in words."""
    return len(_WORD.findall(text[slice(*passage)]))
