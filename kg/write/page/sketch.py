"""Sketches a story without news between two named things: who did what, and who the people of the story are.

Most articles begin with a fact of another form: the object of what somebody did has no name of its own ("Ana
Ruiz rejected the offers of two banks"). The line of such a fact leads from the name to the words. Besides,
the office of a person is a line to the organisation or country of the office.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from kg.model import Doubt, Event, Factuality, Statement, Text
from kg.write.network import ends, interest
from kg.write.page import display, telling
from kg.write.page.early import DEEP, LAST, LEAD, begins, firsts
from kg.write.page.material import Material

LONG = 150  # maximum number of characters of the words for an act, including its subject
OFFICES = 400  # an office that an article mentions after this many characters is background
FAR = 1000  # what somebody says after this many characters is not what the story is about
NEWS = 0.5  # minimum interest of a relation that is news, whoever its subject is
VAGUE = frozenset({Doubt.UNNAMED, Doubt.INDEFINITE})
LIKELY = 0.4  # minimum confidence of what the first sentence asserts
REPORTED = 0.6  # minimum confidence of what the first sentence reports
SAID = 0.75  # minimum confidence of what somebody said, and of an office
TOGETHER = 3  # maximum number of lines for one act that several things did together
MAIN = frozenset({"active", "passive", "coordination"})  # rules that read main clauses
PLANS = frozenset({"speech", "attitude"})  # rules that read what somebody plans
BRIEF = 6  # maximum number of words of a name
ADJUNCTS = (" at", " in", " on")  # ends of labels that say where or when: "spoke at"


@dataclass(frozen=True)
class Line:
    """A line of a sketch, from a thing (`one`) to another thing (`other`) or to words. Things, the statement
    (`fact`) and the event of the statement are given by their ids; "" if there is none.
    """

    fact: str
    one: str
    label: str
    other: str = ""
    words: str = ""
    event: str = ""


@dataclass(frozen=True)
class Sketch:
    """Makes the sketch of the story of some articles."""

    known: Material
    articles: Sequence[str]
    headline: str

    def lines(self, events: Sequence[Event], faces: Sequence[str], most: int) -> list[Line]:
        """Lines for what happened (in `events`, or if there are none, in the opening of an article), and for
        the offices of people (`faces`).

        At most `most` acts and offices; what several people did together is one act.
        """
        acts = [[self._act(*self.known.told_of[event.id])] for event in events[:most]] or self._opening()
        done = [act for each in acts[:most] for act in each if act.words or act.other]
        offices = [
            line for key in faces for line in self._office(key) if not done or self._is_news(line, done)
        ]
        return [*done, *offices[: max(0, most - len(acts))]]

    def _is_news(self, office: Line, done: Sequence[Line]) -> bool:
        """Whether an office is news beside the acts in `done`: its holder has no act, and the holder or the
        organisation is in the headline.

        (The office of somebody with an act is shown below the name.)
        """
        ends = [self.known.surname(key) for key in (office.one, office.other)]
        return office.one not in {act.one for act in done} and any(end in self.headline for end in ends)

    def _act(self, fact: Statement, words: str) -> Line:
        if isinstance(fact.object, str) and self.known.is_named(fact.object):
            return Line(fact.id, fact.subject, fact.label, fact.object, event=fact.event)
        begun = f"{self.known.things[fact.subject].label} {fact.label} "
        rest = words.removeprefix(begun) if words.startswith(begun) else ""
        rest = rest if any(map(str.isalpha, rest)) else ""  # no bare date or number
        return Line(fact.id, fact.subject, fact.label, words=rest, event=fact.event)

    def _opening(self) -> list[list[Line]]:
        """The act with which an article begins, as a line for everybody who did it; if there is no such act,
        what somebody said.
        """
        told = {fact.id: fact for name in self.articles for fact in self.known.told[name]}.values()
        for telling_ in (self._told, self._between, self._said):
            found = [(fact, line) for fact in told if (line := telling_(fact))]
            if not found:
                continue
            best, act = min(found, key=lambda each: self._order(*each))
            same = [line for fact, line in found if fact.event == best.event and line.label == act.label]
            alike = [line for line in same if (line.other, line.words) == (act.other, act.words)]
            once = {self.known.things[line.one].label: line for line in reversed(alike)}
            if len(once) > 1 and self._order(best, act)[1]:
                continue  # the headline names them all
            return [list(reversed(once.values()))[:TOGETHER]]
        return []

    def _order(self, fact: Statement, line: Line) -> tuple[bool, bool, int, str]:
        repeats = telling.repeats(f"{self.known.things[fact.subject].label} {line.words}", self.headline)
        return not fact.plain, repeats, begins(fact, self.articles), fact.id

    def _told(self, fact: Statement) -> Line | None:
        """The line of a fact if an article begins with it and its object is words: "Ana Ruiz rejected the
        offers of two banks". None for any other fact, and if the subject has no name.
        """
        if not isinstance(fact.object, Text) or not self._is_main(fact):
            return None
        if not (self.known.teller.acts(fact) or self._is_plan(fact)):
            return None
        if not self.known.is_named(fact.subject):
            return None
        early = fact.plain and begins(fact, self.articles) < DEEP
        return self._in_words(fact) if early or self._is_lead(fact) else None

    def _between(self, fact: Statement) -> Line | None:
        """The line of a fact if an article begins with it and it relates two things: "Ana Ruiz praised the
        council". None for any other fact.
        """
        if not isinstance(fact.object, str) or not fact.event or not self._is_main(fact):
            return None
        if fact.label.endswith(ADJUNCTS) or not (self._is_lead(fact) or self._happens_to(fact)):
            return None
        drawn = [self.known.things[end].label for end in (fact.subject, fact.object)]
        brief = all(len(label.split()) <= BRIEF for label in drawn)
        circular = telling.is_circular(" ".join(drawn), drawn[0], ())
        return Line(fact.id, fact.subject, fact.label, fact.object) if brief and not circular else None

    def _happens_to(self, fact: Statement) -> bool:
        """Whether the first sentence reports what happened to somebody, even if nobody is named who did it.

        "Police arrested Tom Reed" is doubtful: which police is not said. It may be the news of its article.
        """
        people = [end for end in ends(fact) if self.known.is_named(end) and self.known.is_a(end, "Person")]
        somebody = any(map(self.known.is_face, people))
        told = fact.predicate in self.known.ontology.relations and interest(fact, self.known.ontology) > NEWS
        return somebody and told and self._is_lead(fact, 0.0, VAGUE)

    def _said(self, fact: Statement) -> Line | None:
        said = isinstance(fact.object, Text) and all(piece.rule == "speech" for piece in fact.evidence)
        if not (
            said
            and fact.plain
            and self.known.is_a(fact.subject, "Person")
            and self.known.is_face(fact.subject)
        ):
            return None
        early = fact.confidence >= SAID and begins(fact, self.articles) < FAR
        line = self._in_words(fact) if early else None
        whole = line and isinstance(fact.object, Text) and line.words == fact.object.value
        return line if line and whole and not re.search(r"\w[.!?] ", line.words) else None  # one sentence

    def _in_words(self, fact: Statement) -> Line | None:
        most = LONG
        words = self.known.in_words(fact, most)
        if telling.repeats(words, self.headline):  # a shorter form is enough: the headline has the rest
            most = telling.LONG
            words = self.known.in_words(fact, most)
        if not telling.is_whole(words, most) or telling.only_dates(fact, self.articles):
            return None
        act = self._act(fact, words)
        return act if act.words else None

    def _is_main(self, fact: Statement) -> bool:
        rules = MAIN | PLANS if self._is_plan(fact) else MAIN
        return all(set(piece.rule.split("+")) <= rules for piece in fact.evidence) and not any(
            telling.is_long_ago(piece.sentence, 0)  # even where the article begins: "65 years ago, Reed left"
            or (piece.start >= LEAD and telling.is_of_last_year(piece.sentence))
            for piece in fact.evidence
        )

    def _is_plan(self, fact: Statement) -> bool:
        """Whether a fact is a plain fact about what somebody plans or promises: "promised to leave"."""
        return fact.plain and isinstance(fact.object, Text) and fact.object.value.startswith("to ")

    def _is_lead(
        self, fact: Statement, least: float = LIKELY, doubts: frozenset[Doubt] = frozenset()
    ) -> bool:
        """Whether the first sentence of an article probably says this, whether asserted or reported."""
        reported = fact.factuality is Factuality.REPORTED
        if not reported and fact.factuality is not Factuality.ASSERTED:
            return False
        if set(fact.doubts) - doubts - {Doubt.UNSURE, Doubt.NOT_ASSERTED}:
            return False
        return fact.confidence >= (REPORTED if reported else least) and any(
            lead in " ".join(piece.sentence.split())
            for piece in fact.evidence
            if (lead := self._leads.get(piece.document))
        )

    @cached_property
    def _leads(self) -> dict[str, str]:
        """Article -> its first sentence. A title is passed over: it ends without a full stop."""
        found = {}
        for name in self.articles:
            paper = self.known.documents[name]
            lead = display.lead(paper)
            titled = not lead.rstrip("”\"'’").endswith(".")
            found[name] = display.lead(replace(paper, blocks=paper.blocks[1:])) if titled else lead
        return found

    def _office(self, key: str) -> Iterator[Line]:
        """The line of somebody's office, if an article begins with the person, or with the organisation or
        place of the office.
        """
        seat = self.known.seat(key)
        if not seat:
            return
        label, other = seat
        if (
            label.lower().startswith("spokes")
            or self.known.is_a(other, "MediaOutlet")
            or self.known.roles[key].confidence < SAID
        ):
            return  # offices of those who speak for others or report, and uncertain offices
        fact = self.known.roles[key]
        begun = " ".join((self.headline, *self._leads.values()))
        named = any(self.known.surname(end) in begun for end in (key, other))
        if named or min(begins(fact, self.articles), self._firsts.get(other, LAST)) < OFFICES:
            yield Line(fact.id, key, label, other)

    @cached_property
    def _firsts(self) -> dict[str, int]:
        told = (fact for name in self.articles for fact in self.known.told[name])
        return firsts((fact for fact in told if fact.predicate != "positionIn"), self.articles)
