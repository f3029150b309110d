"""The body that a person means by "we": the one in which the person has an office, according to the article.

    Norvex chief Ana Ruiz said: "We will open a mill"          we: Norvex
    Norvale coach Tom Reed said: "We played well"              we: Norvale
    "Our forecast is low," said Eva Paz, analyst at Lumora     our: Lumora

Unknown for officials of a state or party, who rather mean all citizens ("We must fight crime"), and for
somebody with offices in two bodies.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping

from kg.model import Argument, MentionKind, Reading
from kg.ontology import Ontology
from kg.resolve.nodes import Nodes

_WE = frozenset(("we", "us"))
_OUR = frozenset(("our", "ours"))
_OFFICES = ("holdsPosition", "describedAs")  # relations of a person to an office
_BELONGING = ("affiliatedWith", "worksFor", "leads", "memberOf", "spokespersonFor")
_OF_ALL = ("GovernmentBody", "PoliticalParty", "MediaOutlet")


def bodies(reading: Reading, nodes: Nodes, types: Mapping[str, str], ontology: Ontology) -> dict[str, str]:
    """Id of each person with an office in one body -> id of the body. `types`: id -> class."""
    holders = {
        claim.object.mention: (person, reading.mentions[claim.object.mention].lemma)
        for claim in reading.claims
        if claim.relation.name in _OFFICES and claim.object and claim.object.mention >= 0
        if (person := nodes.get(claim.subject.mention))
    }
    found = dict[str, set[str]]()
    for claim in reading.claims:
        if claim.object is None or claim.object.mention < 0 or not (body := nodes.get(claim.object.mention)):
            continue
        if claim.relation.name == "positionIn" and claim.subject.mention in holders:
            person, role = holders[claim.subject.mention]
        elif claim.relation.name in _BELONGING:
            person, role = nodes.get(claim.subject.mention), ""
        else:
            continue
        if person and _speaks_for(role, types.get(body, ""), ontology):
            found.setdefault(person, set()).add(body)
    return {person: min(some) for person, some in found.items() if len(some) == 1}


def _speaks_for(role: str, type_: str, ontology: Ontology) -> bool:
    """Whether the holder of an office in a body of this class means the body by "we"."""
    if role.lower() in ontology.words.get("TeamRoles", frozenset()):
        return not any(ontology.is_a(type_, each) for each in ("Person", "GovernmentBody"))
    return ontology.is_a(type_, "Organization") and not any(ontology.is_a(type_, each) for each in _OF_ALL)


def first_we(said: Argument, reading: Reading) -> tuple[int, str]:
    """Index of the first quoted "we", "us" or "our" in a text, and "'s" if it is a possessive; (-1, "") if
    there is none.
    """
    first = bisect_left(reading.mentions, said.start, key=lambda mention: mention.start)
    for index, mention in enumerate(reading.mentions[first:], first):
        if mention.start >= said.end:
            break
        word = mention.text.lower()
        if mention.kind is MentionKind.PRONOUN and mention.quoted and word in _WE | _OUR:
            return index, "'s" if word in _OUR else ""
    return -1, ""
