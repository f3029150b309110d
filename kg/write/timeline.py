"""The timeline: events by date and person, on a page that can be read without scripts, and zoomed with one.

The drawing has a row for each of the people with the most events (without people, for other things), a column
for each date, and a mark for each event; below it, the events are listed with their sentences. An undated
event is placed at the date of its first dated article, with another mark; if there is no such date, it is not
in the drawing, and the page gives the number of these events. The drawing is as wide as its window:
horizontal positions are percentages, and `timeline.js` widens it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from textwrap import wrap

from kg.model import Event, Evidence, Factuality, Knowledge
from kg.ontology import Ontology
from kg.write.markup import Child, Element, el, page
from kg.write.page.display import ROLES, date, surface, web_address, when

LANES = 14  # maximum number of rows, so that the drawing fits on a page
LANE, HEAD, ROW = 34, 96, 15  # heights in pixels: of a row, of the dates above, of a line of a name
LETTER = 8  # width of a letter of a name, in pixels
NAME = 28  # maximum number of letters in a line of a name
DATES = 36  # maximum number of dates that are legible side by side without zooming


def timeline(knowledge: Knowledge, ontology: Ontology) -> str:
    days = _days(knowledge)
    dated = sorted(
        (event for event in knowledge.events if event.id in days), key=lambda e: (days[e.id], e.id)
    )
    lanes = _lanes(knowledge, ontology, dated)
    shown = [event for event in dated if _takers(event) & set(lanes)]
    columns = sorted({days[event.id] for event in shown})
    charts = [_tools(), _chart(knowledge, lanes, columns, shown, days)] if columns else []
    undated = len(knowledge.events) - len(dated)
    borrowed = sum(not _day(event) for event in shown)
    note = f"Dated events: {len(shown)}, of {len(lanes)} people and things. Without a date: {undated}."
    if borrowed:
        note += f" {borrowed} of them are undated and placed at the date of their article (dashed marks)."
    body: list[Child] = [el("h1", "Timeline"), el("p", note, class_="quiet"), *charts]
    for number, day in enumerate(columns):
        body.append(el("h2", date(day), **({} if number else {"id": "events"})))
        body.extend(_entry(knowledge, event) for event in shown if days[event.id] == day)
    if not shown:
        body.append(el("p", "No event of these articles has a date."))
    return page("Timeline", *body, script="timeline")


def _days(knowledge: Knowledge) -> dict[str, str]:
    """Id of an event -> its day, otherwise the day of its first dated article; events without either are
    missing.
    """
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
    """The ids of the named participants in the most events, at most `LANES`: people; if there are none, other
    agents; if there are none either, other things.
    """
    count = Counter(other for event in events for other in sorted(_takers(event)))
    things = {entity.id: entity for entity in knowledge.entities if entity.named}
    people = [key for key in count if key in things and ontology.is_a(things[key].type, "Person")]
    agents = [key for key in count if key in things and ontology.is_a(things[key].type, "Agent")]
    ranked = sorted(people or agents or [k for k in count if k in things], key=lambda key: (-count[key], key))
    return ranked[:LANES]


def _tools() -> Element:
    """The zoom buttons, hidden until the script runs."""
    keys = "The wheel zooms too, with Ctrl or after a click on the drawing; so do + and -, 0 shows all."
    return el(
        "p",
        el("a", "Skip the drawing", href="#events", class_="skip"),
        el("button", "Closer", id="closer", type="button"),
        el("button", "Further", id="further", type="button"),
        el("button", "All", id="whole", type="button"),
        el("span", keys, class_="quiet"),
        id="tools",
        hidden="hidden",
    )


def _chart(
    knowledge: Knowledge,
    lanes: Sequence[str],
    days: Sequence[str],
    events: Sequence[Event],
    day_of: Mapping[str, str],
) -> Element:
    things = knowledge.nodes()
    names = [wrap(things[key].label, NAME, break_on_hyphens=False) for key in lanes]
    heights = [max(LANE, ROW * len(rows) + 12) for rows in names]
    middles = [HEAD + sum(heights[:at]) + high // 2 for at, high in enumerate(heights)]
    height = HEAD + sum(heights) + 10
    left = 24 + LETTER * max((len(row) for rows in names for row in rows), default=0)
    column = {day: f"{100 * (number + 0.5) / len(days):.4g}%" for number, day in enumerate(days)}
    spots: dict[tuple[str, str], list[Event]] = defaultdict(list)
    for event in events:
        for key in sorted(_takers(event)):
            spots[key, day_of[event.id]].append(event)
    drawn: list[Child] = []
    every = -(-len(days) // DATES)
    for number, (day, x) in enumerate(column.items()):
        drawn.append(el("line", x1=x, y1=HEAD - 6, x2=x, y2=height, class_="rule"))
        words = el("text", date(day), transform="rotate(-38)", class_="day")
        shown = "date minor" if number % every else "date"
        drawn.append(el("svg", words, x=x, y=HEAD - 12, overflow="visible", class_=shown))
    for key, y in zip(lanes, middles, strict=True):
        drawn.append(el("line", x1=0, y1=y, x2="100%", y2=y, class_="rule"))
        drawn += [_mark(spots[key, day], x, y) for day, x in column.items() if (key, day) in spots]
    window = el(
        "div",
        el("svg", *drawn, height=height),
        class_="window",
        tabindex=0,
        role="region",
        **{"aria-label": "Timeline: people and things by date; the same follows as text"},
    )
    return el("div", _names(names, middles, left, height), window, class_="timeline")


def _names(names: Sequence[Sequence[str]], middles: Sequence[int], left: int, height: int) -> Element:
    """The names beside the rows of the drawing, each in one line or several."""
    drawn = [
        el("text", words, x=left - 14, y=y + 5 + ROW * row - ROW * (len(rows) - 1) // 2, class_="lane")
        for rows, y in zip(names, middles, strict=True)
        for row, words in enumerate(rows)
    ]
    return el("svg", *drawn, width=left, height=height, class_="names", **{"aria-hidden": "true"})


def _mark(events: Sequence[Event], x: str, y: int) -> Element:
    """A dot for the events at one place of the drawing; it links to the first of them. The dot is hollow if
    no event is asserted, and dashed if no event has a date of its own.
    """
    sure = any(event.factuality == Factuality.ASSERTED for event in events)
    words = "; ".join(event.label for event in events)
    words = f"{len(events)} events: {words}" if len(events) > 1 else words
    size = min(14, 6 + 2 * (len(events) - 1))
    dot = el(
        "circle",
        cx=x,
        cy=y,
        r=min(10, size),
        data_size=size,
        class_=("sure" if sure else "open") + ("" if any(map(_day, events)) else " borrowed"),
    )
    look = {"class_": "number", "aria_hidden": "true"}
    number = el("text", str(len(events)), x=x, y=y + 4, **look) if len(events) > 1 else None
    return el("a", el("title", words), dot, number, href=f"#{events[0].id}")


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
    """A sentence, in which the words of the relation are marked, and its article."""
    words, text = surface(evidence), evidence.sentence
    at = text.find(words) if words else -1
    marked: list[Child] = [text] if at < 0 else [text[:at], el("mark", words), text[at + len(words) :]]
    return el("blockquote", *marked, el("footer", *source(knowledge, evidence.document)))


def source(knowledge: Knowledge, name: str) -> list[Child]:
    """An article as a source: title (a link if the article has a URL), publisher, date, file."""
    document = next(document for document in knowledge.documents if document.id == name)
    metadata = document.metadata
    title, url = metadata.title or document.id, web_address(metadata.url)
    rest = [metadata.publisher, date(metadata.date) or "no date", document.id if title != document.id else ""]
    head: Child = el("a", title, href=url, rel="noopener noreferrer") if url else title
    return [head, f" · {' · '.join(filter(None, rest))}"]


def _each_once(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The evidence without repetitions: a sentence that is evidence by two rules appears once."""
    return list({(piece.document, piece.start): piece for piece in reversed(evidence)}.values())[::-1]
