"""The cache of answers."""

import pytest

from kg.serve import kept
from kg.serve.asked import Question, Reply
from kg.serve.kept import AnswerCache

CSV = "text/csv; charset=utf-8"
ROWS = Reply(CSV, b"n\r\n1\r\n")


def test_an_answer_is_cached_however_its_format_is_requested() -> None:
    held = AnswerCache()
    held.put(Question("SELECT 1", "text/csv"), ROWS)
    assert held.get(Question("SELECT 1", "text/csv;q=0.5, text/turtle")) is ROWS
    assert held.get(Question("SELECT 1", "", "csv")) is ROWS


@pytest.mark.parametrize(
    "other",
    [
        Question("SELECT 2", "text/csv"),
        Question("SELECT 1", "application/json"),
        Question("SELECT 1", "image/png"),
        Question("SELECT 1", "text/csv", default_graphs=("http://graph.example/",)),
        Question("SELECT 1", "text/csv", named_graphs=("http://graph.example/",)),
    ],
)
def test_another_query_or_format_is_a_cache_miss(other: Question) -> None:
    held = AnswerCache()
    held.put(Question("SELECT 1", "text/csv"), ROWS)
    assert held.get(other) is None


def test_triples_are_not_confused_with_rows() -> None:
    held = AnswerCache()
    answer = Reply("application/rdf+xml", b"<x/>", triples=True)
    held.put(Question("CONSTRUCT 1", "application/rdf+xml"), answer)
    assert held.get(Question("CONSTRUCT 1", "text/csv, application/rdf+xml")) is answer


def test_a_keyword_within_a_word_changes_nothing() -> None:
    held = AnswerCache()
    question = Question("SELECT ?known ?brand {} # nowhere", "text/csv")
    held.put(question, ROWS)
    assert held.get(question) is ROWS


@pytest.mark.parametrize(
    "text", ["SELECT (NOW() AS ?n) {}", "SELECT (rand() AS ?n) {}", "SELECT (StrUUID() AS ?n) {}"]
)
def test_changing_answers_are_not_cached(text: str) -> None:
    held = AnswerCache()
    held.put(Question(text, "text/csv"), ROWS)
    assert held.get(Question(text, "text/csv")) is None


def test_the_least_recently_used_are_evicted_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_MOST", 3500)  # bytes: enough for three answers
    held = AnswerCache()
    questions = [Question(f"SELECT {number}", "text/csv") for number in range(4)]
    for question in questions[:3]:
        held.put(question, ROWS)
    held.get(questions[0])
    held.put(questions[3], ROWS)
    assert [held.get(question) is not None for question in questions] == [True, False, True, True]


def test_a_very_long_answer_is_not_cached(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_LARGEST", 5)
    held = AnswerCache()
    held.put(Question("SELECT 1", "text/csv"), ROWS)
    assert held.get(Question("SELECT 1", "text/csv")) is None
