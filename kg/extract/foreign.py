"""Sentences in another language, which the English parser reads as English.

    Mes pensées vont aux familles des victimes.     no claims

A sentence is foreign if many of its words are function words of other languages. Names with a few of them
("Frente Amplio por la Justicia") do not make it so. Excludes languages that are not in the list.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container

    from kg.language.parsed import Parsed

_FEWEST = 3
_SHARE = 0.18  # minimum share of the words


def sentences(parsed: Parsed, words: Container[str]) -> frozenset[int]:
    """Indices of the foreign sentences. `words`: function words of other languages."""
    length, foreign = Counter[int](), Counter[int]()
    for token in parsed.doc:
        if token.is_alpha:
            length[parsed.sentence_of[token.i]] += 1
            foreign[parsed.sentence_of[token.i]] += token.is_lower and token.lower_ in words
    return frozenset(s for s, count in foreign.items() if count >= max(_FEWEST, _SHARE * length[s]))
