"""Finds quotations: spans between a pair of double quotation marks.

    “We will sign,” said Ana Ruiz. “All of us.”

A quotation that is not closed at the end of its paragraph continues in the next, with or without another
opening mark: newspapers print speeches of several paragraphs in this way. Whether a straight mark (") opens
or closes follows from the spaces beside it. Single quotation marks are ignored, because they cannot be
distinguished from apostrophes. If a closing mark is missing before the article's own sentence, the quotation
ends before that sentence:

    “We lost. Reed's side had led. “We will go on,” said Reed.         "We lost.", "We will go on,"
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, takewhile
from typing import TYPE_CHECKING

from kg.language import lists
from kg.language.parsed import Quotation

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_OPEN, _CLOSE, _STRAIGHT = ("“", "„", "«", "``", "‘‘"), ("”", "»", "''", "’’"), '"'
_MARKS = frozenset((*_OPEN, *_CLOSE, _STRAIGHT))
_ENDS = (".", "!", "?", "...", "…", ":", ",")
_STOPS = (".", "!", "?")
_NEAR = 8  # maximum number of tokens between a quotation and the name of its speaker
_LONGEST_WITHIN = 12  # maximum number of tokens between the marks of a quotation within a quotation


def find(doc: Doc) -> tuple[Quotation, ...]:
    """All quotations, in order; none overlap, none crosses a line break."""
    return tuple(_scan(doc))


def inside(doc: Doc, quotations: Sequence[Quotation]) -> Callable[[int], bool]:
    """A function that returns whether a character offset of `doc.text` is inside a quotation."""
    starts = [doc[quotation.start].idx for quotation in quotations]
    ends = [doc[quotation.end - 1].idx + len(doc[quotation.end - 1]) for quotation in quotations]

    def is_inside(at: int) -> bool:
        last = bisect_right(starts, at) - 1
        return last >= 0 and at < ends[last]

    return is_inside


def _scan(doc: Doc) -> Iterator[Quotation]:
    unclosed = False
    for is_break, tokens in groupby(doc, key=lambda token: token.is_space and "\n" in token.text):
        if is_break:
            continue
        block = list(tokens)
        found = list(_in_paragraph(doc, block, unclosed))
        unclosed = bool(found) and found[-1][1]
        for quotation, _, again in found:
            yield from _without_narration(doc, quotation, again)


def _in_paragraph(
    doc: Doc, block: Sequence[Token], unclosed: bool
) -> Iterator[tuple[Quotation, bool, Sequence[int]]]:
    """The quotations of a paragraph, each with whether it is unclosed, and with the token indices of the
    further opening marks inside it.

    `unclosed`: whether the last quotation of the paragraph before is unclosed.
    """
    start: int | None = None
    marks = [token for token in block if token.text in _MARKS]
    continues = unclosed and bool(marks)
    if continues and not _opens(marks[0], doc, inside=False):
        start = block[0].i  # the quotation of the previous paragraph goes on without an opening mark
    again: list[int] = []
    nested = -1  # token index of the mark that closes a quotation within the quotation
    for number, token in enumerate(marks):
        if start is None and _opens(token, doc, inside=False):
            start = token.i + 1
            continues = continues and not any(t.is_alpha for t in doc[block[0].i : token.i])
        elif token.i == nested:
            continue
        elif start is not None and _opens(token, doc, inside=True):
            if _quotes_within(marks[number:], doc):
                nested = marks[number + 1].i
            else:
                again.append(token.i)
        elif start is not None:
            if token.i > start:
                yield Quotation(start, token.i, continues), False, again
            start, continues, again = None, False, []
    if start is not None and start <= block[-1].i:
        yield Quotation(start, block[-1].i + 1, continues), True, again


def _without_narration(doc: Doc, quotation: Quotation, again: Sequence[int]) -> Iterator[Quotation]:
    """The quotation without the article's own sentences before the further opening marks (`again`)."""
    start, continues = quotation.start, quotation.continues
    names = _names_beside(doc, quotation)
    for mark in again:
        end = mark
        while (first := _sentence_start(doc, start, end)) > start and _narrates(doc[first:end], names):
            end = first
        if end < mark:
            yield Quotation(start, end, continues)
            start, continues = mark + 1, False
    if start < quotation.end:
        yield Quotation(start, quotation.end, continues)


