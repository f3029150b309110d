"""Which documents tell one story: those that share much of what few others speak of.

Features are the words of names and the stems of nouns and verbs, weighed by how few documents have them
(tf-idf, cosine). Each document is compared only with those that share a rare feature, so that the cost
grows with the number of documents.

`near` says of each document which others are like it; `groups` parts all documents into stories. Two
stories of one kind ("a coach of Lima was dismissed in May; his successor, in June") share most of their
words and are first taken for one. What all of its documents say tells nothing apart; weighed by what
only some of them say, and by their days and numbers ("23 pirates on Saturday", "26 pirates on Thursday"),
two such stories fall apart, and one does not: the sides of the best cut (Newman 2006, "Modularity and
community structure in networks") are then far more alike within than across, and each tells of something
that the other does not. Of few documents any cut looks good, so they have to fall apart the more clearly.
"""

from __future__ import annotations

import re
from calendar import day_name, month_name
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from heapq import nsmallest
from math import log, sqrt
from typing import TYPE_CHECKING

from kg.model import Mention, MentionKind, Reading
from kg.resolve import names

if TYPE_CHECKING:
    from networkx import Graph

Weights = dict[str, float]

_FEW = 50  # documents; of fewer, what all speak of says as much as if these were of many
_NEIGHBOURS = 30  # documents that one is compared with
_COMMON = 100  # documents; a feature of more of them tells no story apart
_NAME = 2.0  # weight of a word of a name, of other words 1
_MODIFIER = 0.5  # weight of a word before a noun
_SHORT = 3  # characters; a word before a noun that has no more tells nothing ("the", "two")
_DAYS = 7  # between two articles of one story
_TIGHT = 0.0025  # topics are joined where the ties between them exceed this share of all that both have
_APART = ((8, 0.2), (5, 0.3))  # modularity of two stories, of which each has so many documents
_EXACT = 1.25  # weight of days and numbers, where two stories of one kind are told apart
_MOST, _HARDLY = 0.5, 0.1  # shares of two stories' documents that name what is one's own
_STEPS = 200  # of the power method
_ROUNDS = 10
_CALENDAR = frozenset(name.lower() for name in (*day_name, *month_name) if name)
_SUFFIX = re.compile(r"(?<=\w{4})(ments?|[ai]?tions?|ions?|ings?|als?|ances?|ences?|e|s)$")


def likeness(readings: Sequence[Reading]) -> list[dict[int, float]]:
    """For each document the cosines with the likest of those before it, by their indices."""
    return _likeness(_weights([_features(reading) for reading in readings]))


def near(likeness: Sequence[Mapping[int, float]], least: float) -> list[set[int]]:
    """For each document the indices of those whose cosine with it is `least` or more."""
    found: list[set[int]] = [set() for _ in likeness]
    for one, other, _ in _edges(likeness, least):
        found[one].add(other)
        found[other].add(one)
    return found


def groups(readings: Sequence[Reading], likeness: Sequence[Mapping[int, float]], least: float) -> list[int]:
    """For each document the index of the first document of its story.

    `least`: as of `near`. Articles that came out more than a week apart are of two stories.
    """
    found = list(range(len(readings)))
    days = [_day(reading) for reading in readings]
    for topic in _topics(likeness, days, least):
        for story in _parted([readings[i] for i in topic]):
            for member in story:
                found[topic[member]] = topic[story[0]]
    return found


def _topics(
    likeness: Sequence[Mapping[int, float]], days: Sequence[date | None], least: float
) -> list[list[int]]:
    def apart(one: int, other: int) -> bool:
        a, b = days[one], days[other]
        return a is not None and b is not None and abs((a - b).days) > _DAYS

    ties = (edge for edge in _edges(likeness, least) if not apart(edge[0], edge[1]))
    graph = _graph(len(likeness), ties)
    # Modularity alone would join small topics the sooner the more others there are.
    return _communities(graph, _TIGHT * 2 * graph.size(weight="weight"))


def _parted(readings: Sequence[Reading]) -> list[list[int]]:
    """The stories of one topic, as indices into `readings`."""
    whole = list(range(len(readings)))
    if len(readings) < 2 * min(size for size, _ in _APART):
        return [whole]
    weights = _weights([_features(reading) | _exact(reading) for reading in readings], topic=True)
    sides, modularity = _cut(weights)
    fewest = min(map(len, sides))
    apart = any(fewest >= size and modularity >= least for size, least in _APART)
    if not apart or not all(_own(weights, *each) for each in (sides, sides[::-1])):
        return [whole]
    return sorted([side[i] for i in part] for side in sides for part in _parted([readings[i] for i in side]))


