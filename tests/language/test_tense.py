"""The tense of the clause around a time expression, from the parse."""

from collections.abc import Callable

import pytest

from kg import ontology
from kg.language import pipeline
from kg.language.tense import tense_of

LISTS = ontology.load().words

CASES = [
    ("Ana Ruiz opened the fair on Friday.", "past"),
    ("The fair was opened on Friday.", "past"),
    ("The fair had opened on Friday.", "past"),
    ("Ana Ruiz will open the fair on Friday.", "future"),
    ("Tom Reed said he would open the fair on Friday.", "future"),
    ("Ana Ruiz plans to open the fair on Friday.", "future"),
    ("Ana Ruiz is going to open the fair on Friday.", "future"),
    ("The vote is scheduled for Friday.", "future"),
    ("The vote, which was set for Friday, is off.", "future"),
    ("Tom Reed said the trial is set to begin on Friday.", "future"),
    ("Tom Reed, who resigned on Friday, will run again.", "past"),
    ("On Friday the two sides agreed to meet again.", "past"),
    ("Ana Ruiz to visit Lima on Friday", "future"),
    ("Shares rose on the expected announcement on Friday.", "future"),
    ("Police kept the roads closed until Friday.", ""),
    ("The fair opens on Friday.", "future"),
    ("Ana Ruiz is due to open the fair on Friday.", "future"),
    ("The deal is due on Friday.", "future"),
    ("The fair opens with what Tom Reed wrote on Friday.", "past"),
    ("Ana Ruiz remembers Friday.", ""),
    ("The fair has opened on Friday.", ""),
    ("Ana Ruiz opens the fair on Friday.", ""),
    ("The fair may open on Friday.", ""),
    ("The fair has been shut since Friday.", ""),
    ("Friday", ""),
]


@pytest.fixture(scope="module")
def tense() -> Callable[[str], str]:
    nlp = pipeline.load()

    def of(text: str) -> str:
        start = text.index("Friday")
        return tense_of(nlp(text), LISTS)(start, start + len("Friday"))

    return of


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_governing_verb_tells_the_tense(tense: Callable[[str], str], text: str, expected: str) -> None:
    assert tense(text) == expected


def test_span_that_cuts_a_word_is_widened() -> None:
    doc = pipeline.load()("Ana Ruiz opened the fair on Friday.")
    assert tense_of(doc, LISTS)(29, 31) == "past"


def test_no_text_has_no_tense() -> None:
    assert tense_of(pipeline.load()(""), LISTS)(0, 0) == ""
