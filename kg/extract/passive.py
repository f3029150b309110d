"""The passive: the subject undergoes it, "by" names who does it.

    Instagram was bought by Facebook.   Facebook - bought - Instagram
    The bridge was built in 1932.       bridge - was built in - 1932; nobody is said to have built it

Leaves out: "by" with a time, a manner or an amount ("by Friday", "by train", "by 3 percent").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.clause import Clause, Context, children
from kg.extract.coordination import members

if TYPE_CHECKING:
    from spacy.tokens import Token


def read(clause: Clause, context: Context) -> Clause:
    verb = clause.verb
    patients = children(verb, "nsubjpass", "csubjpass")
    if not patients and not children(verb, "auxpass"):
        return clause
    subjects = tuple(m for child in patients for m in members(child, context)) or clause.subjects
    return clause.by("passive", subjects=subjects, agents=agents(clause, context), passive=True)


def agents(clause: Clause, context: Context) -> tuple[Token, ...]:
    """Who does it: the nouns after "by", unless they tell when, how, or how much."""
    found = [
        noun
        for preposition in children(clause.verb, "agent", "prep")
        if preposition.lower_ == "by"
        for noun in children(preposition, "pobj")
    ]
    return tuple(
        m
        for noun in found
        if (not context.parsed.is_time(noun) and not children(noun, "nummod"))
        or context.parsed.type_of(noun) == "Group"
        for m in members(noun, context)
    )
