"""Local names of IRIs: readable where they can be, ASCII always, the same in every build.

    Peru, Lima, Rail_Union          the name says what it is
    Ana_Ruiz                        of all who bear the name the one in politics
    Ana_Ruiz-science                the one in science: what is in one field is one person (`entities`)
    Ana_Ruiz-5f0c2a91               who does not tell: whom one article calls so
    Kallio-place, Lima-other        a place, and what has the name of a place

An id says all that it means, so that no article that comes or goes can give it to another thing. What
only its article tells apart is called by what the article says, not by the file's name, which may change.

Only letters, digits and "_" come from a label; "-" stands before what is none of it, so that no label can
take the id of an event or a statement.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.model import Document
from kg.resolve.names import ascii_letters

_LONGEST = 80  # characters of a slug


@dataclass(frozen=True, slots=True)
class Claimant:
    """Something that wants `slug` for its id."""

    slug: str
    rank: int  # of several the only one of the highest rank gets it
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


def whole(label: str, mark: str = "") -> str:
    """The slug and what tells its namesakes apart; a hash too where a label is too long for a slug.

    >>> whole("Ana Ruiz", "science"), whole("Peru")
    ('Ana_Ruiz-science', 'Peru')
    """
    found = slug(label)
    long = len(found) < len("_".join(re.findall(r"[A-Za-z0-9]+", ascii_letters(label).replace("'", ""))))
    return "-".join((found, *[digest(8, label)] * long, *[mark] * bool(mark)))


def of_articles(documents: Iterable[Document]) -> list[str]:
    """What stands for each article in ids: its content, with a number where several say the same."""
    seen: Counter[str] = Counter()
    found: list[str] = []
    for document in documents:
        about = document.metadata
        content = digest(16, document.text, about.title, about.publisher, about.url, about.date)
        seen[content] += 1
        found.append(f"{content}/{seen[content]}")
    return found


def assign(claimants: Sequence[Claimant]) -> list[str]:
    """An id for each, in order: its slug, or where others want that as much, slug, "-" and a hash."""
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
