"""Parts of a Knowledge: the neighbourhood of a thing, what happened since a day."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.model import Knowledge, Time
from kg.write import page
from kg.write.network import ends, weights
from kg.write.part import around, foremost, since
from tests.sample import knowledge
from tests.write.conftest import WORDS


def ids(known: Knowledge) -> set[str]:
    return {entity.id for entity in known.entities}


def test_one_step_follows_statements_and_events_alike() -> None:
    known = around(knowledge(), {"President_of_Peru"}, 1)
    assert ids(known) == {"President_of_Peru", "Ana_Ruiz"}
    assert [statement.id for statement in known.statements] == ["st-06"]


def test_two_steps_include_all_relations_between_them_and_only_their_articles() -> None:
    known = around(knowledge(), {"President_of_Peru"}, 2)
    assert {"Tom_Reed", "treaty-0a1b2c3d"} <= ids(known)
    assert {"st-01", "st-03", "st-05"} <= {statement.id for statement in known.statements}
    nearer = around(knowledge(), {"President_of_Peru"}, 1)
    assert [document.id for document in nearer.documents] == ["news/b.txt"]


def test_undated_statements_are_dated_by_their_articles() -> None:
    known = since(knowledge(), "2026-01-12")
    assert "st-01" in {statement.id for statement in known.statements}  # on Monday, 12 January 2026
    later = {statement.id for statement in since(knowledge(), "2026-02").statements}
    assert "st-01" not in later
    assert "st-02" not in later  # reported on 13 January
    assert "st-06" in later  # its article has no date


def test_a_month_includes_its_days() -> None:
    month = Time("2026-01", "2026-01", "in January")
    told = replace(knowledge().statements[0], time=month, event="")
    known = replace(knowledge(), statements=(told,), events=())
    assert since(known, "2026-01-31").statements
    assert not since(known, "2026-02").statements


@pytest.mark.parametrize("centre", ["Lima", "event-1111aaaa", "treaty-0a1b2c3d", "Peru"])
def test_every_part_can_be_drawn(centre: str) -> None:
    for depth in (1, 3):
        known = since(around(knowledge(), {centre}, depth), "2026-01-01")
        core = page.data(known, WORDS)["core"]
        assert len(core["things"]["id"]) == len(known.nodes())


def test_a_part_of_a_large_graph_has_its_most_important_things() -> None:
    whole = knowledge()
    weight = weights(whole, whole.nodes(), WORDS)
    first = sorted(weight, key=lambda key: (-weight[key], key))
    known = foremost(whole, WORDS, 6)
    assert set(first[:6]) <= known.nodes().keys() < whole.nodes().keys()
    assert {end for each in known.statements for end in ends(each)} <= set(first[:6])
    assert page.data(known, WORDS)["core"]["things"]["id"]
    assert foremost(whole, WORDS, len(weight)) is whole


def test_the_most_important_things_include_those_asked_for_and_all_articles() -> None:
    whole = knowledge()
    least = sorted(whole.nodes(), key=lambda key: weights(whole, whole.nodes(), WORDS)[key])[0]
    names = [document.id for document in whole.documents]
    known = foremost(whole, WORDS, 4, [least], names)
    assert least in known.nodes()
    assert [document.id for document in known.documents] == names
