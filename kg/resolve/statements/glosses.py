"""Brackets in a text: what its pronouns and descriptions stand for, so that it can be read alone.

    Ana - said - "he [Tom Reed] had left"
    Ana - worked - "in the capital [Lima] for years"
    Ana - sold - "her house"                            nothing: "her" is Ana, the subject

What is left open is counted, and makes the statement less sure (`kg.resolve.statements.confidence`).
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import replace

from kg.model import Argument, Claim, Reading, Role
from kg.resolve.nodes import Nodes

_OWNING = frozenset(("his", "her", "its", "their"))


def glossed(
    reading: Reading,
    nodes: Nodes,
    claim: Claim,
    labels: Mapping[str, str],
    known: Mapping[str, bool],
    near: Container[str],
) -> tuple[Claim, int]:
    """The claim with what the words of its text stand for, and how many of them stay open.

    `labels`: by id; `known`: ids of what can be identified, and whether by a name; `near`: of who needs no
    gloss.
    """
    said = claim.object
    if said is None or not said.needs:
        return claim, 0
    document = reading.document.text
    parts, left_open, end = list[str](), 0, said.start
    for index in said.needs:
        mention = reading.mentions[index]
        ids = nodes.of(Argument(mention.start, mention.end, mention.text, Role.OTHER, mention=index))
        if ids and all(id_ in near for id_ in ids):
            continue
        names = [labels[id_] for id_ in ids if known.get(id_) and id_ in labels]
        if not names or len(names) < len(ids):
            left_open += 1
        elif not all(name in said.text for name in names) and end <= mention.head_end <= said.end:
            owning = "'s" if mention.text.lower() in _OWNING else ""
            parts.append(f"{document[end : mention.head_end]} [{' and '.join(names)}{owning}]")
            end = mention.head_end
    parts.append(document[end : said.end])
    return replace(claim, object=replace(said, text="".join(parts))), left_open