def _cut(weights: Sequence[Weights]) -> tuple[tuple[list[int], list[int]], float]:
    """The two sides of a topic with the highest modularity, and how high it is."""
    import numpy as np

    columns = {feature: i for i, feature in enumerate(sorted({f for some in weights for f in some}))}
    vectors = np.zeros((len(weights), len(columns)))
    for row, some in enumerate(weights):
        for feature, weight in some.items():
            vectors[row, columns[feature]] = weight
    ties = vectors @ vectors.T
    np.fill_diagonal(ties, 0.0)
    degrees = ties.sum(axis=1)
    every = float(degrees.sum()) or 1.0
    excess = ties - np.outer(degrees, degrees) / every  # over what chance would give
    shift = float(np.abs(excess).sum(axis=1).max())  # so that the highest eigenvalue is the largest
    leading = np.sin(np.arange(1.0, len(weights) + 1))  # any beginning, the same every time
    for _ in range(_STEPS):
        leading = excess @ leading + shift * leading
        leading /= float(np.linalg.norm(leading)) or 1.0
    side = np.where(leading > 0, 1.0, -1.0)
    for i in [*range(len(weights))] * _ROUNDS:  # whoever fits the other side better goes there
        if side[i] * (excess[i] @ side - excess[i, i] * side[i]) < 0:
            side[i] = -side[i]
    one, other = ([i for i, at in enumerate(side) if at == which] for which in (side[0], -side[0]))
    return (one, other), float(side @ excess @ side) / (2 * every)


def _own(weights: Sequence[Weights], side: Sequence[int], other: Sequence[int]) -> bool:
    """Whether most of a side tell of something that the other side hardly does: its coach, its town."""
    here, there = (Counter(f for i in some for f in weights[i]) for some in (side, other))
    return any(n >= _MOST * len(side) and there[f] <= _HARDLY * len(other) for f, n in here.items())


def _exact(reading: Reading) -> dict[str, float]:
    """What tells two stories of one kind apart: "Saturday", "13 May", "23 pirates", "the 81st ceremony"."""
    told = {word for time in reading.times for word in names.words(time.text)}
    exact = {word for word in told if word in _CALENDAR or word.isdigit()}
    for mention in reading.mentions:
        before = mention.text[: max(mention.head_start - mention.start, 0)]
        exact |= {f"#{word}" for word in names.words(before) if word[:1].isdigit()}
    return dict.fromkeys((f"={word}" for word in exact), _EXACT)


def _day(reading: Reading) -> date | None:
    """When an article came out, where that is known to the day."""
    try:
        return date.fromisoformat(reading.document.metadata.date)
    except ValueError:
        return None


def _graph(size: int, edges: Iterable[tuple[int, int, float]]) -> Graph[int]:
    from networkx import Graph

    graph: Graph[int] = Graph()
    graph.add_nodes_from(range(size))
    graph.add_weighted_edges_from(edges)
    return graph


def _communities(graph: Graph[int], resolution: float) -> list[list[int]]:
    """The communities of a graph (Louvain), each sorted, in the order of their first members."""
    from networkx import community

    if not graph.size():
        return [[node] for node in graph]
    return sorted(
        sorted(some) for some in community.louvain_communities(graph, resolution=resolution, seed=1)
    )


def _weights(features: Sequence[Mapping[str, float]], *, topic: bool = False) -> list[Weights]:
    """Features by their rarity (tf-idf), each vector of length 1.

    `topic`: the documents are of one topic, where what all of them have weighs nothing.
    """
    spread = Counter(feature for some in features for feature in some)
    total = len(features) if topic else max(len(features), _FEW)
    of_all = log(2) if topic else 0.0
    rarity = {feature: log(1 + total / n) - of_all for feature, n in spread.items()}
    weights = [{feature: n * rarity[feature] for feature, n in some.items()} for some in features]
    norms = [sqrt(sum(weight**2 for weight in some.values())) or 1.0 for some in weights]
    return [
        {feature: weight / norm for feature, weight in some.items()}
        for some, norm in zip(weights, norms, strict=True)
    ]


def _likeness(weights: Sequence[Weights]) -> list[dict[int, float]]:
    spread = Counter(feature for some in weights for feature in some)
    holders: defaultdict[str, list[int]] = defaultdict(list)
    found: list[dict[int, float]] = []
    for document, some in enumerate(weights):
        close: defaultdict[int, float] = defaultdict(float)
        for feature, weight in some.items():
            if 1 < spread[feature] <= _COMMON:
                for earlier in holders[feature]:
                    close[earlier] += weight * weights[earlier][feature]
                holders[feature].append(document)
        likest = nsmallest(_NEIGHBOURS, close, key=lambda other: (-close[other], other))
        found.append({other: close[other] for other in likest})
    return found


def _edges(likeness: Sequence[Mapping[int, float]], least: float) -> Iterator[tuple[int, int, float]]:
    """Pairs of documents with a cosine of `least` or more."""
    for document, close in enumerate(likeness):
        yield from ((other, document, cosine) for other, cosine in close.items() if cosine >= least)


def _features(reading: Reading) -> dict[str, float]:
    found: dict[str, float] = {}
    for mention in reading.mentions:
        if mention.kind is MentionKind.NAME:
            found.update(dict.fromkeys(_words(mention), _NAME))
        elif mention.kind is not MentionKind.PRONOUN and mention.lemma:
            found.setdefault(stem(mention.lemma), 1.0)
            for word in mention.text[: max(mention.head_start - mention.start, 0)].lower().split():
                if len(word) > _SHORT:
                    found.setdefault(stem(word), _MODIFIER)
    return found


def _words(mention: Mention) -> tuple[str, ...]:
    return names.words(mention.relational or mention.text)


def stem(lemma: str) -> str:
    """What a verb and its nouns share.

    >>> stem("announce"), stem("announcement"), stem("arrival"), stem("shooting")
    ('announc', 'announc', 'arriv', 'shoot')
    """
    root = lemma.lower()
    for _ in range(2):
        root = _SUFFIX.sub("", root)
    return root
