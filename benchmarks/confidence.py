"""Fits the weights of `kg.resolve.statements.confidence` to judged statements, and evaluates them.

    python -m benchmarks.confidence FOLDER... [--keep FOLDER] [--write] [--threshold speech=0.68] ...
    python -m benchmarks.confidence FOLDER... --update FEATURE FEATURE ...
    python -m benchmarks.confidence FOLDER... --save benchmarks/judgements.jsonl

A FOLDER contains judged statements: `articles/`, `key.jsonl` (the lines of statements.jsonl that were judged,
with "list" and "number") and one or more `verdicts*.jsonl` ("list", "number", "verdict": right, poor or
wrong), one for each judge. The articles are read again; a judged statement counts if kg still makes it. The
model is a logistic regression with ridge penalty, fitted by Newton's method; the target is the share of
judges who found the statement right. All printed figures are cross-validated with ten folds of whole
articles. `--write` writes the weights fitted to all statements to ontology/confidence.toml.

`--save` writes the judgements without any text: features, verdicts and a number for the article. Such a file
can be given in place of a FOLDER; benchmarks/judgements.jsonl is one, with 2,081 statements.

`--update` changes the shipped weights of the named features only, and penalises the change. Use it for new
features, and with fewer judgements than the shipped weights were fitted to.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import wrap

import numpy as np
from numpy.typing import NDArray

from kg import pipeline
from kg.model import Doubt, Factuality, Statement, Text
from kg.ontology import folder
from kg.resolve.statements import confidence, plain
from kg.resolve.statements.confidence import Model

Row = dict[str, object]
VERDICTS = ("right", "poor", "wrong")
FOLDS = 10
RIDGE = 4.0
RARE = 5  # a feature gets a weight only if at least this many statements have it


@dataclass(frozen=True)
class Judged:
    """A judged statement; `shares`: the shares of judges who called it right, poor and wrong."""

    features: dict[str, float]
    shares: tuple[float, float, float]
    doubts: frozenset[Doubt]  # all doubts but UNSURE, which depends on the confidence itself
    article: str
    per_thousand: float  # sampling weight: statements per 1,000 words that this one represents
    line: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--keep", type=Path, help="a folder that caches readings, as in kg build")
    parser.add_argument("--threshold", action="append", default=[], help="SORT=NUMBER; default: fitted")
    parser.add_argument("--write", action="store_true", help="write ontology/confidence.toml")
    parser.add_argument("--save", type=Path, metavar="FILE", help="write the judgements as numbers")
    parser.add_argument("--update", nargs="+", metavar="FEATURE", help="change only these weights")
    parser.add_argument("--list", action="store_true", help="print the plain facts that are not right")
    given = parser.parse_args()
    found = [
        each for name in given.folders for each in (judged(name, given.keep) if name.is_dir() else kept(name))
    ]
    if given.save:
        save(found, given.save)
    seen = Counter(name for each in found for name, value in each.features.items() if value)
    names = sorted(name for name, times in seen.items() if times >= RARE)
    if given.update:
        names = sorted(set(names) & set(given.update))
    shipped = confidence.model() if given.update else Model({}, {})
    matrix = np.array([[each.features.get(name, 0.0) for name in names] for each in found])
    before = np.array([shipped.score(each.features) for each in found])
    right = np.array([each.shares[0] for each in found])
    sure = cross_validated(matrix, right, [each.article for each in found], before)
    reliability(sure, right)
    sweep(found, sure)
    thresholds = dict.fromkeys(confidence.SORTS, chosen(found, sure))
    thresholds |= {
        sort: float(number) for sort, _, number in (each.partition("=") for each in given.threshold)
    }
    weights = dict(shipped.weights)
    for name, change in zip(names, fitted(matrix, right, before), strict=True):
        weights[name] = weights.get(name, 0.0) + change
    model = Model(weights, thresholds)
    report(found, sure, model, listed=given.list)
    if given.write:
        write(model, len(found), names if given.update else ())


# -- Judged statements -------------------------------------------------------------------------------


def judged(reading: Path, keep: Path | None) -> Iterator[Judged]:
    """The judged statements of a reading that kg still makes and asserts."""
    built = pipeline.build([reading / "articles"], keep=keep)
    nodes = built.knowledge.nodes()
    names = plain.KnownNames(nodes.values(), built.ontology)
    label = {key: node.label for key, node in nodes.items()}

    def key(statement: Statement) -> tuple[str, str, str]:
        said = statement.object
        other = said.value if isinstance(said, Text) else label[said]
        return label[statement.subject], statement.label, unglossed(other)

    asserted = [s for s in built.knowledge.statements if s.factuality is Factuality.ASSERTED]
    times = plain.about(asserted)
    made = {(*key(s), e.document, e.start): s for s in asserted for e in s.evidence}
    verdicts: defaultdict[int, list[str]] = defaultdict(list)
    for path in sorted(reading.glob("verdicts*.jsonl")):
        for row in rows(path):
            if row["list"] == "asserted":
                verdicts[int(str(row["number"]))].append(str(row["verdict"]))
    told = [row for row in rows(reading / "key.jsonl") if row["list"] == "asserted"]
    words = sum(len(document.text.split()) for document in built.knowledge.documents)
    stands_for = 1000 * len(asserted) / words / len(told)
    lost = 0
    for row in told:
        statement = next((made[place] for place in places(row) if place in made), None)
        if statement is None or not verdicts[int(str(row["number"]))]:
            lost += 1
            continue
        ends = plain.ends_of(statement, nodes, names, built.ontology)
        doubts = plain.doubts_of(statement, ends)
        said = Counter(verdicts[int(str(row["number"]))])
        shares = tuple(said[name] / said.total() for name in VERDICTS)
        best = confidence.surest(statement)
        yield Judged(
            confidence.features(
                statement,
                ends,
                doubts,
                best,
                times[best.document, statement.subject],
                complete=plain.is_complete(statement, ends, built.ontology),
            ),
            (shares[0], shares[1], shares[2]),
            frozenset(doubts),
            statement.evidence[0].document,
            stands_for,
            " | ".join((*key(statement), statement.evidence[0].rule)),
        )
    print(
        f"{reading.name}: {len(told) - lost} of {len(told)} judged statements are still made; {words} words"
    )


def save(found: Sequence[Judged], path: Path) -> None:
    """Write judgements without texts; articles are numbered."""
    number = {name: at for at, name in enumerate(sorted({each.article for each in found}))}
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for each in found:
            features = {name: round(value, 4) for name, value in sorted(each.features.items()) if value}
            shares = dict(zip(VERDICTS, each.shares, strict=True))
            row = {
                "article": number[each.article],
                **shares,
                "doubts": sorted(each.doubts),
                "features": features,
            }
            file.write(json.dumps(row) + "\n")


def kept(path: Path) -> Iterator[Judged]:
    """The judgements that `save` wrote. `per_thousand`, which is not in the file, is 0, so the printed counts
    per 1,000 words mean nothing.
    """
    for row in rows(path):
        shares = [float(str(row[name])) for name in VERDICTS]
        doubts = frozenset(Doubt(each) for each in row["doubts"])  # type: ignore[attr-defined]
        features = dict(row["features"])  # type: ignore[call-overload]
        yield Judged(features, (shares[0], shares[1], shares[2]), doubts, str(row["article"]), 0.0, "")


def rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def places(row: Row) -> Iterator[tuple[str, str, str, str, int]]:
    subject, predicate, said = (dict(row[end]) for end in ("subject", "predicate", "object"))  # type: ignore[call-overload]
    other = said["label"] if "label" in said else said["value"]
    for each in row["evidence"]:  # type: ignore[attr-defined]
        yield subject["label"], predicate["label"], unglossed(other), each["document"], each["start"]


def unglossed(text: str) -> str:
    """The text without glosses (`kg.resolve.statements.glosses`), which may have changed since the
    judgement.
    """
    return re.sub(r" \[[^\]]*\]", "", text)


# -- The model -----------------------------------------------------------------------------------------


def fitted(
    matrix: NDArray[np.float64], right: NDArray[np.float64], before: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Weights of a logistic regression. Its scores are added to the scores `before`, which stay fixed.

    The intercept (the first feature that is 1 for all statements) is not penalised.
    """
    ridge = np.full(matrix.shape[1], RIDGE)
    ridge[np.all(matrix == 1.0, axis=0)] = 1e-6
    weights = np.zeros(matrix.shape[1])
    for _ in range(50):
        sure = 1 / (1 + np.exp(-matrix @ weights - before))
        slope = matrix.T @ (right - sure) - ridge * weights
        bend = (matrix * (sure * (1 - sure))[:, None]).T @ matrix + np.diag(ridge)
        step = np.linalg.solve(bend, slope)
        weights = weights + step
        if np.abs(step).max() < 1e-8:
            break
    return weights


