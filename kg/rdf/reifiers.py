"""Statements as reifiers of RDF 1.2: one triple instead of rdf:subject, rdf:predicate and rdf:object.

    d:st-1 a rdf:Statement ; rdf:reifies <<( d:Ana_Ruiz kg:met d:Tom_Reed )>> ; kg:factuality kg:Negated .

Neither form asserts the triple (https://www.w3.org/TR/rdf12-primer/#reification).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from kg.rdf.names import RDF

_SUBJECT, _PREDICATE, _OBJECT = (NamedNode(RDF + name) for name in ("subject", "predicate", "object"))
_REIFIES = NamedNode(RDF + "reifies")
_Where = tuple[object, NamedNode | BlankNode | DefaultGraph | None]
_Term = NamedNode | BlankNode | Literal | Triple


def reified(found: Sequence[Triple | Quad]) -> list[Triple | Quad]:
    """The triples in the same order, with one rdf:reifies instead of rdf:subject, rdf:predicate and
    rdf:object.

    The triples of a node that lacks one of these three properties are unchanged.
    """
    told: dict[_Where, dict[NamedNode, _Term]] = defaultdict(dict)
    for each in found:
        if each.predicate in (_SUBJECT, _PREDICATE, _OBJECT):
            told[_where(each)][each.predicate] = each.object
    kept: list[Triple | Quad] = []
    for each in found:
        terms = told.get(_where(each), {}) if each.predicate in (_SUBJECT, _PREDICATE, _OBJECT) else {}
        triple = _triple(terms)
        if triple is None:
            kept.append(each)
        elif each.predicate == _SUBJECT:
            kept.append(_reifying(each, triple))
    return kept


def _where(each: Triple | Quad) -> _Where:
    return each.subject, each.graph_name if isinstance(each, Quad) else None


def _triple(terms: dict[NamedNode, _Term]) -> Triple | None:
    subject, predicate, thing = (terms.get(name) for name in (_SUBJECT, _PREDICATE, _OBJECT))
    if not isinstance(subject, NamedNode) or not isinstance(predicate, NamedNode) or thing is None:
        return None
    return Triple(subject, predicate, thing)


def _reifying(each: Triple | Quad, triple: Triple) -> Triple | Quad:
    if isinstance(each, Quad):
        return Quad(each.subject, _REIFIES, triple, each.graph_name)
    return Triple(each.subject, _REIFIES, triple)
