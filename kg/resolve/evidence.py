"""Makes the parts of a statement that follow from its claim alone: sentence, time and literal object."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from calendar import day_abbr, day_name, month_abbr
from collections.abc import Iterable, Sequence
from dataclasses import replace
from sys import intern

from kg.language.time import ranges
from kg.model import Argument, Claim, Evidence, Reading, Sentence, Text, Time, TimeExpression

_A_DAY = len("2026-01-13")  # length of a date with a day
_DATATYPES = {4: "gYear", 7: "gYearMonth", 10: "date"}  # length of an ISO 8601 date -> its datatype
_NAMES_DAY = re.compile(
    rf"\b(?:{'|'.join((*day_abbr, *month_abbr[1:]))})|\b(?:to|yester)?day\b|tomorrow|tonight|\bnight"
    r"|morning|afternoon|evening|\d{4}-",
    re.IGNORECASE,
)
_PAIRS = (("“", "”"), ("‘", "’"), ('"', '"'), ("«", "»"), ("„", "“"))


def one_line(text: str) -> str:
    """`text` with every run of white space replaced by one space."""
    return " ".join(text.split())


def evidence(reading: Reading, claim: Claim, trust: float = 1.0) -> Evidence:
    """The sentence of a claim as evidence, with offsets in the decoded file. `trust` scales the confidence.

    There are several sentences if the claim's object extends beyond the sentence with the verb: "“We will
    sign. All of us,” said Ruiz".
    """
    document, sentence = reading.document, reading.sentences[claim.sentence]
    first, last = sentence.start, sentence.end
    if claim.object is not None:
        touched = _touched(reading.sentences, claim.object.start, claim.object.end)
        first = min([first, *(s.start for s in touched)])
        last = max([last, *(s.end for s in touched)])
    start, end = document.locate(first, last)
    # interned, because all statements of the sentence repeat it
    words = intern(one_line(document.text[first:last]))
    return Evidence(
        document.id,
        start,
        end,
        words,
        intern(claim.rule),
        round(claim.confidence * trust, 3),
        intern(one_line(claim.relation.text)),
        intern(claim.projection),
        claim.agreement,
        claim.lost,
    )


def _touched(sentences: Sequence[Sentence], start: int, end: int) -> Sequence[Sentence]:
    """The sentences that overlap a span of text."""
    first = bisect_right(sentences, start, key=lambda sentence: sentence.end)
    behind = bisect_left(sentences, end, key=lambda sentence: sentence.start)
    return sentences[first:behind]


def of_sentence(reading: Reading, sentence: int, rule: str, surface: str) -> Evidence:
    """A sentence as evidence about the article itself (such as a citation), with confidence 1."""
    document, span = reading.document, reading.sentences[sentence]
    start, end = document.locate(span.start, span.end)
    words = intern(one_line(document.text[span.start : span.end]))
    return Evidence(document.id, start, end, words, rule, 1.0, one_line(surface))


def shared(one: Evidence) -> Evidence:
    """The evidence with interned strings; otherwise each result read from disk has its own copies."""
    return Evidence(
        intern(one.document),
        one.start,
        one.end,
        intern(one.sentence),
        intern(one.rule),
        one.confidence,
        intern(one.surface),
        intern(one.projection),
        one.agreement,
        one.lost,
        one.open,
        one.resolved,
    )


def distinct(some: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """The evidence, sorted by `order`, without repetitions.

    Of several pieces with the same sentence, rule, projection and surface, only the one that omits the fewest
    words is included, and of several such pieces the most certain.
    """
    found = set(some)
    if len(found) < 2:
        return tuple(found)
    best: dict[tuple[str, int, int, str, str, str], Evidence] = {}
    for one in sorted(found, key=lambda one: (len(one.lost), order(one), one.lost)):
        best.setdefault((one.document, one.start, one.end, one.rule, one.projection, one.surface), one)
    return tuple(sorted(best.values(), key=order))


def order(one: Evidence) -> tuple[str, int, int, str, float, str, str, float]:
    """The sort key of the evidence of a statement or event."""
    agreement = -1.0 if one.agreement is None else one.agreement
    return (
        one.document,
        one.start,
        one.end,
        one.rule,
        -one.confidence,
        one.surface,
        one.projection,
        -agreement,
    )


def when(expression: TimeExpression) -> Time | None:
    """The `Time` of a date or time of day, even if unresolved ("Tuesday" in an article without a date).

    None for a duration. For a time of day alone ("at 9.53am"), `start` and `end` are "".
    """
    if expression.type not in ("DATE", "TIME"):
        return None
    if expression.type == "TIME" and not _NAMES_DAY.search(expression.text):
        return Time("", "", one_line(expression.text))
    begin, finish = expression.begin, expression.finish
    return Time(begin, finish, one_line(expression.text), interval=begin != finish)


def time_of(reading: Reading, claim: Claim) -> Time | None:
    """The time that the claim states: the whole range for "from 1910 to 1945"; None if it states none."""
    return _whole(reading, claim.time) if claim.time >= 0 else None


def _whole(reading: Reading, index: int) -> Time | None:
    """The time of an expression or, if it begins a range, of the whole range."""
    first, text = reading.times[index], reading.document.text
    other = ranges.closing(reading.times, index, text)
    if other < 0:
        return when(first)
    second = reading.times[other]
    known = bool(first.begin and second.finish)
    words = one_line(text[first.start : second.end])
    return Time(first.begin if known else "", second.finish if known else "", words, interval=True)


def interval_of(reading: Reading, claim: Claim) -> Time | None:
    """The interval that a claim states instead of a time: "since 2019", "in the past three years"."""
    if claim.interval < 0:
        return None
    text, anchor = reading.document.text, reading.document.metadata.date
    found = ranges.bounded(reading.times, claim.interval, text, anchor)
    if found is None:
        return None
    words = one_line(text[found.start : reading.times[claim.interval].end])
    return Time(found.begin, found.finish, words, interval=True)


def narrative_time(reading: Reading, claim: Claim) -> Time | None:
    """The day that the preceding sentences give for a claim that states no time; None if they give none."""
    time = when(reading.times[claim.narrative]) if claim.narrative >= 0 else None
    return replace(time, start=time.start[:_A_DAY], end=time.end[:_A_DAY], told=False) if time else None


def within_a_day(time: Time) -> Time | None:
    """The time, marked as inferred (`told` is False), if it is a single day; otherwise None."""
    if time.interval:
        return None
    day = len(time.start) >= _A_DAY and time.start[:_A_DAY] == time.end[:_A_DAY]
    return replace(time, told=False) if day or (not time.start and _names_a_day(time.text)) else None


def _names_a_day(words: str) -> bool:
    """Whether the words name a weekday ("Tuesday"), but not a range of days ("Monday to Friday")."""
    return any(name in words for name in day_name) and not re.search(r"\b(?:to|and|through)\b|[-–]", words)


def most_precise(times: Iterable[Time | None]) -> Time | None:
    """The best of several times of one thing; None if there is none.

    Times with an open end and unresolved ones come last, inferred ones after stated ones; then the most
    precise is best, then the earliest.
    """
    known = [time for time in times if time is not None]
    return min(
        known,
        key=lambda t: (is_open(t), not t.start, not t.told, -len(t.start), t.start, t.end, t.text),
        default=None,
    )


def is_open(time: Time) -> bool:
    """Whether a time is an interval with an open end ("since 2019", "by Friday").

    Such times are no evidence that two events differ.
    """
    return time.interval and not (time.start and time.end)


def agreed(times: Iterable[Time | None]) -> Time | None:
    """The common time of all times that are not None; None if they differ, or if there are none."""
    known = {(time.start, time.end): time for time in times if time is not None}
    return next(iter(known.values())) if len(known) == 1 else None


def text_object(reading: Reading, argument: Argument) -> Text | None:
    """The literal for an argument that is not a mention; None if its text is empty."""
    if argument.time >= 0:
        time = _whole(reading, argument.time)
        if time and time.text != one_line(argument.text):
            return Text(time.text)
        if time and time.start and time.start == time.end and len(time.start) in _DATATYPES:
            return Text(time.start, _DATATYPES[len(time.start)])
    value = unquoted(argument.text)
    if re.fullmatch(r"\d{1,3}(,\d{3})+|\d+", value):
        return Text(str(int(value.replace(",", ""))), "integer")
    return Text(value) if value else None


def unquoted(text: str) -> str:
    """`text` on one line, without enclosing quotation marks and without a comma at the end.

    A quotation that is cut off gets a closing quotation mark.

    >>> unquoted("“We will sign,” "), unquoted("“A” and “B”"), unquoted("the music “was loud")
    ('We will sign', '“A” and “B”', 'the music “was loud”')
    """
    text = one_line(text).rstrip(",;")
    for left, right in _PAIRS:
        inner = text[1:-1]
        if text[:1] == left and text[-1:] == right and left not in inner and right not in inner:
            return inner.strip().rstrip(",;")
    return text + "”" if text.rfind("“") > text.rfind("”") else text
