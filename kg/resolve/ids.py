"""Local names of IRIs: readable if possible, always ASCII, the same in every build.

    Peru, Lima, Rail_Union          the name says what it is
    Ana_Ruiz                        the politician with that name
    Ana_Ruiz-science                the scientist: namesakes in one field are one person (`entities`)
    Ana_Ruiz-5f0c2a91               field unknown: the person with that name in one article
    Kallio-place, Lima-other        a place, and something with the name of a place

An id contains what identifies its thing, so that adding or removing articles never reassigns it. A thing
known from one article only is identified by the content of the article, not by the file name, which may
change.

Only letters, digits and "_" come from a label; "-" precedes everything else, so that no label can collide
with the id of an event or a statement.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.model import Document
from kg.resolve.names import ascii_letters

_LONGEST = 80  # maximum characters of a slug


@dataclass(frozen=True, slots=True)
class Claimant:
    """Something that claims `slug` as its id."""

    slug: str
    rank: int  # the only claimant of the highest rank gets it
    key: str  # distinguishes it from all others, in any order of input


def digest(length: int, *parts: str) -> str:
    """`length` hex digits derived from `parts`."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:length]


def slug(label: str) -> str:
    """ASCII words of a label; "x" and a hash if there are none.

    >>> slug("José Peña-Díaz"), slug("A.B. & Co"), slug("東京")
    ('Jose_Pena_Diaz', 'A_B_Co', 'x130016b2')
    """
    text = _joined(label)
    if not text:
        return "x" + digest(8, label)
    return text if len(text) <= _LONGEST else text[:_LONGEST].rpartition("_")[0] or text[:_LONGEST]


@lru_cache(maxsize=100_000)
def _joined(label: str) -> str:
    return "_".join(re.findall(r"[A-Za-z0-9]+", ascii_letters(label).replace("'", "")))


def whole(label: str, mark: str = "") -> str:
    """The slug and what distinguishes its namesakes; also a hash if a label is too long for a slug.

    >>> whole("Ana Ruiz", "science"), whole("Peru")
    ('Ana_Ruiz-science', 'Peru')
    """
    found = slug(label)
    long = len(found) < len(_joined(label))
    return "-".join((found, *[digest(8, label)] * long, *[mark] * bool(mark)))


def of_articles(documents: Iterable[Document]) -> list[str]:
    """The digest of each article for ids: of its content, with a number if several are equal."""
    seen: Counter[str] = Counter()
    found: list[str] = []
    for document in documents:
        about = document.metadata
        content = digest(16, document.text, about.title, about.publisher, about.url, about.date)
        seen[content] += 1
        found.append(f"{content}/{seen[content]}")
    return found


def assign(claimants: Sequence[Claimant]) -> list[str]:
    """An id for each, in order: its slug, or, if others have an equal claim, slug, "-" and a hash."""
    wanted: defaultdict[str, list[int]] = defaultdict(list)
    for i, claimant in enumerate(claimants):
        wanted[claimant.slug].append(i)
    ids = [claimant.slug for claimant in claimants]
    for rivals in wanted.values():
        highest = max(claimants[i].rank for i in rivals)
        first = [i for i in rivals if claimants[i].rank == highest]
        for i in rivals:
            if first != [i]:
                ids[i] = f"{claimants[i].slug}-{digest(8, claimants[i].key)}"
    return ids
