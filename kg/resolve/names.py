"""Normalises names, and tests whether one name can be short for another.

These tests compare only the two names: `document.within` decides whom a short name means in a document, and
`entities.variants` finds spelling variants. Nicknames are not recognised.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from functools import lru_cache

# Forms of address: not part of a name, and not titles that distinguish two people.
_ADDRESS = frozenset({"mr", "mister", "ms", "mrs", "miss", "mme", "madam", "sir", "dr", "prof", "rev", "hon"})
# the end of a name that distinguishes namesakes: "Jr", "III", also "XII" in "Pius XII"
_GENERATION = re.compile(r"jr|sr|junior|senior|(?=[ivx])x{0,2}(ix|iv|v?i{0,3})")
_COMPANY_FORMS = frozenset(
    {"inc", "incorporated", "corp", "corporation", "co", "company", "ltd", "limited", "llc", "plc",
     "ag", "sa", "nv", "gmbh", "kk", "spa"}
)  # fmt: skip
_SMALL_WORDS = frozenset({"of", "the", "and", "for", "in", "on", "to", "de", "la", "du", "des"})
_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i",
     "Ø": "O", "Ł": "L", "Đ": "D", "Ð": "D", "Þ": "Th", "Æ": "Ae", "Œ": "Oe",
     "’": "'", "‘": "'", "ʼ": "'", "`": "'"}
)  # fmt: skip
_QUOTES = '"“”„«»'
_GIVEN = 2  # minimum number of initials that can stand for all given names: "A.M. Ruiz", but not "A. Ruiz"


def ascii_letters(text: str) -> str:
    """`text` with Latin letters converted to ASCII; letters of other scripts are unchanged."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def clean(text: str) -> str:
    """A name as written, on one line, but without quotation marks, leading "the" and form of address.

    >>> clean("the  Ministry"), clean("“Amber Hour”"), clean("Ms. Ruiz"), clean("The The")
    ('Ministry', 'Amber Hour', 'Ruiz', 'The')
    """
    text = " ".join(unicodedata.normalize("NFC", text).split()).strip(_QUOTES + " ,;:")
    while (first := text.partition(" "))[2] and (
        first[0].lower() == "the" or first[0].lower().rstrip(".") in _ADDRESS
    ):
        text = first[2]
    return text


@lru_cache(maxsize=100_000)
def words(text: str) -> tuple[str, ...]:
    """The words of a name in normal form: lower case, without dots, apostrophes and diacritics, split at
    hyphens.

    >>> words("Min-jun"), words("U.S."), words("O'Neill’s"), words("Muñoz")
    (('min', 'jun'), ('us',), ('oneill',), ('munoz',))
    """
    text = ascii_letters(clean(text)).casefold()
    text = re.sub(r"(?<=\w)'s?$", "", text)
    found = tuple(re.findall(r"[^\W_]+", re.sub(r"[.']", "", text)))
    return found or (text,)


def key(text: str) -> str:
    """The normal form of a name, equal for spellings such as "K-pop" and "KPop", or "Min-jun" and "Min Jun".

    >>> key("K-pop Hour") == key("KPop Hour")
    True
    """
    return "".join(words(text))


def organisation_key(text: str) -> str:
    """Like `key`, but without the legal form of a company ("Co.").

    >>> organisation_key("Alpine Rail & Co."), organisation_key("Alpine Rail"), organisation_key("Company")
    ('alpinerail', 'alpinerail', 'company')
    """
    parts = words(text)
    while len(parts) > 1 and parts[-1] in _COMPANY_FORMS:
        parts = parts[:-1]
    return "".join(parts)


def index_key(text: str, tails: Container[str]) -> str:
    """Like `key`, but for the name of a stock index: the same with and without last words such as "index".

    `tails`: these last words.

    >>> tails = {"stock", "index", "average"}
    >>> index_key("Kallio", tails), index_key("Kallio Stock Index", tails), index_key("Kallio 30", tails)
    ('kallioindex', 'kallioindex', 'kallio30index')
    """
    parts = words(text)
    while len(parts) > 1 and parts[-1] in tails:
        parts = parts[:-1]
    return "".join((*parts, "index"))


