"""Reads `ontology/` (and a user's own Turtle files) into records that need no RDF library.

Words are data: this module knows how relations and classes are *described*, but not which ones exist.

A user's file extends a term of kg, or replaces it if the file declares the term's type again:

    kg:hosted kg:verb "put up" .                              one more verb
    kg:hosted a kg:Relation ; kg:verb "put up" ; ...          replaces kg's definition
    kg:hosted owl:deprecated true .                           removes the relation

Terms may have any IRI. The local name of a term outside `kg:` is its whole IRI.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node, URIRef

KG = "https://kg.example/ontology#"
INTEREST = 0.5  # the interest of a relation whose definition gives none
_STRING = "http://www.w3.org/2001/XMLSchema#string"


@dataclass(frozen=True, slots=True)
class Class:
    """A class of things."""

    name: str  # local name: "Person"
    iri: str
    label: str
    comment: str
    parents: tuple[str, ...]  # local names of all superclasses in the ontology, nearest first
    aligned: tuple[str, ...]  # IRIs of superclasses and equivalents elsewhere, also those of `parents`
    words: tuple[str, ...]  # common nouns for a member of the class: "summit"
    colour: str
    shape: str
    disjoint: tuple[str, ...] = ()  # local names of disjoint classes, in both directions


@dataclass(frozen=True, slots=True)
class RelationType:
    """A relation, the words that express it, and the classes of its subject and object."""

    name: str  # local name: "hosted"
    iri: str
    label: str
    comment: str
    parents: tuple[str, ...]  # local names of all super-properties in the ontology, nearest first
    aligned: tuple[str, ...]  # IRIs of super-properties and equivalents elsewhere, also those of `parents`
    verbs: tuple[str, ...]
    nouns: tuple[str, ...]
    adjectives: tuple[str, ...]
    subjects: tuple[str, ...]  # permitted classes of the subject; empty: any
    objects: tuple[str, ...]
    symmetric: bool
    reciprocal: bool
    stative: bool
    event_class: str  # local name of the class of its events, or ""
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]
    object_is_place: bool = False  # an object that is a place is also the place of the event
    functional: bool = False  # a subject has at most one object
    varies: bool = False  # a subject has at most one object at any one time
    asymmetric: bool = False  # never true in both directions
    occasion: str = ""  # local name of a relation that it implies between agents ("met" for "hosted"), or ""
    strict: bool = False  # a subject or object of unknown or more general class does not fit
    own: bool = False  # from a user's file: takes precedence over kg's relations with the same words
    of_words: bool = False  # its object is a literal
    otherwise: str = ""  # local name of the relation used if the object does not fit `objects`, or ""
    interest: float = INTEREST  # how much the relation matters to a reader, 0 to 1
    # classes of subject and object with which a statement needs no further part: "Ana married Tom"
    complete: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Ontology:
    """All classes and relations, by local name, and word lists by name."""

    classes: Mapping[str, Class]
    relations: Mapping[str, RelationType]
    words: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def is_a(self, name: str, ancestor: str) -> bool:
        """Whether class `name` is `ancestor` or one of its subclasses."""
        known = self.classes.get(name)
        return name == ancestor or (known is not None and ancestor in known.parents)

    def exclude(self, one: str, other: str) -> bool:
        """Whether the classes `one` and `other` are disjoint."""
        chains = [
            (name, *(known.parents if (known := self.classes.get(name)) else ())) for name in (one, other)
        ]
        return any(
            b in known.disjoint for a in chains[0] if (known := self.classes.get(a)) for b in chains[1]
        )

    def admits(self, allowed: tuple[str, ...], name: str) -> bool:
        """Whether class `name` is one of `allowed` or a subclass of one; True if `allowed` is empty."""
        return not allowed or any(self.is_a(name, ancestor) for ancestor in allowed)

    def is_complete(self, relation: str, subject: str, other: str) -> bool:
        """Whether a statement of a relation between things of these classes is complete without a third part.

        "Norbank bought Castel Foods" is; "Ana Ruiz replaced Tom Reed" is not, because it does not say as
        what.
        """
        known = self.relations.get(relation)
        return known is not None and any(
            self.is_a(subject, first) and self.is_a(other, second) for first, second in known.complete
        )

    @cached_property
    def class_of_word(self) -> Mapping[str, str]:
        """Common noun -> the class of what it denotes ("summit" -> "Summit")."""
        return {word: c.name for c in self.classes.values() for word in c.words}

    @cached_property
    def transitive_verbs(self) -> frozenset[str]:
        """Verbs that express a relation between their subject and their direct object."""
        verbs = (verb for relation in self.relations.values() for verb in relation.verbs)
        return frozenset(verb for verb in verbs if " " not in verb)


def folder() -> Path:
    """The folder of kg's own ontology: in the checkout, or inside the installed package."""
    package = Path(__file__).resolve().parent
    packaged = package / "_ontology"
    return packaged if packaged.is_dir() else package.parent / "ontology"


