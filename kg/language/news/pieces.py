"""Cuts words into pieces: WordPiece (Wu et al. 2016), with BERT's uncased vocabulary (Devlin et al. 2019).

A word is a token of spaCy. Training and parsing must cut words in the same way, so both use this module.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

MOST = 6  # maximum number of pieces per word; further pieces are dropped
_LONGEST = 100  # maximum number of characters of a part; a longer part counts as unknown, as in BERT

SHAPES = 7  # number of classes of `shape`, including 0 for padding and other positions without a word

# Han characters, each of which is a part by itself: BERT's "CJK characters" (without kana and hangul).
_HAN = (
    (0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F),
    (0x2B740, 0x2B81F), (0x2B820, 0x2CEAF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F),
)  # fmt: skip


def shape(word: str) -> int:
    """The class of a word by its capitals and digits; 0 is reserved for positions without a word.

    It is an input of the network, whose vocabulary is in lower case.

    >>> [shape(word) for word in ("UN", "Lima", "iPhone", "2026", "boat", "U.S.-born", "$")]
    [1, 2, 3, 4, 5, 2, 6]
    """
    if word.isupper() and len(word) > 1:
        return 1
    if word[:1].isupper():
        return 2
    if any(character.isupper() for character in word):
        return 3
    if word.isdigit():
        return 4
    return 5 if word.isalpha() else 6


@dataclass(frozen=True, slots=True)
class Pieces:
    """Cuts words into the pieces of a vocabulary (piece -> number).

    A word consists of parts (see `parts`), and a part of pieces; a piece that is not the first of its part
    begins with "##".
    """

    vocabulary: Mapping[str, int]
    _known: dict[str, tuple[int, ...]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def load(cls, path: Path) -> Pieces:
        """Read a vocabulary: one piece per line; its number is the line number, from 0."""
        lines = path.read_text(encoding="utf-8").split("\n")
        return cls({piece: number for number, piece in enumerate(lines) if piece})

    def of(self, word: str) -> tuple[int, ...]:
        """The numbers of a word's pieces: one to `MOST`."""
        found = self._known.get(word)
        if found is None:
            found = tuple(piece for part in parts(word) for piece in self._pieces(part))[:MOST]
            found = found or (self.vocabulary["[UNK]"],)
            if len(self._known) < 100_000:  # a cache of about 20 MB; news has fewer recurring word forms
                self._known[word] = found
        return found

    def _pieces(self, part: str) -> tuple[int, ...]:
        """The numbers of a part's pieces: the longest piece with which it begins, then the longest with which
        the rest begins, and so on.
        """
        unknown = (self.vocabulary["[UNK]"],)
        if len(part) > _LONGEST:
            return unknown
        found: list[int] = []
        start = 0
        while start < len(part):
            prefix = "##" if start else ""
            ends = range(len(part), start, -1)
            end = next((end for end in ends if prefix + part[start:end] in self.vocabulary), 0)
            if not end:
                return unknown
            found.append(self.vocabulary[prefix + part[start:end]])
            start = end
        return tuple(found)


def parts(word: str) -> list[str]:
    """A word in lower case without accents, cut at punctuation, Han characters and blanks, as in BERT.

    >>> parts("Côte-d'Or"), parts("\\u200b")
    (['cote', '-', 'd', "'", 'or'], [])
    """
    if word.isascii() and word.isalnum():
        return [word.lower()]
    clean = "".join(_clean(character) for character in word)
    plain = unicodedata.normalize("NFD", unicodedata.normalize("NFC", clean).lower())
    plain = "".join(character for character in plain if unicodedata.category(character) != "Mn")
    return [part for run in plain.split() for part in _cut(run)]


def _clean(character: str) -> str:
    """A character as WordPiece sees it: "" for control characters, with blanks around Han characters."""
    if character in "\t\n\r":
        return " "
    category = unicodedata.category(character)
    if category == "Zs":
        return " "
    if character == "\ufffd" or category.startswith("C"):
        return ""
    return f" {character} " if any(low <= ord(character) <= high for low, high in _HAN) else character


def _cut(run: str) -> Iterator[str]:
    start = 0
    for at, character in enumerate(run):
        if _is_mark(character):
            if start < at:
                yield run[start:at]
            yield character
            start = at + 1
    if start < len(run):
        yield run[start:]


def _is_mark(character: str) -> bool:
    """Whether a character is punctuation or an ASCII symbol ("$", "+")."""
    if character.isascii():
        return "!" <= character <= "~" and not character.isalnum()
    return unicodedata.category(character).startswith("P")
