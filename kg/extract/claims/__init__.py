"""What a complete clause claims.

`copular` reads what somebody is; `direct`, `prepositional` and `measures` what is done to whom, reached
by which preposition, and by how much; `lone` what is left of a clause with one participant;
`attitudes` what is said, thought or wanted.
"""

from __future__ import annotations

from kg.extract.build import Builder
from kg.extract.claims import attitudes, copular, direct, judgements, lone, measures, prepositional
from kg.extract.claims.predicate import Predicate
from kg.extract.clauses.clause import Clause


def read(build: Builder, clause: Clause) -> None:
    """Add the claims of one clause."""
    if clause.subjects or clause.agents:
        predicate = Predicate(build, clause)
        if predicate.is_copula:
            copular.read(predicate)
        else:
            copular.object_predicate(predicate)
            judgements.read(build, clause, predicate.trust, predicate.rule, predicate.surface())
            taken = prepositional.noun_relations(predicate)
            direct.read(predicate, taken)
            prepositional.read(predicate, copular.serving(predicate))
            measures.read(predicate)
            lone.read(predicate)
    attitudes.read(build, clause)
