"""Makes table rows and JSON of conflicts, dependences and decisions without effect, for `kg check`.

about | what | value | articles | independent        one row per side of a conflict
article | how | source | taken                        one row per dependence
decision | about | why                                one row per decision without effect
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kg.model import Conflict, Dependence, Evidence, Knowledge

SIDES = ("about", "what", "value", "independent", "articles")
DEPENDENCES = ("article", "how", "source", "taken")
IDLE = ("decision", "about", "why")


def sides(knowledge: Knowledge) -> list[tuple[str, ...]]:
    """The values of each conflict as rows; the value with the most independent articles first."""
    return [
        (label, conflict.label, value.label, str(value.independent), ", ".join(value.documents))
        for label, conflict in _by_label(knowledge)
        for value in conflict.values
    ]


def dependences(knowledge: Knowledge) -> list[tuple[str, ...]]:
    """The dependences between articles as rows, in the order of the articles."""
    return [
        (each.document, each.kind.value, each.source, _taken(each))
        for each in sorted(knowledge.dependences, key=lambda d: (d.document, d.source, d.kind))
    ]


def idle(knowledge: Knowledge) -> list[tuple[str, ...]]:
    """The user's decisions that have no effect, as rows, each with the reason."""
    return [
        (f"[[{each.kind}]]", " | ".join(map(str, each.about)), each.fault)
        for each in knowledge.decisions
        if each.fault
    ]


def counts(knowledge: Knowledge) -> dict[str, int]:
    """The number of statements, of statements from several articles, and of statements from several
    independent articles.
    """
    several = [s for s in knowledge.statements if len({e.document for e in s.evidence}) > 1]
    return {
        "statements": len(knowledge.statements),
        "of several articles": len(several),
        "of several independent articles": sum(s.independent > 1 for s in several),
    }


def as_json(knowledge: Knowledge) -> dict[str, Any]:
    """Conflicts, dependences and decisions as JSON, with the sentences."""
    return {
        "counts": counts(knowledge),
        "conflicts": [
            {
                "id": conflict.id,
                "about": {"id": conflict.subject, "label": label},
                "property": conflict.property,
                "what": conflict.label,
                "values": [
                    {
                        "value": value.value,
                        "label": value.label,
                        "articles": list(value.documents),
                        "independent": value.independent,
                        "evidence": _evidence(value.evidence),
                    }
                    for value in conflict.values
                ],
            }
            for label, conflict in _by_label(knowledge)
        ],
        "dependences": [
            {
                "article": each.document,
                "kind": each.kind.value,
                "source": each.source,
                "is_article": not each.outside,
                "whole": each.whole,
                "share": each.share,
                "evidence": _evidence(each.evidence),
            }
            for each in knowledge.dependences
        ],
        "decisions_without_effect": [
            {
                "id": each.id,
                "kind": each.kind.value,
                "about": [{"name": one.name, "articles": list(one.articles)} for one in each.about],
                "why": each.fault,
            }
            for each in knowledge.decisions
            if each.fault
        ],
    }


def _by_label(knowledge: Knowledge) -> list[tuple[str, Conflict]]:
    nodes = knowledge.nodes()
    pairs = ((nodes[each.subject].label, each) for each in knowledge.conflicts)
    return sorted(pairs, key=lambda pair: (pair[0].casefold(), pair[1].label, pair[1].id))


def _taken(dependence: Dependence) -> str:
    if dependence.share:
        return f"{dependence.share:.0%} of its own words"
    return "all" if dependence.whole else f"{len(dependence.evidence)} sentence(s)"


def _evidence(some: Iterable[Evidence]) -> list[dict[str, object]]:
    return [
        {"document": each.document, "start": each.start, "end": each.end, "sentence": each.sentence}
        for each in some
    ]
