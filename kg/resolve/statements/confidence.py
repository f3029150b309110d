"""Estimates the probability that a statement is right: asserted by its articles, and clear without them.

The model is a logistic regression on features of the statement. `ontology/confidence.toml` lists the weights
of the features, which `benchmarks/confidence.py` fits to human judgements. A feature without a weight has no
effect.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from math import exp, log
from typing import TYPE_CHECKING

from kg.model import Doubt, Evidence, Statement
from kg.ontology import folder
from kg.resolve.evidence import order
from kg.resolve.statements.glosses import FULL_NAME

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
"""How an end (the subject or object) of a statement can be identified.

"name"; "surname": a person's name of one word; "name of unknown class": a name of a thing whose class is not
known; "office": a position in something named; "definite", "indefinite": a description that contains a name,
of one thing ("the mayor of Lima") or of any ("a farmer in Peru"); "introduced": the new subject of a whole
clause ("two shops"); "bare": a description without a name ("the police"); "description", "equal": a
description or a name that is predicated of the subject; "content": words, such as those of reported speech;
"value": a number or a date.
"""

# Pronouns whose referent is outside the text. Those of `_WHO` are not among them, because in reported speech
# "he" or "she" may be the speaker.
_FAR = frozenset(("it", "its", "this", "that", "these", "those", "they", "their", "them", "such", "here"))
_WHO = frozenset(("he", "him", "his", "she", "her", "hers"))
# Words whose referent depends on who speaks to whom, and where: "you can see it there".
_SPOKEN = frozenset(("i", "me", "my", "our", "ours", "us", "we", "you", "your", "there"))
_CONTRASTS = frozenset(("although", "but", "though", "while"))
_WE = re.compile(r"\b((?:we|us|our|ours)(?:['’]\w+)?) \[[^\]]*\]", re.IGNORECASE)  # "We're [Norvex]"
# the end of a sentence before another, not the dot of "Ms." or of an initial
_SENTENCE_END = re.compile(r"(?<![A-Z.])(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z]{2})[.!?][\"”’]? (?=[\"“‘]?[A-Z])")
_QUOTES = ("“", '"', "‘", "'", "«", "„")

_MODALS = frozenset(("can", "cannot", "could", "may", "might", "must", "should", "will", "would"))
# Words after a noun that introduce what explains it ("the head of the mine"), and all words that end a noun
# phrase.
_EXPLAINING = frozenset(("for", "in", "of", "that", "to", "which", "who"))
_ENDING = _EXPLAINING | frozenset(
    ("and", "are", "at", "by", "from", "had", "has", "have", "is", "on", "was", "were", "will", "with")
)
_LONGEST = 4  # maximum number of words after "the" that are taken to belong to its noun phrase

_SORTS = {
    "abstract": ("Activity", "Event", "Idea", "Occasion", "Quality", "Quantity", "Thing", "Topic"),
    "place": ("Facility", "Place", "Region"),
    "town or country": ("City", "Country"),
    "person": ("Person",),
}
"""Sort of things -> its classes. Statements about places or ideas are less often understood without context.
"""

_BETWEEN_THINGS = ("direct", "oblique")  # projections of a verb with two ends
# The agreement of two parses that counts neither for nor against a statement; used without a second parse.
_OPEN = 0.5


SORTS = ("names", "things", "descriptions", "speech", "clause")
"""Sorts of statements, each with its own threshold.

