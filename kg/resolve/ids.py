"""Local names of IRIs: readable where they can be, ASCII always, the same in every build.

Only letters, digits and "_" come from a label; "-" stands before a hash alone, so that no label can
take the id of an event or a statement.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from kg.resolve.names import ascii_letters

_LONGEST = 80  # characters of a slug


@dataclass(frozen=True, slots=True)
class Claimant:
    """Something that wants `slug` for its id; of several the one with the highest `weight` gets it."""

    slug: str
    weight: int
    key: str  # tells it from all others, whatever the order of input


def digest(length: int, *parts: str) -> str:
    """`length` hex digits that stand for `parts`."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:length]


def slug(label: str) -> str:
    """ASCII words of a label; "x" and a hash where there are none.

    >>> slug("José Peña-Díaz"), slug("A.B. & Co"), slug("東京")
    ('Jose_Pena_Diaz', 'A_B_Co', 'x130016b2')
    """
    found = re.findall(r"[A-Za-z0-9]+", ascii_letters(label).replace("'", ""))
    if not found:
        return "x" + digest(8, label)
    text = "_".join(found)
    return text if len(text) <= _LONGEST else text[:_LONGEST].rpartition("_")[0] or text[:_LONGEST]


def assign(claimants: Sequence[Claimant]) -> list[str]:
    """An id for each, in order: its slug, or where another has that, slug, "-" and a hash."""
    wanted: defaultdict[str, list[int]] = defaultdict(list)
    for i, claimant in enumerate(claimants):
        wanted[claimant.slug].append(i)
    ids = [claimant.slug for claimant in claimants]
    for rivals in wanted.values():
        rivals.sort(key=lambda i: (-claimants[i].weight, claimants[i].key))
        for i in rivals[1:]:
            ids[i] = f"{claimants[i].slug}-{digest(8, claimants[i].key)}"
    return ids
