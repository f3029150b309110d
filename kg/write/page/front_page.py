"""The stories of the front page, the largest first, with headline, main things and lines.

Which articles tell one story is decided in `same_story`. A line between two things shows their most important
fact. The importance of a fact depends on its relation (`kg:interest` of the ontology), on whether it is a
plain fact, on the number of independent articles, and on how early an article contains it: news articles
begin with their news and end with its background. What was long before the news is background, too. What
somebody is, such as an office, stands below the name. Other events follow in the words of their surest
statement.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import log2

from kg.model import Document, Doubt, Entity, Event, Factuality, Knowledge, Statement, Text
from kg.ontology import Ontology
from kg.write.network import ends, interest
from kg.write.page import display, telling
from kg.write.page.looks import kind
from kg.write.page.same_story import groups

NEWS = 0.5  # minimum interest of a relation that tells of an event; those with less describe
SURE = (
    0.5  # minimum confidence of a line that is no plain fact, but has several witnesses or begins an article
)
SEVERAL = 3  # a story with fewer articles is called "of few articles" below
LEAD = 200  # the first characters of an article, which contain its news
DEEP = 600  # a fact at this offset (in characters) counts half as much as one at the beginning of the article
FAR = 800  # in a story of few articles, facts after so many characters are background
MINOR = 0.5  # in a story of few articles, what weighs less than this share of the heaviest is background
LAST = 1 << 30  # an offset after all others
PAST = 366  # what was more than so many days before the news is background, unless most of the story was
PROBABLE = 0.6  # minimum confidence of a plain fact whose relation matters little, or is not in the ontology
CERTAIN = 0.75  # minimum confidence of what is news only because of its place in the article, after the lead
ROLES = (  # descriptions, the most informative first
    *("holdsPosition", "leads", "governs", "coaches", "captains", "ambassadorTo", "represents"),
    *("spokespersonFor", "worksFor", "playsFor", "memberOf"),
)
# A sentence that names who made the article.
CREDIT = re.compile(
    r"\bcontributed\b.{0,30}\breport(?:ing|s)?\b"
    r"|\b(?:reporting|writing|editing|photo(?:graph)?s?|pictures?|images?|video)\s(?:by|from|courtesy)\b",
    re.IGNORECASE,
)
KIN = frozenset({"marriedTo", "engagedTo", "childOf", "parentOf", "siblingOf", "rivalOf"})


@dataclass(frozen=True)
class Story:
    """A story of the front page. Its parts are given by their ids, the most important first."""

    headline: str
    articles: tuple[str, ...]
    things: tuple[str, ...]
    facts: tuple[str, ...]  # the statements that are lines, one for each pair of things
    events: tuple[str, ...]  # events that follow in words below the drawing
    words: tuple[str, ...]  # what happened, in words, for each of `events`
    roles: Mapping[str, str]  # thing -> its description: "President of Peru"


def stories(knowledge: Knowledge, ontology: Ontology, order: Sequence[str]) -> list[Story]:
    """All stories, the largest first; `order`: the ids of all things, the most important first."""
    maker = _Maker(knowledge, ontology, {key: place for place, key in enumerate(order)})
    made = [maker.story(articles) for articles in groups(knowledge)]
    return sorted(made, key=lambda each: (-len(each.articles), -maker.news(each), each.articles))


@dataclass(frozen=True)
class _Maker:
    knowledge: Knowledge
    ontology: Ontology
    rank: Mapping[str, int]

    def story(self, articles: Sequence[str]) -> Story:
        papers = [self.documents[name] for name in articles]
        told = {each.id: each for name in articles for each in self.told[name]}
        room = 2 if len(articles) < 2 else 6 if len(articles) < 4 else 9
        past = self._background(articles, [*told.values(), *self._events(articles)])
        headline = self._headline(papers)
        begun = " ".join((headline, *map(display.lead, papers)))
        facts = [fact for fact in told.values() if fact.id not in past]
        if len(articles) < SEVERAL:  # of those with whom the article begins: the rest is its background
            facts = [fact for fact in facts if any(self._surname(end) in begun for end in ends(fact))]
        facts = self._lines(facts, room, articles)
        said = " ".join((headline, *(display.lead(each) for each in papers if not each.metadata.title)))
        events = self._happened(articles, facts, past, 2 + room // 4, said)
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
        others.sort(key=lambda key: (not self._is(key, "Person"), self._surname(key) not in headline))
        drawn = sorted(dict.fromkeys(joined), key=self.rank.__getitem__)
        things = [*drawn, *self._distinct(others, drawn)[: 2 + room // 4]]
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
        """Article -> its events, in the order in which it tells them."""
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
        """Whether a thing can represent a story: a person, organisation, country or city, not an office."""
        if self._is(key, "Person"):
            return " " in self.things[key].label or bool(self._role(key))  # "President" alone names nobody
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
        """The lines of a story: the best fact of each pair of things, as many as fit.

        Facts that only describe are used if there are few that tell what happened.
        """
        near = LAST if len(articles) >= SEVERAL else FAR
        good = [fact for fact in told if self._can_be_line(fact, articles) and _begins(fact, articles) < near]
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
        known = fact.predicate in self.ontology.relations
        if not fact.event or telling.is_described(fact):
            return False
        return not known or interest(fact, self.ontology) >= NEWS

    def _joins(self, fact: Statement, articles: Sequence[str]) -> bool:
        """Whether a fact near the beginning of an article says that two people are relatives."""
        people = all(self._is(end, "Person") for end in ends(fact))
        return fact.predicate in KIN and people and fact.plain and _begins(fact, articles) < DEEP

    def _can_be_line(self, fact: Statement, articles: Sequence[str]) -> bool:
        if not isinstance(fact.object, str) or fact.subject == fact.object:
            return False
        drawn = [self.things[end] for end in ends(fact)]
        return (
            all(kind(thing, self.ontology) == 0 and not self._is(thing.id, "Position") for thing in drawn)
            and self._is_sure(fact, articles)
            and not telling.only_dates(fact)
        )

    def _is_sure(self, fact: Statement, articles: Sequence[str]) -> bool:
        """Whether a line can be drawn for a fact: the less its relation matters, the surer it must be."""
        if fact.factuality is not Factuality.ASSERTED or set(fact.doubts) - {Doubt.UNSURE}:
            return False
        known = self.ontology.relations.get(fact.predicate)
        # an open relation, such as "was arrested in", only if it is the news of its article
        if known is None:
            early = _begins(fact, articles) < DEEP
            return early and fact.plain and fact.confidence >= PROBABLE and self.teller.happens(fact)
        if known.interest < 0.3:
            return False
        if not fact.plain:
            told = fact.independent > 1 or (_begins(fact, articles) < LEAD and not telling.is_beside(fact))
            return told and fact.confidence >= SURE and known.interest > NEWS
        return known.interest > NEWS or not fact.event or fact.confidence >= PROBABLE

    def _role(self, key: str) -> str:
        fact = self.roles.get(key)
        if fact is None or not isinstance(fact.object, str):
            return ""
        label = self.things[fact.object].label
        return label if fact.predicate == "holdsPosition" else f"{fact.label} {label}"

    def _reports(self, key: str, articles: Sequence[str]) -> bool:
        """Whether a thing only reports the story: the publication, its staff, the author, a news agency,
        somebody
        who is only credited.
        """
        if self._is(key, "MediaOutlet"):
            return True
        sentences = [each for name in articles for each in self.sentences[name].get(key, ())]
        if sentences and all(map(CREDIT.search, sentences)):
            return True
        papers = [self.documents[name].metadata for name in articles]
        if self.things[key].label in {author for paper in papers for author in paper.authors}:
            return True
        *_, employer = re.split(r" (?:of|at|for) ", self._role(key) or self.things[key].label)
        house = set(re.findall(r"\w+", employer)) - {"The", "the"}
        return any(house and house <= set(re.findall(r"\w+", paper.publisher)) for paper in papers)

    def _surname(self, key: str) -> str:
        return self.things[key].label.split()[-1]

    def _distinct(self, keys: Sequence[str], drawn: Sequence[str]) -> list[str]:
        """The things without those that may be the same as another one: without "Ruiz" beside "Ana Ruiz"."""
        names = {key: frozenset(self.things[key].label.split()) for key in (*drawn, *keys)}
        kept: list[str] = []
        for key in keys:
            if not any(names[key] <= names[one] or names[one] <= names[key] for one in (*drawn, *kept)):
                kept.append(key)
        return kept

    def _background(self, articles: Sequence[str], told: Sequence[Statement | Event]) -> set[str]:
        """The ids of statements and events that are background of the story.

        That is what was long before the news, unless the story is about it; what mostly articles of other
        stories tell; and, in a story of few articles, what is not in a main clause.
        """
        days = {each.id: day for each in told if (day := _day(each))}
        dates = [day for name in articles if (day := _as_day(self.documents[name].metadata.date))]
        now = max(dates or days.values(), default=0)
        past = {key for key, day in days.items() if now - day > PAST}
        first = {each.id for each in told if each.id in days and _begins(each, articles) < LEAD}
        past = past if 2 * len(past) < len(days) or first - past else set()
        year = date.fromordinal(now).year if now else 0
        return past | {each.id for each in told if self._is_elsewhere(each, articles, year)}

    def _is_elsewhere(self, told: Statement | Event, articles: Sequence[str], year: int) -> bool:
        """Whether a statement or event belongs to other stories or to another year, or is told in passing."""
        names = {piece.document for piece in told.evidence}
        if 2 * len(names & set(articles)) < len(names):
            return True
        when = "" if _day(told) or not told.time else told.time.text
        if isinstance(told, Event):
            _, words = self.told_of.get(told.id, (None, ""))
            return telling.is_long_ago(f"{words} {when}", year)
        beside = len(articles) < SEVERAL and bool(told.event) and telling.is_beside(told)
        return beside or telling.is_long_ago(when, year)

    def _events(self, articles: Sequence[str]) -> list[Event]:
        seen = {event.id: event for name in articles for event in self.happenings.get(name, ())}
        return list(seen.values())

    def _happened(
        self, articles: Sequence[str], facts: Sequence[Statement], past: set[str], most: int, said: str
    ) -> list[Event]:
        """The most important events besides those of the lines, one for the same people and places.

        `said`: headline and first sentence; an event that they tell is left out.
        """
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
            and not telling.repeats(self.told_of[event.id][1], said)
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
        """Event -> its surest plain fact in words: "Ana Ruiz hosted Tom Reed"."""
        found: dict[str, Statement] = {}
        for fact in self.knowledge.statements:
            if fact.event and fact.plain and self._is_named(fact.subject):
                known = found.get(fact.event)
                if known is None or (fact.confidence, fact.id) > (known.confidence, known.id):
                    found[fact.event] = fact
        return {key: (fact, self._in_words(fact)) for key, fact in found.items()}

    def _in_words(self, fact: Statement) -> str:
        target = fact.object.value if isinstance(fact.object, Text) else self.things[fact.object].label
        event = self.things.get(fact.event)
        subject = self.things[fact.subject].label
        return telling.in_words(subject, fact, target, event if isinstance(event, Event) else None)

    def _named_of(self, event: Event) -> frozenset[str]:
        return frozenset(key for _, key in event.participants if self._is_named(key))

    @cached_property
    def interests(self) -> Mapping[str, float]:
        """Event -> the interest of its relation; low for an open relation, which the ontology does not
        have.
        """
        found = dict.fromkeys((event.id for event in self.knowledge.events), 0.0)
        for fact in self.knowledge.statements:
            if fact.event in found and fact.predicate in self.ontology.relations:
                found[fact.event] = max(found[fact.event], interest(fact, self.ontology))
        for event in self.knowledge.events:
            found[event.id] = found[event.id] or (0.6 if event.type not in ("Event", "SpeechAct") else 0.3)
        return found

    def _matters(self, event: Event, articles: Sequence[str]) -> float:
        """How important an event is: the interest of its relation.

        Near the beginning of an article it is at least that of news, and 1 in the first sentence.
        """
        firsts = {
            (name, self.documents[name].blocks[0].start) for name in articles if self.documents[name].blocks
        }
        if any((piece.document, piece.start) in firsts for piece in event.evidence):
            return 1.0
        fact, _ = self.told_of[event.id]
        lead = DEEP if fact.confidence >= CERTAIN else LEAD
        begun = _begins(event, articles) < lead
        return max(self.interests[event.id], NEWS if begun else 0.0)

    def _is_news(self, event: Event, articles: Sequence[str]) -> bool:
        """Whether an event is important, by its relation or as the news of an article, and its words are
        clear
        without the article.
        """
        fact, words = self.told_of[event.id]
        named = {*self._named_of(event), *fact.about, *(end for end in ends(fact) if self._is_named(end))}
        return (
            event.factuality is Factuality.ASSERTED
            and event.type != "SpeechAct"
            and self.teller.happens(fact)
            and not telling.only_dates(fact)
            and self._is_face(fact.subject)
            and self._matters(event, articles) >= NEWS
            and telling.is_whole(words)
            and not telling.is_circular(
                words, self.things[fact.subject].label, (self.things[key].label for key in named)
            )
            and not any(self._is_open(key) for _, key in event.participants)
        )

    def _is_of(self, articles: Sequence[str], event: Event) -> bool:
        """Whether an event belongs to the story of these articles, and is not from the past of somebody in
        it.
        """
        several = len(event.documents) > 1 or len(self._named_of(event)) > 1
        return len(articles) < SEVERAL or several or bool(_day(event))

    def _is_open(self, key: str) -> bool:
        """Whether a label needs its article to be understood: "the announcement", "their talks"."""
        words = self.things[key].label.split()
        described = isinstance(self.things[key], Entity) and kind(self.things[key], self.ontology) != 0
        return described and len(words) <= 2 and words[0].lower() in telling.POINTING

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
    """A date as an ordinal, by its first day if it is a month or year; 0 if there is none.

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
