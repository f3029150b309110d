"""Groups the values that articles give for one property into conflicting sides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.model import Conflict, Evidence, Value
from kg.resolve import ids
from kg.resolve.conflicts import values
from kg.resolve.conflicts.values import Comparable
from kg.resolve.evidence import distinct
from kg.resolve.sources.witnesses import Witnesses


@dataclass(frozen=True, slots=True)
class Given:
    """A value that one sentence gives."""

    value: Comparable
    shown: Value  # as shown in the graph; its documents and evidence are added later
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Slot:
    """A property of a thing that can have only one value."""

    subject: str
    property: str
    label: str
    varies: bool = False  # whether the value changes with time, as an age does


class Sides:
    """The values of one slot in groups (`sides`) that agree with the group's most precise value."""

    def __init__(self, given: Iterable[Given]) -> None:
        self.sides: list[list[Given]] = []
        ordered = sorted(given, key=lambda g: (g.value.vagueness, g.shown.label, g.evidence.document))
        for one in ordered:
            fitting = [side for side in self.sides if values.agree(side[0].value, one.value)]
            if not fitting:
                self.sides.append([one])
            elif len(fitting) == 1:  # a value that fits several sides does not decide between them
                fitting[0].append(one)

    def apart(self) -> list[list[Given]]:
        """The sides without the values of articles that are on several sides; empty sides are left out."""
        told = [{one.evidence.document for one in side} for side in self.sides]
        several = {d for i, one in enumerate(told) for other in told[i + 1 :] for d in one & other}
        kept = ([one for one in side if one.evidence.document not in several] for side in self.sides)
        return [side for side in kept if side]


def conflict(
    slot: Slot, sides: Iterable[Sequence[Given]], borrowed: set[str], witnesses: Witnesses
) -> Conflict:
    """The conflict between these sides.

    `borrowed`: ids of undated articles whose times are resolved by the dates of others, so that they are not
    independent witnesses of a date.
    """
    found = []
    for side in sides:
        shown, evidence = side[0].shown, distinct(one.evidence for one in side)
        told = tuple(sorted({one.document for one in evidence}))
        own = [one for one in evidence if slot.property != "date" or one.document not in borrowed]
        count = max(witnesses.count(own), 1)
        found.append(Value(shown.value, shown.label, told, evidence, count, shown.datatype))
    found.sort(key=lambda value: (-value.independent, -len(value.documents), value.label))
    id_ = "conflict-" + ids.digest(12, slot.subject, slot.property, slot.label)
    return Conflict(id_, slot.subject, slot.property, slot.label, tuple(found))
