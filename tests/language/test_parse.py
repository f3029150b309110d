"""Sentences, tokens and quotations, before extraction."""

from __future__ import annotations

import pytest
from spacy.language import Language

from kg import ontology
from kg.language import pipeline, quotes

LISTS = ontology.load().words


@pytest.fixture(scope="module")
def nlp() -> Language:
    return pipeline.load()


def quoted(nlp: Language, text: str) -> list[tuple[str, bool]]:
    doc = next(pipeline.parse(nlp, [text], LISTS))
    return [(doc[q.start : q.end].text, q.continues) for q in quotes.find(doc)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“We will sign,” said Ana. “All of us.”", ["We will sign,", "All of us."]),
        ('"We will sign," said Ana. "All of us."', ["We will sign,", "All of us."]),
        ('Ana said: "We will sign."\n\nTom left.', ["We will sign."]),
        ("Ana said that she'd sign.", []),
    ],
)
def test_quotations(nlp: Language, text: str, words: list[str]) -> None:
    assert [words for words, _ in quoted(nlp, text)] == words


def test_a_quotation_continues_in_the_next_paragraph(nlp: Language) -> None:
    text = '"It was a hard day," said Ana. "We sang.\n\n"And then we slept."'
    assert quoted(nlp, text) == [
        ("It was a hard day,", False),
        ("We sang.", False),
        ("And then we slept.", True),
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            '"We lost. Reed\'s only worry was his knee. "We will go on," said Reed.',
            ["We lost.", "We will go on,"],
        ),
        (
            'Mr Reed said: "It is late. He said that Lima should wait. "My view is clear," he said.',
            ["It is late.", "My view is clear,"],
        ),
        # "He told us." may be part of the quotation, so it is no sentence of the article
        (
            '"We met Tom. He told us. "We will go on," said Reed.',
            ['We met Tom. He told us. "We will go on,'],
        ),
        ('"We lost. Lima won. "We will go on," said Reed.', ['We lost. Lima won. "We will go on,']),
    ],
)
def test_a_quotation_without_its_closing_mark(nlp: Language, text: str, words: list[str]) -> None:
    assert [words for words, _ in quoted(nlp, text)] == words


def test_a_continued_quotation_needs_no_opening_mark(nlp: Language) -> None:
    text = 'Ana said: "We sang.\n\nAnd then we slept." Tom left.'
    assert quoted(nlp, text) == [("We sang.", False), ("And then we slept.", True)]


def test_no_sentence_crosses_a_line_break(nlp: Language) -> None:
    doc = next(pipeline.parse(nlp, ["Mayor opens bridge\n\nAna Ruiz opened a bridge."], LISTS))
    assert [s.text.strip() for s in doc.sents] == ["Mayor opens bridge", "Ana Ruiz opened a bridge."]


def test_a_letter_that_ends_a_sentence_is_not_an_initial(nlp: Language) -> None:
    doc = next(pipeline.parse(nlp, ["She wrote on X. So did he. It was said by J. Smith."], LISTS))
    assert [t.text for t in doc if t.text.startswith(("X", "J"))] == ["X", "J."]


def test_a_prefix_stays_with_its_word(nlp: Language) -> None:
    doc = next(pipeline.parse(nlp, ["Only non-members pay 15 per cent."], LISTS))
    assert {"non-members", "per cent"} <= {t.text for t in doc}


@pytest.mark.parametrize(("form", "lemma"), [("fined", "fine"), ("hated", "hate"), ("planned", "plan")])
def test_lemmas_of_regular_verbs(nlp: Language, form: str, lemma: str) -> None:
    doc = next(pipeline.parse(nlp, [f"The court {form} the bank."], LISTS))
    assert doc[2].lemma_ == lemma


def test_runs_of_symbols_do_not_slow_the_tokenizer(nlp: Language) -> None:
    """Ten thousand brackets took spaCy 12 seconds; they are replaced by spaces, and offsets are unchanged."""
    text = "(" * 10_000 + " Ana Ruiz left."
    doc = next(pipeline.parse(nlp, [text], LISTS))
    assert len(doc) < 10
    assert doc.text[-9:] == text[-9:] and len(doc.text) == len(text)


def test_invalid_characters_are_skipped(nlp: Language) -> None:
    doc = next(pipeline.parse(nlp, ["Ana \ud800 left."], LISTS))
    assert len(doc.text) == len("Ana \ud800 left.")
