"""Lists the capital cities of countries, which are taken for places without evidence in the document."""

from __future__ import annotations

from functools import cache

from kg import gazetteer


@cache
def capitals() -> frozenset[str]:
    """The capital cities of all countries."""
    return frozenset(country.capital for country in gazetteer.countries() if country.capital)
