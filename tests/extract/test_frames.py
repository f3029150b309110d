"""A frame contains its whole clause, and the claims of the clause are projections of the frame."""

from __future__ import annotations

import pytest

from kg import ontology, read
from kg.extract import read_all
from kg.extract.projections import PROJECTIONS
from kg.model import Factuality, Frame, Function, Reading
from tests.extract.cases import FOLDER, cases

TEXTS = (
    "Ana Ruiz turned the old hall into a school to help the town because it had none.",
    "In Lima Tom Reed told the delegates on Friday that Ana Ruiz had resigned.",
    "Norvex was not bought by Lumora.",
    "If Lumora sells the bridge, Ana Ruiz will leave.",
    "Ana Ruiz's visit to Lima ended quickly.",
)
SAMPLE = [case.text for path in sorted(FOLDER.glob("[acdp]*.md")) for case in cases(path)][::3]


@pytest.fixture(scope="module")
def readings() -> dict[str, Reading]:
    texts = dict.fromkeys([*TEXTS, *SAMPLE])
    found = read_all((read.from_text(text[:20], text) for text in texts), ontology.load())
    return {text: one for text, one in zip(texts, found, strict=True) if isinstance(one, Reading)}


def frame(reading: Reading, lemma: str) -> Frame:
    return next(one for one in reading.frames if one.lemma == lemma)


def parts(one: Frame) -> dict[tuple[Function, str], str]:
    return {(part.function, part.marker): part.argument.text for part in one.parts}


def test_a_frame_contains_its_whole_clause(readings: dict[str, Reading]) -> None:
    assert parts(frame(readings[TEXTS[0]], "turn")) == {
        (Function.WHO, ""): "Ana Ruiz",
        (Function.WHOM, ""): "the old hall",
        (Function.OBLIQUE, "into"): "a school",
        (Function.PURPOSE, "to"): "help the town",
        (Function.CAUSE, "because"): "it had none",
    }


def test_content_place_and_time_are_parts(readings: dict[str, Reading]) -> None:
    told = parts(frame(readings[TEXTS[1]], "tell"))
    assert told[Function.CONTENT, "that"] == "Ana Ruiz had resigned"
    assert told[Function.TIME, "on"] == "Friday"
    assert told[Function.PLACE, "in"] == "Lima"


def test_the_word_that_decides_the_factuality_is_the_scope(readings: dict[str, Reading]) -> None:
    denied = frame(readings[TEXTS[2]], "buy")
    assert denied.factuality is Factuality.NEGATED
    assert denied.scope is not None
    assert TEXTS[2][slice(*denied.scope)] == "not"


def test_a_condition_is_not_a_fact(readings: dict[str, Reading]) -> None:
    sold, left = (frame(readings[TEXTS[3]], lemma) for lemma in ("sell", "leave"))
    assert sold.factuality is Factuality.POSSIBLE
    assert left.factuality is not Factuality.ASSERTED
    assert (Function.CONDITION, "if") in parts(left)


def test_an_event_noun_has_a_frame(readings: dict[str, Reading]) -> None:
    assert frame(readings[TEXTS[4]], "visit").event >= 0


def test_every_claim_is_a_projection_of_its_frame(readings: dict[str, Reading]) -> None:
    table = {each.name: each for each in PROJECTIONS}
    for text, reading in readings.items():
        for claim in reading.claims:
            whole = reading.frames[claim.frame]
            assert claim.projection
            assert whole.sentence == claim.sentence
            if claim.projection in table and claim.subject.mention >= 0:
                found = {p.function for p in whole.parts if p.argument.mention == claim.subject.mention}
                assert not found or found & table[claim.projection].subject, (text, claim)
