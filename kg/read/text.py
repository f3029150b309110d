"""Splits plain text into lines, one per paragraph: line breaks within a paragraph are removed.

Such breaks come from mail programs and terminals, which wrap text at some 72 columns, and from copying web
pages, which breaks sentences at links. Words hyphenated at a line break are not rejoined.

Character references are decoded, because text copied from the source of a web page has some ("Jos&eacute;").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from kg.read.line import Line, clean, join, unescaped

_BREAK = re.compile("[\n\x0b\x0c\x85\u2028\u2029]")
# With its semicolon: "R&D", "AT&T" and "?a=1&copy=2" are no character references.
_REFERENCE = re.compile(r"&(?:#\d{1,8}|#[xX][0-9a-fA-F]{1,8}|[A-Za-z][A-Za-z0-9]{1,31});")
_BULLET = re.compile(r"\s*(?:[-–—*•·▪◦‣●○■►])(?:\s+|$)")
_WIDEST = 130  # maximum width of hard-wrapped text, in columns; a longer line is a whole paragraph
_MANY = 8  # minimum number of words that make a line running text rather than a byline or a heading
_NARROWEST = 40  # minimum width of hard-wrapped text, in columns
_SLACK = 4  # maximum number of columns that are left free at the end of a line although the next word fits
_ENDED = re.compile(r"""[.!?…:;]["'”’)\]]*$""")
_STARTED = re.compile(r"[a-zß-öø-ÿ]")
# A word or mark that cannot end a sentence, so that the following line continues the sentence.
_OPEN = re.compile(
    r"(?:,|\b(?:a|an|the|and|or|but|of|in|on|at|to|by|for|from|with|as|that|which|who|its|his|her|their))$"
)


def lines(source: str) -> tuple[Line, ...]:
    """The non-blank lines of a decoded text file; bullets are removed and recorded."""
    return tuple(_mend(_unwrap(list(_split(source)))))


def _split(source: str) -> Iterator[Line]:
    start, gap, bullet = 0, True, False
    while start <= len(source):
        found = _BREAK.search(source, start)
        end = found.start() if found else len(source)
        mark = _BULLET.match(source, start, end)
        first = mark.end() if mark else start
        line = clean(unescaped(_REFERENCE, source, first, end), "", gap, bullet or bool(mark))
        if line.text:
            yield line
            gap = bullet = False
        elif mark:  # a bullet without text belongs to the next line
            bullet = True
        else:
            gap = True
        start = end + 1


def _unwrap(lines: list[Line]) -> list[Line]:
    """Join the lines of hard-wrapped text: a line of such text ends where the next word does not fit."""
    short = [len(line.text) for line in lines if len(line.text) <= _WIDEST]
    if not short or sum(short) * 10 < sum(len(line.text) for line in lines) * 9 or max(short) < _NARROWEST:
        return lines
    width = max(short)

    def full(line: Line, following: Line) -> bool:
        return len(line.text) + 1 + len(following.text.split(" ", 1)[0]) > width - _SLACK

    pairs = [(a, b) for a, b in pairwise(lines) if not (b.gap or b.bullet)]
    filled = [(a, b) for a, b in pairs if full(a, b)]
    within = [a for a, b in filled if _STARTED.match(b.text)]  # lines that break in the middle of a sentence
    ended = [a for a, _ in filled if _ENDED.search(a.text)]
    if len(filled) * 2 <= len(pairs) or len(within) < 2 or len(ended) * 2 > len(filled):
        return lines
    return _grouped(lines, full)


def _mend(lines: list[Line]) -> list[Line]:
    """Join lines if the second continues a sentence: if it begins in lower case, or if the first ends with a
    word that cannot end a sentence.

    "The bridge was built by | Norvex, a company ..." is joined, the byline "Written by | Ana Ruiz" is not
    (the bar marks the line break).
    """

    def broken(line: Line, following: Line) -> bool:
        if _ENDED.search(line.text):
            return False
        running = line.text.count(" ") + 1 >= _MANY
        if not _STARTED.match(following.text):
            return running and bool(_OPEN.search(line.text))
        return bool(_OPEN.search(line.text) or (running and _ENDED.search(following.text)))

    return _grouped(lines, broken)


def _grouped(lines: list[Line], goes_on: Callable[[Line, Line], bool]) -> list[Line]:
    groups: list[list[Line]] = []
    for line in lines:
        if groups and not (line.gap or line.bullet) and goes_on(groups[-1][-1], line):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [join(group) if len(group) > 1 else group[0] for group in groups]
