"""Names in quotation marks: titles of works, and what something is called.

    “Dynamite”, "The Long Road Home"; the affair, dubbed “Antennagate”

A short quotation is a title where every content word is capitalised. Left out: what somebody says in
one word (“Never,” she said).
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.language.names.name import UNKNOWN, Name, Text, is_capital
from kg.language.names.words import NAMING_VERBS
from kg.language.parsed import Quotation

_LONGEST = 9  # tokens
_SMALL = ("ADP", "DET", "CCONJ", "PART")
_CLAUSE_END = ".!?:,\n\n"


def find(text: Text) -> Iterator[Name]:
    """All of them; a title may be one word."""
    for quotation in text.quotations:
        tokens = [t for t in text.doc[quotation.start : quotation.end] if not t.is_space]
        while tokens and tokens[-1].text in ",.!?":
            tokens.pop()
        content = [t for t in tokens if t.is_alpha and t.pos_ not in _SMALL]
        if not content or len(tokens) > _LONGEST or not all(map(is_capital, [tokens[0], *content])):
            continue
        before = text.doc[quotation.start - 2] if quotation.start >= 2 else None
        if before is not None and before.lemma_ in text.ontology.words["SpeechVerbs"]:
            continue
        if len(tokens) == 1 and _begins_clause(text, quotation):
            continue  # “Never,” she said.
        named = before is not None and before.lemma_ in NAMING_VERBS
        yield from text.take(tokens[0].i, tokens[-1].i + 1, UNKNOWN if named else "CreativeWork")


def _begins_clause(text: Text, quotation: Quotation) -> bool:
    mark = text.doc[quotation.start - 1]
    return bool(mark.is_sent_start) or (mark.i > 0 and text.doc[mark.i - 1].text in _CLAUSE_END)
