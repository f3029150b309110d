"""The factuality of a clause is stored with the word that decides it."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc, Token

from kg import ontology, read
from kg.extract import clauses
from kg.extract.clauses.clause import Clause, Context
from kg.extract.reality.factuality import status
from kg.extract.reality.quoting import Speech
from kg.language import pipeline
from kg.language.reader import understand

# The sentence, the verb, and the word that decides its factuality ("" if there is none).
CASES = (
    ("Ana Ruiz signed the treaty.", "signed", ""),
    ("Ana Ruiz did not sign the treaty.", "sign", "not"),
    ("No minister signed the treaty.", "signed", "No"),
    ("Ana Ruiz no longer owns the mill.", "owns", "longer"),
    ("Ana Ruiz failed to sign the treaty.", "sign", "failed"),
    ("Ana Ruiz may sign the treaty.", "sign", "may"),
    ("Ana Ruiz will sign the treaty.", "sign", "will"),
    ("The Norvale Herons travel to Lima on Wednesday.", "travel", "Wednesday"),
    ("The Norvale Herons leave for Peru on 24 May, with the first match on 25 June.", "leave", "May"),
    ("The Norvale Herons left for Peru on 24 May.", "left", ""),
    ("Ana Ruiz plays the flute on Sundays.", "plays", ""),
    ("If Ana Ruiz signs the treaty, Tom Reed will resign.", "signs", "If"),
    ("Ana Ruiz plans to sign the treaty.", "sign", "plans"),
    ("Tom Reed said that Ana Ruiz signed the treaty.", "signed", "said"),
    ("“Ana Ruiz signed the treaty on Monday,” said Tom Reed.", "signed", "said"),
    ("Ana Ruiz signed the treaty, according to Tom Reed.", "signed", "according"),
    ("Ana Ruiz allegedly sold the mill.", "sold", "allegedly"),
    ("Tom Reed left without signing the treaty.", "signing", "without"),
    ("Ana Ruiz did not say that Tom Reed signed the treaty.", "signed", "not"),
)


@pytest.fixture(scope="module")
def docs() -> dict[str, Doc]:
    texts = [text for text, *_ in CASES]
    return dict(zip(texts, pipeline.parse(pipeline.load(), texts, ontology.load().words), strict=True))


@pytest.mark.parametrize(("text", "verb", "word"), CASES, ids=[text for text, *_ in CASES])
def test_the_deciding_word(text: str, verb: str, word: str, docs: dict[str, Doc]) -> None:
    parsed = understand(docs[text], read.from_text("a", text), ontology.load())

    def clause_of(token: Token) -> Clause:
        clause = Clause(token)
        for construction in clauses.CONSTRUCTIONS:
            clause = construction.read(clause, context)
        return clause

    context = Context(parsed, ontology.load(), clause_of)
    asked = next(token for token in parsed.doc if token.text == verb)
    scope = status(asked, context, Speech(context)).scope
    assert (scope.text if scope is not None else "") == word
