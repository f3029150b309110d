"""The triples in which a Knowledge differs from an earlier one that shares most items with it.

    changed = change(kept, before, after)
    for each, parts, lost in lines(changed, ontology): ...

Items are entities, events, statements and so on. Only items that differ are turned into triples, as they were
and as they are. If a changed item no longer yields a triple, an unchanged item may still yield it: two
statements that Ana Ruiz met Tom Reed (at different times) yield the same triple, and all statements of a
sentence yield its description. Therefore unchanged items that share a subject with such a triple are turned
into triples, too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Set
from dataclasses import dataclass, fields, replace
from itertools import chain
from typing import Any

from kg.model import Decision, Dependence, Document, Entity, Event, Knowledge, Statement
from kg.ontology import Ontology
from kg.rdf.graph import declared, unordered
from kg.rdf.items import Nodes
from kg.rdf.names import BASE, Names
from kg.rdf.parts import GraphPart
from kg.rdf.sorted_parts import line


@dataclass(frozen=True, slots=True)
class Change:
    """Two Knowledges: the earlier one consists of `kept` and `before`, the later of `kept` and `after`."""

    kept: Knowledge
    before: Knowledge
    after: Knowledge
    nodes_before: Nodes  # all entities and events of the earlier one
    nodes_after: Nodes  # all entities and events of the later one


def change(kept: Knowledge, before: Knowledge, after: Knowledge) -> Change:
    """The change between two Knowledges that share the items `kept`.

    An item of `kept` whose triples depend on an entity or event that has changed (the triples of a statement
    contain labels) is moved from `kept` to both `before` and `after`.
    """
    earlier, later = {**kept.nodes(), **before.nodes()}, {**kept.nodes(), **after.nodes()}
    touched = {**before.nodes(), **after.nodes()}
    other = {key for key in touched if _visible(earlier.get(key)) != _visible(later.get(key))}

    def concerned(item: Any) -> bool:
        return isinstance(item, Event | Statement) and not other.isdisjoint(referred(item))

    if other:
        too = _only(kept, concerned)
        kept = _only(kept, lambda item: not concerned(item))
        before, after = _joined(before, too), _joined(after, too)
    return Change(kept, before, after, earlier, later)


def referred(item: Event | Statement) -> Iterator[str]:
    """Ids of the entities and events on which an item's triples, and its row in `statements.jsonl`,
    depend.
    """
    yield item.place
    if isinstance(item, Event):
        yield item.part_of
        yield from (participant for _, participant in item.participants)
        return
    yield from (item.subject, item.speaker, *item.about)
    if isinstance(item.object, str):
        yield item.object


def _visible(node: Entity | Event | None) -> Entity | Event | None:
    """The entity or event with only those properties on which the triples of other items may depend.

    The articles that mention it are not among these: otherwise a new article that mentions a country would
    change every statement about the country.
    """
    if isinstance(node, Event):
        return replace(node, documents=(), evidence=())
    return replace(node, documents=()) if node else None


def lines(
    change: Change, ontology: Ontology, base: str = BASE
) -> Iterator[tuple[str, frozenset[GraphPart], bool]]:
    """The triples that may have been added or removed, as lines (`sorted_parts.line`), in order.

    Each line comes with the parts of the later graph to which it belongs, and with a flag: True if these are
    all of its parts, False if it may also belong to parts to which it belonged in the earlier graph.
    """
    old = _lines(change.before, change.nodes_before, ontology, base)
    new = _lines(change.after, change.nodes_after, ontology, base)
    lost = {each for _, each in old - new}
    parts = defaultdict[str, set[GraphPart]](set)
    for part, each in chain(new, _still_true(change, lost, ontology, base)):
        parts[each].add(part)
    for each in sorted({each for _, each in old ^ new}):
        yield each, frozenset(parts.get(each, ())), each in lost


def _lines(knowledge: Knowledge, nodes: Nodes, ontology: Ontology, base: str) -> set[tuple[GraphPart, str]]:
    return {(part, line(triple)) for part, triple in unordered(knowledge, ontology, base, nodes)}


def _still_true(
    change: Change, lost: Set[str], ontology: Ontology, base: str
) -> Iterator[tuple[GraphPart, str]]:
    """The lines among `lost` that also follow from an item in `change.kept`, each with its part."""
    iris = {each.partition("\0")[0][1:] for each in lost}
    names = Names(base)
    everything = chain.from_iterable(getattr(change.before, each.name) for each in fields(Knowledge))
    keys = {key for item in everything for key in subjects(item) if iri(key, names) in iris}
    if keys:
        told = _only(change.kept, lambda item: not keys.isdisjoint(subjects(item)))
        found = _lines(told, change.nodes_after, ontology, base)
        yield from ((part, each) for part, each in found if each in lost)
    for triple in declared(change.kept, ontology, base):
        if (each := line(triple)) in lost:
            yield GraphPart.FACTS, each


def subjects(item: Any) -> Iterator[Hashable]:
    """The subjects, as keys for `iri`, that triples of this item may share with triples of other items.

    A statement's own IRI is not among them, because only the statement itself has triples with it.
    """
    if isinstance(item, Document):
        yield (item.id,)
        return
    if isinstance(item, Statement):
        yield item.subject
        if isinstance(item.object, str):
            yield item.object  # the subject of the inverse triple if the relation is symmetric
    else:
        yield item.id
    if isinstance(item, Entity | Event):
        yield from ((document,) for document in item.documents)
    if isinstance(item, Event):
        yield item.part_of
    elif isinstance(item, Dependence):
        yield (item.document,)
        yield "agent", item.source
    elif isinstance(item, Decision):
        yield from item.nodes
        yield "agent", item.by
    yield from ((each.document, each.start, each.end) for each in getattr(item, "evidence", ()))
    for value in getattr(item, "values", ()):
        yield from ((each.document, each.start, each.end) for each in value.evidence)


def iri(key: Any, names: Names) -> str:
    """The IRI for a key from `subjects`. A key is an id, (article,), ("agent", name) or (article, start,
    end).
    """
    if isinstance(key, str):
        return names.node(key)
    if len(key) == 1:
        return names.article(key[0])
    return names.sentence(*key) if len(key) == 3 else names.agent(key[1])


def _only(knowledge: Knowledge, fits: Callable[[Any], bool]) -> Knowledge:
    """The items of a Knowledge for which `fits` is true."""
    parts = ((each.name, getattr(knowledge, each.name)) for each in fields(knowledge))
    return Knowledge(**{name: tuple(filter(fits, items)) for name, items in parts})


def _joined(one: Knowledge, other: Knowledge) -> Knowledge:
    names = [each.name for each in fields(Knowledge)]
    return Knowledge(**{name: getattr(one, name) + getattr(other, name) for name in names})
