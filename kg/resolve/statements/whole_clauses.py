"""Which claims of one frame become statements: those with two ends, or the one with the whole clause.

    Ana Ruiz met Tom Reed at the fair.      met - Tom Reed                  the short one is complete
    Ana Ruiz opened three schools in Peru.  opened - "three schools in Peru"    the short one would be cut
    The company opened three schools.       opened - three schools          the company is unknown
    Two shops opened in Lima on Friday.     opened - "in Lima"              newly introduced

For subjects that can be identified, the whole clause is kept if no claim between two such things, and no
content, expresses it; it then replaces open relations to unnamed things and claims that would lose a part.
Their ends remain participants of the event. Of what is not asserted, claims are left out that have lost what
they are about.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Container, Iterator, Sequence

from kg.model import WHOLE_CLAUSE, Argument, Claim, Doubt, Factuality, MentionKind, Reading, Role
from kg.ontology import Ontology
from kg.resolve.nodes import Nodes

_OBLIQUE = "oblique"
_TORN = frozenset((Doubt.CUT, Doubt.STANDARD, Doubt.PART, Doubt.FIGURE))


def told(reading: Reading, nodes: Nodes, known: Container[str], ontology: Ontology) -> list[Claim]:
    """The claims that make statements, in order. `known`: ids of things that can be identified without a
    sentence.
    """
    names = sorted(mention.start for mention in reading.mentions if mention.kind is MentionKind.NAME)
    of_frame: defaultdict[tuple[int, int], list[Claim]] = defaultdict(list)
    for claim in reading.claims:
        of_frame[claim.frame, claim.subject.start].append(claim)
    left: set[Claim] = set()
    met = set(_met(reading, nodes, known, ontology))
    for some in of_frame.values():
        wholes = [claim for claim in some if claim.projection == WHOLE_CLAUSE]
        if wholes and (wholes[0].relation.start, wholes[0].subject.start) in met:
            left.update(wholes)
        elif wholes:
            others = [claim for claim in some if claim.projection != WHOLE_CLAUSE]
            who = nodes.of(wholes[0].subject)
            if bool(who) and all(each in known for each in who):
                left.update(_left_out(wholes, others, reading, nodes, known))
            elif not who or not _is_introduced(wholes[0], ontology) or not _has_name(wholes[0], names):
                left.update(wholes)
    left.update(claim for claim in reading.claims if _says_little(claim, reading, nodes, known))
    return [claim for claim in reading.claims if claim not in left]


def is_mutual(claim: Claim, reading: Reading, nodes: Nodes, ontology: Ontology) -> bool:
    """Whether the subject is one of several people whom the words concern together.

    "Ana and Tom posted images of themselves", "the two leaders sat side by side"; not "the nurses helped each
    other", whose subject is all of them.
    """
    said, mention = claim.object, claim.subject.mention
    if claim.projection != WHOLE_CLAUSE or said is None or mention < 0:
        return False
    words = f" {said.text.lower()} "
    if not any(f" {mutual} " in words for mutual in ontology.words["MutualWords"]):
        return False
    return mention in nodes.pairs or not reading.mentions[mention].plural


def _says_little(claim: Claim, reading: Reading, nodes: Nodes, known: Container[str]) -> bool:
    """Whether a claim that is not a fact has lost what it is about.

    "A shop may stand on a hill", "Ana said [the] people [who were late] had shouted", "Ana said police had
    searched a house": nobody in particular, nothing in particular. Not "Voters will choose a flag", because
    a plan may be described in no other words; nor "Ana said police had searched Norvex".
    """
    if claim.factuality is Factuality.ASSERTED or claim.object is None:
        return False
    if not _TORN.isdisjoint(claim.lost):
        return True
    if claim.factuality is Factuality.PLANNED or _is_somebody(claim.subject, reading, nodes, known):
        return False
    if Doubt.RESTRICTION in claim.lost:
        return True
    if claim.factuality is Factuality.POSSIBLE:
        return claim.projection == _OBLIQUE
    whole = claim.projection == WHOLE_CLAUSE or claim.object.role is Role.CONTENT
    dated = claim.time >= 0  # "Ana said police had searched a house on Friday": it can be found again
    return not whole and not dated and not _is_somebody(claim.object, reading, nodes, known)


def _is_somebody(end: Argument, reading: Reading, nodes: Nodes, known: Container[str]) -> bool:
    """Whether the end is named, or all that it refers to can be identified."""
    if end.mention >= 0 and reading.mentions[end.mention].kind is MentionKind.NAME:
        return True
    found = nodes.of(end)
    return bool(found) and all(each in known for each in found)


def _met(
    reading: Reading, nodes: Nodes, known: Container[str], ontology: Ontology
) -> Iterator[tuple[int, int]]:
    """The verb and the other subject of claims already read as meeting each other: "Ruiz and Reed met in
    Lima".
    """
    for claim in reading.claims:
        relation = ontology.relations.get(claim.relation.name)
        between = relation is not None and relation.reciprocal and _says_all(claim, nodes, known)
        if between and claim.object is not None:
            yield claim.relation.start, claim.object.start


def _is_introduced(claim: Claim, ontology: Ontology) -> bool:
    """Whether the subject is newly introduced: "12 people", "a nurse from Lima", "several shops"."""
    first = claim.subject.text.split(" ", 1)[0].lower()
    return first[:1].isdigit() or first in ontology.words["IntroducingWords"]


def _has_name(whole: Claim, names: Sequence[int]) -> bool:
    """Whether the whole clause contains a name: "Two shops opened in Lima"; not "Two shops opened on a hill".

    `names`: the positions at which names begin.
    """
    words = whole.object
    if words is None:
        return False
    first = bisect_left(names, words.start)
    return first < len(names) and names[first] < words.end


def _left_out(
    wholes: Sequence[Claim], others: Sequence[Claim], reading: Reading, nodes: Nodes, known: Container[str]
) -> Sequence[Claim]:
    if any(
        (_says_all(claim, nodes, known) and not _is_its_own(claim, reading, nodes))
        or _is_same(wholes[0], claim)
        for claim in others
    ):
        return wholes
    return [
        claim
        for claim in others
        if _holds(wholes[0], claim)
        and (claim.lost or not (claim.relation.known or _between_known(claim, nodes, known)))
    ]


def _holds(whole: Claim, claim: Claim) -> bool:
    """Whether the words of the whole clause contain the object of another claim."""
    words, said = whole.object, claim.object
    return words is not None and said is not None and words.start <= said.start < words.end


def _is_same(whole: Claim, claim: Claim) -> bool:
    """Whether the object in words adds nothing to the thing: "the derby" in "Ana refereed the derby"."""
    words, said = whole.object, claim.object
    if words is None or said is None or said.mention < 0:
        return False
    return said.mention in words.needs and words.text == said.text


def _is_its_own(claim: Claim, reading: Reading, nodes: Nodes) -> bool:
    """Whether the subject owns the object, which is then no second thing: "Ana announced her candidacy [in
    Lima]".
    """
    mention = claim.object.mention if claim.object is not None else -1
    owner = reading.mentions[mention].possessor if mention >= 0 else -1
    pronoun = owner >= 0 and reading.mentions[owner].kind is MentionKind.PRONOUN
    return pronoun and nodes.get(owner) in nodes.of(claim.subject)


def _says_all(claim: Claim, nodes: Nodes, known: Container[str]) -> bool:
    """Whether the claim is a content, or relates two named things; a place alone says too little."""
    said = claim.object
    if said is None or claim.lost:
        return False
    return said.role is Role.CONTENT or (said.role is not Role.PLACE and _between_known(claim, nodes, known))


def _between_known(claim: Claim, nodes: Nodes, known: Container[str]) -> bool:
    found = nodes.of(claim.object) if claim.object is not None else ()
    return bool(found) and all(each in known for each in found)