def cross_validated(
    matrix: NDArray[np.float64],
    right: NDArray[np.float64],
    articles: Sequence[str],
    before: NDArray[np.float64],
) -> NDArray[np.float64]:
    """The prediction for each statement, by a model that was not fitted to its article."""
    fold = {name: number % FOLDS for number, name in enumerate(sorted(set(articles)))}
    folds = np.array([fold[name] for name in articles])
    sure = np.zeros(len(right))
    for number in range(FOLDS):
        own = folds == number
        weights = fitted(matrix[~own], right[~own], before[~own])
        sure[own] = 1 / (1 + np.exp(-matrix[own] @ weights - before[own]))
    return sure


# -- The report -------------------------------------------------------------------------------------


def reliability(sure: NDArray[np.float64], right: NDArray[np.float64]) -> None:
    print("\nconfidence   statements   mean   right")
    for low in np.arange(0.0, 1.0, 0.1):
        own = (sure >= low) & (sure < low + 0.1)
        if own.any():
            numbers = f"{own.sum():10}  {sure[own].mean():5.2f}  {right[own].mean():6.2f}"
            print(f"{low:.1f} to {low + 0.1:.1f}   {numbers}")
    gap = np.mean((sure - right) ** 2)
    print(f"Brier score {gap:.3f}; of the mean as prediction {np.mean((right.mean() - right) ** 2):.3f}")


