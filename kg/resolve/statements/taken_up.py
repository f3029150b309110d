"""Finds pronouns in a claim's text that refer to the claim's own subject, an organisation or several people.

    Acme - returned - "from its tenth fair"                 its: Acme
    the nurses - said - "they had closed the school"        they: the nurses
    Acme - announced - "it would close the mill"            it: Acme
    the nurses - said - "they were ill"                     none: "they" may be the patients
    Acme and Norvex met; Acme - feared - "their lawyers"    none: there are several candidates

The subject may be unnamed. In a whole clause, a possessive refers to the subject if no other candidate
precedes; in reported speech, only a pronoun at the beginning of the content does. Not for "he" and "she",
which `kg.resolve.document.pronouns` resolves, nor inside quotation marks, where the subject would be "we".
"""

from __future__ import annotations

import re

from kg.model import WHOLE_CLAUSE, Argument, Claim, Mention, MentionKind, Reading
from kg.ontology import Ontology

_ONE = frozenset(("it", "its"))
_SEVERAL = frozenset(("they", "their"))
_POSSESSIVES = frozenset(("its", "their"))
# Verbs after which the subject "it" or "they" may be expletive ("it was hard to ..."); not in "it was
# closing".
_IS = re.compile(
    r"(?:['’]s|['’]re| (?:also |now |then )?(?:(?:had|has|have) been|(?:would|will|could|may|might|should) be"
    r"|is|are|was|were))\b(?! \w+ing\b)"
)


def is_subject(index: int, claim: Claim, reading: Reading, ontology: Ontology) -> bool:
    """Whether an unresolved pronoun in the object of a claim refers to the claim's subject."""
    said, who = claim.object, claim.subject.mention
    mention = reading.mentions[index]
    if said is None or who < 0 or mention.quoted or claim.relation.inverted:
        return False
    subject = reading.mentions[who]
    if subject.sentence != mention.sentence or subject.end > said.start:
        return False
    if claim.projection == WHOLE_CLAUSE:
        own = mention.text.lower() in _POSSESSIVES  # other pronouns refer to something else: "Acme sold it"
    else:
        # "their" does not refer to a singular subject: "the court said their reasons were bad"
        told = mention.text.lower() != "their" or subject.plural
        own = told and _begins(index, said, reading)
    # In reported speech the addressee is no rival: in "Acme told the paper it had left", "it" is Acme.
    after = said.start if claim.projection != WHOLE_CLAUSE else subject.end
    return own and _agrees(mention, subject, ontology) and not _has_rival(index, who, after, reading)


def _agrees(pronoun: Mention, subject: Mention, ontology: Ontology) -> bool:
    """Whether a pronoun can refer to a subject of this class and number.

    "It" refers to an organisation, "its" to anything but people, "they" and "their" to an organisation or
    several people.
    """
    word = pronoun.text.lower()
    body = ontology.is_a(subject.type, "Organization") or subject.type == "Group"
    if word in _SEVERAL:
        return body or (subject.plural and ontology.is_a(subject.type, "Person"))
    if word not in _ONE or subject.plural:
        return False
    living = any(ontology.is_a(subject.type, each) for each in ("Person", "Position"))
    return body or (word in _POSSESSIVES and not living and subject.type != "Thing")


def _begins(index: int, said: Argument, reading: Reading) -> bool:
    """Whether a pronoun is the first word of what is said, and no expletive as in "it was hard to see"."""
    mention = reading.mentions[index]
    before = reading.document.text[said.start : mention.start].strip()
    if before not in ("", "that"):
        return False
    return mention.text.lower() in _POSSESSIVES or not _IS.match(reading.document.text, mention.end)


def _has_rival(index: int, who: int, after: int, reading: Reading) -> bool:
    """Whether another possible referent precedes the pronoun.

    For "they" and "their", anywhere in the sentence; for "it" and "its", after the offset `after`.
    """
    mention, subject = reading.mentions[index], reading.mentions[who]
    several = mention.text.lower() in _SEVERAL
    start = reading.sentences[mention.sentence].start if several else after
    if several and " and " in reading.document.text[start : mention.start]:
        return True
    for at, other in enumerate(reading.mentions[:index]):
        inside = other.start >= start and other.end <= mention.start
        part = subject.start <= other.start and other.end <= subject.end
        if inside and not part and at != who and _may_be(at, reading, several=several):
            return True
    return False


def _may_be(index: int, reading: Reading, *, several: bool) -> bool:
    """Whether "its" or, if `several`, "their" could refer to the mention."""
    other = reading.mentions[index]
    if other.kind is MentionKind.PRONOUN or other.type == "Position":
        return False
    if other.kind is MentionKind.EVENT and not other.determiner:  # probably a verb
        return False
    if several:
        return other.plural or other.type == "Group"
    return not other.plural and other.type != "Person" and not other.relational
