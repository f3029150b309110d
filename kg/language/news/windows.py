"""Cuts a document into windows, the inputs of the network.

A window is a paragraph, the text between two line breaks. A paragraph that is too long is cut where a
sentence may end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.language.boundaries import BEGINS, FREE

_AROUND = 2  # number of pieces added around the words of a window: [CLS] and [SEP]
_BATCH = 128  # maximum number of pieces in a batch of several windows; larger batches only need more padding


@dataclass(frozen=True, slots=True)
class Window:
    """Words that are scored together, in order. Never empty; no sentence crosses its end."""

    words: tuple[int, ...]  # token indices: all tokens except white space
    free: tuple[bool, ...]  # for each word, whether a sentence may begin with it; with the first, one must
    pieces: int  # number of pieces, including [CLS] and [SEP]


def windows(marks: Sequence[int], lengths: Sequence[int], longest: int) -> tuple[Window, ...]:
    """The windows of a document, in order.

    `marks`: the result of `kg.language.boundaries.of`; `lengths`: for each token, its number of pieces, 0 for
    white space, which is in no window; `longest`: the maximum number of pieces of a window, including [CLS]
    and [SEP].
    """
    found: list[Window] = []
    words: list[int] = []
    for i, (mark, length) in enumerate(zip(marks, lengths, strict=True)):
        if not length:
            continue
        if mark == BEGINS and words:
            found += _cut(words, marks, lengths, longest)
            words = []
        words.append(i)
    return (*found, *_cut(words, marks, lengths, longest))


def _cut(words: list[int], marks: Sequence[int], lengths: Sequence[int], longest: int) -> Iterator[Window]:
    start = 0
    while start < len(words):
        end, pieces, last = start, _AROUND, 0  # last: the largest possible `end`; 0 if none is known yet
        while end < len(words) and (pieces + lengths[words[end]] <= longest or end == start):
            if end > start and marks[words[end]] == FREE:
                last = end
            pieces += lengths[words[end]]
            end += 1
        if end < len(words) and marks[words[end]] != FREE and last:
            pieces -= sum(lengths[i] for i in words[last:end])
            end = last
        part = tuple(words[start:end])
        yield Window(part, tuple(marks[i] == FREE for i in part), pieces)
        start = end


def batches(some: Sequence[Window], most: int = _BATCH) -> Iterator[tuple[Window, ...]]:
    """Batches of windows with similar lengths, so that there is little padding; the longest first."""
    ordered = sorted(some, key=lambda window: (-window.pieces, window.words[0]))
    start = 0
    while start < len(ordered):
        end = start + max(1, most // ordered[start].pieces)
        yield tuple(ordered[start:end])
        start = end