def generation(parts: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """The words of a person's name without a final "Jr" or "III", and that word ("" if there is none).

    The word distinguishes people with the same name.

    >>> generation(("tom", "reed", "jr"))
    (('tom', 'reed'), 'jr')
    >>> generation(("leo", "xii")), generation(("ho", "min", "su"))
    ((('leo',), 'xii'), (('ho', 'min', 'su'), ''))
    """
    if len(parts) > 1 and _GENERATION.fullmatch(parts[-1]):
        return parts[:-1], parts[-1]
    return parts, ""


def abbreviates(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether the words of a person's name can be short for a fuller name of the same person.

    The short name is the end of the full one ("Ruiz"); or its beginning, which is a given name or, in some
    languages, the family name ("Kang"); or it omits or abbreviates middle names or all given names ("A.M.
    Ruiz").

    >>> full = ("ana", "maria", "ruiz")
    >>> [abbreviates(tuple(s.split()), full) for s in ("ruiz", "ana", "ana ruiz", "ana m ruiz", "maria")]
    [True, True, True, True, False]
    >>> abbreviates(("am", "ruiz"), full), abbreviates(("a", "ruiz"), full)
    (True, False)
    """
    short, born = generation(short)
    full, other = generation(full)
    if (born and born != other) or short == full:
        return bool(other) and not born
    if len(short) < len(full) and short in (full[-len(short) :], full[: len(short)]):
        return True
    if "".join(short[:-1]) == "".join(word[0] for word in full[:-1]) and short[-1] == full[-1]:
        return len(full) > _GIVEN
    return middle_compatible(short, full) and sum(map(len, short)) < sum(map(len, full))


def middle_compatible(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether first and last words agree and the middle names can be equal, omitted or initials.

    >>> middle_compatible(("ana", "m", "ruiz"), ("ana", "maria", "ruiz"))
    True
    >>> middle_compatible(("ana", "m", "ruiz"), ("ana", "luisa", "ruiz"))
    False
    """
    if min(len(one), len(other)) < 2 or (one[0], one[-1]) != (other[0], other[-1]):
        return False
    fewer, more = sorted((one[1:-1], other[1:-1]), key=len)
    rest = iter(more)
    return all(any(_initial(a, b) for b in rest) for a in fewer)


def _initial(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) == 1 and one[0] == other[0])


def is_acronym(text: str) -> bool:
    """Whether a name looks like an acronym: two to six capitals, dots and digits allowed.

    >>> [is_acronym(x) for x in ("OPEC", "U.N.", "X", "Opec", "G20")]
    [True, True, False, False, True]
    """
    bare = text.replace(".", "")
    return 2 <= len(bare) <= 6 and bare.isalnum() and bare.isupper() and bare[0].isalpha()


def spells(acronym: str, expansion: str) -> bool:
    """Whether the acronym consists of the initials of the expansion, with or without function words.

    >>> spells("UNEP", "United Nations Environment Programme"), spells("DOJ", "Department of Justice")
    (True, True)
    >>> spells("UNEP", "United Group")
    False
    """
    parts = words(expansion)
    big = "".join(part[0] for part in parts if part not in _SMALL_WORDS)
    return len(parts) > 1 and key(acronym) in ("".join(part[0] for part in parts), big)


def may_spell(acronym: str, expansion: str) -> bool:
    """Whether the acronym's letters occur in the expansion in this order, the first at the start of a word.

    This is weaker than `spells`, for text that states the acronym itself: "Expansion (ACRONYM)".

    >>> may_spell("ESMO", "Smolensk Education Ministry"), may_spell("EduMin", "Education Ministry")
    (False, True)
    """
    letters = key(acronym)
    parts = words(expansion)
    starts = [i for i, part in enumerate(parts) if part[0] == letters[0]]
    return any(_in_order(letters, "".join(parts[i:])) for i in starts)


def may_begin(acronym: str, name: str) -> bool:
    """Whether the acronym begins with the initials of all words of the name.

    This is for a name before "(ACRONYM)" of which the parser may have found only the beginning.

    >>> may_begin("HRIA", "Harbour Rail"), may_begin("HIA", "Harbour Rail"), may_begin("HA", "Harbour")
    (True, False, False)
    """
    initials = "".join(part[0] for part in words(name))
    return len(initials) > 1 and is_acronym(acronym) and key(acronym).startswith(initials)


def _in_order(letters: str, text: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in letters)


def title_key(title: str) -> str:
    """The normal form of a title before a name; "" for a form of address.

    >>> title_key("Prime Minister"), title_key("Ms.")
    ('prime minister', '')
    """
    folded = " ".join(words(title)) if title.strip() else ""
    return "" if folded in _ADDRESS else folded


def genitive(name: str) -> str:
    """The name in the genitive.

    >>> genitive("Ana Ruiz"), genitive("Tom Reeds"), genitive("the two leaders")
    ("Ana Ruiz's", "Tom Reeds'", "the two leaders'")
    """
    return f"{name}'" if name.endswith("s") else f"{name}'s"
