"""A Knowledge is written and read back without loss."""

import io
from dataclasses import fields

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Evidence, Factuality, Knowledge, Statement
from kg.write import archive
from kg.write.archive import dump, load
from tests.sample import disputed, knowledge

# Floats without NaN, which is not equal to itself, and does not occur in the model.
st.register_type_strategy(float, st.floats(0, 1))


def test_the_sample_is_read_back_equal() -> None:
    assert load(dump(knowledge())) == knowledge()
    assert load(dump(disputed())) == disputed()


def test_empty_knowledge_is_read_back_equal() -> None:
    assert load(dump(Knowledge())) == Knowledge()


@given(st.from_type(Knowledge))
@settings(max_examples=50, deadline=None)
def test_any_knowledge_is_read_back_equal(anything: Knowledge) -> None:
    assert load(dump(anything)) == anything


@given(st.from_type(Knowledge))
@settings(max_examples=50, deadline=None)
def test_any_item_is_found_with_its_field(anything: Knowledge) -> None:
    found = archive.items(io.StringIO(dump(anything), newline="\n"))
    kept = ((each.name, getattr(anything, each.name)) for each in fields(anything))
    assert list(found) == [(name, archive.line_of(item)) for name, items in kept for item in items]


def test_the_format_is_stable_in_a_second_round_trip() -> None:
    assert dump(load(dump(knowledge()))) == dump(knowledge())


def test_each_item_has_its_line() -> None:
    lines = dump(knowledge()).splitlines()
    assert sum('"Tom_Reed"' in line and line.startswith('{"id":"st-') for line in lines) == 6


def test_defaults_are_omitted() -> None:
    evidence = Evidence("a", 0, 1, "x", "rule", 1.0)
    assert "surface" not in dump(Knowledge(statements=(_statement(evidence),)))


@pytest.mark.parametrize(
    "text", ["", "[]", '{"statements": [{"id": 1}]}', '{"people": []}', '{"entities": 3}']
)
def test_other_text_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        load(text)


def _statement(evidence: Evidence) -> Statement:
    return Statement("st-1", "a", "b", "c", Factuality.ASSERTED, 1.0, (evidence,), "b", True)
