"""A graph -> one file for another tool, in any of the formats of `kg export`.

The formats themselves are in the modules beside this one. CSV, being two files, is not written here
(`kg.write.graph_files.write_csv`).
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import BinaryIO

from kg.model import Knowledge
from kg.ontology import Ontology
from kg.rdf.graph import Part, article_quads, triples
from kg.rdf.names import Names
from kg.write import graph_files, rdf_files, statements
from kg.write.network import network

RDF = tuple(rdf_files.FORMATS)
NETWORK = ("graphml", "gexf")
OF_ARTICLES = ("nquads", "trig")  # formats in which each article has its named graph
FORMATS = (*RDF, *NETWORK, "csv", "jsonl")


def write(
    knowledge: Knowledge,
    ontology: Ontology,
    base: str,
    form: str,
    file: BinaryIO,
    parts: Sequence[Part] = tuple(Part),
) -> None:
    """Write the graph in the format `form`; `parts` matter to RDF only.

    N-Quads and TriG of the whole graph put each article's share into a graph of its own.
    """
    names = Names(base)
    if form == "jsonl":
        text = io.TextIOWrapper(file, encoding="utf-8", newline="\n", write_through=True)
        statements.write(knowledge, names, text)
        text.detach()
    elif form in NETWORK:
        graph_files.write(network(knowledge, ontology), "gexf" if form == "gexf" else "graphml", file)
    elif form in OF_ARTICLES and set(parts) == set(Part):
        rdf_files.write(article_quads(knowledge, ontology, base), form, file, names.prefixes)
    else:
        found = triples(knowledge, ontology, base)
        rdf_files.write([triple for part in parts for triple in found[part]], form, file, names.prefixes)
