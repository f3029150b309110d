"""JSON Lines: each line is an article, or a problem with the line number."""

from __future__ import annotations

import io
import json

import pytest

from kg.model import Document, Problem
from kg.read import json_lines

TEXT = "Ana Ruiz met Tom Reed."


def read(*lines: str | bytes) -> list[Document | Problem]:
    data = b"\n".join(line if isinstance(line, bytes) else line.encode() for line in lines)
    return list(json_lines.documents(io.BytesIO(data), "news.jsonl", set()))


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (json.dumps({"id": "\ud800", "text": TEXT}), "not text, or longer than 4,096 characters"),
        (json.dumps({"id": "a" * 5000, "text": TEXT}), "not text, or longer than 4,096 characters"),
        (json.dumps({"id": " ", "text": TEXT}), "is empty"),
        ('{"id": "a", "text": ' + "9" * 6000 + "}", "a number of too many digits"),
        ("[" * 100_000, "is nested too deeply"),
        (b'{"id": "\xff"}', "is not UTF-8 (byte 8)"),
        (json.dumps({"id": "a", "text": TEXT, "date": "٢٠٢٦"}), 'has a "date" that is not like'),
    ],
)
def test_a_file_without_an_article_is_reported_and_the_next_is_read(line: str | bytes, words: str) -> None:
    problem, after = read(line, json.dumps({"id": "b", "text": TEXT}))
    assert isinstance(problem, Problem)
    assert problem.path == "news.jsonl, line 1"
    assert words in problem.what
    assert isinstance(after, Document)


def test_very_long_lines_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_lines, "MAX_LINE", 1000)
    long = json.dumps({"id": "a", "text": TEXT * 1000})
    problem, after = read(long, json.dumps({"id": "b", "text": TEXT}))
    assert isinstance(problem, Problem)
    assert "is longer than" in problem.what
    assert isinstance(after, Document)


def test_characters_that_no_file_can_contain_are_replaced() -> None:
    """JSON can express lone surrogates; the files of a build cannot contain them."""
    row = {"id": "a", "text": f"{TEXT}\ud800", "title": "\ud800", "author": "\udfff", "url": "a:\ud800"}
    (found,) = read(json.dumps(row))
    assert isinstance(found, Document)
    repr((found.text, found.metadata)).encode()
    assert found.metadata.title == "\ufffd"
    assert len(found.text) == len(TEXT) + 1
