"""Brackets in a text: what its pronouns and descriptions stand for, so that it can be read alone.

    Ana - said - "he [Tom Reed] had left"
    Ana - worked - "in the capital [Lima] for years"
    Ana - sold - "her house"                            nothing: "her" is Ana, the subject

What is left open is counted, and makes the statement less sure (`kg.resolve.statements.confidence`). A text
that opens with such words, or points with "this", is about what nobody can know without the article:

    Reed - said - "the execution was hard"              the execution of what?
    Reed - said - "they let this menace grow"           which menace?
    Reed - said - "I like snow. This passion is old"    nothing: the text may explain it itself
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from dataclasses import replace

from kg.model import Argument, Claim, Doubt, Mention, MentionKind, Reading, Role
from kg.resolve.nodes import Nodes

_BARE = ("the", "execution")  # with another word it may be clear: "the private sector"
_POINTING = frozenset(("this", "that", "these", "those"))
_FAR = frozenset(("that", "those"))
_NOW = frozenset(("moment", "time", "stage", "point", "generation", "century"))  # the speaker's own
_LONGEST = 5  # words, in a bracket, of a description
_QUOTES = " “”\"‘’'"
_SENTENCE = re.compile(r"[.?!;…] ")
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
    parts, left_open, end, pointing = list[str](), 0, said.start, False
    for index in said.needs:
        mention = reading.mentions[index]
        ids = nodes.of(Argument(mention.start, mention.end, mention.text, Role.OTHER, mention=index))
        if ids and all(id_ in near for id_ in ids):
            continue
        names = [labels[id_] for id_ in ids if id_ in labels and _tells(labels[id_], known.get(id_))]
        if not names or len(names) < len(ids):
            left_open += 1
            pointing = pointing or _points(mention, said, reading)
        elif not all(name in said.text for name in names) and end <= mention.head_end <= said.end:
            owning = "'s" if mention.text.lower() in _OWNING else ""
            parts.append(f"{document[end : mention.head_end]} [{' and '.join(names)}{owning}]")
            end = mention.head_end
    parts.append(document[end : said.end])
    lost = (*claim.lost, Doubt.POINTING) if pointing else claim.lost
    return replace(claim, object=replace(said, text="".join(parts)), lost=lost), left_open


def _tells(label: str, named: bool | None) -> bool:
    """Whether a label in brackets tells who or what it is. `named`: None for what cannot be identified."""
    return bool(named) or (named is False and label.count(" ") < _LONGEST)


def _points(mention: Mention, said: Argument, reading: Reading) -> bool:
    """Whether a description that is left open is what the text is about."""
    if mention.kind is not MentionKind.NOMINAL or mention.head_start == mention.start:
        return False
    before = reading.document.text[said.start : mention.start]
    if not before.strip(_QUOTES) and len(mention.text.split()) == len(_BARE):
        return True
    if mention.determiner.lower() not in _POINTING or mention.lemma in _NOW or _SENTENCE.search(before):
        return False
    told_of = any(time.start < mention.end and mention.start < time.end for time in reading.times)
    further = (
        mention.determiner.lower() in _FAR and mention.head_end < mention.end
    )  # "those under his command"
    return not (told_of or further or _is_told_before(mention, said, reading))


def _is_told_before(mention: Mention, said: Argument, reading: Reading) -> bool:
    """Whether the text has it itself: "plants grew ... these machines", "a song ... this song"."""
    return any(
        other.lemma == mention.lemma
        or (mention.plural and other.plural and other.type not in ("Person", "Group"))
        for other in reading.mentions
        if other.kind is MentionKind.NOMINAL and said.start <= other.start and other.end < mention.start
    )
