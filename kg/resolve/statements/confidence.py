"""The probability that a statement is right: its articles assert it, and it is understood without them.

A logistic regression on a handful of features; `ontology/confidence.toml` is its table, one weight per
feature, fitted by `benchmarks/confidence.py` to human judgements. A feature without a weight has no effect.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import exp, log
from typing import TYPE_CHECKING

from kg.model import Doubt, Evidence, Statement
from kg.ontology import folder
from kg.resolve.evidence import order

if TYPE_CHECKING:
    from kg.resolve.statements.plain import End

NAMED = ("name", "surname", "name of unknown class")
KINDS = (
    *NAMED,
    "office",
    "definite",
    "indefinite",
    "introduced",
    "bare",
    "description",
    "equal",
    "content",
    "value",
)
"""How an end can be known: by its name, a person's of one word alone, one of a thing of no known class; as an
office of something named; by a description that holds a name, of one thing or of any; as new in a clause told
whole; by a description that holds no name; as what is said of somebody, be it a description or a name; as
words;
as a number or a date."""

# Pronouns with open referents; but in reported speech "he" or "she" may be the speaker.
_FAR = frozenset(("it", "its", "this", "that", "these", "those", "they", "their", "them", "such", "here"))
_WHO = frozenset(("he", "him", "his", "she", "her", "hers"))
# Who and where depend on the conversation: "you can see it there".
_SPOKEN = frozenset(("i", "me", "my", "our", "ours", "us", "we", "you", "your", "there"))
_CONTRASTS = frozenset(("although", "but", "though", "while"))
_SENTENCE_END = re.compile(r"[.!?] ")
_QUOTES = ("“", '"', "‘", "'", "«", "„")

_MODALS = frozenset(("can", "cannot", "could", "may", "might", "must", "should", "will", "would"))
# A description ends before these words; the first ones introduce its explanation ("the head of the mine").
_EXPLAINING = frozenset(("for", "in", "of", "that", "to", "which", "who"))
_ENDING = _EXPLAINING | frozenset(
    ("and", "are", "at", "by", "from", "had", "has", "have", "is", "on", "was", "were", "will", "with")
)
_LONGEST = 4  # words of a description before it ends

_SORTS = {
    "abstract": ("Activity", "Event", "Idea", "Occasion", "Quality", "Quantity", "Thing", "Topic"),
    "place": ("Facility", "Place", "Region"),
    "town or country": ("City", "Country"),
    "person": ("Person",),
}
"""Sorts of things, by their classes: of a place or an idea less is told that can stand alone."""

_OPEN = 0.5  # agreement if there is no second parse


SORTS = ("names", "things", "speech", "clause")
"""Sorts of statements that have a threshold each: between names in a relation of the ontology, or of an
office; between other things; what somebody says; and what is told in the words of the article."""


@dataclass(frozen=True, slots=True)
class Model:
    """`weights`: of features, with "always" as the intercept; `thresholds`: of plain facts, by sort.

    A threshold is the point above which nothing is gained: in the judgements, relations between two names
    were right no more often at 0.7 than at 0.54, contents of speech much more often.
    """

    weights: Mapping[str, float]
    thresholds: Mapping[str, float]

    def needed(self, found: Mapping[str, float]) -> float:
        """The confidence from which a statement with these features is a plain fact."""
        return self.thresholds[_sort(found)]

    def right(self, found: Mapping[str, float]) -> float:
        """The probability that a statement with these features is right, 0 to 1."""
        return 1.0 / (1.0 + exp(-self.score(found)))

    def score(self, found: Mapping[str, float]) -> float:
        """The logarithm of the odds that a statement with these features is right."""
        return sum(self.weights.get(name, 0.0) * value for name, value in found.items())


@cache
def model() -> Model:
    """The weights shipped with kg."""
    table = tomllib.loads((folder() / "confidence.toml").read_text(encoding="utf-8"))
    return Model(table["weights"], table["thresholds"])


def _sort(found: Mapping[str, float]) -> str:
    """The sort of a statement, one of `SORTS`."""
    if found.get("object content") or found.get("object description"):
        return "speech" if found.get("projection content") else "clause"
    return "names" if found.get("names in a known relation") or found.get("object office") else "things"


def features(
    statement: Statement, ends: tuple[End, End], doubts: tuple[Doubt, ...], best: Evidence, about: int
) -> dict[str, float]:
    """The features of a statement, by name; mostly 0 or 1. `doubts`: all except that it is unsure.

    `best` is the sentence that counts; `about`, the number of statements about its subject in its article:
    what an article is about is known better than what it mentions once. The number of sentences is not a
    feature, because it brought no gain.
    """
    subject, other = ends
    found = {
        "always": 1.0,
        f"subject {subject.kind}": 1.0,
        f"object {other.kind}": 1.0,
        "subject not named in the sentence": float(not _is_named(subject, best)),
        "open relation": float(not statement.known),
        "trust of the rule": 4 * (best.confidence - 0.75),
        "long sentence": log(1 + best.sentence.count(" ")) - 3,
        "parts lost": float(len(best.lost)),
        "no doubt": float(not set(doubts) - {Doubt.NOT_ASSERTED}),
        "names in a known relation": float(statement.known and {subject.kind, other.kind} <= set(NAMED)),
        "time told": float(statement.time is not None and statement.time.told),
        "time inferred": float(statement.time is not None and not statement.time.told),
        "agreement of two parses": 0.0 if best.agreement is None else best.agreement - _OPEN,
        "statements about the subject": log(about),
        "share told": _share_told(f"{subject.label} {statement.label} {other.label}", best.sentence),
        "acronym": float(subject.label.isupper() and " " not in subject.label),
    }
    for end, where in ((subject, "subject"), (other, "object")):
        found |= {f"{where} of sort {sort}": 1.0 for sort, classes in _SORTS.items() if end.type in classes}
    if statement.known:
        found[f"relation {statement.predicate}"] = 1.0
    if best.resolved:
        found[f"end by {best.resolved}"] = 1.0
    if other.kind == "content":
        found |= _content(other.label, direct=_is_quoted(other.label, best))
        found |= {f"{name} in {best.projection}": value for name, value in _wording(other.label).items()}
        if best.projection == "content":
            found |= _speech(other.label)
        found[f"left open in {best.projection}"] = log(1 + best.open)
        found["glossed"] = float("[" in other.label)
    found[f"projection {best.projection}"] = 1.0
    return found | {f"rule {rule}": 1.0 for rule in best.rule.split("+")}


def _share_told(statement: str, sentence: str) -> float:
    """The share of the sentence's words in the statement: what omits most of them is rarely whole.

    >>> _share_told("Ana met Tom", "Ana met Tom in the rain.")
    0.5
    """
    said, whole = ({word.lower() for word in _words(text)} for text in (statement, sentence))
    return len(said & whole) / len(whole)


def _is_quoted(text: str, evidence: Evidence) -> bool:
    return any(mark + text[:20] in evidence.sentence for mark in _QUOTES)


def _content(text: str, *, direct: bool) -> dict[str, float]:
    """Features that make the content of speech clear or unclear by itself; `direct`: a quotation."""
    far = _FAR | _WHO if direct else _FAR
    words = _words(text)
    folded = [word.lower() for word in words]
    return {
        "content opens with a pronoun": float(folded[:1] != [] and folded[0] in far),
        "content with pronouns": log(1 + sum(word in far for word in folded[1:])),
        "content with names": log(1 + sum(word[:1].isupper() and len(word) > 1 for word in words[1:])),
        "content quoted": float(direct),
    }


def _speech(text: str) -> dict[str, float]:
    """Features that make reported speech depend on the sentences around it.

    >>> [name for name, value in _speech("We will build it there. But Tom Reed may not.").items() if value]
    ['speech to somebody present', 'speech with a contrast', 'speech of several sentences']
    >>> [name for name, value in _speech("The mill was sold").items() if value]
    ['speech without a name']
    """
    words = [word.lower() for word in _words(text)]
    return {
        "speech without a name": float(
            not any(word[:1].isupper() and len(word) > 1 for word in _words(text)[1:])
        ),
        "speech to somebody present": float(not _SPOKEN.isdisjoint(words)),
        "speech with a contrast": float(not _CONTRASTS.isdisjoint(words)),
        "speech of several sentences": float(bool(_SENTENCE_END.search(text))),
    }


def _wording(text: str) -> dict[str, float]:
    """Features with different weights in speech and in the article's own words."""
    words = _words(text)
    folded = [word.lower() for word in words]
    alone, explained = _descriptions(words)
    return {
        "length": log(1 + len(words)),
        "modal": float(any(word in _MODALS for word in folded)),
        "he or she": float(any(word in _WHO for word in folded)),
        "descriptions alone": log(1 + alone),
        "descriptions explained": log(1 + explained),
    }


