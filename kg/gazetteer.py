"""The countries and major regions of the world, and their English names.

Public facts in two tables of the ontology: `countries.csv` (sovereign states, territories frequently in the
news, the four countries of the United Kingdom, and a few former states) and `regions.csv` (continents and
other areas). Cities and provinces are excluded.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from kg.ontology import folder


@dataclass(frozen=True, slots=True)
class Region:
    """A region of the world. Names are spelt as in running text, without an optional "the"."""

    name: str  # for example "Southeast Asia"
    aliases: tuple[str, ...]  # other names: "South-East Asia"
    adjectives: tuple[str, ...]  # for example "Southeast Asian"
    demonyms: tuple[str, ...]  # words for one inhabitant: "Southeast Asian"; for Denmark, "Dane"


@dataclass(frozen=True, slots=True)
class Country(Region):
    """A country or territory."""

    code: str  # ISO 3166-1 alpha-2; "GB-SCT" for a part (3166-2), four letters for a former country (3166-3)
    capital: str  # "" if there is none


@cache
def countries() -> tuple[Country, ...]:
    """All countries, in the order of the table."""
    return tuple(
        Country(*_shared(row), code=row["code"], capital=row["capital"]) for row in _rows("countries.csv")
    )


@cache
def regions() -> tuple[Region, ...]:
    """All regions, in the order of the table."""
    return tuple(Region(*_shared(row)) for row in _rows("regions.csv"))


@cache
def by_name() -> Mapping[str, Region]:
    """Any name of a country or region -> the country or region.

    >>> by_name()["U.S."].name
    'United States'
    """
    found = {name: area for area in _areas() for name in (area.name, *area.aliases)}
    return MappingProxyType(found)


@cache
def by_adjective() -> Mapping[str, Region]:
    """An adjective or demonym -> its country or region; ambiguous ones ("Congolese") are omitted.

    >>> by_adjective()["Danish"].name, by_adjective()["Dane"].name, "Congolese" in by_adjective()
    ('Denmark', 'Denmark', False)
    """
    pairs = {(word, area.name): area for area in _areas() for word in (*area.adjectives, *area.demonyms)}
    uses = Counter(word for word, _ in pairs)
    return MappingProxyType({word: area for (word, _), area in pairs.items() if uses[word] == 1})


@cache
def beginnings() -> frozenset[str]:
    """All prefixes of all names, adjectives and demonyms. A search can stop at a string that is not one."""
    return frozenset(word[:end] for word in (*by_name(), *by_adjective()) for end in range(1, len(word) + 1))


@cache
def wikidata() -> Mapping[str, str]:
    """A country's code -> its Wikidata identifier; former states have none.

    >>> wikidata()["DK"]
    'Q35'
    """
    return MappingProxyType({row["code"]: row["wikidata"] for row in _rows("wikidata.csv")})


def _areas() -> tuple[Region, ...]:
    return (*countries(), *regions())


def _rows(name: str) -> list[dict[str, str]]:
    with (folder() / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def _shared(row: dict[str, str]) -> tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    aliases, adjectives, demonyms = (
        tuple(part for part in row[column].split("|") if part)
        for column in ("aliases", "adjectives", "demonyms")
    )
    return row["name"], aliases, adjectives, demonyms
