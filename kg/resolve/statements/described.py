"""Merges equal descriptions of a named thing, and corrects the class of a description from what it describes.

    Ana Ruiz, a keen pilot (in two articles)   one node "keen pilot", not two
    the United States, a major ally            this ally is a country, not a person
    Norvex Island, a democracy                 this democracy is a place, not an idea

A description keeps its class if it describes things of different classes, or a thing of unknown class.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from kg.model import Argument, Entity, Event, Factuality, Reading, Statement
from kg.ontology import Ontology
from kg.resolve.nodes import Nodes

_DESCRIBED = "describedAs"
_VAGUE = frozenset(("Thing", "Topic"))


def descriptions(reading: Reading) -> tuple[tuple[Argument, Argument], ...]:
    """Pairs of a thing and its description in a document ("Ana Ruiz", "a keen pilot"), in order."""
    return tuple(
        (claim.subject, claim.object)
        for claim in reading.claims
        if claim.relation.name == _DESCRIBED and claim.object is not None
    )


def alike(
    told: Iterable[tuple[Sequence[tuple[Argument, Argument]], Nodes]], entities: Iterable[Entity]
) -> dict[str, str]:
    """Id of a description -> id of the description into which it is merged.

    Of the descriptions of one named thing with the same words, the one with the smallest id remains; it is
    not a key. A description of two named things ("Ana Ruiz and Tom Reed, allies") is merged only with one of
    the same two. `told`: for each document, its `descriptions` and the referents of its mentions.
    """
    known = {entity.id: entity for entity in entities}
    groups: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for some, nodes in told:
        for one, other in some:
            things = [known[end] for end in (*nodes.of(one), *nodes.of(other)) if end in known]
            if len(things) == 2 and things[0].named and not things[1].named:
                groups[things[0].id, things[1].label.lower()].add(things[1].id)
    with_others: defaultdict[str, set[frozenset[str]]] = defaultdict(set)
    for group in groups.values():
        for id_ in group:
            with_others[id_].add(frozenset(group))
    same = ([id_ for id_ in sorted(group) if len(with_others[id_]) == 1] for group in groups.values())
    return {id_: group[0] for group in same for id_ in group[1:]}


def united(entities: Iterable[Entity], same: Mapping[str, str]) -> list[Entity]:
    """The entities after merging; a merged one has the position of its first part. `same`: from `alike`."""
    groups: dict[str, list[Entity]] = {}
    for entity in entities:
        groups.setdefault(same.get(entity.id, entity.id), []).append(entity)
    return [_merged(id_, some) if len(some) > 1 else some[0] for id_, some in groups.items()]


def _merged(id_: str, some: list[Entity]) -> Entity:
    first = next(entity for entity in some if entity.id == id_)
    spellings = {name for entity in some for name in (entity.label, *entity.aliases)} - {first.label}
    documents = {document for entity in some for document in entity.documents}
    return replace(first, aliases=tuple(sorted(spellings)), documents=tuple(sorted(documents)))


def classed(
    entities: Iterable[Entity],
    statements: Iterable[Statement],
    nodes: Mapping[str, Entity | Event],
    ontology: Ontology,
) -> list[Entity]:
    """The entities in the same order; descriptions get a class that what they describe can have."""
    told: defaultdict[str, set[str]] = defaultdict(set)
    for statement in statements:
        if statement.factuality is Factuality.ASSERTED and _describes(statement, ontology):
            subject = nodes[statement.subject]
            named = isinstance(subject, Entity) and subject.named
            told[str(statement.object)].add(subject.type if named else "")
    return [replace(each, type=_class(each, told.get(each.id, set()), ontology)) for each in entities]


def _describes(statement: Statement, ontology: Ontology) -> bool:
    relation = ontology.relations.get(statement.predicate)
    describes = relation is not None and _DESCRIBED in (relation.name, *relation.parents)
    return describes and isinstance(statement.object, str)


def _class(entity: Entity, told: set[str], ontology: Ontology) -> str:
    """The class of a description, corrected if everything that it describes is of one known class.

    It keeps its own class if that is a subclass or superclass of the known one, and not a vague class.
    `told`: the classes of the things that it describes; "" for an unnamed thing.
    """
    only = next(iter(told)) if len(told) == 1 else ""
    if entity.named or only in _VAGUE or not only:
        return entity.type
    fits = ontology.is_a(entity.type, only) or ontology.is_a(only, entity.type)
    return entity.type if fits and entity.type not in _VAGUE else only
