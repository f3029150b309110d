"""Scores a person as the antecedent of a pronoun by a few weighted features.

    "Ana Ruiz met Eva Diaz. She thanked her."     Ana Ruiz: "subject", "subject for subject", ...
    "Reed told Ortiz that his son had left."      Reed: "holds the clause"; Ortiz: "is told it"
    "Reed appointed Ortiz to his cabinet."        Reed: "subject of the clause"; Ortiz: "object of the clause"

The features are those of Lappin and Leass (1994), Hobbs (1978) and the binding of pronouns in their clause;
`ontology/pronouns.toml` holds the weights, which `benchmarks/pronouns.py` fits to GAP (development part).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache

from kg.ontology import folder

Features = dict[str, float]


@cache
def weights() -> tuple[dict[str, float], float]:
    """The weight of each feature, and the minimum lead of the best candidate."""
    table = tomllib.loads((folder() / "pronouns.toml").read_text(encoding="utf-8"))
    return table["weights"], table["ahead"]


def score(features: Mapping[str, float], weight: Mapping[str, float]) -> float:
    """The score of a candidate."""
    return sum(value * weight.get(name, 0.0) for name, value in features.items())
