"""Decides from the classes of a name and of a noun beside it whether the noun can say what the name is.

    Ana Ruiz, a couple ...              a person is not a group
    Norvale, a man from Peru, ...       a place is not a person
    a map of Norvale, a flag and a gun  a place cannot be carried
    Acme, Lima's chancellor, ...        an organisation holds no office

The noun can if the classes do not exclude it ("Norvale, a symbol"), or the class of the name is unknown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.build import Builder
from kg.language import nouns

if TYPE_CHECKING:
    from spacy.tokens import Token

_THINGS = frozenset(
    ["Artefact", "Product", "Vehicle", "Document", "Substance", "BodyPart", "Animal", "Plant"]
)


_TOGETHER = ("duo", "pair", "couple")


def may_be(build: Builder, name: Token, noun: Token) -> bool:
    """Whether the noun can describe the name.

    A person is not "the thousands" or "a couple"; "a result" in "lost to Meroka, a result ..." sums up the
    clause.
    """
    ontology, kind = build.context.ontology, build.context.parsed.type_of(name)
    sums = noun.lemma_.lower() in build.context.words("SummingNouns")
    if sums and any(ontology.is_a(kind, each) for each in ("Person", "Organization", "Place")):
        return False
    if ontology.is_a(kind, "Place") and not _may_be_place(build, name, noun):
        return False
    if ontology.is_a(kind, "Organization") and _is_post(build, noun):
        return False
    joined = (each for each in name.conjuncts if each.i < name.i)
    several = any(token.lower_ in ("and", "&") for each in joined for token in name.doc[each.i : name.i])
    if several and noun.lemma_.lower() in _TOGETHER:
        return False  # each of them is one person: "Ana Ruiz and Tom Reed, a duo"
    if kind != "Person" or noun.tag_ == "NNS":
        return kind != "Person" or several
    described = build.context.parsed.type_of(noun)
    counts = noun.lemma_.lower() in build.context.words("GroupNouns")
    return not (counts or any(ontology.is_a(described, each) for each in ("Group", "Organization")))


def _may_be_place(build: Builder, name: Token, noun: Token) -> bool:
    """Whether the noun can describe a place.

    A place holds no office ("talks with the envoy to Peru, minister of ..."), and is not "a man", "a flag"
    or an act. A place given as a location ("on Rex Square", "the delegation in Peru") is not an idea ("a
    symbol of hope"), nor several people ("members of the board").
    """
    lemma, listed = noun.lemma_.lower(), build.context.listed
    if _is_post(build, noun):
        return False
    classes = set(nouns.classes(lemma))
    if listed(lemma, "PersonNouns") or (classes & _THINGS and classes <= _THINGS | {"Idea"}):
        return False
    if is_act(noun):
        return False
    where = name.dep_ == "pobj" and name.head.lower_ in build.context.words("PlacePrepositions")
    return not where or (noun.tag_ != "NNS" and classes != {"Idea"})


def is_act(noun: Token) -> bool:
    """Whether the noun only denotes acts and their results: "repeal", "erosion"; not "end", "scene"."""
    classes = set(nouns.classes(noun.lemma_.lower()))
    return "Activity" in classes and classes <= {"Activity", "Quality"}


def _is_post(build: Builder, noun: Token) -> bool:
    """Whether only a person can be what the noun says: "minister", "brother"; not "member", "producer"."""
    lemma, listed = noun.lemma_.lower(), build.context.listed
    return listed(lemma, "RoleNouns", "KinshipNouns") and not listed(lemma, "AgentRoles", "CountryRoles")
