"""Finds interviews: the paragraphs that are questions or answers, and the labels of the speakers.

    Q: Why did you leave?  A: I was tired.                  labelled by letters
    ((Radio Lima)) Why?    Ana Ruiz: We lost.  AR: We did.  labelled by names and their initials
    Why did you leave?     I was tired.                     no labels: a question, then the first person

A label must occur several times, and one of the labels must be of somebody who asks questions: "Image: Tom
Reed" below a picture is no label. Unlabelled paragraphs after a question are its answer if there is only one
or if most of them are in the first person. After the last label, the answer ends before the first paragraph
that is not in the first person. Without labels, the text before the first question must mention an interview.

Excludes: a question and its answer in one paragraph, and interviews with a single question.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

_LINE = re.compile(r"[^\n]*\S[^\n]*")
_NAME = r"[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,3}"
_LABEL = re.compile(
    rf"\s*(?:\(\(\s*(?P<brackets>[^()\n]{{1,40}}?)\s*\)\)\s*:?|(?P<name>{_NAME})\s*:|(?P<letter>[QA])[.)])\s+(?=\S)"
)
_UNMARKED = re.compile(r"\s*(?P<name>[A-Z]{2,3}|[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){1,2}) (?=[A-Z])")
_FIRST_PERSON = re.compile(r"\b(?:I|me|my|we|us|our)\b|(?:^|[.!?,] +)(?:We|My|Our)\b")
_QUOTED = re.compile(r"“[^”\n]*”?|\"[^\"\n]*\"?")
_FEWEST = 2  # minimum number of turns with the same label, and of questions in an interview
_LONGEST_INITIALS = 4  # maximum number of letters of a label in capitals that is taken for initials
_FEWEST_BARE = 3  # minimum number of questions of an interview without labels
_LONGEST_QUESTION = 300  # maximum number of characters of a question without a label


@dataclass(frozen=True, slots=True)
class Turn:
    """One line of an interview: a speaker's label, if any, and what is said.

    `start`, `words` and `end` are offsets in the text, in characters.
    """

    start: int
    words: int  # offset of the first word after the label; `start` if there is no label
    end: int
    asks: bool
    label: str  # the speaker's: "Ana Ruiz", "AR"; "" if there is no label


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str
    label: str = ""
    words: int = 0  # length of the label with its punctuation

    @property
    def key(self) -> str:
        """A key that is the same for a name and its initials: "Ana Ruiz", "AR"."""
        words = self.label.split()
        return "".join(word[0] for word in words) if len(words) > 1 else self.label

    @property
    def asks(self) -> bool:
        return self.text.rstrip(" \t\u00a0”\"’'").endswith("?")

    @property
    def is_personal(self) -> bool:
        return _FIRST_PERSON.search(_QUOTED.sub("", self.text)) is not None


def find(text: str, cues: frozenset[str]) -> tuple[Turn, ...]:
    """The turns of a text's interviews, in order; `cues`: words that announce one ("interview")."""
    if text.count("?") < _FEWEST:
        return ()
    lines = [_line(found) for found in _LINE.finditer(text)]
    askers, answerers = _groups(lines, text)
    if askers:
        named = _unmarked(lines, askers | answerers)
        return tuple(_turns(named, lambda line: line.key in askers, cues, bare=False))
    bare = [_without_label(line) for line in lines]
    return tuple(_turns(bare, _is_bare_question, cues, bare=True)) if _is_interview(bare, cues) else ()


def inside(turns: Sequence[Turn]) -> Callable[[int], int | None]:
    """A function from a character offset to the index of the turn that contains it, or None."""
    starts = [turn.start for turn in turns]

    def turn_at(at: int) -> int | None:
        last = bisect_right(starts, at) - 1
        return last if last >= 0 and at < turns[last].end else None

    return turn_at


def _line(found: re.Match[str]) -> _Line:
    label = _LABEL.match(found[0])
    if label is None:
        return _Line(found.start(), found.end(), found[0])
    name = label["brackets"] or label["name"] or label["letter"]
    return _Line(found.start(), found.end(), found[0], name.strip(), label.end())


def _without_label(line: _Line) -> _Line:
    return _Line(line.start, line.end, line.text)


