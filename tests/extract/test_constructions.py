"""The table of constructions is in order, and each has its cases."""

from __future__ import annotations

import pytest

from kg.extract.clauses import CONSTRUCTIONS
from kg.extract.clauses.clause import Construction
from tests.extract.cases import FOLDER, cases

NAMES = [construction.name for construction in CONSTRUCTIONS]
EACH = pytest.mark.parametrize("construction", CONSTRUCTIONS, ids=NAMES)


def test_names_are_distinct() -> None:
    assert len(set(NAMES)) == len(NAMES)


@EACH
def test_its_prerequisites_come_before_it(construction: Construction) -> None:
    assert set(construction.after) <= set(NAMES[: NAMES.index(construction.name)])
    assert bool(construction.after) == bool(construction.why), "the order has its reason"


@EACH
def test_trust_is_between_0_and_1(construction: Construction) -> None:
    assert 0 < construction.trust <= 1


@EACH
def test_it_has_cases(construction: Construction) -> None:
    module = construction.read.__module__.rpartition(".")[2]
    assert list(cases(FOLDER / f"{module}.md")), f"tests/cases/{module}.md"
