"""Decides the appearance of classes: colour and shape, and which classes are drawn alike.

The colours of the ontology are for a light page; the page lightens them in dark mode. Shape is the second
cue, for readers who cannot distinguish the colours.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from kg.model import Entity, Event
from kg.ontology import Ontology

GREY = "#8a8f98"
KINDS = ("named", "described", "happening")


def kind(thing: Entity | Event, ontology: Ontology) -> int:
    """The kind of a thing, as an index into `KINDS`; the page shows each kind in its own way."""
    if isinstance(thing, Event):
        return 2
    return 0 if thing.named and not ontology.is_a(thing.type, "Topic") else 1


class Families:
    """Families of classes that are drawn alike, each with the name of its most general class."""

    def __init__(self, ontology: Ontology) -> None:
        self._classes = ontology.classes

    def of(self, name: str) -> str:
        look = self.look(name)
        known = self._classes.get(name)
        above = [parent for parent in (known.parents if known else ()) if self.look(parent) == look]
        return above[-1] if above else name if known else "Thing"

    def used(self, names: Iterable[str]) -> list[dict[str, Any]]:
        """The families that are used, the most frequent first: name, label, colour and shape of each.

        `names`: the family of each thing.
        """
        frequent = sorted(Counter(names).items(), key=lambda pair: (-pair[1], pair[0]))
        return [self._record(name, number) for name, number in frequent]

    def look(self, name: str) -> tuple[str, str]:
        """The colour and shape of a class."""
        known = self._classes.get(name) or self._classes.get("Thing")
        return ((known.colour if known else "") or GREY, (known.shape if known else "") or "dot")

    def _record(self, name: str, number: int) -> dict[str, Any]:
        colour, shape = self.look(name)
        label = self._classes[name].label if name in self._classes else name
        return {"name": name, "label": label, "colour": colour, "shape": shape, "number": number}
