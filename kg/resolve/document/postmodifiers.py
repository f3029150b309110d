"""Compares the prepositional phrases after event nouns, to decide whether two mentions can be one event.

    the votes in Lima and Cuzco, the votes in Cuzco          different: "in" names different places
    the death of Tom Reed, the death of an aide              different: Reed would not be called "an aide"
    the talks with Peru in Lima, the talks in Lima           perhaps the same: one names no partner
    the death of Tom Reed, the death of the pilot            perhaps the same: Reed may be the pilot

Only phrases with the same preposition are compared. Phrases with a pronoun or possessive ("the death of his
aide") distinguish nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from kg.model import Mention, MentionKind, Reading
from kg.resolve import names
from kg.resolve.document.things import DEFINITE
from kg.resolve.document.within import is_named

_PREPOSITION = re.compile(r"\b(of|in|at|on|with|between|against|by|for|from|to|about|into)\s+", re.IGNORECASE)
_DEFINITE = DEFINITE | {"his", "her", "its", "their", "our", "my"}
_ARTICLES = frozenset(("a", "an"))


class Phrase(NamedTuple):
    """What a prepositional phrase after a noun tells of the event."""

    preposition: str
    named: frozenset[str]  # the ids of the named things in it
    words: frozenset[str]  # its words; empty if it has a name or may refer to a named thing ("of the pilot")


def phrases(reading: Reading, mention: Mention, of: Callable[[int], str]) -> Iterator[Phrase]:
    """The prepositional phrases after the noun of a mention, in order.

    `of`: index of a mention -> id of its referent, "" if unknown.
    """
    text = reading.document.text[mention.head_end : mention.end]
    starts = list(_PREPOSITION.finditer(text))
    for at, match in enumerate(starts):
        last = starts[at + 1].start() if at + 1 < len(starts) else len(text)
        start, end = mention.head_end + match.end(), mention.head_end + last
        named = frozenset(_named(reading, start, end, of))
        words = names.words(text[match.end() : last])
        known = bool(named) or not words or words[0] in _DEFINITE or _has_name(reading, start, end)
        yield Phrase(match[1].lower(), named, frozenset() if known else frozenset(words) - _ARTICLES)


def _inside(reading: Reading, start: int, end: int) -> Iterator[int]:
    first = bisect_left(reading.mentions, start, key=lambda each: each.start)
    for index in range(first, len(reading.mentions)):
        if reading.mentions[index].start >= end:
            return
        yield index


def _named(reading: Reading, start: int, end: int, of: Callable[[int], str]) -> Iterator[str]:
    for index in _inside(reading, start, end):
        if is_named(reading.mentions[index]) and (id_ := of(index)):
            yield id_


def _has_name(reading: Reading, start: int, end: int) -> bool:
    kinds = (MentionKind.NAME, MentionKind.PRONOUN)
    return any(reading.mentions[index].kind in kinds for index in _inside(reading, start, end))


def differ(some: Iterable[Phrase], others: Iterable[Phrase]) -> bool:
    """Whether some two phrases with the same preposition denote different things."""
    others = tuple(others)
    return any(_apart(one, other) for one in some for other in others if one.preposition == other.preposition)


def _apart(one: Phrase, other: Phrase) -> bool:
    if one.named and other.named:
        return one.named != other.named
    if one.words and other.words:
        return one.words.isdisjoint(other.words)
    return bool((one.named and other.words) or (one.words and other.named))
