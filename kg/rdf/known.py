"""Finds the named things that background files describe (`Known`).

Which properties give names, and which of kg's classes a class corresponds to, is data: it is in
`ontology/background.ttl`, and in rdfs:subPropertyOf and rdfs:subClassOf of the files themselves. Two files
describe the same thing if they say so by owl:sameAs, or if each has only one thing with this name and class.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from unicodedata import normalize

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from kg.model import Known
from kg.ontology import KG, Ontology, folder
from kg.rdf.background import BackgroundFile
from kg.rdf.names import FOAF, OWL, PROV, RDF, RDFS, SCHEMA, SKOS, Names
from kg.resolve.names import key
from kg.resolve.sets import Sets

_ALIAS, _FAMILY, _GIVEN = SKOS + "altLabel", FOAF + "familyName", FOAF + "givenName"
_TYPE, _LABEL, _GENDER = RDF + "type", RDFS + "label", FOAF + "gender"
_ABOVE = (RDFS + "subClassOf", RDFS + "subPropertyOf")
_GENDERS = {"f": "f", "female": "f", "woman": "f", "q6581072": "f", "m": "m", "male": "m", "man": "m"} | {
    "q6581097": "m"
}
# Things of these classes have labels, but no article would mention them.
_TERMS = frozenset(
    {RDF + "Property", RDF + "Statement", RDFS + "Class", PROV + "Derivation", SCHEMA + "NewsArticle"}
    | {
        OWL + name
        for name in ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty", "Ontology")
    }
    | {KG + "Relation", KG + "UnassertedEvent", SKOS + "ConceptScheme"}
)


@dataclass(frozen=True, slots=True)
class _Named:
    """What one file says about a named thing."""

    iri: str
    file: str
    label: str
    names: frozenset[str]
    type: str
    families: frozenset[str]
    gender: str


def known(told: Sequence[BackgroundFile], ontology: Ontology, names: Names) -> tuple[Known, ...]:
    """The named things in all files, sorted by label; a thing that several files describe occurs once."""
    shipped = parse(path=folder() / "background.ttl", format=RdfFormat.TURTLE)
    terms = _Terms(ontology, (Triple(*quad.triple) for quad in shipped))
    terms.learn(triple for each in told for triple in each.triples)
    found = [named for each in told for named in _named(each, terms)]
    same = _same(found, told)
    members: defaultdict[int, list[_Named]] = defaultdict(list)
    for i, named in enumerate(found):
        members[same.find(i)].append(named)
    united = [_united(some, terms, names) for some in members.values()]
    return tuple(sorted(united, key=lambda each: (each.label, each.iris)))


class _Terms:
    """Maps properties and classes of other vocabularies to those of kg."""

    def __init__(self, ontology: Ontology, triples: Iterable[Triple]) -> None:
        self.ontology = ontology
        self.above: defaultdict[str, set[str]] = defaultdict(set)
        self.ours = {each.iri: each.name for each in ontology.classes.values()}
        # A subclass has the alignments of its superclasses, too. So a foreign class that is aligned with
        # several of our classes maps to the highest one.
        for each in sorted(ontology.classes.values(), key=lambda each: (len(each.parents), each.name)):
            for iri in each.aligned:
                self.ours.setdefault(iri, each.name)
        self.learn(triples)

    def learn(self, triples: Iterable[Triple]) -> None:
        for triple in triples:
            if triple.predicate.value in _ABOVE and isinstance(triple.object, NamedNode):
                assert isinstance(triple.subject, NamedNode)
                self.above[_https(triple.subject.value)].add(_https(triple.object.value))

    @cached_property
    def _properties(self) -> Mapping[str, str]:
        return _nearest(self.above, (_TYPE, _LABEL, _ALIAS, _FAMILY, _GIVEN, _GENDER))

    @cached_property
    def _classes(self) -> Mapping[str, str]:
        return _nearest(self.above, self.ours)

    def property(self, iri: str) -> str:
        """The property itself if kg understands it, otherwise its nearest super-property that kg understands;
        "" if there is none.
        """
        return self._properties.get(_https(iri), "")

    def narrowest(self, names: Iterable[str]) -> str:
        """The most specific of these classes of kg; "" if there are none."""
        classes = self.ontology.classes
        return min(set(names), key=lambda name: (-len(classes[name].parents), name), default="")

    def classes(self, iris: Iterable[str]) -> Iterator[str]:
        """Local names of kg's classes for these classes; a class without a counterpart is omitted."""
        for iri in iris:
            if nearest := self._classes.get(_https(iri)):
                yield self.ours[nearest]


def _nearest(above: Mapping[str, set[str]], targets: Iterable[str]) -> dict[str, str]:
    """Each term -> the term itself if it is a target, otherwise the nearest target above it; of several, the
    first by name.

    Terms without a target are missing. The search goes down from the targets, because going up from each term
    would take quadratic time in long chains.
    """
    below: defaultdict[str, list[str]] = defaultdict(list)
    for term, higher in above.items():
        for each in higher:
            below[each].append(term)
    found = {target: target for target in targets}
    level = dict(found)
    while level:
        following: dict[str, str] = {}
        for term, target in level.items():
            for each in below.get(term, ()):
                if each not in found:
                    following[each] = min(target, following.get(each, target))
        found |= following
        level = following
    return found


