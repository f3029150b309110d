"""A kind of thing, with "the" -> the thing of that kind that is meant.

    "Peru voted on Sunday. The country ..."            The country: Peru
    "Acme Inc. cut jobs. The company ..."              The company: Acme Inc.
    "The Dax fell. The index ..."                      The index: the Dax
    "the Dax share index", "the iGull tablet"           the Dax, the iGull

Who is meant is `salience`'s to say: what may be of the kind counts against what is, and where two are at hand
it is neither. Leaves out: kinds that are too wide to tell ("the group", "the team"), words that tell one of
several apart ("the computer company", "the new phone", "the company that ...").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.gazetteer import Country, by_name
from kg.model import Mention, MentionKind, Reading
from kg.ontology import Ontology
from kg.resolve import names, types
from kg.resolve.document.salience import Scene
from kg.resolve.document.within import Kind, Local


@dataclass(frozen=True, slots=True)
class _Named:
    """A kind that nouns name."""

    type: str
    nouns: str  # word list; "" for those of `_COUNTRIES`
    rivals: tuple[str, ...]  # classes of which a thing may turn out to be of this kind
    salient: bool = False  # whether the thing at hand is meant, where the article names others too


_NAMED = (
    _Named("Country", "", ("Country",), salient=True),
    _Named("Index", "IndexNouns", ("Index", "Organization", "Thing"), salient=True),
    _Named("Product", "DeviceNouns", ("Product", "Thing"), salient=True),
    _Named("City", "CityNouns", ("City", "Place")),
    _Named("Company", "CompanyNouns", ("Company", "Organization")),
    _Named("MusicGroup", "MusicGroupNouns", ("MusicGroup",)),
    _Named("PoliticalParty", "PoliticalPartyNouns", ("PoliticalParty",)),
    _Named("MediaOutlet", "MediaOutletNouns", ("MediaOutlet",)),
    _Named("Organization", "BodyNouns", ("Organization",), salient=True),
)
_CLEAR = 2  # sentences; articles tell of one index after the other, and of companies in turns
_COUNTRIES = frozenset({"country", "nation"})
_COMPANIES = frozenset({"company", "firm", "corporation"})  # that any company is called
_DEVICES = frozenset({"device", "gadget"})  # that any product may be called
_NO_COMPANIES = ("GovernmentBody", "PoliticalParty", "MusicGroup", "SportsTeam")
_NO_BODIES = ("Company", "PoliticalParty", "MusicGroup", "SportsTeam")  # that are called "the agency"
_BODIES = ("OrganizationWords", "GovernmentBodyWords")
_TELLS_APART = re.compile(
    r"\s+(that|which|who|whose|where|whom|of|behind|called|named|known|founded|formed|based|owned|responsible)\b"
)


def resolve(
    reading: Reading, locals_: Sequence[Local], taken: Mapping[int, int], ontology: Ontology
) -> dict[int, int]:
    """Index of a description -> index of its local. `taken`: mention -> local, of what is known."""
    classes = [_class(local, ontology) for local in locals_]
    owner = {mention: i for i, local in enumerate(locals_) for mention in local.mentions} | dict(taken)
    scene = Scene(reading, locals_, owner)
    found: dict[int, int] = {}
    for index, mention in enumerate(reading.mentions):
        if mention.kind is not MentionKind.NOMINAL or mention.plural or index in owner:
            continue
        one = _own_name(index, reading, owner, classes, ontology)
        if one is None and (kind := _kind(index, reading, ontology)) is not None:
            rivals = frozenset(_rivals(kind, locals_, classes, ontology))
            sure = frozenset(_sure(rivals, locals_, classes, mention.lemma, kind, ontology))
            one = scene.only(index, rivals, sure)
            if one is None and _is_salient(mention, kind):
                one = scene.at_hand(index, rivals, sure, 0 if kind.type == "Index" else _CLEAR)
        if one is not None:
            found[index] = one
            scene.add(index, one)
    return found


def companies(
    reading: Reading, locals_: Sequence[Local], stand_ins: Mapping[int, int], ontology: Ontology
) -> frozenset[int]:
    """Locals, taken for organisations of some kind, that the text calls "the company"."""
    called = {i for index, i in stand_ins.items() if reading.mentions[index].lemma in _COMPANIES}
    return frozenset(i for i in called if _class(locals_[i], ontology) == "Organization")


# -- What the noun names -----------------------------------------------------------------------------


def _listed(name: str, ontology: Ontology) -> frozenset[str]:
    return ontology.words.get(name, frozenset())


def _class(local: Local, ontology: Ontology) -> str:
    if local.kind is Kind.AREA:
        return "Country" if isinstance(by_name()[local.name], Country) else "Region"
    return types.decide(local.votes, ontology)


def _kind(index: int, reading: Reading, ontology: Ontology) -> _Named | None:
    """The kind that "the company" names."""
    mention, text = reading.mentions[index], reading.document.text
    first, *between = mention.text.lower().split()
    if first not in ("the", "this") or not between or _TELLS_APART.match(text, mention.end):
        return None
    if _is_named_next(index, reading):
        return None
    modifiers = _listed("IndexModifiers", ontology)
    for kind in _NAMED:
        nouns = _listed(kind.nouns, ontology) if kind.nouns else _COUNTRIES
        if mention.lemma in nouns:
            plain = not between[:-1] or (kind.type == "Index" and modifiers.issuperset(between[:-1]))
            fits = first == "the" or (kind.type == "Index" and not mention.quoted)
            if kind.type == "Product" and mention.quoted:
                return None  # "Norvex will reinvent the phone"
            return kind if plain and fits else None
    return None


def _is_named_next(index: int, reading: Reading) -> bool:
    """As in "the company Norvex", "the index, the Dax"."""
    end = reading.mentions[index].end
    following = (m for m in reading.mentions[index + 1 :] if m.start >= end)
    after = next(following, None)
    between = reading.document.text[end : after.start] if after else "."
    return after is not None and after.kind is MentionKind.NAME and between.strip(" ,(") in ("", "the")


def _own_name(
    index: int, reading: Reading, owner: Mapping[int, int], classes: Sequence[str], ontology: Ontology
) -> int | None:
    """The local whose name stands inside: "the Dax share index", "the iGull tablet"; not "iGull chips"."""
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


# -- What may be of the kind -------------------------------------------------------------------------


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
    """Those that are of the kind if they are meant; no body of unknown kind beside a greater company."""
    companies = [len(locals_[i].mentions) for i in rivals if classes[i] == "Company"]
    for i in rivals:
        unknown = kind.type == "Company" and classes[i] == "Organization"
        if unknown and max(companies, default=0) >= len(locals_[i].mentions):
            continue
        if _is_one(locals_[i], classes[i], noun, kind, ontology):
            yield i


def _is_one(local: Local, type_: str, noun: str, kind: _Named, ontology: Ontology) -> bool:
    """Whether a thing, if it is meant, is of the kind."""
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


def _is_salient(mention: Mention, kind: _Named) -> bool:
    return kind.salient or mention.lemma in _COMPANIES
