"""Makes the records of the page: columns for every view, and details in blocks.

The data for drawing (the two things of each fact, factuality, dates, articles) is in columns, one list per
field, which a browser parses several times faster than an object for each fact. The data for cards
(sentences, words, confidence) is in blocks of `BLOCK` rows each, which the page unpacks on demand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from kg.model import Document, Entity, Event, Evidence, Factuality, Knowledge, Role, Statement, Text, Time
from kg.ontology import INTEREST, Ontology
from kg.write.page import display
from kg.write.page.display import opening
from kg.write.page.looks import KINDS, Families, kind

BLOCK = 256  # number of rows of a block, which takes some 15 kB compressed
DOUBTFUL = "doubtful"  # asserted, but not a plain fact
MOODS = ("asserted", DOUBTFUL, *(each.value for each in Factuality if each is not Factuality.ASSERTED))

Json = dict[str, Any]
Columns = dict[str, list[Any]]


@dataclass(frozen=True)
class Records:
    """Makes the records of a graph.

    `order`: the ids of all things, the most important first. Records refer to a thing by its index in this
    list, its number.
    """

    knowledge: Knowledge
    ontology: Ontology
    order: Sequence[str]

    def core(self) -> Json:
        return {
            "factualities": list(MOODS),
            "kinds": KINDS,
            "families": self._looks,
            "types": self._types.values,
            "relations": self._relations.values,
            "interests": [self._known.get(label, INTEREST) for label in self._relations.values],
            "words": [self._words.get(label, "") for label in self._relations.values],
            "roles": [display.ROLES[role] for role in Role],
            "articles": [_article(document) for document in self._documents],
            "things": self._things(),
            "facts": self._facts(),
            "parts": self._parts(),
            "conflicts": self._conflicts(),
        }

    def blocks(self) -> dict[str, list[Any]]:
        """Name of a block ("facts-0") -> its rows."""
        rows = {
            "facts": [self._fact_details(fact) for fact in self._told],
            "happenings": [self._happening(thing) for thing in self._ordered if isinstance(thing, Event)],
            "sentences": [[place[0], text] for place, text in self._sentences.items()],
        }
        return {
            f"{name}-{start // BLOCK}": found[start : start + BLOCK]
            for name, found in rows.items()
            for start in range(0, len(found), BLOCK)
        }

    # -- Numbers of things, articles and sentences, by which all records refer to them -------------

    @cached_property
    def _number(self) -> dict[str, int]:
        return {key: number for number, key in enumerate(self.order)}

    @cached_property
    def _ordered(self) -> list[Entity | Event]:
        things = self.knowledge.nodes()
        return [things[key] for key in self.order]

    @cached_property
    def _documents(self) -> list[Document]:
        return sorted(self.knowledge.documents, key=lambda document: document.id)

    @cached_property
    def _article(self) -> dict[str, int]:
        return {document.id: number for number, document in enumerate(self._documents)}

    @cached_property
    def _sentences(self) -> dict[tuple[int, int, int], str]:
        """(number of the article, start, end) -> text of the sentence there; in the order of the articles."""
        told: list[Event | Statement] = [*self.knowledge.events, *self.knowledge.statements]
        texts = {self._place(piece): piece.sentence for each in told for piece in each.evidence}
        return {place: texts[place] for place in sorted(texts)}

    @cached_property
    def _sentence(self) -> dict[tuple[int, int, int], int]:
        return {place: number for number, place in enumerate(self._sentences)}

    @cached_property
    def _told(self) -> list[Statement]:
        """The statements in the order of their sentences, so that those of neighbouring sentences are mostly
        in the same block.
        """

        def place(statement: Statement) -> tuple[tuple[int, int, int], str]:
            return self._place(statement.evidence[0]), statement.id

        return sorted(self.knowledge.statements, key=place)

    @cached_property
    def _types(self) -> _Index:
        known = self.ontology.classes
        return _Index(known[t.type].label if t.type in known else t.type for t in self._ordered)

    @cached_property
    def _relations(self) -> _Index:
        return _Index(statement.label for statement in self._told)

    @cached_property
    def _known(self) -> dict[str, float]:
        """Label of a relation -> its interest."""
        return {each.label: each.interest for each in self.ontology.relations.values()}

    @cached_property
    def _words(self) -> dict[str, str]:
        """Label of a relation -> the words that express it, for the search."""
        from lemminflect import getAllInflections

        def forms(verb: str) -> set[str]:
            """All forms of a verb: win, wins, won, winning."""
            found = getAllInflections(verb, upos="VERB")
            return {verb, *(form for some in found.values() for form in some)}

        return {
            each.label: " ".join(sorted(set[str]().union(*(forms(verb.split()[0]) for verb in each.verbs))))
            for each in self.ontology.relations.values()
        }

    @cached_property
    def _families(self) -> list[str]:
        families = Families(self.ontology)
        return [families.of(thing.type) for thing in self._ordered]

    @cached_property
    def _looks(self) -> list[Json]:
        return Families(self.ontology).used(self._families)

    def _place(self, evidence: Evidence) -> tuple[int, int, int]:
        return self._article[evidence.document], evidence.start, evidence.end

    def _thing(self, key: str) -> int:
        """The number of the thing with this id; -1 for "" or an unknown id."""
        return self._number.get(key, -1)

    # -- Columns ----------------------------------------------------------------------------------

    def _things(self) -> Columns:
        family = {look["name"]: number for number, look in enumerate(self._looks)}
        columns: Columns = {
            "id": list(self.order),
            "label": [thing.label for thing in self._ordered],
            "aliases": [list(thing.aliases) for thing in self._ordered],
            "type": self._types.numbers,
            "family": [family[name] for name in self._families],
            "kind": [kind(thing, self.ontology) for thing in self._ordered],
            "articles": [[self._article[name] for name in thing.documents] for thing in self._ordered],
        }
        return columns

    def _facts(self) -> Columns:
        told = self._told
        objects = [fact.object if isinstance(fact.object, str) else "" for fact in told]
        return {
            "id": [fact.id for fact in told],
            "subject": [self._number[fact.subject] for fact in told],
            "object": [self._thing(key) for key in objects],
            "relation": self._relations.numbers,
            "factuality": [MOODS.index(_mood(fact)) for fact in told],
            "speaker": [self._thing(fact.speaker) for fact in told],
            "place": [self._thing(fact.place) for fact in told],
            "event": [self._thing(fact.event) for fact in told],
            **_days([fact.time for fact in told]),
            "articles": [sorted({self._article[e.document] for e in fact.evidence}) for fact in told],
            "witnesses": [fact.independent for fact in told],
        }

    def _parts(self) -> Columns:
        """The columns of events, in the order of things: days, factuality, participants and places."""
        roles = list(Role)
        events = [thing for thing in self._ordered if isinstance(thing, Event)]
        parts = [
            sorted({(roles.index(role), self._number[other]) for role, other in event.participants})
            + ([(roles.index(Role.PLACE), self._number[event.place])] if event.place else [])
            for event in events
        ]
        return {
            "event": [self._number[event.id] for event in events],
            "factuality": [MOODS.index(event.factuality.value) for event in events],
            "place": [self._thing(event.place) for event in events],
            **_days([event.time for event in events]),
            "role": [[role for role, _ in taken] for taken in parts],
            "thing": [[other for _, other in taken] for taken in parts],
        }

    def _conflicts(self) -> list[Json]:
        """Conflicts: {thing, property, values: [{label, independent, articles}]}."""
        return [
            {
                "thing": self._number[conflict.subject],
                "property": conflict.label,
                "values": [
                    {
                        "label": display.date(value.label),
                        "independent": value.independent,
                        "articles": [self._article[name] for name in value.documents],
                    }
                    for value in conflict.values
                ],
            }
            for conflict in self.knowledge.conflicts
            if conflict.subject in self._number
        ]

    # -- Details ----------------------------------------------------------------------------------

    def _fact_details(self, fact: Statement) -> list[Any]:
        """The details of a fact: the object if it is text (otherwise None), the time in words, confidence,
        quotations (`_quotes`), doubts.
        """
        text = fact.object.value if isinstance(fact.object, Text) else None
        quotes, doubts = self._quotes(fact.evidence), [doubt.value for doubt in fact.doubts]
        return [text, display.when(fact.time), round(fact.confidence, 2), quotes, doubts]

    def _happening(self, event: Event) -> list[Any]:
        """The details of an event: the time in words, and quotations (`_quotes`)."""
        return [display.when(event.time), self._quotes(event.evidence)]

    def _quotes(self, evidence: Iterable[Evidence]) -> list[list[Any]]:
        """The number of each sentence, and the words for the relation in it. A sentence from which
        two rules read the same is listed once.
        """
        surfaces: dict[int, str] = {}
        for piece in evidence:
            surfaces.setdefault(self._sentence[self._place(piece)], display.surface(piece))
        return [[number, surface] for number, surface in surfaces.items()]


def _mood(fact: Statement) -> str:
    """The factuality of a statement; `DOUBTFUL` if the statement is asserted, but not a plain fact."""
    asserted = fact.factuality is Factuality.ASSERTED
    return DOUBTFUL if asserted and not fact.plain else fact.factuality.value


class _Index:
    """The distinct values of `uses` in the order of their first use (`values`), and for each use the index of
    its value (`numbers`).
    """

    def __init__(self, uses: Iterable[str]) -> None:
        known: dict[str, int] = {}
        self.numbers = [known.setdefault(value, len(known)) for value in uses]
        self.values = list(known)


def _days(times: Sequence[Time | None]) -> Columns:
    """The first and last days of times as columns: ISO 8601, "" if unknown."""
    return {
        "start": [time.start if time else "" for time in times],
        "end": [time.end if time else "" for time in times],
    }


def _article(document: Document) -> Mapping[str, str]:
    metadata = document.metadata
    return {
        "id": document.id,
        "title": metadata.title or opening(document),
        "publisher": metadata.publisher,
        "date": display.date(metadata.date),
        "day": metadata.date,
        "url": display.web_address(metadata.url),
    }
