"""Recognises titles of works by their capital letters, and makes each title one token before parsing.

    a new version of Do They Know It's Late         the unreleased song You Know You're Wrong
    the comedy Are We Home Yet?, which              the show That's Norvik
    the documentary The Science Behind Salt         the prequel Lighthouse: The Beginning, which
    while Meet the Harbours topped the charts

Otherwise the parser would take the words of a title for words of the sentence around it. Inside a sentence,
pronouns, auxiliaries and question words are capitalised only in titles; long prepositions also in names of
organisations ("Doctors Without Borders"). Excluded: titles in quotation marks, which are recognised without
capitals (`names.quoted`); headlines with most words capitalised; names with one such word, such as Will
Young, Theresa May and He Jianmin.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.language import lists

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_KEY = "kg.capital_titles"  # in `Doc.user_data`
_SHORTENED = ("'s", "'re", "'m", "'ll", "'ve", "'d", "n't")
# Sequences of lower-case words that a title can contain: "Born to Be a King".
_INSIDE = (("to", "be", "a"), ("to", "be", "the"), ("to", "be"), ("a",), ("an",), ("the",), ("of",))
_ARTICLES = ("The", "A", "An")
_LONGEST = 10  # maximum number of tokens of a title
# A title without other evidence has at least `_WORDS` words, of which at least `_LEAST` are capitalised only
# in titles: pronouns, auxiliaries and the like.
_LEAST = 2
_WORDS = 3
_MOST = 0.6  # a line in which at least this fraction of the other words are capitalised is a headline


def join(doc: Doc) -> None:
    """Make each title one token, and store the titles' offsets in `Doc.user_data`."""
    found = list(_find(doc))
    if found:
        doc.user_data[_KEY] = {title.start_char: (title.end_char, work) for title, work in found}
        with doc.retokenize() as retokenizer:
            for title, _ in found:
                retokenizer.merge(title)


def is_title(token: Token) -> bool:
    """Whether `join` made the token from the words of a title (or of another name with such capitals)."""
    return token.idx in token.doc.user_data.get(_KEY, ())


def is_work(token: Token) -> bool:
    """Whether a token for which `is_title` is true is certainly the title of a work.

    "Doctors Without Borders" may be an organisation.
    """
    return bool(token.doc.user_data[_KEY][token.idx][1])


def covers(doc: Doc, start: int, end: int) -> bool:
    """Whether the characters from `start` to `end` are inside a title.

    For example, "Sunday" in "Do They Know It's Sunday", which is not a time.
    """
    titles: dict[int, tuple[int, bool]] = doc.user_data.get(_KEY, {})
    return any(first <= start and end <= last for first, (last, _) in titles.items())


def _find(doc: Doc) -> Iterator[tuple[Span, bool]]:
    """The titles in text order, each with whether it is certainly the title of a work."""
    at = 1
    while at < len(doc):
        end = _end(doc, at) if _opens(doc[at]) else at
        title = doc[at:end]
        clause = _is_clause(title) or _has_short_preposition(title) or _is_imperative(title)
        subtitle = _subtitle(doc, at, end)
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
            # without the article: a token "The Science Behind Salt" would be parsed as if it were "The"
            first = at + (doc[at].text in _ARTICLES)
            yield doc[first:end], clause or subtitle > 0
        at = max(end, at + 1)


def _opens(word: Token) -> bool:
    """Whether a run of capitalised words may begin here, inside a sentence: after a lower-case word, a comma
    or a genitive.
    """
    before = word.nbor(-1)
    genitive = before.text in ("'s", "’s") or (before.text in "'’" and bool(before.whitespace_))
    behind = (before.is_lower and before.is_alpha) or genitive or before.text == ","
    return behind and _is_capital(word)


def _is_capital(word: Token) -> bool:
    return word.text[0].isupper() and (word.is_title or word.text == "I" or not word.is_upper)


