"""Makes pandas tables in which every column has a type."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from kg.errors import MissingError
from kg.model import Knowledge, Statement, Text
from kg.ontology import Ontology
from kg.rdf import relations, terms
from kg.rdf.names import Names

if TYPE_CHECKING:
    import pandas

TEXT, KIND, DAY, YES_NO, COUNT, SHARE = "string", "category", "datetime64[s]", "bool", "int64", "float64"

# Column of the table of statements -> its type. Unknown dates are NaT, missing texts NA.
STATEMENTS: Mapping[str, str] = {
    "id": TEXT,  # an IRI, as in all columns that end in "id"
    "subject": TEXT,
    "subject_id": TEXT,
    "subject_type": KIND,
    "relation": KIND,
    "relation_id": KIND,
    "object": TEXT,
    "object_id": TEXT,  # missing if the object is a text, a number or a date
    "object_type": KIND,  # a class; for a literal its XML Schema type: "string", "integer", "date"
    "factuality": KIND,
    "plain": YES_NO,
    "confidence": SHARE,
    "speaker": TEXT,
    "first_day": DAY,  # the earliest possible day
    "last_day": DAY,  # the latest possible day
    "when": TEXT,  # the time in the words of the article
    "place": TEXT,
    "event_id": TEXT,
    "articles": COUNT,
    "independent": COUNT,
    # the article of the first sentence that supports the statement, and offsets and text of this sentence
    "article": TEXT,
    "start": COUNT,
    "end": COUNT,
    "sentence": TEXT,
}


def statements(knowledge: Knowledge, ontology: Ontology, names: Names) -> pandas.DataFrame:
    """A row for each statement, with the columns of `STATEMENTS`, sorted by id. Raises MissingError."""
    labels = {key: node.label for key, node in knowledge.nodes().items()}
    types = {key: node.type for key, node in knowledge.nodes().items()}
    told = sorted(knowledge.statements, key=lambda each: each.id)
    return typed([_row(each, labels, types, ontology, names) for each in told], STATEMENTS)


def typed(rows: Sequence[Mapping[str, Any]], types: Mapping[str, str]) -> pandas.DataFrame:
    """A table of rows whose columns have these types. Raises MissingError."""
    try:
        import pandas
    except ImportError as error:
        message = "tables need pandas: python3 -m pip install 'kg[pandas]'"
        raise MissingError(message) from error
    columns = {name: [row[name] for row in rows] for name in types}
    return pandas.DataFrame({name: pandas.Series(columns[name], dtype=kind) for name, kind in types.items()})


def kinds(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> dict[str, str]:
    """Each column -> its type: the one that all its values have, otherwise text."""
    found: dict[str, set[type]] = {name: set() for name in columns}
    for row in rows:
        for name in columns:
            if row[name] is not None:
                found[name].add(type(row[name]))
    return {name: _kind(some) for name, some in found.items()}


def _kind(types: set[type]) -> str:
    """The pandas type for values of these Python types; it admits missing values."""
    if types == {bool}:
        return "boolean"
    if types == {int}:
        return "Int64"
    if types and types <= {int, float}:
        return "Float64"
    return DAY if types == {date} else TEXT


def _row(
    statement: Statement,
    labels: Mapping[str, str],
    types: Mapping[str, str],
    ontology: Ontology,
    names: Names,
) -> dict[str, Any]:
    said, time, first = statement.object, statement.time, statement.evidence[0]
    days = terms.days(time) if time else ("", "", "")
    return {
        "id": names.statement(statement.id),
        "subject": labels[statement.subject],
        "subject_id": names.node(statement.subject),
        "subject_type": types[statement.subject],
        "relation": statement.label,
        "relation_id": relations.iri(statement, names, ontology),
        "object": said.value if isinstance(said, Text) else labels[said],
        "object_id": None if isinstance(said, Text) else names.node(said),
        "object_type": said.datatype if isinstance(said, Text) else types[said],
        "factuality": statement.factuality.value,
        "plain": statement.plain,
        "confidence": statement.confidence,
        "speaker": labels.get(statement.speaker),
        "first_day": days[0] or None,
        "last_day": days[1] or None,
        "when": time.text if time else None,
        "place": labels.get(statement.place),
        "event_id": names.node(statement.event) if statement.event else None,
        "articles": len({each.document for each in statement.evidence}),
        "independent": statement.independent,
        "article": first.document,
        "start": first.start,
        "end": first.end,
        "sentence": first.sentence,
    }
