"""Synthetic graphs for the tests of the page: large, hostile, small."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

from kg.model import (
    Block,
    BlockKind,
    Document,
    Doubt,
    Entity,
    Event,
    Evidence,
    Factuality,
    Knowledge,
    Metadata,
    Role,
    Segment,
    Statement,
    Text,
    Time,
)
from tests.sample import knowledge


def invented(people: int, statements: int, articles: int = 5) -> Knowledge:
    """A synthetic graph of some size; equal arguments give equal graphs."""
    dice = random.Random(7)
    first = ("Ana", "Tom", "Mira", "Jon", "Edda", "Luc", "Noor", "Paul", "Sefa", "Ines")
    last = ("Ruiz", "Reed", "Sole", "Brandt", "Okoro", "Lind", "Varga", "Moss", "Tamm", "Costa", "Weld")
    kinds = {
        "Person": [f"{one} {two}" for two in last for one in first],
        "Country": ["Borland", "Estmark", "Verdania", "Republic of the Outer Hollow Isles"],
        "City": ["Port Amber", "Lowick", "Sankt Odil", "Grand Mere"],
        "Company": [f"{name} Rail & Co" for name in last],
        "GovernmentBody": [
            f"Ministry of {what}" for what in ("Ferries", "Salt", "Weather and Inland Waterways")
        ],
        "Position": ["Mayor of Lowick", "Mayor of Port Amber"],
        "CreativeWork": ["The Amber Song", "Nine Bridges"],
        "Topic": ["ferry safety", "river trade"],
    }
    used: Counter[str] = Counter()
    weights = (12, 2, 2, 2, 2, 1, 1, 1)
    names = tuple(f"news/{number:03}.txt" for number in range(articles))

    def some(limit: int) -> tuple[str, ...]:
        return tuple(sorted(dice.sample(names, dice.randint(1, min(limit, articles)))))

    entities: dict[str, Entity] = {}
    for number in range(people):
        kind = dice.choices(list(kinds), weights)[0]
        turn, index = divmod(used[kind], len(kinds[kind]))
        used[kind] += 1
        label, key = kinds[kind][index] + (f" {turn + 1}" if turn else ""), f"e{number:04}"
        entities[key] = Entity(key, label, kind, (label.split()[-1],) if " " in label else (), some(4))
    for number in range(people // 4):
        key = f"u{number:04}"
        label = ("a series of late talks on the ferry line", "the two delegations", "a plan")[number % 3]
        entities[key] = Entity(key, label, "Thing", (), some(1), named=False)

    keys = sorted(entities)
    favourites = [1 / (rank + 1) ** 0.8 for rank in range(len(keys))]
    relations = ("met", "hosted", "visited", "works for", "criticised", "signed", "is located in", "praised")
    moods = dice.choices(list(Factuality), (70, 12, 8, 5, 5), k=statements)
    found, events = [], []
    for number, mood in enumerate(moods):
        subject, other = dice.choices(keys, favourites, k=2)
        label = dice.choice(relations)
        evidence = tuple(
            Evidence(
                name,
                100 * number,
                100 * number + 80,
                f"{entities[subject].label} {label} {entities[other].label}, the harbour office said.",
                "active",
                0.8,
                label,
            )
            for name in some(3)
        )
        when = Time("2026-01-12", "2026-01-12", "Monday") if number % 3 == 0 else None
        event = ""
        if number % 5 == 0:
            event = f"ev{number:04}"
            takers = tuple(sorted({(Role.AGENT, subject), (Role.PATIENT, other)}))
            events.append(
                Event(
                    event,
                    f"meeting {number}",
                    "Meeting",
                    takers,
                    when,
                    documents=(evidence[0].document,),
                    evidence=evidence,
                )
            )
        found.append(
            Statement(
                f"st-{number:05}",
                subject,
                label.replace(" ", "-"),
                Text("We will mend the ferry before the ice comes.") if number % 11 == 0 else other,
                mood,
                0.4 + 0.5 * dice.random(),
                evidence,
                label,
                True,
                speaker=dice.choice(keys) if mood is Factuality.REPORTED else "",
                time=when,
                event=event,
                independent=len(evidence),
                doubts=() if mood is Factuality.ASSERTED else (Doubt.NOT_ASSERTED,),
            )
        )
    block = Block(BlockKind.PARAGRAPH, 0, 4)
    documents = tuple(
        Document(
            name,
            "text",
            (block,),
            (Segment(0, 4, 0, 4),),
            Metadata(
                f"Ferry talks, day {number}",
                "The Lowick Gazette",
                f"https://gazette.example/{number}",
                (),
                f"2026-01-{number % 28 + 1:02}",
            ),
        )
        for number, name in enumerate(names)
    )
    return Knowledge(documents, tuple(entities[key] for key in keys), tuple(events), tuple(found))


HOSTILE = (
    "<img src=x onerror=hacked()> </script><script>hacked()</script> <!--<script> javascript:hacked() "
    "<a href='javascript:hacked()'>href</a> {{7*7}} $data ${hacked()} \u2028\u2029 \x00\ud800 & &lt;b&gt;"
)


def hostile() -> Knowledge:
    """The sample with every text replaced by one with markup, script or template syntax."""
    known = knowledge()

    def spoil(evidence: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
        return tuple(replace(piece, sentence=HOSTILE, surface="<script>") for piece in evidence)

    time = Time("<b>", "2026-99-99", HOSTILE)
    return Knowledge(
        tuple(
            replace(document, metadata=Metadata(HOSTILE, HOSTILE, "javascript:hacked()", (HOSTILE,), HOSTILE))
            for document in known.documents
        ),
        tuple(replace(entity, label=HOSTILE, aliases=(HOSTILE,)) for entity in known.entities),
        tuple(
            replace(event, label=HOSTILE, time=time, evidence=spoil(event.evidence)) for event in known.events
        ),
        tuple(
            replace(
                statement,
                label=HOSTILE,
                time=time,
                evidence=spoil(statement.evidence),
                object=statement.object if isinstance(statement.object, str) else Text(HOSTILE),
            )
            for statement in known.statements
        ),
    )


def several(sentence: str = "", surface: str = "") -> Knowledge:
    """Two things, two plain facts and a claim between them."""
    known = knowledge()
    facts = [replace(known.statements[0], event=""), replace(known.statements[4], event="")]
    if sentence:
        told = replace(facts[0].evidence[0], sentence=sentence, surface=surface)
        facts[0] = replace(facts[0], evidence=(told,))
    claim = replace(facts[0], id="st-20", subject="Tom_Reed", object="Ana_Ruiz", label="praised")
    claim = replace(claim, factuality=Factuality.REPORTED, speaker="Tom_Reed")
    people = tuple(entity for entity in known.entities if entity.id in ("Ana_Ruiz", "Tom_Reed", "Lima"))
    return replace(known, entities=people, events=(), statements=(*facts, claim))


def pair() -> Knowledge:
    """Two things and one relation: its middle is the middle of the drawing."""
    known = knowledge()
    return replace(
        known,
        entities=tuple(entity for entity in known.entities if entity.id in ("Ana_Ruiz", "Tom_Reed", "Lima")),
        events=(),
        statements=(replace(known.statements[0], event=""),),
    )
