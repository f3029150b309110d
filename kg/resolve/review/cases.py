"""Defines a question for `kg review`: the evidence for and against, and the decisions for yes and no."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.model import DecisionKind, Entity, Event, Evidence, Knowledge, Reference, Statement
from kg.ontology import Ontology
from kg.resolve import ids

_SHOWN = 2  # maximum number of sentences shown for each thing in question


@dataclass(frozen=True, slots=True)
class PossibleDecision:
    """A decision that follows from an answer: the part of a `Decision` that does not depend on the user."""

    kind: DecisionKind
    about: tuple[Reference, ...]
    value: str = ""


@dataclass(frozen=True, slots=True)
class Side:
    """A thing or event in question, with sentences about it."""

    id: str
    label: str
    type: str
    documents: tuple[str, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """A question about one or two things, to which the answer is yes or no."""

    id: str
    question: str
    sides: tuple[Side, ...]
    speaks_for: tuple[str, ...]
    speaks_against: tuple[str, ...]
    uncertainty: float  # 0 (certain) to 1 (both answers are equally likely)
    weight: int  # number of statements that depend on the answer
    yes: PossibleDecision | None  # the decision that the answer yes makes; None if it makes none
    no: PossibleDecision | None  # the same for no

    @property
    def value(self) -> float:
        return round(self.uncertainty * self.weight, 3)


class ReviewedGraph:
    """The graph that the questions are about, with an index of its statements by thing and event."""

    def __init__(self, knowledge: Knowledge, ontology: Ontology) -> None:
        self.knowledge, self.ontology = knowledge, ontology
        self.nodes = knowledge.nodes()
        self.about: defaultdict[str, list[Statement]] = defaultdict(list)
        for statement in knowledge.statements:
            ends = {statement.subject, statement.object, statement.event}
            for end in sorted(end for end in ends if isinstance(end, str) and end):
                self.about[end].append(statement)

    def side(self, node: Entity | Event) -> Side:
        found = node.evidence if isinstance(node, Event) and node.evidence else None
        every = found or [e for s in self.about[node.id] for e in s.evidence]
        first: dict[tuple[str, int], Evidence] = {}
        for each in sorted(every, key=lambda e: (e.document, e.start, e.rule)):
            first.setdefault((each.document, each.start), each)
        return Side(node.id, node.label, node.type, node.documents, tuple(first.values())[:_SHOWN])

    def labels(self, ids_: Iterable[str]) -> str:
        return ", ".join(sorted(self.nodes[id_].label if id_ in self.nodes else id_ for id_ in ids_))

    def class_label(self, name: str) -> str:
        known = self.ontology.classes.get(name)
        return known.label if known else name


def case_id(*parts: str) -> str:
    """The id of a case, the same in every build."""
    return "case-" + ids.digest(12, *parts)


def as_json(case: Case) -> Mapping[str, object]:
    """A case as dicts and lists, for JSON."""

    def choice(given: PossibleDecision | None) -> object:
        return given and {"kind": given.kind.value, "about": [str(r) for r in given.about], "is": given.value}

    return {
        "id": case.id,
        "question": case.question,
        "value": case.value,
        "uncertainty": case.uncertainty,
        "statements": case.weight,
        "for": list(case.speaks_for),
        "against": list(case.speaks_against),
        "yes": choice(case.yes),
        "no": choice(case.no),
        "sides": [
            {
                "id": side.id,
                "label": side.label,
                "type": side.type,
                "articles": list(side.documents),
                "sentences": [
                    {"document": e.document, "start": e.start, "end": e.end, "sentence": e.sentence}
                    for e in side.evidence
                ],
            }
            for side in case.sides
        ],
    }
