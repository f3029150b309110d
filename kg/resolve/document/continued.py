"""Resolves "he", "she" and "it" as speakers to the previous speaker, if that one has no name.

    "A trader praised the mill. “It pays,” he said."                 he: the trader
    "The report was short. It said the mill was sold."               It: the report

Only a pronoun that is the subject of a speech verb is resolved, and only if the sentence before has exactly
one speaker or main subject; sentences in between that are entirely quotation are skipped. If that speaker is
itself a pronoun that this module resolved, both have the same referent. Speakers with a name are found by
`pronouns` and `it`.
"""

from __future__ import annotations

from collections.abc import Container, Iterator

from kg.model import BlockKind, Mention, MentionKind, Reading
from kg.ontology import Ontology
from kg.resolve.document.clauses import Clauses
from kg.resolve.document.pronouns import HE_OR_SHE
from kg.resolve.gender import gender_of_noun

_BACK = 3  # maximum distance, in sentences, from the pronoun back to the speaker


def speakers(reading: Reading, clear: Container[int], ontology: Ontology) -> dict[int, int]:
    """Index of each resolved pronoun -> index of the unnamed speaker's mention.

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
    """Indices of the pronouns outside quotations that are the subject of a speech verb, in text order."""
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
    """The speakers or main subjects of the nearest earlier sentence that is not entirely quotation.

    Empty if there is no such sentence within `_BACK` sentences of running text.
    """
    for before in range(sentence - 1, max(sentence - 1 - _BACK, -1), -1):
        if reading.sentences[before].block is not BlockKind.PARAGRAPH:
            break
        subjects = clauses.topics(before)
        if not all(subject >= 0 and reading.mentions[subject].quoted for subject in subjects):
            return subjects
    return frozenset()


def _can(mention: Mention, pronoun: Mention, ontology: Ontology) -> bool:
    """Whether the pronoun can refer to a description: a singular noun phrase of fitting class and gender."""
    if mention.kind is not MentionKind.NOMINAL or mention.plural:
        return False
    gender = HE_OR_SHE.get(pronoun.text.lower(), "")
    if not ontology.is_a(mention.type, "Person"):
        return pronoun.text.lower() == "it" and not ontology.is_a(mention.type, "Position")
    return bool(gender) and gender_of_noun(mention.lemma, ontology) in ("", gender)
