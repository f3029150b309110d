"""The page of one event: who says what about it, article by article. It has no scripts."""

from __future__ import annotations

from collections.abc import Sequence

from kg.model import Event, Factuality, Knowledge, Statement, Text
from kg.ontology import Ontology
from kg.write.markup import Child, Element, el, page
from kg.write.network import ends
from kg.write.page.display import ROLES, date, when
from kg.write.timeline import quote, source


def story(knowledge: Knowledge, ontology: Ontology, event: Event) -> str:
    things = knowledge.nodes()
    known = ontology.classes.get(event.type)
    told = [s for s in knowledge.statements if s.event == event.id or event.id in ends(s)]
    rows = [(ROLES[role], things[other].label) for role, other in event.participants]
    rows += [(function.value, words) for function, words in event.details]
    rows += [("when", when(event.time))] if event.time else []
    rows += [("where", things[event.place].label)] if event.place else []
    body: list[Child] = [
        el("h1", event.label),
        el("p", f"{known.label if known else event.type}, {event.factuality}", class_="quiet"),
        el("dl", *(each for term, words in rows for each in (el("dt", term), el("dd", words)))),
        *_disagreements(knowledge, event),
        *_voices(knowledge, told),
    ]
    everything: list[Event | Statement] = [event, *told]
    documents = sorted({piece.document for each in everything for piece in each.evidence})
    for name in documents:
        body.append(el("h2", *source(knowledge, name)))
        here = [s for s in told if any(piece.document == name for piece in s.evidence)]
        body.extend(_statement(knowledge, statement, name) for statement in here)
        if not here:
            pieces = [piece for piece in event.evidence if piece.document == name]
            body.extend(quote(knowledge, piece) for piece in pieces[:3])
    return page(event.label, *body)


def _disagreements(knowledge: Knowledge, event: Event) -> list[Child]:
    """The conflicts about an event: the values, each with its articles."""
    found: list[Child] = []
    for conflict in knowledge.conflicts:
        if conflict.subject != event.id:
            continue
        found.append(el("h2", f"The articles disagree: {conflict.label}"))
        for value in conflict.values:
            found.append(el("h3", date(value.label)))
            found.extend(el("p", *source(knowledge, name)) for name in value.documents)
    return found


def _voices(knowledge: Knowledge, told: Sequence[Statement]) -> list[Child]:
    """A table of who says what: the articles themselves, and the people whom they quote."""
    if not told:
        return []
    head = el("tr", *(el("th", words, scope="col") for words in ("What", "Who says so", "How", "Articles")))
    rows = [
        el(
            "tr",
            el("td", *_claim(knowledge, statement)),
            el("td", _speaker(knowledge, statement)),
            el("td", str(statement.factuality)),
            el("td", str(len({piece.document for piece in statement.evidence}))),
        )
        for statement in _sorted(told)
    ]
    return [el("table", el("caption", "Who says what"), el("thead", head), el("tbody", *rows))]


def _sorted(told: Sequence[Statement]) -> list[Statement]:
    """The statements in the order of the page: by factuality, asserted ones first, then by the number of
    their articles, the largest first.
    """
    moods = list(Factuality)
    return sorted(
        told, key=lambda s: (moods.index(s.factuality), -len({e.document for e in s.evidence}), s.id)
    )


def _speaker(knowledge: Knowledge, statement: Statement) -> str:
    if statement.speaker:
        return knowledge.nodes()[statement.speaker].label
    return "somebody in the article" if statement.factuality == Factuality.REPORTED else "the article"


def _claim(knowledge: Knowledge, statement: Statement) -> list[Child]:
    things = knowledge.nodes()
    end = statement.object
    object_ = f"“{end.value}”" if isinstance(end, Text) else things[end].label
    return [f"{things[statement.subject].label} ", el("strong", statement.label), f" {object_}"]


def _statement(knowledge: Knowledge, statement: Statement, document: str) -> Element:
    speaker = f"according to {_speaker(knowledge, statement)}" if statement.speaker else ""
    facts = [str(statement.factuality), speaker, when(statement.time)]
    pieces = {piece.start: piece for piece in statement.evidence if piece.document == document}
    return el(
        "article",
        el("p", *_claim(knowledge, statement)),
        el("p", " · ".join(filter(None, facts)), class_="quiet"),
        *(quote(knowledge, piece) for piece in pieces.values()),
    )
