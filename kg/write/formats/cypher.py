"""openCypher: a script that creates the property graph. Running it twice changes nothing.

Every node has the label `Node`, its class and all superclasses; an edge has the type of its relation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from kg.write import graph_files
from kg.write.formats import Choice, Format, Wanted
from kg.write.property_graph import property_graph

_BATCH = 500  # maximum number of rows that one statement of the script creates
_CONSTRAINT = "CREATE CONSTRAINT kg_node IF NOT EXISTS FOR (n:Node) REQUIRE n.id IS UNIQUE;"


def _make(wanted: Wanted) -> tuple[bytes]:
    graph = property_graph(wanted.knowledge, wanted.ontology, everything=wanted.everything)
    nodes, edges = graph_files.rows(graph)
    lines = [_CONSTRAINT, *_nodes(nodes), *_edges(edges)]
    return ("\n".join((*lines, "")).encode(),)


def _nodes(table: graph_files.Rows) -> Iterator[str]:
    """The Cypher statements that create the nodes: separate ones for each set of labels, because in
    openCypher labels cannot be data.
    """
    names = ("id", *table.columns[2:])
    for labels, rows in groupby(sorted(table.rows, key=_labels), key=_labels):
        for batch in _batches([_map(names, (row[0], *row[2:])) for row in rows]):
            yield f"UNWIND [\n{batch}\n] AS row\nMERGE (n:Node {{id: row.id}}) SET n{labels} SET n += row;"


def _edges(table: graph_files.Rows) -> Iterator[str]:
    names = ("start", "end", "id", "properties")
    for type_, rows in groupby(sorted(table.rows, key=lambda row: str(row[2])), key=lambda row: str(row[2])):
        maps = [
            _map(names, (*row[:2], row[3], dict(zip(table.columns[4:], row[4:], strict=True))))
            for row in rows
        ]
        for batch in _batches(maps):
            yield (
                f"UNWIND [\n{batch}\n] AS row\nMATCH (a:Node {{id: row.start}}), (b:Node {{id: row.end}})\n"
                f"MERGE (a)-[e:{_name(type_)} {{id: row.id}}]->(b) SET e += row.properties;"
            )


def _labels(row: Sequence[graph_files.Value]) -> str:
    return "".join(f":{_name(each)}" for each in str(row[1]).split(graph_files.LABELS))


def _batches(maps: Sequence[str]) -> Iterator[str]:
    for start in range(0, len(maps), _BATCH):
        yield ",\n".join(maps[start : start + _BATCH])


def _map(names: Iterable[str], values: Iterable[graph_files.Value | dict[str, graph_files.Value]]) -> str:
    return "{" + ", ".join(f"{_name(k)}: {_value(v)}" for k, v in zip(names, values, strict=True)) + "}"


def _name(name: str) -> str:
    """A name in backquotes, because an open relation has hyphens, and a user's class is an IRI.

    >>> print(_name("stopped-short-of"))
    `stopped-short-of`
    """
    return "`" + name.replace("`", "``") + "`"


def _value(value: graph_files.Value | dict[str, graph_files.Value]) -> str:
    r"""A value as a literal of openCypher.

    >>> print(_value("Ana's\ntwo lines"), _value(True), _value(0.5))
    'Ana\'s\ntwo lines' true 0.5
    """
    if isinstance(value, dict):
        return _map(value.keys(), value.values())
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, str):
        return repr(value)
    text = value.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n").replace("\r", "\\r")
    return f"'{text}'"


FORMATS = (
    Format(
        "cypher",
        ".cypher",
        "a property graph, as a script",
        "Neo4j (`cypher-shell`), Memgraph",
        _make,
        takes=frozenset((Choice.EVERYTHING,)),
    ),
)
