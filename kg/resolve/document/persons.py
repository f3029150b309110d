"""Further candidates for "he" and "she", in addition to what the parser labels as people.

    "Ortiz painted in Cuzco. He died young."              Ortiz, even if not labelled as a person
    "Reed left. A neighbour called. He was upset."        the neighbour, whose name is unknown

An unnamed person is a candidate only as the subject of a claim; "no neighbour" and "every neighbour" never
are.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence

from kg.model import Mention, MentionKind, Reading, Role
from kg.ontology import Ontology
from kg.resolve.document.within import VAGUE, Kind, Local
from kg.resolve.gender import gender_of_name, gender_of_noun

_SURNAMES = (
    2  # maximum number of words of a name that may be a person's although the parser labels it otherwise
)
_BODIES = ("OrganizationWords", "GovernmentBodyWords")
_ANY = frozenset({"any", "every", "each", "no"})  # determiners that refer to nobody in particular


def doubtful(
    reading: Reading, locals_: Sequence[Local], owner: Mapping[int, int], ontology: Ontology
) -> set[int]:
    """Named things not labelled as people that may be people nevertheless.

    Their name looks like a person's, and no claim says of them what cannot be said of people.
    """
    beginnings = _beginnings(locals_)
    spoken_against = {owner[mention] for mention in _organisations(reading, ontology) if mention in owner}
    words = frozenset().union(*(some for name, some in ontology.words.items() if name.endswith("Words")))
    return {
        i
        for i, local in enumerate(locals_)
        if local.kind is Kind.OTHER
        and len(local.words) <= _SURNAMES
        and not any(word in words or word.isdigit() for word in local.words)
        and local.votes.keys() <= VAGUE
        and not local.acronyms
        and i not in spoken_against
        and local.words not in beginnings
        and not any(_articled(reading, reading.mentions[m]) for m in local.mentions)
    }


def bodies(locals_: Sequence[Local], ontology: Ontology) -> set[int]:
    """Named things labelled as people that are probably organisations: "the Committee"; "Norvex" in an
    article that also names Norvex Mining.
    """
    words = frozenset().union(*(ontology.words.get(name, ()) for name in _BODIES))
    beginnings = _beginnings(locals_)
    return {
        i
        for i, local in enumerate(locals_)
        if local.kind is Kind.PERSON
        and not local.gender
        and (local.words[-1] in words or (local.weak and not local.titles and local.words in beginnings))
    }


def _beginnings(locals_: Sequence[Local]) -> frozenset[tuple[str, ...]]:
    """All proper beginnings of the names of things other than people: "Norvex" for "Norvex Mining"."""
    longer = (local.words for local in locals_ if local.kind is not Kind.PERSON)
    return frozenset(words[:size] for words in longer for size in range(len(words)))


def _organisations(reading: Reading, ontology: Ontology) -> Iterator[int]:
    """Indices of the mentions that cannot be people according to a claim.

    Either the claim's relation does not admit people there, or the claim says that its subject is an
    organisation, a work or a place.
    """
    for claim in reading.claims:
        relation = ontology.relations.get(claim.relation.name)
        classes = (relation.subjects, relation.objects) if relation else ((), ())
        if claim.relation.inverted:
            classes = classes[::-1]
        for argument, allowed in zip((claim.subject, claim.object), classes, strict=True):
            if argument and argument.mention >= 0 and not ontology.admits(allowed, "Person"):
                yield argument.mention
        said = claim.object
        if said and said.role is Role.ATTRIBUTE and said.mention >= 0:
            type_ = reading.mentions[said.mention].type
            if any(ontology.is_a(type_, name) for name in ("Organization", "CreativeWork", "Place")):
                yield claim.subject.mention


def _articled(reading: Reading, mention: Mention) -> bool:
    before = reading.document.text[: mention.start].rsplit(maxsplit=1)[-1:]
    return bool(mention.determiner or mention.relational) or before in (["the"], ["The"])


def offices(reading: Reading, ontology: Ontology) -> Iterator[int]:
    """Indices of the mentions that look like names but denote the holder of an office.

    For example, "The Lima South MP" in "The Lima South MP resigned. He ...".
    """
    roles = ontology.words.get("RoleNouns", frozenset())
    for index, mention in enumerate(reading.mentions):
        named = mention.kind is MentionKind.NAME and not mention.plural
        if named and mention.determiner and mention.lemma.lower() in roles:
            yield index


def strangers(
    reading: Reading, known: Container[int], first: int, offices: Container[int] = ()
) -> Iterator[tuple[int, int]]:
    """Pairs of a mention of an unnamed person who is the subject of a claim, and a number for the person.

    The numbers start at `first`; mentions with the same noun get the same number. They are needed because
    "he" may refer to such a person and not to one with a name: "A neighbour called the police. He said ...".
    """
    acting = {claim.subject.mention for claim in reading.claims}
    numbers: dict[str, int] = {}
    for index, mention in enumerate(reading.mentions):
        single = mention.kind is MentionKind.NOMINAL and mention.type == "Person" and not mention.plural
        some = (single or index in offices) and index in acting and mention.determiner.lower() not in _ANY
        if some and index not in known and not _holds_name(reading, index):
            yield index, first + numbers.setdefault(mention.lemma, len(numbers))


def _holds_name(reading: Reading, index: int) -> bool:
    """Whether a name inside or right after the description gives its referent.

    For example, "chairman of the board Ana Ruiz" and "his wife, Eva".
    """
    mention, text = reading.mentions[index], reading.document.text
    following = (reading.mentions[i] for i in range(index + 1, len(reading.mentions)))
    names = (m for m in following if m.kind is MentionKind.NAME)
    name = next((m for m in names if m.start >= mention.head_end), None)
    return name is not None and (
        (name.start < mention.end and name.type == "Person")
        or text[mention.end : name.start].strip() in ("", ",")
    )


def genders(reading: Reading, strangers: Mapping[int, int], ontology: Ontology) -> dict[int, str]:
    """The number of each unnamed person -> the gender that the noun shows; missing if it shows none.

    `strangers`: mention -> number of the person.
    """
    found = {
        number: gender_of_noun(reading.mentions[mention].lemma, ontology)
        for mention, number in strangers.items()
    }
    return {number: gender for number, gender in found.items() if gender}


def given(local: Local, ontology: Ontology) -> str:
    """The gender of a person's given name; "" if unknown, or if the named thing is no person."""
    return gender_of_name(local.words, ontology) if local.kind is Kind.PERSON else ""
