"""RDF, in the formats of `kg.write.rdf_files`.

N-Quads and TriG of the whole graph put the triples of each article, and each background file, into a separate
graph. Formats without named graphs include the background only if nothing else is exported, so that it
stays apart from what articles say.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import partial

from pyoxigraph import DefaultGraph, Quad, Triple

from kg.rdf.dataset import DCAT
from kg.rdf.graph import article_quads, triples
from kg.rdf.names import Names
from kg.rdf.namespace import moved
from kg.rdf.parts import GraphPart, in_graph
from kg.rdf.reifiers import reified
from kg.rdf.texts import quads
from kg.write import rdf_files
from kg.write.formats import Choice, Format, Wanted

_TAKES = frozenset((Choice.PARTS, Choice.NAMESPACE, Choice.ABOUT, Choice.TEXTS))
_TRIPLES = "all triples"
_QUADS = "all triples, those of each article in a graph named by the article"
_HOLDS = {
    "turtle": (_TRIPLES, "any triple store, rdflib, Protégé"),
    "ntriples": (_TRIPLES, "any triple store, tools that read lines"),
    "rdfxml": (_TRIPLES, "older RDF and OWL tools"),
    "jsonld": (_TRIPLES, "programs that read JSON"),
    "nquads": (_QUADS, "stores with named graphs"),
    "trig": (_QUADS, "stores with named graphs"),
}


def _make(form: str, wanted: Wanted) -> tuple[bytes]:
    prefixes = {**Names(wanted.base).prefixes, "kg": wanted.namespace}
    prefixes |= {"dcat": DCAT} if wanted.about else {}
    found = moved(_chosen(form, wanted), wanted.namespace)
    file = io.BytesIO()
    rdf_files.write(reified(found) if wanted.reifiers else found, form, file, prefixes)
    return (file.getvalue(),)


def _chosen(form: str, wanted: Wanted) -> Sequence[Triple | Quad]:
    if not wanted.parts:
        return [*wanted.about, *wanted.background]
    texts = (
        quads(wanted.knowledge, wanted.base) if wanted.texts and GraphPart.PROVENANCE in wanted.parts else []
    )
    if form in {"nquads", "trig"} and set(wanted.parts) == set(GraphPart):
        told = article_quads(wanted.knowledge, wanted.ontology, wanted.base)
        return [*told, *texts, *wanted.background, *in_graph(wanted.about, DefaultGraph())]
    made = triples(wanted.knowledge, wanted.ontology, wanted.base)
    chosen = [*(each for part in wanted.parts for each in made[part]), *(quad.triple for quad in texts)]
    return list(dict.fromkeys([*wanted.about, *chosen]))


FORMATS = tuple(
    Format(
        name,
        about.suffix,
        *_HOLDS[name],
        partial(_make, name),
        takes=_TAKES if name == "jsonld" else _TAKES | {Choice.REIFIERS},  # JSON-LD has no triple terms
    )
    for name, about in rdf_files.FORMATS.items()
)
