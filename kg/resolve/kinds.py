"""A kind of thing, with "the" -> the only thing of that kind at hand.

    "Peru voted on Sunday. The country ..."            The country: Peru
    "Acme Inc. cut jobs. The company ..."              The company: Acme Inc.

It is the only one of its kind that the article has named so far, and stands in this or the last sentence.
What may be of the kind counts against it: "the company" after a company and another organisation is
neither. Leaves out: kinds that are too wide to tell ("the group", "the team").
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from kg.gazetteer import Country, by_name
from kg.model import Mention, MentionKind, Reading
from kg.ontology import Ontology
from kg.resolve import types
from kg.resolve.within import Kind, Local

# Class -> classes of which a thing may turn out to be one.
_KINDS = {
    "Country": ("Country",),
    "City": ("City", "Place"),
    "Company": ("Company", "Organization"),
    "MusicGroup": ("MusicGroup",),
    "PoliticalParty": ("PoliticalParty",),
    "MediaOutlet": ("MediaOutlet",),
}
_COUNTRIES = frozenset({"country", "nation"})


def resolve(
    reading: Reading, locals_: Sequence[Local], taken: Mapping[int, int], ontology: Ontology
) -> dict[int, int]:
    """Index of a description -> index of its local. `taken`: mention -> local, of what is known."""
    kinds = [_class(local, ontology) for local in locals_]
    owner = {mention: i for i, local in enumerate(locals_) for mention in local.mentions} | dict(taken)
    spoken: defaultdict[int, Counter[int]] = defaultdict(Counter)  # sentence -> locals
    before: set[int] = set()
    found: dict[int, int] = {}
    for index, mention in enumerate(reading.mentions):
        if index in owner:
            spoken[mention.sentence][owner[index]] += 1
            before.add(owner[index])
        elif (kind := _kind(mention, ontology)) is not None:
            near = {i for back in (0, 1) for i in spoken.get(mention.sentence - back, ())}
            rivals = [i for i in sorted(before) if any(ontology.is_a(kinds[i], k) for k in _KINDS[kind])]
            if len(rivals) == 1 and rivals[0] in near and ontology.is_a(kinds[rivals[0]], kind):
                found[index] = rivals[0]
    return found


def _class(local: Local, ontology: Ontology) -> str:
    if local.kind is Kind.AREA:
        return "Country" if isinstance(by_name()[local.name], Country) else "Region"
    return types.decide(local.votes, ontology)


def _kind(mention: Mention, ontology: Ontology) -> str | None:
    """The class that "the company" names."""
    bare = mention.text.lower().split()
    if mention.kind is not MentionKind.NOMINAL or mention.plural or len(bare) != 2 or bare[0] != "the":
        return None
    if mention.lemma in _COUNTRIES:
        return "Country"
    return next((k for k in _KINDS if mention.lemma in ontology.words.get(k + "Nouns", ())), None)
