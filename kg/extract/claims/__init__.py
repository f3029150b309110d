"""Projections: which claims a frame makes.

A claim relates two parts of a frame, or one part and all the rest in words. `PROJECTIONS` is the table: each
line names the parts at both ends, and the module that says when, and what the relation is called. In that order a
clause is read; a later projection knows what the ones before it made. What a claim leaves out and must not,
`kg.extract.whole` finds; it stays in the frame, and on its event.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kg.extract.build import Builder
from kg.extract.claims import attitudes, copular, direct, judgements, lone, measures, prepositional, remainder
from kg.extract.claims.predicate import Predicate
from kg.extract.clauses.clause import Clause
from kg.model import WHOLE_CLAUSE, Function

_ANY = frozenset(Function)
_TOLD = frozenset((Function.WHO, Function.WHOM, Function.TO_WHOM))


@dataclass(frozen=True, slots=True)
class Projection:
    """`ends`: what subject and object of its claims are to the frame, any of these; `when`: which clauses it reads."""

    name: str
    read: Callable[[Predicate], None]
    ends: tuple[frozenset[Function], frozenset[Function]]
    when: Callable[[Predicate], bool]


def _copular(predicate: Predicate) -> bool:
    return predicate.is_copula


def _verbal(predicate: Predicate) -> bool:
    return not predicate.is_copula


def _any(predicate: Predicate) -> bool:
    return True


_REACHED = frozenset((Function.OBLIQUE, Function.PLACE, Function.AMOUNT))
_ADDED = frozenset((Function.TIME, Function.AMOUNT))

PROJECTIONS = (
    Projection("copula", copular.read, (_TOLD, frozenset((Function.ATTRIBUTE,))), _copular),
    Projection(
        "object predicate", copular.object_predicate, (_TOLD, frozenset((Function.ATTRIBUTE,))), _verbal
    ),
    Projection(
        "judgement", judgements.read, (_TOLD, frozenset((Function.ATTRIBUTE, Function.OBLIQUE))), _verbal
    ),
    Projection("noun relation", prepositional.noun_relations, (_TOLD, _ANY), _verbal),
    Projection("direct", direct.read, (_TOLD, _TOLD | {Function.ATTRIBUTE}), _verbal),
    Projection("served as", copular.serving, (_TOLD, frozenset((Function.OBLIQUE,))), _verbal),
    Projection("oblique", prepositional.read, (_TOLD, _REACHED), _verbal),
    Projection("amount", measures.read, (_TOLD, frozenset((Function.AMOUNT,))), _verbal),
    Projection("alone", lone.read, (_TOLD, _ADDED), _verbal),
    Projection("content", attitudes.read, (_TOLD, frozenset((Function.CONTENT,))), _any),
    Projection(WHOLE_CLAUSE, remainder.read, (_TOLD, _ANY), _any),
)


def read(build: Builder, clause: Clause) -> None:
    """Add the claims of one clause."""
    predicate = Predicate(build, clause)
    for projection in PROJECTIONS:
        if projection.when(predicate):
            build.projection = projection.name
            projection.read(predicate)
