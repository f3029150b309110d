"""Chooses the claims of a frame that become statements: those between two things, or the whole clause.

    Ana Ruiz met Tom Reed at the fair.      met - Tom Reed                    complete with two things
    Ana Ruiz opened three schools in Peru.  opened - "three schools in Peru"  otherwise Peru would be lost
    The company opened three schools.       opened - three schools            no whole clause: which company?
    Two shops opened in Lima on Friday.     opened - "in Lima"                the clause introduces the shops

If the subject can be identified, the whole clause becomes a statement, unless another claim relates the
subject to something else that can be identified, or gives what the subject said. The whole clause replaces
claims that relate the subject to an unnamed thing by a relation outside the ontology, and claims that would
lose a part; the things remain participants of the event. Denied, reported, planned and possible claims are
left out if they have lost what they are about.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Container, Iterator, Sequence

from kg.model import WHOLE_CLAUSE, Argument, Claim, Doubt, Factuality, MentionKind, Reading, Role
from kg.ontology import Ontology
from kg.resolve.nodes import Nodes

_OBLIQUE = "oblique"
# omissions after which a claim says little
_TORN = frozenset((Doubt.CUT, Doubt.STANDARD, Doubt.PART, Doubt.FIGURE))


def told(reading: Reading, nodes: Nodes, known: Container[str], ontology: Ontology) -> list[Claim]:
    """The claims that make statements, in order.

    `known`: ids of the things that can be identified without their sentence.
    """
    names = sorted(mention.start for mention in reading.mentions if mention.kind is MentionKind.NAME)
    of_frame: defaultdict[tuple[int, int], list[Claim]] = defaultdict(list)
    for claim in reading.claims:
        of_frame[claim.frame, claim.subject.start].append(claim)
    left: set[Claim] = set()
    met = set(_reciprocal(reading, nodes, known, ontology))
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
    """Whether a whole clause about several people together has only one of them as its subject.

    For example, "Ana and Tom posted images of themselves" and "the two leaders sat side by side" make one
    claim for each person. Not "the nurses helped each other", whose subject is the whole group.
    """
    said, mention = claim.object, claim.subject.mention
    if claim.projection != WHOLE_CLAUSE or said is None or mention < 0:
        return False
    words = f" {said.text.lower()} "
    if not any(f" {mutual} " in words for mutual in ontology.words["MutualWords"]):
        return False
    return mention in nodes.pairs or not reading.mentions[mention].plural


def _says_little(claim: Claim, reading: Reading, nodes: Nodes, known: Container[str]) -> bool:
    """Whether a claim that is not asserted has lost what it is about, or is about nobody and nothing in
    particular.

    For example, "A shop may stand on a hill", "Ana said [the] people [who were late] had shouted" (the words
    in brackets are lost) and "Ana said police had searched a house". Not "Ana said police had searched
    Norvex", nor "Voters will choose a flag", because a plan can hardly be described in other words.
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
    dated = claim.time >= 0  # with a date, the event is identified: "police had searched a house on Friday"
    return not whole and not dated and not _is_somebody(claim.object, reading, nodes, known)


def _is_somebody(end: Argument, reading: Reading, nodes: Nodes, known: Container[str]) -> bool:
    """Whether an end is a name, or everything that it refers to can be identified."""
    if end.mention >= 0 and reading.mentions[end.mention].kind is MentionKind.NAME:
        return True
    found = nodes.of(end)
    return bool(found) and all(each in known for each in found)


def _reciprocal(
    reading: Reading, nodes: Nodes, known: Container[str], ontology: Ontology
) -> Iterator[tuple[int, int]]:
    """The offsets of verb and object of each claim that relates two people by a reciprocal verb.

    In "Ruiz and Reed met in Lima", Reed is the object of such a claim, and a subject of "met", too.
    """
    for claim in reading.claims:
        relation = ontology.relations.get(claim.relation.name)
        between = relation is not None and relation.reciprocal and _says_all(claim, nodes, known)
        if between and claim.object is not None:
            yield claim.relation.start, claim.object.start


def _is_introduced(claim: Claim, ontology: Ontology) -> bool:
    """Whether the subject is introduced by its claim: "12 people", "a nurse from Lima", "several shops"."""
    first = claim.subject.text.split(" ", 1)[0].lower()
    return first[:1].isdigit() or first in ontology.words["IntroducingWords"]


def _has_name(whole: Claim, names: Sequence[int]) -> bool:
    """Whether the whole clause contains a name: "Two shops opened in Lima"; not "Two shops opened on a hill".

    `names`: the offsets at which names begin, sorted.
    """
    words = whole.object
    if words is None:
        return False
    first = bisect_left(names, words.start)
    return first < len(names) and names[first] < words.end


def _left_out(
    wholes: Sequence[Claim], others: Sequence[Claim], reading: Reading, nodes: Nodes, known: Container[str]
) -> Sequence[Claim]:
    """The claims of a clause that make no statement: the `wholes`, or those of the `others` that the whole
    clause expresses better.
    """
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
    """Whether the text of a whole clause is just the object of the other claim.

    For example, "the derby" in "Ana refereed the derby".
    """
    words, said = whole.object, claim.object
    if words is None or said is None or said.mention < 0:
        return False
    return said.mention in words.needs and words.text == said.text


def _is_its_own(claim: Claim, reading: Reading, nodes: Nodes) -> bool:
    """Whether a possessive pronoun in the object refers to the subject: "Ana announced her candidacy".

    The claim then does not relate two separate things.
    """
    mention = claim.object.mention if claim.object is not None else -1
    owner = reading.mentions[mention].possessor if mention >= 0 else -1
    pronoun = owner >= 0 and reading.mentions[owner].kind is MentionKind.PRONOUN
    return pronoun and nodes.get(owner) in nodes.of(claim.subject)


def _says_all(claim: Claim, nodes: Nodes, known: Container[str]) -> bool:
    """Whether a claim expresses its clause completely: nothing is lost, and the object is content or an
    identifiable thing other than the place.
    """
    said = claim.object
    if said is None or claim.lost:
        return False
    return said.role is Role.CONTENT or (said.role is not Role.PLACE and _between_known(claim, nodes, known))


def _between_known(claim: Claim, nodes: Nodes, known: Container[str]) -> bool:
    """Whether everything that the object refers to can be identified."""
    found = nodes.of(claim.object) if claim.object is not None else ()
    return bool(found) and all(each in known for each in found)
