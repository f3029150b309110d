"""A line: one paragraph, heading or menu item of a file, cleaned, with offsets into the file.

Every reader turns its format into lines; lines alone decide what is furniture and what is article
(`kg.read.furniture`), and become a `Document` here. What counts as a line is up to the reader.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kg.model import Block, BlockKind, Document, Metadata, Segment

# Soft hyphens, zero-width characters, byte order marks, writing-direction marks and control characters: they
# are not part of a word, but split it for later stages.
INVISIBLE = (
    "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff"
)
_SEEN = rf"[^\s{INVISIBLE}]+"
# A character with combining marks that may also be fewer: é, syllables of Hangul, Kana.
_MARK = "\u0300-\u036f\u0653-\u0655\u093c\u1161-\u11ff\u3099\u309a"
_MARKED = re.compile(f"[^{_MARK}]?[{_MARK}]*", re.DOTALL)
_PART = re.compile(rf"{_SEEN}(?: {_SEEN})*|(?P<space>\s+)|(?P<unseen>[{INVISIBLE}]+)")


@dataclass(frozen=True, slots=True)
class Line:
    """Clean text of one stretch of a file.

    `text` has single spaces, none at its ends, and no invisible characters. `segments` are in order and cover
    all of `text`; their `start` counts in `text`.
    """

    text: str
    segments: tuple[Segment, ...]
    tag: str = ""  # the enclosing HTML element: "p", "h1", "li"; "" in plain text
    gap: bool = False  # whether it follows a blank line or the start of the file
    bullet: bool = False

    def cut(self, start: int, end: int) -> Line:
        """The line's characters from `start` to `end`, without spaces at the ends."""
        start += len(self.text[start:end]) - len(self.text[start:end].lstrip())
        end = start + len(self.text[start:end].rstrip())
        kept = []
        for segment in self.segments:
            first, last = max(segment.start, start), min(segment.start + segment.length, end)
            if first >= last:
                continue
            if segment.length == segment.source_length:
                shift = first - segment.start
                kept.append(Segment(first - start, last - first, segment.source_start + shift, last - first))
            else:  # never split: an entity that yields several characters stays whole
                kept.append(Segment(first - start, last - first, segment.source_start, segment.source_length))
        return replace(self, text=self.text[start:end], segments=tuple(kept))


def clean(
    runs: Iterable[tuple[str, int, int]], tag: str = "", gap: bool = False, bullet: bool = False
) -> Line:
    """Make a line of `runs`: text, its offset in the file, and its number of characters there.

    White space becomes single spaces; invisible characters and lone surrogates are removed; accented letters
    are composed (NFC), whichever form the file has.

    >>> clean([("A  b", 5, 4), ("&", 9, 5)]).text
    'A b&'
    >>> clean([("A  b", 5, 4), ("&", 9, 5)]).segments[1]
    Segment(start=1, length=1, source_start=6, source_length=2)
    """
    made = _Mapped()
    space: tuple[int, int] | None = None  # where the pending white space begins in the file
    for text, start, size in runs:
        for part in _PART.finditer(text):
            # A run whose length differs from its source (an entity) is mapped as a whole.
            at, width = (start + part.start(), len(part[0])) if len(text) == size else (start, size)
            if part["space"]:
                # Spaces on both sides of a tag become one, mapped to the first.
                space = (
                    space
                    if space and space[0] + space[1] != at
                    else ((space[0], space[1] + width) if space else (at, width))
                )
            elif not part["unseen"]:
                if space and made.texts:
                    made.add(" ", *space)
                space = None
                for piece in _composed(part[0], at, width):
                    made.add(*piece)
    return Line("".join(made.texts), tuple(made.segments), tag, gap, bullet)


def composed(text: str) -> tuple[str, tuple[Segment, ...]]:
    """A text in NFC, mapped to itself; nothing else is changed.

    >>> composed("Zoe\u0308 Reed")[0]
    'Zoë Reed'
    """
    made = _Mapped()
    for piece in _composed(text, 0, len(text)):
        made.add(*piece)
    return "".join(made.texts), tuple(made.segments)


class _Mapped:
    """A text in pieces, mapped to the file that they come from."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.segments: list[Segment] = []
        self._length = 0

    def add(self, text: str, start: int, size: int) -> None:
        """`start`, `size`: where the piece begins in the file, and its length there, in characters."""
        last = self.segments[-1] if self.segments else None
        if (
            last
            and last.length == last.source_length
            and last.source_start + last.source_length == start
            and len(text) == size
        ):
            whole = last.length + size
            self.segments[-1] = replace(last, length=whole, source_length=whole)
        elif text:
            self.segments.append(Segment(self._length, len(text), start, size))
        self.texts.append(text)
        self._length += len(text)


def _composed(text: str, start: int, size: int) -> Iterator[tuple[str, int, int]]:
    """The text in NFC, in pieces with their source offsets."""
    if unicodedata.is_normalized("NFC", text):
        yield text, start, size
    elif len(text) != size:
        yield unicodedata.normalize("NFC", text), start, size
    else:
        for found in _MARKED.finditer(text):
            one = unicodedata.normalize("NFC", found[0])
            # Marks that only change their order keep it: each character has its own offset.
            kept = found[0] if 1 < len(one) == len(found[0]) else one
            if found[0]:
                yield kept, start + found.start(), len(found[0])


def join(lines: Sequence[Line]) -> Line:
    """One line from several consecutive ones, with a space for each break."""
    runs: list[tuple[str, int, int]] = []
    for line in lines:
        if runs:
            _, start, size = runs[-1]
            end = start + size
            runs.append((" ", end, max(line.segments[0].source_start - end, 0)))
        for segment in line.segments:
            text = line.text[segment.start : segment.start + segment.length]
            runs.append((text, segment.source_start, segment.source_length))
    first = lines[0]
    return clean(runs, first.tag, first.gap, first.bullet)


def assemble(
    id_: str,
    lines: Iterable[tuple[Line, BlockKind]],
    metadata: Metadata,
    digest: str,
) -> Document:
    """Join lines into a document, with a blank line between two of them."""
    texts: list[str] = []
    blocks: list[Block] = []
    segments: list[Segment] = []
    at = 0
    for line, kind in lines:
        if texts:
            at += 2
        texts.append(line.text)
        blocks.append(Block(kind, at, at + len(line.text)))
        segments += [replace(segment, start=segment.start + at) for segment in line.segments]
        at += len(line.text)
    return Document(id_, "\n\n".join(texts), tuple(blocks), tuple(segments), metadata, digest)
