"""Makes the stories of the front page, the largest first, with headline, main things and lines.

Which articles tell one story is decided in `same_story`. A line between two things shows their most important
fact. The importance of a fact depends on its relation (`kg:interest` of the ontology), on whether it is a
plain fact, on the number of independent articles, and on how early an article contains it: news articles
begin with the news and end with background. What happened long before the news is background, too. What
somebody is, such as an office, stands below the name. Other events follow, each in the words of its statement
with the highest confidence. A story in which nothing is certain enough for a line has the first sentence of
its article instead, as a quotation.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import log2

from kg.model import Document, Doubt, Entity, Event, Factuality, Knowledge, Statement
from kg.ontology import Ontology
from kg.write.network import ends, interest
from kg.write.page import display, telling
from kg.write.page.early import DEEP, LAST, LEAD, as_day, begins, day, early, firsts
from kg.write.page.looks import kind
from kg.write.page.material import Material
from kg.write.page.same_story import groups
from kg.write.page.sketch import Line, Sketch

NEWS = 0.5  # minimum interest of a relation that tells what happened; those of less interest only describe
SURE = (
    0.5  # minimum confidence of a line that is no plain fact, but is in several articles or begins an article
)
SEVERAL = 3  # a story with fewer articles than this is called "of few articles" below
FAR = 800  # in a story of few articles, facts after this many characters are background
MINOR = 0.5  # in a story of few articles, what weighs less than this share of the heaviest fact is background
PAST = 366  # what happened more than this many days before the news is background (exceptions: `_background`)
PROBABLE = 0.6  # minimum confidence of a plain fact whose relation matters little, or is not in the ontology
CERTAIN = 0.75  # minimum confidence of what is news only because it is near the beginning (after the lead)
# relations between relatives (or rivals): a line between two people even if nothing happens between them
KIN = frozenset({"marriedTo", "engagedTo", "childOf", "parentOf", "siblingOf", "rivalOf"})


@dataclass(frozen=True)
class Story:
    """A story of the front page. Its parts are given by their ids, the most important first."""

    headline: str
    articles: tuple[str, ...]
    things: tuple[str, ...]
    facts: tuple[str, ...]  # the statements that are lines, one for each pair of things
    events: tuple[str, ...]  # events in words, below the drawing unless the sketch has them
    words: tuple[str, ...]  # what happened, in words, for each of `events`
    roles: Mapping[str, str]  # thing -> its description: "President of Peru"
    sketch: tuple[Line, ...] = ()  # the lines of a story without `facts`
    opening: str = ""  # how its first article begins, if nothing above tells what happened


def stories(knowledge: Knowledge, ontology: Ontology, order: Sequence[str]) -> list[Story]:
    """All stories, the largest first; `order`: the ids of all things, the most important first."""
    maker = _Maker(Material(knowledge, ontology, {key: place for place, key in enumerate(order)}))
    made = [maker.story(articles) for articles in groups(knowledge)]
    return sorted(made, key=lambda each: (-len(each.articles), -maker.news(each), each.articles))


@dataclass(frozen=True)
class _Maker:
    known: Material

    def story(self, articles: Sequence[str]) -> Story:
        papers = [self.known.documents[name] for name in articles]
        told = {each.id: each for name in articles for each in self.known.told[name]}
        room = 2 if len(articles) < 2 else 6 if len(articles) < 4 else 9
        past = self._background(articles, [*told.values(), *self.known.events(articles)])
        headline = self.known.headline(papers)
        begun = " ".join((headline, *map(display.lead, papers)))
        facts = [fact for fact in told.values() if fact.id not in past]
        if len(articles) < SEVERAL:  # facts about people with whom no article begins are background
            facts = [fact for fact in facts if any(self.known.surname(end) in begun for end in ends(fact))]
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
        spoken = Counter(key for name in articles for key in self.known.named_in[name])
        begun_at = firsts(told.values(), articles)
        mattering = sorted(
            spoken, key=lambda key: (-spoken[key], begun_at.get(key, LAST), self.known.rank[key])
        )
        others = [key for key in mattering if key not in joined and self.known.is_face(key)]
        others = [key for key in others if not self.known.reports(key, articles)]
        places = {key: place for key in others if (place := self._place(key, papers, headline))}
        others = sorted(places, key=places.__getitem__)
        drawn = sorted(dict.fromkeys(joined), key=self.known.rank.__getitem__)
        things = [*drawn, *self._distinct(others, drawn)[: 2 + room // 4]]
        sketch = (
            [] if facts else Sketch(self.known, articles, headline).lines(events, things, max(2, room // 3))
        )
        acts = [line for line in sketch if line.words or self.known.by_id[line.fact].event]  # no offices
        return Story(
            headline=headline,
            articles=tuple(articles),
            things=tuple(things),
            facts=tuple(fact.id for fact in facts),
            events=tuple(event.id for event in events),
            words=tuple(self.known.told_of[event.id][1] for event in events),
            roles={key: role for key in things if (role := self.known.role(key))},
            sketch=tuple(sketch),
            opening="" if facts or events or acts else self.known.opening(papers[0], headline),
        )

    def _place(
        self, key: str, papers: Sequence[Document], headline: str
    ) -> tuple[bool, bool, bool, int] | None:
        """Sort key for the faces of a story: those in the headline first, then those that are named more than
        once or have a known role, people before organisations, then those that are named most.

        None if the thing is named in the headline only, whose capitals may join words that are no name.
        """
        person = self.known.is_a(key, "Person")
        name = self.known.surname(key) if person else self.known.things[key].label
        found = re.compile(rf"\b{re.escape(name)}\b")
        times = sum(len(found.findall(paper.text.removeprefix(headline))) for paper in papers)
        beneath = not found.search(headline)
        if not times and not beneath:
            return None
        return beneath, times < 2 and not self.known.role(key), not person, -times

    def news(self, story: Story) -> float:
        """The total importance of the story."""
        return sum(self._weight(self.known.by_id[key], story.articles) for key in story.facts)

    def _weight(self, told: Statement | Event, articles: Sequence[str]) -> float:
        if isinstance(told, Event):
            reported = len(set(told.documents) & set(articles))
            sure = 0.5 + self.known.told_of[told.id][0].confidence
            return self._matters(told, articles) * early(told, articles) * sure * (1 + log2(max(1, reported)))
        sure = (1.0 if told.plain else 0.4) * (0.5 + told.confidence)
        reported = told.independent
        return (
            interest(told, self.known.ontology) * early(told, articles) * sure * (1 + log2(max(1, reported)))
        )

    def _lines(self, told: Sequence[Statement], room: int, articles: Sequence[str]) -> list[Statement]:
        """The lines of a story: the best fact about each pair of things, at most `room` of them.

        Facts that only describe are used if there are few facts that tell what happened.
        """
        near = LAST if len(articles) >= SEVERAL else FAR
        good = [fact for fact in told if self._can_be_line(fact, articles) and begins(fact, articles) < near]
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
        known = fact.predicate in self.known.ontology.relations
        if not fact.event or telling.is_described(fact):
            return False
        return not known or interest(fact, self.known.ontology) >= NEWS

    def _joins(self, fact: Statement, articles: Sequence[str]) -> bool:
        """Whether a fact near the beginning of an article says that two people are relatives (`KIN`)."""
        people = all(self.known.is_a(end, "Person") for end in ends(fact))
        return fact.predicate in KIN and people and fact.plain and begins(fact, articles) < DEEP

    def _can_be_line(self, fact: Statement, articles: Sequence[str]) -> bool:
        if not isinstance(fact.object, str) or fact.subject == fact.object:
            return False
        drawn = [self.known.things[end] for end in ends(fact)]
        return (
            all(
                kind(thing, self.known.ontology) == 0 and not self.known.is_a(thing.id, "Position")
                for thing in drawn
            )
            and self._is_sure(fact, articles)
            and not telling.only_dates(fact, articles)
        )

    def _is_sure(self, fact: Statement, articles: Sequence[str]) -> bool:
        """Whether a fact is certain enough to be a line: the less its relation matters, the higher must its
        confidence be.
        """
        if fact.factuality is not Factuality.ASSERTED or set(fact.doubts) - {Doubt.UNSURE}:
            return False
        known = self.known.ontology.relations.get(fact.predicate)
        # an open relation, such as "was arrested in", only if it is the news of its article
        if known is None:
            early = begins(fact, articles) < DEEP
            return early and fact.plain and fact.confidence >= PROBABLE and self.known.teller.happens(fact)
        if known.interest < 0.3:
            return False
        if not fact.plain:
            told = fact.independent > 1 or (begins(fact, articles) < LEAD and not telling.is_beside(fact))
            return told and fact.confidence >= SURE and known.interest > NEWS
        return known.interest > NEWS or not fact.event or fact.confidence >= PROBABLE

    def _distinct(self, keys: Sequence[str], drawn: Sequence[str]) -> list[str]:
        """The things, without those that may be the same as another: "Ruiz" is left out beside "Ana Ruiz".

        `drawn`: things that are in the drawing already.
        """
        names = {key: frozenset(self.known.things[key].label.split()) for key in (*drawn, *keys)}
        kept: list[str] = []
        for key in keys:
            if not any(names[key] <= names[one] or names[one] <= names[key] for one in (*drawn, *kept)):
                kept.append(key)
        return kept

    def _background(self, articles: Sequence[str], told: Sequence[Statement | Event]) -> set[str]:
        """The ids of statements and events that are background of the story.

        Background is what happened long before the news, unless the story is about it; what is told mostly by
        articles of other stories; and, in a story of few articles, what is not told in a main clause.
        """
        days = {each.id: known for each in told if (known := day(each))}
        papers = [self.known.documents[name].metadata for name in articles]
        dates = [known for paper in papers if (known := as_day(paper.date))]
        now = max(dates or days.values(), default=0)
        past = {key for key, known in days.items() if now - known > PAST}
        first = {each.id for each in told if each.id in days and begins(each, articles) < LEAD}
        past = past if 2 * len(past) < len(days) or first - past else set()
        year = date.fromordinal(now).year if now else 0
        return past | {each.id for each in told if self._is_elsewhere(each, articles, year)}

    def _is_elsewhere(self, told: Statement | Event, articles: Sequence[str], year: int) -> bool:
        """Whether a statement or event belongs to other stories or an earlier year, or is told in passing."""
        names = {piece.document for piece in told.evidence}
        if 2 * len(names & set(articles)) < len(names):
            return True
        here = [piece for piece in told.evidence if piece.document in articles]
        if here and all(piece.start >= LEAD and telling.is_of_last_year(piece.sentence) for piece in here):
            return True
        when = "" if day(told) or not told.time else told.time.text
        if isinstance(told, Event):
            _, words = self.known.told_of.get(told.id, (None, ""))
            return telling.is_long_ago(f"{words} {when}", year)
        beside = len(articles) < SEVERAL and bool(told.event) and telling.is_beside(told)
        return beside or telling.is_long_ago(when, year)

    def _happened(
        self, articles: Sequence[str], facts: Sequence[Statement], past: set[str], most: int, said: str
    ) -> list[Event]:
        """The most important events that are not lines (`facts`), at most `most`; of several events of the
        same people and places, only one.

        `said`: headline and first sentence; an event that they already report is left out.
        """
        left_out = {fact.event for fact in facts} | past
        pairs = {frozenset(ends(fact)) for fact in facts}
        near = LAST if len(articles) >= SEVERAL else FAR
        good = [
            event
            for event in self.known.events(articles)
            if event.id not in left_out
            and event.id in self.known.told_of
            and self.known.named_of(event) not in pairs
            and begins(event, articles) < near
            and self._is_news(event, articles)
            and self._is_of(articles, event)
            and not telling.repeats(self.known.told_of[event.id][1], said)
        ]
        good.sort(key=lambda event: -self._weight(event, articles))
        distinct: dict[frozenset[str], Event] = {}
        for event in good:
            distinct.setdefault(self.known.named_of(event), event)
        acts: dict[tuple[str, str], Event] = {}
        for event in distinct.values():
            fact, _ = self.known.told_of[event.id]
            acts.setdefault((fact.subject, fact.label), event)
        return list(acts.values())[:most]

    def _matters(self, event: Event, articles: Sequence[str]) -> float:
        """How important an event is: the interest of its relation, but at least `NEWS` if it is near the
        beginning of an article, and 1 if it is in the first sentence.
        """
        firsts = {
            (name, self.known.documents[name].blocks[0].start)
            for name in articles
            if self.known.documents[name].blocks
        }
        if any((piece.document, piece.start) in firsts for piece in event.evidence):
            return 1.0
        fact, _ = self.known.told_of[event.id]
        lead = DEEP if fact.confidence >= CERTAIN else LEAD
        begun = begins(event, articles) < lead
        return max(self.known.interests[event.id], NEWS if begun else 0.0)

    def _is_news(self, event: Event, articles: Sequence[str]) -> bool:
        """Whether an event is important (by its relation, or as the news of an article), and its words can be
        understood without the article.
        """
        fact, words = self.known.told_of[event.id]
        named = {
            *self.known.named_of(event),
            *fact.about,
            *(end for end in ends(fact) if self.known.is_named(end)),
        }
        return (
            event.factuality is Factuality.ASSERTED
            and event.type != "SpeechAct"
            and self.known.teller.happens(fact)
            and not telling.only_dates(fact, articles)
            and self.known.is_face(fact.subject)
            and self._matters(event, articles) >= NEWS
            and telling.is_whole(words)
            and not telling.is_circular(
                words,
                self.known.things[fact.subject].label,
                (self.known.things[key].label for key in named),
            )
            and not any(self._is_open(key) for _, key in event.participants)
        )

    def _is_of(self, articles: Sequence[str], event: Event) -> bool:
        """Whether an event belongs to the story of these articles, rather than to the past of somebody in the
        story.
        """
        several = len(event.documents) > 1 or len(self.known.named_of(event)) > 1
        return len(articles) < SEVERAL or several or bool(day(event))

    def _is_open(self, key: str) -> bool:
        """Whether a label needs its article to be understood: "the announcement", "their talks"."""
        words = self.known.things[key].label.split()
        described = (
            isinstance(self.known.things[key], Entity)
            and kind(self.known.things[key], self.known.ontology) != 0
        )
        return described and len(words) <= 2 and words[0].lower() in telling.POINTING
