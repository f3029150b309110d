"""Makes Claims from tokens: the only module that turns words into arguments and relations."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kg.extract import frames
from kg.extract.anaphora import needing
from kg.extract.clauses import control
from kg.extract.clauses.clause import Clause, Context, children
from kg.extract.lexicon import TEXT, Lexicon, open_name
from kg.extract.naming import name_of
from kg.extract.reality.factuality import status, undenied
from kg.extract.reality.quoting import Speech
from kg.extract.reality.status import Status
from kg.extract.whole import lost
from kg.language import noun_phrases
from kg.language.second_parse import agreement, path, second
from kg.model import (
    WHOLE_CLAUSE,
    Argument,
    BlockKind,
    Claim,
    Factuality,
    Frame,
    Mention,
    MentionKind,
    Relation,
    Role,
)
from kg.ontology import RelationType

_MEASURE_AT_END = re.compile(
    r"\d[\d.,]*[a-z]{1,3}\."
)  # a measure with the full stop of its sentence: "1,500m."

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(slots=True)
class Builder:
    """Collects the frames and claims of one document.

    `retyped` holds mentions whose class a construction corrected. `Claim.frame` is the index of the token
    that heads the predicate until `projected` replaces it with the frame's index. `projection` is the name of
    the projection whose claims are being added (a key of `kg.extract.projections.PROJECTIONS`).
    """

    context: Context
    lexicon: Lexicon
    speech: Speech
    claims: list[Claim] = field(default_factory=list)
    # key: index of the token that heads the predicate
    frames: dict[int, Frame] = field(default_factory=dict)
    projection: str = ""
    retyped: dict[int, Mention] = field(default_factory=dict)

    # -- arguments -------------------------------------------------------------------------------------

    def argument(self, token: Token, role: Role) -> Argument:
        """The argument for the token's phrase, or for the name beside it, as in "the mayor, Ana Ruiz"."""
        return self.phrase(name_of(token, self.context) or token, role)

    def phrase(self, token: Token, role: Role) -> Argument:
        """The argument for the token's phrase as written, even if a name is beside it."""
        parsed = self.context.parsed
        text = parsed.document.text
        if token.i in parsed.time_of:
            index = parsed.time_of[token.i]
            time = parsed.times[index]
            return Argument(time.start, time.end, time.text, role, time=index)
        index = parsed.mention_index(token)
        if index >= 0:
            mention = parsed.mentions[index]
            start = mention.start
            if mention.title:  # the argument is "Mr Reed", as written; the mention itself is "Reed"
                start = text.rfind(mention.title, 0, mention.start)
            return Argument(start, mention.end, text[start : mention.end], role, mention=index)
        first, last = noun_phrases.wide(token, parsed.is_time)
        start, end = token.doc[first].idx, token.doc[last - 1].idx + len(token.doc[last - 1])
        return Argument(start, end, text[start:end], role)

    def reach(self, argument: Argument, verb: Token) -> Argument:
        """The argument, extended by what follows it in its clause.

        The extension ends at a punctuation mark, a conjunction or another clause. In "made an opening under
        the house", it does not matter whether "under the house" belongs to the noun or to the verb.
        """
        doc = verb.doc
        span = doc.char_span(argument.start, argument.end, alignment_mode="expand")
        if span is None or argument.time >= 0:
            return argument
        end = span.end
        # Content clauses and relative clauses are left out: the argument ends before "he" in "told Reed he
        # was late" and "sued the firm over an injury he had".
        inside = doc[end : verb.right_edge.i + 1]
        clauses = [*children(verb, "ccomp"), *(word for word in inside if word.dep_ == "relcl")]
        starts = [clause.left_edge.i for clause in clauses if clause.left_edge.i >= end]
        for token in doc[end : min([*starts, verb.right_edge.i + 1])]:
            # "beat Lima 3 – 1": the number after the argument is the score of the game, not part of the name
            score = token.i == span.end and token.like_num
            if score or not verb.is_ancestor(token) or self._ends_phrase(token) or _is_of_names(token):
                break
            end = token.i + 1
        while end > span.end and doc[end - 1].tag_ in ("IN", "TO", "DT", "PRP$"):
            end -= 1
        if end == span.end:
            return argument
        until = doc[end - 1].idx + len(doc[end - 1])
        text = self.context.parsed.document.text[argument.start : until]
        return replace(argument, end=until, text=text)

    def _ends_phrase(self, token: Token) -> bool:
        """Whether an argument ends before the token.

        That is, whether it is a punctuation mark, a conjunction, a relative word, or a verb or adverb outside
        the phrase.
        """
        if token.is_space or (token.is_punct and token.text != "-"):
            return True
        if token.dep_ == "advmod" and token.lower_ in self.context.words("RemovalAdverbs"):
            return True  # a particle of the verb: "put the plan aside"
        other_clause = token.pos_ in ("VERB", "AUX") and token.dep_ not in ("amod", "acl", "pcomp", "xcomp")
        return other_clause or token.dep_ in ("cc", "mark", "prt") or token.tag_.startswith("W")

    def words(self, first: int, last: int, role: Role, without: tuple[int, int] = (0, 0)) -> Argument:
        """The argument for a span of tokens (end exclusive), without surrounding punctuation and spaces.

        `without`: the tokens of an insertion, which the argument's text omits: "Ana said" in "“We,” Ana said,
        “won”".
        """
        doc = self.context.parsed.doc
        while first < last and _is_mark(doc[first]):
            first += 1
        while last > first and (_is_mark(doc[last - 1]) or doc[last - 1].text == "."):
            last -= 1
        start = doc[first].idx if first < len(doc) else 0
        end = doc[last - 1].idx + len(doc[last - 1]) if last > first else start
        if last > first and _MEASURE_AT_END.fullmatch(doc[max(first, last - 2) : last].text):
            end -= 1
        text = self.context.parsed.document.text
        found = Argument(start, end, text[start:end], role)
        needs = needing(found, self.context) if role is Role.CONTENT else ()
        if first < without[0] < without[1] < last:
            break_, on = doc[without[0]].idx, doc[without[1]].idx
            mentions = self.context.parsed.mentions
            needs = tuple(i for i in needs if not break_ <= mentions[i].start < on)
            found = replace(found, text=f"{text[start:break_].rstrip()} {text[on:end]}")
        return replace(found, needs=needs)

    def type_of(self, argument: Argument) -> str:
        """The class of the thing that the argument mentions; `TEXT` if it mentions none."""
        if argument.mention < 0:
            return TEXT
        return self.context.parsed.type_of(self.context.parsed.head(argument.mention))

    def is_amount(self, token: Token) -> bool:
        """Whether the token heads an amount, which names no thing: "5 percent", "$300", "678 points"."""
        if self.context.parsed.is_name(token) or self.context.parsed.is_time(token):
            return False
        counted = any(child.dep_ == "nummod" or child.lower_ == "half" for child in token.lefts)
        if token.pos_ == "NUM" and any(child.lower_ == "of" for child in token.rights):
            return False  # one of several things, not an amount: "visited one of the churches"
        return token.pos_ == "NUM" or token.text == "%" or (counted and token.lemma_.lower() in self._units)

    @property
    def _units(self) -> frozenset[str]:
        return self.context.words("Units")

    def amount(self, token: Token) -> Argument:
        """The argument for an amount: the noun phrase up to its head, and "-fold" if it follows."""
        first, last = noun_phrases.narrow(token)
        after = [following.lower_ for following in token.doc[last : last + 2]]
        return self.words(first, last + 2 if after == ["-", "fold"] else last, Role.ATTRIBUTE)

    def is_thing(self, token: Token) -> bool:
        """Whether the token's phrase mentions something that a statement can be about."""
        mention = self.context.parsed.mention(token)
        return mention is not None and not (mention.kind is MentionKind.EVENT and token.pos_ == "VERB")

    # -- relations -------------------------------------------------------------------------------------

    def relation(
        self,
        head: Token,
        surface: str,
        known: RelationType | None,
        label: str = "",
        *,
        inverted: bool = False,
    ) -> Relation:
        """The ontology's relation `known`; if None, an open one named after `label`, or else `surface`."""
        start, end = head.idx, head.idx + len(head)
        if known is not None:
            return Relation(start, end, surface, known.name, known.label, known=True, inverted=inverted)
        return Relation(
            start, end, surface, open_name(label or surface), label or surface, known=False, inverted=inverted
        )

    def known(self, name: str) -> RelationType:
        return self.context.ontology.relations[name]

    # -- claims ----------------------------------------------------------------------------------------

    def status(self, verb: Token) -> Status:
        return status(verb, self.context, self.speech)

    def undenied(self, verb: Token) -> Status:
        """The factuality of the verb, ignoring a negation that the claim's words already contain."""
        return undenied(verb, self.context, self.speech)

    def add(
        self,
        subject: Argument,
        relation: Relation,
        object_: Argument | None,
        *,
        at: Token,
        rule: str,
        confidence: float,
        status: Status,
        time: int = -1,
        place: int = -1,
        event: int = -1,
    ) -> None:
        """Add a claim to the frame of `at`.

        No claim is added if subject and object are the same words, if one of them is a question ("how
        many"), or if the object contains no word.
        """
        if object_ is not None and (subject.start, subject.end) == (object_.start, object_.end):
            return
        if object_ is not None and not any(character.isalnum() for character in object_.text):
            return  # in "was Wal - Mart", the parser takes the hyphen for the object
        if any(end is not None and self._is_asked(end) for end in (subject, object_)):
            return
        parsed = self.context.parsed
        sentence = parsed.sentence_of[at.i]
        if place < 0 and object_ is not None and self._is_where(relation, object_):
            place = object_.mention
        confidence *= self._parse_trust(at, subject, object_)
        speaker = self.argument(status.speaker, Role.AGENT) if status.speaker is not None else None
        claim = Claim(
            subject,
            relation,
            object_,
            sentence,
            rule,
            round(confidence, 3),
            status.factuality,
            speaker,
            time,
            place,
            event,
            agreement=self._agreement(at, subject, object_),
            lost=lost(at, subject, relation, object_, self.context, whole=self.projection == WHOLE_CLAUSE),
            frame=at.i,
            projection=self.projection,
        )
        self.claims.append(claim)
        frame = self.frames.get(at.i)
        if frame is None or at.pos_ not in ("VERB", "AUX"):
            frame = frames.with_claim(frame, claim, at)
        self.frames[at.i] = replace(frame, relation=frame.relation or relation.name)

    def _is_asked(self, end: Argument) -> bool:
        """Whether a question or relative word determines the noun, so that the phrase alone names nothing.

        As in "asked how many ships came", "a man whose house burned".
        """
        if end.mention < 0:
            return False
        opening, *rest = self.context.parsed.mentions[end.mention].text.lower().split()
        many = opening == "how" and bool(rest) and rest[0] in ("many", "much")
        return many or (opening in ("whose", "what") and bool(rest))

    def projected(self, claims: Iterable[Claim]) -> tuple[tuple[Claim, ...], tuple[Frame, ...]]:
        """The claims in the order given, each with its frame's index, and the frames in text order."""
        number = {at: n for n, at in enumerate(sorted(self.frames))}
        told = tuple(dict.fromkeys(replace(claim, frame=number[claim.frame]) for claim in claims))
        return told, tuple(self.frames[at] for at in number)

    def _agreement(self, at: Token, *ends: Argument | None) -> float | None:
        """The fraction of the path from the predicate to subject and object that a second parser confirms.

        The path is in the dependency tree. None if no second parser has read the text.
        """
        if second(at.doc) is None:
            return None
        way = {at.i}
        for end in ends:
            head = self.context.parsed.root(end) if end is not None else None
            if head is not None:
                way |= path(head, at)
        share = agreement(at.doc, way)
        return None if share is None else round(share, 3)

    def _is_where(self, relation: Relation, object_: Argument) -> bool:
        """Whether the object is the place of the event, as in "visited Lima"."""
        known = self.context.ontology.relations.get(relation.name)
        if known is None or not known.object_is_place or object_.mention < 0:
            return False
        return self.context.is_place(self.context.parsed.head(object_.mention))

    def _parse_trust(self, at: Token, subject: Argument, object_: Argument | None) -> float:
        """How reliable the parse is for this claim: a factor by which its confidence is multiplied.

        Parsers err in headlines, in long sentences, in non-sentences, and over long distances; pronouns may
        be resolved wrongly.
        """
        parsed = self.context.parsed
        sentence = parsed.sentences[parsed.sentence_of[at.i]]
        text = parsed.document.text[sentence.start : sentence.end]
        factor = 0.85 if sentence.block in (BlockKind.TITLE, BlockKind.HEADING) else 1.0
        length = text.count(" ")
        factor *= 1.0 if length < 30 else 0.95 if length < 45 else 0.87
        if sentence.block is BlockKind.PARAGRAPH and (text[:1].islower() or text[-1:].isalnum()):
            factor *= 0.85
        for end in (subject, object_):
            if end is None:
                continue
            between = parsed.document.text[min(end.end, at.idx) : max(end.start, at.idx)]
            factor *= 1.0 if between.count(" ") < 12 else 0.85
            if end.mention >= 0 and parsed.mentions[end.mention].kind is MentionKind.PRONOUN:
                factor *= 0.92
        return factor

    def state(
        self,
        subject: Token,
        name: str,
        object_: Argument,
        *,
        at: Token,
        surface: str,
        rule: str,
        confidence: float,
    ) -> None:
        """Add a claim made by a noun phrase (about an age, an owner); inside a quotation, it is reported."""
        self.add(
            self.argument(subject, Role.PATIENT),
            self.relation(at, surface, self.known(name)),
            object_,
            at=at,
            rule=rule,
            confidence=confidence,
            status=self.noun_status(at),
        )

    def noun_status(self, token: Token) -> Status:
        """The factuality of a claim from a noun phrase: asserted, unless inside a quotation or an answer.

        A noun phrase presupposes what it says: "Ana's brother left" presupposes that Ana has a brother.
        """
        outer = self.speech.answer(token) or Status()
        quoted = self.speech.quoted(token)
        if quoted is None or quoted.quotation.end - quoted.quotation.start < 6:
            return outer
        return Status(Factuality.REPORTED, quoted.speaker, quoted.verb).under(outer)

    def retype(self, index: int, **changes: object) -> None:
        mention = self.retyped.get(index, self.context.parsed.mentions[index])
        self.retyped[index] = replace(mention, **changes)  # type: ignore[arg-type]


