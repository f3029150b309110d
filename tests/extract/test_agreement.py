"""How far a second parser confirms the parse of a claim."""

from dataclasses import replace

import pytest

from kg import ontology
from kg.extract import extract
from kg.extract.lexicon import Lexicon
from kg.language import pipeline, second_parse
from kg.language.reader import understand
from kg.model import Block, BlockKind, Claim, Document

TEXT = "The boat of Ana Ruiz hit Tom Reed in Lima."


@pytest.fixture(scope="module")
def nlp():  # type: ignore[no-untyped-def]
    return pipeline.load(pipeline.MD)


def claims(nlp, *, second: bool, wrong: tuple[str, ...] = ()) -> dict[str, Claim]:  # type: ignore[no-untyped-def]
    """Relation -> claim. The second parser agrees, except on the heads of the words that are `wrong`."""
    doc = next(pipeline.parse(nlp, [TEXT], ontology.load().words))
    if second:
        second_parse.keep(doc)
        held = second_parse.second(doc)
        assert held is not None
        heads = tuple(i if doc[i].text in wrong else head for i, head in enumerate(held.heads))
        doc.user_data |= {key: replace(held, heads=heads) for key in doc.user_data if key == "kg.second"}
    document = Document("a", TEXT, (Block(BlockKind.PARAGRAPH, 0, len(TEXT)),), ())
    knows = ontology.load()
    return {
        c.relation.text: c for c in extract(understand(doc, document, knows), knows, Lexicon(knows)).claims
    }


def test_without_a_second_parse_there_is_no_agreement(nlp) -> None:  # type: ignore[no-untyped-def]
    assert {claim.agreement for claim in claims(nlp, second=False).values()} == {None}


def test_the_same_parse_agrees(nlp) -> None:  # type: ignore[no-untyped-def]
    assert {claim.agreement for claim in claims(nlp, second=True).values()} == {1.0}


def test_only_the_path_to_the_ends_counts(nlp) -> None:  # type: ignore[no-untyped-def]
    assert claims(nlp, second=True, wrong=("The", "of", "Tom"))["hit"].agreement == 1
    assert claims(nlp, second=True, wrong=("boat",))["hit"].agreement == 0.667
    assert claims(nlp, second=True, wrong=("boat", "Reed", "The"))["hit"].agreement == 0.333