def files() -> tuple[Path, ...]:
    """The Turtle files of kg's own ontology, in a fixed order."""
    root = folder()
    return (
        root / "kg.ttl",
        root / "interest.ttl",
        root / "complete.ttl",
        *sorted((root / "relations").glob("*.ttl")),
        *sorted((root / "words").glob("*.ttl")),
    )


def read_graph(extra: Iterable[Path] = ()) -> Graph:
    """The ontology as one rdflib graph, with the additions, replacements and removals of `extra` files.

    Raises rdflib's exceptions if a file is not valid Turtle.
    """
    from rdflib import Graph

    return _with([Graph().parse(path, format="turtle") for path in extra])


def _with(extra: Iterable[Graph]) -> Graph:
    """The graph of kg's own ontology with the additions, replacements and removals of each of `extra`, in
    order.
    """
    from rdflib import Graph, Literal
    from rdflib.namespace import OWL, RDF

    graph = Graph(store="SimpleMemory")
    graph += _shipped()
    for own in extra:
        described = {term for kind in _kinds() for term in own.subjects(RDF.type, kind)}
        for term in sorted(described & set(graph.subjects()), key=str):
            graph.remove((term, None, None))
        graph += own
    for term in list(graph.subjects(OWL.deprecated, Literal(True))):
        # a removed word list stays in the ontology as an empty list
        kinds = {RDF.type} if (term, RDF.type, _kinds()[2]) in graph else set()
        for predicate in set(graph.predicates(term)) - kinds:
            graph.remove((term, predicate, None))
    return graph


@cache
def _shipped() -> Graph:
    """The graph of kg's own ontology, read by pyoxigraph: with rdflib, every command would take half a second
    longer.
    """
    from pyoxigraph import parse
    from rdflib import Graph

    graph = Graph(store="SimpleMemory")  # a store without contexts, which is twice as fast
    for path in files():
        for quad in parse(path=path):
            graph.add((_term(quad.subject), _term(quad.predicate), _term(quad.object)))
    return graph


def _term(term: Any) -> Node:
    """A term of pyoxigraph as a term of rdflib."""
    from pyoxigraph import Literal as Told
    from pyoxigraph import NamedNode
    from rdflib import BNode, Literal, URIRef

    if isinstance(term, NamedNode):
        return URIRef(term.value)
    if not isinstance(term, Told):
        return BNode(term.value)
    if term.language:
        return Literal(term.value, lang=term.language)
    kind = term.datatype.value
    return Literal(term.value, datatype=None if kind == _STRING else URIRef(kind))


def load(extra: Iterable[Path] = ()) -> Ontology:
    """kg's own ontology, with the additions, replacements and removals of `extra` files."""
    from rdflib import Graph

    given = [Graph().parse(path, format="turtle") for path in extra]
    own = Graph()
    for each in given:
        own += each
    return described(_with(given), own)


