"""Who says what stands in quotation marks, and whose words a content clause is.

    “We will sign,” said Ana Ruiz. “All of us.”     both quotations are Ana Ruiz's
    Ana Ruiz said: “We will sign.”
    Tom called it “a mistake”.                      a quoted phrase: Tom's word

The speaker is the subject of a speech verb beside the quotation: in its sentence, or in what is left
of a sentence that a closing mark has cut off. A quotation without one belongs to whoever spoke last
in the same paragraph, if nobody else was named in between. Else the speaker is unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.clauses.clause import Context, children
from kg.extract.reality.status import Status
from kg.language import phrases
from kg.language.parsed import Quotation
from kg.model import MentionKind

if TYPE_CHECKING:
    from spacy.tokens import Token
_AUTHORS = frozenset(("from", "by"))


@dataclass(frozen=True, slots=True)
class Attribution:
    """A quotation, the speech verb beside it and the head of who speaks (None when unknown)."""

    quotation: Quotation
    verb: Token | None
    speaker: Token | None


class Speech:
    """Who says what in a document: the attributions of its quotations, and the status of its clauses."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.statuses: dict[int, Status] = {}  # of verbs, once `factuality` has read them
        self.attributions = tuple(self._attribute())

    def quoted(self, token: Token) -> Attribution | None:
        """The attribution of the quotation that holds the token."""
        index = self.context.parsed.quotation_of.get(token.i)
        return None if index is None else self.attributions[index]

    def _attribute(self) -> list[Attribution]:
        found: list[Attribution] = []
        for quotation in self.context.parsed.quotations:
            verb = self._speech_verb(quotation)
            speaker = speech_of_governor(verb, self.context) if verb is not None else None
            if verb is None and found and self._continues(found[-1], quotation):
                speaker = found[-1].speaker
            found.append(Attribution(quotation, verb, speaker))
        return found

    def _speech_verb(self, quotation: Quotation) -> Token | None:
        """The nearest speech verb outside the quotation, in the words that adjoin it."""
        verbs = [token for token in self._adjoining(quotation) if self._is_speech(token)]
        if not verbs:
            return None

        def distance(verb: Token) -> int:
            return min(abs(verb.i - quotation.end), abs(quotation.start - verb.i))

        return min(verbs, key=lambda verb: (distance(verb), verb.i))

    def _adjoining(self, quotation: Quotation) -> list[Token]:
        parsed = self.context.parsed
        doc = parsed.doc
        tokens: list[Token] = []
        for i in range(quotation.start - 1, max(quotation.start - 60, -1), -1):
            token = doc[i]
            if token.is_space and "\n" in token.text:
                break
            if token.text in (".", "!", "?") and i < quotation.start - 1 and not parsed.is_quoted(token):
                break
            if not parsed.is_quoted(token):
                tokens.append(token)
        for i in range(quotation.end, min(quotation.end + 60, len(doc))):
            token = doc[i]
            if token.is_space and "\n" in token.text:
                break
            if not parsed.is_quoted(token):
                tokens.append(token)
                if token.text in (".", "!", "?"):
                    break
        return tokens

    def _is_speech(self, token: Token) -> bool:
        words = self.context.words("SpeechVerbs") | {
            "call",
            "think",
            "feel",
            "praise",
            "criticise",
            "criticize",
            "dub",
            "label",
        }
        return (
            token.pos_ == "VERB"
            and token.lemma_.lower() in words
            and bool(speech_subjects(token, self.context))
        )

    def _continues(self, before: Attribution, quotation: Quotation) -> bool:
        if before.speaker is not None and self.context.parsed.is_quoted(before.speaker):
            return False  # who is quoted himself: the marks are astray
        if quotation.continues:
            return True
        doc = self.context.parsed.doc
        between = doc[before.quotation.end : quotation.start]
        if before.speaker is None or any(t.is_space and "\n" in t.text for t in between):
            return False
        named = {t.i for t in between if t.dep_ in ("nsubj", "nsubjpass")}
        return not named - {before.speaker.i}


def speech_subjects(verb: Token, context: Context) -> tuple[Token, ...]:
    return context.clause(verb).subjects


def speech_of_governor(verb: Token, context: Context) -> Token | None:
    """The first subject of a verb of saying or thinking; of a passive, who does it."""
    clause = context.clause(verb)
    if clause.passive:
        return _author(clause.agents[0], context) if clause.agents else None
    outside = [subject for subject in clause.subjects if not context.parsed.is_quoted(subject)]
    found = outside or list(clause.subjects)
    speakers = found if found and not context.parsed.is_quoted(verb) else clause.subjects
    return _author(speakers[0], context) if speakers else None


def _author(noun: Token, context: Context) -> Token | None:
    """As in "a statement from the ministry": the ministry. "An inquiry found" tells nobody who says it."""
    parsed = context.parsed
    if parsed.is_name(noun) or noun.lemma_.lower() not in context.words("AuthoredNouns"):
        return noun
    told = owner_of_words(noun, context)
    mention = parsed.mention(noun)
    return noun if told is None and mention is not None and mention.kind is not MentionKind.EVENT else told


def owner_of_words(noun: Token, context: Context) -> Token | None:
    """As in "Ana's claim", "remarks by Ana", "a statement from the ministry"; not "Tuesday's report"."""
    owners = [phrases.possessor(noun)]
    owners += [owner for p in children(noun, "prep") if p.lower_ in _AUTHORS for owner in children(p, "pobj")]
    return next((owner for owner in owners if owner is not None and not context.parsed.is_time(owner)), None)


def content_of(verb: Token) -> Token | None:
    """The head of the content clause that a verb governs."""
    found = children(verb, "ccomp")
    return found[0] if found else None


def is_before_colon(clause: Token, governor: Token) -> bool:
    """As in "Ana spoke of the fire: “We know nothing.”": the first is no content of the second."""
    return clause.i < governor.i and any(t.text == ":" for t in clause.doc[clause.i + 1 : governor.i])
