"""Articles in any form: files, texts, and errors in them."""

from __future__ import annotations

import datetime
import io
import math
import re
from pathlib import Path

import pytest

from kg.api.given import Article, parted
from kg.errors import ArgumentError
from kg.model import Document, Metadata, Problem
from kg.read import from_text

TEXT = "Ana Ruiz met Tom Reed."


def texts(*given: object) -> list[Document]:
    _, found = parted(*given)  # type: ignore[arg-type]
    assert all(isinstance(each, Document) for each in found), found
    return [each for each in found if isinstance(each, Document)]


@pytest.mark.parametrize(
    "given", [TEXT, "Rain\nIt rained", "“It rained,” she said, “all day.”\n", "Did it rain? (It did.)"]
)
def test_a_string_of_sentences_is_a_text(given: str) -> None:
    assert [each.text for each in texts(given)] == [given]


@pytest.mark.parametrize("given", ["news/", "my news", "a b.txt", "texts.jsonl", Path("It rained. So.")])
def test_any_other_string_is_a_path(given: str | Path) -> None:
    assert parted(given) == ((Path(given),), ())


def test_metadata_is_given_with_a_text() -> None:
    day = datetime.date(2026, 1, 14)
    one = Article(TEXT, "a", day, "Ruiz meets Reed", "The Example", "https://a.example/", ("Jo Doe",))
    row = {"text": TEXT, "id": "a", "date": "2026-01-14", "title": "Ruiz meets Reed"}
    (made,) = texts(one)
    assert (made.id, made.metadata.date, made.metadata.authors) == ("a", "2026-01-14", ("Jo Doe",))
    (read,) = texts({**row, "publisher": "The Example", "url": "https://a.example/", "author": "Jo Doe"})
    assert read == made


def test_lists_generators_and_tables_of_articles() -> None:
    rows = [{"text": TEXT, "id": name, "date": math.nan, "title": None} for name in ("a", "b")]
    assert [each.id for each in texts(row for row in rows)] == ["a", "b"]
    document = from_text("c", TEXT)
    assert texts([TEXT, document], document)[1:] == [document, document]


@pytest.mark.parametrize("missing", ["math.nan", "pandas.NaT", "pandas.NA", "None"])
def test_missing_columns_are_allowed(missing: str) -> None:
    pandas = pytest.importorskip("pandas")
    value = eval(missing, {"math": math, "pandas": pandas})
    (found,) = texts({"text": TEXT, "date": value, "title": value, "authors": value})
    assert found.metadata == Metadata()


def test_the_id_of_a_text_does_not_depend_on_its_position() -> None:
    assert [each.id for each in texts([TEXT, "It rained all day."])] == [
        each.id for each in reversed(texts(["It rained all day.", TEXT]))
    ]
    assert texts(TEXT)[0].id.startswith("text-")


@pytest.mark.parametrize(
    ("given", "what"),
    [
        ("  ", "is an empty string"),
        ({"date": "2026"}, 'has no "text"'),
        (Article(TEXT, date="Monday"), 'has a "date"'),
        ({"text": TEXT, "title": 4}, 'has a "title" that is not text'),
    ],
)
def test_errors_in_articles_are_problems(given: object, what: str) -> None:
    _, found = parted([given])  # type: ignore[list-item]
    assert [what in str(each) for each in found if isinstance(each, Problem)] == [True]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (
            3,
            "articles: 3 (int) is not an article. Give paths, texts, kg.Article, or dictionaries",
        ),
        ([TEXT, 3], "article 2: 3 (int) is not an article. Give paths"),
        (None, "articles: None is not an article. Give paths"),
        ([[TEXT]], "article 1: a list is not an article. Give paths"),
        (b"It rained.", "articles: b'It rained.' (bytes) is not text. Decode it: data.decode()."),
        (io.StringIO(TEXT), "articles: a StringIO is an open file. Give its path, or the text: file.read()."),
        ("a\0b", "article 1: 'a\\x00b' contains a NUL character. Correct the path."),
    ],
)
def test_what_cannot_be_an_article_raises_an_error_that_says_what_to_give(
    given: object, message: str
) -> None:
    with pytest.raises(ArgumentError, match=re.escape(message)):
        parted(given)  # type: ignore[arg-type]


def test_a_table_is_not_taken_for_its_columns() -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame([{"text": TEXT, "id": "a"}])
    with pytest.raises(
        ArgumentError, match=re.escape('a DataFrame is a table. Give its rows: frame.to_dict("records")')
    ):
        parted(frame)
    assert [each.id for each in texts(frame.to_dict("records"))] == ["a"]
