"""The referents of the mentions of one document, after all things have their ids."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from sys import intern

from kg.model import Argument, Role


@dataclass(frozen=True, slots=True)
class Nodes:
    """Ids of entities and events, by index of a mention."""

    own: Mapping[int, str]
    described: Mapping[int, str]  # the subject of which a description is predicated
    pairs: Mapping[int, tuple[str, str]]  # "the two leaders"
    resolved: Mapping[int, str] = field(default_factory=dict)  # as in `Coreference`

    def get(self, mention: int) -> str:
        """The id, or "" if the mention has no known referent."""
        return self.described.get(mention) or self.own.get(mention, "")

    def renamed(self, same: Mapping[str, str]) -> Nodes:
        """The referents with merged ids."""
        own = {mention: same.get(id_, id_) for mention, id_ in self.own.items()}
        return Nodes(own, self.described, self.pairs, self.resolved)

    def shared(self) -> Nodes:
        """The referents with one object for each id, instead of one for each reading from disk."""
        own = {mention: intern(id_) for mention, id_ in self.own.items()}
        described = {mention: intern(id_) for mention, id_ in self.described.items()}
        pairs = {mention: (intern(a), intern(b)) for mention, (a, b) in self.pairs.items()}
        return Nodes(own, described, pairs, self.resolved)

    def ids(self) -> set[str]:
        """All ids."""
        pairs = (id_ for pair in self.pairs.values() for id_ in pair)
        return {*self.own.values(), *self.described.values(), *pairs} - {""}

    def given(self) -> list[object]:
        """What a step depends on that uses the ids besides the reading (`kg.memo`)."""
        return [sorted(ids.items()) for ids in (self.own, self.described, self.pairs)]

    def of(self, argument: Argument) -> tuple[str, ...]:
        """The ids of an end of a claim: none, one, or both of a pair.

        A predicate ("is a pilot") remains a description.
        """
        if argument.mention in self.pairs:
            return self.pairs[argument.mention]
        if argument.role is Role.ATTRIBUTE:
            id_ = self.own.get(argument.mention, "")
        else:
            id_ = self.get(argument.mention)
        return (id_,) if id_ else ()