def _end(doc: Doc, start: int) -> int:
    """The end (exclusive) of the run of capitalised words that begins at `start`.

    Shortened verbs ("'s") and the lower-case words of `_INSIDE` ("to be a") may be in between.
    """
    at = start + 1
    while at < len(doc) and at - start < _LONGEST:
        # the second token of one word: the tokenizer splits "Gotta" into "Got" and "ta"
        rest = doc[at].is_lower and doc[at].is_alpha and not doc[at - 1].whitespace_
        acronym = doc[at].is_upper and doc[at - 1].text in _ARTICLES  # "Lost In The USA"
        if rest or acronym or _is_shortened(doc[at]) or _is_capital(doc[at]):
            at += 1
            continue
        small = next((some for some in _INSIDE if _follow(doc, at, some)), ())
        if doc[at - 1].text == "According" and _follow(doc, at, ("to",)):
            small = ("to",)  # part of the title: "The World According to Ana"
        if not small:
            break
        at += len(small) + 1
    return at


def _is_shortened(word: Token) -> bool:
    """Whether the token is a shortened verb or "not": "'s" in "It's"; not the genitive ending in "Reed's"."""
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
        return False  # a sentence, not a title: "for the Norvik Games I'm a bit late"
    shown = {word.lower_ for word in words if word.lower_ in _clausal(doc)} - {"to"}
    sure = len(words) < len(title) or any(word.is_title and word.lower_ in openers for word in words)
    spoken = title[0].nbor(-1).text == ","  # speech without marks: "he said, What Lima needs is rain"
    return (sure and not spoken) or (len(words) >= _WORDS and len(shown) >= _LEAST)


def _is_imperative(title: Span) -> bool:
    """Whether the title begins with a verb and an article: "Meet the Harbours"."""
    if len(title) < 3 or title[0].nbor(-1).text == ",":  # speech without marks: "he said, Meet the Reeds"
        return False
    verb = title[0].lower_ in lists.words(title.doc, "TitleVerbs")
    return verb and title[1].text in ("the", "a", "an")


def _has_preposition(title: Span) -> bool:
    """Whether the title contains a long preposition that is capitalised: "The Science Behind Salt"."""
    return any(word.is_title and word.lower_ in _prepositions(title.doc) for word in title[1:-1])


def _has_short_preposition(title: Span) -> bool:
    """Whether the title contains a short preposition and an article that are both capitalised: "Walking In
    The Fog".

    Not "of", which is capitalised in names of organisations, too: "the Ministry Of The Sea".
    """
    short = lists.words(title.doc, "ShortTitlePrepositions")
    return any(
        word.is_title and word.lower_ in short and word.nbor(1).text in _ARTICLES for word in title[1:-1]
    )


def _prepositions(doc: Doc) -> frozenset[str]:
    return lists.words(doc, "TitlePrepositions")


def _subtitle(doc: Doc, start: int, colon: int) -> int:
    """The end (exclusive) of the subtitle after the `colon`: "The Beginning" in "Lighthouse: The Beginning,".

    0 if there is none: in "told Ana Ruiz: The council left", a sentence follows the colon.
    """
    if colon <= start or colon + 2 >= len(doc) or doc[colon].text != ":" or not doc[start - 1].is_alpha:
        return 0
    first = doc[colon + 1]
    if first.text not in _ARTICLES or not _is_capital(doc[colon + 2]):
        return 0
    end = _end(doc, colon + 1)
    return end if end < len(doc) and doc[end].text in (",", ")") else 0


def _is_inside(doc: Doc, start: int, end: int) -> bool:
    """Whether the rest of the line is mostly in lower case, so that it is not a capitalised headline."""
    first, last = start, end
    while first > 0 and "\n" not in doc[first - 1].text:
        first -= 1
    while last < len(doc) and "\n" not in doc[last].text:
        last += 1
    words = [w for w in (*doc[first:start], *doc[end:last]) if w.is_alpha and len(w) > 3]
    capitals = sum(word.text[0].isupper() for word in words)
    return len(words) > 1 and capitals < _MOST * len(words)
