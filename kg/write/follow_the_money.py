"""Converts Knowledge to FollowTheMoney, the data model of investigative tools (Aleph, OpenSanctions).

    {"id": "ana-ruiz-0a1b2c3d4e5f", "schema": "Person", "properties": {"name": ["Ana Ruiz"], ...}}

An article is an `Article`; each thing that it mentions has a `Documentation`, each person or organisation
also a `Mention`. An event is an `Event`, with its participants as `involved`. A fact between two things is a
link of the matching schema (`Occupancy`, `Membership` ...), or an `UnknownLink` with a `role`; a fact between
a thing and a literal, or something that has no schema, is a `Note`. All of these except mentions refer to
their articles (`proof`) and sentences (`summary`).

A link, note or event that is denied, planned, reported, possible or doubtful says so in its role, description
or name ("negated: met"). The people of such an event are in `namesMentioned` instead of `involved`.

The model: https://followthemoney.tech/explorer/
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from kg.gazetteer import Country, by_name
from kg.model import Document, Entity, Event, Evidence, Factuality, Knowledge, Statement, Text, Time
from kg.ontology import Ontology
from kg.rdf.names import Names
from kg.write.network import mark_of, marked, told
from kg.write.property_graph import property_graph

Row = dict[str, Any]
Values = dict[str, Iterable[str]]

# A class of kg -> the schema for things of this class; the first class that matches decides.
_SCHEMATA = {
    "Person": "Person",
    "Company": "Company",
    "GovernmentBody": "PublicBody",
    "Country": "PublicBody",  # a country as an actor; there is no schema for a country as a place
    "Organization": "Organization",
    "Agent": "LegalEntity",
    "Place": "Address",
    "Position": "Position",
    "Vehicle": "Vehicle",
    "Event": "Event",
}
_ORGANISATIONS = frozenset(("Organization", "Company", "PublicBody"))
_LEGAL = _ORGANISATIONS | {"Person", "LegalEntity"}
_PEOPLE = frozenset(("Person",))


class _Link(NamedTuple):
    """A schema of links, the properties for its two ends, and the schemata that the ends may have."""

    schema: str
    subject: str
    object: str
    subjects: frozenset[str] = frozenset()
    objects: frozenset[str] = frozenset()
    says_what: str = "role"  # the property that names the relation

    def admits(self, subject: str, other: str) -> bool:
        return subject in self.subjects and other in self.objects


_FAMILY = _Link("Family", "person", "relative", _PEOPLE, _PEOPLE, "relationship")
_OWNERSHIP = _Link("Ownership", "owner", "asset", _LEGAL, frozenset(("Company", "Vehicle")))
_LINKS = {
    "holdsPosition": _Link("Occupancy", "holder", "post", _PEOPLE, frozenset(("Position",)), ""),
    "memberOf": _Link("Membership", "member", "organization", _LEGAL, _ORGANISATIONS),
    "worksFor": _Link("Employment", "employee", "employer", _PEOPLE, _ORGANISATIONS),
    **dict.fromkeys(("owns", "holdsStakeIn"), _OWNERSHIP),
    **dict.fromkeys(("marriedTo", "childOf", "parentOf", "siblingOf"), _FAMILY),
}
_UNKNOWN = _Link("UnknownLink", "subject", "object")


def entities(knowledge: Knowledge, ontology: Ontology, names: Names, *, everything: bool) -> list[Row]:
    """The entities for the plain facts and for the things in them, or for everything; sorted by id, without
    duplicates.
    """
    writer = _Writer(knowledge, ontology, names, everything)
    return [row for _, row in sorted({row["id"]: row for row in writer.rows()}.items())]


class _Writer:
    def __init__(self, knowledge: Knowledge, ontology: Ontology, names: Names, everything: bool) -> None:
        self.knowledge, self.ontology, self.names, self.everything = knowledge, ontology, names, everything
        self.things = knowledge.nodes()
        self.schemata = {key: self._schema(thing.type) for key, thing in self.things.items()}
        self.kept = frozenset(property_graph(knowledge, ontology, everything=everything))

    def rows(self) -> Iterator[Row]:
        for document in self.knowledge.documents:
            yield self._article(document)
        for key, thing in self.things.items():
            if key in self.kept and self.schemata[key]:
                yield self._event(thing) if isinstance(thing, Event) else self._entity(thing)
                yield from self._found_in(thing)
        for statement in told(self.knowledge, everything=self.everything):
            yield from self._statement(statement)

    def _schema(self, type_: str) -> str:
        return next((schema for name, schema in _SCHEMATA.items() if self.ontology.is_a(type_, name)), "")

    def _can_act(self, key: str) -> bool:
        return key in self.kept and self.schemata[key] in _LEGAL

    # -- entities ----------------------------------------------------------------------------------

    def _article(self, document: Document) -> Row:
        said = document.metadata
        values: Values = {
            "name": [said.title or document.id],
            "fileName": [document.id],
            "title": [said.title],
            "author": said.authors,
            "publisher": [said.publisher],
            "publishedAt": [said.date],
            "sourceUrl": [said.url],
        }
        return _row(self._article_id(document.id), "Article", values)

    def _entity(self, entity: Entity) -> Row:
        schema, country = self.schemata[entity.id], by_name().get(entity.label)
        values: Values = {
            "name": [entity.label],
            "alias": entity.aliases,
            "proof": self._proof(entity.documents),
        }
        if schema == "Address":
            values["full"] = [entity.label]
        if entity.type == "Country" and isinstance(country, Country) and len(country.code) == 2:
            values["country"] = [country.code.lower()]
        return _row(self._id(entity.id), schema, values)

    def _event(self, event: Event) -> Row:
        happened = event.factuality is Factuality.ASSERTED
        known = self.ontology.classes.get(event.type)
        others = [id_ for _, id_ in event.participants if id_ in self.things]
        values: Values = {
            "name": [event.label if happened else f"{event.label} ({event.factuality})"],
            "alias": event.aliases if happened else (),
            "keywords": [known.label if known else event.type, event.factuality.value],
            **_when(event.time),
            **self._sources(event.evidence),
        }
        place = self.things[event.place].label if event.place in self.things else ""
        if happened:
            values["involved"] = [self._id(id_) for id_ in others if self._can_act(id_)]
            values["location"] = [place]
        else:
            values["namesMentioned"] = [self.things[id_].label for id_ in others]
            values["locationMentioned"] = [place]
        return _row(self._id(event.id), "Event", values)

    def _found_in(self, thing: Entity | Event) -> Iterator[Row]:
        for document in thing.documents:
            article = self._article_id(document)
            both: Values = {"document": [article], "entity": [self._id(thing.id)], "role": ["mentioned"]}
            yield _row(self._id(f"{thing.id}-in-{document}"), "Documentation", both)
            if self.schemata[thing.id] in _LEGAL:
                values: Values = {
                    "document": [article],
                    "resolved": [self._id(thing.id)],
                    "name": [thing.label, *thing.aliases],
                    "detectedSchema": [self.schemata[thing.id]],
                }
                yield _row(self._id(f"{thing.id}-named-in-{document}"), "Mention", values)

    # -- statements --------------------------------------------------------------------------------

    def _statement(self, statement: Statement) -> Iterator[Row]:
        other = statement.object
        if isinstance(other, Text) or not (self.schemata[statement.subject] and self.schemata[other]):
            yield from self._note(statement)
        elif other != statement.subject:
            yield self._link(statement, other)

    def _link(self, statement: Statement, other: str) -> Row:
        mark = mark_of(statement.factuality, plain=statement.plain)
        link = _UNKNOWN if mark else _LINKS.get(statement.predicate, _UNKNOWN)
        if not link.admits(self.schemata[statement.subject], self.schemata[other]):
            link = _UNKNOWN
        values: Values = {
            link.subject: [self._id(statement.subject)],
            link.object: [self._id(other)],
            "description": [self._according(statement)],
            **_when(statement.time),
            **self._sources(statement.evidence),
        }
        if link.says_what:
            values[link.says_what] = [marked(statement.label, mark, ": ")]
        return _row(self._id(statement.id), link.schema, values)

    def _note(self, statement: Statement) -> Iterator[Row]:
        """A note about the subject and object of a statement, or the one of them that has a schema; none if
        neither has.
        """
        said = (
            statement.object.value
            if isinstance(statement.object, Text)
            else self.things[statement.object].label
        )
        ends = (statement.subject, statement.object if isinstance(statement.object, str) else "")
        whom = [self._id(end) for end in ends if self.schemata.get(end)]
        if whom:
            subject = self.things[statement.subject].label
            mark = mark_of(statement.factuality, plain=statement.plain)
            values: Values = {
                "entity": whom,
                "description": [
                    f"{subject}: {marked(statement.label, mark, ': ')} {said}",
                    self._according(statement),
                ],
                **self._sources(statement.evidence),
            }
            yield _row(self._id(statement.id), "Note", values)

    def _according(self, statement: Statement) -> str:
        return f"according to {self.things[statement.speaker].label}" if statement.speaker else ""

    # -- sources -----------------------------------------------------------------------------------

    def _sources(self, evidence: Iterable[Evidence]) -> Values:
        told = list(evidence)
        proof = self._proof(sorted({each.document for each in told}))
        return {"proof": proof, "summary": list(dict.fromkeys(each.sentence for each in told))}

    def _proof(self, documents: Iterable[str]) -> list[str]:
        return [self._article_id(document) for document in documents]

    def _article_id(self, document: str) -> str:
        return _id(self.names.article(document), self.names)

    def _id(self, key: str) -> str:
        return _id(self.names.node(key), self.names)


def _row(id_: str, schema: str, values: Values) -> Row:
    """The row of an entity; duplicate and empty values are dropped, as FollowTheMoney requires."""
    filled = {
        name: [each for each in dict.fromkeys(some) if each.strip()] for name, some in sorted(values.items())
    }
    return {"id": id_, "schema": schema, "properties": {name: some for name, some in filled.items() if some}}


def _when(time: Time | None) -> Values:
    if time is None:
        return {}
    if time.start == time.end and not time.interval:
        return {"date": [time.start]}
    return {"startDate": [time.start], "endDate": [time.end]}


def _id(iri: str, names: Names) -> str:
    """The id for an IRI: only letters, digits and hyphens, as FollowTheMoney requires.

    >>> _id("https://kg.example/data/Ana_Ruiz", Names())
    'Ana-Ruiz-c44a0fdbab7a'
    """
    slug = re.sub(r"[^0-9A-Za-z]+", "-", iri.removeprefix(names.base)).strip("-")[:60]
    return f"{slug}-{hashlib.sha256(iri.encode()).hexdigest()[:12]}"
