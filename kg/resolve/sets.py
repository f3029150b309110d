"""Disjoint sets (union-find)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Sets:
    """Disjoint sets of indices; each is identified by its smallest member."""

    parent: list[int] = field(default_factory=list)

    def find(self, i: int) -> int:
        """The smallest member of the set that contains `i`."""
        while self.parent[i] != i:
            self.parent[i] = self.parent[self.parent[i]]
            i = self.parent[i]
        return i

    def union(self, members: Iterable[int]) -> None:
        """Unite the sets that contain these members."""
        roots = sorted({self.find(i) for i in members})
        for root in roots[1:]:
            self.parent[root] = roots[0]
