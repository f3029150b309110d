"""Property graphs as XML files and as tables (`kg.write.graph_files`)."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import partial
from typing import BinaryIO

from kg.write import graph_files
from kg.write.formats import Choice, Format, Wanted
from kg.write.property_graph import property_graph, stream

_TAKES = frozenset((Choice.EVERYTHING,))
_HOLDS = "a property graph"


def _xml(form: graph_files.Format, wanted: Wanted) -> tuple[bytes]:
    file = io.BytesIO()
    graph = property_graph(wanted.knowledge, wanted.ontology, everything=wanted.everything)
    graph_files.write(graph, form, file)
    return (file.getvalue(),)


def _tables(wanted: Wanted) -> tuple[bytes, bytes]:
    nodes, edges = io.BytesIO(), io.BytesIO()
    _write_tables(wanted, (nodes, edges))
    return nodes.getvalue(), edges.getvalue()


def _write_tables(wanted: Wanted, files: Sequence[BinaryIO]) -> None:
    rows = stream(wanted.knowledge, wanted.ontology, everything=wanted.everything)
    graph_files.write_csv(rows, *files)


FORMATS = (
    Format(
        "graphml",
        ".graphml",
        _HOLDS,
        "Cytoscape, yEd, networkx, igraph",
        partial(_xml, "graphml"),
        takes=_TAKES,
    ),
    Format("gexf", ".gexf", _HOLDS, "Gephi", partial(_xml, "gexf"), takes=_TAKES),
    Format(
        "csv",
        "",
        _HOLDS,
        "Neo4j's import, Kuzu, DuckDB, spreadsheets",
        _tables,
        ("nodes.csv", "edges.csv"),
        _TAKES,
        write=_write_tables,
    ),
)
