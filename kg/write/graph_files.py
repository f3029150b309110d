"""Writes the networkx graph of `kg.write.property_graph` as GraphML, as GEXF (Gephi), and as CSV tables.

Files are UTF-8 whatever the locale, and the same graph gives the same bytes. Characters that XML 1.0 cannot
represent (control characters, lone surrogates) are removed in every format. A row of CSV is always one line:
line breaks within a text become spaces. A text that a spreadsheet would run as a formula (it begins with = +
- @) is prefixed with an apostrophe; `unguard` removes it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from itertools import chain
from typing import TYPE_CHECKING, BinaryIO, Literal, NamedTuple

from kg.write.network import BETWEEN
from kg.write.property_graph import Stream

if TYPE_CHECKING:
    from networkx import MultiDiGraph

Format = Literal["graphml", "gexf"]
Value = str | bool | int | float
LABELS = ";"  # joins the labels of a node

# All characters that XML 1.0 does not allow: https://www.w3.org/TR/xml/#charsets
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# A text that begins with one of these gets an apostrophe as prefix. An apostrophe is among them, so that
# `unguard` never removes one that belongs to the text.
_FORMULA = ("=", "+", "-", "@", "'")

# https://neo4j.com/docs/operations-manual/current/import/ (header format)
_NEO4J_TYPES = {bool: ":boolean", int: ":long", float: ":double", str: ""}


def write(graph: MultiDiGraph, form: Format, file: BinaryIO) -> None:
    """Write `graph` as GraphML or GEXF 1.2; edge ids are those of the statements."""
    import networkx

    if form == "graphml":
        networkx.write_graphml_xml(_clean(graph), file)
        file.write(b"\n")
    else:
        writer = networkx.readwrite.gexf.GEXFWriter(encoding="utf-8", prettyprint=True, version="1.2draft")
        clean = _clean(graph)
        for _, _, key, data in clean.edges(keys=True, data=True):
            data["id"] = key  # without it, networkx would number the edges
        writer.add_graph(clean)
        for meta in writer.xml.iter("meta"):
            meta.attrib.pop("lastmodifieddate", None)  # so that the same graph gives the same bytes
        writer.write(file)
        file.write(b"\n")


class Rows(NamedTuple):
    """A table: each row has a cell for each column."""

    columns: tuple[str, ...]
    rows: list[tuple[Value, ...]]


def rows(graph: MultiDiGraph) -> tuple[Rows, Rows]:
    """The tables of nodes (id, labels, attributes) and edges (start, end, type, id, attributes).

    The labels are the class and its superclasses, joined by ";", as in Neo4j. Characters that XML cannot
    represent are removed.
    """
    nodes, edges = _cells(Stream(graph.nodes(data=True), graph.edges(keys=True, data=True)))
    return _rows(("id", "labels"), nodes), _rows(("start", "end", "type", "id"), edges)


_Cells = Iterable[tuple[tuple[Value, ...], Mapping[str, Value]]]
"""The first cells of rows, and the attributes that make up the others."""


def _cells(stream: Stream) -> tuple[_Cells, _Cells]:
    nodes = (((node, str(data["classes"]).replace(BETWEEN, LABELS)), data) for node, data in stream.nodes)
    edges = (((start, end, data["relation"], key), data) for start, end, key, data in stream.edges)
    return nodes, edges


def _rows(ids: tuple[str, ...], found: _Cells) -> Rows:
    names: tuple[str, ...] = ()
    made = []
    for keys, data in found:
        names = names or tuple(data)
        made.append(tuple(map(_xml, (*keys, *data.values()))))
    return Rows(ids + names, made)


def write_csv(stream: Stream, nodes: BinaryIO, edges: BinaryIO) -> None:
    """Write two tables, row by row, with the headers that `neo4j-admin database import` expects.

    Nodes: id:ID, :LABEL (the class and its superclasses), then the attributes. Edges: :START_ID, :END_ID,
    :TYPE (the relation), id, then the attributes. An empty graph gives only the headers of the ids.
    """
    node_cells, edge_cells = _cells(stream)
    _table(nodes, ("id:ID", ":LABEL"), node_cells)
    _table(edges, (":START_ID", ":END_ID", ":TYPE", "id"), edge_cells)


def unguard(cell: str) -> str:
    """The text of a CSV cell, without the apostrophe that guards against formulas."""
    return cell.removeprefix("'")


def _table(file: BinaryIO, ids: tuple[str, ...], found: _Cells) -> None:
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=False)
    written = csv.writer(text, lineterminator="\n")
    rows = iter(found)
    first = next(rows, None)
    attributes = first[1] if first else {}
    written.writerow((*ids, *(name + _NEO4J_TYPES[type(value)] for name, value in attributes.items())))
    for keys, data in chain([first] if first else [], rows):
        written.writerow([_cell(value) for value in (*keys, *data.values())])
    text.detach()  # writes the rest and leaves the file open


def _cell(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return repr(value)
    line = " ".join(_NOT_XML.sub("", value).split())
    return f"'{line}" if line.startswith(_FORMULA) else line


def _clean(graph: MultiDiGraph) -> MultiDiGraph:
    """A copy of the graph in which all characters that XML cannot represent are removed."""
    copy = graph.__class__()
    for node, data in graph.nodes(data=True):
        copy.add_node(node, **{name: _xml(value) for name, value in data.items()})
    for start, end, key, data in graph.edges(keys=True, data=True):
        copy.add_edge(start, end, key=key, **{name: _xml(value) for name, value in data.items()})
    return copy


def _xml(value: Value) -> Value:
    return _NOT_XML.sub("", value) if isinstance(value, str) else value
