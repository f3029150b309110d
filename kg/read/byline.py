"""Finds out who signed an article: "By Jo Doe and Ann Poe, Lima", "AFP, LIMA", "Written by: Jo Doe".

Excluded: people's names without a word such as "by", and full sentences about a reporter, which are part of
the article.
"""

from __future__ import annotations

import re

from kg.read.furniture_words import folded, furniture, tokens
from kg.read.publication_date import without_date

_BY = re.compile(
    r"(?:(?:written|words|story|text|report|reported|analysis|opinion) by|by|authors?)\b\s*:?\s*(?P<who>.+)",
    re.I,
)
_SENTENCE = re.compile(r"[.!?][\"'”’]?$")
_INITIALS = re.compile(r"\b(?:[A-Z]|Jr|Sr|Dr)\.$")
_PART = re.compile(r"\s*(?:,|;|/|\||·|•|&|\band\b|\bwith\b|\s[-–—]\s)\s*", re.I)
_TAIL = re.compile(r"\s+(?:in|for|from|at|of)\s+.*$")  # what follows a name: "in Lima" in "Jo Doe in Lima"
_NAME = re.compile(
    r"[A-ZÀ-Þ][\w.'’-]*"
    r"(?: (?:(?:d[aei]|del|van|von|den?r?|bin|ibn|al|el|la|le|dos|y) )?[A-ZÀ-Þ][\w.'’-]*){1,4}"
)
_AGENCY = re.compile(
    r"\(?(?P<agency>[^(),/|–—-]+?)\)?(?:\s*[,/|–—-]\s*(?P<where>[A-Z][\w.'’ ]{1,30}))?"
    r"|(?P<place>[A-Z][A-Z .]+)\s*\((?P<behind>[^()]+)\)"
)


def authors(text: str) -> tuple[str, ...] | None:
    """The people or agencies that a line names as authors; None if the line is not a byline.

    >>> authors("By Jo Doe and ANN POE, Staff Writers")
    ('Jo Doe', 'Ann Poe')
    >>> authors("AFP, LIMA")
    ('AFP',)
    >>> authors("By Monday Lima was calm.") is None
    True
    """
    text = text.strip()
    if len(text.split()) > 20 or (_SENTENCE.search(text) and not _INITIALS.search(text)):
        return None
    if found := _BY.fullmatch(text):
        return _signed(found["who"])
    if found := _AGENCY.fullmatch(text):
        agency = (found["agency"] or found["behind"]).strip()
        if folded(agency) in furniture().agencies:
            return (agency,) if not _is_job(agency) else ()
    return None


def _signed(who: str) -> tuple[str, ...] | None:
    parts = [_TAIL.sub("", part).strip() for part in _PART.split(without_date(who))]
    parts = [part for part in parts if part]
    if not parts:
        return None
    if folded(parts[0]) in furniture().agencies:
        return (parts[0],) if not _is_job(parts[0]) else ()
    if not _NAME.fullmatch(parts[0]) or (len(parts) == 1 and len(parts[0].split()) > 4):
        return None
    return tuple(_cased(part) for part in parts if _NAME.fullmatch(part) and not _is_job(part))


def _is_job(text: str) -> bool:
    return any(word in furniture().jobs for word in tokens(text))


def _cased(name: str) -> str:
    return name.title() if name.isupper() else name
