"""Reads the prose cases of tests/cases/: a sentence, with claims that it must and must not give.

    ## the agent after "by"
    Tom Reed was invited by Ana Ruiz.
    - Ana Ruiz | invited | Tom Reed
    - not: Tom Reed | invited | Ana Ruiz

A text line that begins with `> ` is the headline of the lines that follow; one that begins with `¶ ` is a
separate paragraph. `/` separates alternatives; `*` stands for anything; a prefix gives the factuality
(`reported by TOM:` also the speaker); `none` means that nothing is asserted, and `not negated:` that a claim
is not denied; `(later)` marks an expectation that does not hold yet (when it holds, remove the mark). The
line of a claim that must be complete ends with `(whole)`; the line of an incomplete claim ends with what the
claim omits: `(lost: phrase cut, denied end)`. In a file whose cases are resolved, these are the doubts about
a statement, except those about its confidence.

    - only: Ana Ruiz | invited | Tom Reed
    - only: reported by Ana Ruiz: Tom Reed | left | Lima

These two claims are expected as without `only:`, and their sentences must give no other claims, asserted or
not. A line without a third column is an event with one participant, which makes no statement: such an event
is permitted in addition to `only:` lines.

In circumstance.md a fourth column gives the time and a fifth the place: the words of the time, preceded by
`~` if only other sentences name the day; `-` if there is no time or place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from kg.model import (
    WHOLE_CLAUSE,
    Argument,
    Claim,
    Doubt,
    Factuality,
    Knowledge,
    Reading,
    Statement,
    Text,
    Time,
)

FOLDER = Path(__file__).parent.parent / "cases"


@dataclass(frozen=True)
class Expectation:
    subject: str
    relation: str
    object: str
    factuality: Factuality = Factuality.ASSERTED
    speaker: str = ""
    wanted: bool = True  # False for a `not:` line
    later: bool = False
    line: str = ""
    when: str = ""  # "" if any time is right
    where: str = ""
    lost: tuple[str, ...] | None = None  # None if it does not matter what the claim omits
    only: bool = False


@dataclass(frozen=True)
class Case:
    file: str
    title: str
    text: str
    expectations: tuple[Expectation, ...]


def cases(path: Path) -> Iterator[Case]:
    title, text, found = "", "", list[Expectation]()
    for line in [*path.read_text(encoding="utf-8").splitlines(), "## "]:
        if line.startswith("## "):
            if title and text:
                yield Case(path.stem, title, text, tuple(found))
            title, text, found = line[3:].strip(), "", []
        elif line.startswith("- "):
            found.append(_expectation(line[2:].strip()))
        elif line.startswith("> "):
            text = f"{line[2:].strip()}\n\n"
        elif line.startswith("¶ "):
            text = f"{text}\n\n{line[2:].strip()}"
        elif line.strip() and title:
            text = f"{text} {line.strip()}" if text.strip() == text and text else text + line.strip()


def _expectation(line: str) -> Expectation:
    later = line.endswith("(later)")
    body, lost = _lost(line.removesuffix("(later)").strip())
    only, body = body.startswith("only:"), body.removeprefix("only:").strip()
    assert not (only and later), f"what else is claimed can only be told of what holds: {line}"
    if body == "none":
        return Expectation("*", "*", "*", wanted=False, later=later, line=line)
    factuality, speaker, wanted = Factuality.ASSERTED, "", True
    prefix = re.match(r"(not\b ?)?(negated|planned|possible|reported)?(?: by ([^:]+))?:\s*", body)
    if prefix:
        body, speaker = body[prefix.end() :], prefix[3] or ""
        wanted = not prefix[1]
        factuality = Factuality(prefix[2] or Factuality.ASSERTED)
    subject, relation, object_, when, where = (*(part.strip() for part in body.split("|")), "", "")[:5]
    assert wanted or not only, f"only: names what is claimed: {line}"
    return Expectation(
        subject, relation, object_, factuality, speaker, wanted, later, line, when, where, lost, only
    )


def _lost(body: str) -> tuple[str, tuple[str, ...] | None]:
    """The line without the omissions at its end, and these omissions; None if the line gives none."""
    found = re.search(r"\s*\((?:whole|lost: ([^)]+))\)$", body)
    if found is None:
        return body, None
    return body[: found.start()], tuple(found[1].split(", ")) if found[1] else ()


def wrong(expected: Sequence[Expectation], found: Reading | Knowledge) -> list[str]:
    """The differences between a case and a reading (or, of a Knowledge, its statements), one line for each.

    Statements are compared after resolution: pronouns are replaced by their referents.
    """
    claims = _claims(found) if isinstance(found, Reading) else _statements(found)
    lines: list[str] = []
    for each in expected:
        holds = any(claim.fits(each) for claim in claims) == each.wanted
        if holds and each.later:
            lines.append(f"holds now: remove (later): {each.line}")
        elif not holds and not each.later:
            lines.append(each.line)
    named = [each for each in expected if each.only]
    sentences = {s for claim in claims if any(map(claim.fits, named)) for s in claim.sentences}
    return lines + [
        f"claimed too: {claim.line}"
        for claim in claims
        if claim.states and not sentences.isdisjoint(claim.sentences) and not any(map(claim.fits, named))
    ]


@dataclass(frozen=True)
class _Claimed:
    """A claim or a statement, in the form of a case."""

    line: str
    sentences: frozenset[tuple[str, int, int]]
    fits: Callable[[Expectation], bool]
    states: bool = True  # False: an event with one participant, or a whole clause


def _claims(reading: Reading) -> list[_Claimed]:
    found = []
    for claim in reading.claims:
        sentence = reading.sentences[claim.sentence]
        by = f" by {claim.speaker.text}" if claim.speaker else ""
        ends = [claim.subject, *([claim.object] if claim.object else [])]
        words = " | ".join((ends[0].text, claim.relation.text, *(end.text for end in ends[1:])))
        found.append(
            _Claimed(
                f"{claim.factuality}{by}: {words}",
                frozenset([(reading.document.id, sentence.start, sentence.end)]),
                partial(_matches, claim=claim, reading=reading),
                states=claim.object is not None and claim.projection != WHOLE_CLAUSE,
            )
        )
    return found


def _statements(knowledge: Knowledge) -> list[_Claimed]:
    nodes = knowledge.nodes()

    def names(node: str | Text) -> list[str]:
        if isinstance(node, Text):
            return [node.value]
        return [nodes[node].label, *nodes[node].aliases] if node else [""]

    def line(statement: Statement) -> str:
        by = f" by {names(statement.speaker)[0]}" if statement.speaker else ""
        words = names(statement.subject)[0], statement.label, names(statement.object)[0]
        return f"{statement.factuality}{by}: {' | '.join(words)}"

    return [
        _Claimed(
            line(statement),
            frozenset((e.document, e.start, e.end) for e in statement.evidence),
            partial(_says, statement=statement, names=names),
            states=all(each.projection != WHOLE_CLAUSE for each in statement.evidence),
        )
        for statement in knowledge.statements
    ]


def _says(expected: Expectation, statement: Statement, names: Callable[[str | Text], list[str]]) -> bool:
    def same(wanted: str, node: str | Text) -> bool:
        return any(_is(wanted, name, exactly=not expected.wanted) for name in names(node))

    ends = [(statement.subject, statement.object), (statement.object, statement.subject)]
    return (
        statement.factuality is expected.factuality
        and expected.relation
        in ("*", *_words(statement.label, statement.evidence[0].surface, expected.relation))
        and (not expected.speaker or same(expected.speaker, statement.speaker))
        and expected.when in ("", _when(statement.time))
        and (expected.where in ("", "-") or same(expected.where, statement.place))
        and not (expected.where == "-" and statement.place)
        and expected.lost in (None, tuple(doubt for doubt in statement.doubts if doubt not in _NOT_OF_WORDS))
        and any(
            same(expected.subject, a) and same(expected.object, b)
            for a, b in ends[: 2 if statement.predicate in _EITHER_WAY else 1]
        )
    )


_NOT_OF_WORDS = (Doubt.NOT_ASSERTED, Doubt.UNSURE)  # doubts that do not concern the words of a statement


def _when(time: Time | None) -> str:
    if time is None:
        return "-"
    return time.text if time.told else f"~{time.text}"


def _when_of(claim: Claim, reading: Reading) -> str:
    if claim.time >= 0:
        return reading.times[claim.time].text
    return f"~{reading.times[claim.narrative].text}" if claim.narrative >= 0 else "-"


_EITHER_WAY = ("met", "marriedTo", "siblingOf")


def _matches(expected: Expectation, claim: Claim, reading: Reading) -> bool:
    if claim.factuality is not expected.factuality or (claim.object is None) != (expected.object == ""):
        return False
    if expected.speaker and (claim.speaker is None or not _is(expected.speaker, claim.speaker.text)):
        return False
    if expected.lost is not None and claim.lost != expected.lost:
        return False
    if expected.when not in ("", _when_of(claim, reading)):
        return False
    place = reading.mentions[claim.place].text if claim.place >= 0 else "-"
    if expected.where and not _is(expected.where, place):
        return False
    exactly = not expected.wanted
    if not _words(claim.relation.label, claim.relation.text, expected.relation):
        return False
    if claim.object is None:
        return _is(expected.subject, phrase(claim.subject, reading), exactly=exactly)
    one, other = claim.subject, claim.object
    if claim.relation.inverted:
        one, other = other, one
    ends = [(one, other), (other, one)][: 2 if claim.relation.name in _EITHER_WAY else 1]
    return any(
        _is(expected.subject, phrase(a, reading), exactly=exactly)
        and _is(expected.object, phrase(b, reading), exactly=exactly)
        for a, b in ends
    )


def phrase(argument: Argument, reading: Reading) -> str:
    """The words of an argument: those of its mention, without what the clause adds; otherwise its text."""
    return reading.mentions[argument.mention].text if argument.mention >= 0 else argument.text


def _words(label: str, surface: str, expected: str) -> list[str]:
    """A list with only `expected` if one of its alternatives is the relation's label or surface form,
    otherwise an empty list.
    """
    words = {label.lower(), surface.lower()} | ({"described as"} if label == "is" else set())
    fits = expected == "*" or any(part.strip().lower() in words for part in expected.split("/"))
    return [expected] if fits else []


def _is(expected: str, text: str, *, exactly: bool = False) -> bool:
    """Whether two texts are equal except for article and title, or (unless `exactly`) the same phrase with
    words around it.
    """
    if expected == "*":
        return True
    text = _plain(text)
    return any(
        text == wanted or (not exactly and (text.startswith(f"{wanted} ") or text.endswith(f" {wanted}")))
        for part in expected.split("/")
        if (wanted := _plain(part))
    )


def _plain(text: str) -> str:
    text = re.sub(r"[“”\"]", "", text.strip().lower()).replace("’", "'").strip(" .,")
    return re.sub(r"^(the|a|an|mr|ms|mrs|mr\.|ms\.|dr|dr\.)\s+", "", text)
