"""Makes a synthetic Knowledge, like the result of reading any number of articles; the same in every run.

It has people, towns, companies and statements about them, distributed as in real news: a few things are in
many articles, most in one; half of the statements are about events; some are only reported, planned or
denied.
"""

from __future__ import annotations

import datetime
import random
from collections import defaultdict
from itertools import accumulate

from kg.model import (
    Document,
    Doubt,
    Entity,
    Event,
    Evidence,
    Factuality,
    Knowledge,
    Metadata,
    Role,
    Statement,
    Text,
    Time,
)
from kg.ontology import Ontology

_FIRST = ("Ana", "Tom", "Mira", "Jon", "Edda", "Luc", "Noor", "Paul", "Sefa", "Ines", "Odil", "Bram")
_SYLLABLES = ("ru", "iz", "re", "ed", "so", "le", "bran", "dt", "oko", "ro", "lin", "var", "ga", "mos", "tam")
_KINDS = {"Person": 8, "Company": 2, "Organization": 2, "City": 2, "Country": 1, "Topic": 2, "Thing": 7}
_EVENTS = ("Event", "Event", "SpeechAct", "Meeting", "Visit", "Performance", "Creation", "Attack")
# The most common relations in seeds/, with their frequencies; all other relations are rarer.
_RELATIONS = {
    "said": 11,
    "discussed": 14,
    "holdsPosition": 7,
    "wrote": 6,
    "met": 5,
    "hosted": 4,
    "visited": 4,
}
_OTHERS = 0.6
_FACTUALITY = {
    Factuality.ASSERTED: 77,
    Factuality.REPORTED: 11,
    Factuality.PLANNED: 5,
    Factuality.POSSIBLE: 5,
    Factuality.NEGATED: 2,
}
_STATEMENTS = 10  # number of statements of an article


def knowledge(articles: int, ontology: Ontology, seed: int = 7) -> Knowledge:
    """A graph of `articles` articles; each gives about 420 triples."""
    return _World(articles, ontology, random.Random(seed)).knowledge()


class _World:
    def __init__(self, articles: int, ontology: Ontology, dice: random.Random) -> None:
        self.dice, self.ontology = dice, ontology
        self.articles = [f"news/{number:05}.txt" for number in range(articles)]
        self.kinds: dict[str, str] = {}
        self.labels: dict[str, str] = {}
        for number in range(articles * 5):
            kind = dice.choices(list(_KINDS), list(_KINDS.values()))[0]
            key = f"{kind}-{number:06}"
            self.kinds[key], self.labels[key] = kind, self._label(kind)
        self.things = list(self.kinds)
        self.weights = list(accumulate(1 / (rank + 20) for rank in range(len(self.things))))
        self.agents = [key for key in self.things if self.kinds[key] in ("Person", "Organization")]
        self.agent_weights = list(accumulate(1 / (rank + 20) for rank in range(len(self.agents))))
        self.cities = [key for key in self.things if self.kinds[key] == "City"]
        self.seen: dict[str, set[str]] = defaultdict(set)  # thing -> the articles that mention it
        self.relations = {name: _RELATIONS.get(name, _OTHERS) for name in sorted(ontology.relations)}

    def knowledge(self) -> Knowledge:
        events, statements = [], []
        for number, article in enumerate(self.articles):
            day = datetime.date(2026, 1, 1) + datetime.timedelta(number % 360)
            for index in range(_STATEMENTS):
                statement, event = self._told(number, article, index, day)
                statements.append(statement)
                events += [event] if event else []
        entities = [
            Entity(
                key, self.labels[key], self.kinds[key], self._aliases(key), tuple(sorted(self.seen[key])),
                named=self.kinds[key] != "Thing",
            )
            for key in sorted(self.seen)
        ]  # fmt: skip
        documents = [
            Document(name, "", (), (), Metadata(f"Headline {name}", "The Example", "", (), "2026-01-13"))
            for name in self.articles
        ]
        return Knowledge(tuple(documents), tuple(entities), tuple(events), tuple(statements))

    def _told(
        self, number: int, article: str, index: int, day: datetime.date
    ) -> tuple[Statement, Event | None]:
        dice = self.dice
        subject, other = (self._pick(self.agents, self.agent_weights), self._pick(self.things, self.weights))
        predicate = dice.choices(list(self.relations), list(self.relations.values()))[0]
        factuality = dice.choices(list(_FACTUALITY), list(_FACTUALITY.values()))[0]
        text = f"{self.labels[subject]} {predicate} {self.labels[other]}, as it was told in so many words."
        start = 200 * index
        evidence = [Evidence(article, start, start + len(text), text, "active", 0.9, predicate)]
        if dice.random() < 0.15:  # another article supports it
            second, begin = dice.choice(self.articles), 10_000 + 200 * (number * _STATEMENTS + index)
            evidence.append(Evidence(second, begin, begin + len(text), text, "active", 0.8, predicate))
        told = tuple(sorted(evidence, key=lambda each: (each.document, each.start)))
        documents = tuple(sorted({each.document for each in told}))
        place = dice.choice(self.cities) if dice.random() < 0.3 else ""
        for thing in filter(None, (subject, other, place)):
            self.seen[thing].update(documents)
        when = day.isoformat()
        time = Time(when, when, "on the day") if dice.random() < 0.4 else None
        event = None
        if dice.random() < 0.6:
            event = Event(
                f"event-{number:05}-{index}", f"{self.labels[subject]} {predicate} {self.labels[other]}",
                dice.choice(_EVENTS), ((Role.AGENT, subject), (Role.PATIENT, other)), time, place, factuality,
                documents=documents, evidence=told,
            )  # fmt: skip
        words = Text(f"“{text}”") if predicate == "said" else other
        speaker = self._pick(self.agents, self.agent_weights) if factuality is Factuality.REPORTED else ""
        self.seen[speaker].update(documents) if speaker else None
        statement = Statement(
            f"st-{number:05}-{index}", subject, predicate, words, factuality, 0.9, told,
            self.ontology.relations[predicate].label, True, speaker, time, place, event.id if event else "",
            doubts=() if factuality is Factuality.ASSERTED else (Doubt.NOT_ASSERTED,),
        )  # fmt: skip
        return statement, event

    def _pick(self, things: list[str], weights: list[float]) -> str:
        return self.dice.choices(things, cum_weights=weights)[0]

    def _label(self, kind: str) -> str:
        name = "".join(self.dice.choices(_SYLLABLES, k=3)).capitalize()
        return {
            "Person": f"{self.dice.choice(_FIRST)} {name}",
            "Company": f"{name} Rail & Co",
            "Organization": f"Society of {name}",
            "Thing": f"a {name.lower()} affair",
        }.get(kind, name)

    def _aliases(self, key: str) -> tuple[str, ...]:
        return (self.labels[key].split()[-1],) if self.kinds[key] == "Person" else ()
