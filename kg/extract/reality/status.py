"""The status of a clause: its factuality, its speaker, and the deciding word."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.model import Factuality

if TYPE_CHECKING:
    from spacy.tokens import Token

_STRENGTH = (
    Factuality.ASSERTED,
    Factuality.REPORTED,
    Factuality.PLANNED,
    Factuality.POSSIBLE,
    Factuality.NEGATED,
)
TOLD = (Factuality.ASSERTED, Factuality.REPORTED)
# Subjects of saying and thinking that do not identify a speaker.
_VAGUE = frozenset(("they", "we", "you", "someone", "somebody", "anyone", "some", "others", "many", "people"))


def _is_indefinite(speaker: Token) -> bool:
    """Whether the speaker is "everyone", "nobody": a pronoun that the tagger takes for a noun."""
    return speaker.pos_ == "PRON" and speaker.tag_ == "NN"


@dataclass(frozen=True, slots=True)
class Status:
    """The factuality of a clause, with who says it and which word decides it.

    `speaker` is the head of the speaker's name or noun, None if nobody speaks or the speaker is unknown.
    `scope` is the word that decides the factuality: a negator, modal verb, condition mark, governing verb or
    noun, speech verb. None if asserted, or if no word decides (a question, an order).
    """

    factuality: Factuality = Factuality.ASSERTED
    speaker: Token | None = None
    scope: Token | None = None

    def under(self, outer: Status) -> Status:
        """The two statuses combined: the stronger factuality with its scope, and the innermost known speaker.

        In "“They think we lost,” said Ana", the speaker is Ana, because it is unknown who "they" are.
        """
        stronger = max(self, outer, key=lambda status: _STRENGTH.index(status.factuality))
        vague = self.speaker is not None and (self.speaker.lower_ in _VAGUE or _is_indefinite(self.speaker))
        inner = None if vague and outer.speaker is not None else self.speaker
        return Status(stronger.factuality, inner or outer.speaker, stronger.scope)

    def told(self) -> Status:
        """The status of an inner clause that is a fact: asserted, or reported if there is a speaker."""
        if self.speaker is None:
            return Status()
        scope = self.scope if self.factuality is Factuality.REPORTED else None
        return Status(Factuality.REPORTED, self.speaker, scope)

    def unspoken(self) -> Status:
        """The status without the act of saying: in "Ana may say that Tom left" his leaving is possible."""
        return Status(speaker=self.speaker) if self.factuality is Factuality.REPORTED else self


# The status of the clause of a verb. The modules that `factuality` imports get it as an argument, since they
# need the status of other clauses.
StatusOf = Callable[["Token"], Status]
