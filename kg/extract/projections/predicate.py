"""The verb of a complete clause, and what all its claims share: factuality, time, place, confidence."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING

from kg.extract.build import Builder, surface_of
from kg.extract.clauses import limits
from kg.extract.clauses.clause import Clause, Context, children
from kg.extract.clauses.copula import LINKING
from kg.extract.lexicon import past_participle, past_tense, present_participle, present_tense
from kg.extract.phrases.tenure import has_ended
from kg.extract.projections.judged import judged
from kg.extract.projections.when import when
from kg.extract.projections.where import where
from kg.extract.reality.said_clauses import hung_content
from kg.extract.reality.status import Status
from kg.model import Argument, BlockKind, Relation, Role
from kg.ontology import RelationType

if TYPE_CHECKING:
    from spacy.tokens import Token


_BEING = {"VBZ": "is", "VBP": "are", "VBD": "was"}  # tag of the auxiliary "be" -> its form in a label


class Predicate:
    """A verb with its clause, from which the projections make claims."""

    def __init__(self, build: Builder, clause: Clause) -> None:
        self.build, self.clause, self.verb = build, clause, clause.verb
        self.context, self.parsed = build.context, build.context.parsed
        self.lemma: str = clause.verb.lemma_.lower()
        self.status = build.status(clause.verb)
        self.time, self.place = when(clause, build.context), where(clause, build.context)
        rules = [rule for rule in clause.rules if not rule.adds] or clause.rules
        self.rule = "+".join(rule.name for rule in rules)
        self.trust = prod(rule.trust for rule in rules)
        self.event = self.parsed.mention_at.get(clause.verb.i, -1)
        self.is_copula = self.lemma in LINKING and bool(clause.attributes)
        self.habit = _is_habit(self.verb)  # whether it is an infinitive after "used"
        # the governing verb, if it only says that the event begins or goes on: "continued to play"
        self.phase = "used" if self.habit else _phase(self.verb, build.context)
        self._limit = None if self.phase else limits.before(self.verb, build.context)
        # such as "initially" in "initially opposed"
        self.limit = self._limit.lower_ if self._limit is not None else ""
        self.ended = has_ended(self.verb, self.context)  # whether it is over: "lived in Lima until 2001"
        # whether the verb expresses a judgement: "saw the talks as a failure"
        self.is_judging = bool(judged(clause, build.context))
        self.made = 0  # number of claims made so far
        self.taken: set[Token] = set()  # nouns that a projection has made part of its relation

    # -- words ---------------------------------------------------------------------------------------

    def key(self, tail: str = "") -> str:
        """The verb's key in the lexicon: its lemma, its particle, and `tail`.

        `tail`: a preposition, or a noun and a preposition ("part in").
        """
        return self._with_particle(self.lemma, tail)

    def label(self, tail: str = "") -> str:
        """The label of an open relation of this verb: "stopped short of", "was found in"."""
        being = "is being" if self.is_under_way else "was"
        passive = (being, self.limit, past_participle(self.lemma))
        verb = " ".join(filter(None, passive)) if self.clause.passive else self._told()
        return self._with_particle(verb, tail)

    def _with_particle(self, verb: str, tail: str) -> str:
        # a complex preposition may begin with the particle: "walked [away from]"
        particle = "" if f"{tail} ".startswith(f"{self.clause.particle} ") else self.clause.particle
        return " ".join(part for part in (verb, particle, tail) if part)

    def _told(self) -> str:
        """The verb in the past tense, or in the progressive: "is serving" is not over, but "served" is."""
        simple = f"{self.limit} {past_tense(self.lemma)}".strip()
        if self.clause.passive or self.verb.tag_ != "VBG" or self.phase:
            return simple
        auxiliaries = children(self.verb, "aux")
        forms = [_BEING.get(word.tag_, "") for word in auxiliaries if word.lemma_ == "be"]
        if forms == ["are"] and not self._is_plural:
            forms = ["is"]  # each of "Norvex and Marvo are selling mills" is selling mills
        perfect = any(word.lemma_ == "have" for word in auxiliaries)
        if perfect or len(auxiliaries) != 1 or not forms or not forms[0]:
            return simple
        return " ".join(filter(None, (forms[0], self.limit, self.verb.lower_)))

    def label_in_tense(self) -> str:
        """The label of an open relation, in the present tense if the verb is: "offers", "are owed".

        For the claim with the whole clause, which may be true only now: "has three rivals", "is on trial". In
        a headline, the present tense tells what happened, and the label is in the past tense.
        """
        auxiliaries = children(self.verb, "aux", "auxpass")
        finite = auxiliaries[0] if auxiliaries else self.verb
        other = any(word.lemma_ == "have" or word.lower_ in ("being", "been") for word in auxiliaries)
        sentence = self.parsed.sentences[self.parsed.sentence_of[self.verb.i]]
        if (
            other
            or finite.tag_ not in ("VBZ", "VBP")
            or self.phase
            or self.verb.tag_ == "VBG"
            or sentence.block is not BlockKind.PARAGRAPH
        ):
            return self.label()
        # "have" for "The miners have three rivals", but "has" for Peru alone in "Peru and Chile have ..."
        several = finite.tag_ == "VBP" and self._is_plural
        if self.clause.passive:
            words = ("are" if several else "is", self.limit, past_participle(self.lemma))
        elif several:
            words = ("", self.limit, "are" if self.lemma == "be" else self.lemma)
        else:
            words = ("", self.limit, present_tense(self.lemma))
        return " ".join(part for part in (*words, self.clause.particle) if part)

    @property
    def _is_plural(self) -> bool:
        """Whether each subject is plural, so that the verb is plural for each of them."""
        return all(word.tag_ in ("NNS", "NNPS") for word in self.clause.subjects)

    @property
    def is_under_way(self) -> bool:
        """Whether a passive is not yet complete: "is being built"."""
        auxiliaries = children(self.verb, "aux", "auxpass")
        now = any(word.lemma_ == "be" and word.tag_ in ("VBZ", "VBP") for word in auxiliaries)
        return self.clause.passive and now and any(word.lower_ == "being" for word in auxiliaries)

    def active_label(self) -> str:
        """The label of a passive's open relation from agent to patient: "bought", "is building"."""
        if self.is_under_way:
            doing = f"is {self.limit} {present_participle(self.lemma)} {self.clause.particle}"
            return " ".join(doing.split())
        return " ".join(filter(None, (self.limit, past_tense(self.lemma), self.clause.particle)))

    def surface(self, preposition: str = "") -> str:
        """The words of the relation as written in the sentence."""
        return surface_of(self.clause, preposition, self._limit)

    def known(self, key: str, subject: str, object_: str) -> RelationType | None:
        """The relation for this key that admits these classes, if any; None for a state that is over."""
        if self.is_judging:
            return self.build.known("described")
        found = None if self.habit else self.build.lexicon.verb(key, subject, object_)
        return None if found is not None and self.ended and _is_state(found) else found

    def relation(
        self, surface: str, known: RelationType | None, label: str = "", *, inverted: bool = False
    ) -> Relation:
        known = None if self.habit else known
        if self.phase and known is None and label:
            label = self._phased(label)
        return self.build.relation(self.verb, surface, known, label or surface, inverted=inverted)

    def _phased(self, label: str) -> str:
        """The label with the governing verb before it: "kept asking for", "used to be owned by"."""
        rest = label.partition(" ")[2]
        if self.verb.tag_ == "VBG":
            own = "being" if self.clause.passive else self.verb.lower_
        else:
            own = "to be" if self.clause.passive else f"to {self.lemma}"
        return f"{self.phase} {own} {rest}".strip()

    # -- arguments -----------------------------------------------------------------------------------

    @property
    def doer(self) -> Role:
        """The role of the subject; it is no agent in "The bridge was built" and "Prices fell"."""
        intransitive = all(self.build.is_amount(noun) for noun in self.clause.objects)
        undergoes = self.clause.passive or (
            intransitive and (self.lemma == "be" or self.lemma in self.context.words("UnaccusativeVerbs"))
        )
        return Role.PATIENT if undergoes else Role.AGENT

    def target(self, token: Token, role: Role) -> Argument:
        """The argument for an object, which may be an amount ("fell to 8,579") instead of a thing."""
        if self.build.is_amount(token):
            return self.build.amount(token)
        return self.build.argument(token, role)

    def is_target(self, token: Token) -> bool:
        return self.build.is_amount(token) or self.build.is_thing(token)

    def has_content(self) -> bool:
        """Whether the verb's object is a clause or quotation ("The clip showed him dancing")."""
        quoted = any(a.verb is not None and a.verb.i == self.verb.i for a in self.build.speech.attributions)
        hung = hung_content(self.verb, self.context) is not None
        # An event that somebody undergoes, not what is said: "had his visa cancelled".
        undergone = self.lemma in ("have", "get")
        clauses = [c for c in children(self.verb, "ccomp") if not (undergone and c.tag_ == "VBN")]
        return quoted or hung or bool(clauses)

    # -- claims --------------------------------------------------------------------------------------

    def add(
        self,
        who: Argument,
        relation: Relation,
        other: Argument | None,
        less: float = 0.0,
        status: Status | None = None,
    ) -> None:
        """Add a claim of this clause.

        `less` is subtracted from its confidence; `status` replaces the status of the clause.
        """
        stative = relation.known and self.context.ontology.relations[relation.name].stative
        if other is not None and other.mention >= 0 and other.start > self.verb.idx:
            other = self.build.reach(other, self.verb)
        self.build.add(
            who,
            relation,
            other,
            at=self.verb,
            rule=self.rule,
            confidence=max(self.trust - less, 0.05),
            status=status or self.status,
            time=self.time,
            place=self.place if other is None or self.place != other.mention else -1,
            event=-1 if stative or self.lemma in LINKING else self.event,
        )
        self.made += 1


