"""Complete a clause: who or what stands in which function around its verb.

Each module understands one construction; `RULES` are applied in order, each to what the ones before
have filled in.
"""

from __future__ import annotations

from collections.abc import Callable

from kg.extract.clauses import (
    active,
    complements,
    control,
    coordination,
    copula,
    parenthesis,
    participles,
    passive,
    ranked,
    relative,
)
from kg.extract.clauses.clause import Clause, Context

RULES: tuple[Callable[[Clause, Context], Clause], ...] = (
    active.read,
    passive.read,
    copula.read,
    complements.read,
    parenthesis.read,
    relative.read,
    ranked.read,
    participles.read,
    control.read,
    coordination.read,
)
