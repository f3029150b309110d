"""The status of a clause: its factuality, and whose words it is."""

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
    """`speaker` is the head of who says so, None when nobody does or it is not told who."""

    factuality: Factuality = Factuality.ASSERTED
    speaker: Token | None = None

    def under(self, outer: Status) -> Status:
        """Both marks at once: the stronger factuality, the innermost speaker that is told.

        As in "“They think we lost,” said Ana": nobody knows who they are, Ana says it.
        """
        stronger = max(self.factuality, outer.factuality, key=_STRENGTH.index)
        vague = self.speaker is not None and self.speaker.lower_ in _VAGUE
        inner = None if vague and outer.speaker is not None else self.speaker
        return Status(stronger, inner or outer.speaker)
