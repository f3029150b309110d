"""Events over time, by person: a page without scripts.

A row for each of the people (or, if there are none, other things) in the most events, a column for each date,
a mark for each event; below, the events with their sentences. An undated event is placed at the date of its
first article and marked so; events without any date are not on the timeline, and the page gives their number.
A drawing is as wide as the page; further dates continue below.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from textwrap import wrap

from kg.model import Event, Evidence, Factuality, Knowledge
from kg.ontology import Ontology
from kg.write.markup import Child, Element, el, page
from kg.write.page.words import ROLES, date, surface, web_address, when

LANES = 14  # maximum that fits on a page
LANE, STEP, HEAD, TAIL = 34, 56, 96, 70  # pixels: row, column, room for dates above and to the right
LETTER = 8  # pixels of a letter of a name
NAME = 28  # letters of a row of a name: two rows at most
WIDE = 960  # pixels: the page


def timeline(knowledge: Knowledge, ontology: Ontology) -> str:
    days = _days(knowledge)
    dated = sorted(
        (event for event in knowledge.events if event.id in days), key=lambda e: (days[e.id], e.id)
    )
    lanes = _lanes(knowledge, ontology, dated)
    shown = [event for event in dated if _takers(event) & set(lanes)]
    columns = sorted({days[event.id] for event in shown})
    left = _left(knowledge, lanes)
    seen = max(4, (WIDE - left - TAIL) // STEP)
    charts = [
        _chart(knowledge, lanes, columns[start : start + seen], shown, days)
        for start in range(0, len(columns), seen)
    ]
    undated = len(knowledge.events) - len(dated)
    borrowed = sum(not _day(event) for event in shown)
    note = f"Dated events: {len(shown)}, of {len(lanes)} people and things. Without a date: {undated}."
    if borrowed:
        note += f" {borrowed} of them are undated and placed at the date of their article (dashed marks)."
    body: list[Child] = [el("h1", "Timeline"), el("p", note, class_="quiet"), *charts]
    for day in columns:
        body.append(el("h2", date(day)))
        body.extend(_entry(knowledge, event) for event in shown if days[event.id] == day)
    if not shown:
        body.append(el("p", "No event of these articles has a date."))
    return page("Timeline", *body)


def _days(knowledge: Knowledge) -> dict[str, str]:
    """Event -> its day, otherwise that of its first dated article."""
    published = {document.id: document.metadata.date for document in knowledge.documents}
    found: dict[str, str] = {}
    for event in knowledge.events:
        told = sorted(published[name] for name in event.documents if published.get(name))
        if day := _day(event) or next(iter(told), ""):
            found[event.id] = day
    return found


def _day(event: Event) -> str:
    return event.time.start or event.time.end if event.time else ""


def _takers(event: Event) -> set[str]:
    return {other for _, other in event.participants}


def _lanes(knowledge: Knowledge, ontology: Ontology, events: Sequence[Event]) -> list[str]:
    """The participants in the most events, people first."""
    count = Counter(other for event in events for other in sorted(_takers(event)))
    things = {entity.id: entity for entity in knowledge.entities if entity.named}
    people = [key for key in count if key in things and ontology.is_a(things[key].type, "Person")]
    agents = [key for key in count if key in things and ontology.is_a(things[key].type, "Agent")]
    ranked = sorted(people or agents or [k for k in count if k in things], key=lambda key: (-count[key], key))
    return ranked[:LANES]


def _left(knowledge: Knowledge, lanes: Sequence[str]) -> int:
    """The width of the names in pixels."""
    things = knowledge.nodes()
    return 24 + LETTER * max((len(row) for key in lanes for row in _rows(things[key].label)), default=0)


def _chart(
    knowledge: Knowledge,
    lanes: Sequence[str],
    days: Sequence[str],
    events: Sequence[Event],
    day_of: Mapping[str, str],
) -> Element:
    things = knowledge.nodes()
    left = _left(knowledge, lanes)
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
            if day_of[event.id] in column:
                spots[key, day_of[event.id]].append(event)
    for number, key in enumerate(lanes):
        y = HEAD + number * LANE + LANE // 2
        rows = _rows(things[key].label)
        for row, words in enumerate(rows):
            down = y + 5 + 15 * row - 7 * (len(rows) - 1)
            drawn.append(el("text", words, x=left - 14, y=down, class_="lane"))
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
    """A dot that links to the first of the events; hollow if none is asserted, dashed if none has its own
    date.
    """
    sure = any(event.factuality == Factuality.ASSERTED for event in events)
    words = "; ".join(event.label for event in events)
    dot = el(
        "circle",
        el("title", words),
        cx=x,
        cy=y,
        r=min(14, 6 + 2 * (len(events) - 1)),
        class_=("sure" if sure else "open") + ("" if any(map(_day, events)) else " borrowed"),
    )
    number = el("text", str(len(events)), x=x, y=y + 4, class_="number") if len(events) > 1 else None
    return el("a", dot, number, href=f"#{events[0].id}", **{"aria-label": words})


def _entry(knowledge: Knowledge, event: Event) -> Element:
    things = knowledge.nodes()
    taken = [f"{ROLES[role]}: {things[other].label}" for role, other in event.participants]
    place = [f"where: {things[event.place].label}"] if event.place else []
    mood = [str(event.factuality)] if event.factuality != Factuality.ASSERTED else []
    facts = " · ".join(filter(None, [*mood, when(event.time) or "dated by its article", *taken, *place]))
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
    """Title (a link if the article has a URL), publisher, date, file."""
    document = next(document for document in knowledge.documents if document.id == name)
    metadata = document.metadata
    title, url = metadata.title or document.id, web_address(metadata.url)
    rest = [metadata.publisher, date(metadata.date) or "no date", document.id if title != document.id else ""]
    head: Child = el("a", title, href=url, rel="noopener noreferrer") if url else title
    return [head, f" · {' · '.join(filter(None, rest))}"]


def _each_once(evidence: Sequence[Evidence]) -> list[Evidence]:
    """A sentence matched by two rules appears once."""
    return list({(piece.document, piece.start): piece for piece in reversed(evidence)}.values())[::-1]


def _rows(label: str) -> list[str]:
    return wrap(label, NAME, max_lines=2, placeholder="…", break_on_hyphens=False)
