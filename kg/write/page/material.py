"""Collects what the articles say, by article, thing and event: the material of the front page."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.model import Document, Entity, Event, Knowledge, Statement, Text
from kg.ontology import Ontology
from kg.write.network import ends, interest
from kg.write.page import display, telling
from kg.write.page.early import LAST, LEAD
from kg.write.page.looks import kind

ROLES = (  # relations that describe what somebody is, the most informative first
    *("holdsPosition", "leads", "governs", "coaches", "captains", "ambassadorTo", "represents"),
    *("spokespersonFor", "worksFor", "playsFor", "memberOf"),
)
# A name that stands for all organisations of a kind: "Civil Society Organizations".
_OF_A_KIND = re.compile(
    r"\b(?:Organi[sz]ations|Authorities|Groups|Officials|Agencies|Ministries|Institutions)\Z"
)
# A sentence that says who worked on the article: "Additional reporting by Jo Doe".
CREDIT = re.compile(
    r"\bcontributed\b.{0,30}\breport(?:ing|s)?\b"
    r"|\b(?:reporting|writing|editing|photo(?:graph)?s?|pictures?|images?|video)\s(?:by|from|courtesy)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Material:
    """What the articles of a graph tell. `rank`: thing -> its rank by importance, from 0."""

    knowledge: Knowledge
    ontology: Ontology
    rank: Mapping[str, int]

    @cached_property
    def by_id(self) -> dict[str, Statement]:
        return {statement.id: statement for statement in self.knowledge.statements}

    @cached_property
    def documents(self) -> dict[str, Document]:
        return {document.id: document for document in self.knowledge.documents}

    @cached_property
    def told(self) -> Mapping[str, list[Statement]]:
        """Article -> the statements that it supports."""
        found: defaultdict[str, list[Statement]] = defaultdict(list)
        for statement in self.knowledge.statements:
            for name in sorted({piece.document for piece in statement.evidence}):
                found[name].append(statement)
        return found

    @cached_property
    def sentences(self) -> Mapping[str, Mapping[str, list[str]]]:
        """Article -> thing -> the sentences of the article that state something about the thing."""
        found: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for fact in self.knowledge.statements:
            for piece in fact.evidence:
                for key in {*ends(fact), *fact.about}:
                    found[piece.document][key].append(piece.sentence)
        return found

    @cached_property
    def happenings(self) -> Mapping[str, list[Event]]:
        """Article -> its events, in the order in which the article tells them."""
        found: defaultdict[str, list[tuple[int, str, Event]]] = defaultdict(list)
        for event in self.knowledge.events:
            for name in event.documents:
                first = min((piece.start for piece in event.evidence if piece.document == name), default=LAST)
                found[name].append((first, event.id, event))
        return {
            name: [event for *_, event in sorted(some, key=lambda each: each[:2])]
            for name, some in found.items()
        }

    @cached_property
    def named_in(self) -> Mapping[str, list[str]]:
        """Article -> the named things in it."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for entity in self.knowledge.entities:
            if kind(entity, self.ontology) == 0:
                for name in entity.documents:
                    found[name].append(entity.id)
        return found

    @cached_property
    def teller(self) -> telling.Telling:
        return telling.Telling(self.ontology)

    @cached_property
    def things(self) -> dict[str, Entity | Event]:
        return self.knowledge.nodes()

    @cached_property
    def roles(self) -> Mapping[str, Statement]:
        """Thing -> the plain fact that describes it best."""
        found: dict[str, Statement] = {}
        for fact in self.knowledge.statements:
            if fact.plain and fact.predicate in ROLES and self.is_named(fact.object):
                known = found.get(fact.subject)
                if known is None or self._telling(fact) < self._telling(known):
                    found[fact.subject] = fact
        return found

    @staticmethod
    def _telling(fact: Statement) -> tuple[int, int, float]:
        return ROLES.index(fact.predicate), -fact.independent, -fact.confidence

    @cached_property
    def told_of(self) -> Mapping[str, tuple[Statement, str]]:
        """Event -> its plain fact with the highest confidence, and this fact in words: "Ana Ruiz hosted Tom
        Reed". Events without a plain fact are missing.
        """
        found: dict[str, Statement] = {}
        for fact in self.knowledge.statements:
            if fact.event and fact.plain and self.is_named(fact.subject):
                known = found.get(fact.event)
                if known is None or (fact.confidence, fact.id) > (known.confidence, known.id):
                    found[fact.event] = fact
        return {key: (fact, self.in_words(fact)) for key, fact in found.items()}

    @cached_property
    def interests(self) -> Mapping[str, float]:
        """Event -> the interest of its relation; if that is not in the ontology, 0.6, or 0.3 for an event of
        no particular class.
        """
        found = dict.fromkeys((event.id for event in self.knowledge.events), 0.0)
        for fact in self.knowledge.statements:
            if fact.event in found and fact.predicate in self.ontology.relations:
                found[fact.event] = max(found[fact.event], interest(fact, self.ontology))
        for event in self.knowledge.events:
            found[event.id] = found[event.id] or (0.6 if event.type not in ("Event", "SpeechAct") else 0.3)
        return found

    def is_a(self, key: str, name: str) -> bool:
        return self.ontology.is_a(self.things[key].type, name)

    def is_named(self, end: str | Text) -> bool:
        return isinstance(end, str) and kind(self.things[end], self.ontology) == 0

    def is_face(self, key: str) -> bool:
        """Whether a thing can represent a story: a person, organisation, country or city, not an office, nor
        all organisations of a kind ("Civil Society Organizations").
        """
        if self.is_a(key, "Person"):
            return " " in self.things[key].label or bool(self.role(key))  # "President" alone names nobody
        if _OF_A_KIND.search(self.things[key].label):
            return False
        return any(self.is_a(key, name) for name in ("Organization", "Country", "City"))

    def role(self, key: str) -> str:
        fact = self.roles.get(key)
        if fact is None or not isinstance(fact.object, str):
            return ""
        label = self.things[fact.object].label
        return label if fact.predicate == "holdsPosition" else f"{fact.label} {label}"

    def seat(self, key: str) -> tuple[str, str] | None:
        """The office of somebody, and the id of the place or organisation where it is: ("mayor of", the id of
        Lowick). None if it is not known.
        """
        fact = self.roles.get(key)
        if fact is None or not isinstance(fact.object, str):
            return None
        if fact.predicate != "holdsPosition":
            return (fact.label, fact.object) if self._has_offices(fact.object) else None
        held = self.things[fact.object].label
        other = self.seats.get(fact.object, "")
        name = self.things[other].label if other else ""
        office = held.removesuffix(name).rstrip()
        known = name and held.endswith(f" {name}") and self._has_offices(other)
        return (office, other) if known and re.search(r"\w (?:of|at|for|in)\Z", office) else None

    @cached_property
    def seats(self) -> Mapping[str, str]:
        """Position -> the organisation or place where it is held."""
        return {
            fact.subject: fact.object
            for fact in self.knowledge.statements
            if fact.predicate == "positionIn" and isinstance(fact.object, str) and self.is_named(fact.object)
        }

    def _has_offices(self, key: str) -> bool:
        return any(self.is_a(key, name) for name in ("Organization", "Country", "Region", "City"))

    def surname(self, key: str) -> str:
        return self.things[key].label.split()[-1]

    def in_words(self, fact: Statement, most: int = telling.LONG) -> str:
        target = fact.object.value if isinstance(fact.object, Text) else self.things[fact.object].label
        event = self.things.get(fact.event)
        subject = self.things[fact.subject].label
        return telling.in_words(subject, fact, target, event if isinstance(event, Event) else None, most)

    def named_of(self, event: Event) -> frozenset[str]:
        return frozenset(key for _, key in event.participants if self.is_named(key))

    def events(self, articles: Sequence[str]) -> list[Event]:
        seen = {event.id: event for name in articles for event in self.happenings.get(name, ())}
        return list(seen.values())

    def reports(self, key: str, articles: Sequence[str]) -> bool:
        """Whether a thing only reports the story: the publication, a member of its staff, the author, a news
        agency, or somebody who is only credited.
        """
        if self.is_a(key, "MediaOutlet"):
            return True
        sentences = [each for name in articles for each in self.sentences[name].get(key, ())]
        if sentences and all(map(CREDIT.search, sentences)):
            return True
        papers = [self.documents[name].metadata for name in articles]
        if self.things[key].label in {author for paper in papers for author in paper.authors}:
            return True
        *_, employer = re.split(r" (?:of|at|for) ", self.role(key) or self.things[key].label)
        house = set(re.findall(r"\w+", employer)) - {"The", "the"}
        return any(house and house <= set(re.findall(r"\w+", paper.publisher)) for paper in papers)

    def _verbs(self, document: Document) -> frozenset[str]:
        """The words of the predicates of an article's lead, except those of relative clauses."""
        pieces = (piece for fact in self.told[document.id] for piece in fact.evidence)
        return frozenset(
            piece.surface
            for piece in pieces
            if piece.document == document.id
            and piece.start < LEAD
            and {"active", "passive"} & set(piece.rule.split("+"))
            if not {"relative", "participle"} & set(piece.rule.split("+"))
        )

    def headline(self, documents: Sequence[Document]) -> str:
        """The title that is most similar to the other titles; if there are none, the opening of the first
        article.
        """
        titles = [document.metadata.title for document in documents if document.metadata.title]
        if not titles:
            return display.opening(documents[0], self._verbs(documents[0]))
        bags = [set(re.findall(r"\w{4,}", title.lower())) for title in titles]
        common = Counter(word for bag in bags for word in bag)
        shared = [sum(common[word] - 1 for word in bag) / max(4, len(bag)) for bag in bags]
        return titles[max(range(len(titles)), key=lambda place: (shared[place], -place))]

    def opening(self, document: Document, headline: str) -> str:
        """The first sentence of an article that is not its headline, as an excerpt."""
        return display.excerpt(document, headline, self._verbs(document))
