"""Finds nouns such as "law" or "decision" whose referent the text of a claim leaves open.

    Reed - said - "the law should be redrafted"             which law?
    Reed - said - "his comments were fair"                  which comments?
    Reed - said - "the law on mills should be redrafted"    clear: the text says which law
    Reed - said - "Lima's decision was fair"                clear enough: the text says whose decision
    Reed - said - "a law was passed and the law failed"     clear: the text itself introduces the law

Such a noun mostly refers to something that the article has introduced before. With only "the", a
demonstrative or a possessive pronoun, it identifies nothing, and the text around it cannot be understood
without the article. Only the first sentence of a text is examined, because the following ones may refer to
the first.
"""

from __future__ import annotations

import re
from collections.abc import Container

from kg.model import Argument, Mention, MentionKind, Reading
from kg.ontology import Ontology

_DETERMINERS = frozenset(
    ("the", "this", "that", "these", "those", "his", "her", "its", "their", "our", "my", "such")
)
# Modifiers that do not identify the noun's referent: "the new law", "the same issue".
_TELLING_NOTHING = frozenset(("new", "latest", "same", "whole", "entire", "present", "current", "proposed"))
# Modifiers of a noun with any other determiner, or none, that refer to something mentioned before: "a similar
# law".
_LIKE = frozenset(("similar", "such"))
_WORD = re.compile(r"[^\W_]+")
# The beginning of the words after a noun that say which one is meant: "the law on mills", or a gloss.
_EXPLAINING = re.compile(r" (?:of|that|which|who|why|for|as|into|on|over|about|against)\b| ?\[")


def leaves_open(
    said: Argument, end: int, explained: Container[int], reading: Reading, ontology: Ontology
) -> bool:
    """Whether the text of a claim contains, before the offset `end`, a noun of the word list `CaseNouns` that
    nothing in the text explains.

    `explained`: indices of the mentions that have a gloss in brackets.
    """
    nouns = ontology.words.get("CaseNouns", frozenset())
    return any(
        mention.lemma in nouns
        and index not in explained
        and mention.kind in (MentionKind.NOMINAL, MentionKind.EVENT)
        and _is_bare(mention, reading)
        and not _is_introduced(mention, said, reading)
        for index, mention in enumerate(reading.mentions)
        if said.start <= mention.start and mention.end <= end
    )


def _is_bare(mention: Mention, reading: Reading) -> bool:
    """Whether the noun has only a determiner and modifiers that do not say which one is meant."""
    determiner = mention.determiner.lower()
    before = _WORD.findall(mention.text[: mention.head_start - mention.start].lower())
    rest = set(before) - {determiner}
    vague = _TELLING_NOTHING if determiner in _DETERMINERS else _LIKE
    alone = rest <= vague and (bool(rest) or vague is _TELLING_NOTHING)
    explained = mention.head_end < mention.end or mention.told_end > mention.end
    return alone and not explained and not _EXPLAINING.match(reading.document.text, mention.end)


def _is_introduced(mention: Mention, said: Argument, reading: Reading) -> bool:
    """Whether the text uses the same noun before: "a law was passed and the law failed"."""
    return any(
        other.lemma == mention.lemma
        for other in reading.mentions
        if said.start <= other.start and other.end < mention.start
    )
