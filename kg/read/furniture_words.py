"""The vocabulary of page furniture (`ontology/furniture.toml`), prepared for comparison."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache

from kg.ontology import folder

_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Furniture:
    """The lists of `ontology/furniture.toml`, which explains them. All words are in lower case."""

    labels: frozenset[str]
    teasers: re.Pattern[str]
    media: re.Pattern[str]
    endings: frozenset[str]
    imperatives: frozenset[str]
    services: frozenset[str]
    openers: re.Pattern[str]
    phrases: re.Pattern[str]
    notices: re.Pattern[str]
    about: re.Pattern[str]
    agencies: frozenset[str]
    jobs: frozenset[str]
    credits: re.Pattern[str]


@cache
def furniture() -> Furniture:
    """The vocabulary of `ontology/furniture.toml`; the file is read only once."""
    lists: dict[str, list[str]] = tomllib.loads((folder() / "furniture.toml").read_text("utf-8"))

    def words(name: str) -> frozenset[str]:
        return frozenset(lists[name])

    def pattern(name: str) -> re.Pattern[str]:
        longest_first = sorted(lists[name], key=lambda phrase: (-len(phrase), phrase))
        return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b")

    return Furniture(
        words("labels"),
        pattern("teasers"),
        pattern("media"),
        words("endings"),
        words("imperatives"),
        words("services"),
        pattern("openers"),
        pattern("phrases"),
        pattern("notices"),
        pattern("about"),
        words("agencies"),
        words("jobs"),
        pattern("credits"),
    )


def folded(text: str) -> str:
    """The text in lower case with straight apostrophes, for comparison."""
    return text.casefold().replace("’", "'").replace("‘", "'")


def tokens(text: str) -> list[str]:
    """The words of a text, `folded`, without digits and punctuation."""
    return _WORD.findall(folded(text))
