"""Drops portfolios of offices, which are capitalised but not names.

    the Minister of Mines and Energy, Ana Ruiz; Home Affairs Minister Tom Reed
    the Secretary for Gender, Labour and Social Development; Head of Risk Management; head of Finance

After an organisation the same words belong to its name ("the Ministry of Mines and Energy"). Not covered:
portfolios whose words are not in the word list `SubjectWords` ("Minister of Smart Cities").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kg.language.names.extent import BODIES
from kg.language.names.name import Name, NameSearch, is_capital

if TYPE_CHECKING:
    from spacy.tokens import Token

_OF = ("of", "for")
_AND = ("and", "&")
_NAMED = ("Country", "Region", "Person")


def without_portfolios(text: NameSearch, names: Iterable[Name]) -> Iterator[Name]:
    """The names, except portfolios, whose tokens are removed from `text.taken`."""
    stretches = [*_behind_offices(text), *_before_offices(text)]
    portfolio = {i for stretch in stretches for i in stretch}
    for name in names:
        inside = all(i in portfolio for i in range(name.start, name.end))
        if inside and name.type not in _NAMED and not name.relational:
            text.taken.difference_update(range(name.start, name.end))
        else:
            yield name


def _behind_offices(text: NameSearch) -> Iterator[range]:
    """The portfolios after offices, as token ranges.

    For example, after "of" or "for" in "Minister for Gender, Labour and Social Development" and "Head of Risk
    Management".
    """
    doc = text.doc
    for of in doc[1:]:
        office = doc[of.i - 1]
        if of.lower_ in _OF and text.is_role(office) and (is_capital(office) or _is_over_part(text, office)):
            yield range(of.i + 1, _end(text, of.i + 1))


def _end(text: NameSearch, start: int) -> int:
    """The end of the list of subjects ("Gender, Labour and Social Development") that begins at `start`;
    `start` if there is none.
    """
    doc, at, end = text.doc, start, start
    while at < len(doc) and at not in text.times:
        token = doc[at]
        if _is_plain(text, token):
            end = at + 1 if text.listed(token, "SubjectWords") else end
        elif not (token.text == "," or token.lower_ in (*_AND, "the")):
            break
        at += 1
    return end if end == len(doc) or not text.listed(doc[end], *BODIES) else start


def _before_offices(text: NameSearch) -> Iterator[range]:
    """The portfolios before offices, as token ranges.

    For example, in "Home Affairs Minister" and "Social Development and Human Security Minister".
    """
    doc = text.doc
    for office in doc:
        if not text.is_role(office) or not (is_capital(office) or _has_portfolio(text, office)):
            continue
        start = office.i
        while start > 0 and _is_plain(text, doc[start - 1]) and not doc[start].is_sent_start:
            start -= 1
            joined = start > 1 and doc[start - 1].lower_ in _AND
            if joined and text.listed(doc[start - 2], "SubjectWords") and is_capital(doc[start - 2]):
                start -= 1
        subject = doc[office.i - 1]
        if start < office.i and text.listed(subject, "SubjectWords") and not text.listed(subject, *BODIES):
            yield range(start, office.i)


def _is_over_part(text: NameSearch, office: Token) -> bool:
    """Whether the office heads a part of an organisation or government: "head of Finance", "secretary for
    Health".
    """
    return _has_portfolio(text, office) or text.listed(office, "PartRoles")


def _has_portfolio(text: NameSearch, office: Token) -> bool:
    return text.listed(office, "PortfolioRoles")


def _is_plain(text: NameSearch, token: Token) -> bool:
    """Whether a capitalised word can be part of a subject such as "Balance Sheet Management".

    Either it is a listed word ("Management") or a common word that may modify one ("Balance", "Sheet").
    """
    if not is_capital(token) or text.is_role(token) or text.listed(token, *BODIES) or token.text.isupper():
        return text.listed(token, "SubjectWords") and is_capital(token)
    return text.listed(token, "SubjectWords") or text.is_common_word(token)
