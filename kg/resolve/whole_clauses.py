"""Which claims of one frame become statements: those of two ends, or the one that holds the whole clause.

    Ana Ruiz met Tom Reed at the fair.      met - Tom Reed                  the short one tells it
    Ana Ruiz opened three schools in Peru.  opened - "three schools in Peru"    the short one would be cut
    The company opened three schools.       opened - three schools          nobody knows which company

Of who can be identified, the whole clause is told where no claim between two such, and no content, tells it
shorter; open relations to what has no name are left to it then, and so are claims that would lose a part.
Their ends stay participants of the event.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Sequence

from kg.model import WHOLE_CLAUSE, Claim, Reading, Role
from kg.resolve.nodes import Nodes


def told(reading: Reading, nodes: Nodes, known: Container[str]) -> list[Claim]:
    """The claims that make statements, in order. `known`: ids of what needs no sentence to be identified."""
    of_frame: defaultdict[tuple[int, int], list[Claim]] = defaultdict(list)
    for claim in reading.claims:
        of_frame[claim.frame, claim.subject.start].append(claim)
    left: set[Claim] = set()
    for some in of_frame.values():
        wholes = [claim for claim in some if claim.projection == WHOLE_CLAUSE]
        if wholes:
            others = [claim for claim in some if claim.projection != WHOLE_CLAUSE]
            left.update(_left_out(wholes, others, nodes, known))
    return [claim for claim in reading.claims if claim not in left]


def _left_out(
    wholes: Sequence[Claim], others: Sequence[Claim], nodes: Nodes, known: Container[str]
) -> Sequence[Claim]:
    who = nodes.of(wholes[0].subject)
    if not who or not all(each in known for each in who):
        return wholes
    if any(_says_all(claim, nodes, known) for claim in others):
        return wholes
    return [
        claim
        for claim in others
        if _holds(wholes[0], claim)
        and (claim.lost or not (claim.relation.known or _between_known(claim, nodes, known)))
    ]


def _holds(whole: Claim, claim: Claim) -> bool:
    """Whether the words of the whole clause hold the object of another claim."""
    words, said = whole.object, claim.object
    return words is not None and said is not None and words.start <= said.start < words.end


def _says_all(claim: Claim, nodes: Nodes, known: Container[str]) -> bool:
    """Whether it is a content, or holds between two that have names; where it happened says too little."""
    said = claim.object
    if said is None or claim.lost:
        return False
    return said.role is Role.CONTENT or (said.role is not Role.PLACE and _between_known(claim, nodes, known))


def _between_known(claim: Claim, nodes: Nodes, known: Container[str]) -> bool:
    found = nodes.of(claim.object) if claim.object is not None else ()
    return bool(found) and all(each in known for each in found)
