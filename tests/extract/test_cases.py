"""Every prose case of tests/cases/ gives the expected claims."""

from __future__ import annotations

import pytest

from kg import ontology, read
from kg.extract import read_all
from kg.model import Reading
from kg.resolve import resolve
from tests.extract.cases import FOLDER, Case, cases, wrong

OTHERS = ("time", "mentions")  # tables, read in tests/language/
RESOLVED = (
    "pronouns",
    "circumstance",
    "kinds",
    "descriptions",
    "glosses",
)  # files about statements, not claims
ALL = [case for path in sorted(FOLDER.glob("*.md")) if path.stem not in OTHERS for case in cases(path)]


@pytest.fixture(scope="session")
def readings() -> dict[str, Reading]:
    texts = {case.text: read.from_text(case.text[:20], case.text) for case in ALL}
    return dict(zip(texts, read_all(texts.values(), ontology.load()), strict=True))


@pytest.mark.parametrize("case", ALL, ids=lambda case: f"{case.file}: {case.title}")
def test_case(case: Case, readings: dict[str, Reading]) -> None:
    reading = readings[case.text]
    found = resolve([reading], ontology.load()) if case.file in RESOLVED else reading
    lines = wrong(case.expectations, found)
    assert not lines, "\n".join((case.text, *lines))
