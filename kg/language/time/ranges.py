"""Two time expressions that are the ends of one stretch: "from 1910 to 1945", "July 6-16", "2019/20".

Leaves out stretches told by other words ("beginning in 1910 and ending in 1945"), and lists ("in 1910 and
1945"), which are two times.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.model import TimeExpression

_OPENS = re.compile(r"\b(?:from|between)\s+(?:the\s+)?$", re.IGNORECASE)
_JOINS_OPENED = re.compile(r"\s*(?:to|and|until|till|through|[-–])\s*(?:the\s+)?", re.IGNORECASE)
_JOINS = re.compile(r"\s?[-–/]\s?|\s+through\s+", re.IGNORECASE)
_BEFORE = 14  # characters in which "from the" stands
_KINDS = ("DATE", "TIME")


def closing(times: Sequence[TimeExpression], index: int, text: str) -> int:
    """Index of the expression that ends the stretch which this one begins, or -1."""
    if not 0 <= index < len(times) - 1:
        return -1
    first, second = times[index], times[index + 1]
    if first.type not in _KINDS or second.type not in _KINDS:
        return -1
    opened = _OPENS.search(text[max(first.start - _BEFORE, 0) : first.start])
    joins = (_JOINS_OPENED if opened else _JOINS).fullmatch(text[first.end : second.start])
    return index + 1 if joins else -1


def opening(times: Sequence[TimeExpression], index: int, text: str) -> int:
    """Index of the expression that begins the stretch which this one ends; else the index itself."""
    return index - 1 if index > 0 and closing(times, index - 1, text) == index else index
