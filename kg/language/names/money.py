"""Drops names that are currencies: letters before an amount.

    US$ 5 million, HK$1.6 billion, Tk 5 lakh, KD 3,000, SR4.2 billion; 5 million US dollars

Not covered: letters before a small number ("Tk 50"), which may be a name with its number ("Group 50").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.language.names.name import Name, NameSearch

_SIGNS = re.compile(r".*[$€£¥].*")
_AMOUNT = re.compile(r"[A-Z]{1,3}\d[\d.,]*")
_NUMBER = re.compile(r"\d+(,\d{3})+(\.\d+)?|\d+\.\d+")
_LETTERS = 3  # maximum number of letters of a currency's abbreviation


def without_money(text: NameSearch, names: Iterable[Name]) -> Iterator[Name]:
    """The names, except currencies of amounts, whose tokens are removed from `text.taken`."""
    for name in names:
        if _is_money(text, name):
            text.taken.difference_update(range(name.start, name.end))
        else:
            yield name


def _is_money(text: NameSearch, name: Name) -> bool:
    after = list(text.doc[name.end : name.end + 2])
    word = text.words_of(name)
    if not after or name.end - name.start > 1:
        return False
    # not a verb with the form of a currency: "Peru won a medal"
    currency = text.listed(after[0], "CurrencyNouns") and after[0].pos_ != "VERB"
    if _SIGNS.fullmatch(word) or currency:
        return _SIGNS.fullmatch(word) is not None or not name.relational
    if _AMOUNT.fullmatch(word):
        return text.listed(after[0], "AmountWords")
    counted = after[0].text[0].isdigit() and len(after) > 1 and text.listed(after[1], "AmountWords")
    return len(word) <= _LETTERS and bool(counted or _NUMBER.fullmatch(after[0].text))
