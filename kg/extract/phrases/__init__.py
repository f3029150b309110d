"""Claims made from noun phrases without a verb: titles, appositions, possessives, events."""

from __future__ import annotations

from collections.abc import Callable

from kg.extract.build import Builder
from kg.extract.phrases import apposition, modifiers, nominal, possessives, titles

RULES: tuple[Callable[[Builder], None], ...] = (
    titles.read,
    apposition.read,
    possessives.read,
    modifiers.read,  # after the modules above, which determine the referents of nouns
    nominal.read,
)
