"""Finds the full description to which a short one refers back, from earlier in the article.

    Lima planned a new bureau under the Senate. ... Reed defended "the bureau [new bureau under the Senate]"
    Reed paid for the expedition to Peru. ... Ana praised "the expedition [expedition to Peru]"
    Acme closed the Salt mill. Norvex opened a mill. ... Ana defended "the mill"    none: there are two mills
    Ana saw an old mill in Lima. ... Ana defended "the new mill"                    none: it is another mill

The full description is used as a gloss if "the bureau" was not resolved to a named thing. The full
description must contain a name and have the same noun. Not for places ("the region") and people.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.model import Mention, MentionKind, Reading
from kg.resolve import names
from kg.resolve.document.things import DEFINITE, without_article

# Articles often mention several things of these classes, so "the region" is not necessarily the last one
# mentioned.
_OPEN_SORTS = frozenset(("Person", "Group", "Place", "Region", "Country", "City"))
NUMBERS = frozenset(("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"))
QUANTIFYING = NUMBERS | frozenset(
    ("all", "any", "each", "every", "few", "half", "many", "more", "most", "much", "no", "one", "other",
     "part", "several", "some", "such")
)  # fmt: skip
_NEW = frozenset(("a", "an"))
_LONGEST = 8  # maximum number of words of a full description
_REACH = 6  # maximum number of sentences from the last use of the noun to the short description


def described(mention: Mention, reading: Reading, before: int) -> str:
    """The full description of the referent of a short one ("the mill"), without article; "" if unclear.

    It is searched in the text before the offset `before`.
    """
    if mention.determiner.lower() not in DEFINITE or mention.type in _OPEN_SORTS:
        return ""
    if mention.head_start == mention.start or mention.head_end < mention.end:
        return ""
    alike = [m for m in reading.mentions if m.end <= before and m.lemma == mention.lemma and _is_noun(m)]
    full = [m for m in alike if _is_full(m, reading)]
    if not full or mention.sentence - alike[-1].sentence > _REACH:
        return ""
    label = max((without_article(m.text) for m in full), key=len)
    words = names.words(label)
    one = all(m.plural == mention.plural and _may_be(m, words, full=m in full) for m in (mention, *alike))
    return label if one and QUANTIFYING.isdisjoint(words[:1]) else ""


def _may_be(mention: Mention, words: Sequence[str], *, full: bool) -> bool:
    """Whether a description may be of the same thing as the full description with these words.

    For example, "the bureau" and "the new bureau" may be the "new bureau under the Senate", but "a bureau"
    and "the old bureau" may not. `full`: whether the description itself is a full one.
    """
    told = names.words(mention.text) if full else _modifiers(mention)
    known = full or mention.determiner.lower() in DEFINITE
    return known and (DEFINITE | _NEW).union(words).issuperset(told)


def _is_noun(mention: Mention) -> bool:
    """Whether the mention is a noun phrase, not a name, pronoun or verb."""
    nominal = mention.kind is MentionKind.NOMINAL
    return nominal or (mention.kind is MentionKind.EVENT and bool(mention.determiner or " " in mention.text))


def _modifiers(mention: Mention) -> frozenset[str]:
    """The words before the noun except determiners: "new" and "police" in "the new police bureau"."""
    before = mention.text[: mention.head_start - mention.start]
    return frozenset(names.words(before)) - DEFINITE if before.strip() else frozenset()


def _is_full(mention: Mention, reading: Reading) -> bool:
    """Whether a description contains a name but no pronoun: "the bureau under the Senate", but not "its
    Senate bureau".
    """
    if len(mention.text.split()) > _LONGEST:
        return False
    inside = [
        other
        for other in reading.mentions
        if mention.start <= other.start and other.end <= mention.end and other is not mention
    ]
    named = any(other.kind is MentionKind.NAME for other in inside)
    return named and all(other.kind is not MentionKind.PRONOUN for other in inside)
