"""Applies the user's decisions while things and events are made.

Merging and separating change which mentions are one thing; type, name and ignore change the finished thing.
Separations are applied before merges, so that a merge can name one of the separated parts by its article. A
merge that would rejoin separated parts is not carried out. If several things have the name in a decision, it
has no effect unless it also names the articles. A decision without effect says why (`Decision.fault`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import TypeVar

from kg.model import Decision, DecisionKind, Entity, Event, Reference
from kg.resolve import names
from kg.resolve.entities.across import Placed
from kg.resolve.events.contested import Contest

NODE = TypeVar("NODE", Entity, Event)
_EVENT = re.compile(r"event-[0-9a-f]{12}")


class Decided:
    """Applies decisions, and records which things each decision has affected."""

    def __init__(self, decisions: Iterable[Decision] = ()) -> None:
        self.decisions = tuple(decisions)
        # id of a decision -> ids of the entities and events that it has affected
        self.shaped: defaultdict[str, set[str]] = defaultdict(set)
        self._locals: dict[str, list[int]] = {}  # id of a decision -> indices of its `Local`s
        self._faults: dict[str, str] = {}  # id of a decision -> why it has no effect

    def done(self) -> tuple[Decision, ...]:
        """The decisions, sorted by id, each with the ids that it has affected or the reason for no effect."""
        found = (
            replace(each, nodes=tuple(sorted(self.shaped[each.id])), fault=self._fault(each))
            for each in self.decisions
        )
        return tuple(sorted(found, key=lambda each: each.id))

    def _fault(self, decision: Decision) -> str:
        if decision.id in self._faults or self.shaped[decision.id]:
            return self._faults.get(decision.id, "")
        if len({_is_event(ref) for ref in decision.about}) > 1:
            return "it names an event and a thing together"
        return _unknown(decision.about)

    def _of(self, *kinds: DecisionKind, events: bool) -> Iterator[Decision]:
        for each in self.decisions:
            if each.kind in kinds and all(_is_event(ref) is events for ref in each.about):
                yield each

    # -- things ---------------------------------------------------------------------------------------

    def clusters(
        self,
        placed: Sequence[Placed],
        roots: Sequence[int],
        documents: Sequence[str],
        spelt: Sequence[set[str]],
    ) -> list[int]:
        """For each `Local`, its root after the decisions: the index of the first `Local` of the same thing.

        `roots`: the roots before the decisions; `documents`: ids of the documents; `spelt`: for each `Local`,
        the keys of its spellings.
        """
        bearers = _Bearers(placed, documents, spelt)
        found = list(roots)
        apart: list[tuple[set[int], set[int]]] = []
        for decision in self._of(DecisionKind.APART, events=False):
            if not (groups := self._groups(decision, bearers, found)):
                continue
            for one, other in combinations(groups, 2):
                _part(found, one, other)
                apart.append((set(one) - set(other), set(other) - set(one)))
            self._check_parts(decision, groups, found)
        for decision in self._of(DecisionKind.MERGE, events=False):
            groups = self._groups(decision, bearers, found)
            if groups and not _join(found, [i for some in groups for i in some], apart):
                self._faults[decision.id] = "another decision says that they are not one"
        return found

    def _groups(self, decision: Decision, bearers: _Bearers, roots: Sequence[int]) -> list[list[int]]:
        """For each reference of a decision, the indices of the `Local`s that it means.

        If a reference means none, records a fault and returns [].
        """
        groups = [bearers.of(ref, roots) for ref in decision.about]
        lacking = [ref for ref, some in zip(decision.about, groups, strict=True) if not some]
        if shared := [ref for ref in lacking if bearers.is_shared(ref)]:
            which = ", ".join(map(str, shared))
            self._faults[decision.id] = f"several things are called {which}, so it needs their articles"
        elif lacking:
            self._faults[decision.id] = _unknown(lacking)
        else:
            self._locals[decision.id] = [i for some in groups for i in some]
            return groups
        return []

    def _check_parts(self, decision: Decision, groups: Sequence[list[int]], roots: Sequence[int]) -> None:
        """Record a fault if two of the parts that a decision separates still have a thing in common."""
        for (ref, one), (to, other) in combinations(zip(decision.about, groups, strict=True), 2):
            if {roots[i] for i in one} & {roots[i] for i in other}:
                named = f"{ref} and {to}"
                same = set(one) <= set(other) or set(other) <= set(one)
                why = "mean the same words" if same else "cannot be separated"
                self._faults[decision.id] = f"{named} {why}; each needs its own articles"

    def note(self, entity_of: Mapping[int, str]) -> None:
        """Record the entities that decisions have affected. `entity_of`: index of a `Local` -> entity id."""
        for id_, some in self._locals.items():
            self.shaped[id_] |= {entity_of[i] for i in some}

    def entity(self, entity: Entity) -> Entity | None:
        """The entity with the class and name that decisions give it; None if it is to be ignored."""
        for decision in self._of(DecisionKind.TYPE, DecisionKind.NAME, DecisionKind.IGNORE, events=False):
            if not is_meant(entity, decision.about[0]):
                continue
            self.shaped[decision.id].add(entity.id)
            if decision.kind is DecisionKind.IGNORE:
                return None
            entity = _changed(entity, decision)
        return entity

    # -- events ---------------------------------------------------------------------------------------

    def parted(self, same: Mapping[str, str], document_of: Mapping[str, str]) -> dict[str, str]:
        """Id of each happening -> id of its event, after the decisions to separate events.

        `same`: the same dict before the decisions; `document_of`: id of a happening -> id of its document.
        """
        found = dict(same)
        for decision in self._of(DecisionKind.APART, events=True):
            ids_ = [ref.name for ref in decision.about]
            if unknown := [ref for ref in decision.about if ref.name not in found]:
                self._faults[decision.id] = _unknown(unknown)
                continue
            for second in ids_[1:]:
                shared = found[ids_[0]]
                if found[second] == shared:
                    moved = [
                        i for i, r in found.items() if r == shared and document_of[i] == document_of[second]
                    ]
                    stays = [i for i, r in found.items() if r == shared and i not in moved]
                    found |= dict.fromkeys(moved, second)
                    found |= dict.fromkeys(stays, ids_[0])
            self.shaped[decision.id] |= {found[id_] for id_ in ids_}
            if len(self.shaped[decision.id]) < len(ids_):
                self._faults[decision.id] = "they are one event within one article"
        return found

    def merged(self, events: Iterable[Event], same: Mapping[str, str]) -> list[Contest]:
        """The pairs of events that decisions merge, as ids; `same`: id of a happening -> id of its event."""
        by_id = {event.id: event for event in events}
        found = []
        for decision in self._of(DecisionKind.MERGE, events=True):
            roots = {same.get(ref.name, "") for ref in decision.about}
            kept = any(self.are_apart(*pair, same) for pair in combinations(sorted(roots), 2))
            if unknown := [ref for ref in decision.about if same.get(ref.name, "") not in by_id]:
                self._faults[decision.id] = _unknown(unknown)
            elif kept:
                self._faults[decision.id] = "another decision says that they are not one"
            else:
                one, *others = sorted(roots, key=lambda id_: (-len(by_id[id_].documents), id_))
                found += [Contest(one, other) for other in others]
                self.shaped[decision.id].add(one)
        return found

    def are_apart(self, one: str, other: str, same: Mapping[str, str]) -> bool:
        """Whether a decision says that two events are different."""
        return any(
            {one, other} <= {same.get(ref.name, "") for ref in decision.about}
            for decision in self._of(DecisionKind.APART, events=True)
        )

    def events(self, events: Iterable[Event], same: Mapping[str, str]) -> tuple[list[Event], set[str]]:
        """All events, with the classes and names that decisions give them; and the ids of those to ignore."""
        about: defaultdict[str, list[Decision]] = defaultdict(list)
        for decision in self._of(DecisionKind.TYPE, DecisionKind.NAME, DecisionKind.IGNORE, events=True):
            about[same.get(decision.about[0].name, "")].append(decision)
        kept: list[Event] = []
        ignored: set[str] = set()
        for event in events:
            changed = event
            for decision in about.get(event.id, ()):
                self.shaped[decision.id].add(event.id)
                if decision.kind is DecisionKind.IGNORE:
                    ignored.add(event.id)
                else:
                    changed = _changed(changed, decision)
            kept.append(changed)
        return kept, ignored


class _Bearers:
    """Finds the named things of documents (`Local`) that a name refers to."""

    def __init__(self, placed: Sequence[Placed], documents: Sequence[str], spelt: Sequence[set[str]]) -> None:
        self.document = [documents[one.document] for one in placed]
        self.full: defaultdict[str, list[int]] = defaultdict(list)
        self.short: defaultdict[str, list[int]] = defaultdict(list)
        for i, one in enumerate(placed):
            self.full[one.local.key].append(i)
            for key in spelt[i]:
                self.short[key].append(i)

    def of(self, reference: Reference, roots: Sequence[int]) -> list[int]:
        """The indices of the `Local`s with this full name or, if there are none, with this alias.

        [] if several things have the alias.
        """
        key = names.key(reference.name)
        for known, sure in ((self.full, True), (self.short, False)):
            found = [
                i
                for i in known.get(key, ())
                if not reference.articles or self.document[i] in reference.articles
            ]
            if found and (sure or len({roots[i] for i in found}) == 1):
                return found
        return []

    def is_shared(self, reference: Reference) -> bool:
        """Whether anything has the name as an alias in the articles of the reference."""
        known = self.short.get(names.key(reference.name), ())
        return any(not reference.articles or self.document[i] in reference.articles for i in known)


def _is_event(reference: Reference) -> bool:
    return bool(_EVENT.fullmatch(reference.name))


def _unknown(references: Iterable[Reference]) -> str:
    return f"nothing in the graph is called {' or '.join(map(str, references))}"


def _join(roots: list[int], members: Sequence[int], apart: Iterable[tuple[set[int], set[int]]]) -> bool:
    """Merge the clusters of `members`, unless that would join things that must stay separate.

    Return whether they were merged.
    """
    shared = {roots[i] for i in members}
    joined = {i for i, root in enumerate(roots) if root in shared}
    if any(joined & one and joined & other for one, other in apart):
        return False
    first = min(joined)  # a cluster's root is its smallest index
    for i in joined:
        roots[i] = first
    return True


def _part(roots: list[int], stay: Sequence[int], leave: Sequence[int]) -> None:
    """Move the members `leave` out of the clusters that contain some of `stay`, into a cluster of their
    own.
    """
    shared = {roots[i] for i in stay} & {roots[i] for i in leave}
    leaving = [i for i in leave if roots[i] in shared and i not in stay]
    if not leaving:
        return
    first = min(leaving)
    remaining: defaultdict[int, list[int]] = defaultdict(list)
    for i, root in enumerate(roots):
        if root in shared and i not in leaving:
            remaining[root].append(i)
    for some in remaining.values():  # a cluster's root is its smallest index
        for i in some:
            roots[i] = min(some)
    for i in leaving:
        roots[i] = first


def is_meant(entity: Entity, reference: Reference) -> bool:
    """Whether a reference means this thing: whether it gives the thing's id or label.

    If the reference names articles, the thing must occur in one of them, and an alias is enough.
    """
    if reference.articles and not set(reference.articles) & set(entity.documents):
        return False
    called = {entity.label, *entity.aliases} if reference.articles else {entity.label}
    key = names.key(reference.name)
    return entity.id == reference.name or any(names.key(name) == key for name in called)


def _changed(node: NODE, decision: Decision) -> NODE:
    if decision.kind is DecisionKind.TYPE:
        return replace(node, type=decision.value)
    aliases = {*node.aliases, node.label} - {decision.value}
    return replace(node, label=decision.value, aliases=tuple(sorted(aliases)))
