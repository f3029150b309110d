"""The local names of relations in RDF: one for a relation between things, another if its objects are words.

    "showed the harbour to them"     kg:showed        owl:ObjectProperty
    "showed that it works"           kg:showed-text   owl:DatatypeProperty
    "said that it works"             kg:said          declared as owl:DatatypeProperty in the ontology

With one name, a property would have both things and literals as values, which OWL forbids and property graphs
cannot represent.
"""

from __future__ import annotations

from kg.model import Statement, Text
from kg.ontology import Ontology
from kg.rdf.names import Names

TOP = "relatedTo"  # the super-property of all relations
_WORDS, _THINGS = "-text", "-thing"


def iri(statement: Statement, names: Names, ontology: Ontology) -> str:
    """The IRI of the predicate of a statement."""
    words = isinstance(statement.object, Text)
    return names.relation(local(statement.predicate, statement.known, words, ontology), statement.known)


def local(name: str, known: bool, words: bool, ontology: Ontology) -> str:
    """The local name of a relation as a property of literals (`words`) or of things."""
    described = ontology.relations.get(name) if known else None
    of_words = described.of_words if described else name.endswith(_WORDS)
    if words == of_words:
        return name
    return name + (_WORDS if words else _THINGS)


def above(name: str, known: bool, ontology: Ontology) -> tuple[str, ...]:
    """Local names of all super-properties of a relation; `TOP` alone for one that is not in the ontology."""
    described = ontology.relations.get(name) if known else None
    if described:
        return described.parents
    return () if name == TOP else (TOP,)
