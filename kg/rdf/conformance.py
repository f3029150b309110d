"""Validates triples against `ontology/shapes.ttl` by queries to the embedded store.

This implements only the part of SHACL that these shapes use, and raises an exception for anything else.
pyshacl implements all of SHACL, but takes minutes instead of seconds; `kg.rdf.shapes` uses it, and the tests
compare the two.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, QuerySolutions, RdfFormat, Store, Triple, Variable

from kg.ontology import folder
from kg.rdf.names import RDF, RDFS, XSD

SH = "http://www.w3.org/ns/shacl#"
Term = NamedNode | BlankNode | Literal | Triple
Node = NamedNode | BlankNode

_TYPE, _SUBCLASS = NamedNode(RDF + "type"), NamedNode(RDFS + "subClassOf")
_NUMBERS = {XSD + name for name in ("integer", "decimal", "double", "float")}
# Properties of a shape, in the namespace `SH`, that are not constraints.
_SILENT = frozenset(("path", "message", "targetClass", "targetSubjectsOf", "targetObjectsOf"))


def violations(triples: Iterable[Triple]) -> list[str]:
    """The violations, one sentence each, sorted; empty if the triples conform.

    `triples`: all parts of the graph. Raises NotImplementedError for shapes with unknown constraints.
    """
    data, shapes = Store(), Store()
    data.bulk_extend(Quad(*triple) for triple in triples)
    shapes.load(path=folder() / "shapes.ttl", format=RdfFormat.TURTLE)
    return sorted(set(_Checker(data, shapes).all()))


class _Graph:
    """Looks up the triples of a store by pattern."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def objects(self, subject: Node, predicate: str | NamedNode) -> list[Term]:
        name = NamedNode(predicate) if isinstance(predicate, str) else predicate
        return [quad.object for quad in self.store.quads_for_pattern(subject, name, None)]

    def subjects(self, predicate: NamedNode, value: Term | None) -> list[Node]:
        return [_node(quad.subject) for quad in self.store.quads_for_pattern(None, predicate, value)]

    def one(self, subject: Node, predicate: str) -> Term | None:
        return next(iter(self.objects(subject, predicate)), None)

    def listed(self, head: Term | None) -> list[Term]:
        """The members of an RDF list."""
        found: list[Term] = []
        while isinstance(head, NamedNode | BlankNode) and head != NamedNode(RDF + "nil"):
            found += self.objects(head, RDF + "first")
            head = self.one(head, RDF + "rest")
        return found


