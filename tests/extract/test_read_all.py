"""An error in one document is a value; the others are read."""

from __future__ import annotations

import logging

import pytest

from kg import ontology
from kg.extract import read_all
from kg.extract.examples import misread
from kg.language import pipeline
from kg.language.pipeline import ParserError
from kg.model import Problem, Reading
from kg.read import from_text
from tests.failing import PARTS, fail

pytestmark = pytest.mark.slow

PLACES = ("Lima", "Oslo", "Quito", "Bergen", "Cusco")


def results() -> list[Reading | Problem]:
    documents = [from_text(place, f"Ana Ruiz met Tom Reed in {place}.") for place in PLACES]
    return list(read_all(documents, ontology.load()))


@pytest.mark.parametrize("part", PARTS)
def test_results_are_in_the_order_of_documents(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "BATCH", 2)
    usual = results()
    fail(monkeypatch, part, "Bergen", ValueError("no such\nplace."))
    problem = Problem(
        "Bergen",
        "makes kg fail (ValueError: no such place)",
        "This is a bug in kg: please report it, with the article if you may.",
    )
    assert results() == [*usual[:3], problem, *usual[4:]]


@pytest.mark.parametrize(
    ("error", "what"),
    [
        (AssertionError(), "makes kg fail (AssertionError)"),
        (ValueError("word " * 1000), f"makes kg fail (ValueError:{' word' * 37} …)"),
        (RecursionError("too deep"), "makes kg fail (RecursionError: too deep)"),
        (MemoryError(), "takes more memory than there is: it holds 30 characters of text"),
    ],
)
def test_the_error_is_reported_briefly(error: Exception, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    fail(monkeypatch, "extract", "Oslo", error)
    assert [result.what for result in results() if isinstance(result, Problem)] == [what]


def test_a_batch_that_takes_too_much_memory_is_parsed_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    usual, parse = results(), pipeline.parse

    def greedy(nlp, texts, words):  # type: ignore[no-untyped-def]
        given = list(texts)
        if len(given) > 1:
            raise MemoryError
        return parse(nlp, given, words)

    monkeypatch.setattr(pipeline, "parse", greedy)
    assert results() == usual


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit])
def test_an_interrupt_stops_the_run(
    part: str, error: type[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    fail(monkeypatch, part, "Oslo", error())
    with pytest.raises(error):
        results()


def test_a_missing_parser_is_not_a_problem_of_one_document() -> None:
    with pytest.raises(ParserError):
        next(read_all([from_text("a", "Ana Ruiz left.")], ontology.load(), "no_such_parser"))


def test_the_traceback_is_in_the_log(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    fail(monkeypatch, "understand", "Oslo", ValueError("no such place"))
    results()
    assert not caplog.records
    with caplog.at_level(logging.DEBUG, "kg"):
        results()
    assert "Oslo cannot be read\nTraceback" in caplog.text
    assert "ValueError: no such place" in caplog.text


@pytest.mark.parametrize("name", ["example", "counterExample"])
def test_an_example_on_which_kg_fails_counts_as_misread(name: str, tmp_path, monkeypatch) -> None:
    own = tmp_path / "own.ttl"
    own.write_text(
        f"""@prefix kg: <https://kg.example/ontology#> . @prefix my: <https://my.example/> .
        my:ogled a kg:Relation ; kg:verb "ogle" ; kg:{name} "Ana Ruiz left Oslo." .""",
        encoding="utf-8",
    )
    fail(monkeypatch, "extract", "Oslo", ValueError("no such place"))
    words = ontology.load([own])
    (found,) = misread([words.relations["https://my.example/ogled"]], words)
    assert found.problem and "no such place" in found.problem.what
