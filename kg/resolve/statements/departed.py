"""People who are dead according to the articles, and relations that held while they lived.

    Ana Ruiz, a judge, died on Monday.      Ana Ruiz - formerly held position - judge
    Tom Reed was killed. He lived in Lima.  Tom Reed - lived in - Lima

Excludes: descriptions ("a great singer"), family, and the place of birth.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kg.extract.lexicon import open_name
from kg.model import Factuality, Frame, Function, Reading, Relation
from kg.ontology import Ontology
from kg.resolve.nodes import Nodes

_HOLDS, _HELD = "holdsPosition", "formerlyHeldPosition"


def departed(told: Iterable[tuple[Reading, Nodes]], ontology: Ontology) -> frozenset[str]:
    """Ids of people whose death is asserted."""
    return frozenset(
        node
        for reading, nodes in told
        for frame in reading.frames
        if frame.factuality is Factuality.ASSERTED
        for part in frame.parts
        if part.function is _who_dies(frame, ontology)
        for node in nodes.of(part.argument)
    )


def _who_dies(frame: Frame, ontology: Ontology) -> Function | None:
    """As in "Ruiz died" (who), "they murdered Ruiz", "Ruiz was murdered" (whom)."""
    if frame.lemma in ontology.words.get("DyingVerbs", ()):
        return Function.WHO
    return Function.WHOM if frame.lemma in ontology.words.get("KillingVerbs", ()) else None


def in_life(relation: Relation, ontology: Ontology) -> Relation:
    """The relation in the form for a dead person."""
    if relation.name == _HOLDS and _HELD in ontology.relations:
        return replace(relation, name=_HELD, label=ontology.relations[_HELD].label)
    if relation.name not in ontology.words.get("LifetimeRelations", ()) or relation.inverted:
        return relation
    first, _, rest = relation.text.partition(" ")
    label = f"was {rest}" if first.lower() in ("is", "are") and rest else relation.text
    return replace(relation, name=open_name(label), label=label, known=False)
