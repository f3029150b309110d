"""Checks a graph against `ontology/shapes.ttl` (SHACL)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.ontology import folder

if TYPE_CHECKING:
    from rdflib import Graph


def violations(graph: Graph) -> list[str]:
    """What is wrong, one sentence per violation, sorted; empty where the graph conforms.

    Wants the whole graph, all parts: what backs a fact stands in the provenance. On large
    graphs it takes minutes.
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
