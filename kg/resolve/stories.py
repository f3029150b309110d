"""Groups documents by story: the documents of a story share many features that few other documents have.

Features are the words of names and the stems of nouns and verbs; they are weighted by rarity (tf-idf), and
documents are compared by the cosine of their weighted features. Each document is compared only with those
that share a rare feature, so that the cost grows linearly with the number of documents.

`near` gives the similar documents of each document; `groups` divides all documents into stories. Two stories
of one kind (a coach of Lima is dismissed in May, his successor in June) share most of their words, and
therefore first form one topic. To find out whether a topic has two stories, features that all its documents
have are ignored, and days and numbers are added ("23 pirates on Saturday", "26 pirates on Thursday"). The
topic is cut into the two sides with the highest modularity (Newman 2006, "Modularity and community structure
in networks"). The sides are two stories if the modularity is high, and if each side has features that the
other lacks. For few documents the threshold is higher, because any cut of them has a high modularity.
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

_FEW = 50  # rarity is computed as if there were at least this many documents
_NEIGHBOURS = 30  # maximum number of earlier documents that are recorded as similar to a document
_COMMON = 100  # features that more documents than this have are ignored when documents are compared
_NAME = 2.0  # weight of a word of a name; other words have 1
_MODIFIER = 0.5  # weight of a word before a noun
_SHORT = 3  # characters; a word of at most this length before a noun does not discriminate ("the", "two")
_DAYS = 7  # similar articles published more than this many days apart do not form a topic
# Resolution of the Louvain method, relative to the sum of all similarities; a higher one makes more, smaller
# topics.
_TIGHT = 0.0025
_APART = ((8, 0.2), (5, 0.3))  # (minimum number of documents on each side, minimum modularity) of two stories
_EXACT = 1.25  # weight of days and numbers when two stories of one kind are separated
# A feature is specific to one of two stories if at least the fraction `_MOST` of the story's documents have
# it, and at most the fraction `_HARDLY` of the other story's documents.
_MOST, _HARDLY = 0.5, 0.1
_STEPS = 200  # iterations of the power method, which computes the leading eigenvector
_ROUNDS = 10  # number of times that each document may then change sides
_CALENDAR = frozenset(name.lower() for name in (*day_name, *month_name) if name)
_SUFFIX = re.compile(r"(?<=\w{4})(ments?|[ai]?tions?|ions?|ings?|als?|ances?|ences?|e|s)$")


def likeness(found: Sequence[Mapping[str, float]], least: float) -> list[dict[int, float]]:
    """For each document: index of an earlier document -> cosine of the two.

    Only the most similar earlier documents, with a cosine of at least `least`. `found`: the `features` of
    each document.
    """
    return _likeness(_weights(found), least)


def near(likeness: Sequence[Mapping[int, float]]) -> list[set[int]]:
    """For each document, the indices of the documents that are similar to it."""
    found: list[set[int]] = [set() for _ in likeness]
    for one, other, _ in _edges(likeness):
        found[one].add(other)
        found[other].add(one)
    return found


def groups(readings: Sequence[Reading], likeness: Sequence[Mapping[int, float]]) -> list[int]:
    """For each document, the index of the first document of its story."""
    found = list(range(len(readings)))
    days = [_day(reading) for reading in readings]
    for topic in _topics(likeness, days):
        for story in _stories_of([readings[i] for i in topic]):
            for member in story:
                found[topic[member]] = topic[story[0]]
    return found


def _topics(likeness: Sequence[Mapping[int, float]], days: Sequence[date | None]) -> list[list[int]]:
    """The topics: groups of similar documents, as sorted indices; the groups in the order of their first."""

    def apart(one: int, other: int) -> bool:
        a, b = days[one], days[other]
        return a is not None and b is not None and abs((a - b).days) > _DAYS

    ties = (edge for edge in _edges(likeness) if not apart(edge[0], edge[1]))
    graph = _graph(len(likeness), ties)
    # The resolution is scaled: otherwise small topics are joined more readily, the more documents there are.
    return _communities(graph, _TIGHT * 2 * graph.size(weight="weight"))


def _stories_of(readings: Sequence[Reading]) -> list[list[int]]:
    """The stories of the documents of one topic, as indices into `readings`."""
    whole = list(range(len(readings)))
    if len(readings) < 2 * min(size for size, _ in _APART):
        return [whole]
    weights = _weights([features(reading) | _days_and_numbers(reading) for reading in readings], topic=True)
    sides, modularity = _cut(weights)
    fewest = min(map(len, sides))
    apart = any(fewest >= size and modularity >= least for size, least in _APART)
    if not apart or not all(_has_own_feature(weights, *each) for each in (sides, sides[::-1])):
        return [whole]
    return sorted(
        [side[i] for i in part] for side in sides for part in _stories_of([readings[i] for i in side])
    )


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
    excess = ties - np.outer(degrees, degrees) / every  # similarity above what chance would give
    # makes the highest eigenvalue the largest in absolute value
    shift = float(np.abs(excess).sum(axis=1).max())
    leading = np.sin(np.arange(1.0, len(weights) + 1))  # an arbitrary fixed start
    for _ in range(_STEPS):
        leading = excess @ leading + shift * leading
        leading /= float(np.linalg.norm(leading)) or 1.0
    side = np.where(leading > 0, 1.0, -1.0)
    for i in [*range(len(weights))] * _ROUNDS:  # a document that fits the other side better moves there
        if side[i] * (excess[i] @ side - excess[i, i] * side[i]) < 0:
            side[i] = -side[i]
    one, other = ([i for i, at in enumerate(side) if at == which] for which in (side[0], -side[0]))
    return (one, other), float(side @ excess @ side) / (2 * every)


def _has_own_feature(weights: Sequence[Weights], side: Sequence[int], other: Sequence[int]) -> bool:
    """Whether most documents of `side` have a feature that hardly any document of `other` has.

    For example, the name of the coach or the town.
    """
    here, there = (Counter(f for i in some for f in weights[i]) for some in (side, other))
    return any(n >= _MOST * len(side) and there[f] <= _HARDLY * len(other) for f, n in here.items())


def _days_and_numbers(reading: Reading) -> dict[str, float]:
    """Additional features that separate two stories of one kind, with their weights.

    They come from expressions such as "Saturday", "13 May", "23 pirates" and "the 81st ceremony".
    """
    told = {word for time in reading.times for word in names.words(time.text)}
    exact = {word for word in told if word in _CALENDAR or word.isdigit()}
    for mention in reading.mentions:
        before = mention.text[: max(mention.head_start - mention.start, 0)]
        exact |= {f"#{word}" for word in names.words(before) if word[:1].isdigit()}
    return dict.fromkeys((f"={word}" for word in exact), _EXACT)


def _day(reading: Reading) -> date | None:
    """The publication date of an article; None if it is not known to the day."""
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
    """The features of each document weighted by rarity (tf-idf), as a vector of length 1.

    `topic`: whether the documents are of one topic; then a feature that all of them have gets the weight 0.
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
    """(earlier document, later document, cosine) for each pair of similar documents."""
    for document, close in enumerate(likeness):
        yield from ((other, document, cosine) for other, cosine in close.items())


def features(reading: Reading) -> dict[str, float]:
    """The features by which a document is compared with others: word or stem -> weight."""
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
    """The common stem of a verb and the nouns derived from it.

    >>> stem("announce"), stem("announcement"), stem("arrival"), stem("shooting")
    ('announc', 'announc', 'arriv', 'shoot')
    """
    root = lemma.lower()
    for _ in range(2):
        root = _SUFFIX.sub("", root)
    return root
