"""Texts that can be read without their article: glosses in brackets, and unresolved references."""

import pytest

from kg import ontology
from kg.model import Argument, Claim, Doubt, MentionKind, Reading, Relation, Role
from kg.resolve.nodes import Nodes
from kg.resolve.statements.glosses import glossed
from tests.resolve.helper import reading


def claim_of(article: Reading, said: str) -> Claim:
    """The claim that Reed said the words `said`; all descriptions in these words need a gloss."""
    start = article.document.text.index(said)
    inside = [
        i
        for i, m in enumerate(article.mentions)
        if m.kind is MentionKind.NOMINAL and start <= m.start < start + len(said)
    ]
    subject = Argument(0, 4, "Reed", Role.AGENT, mention=0)
    content = Argument(start, start + len(said), said, Role.CONTENT, needs=tuple(inside))
    return Claim(subject, Relation(5, 9, "said", "said", "said", True), content, 0, "speech", 0.9)


@pytest.mark.parametrize(
    ("marked", "said", "points"),
    [
        ("[Reed:Person] said [the execution:thing.Thing] was hard", "the execution was hard", True),
        ("[Reed:Person] said they let [this menace:thing.Thing] grow", "they let this menace grow", True),
        ("[Reed:Person] said Ana feared [the menace:thing.Thing]", "Ana feared the menace", False),
        ("[Reed:Person] said Ms. Ruiz feared [this menace:thing.Thing]", "Ms. Ruiz feared this menace", True),
        (
            "[Reed:Person] said Ana mended [the remaining eight roads:thing.Thing plural]",
            "Ana mended the remaining eight roads",
            True,
        ),
        ("[Reed:Person] said [the private sector:thing.Thing] grew", "the private sector grew", False),
        ("[Reed:Person] said Ana feared [this moment:thing.Thing]", "Ana feared this moment", False),
        (
            "[Reed:Person] said [plants:thing.Thing plural] cost much; [these tools:thing.Thing plural] fail",
            "plants cost much; these tools fail",
            False,
        ),
        (
            "[Reed:Person] said “I like snow. [This passion:thing.Thing] is old”",
            "I like snow. This passion is old",
            False,
        ),
    ],
)
def test_a_text_with_unresolved_references_is_not_a_fact(marked: str, said: str, *, points: bool) -> None:
    article = reading("a.txt", marked)
    claim, left_open = glossed(
        article, Nodes({}, {}, {}), claim_of(article, said), {}, {}, set(), {}, ontology.load()
    )
    assert left_open == marked.count("thing.")
    assert (Doubt.POINTING in claim.lost) == points


@pytest.mark.parametrize("named", [True, False])
def test_glosses_explain_identified_references(*, named: bool) -> None:
    article = reading("a.txt", "[Reed:Person] said [the government:thing.Organization] paid")
    claim, left_open = glossed(
        article,
        Nodes({1: "gov"}, {}, {}),
        claim_of(article, "the government paid"),
        {"gov": "Peruvian government"},
        {"gov": named},
        set(),
        {},
        ontology.load(),
    )
    assert claim.object is not None
    assert claim.object.text == "the government [Peruvian government] paid"
    assert (left_open, claim.lost) == (0, ())
