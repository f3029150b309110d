"""Reads the prose cases of tests/cases/: a sentence, and what must and must not be claimed in it.

    ## by-agent names the doer
    Tom Reed was invited by Ana Ruiz.
    - Ana Ruiz | invited | Tom Reed
    - not: Tom Reed | invited | Ana Ruiz

`/` separates alternatives, `*` stands for anything, a prefix names the factuality (`reported by TOM:`
also the speaker), `none` says that nothing is asserted, `(later)` marks what is not expected yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.model import Argument, Claim, Factuality, Reading

FOLDER = Path(__file__).parent.parent / "cases"


@dataclass(frozen=True)
class Expectation:
    subject: str
    relation: str
    object: str
    factuality: Factuality = Factuality.ASSERTED
    speaker: str = ""
    wanted: bool = True  # False: `not:`
    later: bool = False
    line: str = ""


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
        elif line.strip() and title:
            text = f"{text} {line.strip()}".strip()


def _expectation(line: str) -> Expectation:
    later = line.endswith("(later)")
    body = line.removesuffix("(later)").strip()
    if body == "none":
        return Expectation("*", "*", "*", wanted=False, later=later, line=line)
    factuality, speaker, wanted = Factuality.ASSERTED, "", True
    prefix = re.match(r"(not|negated|planned|possible|reported)(?: by ([^:]+))?:\s*", body)
    if prefix:
        body, speaker = body[prefix.end() :], prefix[2] or ""
        wanted = prefix[1] != "not"
        factuality = Factuality(prefix[1]) if wanted else Factuality.ASSERTED
    subject, relation, object_ = (part.strip() for part in body.split("|"))
    return Expectation(subject, relation, object_, factuality, speaker, wanted, later, line)


def holds(expected: Expectation, reading: Reading) -> bool:
    """Whether the reading says what is expected, or does not say what must not be said."""
    found = any(_matches(expected, claim, reading) for claim in reading.claims)
    return found if expected.wanted else not found


def _matches(expected: Expectation, claim: Claim, reading: Reading) -> bool:
    if claim.object is None or claim.factuality is not expected.factuality:
        return False
    one, other = claim.subject, claim.object
    if claim.relation.inverted:
        one, other = other, one
    speaker = not expected.speaker or (claim.speaker is not None and _is(expected.speaker, claim.speaker))
    ends = [(one, other)]
    if claim.relation.name in ("met", "marriedTo"):
        ends.append((other, one))
    return (
        speaker
        and _relates(expected.relation, claim)
        and any(_is(expected.subject, a) and _is(expected.object, b) for a, b in ends)
    )


def _relates(expected: str, claim: Claim) -> bool:
    words = {claim.relation.label.lower(), claim.relation.text.lower()}
    words |= {"described as"} if claim.relation.name == "describedAs" else set()
    return expected == "*" or any(part.strip().lower() in words for part in expected.split("/"))


def _is(expected: str, argument: Argument) -> bool:
    """Equal but for article and title, or the same phrase with more words before or after."""
    if expected == "*":
        return True
    text = _plain(argument.text)
    return any(
        text == wanted or text.startswith(f"{wanted} ") or text.endswith(f" {wanted}")
        for part in expected.split("/")
        if (wanted := _plain(part))
    )


def _plain(text: str) -> str:
    text = re.sub(r"[“”\"]", "", text.strip().lower()).replace("’", "'").strip(" .,")
    return re.sub(r"^(the|a|an|mr|ms|mrs|mr\.|ms\.|dr|dr\.)\s+", "", text)
