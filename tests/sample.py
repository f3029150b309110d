"""A small hand-made Knowledge, like the result of resolving two short articles.

Tests of the layers above `resolve` use it, so that they need neither spaCy nor an article.
"""

from dataclasses import replace

from kg.model import (
    Block,
    BlockKind,
    Conflict,
    Decision,
    DecisionKind,
    Dependence,
    DependenceKind,
    Document,
    Doubt,
    Entity,
    Event,
    Evidence,
    Factuality,
    Knowledge,
    Metadata,
    Reference,
    Role,
    Segment,
    Statement,
    Text,
    Time,
    Value,
)

FIRST = (
    "Ana Ruiz hosted Tom Reed in Lima on Monday. "
    "Reed said: “We will sign a treaty.” Ruiz did not sign the treaty."
)
SECOND = 'President Ana Ruiz of Peru met Mr Reed of "Alpine <Rail> & Co" in Lima.'


def _document(name: str, text: str, metadata: Metadata) -> Document:
    block = Block(BlockKind.PARAGRAPH, 0, len(text))
    return Document(name, text, (block,), (Segment(0, len(text), 0, len(text)),), metadata, digest="0" * 64)


def _evidence(
    document: str, text: str, start: int, end: int, rule: str, surface: str
) -> tuple[Evidence, ...]:
    return (Evidence(document, start, end, text[start:end], rule, 0.9, surface),)


def knowledge() -> Knowledge:
    """Seven entities, two events, eight statements of every factuality, one literal object."""
    a, b = "a.txt", "news/b.txt"
    both = (a, b)
    monday = Time("2026-01-12", "2026-01-12", "Monday")
    hosting = _evidence(a, FIRST, 0, 43, "active", "hosted")
    saying = _evidence(a, FIRST, 44, 79, "speech", "said")
    refusing = _evidence(a, FIRST, 80, len(FIRST), "active", "did not sign")
    meeting = _evidence(b, SECOND, 0, len(SECOND), "active", "met")
    title = _evidence(b, SECOND, 0, len(SECOND), "title", "President")
    entities = (
        Entity("Alpine_Rail_Co", "Alpine <Rail> & Co", "Company", (), (b,)),
        Entity("Ana_Ruiz", "Ana Ruiz", "Person", ("President Ana Ruiz", "Ruiz"), both),
        Entity("Lima", "Lima", "City", (), both),
        Entity("Peru", "Peru", "Country", ("Peruvian",), (b,)),
        Entity("President_of_Peru", "President of Peru", "Position", (), (b,)),
        Entity("Tom_Reed", "Tom Reed", "Person", ("Mr Reed", "Reed"), both),
        Entity("treaty-0a1b2c3d", "a treaty", "Thing", ("the treaty",), (a,), named=False),
    )
    events = (
        Event(
            "event-1111aaaa",
            "Ana Ruiz hosted Tom Reed",
            "Meeting",
            ((Role.AGENT, "Ana_Ruiz"), (Role.PATIENT, "Tom_Reed")),
            monday,
            "Lima",
            documents=(a,),
            evidence=hosting,
        ),
        Event(
            "event-2222bbbb",
            "Ana Ruiz met Tom Reed",
            "Meeting",
            ((Role.AGENT, "Ana_Ruiz"), (Role.PATIENT, "Tom_Reed")),
            None,
            "Lima",
            documents=(b,),
            evidence=meeting,
        ),
    )
    asserted = Factuality.ASSERTED
    statements = (
        Statement(
            "st-01",
            "Ana_Ruiz",
            "hosted",
            "Tom_Reed",
            asserted,
            0.9,
            hosting,
            "hosted",
            True,
            time=monday,
            place="Lima",
            event="event-1111aaaa",
        ),
        Statement(
            "st-02",
            "Tom_Reed",
            "said",
            Text("We will sign a treaty."),
            asserted,
            0.9,
            saying,
            "said",
            True,
        ),
        Statement(
            "st-03",
            "Tom_Reed",
            "signed",
            "treaty-0a1b2c3d",
            Factuality.REPORTED,
            0.6,
            saying,
            "signed",
            True,
            speaker="Tom_Reed",
        ),
        Statement(
            "st-04",
            "Ana_Ruiz",
            "signed",
            "treaty-0a1b2c3d",
            Factuality.NEGATED,
            0.8,
            refusing,
            "signed",
            True,
        ),
        Statement(
            "st-05",
            "Ana_Ruiz",
            "met",
            "Tom_Reed",
            asserted,
            0.85,
            meeting,
            "met",
            True,
            place="Lima",
            event="event-2222bbbb",
        ),
        Statement(
            "st-06",
            "Ana_Ruiz",
            "holdsPosition",
            "President_of_Peru",
            asserted,
            0.95,
            title,
            "holds position",
            True,
        ),
        Statement(
            "st-07",
            "Tom_Reed",
            "stopped-short-of",
            "treaty-0a1b2c3d",
            Factuality.POSSIBLE,
            0.4,
            saying,
            "stopped short of",
            False,
        ),
        Statement(
            "st-08",
            "Tom_Reed",
            "visited",
            "Lima",
            Factuality.PLANNED,
            0.7,
            meeting,
            "visited",
            True,
        ),
    )
    documents = (
        _document(a, FIRST, Metadata("Ruiz hosts Reed", "The Example", "", ("Jo Doe",), "2026-01-13")),
        _document(b, SECOND, Metadata("<script>alert(1)</script>", "Other Paper", "https://other.example/b")),
    )
    unasserted = (Doubt.NOT_ASSERTED,)
    told = tuple(s if s.factuality is asserted else replace(s, doubts=unasserted) for s in statements)
    return Knowledge(documents, entities, events, told)


def disputed() -> Knowledge:
    """`knowledge`, with dependences of the second article (on the first and on another newspaper), and with
    conflicts between the two articles about two things.
    """
    a, b = "a.txt", "news/b.txt"
    here = _evidence(a, FIRST, 0, 43, "active", "hosted")
    there = _evidence(b, SECOND, 0, len(SECOND), "active", "met")
    cited = _evidence(b, SECOND, 0, len(SECOND), "citation", "met")
    dependences = (
        Dependence("dependence-01", b, a, DependenceKind.CITES, cited, whole=False),
        Dependence("dependence-02", b, a, DependenceKind.COPIES, cited, share=0.5),
        Dependence("dependence-03", b, "Lima Post", DependenceKind.CREDITS, (), outside=True),
    )
    conflicts = (
        Conflict(
            "conflict-01",
            "event-1111aaaa",
            "date",
            "date",
            (
                Value("2026-01-12", "12 January 2026", (a,), here, datatype="date"),
                Value("2025", "2025", (b,), there, datatype="gYear"),
            ),
        ),
        Conflict(
            "conflict-02",
            "Alpine_Rail_Co",
            "type",
            "type",
            (Value("Company", "company", (a, b), here, 1), Value("Person", "person", (b,), there)),
        ),
        Conflict(
            "conflict-03",
            "event-2222bbbb",
            "place",
            "place",
            (Value("Lima", "Lima", (a,), here), Value("Peru", "Peru", (b,), there)),
        ),
    )
    decided = Decision(
        "decision-01",
        DecisionKind.MERGE,
        (Reference("Reed", ("a.txt",)), Reference("Tom Reed")),
        "",
        "Jo Doe",
        "2026-02-01",
        "one man",
        ("Tom_Reed",),
    )
    return replace(knowledge(), dependences=dependences, conflicts=conflicts, decisions=(decided,))
