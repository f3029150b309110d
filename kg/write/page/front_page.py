"""The stories of the front page, the largest first, with headline, main things and lines.

Articles belong to one story if they share many features that few others have (tf-idf of named things and
events, cosine; communities by Louvain). A line is the most important fact of a pair: by its relation
(`kg:interest` of the ontology), by whether it is a plain fact, by its witnesses, and by how early an article
contains it: news articles begin with their news and end with its background. What was long before the news is
background, too. What somebody is stands below their name; the rest about an event follows in words: those of
its surest statement.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import log2

from kg.model import Document, Doubt, Entity, Event, Evidence, Factuality, Knowledge, Statement, Text
from kg.ontology import Ontology
from kg.write.network import ends, interest
from kg.write.page import display
from kg.write.page.looks import kind
from kg.write.page.same_story import groups

NEWS = 0.5  # minimum interest of an event; below are descriptions
SURE = 0.5  # minimum confidence of a line that is not a plain fact
LIKELY = 0.35  # minimum confidence of an event in words that has two names
SEVERAL = 3  # articles; a story with fewer is one of few articles
LEAD = 200  # characters at the beginning of an article, which contain its news
DEEP = 600  # offset in characters; a fact there counts half as much as at the beginning of the article
FAR = 800  # characters; in a story of few articles, facts after them are background
MINOR = 0.5  # of the weight of the most important; below is background in a story of few articles
LAST = 1 << 30  # an offset after all others
PAST = 366  # days before the news; what is older is background, unless most of the story is
LONG = 100  # characters of an event in words, at most
SAME = 0.7  # of its words that are in the headline: says nothing new
POINTING = frozenset({"the", "this", "that", "these", "those", "such", "his", "her", "its", "their"})
CERTAIN = 0.75  # minimum confidence of what is news only because of its place in the article, after the lead
# Understood beside other sentences, or as somebody's own words.
NEAR = re.compile(r"\b(?:this|these|those|here|now|respectively|I|[Ww]e|us|[Oo]ur|[Mm]y|[Yy]ou|[Yy]our)\b")
# "Before Russia invaded Ukraine, ...": when something was, not what the sentence tells.
SETTING = re.compile(r"(?:Before|Since)\s[^,]*,")
ROLES = (  # descriptions, the most informative first
    *("holdsPosition", "leads", "governs", "coaches", "captains", "ambassadorTo", "represents"),
    *("spokespersonFor", "worksFor", "playsFor", "memberOf"),
)


@dataclass(frozen=True)
class Story:
    """Ids; the most important first."""

    headline: str
    articles: tuple[str, ...]
    things: tuple[str, ...]
    facts: tuple[str, ...]  # of statements, one for each pair
    events: tuple[str, ...]  # besides the facts
    words: tuple[str, ...]  # what is told of each event
    roles: Mapping[str, str]  # thing -> its description: "President of Peru"


def stories(knowledge: Knowledge, ontology: Ontology, order: Sequence[str]) -> list[Story]:
    """All stories, the largest first; `order` has all things, the most important first."""
    maker = _Maker(knowledge, ontology, {key: place for place, key in enumerate(order)})
    made = [maker.story(articles) for articles in groups(knowledge)]
    return sorted(made, key=lambda each: (-len(each.articles), -maker.news(each), each.articles))


@dataclass(frozen=True)
class _Maker:
    knowledge: Knowledge
    ontology: Ontology
    rank: Mapping[str, int]

    def story(self, articles: Sequence[str]) -> Story:
        told = {each.id: each for name in articles for each in self.told[name]}
        room = 2 if len(articles) < 2 else 6 if len(articles) < 4 else 9
        past = self._background(articles, [*told.values(), *self._events(articles)])
        headline = self._headline([self.documents[name] for name in articles])
        facts = self._lines([fact for fact in told.values() if fact.id not in past], room, articles)
        events = self._happened(articles, facts, past, 2 + room // 4, headline)
        if len(articles) < SEVERAL:
            shown: list[Statement | Event] = [*facts, *events]
            weights = {each.id: self._weight(each, articles) for each in shown}
            least = MINOR * max(weights.values(), default=0.0)
            facts = [fact for fact in facts if weights[fact.id] >= least]
            events = [event for event in events if weights[event.id] >= least]
        joined = [end for fact in facts for end in ends(fact)]
        spoken = Counter(key for name in articles for key in self.named_in[name])
        firsts = _firsts(told.values(), articles)
        mattering = sorted(spoken, key=lambda key: (-spoken[key], firsts.get(key, LAST), self.rank[key]))
        others = [key for key in mattering if key not in joined and self._is_face(key)]
        others = [key for key in others if not self._reports(key, articles)]
        others.sort(key=lambda key: not self._is(key, "Person"))
        things = [*sorted(dict.fromkeys(joined), key=self.rank.__getitem__), *others[: 2 + room // 4]]
        return Story(
            headline=headline,
            articles=tuple(articles),
            things=tuple(things),
            facts=tuple(fact.id for fact in facts),
            events=tuple(event.id for event in events),
            words=tuple(self.told_of[event.id][1] for event in events),
            roles={key: role for key in things if (role := self._role(key))},
        )

    def news(self, story: Story) -> float:
        """The total importance of the story."""
        return sum(self._weight(self.by_id[key], story.articles) for key in story.facts)

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
        """Whether a thing can represent a story: a person or place, not an office."""
        if self._is(key, "Person"):
            return " " in self.things[key].label or bool(self._role(key))  # "President" is nobody
        return any(self._is(key, name) for name in ("Organization", "Country", "City"))

    def _weight(self, told: Statement | Event, articles: Sequence[str]) -> float:
        if isinstance(told, Event):
            reported = len(set(told.documents) & set(articles))
            sure = 0.5 + self.told_of[told.id][0].confidence
            return (
                self._matters(told, articles) * _early(told, articles) * sure * (1 + log2(max(1, reported)))
            )
        sure = (1.0 if told.plain else 0.4) * (0.5 + told.confidence)
        reported = told.independent
        return interest(told, self.ontology) * _early(told, articles) * sure * (1 + log2(max(1, reported)))

    def _lines(self, told: Sequence[Statement], room: int, articles: Sequence[str]) -> list[Statement]:
        """The best fact of each pair, as many as fit; descriptions only if there are few events."""
        near = LAST if len(articles) >= SEVERAL else FAR
        good = [fact for fact in told if self._can_be_line(fact) and _begins(fact, articles) < near]
        good.sort(key=lambda fact: (-self._weight(fact, articles), fact.id))
        best: dict[frozenset[str], Statement] = {}
        for fact in good:
            best.setdefault(frozenset(ends(fact)), fact)
        news = [fact for fact in best.values() if self._happens(fact)]
        states = [fact for fact in best.values() if not self._happens(fact) and self._joins(fact, articles)]
        drawn = {end for fact in news[:room] for end in ends(fact)}
        states = [fact for fact in states if not drawn or drawn & set(ends(fact))]
        return [*news[:room], *states[: max(0, room // 2 - len(news))]]

    def _happens(self, fact: Statement) -> bool:
        """Whether a fact tells what happened; "Ana Ruiz, founder of Alpine" only describes."""
        return bool(fact.event) and interest(fact, self.ontology) >= NEWS

    def _joins(self, fact: Statement, articles: Sequence[str]) -> bool:
        """Whether a fact near the beginning describes two people by each other: husband and wife."""
        people = all(self._is(end, "Person") for end in ends(fact))
        return people and fact.plain and fact.predicate not in ROLES and _begins(fact, articles) < DEEP

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
        if _only_dates(fact):
            return False
        drawn = [self.things[end] for end in ends(fact)]
        return all(kind(thing, self.ontology) == 0 and not self._is(thing.id, "Position") for thing in drawn)

    def _role(self, key: str) -> str:
        fact = self.roles.get(key)
        if fact is None or not isinstance(fact.object, str):
            return ""
        label = self.things[fact.object].label
        return label if fact.predicate == "holdsPosition" else f"{fact.label} {label}"

    def _reports(self, key: str, articles: Sequence[str]) -> bool:
        """Whether a thing reports the story and is no part of it: the publication, its staff, the author."""
        papers = [self.documents[name].metadata for name in articles]
        if self.things[key].label in {author for paper in papers for author in paper.authors}:
            return True
        *_, employer = re.split(r" (?:of|at|for) ", self._role(key) or self.things[key].label)
        house = set(re.findall(r"\w+", employer)) - {"The", "the"}
        return any(house and house <= set(re.findall(r"\w+", paper.publisher)) for paper in papers)

    def _background(self, articles: Sequence[str], told: Sequence[Statement | Event]) -> set[str]:
        """The ids of what was long before the news; none if that is what the story is about."""
        days = {each.id: day for each in told if (day := _day(each))}
        dates = [day for name in articles if (day := _as_day(self.documents[name].metadata.date))]
        now = max(dates or days.values(), default=0)
        past = {key for key, day in days.items() if now - day > PAST}
        first = {each.id for each in told if each.id in days and _begins(each, articles) < LEAD}
        return past if 2 * len(past) < len(days) or first - past else set()

    def _events(self, articles: Sequence[str]) -> list[Event]:
        seen = {event.id: event for name in articles for event in self.happenings.get(name, ())}
        return list(seen.values())

    def _happened(
        self, articles: Sequence[str], facts: Sequence[Statement], past: set[str], most: int, headline: str
    ) -> list[Event]:
        """The most important events besides those of the lines, one for the same people and places."""
        left_out = {fact.event for fact in facts} | past
        pairs = {frozenset(ends(fact)) for fact in facts}
        near = LAST if len(articles) >= SEVERAL else FAR
        good = [
            event
            for event in self._events(articles)
            if event.id not in left_out
            and event.id in self.told_of
            and self._named_of(event) not in pairs
            and _begins(event, articles) < near
            and self._is_news(event, articles)
            and self._is_of(articles, event)
            and not _repeats(self.told_of[event.id][1], headline)
        ]
        good.sort(key=lambda event: -self._weight(event, articles))
        distinct: dict[frozenset[str], Event] = {}
        for event in good:
            distinct.setdefault(self._named_of(event), event)
        acts: dict[tuple[str, str], Event] = {}
        for event in distinct.values():
            fact, _ = self.told_of[event.id]
            acts.setdefault((fact.subject, fact.label), event)
        return list(acts.values())[:most]

    @cached_property
    def told_of(self) -> Mapping[str, tuple[Statement, str]]:
        """Event -> its surest statement with nothing lost, and its words: "Ana Ruiz hosted Tom Reed"."""
        found: dict[str, Statement] = {}
        for fact in self.knowledge.statements:
            whole = fact.factuality is Factuality.ASSERTED and not set(fact.doubts) - {Doubt.UNSURE}
            if whole and self._is_named(fact.subject):
                known = found.get(fact.event)
                if known is None or (fact.confidence, fact.id) > (known.confidence, known.id):
                    found[fact.event] = fact
        return {key: (fact, self._in_words(fact)) for key, fact in found.items() if key}

    def _in_words(self, fact: Statement) -> str:
        target = fact.object.value if isinstance(fact.object, Text) else self.things[fact.object].label
        return f"{self.things[fact.subject].label} {fact.label} {target}"

    def _named_of(self, event: Event) -> frozenset[str]:
        return frozenset(key for _, key in event.participants if self._is_named(key))

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

    def _matters(self, event: Event, articles: Sequence[str]) -> float:
        """The interest of an event; at least that of news near the beginning of an article, 1 in its first
        sentence.
        """
        firsts = {
            (name, self.documents[name].blocks[0].start) for name in articles if self.documents[name].blocks
        }
        if any((piece.document, piece.start) in firsts for piece in event.evidence):
            return 1.0
        fact, _ = self.told_of[event.id]
        lead = DEEP if fact.plain and fact.confidence >= CERTAIN else LEAD
        begun = event.type != "SpeechAct" and _begins(event, articles) < lead
        return max(self.interests[event.id], NEWS if begun else 0.0)

    def _is_news(self, event: Event, articles: Sequence[str]) -> bool:
        """Whether an event matters, by its relation or as the news of an article, and is clear by itself."""
        fact, words = self.told_of[event.id]
        named = {*self._named_of(event), *fact.about, *(end for end in ends(fact) if self._is_named(end))}
        clause = isinstance(fact.object, Text)
        sure = fact.plain or (clause and len(named) > 1 and fact.confidence >= LIKELY)
        return (
            sure
            and not _only_dates(fact)
            and event.factuality is Factuality.ASSERTED
            and self._matters(event, articles) >= NEWS
            and (not self._is(fact.subject, "Person") or self._is_face(fact.subject))
            and not self._is_circular(fact, named)
            and (_is_whole(words) or self._is_named(fact.object))
            and not any(self._is_open(key) for _, key in event.participants)
        )

    def _is_circular(self, fact: Statement, named: Iterable[str]) -> bool:
        """Whether a statement names its subject again: "Lowick recorded Lowick's first case"."""
        _, words = self.told_of[fact.event]
        own = self.things[fact.subject].label
        rest = words.removeprefix(own)
        for key in named:
            rest = rest.replace(self.things[key].label, " ") if key != fact.subject else rest
        return any(word[0].isupper() and re.search(rf"\b{re.escape(word)}\b", rest) for word in own.split())

    def _is_of(self, articles: Sequence[str], event: Event) -> bool:
        """Whether an event belongs to the story of these articles, not to somebody's past."""
        several = len(event.documents) > 1 or len(self._named_of(event)) > 1
        return len(articles) < SEVERAL or several or bool(_day(event))

    def _is_open(self, key: str) -> bool:
        """Whether a label needs its article to be understood: "the announcement", "their talks"."""
        words = self.things[key].label.split()
        described = isinstance(self.things[key], Entity) and kind(self.things[key], self.ontology) != 0
        return described and len(words) <= 2 and words[0].lower() in POINTING

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

    def _headline(self, documents: Sequence[Document]) -> str:
        """The title most similar to the others; without titles, the start of the first article."""
        titles = [document.metadata.title for document in documents if document.metadata.title]
        if not titles:
            return display.opening(documents[0], self._verbs(documents[0]))
        bags = [set(re.findall(r"\w{4,}", title.lower())) for title in titles]
        common = Counter(word for bag in bags for word in bag)
        shared = [sum(common[word] - 1 for word in bag) / max(4, len(bag)) for bag in bags]
        return titles[max(range(len(titles)), key=lambda place: (shared[place], -place))]


