"""A graph -> one file for another tool, in any of the formats of `kg export`.

The formats themselves are in the modules beside this one. CSV, being two files, is not written here
(`kg.write.graph_files.write_csv`).
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from enum import StrEnum
from typing import BinaryIO

from pyoxigraph import DefaultGraph, Quad, Triple

from kg.model import Knowledge
from kg.ontology import KG, Ontology
from kg.rdf.graph import Part, article_quads, in_graph, triples
from kg.rdf.names import Names
from kg.rdf.namespace import moved
from kg.write import graph_files, rdf_files, statements
from kg.write.network import network


class Format(StrEnum):
    """The formats; those of RDF bear the names that they have in `kg.write.rdf_files`."""

    TURTLE = "turtle"
    NTRIPLES = "ntriples"
    NQUADS = "nquads"
    TRIG = "trig"
    JSONLD = "jsonld"
    RDFXML = "rdfxml"
    GRAPHML = "graphml"
    GEXF = "gexf"
    CSV = "csv"
    JSONL = "jsonl"


NETWORKS = frozenset((Format.GRAPHML, Format.GEXF, Format.CSV))
RDF = frozenset(form for form in Format if form.value in rdf_files.FORMATS)


def write(
    knowledge: Knowledge,
    ontology: Ontology,
    base: str,
    form: Format,
    file: BinaryIO,
    parts: Sequence[Part] = tuple(Part),
    background: Sequence[Quad] = (),
    *,
    everything: bool = False,
    namespace: str = KG,
    about: Sequence[Triple] = (),
) -> None:
    """Write the graph in the format `form`, but for CSV; `parts` and `background` matter to RDF only,
    `everything` (what is no plain fact too) to networks only: the other formats hold every statement.

    N-Quads and TriG of the whole graph put each article's share into a graph of its own, and each file
    of background. Formats without named graphs hold the background only where it is written alone
    (`parts` empty), so that it stays apart from what articles say. `namespace`: where the terms of kg are
    to be, in RDF; `about`: what the graph is (`kg.rdf.dataset`).
    """
    names = Names(base)
    prefixes = {**names.prefixes, "kg": namespace}
    if form is Format.JSONL:
        text = io.TextIOWrapper(file, encoding="utf-8", newline="\n", write_through=True)
        statements.write(knowledge, ontology, names, text)
        text.detach()
    elif form is Format.GRAPHML:
        graph_files.write(network(knowledge, ontology, everything=everything), "graphml", file)
    elif form is Format.GEXF:
        graph_files.write(network(knowledge, ontology, everything=everything), "gexf", file)
    elif form in {Format.NQUADS, Format.TRIG} and set(parts) == set(Part):
        quads = [*article_quads(knowledge, ontology, base), *background, *in_graph(about, DefaultGraph())]
        rdf_files.write(moved(quads, namespace), form, file, prefixes)
    elif not parts:
        rdf_files.write(background, form, file, prefixes)
    else:
        made = triples(knowledge, ontology, base)
        found = list(dict.fromkeys([*about, *(triple for part in parts for triple in made[part])]))
        rdf_files.write(moved(found, namespace), form, file, prefixes)
