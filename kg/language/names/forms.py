"""Finds evidence for the type of a name in its own words, and short forms of names.

    Marxism                                    an idea
    Covid-19, Norvik Respiratory Syndrome      an illness, neither an organisation nor a product
    Hurricane Wilma, Tropical Storm Wilma      a storm; then "Wilma" is one, too
    Norvex Motor Company ... Norvex            a company
    Ana Ruiz, Tom Reed ... Ruiz/Reed           two people on one ticket
    the gas producer Norvex                    a company; but the film producer Ana Ruiz is a person

Excluded: short forms that may belong to something else in the document ("Wilma" if there is a Wilma Reed).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.language import nouns
from kg.language.names.name import UNKNOWN, Name, NameSearch

if TYPE_CHECKING:
    from spacy.tokens import Span

_TEACHING = re.compile(r"[A-Z][a-z]{3,}isms?")
_JOINT = re.compile(r"[/–-]")
_MOSTLY = 0.5  # a noun such as "gas" denotes a substance if at least this fraction of its uses do


def evidence(text: NameSearch, name: Name, strong: int, sure: int) -> Iterator[tuple[str, int]]:
    """Pairs of class and weight, from the words of a name; `strong` and `sure` are the weights."""
    words = text.words_of(name)
    if _TEACHING.fullmatch(words):
        yield "Idea", sure
    if _is_illness(text, name, words):
        yield UNKNOWN, sure
    if storm(text, name) is not None:
        yield "Disaster", sure
    if _makes_substance(text, name):
        yield "Company", strong


def _is_illness(text: NameSearch, name: Name, words: str) -> bool:
    """Whether the name denotes an illness: "Covid-19", "SARS-CoV-2", "Norvik Syndrome"; not "Ebola River"."""
    if " " in words:
        return text.doc[name.end - 1].lower_ in text.ontology.words["IllnessNouns"]
    return any(part in text.ontology.words["IllnessNames"] for part in _JOINT.split(words.lower()))


def storm(text: NameSearch, name: Name) -> str | None:
    """The last word of a storm's name: "Wilma" in "Hurricane Wilma"; None if the name denotes no storm.

    "Storm Reed" counts only with further evidence, because it may be a person.
    """
    *kind, last = text.doc[name.start : name.end]
    if not kind:
        return None
    *modifiers, noun = (word.lower_ for word in kind)
    lists = text.ontology.words
    before = text.doc[max(name.start - 1, 0)].lower_
    beside = bool(modifiers) or before in lists["StormModifiers"] or name.type != "Person"
    told = noun in lists["StormWords"] or (noun == "storm" and beside)
    return str(last.text) if told and lists["StormModifiers"].issuperset(modifiers) else None


def _makes_substance(text: NameSearch, name: Name) -> bool:
    """Whether the title before a name of one word shows a company: "the gas producer Norvex".

    Not "the film producer Ana Ruiz".
    """
    return name.end - name.start == 1 and makes_substance(text, text.doc[name.title_start : name.start])


def makes_substance(text: NameSearch, title: Span) -> bool:
    """Whether a title is a company's, not a person's: "gas producer", "oil trader"."""
    if len(title) < 2 or not text.listed(title[-1], "CountryRoles"):
        return False
    return nouns.classes(title[-2].lemma_.lower()).get("Substance", 0) >= _MOSTLY


def company(text: NameSearch, name: Name) -> str | None:
    """The first word of a company's name: "Norvex" in "Norvex Motor Company"; None for other names."""
    words = text.doc[name.start : name.end]
    told = len(words) > 1 and words[-1].lower_ in text.ontology.words["CompanyWords"]
    return str(words[0].text) if told else None


def is_pair(words: str, surnames: frozenset[str]) -> bool:
    """Whether the words are the surnames of two people: "Ruiz/Reed"."""
    parts = [part.strip() for part in _JOINT.split(words)]
    return len(parts) == len(set(parts)) == 2 and surnames.issuperset(parts)