def _is_whole(label: str) -> bool:
    """Whether the words are clear without context: not cut, without a bare number at the end; and not about a
    birth.
    """
    words = label.split()
    return (
        len(words) > 3
        and len(label) <= LONG
        and "…" not in label
        and label.count("(") == label.count(")")
        and not words[-1].isdecimal()
        and not ("between" in words and "and" not in words)
        and " was born " not in label
        and not (words[-2].lower() in POINTING and words[-1].islower())
        and not NEAR.search(label)
    )


def _only_dates(fact: Statement) -> bool:
    """Whether a statement is told only to say when something else was."""

    def dates(piece: Evidence) -> bool:
        clause = SETTING.match(piece.sentence)
        if not clause or not piece.surface:
            return False
        return piece.surface in clause[0] and piece.surface not in piece.sentence[clause.end() :]

    return bool(fact.evidence) and all(map(dates, fact.evidence))


def _repeats(label: str, headline: str) -> bool:
    """Whether the headline says so already.

    >>> title = "Bus driver rejects what the council of Lowick said about his licence"
    >>> _repeats("Bus driver rejected council", title), _repeats("Tom Reed lost his licence in Lowick", title)
    (True, False)
    """
    words, said = (re.findall(r"\w{4,}", text.lower()) for text in (label, headline))
    stems = {word[:5] for word in said}
    return bool(words) and sum(word[:5] in stems for word in words) >= SAME * len(words)


