"""Finds countries and regions by name, and nationalities by adjective or demonym, with `kg.gazetteer`.

    South Korean troops left Peru; the Belgians stayed.

Excluded: a country inside a longer name ("Bank of Japan", "Environment Canada", "New Zealand Herald"),
a currency ("US$199"), and a language ("she translated it into Italian").
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from kg import gazetteer
from kg.language.names.grammar_words import NAME_EDGES
from kg.language.names.name import Name, NameSearch, is_capital, is_genitive

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_LONGEST = 6  # maximum number of tokens of a country's or region's name
_AROUND = ("PERSON", "ORG", "FAC", "LOC", "GPE")  # labels of longer names that may contain an area's name
_SPEAKING = frozenset(["speak", "learn", "teach", "translate", "write", "say", "dub", "know", "understand"])


@cache
def _countries() -> frozenset[str]:
    return frozenset(country.name for country in gazetteer.countries())


def find(text: NameSearch) -> Iterator[Name]:
    """The countries, regions and nationalities, in order; of several with the same start, the longest."""
    for token in text.doc:
        if token.text[0].isupper():
            for span in reversed(_candidates(text.doc, token.i)):
                if token.i in text.taken:
                    break
                yield from _area(text, span)


def _candidates(doc: Doc, start: int) -> list[Span]:
    """The spans, shortest first, that begin at this token and can begin an area's or a people's name."""
    found: list[Span] = []
    for end in range(start + 1, min(start + _LONGEST, len(doc)) + 1):
        span = doc[start:end]
        if span.text.removesuffix("s") not in gazetteer.beginnings():
            break
        found.append(span)
    return found


def _area(text: NameSearch, span: Span) -> Iterator[Name]:
    words = span.text
    area = gazetteer.by_name().get(words)
    if area is not None:
        if _in_longer_name(text, span) or _is_money(span):
            return
        kind, start = "Country" if area.name in _countries() else "Region", _longer(text, span)
        if start == span.start and _is_directed(text, span):
            yield from text.take(start - 1, span.end, "Region")  # a direction is part of it: "Upper Egypt"
        else:
            yield from text.take(start, span.end, kind if start == span.start else "Organization")
        return
    people = gazetteer.by_adjective()
    area = people.get(words) or (people.get(words[:-1]) if words.endswith("s") else None)
    if area is None or _in_longer_name(text, span) or _in_a_run(text, span):
        return
    after = text.doc[span.end] if span.end < len(text.doc) else None
    if _is_language(span.root):
        text.taken.add(span.root.i)
    elif _is_somebody(span.root):
        yield from text.take(span.start, span.end, "Group")
    elif after is not None and span.root.head == after and after.text.removesuffix("s") in people:
        yield from text.take(span.start, after.i + 1, "Group")  # two words for one group: "African Americans"
    else:
        yield from text.take(span.start, span.end, "Group", relational=area.name)


def _is_somebody(people: Token) -> bool:
    """Whether a demonym denotes people, rather than their country: "One Australian and one Dane fell"."""
    alone = people.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj", "conj", "attr")
    return alone and any(
        child.dep_ == "nummod" or child.lower_ in ("a", "an", "another", "one") for child in people.lefts
    )


def _in_longer_name(text: NameSearch, span: Span) -> bool:
    """Whether the area's name is inside a longer name.

    For example, "Bank of Japan", "Georgia Reed", "Sea of Japan" and "New Jersey", but not "West Germany".
    """
    entity = text.entity_at.get(span.start)
    if entity is None or entity.end < span.end or entity.label_ not in _AROUND:
        return False
    rest = [t for t in entity if not span.start <= t.i < span.end]
    rest = [t for t in rest if t.lower_ not in NAME_EDGES and not is_genitive(t)]
    if entity.label_ == "GPE" and any(t.is_punct or not is_capital(t) for t in rest):
        return False  # two places, not one longer name: "Lima, Peru"
    return any(not text.listed(t, "PlaceModifiers") for t in rest)


def _in_a_run(text: NameSearch, span: Span) -> bool:
    """Whether proper nouns on both sides show that the adjective is part of a longer name.

    For example, "Oxford English Dictionary". Not if the word after it is a role, which begins a title.
    """
    if not 0 < span.start <= span.end < len(span.doc):
        return False
    before, after = span.doc[span.start - 1], span.doc[span.end]
    proper = before.tag_ == "NNP" and after.tag_ == "NNP" and is_capital(before) and is_capital(after)
    return proper and before.head in (span.root.head, after) and not text.is_role(after)


def _longer(text: NameSearch, span: Span) -> int:
    """The start of the longer name that ends with the country: "Environment Canada"; not "Mainland China"."""
    start = span.start
    while start > 0 and _is_part(text, span.doc[start - 1], span):
        start -= 1
    return start


def _is_part(text: NameSearch, before: Token, span: Span) -> bool:
    return (
        before.dep_ == "compound"
        and before.head.i in (span.root.i, span.root.head.i)
        and before.pos_ in ("PROPN", "NOUN")
        and before.ent_type_ in ("", "ORG", "PRODUCT")
        and is_capital(before)
        and before.i not in text.taken
        and before.i not in text.headline
        and bool(before.whitespace_)
        and not text.is_role(before)
        and not text.is_honorific(before)
        and not text.listed(before, "PlaceModifiers")
        and before.text not in gazetteer.by_adjective()
    )


def _is_directed(text: NameSearch, span: Span) -> bool:
    """Whether a word of direction before the area is part of its name: "in Upper Egypt".

    Not "Northern Peru" at the start of a sentence, where any word is capitalised.
    """
    before = span.doc[span.start - 1] if span.start else None
    return (
        before is not None
        and is_capital(before)
        and text.listed(before, "CompassWords")
        and bool(before.whitespace_)
        and not before.is_sent_start
        and before.i not in text.taken | text.headline
        and before.head.i in (span.root.i, span.root.head.i)
    )


def _is_money(span: Span) -> bool:
    after = span.doc[span.end] if span.end < len(span.doc) else None
    return after is not None and (after.is_currency or after.text[:1] in "$€£¥")


def _is_language(token: Token) -> bool:
    """Whether the word denotes a language: "speak Italian", "into English"; not "in Italian waters"."""
    if token.tag_ not in ("NN", "NNP", "JJ") or token.dep_ not in ("pobj", "dobj", "npadvmod", "advmod"):
        return False
    if any(child.dep_ in ("det", "poss", "amod", "nummod") for child in token.children):
        return False
    return token.head.lemma_ in _SPEAKING or token.head.lower_ in ("into", "in")