"names": a relation of the ontology between two names or with an office, or one that is complete with its two
ends; "things": a relation between other things; "descriptions": what somebody or something is, in words;
"speech": what somebody says; "clause": a clause in the words of the article.
"""


@dataclass(frozen=True, slots=True)
class Model:
    """The parameters of the regression.

    `weights`: feature -> weight, with "always" as the intercept; `thresholds`: sort of statements -> minimum
    confidence of plain facts. The thresholds differ because the human judgements do: relations between two
    names with a confidence of 0.7 were right no more often than those with 0.54, whereas contents of speech
    with 0.7 were right much more often.
    """

    weights: Mapping[str, float]
    thresholds: Mapping[str, float]

    def needed(self, found: Mapping[str, float]) -> float:
        """The minimum confidence that makes a statement with these features a plain fact."""
        return self.thresholds[_sort(found)]

    def right(self, found: Mapping[str, float]) -> float:
        """The probability that a statement with these features is right, 0 to 1."""
        return 1.0 / (1.0 + exp(-self.score(found)))

    def score(self, found: Mapping[str, float]) -> float:
        """The logarithm of the odds that a statement with these features is right."""
        return sum(self.weights.get(name, 0.0) * value for name, value in found.items())


@cache
def model() -> Model:
    """The model in `ontology/confidence.toml`."""
    table = tomllib.loads((folder() / "confidence.toml").read_text(encoding="utf-8"))
    return Model(table["weights"], table["thresholds"])


def _sort(found: Mapping[str, float]) -> str:
    """The sort (one of `SORTS`) of a statement with these features."""
    if found.get("object description"):
        return "descriptions"
    if found.get("object content"):
        return "speech" if found.get("projection content") else "clause"
    sure = ("names in a known relation", "complete relation with a description", "object office")
    return "names" if any(found.get(name) for name in sure) else "things"


def features(
    statement: Statement,
    ends: tuple[End, End],
    doubts: tuple[Doubt, ...],
    best: Evidence,
    about: int,
    *,
    complete: bool,
) -> dict[str, float]:
    """Name of each feature of a statement -> its value, mostly 0 or 1.

    `doubts`: all doubts except UNSURE, which depends on the result; `best`: the sentence for which the
    features are computed; `about`: the number of statements about the same subject in its article, because
    statements about the topic of an article are right more often; `complete`: whether the relation needs no
    third part beside the two ends (`ontology/complete.ttl`). The number of sentences of a statement is no
    feature, because it did not improve the fit.
    """
    subject, other = ends
    if other.kind == "content":  # the full form of a name, or who "we" are, does not make it less certain
        other = replace(other, label=_WE.sub(r"\1", FULL_NAME.sub(r"\1\2", other.label)))
    named = {subject.kind, other.kind} <= set(NAMED)
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
        "names in a known relation": float(statement.known and named),
        "complete relation": float(complete and named),
        "complete relation with a description": float(complete and not named),
        "relation that needs more": float(
            statement.known and not complete and other.type != "" and best.projection in _BETWEEN_THINGS
        ),
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
    """The fraction of the sentence's words that the statement contains; if it is low, much was omitted.

    >>> _share_told("Ana met Tom", "Ana met Tom in the rain.")
    0.5
    """
    said, whole = ({word.lower() for word in _words(text)} for text in (statement, sentence))
    return len(said & whole) / len(whole)


def _is_quoted(text: str, evidence: Evidence) -> bool:
    """Whether the text begins with a quotation mark in its sentence."""
    return any(mark + text[:20] in evidence.sentence for mark in _QUOTES)


def _content(text: str, *, direct: bool) -> dict[str, float]:
    """Features that show whether words are clear without context.

    `direct`: whether the words are a quotation, in which "he" is not the speaker.
    """
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
    """Features of reported speech that needs the sentences around it to be understood.

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
    """Features whose weights differ between reported speech and the article's own words."""
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
    """The numbers of unexplained and of explained phrases with "the", without a name or a gloss inside.

    "The mine" is unexplained; "the head" is explained in "the head of the mine".

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
    """The evidence whose sentence the statement covers with the fewest omissions; then the most confident."""
    return min(statement.evidence, key=lambda each: (len(each.lost), -each.confidence, order(each)))


def _is_named(end: End, evidence: Evidence) -> bool:
    """Whether the sentence contains a capitalised word of the thing's label."""
    return any(word in evidence.sentence for word in end.label.split() if word[:1].isupper())
