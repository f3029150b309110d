"""Makes Claims out of tokens: the one place where words turn into arguments and relations."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kg.extract.clause import Clause, Context, children
from kg.extract.factuality import Status, status
from kg.extract.lexicon import TEXT, Lexicon, open_name
from kg.extract.naming import name_of
from kg.extract.quoting import Speech
from kg.language import phrases
from kg.model import Argument, BlockKind, Claim, Factuality, Mention, MentionKind, Relation, Role
from kg.ontology import RelationType

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(slots=True)
class Builder:
    """Collects the claims of one document. `retyped` holds mentions that a construction understood better."""

    context: Context
    lexicon: Lexicon
    speech: Speech
    claims: list[Claim] = field(default_factory=list)
    retyped: dict[int, Mention] = field(default_factory=dict)

    # -- ends ------------------------------------------------------------------------------------------

    def argument(self, token: Token, role: Role) -> Argument:
        """The phrase that the token heads, or the name beside it ("the mayor, Ana Ruiz")."""
        return self.phrase(name_of(token, self.context) or token, role)

    def phrase(self, token: Token, role: Role) -> Argument:
        """The phrase that the token heads, as it stands."""
        parsed = self.context.parsed
        text = parsed.document.text
        if token.i in parsed.time_of:
            index = parsed.time_of[token.i]
            time = parsed.times[index]
            return Argument(time.start, time.end, time.text, role, time=index)
        index = parsed.mention_index(token)
        if index >= 0:
            mention = parsed.mentions[index]
            return Argument(mention.start, mention.end, mention.text, role, mention=index)
        first, last = phrases.wide(token, parsed.is_time)
        start, end = token.doc[first].idx, token.doc[last - 1].idx + len(token.doc[last - 1])
        return Argument(start, end, text[start:end], role)

    def words(self, first: int, last: int, role: Role) -> Argument:
        """A stretch of tokens (end exclusive) that is no thing, without the marks and blanks around it."""
        doc = self.context.parsed.doc
        while first < last and (doc[first].is_space or doc[first].is_quote or doc[first].text in ",:;“”"):
            first += 1
        while last > first and (
            doc[last - 1].is_space or doc[last - 1].is_quote or doc[last - 1].text in ",:;“”"
        ):
            last -= 1
        start = doc[first].idx if first < len(doc) else 0
        end = doc[last - 1].idx + len(doc[last - 1]) if last > first else start
        return Argument(start, end, self.context.parsed.document.text[start:end], role)

    def type_of(self, argument: Argument) -> str:
        """The class of what the argument mentions; `TEXT` when it is no thing."""
        if argument.mention < 0:
            return TEXT
        return self.context.parsed.type_of(self.context.parsed.head(argument.mention))

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
        """A relation of the ontology where one is known, else an open one named after `label`."""
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
        if object_ is not None and (subject.start, subject.end) == (object_.start, object_.end):
            return
        parsed = self.context.parsed
        sentence = parsed.sentence_of[at.i]
        if parsed.sentences[sentence].block is BlockKind.TITLE:
            confidence *= 0.85
        for end in (subject, object_):
            if (
                end is not None
                and end.mention >= 0
                and parsed.mentions[end.mention].kind is MentionKind.PRONOUN
            ):
                confidence *= 0.9
        speaker = self.argument(status.speaker, Role.AGENT) if status.speaker is not None else None
        self.claims.append(
            Claim(
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
            )
        )

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
        """A lasting fact told in a noun phrase: as true as the quotation that it stands in."""
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
        """What noun phrases say is presupposed: a fact, unless it stands in somebody's quotation."""
        quoted = self.speech.quoted(token)
        if quoted is None or quoted.quotation.end - quoted.quotation.start < 6:
            return Status()
        return Status(Factuality.REPORTED, quoted.speaker)

    def retype(self, index: int, **changes: object) -> None:
        mention = self.retyped.get(index, self.context.parsed.mentions[index])
        self.retyped[index] = replace(mention, **changes)  # type: ignore[arg-type]


def surface_of(clause: Clause, preposition: str = "") -> str:
    """The words of the relation as worded: "was not bought by"."""
    verb = clause.verb
    words = [*children(verb, "aux", "auxpass", "neg"), verb, *children(verb, "prt")]
    words.sort(key=lambda token: token.i)
    return " ".join([*(token.text for token in words), *([preposition] if preposition else [])])
