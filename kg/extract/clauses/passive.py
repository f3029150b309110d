"""The passive: the subject undergoes it, "by" names who does it.

    Instagram was bought by Facebook.   Facebook - bought - Instagram
    The bridge was built in 1932.       bridge - was built in - 1932; nobody is said to have built it

Leaves out: "by" with a time, a manner or an amount ("by Friday", "by train", "by 3 percent").
"""

from __future__ import annotations

from kg.extract.clauses.clause import Clause, Context, children, dependents
from kg.extract.clauses.coordination import by_phrase, members


def read(clause: Clause, context: Context) -> Clause:
    verb = clause.verb
    patients = children(verb, "nsubjpass", "csubjpass")
    if not patients and not children(verb, "auxpass"):
        return clause
    subjects = tuple(m for child in patients for m in members(child, context)) or clause.subjects
    doers = by_phrase(verb, context)
    for other in children(verb, "conj"):  # "was written and signed by Ana"
        if (
            not doers
            and other.i == verb.i + 2
            and other.tag_ == "VBN"
            and not children(other, "nsubj", "nsubjpass", "aux", "auxpass")
        ):
            doers = by_phrase(other, context)
    return clause.by("passive", subjects=subjects, agents=doers, passive=True, particle=_stranded(clause))


def _stranded(clause: Clause) -> str:
    """The preposition in "was laughed at by them", which goes with the verb."""
    alone = [
        p.lower_ for p in children(clause.verb, "prep") if p.i == clause.verb.i + 1 and not dependents(p)
    ]
    return clause.particle or (alone[0] if alone else "")
