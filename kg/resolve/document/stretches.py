"""Stretches of text that may overlap, and which of them hold a place."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import Generic, TypeVar

Stretch = TypeVar("Stretch", tuple[int, int], tuple[int, int, int])
"""Start, end (exclusive), and whatever else is known of it."""


class Stretches(Generic[Stretch]):
    """Stretches by where they stand: looking at those around a place takes no look at the others."""

    def __init__(self, some: Iterable[Stretch]) -> None:
        self._all: list[Stretch] = sorted(some)
        self._starts: list[int] = [stretch[0] for stretch in self._all]
        self._longest: int = max((stretch[1] - stretch[0] for stretch in self._all), default=0)

    def around(self, at: int) -> list[Stretch]:
        """Those that hold the character at `at`."""
        first, last = bisect_left(self._starts, at - self._longest), bisect_right(self._starts, at)
        return [stretch for stretch in self._all[first:last] if at < stretch[1]]
