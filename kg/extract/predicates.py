"""From a complete clause to claims: who - did what to - whom, for every pair that the verb relates.

    Facebook bought Instagram.              Facebook - bought - Instagram
    Instagram was bought by Facebook.       the same, told the other way round
    Tom apologised to Ana.                  Tom - apologised to - Ana
    The talks ended on Friday.              talks - ended on - Friday
    Ana gave Tom a book.                    Ana - gave - book, Ana - gave to - Tom
    Ana and Tom met.                        Ana - met - Tom (a reciprocal verb)

Leaves out: modal and light uses without content ("did so"), objects that the lexicon cannot place and
that a preposition only loosely adds to a full clause ("beat him on points").
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from kg.extract.build import Builder, surface_of
from kg.extract.circumstance import when, where
from kg.extract.clause import Clause, Complement, children
from kg.extract.copula import LINKING
from kg.extract.factuality import Status
from kg.extract.lexicon import past_participle, past_tense
from kg.extract.roles import describe
from kg.language import phrases
from kg.model import Argument, Relation, Role
from kg.ontology import RelationType

if TYPE_CHECKING:
    from spacy.tokens import Token

# How far each construction can be trusted, as the share of right readings seen.
_TRUST = {
    "active": 0.92,
    "passive": 0.9,
    "copula": 0.9,
    "relative": 0.85,
    "gap": 0.6,
    "participle": 0.75,
    "control": 0.8,
    "coordination": 0.82,
    "complement": 0.85,
    "parenthesis": 0.8,
}
_WHERE = ("in", "at", "on", "near", "inside", "outside", "within", "throughout", "across")


def read(build: Builder, clause: Clause) -> None:
    """Add the claims of one clause."""
    _Reader(build, clause).read()


class _Reader:
    def __init__(self, build: Builder, clause: Clause) -> None:
        self.build, self.clause, self.verb = build, clause, clause.verb
        self.status = build.status(clause.verb)
        self.time, self.place = when(clause, build.context), where(clause, build.context)
        self.lemma = clause.verb.lemma_.lower()
        self.rule = "+".join(rule for rule in clause.rules if rule != "complement") or "complement"
        trust = min((_TRUST[rule] for rule in clause.rules if rule != "complement"), default=0.7)
        long = len(clause.verb.sent) > 45
        self.trust = trust - (0.07 if long else 0.0)
        self.event = build.context.parsed.mention_at.get(clause.verb.i, -1)
        self.habit = self._used_to()
        self.made = 0

    def read(self) -> None:
        clause = self.clause
        if not clause.subjects and not clause.agents:
            return
        if self.lemma in LINKING and clause.attributes:
            self._copula()
            return
        if clause.attributes and not clause.passive:
            self._object_predicate()
        if clause.passive:
            self._passive()
        else:
            self._active()
        self._complements()
        if self.made == 0:
            self._alone()
        elif not clause.objects:
            self._dated_happenings()

    # -- the parts of a clause -----------------------------------------------------------------------------

    def _active(self) -> None:
        clause = self.clause
        noun_keys = {noun for noun, *_ in self._noun_complements() if noun is not None}
        for subject in clause.subjects:
            for target in clause.objects:
                if target not in noun_keys:
                    self._claim(subject, target, self._key(), Role.AGENT, Role.PATIENT)
            for recipient in clause.recipients:
                self._claim(subject, recipient, self._key("to"), Role.AGENT, Role.RECIPIENT, preposition="to")
        if not clause.objects and len(clause.subjects) > 1:
            self._reciprocal()

    def _passive(self) -> None:
        clause = self.clause
        for agent in clause.agents if clause.objects else ():  # "was given a medal by the mayor"
            for target in clause.objects:
                self._claim(agent, target, self._key(), Role.AGENT, Role.PATIENT)
        for patient in clause.subjects:
            for agent in clause.agents if not clause.objects else ():
                self._claim(
                    patient, agent, self._key(), Role.PATIENT, Role.AGENT, preposition="by", inverted=True
                )
            for target in clause.objects:  # "was awarded the prize"
                label = f"was {past_participle(self.lemma)}"
                self._claim(
                    patient, target, self._key(), Role.RECIPIENT, Role.PATIENT, label=label, known=False
                )
            for attribute in clause.attributes:
                if attribute.pos_ in ("NOUN", "PROPN"):
                    label = f"was {past_participle(self.lemma)}"
                    self._claim(
                        patient,
                        attribute,
                        self._key("as"),
                        Role.PATIENT,
                        Role.ATTRIBUTE,
                        label=label,
                        known=False,
                    )

    def _copula(self) -> None:
        for subject in self.clause.subjects:
            if not self._can_be(subject):
                continue
            for attribute in map(_one_of, self.clause.attributes):
                if attribute.pos_ in ("NOUN", "PROPN") and attribute.tag_ != "EX":
                    describe(
                        self.build,
                        subject,
                        attribute,
                        rule=self.rule,
                        confidence=self.trust,
                        status=self._past_status(),
                        surface=surface_of(self.clause),
                    )
                    self.made += 1
                elif attribute.pos_ in ("ADJ", "VERB", "ADV"):
                    self._adjective(subject, attribute)

    def _adjective(self, subject: Token, adjective: Token) -> None:
        """ "Ana is married to Tom" by the lexicon; else "the site is unreachable" as a description."""
        for preposition in children(adjective, "prep"):
            for target in children(preposition, "pobj"):
                who, other = self._ends(subject, target, Role.PATIENT, Role.OTHER)
                key = f"{adjective.lower_} {preposition.lower_}"
                known = self.build.lexicon.adjective(key, self.build.type_of(who), self.build.type_of(other))
                if known is not None or self.build.is_thing(target):
                    label = f"was {key}" if self.verb.tag_ in ("VBD", "VBN") else f"is {key}"
                    surface = f"{surface_of(self.clause)} {key}"
                    self._add(who, self.build.relation(adjective, surface, known, label), other)
                    return
        if children(adjective, "xcomp", "ccomp"):
            return  # "is likely to win": control
        first = min(
            [
                adjective.i,
                *(c.left_edge.i for c in adjective.lefts if c.dep_ in ("advmod", "amod", "npadvmod")),
            ]
        )
        words = self.build.words(first, adjective.i + 1, Role.ATTRIBUTE)
        who = self.build.argument(subject, Role.PATIENT)
        self._add(
            who,
            self.build.relation(self.verb, surface_of(self.clause), self.build.known("describedAs")),
            words,
        )

    def _object_predicate(self) -> None:
        """ "They elected Ana Ruiz mayor": said of the object, if the object can be one."""
        for target in self.clause.objects:
            for attribute in self.clause.attributes:
                if attribute.pos_ in ("NOUN", "PROPN") and self.lemma in (
                    "elect",
                    "appoint",
                    "name",
                    "make",
                    "crown",
                ):
                    describe(
                        self.build,
                        target,
                        attribute,
                        rule=self.rule,
                        confidence=self.trust - 0.1,
                        status=self.status,
                        surface=surface_of(self.clause),
                    )

    def _complements(self) -> None:
        for noun, complement, known in self._noun_complements():
            for subject in self.clause.subjects:
                key = known.verbs[0] if known else ""
                del key
                self._related(subject, complement, known, noun)
        for complement in self.clause.complements:
            for subject in self.clause.subjects:
                self._complement(subject, complement)

    def _noun_complements(self) -> list[tuple[Token | None, Complement, RelationType | None]]:
        """ "took part in the race", "paid tribute to Ana": verb, noun and preposition are one relation."""
        found: list[tuple[Token | None, Complement, RelationType | None]] = []
        if self.clause.passive:
            return found
        for noun in self.clause.objects:
            if phrases.determiner(noun) in ("the", "this", "that"):
                continue
            own = [Complement(p.lower_, t) for p in children(noun, "prep") for t in children(p, "pobj")]
            for complement in (*own, *self.clause.complements):
                key = self._key(f"{noun.lemma_.lower()} {complement.preposition}")
                subject = self.clause.subjects[0] if self.clause.subjects else None
                kind = self.build.context.parsed.type_of(subject) if subject is not None else ""
                known = self.build.lexicon.verb(key, kind, self.build.context.parsed.type_of(complement.head))
                if known is not None:
                    found.append((noun, complement, known))
                    break
        return found

    def _related(
        self, subject: Token, complement: Complement, known: RelationType | None, noun: Token | None
    ) -> None:
        who, other = self._ends(subject, complement.head, Role.AGENT, Role.OTHER)
        words = f"{surface_of(self.clause)} {noun.text if noun is not None else ''} {complement.preposition}"
        self._add(who, self._relation(" ".join(words.split()), known, ""), other)

    def _complement(self, subject: Token, complement: Complement) -> None:
        clause, target = self.clause, complement.head
        if not self.build.is_thing(target) or (complement.preposition == "by" and clause.passive):
            return
        types = self.build.context.parsed.type_of(subject), self.build.context.parsed.type_of(target)
        key = self._key(complement.preposition)
        known = None if self.habit else self.build.lexicon.verb(key, *types)
        if clause.passive:
            # "was born in Lima": the participle's key; the verb's subject would be somebody not told.
            participle = f"{self.verb.lower_} {complement.preposition}"
            known = None if self.habit else self.build.lexicon.adjective(participle, *types)
            label = f"was {past_participle(self.lemma)} {self._tail(complement.preposition)}"
        else:
            label = f"{self._past()} {self._tail(complement.preposition)}"
        if clause.objects:
            # "withdrew money from the bank" is not "withdrew from the bank"; but "accused Tom of
            # theft" makes Tom accused of theft.
            self._of_object(complement)
            return
        if known is None and self._is_circumstance(complement):
            return
        if known is None and (
            self._has_content() or complement.preposition == "as" and self._is_said_of_other()
        ):
            return
        role = (
            Role.PLACE
            if complement.preposition in _WHERE and self._is_place(target)
            else Role.RECIPIENT
            if complement.preposition == "to"
            else Role.OTHER
        )
        mine = Role.PATIENT if clause.passive else Role.AGENT
        who, other = self._ends(subject, target, mine, role)
        surface = surface_of(clause, complement.preposition)
        self._add(who, self._relation(surface, known, label), other, less=0.08)

    def _has_content(self) -> bool:
        """ "The clip showed him dancing with a smile": the content is the object of the verb."""
        quoted = any(a.verb is not None and a.verb.i == self.verb.i for a in self.build.speech.attributions)
        return quoted or bool(children(self.verb, "ccomp"))

    def _is_said_of_other(self) -> bool:
        """ "referred to him as a star": the star is not the subject."""
        return any(c.preposition != "as" for c in self.clause.complements)

    def _of_object(self, complement: Complement) -> None:
        participle = f"{past_participle(self.lemma)} {complement.preposition}"
        for noun in self.clause.objects:
            who, other = self._ends(noun, complement.head, Role.PATIENT, Role.OTHER)
            types = self.build.type_of(who), self.build.type_of(other)
            known = None if self.clause.passive else self.build.lexicon.adjective(participle, *types)
            if known is not None and self.build.is_thing(noun):
                surface = surface_of(self.clause, complement.preposition)
                self._add(who, self._relation(surface, known, ""), other, less=0.1)

    def _is_circumstance(self, complement: Complement) -> bool:
        """Where it happened, beside an object or a closer complement."""
        closer = [c for c in self.clause.complements if c.preposition not in _WHERE]
        return bool(closer) and complement.preposition in _WHERE and self._is_place(complement.head)

    def _reciprocal(self) -> None:
        """ "Ana and Tom met" - but not "Ana and Tom sang"."""
        for one, other in combinations(self.clause.subjects, 2):
            types = self.build.context.parsed.type_of(one), self.build.context.parsed.type_of(other)
            known = (
                None
                if self.habit
                else self.build.lexicon.verb(self._key(), *types)
                or self.build.lexicon.verb(self._key("with"), *types)
            )
            if known is not None and known.reciprocal:
                who, whom = self._ends(one, other, Role.AGENT, Role.AGENT)
                self._add(who, self._relation(surface_of(self.clause), known, ""), whom)

    def _alone(self) -> None:
        """A clause with one participant: its time or place is what it tells; else it only makes an event."""
        if self._has_content():
            return
        for subject in self.clause.subjects:
            if not self.build.is_thing(subject):
                continue
            role = Role.PATIENT if self.clause.passive else Role.AGENT
            who = self.build.argument(subject, role)
            dated = self._dated(who)
            if not dated and not self.clause.objects:
                label = f"was {past_participle(self.lemma)}" if self.clause.passive else self._past()
                self._add(who, self._relation(surface_of(self.clause), None, label), None)

    def _dated_happenings(self) -> None:
        """ "The talks ended in Lima on Friday" dates the talks; "Ana spoke in Lima on Friday" not Ana."""
        parsed = self.build.context.parsed
        for subject in self.clause.subjects:
            if self.build.context.ontology.is_a(parsed.type_of(subject), "Event"):
                self._dated(self.build.argument(subject, Role.PATIENT if self.clause.passive else Role.AGENT))

    def _dated(self, who: Argument) -> bool:
        """ "The talks ended on Friday", "The session lasted 20 minutes"."""
        parsed = self.build.context.parsed
        for child in self.verb.children:
            targets = (
                children(child, "pobj")
                if child.dep_ == "prep"
                else [child]
                if child.dep_ in ("npadvmod", "dobj", "attr")
                else []
            )
            for target in targets:
                if not parsed.is_time(target):
                    continue
                preposition = child.lower_ if child.dep_ == "prep" else ""
                kind = parsed.times[parsed.time_of[target.i]].type
                if not preposition and kind != "DURATION":
                    continue  # "rose last year": the date dates the clause, and says no more
                key = self._key(preposition) if preposition else self._key()
                known = self.build.lexicon.verb(key, self.build.type_of(who), "Text")
                verb = f"was {past_participle(self.lemma)}" if self.clause.passive else self._past()
                label = f"{verb} {self._tail(preposition)}".strip()
                relation = self._relation(surface_of(self.clause, preposition), known, label)
                self._add(who, relation, self.build.argument(target, Role.TIME), less=0.05)
                return True
        return False

    # -- making claims ---------------------------------------------------------------------------------------

    def _claim(
        self,
        subject: Token,
        target: Token,
        key: str,
        mine: Role,
        theirs: Role,
        *,
        preposition: str = "",
        label: str = "",
        inverted: bool = False,
        known: bool = True,
    ) -> None:
        if not self.build.is_thing(subject):
            return
        who, whom = self._ends(subject, target, mine, theirs)
        types = self.build.type_of(who), self.build.type_of(whom)
        relation_type = None
        if known and not self.habit:
            relation_type = self.build.lexicon.verb(key, *(reversed(types) if inverted else types))
        if not label:
            label = f"{self._past()} {self._tail('' if inverted else preposition)}".strip()
        surface = surface_of(self.clause, preposition if inverted or not self.clause.recipients else "")
        self._add(who, self._relation(surface, relation_type, label, inverted=inverted), whom)

    def _ends(self, one: Token, other: Token, mine: Role, theirs: Role) -> tuple[Argument, Argument]:
        return self.build.argument(one, mine), self.build.argument(other, theirs)

    def _relation(
        self, surface: str, known: RelationType | None, label: str, *, inverted: bool = False
    ) -> Relation:
        if self.habit:
            known, label = (
                None,
                f"used to {self.lemma} {label.split(' ', 1)[1] if ' ' in label else ''}".strip(),
            )
        return self.build.relation(self.verb, surface, known, label or surface, inverted=inverted)

    def _add(self, who: Argument, relation: Relation, other: Argument | None, less: float = 0.0) -> None:
        stative = relation.known and self.build.context.ontology.relations[relation.name].stative
        self.build.add(
            who,
            relation,
            other,
            at=self.verb,
            rule=self.rule,
            confidence=max(self.trust - less, 0.05),
            status=self.status,
            time=self.time,
            place=self.place if other is None or self.place != other.mention else -1,
            event=-1 if stative or self.lemma in LINKING else self.event,
        )
        self.made += 1

    # -- words -------------------------------------------------------------------------------------------------

    def _key(self, tail: str = "") -> str:
        return " ".join(part for part in (self.lemma, self.clause.particle, tail) if part)

    def _tail(self, preposition: str) -> str:
        return " ".join(part for part in (self.clause.particle, preposition) if part)

    def _past(self) -> str:
        return past_tense(self.lemma)

    def _used_to(self) -> bool:
        """ "used to play": it happened, and happens no more."""
        head = self.verb.head
        return (
            self.verb.dep_ == "xcomp"
            and head.lemma_ == "use"
            and head.tag_ == "VBD"
            and not children(head, "auxpass")
        )

    def _past_status(self) -> Status:
        return self.status

    def _can_be(self, subject: Token) -> bool:
        """Not the "it" of "It is clear that ...", which stands for the clause that follows."""
        empty = subject.lower_ == "it" and any(
            child.dep_ in ("ccomp", "xcomp", "csubj", "advcl")
            for governor in (self.verb, *children(self.verb, "acomp", "attr"))
            for child in governor.rights
        )
        return not empty and self.build.is_thing(subject)

    def _is_place(self, token: Token) -> bool:
        kind = self.build.context.parsed.type_of(token)
        return any(self.build.context.ontology.is_a(kind, place) for place in ("Place", "Country"))


def _one_of(attribute: Token) -> Token:
    """ "is one of the founders": what is said is "founders"."""
    if attribute.lower_ in ("one", "some", "part") and attribute.pos_ != "NOUN":
        for preposition in children(attribute, "prep"):
            for noun in children(preposition, "pobj"):
                if preposition.lower_ == "of":
                    return noun
    return attribute
