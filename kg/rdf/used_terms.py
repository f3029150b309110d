"""The triples that describe the dataset, and the classes and relations of the ontology that it uses."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Triple

from kg.model import Factuality, Knowledge, Text
from kg.ontology import KG, Ontology
from kg.rdf import relations
from kg.rdf.names import OWL, RDF, RDFS, VOID, Names
from kg.rdf.terms import datum, explained, link


class UsedTerms:
    """Makes the triples of the ontology's terms, and gives the IRIs of a term and of the terms above it."""

    def __init__(self, ontology: Ontology, names: Names) -> None:
        self.ontology, self.names = ontology, names

    def declare(self, knowledge: Knowledge) -> set[Triple]:
        """The triples that describe the dataset, the classes and relations that the dataset uses, and all
        superclasses and super-properties of these.
        """
        base = self.names.base
        found = {
            link(base, RDF + "type", VOID + "Dataset"),
            datum(base, VOID + "uriSpace", base),  # tells users of a store which namespace `d:` stands for
        }
        types = {entity.type for entity in knowledge.entities}
        types |= {event.type for event in knowledge.events}
        if any(event.factuality is not Factuality.ASSERTED for event in knowledge.events):
            types.add("UnassertedEvent")
        for name in sorted(types):
            known = self.ontology.classes.get(name)
            for each in (name, *(known.parents if known else ())):
                found.update(self.class_(each))
        used = {(s.predicate, s.known, isinstance(s.object, Text), s.label) for s in knowledge.statements}
        for name, listed, words, label in used:
            found.update(self.relation(name, listed, words, label))
            for parent in relations.above(name, listed, self.ontology):
                found.update(self.relation(parent, known=True, words=words, label="related to"))
        return found

    def classes(self, name: str) -> tuple[str, ...]:
        """IRIs of the class `name` and of its superclasses, beginning with the class itself."""
        known = self.ontology.classes.get(name)
        if known is None:
            return (self.names.term(name),)
        return (known.iri, *(self.names.term(parent) for parent in known.parents), *known.aligned)

    def class_(self, name: str) -> Iterator[Triple]:
        iri, *above = self.classes(name)
        yield link(iri, RDF + "type", OWL + "Class")
        yield from (link(iri, RDFS + "subClassOf", each) for each in above)
        known = self.ontology.classes.get(name)
        if known:
            yield from explained(iri, known.label, known.comment)

    def relations(self, name: str, known: bool, words: bool) -> tuple[str, ...]:
        """IRIs of the relation `name` and of its super-properties, beginning with the relation itself.

        `known`: whether the relation is in the ontology; `words`: whether its values are literals.
        """
        parents = (
            self.names.relation(relations.local(each, True, words, self.ontology), known=True)
            for each in relations.above(name, known, self.ontology)
        )
        described = self.ontology.relations.get(name) if known else None
        iri = self.names.relation(relations.local(name, known, words, self.ontology), known)
        aligned = described.aligned if described and words == described.of_words else ()
        return (iri, *parents, *aligned)

    def relation(self, name: str, known: bool, words: bool, label: str) -> Iterator[Triple]:
        iri, *above = self.relations(name, known, words)
        yield link(iri, RDF + "type", RDF + "Property")
        yield link(iri, RDF + "type", OWL + ("DatatypeProperty" if words else "ObjectProperty"))
        yield link(iri, RDF + "type", KG + "Relation")
        yield from (link(iri, RDFS + "subPropertyOf", each) for each in above)
        described = self.ontology.relations.get(name) if known else None
        if described and described.symmetric and not words:
            yield link(iri, RDF + "type", OWL + "SymmetricProperty")
        if described:
            yield from explained(iri, described.label, described.comment)
        else:
            yield from explained(iri, label, "")