def described(graph: Graph, own: Graph) -> Ontology:
    """The ontology described by a graph; `own` are the triples of the user's files."""
    from rdflib.namespace import RDF

    reader = _Reader(graph, frozenset(map(str, own.subjects(RDF.type, _kinds()[0]))))
    found = Ontology(reader.classes(), reader.relations(), reader.word_lists())
    roles = found.words.get("RoleNouns", frozenset()) | _roles(found)
    return replace(found, words={**found.words, "RoleNouns": roles})


def _roles(words: Ontology) -> frozenset[str]:
    """The nouns that express a role of a person in the user's relations: "ombudsman", from "ombudsman of"."""

    def is_role(relation: RelationType) -> bool:
        people = [words.is_a(name, "Person") for name in relation.subjects]
        others = [words.is_a(name, "Person") or words.is_a("Person", name) for name in relation.objects]
        return relation.own and relation.stative and all(people or [False]) and not any(others or [True])

    nouns = (noun.split() for each in words.relations.values() if is_role(each) for noun in each.nouns)
    return frozenset(noun[0] for noun in nouns if len(noun) == 2)


def _kinds() -> tuple[Node, ...]:
    """The types of terms in the ontology: relation, class, word list."""
    from rdflib import URIRef
    from rdflib.namespace import OWL

    return URIRef(KG + "Relation"), OWL.Class, URIRef(KG + "WordList")


