"""Makes the local names of IRIs: readable if possible, always ASCII, the same in every build.

    Peru, Lima, Rail_Union          the name says what it is
    Ana_Ruiz                        the politician of that name
    Ana_Ruiz-science                the scientist: namesakes in one field are one person (`entities`)
    Ana_Ruiz-5f0c2a91               the person of that name in one article, with no known field
    Kallio-place, Lima-other        a place, and something else with the name of a place

An id contains what identifies its thing, so that it never comes to mean another thing when articles are added
or removed. A thing known from one article only is identified by the content of the article, not by the file
name, which may change.

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

_LONGEST = 80  # maximum number of characters of a slug


@dataclass(frozen=True, slots=True)
class Claimant:
    """Something whose id should be `slug`."""

    slug: str
    rank: int  # of several claimants, the one with the highest rank gets the slug, if no other has this rank
    key: str  # distinguishes it from all others, whatever the order of the input


def digest(length: int, *parts: str) -> str:
    """A hash of `parts` with `length` hexadecimal digits."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:length]


def slug(label: str) -> str:
    """The words of a label in ASCII, joined by "_"; "x" and a hash if no ASCII letter or digit is left.

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
    """An id of the slug, a hash if the slug had to be shortened, and the mark that distinguishes namesakes.

    >>> whole("Ana Ruiz", "science"), whole("Peru")
    ('Ana_Ruiz-science', 'Peru')
    """
    found = slug(label)
    long = len(found) < len(_joined(label))
    return "-".join((found, *[digest(8, label)] * long, *[mark] * bool(mark)))


def of_articles(documents: Iterable[Document]) -> list[str]:
    """For each article, a key for use in ids: a digest of the content, and a number that distinguishes equal
    articles.
    """
    seen: Counter[str] = Counter()
    found: list[str] = []
    for document in documents:
        about = document.metadata
        content = digest(16, document.text, about.title, about.publisher, about.url, about.date)
        seen[content] += 1
        found.append(f"{content}/{seen[content]}")
    return found


def assign(claimants: Sequence[Claimant]) -> list[str]:
    """The ids of the claimants, in order.

    For each slug, the only claimant with the highest rank gets it as id; all others get the slug, "-" and a
    hash.
    """
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