def _sentence_start(doc: Doc, start: int, end: int) -> int:
    """Index of the first token of the last sentence between `start` and `end`.

    That token is a capitalised word after a full stop; if a quotation mark is missing, the parser may see no
    sentence boundary there.
    """
    stops = (i for i in range(end - 2, start, -1) if doc[i].text in _STOPS and doc[i + 1].text[0].isupper())
    return next(stops, start - 1) + 1


def _names_beside(doc: Doc, quotation: Quotation) -> frozenset[str]:
    """The proper nouns beside a quotation in its sentence, one of which is probably the speaker's name."""
    before = doc[max(0, quotation.start - 1 - _NEAR) : max(0, quotation.start - 1)]
    after = doc[quotation.end + 1 : quotation.end + 1 + _NEAR]
    return frozenset(
        token.text
        for near in (reversed(before), iter(after))
        for token in takewhile(lambda token: token.text not in _STOPS and not token.is_space, near)
        if token.is_alpha and token.pos_ == "PROPN" and len(token) > 2
    )


def _narrates(sentence: Span, names: frozenset[str]) -> bool:
    """Whether the sentence is the article's own: it names the speaker, or says that he or she spoke.

    Speakers do not use their own names, so "McHolm's only criticism of his side was the score" is not
    McHolm's. But somebody may say: "He told us".
    """
    words = [token for token in sentence if token.is_alpha]
    if any(token.text in names for token in words):
        return True
    speaks = lists.words(sentence.doc, "SpeechVerbs")
    spoken = lists.words(sentence.doc, "ConversationPronouns")
    if any(token.lower_ in spoken for token in words):
        return False
    verb = next((token for token in words[1:3] if token.pos_ == "VERB"), None)
    return (
        len(words) > 1
        and words[0].lower_ in ("he", "she")
        and verb is not None
        and verb.tag_ == "VBD"
        and verb.lemma_ in speaks
    )


def _quotes_within(marks: Sequence[Token], doc: Doc) -> bool:
    """Whether the first of the marks opens a quotation within a quotation.

    For example, "He was the "Father of the Port" and a friend.". Not if the mark opens the next paragraph of
    the same quotation: "We lost. "We will go on.". A mark that closes the outer quotation must follow, unless
    the line has no more marks.
    """
    if len(marks) < 2 or marks[0].i == 0 or _opens(marks[1], doc, inside=True):
        return False
    opening, closing = marks[0], marks[1]
    before = doc[opening.i - 1]
    if before.text in _ENDS or before.is_space or closing.i - opening.i > _LONGEST_WITHIN:
        return False
    goes_on = doc[closing.i - 1].text not in _ENDS and (
        closing.i + 1 < len(doc) and doc[closing.i + 1].text.islower()
    )
    return goes_on and (len(marks) == 2 or not _opens(marks[2], doc, inside=False))


def _opens(token: Token, doc: Doc, *, inside: bool) -> bool:
    """Whether a mark opens a quotation.

    A straight mark with spaces on both sides, or on neither side, opens a quotation unless it is already
    `inside` one.
    """
    if token.text != _STRAIGHT:
        return token.text in _OPEN
    before = doc[token.i - 1] if token.i else None
    after = doc[token.i + 1] if token.i + 1 < len(doc) else None
    blank_before = (
        before is None or bool(before.whitespace_) or before.is_space or before.text in ("(", "—", "–")
    )
    blank_after = after is None or bool(token.whitespace_) or after.is_space or after.is_punct
    if blank_before != blank_after:
        return blank_before
    return not inside