def _named(told: BackgroundFile, terms: _Terms) -> Iterator[_Named]:
    said: defaultdict[str, defaultdict[str, list[Literal | NamedNode]]] = defaultdict(
        lambda: defaultdict(list)
    )
    types: defaultdict[str, set[str]] = defaultdict(set)
    for triple in told.triples:
        subject, predicate, thing = triple.subject, triple.predicate.value, triple.object
        assert isinstance(subject, NamedNode)
        means = terms.property(predicate)
        if means == _TYPE:
            types[subject.value].add(thing.value if isinstance(thing, NamedNode) else "")
        elif predicate == KG + "isNamed" and isinstance(thing, Literal) and thing.value == "false":
            # If the background is itself a graph made by kg, the label of this thing is a description,
            # not a name. Things of the class rdf:Statement, which is in `_TERMS`, are skipped.
            types[subject.value].add(RDF + "Statement")
        elif means:
            assert isinstance(thing, NamedNode | Literal)
            said[subject.value][means].append(thing)
    for iri in sorted(said):
        if types[iri] & _TERMS:
            continue
        type_ = terms.narrowest(terms.classes(sorted(types[iri])))
        if not terms.ontology.is_a(type_, "Event") and (named := _name(iri, told.about.id, said[iri], type_)):
            yield named


def _name(
    iri: str, file: str, said: defaultdict[str, list[Literal | NamedNode]], type_: str
) -> _Named | None:
    labels = _texts(said[_LABEL])
    families, given = _texts(said[_FAMILY]), _texts(said[_GIVEN])
    if not labels and families and given:
        labels = [f"{given[0]} {families[0]}"]
    names = frozenset(name for name in (*labels, *_texts(said[_ALIAS])) if len(key(name)) > 1)
    if not labels or labels[0] not in names:
        return None
    genders = {_GENDERS.get(_last_part(each.value).lower(), "") for each in said[_GENDER]} - {""}
    gender = genders.pop() if len(genders) == 1 else ""
    return _Named(iri, file, labels[0], names, type_, frozenset(families), gender)


def _texts(terms: Iterable[Literal | NamedNode]) -> list[str]:
    """The texts of the literals in Unicode's form NFC; those in English or without a language come first."""
    found = {
        (
            bool(each.language) and not (each.language or "").startswith("en"),
            " ".join(normalize("NFC", each.value).split()),
        )
        for each in terms
        if isinstance(each, Literal)
    }
    return [text for _, text in sorted(found) if text]


def _same(found: Sequence[_Named], told: Sequence[BackgroundFile]) -> Sets:
    """Groups of descriptions of the same thing, as indices of `found`.

    Descriptions of one thing have the same IRI, are linked by owl:sameAs, or have the same label and class,
    provided that only one thing in each file has this label and class.
    """
    same = Sets(list(range(len(found))))
    by_iri: defaultdict[str, list[int]] = defaultdict(list)
    for i, named in enumerate(found):
        by_iri[named.iri].append(i)
    for some in by_iri.values():
        same.union(some)
    for triple in (triple for each in told for triple in each.triples):
        if triple.predicate.value == OWL + "sameAs" and isinstance(triple.object, NamedNode):
            assert isinstance(triple.subject, NamedNode)
            same.union([*by_iri.get(triple.subject.value, ()), *by_iri.get(triple.object.value, ())])
    by_name: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for i, named in enumerate(found):
        by_name[key(named.label), named.type].append(i)
    for some in by_name.values():
        if len({found[i].file for i in some}) == len({same.find(i) for i in some}):
            same.union(some)
    return same


def _united(some: Sequence[_Named], terms: _Terms, names: Names) -> Known:
    genders = {each.gender for each in some} - {""}
    iris = sorted({each.iri for each in some})
    return Known(
        iris=tuple(iris),
        label=some[0].label,
        names=tuple(sorted(frozenset[str]().union(*(each.names for each in some)))),
        type=terms.narrowest(each.type for each in some if each.type),
        background=tuple(sorted({each.file for each in some})),
        families=tuple(sorted(frozenset[str]().union(*(each.families for each in some)))),
        gender=genders.pop() if len(genders) == 1 else "",
        id=next((id_ for iri in iris if (id_ := names.id(iri))), ""),
    )


def _https(iri: str) -> str:
    """The IRI; with https if it is a term of schema.org, because files use both http and https for these."""
    return iri.replace("http://schema.org/", SCHEMA, 1)


def _last_part(iri: str) -> str:
    """The last part of an IRI, after "#" or "/"."""
    return iri.replace("#", "/").rstrip("/").rpartition("/")[2]
