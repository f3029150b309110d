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


@dataclass(frozen=True, slots=True)
class Status:
    """`speaker` is the head of who says so, None when nobody does or it is not told who."""

    factuality: Factuality = Factuality.ASSERTED
    speaker: Token | None = None

    def under(self, outer: Status) -> Status:
        """Both marks at once: the stronger factuality, the innermost speaker."""
        stronger = max(self.factuality, outer.factuality, key=_STRENGTH.index)
        return Status(stronger, self.speaker or outer.speaker)