class _Checker:
    def __init__(self, data: Store, shapes: Store) -> None:
        self.data, self.shapes = _Graph(data), _Graph(shapes)
        self._below: dict[NamedNode, set[NamedNode]] = {}  # class -> itself and its sub-classes

    def all(self) -> Iterator[str]:
        for shape in self.shapes.subjects(_TYPE, NamedNode(SH + "NodeShape")):
            for focus in self._targets(shape):
                yield from self._shape(shape, focus)

    def _targets(self, shape: Node) -> list[Term]:
        """The nodes of the data to which a shape applies."""
        found: dict[Term, None] = {}
        for class_ in self.shapes.objects(shape, SH + "targetClass"):
            assert isinstance(class_, NamedNode)
            for below in sorted(self._classes(class_), key=str):
                found.update(dict.fromkeys(self.data.subjects(_TYPE, below)))
        for predicate in self.shapes.objects(shape, SH + "targetSubjectsOf"):
            assert isinstance(predicate, NamedNode)
            found.update(dict.fromkeys(self.data.subjects(predicate, None)))
        for predicate in self.shapes.objects(shape, SH + "targetObjectsOf"):
            assert isinstance(predicate, NamedNode)
            quads = self.data.store.quads_for_pattern(None, predicate, None)
            found.update(dict.fromkeys(quad.object for quad in quads))
        return list(found)

    def _classes(self, class_: NamedNode) -> set[NamedNode]:
        if class_ not in self._below:
            seen, waiting = {class_}, [class_]
            while waiting:
                below = self.data.subjects(_SUBCLASS, waiting.pop())
                waiting += [each for each in below if isinstance(each, NamedNode) and each not in seen]
                seen.update(waiting)
            self._below[class_] = seen
        return self._below[class_]

    # -- shapes ---------------------------------------------------------------------------------------

    def _shape(self, shape: Node, focus: Term) -> Iterator[str]:
        """The violations of a node shape or property shape at the node `focus`."""
        path = self.shapes.one(shape, SH + "path")
        values = [focus] if path is None else self._values(focus, path)
        for quad in self.shapes.store.quads_for_pattern(shape, None, None):
            if not quad.predicate.value.startswith(SH):
                continue
            name, given = quad.predicate.value.removeprefix(SH), quad.object
            if name == "property":
                for value in values:
                    yield from self._shape(_node(given), value)
            elif name == "sparql":
                yield from self._sparql(_node(given), focus)
            elif name not in _SILENT:
                wrong = self._wrong(name, given, focus, values)
                message = self.shapes.one(shape, SH + "message")
                yield from (_said(focus, message, path, value) for value in wrong)

    def _values(self, focus: Term, path: Term) -> list[Term]:
        if isinstance(path, NamedNode):
            return self.data.objects(focus, path) if isinstance(focus, NamedNode | BlankNode) else []
        inverse = self.shapes.one(_node(path), SH + "inversePath")
        if not isinstance(inverse, NamedNode):
            raise NotImplementedError(f"a path in shapes.ttl that is no predicate or inverse: {path}")
        return list(self.data.subjects(inverse, focus))

    def _conforms(self, shape: Term, value: Term) -> bool:
        return not any(True for _ in self._shape(_node(shape), value))

    def _wrong(self, name: str, given: Term, focus: Term, values: Sequence[Term]) -> list[Term | None]:
        """The values that violate a constraint; [None] if a value is missing, or the number of values is
        wrong.
        """
        single: dict[str, Callable[[Term], bool]] = {
            "datatype": lambda v: isinstance(v, Literal) and v.datatype == given,
            "class": lambda v: self._is_a(v, given),
            "nodeKind": lambda v: _is_kind(v, _node(given)),
            "in": lambda v: v in self.shapes.listed(given),
            "minLength": lambda v: len(_text(v)) >= int(_text(given)),
            "minInclusive": lambda v: _compared(v, given, operator.ge),
            "maxInclusive": lambda v: _compared(v, given, operator.le),
            "node": lambda v: self._conforms(given, v),
            "not": lambda v: not self._conforms(given, v),
            "or": lambda v: any(self._conforms(shape, v) for shape in self.shapes.listed(given)),
        }
        if name in single:
            return [value for value in values if not single[name](value)]
        if name == "minCount":
            return [None] if len(values) < int(_text(given)) else []
        if name == "maxCount":
            return [None] if len(values) > int(_text(given)) else []
        if name == "hasValue":
            return [] if given in values else [None]
        if name == "disjoint":
            others = self._values(focus, given)
            return [value for value in values if value in others]
        if name in ("lessThan", "lessThanOrEquals"):
            fits = operator.le if name.endswith("Equals") else operator.lt
            others = self._values(focus, given)
            return [value for value in values for other in others if not _compared(value, other, fits)]
        raise NotImplementedError(f"shapes.ttl says sh:{name}, which kg.rdf.conformance does not know")

    def _is_a(self, value: Term, class_: Term) -> bool:
        if isinstance(value, Literal | Triple) or not isinstance(class_, NamedNode):
            return False
        return any(each in self._classes(class_) for each in self.data.objects(value, _TYPE))

    def _sparql(self, constraint: Node, focus: Term) -> Iterator[str]:
        query = _text(self.shapes.one(constraint, SH + "select"))
        prefixes = {
            _text(self.shapes.one(_node(each), SH + "prefix")): _text(
                self.shapes.one(_node(each), SH + "namespace")
            )
            for ontology in self.shapes.objects(constraint, SH + "prefixes")
            for each in self.shapes.objects(_node(ontology), SH + "declare")
        }
        found = self.data.store.query(query, prefixes=prefixes, substitutions={Variable("this"): focus})
        assert isinstance(found, QuerySolutions)
        message = self.shapes.one(constraint, SH + "message")
        names = {each.value for each in found.variables}
        for row in found:
            yield _said(focus, message, None, row["value"] if "value" in names else focus)


# -- terms -------------------------------------------------------------------------------------------


def _said(focus: Term, message: Term | None, path: Term | None, value: Term | None) -> str:
    """A violation in words, in the same form as `kg.rdf.shapes` gives it."""
    at = ""
    if path is not None:
        at = f" ({_text(path) if isinstance(path, NamedNode) else '^'} {_text(value)})".replace(" )", ")")
    return f"{_text(focus)}: {_text(message)}{at}"


def _node(term: Term) -> Node:
    assert isinstance(term, NamedNode | BlankNode)
    return term


def _text(term: Term | None) -> str:
    return "" if term is None else str(term) if isinstance(term, Triple) else term.value


def _is_kind(value: Term, kind: Node) -> bool:
    names = {NamedNode: "IRI", BlankNode: "BlankNode", Literal: "Literal"}
    return names.get(type(value), "-") in kind.value.removeprefix(SH)


def _compared(one: Term, other: Term, fits: Callable[[Any, Any], bool]) -> bool:
    """Whether the comparison `fits` is true of two literals: numbers are compared by value, dates as text.

    False for terms that cannot be compared.
    """
    if not isinstance(one, Literal) or not isinstance(other, Literal):
        return False
    numbers = [literal.datatype.value in _NUMBERS for literal in (one, other)]
    if any(numbers):
        try:
            return all(numbers) and fits(Decimal(one.value), Decimal(other.value))
        except InvalidOperation:
            return False
    return one.datatype == other.datatype and fits(one.value, other.value)
