"""Writes statements.jsonl: one JSON object per statement, for evaluation and spreadsheets.

    {"id": IRI,
     "subject":   {"id": IRI, "label": str, "type": str, "aliases": [str]},
     "predicate": {"id": IRI, "label": str, "surface": str},
     "object":    like the subject, or {"value": str, "datatype": IRI},
     "time":      {"start": str, "end": str, "text": str} or null; with "inferred": true
                  if only the surrounding sentences give the day; with "interval": true
                  if it is an interval, of which one end may be open (""): "since 2019",
     "place":     like the subject, or null,
     "event":     IRI or null,
     "plain":     whether it is a plain fact,
     "doubts":    [str], why it is not one: "not asserted", "complement lost", "unsure" (`kg.model.Doubt`),
     "factuality": "asserted" | "reported" | "planned" | "possible" | "negated",
     "speaker":   {"id": IRI, "label": str} or null,
     "confidence": float,
     "evidence":  [{"document": str, "start": int, "end": int, "sentence": str, "rule": str}]}

Offsets are characters of the decoded file, end exclusive. Times are ISO 8601, possibly with reduced precision
("2025-10"). The subject or object of a statement may be an event; it then has the same form.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TextIO

from kg.model import Entity, Event, Knowledge, Statement, Text, Time
from kg.ontology import Ontology
from kg.rdf import relations
from kg.rdf.names import XSD, Names

Node = dict[str, object]


def write(knowledge: Knowledge, ontology: Ontology, names: Names, file: TextIO) -> None:
    """Write one line per statement, sorted by IRI. `file` must be UTF-8."""
    nodes = knowledge.nodes()
    for statement in sorted(knowledge.statements, key=lambda each: names.statement(each.id)):
        file.write(row(statement, nodes, ontology, names))


def row(statement: Statement, nodes: Mapping[str, Entity | Event], ontology: Ontology, names: Names) -> str:
    """The line of a statement. `nodes`: at least the entities and events to which the statement refers
    (`kg.rdf.changes.referred`).
    """
    return json.dumps(_row(statement, nodes, ontology, names), ensure_ascii=False) + "\n"


def iri_of(row: bytes) -> bytes:
    """The IRI of the statement in this line; the lines are sorted by it."""
    return row.split(b'"', 4)[3]


def _row(statement: Statement, nodes: Mapping[str, Entity | Event], ontology: Ontology, names: Names) -> Node:
    def node(id_: str) -> Node:
        found = nodes[id_]
        return {
            "id": names.node(id_),
            "label": found.label,
            "type": found.type,
            "aliases": list(found.aliases),
        }

    said = statement.object
    return {
        "id": names.statement(statement.id),
        "subject": node(statement.subject),
        "predicate": {
            "id": relations.iri(statement, names, ontology),
            "label": statement.label,
            "surface": next((each.surface for each in statement.evidence if each.surface), ""),
        },
        "object": {"value": said.value, "datatype": XSD + said.datatype}
        if isinstance(said, Text)
        else node(said),
        "time": _time(statement.time),
        "place": node(statement.place) if statement.place else None,
        "event": names.node(statement.event) if statement.event else None,
        "plain": statement.plain,
        "doubts": [doubt.value for doubt in statement.doubts],
        "factuality": statement.factuality.value,
        "speaker": {"id": names.node(statement.speaker), "label": nodes[statement.speaker].label}
        if statement.speaker
        else None,
        "confidence": statement.confidence,
        "evidence": [
            {
                "document": each.document,
                "start": each.start,
                "end": each.end,
                "sentence": each.sentence,
                "rule": each.rule,
                "projection": each.projection,
            }
            for each in statement.evidence
        ],
    }


def _time(time: Time | None) -> Node | None:
    if time is None:
        return None
    told: Node = {"start": time.start, "end": time.end, "text": time.text}
    inferred: Node = {} if time.told else {"inferred": True}
    return {**told, **inferred, **({"interval": True} if time.interval else {})}