def _is_of_names(token: Token) -> bool:
    """Whether the noun precedes several names, as "children" does in "his children Eva and Tom".

    "His children Eva" would say that all of them are called Eva.
    """
    name = token.head if token.dep_ == "compound" else token
    several = name.dep_ == "appos" and name.head.tag_ == "NNS" and bool(children(name, "conj"))
    return several and name.pos_ == "PROPN"


def _is_mark(token: Token) -> bool:
    return token.is_space or token.is_quote or token.text in ",:;“”"


def surface_of(clause: Clause, preposition: str = "", limit: Token | None = None) -> str:
    """The words of the relation as written: "was not bought by"; with `limit`, "was partially bought by"."""
    verb = clause.verb
    words = [*_verb_words(verb), *([limit] if limit is not None else [])]
    if (
        control.CONSTRUCTION in clause.rules
        and verb.head.pos_ in ("VERB", "AUX")
        and not children(verb.head, "dobj")
    ):
        # the governing verb is included: "was forced to resign", "began to sing"
        words = [*_verb_words(verb.head), *words]
    words.sort(key=lambda token: token.i)
    return " ".join([*(token.text for token in words), *([preposition] if preposition else [])])


def _verb_words(verb: Token) -> list[Token]:
    return [*children(verb, "aux", "auxpass", "neg"), verb, *children(verb, "prt")]
