"""Validates a graph against `ontology/shapes.ttl` (SHACL)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.ontology import folder

if TYPE_CHECKING:
    from rdflib import Graph


def violations(graph: Graph) -> list[str]:
    """The violations, one sentence each, sorted; empty if the graph conforms.

    `graph` must contain all parts, because the evidence for facts is in the provenance. This takes minutes
    for large graphs.
    """
    import pyshacl
    from rdflib import Graph as RdfGraph
    from rdflib.namespace import SH

    shapes = RdfGraph().parse(folder() / "shapes.ttl", format="turtle")
    _, report, _ = pyshacl.validate(graph, shacl_graph=shapes, advanced=True)
    assert isinstance(report, RdfGraph)
    found = set[str]()
    for result in report.subjects(SH.resultSeverity, None):
        parts = [
            report.value(result, each) for each in (SH.focusNode, SH.resultMessage, SH.resultPath, SH.value)
        ]
        node, message, path, value = ("" if part is None else str(part) for part in parts)
        at = f" ({path} {value})".replace(" )", ")") if path else ""
        found.add(f"{node}: {message}{at}")
    return sorted(found)
