"""Writes Turtle and TriG with only the prefixes in use, sorted (pyoxigraph writes all, in random order)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO

from pyoxigraph import Quad, RdfFormat, Triple, serialize


def turtle(statements: Sequence[Triple] | Sequence[Quad], prefixes: Mapping[str, str]) -> bytes:
    """Triples as Turtle, or quads as TriG, in the order given."""
    quads = bool(statements) and isinstance(statements[0], Quad)
    written = BytesIO()
    serialize(statements, written, RdfFormat.TRIG if quads else RdfFormat.TURTLE, prefixes=dict(prefixes))
    lines = written.getvalue().splitlines(keepends=True)
    head = sum(line.startswith(b"@prefix") for line in lines[: len(prefixes)])
    body = b"".join(lines[head:])
    used = sorted(line for line in lines[:head] if line.split()[1] in body)
    return b"".join((*used, b"\n" * bool(used), body))
