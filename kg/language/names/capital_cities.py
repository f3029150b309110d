"""The capital cities of countries: names that are places without any evidence in the document."""

from __future__ import annotations

from functools import cache

from kg import gazetteer


@cache
def capitals() -> frozenset[str]:
    """The capital cities of all countries."""
    return frozenset(country.capital for country in gazetteer.countries() if country.capital)
