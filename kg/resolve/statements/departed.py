"""Puts relations of people who are dead according to the articles, such as positions, into the past.

    Ana Ruiz, a judge, died on Monday.      Ana Ruiz - formerly held position - judge
    Tom Reed was killed. He lived in Lima.  Tom Reed - lived in - Lima
    Judge Tom Reed was found dead.          Tom Reed - formerly held position - judge

Descriptions ("a great singer"), family and the place of birth remain as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg.extract.lexicon import open_name
from kg.model import Argument, Factuality, Frame, Function, Reading, Relation
from kg.ontology import Ontology
from kg.resolve.nodes import Nodes

_HOLDS, _HELD = "holdsPosition", "formerlyHeldPosition"


def dying(reading: Reading, ontology: Ontology) -> tuple[Argument, ...]:
    """The arguments that refer to people whose death a document reports, in order."""
    return tuple(
        part.argument
        for frame in reading.frames
        if _is_told(frame, ontology)
        for part in frame.parts
        if part.function in _who_dies(frame, ontology)
    )


def departed(told: Iterable[tuple[Sequence[Argument], Nodes]]) -> frozenset[str]:
    """Ids of the people whose death is reported. `told`: for each document, the result of `dying` and the
    referents of its mentions.
    """
    return frozenset(node for some, nodes in told for argument in some for node in nodes.of(argument))


def _is_told(frame: Frame, ontology: Ontology) -> bool:
    """Whether a frame counts as true: it is asserted, or somebody reports it with a verb such as "die".

    "Ruiz died, the police said" counts; a reported killing does not: "The rebels said they had killed Ruiz".
    """
    dying = frame.lemma in ontology.words.get("DyingVerbs", ())
    return frame.factuality is Factuality.ASSERTED or (dying and frame.factuality is Factuality.REPORTED)


def _who_dies(frame: Frame, ontology: Ontology) -> tuple[Function, ...]:
    """The functions that the person who dies can have in a frame; () if the frame is not about a death.

    WHO in "Ruiz died"; WHOM in "they murdered Ruiz", "Ruiz was murdered" and "Ruiz's funeral"; either in
    "Ruiz is dead" and "Ruiz was shot dead".
    """
    words = ontology.words
    if any(p.function is Function.ATTRIBUTE and p.argument.text == "dead" for p in frame.parts):
        return (Function.WHO, Function.WHOM) if not _has_both(frame) else (Function.WHOM,)
    if frame.lemma in words.get("DyingVerbs", ()) and not _has_both(frame):
        return (Function.WHO,)
    nominal = frame.rule == "nominal" and frame.lemma in words.get("DeathNouns", ())
    return (Function.WHOM,) if nominal or frame.lemma in words.get("KillingVerbs", ()) else ()


def _has_both(frame: Frame) -> bool:
    """Whether the frame has both a WHO and a WHOM: "Police found Reed dead"."""
    return {Function.WHO, Function.WHOM} <= {part.function for part in frame.parts}


def in_life(relation: Relation, ontology: Ontology) -> Relation:
    """The relation in a form that is true of a dead person: "is married to" becomes "was married to".

    Unchanged if the relation does not end with death, as for the place of birth.
    """
    if relation.name == _HOLDS and _HELD in ontology.relations:
        return replace(relation, name=_HELD, label=ontology.relations[_HELD].label)
    if relation.name not in ontology.words.get("LifetimeRelations", ()) or relation.inverted:
        return relation
    first, _, rest = relation.text.partition(" ")
    label = f"was {rest}" if first.lower() in ("is", "are") and rest else relation.text
    return replace(relation, name=open_name(label), label=label, known=False)
