"""Recognises spelling variants of a person's name.

    "Ho Min-su", "Min-su Ho"                 with the family name first or last
    "Yusuf Haddad", "Youssef Hadad"          transliterated from another script in two ways
    "A. Ruiz", "Ana Ruiz"                    with an initial

That two names are variants does not make their bearers one person: `across` requires further evidence. "Jan
Reed" and "Jon Reed" are not variants, nor are "Mario Reed" and "Maria Reed"; words of fewer than `_LONG`
letters have no variants.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

Words = tuple[str, ...]

_LONG = 5  # minimum number of letters of a word that can have spelling variants
# Letters of a romanisation -> the letters by which they are replaced, because both stand for one sound.
_SOUNDS = (
    ("ph", "f"), ("kh", "h"), ("gh", "g"), ("dh", "d"), ("sch", "s"), ("sh", "s"), ("ch", "k"), ("ck", "k"),
    ("q", "k"), ("c", "k"), ("x", "ks"), ("w", "v"), ("z", "s"), ("dj", "j"),
)  # fmt: skip
_ENDING = re.compile(r"(iy|yy|ij|ey|ei|y|i)$")
_INNER = re.compile(r"(?<=.)[aeiouyj]")
_DOUBLE = re.compile(r"(.)\1+")


def keys(words: Words) -> Iterator[tuple[str, ...]]:
    """The blocking keys of a name: two variants of a name have at least one key in common."""
    yield ("order", *sorted(words))
    yield ("spelling", *(skeleton(word) for word in words))
    yield ("initial", words[0][0], words[-1])


def alike(one: Words, other: Words) -> bool:
    """Whether two different names can be spellings of the same name: reordered, respelt or with an initial.

    >>> alike(("ho", "min", "su"), ("min", "su", "ho")), alike(("a", "ruiz"), ("ana", "ruiz"))
    (True, True)
    >>> alike(("yusuf", "haddad"), ("youssef", "hadad")), alike(("maria", "reed"), ("mario", "reed"))
    (True, False)
    """
    if len(one) != len(other) or len(one) < 2 or one == other:
        return False
    turned = any(one[i:] + one[:i] == other for i in range(1, len(one)))
    spelt = all(a == b or _spelt(a, b) for a, b in zip(one, other, strict=True))
    return turned or spelt or (_initial(one[0], other[0]) and one[1:] == other[1:])


def _spelt(one: str, other: str) -> bool:
    return min(len(one), len(other)) >= _LONG and skeleton(one) == skeleton(other)


def _initial(one: str, other: str) -> bool:
    return one != other and min(len(one), len(other)) == 1 and one[0] == other[0]


def skeleton(word: str) -> str:
    """The letters of a word that do not depend on its romanisation: the first one, consonants, a final vowel.

    >>> skeleton("mohammed") == skeleton("muhamad"), skeleton("sergey") == skeleton("sergei")
    (True, True)
    >>> skeleton("daniel") == skeleton("danielle")
    False
    """
    for letters, sound in _SOUNDS:
        word = word.replace(letters, sound)
    word = _DOUBLE.sub(r"\1", _ENDING.sub("i", word))
    last = word[-1] if word[-1] in "aeoui" else ""
    return _DOUBLE.sub(r"\1", _INNER.sub("", word[: len(word) - len(last)])) + last
