import pytest

from kg.read.byline import authors


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Jo Doe", ("Jo Doe",)),
        ("BY JO DOE", ("Jo Doe",)),
        ("By Jo Doe and Ann van Poe", ("Jo Doe", "Ann van Poe")),
        ("By Jo Doe, Ann Poe and Bo Roe in Lima", ("Jo Doe", "Ann Poe", "Bo Roe")),
        ("By Jo Doe, Staff Writer", ("Jo Doe",)),
        ("By Jo Doe / Staff reporter", ("Jo Doe",)),
        ("Written by: Jo T. Doe", ("Jo T. Doe",)),
        ("By Jo Doe | 3 March 2024", ("Jo Doe",)),
        ("By Jo Doe Published 3 March 2024", ("Jo Doe",)),
        ("AFP, LIMA", ("AFP",)),
        ("LIMA (AP)", ("AP",)),
        ("Reuters", ("Reuters",)),
        ("By Staff Writers", ()),
    ],
)
def test_a_byline_names_its_authors(line: str, names: tuple[str, ...]) -> None:
    assert authors(line) == names


@pytest.mark.parametrize(
    "line",
    [
        "By Monday the streets were calm.",
        "By Land and Sea, Migrants Flee",
        "By order of the mayor",
        "Jo Doe is the Lima bureau chief for The Paper.",
        "Reuters wins a prize for its war pictures",
        "Jo Doe",
    ],
)
def test_other_lines_are_not_bylines(line: str) -> None:
    assert authors(line) is None