def _groups(lines: Sequence[_Line], text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The keys of the labels of those who ask questions, and of those who answer."""
    turns = Counter(line.key for line in lines if line.label)
    asked = Counter(line.key for line in lines if line.label and line.asks)
    often = {key for key, count in turns.items() if count >= _FEWEST or _is_bracketed(key, lines)}
    askers = {key for key in often if 2 * asked[key] >= turns[key]}
    if sum(asked[key] for key in askers) < _FEWEST:
        return frozenset(), frozenset()
    labels = {line.label for line in lines if line.key in often - askers}
    answerers = {_Line(0, 0, "", label).key for label in labels if _is_known(label, text)}
    return frozenset(askers), frozenset(answerers)


def _is_bracketed(key: str, lines: Sequence[_Line]) -> bool:
    """Whether the label is in double brackets, which are used for nothing else: "((Radio Lima))"."""
    return any(line.key == key and line.text.lstrip().startswith("((") for line in lines)


def _is_known(label: str, text: str) -> bool:
    """Whether a label denotes somebody: a letter, initials, or a name that occurs elsewhere in the text."""
    if label == "Answer" or (label.isupper() and len(label) <= _LONGEST_INITIALS):
        return True
    last = re.escape(label.rsplit(maxsplit=1)[-1])
    case = re.I if label.isupper() else re.NOFLAG
    return re.search(rf"\b{last}\b(?!\s*(?::|\)\)))", text, case) is not None


def _unmarked(lines: Sequence[_Line], known: frozenset[str]) -> list[_Line]:
    """The lines, with two corrections of the labels.

    Labels without punctuation ("AR Although we lost, ...") are recognised, and labels that are not `known`
    are removed.
    """
    found = {
        i: _Line(line.start, line.end, line.text, label["name"], label.end())
        for i, line in enumerate(lines)
        if i and not line.label and lines[i - 1].label and lines[i - 1].asks
        if (label := _UNMARKED.match(line.text)) is not None
    }
    counts = Counter(line.key for line in found.values())
    initials = {line.label for line in found.values() if line.label.isupper() and counts[line.key] >= _FEWEST}
    kept = {i: line for i, line in found.items() if line.key in initials}
    return [kept.get(i, line if line.key in known else _without_label(line)) for i, line in enumerate(lines)]


def _is_bare_question(line: _Line) -> bool:
    return line.asks and len(line.text) <= _LONGEST_QUESTION


def _is_interview(lines: Sequence[_Line], cues: frozenset[str]) -> bool:
    """Whether lines without labels are an interview: enough of them are questions, most are answered in the
    first person, and the text before them mentions an interview.
    """
    questions = [i for i, line in enumerate(lines[:-1]) if _is_bare_question(line)]
    if len(questions) < _FEWEST_BARE:
        return False
    if not _speaks_of(" ".join(line.text for line in lines[: questions[0]]), cues):
        return False
    answered = sum(lines[i + 1].is_personal and not lines[i + 1].asks for i in questions)
    return 2 * answered > len(questions)


def _turns(
    lines: Sequence[_Line], asks: Callable[[_Line], bool], cues: frozenset[str], *, bare: bool
) -> Iterator[Turn]:
    """The labelled lines (or, if `bare`, the questions without labels) and the answers without a label."""
    opening = [i for i, line in enumerate(lines) if line.label or (bare and asks(line))]
    for i, following in zip(opening, [*opening[1:], None], strict=True):
        line = lines[i]
        asked = asks(line)
        yield Turn(line.start, line.start + line.words, line.end, asked, line.label)
        for each in _answer(lines[i + 1 : following], cues, asked=asked, last=following is None):
            yield Turn(each.start, each.start, each.end, asks=False, label="" if asked else line.label)


def _answer(rest: Sequence[_Line], cues: frozenset[str], *, asked: bool, last: bool) -> Sequence[_Line]:
    """Which lines of the `rest` up to the next label answer a question (`asked`) or continue an answer."""
    if last:
        ends = next((i for i, line in enumerate(rest) if not line.is_personal), len(rest))
        return rest[:ends]
    personal = sum(line.is_personal for line in rest)
    alone = len(rest) == 1 and not _speaks_of(rest[0].text, cues)
    return rest if not asked or alone or (personal and 2 * personal >= len(rest)) else ()


def _speaks_of(text: str, cues: frozenset[str]) -> bool:
    """Whether a text contains one of the `cues`, the words that announce an interview."""
    return any(re.search(rf"\b{re.escape(cue)}\b", text.lower()) for cue in cues)