def _descriptions(words: list[str]) -> tuple[int, int]:
    """The number of bare and of modified descriptions; those with a name or a gloss are neither.

    >>> _descriptions("closed the mine and the head of the Norvex works left".split())
    (1, 1)
    """
    alone = explained = 0
    for start, word in enumerate(words[:-1], 1):
        if word.lower() == "the":
            rest = words[start : start + _LONGEST]
            end = next((i for i, other in enumerate(rest) if other.lower() in _ENDING), len(rest))
            after = words[start + end].lower() if start + end < len(words) else ""
            if not any(other[:1].isupper() or other[:1] == "[" for other in rest[:end]):
                explained += after in _EXPLAINING
                alone += after not in _EXPLAINING
    return alone, explained


def _words(text: str) -> list[str]:
    return [word.strip(".,;:()“”\"'’") for word in text.split()]


def surest(statement: Statement) -> Evidence:
    """The evidence that loses least of the statement; among equals, that with the highest confidence."""
    return min(statement.evidence, key=lambda each: (len(each.lost), -each.confidence, order(each)))


def _is_named(end: End, evidence: Evidence) -> bool:
    """Whether the sentence contains a word of the thing's name, not only a pronoun or description."""
    return any(word in evidence.sentence for word in end.label.split() if word[:1].isupper())
