"""Whether a claim is complete: which parts that are needed for its truth and meaning it omits.

    Ana told the delegates that Tom had left.   told - delegates    COMPLEMENT  (not: met the delegates)
    Ana turned the hall into a school.          turned - hall       COMPLEMENT  (not: opened the hall)
    Ana and Tom agreed on a price.              Ana - agreed on     LIST        (not: Ana and Tom went)
    They grow crops such as maize.              grow - maize        LIST        (not: They grow maize)
    Most of the miners left Lima.               miners - left       PART        (not: The miners left Lima)
    Drivers who had drunk lost their licence.   drivers - lost      RESTRICTION (not: Ana, who had drunk, ...)
    Ana has the right to vote.                  has - right         CUT         (not: has a vote)
    The storm met a greater force.              met - greater force STANDARD    (not: greater than the army)
    Ana found no survivors.                     found - survivors   DENIED      (not: found survivors)
    The parties agreed: “fair and just”.        agreed - “...”      FRAGMENT    (not: “We will sign it”)
    The law paved the way for a merger.         paved - way         FIGURE      (not: paved the road)
    “In other words, it failed,” Ana said.      said - “...”        POINTING    (not: “But it failed”)

Only the tree is used (ClearNLP labels, as in spaCy's English models), not the referents:
`kg.resolve.statements.plain` decides whether "the delegates" can be identified. The whole clause omits
nothing, but may lack content:

    Ana spoke to the media.                     spoke - "..."       COMPLEMENT  (not: about the law)
    Ana was elected in May.                     was elected - "..." COMPLEMENT  (not: as mayor)

Excludes: idioms that are in no list, and parts that are not among the dependents of the predicate or its
ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.extract.clauses import limits
from kg.extract.clauses.clause import Context, children, dependents
from kg.extract.clauses.relative import is_relative
from kg.model import Argument, Doubt, MentionKind, Relation, Role

if TYPE_CHECKING:
    from spacy.tokens import Token

_COMPLEMENTS = ("xcomp", "ccomp", "oprd", "acomp", "dative")
_GOVERNED = ("dobj", "pobj", "pcomp", "xcomp", "attr", "acomp", "oprd")  # "due to take [a route]"
_TOLD_OF = ("acl", "relcl", "ccomp", "compound", "nmod", "appos")  # labels of what says what a noun is about
_SHARES = ("percent", "%", "half")
_AMONG = ("among", "amongst", "of")
_FINITE = ("VBD", "VBZ", "VBP", "MD")
_OPENING = 5  # words at the beginning of a content that may refer back
_NOUN_OPENINGS = ("DT", "EX", "PRP", "PRP$", "NNP")  # "so the mill closed"; not "so many mills"
_FEWEST = 4  # words of a clause that can be quoted on its own
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")


def lost(
    at: Token,
    subject: Argument,
    relation: Relation,
    object_: Argument | None,
    context: Context,
    *,
    whole: bool = False,
) -> tuple[Doubt, ...]:
    """What the claim of a predicate `at` omits, in the order of `Doubt`.

    A clause without an object makes no statement, and needs nothing. `whole`: the object is the rest of the
    clause, so only the subject can be cut; but it may lack content.
    """
    if object_ is None:
        return ()
    claim = _Claim(at, relation, (_end(subject, context), _end(object_, context)), context)
    if whole:
        return claim.lost_of_whole()
    tests = {
        Doubt.COMPLEMENT: claim.lacks_complement,
        Doubt.LIST: claim.is_of_a_list,
        Doubt.PART: claim.is_of_a_part,
        Doubt.RESTRICTION: claim.lacks_restriction,
        Doubt.CUT: lambda: claim.is_cut() or claim.loses_limit(),
        Doubt.STANDARD: claim.lacks_standard,
        Doubt.DENIED: claim.has_denied_end,
        Doubt.FRAGMENT: claim.is_fragment,
        Doubt.POINTING: claim.is_conclusion,
        Doubt.FIGURE: claim.is_figure,
    }
    return tuple(doubt for doubt, test in tests.items() if test())


@dataclass(frozen=True, slots=True)
class _End:
    """An end of a claim: its head token, and the span of its text in the graph."""

    argument: Argument
    head: Token | None
    start: int
    end: int

    def holds(self, token: Token) -> bool:
        return self.start <= token.idx < self.end


def _end(argument: Argument, context: Context) -> _End:
    parsed = context.parsed
    # A thing is represented by its mention, without what the clause adds.
    words = parsed.mentions[argument.mention] if argument.mention >= 0 else argument
    return _End(argument, parsed.root(argument), words.start, words.end)


@dataclass(frozen=True, slots=True)
class _Claim:
    at: Token
    relation: Relation
    ends: tuple[_End, _End]
    context: Context

    def _held(self, token: Token) -> bool:
        return any(end.holds(token) for end in self.ends)

    def _heads(self) -> Iterator[tuple[_End, Token]]:
        """The ends that are noun phrases, with their heads."""
        for end in self.ends:
            if end.head is not None and end.argument.time < 0 and end.argument.role is not Role.CONTENT:
                yield end, end.head

    def lost_of_whole(self) -> tuple[Doubt, ...]:
        """What the whole clause lacks: parts of its subject, or content."""
        one = replace(self, ends=(self.ends[0], self.ends[0]))
        tests = {
            Doubt.COMPLEMENT: lambda: self.says_nothing() or self.breaks_off(),
            Doubt.LIST: lambda: one.is_of_a_list() or self._is_one_of_those() or self._is_unpaired(),
            Doubt.PART: one.is_of_a_part,
            Doubt.RESTRICTION: one.lacks_restriction,
            Doubt.CUT: lambda: one.is_cut() or self.loses_habit(),
            Doubt.DENIED: one.has_denied_end,
            Doubt.FIGURE: self.is_figure,
            Doubt.POINTING: self.is_of_another,
        }
        return tuple(doubt for doubt, test in tests.items() if test())

    # -- the predicate ---------------------------------------------------------------------------------

    def lacks_complement(self) -> bool:
        """Whether a complement is missing: "told the delegates [that ...]", "asked the council [to act]",
        "turned it [into a school]".

        Complete: "met the delegates"; "said that ..." with the clause as the object; "began to sing", whose
        predicate is "sing".
        """
        verb = self.at
        if verb.pos_ not in ("VERB", "AUX"):
            return False
        if any(self._is_needed(child) for child in children(verb, *_COMPLEMENTS)):
            return True
        if any(self._is_likeness(clause) for clause in children(verb, "advcl")):
            return True
        if any(self._is_forgotten(noun) for noun in children(verb, "dobj")):
            return True
        if self._lacks_gift() or self._lacks_post() or self._says_somebody():
            return True
        if self._lacks_theme() or self._lacks_message() or self._lacks_measure() or self._rules_nothing():
            return True
        if self._lacks_quotation() or self._lacks_infinitive() or self._lacks_gerund():
            return True
        content = any(end.argument.role is Role.CONTENT for end in self.ends)
        if not content and self._hears():
            return True
        lemma, words = verb.lemma_.lower(), self.context.words("CompletingPrepositions")
        return any(
            f"{lemma} {preposition.lower_}" in words and self._is_left_out(preposition)
            for preposition in self._prepositions()
        )

    def breaks_off(self) -> bool:
        """Whether a whole clause ends before a complement: "named Lima, which [...], [as the host]"."""
        verb, words = self.at, self.context.words("CompletingPrepositions")
        needed = [
            child
            for child in children(verb, "xcomp", "oprd", "acomp", "prep")
            if child.i > verb.i
            and (child.dep_ != "prep" or f"{verb.lemma_.lower()} {child.lower_}" in words)
            and not self._is_of_time(child)
        ]
        if not all(any(map(self._held, child.subtree)) for child in needed) or self._lacks_quotation():
            return True
        rest = self.ends[1]
        return any(
            child.dep_ in _GOVERNED and child.i > token.i and not rest.holds(child)
            for token in verb.subtree
            if rest.holds(token)
            for child in dependents(token)
        )

    def _lacks_gift(self) -> bool:
        """Whether what is given is missing: "Tom was awarded by the mayor". Things are given, people are
        given something.
        """
        verb = self.at
        if verb.lemma_.lower() not in self.context.words("GivingVerbs"):
            return False
        receiver = next((end.head for end in self.ends if end.argument.role is Role.PATIENT), None)
        if receiver is None:
            return False
        if children(verb, "auxpass"):
            given = bool(children(verb, "dobj", "oprd"))
        else:  # "gave the parks to Reed": what is given is an agent too
            given = receiver.dep_ != "dobj" or bool(children(verb, "dative", "prep"))
        return not given and self.context.ontology.is_a(self.context.parsed.type_of(receiver), "Agent")

    def _lacks_post(self) -> bool:
        """Whether the office is missing: "Tom was elected in May"; not "was elected as mayor"."""
        verb = self.at
        if verb.lemma_.lower() not in self.context.words("ChoosingVerbs") or not children(verb, "auxpass"):
            return False
        posts = self.context.words("PostPrepositions")
        told = any(
            child.lower_ in posts and not any(map(self._is_bare_post, children(child, "pobj")))
            for child in children(verb, "prep", "dative")
        )
        return not told and not children(verb, "oprd", "attr", "dobj", "xcomp", "ccomp", "advcl")

    def _is_bare_post(self, noun: Token) -> bool:
        """Whether the office has no name: "was appointed to his post"; not "to his post at Norvex"."""
        time = all(self._is_of_time(preposition) for preposition in children(noun, "prep"))
        bare = not children(noun, "compound", "amod", "nmod") and time
        return (
            bool(children(noun, "poss")) and bare and noun.lemma_.lower() in self.context.words("PostNouns")
        )

    def _follows_nothing(self) -> bool:
        """Whether the object of "follow" is missing: "Lima followed behind at 3 per cent"; not "followed the
        talks".
        """
        verb = self.at
        if verb.lemma_.lower() != "follow" or children(verb, "auxpass"):
            return False
        told = children(verb, "dobj", "ccomp", "xcomp", "dative")
        return not told and not any(p.lower_ in ("from", "in", "up") for p in children(verb, "prep", "prt"))

    def _leaves_nothing(self) -> bool:
        """Whether what is left is missing: "dropped out ahead of the debate"; not "out of the race"."""
        verb = self.at
        particle = self.context.clause(verb).particle
        key = f"{verb.lemma_.lower()} {particle}".strip()
        if key not in self.context.words("LeavingVerbs") or children(verb, "dobj", "auxpass", "xcomp"):
            return False
        out = [word for word in dependents(verb) if word.lower_ == particle]
        inner = [p for word in out for p in children(word, "prep")]
        return not any(p.lower_ in ("of", "from", "as") for p in (*children(verb, "prep"), *inner))

    def _rules_nothing(self) -> bool:
        """Whether the content of a verdict or message is missing: "ruled on the same day", "posted on Chirp";
        not "ruled against Norvex".
        """
        verb, topics = self.at, self.context.words("TopicPrepositions")
        if verb.lemma_.lower() not in self.context.words("VerdictVerbs") or children(verb, "auxpass"):
            return False
        told = children(verb, "dobj", "ccomp", "xcomp", "oprd", "acomp")
        told += [clause for clause in children(verb, "advcl") if self._held(clause)]
        prepositions = [p for p in children(verb, "prep") if p.lower_ in (*topics, "in")]
        return not told and all(self._is_of_time(p) or self._tells_where(p) for p in prepositions)

    def _lacks_quotation(self) -> bool:
        """Whether a quotation is left out: "called the deal “unfair”", "a statement which read, “We ...”"."""
        doc, content = self.at.doc, self.ends[1].argument.role is Role.CONTENT
        span = doc.char_span(self.ends[1].start, self.ends[1].end, alignment_mode="expand")
        if span is None or span.end >= self.at.right_edge.i or self.ends[1].start < self.at.idx:
            return False
        after = [t for t in doc[span.end : span.end + 2] if t.text != ","]
        opening = bool(after) and (after[0].tag_ == "``" or after[0].text == "“")
        calling = self.at.lemma_.lower() in self.context.words("QuotedLabelVerbs")
        return opening and (content or calling)

    def _lacks_infinitive(self) -> bool:
        """Whether the infinitive after a "for" phrase is missing: "called for the killers [to be tried]"; not
        "called for a vote [to end the strike]".
        """
        end = self.ends[1]
        if not self.relation.text.lower().endswith(" for") or end.head is None:
            return False
        after = self.at.doc.char_span(end.start, end.end, alignment_mode="expand")
        to = self.at.doc[after.end : after.end + 1] if after is not None else ()
        agents = self.context.ontology.is_a(self.context.parsed.type_of(end.head), "Agent")
        return agents and any(word.tag_ == "TO" and word.dep_ == "aux" for word in to)

    def _lacks_gerund(self) -> bool:
        """Whether the gerund after the object is missing: "spent his time [promoting laws]"."""
        if self.at.lemma_.lower() not in self.context.words("SpendingVerbs"):
            return False
        clauses = children(self.at, "advcl", "xcomp", "ccomp")
        clauses += [t for noun in children(self.at, "dobj") for t in noun.subtree if t.dep_ == "acl"]
        doc = self.at.doc
        beside = [
            clause
            for clause in clauses
            if clause.tag_ == "VBG" and "," not in (clause.left_edge.text, doc[clause.left_edge.i - 1].text)
        ]
        return any(not self._held(clause) for clause in beside)

    def _tells_where(self, preposition: Token) -> bool:
        kinds = [self.context.parsed.type_of(noun) for noun in children(preposition, "pobj")]
        where = ("Place", "Organization", "CreativeWork")
        known = any(self.context.ontology.is_a(kind, name) for kind in kinds for name in where)
        return preposition.lower_ in ("in", "on") and known

    def _lacks_theme(self) -> bool:
        """Whether the theme of an attitude is missing: "expressed its support by letter", "rejected calls by
        the nurses".

        Not "expressed its support for Peru", "denied involvement in the raid", "voiced support, saying ...".
        """
        words, verb = self.context.words, self.at
        if verb.pos_ != "VERB" or children(verb, "auxpass"):
            return False
        nouns = words("RequestNouns")
        if verb.lemma_.lower() in words("ExpressingVerbs"):
            nouns |= words("ThemeNouns")
        clauses = children(verb, "ccomp", "xcomp", "advcl")
        return any(
            noun.lemma_.lower() in nouns
            and not _is_taken_up(noun, self.context)
            and not any(t.dep_ in ("acl", "relcl") and self._held(t) for t in noun.subtree)
            and not any(map(self._held, (*children(noun, *_TOLD_OF), *clauses)))
            and not any(map(self._is_theme, (*children(noun, "prep"), *children(verb, "prep"))))
            for noun in children(verb, "dobj")
        )

    def _is_theme(self, preposition: Token) -> bool:
        theme = preposition.lower_ in self.context.words("ThemePrepositions") and self._held(preposition)
        return theme and not self._is_of_time(preposition) and not self._is_of_place(preposition)

    def _lacks_measure(self) -> bool:
        """Whether a noun of change lacks what changed: "Lima experienced dips, with Cusco unharmed"; not "saw
        a rise in rents".
        """
        words = self.context.words
        return any(
            noun.lemma_.lower() in words("ChangeNouns")
            and not children(noun, "prep", "compound", "nmod", "poss", "relcl", "acl")
            for noun in children(self.at, "dobj")
            if self.at.lemma_.lower() in words("UndergoingVerbs")
        )

    def is_of_another(self) -> bool:
        """Whether the post is that of a superior who is missing: "was picked to be his deputy"; not "was
        picked by Ana as her deputy".
        """
        verb = self.at
        if verb.lemma_.lower() not in self.context.words("ChoosingVerbs"):
            return False
        if not children(verb, "auxpass") or children(verb, "agent"):
            return False
        posts = [*children(verb, "oprd", "attr")]
        posts += [n for to_be in children(verb, "xcomp") for n in children(to_be, "attr")]
        posts += [n for p in children(verb, "prep") if p.lower_ == "as" for n in children(p, "pobj")]
        return any(owner.tag_ == "PRP$" for post in posts for owner in children(post, "poss"))

    def _lacks_message(self) -> bool:
        """Whether the content of a message is missing: "issued a joint statement in Lima", "made her
        announcement by video".

        Not "issued a ruling against Acme", "gave a speech on rents", "posted a letter saying ...", "made a
        law announcement".
        """
        words = self.context.words
        if self.at.lemma_.lower() not in words("MessagingVerbs"):
            return False
        return any(
            self.context.listed(noun.lemma_.lower(), "AuthoredNouns", "MessageNouns")
            and not children(noun, "compound", "nmod", "nummod", "acl", "relcl", "appos")
            and not any(map(self._is_topic, (*children(noun, "prep"), *children(self.at, "prep"))))
            and not any(self._held(clause) for clause in children(self.at, "ccomp", "xcomp"))
            and not any(self._held(clause) and clause.tag_ == "VBG" for clause in children(self.at, "advcl"))
            for noun in children(self.at, "dobj")
        )

    def _is_topic(self, preposition: Token) -> bool:
        topic = preposition.lower_ in self.context.words("MessageTopics") and self._held(preposition)
        return topic and not self._is_of_time(preposition) and not self._is_of_place(preposition)

    def loses_habit(self) -> bool:
        """Whether words for a habit are left out: "[Every day] she looks at it", "he [routinely] sails"."""
        habits = self.context.words("HabitAdverbs")
        times = [t for t in children(self.at, "npadvmod") if any(c.lower_ == "every" for c in t.lefts)]
        times += [t for t in children(self.at, "advmod") if t.lower_ in habits]
        return not all(map(self._held, times))

    def loses_limit(self) -> bool:
        """Whether a limit is left out: "[partially] owns the mill", "was hunted [nearly] to extinction".

        The name of an open relation has the adverb before the verb ("initially opposed"). An event is true
        without an adverb of time ("initially met Tom").
        """
        if self.at.pos_ not in ("VERB", "AUX"):
            return False
        known = self.context.ontology.relations.get(self.relation.name)
        before = limits.before(self.at, self.context)
        if before is not None and known is not None:
            return known.stative or not limits.is_passing(before, self.context)
        stative = known is None or known.stative
        return any(
            not self._held(adverb) and (stative or not limits.is_passing(adverb, self.context))
            for adverb in limits.after(self.at, self.context)
        )

    def _says_somebody(self) -> bool:
        """Whether a person is the object of "say", which is a parse error: "Lima said Tom Reed's words were
        wise".
        """
        said = self.ends[1].head
        if self.at.lemma_.lower() != "say" or said is None or said.dep_ != "dobj":
            return False
        return self.context.ontology.is_a(self.context.parsed.type_of(said), "Agent")

    def says_nothing(self) -> bool:
        """Whether what was said is missing: "spoke to the media", "was quoted as saying"; not "spoke about
        the law".
        """
        verb, words = self.at, self.ends[1].argument
        lemma, topics = verb.lemma_.lower(), self.context.words("TopicPrepositions")
        if self._lacks_post() or self._follows_nothing() or self._leaves_nothing():
            return True
        if self._lacks_measure() or self._lacks_message() or self._lacks_theme() or self._rules_nothing():
            return True
        saying = children(verb, "prep") and words.text.lower().split()[-2:] == ["as", "saying"]
        if saying or (lemma in self.context.words("SpeechVerbs") and self._says_this()):
            return True
        if lemma not in self.context.words("TalkingVerbs"):
            return False
        within = (t for t in verb.subtree if words.start <= t.idx < words.end)
        told = (t for t in within if t.lower_ in topics and t.pos_ in ("ADP", "SCONJ"))
        return all(self._is_of_time(p) or self._is_of_place(p) for p in told)

    def _says_this(self) -> bool:
        """Whether the object does not tell what was said: "said this while visiting Lima", "said in a
        statement"; not "answered the question".
        """
        verb = self.at
        if children(verb, "xcomp", "ccomp", "oprd", "acomp", "advmod"):
            return False
        said = children(verb, "dobj")
        if not said:
            return verb.lemma_.lower() in ("say", "add") and not children(verb, "auxpass")
        return all(noun.pos_ == "PRON" for noun in said)

    def _is_of_time(self, preposition: Token) -> bool:
        """Whether the phrase is a time: "for 20 minutes", "on Friday"."""
        return any(self.context.parsed.is_time(noun) for noun in children(preposition, "pobj"))

    def _is_of_place(self, preposition: Token) -> bool:
        """Whether the phrase is a place or occasion: "on the sidelines of the talks", "on the occasion of a
        fair".
        """
        places = self.context.words("OccasionNouns")
        within = preposition.head.lemma_.lower() in places
        return within or any(noun.lemma_.lower() in places for noun in children(preposition, "pobj"))

    def is_figure(self) -> bool:
        """Whether the verb and its object are a figure of speech: "changed hands", "paved the way for a
        merger"; not "played the role of a king".
        """
        verb, words = self.at, self.context.words("Figures")
        nouns = children(verb, "dobj", "nsubjpass")
        nouns += [noun for preposition in children(verb, "prep") for noun in children(preposition, "pobj")]
        return any(
            f"{verb.lemma_.lower()} {noun.lemma_.lower()}" in words
            and not (verb.lemma_ == "play" and any(p.lower_ == "of" for p in children(noun, "prep")))
            for noun in nouns
        )

    def _is_needed(self, complement: Token) -> bool:
        if complement.dep_ == "dative":  # "gave a book [to Tom]": another claim has the recipient
            return False
        clause = complement.dep_ == "ccomp"
        before = clause and complement.i < self.at.i
        # "said it was open; by May it had closed": the second is another sentence
        behind = clause and any(t.text == ";" for t in self.at.doc[self.at.i : complement.left_edge.i + 1])
        return not (before or behind) and not any(
            self._held(token) for token in (complement, *complement.subtree) if token.pos_ != "PUNCT"
        )

    def _is_likeness(self, clause: Token) -> bool:
        """Whether the parser takes a comparison for a clause: "described the deal [as dangerous]"."""
        like = any(child.lower_ == "as" and child.i == clause.left_edge.i for child in clause.lefts)
        known = f"{self.at.lemma_.lower()} as" in self.context.words("CompletingPrepositions")
        return like and known and not self._held(clause)

    def _is_forgotten(self, noun: Token) -> bool:
        """Whether the object of a complement is missing: "gave [a prize] to Reed".

        Not if it is in the name of the relation ("took part in"), nor if an end is an example of it ("visited
        towns such as Lima"): that belongs to a list.
        """
        time = self.context.parsed.is_time(noun) and not children(noun, "prep")  # not "a minute of silence"
        if noun.lower_ in self.relation.text.lower().split() or time:
            return False
        if is_relative(noun, self.context):  # "the park that she sold": stands for the park
            return not any(map(self._held, self.context.clause(self.at).objects))
        content = any(end.argument.role is Role.CONTENT for end in self.ends)
        if content and self.at.lemma_.lower() in self.context.words("HearerVerbs"):
            return False  # "told Radio Lima that Tom had left": complete for any hearer
        examples = [head for _, head in self._heads() if _is_example(head, self.context)]
        if any(_first(head).head.head.i == noun.i for head in examples):
            return False
        if any(head.dep_ == "appos" and head.head.i == noun.i for _, head in self._heads()):
            return False  # "met her rival, Tom Reed"
        return not any(self._held(token) for token in (noun, *noun.conjuncts))

    def _hears(self) -> bool:
        """Whether the end that is not the subject is a hearer: an agent who is told or asked something."""
        if self.at.lemma_.lower() not in self.context.words("HearerVerbs"):
            return False
        ontology, parsed = self.context.ontology, self.context.parsed
        other = self.ends[0 if self.relation.inverted else 1].head
        kind = parsed.type_of(other) if other is not None else ""
        return ontology.is_a(kind, "Agent")

    def _prepositions(self) -> Iterator[Token]:
        """Prepositions of the verb, and, because parsers often misattach them, of an end after it."""
        yield from children(self.at, "prep", "dative", "agent")
        for end, head in self._heads():
            if head.head.i == self.at.i and head.i > self.at.i:  # not "Reed of Acme told Lima that ..."
                yield from (child for child in children(head, "prep") if not end.holds(child))

    def _is_left_out(self, preposition: Token) -> bool:
        targets = list(preposition.rights)
        in_relation = self.relation.text.lower().endswith(preposition.lower_)
        dates = self._is_of_time(preposition)  # "called for talks on Monday" is not "called on"
        return bool(targets) and not (in_relation or dates) and not any(map(self._held, targets))

    # -- lists and parts ---------------------------------------------------------------------------------

    def is_of_a_list(self) -> bool:
        """Whether an end is part of a list: "Ana [and Tom] agreed", "crops such as maize", "between China
        [and Peru]".
        """
        verb = self.at
        if self._is_one_of_several() or self._is_one_of_those() or self._is_unpaired():
            return True
        adverbs = {child.lower_ for child in children(verb, "advmod")}
        together = bool(adverbs & self.context.words("TogetherAdverbs")) or (
            verb.lemma_.lower() in self.context.words("CollectiveVerbs")
        )
        for end, head in self._heads():
            joined = [other for other in _joint(head) if not self._held(other)]
            if joined and together and _first(head).dep_ in ("nsubj", "nsubjpass", "agent"):
                return True
            if _is_example(head, self.context) and not self._held(_first(head).head.head):
                return True
            if joined and not end.holds(joined[0]) and _first(head).head.lower_ == "between":
                return True
        return False

    def _is_unpaired(self) -> bool:
        """Whether one end is one member of a list, the other a whole list: "Ana [and Tom] lead Acme and
        Norvex respectively".
        """
        if not any(word.lower_ == "respectively" for word in self.at.sent):
            return False
        (_, one), (what, _) = ((end, end.head) for end in self.ends)
        several = one is not None and any(not self._held(other) for other in one.conjuncts)
        inside = [word for word in self.at.sent if what.holds(word)]
        return several and any(other in inside for word in inside for other in word.conjuncts)

    def _is_one_of_several(self) -> bool:
        """Whether it holds only for all members together: "Ana [and Tom] are friends"."""
        (_, one), (what, attribute) = ((end, end.head) for end in self.ends)
        if one is None or attribute is None or what.argument.role is not Role.ATTRIBUTE:
            return False
        several = any(not self._held(other) for other in _joint(one)) or one.pos_ == "PRON"
        return several and attribute.tag_ == "NNS" and self.at.lemma_ == "be"

    def _is_one_of_those(self) -> bool:
        """Whether a plural predicate is said of one member: "Ana [and Tom] were considered candidates"."""
        head = self.ends[0].head
        if head is None or head.tag_ in ("NNS", "NNPS") or not children(self.at, "auxpass"):
            return False
        plural = any(noun.tag_ == "NNS" and self._held(noun) for noun in children(self.at, "oprd"))
        return plural and any(not self._held(other) for other in _joint(head))

    def is_of_a_part(self) -> bool:
        """Whether the clause is about a part of an end: "[most of] the miners", "[one of] Peru's banks"; not:
        he is "one of the founders".
        """
        if self._is_among():
            return True
        for end, head in self._heads():
            first = _first(head)
            above = first.head.head if first.dep_ == "pobj" and first.head.lower_ == "of" else None
            if above is None or end.holds(above) or above.dep_ == "attr":
                continue
            words = self.context.words("Partitives")
            if above.lower_ in words or above.lemma_.lower() in words or above.pos_ == "NUM":
                return True
        return False

    def _is_among(self) -> bool:
        """Whether the subject is a share of the group in the phrase before it: "[Among the miners,] 70
        percent voted for Reed".
        """
        head = self.ends[0].head
        share = head is not None and (head.pos_ in ("NUM", "PRON", "DET") or head.lower_ in _SHARES)
        if head is None or not share:
            return False
        fronted = [p for p in children(self.at, "prep") if p.i < head.i and p.lower_ in _AMONG]
        return any(not self.context.parsed.is_time(noun) for p in fronted for noun in children(p, "pobj"))

    # -- phrases -----------------------------------------------------------------------------------------

    def lacks_restriction(self) -> bool:
        """Whether a restriction is missing: "drivers [who had drunk]", "a company [founded by her]"; not
        after a comma or a name.

        What somebody is does not need it: "is a temple [that she saw]"; except "the only one [that ...]".
        """
        for end, head in self._heads():
            if self._is_name(end) or head.pos_ == "PRON" or children(head.head, "expl"):
                continue  # "There were 40 people injured in Lima": newly introduced
            if end.argument.role is Role.ATTRIBUTE and not self._is_ranked(head):
                continue
            for clause in children(head, "relcl", "acl"):
                if clause.i == self.at.i and head.tag_ in ("NN", "NNP"):
                    continue  # "the attack that killed Reed" is one; "drivers who drank" are not all drivers
                if not (end.holds(clause) or _is_infinitive(clause)) and _follows(head, clause, end):
                    return True
        return False

    def _is_ranked(self, head: Token) -> bool:
        ranking = self.context.words("RankingAdjectives")
        return any(child.tag_ == "JJS" or child.lower_ in ranking for child in (head, *head.lefts))

    def is_cut(self) -> bool:
        """Whether an end is cut short: "head [of industry]", "the right [to vote]", "his first club [of
        many]", "Ben [Ali]".
        """
        if self._loses_phrase(self.ends[0]) or self._loses_name(self.ends[1]):
            return True
        for end, head in self._heads():
            owned = self._owner(end)  # "president of Peru": the office includes its country
            for child in head.rights:
                if end.holds(child) or self._held(child) or child.idx < end.end:
                    continue
                if owned and child.dep_ != "acl":  # but "his right [to vote]" is cut
                    continue
                of = child.dep_ == "prep" and child.lower_ == "of" and not self._is_name(end)
                if of and not any(map(self._held, children(child, "pobj"))):
                    return True
                if child.dep_ in ("acl", "relcl") and _is_infinitive(child):
                    return True
            if owned:
                continue
            if self._lacks_body(end, head) or self._lacks_number(end, head):
                return True
            attribute = end.argument.role is Role.ATTRIBUTE
            of_another = head.lemma_.lower() in self.context.words("RelationalNouns")  # "is a unit [of ...]"
            if (
                attribute
                and (of_another or self._is_ranked(head))
                and not any(t.dep_ in ("prep", "poss", "compound", "nmod") for t in dependents(head))
            ):
                return True
            after = head.doc[head.i + 1] if head.i + 1 < len(head.doc) else head
            if head.dep_ in ("compound", "nmod", "amod") and after.i == head.head.i and not end.holds(after):
                return not self._is_name(end)  # the first part of a compound
        return False

    def _loses_phrase(self, end: _End) -> bool:
        """Whether a subject that is a list goes on after the end: "the ticket of Reed for president and Ruiz
        [for mayor] won".

        The head's own phrases are in the text, or the subject is a name.
        """
        if end.head is None or self._is_name(end) or end.start > self.at.idx:
            return False
        after = self._behind(end)
        joined = after is not None and after.dep_ == "prep" and after.head.dep_ == "conj"
        return joined and after is not None and end.holds(after.head)

    def _loses_name(self, end: _End) -> bool:
        """Whether a name without a comma is left out: "one of the stars on the show [Rainy Days]", "the
        strain [K-12]".
        """
        after = self._behind(end)
        if after is None or end.head is None or end.argument.role is Role.CONTENT or self._is_name(end):
            return False
        apposed = any(t.dep_ == "appos" and end.holds(t.head) for t in (after, after.head))
        return apposed and not after.is_punct and after.pos_ == "PROPN" and not self._held(after)

    def _behind(self, end: _End) -> Token | None:
        """The word after an end; None if there is none."""
        doc = self.at.doc
        span = doc.char_span(end.start, end.end, alignment_mode="expand")
        return doc[span.end] if span is not None and span.end < len(doc) else None

    def _lacks_body(self, end: _End, head: Token) -> bool:
        """Whether the organisation of a named part is missing: "head of the Mills Department [at Acme]"."""
        if self.at.pos_ not in ("NOUN", "PROPN") or end is not self.ends[1] or not self._is_name(end):
            return False
        if head.dep_ != "pobj" or head.head.head.i != self.at.i:
            return False
        words = self.context.words("BodyPrepositions")
        behind = (*children(head, "prep"), *(p for p in children(self.at, "prep") if p.i > head.i))
        bodies = [(p, noun) for p in behind if p.lower_ in words for noun in children(p, "pobj")]
        # "head of the Lima Institute in Oslo": its location.
        return any(
            not self._held(noun) and (p.lower_ == "at" or not self.context.is_place(noun))
            for p, noun in bodies
        )

    def _lacks_number(self, end: _End, head: Token) -> bool:
        """Whether the number is missing that distinguishes several of one name: "the [116th] Lima
        Parliament".
        """
        return self._is_name(end) and any(
            child.ent_type_ == "ORDINAL" or _ORDINAL.fullmatch(child.lower_)
            for child in children(head, "amod", "nummod")
            if child.idx < end.start
        )

    def lacks_standard(self) -> bool:
        """Whether the standard of comparison is missing: "a greater force", "is faster", "the same"; not
        "greater than ...", "older brother".
        """
        fixed = self.context.words("FixedComparatives")
        for end in self.ends:
            if end.argument.role is Role.CONTENT or end.head is None or self._is_name(end):
                continue
            tokens = [t for t in (*end.head.subtree, end.head) if end.holds(t)]
            compared = [t for t in tokens if t.tag_ in ("JJR", "RBR") and t.lower_ not in fixed]
            counted = any(t.dep_ == "quantmod" or t.lower_ == "than" for t in tokens)
            same = end.head.lower_ == "same" or (end.head.tag_ in ("JJ", "RB") and end.head.lower_ == "worth")
            bare = end.head.tag_ in ("JJS", "RBS") and end.head.dep_ == "acomp"
            if (compared and not counted) or same or bare:
                return True
        return False

    def has_denied_end(self) -> bool:
        """Whether a determiner denies an end: "found no survivors", "little progress"."""
        words = self.context.words("DenyingDeterminers")
        return any(
            head.lower_ in words
            or any(child.lower_ in words and child.dep_ in ("det", "amod", "neg") for child in head.lefts)
            for end, head in self._heads()
            if not self._is_name(end)
        )

    # -- texts -------------------------------------------------------------------------------------------

    def is_fragment(self) -> bool:
        """Whether a text is no complete content, date or amount: "fair and just", "again fastest".

        A content needs a verb and four words, unless it is an infinitive ("to resign").
        """
        for end in self.ends:
            argument = end.argument
            if argument.mention >= 0 or argument.time >= 0:
                continue
            words = self._words(argument)
            if argument.role is Role.CONTENT:
                return not _is_complete(words)
            if any(t.like_num or t.pos_ == "NUM" for t in words):
                continue
            return not any(t.pos_ in ("NOUN", "PROPN") for t in words)
        return False

    def is_conclusion(self) -> bool:
        """Whether a content draws on words before it: "So, we left", "For example, the mill is closed"; not
        "so far", "but we left".
        """
        if self.ends[1].argument.role is not Role.CONTENT:
            return False
        words = self._words(self.ends[1].argument)
        opening, known = [word.lower_ for word in words[:_OPENING]], self.context.words("ConcludingOpeners")
        if any(" ".join(opening[:length]) in known for length in range(1, _OPENING)):
            return True
        if opening[:1] != ["so"] or len(words) < _FEWEST:
            return False
        return words[1].i > words[0].i + 1 or words[1].tag_ in _NOUN_OPENINGS  # "So, ..."

    def _words(self, argument: Argument) -> list[Token]:
        """The tokens of a text, without punctuation."""
        doc = self.context.parsed.doc
        span = doc.char_span(argument.start, argument.end, alignment_mode="expand")
        return [t for t in span or () if not (t.is_punct or t.is_quote or t.is_space)]

    def _is_name(self, end: _End) -> bool:
        index = end.argument.mention
        return index >= 0 and self.context.parsed.mentions[index].kind is MentionKind.NAME

    def _owner(self, end: _End) -> bool:
        index = end.argument.mention
        return index >= 0 and self.context.parsed.mentions[index].possessor >= 0


def _is_complete(words: list[Token]) -> bool:
    if words and words[0].lower_ == "to":
        return len(words) > 1 and words[-1].lower_ not in ("do", "be")
    verbs = any(t.tag_ in _FINITE or t.tag_ == "VB" for t in words)
    cut = bool(words) and words[-1].tag_ in ("IN", "DT", "CC", "TO", "PRP$") and words[-1].dep_ != "prt"
    return verbs and len(words) >= _FEWEST and not cut


def _is_taken_up(noun: Token, context: Context) -> bool:
    """Whether the noun refers to something mentioned before: "defended the decision"."""
    return (
        noun.i > 0
        and noun.nbor(-1).lower_ in {"the", *context.words("Demonstratives")}
        and not any(child.dep_ == "prep" for child in noun.rights)
    )


def _first(head: Token) -> Token:
    """The first member of the list that the noun is in."""
    while head.dep_ == "conj" and head.head.i != head.i:
        head = head.head
    return head


def _joint(head: Token) -> list[Token]:
    """The other members of its list."""
    return [other for other in head.conjuncts if other.pos_ in ("NOUN", "PROPN", "PRON")]


def _is_example(head: Token, context: Context) -> bool:
    """Whether the noun is an example of a list: "crops such as maize", "crops including maize", "crops like
    maize and beans".
    """
    first = _first(head)
    preposition = first.head
    if first.dep_ != "pobj" or preposition.dep_ != "prep" or preposition.head.pos_ not in ("NOUN", "PROPN"):
        return False
    such = preposition.lower_ == "as" and any(child.lower_ == "such" for child in dependents(preposition))
    return such or preposition.lower_ in context.words("ExamplePrepositions")


def _is_infinitive(clause: Token) -> bool:
    return clause.tag_ == "VB" and any(child.lower_ == "to" for child in children(clause, "aux"))


def _follows(head: Token, clause: Token, end: _End) -> bool:
    """Whether the clause follows the phrase without a comma, and so restricts it."""
    if clause.i < head.i:
        return False
    between = [t for t in head.doc[head.i + 1 : clause.left_edge.i] if t.idx >= end.end]
    return not any(t.is_punct for t in between)
