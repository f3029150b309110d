"""Decides whether the second of two names may be the country or region of the town: "Norvale, Peru"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.build import Builder

if TYPE_CHECKING:
    from spacy.tokens import Token

_WIDE = ("Country", "Region")


def may_contain(build: Builder, wide: Token, town: Token) -> bool:
    """Whether, by their classes, `town` may be a place in `wide`, a country or region."""
    parsed, is_a = build.context.parsed, build.context.ontology.is_a
    outer, inner = parsed.type_of(wide), parsed.type_of(town)
    narrow = is_a(inner, "Place") and not any(is_a(inner, kind) for kind in _WIDE)
    return narrow and any(is_a(outer, kind) for kind in _WIDE)
