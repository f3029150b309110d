"""Complete a clause: find which phrase has which function for its verb.

Each module handles one construction and describes it by its `CONSTRUCTION`; they are applied in the order of
`CONSTRUCTIONS`, each to the result of the previous ones. A new construction needs a module, an entry in
`CONSTRUCTIONS`, and its cases in tests/cases/ under the name of the module.
"""

from __future__ import annotations

from kg.extract.clauses import (
    active,
    complements,
    control,
    coordination,
    copula,
    gap,
    parenthesis,
    participles,
    passive,
    ranked,
    relative,
    repeated,
    respectively,
)
from kg.extract.clauses.clause import Construction

CONSTRUCTIONS: tuple[Construction, ...] = (
    active.CONSTRUCTION,
    passive.CONSTRUCTION,
    copula.CONSTRUCTION,
    complements.CONSTRUCTION,
    parenthesis.CONSTRUCTION,
    relative.CONSTRUCTION,
    gap.CONSTRUCTION,
    ranked.CONSTRUCTION,
    participles.CONSTRUCTION,
    control.CONSTRUCTION,
    coordination.CONSTRUCTION,
    respectively.CONSTRUCTION,
    repeated.CONSTRUCTION,
)
