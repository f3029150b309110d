"""Prepositional complements: what the verb reaches by a preposition.

    Tom apologised to Ana for the delay.    to: Ana; for: delay
    They walked out of the talks.           out of: talks

Times are left out (they date the clause), and so are the doer of a passive and examples ("like").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.clause import Clause, Complement, Context, children
from kg.extract.coordination import members

if TYPE_CHECKING:
    from spacy.tokens import Token

_NOT_ARGUMENTS = frozenset(
    ["like", "such", "despite", "according", "including", "amid", "per", "via", "as"]
) - {"as"}


def read(clause: Clause, context: Context) -> Clause:
    found = [
        Complement(words, member)
        for preposition in children(clause.verb, "prep", "dative", "agent")
        if preposition.pos_ in ("ADP", "SCONJ") and preposition.lower_ not in _NOT_ARGUMENTS
        for words, noun in _targets(preposition)
        if not context.parsed.is_time(noun) and noun not in clause.agents
        for member in members(noun, context)
        if member not in clause.agents
    ]
    return clause.by("complement", complements=tuple(found)) if found else clause


def _targets(preposition: Token) -> list[tuple[str, Token]]:
    """The nouns after it; "out of the room" is one preposition of two words."""
    found = [(preposition.lower_, noun) for noun in children(preposition, "pobj")]
    for inner in children(preposition, "prep"):
        found += [(f"{preposition.lower_} {words}", noun) for words, noun in _targets(inner)]
    return found
