"""A reading becomes the documented row."""

from __future__ import annotations

from kg.model import (
    Argument,
    Block,
    BlockKind,
    Claim,
    Document,
    Factuality,
    Mention,
    MentionKind,
    Reading,
    Relation,
    Role,
    Segment,
    TimeExpression,
)
from kg.resolve.chains.marks import Link
from kg.write.extracted import row

TEXT = "Reed said Ruiz resigned Monday."


def argument(words: str, role: Role) -> Argument:
    start = TEXT.index(words)
    return Argument(start, start + len(words), words, role)


def mention(words: str, kind: MentionKind) -> Mention:
    start = TEXT.index(words)
    end = start + len(words)
    return Mention(start, end, words, kind, "Person", head_start=start, head_end=end, sentence=0)


def reading(*claims: Claim) -> Reading:
    document = Document(
        "a.html",
        TEXT,
        (Block(BlockKind.PARAGRAPH, 0, len(TEXT)),),
        (Segment(0, len(TEXT), 100, len(TEXT)),),  # the article begins after 100 characters of markup
    )
    mentions = (mention("Reed", MentionKind.NAME), mention("resigned", MentionKind.EVENT))
    return Reading(document, (), mentions, (TimeExpression(24, 30, "Monday", "DATE", "2026-01-12"),), claims)


RESIGNED = Relation(15, 23, "resigned", "resigned-today", "resigned", known=False)


def test_offsets_refer_to_the_given_text() -> None:
    links = [
        Link(0, 4, MentionKind.NAME, "Person", "Tom_Reed"),
        Link(15, 23, MentionKind.EVENT, "Event", "event-1"),
    ]
    made = row(reading(), links)
    assert made["id"] == "a.html"
    assert made["mentions"] == [
        {"start": 100, "end": 104, "kind": "entity", "type": "Person", "cluster": "Tom_Reed"},
        {"start": 115, "end": 123, "kind": "event", "type": "Event", "cluster": "event-1"},
    ]
    assert made["times"] == [{"start": 124, "end": 130, "type": "DATE", "value": "2026-01-12"}]


def test_a_claim_names_its_ends_its_relation_and_its_speaker() -> None:
    speaker = argument("Reed", Role.AGENT)
    claim = Claim(
        argument("Ruiz", Role.AGENT),
        RESIGNED,
        argument("Monday", Role.TIME),
        0,
        "speech+active",
        0.7,
        Factuality.REPORTED,
        speaker,
        frame=0,
        projection="content",
    )
    assert row(reading(claim), [])["claims"] == [
        {
            "subject": {"start": 110, "end": 114, "text": "Ruiz", "role": "agent"},
            "relation": {
                "start": 115,
                "end": 123,
                "text": "resigned",
                "id": "https://kg.example/relation/resigned-today",
            },
            "object": {"start": 124, "end": 130, "text": "Monday", "role": "time"},
            "factuality": "reported",
            "speaker": {"start": 100, "end": 104, "text": "Reed"},
            "confidence": 0.7,
            "rule": "speech+active",
            "projection": "content",
            "frame": 0,
        }
    ]


def test_a_clause_without_an_object_has_an_empty_one() -> None:
    bare = Claim(argument("Ruiz", Role.AGENT), RESIGNED, None, 0, "active", 0.9)
    (claim,) = row(reading(bare), [])["claims"]
    assert claim["object"] == {"start": 123, "end": 123, "text": "", "role": "other"}
    assert claim["speaker"] is None


def test_a_clause_has_no_row_where_another_claim_completes_it() -> None:
    bare = Claim(argument("Ruiz", Role.AGENT), RESIGNED, None, 0, "active", 0.9)
    whole = Claim(argument("Ruiz", Role.AGENT), RESIGNED, argument("Monday", Role.TIME), 0, "active", 0.9)
    claims = row(reading(bare, whole), [])["claims"]
    assert [claim["object"]["text"] for claim in claims] == ["Monday"]
