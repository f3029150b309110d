"""The speaker of quotations and of content clauses.

    “We will sign,” said Ana Ruiz. “All of us.”     both quotations are Ana Ruiz's
    Ana Ruiz said: “We will sign.”
    Tom called it “a mistake”.                      a quoted phrase: Tom's word

The speaker is the subject of a speech verb beside the quotation: in the same sentence, or in the rest of that
sentence if the parser ends it at the closing mark. A quotation without a speech verb has the speaker of
another quotation in the same paragraph, if nobody else is named in between. A quotation that is a sentence of
its own has the speaker of the sentence before it, or of the last sentence in the previous paragraph ("Ana
Ruiz praised the crew and added:"). Otherwise the speaker is unknown.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.clauses.clause import Context, children
from kg.extract.reality import interviewed
from kg.extract.reality.authors import author, speech_of_governor, speech_subjects
from kg.extract.reality.said_clauses import content_of
from kg.extract.reality.status import Status
from kg.language.parsed import Quotation
from kg.model import BlockKind, Factuality

if TYPE_CHECKING:
    from spacy.tokens import Token


_WHO = ("he", "she")
_FINITE = ("VBD", "VBZ", "VBP", "MD")
_ASKED = ("if", "whether")
_SENTENCE_ENDS = (".", "!", "?")
_OPENING_MARKS = ("“", "„", "«", "``", '"')
_CONTENTS = ("ccomp", "xcomp", "prt", "agent")
_ABOUT = ("of", "about", "for")
_SUBORDINATE = ("advcl", "relcl", "xcomp", "acl", "pcomp")
_THINGS = ("this", "these", "there")


@dataclass(frozen=True, slots=True)
class Attribution:
    """A quotation, the speech verb beside it and the head of the speaker (None if unknown)."""

    quotation: Quotation
    verb: Token | None
    speaker: Token | None


class Speech:
    """The speakers in a document: the attributions of its quotations, and the status of its clauses."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.statuses: dict[int, Status] = {}  # by the index of the verb, filled by `factuality`
        self.attributions = tuple(self._attribute())
        self.interviewed = interviewed.speakers(context)

    def quoted(self, token: Token) -> Attribution | None:
        """The quotation that contains the token, with its speaker; None outside quotations."""
        index = self.context.parsed.quotation_of.get(token.i)
        return None if index is None else self.attributions[index]

    def answer(self, token: Token) -> Status | None:
        """The status of what is said in an interview, with the speaker who answers or asks; None outside
        interviews.
        """
        index = self.context.parsed.turn_of.get(token.i)
        return None if index is None else Status(Factuality.REPORTED, self.interviewed[index])

    def _attribute(self) -> list[Attribution]:
        quotations = self.context.parsed.quotations
        verbs = [self._speech_verb(quotation) for quotation in quotations]
        speakers = [speech_of_governor(verb, self.context) if verb is not None else None for verb in verbs]
        for i, verb in enumerate(verbs):
            if verb is not None:
                continue
            if i and self._continues(quotations[i - 1], speakers[i - 1], quotations[i]):
                speakers[i] = speakers[i - 1]
            elif (subject := self._before_colon(quotations[i])) is not None:
                speakers[i] = subject
            elif i + 1 < len(verbs) and self._leads_to(
                quotations[i], quotations[i + 1], verbs[i + 1], speakers[i + 1]
            ):
                # Reed says both in “We lost.” He smiled. “We will go on,” Reed said.
                speakers[i] = speakers[i + 1]
            elif self._opens_paragraph(quotations[i]) or self._stands_alone(quotations[i]):
                above = self._speaker_above(quotations[i], speakers[:i])
                # A quoted speaker shows that the parse is wrong.
                above = None if above is None or self.context.parsed.is_quoted(above) else above
                speakers[i] = above or self._resumed(quotations[i])
        return [Attribution(*each) for each in zip(quotations, verbs, speakers, strict=True)]

    def _leads_to(
        self, quotation: Quotation, following: Quotation, verb: Token | None, speaker: Token | None
    ) -> bool:
        """Whether the speech verb after the next quotation also belongs to this one."""
        behind = verb is not None and verb.i >= following.end
        own = self._opens_paragraph(quotation) or self._stands_alone(quotation)
        return behind and own and self._continues(quotation, speaker, following)

    def _before_colon(self, quotation: Quotation) -> Token | None:
        """The person in the words before a colon and a quotation: "Ana Ruiz struck a warning note: “...”".

        None without such a person.
        """
        parsed = self.context.parsed
        at = quotation.start - 1
        while at > 0 and (parsed.doc[at].is_space or parsed.doc[at].text in _OPENING_MARKS):
            at -= 1
        if at <= 0 or parsed.doc[at].text != ":" or "\n" in parsed.doc[at : quotation.start].text:
            return None
        start = at
        while start > 0 and parsed.in_one_sentence(start - 1, at):
            start -= 1
        verbs = [t for t in parsed.doc[start:at] if t.dep_ == "ROOT" and t.pos_ in ("VERB", "AUX")]
        subjects = children(verbs[0], "nsubj") if len(verbs) == 1 else []
        if subjects and (words := self._words_before(parsed.doc[start:at])) is not None:
            return words  # the king in "The palace issued the following statement from the king: “...”"
        person = [s for s in subjects if parsed.type_of(s) == "Person" or s.lower_ in _WHO]
        return person[0] if len(subjects) == 1 and person and not parsed.is_quoted(person[0]) else None

    def _words_before(self, tokens: Iterable[Token]) -> Token | None:
        """The author of the statement that a sentence announces ("issued a statement"); None if unknown."""
        nouns = [
            noun
            for noun in tokens
            if noun.dep_ == "dobj" and noun.lemma_.lower() in self.context.words("AuthoredNouns")
        ]
        told = author(nouns[0], self.context) if len(nouns) == 1 else None
        return told if told is not None and told.i != nouns[0].i else None

    def _opens_paragraph(self, quotation: Quotation) -> bool:
        """Whether the quotation begins a paragraph, and has a verb."""
        doc = self.context.parsed.doc
        at = quotation.start - 1
        while at > 0 and doc[at].text in _OPENING_MARKS:
            at -= 1
        begins = at < 0 or (doc[at].is_space and "\n" in doc[at].text)
        return begins and any(token.pos_ in ("VERB", "AUX") for token in doc[quotation.start : quotation.end])

    def _stands_alone(self, quotation: Quotation) -> bool:
        """Whether a quotation is a sentence of its own, after one that quotes nobody: "Ana said he was well.
        “He is here.”".
        """
        parsed = self.context.parsed
        doc = parsed.doc
        at = quotation.start - 1
        while at > 0 and (doc[at].is_space or doc[at].text in _OPENING_MARKS):
            at -= 1
        if at <= 0 or doc[at].text not in _SENTENCE_ENDS or parsed.is_quoted(doc[at - 1]):
            return False
        ends = doc[quotation.end - 1].text in _SENTENCE_ENDS or (
            quotation.end + 1 < len(doc) and doc[quotation.end + 1].text in _SENTENCE_ENDS
        )
        return ends and any(t.tag_ in _FINITE for t in doc[quotation.start : quotation.end])

    def _speaker_above(self, quotation: Quotation, speakers: list[Token | None]) -> Token | None:
        """The speaker in the last sentence of the previous paragraph, quoted there or not; None if there is
        none.
        """
        parsed = self.context.parsed
        at = quotation.start - 1
        while at > 0 and (parsed.doc[at].is_space or parsed.doc[at].text in _OPENING_MARKS):
            at -= 1
        index = parsed.sentence_of[max(at, 0)]
        colon = parsed.doc[max(at, 0)].text == ":"
        if at <= 0 or (parsed.sentences[index].block is not BlockKind.PARAGRAPH and not colon):
            return None
        start = at
        while start > 0 and parsed.sentence_of[start - 1] == index:
            start -= 1
        last = parsed.doc[start : at + 1]
        if any(token.text == "?" for token in last[-2:]):
            return None  # the answer to a question is somebody else's
        quoted = [parsed.quotation_of[token.i] for token in last if parsed.is_quoted(token)]
        if quoted:
            return speakers[quoted[-1]]
        verbs = [token for token in last if self._is_saying(token, colon)]
        # Ana's words, not Tom's: "Ana said that Tom claimed it was lost"
        highest = [verb for verb in verbs if not any(other.is_ancestor(verb) for other in verbs)]
        if highest:
            content = content_of(highest[-1])
            asks = content is not None and any(c.lower_ in _ASKED for c in children(content, "mark"))
            return None if asks else speech_of_governor(highest[-1], self.context)
        source = next((source for token in last if (source := _according(token, self.context))), None)
        return source or self._remarked(last)

    def _remarked(self, sentence: Iterable[Token]) -> Token | None:
        """The person who takes a position in a sentence without a content clause: "Ana criticised the law.";
        None if there is none.
        """
        context = self.context
        root = next((token for token in sentence if token.dep_ == "ROOT"), None)
        subjects = children(root, "nsubj") if root is not None else []
        if root is None or len(subjects) != 1 or root.lemma_.lower() not in context.words("RemarkVerbs"):
            return None
        perfect = any(child.lemma_ == "have" for child in children(root, "aux"))
        told = root.tag_ in ("VBD", "VBZ", "VBP") or perfect
        person = context.parsed.type_of(subjects[0]) == "Person" or subjects[0].lower_ in _WHO
        return subjects[0] if told and person and not children(root, "neg") else None

    def _resumed(self, quotation: Quotation) -> Token | None:
        """The pronoun that refers to the speaker at the start of the next sentence; None if there is none.

        "She" in "“We know why they left.” She said the mill was closed".
        """
        parsed = self.context.parsed
        if quotation.end + 1 >= len(parsed.doc):
            return None
        opening = parsed.doc[quotation.end + 1]
        said = opening.dep_ == "nsubj" and self._is_speech(opening.head)
        return opening if said and opening.lower_ in _WHO and not parsed.is_quoted(opening) else None

    def _is_saying(self, token: Token, colon: bool) -> bool:
        """Whether the token is a speech verb with a content clause, or with a colon at the sentence's end."""
        return self._is_speech(token) and (colon or content_of(token) is not None)

    def _speech_verb(self, quotation: Quotation) -> Token | None:
        """The nearest speech verb beside the quotation that belongs to it; None if there is none."""
        verbs = [token for token in self._adjoining(quotation) if self._is_speech(token)]
        verbs = [
            verb
            for verb in verbs
            if not self._introduces_another(verb, quotation)
            and not self._begins_another(verb, quotation)
            and not self._stands_aside(verb, quotation)
            and not self._is_behind_clause(verb, quotation)
        ]
        if not verbs:
            return None

        def distance(verb: Token) -> int:
            return min(abs(verb.i - quotation.end), abs(quotation.start - verb.i))

        return min(verbs, key=lambda verb: (distance(verb), verb.i))

    def _introduces_another(self, verb: Token, quotation: Quotation) -> bool:
        """Whether the speech verb introduces the next quotation: "“We won.” Ana Ruiz said: “They lost.”"."""
        doc = self.context.parsed.doc
        if verb.i < quotation.end or doc[quotation.end - 1].text != ".":
            return False
        following = next((each for each in self.context.parsed.quotations if each.start > verb.i), None)
        return following is not None and any(t.text == ":" for t in doc[verb.i : following.start])

    def _begins_another(self, verb: Token, quotation: Quotation) -> bool:
        """Whether the speech verb belongs to the next sentence, which tells something else: "“We won.” Ana
        called for calm".

        Not in "“We won.” Ana told reporters", "“Did we win?” asked Ana".
        """
        doc = self.context.parsed.doc
        if verb.i < quotation.end or quotation.end + 1 >= len(doc):
            return False
        mark, after = doc[quotation.end - 1].text, doc[quotation.end + 1]
        if mark not in _SENTENCE_ENDS or after.lower_ == after.text:
            return mark == "." and after.text in _OPENING_MARKS
        lemma = verb.lemma_.lower()
        tells = (*_CONTENTS, *(() if lemma in self.context.words("TellingVerbs") else ("dobj",)))
        more = [c for c in verb.children if c.dep_ in tells and c.i >= quotation.end]
        more += [c for c in children(verb, "prep") if c.lower_ in _ABOUT and c.i >= quotation.end]
        said = lemma in self.context.words("SpeechVerbs") and verb.dep_ not in _SUBORDINATE
        return bool(more) or not said

    def _is_behind_clause(self, verb: Token, quotation: Quotation) -> bool:
        """Whether the speech verb belongs to another clause, which is between the quotation and the verb.

        As in "“Rents fell,” Shops pay less than mills, said Ana"; not in "“Rents fell,” Ana stood up and
        said".
        """
        between = self.context.parsed.doc[quotation.end : verb.i] if verb.i > quotation.end else ()
        return any(
            t.tag_ in _FINITE
            and t.dep_ in ("ROOT", "ccomp")
            and not self.context.parsed.is_quoted(t)
            and any(s.i >= quotation.end for s in children(t, "nsubj", "nsubjpass"))
            and t not in verb.conjuncts
            for t in between
        )

    def _stands_aside(self, verb: Token, quotation: Quotation) -> bool:
        """Whether the speech verb is in a clause beside quoted words that it does not introduce.

        As in "is “in ruins” because it did not reply", "said this would counter “so-called experts”".
        """
        if any(subject.lower_ in _THINGS for subject in children(verb, "nsubj")):
            return True
        words = self.context.parsed.doc[quotation.start : quotation.end]
        head = words.root
        if words[-1].text == "," and any(word.tag_ in _FINITE for word in words):
            return False  # introduces the quotation: "“We won,” Ana Ruiz was quoted as saying"
        return verb.dep_ in _SUBORDINATE and verb.i >= quotation.end and not verb.is_ancestor(head)

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
        return (
            token.pos_ == "VERB"
            and self.context.listed(token.lemma_.lower(), "SpeechVerbs", "QuotingVerbs")
            and bool(speech_subjects(token, self.context))
        )

    def _continues(self, before: Quotation, speaker: Token | None, quotation: Quotation) -> bool:
        """Whether the speaker of the quotation `before` also speaks the next one, `quotation`."""
        if speaker is not None and self.context.parsed.is_quoted(speaker):
            return False  # the speaker is quoted himself: the quotation marks are mismatched
        if quotation.continues:
            return True
        between = self.context.parsed.doc[before.end : quotation.start]
        if speaker is None or any(t.is_space and "\n" in t.text for t in between):
            return False
        # Not a subject that describes the speaker: "who" in "said Ana, who won the cup."
        named = {t.i for t in between if t.dep_ in ("nsubj", "nsubjpass") and not speaker.is_ancestor(t)}
        return not named - {speaker.i}


def _according(word: Token, context: Context) -> Token | None:
    """The source in "according to Ana Ruiz", if it attributes the whole sentence; None otherwise."""
    if word.lower_ != "according" or word.head.dep_ != "ROOT":
        return None
    sources = [noun for preposition in children(word, "prep") for noun in children(preposition, "pobj")]
    return next((author(noun, context) for noun in sources if context.parsed.is_name(noun)), None)
