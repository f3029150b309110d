"""Graphs and tables as HTML for notebooks. It contains no script, and all text is escaped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from kg.model import Knowledge
from kg.ontology import Ontology

ROWS = 50  # maximum number of rows that a table shows
_WIDEST = 720  # maximum width of a picture, in pixels


def table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """The first `ROWS` rows as a table, followed by the number of rows."""
    head = "".join(f"<th>{escape(each)}</th>" for each in columns)
    body = "".join(
        "<tr>" + "".join(f'<td style="text-align:left">{escape(cell)}</td>' for cell in row) + "</tr>"
        for row in rows[:ROWS]
    )
    made = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    return made + note(f"{ROWS} of {len(rows):,} rows" if len(rows) > ROWS else f"{len(rows):,} rows")


def note(text: str) -> str:
    return f"<p>{escape(text)}</p>"


def graph(knowledge: Knowledge, ontology: Ontology, counts: Mapping[str, int]) -> str:
    """The first view of the graph's page as a picture, followed by the graph's counts."""
    from kg.write.picture import picture

    told = note(", ".join(f"{number:,} {name}" for name, number in counts.items()))
    if not knowledge.entities:
        return told
    drawn = picture(knowledge, ontology)
    return f'<div style="max-width:{_WIDEST}px;overflow:auto">{drawn}</div>{told}'
