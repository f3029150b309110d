"""The tools that `kg mcp` offers to agents.

Every answer includes the sentences that support it, with their locations. A name matches in whole or in part,
in upper or lower case; an id ("Ana_Ruiz", "d:Ana_Ruiz") refers to exactly one thing. If a name is ambiguous,
the answer lists its referents. Lists are cut at `limit`; `left` is the number of entries that were cut off.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from unicodedata import normalize

from kg import pipeline
from kg.agents.asking import answered
from kg.agents.ways import ways
from kg.model import Entity, Event, Evidence, Metadata, Statement, Text
from kg.pipeline import Build
from kg.rdf.terms import interval
from kg.store.explain import Explainer
from kg.store.limited import MB, limited
from kg.write.network import ends

# The dataclasses have no slots, because mcp would take the slots for default values.

MOST = 100  # maximum number of entries in an answer
SENTENCES = 5  # maximum number of sentences for a statement; `explain` gives up to `MOST`
_SPEECH = "expressed"  # the super-property of all speech relations
_MEMORY = 4096 * MB  # memory limit of a SPARQL query, in addition to the open store


@dataclass(frozen=True)
class SourceSentence:
    """A sentence with its location: characters `start` to `end` of the article's file."""

    sentence: str
    article: str
    start: int
    end: int
    published: str
    publisher: str


@dataclass(frozen=True)
class Thing:
    """A thing or an event."""

    id: str
    label: str
    type: str


@dataclass(frozen=True)
class ThingFound(Thing):
    """A thing or event with its aliases, its articles, and the number of statements about it."""

    aliases: list[str]
    articles: list[str]
    statements: int


@dataclass(frozen=True)
class Fact:
    """A statement. Its `factuality` is asserted, reported, planned, possible or negated; it is a fact only if
    `plain`.
    """

    id: str
    text: str
    subject: Thing
    relation: str
    object: Thing | str
    factuality: str
    plain: bool
    doubts: list[str]
    confidence: float
    speaker: str
    when: str
    days: str
    place: str
    independent_articles: int
    sentences: list[SourceSentence]


@dataclass(frozen=True)
class Participant(Thing):
    """A participant of an event, with its role: agent, patient, recipient ..."""

    role: str


@dataclass(frozen=True)
class EventFound:
    """An event with its participants."""

    id: str
    label: str
    type: str
    days: str
    when: str
    place: str
    factuality: str
    participants: list[Participant]
    sentences: list[SourceSentence]


@dataclass(frozen=True)
class Things:
    """The things that a name matches. `left`: number of things cut off; `near`: similar names if none
    matches.
    """

    found: list[ThingFound]
    left: int
    near: list[str]


@dataclass(frozen=True)
class Facts:
    """Statements. `about`: the referents of the names; `left`: number of statements cut off; `near`: similar
    names if nothing matches.
    """

    about: list[Thing]
    facts: list[Fact]
    left: int
    near: list[str]


@dataclass(frozen=True)
class Step:
    """One step of a path, with statements that relate its two ends."""

    one: Thing
    other: Thing
    facts: list[Fact]


@dataclass(frozen=True)
class Ways:
    """The shortest paths (`ways`); empty if nothing connects the two things."""

    about: list[Thing]
    ways: list[list[Step]]
    near: list[str]


@dataclass(frozen=True)
class Timeline:
    """Events in chronological order."""

    about: list[Thing]
    events: list[EventFound]
    left: int
    near: list[str]


@dataclass(frozen=True)
class Overview:
    """The content of the graph."""

    articles: list[dict[str, str]]
    things: int
    events: int
    statements: int
    plain_facts: int
    conflicts: int
    most_spoken_of: list[Thing]


@dataclass(frozen=True)
class Answer:
    """An answer to SPARQL. `sentences`: IRI of each statement in a row -> its sentences."""

    columns: list[str]
    rows: list[list[str]]
    left: int
    sentences: dict[str, list[SourceSentence]]


