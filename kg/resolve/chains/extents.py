"""Where the words that mention something begin and end.

    "23 Somali pirates"       the phrase, and "pirates", its head word
    "Dr. Ana Ruiz"            the name with what stands before it, and "Ana Ruiz"
    "were pulled over by"     "pulled over": a verb of two words
    "of drunk driving"        "drunk driving": the name of a deed

Annotators mark things by phrase or by head word, so both are given; a happening has one extent. Whether
"over" belongs to the verb or to what follows ("fell over the edge") is told by what follows.
"""

from __future__ import annotations

import re

from kg.model import Mention, MentionKind, Reading
from kg.resolve import wordnet

_NEXT = re.compile(r" (\w+)(\W*)(\w*)")
_PREPOSITIONS = frozenset(
    {"about", "across", "after", "against", "along", "around", "before", "behind", "between", "by", "in",
     "on", "over", "past", "round", "through", "under"}
)  # fmt: skip
_BEHIND = frozenset(  # words that no phrase begins with which "over" could govern
    {"on", "in", "by", "for", "at", "as", "and", "after", "before", "from", "of", "with", "to", "during",
     "when", "while", "because", "but", "or", "will", "again"}
)  # fmt: skip


def extents(reading: Reading, mention: Mention) -> tuple[tuple[int, int], ...]:
    """Start and end, in `Document.text`, of the ways to mark the words of a mention."""
    phrase = mention.start, mention.end
    if mention.kind is MentionKind.NOMINAL:
        return tuple(dict.fromkeys((phrase, (mention.head_start, mention.head_end))))
    if mention.title:
        start = reading.document.text.rfind(mention.title, 0, mention.start)
        return (phrase, (start, mention.end)) if start >= 0 else (phrase,)
    return (phrase,)


def happening(reading: Reading, mention: Mention) -> tuple[int, int]:
    """The words that name a happening: a name, a verb with its particle, or a noun."""
    if mention.kind is MentionKind.NAME:
        return mention.start, mention.end
    text = reading.document.text
    deed = mention.lemma.endswith("ing") and mention.kind is MentionKind.NOMINAL and not mention.determiner
    if deed and len(text[mention.start : mention.head_start].split()) == 1:
        return mention.start, mention.head_end
    return mention.head_start, mention.head_end + len(_second(text, mention))


def lemma(reading: Reading, mention: Mention) -> str:
    """The lemma of a happening, of both words of its verb: "pull over"."""
    return mention.lemma.lower() + _second(reading.document.text, mention).lower()


def _second(text: str, mention: Mention) -> str:
    """The second word of a verb, with the blank before it; "" where it has none."""
    found = _NEXT.match(text, mention.head_end)
    if found is None or mention.kind is not MentionKind.EVENT or mention.determiner:
        return ""
    word, between, behind = found.group(1).lower(), found.group(2).strip(), found.group(3).lower()
    if not wordnet.is_verb(f"{mention.lemma.lower()} {word}"):
        return ""
    governs = word in _PREPOSITIONS and not between and behind and behind not in _BEHIND
    return "" if governs else " " + found.group(1)
