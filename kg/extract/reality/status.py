"""The status of a clause: its factuality, whose words it is, and which word decides that."""

from __future__ import annotations

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
# Subjects of saying and thinking that tell nothing of who it is.
_VAGUE = frozenset(("they", "we", "you", "someone", "somebody", "anyone", "some", "others", "many", "people"))


@dataclass(frozen=True, slots=True)
class Status:
    """`speaker` is the head of who says so, None when nobody does or it is not told who.

    `scope` is the word that decides the factuality: a negator, modal verb, condition mark, governing verb or
    noun, speech verb. None for what is asserted, and where no word decides (a question, an order).
    """

    factuality: Factuality = Factuality.ASSERTED
    speaker: Token | None = None
    scope: Token | None = None

    def under(self, outer: Status) -> Status:
        """Both marks at once: the stronger factuality with its scope, the innermost speaker that is told.

        As in "“They think we lost,” said Ana": nobody knows who they are, Ana says it.
        """
        stronger = max(self, outer, key=lambda status: _STRENGTH.index(status.factuality))
        vague = self.speaker is not None and self.speaker.lower_ in _VAGUE
        inner = None if vague and outer.speaker is not None else self.speaker
        return Status(stronger.factuality, inner or outer.speaker, stronger.scope)
