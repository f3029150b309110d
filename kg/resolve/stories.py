"""Which documents tell one story: those that share much of what few others speak of.

Features are the words of names and the stems of nouns and verbs, weighed by how few documents have them
(tf-idf, cosine). Each document is compared only with those that share a rare feature, so that the cost
grows with the number of documents.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from math import log, sqrt

from kg.model import Mention, MentionKind, Reading
from kg.resolve import names

_FEW = 50  # documents; of fewer, what all speak of says as much as if these were of many
_NEIGHBOURS = 30  # documents that one is compared with
_COMMON = 100  # documents; a feature of more of them tells no story apart
_NAME = 2.0  # weight of a word of a name, of other words 1
_SUFFIX = re.compile(r"(?<=\w{4})(ments?|[ai]?tions?|ions?|ings?|als?|ances?|ences?|e|s)$")


def near(likeness: Sequence[Mapping[int, float]], least: float) -> list[set[int]]:
    """For each document the indices of those whose cosine with it is `least` or more."""
    found: list[set[int]] = [set() for _ in likeness]
    for document, close in enumerate(likeness):
        for other, cosine in close.items():
            if cosine >= least:
                found[document].add(other)
                found[other].add(document)
    return found


def likeness(readings: Sequence[Reading]) -> list[dict[int, float]]:
    """For each document the cosines with the likest of those before it, by their indices."""
    features = [_features(reading) for reading in readings]
    spread = Counter(feature for some in features for feature in some)
    rarity = {feature: log(1 + max(len(readings), _FEW) / n) for feature, n in spread.items()}
    weights = [{feature: n * rarity[feature] for feature, n in some.items()} for some in features]
    norms = [sqrt(sum(weight**2 for weight in some.values())) or 1.0 for some in weights]
    holders: defaultdict[str, list[int]] = defaultdict(list)
    found: list[dict[int, float]] = []
    for document, some in enumerate(weights):
        common: defaultdict[int, float] = defaultdict(float)
        for feature, weight in some.items():
            if 1 < spread[feature] <= _COMMON:
                for earlier in holders[feature]:
                    common[earlier] += weight * weights[earlier][feature]
                holders[feature].append(document)
        close = {other: product / (norms[document] * norms[other]) for other, product in common.items()}
        likest = sorted(close, key=lambda other: (-close[other], other))[:_NEIGHBOURS]
        found.append({other: close[other] for other in likest})
    return found


def _features(reading: Reading) -> dict[str, float]:
    found: dict[str, float] = {}
    for mention in reading.mentions:
        if mention.kind is MentionKind.NAME:
            found.update(dict.fromkeys(_words(mention), _NAME))
        elif mention.kind is not MentionKind.PRONOUN and mention.lemma:
            found.setdefault(stem(mention.lemma), 1.0)
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
