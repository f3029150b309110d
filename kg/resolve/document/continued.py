"""Resolves "he", "she" and "it" as speakers to a speaker without a name, who speaks on.

    "A trader praised the mill. “It pays,” he said."                 he: the trader
    "The report was short. It said the mill was sold."               It: the report

Only the subject of a speech verb is resolved, and only to the one speaker or main subject of the sentence
before; whole sentences of quotation in between do not count. If that one is a pronoun that this module
resolved itself, both have the same speaker. Speakers with a name are found by `pronouns` and `it`.
"""

from __future__ import annotations

from collections.abc import Container, Iterator

from kg.model import BlockKind, Mention, MentionKind, Reading
from kg.ontology import Ontology
from kg.resolve.document.clauses import Clauses
from kg.resolve.document.pronouns import HE_OR_SHE
from kg.resolve.gender import gender_of_noun

_BACK = 3  # the speaker is at most so many sentences before the pronoun


def speakers(reading: Reading, clear: Container[int], ontology: Ontology) -> dict[int, int]:
    """Index of a pronoun -> index of the mention of its speaker, which has no name.

    `clear`: the pronouns that have been resolved to something with a name.
    """
    clauses = Clauses(reading)
    found: dict[int, int] = {}
    for index in _speaking(reading):
        if index in clear:
            continue
        pronoun = reading.mentions[index]
        before = _subjects_before(reading, clauses, pronoun.sentence)
        if len(before) != 1 or index not in clauses.topics(pronoun.sentence):
            continue
        other = found.get(min(before), min(before))
        if other >= 0 and _can(reading.mentions[other], pronoun, ontology):
            found[index] = other
    return found


def _speaking(reading: Reading) -> Iterator[int]:
    """The pronouns outside quotations that say something, in the order of the text."""
    subjects = {
        claim.subject.mention
        for claim in reading.claims
        if claim.projection == "content" and claim.subject.mention >= 0
    }
    for index in sorted(subjects):
        mention = reading.mentions[index]
        if mention.kind is MentionKind.PRONOUN and not mention.quoted:
            yield index


def _subjects_before(reading: Reading, clauses: Clauses, sentence: int) -> frozenset[int]:
    """The speakers or main subjects of the last sentence that is not only quotation; empty if there is none
    nearby in the running text.
    """
    for before in range(sentence - 1, max(sentence - 1 - _BACK, -1), -1):
        if reading.sentences[before].block is not BlockKind.PARAGRAPH:
            break
        subjects = clauses.topics(before)
        if not all(subject >= 0 and reading.mentions[subject].quoted for subject in subjects):
            return subjects
    return frozenset()


def _can(mention: Mention, pronoun: Mention, ontology: Ontology) -> bool:
    """Whether the pronoun can mean what the description describes, by number, class and gender."""
    if mention.kind is not MentionKind.NOMINAL or mention.plural:
        return False
    gender = HE_OR_SHE.get(pronoun.text.lower(), "")
    if not ontology.is_a(mention.type, "Person"):
        return pronoun.text.lower() == "it" and not ontology.is_a(mention.type, "Position")
    return bool(gender) and gender_of_noun(mention.lemma, ontology) in ("", gender)
