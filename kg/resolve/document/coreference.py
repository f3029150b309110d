"""Resolves pronouns, roles and descriptions of one document to its named things (`Local`).

    "Ana Ruiz met Tom Reed. She thanked him."             She: Ana Ruiz (`pronouns`)
    "“I am glad,” Ruiz said."                             I: Ana Ruiz
    "President Ana Ruiz arrived. The president spoke."    The president: Ana Ruiz
    "The Rail Ministry paid. The ministry is rich."       The ministry: Rail Ministry
    "Peru voted. The country ..."                         The country: Peru (`kinds`)
    "Ana Ruiz is a pilot who survived a crash."           a pilot (as the survivor): Ana Ruiz

Only safe cases are resolved: "I" in reported speech is the speaker, "the president" the only person with that
title, "it" the only agent (`it`). Everything else remains unresolved. On the validation set of GAP, a corpus
of ambiguous pronouns, F1 is 0.72.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kg.model import MentionKind, Reading, Role
from kg.ontology import Ontology
from kg.resolve import names
from kg.resolve.document import descriptions, it, kinds, persons, pronouns
from kg.resolve.document.pairs import pairs
from kg.resolve.document.within import Kind, Local
from kg.resolve.gender import gender_of_noun

_ADDRESS = frozenset(
    {"mr", "mrs", "ms", "miss", "dr", "sir", "madam"}
)  # forms of address; unlike titles such as "president", they do not help to identify a person
_BODIES = ("OrganizationWords", "GovernmentBodyWords", "SubjectBodies", "FacilityWords")


@dataclass(frozen=True, slots=True)
class Coreference:
    """The named things (`Local`) to which mentions without a name refer.

    Each dict maps the index of a mention to the index of its `Local`. Ambiguous mentions are missing.
    """

    stand_ins: dict[int, int]  # pronouns and definite descriptions: "she", "the president"
    described: dict[int, int]  # descriptions predicated of a thing: "a pilot" in "Ana Ruiz is a pilot"
    pairs: dict[int, tuple[int, int]]  # expressions for two things: "the two leaders"
    people: frozenset[int] = frozenset()  # named things not classified as people, but called "he" or "she"
    # named things classified as organisations and called "the company"
    companies: frozenset[int] = frozenset()


def resolve(
    reading: Reading, locals_: Sequence[Local], verbs: Mapping[str, str], ontology: Ontology
) -> Coreference:
    """The referents of the pronouns and descriptions of a document.

    `verbs`: the result of `reciprocal.verbs`.
    """
    owner = {mention: i for i, local in enumerate(locals_) for mention in local.mentions}
    called = roles(reading, locals_, owner, ontology)
    antecedents = pronouns.resolve(walked(reading, locals_, owner, called, ontology), locals_)
    clear = antecedents.found | it.speakers(reading, locals_, owner | antecedents.found)
    described = _descriptions(reading, owner | clear)
    clear |= it.resolve(reading, locals_, owner | called | clear, ontology)
    stand_ins = clear | descriptions.resolve(reading, locals_, described, clear, ontology)
    two = pairs(reading, locals_, stand_ins, verbs, ontology)
    companies = kinds.companies(reading, locals_, stand_ins, ontology)
    return Coreference(stand_ins, described, two, antecedents.people, companies)


def roles(
    reading: Reading, locals_: Sequence[Local], owner: Mapping[int, int], ontology: Ontology
) -> dict[int, int]:
    """Index of each description that can be resolved before the pronouns are -> index of its `Local`."""
    return descriptions.resolve(reading, locals_, _descriptions(reading, owner), {}, ontology)


def walked(
    reading: Reading,
    locals_: Sequence[Local],
    owner: Mapping[int, int],
    called: Mapping[int, int],
    ontology: Ontology,
) -> pronouns.Walk:
    """The finished pass over the document that resolves "he" and "she".

    `owner` (names) and `called` (descriptions): index of a mention -> index of its `Local`.
    """
    described = _descriptions(reading, owner)
    genders = _genders(reading, locals_, described, ontology)
    return pronouns.walked(reading, locals_, {**owner, **called}, described, genders, ontology)


def with_people(reading: Reading, locals_: Sequence[Local], meant: Coreference) -> tuple[Local, ...]:
    """The named things, completed with their roles and with the classes that coreference reveals.

    A thing that is called "he" or "she" becomes a person, one that is called "the company" a company.
    """
    roles: defaultdict[int, set[str]] = defaultdict(set)
    for mention, i in meant.described.items():
        roles[i].add(reading.mentions[mention].lemma.lower())
    found = []
    for i, local in enumerate(locals_):
        words = {word for title in local.titles for word in (title, title.rpartition(" ")[2])}
        found.append(replace(local, roles=frozenset(words | roles[i])))
        if i in meant.people:
            found[i] = replace(found[i], kind=Kind.PERSON, votes={"Person": len(local.mentions)})
        elif i in meant.companies:
            found[i] = replace(found[i], votes={**local.votes, "Company": 1})
    return tuple(found)


def how(reading: Reading, locals_: Sequence[Local], meant: Coreference) -> dict[int, str]:
    """Index of each mention that is not the clear name of its referent -> how the mention was resolved.

    The values are "pronoun"; "kind" for a description ("the mayor"); and "surname" for a surname that two
    people of the document have.
    """
    found = dict.fromkeys([*meant.stand_ins, *meant.pairs], "kind")
    for index in found:
        if reading.mentions[index].kind is MentionKind.PRONOUN:
            found[index] = "pronoun"
    people = [local for local in locals_ if local.kind is Kind.PERSON]
    bearers = Counter(local.words[-1] for local in people)
    for local in people:
        for index in local.mentions if bearers[local.words[-1]] > 1 else ():
            if len(names.words(reading.mentions[index].text)) == 1:
                found[index] = "surname"
    return found


# -- Descriptions and roles --------------------------------------------------------------------------


def _descriptions(reading: Reading, owner: Mapping[int, int]) -> dict[int, int]:
    """Index of each description that is predicated of one named thing -> index of the thing.

    For example, "a pilot" in "Ana Ruiz is a pilot" and in "Ana Ruiz, a pilot". A description predicated of
    several things is missing.
    """
    bearers: defaultdict[int, set[int]] = defaultdict(set)
    for claim in reading.claims:
        said = claim.object
        if said and said.role is Role.ATTRIBUTE and said.mention >= 0:
            bearers[said.mention].add(owner.get(claim.subject.mention, -1))
    return {
        mention: min(some)
        for mention, some in bearers.items()
        if len(some) == 1 and min(some) >= 0 and reading.mentions[mention].kind is MentionKind.NOMINAL
    }


def _genders(
    reading: Reading, locals_: Sequence[Local], described: Mapping[int, int], ontology: Ontology
) -> dict[int, str]:
    """Index of each named thing whose gender is known -> the gender.

    It follows from the form of address ("Ms"), otherwise from the given name, otherwise from the titles and
    descriptions if they agree. These come last because a woman may be called a chairman.
    """
    nouns = {(i, title.rpartition(" ")[2]) for i, local in enumerate(locals_) for title in local.titles}
    nouns |= {(i, reading.mentions[mention].lemma) for mention, i in described.items()}
    told: defaultdict[int, set[str]] = defaultdict(set)
    for i, noun in nouns:
        told[i] |= {gender_of_noun(noun, ontology)} - {""}
    found = {}
    for i, local in enumerate(locals_):
        given = persons.given(local, ontology) if len(local.words) > 1 else ""
        by_nouns = min(told[i]) if len(told[i]) == 1 else ""
        found[i] = local.gender or given or by_nouns
    return {i: gender for i, gender in found.items() if gender}