@dataclass(frozen=True)
class Tools:
    """The tools for one graph. They only read it."""

    built: Build
    folder: Path  # the folder of the graph, with its store
    seconds: float = 20  # time limit of a SPARQL query

    # -- tools --------------------------------------------------------------------------------------------

    def overview(self) -> Overview:
        """The content of the graph: its articles, its counts, and the things with the most statements."""
        known = self.built.knowledge
        articles = [
            {"id": id_, "title": of.title, "publisher": of.publisher, "published": of.date}
            for id_, of in list(self._published.items())[:MOST]
        ]
        return Overview(
            articles=articles,
            things=len(known.entities),
            events=len(known.events),
            statements=len(known.statements),
            plain_facts=sum(each.plain for each in known.statements),
            conflicts=len(known.conflicts),
            most_spoken_of=[self._thing(key) for key in self._ranked(self._nodes)[:20]],
        )

    def find(self, name: str, limit: int = 20) -> Things:
        """Things and events that a name may refer to, those with the most statements first."""
        ids = self._ranked(self._meant(name))
        shown = ids[: _bounded(limit)]
        found = [
            ThingFound(
                *self._called(key),
                aliases=list(self._nodes[key].aliases),
                articles=list(self._nodes[key].documents),
                statements=self._about.get(key, 0),
            )
            for key in shown
        ]
        return Things(found=found, left=len(ids) - len(shown), near=self._near(name))

    def facts(self, name: str, limit: int = 20) -> Facts:
        """Plain facts about the referents of a name: statements that are asserted, complete and certain."""
        meant = self._meant(name)
        told = [each for each in self.built.knowledge.statements if each.plain and _ends(each) & meant]
        return self._facts(sorted(told, key=lambda each: (-each.confidence, each.id)), (name,), limit)

    def explain(self, subject: str, relation: str = "", object: str = "", limit: int = 20) -> Facts:  # noqa: A002
        """All statements about a thing, or between two things, given by name: plain facts or not, with all
        their sentences.

        Each has the reasons why it may not hold (denied, planned, reported, incomplete, uncertain).
        `relation`: words of the relation's label, such as "met".
        """
        told = self._explainer.explain(subject, relation, object)
        return self._facts(told, (subject, object), limit, sentences=MOST)

    def who_said_what(self, speaker: str = "", about: str = "", limit: int = 20) -> Facts:
        """Attributed statements: those of a speaker, those about a name or word, or those that are both."""
        speakers, topics = self._meant(speaker), self._meant(about)
        wanted = normalize("NFC", about).casefold()

        def fits(each: Statement) -> bool:
            said = {each.speaker} - {""} or ({each.subject} if self._is_speech(each) else set())
            if not said or (speaker and not said & speakers):
                return False
            words = " ".join(e.sentence for e in each.evidence).casefold()
            return not about or bool((_ends(each) | {*each.about}) & topics) or wanted in words

        told = [each for each in self.built.knowledge.statements if fits(each)]
        return self._facts(sorted(told, key=lambda each: (-each.confidence, each.id)), (speaker,), limit)

    def path(self, one: str, other: str, longest: int = 4, limit: int = 3) -> Ways:
        """How two things are connected: the shortest paths of plain facts between them."""
        plain = [each for each in self.built.knowledge.statements if each.plain]
        ends = self._meant(one), self._meant(other)
        found = ways(plain, *ends, min(max(longest, 1), 8), _bounded(limit))
        return Ways(
            about=[self._thing(key) for some in ends for key in sorted(some)],
            ways=[
                [
                    Step(one=self._thing(a), other=self._thing(b), facts=[self._fact(s) for s in told[:3]])
                    for a, b, told in way
                ]
                for way in found
            ],
            near=[*self._near(one), *self._near(other)],
        )

    def timeline(self, name: str = "", since: str = "", until: str = "", limit: int = 50) -> Timeline:
        """Events in chronological order: all, or those with the named participant or place.

        `since`, `until`: a day, month or year, such as "2026-01-31" or "2026".
        """
        meant = self._meant(name)

        def fits(event: Event) -> bool:
            if name and not meant & {event.id, event.place, *(other for _, other in event.participants)}:
                return False
            start, end = (event.time.start, event.time.end) if event.time else ("", "")
            after = not since or (bool(end or start) and (end or start) >= since[: len(end or start)])
            before = not until or (bool(start or end) and (start or end)[: len(until)] <= until)
            return after and before

        told = sorted(
            filter(fits, self.built.knowledge.events), key=lambda e: (interval(e.time) or "~", e.id)
        )
        shown = told[: _bounded(limit)]
        return Timeline(
            about=[self._thing(key) for key in sorted(meant)],
            events=[self._happening(each) for each in shown],
            left=len(told) - len(shown),
            near=self._near(name),
        )

    def sparql(self, query: str, limit: int = 50) -> Answer:
        """Answer a SPARQL query (SELECT, ASK, CONSTRUCT, DESCRIBE) on the graph.

        The prefixes kg: (ontology), d: (data), rdf:, rdfs:, prov:, nif:, schema: are predefined. A plain fact
        is a triple: d:Ana_Ruiz kg:met ?whom. Every statement, plain fact or not, is a node: ?s rdf:subject ?a
        ; rdf:predicate ?p ; rdf:object ?b ; kg:factuality ?f ; kg:plain ?yes. Select ?s to get its sentences.
        """
        work = partial(answered, self.folder, pipeline.STORE, query, _MEMORY)
        columns, rows = limited(work, self.seconds, memory=_MEMORY)
        shown = rows[: _bounded(limit)]
        named = {f"d:{each.id}": each for each in self.built.knowledge.statements}
        told = {cell: self._sentences(named[cell].evidence) for row in shown for cell in row if cell in named}
        return Answer(
            columns=list(columns),
            rows=[list(row) for row in shown],
            left=len(rows) - len(shown),
            sentences=told,
        )

    # -----------------------------------------------------------------------------------------------------

    @cached_property
    def _explainer(self) -> Explainer:
        return Explainer(self.built.knowledge, self.built.ontology)

    @cached_property
    def _nodes(self) -> dict[str, Entity | Event]:
        return self.built.knowledge.nodes()

    @cached_property
    def _about(self) -> dict[str, int]:
        """Id of a thing -> the number of statements with it as subject or object."""
        return Counter(end for each in self.built.knowledge.statements for end in _ends(each))

    @cached_property
    def _published(self) -> dict[str, Metadata]:
        return {each.id: each.metadata for each in self.built.knowledge.documents}

    def _meant(self, name: str) -> frozenset[str]:
        return self._explainer.matches(name)

    def _near(self, name: str) -> list[str]:
        return list(self._explainer.similar(name)) if name and not self._meant(name) else []

    def _ranked(self, ids: Iterable[str]) -> list[str]:
        """The ids, those of the things with the most statements first."""
        return sorted(ids, key=lambda key: (-self._about.get(key, 0), key))

    def _is_speech(self, statement: Statement) -> bool:
        known = self.built.ontology.relations.get(statement.predicate)
        return known is not None and _SPEECH in (known.name, *known.parents)

    def _facts(
        self, told: Sequence[Statement], names: Iterable[str], limit: int, sentences: int = SENTENCES
    ) -> Facts:
        shown = told[: _bounded(limit)]
        given = [name for name in names if name]
        meant = dict.fromkeys(key for name in given for key in self._ranked(self._meant(name)))
        return Facts(
            about=[self._thing(key) for key in meant][:MOST],
            facts=[self._fact(each, sentences) for each in shown],
            left=len(told) - len(shown),
            near=[near for name in given for near in self._near(name)],
        )

    def _fact(self, statement: Statement, sentences: int = SENTENCES) -> Fact:
        said, time = statement.object, statement.time
        ends = self._explainer.label(statement.subject), self._explainer.label(said)
        return Fact(
            id=statement.id,
            text=f"{ends[0]} {statement.label} {ends[1]}",
            subject=self._thing(statement.subject),
            relation=statement.label,
            object=said.value if isinstance(said, Text) else self._thing(said),
            factuality=statement.factuality.value,
            plain=statement.plain,
            doubts=[each.value for each in statement.doubts],
            confidence=statement.confidence,
            speaker=self._label(statement.speaker),
            when=time.text if time else "",
            days=interval(time),
            place=self._label(statement.place),
            independent_articles=statement.independent,
            sentences=self._sentences(statement.evidence[:sentences]),
        )

    def _happening(self, event: Event) -> EventFound:
        return EventFound(
            id=event.id,
            label=event.label,
            type=event.type,
            days=interval(event.time),
            when=event.time.text if event.time else "",
            place=self._label(event.place),
            factuality=event.factuality.value,
            participants=[
                Participant(*self._called(key), role=role.value) for role, key in event.participants
            ],
            sentences=self._sentences(event.evidence[:SENTENCES]),
        )

    def _sentences(self, evidence: Iterable[Evidence]) -> list[SourceSentence]:
        return [
            SourceSentence(
                sentence=each.sentence,
                article=each.document,
                start=each.start,
                end=each.end,
                published=self._published[each.document].date,
                publisher=self._published[each.document].publisher,
            )
            for each in evidence
        ]

    def _thing(self, key: str) -> Thing:
        return Thing(*self._called(key))

    def _called(self, key: str) -> tuple[str, str, str]:
        node = self._nodes[key]
        return key, node.label, node.type

    def _label(self, key: str) -> str:
        return self._nodes[key].label if key else ""


def _ends(statement: Statement) -> set[str]:
    return set(ends(statement))


def _bounded(limit: int) -> int:
    return min(max(limit, 1), MOST)
