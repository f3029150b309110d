"""Titles of several words, by their capitals: each is made one token before the text is parsed.

    a new version of Do They Know It's Late         the unreleased song You Know You're Wrong
    the comedy Are We Home Yet?, which              the show That's Norvik
    the documentary The Science Behind Salt         the prequel Lighthouse: The Beginning, which

A parser takes their words for the sentence's own, and finds half a title. Inside a sentence, only in a title
are pronouns, auxiliaries and question words capitalised; long prepositions also in names of bodies ("Doctors
Without Borders"). Excluded: titles in quotation marks, which need no capitals (`names.quoted`); headlines
with most words capitalised; names such as Will Young, Theresa May and He Jianmin, which have one such word.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.language import lists

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_KEY = "kg.capital_titles"
_SHORTENED = ("'s", "'re", "'m", "'ll", "'ve", "'d", "n't")
_INSIDE = (("to", "be", "a"), ("to", "be", "the"), ("to", "be"), ("a",), ("an",), ("the",), ("of",))
_ARTICLES = ("The", "A", "An")
_LONGEST = 10  # tokens
_LEAST = 2  # words that only a title capitalises
_WORDS = 3
_MOST = 0.6  # share of capitalised words in a headline


def join(doc: Doc) -> None:
    """Make each title one token, and keep where they are."""
    found = list(_find(doc))
    if found:
        doc.user_data[_KEY] = {title.start_char: (title.end_char, work) for title, work in found}
        with doc.retokenize() as retokenizer:
            for title, _ in found:
                retokenizer.merge(title)


def is_title(token: Token) -> bool:
    """Whether the token is a title, or another name, made of several words."""
    return token.idx in token.doc.user_data.get(_KEY, ())


def is_work(token: Token) -> bool:
    """Whether such a title is a work's: not sure of "Doctors Without Borders"."""
    return bool(token.doc.user_data[_KEY][token.idx][1])


def covers(doc: Doc, start: int, end: int) -> bool:
    """Whether the characters are inside a title: "Sunday" in "Do They Know It's Sunday" is no time."""
    titles: dict[int, tuple[int, bool]] = doc.user_data.get(_KEY, {})
    return any(first <= start and end <= last for first, (last, _) in titles.items())


def _find(doc: Doc) -> Iterator[tuple[Span, bool]]:
    """Titles, and whether they are sure to be works'."""
    at = 1
    while at < len(doc):
        end = _end(doc, at) if _opens(doc[at]) else at
        title = doc[at:end]
        clause, subtitle = _is_clause(title), _subtitle(doc, at, end)
        if (clause or subtitle > end or _has_preposition(title)) and _is_inside(doc, at, end):
            mark = doc[end : end + 2]
            if (
                clause
                and len(mark) == 2
                and mark[0].text in "?!"
                and (mark[1].is_lower or mark[1].text == ",")
            ):
                end += 1
            end = max(end, subtitle)
            first = at + (doc[at].text in _ARTICLES)  # a token that begins with "The" would be parsed as it
            yield doc[first:end], clause or subtitle > 0
        at = max(end, at + 1)


def _opens(word: Token) -> bool:
    """Whether a run of capitals inside a sentence begins here: behind a word in small letters, a comma or a
    genitive."""
    before = word.nbor(-1)
    genitive = before.text in ("'s", "’s") or (before.text in "'’" and bool(before.whitespace_))
    behind = (before.is_lower and before.is_alpha) or genitive or before.text == ","
    return behind and _is_capital(word)


def _is_capital(word: Token) -> bool:
    return word.text[0].isupper() and (word.is_title or word.text == "I" or not word.is_upper)


def _end(doc: Doc, start: int) -> int:
    """End of the run of capitalised words, with shortened verbs and a few small words in between."""
    at = start + 1
    while at < len(doc) and at - start < _LONGEST:
        rest = doc[at].is_lower and doc[at].is_alpha and not doc[at - 1].whitespace_  # "Gotta" is two tokens
        if rest or _is_shortened(doc[at]) or _is_capital(doc[at]):
            at += 1
            continue
        small = next((some for some in _INSIDE if _follow(doc, at, some)), ())
        if doc[at - 1].text == "According" and _follow(doc, at, ("to",)):
            small = ("to",)  # "The World According to Ana"
        if not small:
            break
        at += len(small) + 1
    return at


def _is_shortened(word: Token) -> bool:
    """Whether the word is a shortened verb or "not": "It's", "Don't"; not a genitive, "Reed's"."""
    form, before = word.lower_.replace("’", "'"), word.nbor(-1)
    if form not in _SHORTENED or before.whitespace_:
        return False
    return form == "n't" or before.lower_ in lists.words(word.doc, "ShortenedSubjects")


def _clausal(doc: Doc) -> frozenset[str]:
    return lists.words(doc, "ClauseWords") | lists.words(doc, "ClauseOpeners")


def _follow(doc: Doc, at: int, small: tuple[str, ...]) -> bool:
    words = doc[at : at + len(small) + 1]
    return len(words) > len(small) and tuple(w.text for w in words[:-1]) == small and _is_capital(words[-1])


def _is_clause(title: Span) -> bool:
    doc, openers = title.doc, lists.words(title.doc, "ClauseOpeners")
    words = [word for word in title if not _is_shortened(word)]
    if len(words) < 2 or words[-1] != title[-1]:
        return False  # "for the Norvik Games I'm a bit late"
    shown = {word.lower_ for word in words if word.lower_ in _clausal(doc)} - {"to"}
    sure = len(words) < len(title) or any(word.is_title and word.lower_ in openers for word in words)
    spoken = title[0].nbor(-1).text == ","  # "he said, What Lima needs is rain"
    return (sure and not spoken) or (len(words) >= _WORDS and len(shown) >= _LEAST)


def _has_preposition(title: Span) -> bool:
    """Whether a long preposition has a capital between others: "The Science Behind Salt"."""
    return any(word.is_title and word.lower_ in _prepositions(title.doc) for word in title[1:-1])


def _prepositions(doc: Doc) -> frozenset[str]:
    return lists.words(doc, "TitlePrepositions")


def _subtitle(doc: Doc, start: int, colon: int) -> int:
    """End of the title with a subtitle: "Lighthouse: The Beginning,"; 0 if none follows.

    Not in "told Ana Ruiz: The council left", which goes on.
    """
    if colon <= start or colon + 2 >= len(doc) or doc[colon].text != ":" or not doc[start - 1].is_alpha:
        return 0
    first = doc[colon + 1]
    if first.text not in _ARTICLES or not _is_capital(doc[colon + 2]):
        return 0
    end = _end(doc, colon + 1)
    return end if end < len(doc) and doc[end].text in (",", ")") else 0


def _is_inside(doc: Doc, start: int, end: int) -> bool:
    """Whether the line is a sentence with words in small letters, no headline in capitals."""
    first, last = start, end
    while first > 0 and "\n" not in doc[first - 1].text:
        first -= 1
    while last < len(doc) and "\n" not in doc[last].text:
        last += 1
    words = [w for w in (*doc[first:start], *doc[end:last]) if w.is_alpha and len(w) > 3]
    capitals = sum(word.text[0].isupper() for word in words)
    return len(words) > 1 and capitals < _MOST * len(words)
