"""Groups documents by story: those that share many features that few others have.

Features are the words of names and the stems of nouns and verbs, weighted by rarity (tf-idf, cosine). Each
document is compared only with those that share a rare feature, so that the cost grows with the number of
documents.

`near` gives the similar documents of each document; `groups` divides all documents into stories. Two stories
of one kind ("a coach of Lima was dismissed in May; his successor, in June") share most of their words and
first form one topic. Features of all its documents do not discriminate; weighted by the other features, and
by days and numbers ("23 pirates on Saturday", "26 pirates on Thursday"), two such stories separate and a
single one does not: the two sides of the best cut (Newman 2006, "Modularity and community structure in
networks") are then far more similar within than across, and each has features that the other lacks. With few
documents any cut looks good, so the threshold is higher.
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

_FEW = 50  # documents; if there are fewer, a feature of all is weighted as if there were this many
_NEIGHBOURS = 30  # documents with which each is compared
_COMMON = 100  # documents; more frequent features do not discriminate stories
_NAME = 2.0  # weight of a word of a name; other words have 1
_MODIFIER = 0.5  # weight of a word before a noun
_SHORT = 3  # characters; a shorter word before a noun does not discriminate ("the", "two")
_DAYS = 7  # maximum days between two articles of one story
_TIGHT = 0.0025  # topics are joined if the ties between them exceed this share of all ties of both
_APART = ((8, 0.2), (5, 0.3))  # minimum modularity of two stories with this many documents each
_EXACT = 1.25  # weight of days and numbers for separating two stories of one kind
_MOST, _HARDLY = 0.5, 0.1  # shares of two stories' documents that mention a feature specific to one
_STEPS = 200  # iterations of the power method
_ROUNDS = 10
_CALENDAR = frozenset(name.lower() for name in (*day_name, *month_name) if name)
_SUFFIX = re.compile(r"(?<=\w{4})(ments?|[ai]?tions?|ions?|ings?|als?|ances?|ences?|e|s)$")


def likeness(found: Sequence[Mapping[str, float]], least: float) -> list[dict[int, float]]:
    """The cosines of each document with the most similar earlier ones, by index, from `least` on.

    `found`: the `features` of each.
    """
    return _likeness(_weights(found), least)


def near(likeness: Sequence[Mapping[int, float]]) -> list[set[int]]:
    """The indices of the documents that each document is similar to."""
    found: list[set[int]] = [set() for _ in likeness]
    for one, other, _ in _edges(likeness):
        found[one].add(other)
        found[other].add(one)
    return found


def groups(readings: Sequence[Reading], likeness: Sequence[Mapping[int, float]]) -> list[int]:
    """The index of the first document of the story, for each document.

    Articles published more than a week apart belong to two stories.
    """
    found = list(range(len(readings)))
    days = [_day(reading) for reading in readings]
    for topic in _topics(likeness, days):
        for story in _parted([readings[i] for i in topic]):
            for member in story:
                found[topic[member]] = topic[story[0]]
    return found


def _topics(likeness: Sequence[Mapping[int, float]], days: Sequence[date | None]) -> list[list[int]]:
    def apart(one: int, other: int) -> bool:
        a, b = days[one], days[other]
        return a is not None and b is not None and abs((a - b).days) > _DAYS

    ties = (edge for edge in _edges(likeness) if not apart(edge[0], edge[1]))
    graph = _graph(len(likeness), ties)
    # Modularity alone joins small topics the more readily, the more others there are.
    return _communities(graph, _TIGHT * 2 * graph.size(weight="weight"))


def _parted(readings: Sequence[Reading]) -> list[list[int]]:
    """The stories of one topic, as indices into `readings`."""
    whole = list(range(len(readings)))
    if len(readings) < 2 * min(size for size, _ in _APART):
        return [whole]
    weights = _weights([features(reading) | _exact(reading) for reading in readings], topic=True)
    sides, modularity = _cut(weights)
    fewest = min(map(len, sides))
    apart = any(fewest >= size and modularity >= least for size, least in _APART)
    if not apart or not all(_own(weights, *each) for each in (sides, sides[::-1])):
        return [whole]
    return sorted([side[i] for i in part] for side in sides for part in _parted([readings[i] for i in side]))


def _cut(weights: Sequence[Weights]) -> tuple[tuple[list[int], list[int]], float]:
    """The two sides of a topic with the highest modularity, and that modularity."""
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
    excess = ties - np.outer(degrees, degrees) / every  # above chance
    shift = float(np.abs(excess).sum(axis=1).max())  # so that the highest eigenvalue is the largest
    leading = np.sin(np.arange(1.0, len(weights) + 1))  # an arbitrary fixed start
    for _ in range(_STEPS):
        leading = excess @ leading + shift * leading
        leading /= float(np.linalg.norm(leading)) or 1.0
    side = np.where(leading > 0, 1.0, -1.0)
    for i in [*range(len(weights))] * _ROUNDS:  # documents that fit the other side better are moved there
        if side[i] * (excess[i] @ side - excess[i, i] * side[i]) < 0:
            side[i] = -side[i]
    one, other = ([i for i, at in enumerate(side) if at == which] for which in (side[0], -side[0]))
    return (one, other), float(side @ excess @ side) / (2 * every)


def _own(weights: Sequence[Weights], side: Sequence[int], other: Sequence[int]) -> bool:
    """Whether most documents of a side have a feature that the other side hardly has: the coach's name, the
    town.
    """
    here, there = (Counter(f for i in some for f in weights[i]) for some in (side, other))
    return any(n >= _MOST * len(side) and there[f] <= _HARDLY * len(other) for f, n in here.items())


def _exact(reading: Reading) -> dict[str, float]:
    """Features that separate two stories of one kind: "Saturday", "13 May", "23 pirates", "the 81st
    ceremony".
    """
    told = {word for time in reading.times for word in names.words(time.text)}
    exact = {word for word in told if word in _CALENDAR or word.isdigit()}
    for mention in reading.mentions:
        before = mention.text[: max(mention.head_start - mention.start, 0)]
        exact |= {f"#{word}" for word in names.words(before) if word[:1].isdigit()}
    return dict.fromkeys((f"={word}" for word in exact), _EXACT)


def _day(reading: Reading) -> date | None:
    """The publication day of an article, if known to the day."""
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


def _weights(found: Sequence[Mapping[str, float]], *, topic: bool = False) -> list[Weights]:
    """Features by rarity (tf-idf), each vector of length 1.

    `topic`: the documents have one topic, and features of all of them have no weight.
    """
    spread = Counter(feature for some in found for feature in some)
    total = len(found) if topic else max(len(found), _FEW)
    of_all = log(2) if topic else 0.0
    rarity = {feature: log(1 + total / n) - of_all for feature, n in spread.items()}
    weights = [{feature: n * rarity[feature] for feature, n in some.items()} for some in found]
    norms = [sqrt(sum(weight**2 for weight in some.values())) or 1.0 for some in weights]
    return [
        {feature: weight / norm for feature, weight in some.items()}
        for some, norm in zip(weights, norms, strict=True)
    ]


def _likeness(weights: Sequence[Weights], least: float) -> list[dict[int, float]]:
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
        found.append({other: close[other] for other in likest if close[other] >= least})
    return found


def _edges(likeness: Sequence[Mapping[int, float]]) -> Iterator[tuple[int, int, float]]:
    """Pairs of similar documents with their cosine."""
    for document, close in enumerate(likeness):
        yield from ((other, document, cosine) for other, cosine in close.items())


def features(reading: Reading) -> dict[str, float]:
    """The words of a document that make it like others, with their weights."""
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
    """The common stem of a verb and its nouns.

    >>> stem("announce"), stem("announcement"), stem("arrival"), stem("shooting")
    ('announc', 'announc', 'arriv', 'shoot')
    """
    root = lemma.lower()
    for _ in range(2):
        root = _SUFFIX.sub("", root)
    return root
