"""Resolves a class noun with "the" to the thing of that kind.

    "Peru voted on Sunday. The country ..."            The country: Peru
    "In Africa prices rose. The continent ..."         The continent: Africa
    "Acme Inc. cut jobs. The company ..."              The company: Acme Inc.
    "The Dax fell. The index ..."                      The index: the Dax
    "the Dax share index", "the iGull tablet"           the Dax, the iGull

`salience` chooses the referent, which must certainly be of the kind; if a thing that is only possibly of the
kind is equally salient, the description is ambiguous. Not resolved: kinds that are too general ("the group",
"the team"), and modified nouns ("the computer company", "the new phone", "the company that ...").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.gazetteer import Country, by_name
from kg.model import MentionKind, Reading
from kg.ontology import Ontology
from kg.resolve import names, types
from kg.resolve.document.within import Kind, Local


@dataclass(frozen=True, slots=True)
class _Named:
    """A kind of thing, and the nouns that denote it."""

    type: str  # class of the ontology
    nouns: str  # name of the word list with the nouns for this kind; "" if they are in `_AREAS`
    rivals: tuple[str, ...]  # classes of things that are or may be of this kind
    # whether the noun can refer to the most salient of several things of the kind in the article
    salient: bool = False


_NAMED = (
    _Named("Country", "", ("Country",), salient=True),
    _Named("Continent", "", ("Continent",), salient=True),
    _Named("Index", "IndexNouns", ("Index", "Organization", "Thing"), salient=True),
    _Named("Product", "DeviceNouns", ("Product", "Thing"), salient=True),
    _Named("City", "CityNouns", ("City", "Place")),
    _Named("Company", "CompanyNouns", ("Company", "Organization")),
    _Named("MusicGroup", "MusicGroupNouns", ("MusicGroup",)),
    _Named("PoliticalParty", "PoliticalPartyNouns", ("PoliticalParty",)),
    _Named("MediaOutlet", "MediaOutletNouns", ("MediaOutlet",)),
    _Named("Organization", "BodyNouns", ("Organization",), salient=True),
)
# A description refers to a thing of the kind only if none of this many sentences before the thing's last
# mention names another thing of the kind. Not required of stock indices: articles discuss these one after the
# other, whereas they switch back and forth between companies.
_CLEAR = 2
_AREAS = {"Country": frozenset({"country", "nation"}), "Continent": frozenset({"continent"})}
_CONTINENTS = frozenset({"Africa", "Asia", "Europe", "North America", "South America", "Antarctica"})
_COMPANIES = frozenset({"company", "firm", "corporation"})  # nouns for any company
_DEVICES = frozenset({"device", "gadget"})  # nouns for any product
_NO_COMPANIES = ("GovernmentBody", "PoliticalParty", "MusicGroup", "SportsTeam")
_NO_BODIES = ("Company", "PoliticalParty", "MusicGroup", "SportsTeam")  # never meant by "the agency"
_BODIES = ("OrganizationWords", "GovernmentBodyWords")


@dataclass(frozen=True, slots=True)
class OfKind:
    """The candidates for a description such as "the company", as indices of named things."""

    rivals: frozenset[int]  # possible members of the kind
    sure: frozenset[int]  # certain members
    salient: bool  # whether the most salient of several candidates in the article can be meant
    clear: int  # number of sentences before the referent's last mention that must name no other candidate


class Kinds:
    """Finds the things of a document that a class noun can denote."""

    def __init__(
        self, reading: Reading, locals_: Sequence[Local], owner: Mapping[int, int], ontology: Ontology
    ) -> None:
        self.reading, self.locals, self.owner, self.ontology = reading, locals_, owner, ontology
        self.classes = [_class(local, ontology) for local in locals_]

    def of(self, index: int) -> OfKind | None:
        """The candidates for the description with this index ("the company"); None if it denotes no kind."""
        kind, noun = _kind(index, self.reading, self.ontology), self.reading.mentions[index].lemma
        if kind is None:
            return None
        rivals = frozenset(_rivals(kind, self.locals, self.classes, self.ontology))
        sure = frozenset(_sure(rivals, self.locals, self.classes, noun, kind, self.ontology))
        salient = kind.salient or noun in _COMPANIES
        return OfKind(rivals, sure, salient, 0 if kind.type == "Index" else _CLEAR)

    def is_a(self, one: int, sort: str) -> bool:
        """Whether a named thing is of the class `sort` or a subclass; "Thing" means: of no known class."""
        return self.classes[one] == sort if sort == "Thing" else self.ontology.is_a(self.classes[one], sort)

    def own_name(self, index: int) -> int | None:
        """The named thing whose name is inside the description and denotes the same thing.

        For example, the Dax for "the Dax share index"; None for "iGull chips".
        """
        return _own_name(index, self.reading, self.owner, self.classes, self.ontology)

    def is_named_next(self, index: int) -> bool:
        """Whether the referent's name follows the description: "the company Norvex", "the index, the Dax"."""
        return _is_named_next(index, self.reading)


