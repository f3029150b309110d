"""Finds the news agencies credited for a text: "AFP, LIMA", "Additional reporting by AFP", "LIMA (AFP) -".

Excluded: credits of pictures, and people whose agency the page does not name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.model import Credit
from kg.read.byline import authors
from kg.read.furniture import is_sentence
from kg.read.furniture_words import folded, furniture, tokens
from kg.read.line import Line

_STRIP = re.compile(r"\s*[|•·]\s*")
_GIVEN = re.compile(
    r"\W*(?:\w+ )?(?:reporting|writing|input|inputs|material|compiled)\b.{0,40}?\b(?:by|from)\s+(?P<who>.+)"
    r"|\W*(?:\w+ )?with (?:material|inputs?|files|reports) from (?P<whose>.+)",
    re.I,
)
_PART = re.compile(r"\s*(?:,|;|/|\||&|\band\b)\s*", re.I)
_OPENS = re.compile(r"[^.!?()]{0,60}\((?P<agency>[^()]{2,30})\)\s*[-–—:]")
_ENDS = re.compile(r"(?:\((?P<in>[^()]{2,30})\)|[-–—]\s?(?P<agency>[\w -]{2,30}))\.?$")
_NOBODY = frozenset(["agencies", "agency", "desk", "staff"])  # words for no particular agency: "Web desk"


def credits_of(lines: Sequence[Line], reasons: Sequence[str]) -> tuple[Credit, ...]:
    """The credits of agencies on a page, in order. `reasons`: for each line, the rule that removed it from
    the article, or "" if it belongs to the article.
    """
    last = max((i for i, why in enumerate(reasons) if not why and is_sentence(lines[i].text)), default=-1)
    credits_ = (
        _credit(line, name)
        for i, line in enumerate(lines)
        for name in (*_named(line.text, reasons[i]), *(_at_the_end(line.text) if i == last else ()))
        if line.segments and is_agency(name)
    )
    return tuple(dict.fromkeys(credits_))


def is_agency(name: str) -> bool:
    """Whether the author of a byline is a particular news agency.

    >>> is_agency("AFP"), is_agency("Web desk"), is_agency("Ana Ruiz")
    (True, False, False)
    """
    return folded(name) in furniture().agencies and _NOBODY.isdisjoint(tokens(name))


def _named(text: str, why: str) -> Iterator[str]:
    if why in ("byline", "strip"):
        for part in _STRIP.split(text):
            yield from authors(part) or ()
    elif why == "reporting" and (given := _GIVEN.match(text)):
        yield from _PART.split((given["who"] or given["whose"]).rstrip(" .)"))
    elif not why and (opening := _OPENS.match(text)):
        yield opening["agency"].strip()


def _at_the_end(text: str) -> Iterator[str]:
    """The agency in brackets at the end of an article's last paragraph: "... (AFP)". At the end of another
    paragraph it would credit a picture.
    """
    if ending := _ENDS.search(text):
        yield (ending["in"] or ending["agency"]).strip()


def _credit(line: Line, name: str) -> Credit:
    last = line.segments[-1]
    return Credit(name, line.text, line.segments[0].source_start, last.source_start + last.source_length)
