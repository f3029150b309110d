"""Events over time, by person: one page that needs no script.

A row for each of the people (or, where there are none, other things) that take part in most, a column for
each date that occurs, a mark for each event; below, the events with their sentences. What has no date is
not on the timeline; the page says how many that are.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from kg.model import Event, Evidence, Factuality, Knowledge
from kg.ontology import Ontology
from kg.write.markup import Child, Element, el, page
from kg.write.page.words import ROLES, date, surface, web_address, when

LANES = 14  # at most: what fits on a page
LANE, STEP, HEAD, TAIL = 34, 56, 96, 70  # pixels: row, column, room for dates above and to the right
LETTER = 8  # pixels of a letter of a name
SEEN = 40  # columns of one drawing; more are drawn below one another


def timeline(knowledge: Knowledge, ontology: Ontology) -> str:
    dated = sorted((event for event in knowledge.events if _day(event)), key=lambda e: (_day(e), e.id))
    lanes = _lanes(knowledge, ontology, dated)
    shown = [event for event in dated if _takers(event) & set(lanes)]
    days = sorted({_day(event) for event in shown})
    charts = [
        _chart(knowledge, lanes, days[start : start + SEEN], shown) for start in range(0, len(days), SEEN)
    ]
    undated = len(knowledge.events) - len(dated)
    note = f"Dated events: {len(shown)}, of {len(lanes)} people and things. Without a date: {undated}."
    body: list[Child] = [el("h1", "Timeline"), el("p", note, class_="quiet"), *charts]
    for day in days:
        body.append(el("h2", date(day)))
        body.extend(_entry(knowledge, event) for event in shown if _day(event) == day)
    if not shown:
        body.append(el("p", "No event of these articles has a date."))
    return page("Timeline", *body)


def _day(event: Event) -> str:
    return event.time.start or event.time.end if event.time else ""


def _takers(event: Event) -> set[str]:
    return {other for _, other in event.participants}


def _lanes(knowledge: Knowledge, ontology: Ontology, events: Sequence[Event]) -> list[str]:
    """Who takes part in most, people before others."""
    count = Counter(other for event in events for other in sorted(_takers(event)))
    things = {entity.id: entity for entity in knowledge.entities if entity.named}
    people = [key for key in count if key in things and ontology.is_a(things[key].type, "Person")]
    agents = [key for key in count if key in things and ontology.is_a(things[key].type, "Agent")]
    ranked = sorted(people or agents or [k for k in count if k in things], key=lambda key: (-count[key], key))
    return ranked[:LANES]


def _chart(
    knowledge: Knowledge, lanes: Sequence[str], days: Sequence[str], events: Sequence[Event]
) -> Element:
    things = knowledge.nodes()
    left = 24 + LETTER * max(len(_short(things[key].label)) for key in lanes)
    column = {day: left + number * STEP + STEP // 2 for number, day in enumerate(days)}
    right, height = left + len(days) * STEP, HEAD + len(lanes) * LANE + 10
    drawn: list[Child] = [el("title", "Events over time, by person; the same follows as text.")]
    for day, x in column.items():
        drawn.append(el("line", x1=x, y1=HEAD - 6, x2=x, y2=height, class_="rule"))
        drawn.append(
            el("text", date(day), x=x, y=HEAD - 12, transform=f"rotate(-38 {x} {HEAD - 12})", class_="day")
        )
    spots: dict[tuple[str, str], list[Event]] = defaultdict(list)
    for event in events:
        for key in sorted(_takers(event)):
            if _day(event) in column:
                spots[key, _day(event)].append(event)
    for number, key in enumerate(lanes):
        y = HEAD + number * LANE + LANE // 2
        drawn.append(el("text", _short(things[key].label), x=left - 14, y=y + 5, class_="lane"))
        drawn.append(el("line", x1=left, y1=y, x2=right, y2=y, class_="rule"))
        for day, x in column.items():
            here = spots.get((key, day), [])
            if here:
                drawn.append(_mark(here, x, y))
    return el(
        "div",
        el(
            "svg",
            *drawn,
            viewBox=f"0 0 {right + TAIL} {height}",
            width=right + TAIL,
            height=height,
            role="img",
        ),
        class_="wide",
        tabindex=0,
        role="region",
        **{"aria-label": "Timeline"},
    )


def _mark(events: Sequence[Event], x: int, y: int) -> Element:
    """A dot that leads to the first of the events; hollow if none of them is said to have happened."""
    sure = any(event.factuality == Factuality.ASSERTED for event in events)
    words = "; ".join(event.label for event in events)
    dot = el(
        "circle",
        el("title", words),
        cx=x,
        cy=y,
        r=min(14, 6 + 2 * (len(events) - 1)),
        class_="sure" if sure else "open",
    )
    number = el("text", str(len(events)), x=x, y=y + 4, class_="number") if len(events) > 1 else None
    return el("a", dot, number, href=f"#{events[0].id}", **{"aria-label": words})


def _entry(knowledge: Knowledge, event: Event) -> Element:
    things = knowledge.nodes()
    taken = [f"{ROLES[role]}: {things[other].label}" for role, other in event.participants]
    place = [f"where: {things[event.place].label}"] if event.place else []
    mood = [str(event.factuality)] if event.factuality != Factuality.ASSERTED else []
    facts = " · ".join([*mood, when(event.time), *taken, *place])
    return el(
        "article",
        el("h3", event.label),
        el("p", facts, class_="quiet"),
        *(quote(knowledge, piece) for piece in _each_once(event.evidence)),
        id=event.id,
    )


def quote(knowledge: Knowledge, evidence: Evidence) -> Element:
    """A sentence with the words of its relation marked, and its article."""
    words, text = surface(evidence), evidence.sentence
    at = text.find(words) if words else -1
    marked: list[Child] = [text] if at < 0 else [text[:at], el("mark", words), text[at + len(words) :]]
    return el("blockquote", *marked, el("footer", *source(knowledge, evidence.document)))


def source(knowledge: Knowledge, name: str) -> list[Child]:
    """Title (a link where the article has an address), publisher, date, file."""
    document = next(document for document in knowledge.documents if document.id == name)
    metadata = document.metadata
    title, url = metadata.title or document.id, web_address(metadata.url)
    rest = [metadata.publisher, date(metadata.date) or "no date", document.id if title != document.id else ""]
    head: Child = el("a", title, href=url, rel="noopener noreferrer") if url else title
    return [head, f" · {' · '.join(filter(None, rest))}"]


def _each_once(evidence: Sequence[Evidence]) -> list[Evidence]:
    """A sentence that two rules read stands once."""
    return list({(piece.document, piece.start): piece for piece in reversed(evidence)}.values())[::-1]


def _short(label: str) -> str:
    return label if len(label) <= 24 else f"{label[:23]}…"
