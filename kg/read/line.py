"""A line: one paragraph, heading or menu item of a file, cleaned, with offsets into the file.

The module for each file format decides what the lines of a file are. `kg.read.furniture` and `line_kinds`
decide, from the lines alone, which of them belong to the article; this module makes a `Document` of these.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kg.model import Block, BlockKind, Document, Metadata, Segment

# Soft hyphens, zero-width characters, byte order marks, writing-direction marks and control characters, which
# are removed because later stages would split words at them.
INVISIBLE = (
    "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff"
)
_SEEN = rf"[^\s{INVISIBLE}]+"
# Combining characters that NFC may join to the preceding character: accents, parts of Hangul syllables, ...
_MARK = "\u0300-\u036f\u0653-\u0655\u093c\u1161-\u11ff\u3099\u309a"
_MARKED = re.compile(f"[^{_MARK}]?[{_MARK}]*", re.DOTALL)
_PART = re.compile(rf"{_SEEN}(?: {_SEEN})*|(?P<space>\s+)|(?P<unseen>[{INVISIBLE}]+)")

# Databases write "¿" for a character that their encoding lacks, most often the apostrophe in "Peru’s".
_LOST_APOSTROPHE = re.compile(r"(?<=[a-z])¿(?=(?:s|t|d|m|re|ve|ll)\b)")


@dataclass(frozen=True, slots=True)
class Line:
    """The cleaned text of one part of a file.

    `text` has single spaces, none at its ends, and no invisible characters. `segments` are in order and cover
    all of `text`; their `start` is an offset in `text`.
    """

    text: str
    segments: tuple[Segment, ...]
    tag: str = ""  # the enclosing HTML element: "p", "h1", "li"; "" in plain text
    gap: bool = False  # whether it is the first line of the file or follows a blank line
    bullet: bool = False  # whether it began with a bullet, which was removed

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
            else:  # a segment that cannot be split: a character reference ("&amp;") is longer than its text
                kept.append(Segment(first - start, last - first, segment.source_start, segment.source_length))
        return replace(self, text=self.text[start:end], segments=tuple(kept))


def unescaped(
    references: re.Pattern[str], source: str, start: int, end: int
) -> Iterator[tuple[str, int, int]]:
    """The runs of `source` from `start` to `end`, each with its offset and length; `references` are decoded.

    `references` is a pattern of character references ("&amp;"); one that names no character stays as it is.

    >>> list(unescaped(re.compile("&[a-z]+;"), "R&amp;B &x;", 0, 11))
    [('R', 0, 1), ('&', 1, 5), ('B &x;', 6, 5)]
    """
    at = start
    for found in references.finditer(source, start, end):
        meant = html.unescape(found[0])
        if meant == found[0]:
            continue
        if at < found.start():
            yield source[at : found.start()], at, found.start() - at
        yield meant, found.start(), len(found[0])
        at = found.end()
    if at < end:
        yield source[at:end], at, end - at


def clean(
    runs: Iterable[tuple[str, int, int]], tag: str = "", gap: bool = False, bullet: bool = False
) -> Line:
    """Make a line of `runs`: texts, each with its offset and its length in the file.

    White space becomes single spaces; invisible characters and lone surrogates are removed; accented letters
    are composed (NFC); an apostrophe that an encoding lost ("Peru¿s") is restored.

    >>> clean([("A  b", 5, 4), ("&", 9, 5)]).text
    'A b&'
    >>> clean([("A  b", 5, 4), ("&", 9, 5)]).segments[1]
    Segment(start=1, length=1, source_start=6, source_length=2)
    """
    made = _Mapped()
    space: tuple[int, int] | None = None  # offset and length, in the file, of white space not yet added
    for text, start, size in runs:
        for part in _PART.finditer(text):
            # A run whose length in the file differs (an entity such as "&amp;") is mapped as a whole.
            at, width = (start + part.start(), len(part[0])) if len(text) == size else (start, size)
            if part["space"]:
                # Spaces on both sides of a tag become one space, mapped to the first of them.
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
    text = _LOST_APOSTROPHE.sub("’", "".join(made.texts))
    return Line(text, tuple(made.segments), tag, gap, bullet)


def composed(text: str) -> tuple[str, tuple[Segment, ...]]:
    """The text in NFC, and segments that map it to the text as given; nothing else is changed.

    >>> composed("Zoe\u0308 Reed")[0]
    'Zoë Reed'
    """
    made = _Mapped()
    for piece in _composed(text, 0, len(text)):
        made.add(*piece)
    return "".join(made.texts), tuple(made.segments)


class _Mapped:
    """A text that is built from pieces, with segments that map it to the file."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.segments: list[Segment] = []
        self._length = 0

    def add(self, text: str, start: int, size: int) -> None:
        """Append a piece. `start`, `size`: its offset and its length in the file, in characters."""
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
    """The text in NFC, in pieces: each with its offset and length in the file."""
    if unicodedata.is_normalized("NFC", text):
        yield text, start, size
    elif len(text) != size:
        yield unicodedata.normalize("NFC", text), start, size
    else:
        for found in _MARKED.finditer(text):
            one = unicodedata.normalize("NFC", found[0])
            # Marks that NFC would only reorder keep their order, so that each character has its own offset.
            kept = found[0] if 1 < len(one) == len(found[0]) else one
            if found[0]:
                yield kept, start + found.start(), len(found[0])


def join(lines: Sequence[Line]) -> Line:
    """Several consecutive lines joined to one, with a space between any two of them."""
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
    """Make a document whose text consists of these lines, with a blank line between any two of them."""
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
