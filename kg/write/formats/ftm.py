"""FollowTheMoney: one entity per line, as `ftm` and Aleph read them (`kg.write.follow_the_money`)."""

from __future__ import annotations

import json

from kg.rdf.names import Names
from kg.write.follow_the_money import entities
from kg.write.formats import Choice, Format, Wanted


def _make(wanted: Wanted) -> tuple[bytes]:
    rows = entities(wanted.knowledge, wanted.ontology, Names(wanted.base), everything=wanted.everything)
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return ("".join(lines).encode("utf-8", "replace"),)


FORMATS = (
    Format(
        "ftm",
        ".ftm.json",
        "people, organisations, events, articles and the links between them as FollowTheMoney entities",
        "Aleph, OpenSanctions' tools, the `ftm` command",
        _make,
        takes=frozenset((Choice.EVERYTHING,)),
    ),
)
