"""Finds the spans of text that contain a position; the spans may overlap."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import Generic, TypeVar

Stretch = TypeVar("Stretch", tuple[int, int], tuple[int, int, int])
"""Start, end (exclusive), and any other data."""


class Stretches(Generic[Stretch]):
    """Spans sorted by start, so that a lookup does not scan all of them."""

    def __init__(self, some: Iterable[Stretch]) -> None:
        self._all: list[Stretch] = sorted(some)
        self._starts: list[int] = [stretch[0] for stretch in self._all]
        self._longest: int = max((stretch[1] - stretch[0] for stretch in self._all), default=0)

    def around(self, at: int) -> list[Stretch]:
        """The spans that contain the character at `at`, in order of their start."""
        first, last = bisect_left(self._starts, at - self._longest), bisect_right(self._starts, at)
        return [stretch for stretch in self._all[first:last] if at < stretch[1]]
