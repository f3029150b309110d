import pytest

from kg.model import Metadata
from kg.read.metadata import UnusableError, overrule, side_file


def test_a_side_file_gives_all_metadata() -> None:
    text = b"""
title = "Mayor opens bridge"
publisher = "The Paper"
url = "https://paper.example/bridge"
date = 2026-03-05
authors = ["Jo Doe", "Ann Poe"]
"""
    assert side_file(text) == Metadata(
        "Mayor opens bridge", "The Paper", "https://paper.example/bridge", ("Jo Doe", "Ann Poe"), "2026-03-05"
    )


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2026-03-05", "2026-03-05"),
        ('"2026-03-05"', "2026-03-05"),
        ('"2026-03"', "2026-03"),
        ('"2026"', "2026"),
        ("2026-03-05T10:00:00Z", "2026-03-05"),
        ('"2026-03-05T10:00"', "2026-03-05"),
    ],
)
def test_dates_are_dates_or_texts(value: str, day: str) -> None:
    assert side_file(f"date = {value}".encode()).date == day


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('titel = "x"', '"titel"'),
        ("title = 3", '"title"'),
        ("date = 2026", '"date"'),
        ('date = "5 March"', '"date"'),
        ('date = "2026-13"', '"date"'),
        ('authors = "Jo Doe"', '"authors"'),
        ('author = ["Jo Doe"]', '"author"'),
        ('author = "Jo Doe"\nauthors = ["Ann Poe"]', "both"),
        ('title = "x"\ndate = = 3', "line 2"),
        ("\udcff", "UTF-8"),
    ],
)
def test_errors_are_reported(text: str, what: str) -> None:
    with pytest.raises(UnusableError, match=what):
        side_file(text.encode("utf-8", "surrogateescape"))


def test_only_given_fields_override() -> None:
    found = Metadata("Found", "Paper", date="2026")
    assert overrule(found, Metadata(title="Given")) == Metadata("Given", "Paper", date="2026")
