""" "It" -> the organisation, country or work that alone acts in the sentence before.

    "Alpine Rail closed the tunnel. It fired two drivers."      It: Alpine Rail

"It" must begin its sentence and act itself: in "It was built in 1910" it may be the tunnel. Nothing but
the antecedent may be a subject of the sentence before, and the relation must admit it. Leaves out: any
other "it", and "they" of one organisation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.model import BlockKind, Claim, Reading, Role
from kg.ontology import Ontology
from kg.resolve import types
from kg.resolve.document.within import Kind, Local


def resolve(
    reading: Reading, locals_: Sequence[Local], owner: Mapping[int, int], ontology: Ontology
) -> dict[int, int]:
    """Index of an "it" -> index of its local. `owner`: mention -> local."""
    found: dict[int, int] = {}
    for claim in reading.claims:
        index, sentence = claim.subject.mention, reading.sentences[claim.sentence]
        opens = claim.subject.start == sentence.start and claim.subject.text.lower() == "it"
        if index < 0 or not opens or not _acts(claim) or sentence.block is not BlockKind.PARAGRAPH:
            continue
        subjects = {
            owner.get(other.subject.mention, -1)
            for other in reading.claims
            if other.sentence == claim.sentence - 1
            and (other.subject.mention < 0 or not reading.mentions[other.subject.mention].quoted)
        }
        if len(subjects) == 1 and (one := min(subjects)) >= 0 and _can(locals_[one], claim, ontology):
            found[index] = one
    return found


def _acts(claim: Claim) -> bool:
    """ "It fired two drivers", but not "it was fired", "it is clear", "it rained"."""
    acts = claim.subject.role is Role.AGENT and not claim.relation.inverted
    return acts and claim.object is not None and claim.object.role is Role.PATIENT


def _can(local: Local, claim: Claim, ontology: Ontology) -> bool:
    relation = ontology.relations.get(claim.relation.name)
    type_ = "Country" if local.kind is Kind.AREA else types.decide(local.votes, ontology)
    admitted = relation is None or ontology.admits(relation.subjects, type_)
    return local.kind in (Kind.AREA, Kind.OTHER) and admitted and type_ not in ("Thing", "Person", "Group")
