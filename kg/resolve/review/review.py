"""Makes the cases that a person should decide: the most uncertain ones with the greatest effect.

    Are “Ana Ruiz” and “A. Ruiz” one?              names that may be variants, and other things in common
    Are these one event?                           events of one class with common participants that were not
                                                   merged, or events that were merged despite different dates
    Is “Blue Rain” a film?                         close votes for two classes, or a conflict
    Is “Web Desk” something that should be in the graph?    many statements with low confidence

A case has the evidence for and against, the sentences of both sides, and the decisions for yes and no. Its
value is its uncertainty (1 if both answers are equally likely) times the number of statements that depend on
it. Decided cases are not asked again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.model import Decision, DecisionKind, Entity, Knowledge, Reference
from kg.ontology import Ontology
from kg.resolve.review.cases import Case, PossibleDecision, ReviewedGraph, Side, case_id
from kg.resolve.review.near_misses import NearMisses
from kg.resolve.review.settled import Settled

_LEAST = 0.2  # minimum uncertainty of a case; more certain ones are not shown
_HUB = 5  # minimum number of statements about a thing (a hub) for asking whether it belongs in the graph
_DOUBTFUL = 0.6  # the statements of a hub are doubtful if their mean confidence is below this
_TOP = ("Thing", "Agent")  # superclasses of nearly everything


def cases(knowledge: Knowledge, ontology: Ontology, decided: Iterable[Decision] = ()) -> list[Case]:
    """The cases, the most valuable first. `decided`: decisions made since the graph was built."""
    asked = ReviewedGraph(knowledge, ontology)
    near, reviewer = NearMisses(asked), _Reviewer(asked)
    settled = Settled(asked, (*knowledge.decisions, *decided))
    found = [
        case
        for some in (near.things(), near.events(), reviewer.contested(), reviewer.types(), reviewer.hubs())
        for case in some
        if case.uncertainty >= _LEAST and not settled.has(case)
    ]
    return sorted(found, key=lambda case: (-case.value, case.id))


class _Reviewer:
    """Finds doubtful merges, doubtful classes, and things that may not belong in the graph, as cases."""

    def __init__(self, asked: ReviewedGraph) -> None:
        self.asked, self.knowledge, self.ontology = asked, asked.knowledge, asked.ontology
        self.nodes, self.about = asked.nodes, asked.about

    def contested(self) -> Iterator[Case]:
        """Cases for events that were merged although their dates differ."""
        dated = {c.subject: c.values for c in self.knowledge.conflicts if c.property == "date"}
        for event in self.knowledge.events:
            given = (
                Side(event.id, f"{event.label} on {value.label}", event.type, value.documents, value.evidence)
                for value in dated.get(event.id, ())
            )
            sides = tuple(given) or (self.asked.side(event),)
            for joined in event.joined:
                about = Reference(event.id), Reference(joined)
                yield Case(
                    case_id("contested", event.id, joined),
                    f"Is “{event.label}” one event, to which articles give two dates?",
                    sides,
                    ("the articles share works, quotations or names that no other story has",),
                    ("the dates differ",),
                    0.5,
                    max(len(self.about[event.id]), 1),
                    PossibleDecision(DecisionKind.MERGE, about),
                    PossibleDecision(DecisionKind.APART, about),
                )

    # -- classes, and things with many doubtful statements (hubs) -------------------------------------

    def types(self) -> Iterator[Case]:
        """Cases for things whose class has a close second, or about whose class articles disagree."""
        rivals = {
            entity.id: entity.doubt for entity in self.knowledge.entities if entity.doubt and entity.named
        }
        told: dict[str, tuple[str, ...]] = {}
        for conflict in self.knowledge.conflicts:
            if conflict.property == "type" and isinstance(self.nodes.get(conflict.subject), Entity):
                own = self.nodes[conflict.subject].type
                others = [v.value for v in conflict.values if not self.ontology.is_a(own, v.value)]
                rivals[conflict.subject] = next(iter(others), rivals.get(conflict.subject, ""))
                told[conflict.subject] = tuple(
                    f"{v.label}: {', '.join(v.documents)}" for v in conflict.values
                )
        for id_, rival in sorted(rivals.items()):
            entity = self.nodes[id_]
            if not rival or self._are_near(rival, entity.type):
                continue
            label, other = (self.asked.class_label(name) for name in (entity.type, rival))
            about = (Reference(entity.label),)
            yield Case(
                case_id("type", id_, entity.type, rival),
                f"Is “{entity.label}” of the class {label}, not {other}?",
                (self.asked.side(entity),),
                (f"most mentions indicate {label}",),
                told.get(id_, (f"nearly as many indicate {other}",)),
                0.8,
                max(len(self.about[id_]), 1),
                PossibleDecision(DecisionKind.TYPE, about, entity.type),
                PossibleDecision(DecisionKind.TYPE, about, rival),
            )

    def hubs(self) -> Iterator[Case]:
        """Cases for things with many statements whose mean confidence is low."""
        for entity in self.knowledge.entities:
            found = [s.confidence for s in self.about[entity.id]]
            mean = sum(found) / len(found) if found else 1.0
            if len(found) >= _HUB and mean < _DOUBTFUL:
                about = (Reference(entity.label if entity.named else entity.id),)
                yield Case(
                    case_id("hub", entity.id),
                    f"Is “{entity.label}” something that should be in the graph?",
                    (self.asked.side(entity),),
                    (f"{len(found)} statements mention it",),
                    (f"they are {mean:.2f} sure on average",),
                    round(1 - mean, 3),
                    len(found),
                    PossibleDecision(
                        DecisionKind.TYPE, about, entity.type
                    ),  # the answer yes: the thing stays in the graph, with its class
                    PossibleDecision(DecisionKind.IGNORE, about),
                )

    def _are_near(self, one: str, other: str) -> bool:
        """Whether two classes have a superclass in common (City and Region: Place), other than `_TOP`."""
        classes = self.ontology.classes
        above = [{name, *(classes[name].parents if name in classes else ())} for name in (one, other)]
        return bool(above[0] & above[1] - {*_TOP})
