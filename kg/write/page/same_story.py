"""Groups articles that tell the same story.

Articles tell the same story if they share many features (named things and events) that few other articles
have: features are weighted by tf-idf, articles are compared by the cosine of their features, and grouped by
Louvain's method. Articles that were published weeks apart need `FAR` times as much in common, because a
politician alone makes no story.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date
from math import log, sqrt
from typing import TYPE_CHECKING

from kg.model import Entity, Event, Knowledge, Statement
from kg.write.network import ends

if TYPE_CHECKING:
    from networkx import Graph

ALIKE = 0.2  # minimum cosine of the features of two articles that are linked
# tf-idf assumes at least this many articles: if there are only a few, a feature that all share keeps a weight
FEW = 50
COMMON = 50  # maximum number of articles with a feature; more common ones do not distinguish stories
SEED = 1
NEAR = 14  # articles up to this many days apart are as likely to be about one story as those of one day
FAR = 3  # factor of `ALIKE` for articles that are farther apart


def groups(knowledge: Knowledge) -> list[list[str]]:
    """The stories, each as a list of the ids of its articles; every article is in one story."""
    import networkx

    names = [document.id for document in knowledge.documents]
    number = {name: place for place, name in enumerate(names)}
    dates = [document.metadata.date for document in knowledge.documents]
    vectors = _vectors(knowledge, number)
    graph: Graph[int] = networkx.Graph()
    graph.add_nodes_from(range(len(names)))
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for one, vector in enumerate(vectors):
        close: defaultdict[int, float] = defaultdict(float)
        for feature, weight in vector.items():
            if len(holders[feature]) < COMMON:
                for other in holders[feature]:
                    close[other] += weight * vectors[other][feature]
                holders[feature].append(one)
        graph.add_weighted_edges_from(
            (other, one, close[other])
            for other in sorted(close)
            if close[other] >= ALIKE * (FAR if _is_far(dates[one], dates[other]) else 1)
        )
    if not graph.size():
        return [[name] for name in names]
    found = networkx.community.louvain_communities(graph, seed=SEED)
    return [[names[place] for place in sorted(some)] for some in sorted(found, key=min)]


def _is_far(one: str, other: str) -> bool:
    """Whether two publication dates (ISO 8601; "" if unknown) are more than `NEAR` days from each other.

    >>> _is_far("2026-01-14", "2026-03-01"), _is_far("2026-01-14", "2026-01"), _is_far("", "2026-01-14")
    (True, False, False)
    """
    days = [date.fromisoformat(each) for each in (one, other) if len(each) == len("2026-01-14")]
    return len(days) == 2 and abs((days[0] - days[1]).days) > NEAR


def _vectors(knowledge: Knowledge, number: Mapping[str, int]) -> list[dict[str, float]]:
    """For each article, its features (ids of things and events) with their weights (tf-idf)."""
    counts: list[Counter[str]] = [Counter() for _ in number]
    told: list[Statement | Event] = [*knowledge.statements, *knowledge.events]
    entities = {entity.id for entity in knowledge.entities if entity.named}
    named = entities | {event.id for event in knowledge.events}
    for each in told:
        keys = (
            [*ends(each)]
            if isinstance(each, Statement)
            else [each.id, *(key for _, key in each.participants)]
        )
        for name in {piece.document for piece in each.evidence}:
            counts[number[name]].update(key for key in keys if key in named)
    everything: list[Entity | Event] = [*knowledge.entities, *knowledge.events]
    for thing in everything:
        for name in thing.documents:
            counts[number[name]].update([thing.id] if thing.id in named else [])
    spread = Counter(key for some in counts for key in some)
    total = max(FEW, len(counts))
    found = []
    for some in counts:
        vector = {
            key: log(1 + n) * log(1 + total / spread[key]) for key, n in some.items() if spread[key] > 1
        }
        alone = sum(
            (log(1 + n) * log(1 + total)) ** 2
            for key, n in some.items()
            if spread[key] == 1 and key in entities
        )
        norm = sqrt(alone + sum(weight**2 for weight in vector.values())) or 1.0
        found.append({key: vector[key] / norm for key in sorted(vector)})
    return found
