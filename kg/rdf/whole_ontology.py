"""The whole ontology as triples that any OWL tool can read.

The files in `ontology/` contain what kg needs; this module adds the property types, the `-text` variants of
relations (`relations`), and rdfs:isDefinedBy. Axioms that would mislead a reasoner become annotations: if
articles disagree on where somebody was born, a reasoner would conclude from owl:FunctionalProperty that the
two towns are one.

Word lists are left out, because they are about English.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple, parse

from kg import ontology
from kg.ontology import KG, Ontology, RelationType
from kg.rdf import relations
from kg.rdf.names import OWL, RDF, RDFS, Names
from kg.rdf.parts import in_order
from kg.rdf.terms import datum, explained, link

if TYPE_CHECKING:
    from rdflib import Graph

IRI = KG.rstrip("#")
# Axiom about the world, which articles that disagree would violate -> local name of the annotation that
# replaces it.
_WORLDLY = {OWL + "FunctionalProperty": "functional", OWL + "AsymmetricProperty": "asymmetric"}


def triples(files: Iterable[Path] = ()) -> list[Triple]:
    """The triples of the ontology with the additions and replacements of the user's `files`, sorted; they are
    the same in every run.
    """
    files = tuple(files)
    words = ontology.load(files)
    found = set[Triple]()
    for triple in _read(ontology.read_graph(files)):
        kind = triple.object.value if isinstance(triple.object, NamedNode) else ""
        if kind in _WORLDLY and _local(triple.subject) in words.relations:
            found.add(datum(_iri(triple.subject), KG + _WORLDLY[kind], "true", "boolean"))
        elif not (_local(triple.subject) in words.relations and _is_above(triple)):
            found.add(triple)
    for relation in words.relations.values():
        for leads_to_words in (False, True):
            found.update(_relation(relation, leads_to_words, words))
    terms = {_iri(t.subject) for t in found if isinstance(t.subject, NamedNode)} - {IRI}
    found.update(link(term, RDFS + "isDefinedBy", IRI) for term in terms if term.startswith(KG))
    return in_order(found)


def _read(graph: Graph) -> Iterator[Triple]:
    """The triples of the ontology except word lists; blank nodes are named by their content."""
    from rdflib import Graph as RdfGraph
    from rdflib import URIRef
    from rdflib.compare import to_canonical_graph
    from rdflib.namespace import RDF as TYPES

    lists = set(graph.subjects(TYPES.type, URIRef(KG + "WordList")))
    kept = RdfGraph()
    for triple in graph:
        if triple[0] not in lists:
            kept.add(triple)
    written = to_canonical_graph(kept).serialize(format="nt", encoding="utf-8")
    for quad in parse(written, RdfFormat.N_TRIPLES):
        yield quad.triple


def _relation(relation: RelationType, words: bool, known: Ontology) -> Iterator[Triple]:
    """The description of a relation as a property of literals (`words`) or of things."""
    names = Names()
    iri = names.term(relations.local(relation.name, True, words, known))
    yield link(iri, RDF + "type", RDF + "Property")
    yield link(iri, RDF + "type", KG + "Relation")
    yield link(iri, RDF + "type", OWL + ("DatatypeProperty" if words else "ObjectProperty"))
    yield link(iri, RDFS + "domain", KG + "Thing")
    yield link(iri, RDFS + "range", RDFS + "Literal" if words else KG + "Thing")
    if iri != relation.iri:
        what = "words, a number or a date" if words else "a thing"
        yield from explained(iri, relation.label, f"As kg:{relation.name}, where the object is {what}.")
    for parent in relation.parents:
        yield link(iri, RDFS + "subPropertyOf", names.term(relations.local(parent, True, words, known)))


def _is_above(triple: Triple) -> bool:
    """Whether the triple makes a relation of kg a super-property. `_relation` makes such triples anew, for
    each variant of a relation.
    """
    return triple.predicate.value == RDFS + "subPropertyOf" and str(triple.object).startswith(f"<{KG}")


def _iri(subject: NamedNode | BlankNode | Triple) -> str:
    return subject.value if isinstance(subject, NamedNode) else ""


def _local(subject: NamedNode | BlankNode | Triple) -> str:
    return _iri(subject).removeprefix(KG)