def _is_state(relation: RelationType) -> bool:
    """Whether the relation is a state, its label in the present: "lives in", "owns"; not "took place in"."""
    return relation.stative and relation.label.partition(" ")[0].endswith("s")


def _is_habit(verb: Token) -> bool:
    """Whether the verb is an infinitive after "used", so that its event no longer happens: "used to play"."""
    head = verb.head
    return (
        verb.dep_ == "xcomp" and head.lemma_ == "use" and head.tag_ == "VBD" and not children(head, "auxpass")
    )


def is_in_title(verb: Token, context: Context) -> bool:
    """Whether the verb is in a title: it is capitalised, though other verbs of the sentence are not.

    As in "her film The Man Who Sold Too Much"; not after an opening quotation mark or a colon, nor in a
    headline.
    """
    sentence = context.parsed.sentences[context.parsed.sentence_of[verb.i]]
    if sentence.block is not BlockKind.PARAGRAPH or not verb.is_title or verb.i == verb.sent.start:
        return False
    before = verb.nbor(-1)
    written = [t for t in verb.sent if t.pos_ in ("VERB", "AUX") and t.is_lower]
    return before.is_title and before.pos_ != "PUNCT" and bool(written) and before.i > verb.sent.start


def is_phased(verb: Token, context: Context) -> bool:
    """Whether the verb only says that the event of its infinitive begins, continues or is over.

    As in "continued to block", "used to play".
    """
    return any(_is_habit(inner) or _phase(inner, context) for inner in children(verb, "xcomp"))


def _phase(verb: Token, context: Context) -> str:
    """The past tense of the governing verb if it only says that the event begins or continues, or ""."""
    head = verb.head
    if verb.dep_ != "xcomp" or head.lemma_.lower() not in context.words("PhaseVerbs"):
        return ""
    return "" if children(head, "dobj", "dative") else past_tense(head.lemma_.lower())
