"""A relation holds only between things whose classes, voted by all articles, admit it."""

from __future__ import annotations

import pytest

from kg import ontology
from kg.resolve import resolve
from tests.resolve.helper import Says, reading

LABORATORY = "[Salt Laboratory:Organization] of [Lima:City], [Tom Reed:Person]. [Ana Ruiz:Person] left."


@pytest.mark.parametrize(
    ("subject", "object_", "stands"),
    [("Salt Laboratory", "Tom Reed", False), ("Tom Reed", "Salt Laboratory", True)],
)
def test_only_people_work_for_organisations(subject: str, object_: str, stands: bool) -> None:
    told = reading("a", LABORATORY, Says(subject, "worksFor", object_))
    assert bool(resolve([told], ontology.load()).statements) is stands
