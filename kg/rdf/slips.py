"""Mistakes in a user's ontology that SHACL cannot detect, because each line of the file is valid by itself.

For example, a wrong term ("rdfs:domain" instead of schema:domainIncludes), words for an undeclared relation,
a class that is its own superclass, or a verb that is not a base form.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from kg.ontology import KG
from kg.rdf.names import OWL, RDF, RDFS, SCHEMA

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

_HTTP = SCHEMA.replace("https:", "http:")
# Property that has no effect in kg -> the property to write instead.
_INSTEAD = {
    RDFS + "domain": "schema:domainIncludes",
    RDFS + "range": "schema:rangeIncludes",
    _HTTP + "domainIncludes": "schema:domainIncludes, with https://schema.org/",
    _HTTP + "rangeIncludes": "schema:rangeIncludes, with https://schema.org/",
}
# Property whose values are words -> class of its subjects, and the part of speech of words that inflect.
_WORDS = {
    KG + "verb": ("kg:Relation", "VERB"),
    KG + "noun": ("kg:Relation", "NOUN"),
    KG + "adjective": ("kg:Relation", ""),
    KG + "word": ("owl:Class (or a kg:WordList)", "NOUN"),
}


class Slip(NamedTuple):
    """A mistake, and how to correct it."""

    path: tuple[str, ...]  # the terms of its triple, by which `lines` finds the line; () for the whole file
    which: Node | None  # the wrong term of the triple
    what: str
    mend: str
    advice: bool = False


def slips(own: Graph, whole: Graph) -> Iterator[Slip]:
    """The mistakes in a user's file. `own`: the triples of the file; `whole`: the ontology with them."""
    from rdflib import URIRef

    yield from _nameless(own)
    yield from _circles(own, whole)
    for subject, predicate, thing in own:
        path = str(subject), str(predicate), str(thing)
        if path[1] in _INSTEAD and (subject, URIRef(RDF + "type"), URIRef(KG + "Relation")) in whole:
            yield Slip(path, predicate, "restricts nothing in kg", f"Write {_INSTEAD[path[1]]}.")
        if path[1] in _WORDS and isinstance(subject, URIRef):
            yield from _about_words(path, whole, subject, thing)


def _nameless(own: Graph) -> Iterator[Slip]:
    """Relations, classes and word lists that are blank nodes."""
    from rdflib import BNode, URIRef

    for kind in (KG + "Relation", OWL + "Class", KG + "WordList"):
        if any(isinstance(each, BNode) for each in own.subjects(URIRef(RDF + "type"), URIRef(kind))):
            what = "describes a relation, class or word list without a name"
            yield Slip((), None, what, "Give it an IRI: my:beat.")


def _circles(own: Graph, whole: Graph) -> Iterator[Slip]:
    """Terms that are their own superclass or super-property."""
    from rdflib import URIRef

    for way in map(URIRef, (RDFS + "subClassOf", RDFS + "subPropertyOf")):
        for term, above in own.subject_objects(way):
            if term in whole.transitive_objects(above, way):
                what = "leads back to it, so it would be above itself"
                mend = "Remove one of the links of the cycle."
                yield Slip((str(term), str(way), str(above)), above, what, mend)


def _about_words(path: tuple[str, ...], whole: Graph, subject: Node, thing: Node) -> Iterator[Slip]:
    """Mistakes in a triple that gives a word for a term."""
    from lemminflect import getLemma
    from rdflib import URIRef

    kind, part = _WORDS[path[1]]
    kinds = set(map(str, whole.objects(subject, URIRef(RDF + "type"))))
    if not kinds & {KG + "Relation", OWL + "Class", KG + "WordList"}:
        yield Slip(path, thing, "is a word of an undeclared term", f'Say what it is for: "a {kind}".')
    words = path[2].split()
    if KG + "WordList" in kinds:
        return
    if path[2] != path[2].lower():
        what = "has capitals, but words are looked up in lower case"
        yield Slip(path, thing, what, f'Write "{path[2].lower()}".')
    elif words and part:
        word = words[0] if part == "VERB" else words[-2 if len(words) > 1 else -1]
        basic = getLemma(word, part)
        if basic and word not in basic:
            what = f"looks like a form of “{basic[0]}”, but only base forms are looked up"
            yield Slip(path, thing, what, f'Write "{path[2].replace(word, basic[0], 1)}".', advice=True)