def _begins(told: Statement | Event, articles: Iterable[str]) -> int:
    """The offset of the first sentence of an event in these articles, in characters."""
    return min((piece.start for piece in told.evidence if piece.document in articles), default=LAST)


def _firsts(told: Iterable[Statement], articles: Iterable[str]) -> dict[str, int]:
    """Thing -> the offset of the first sentence of which it is an end."""
    found: dict[str, int] = {}
    for fact in told:
        for end in ends(fact):
            found[end] = min(found.get(end, LAST), _begins(fact, articles))
    return found


def _early(told: Statement | Event, articles: Iterable[str]) -> float:
    """The weight of an offset: 1 at the beginning of an article, less towards its end."""
    return 1 / (1 + (_begins(told, articles) / DEEP) ** 2)


def _day(told: Statement | Event) -> int:
    """The day on which a time ends (or, without an end, starts), as an ordinal; 0 if unknown."""
    return _as_day(told.time.end or told.time.start) if told.time else 0


def _as_day(iso: str) -> int:
    """
    >>> _as_day("2026-01-02") - _as_day("2026"), _as_day("")
    (1, 0)
    """
    known = re.match(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$", iso)
    if not known:
        return 0
    try:
        return date(int(known[1]), int(known[2] or 1), int(known[3] or 1)).toordinal()
    except ValueError:
        return 0
