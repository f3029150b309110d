"""Which items can have a triple in common, and on which nodes the triples of an item depend."""

from dataclasses import fields, replace

import pytest

from kg import ontology
from kg.model import Event, Knowledge, Statement
from kg.rdf import changes
from kg.rdf.graph import declared, unordered
from kg.rdf.names import SCHEMA, Names
from kg.rdf.sorted_parts import line
from kg.rdf.terms import link
from kg.write import statements
from tests.sample import disputed, knowledge

KNOWS = ontology.load()
NAMES = Names()


def whole() -> Knowledge:
    """The sample with two changes: one event is part of the other, and a quotation is about a thing."""
    told = disputed()
    first, second = told.events
    statements = (replace(told.statements[0], about=("Peru",)), *told.statements[1:])
    return replace(told, events=(first, replace(second, part_of=first.id)), statements=statements)


ITEMS = [(each.name, item) for each in fields(Knowledge) for item in getattr(whole(), each.name)]


@pytest.mark.parametrize(("field", "item"), ITEMS, ids=lambda value: getattr(value, "id", value))
def test_all_subjects_of_an_item_are_known_or_its_own(field: str, item: object) -> None:
    alone = Knowledge(**{field: (item,)})
    found = {triple.subject.value for _, triple in unordered(alone, KNOWS, nodes=whole().nodes())}
    found -= {triple.subject.value for triple in declared(alone, KNOWS)}
    shared = {changes.iri(key, NAMES) for key in changes.subjects(item)}
    own = NAMES.node(item.id)  # type: ignore[attr-defined]
    assert all(
        each.startswith((f"{own}-by-", f"{own}-1", f"{own}-2")) or each == own for each in found - shared
    )


@pytest.mark.parametrize("item", [*whole().events, *whole().statements], ids=lambda item: item.id)
def test_an_item_depends_on_the_nodes_to_which_it_refers(item: Event | Statement) -> None:
    alone = Knowledge(events=(item,)) if isinstance(item, Event) else Knowledge(statements=(item,))
    every = whole().nodes()
    some = {id_: every[id_] for id_ in changes.referred(item) if id_}
    assert set(unordered(alone, KNOWS, nodes=some)) == set(unordered(alone, KNOWS, nodes=every))
    if isinstance(item, Statement):
        assert statements.row(item, some, KNOWS, NAMES) == statements.row(item, every, KNOWS, NAMES)


def test_statements_whose_things_have_another_name_differ() -> None:
    told = knowledge()
    reed = told.entities[-2]
    others = tuple(each for each in told.entities if each is not reed)
    found = changes.change(
        replace(told, entities=others),
        Knowledge(entities=(reed,)),
        Knowledge(entities=(replace(reed, label="T. Reed"),)),
    )
    differing = {each.id for each in found.before.statements}
    assert differing == {each.id for each in told.statements if "Tom_Reed" in (each.subject, each.object)}
    assert found.before.statements == found.after.statements


def test_a_further_article_about_a_thing_changes_no_other_item() -> None:
    told = knowledge()
    reed = told.entities[-2]
    others = tuple(each for each in told.entities if each is not reed)
    found = changes.change(
        replace(told, entities=others),
        Knowledge(entities=(reed,)),
        Knowledge(entities=(replace(reed, documents=(*reed.documents, "z.txt")),)),
    )
    assert found.before == Knowledge(entities=(reed,))
    mentioned = link(NAMES.article("z.txt"), SCHEMA + "mentions", NAMES.node(reed.id))
    assert [each for each, _, _ in changes.lines(found, KNOWS)] == [line(mentioned)]
