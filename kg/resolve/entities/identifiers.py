"""Chooses the id of a named thing: one that distinguishes it from everything else of its name.

The name alone identifies a country, an organisation with a one-word name, and anything but a person with a
name of several words. A person is identified by name and field of work, as in `namesakes`; if no article
gives the field, by the name and the earliest article that has it. Politicians, who are the most frequent
people in news, get the id without a field. So an id does not depend on which bearer of the name is mentioned
first or most often.

A company with exactly the name of a politician would get the same id.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.gazetteer import by_name, countries
from kg.model import Document, Known
from kg.ontology import Ontology
from kg.resolve import ids
from kg.resolve.document.within import Kind
from kg.resolve.entities.across import Placed
from kg.resolve.entities.namesakes import Fields

_PLAIN = "PoliticsField"  # the field of work that is omitted from ids
_LAST = "9999"  # sorts after every date


class Naming:
    """Chooses the ids of one build. `articles`: a key for each document, from `ids.of_articles`; `known`: the
    background.
    """

    def __init__(
        self,
        documents: Sequence[Document],
        articles: Sequence[str],
        known: Sequence[Known],
        ontology: Ontology,
    ) -> None:
        self._documents, self._articles = documents, articles
        self._fields = Fields(ontology)
        self._capitals = {
            ids.slug(country.capital.partition(",")[0]) for country in countries() if country.capital
        }
        self._areas = {ids.slug(area.name) for area in by_name().values()}
        self._known = {ids.slug(one.label) for one in known}

    def of(self, label: str, kind: Kind, members: Sequence[Placed]) -> tuple[str, str, int]:
        """The key, slug and rank of a named thing, as in `ids.Claimant`."""
        if kind is Kind.PERSON:
            return self._person(label, members)
        return self._key(members), ids.whole(label, self._mark(label, kind)), 0

    def _person(self, label: str, members: Sequence[Placed]) -> tuple[str, str, int]:
        key = self._key(members)
        fields = self._fields.of(role for placed in members for role in placed.local.roles)
        if not fields or all(placed.local.weak for placed in members):
            return key, ids.whole(label, ids.digest(8, key)), 0
        if _PLAIN in fields and not self._taken(ids.slug(label)):
            return key, ids.whole(label), 1
        field = _PLAIN if _PLAIN in fields else min(fields)
        return key, ids.whole(label, field.removesuffix("Field").lower()), 0

    def _key(self, members: Sequence[Placed]) -> str:
        """A key from the earliest article that names the thing, so that later articles do not change it."""
        _, *key = min(
            (
                self._documents[placed.document].metadata.date or _LAST,  # undated articles come last
                self._articles[placed.document],
                placed.local.kind,
                placed.local.key,
            )
            for placed in members
        )
        return "|".join(key)

    def _mark(self, label: str, kind: Kind) -> str:
        slug = ids.slug(label)
        if kind is Kind.AREA:
            return ""
        if kind is Kind.PLACE and slug in self._capitals and slug not in self._known:
            return ""
        single = kind is Kind.PLACE and "_" not in slug
        return kind.value if single or slug.islower() or self._taken(slug) else ""

    def _taken(self, slug: str) -> bool:
        """Whether the slug without a mark is reserved: for an area, a capital or a thing of the background,
        even if no article mentions it.
        """
        return slug in self._areas or slug in self._capitals or slug in self._known