def companies(
    reading: Reading, locals_: Sequence[Local], stand_ins: Mapping[int, int], ontology: Ontology
) -> frozenset[int]:
    """Named things classified as organisations, but not as companies, that the article calls "the
    company".
    """
    called = {i for index, i in stand_ins.items() if reading.mentions[index].lemma in _COMPANIES}
    return frozenset(i for i in called if _class(locals_[i], ontology) == "Organization")


# -- The kind of a noun ------------------------------------------------------------------------------


def _listed(name: str, ontology: Ontology) -> frozenset[str]:
    return ontology.words.get(name, frozenset())


def _class(local: Local, ontology: Ontology) -> str:
    if local.kind is Kind.AREA:
        if local.name in _CONTINENTS:
            return "Continent"
        return "Country" if isinstance(by_name()[local.name], Country) else "Region"
    return types.decide(local.votes, ontology)


def _kind(index: int, reading: Reading, ontology: Ontology) -> _Named | None:
    """The kind denoted by a description such as "the company"; None if it denotes none."""
    mention = reading.mentions[index]
    first, *between = mention.text.lower().split()
    if first not in ("the", "this") or not between:
        return None
    modifiers = _listed("IndexModifiers", ontology)
    for kind in _NAMED:
        nouns = _listed(kind.nouns, ontology) if kind.nouns else _AREAS[kind.type]
        if mention.lemma in nouns:
            plain = not between[:-1] or (kind.type == "Index" and modifiers.issuperset(between[:-1]))
            fits = first == "the" or (kind.type == "Index" and not mention.quoted)
            if kind.type == "Product" and mention.quoted:
                return None  # products in general: "“Norvex will reinvent the phone,” Reed said"
            return kind if plain and fits else None
    return None


def _is_named_next(index: int, reading: Reading) -> bool:
    mention = reading.mentions[index]
    following = (reading.mentions[i] for i in range(index + 1, len(reading.mentions)))
    after = next((m for m in following if m.start >= mention.end), None)
    if after is None or after.kind is not MentionKind.NAME:
        return False
    between = reading.document.text[mention.end : after.start].strip()
    if between.startswith("("):
        return between == "(" and not names.is_acronym(after.text)
    return between in ("", "the") or (
        between.strip(" ,") in ("", "the") and (after.type == "Person") == (mention.type == "Person")
    )


def _own_name(
    index: int, reading: Reading, owner: Mapping[int, int], classes: Sequence[str], ontology: Ontology
) -> int | None:
    mention, text = reading.mentions[index], reading.document.text
    for kind, nouns, others in (
        ("Index", _listed("IndexNouns", ontology), _listed("IndexModifiers", ontology)),
        ("Product", _listed("DeviceNouns", ontology), _listed("DeviceNouns", ontology)),
    ):
        if mention.lemma not in nouns:
            continue
        for other in range(index + 1, len(reading.mentions)):
            name = reading.mentions[other]
            if name.start >= mention.head_start:
                break
            local = owner.get(other, -1)
            if name.kind is not MentionKind.NAME or local < 0 or classes[local] != kind:
                continue
            between = text[name.end : mention.head_start].lower().split()
            if others.issuperset(between) or " ".join([*between, mention.lemma]) in nouns:
                return local
    return None


# -- Members of a kind -------------------------------------------------------------------------------


def _rivals(
    kind: _Named, locals_: Sequence[Local], classes: Sequence[str], ontology: Ontology
) -> Iterator[int]:
    for i, type_ in enumerate(classes):
        never = kind.type == "Company" and type_ in _NO_COMPANIES
        some = type_ in kind.rivals if "Thing" in kind.rivals else _any(type_, kind.rivals, ontology)
        if some and not never and locals_[i].kind is not Kind.PERSON:
            yield i


def _any(type_: str, classes: Sequence[str], ontology: Ontology) -> bool:
    return any(ontology.is_a(type_, one) for one in classes)


def _sure(
    rivals: frozenset[int],
    locals_: Sequence[Local],
    classes: Sequence[str],
    noun: str,
    kind: _Named,
    ontology: Ontology,
) -> Iterator[int]:
    """Those of the possible members (`rivals`) that are certain members of the kind.

    For "the company", an organisation of unknown kind is none if the article mentions a company as often.
    """
    companies = [len(locals_[i].mentions) for i in rivals if classes[i] == "Company"]
    for i in rivals:
        unknown = kind.type == "Company" and classes[i] == "Organization"
        if unknown and max(companies, default=0) >= len(locals_[i].mentions):
            continue
        if _is_one(locals_[i], classes[i], noun, kind, ontology):
            yield i


def _is_one(local: Local, type_: str, noun: str, kind: _Named, ontology: Ontology) -> bool:
    """Whether the thing is certainly of the kind, so that `noun` can denote it."""
    if kind.type == "Product":
        return type_ == "Product" and (noun in _DEVICES or noun in local.key)
    if kind.type == "Organization" and (
        _any(type_, _NO_BODIES, ontology) or not _listed("GoverningWords", ontology).isdisjoint(local.words)
    ):
        return False
    if kind.type == "Company" and type_ == "Organization" and noun in _COMPANIES:
        body = any(word in _listed(some, ontology) for some in _BODIES for word in local.words)
        return not body and not names.is_acronym(local.name)
    return ontology.is_a(type_, kind.type)
