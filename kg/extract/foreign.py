"""Finds sentences in another language, which the parser would read as English.

    Mes pensées vont aux familles des victimes.     no claims

A sentence is foreign if many of its words are function words of other languages. A few such words in a name
("Frente Amplio por la Justicia") do not suffice. Languages without words in the list are not recognised.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container

    from kg.language.parsed import Parsed

_FEWEST = 3  # minimum number of foreign function words in a foreign sentence
_SHARE = 0.18  # their minimum share of the sentence's words


def sentences(parsed: Parsed, words: Container[str]) -> frozenset[int]:
    """Indices of the foreign sentences. `words`: function words of other languages."""
    length, foreign = Counter[int](), Counter[int]()
    for token in parsed.doc:
        if token.is_alpha:
            length[parsed.sentence_of[token.i]] += 1
            foreign[parsed.sentence_of[token.i]] += token.is_lower and token.lower_ in words
    return frozenset(s for s, count in foreign.items() if count >= max(_FEWEST, _SHARE * length[s]))