class _Reader:
    """Turns the graph into records. Every field with several values is sorted, so that the result does not
    depend on the order of triples.
    """

    def __init__(self, graph: Graph, own: frozenset[str] = frozenset()) -> None:
        from rdflib import Namespace
        from rdflib.namespace import OWL, RDF, RDFS

        self.graph, self.kg, self.own = graph, Namespace(KG), own  # own: IRIs of the user's relations
        self.rdf, self.rdfs, self.owl = RDF, RDFS, OWL
        self.schema = Namespace("https://schema.org/")
        self.described = {str(term) for kind in _kinds() for term in graph.subjects(RDF.type, kind)}

    def classes(self) -> dict[str, Class]:
        found: dict[str, Class] = {}
        for iri in self._ours(self.owl.Class):
            parents, aligned = self._above(iri, self.rdfs.subClassOf, self.owl.equivalentClass)
            found[_local(iri)] = Class(
                name=_local(iri),
                iri=str(iri),
                label=self._one(iri, self.rdfs.label),
                comment=self._one(iri, self.rdfs.comment),
                parents=parents,
                aligned=aligned,
                words=self._all(iri, self.kg.word),
                colour=self._inherited(iri, parents, self.kg.colour),
                shape=self._inherited(iri, parents, self.kg.shape),
                disjoint=self._disjoint(iri),
            )
        return found

    def relations(self) -> dict[str, RelationType]:
        found: dict[str, RelationType] = {}
        for iri in self._ours(self.kg.Relation):
            parents, aligned = self._above(iri, self.rdfs.subPropertyOf, self.owl.equivalentProperty)
            found[_local(iri)] = RelationType(
                name=_local(iri),
                iri=str(iri),
                label=self._one(iri, self.rdfs.label),
                comment=self._one(iri, self.rdfs.comment),
                parents=parents,
                aligned=aligned,
                verbs=self._all(iri, self.kg.verb),
                nouns=self._all(iri, self.kg.noun),
                adjectives=self._all(iri, self.kg.adjective),
                subjects=tuple(
                    sorted(_local(x) for x in self.graph.objects(iri, self.schema.domainIncludes))
                ),
                objects=tuple(sorted(_local(x) for x in self.graph.objects(iri, self.schema.rangeIncludes))),
                symmetric=(iri, self.rdf.type, self.owl.SymmetricProperty) in self.graph,
                reciprocal=self._flag(iri, self.kg.reciprocal),
                stative=self._flag(iri, self.kg.stative),
                event_class=_local(self.graph.value(iri, self.kg.eventClass)),
                examples=self._all(iri, self.kg.example),
                counter_examples=self._all(iri, self.kg.counterExample),
                object_is_place=self._inherited(iri, parents, self.kg.objectIsPlace) == "true",
                functional=(iri, self.rdf.type, self.owl.FunctionalProperty) in self.graph,
                varies=self._flag(iri, self.kg.varies),
                asymmetric=(iri, self.rdf.type, self.owl.AsymmetricProperty) in self.graph,
                occasion=_local(self.graph.value(iri, self.kg.occasion)),
                strict=self._flag(iri, self.kg.strict),
                otherwise=_local(self.graph.value(iri, self.kg.otherwise)),
                own=str(iri) in self.own,
                of_words=(iri, self.rdf.type, self.owl.DatatypeProperty) in self.graph,
                interest=self._interest(iri, parents),
                complete=self._complete(iri, parents),
            )
        return found

    def word_lists(self) -> dict[str, frozenset[str]]:
        return {_local(iri): frozenset(self._all(iri, self.kg.word)) for iri in self._ours(self.kg.WordList)}

    def _disjoint(self, iri: Node) -> tuple[str, ...]:
        same = self.owl.disjointWith
        found = {*self.graph.objects(iri, same), *self.graph.subjects(same, iri)}
        return tuple(sorted(_local(each) for each in found))

    def _ours(self, kind: Node) -> Sequence[Node]:
        from rdflib import URIRef

        found = {iri for iri in self.graph.subjects(self.rdf.type, kind) if isinstance(iri, URIRef)}
        return sorted(found)

    def _above(self, iri: Node, up: URIRef, same: URIRef) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The superclasses (or super-properties) of a term, nearest first: local names of those in the
        ontology, and IRIs of others.
        """
        ours: list[str] = []
        foreign: set[str] = set()
        level, seen = [iri], {iri}
        while level:
            following: list[Node] = []
            for node in level:
                above = (*self.graph.objects(node, up), *self.graph.objects(node, same))
                for parent in sorted(above, key=str):
                    if parent in seen:
                        continue
                    seen.add(parent)
                    if str(parent).startswith(KG) or str(parent) in self.described:
                        ours.append(_local(parent))
                        following.append(parent)
                    else:
                        foreign.add(str(parent))
            level = following
        return tuple(ours), tuple(sorted(foreign))

    def _inherited(self, iri: Node, parents: tuple[str, ...], prop: URIRef) -> str:
        chain = (iri, *(self._term(parent) for parent in parents))
        return next((value for node in chain if (value := self._one(node, prop))), "")

    def _interest(self, iri: Node, parents: tuple[str, ...]) -> float:
        """The interest of a relation: its own, that of the nearest super-property with one, or `INTEREST`."""
        given = self._inherited(iri, parents, self.kg.interest)
        try:
            return min(1.0, max(0.0, float(given or INTEREST)))
        except ValueError:
            return INTEREST  # `kg ontology check` reports the error

    def _complete(self, iri: Node, parents: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
        """`RelationType.complete` of a relation, from its own definition or the nearest super-property's."""
        chain = (iri, *(self._term(parent) for parent in parents))
        given = next((values for node in chain if (values := self._all(node, self.kg.complete))), ())
        pairs = (each.partition(" ") for each in given)
        return tuple((subject, other) for subject, _, other in pairs)

    def _term(self, name: str) -> Node:
        from rdflib import URIRef

        return URIRef(name) if ":" in name else self.kg[name]

    def _one(self, iri: Node, prop: URIRef) -> str:
        return min(self._all(iri, prop), default="")

    def _all(self, iri: Node, prop: URIRef) -> tuple[str, ...]:
        """The values of a property of a term, sorted, in NFC like the articles' texts."""
        return tuple(sorted({normalize("NFC", str(value)) for value in self.graph.objects(iri, prop)}))

    def _flag(self, iri: Node, prop: URIRef) -> bool:
        return "true" in self._all(iri, prop)


def _local(iri: object) -> str:
    return "" if iri is None else str(iri).removeprefix(KG)
