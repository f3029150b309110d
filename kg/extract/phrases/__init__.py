"""What noun phrases claim without a verb of their own: titles, appositions, possessives, happenings."""

from __future__ import annotations

from collections.abc import Callable

from kg.extract.build import Builder
from kg.extract.phrases import apposition, modifiers, nominal, possessives, titles

RULES: tuple[Callable[[Builder], None], ...] = (
    titles.read,
    apposition.read,
    possessives.read,
    modifiers.read,  # of what the ones before say who is meant
    nominal.read,
)
