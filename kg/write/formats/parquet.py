"""Parquet: the CSV tables with column types, for columnar tools."""

from __future__ import annotations

import io
from typing import Any

from kg.write import graph_files
from kg.write.formats import Choice, Format, Wanted
from kg.write.property_graph import property_graph


def _make(wanted: Wanted) -> tuple[bytes, ...]:
    graph = property_graph(wanted.knowledge, wanted.ontology, everything=wanted.everything)
    return tuple(_table(rows) for rows in graph_files.rows(graph))


def _table(rows: graph_files.Rows) -> bytes:
    """The table as Parquet. If there are no rows, the types of the columns are unknown, and all are text."""
    import pyarrow
    from pyarrow import parquet

    kinds = {str: pyarrow.string(), bool: pyarrow.bool_(), int: pyarrow.int64(), float: pyarrow.float64()}
    first: tuple[Any, ...] = rows.rows[0] if rows.rows else ("",) * len(rows.columns)
    schema = pyarrow.schema(
        [(name, kinds[type(cell)]) for name, cell in zip(rows.columns, first, strict=True)]
    )
    columns = list(zip(*rows.rows, strict=True)) or [()] * len(rows.columns)
    arrays = [pyarrow.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
    file = io.BytesIO()
    parquet.write_table(pyarrow.Table.from_arrays(arrays, schema=schema), file)
    return file.getvalue()


FORMATS = (
    Format(
        "parquet",
        "",
        "a property graph, as tables of typed columns",
        "DuckDB, Kuzu, pandas, Polars, Spark",
        _make,
        ("nodes.parquet", "edges.parquet"),
        frozenset((Choice.EVERYTHING,)),
        needs="pyarrow",
    ),
)
