"""The age of a person after the name, and where the person is from.

    Tom Reed, 45, ...; Tom Reed (45)            Tom Reed - age - 45
    Tom Reed aged 45; Tom Reed, aged 45, ...    Tom Reed - age - 45
    Tom Reed, 45, of Lima, ...                  Tom Reed - from - Lima

Excludes numbers in brackets in articles about sports: they may be minutes or scores.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.build import Builder
from kg.model import Role

if TYPE_CHECKING:
    from spacy.tokens import Token


def read(build: Builder, name: Token, last: int) -> None:
    """Add the age in "NAME, 45,", "NAME (45)" or "NAME, aged 45", and the origin in "NAME, 45, of PLACE"."""
    doc = name.doc
    at = last + 1 if last < len(doc) and doc[last].text in (",", "(") else last
    aged = at < len(doc) and doc[at].lower_ == "aged"
    at += aged
    if at + 1 >= len(doc) or (at == last and not aged) or not doc[at].text.isdigit():
        return
    number, after = doc[at], doc[at + 1]
    bracketed = doc[last].text == "("
    closed = (
        after.text == ")" if bracketed else after.text in (",", ".", ")") or (aged and not _is_unit(after))
    )
    if (
        closed
        and 0 < int(number.text) < 120
        and build.context.parsed.type_of(name) == "Person"
        and number.i not in build.context.parsed.time_of
        and not (bracketed and not aged and _is_of_sport(build))
    ):
        age = build.words(number.i, number.i + 1, Role.ATTRIBUTE)
        build.state(name, "age", age, at=number, surface=number.text, rule="apposition", confidence=0.9)
        _home(build, name, after)


def _is_unit(word: Token) -> bool:
    """Whether a unit follows the number: "aged 12 months"."""
    return word.pos_ == "NOUN" or word.text == "-"


def _is_of_sport(build: Builder) -> bool:
    """Whether the article is about sports, where the number in "Ana Ruiz (34)" may be a minute or a score."""
    ontology = build.context.ontology
    return any(
        ontology.is_a(mention.type, "Competition") or ontology.is_a(mention.type, "SportsTeam")
        for mention in build.context.parsed.mentions
    )


def _home(build: Builder, name: Token, comma: Token) -> None:
    """Add the origin in "NAME, 45, of PLACE,"."""
    doc, parsed = name.doc, build.context.parsed
    if comma.text != "," or comma.i + 2 >= len(doc) or doc[comma.i + 1].lower_ not in ("of", "from"):
        return
    link, first = doc[comma.i + 1], doc[comma.i + 2]
    mention = parsed.mention(first) if parsed.is_name(first) else None
    if mention is None or mention.relational or not build.context.is_place(first):
        return
    start, last = parsed.extent(mention)
    if start == first.i and last < len(doc) and doc[last].text in (",", ".", ";", ")"):
        place = build.argument(parsed.head(parsed.mention_index(first)), Role.OTHER)
        build.state(
            name, "from", place, at=link, surface=f"is {link.lower_}", rule="apposition", confidence=0.85
        )