def share(found: Iterable[Judged]) -> str:
    """A line of text with the percentages of right, poor and wrong statements, the number of statements, and
    their number per 1,000 words.
    """
    some = list(found)
    if not some:
        return "none"
    parts = (100 * sum(each.shares[n] for each in some) / len(some) for n in range(3))
    readings = len({each.per_thousand for each in some})
    density = sum(each.per_thousand for each in some) / readings
    right, poor, wrong = parts
    percent = f"right {right:3.0f}  poor {poor:3.0f}  wrong {wrong:3.0f} %"
    return f"{percent}   of {len(some):4}   {density:5.1f} per 1,000 words"


def sweep(found: Sequence[Judged], sure: NDArray[np.float64]) -> None:
    whole = [(each, p) for each, p in zip(found, sure, strict=True) if not each.doubts]
    print(f"\nall asserted   {share(found)}\nno other doubt {share(each for each, _ in whole)}")
    for at in np.arange(0.3, 0.85, 0.05):
        print(f"threshold {at:.2f} {share(each for each, p in whole if p >= at)}")
    print("\nstatements with this doubt and no other:")
    for doubt in Doubt:
        held = [each for each in found if each.doubts == {doubt}]
        if held:
            print(f"   {doubt.value:40} {share(held)}")


def chosen(found: Sequence[Judged], sure: NDArray[np.float64], aim: float = 0.8) -> float:
    """The lowest threshold at which at least a fraction `aim` of the plain facts are right; if there is none,
    the threshold at which that fraction is highest.
    """
    whole = [(each.shares[0], p) for each, p in zip(found, sure, strict=True) if not each.doubts]
    best, at = 0.0, 0.5
    for threshold in np.arange(0.3, 0.8, 0.01):
        kept = [right for right, p in whole if p >= threshold]
        if len(kept) < 20:
            break
        mean = sum(kept) / len(kept)
        if mean >= aim:
            return round(float(threshold), 2)
        if mean > best:
            best, at = mean, round(float(threshold), 2)
    return at


def report(found: Sequence[Judged], sure: NDArray[np.float64], model: Model, *, listed: bool) -> None:
    some = [(each, p) for each, p in zip(found, sure, strict=True) if not each.doubts]
    kept = [(each, p) for each, p in some if p >= model.needed(each.features)]
    at = ", ".join(f"{sort} {number}" for sort, number in model.thresholds.items())
    print(f"\nplain facts at {at}: {share(each for each, _ in kept)}")
    for each, p in kept if listed else ():
        if each.shares[0] < 0.75:
            print(f"   {p:.2f} {each.shares} {each.line}")


def write(model: Model, number: int, updated: Sequence[str]) -> None:
    path = folder() / "confidence.toml"
    head = [
        "# The probability that a statement is right: weights of kg.resolve.statements.confidence in a",
        f"# logistic regression. benchmarks/confidence.py fitted them to {number} judged statements.",
    ]
    if updated:
        before = path.read_text(encoding="utf-8").splitlines()
        head = [line for line in before[: before.index("")] if line.startswith("#")]
        head += wrap(
            f"Changed afterwards to fit {number} more: {', '.join(updated)}.",
            104,
            initial_indent="# ",
            subsequent_indent="# ",
        )
    lines = [
        *head,
        "",
        "[thresholds]  # minimum for plain facts without doubts, by sort",
        *(f"{sort} = {number}" for sort, number in model.thresholds.items()),
        "",
        "[weights]",
        *(f'"{name}" = {weight:.2f}' for name, weight in sorted(model.weights.items())),
    ]
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
