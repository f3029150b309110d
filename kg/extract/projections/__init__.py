"""Projections: which claims a frame makes.

A claim relates two parts of a frame, or one part and the text of all the others. `PROJECTIONS` is the table:
each entry names the parts that can be subject and object, and the function that decides when the claim is
made and what its relation is called. A clause is projected in the order of the table; a later projection
knows the results of the earlier ones. `kg.extract.whole` finds necessary parts that a claim omits; these are
kept in the frame, and in the graph as parts of its event.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.build import Builder
from kg.extract.clauses.clause import Clause
from kg.extract.projections import (
    attitudes,
    copular,
    direct,
    judgements,
    measures,
    one_participant,
    prepositional,
    remainder,
)
from kg.extract.projections.predicate import Predicate, is_in_title
from kg.extract.reality.factuality import says_reverse
from kg.extract.reality.modality import is_question
from kg.model import WHOLE_CLAUSE, Factuality, Function

if TYPE_CHECKING:
    from spacy.tokens import Token

Ends = frozenset[Function]

_TOLD = frozenset((Function.WHO, Function.WHOM, Function.TO_WHOM))
_ATTRIBUTE = frozenset((Function.ATTRIBUTE,))
_CONTENT = frozenset((Function.CONTENT,))
_OBLIQUE = frozenset((Function.OBLIQUE, Function.PLACE, Function.AMOUNT))
_ADDED = frozenset((Function.TIME, Function.AMOUNT))
_ANY = frozenset(Function)


@dataclass(frozen=True, slots=True)
class Projection:
    """One kind of claim. `subject`, `object`: the functions in the frame that they can have.

    `copular`: True if it applies to copular clauses only, False if to all others, None if to all clauses.
    """

    name: str
    read: Callable[[Predicate], None]
    subject: Ends
    object: Ends
    copular: bool | None = False


PROJECTIONS = (
    Projection("copula", copular.read, _TOLD | _ATTRIBUTE, _ANY, copular=True),
    Projection("object predicate", copular.object_predicate, _TOLD | _ATTRIBUTE, _ANY),
    Projection("judgement", judgements.read, _TOLD | _ATTRIBUTE, _ANY),
    Projection("noun relation", prepositional.noun_relations, _TOLD, _ANY),
    Projection("direct", direct.read, _TOLD, _TOLD | _ATTRIBUTE),
    Projection("served as", copular.serving, _TOLD | _OBLIQUE, _ANY),
    Projection("oblique", prepositional.read, _TOLD, _OBLIQUE),
    Projection("amount", measures.read, _TOLD, _ADDED),
    Projection("alone", one_participant.read, _TOLD, _ADDED),
    Projection("content", attitudes.read, _TOLD, _CONTENT, copular=None),
    Projection(WHOLE_CLAUSE, remainder.read, _TOLD, _ANY, copular=None),
)


def read(build: Builder, clause: Clause) -> None:
    """Add the claims of one clause, or of each of its parts ("ran for mayor in 2010 and for judge in 2018").

    None are added if the clause says the reverse ("should not rise", "is unlikely to rise", "may refuse to
    sign"), is a question, or is part of a title ("The Man Who Sold Too Much"). The clause still has its
    frame, and is still part of what a speaker said.
    """
    verb, context = clause.verb, build.context
    if says_reverse(verb, context) or is_question(verb, context) or is_in_title(verb, context):
        return
    if _may_be_refused(build, verb):
        return
    for part in clause.parts or (clause,):
        predicate = Predicate(build, part)
        for projection in PROJECTIONS:
            fits = projection.copular in (None, predicate.is_copula)
            if fits and not (clause.parts and projection.name == WHOLE_CLAUSE):
                build.projection = projection.name
                projection.read(predicate)


def _may_be_refused(build: Builder, verb: Token) -> bool:
    """Whether only the opposite is possible: "Ana may refuse to sign", "it is not proven that she refused to
    sign"; not "did not refuse to sign".
    """
    status = build.status(verb)
    scope = status.scope
    if status.factuality is not Factuality.POSSIBLE or scope is None or not scope.is_ancestor(verb):
        return False
    refused = scope.lemma_.lower() in build.context.words("NegativeVerbs") and scope.i != verb.i
    return refused and build.status(scope).factuality is not Factuality.NEGATED
