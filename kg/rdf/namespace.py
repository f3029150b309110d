"""Moves the terms of kg into the user's namespace: kg:met becomes https://news.example/terms#met.

A build always uses kg's own namespace, because queries and pages depend on it; only exports may use another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pyoxigraph import NamedNode, Quad, Triple

from kg.ontology import KG

_NAMESPACE = re.compile(r"[a-z][a-z0-9+.-]*://[A-Za-z0-9._~!$&'()*+,;=:@%/-]+[/#]")


def is_namespace(text: str) -> bool:
    """Whether the text is an IRI to which local names can be appended.

    >>> is_namespace("https://news.example/terms#"), is_namespace("news")
    (True, False)
    """
    return bool(_NAMESPACE.fullmatch(text))


def moved(found: Iterable[Triple | Quad], namespace: str) -> list[Triple | Quad]:
    """The triples or quads with `namespace` instead of kg's own, also in the IRI of the ontology."""
    if namespace == KG:
        return list(found)
    return [_moved(each, namespace) for each in found]


def _moved(one: Triple | Quad, namespace: str) -> Triple | Quad:
    subject = _there(one.subject, namespace) if isinstance(one.subject, NamedNode) else one.subject
    thing = _there(one.object, namespace) if isinstance(one.object, NamedNode) else one.object
    triple = Triple(subject, _there(one.predicate, namespace), thing)
    if not isinstance(one, Quad):
        return triple
    return Quad(triple.subject, triple.predicate, triple.object, one.graph_name)


def _there(node: NamedNode, namespace: str) -> NamedNode:
    if node.value == KG.rstrip("#"):
        return NamedNode(namespace.rstrip("#/"))
    return NamedNode(namespace + node.value.removeprefix(KG)) if node.value.startswith(KG) else node
