"""JSON Lines: the statements, as in the file of a build."""

from __future__ import annotations

import io

from kg.rdf.names import Names
from kg.write import statements
from kg.write.formats import Format, Wanted


def _make(wanted: Wanted) -> tuple[bytes]:
    text = io.StringIO()
    statements.write(wanted.knowledge, wanted.ontology, Names(wanted.base), text)
    return (text.getvalue().encode(),)


FORMATS = (
    Format("jsonl", ".jsonl", "one statement per line, with its sentences", "pandas, your own code", _make),
)
