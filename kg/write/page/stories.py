"""The stories of the front page, the largest first, with headline, main things and lines.

Articles belong to one story if they share many features that few others have (tf-idf of named things and
events, cosine; communities by Louvain). A line is the most important fact of a pair: by its relation
(`kg:interest` of the ontology), by whether it is a plain fact, and by its witnesses. Descriptions of people
are below their names.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log, log2, sqrt
from typing import TYPE_CHECKING

from kg.model import Document, Doubt, Entity, Event, Factuality, Knowledge, Statement, Text
from kg.ontology import Ontology
from kg.write.network import ends, interest
from kg.write.page import display
from kg.write.page.looks import kind

if TYPE_CHECKING:
    from networkx import Graph

ALIKE = 0.2  # minimum cosine of two articles of one story
FEW = 50  # articles; if there are fewer, a feature of all is weighted as if there were this many
COMMON = 50  # articles; more frequent features do not discriminate stories
NEWS = 0.5  # minimum interest of an event; below are descriptions
SURE = 0.3  # minimum confidence of a line that is not a plain fact
SEED = 1
ROLES = ("holdsPosition", "leads", "worksFor", "memberOf")  # descriptions, the most informative first


@dataclass(frozen=True)
class Story:
    """Ids; the most important first."""

    headline: str
    articles: tuple[str, ...]
    things: tuple[str, ...]
    facts: tuple[str, ...]  # of statements, one for each pair
    events: tuple[str, ...]  # events, for a story without connected things
    roles: Mapping[str, str]  # thing -> its description: "President of Peru"


def stories(knowledge: Knowledge, ontology: Ontology, order: Sequence[str]) -> list[Story]:
    """All stories, the largest first; `order` has all things, the most important first."""
    maker = _Maker(knowledge, ontology, {key: place for place, key in enumerate(order)})
    made = [maker.story(articles) for articles in _groups(knowledge)]
    return sorted(made, key=lambda each: (-len(each.articles), -maker.news(each), each.articles))


def _groups(knowledge: Knowledge) -> list[list[str]]:
    """Ids of the articles of each story."""
    import networkx

    names = [document.id for document in knowledge.documents]
    number = {name: place for place, name in enumerate(names)}
    vectors = _vectors(knowledge, number)
    graph: Graph[int] = networkx.Graph()
    graph.add_nodes_from(range(len(names)))
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for one, vector in enumerate(vectors):
        close: defaultdict[int, float] = defaultdict(float)
        for feature, weight in vector.items():
            if len(holders[feature]) < COMMON:
                for other in holders[feature]:
                    close[other] += weight * vectors[other][feature]
                holders[feature].append(one)
        graph.add_weighted_edges_from(
            (other, one, close[other]) for other in sorted(close) if close[other] >= ALIKE
        )
    if not graph.size():
        return [[name] for name in names]
    found = networkx.community.louvain_communities(graph, seed=SEED)
    return [[names[place] for place in sorted(some)] for some in sorted(found, key=min)]


def _vectors(knowledge: Knowledge, number: Mapping[str, int]) -> list[dict[str, float]]:
    """The things and events of each article, weighted by frequency and rarity."""
    counts: list[Counter[str]] = [Counter() for _ in number]
    told: list[Statement | Event] = [*knowledge.statements, *knowledge.events]
    entities = {entity.id for entity in knowledge.entities if entity.named}
    named = entities | {event.id for event in knowledge.events}
    for each in told:
        keys = (
            [*ends(each)]
            if isinstance(each, Statement)
            else [each.id, *(key for _, key in each.participants)]
        )
        for name in {piece.document for piece in each.evidence}:
            counts[number[name]].update(key for key in keys if key in named)
    everything: list[Entity | Event] = [*knowledge.entities, *knowledge.events]
    for thing in everything:
        for name in thing.documents:
            counts[number[name]].update([thing.id] if thing.id in named else [])
    spread = Counter(key for some in counts for key in some)
    total = max(FEW, len(counts))
    found = []
    for some in counts:
        vector = {
            key: log(1 + n) * log(1 + total / spread[key]) for key, n in some.items() if spread[key] > 1
        }
        alone = sum(
            (log(1 + n) * log(1 + total)) ** 2
            for key, n in some.items()
            if spread[key] == 1 and key in entities
        )
        norm = sqrt(alone + sum(weight**2 for weight in vector.values())) or 1.0
        found.append({key: vector[key] / norm for key in sorted(vector)})
    return found


@dataclass(frozen=True)
class _Maker:
    knowledge: Knowledge
    ontology: Ontology
    rank: Mapping[str, int]

    def story(self, articles: Sequence[str]) -> Story:
        told = {each.id: each for name in articles for each in self.told[name]}
        room = 2 if len(articles) < 2 else 6 if len(articles) < 4 else 9
        facts = self._lines(list(told.values()), room)
        joined = [end for fact in facts for end in ends(fact)]
        spoken = Counter(key for name in articles for key in self.named_in[name])
        mattering = sorted(spoken, key=lambda key: (-spoken[key], self.rank[key]))
        others = [key for key in mattering if key not in joined and self._is_face(key)]
        others.sort(key=lambda key: (not self._role(key), not self._is(key, "Person")))
        things = [*sorted(dict.fromkeys(joined), key=self.rank.__getitem__), *others[: 2 + room // 4]]
        return Story(
            headline=self._headline([self.documents[name] for name in articles]),
            articles=tuple(articles),
            things=tuple(things),
            facts=tuple(fact.id for fact in facts),
            events=tuple(self._happened(articles, facts, 1 + room // 3)),
            roles={key: role for key in things if (role := self._role(key))},
        )

    def news(self, story: Story) -> float:
        """Its total importance."""
        return sum(self._weight(self.by_id[key]) for key in story.facts)

    # -- Input -------------------------------------------------------------------------------------

    @cached_property
    def by_id(self) -> dict[str, Statement]:
        return {statement.id: statement for statement in self.knowledge.statements}

    @cached_property
    def documents(self) -> dict[str, Document]:
        return {document.id: document for document in self.knowledge.documents}

    @cached_property
    def told(self) -> Mapping[str, list[Statement]]:
        """Article -> its statements."""
        found: defaultdict[str, list[Statement]] = defaultdict(list)
        for statement in self.knowledge.statements:
            for name in sorted({piece.document for piece in statement.evidence}):
                found[name].append(statement)
        return found

    @cached_property
    def happenings(self) -> Mapping[str, list[Event]]:
        """Article -> its events, in its order."""
        found: defaultdict[str, list[tuple[int, str, Event]]] = defaultdict(list)
        for event in self.knowledge.events:
            for name in event.documents:
                first = min(
                    (piece.start for piece in event.evidence if piece.document == name), default=1 << 30
                )
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
    def things(self) -> dict[str, Entity | Event]:
        return self.knowledge.nodes()

    @cached_property
    def roles(self) -> Mapping[str, Statement]:
        """Thing -> the plain fact that describes it best."""
        found: dict[str, Statement] = {}
        for fact in self.knowledge.statements:
            if fact.plain and fact.predicate in ROLES and self._is_named(fact.object):
                known = found.get(fact.subject)
                if known is None or self._telling(fact) < self._telling(known):
                    found[fact.subject] = fact
        return found

    @staticmethod
    def _telling(fact: Statement) -> tuple[int, int, float]:
        return ROLES.index(fact.predicate), -fact.independent, -fact.confidence

    def _is_named(self, end: str | Text) -> bool:
        return isinstance(end, str) and kind(self.things[end], self.ontology) == 0

    # -- Selection ---------------------------------------------------------------------------------

    def _is(self, key: str, name: str) -> bool:
        return self.ontology.is_a(self.things[key].type, name)

    def _is_face(self, key: str) -> bool:
        """Whether it can represent a story: people and places, not offices."""
        return any(self._is(key, name) for name in ("Person", "Organization", "Country", "City"))

    def _weight(self, fact: Statement) -> float:
        sure = 1.0 if fact.plain else 0.4
        return (
            interest(fact, self.ontology)
            * sure
            * (1 + log2(max(1, fact.independent)))
            * (0.5 + fact.confidence)
        )

    def _lines(self, told: Sequence[Statement], room: int) -> list[Statement]:
        """The best fact of each pair, as many as fit; descriptions only if there are few events."""
        good = [fact for fact in told if self._can_be_line(fact)]
        good.sort(key=lambda fact: (-self._weight(fact), fact.id))
        best: dict[frozenset[str], Statement] = {}
        for fact in good:
            best.setdefault(frozenset(ends(fact)), fact)
        news = [fact for fact in best.values() if interest(fact, self.ontology) >= NEWS]
        states = [fact for fact in best.values() if interest(fact, self.ontology) < NEWS and fact.plain]
        return [*news[:room], *states[: max(0, room // 2 - len(news))]]

    def _can_be_line(self, fact: Statement) -> bool:
        if (
            fact.factuality is not Factuality.ASSERTED
            or not isinstance(fact.object, str)
            or fact.subject == fact.object
        ):
            return False
        known = self.ontology.relations.get(fact.predicate)
        if known is None or known.interest < 0.3 or set(fact.doubts) - {Doubt.UNSURE}:
            return False
        if not fact.plain and (fact.confidence < SURE or known.interest < NEWS):
            return False
        drawn = [self.things[end] for end in ends(fact)]
        return all(kind(thing, self.ontology) == 0 and not self._is(thing.id, "Position") for thing in drawn)

    def _role(self, key: str) -> str:
        fact = self.roles.get(key)
        if fact is None or not isinstance(fact.object, str):
            return ""
        label = self.things[fact.object].label
        return label if fact.predicate == "holdsPosition" else f"{fact.label} {label}"

    def _happened(self, articles: Sequence[str], facts: Sequence[Statement], most: int) -> Iterable[str]:
        """Important events in several articles first, then in their order; without those of the lines."""
        drawn = {fact.event for fact in facts}
        seen: dict[str, Event] = {
            event.id: event for name in articles for event in self.happenings.get(name, ())
        }
        good = [event for event in seen.values() if event.id not in drawn and self._is_news(event)]
        good.sort(
            key=lambda event: (
                -(self.interests[event.id] ** 2) * (1 + log2(len(set(event.documents) & set(articles))))
            )
        )
        return [event.id for event in good[:most]]

    @cached_property
    def interests(self) -> Mapping[str, float]:
        """Event -> the interest of its relation; low if the ontology has none."""
        found = dict.fromkeys((event.id for event in self.knowledge.events), 0.0)
        for fact in self.knowledge.statements:
            if fact.event in found and fact.predicate in self.ontology.relations:
                found[fact.event] = max(found[fact.event], interest(fact, self.ontology))
        for event in self.knowledge.events:
            found[event.id] = found[event.id] or (0.6 if event.type not in ("Event", "SpeechAct") else 0.3)
        return found

    def _is_news(self, event: Event) -> bool:
        named = [
            key
            for _, key in event.participants
            if key in self.rank and kind(self.things[key], self.ontology) == 0
        ]
        told = (
            event.factuality is Factuality.ASSERTED
            and self.interests[event.id] >= NEWS
            and len(event.label.split()) > 3
            and "…" not in event.label
        )
        return told and bool(named)

    def _headline(self, documents: Sequence[Document]) -> str:
        """The title most similar to the others; without titles, the start of the first article."""
        titles = [document.metadata.title for document in documents if document.metadata.title]
        if not titles:
            return display.opening(documents[0])
        bags = [set(re.findall(r"\w{4,}", title.lower())) for title in titles]
        common = Counter(word for bag in bags for word in bag)
        shared = [sum(common[word] - 1 for word in bag) / max(4, len(bag)) for bag in bags]
        return titles[max(range(len(titles)), key=lambda place: (shared[place], -place))]
