"""Finds the extents of mentions: the spans of text that an annotator may have marked for them.

    "23 Somali pirates"       the phrase, and "pirates", its head word
    "Dr. Ana Ruiz"            "Ana Ruiz", because a title is not part of the name; wider: the whole
    "the son of Tom Reed"     "son", because the name in it is a separate mention; wider: the whole
    "were pulled over by"     "pulled over", a phrasal verb
    "of drunk driving"        "drunk driving", the name of an offence
    "in the Bay of Lima"      "Bay of Lima"; wider: "the Bay of Lima" and the whole, because it is a location
    "Ruiz's office"           the phrase, and "office"; wider, for the mention of Ruiz: "Ruiz's"

Annotators mark descriptions by phrase or by head word, so both are given; names and events have one extent.
Whether "over" belongs to the verb ("pulled over") or begins a phrase ("fell over the edge") is decided by the
words after it.

Some annotators mark a name with its title, article or possessive ending, a description with a name in it, and
a place or a time with its preposition. These are the `wider` extents.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from kg.model import Mention, MentionKind, Reading, TimeExpression
from kg.resolve import wordnet

_REACH = 40  # characters before a mention that are searched for its preposition
_ARTICLE = re.compile(r"\b[Tt]he $")
_WHERE = re.compile(
    r"\b(just )?(in|on|at|to|from|into|near|off|outside|inside|around|along|across|down|up|towards?)"
    r" (the )?$",
    re.IGNORECASE,
)
_WHEN = re.compile(  # the words before a time: "on Friday", "at about 7 p.m.", "less than a month"
    r"\b((in|on|at|since|until|by|during|for|before|after) ((about|around|the) )?"
    r"|(about|around|(more|less) than) )$",
    re.IGNORECASE,
)
_LATER = re.compile(r" (after|before|later|earlier|ago)\b")
_OWNER = re.compile(r"(\S+['’]s?\s+|the |an? |his |her |its |their |our )+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s\b|(?<=s)['’](?=\s)", re.IGNORECASE)
# The age or degree after a name: "Ruiz, 40", "Ruiz, MD".
_BEHIND_NAME = re.compile(r", (\d{1,2}|[A-Z]{2,3}|Ph\. ?D\.?|M\. ?D\.?)(?!\w)")
_NEXT = re.compile(r" (\w+)(\W*)(\w*)")
_PREPOSITIONS = frozenset(
    {"about", "across", "after", "against", "along", "around", "before", "behind", "between", "by", "in",
     "on", "over", "past", "round", "through", "under"}
)  # fmt: skip
# Words that cannot be the object of a preposition: before one of them, "over" belongs to the verb.
_BEHIND = frozenset(
    {"on", "in", "by", "for", "at", "as", "and", "after", "before", "from", "of", "with", "to", "during",
     "when", "while", "because", "but", "or", "will", "again"}
)  # fmt: skip


def extents(reading: Reading, mention: Mention) -> tuple[tuple[int, int], ...]:
    """The extents of a mention, as start and end in `Document.text`: the phrase, the head word, or both."""
    phrase = mention.start, mention.end
    if mention.kind is MentionKind.NOMINAL:
        head = mention.head_start, mention.head_end
        return (head,) if _holds_name(reading, mention) else tuple(dict.fromkeys((phrase, head)))
    return (phrase,)


def _holds_name(reading: Reading, mention: Mention) -> bool:
    """Whether a phrase begins with a name ("Acme workers") or has one after its head ("the son of Tom Reed").

    Not if the name is in between: "the Acme workers".
    """
    first, last = (
        bisect_left(reading.mentions, at, key=lambda each: each.start) for at in (mention.start, mention.end)
    )
    inside = (
        name
        for name in (reading.mentions[i] for i in range(first, last))
        if name.kind is MentionKind.NAME and name.end <= mention.end
    )
    return any(name.start == mention.start or name.start >= mention.head_end for name in inside)


def wider(reading: Reading, mention: Mention, *, place: bool) -> Iterator[tuple[int, int]]:
    """The extents of a mention that include surrounding words. `place`: whether it is a location.

    For example, "the Bay of Lima" and "in the Bay of Lima" for "Bay of Lima"; "Ruiz's" or "Ruiz, 40" for
    "Ruiz"; "Dr Ana Ruiz" and "senior judge Dr Ana Ruiz" for "Ana Ruiz". Also whole descriptions with a name
    ("the son of Tom Reed"), and "surgeon general" for the position "the country's surgeon general for life".
    """
    text = reading.document.text
    start, end = mention.start, mention.end
    if mention.kind is MentionKind.NAME:
        yield from _with_words_before(text, _ARTICLE, start, end)
        yield from _titled(text, mention)
        if mention.type == "Person" and (behind := _BEHIND_NAME.match(text, end)):
            yield start, behind.end()
    nominal = mention.kind is MentionKind.NOMINAL
    if nominal and _holds_name(reading, mention):
        yield start, end
    if nominal and mention.type == "Position" and (owner := _OWNER.match(text, start, mention.head_start)):
        yield owner.end(), mention.head_end
    if mention.kind is not MentionKind.PRONOUN:
        first, last = (mention.head_start, mention.head_end) if nominal else (start, end)
        if possessive := _POSSESSIVE.match(text, last):
            yield first, possessive.end()
    if place and mention.kind is not MentionKind.PRONOUN:
        yield from _with_words_before(text, _WHERE, start, end)
        yield from _with_words_before(text, _WHERE, start, mention.head_end)


def _titled(text: str, name: Mention) -> Iterator[tuple[int, int]]:
    """The spans of a name with its title, and with the last words of the title.

    For example, "senior judge Dr Ana Ruiz" and "Dr Ana Ruiz".
    """
    start = text.rfind(name.title, 0, name.start) if name.title else -1
    if start >= 0:
        yield start, name.end
        yield from ((start + found.end(), name.end) for found in re.finditer(r" +", name.title))


def wider_time(reading: Reading, time: TimeExpression) -> Iterator[tuple[int, int]]:
    """The spans of a time with surrounding words: "On Friday", "since last year", "two days later"."""
    text = reading.document.text
    yield from _with_words_before(text, _WHEN, time.start, time.end)
    if time.type == "DURATION" and (found := _LATER.match(text, time.end)):
        yield time.start, found.end()


def _with_words_before(text: str, before: re.Pattern[str], start: int, end: int) -> Iterator[tuple[int, int]]:
    """The span from `start` to `end` together with the words before it, if these match; otherwise nothing."""
    if found := before.search(text, max(start - _REACH, 0), start):
        yield found.start(), end


def happening(reading: Reading, mention: Mention) -> tuple[int, int]:
    """The extent of an event mention: a name, a verb with its particle, or a noun."""
    if mention.kind is MentionKind.NAME:
        return mention.start, mention.end
    text = reading.document.text
    deed = mention.lemma.endswith("ing") and mention.kind is MentionKind.NOMINAL and not mention.determiner
    if deed and len(text[mention.start : mention.head_start].split()) == 1:
        return mention.start, mention.head_end
    return mention.head_start, mention.head_end + len(_particle(text, mention))


def lemma(reading: Reading, mention: Mention) -> str:
    """The lemma of an event mention, including the particle of a phrasal verb: "pull over"."""
    return mention.lemma.lower() + _particle(reading.document.text, mention).lower()


def _particle(text: str, mention: Mention) -> str:
    """The particle of a phrasal verb, with the blank before it; "" if there is none."""
    found = _NEXT.match(text, mention.head_end)
    if found is None or mention.kind is not MentionKind.EVENT or mention.determiner:
        return ""
    word, between, behind = found.group(1).lower(), found.group(2).strip(), found.group(3).lower()
    if not wordnet.is_verb(f"{mention.lemma.lower()} {word}"):
        return ""
    governs = word in _PREPOSITIONS and not between and behind and behind not in _BEHIND
    return "" if governs else " " + found.group(1)
