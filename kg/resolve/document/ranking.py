"""Scores a person as the antecedent of a pronoun by a few weighted features.

Some features of candidates (`pronouns.Walk` computes all of them):

    "Ana Ruiz met Eva Diaz. She thanked her."
        for "She", Ana Ruiz: "subject", "subject for subject"
    "Reed told Ortiz that his son had left."
        for "his", Reed: "subject around its clause"; Ortiz: "is told its clause"
    "Reed appointed Ortiz to his cabinet."
        for "his", Reed: "subject of its clause"; Ortiz: "object of its clause"

The features are based on Lappin and Leass (1994), Hobbs (1978) and binding theory. `ontology/pronouns.toml`
holds their weights, which `benchmarks/pronouns.py` fits to the development set of GAP.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache

from kg.ontology import folder

Features = dict[str, float]


@cache
def weights() -> tuple[dict[str, float], float]:
    """The weight of each feature, and the minimum lead of the best score over the second best."""
    table = tomllib.loads((folder() / "pronouns.toml").read_text(encoding="utf-8"))
    return table["weights"], table["ahead"]


def score(features: Mapping[str, float], weight: Mapping[str, float]) -> float:
    """The weighted sum of a candidate's features."""
    return sum(value * weight.get(name, 0.0) for name, value in features.items())
