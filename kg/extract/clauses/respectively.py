"""Two lists whose members correspond in order.

    Ana and Tom visited Lima and Cusco respectively.    Ana - visited - Lima, Tom - visited - Cusco
    Ana and Tom lost to Lima and Cusco respectively.    Ana - lost to - Lima, Tom - lost to - Cusco

Excludes lists of different lengths, which make no claims, and times ("in 2010 and 2012 respectively"), which
do not distinguish claims.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from kg.extract.clauses.clause import Clause, Construction, Context, dependents

if TYPE_CHECKING:
    from spacy.tokens import Token


def read(clause: Clause, context: Context) -> Clause:  # noqa: ARG001
    heads = [clause.verb, *clause.objects, *clause.agents, *(c.head for c in clause.complements)]
    if not any(child.lower_ == "respectively" for head in heads for child in dependents(head)):
        return clause
    lists = list(_lists(clause))
    if len(lists) < 2:
        return clause
    (one, first), (other, second), *rest = lists
    if rest or len(first) != len(second):
        return clause.by(CONSTRUCTION, subjects=(), agents=())
    whole = clause.by(CONSTRUCTION)
    pairs = zip(first, second, strict=True)
    return replace(whole, parts=tuple(replace(whole, **{one: a, other: b}) for a, b in pairs))  # type: ignore[arg-type]


def _lists(clause: Clause) -> Iterator[tuple[str, list[tuple[object, ...]]]]:
    """For each function with several phrases: its name, and its value in each of the separate claims."""
    for slot in ("subjects", "objects", "agents"):
        tokens: tuple[Token, ...] = getattr(clause, slot)
        if len(tokens) > 1:
            yield slot, [(token,) for token in tokens]
    for _, group in groupby(clause.complements, key=lambda complement: complement.preposition):
        members = list(group)
        if len(members) > 1:
            others = tuple(c for c in clause.complements if c not in members)
            yield "complements", [(member, *others) for member in members]


CONSTRUCTION = Construction(
    "respectively",
    read,
    trust=0.85,
    after=("active", "passive", "complement", "relative", "coordination"),
    why="the lists must be complete before they are paired",
)
