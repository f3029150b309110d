"""Holds the referents of the mentions of one document, as ids of entities and events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from sys import intern

from kg.model import Argument, Role


@dataclass(frozen=True, slots=True)
class Nodes:
    """The referents of a document's mentions. The keys of each mapping are indices of mentions."""

    own: Mapping[int, str]  # -> id of an entity or event
    described: Mapping[int, str]  # description predicated of something ("is a pilot") -> id of that thing
    pairs: Mapping[int, tuple[str, str]]  # expression for two things ("the two leaders") -> their ids
    # -> how the mention was resolved: "pronoun", "kind" or "surname"
    resolved: Mapping[int, str] = field(default_factory=dict)

    def get(self, mention: int) -> str:
        """The id of the mention's referent; "" if unknown."""
        return self.described.get(mention) or self.own.get(mention, "")

    def renamed(self, same: Mapping[str, str]) -> Nodes:
        """The referents after merging. `same`: id that was merged into another -> that other."""
        own = {mention: same.get(id_, id_) for mention, id_ in self.own.items()}
        return Nodes(own, self.described, self.pairs, self.resolved)

    def shared(self) -> Nodes:
        """The referents with interned ids; without this, each reading loaded from disk has its own copies."""
        own = {mention: intern(id_) for mention, id_ in self.own.items()}
        described = {mention: intern(id_) for mention, id_ in self.described.items()}
        pairs = {mention: (intern(a), intern(b)) for mention, (a, b) in self.pairs.items()}
        return Nodes(own, described, pairs, self.resolved)

    def ids(self) -> set[str]:
        """The ids of all referents."""
        pairs = (id_ for pair in self.pairs.values() for id_ in pair)
        return {*self.own.values(), *self.described.values(), *pairs} - {""}

    def given(self) -> list[object]:
        """The ids as sorted lists, for use as an argument of memoised steps (`kg.memo`)."""
        return [sorted(ids.items()) for ids in (self.own, self.described, self.pairs)]

    def of(self, argument: Argument) -> tuple[str, ...]:
        """The ids of what an argument of a claim refers to: none, one, or both of a pair.

        For a predicate ("is a pilot"), the id of the description itself.
        """
        if argument.mention in self.pairs:
            return self.pairs[argument.mention]
        if argument.role is Role.ATTRIBUTE:
            id_ = self.own.get(argument.mention, "")
        else:
            id_ = self.get(argument.mention)
        return (id_,) if id_ else ()
