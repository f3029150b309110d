"""Fits the weights of `kg.resolve.document.ranking` to GAP, and evaluates them.

    python -m benchmarks.pronouns GAP.tsv [--readings FILE] [--write] [--rounds 2]

GAP.tsv is a part of GAP (Webster et al., 2018). Each row has a text, a pronoun in it, two names, and which of
them the pronoun refers to. The model is a softmax over the candidates for a pronoun, each with the score of
its best mention. A ridge penalty pulls the weights towards their current values, so that features without
examples in GAP keep theirs. The printed figures are cross-validated. Because the pronouns of a text affect
each other, the fit is repeated in rounds, each with the weights from the previous round. `--readings FILE`
caches the readings.
"""

from __future__ import annotations

import argparse
import csv
import json
import pickle
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg import ontology, pipeline
from kg.extract import read_all
from kg.language import pipeline as parsing
from kg.model import Mention, Reading
from kg.ontology import Ontology, folder
from kg.resolve.document import coreference, pronouns, ranking, within

FOLDS, RIDGE, STEPS, RATE, PUSH = 5, 2.0, 400, 0.004, 0.9
Vector = NDArray[np.float64]


@dataclass(frozen=True)
class Example:
    """A pronoun, its candidates, and the people with the two names."""

    features: list[ranking.Features]  # the features of each candidate mention
    people: list[int]  # the person of each mention
    named: tuple[frozenset[int], frozenset[int]]
    meant: tuple[bool, bool]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gap", type=Path)
    parser.add_argument("--readings", type=Path, help="a file that caches the readings")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--write", action="store_true", help="write ontology/pronouns.toml")
    given = parser.parse_args()
    with given.gap.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    knows = ontology.load()
    readings = read(rows, knows, given.readings)
    weights, ahead = ranking.weights()  # the dictionary that kg itself uses: changing it changes the ranking
    before = dict(weights)
    for _ in range(given.rounds):
        found = [example(row, readings[row["ID"]], knows) for row in rows]
        names = sorted({name for each in found for one in each.features for name in one} | set(before))
        start = np.array([before.get(name, 0.0) for name in names])
        pairs = [(each, matrix(each, names)) for each in found]
        apart = [start] * len(found)
        for fold in range(FOLDS):
            fit = fitted([pair for n, pair in enumerate(pairs) if n % FOLDS != fold], start)
            apart = [fit if n % FOLDS == fold else other for n, other in enumerate(apart)]
        for at in (0.0, ahead, 2 * ahead):
            print(f"ahead {at:.2f}   cross-validated {report(pairs, apart, at)}")
        weights.update(zip(names, fitted(pairs, start).round(2).tolist(), strict=True))
    if given.write:
        write(weights, ahead, len(rows))


def read(rows: Sequence[Mapping[str, str]], knows: Ontology, kept: Path | None) -> dict[str, Reading]:
    """Id of a row -> the reading of its text. `kept`: a file in which readings are cached."""
    if kept and kept.exists():
        some: Iterable[Reading] = pickle.loads(kept.read_bytes())
    else:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "gap.jsonl")
            lines = (json.dumps({"id": row["ID"], "text": row["Text"]}) + "\n" for row in rows)
            path.write_text("".join(lines), encoding="utf-8")
            texts, _ = pipeline.parted(pipeline.texts([path]))
        some, _ = pipeline.parted(read_all(texts, knows, parsing.DEFAULT))
        if kept:
            kept.write_bytes(pickle.dumps(list(some)))
    return {one.document.id: one for one in some}


# -- Examples ------------------------------------------------------------------------------------------


def example(row: Mapping[str, str], reading: Reading, knows: Ontology) -> Example:
    """The pronoun of a row with its candidates; without candidates if kg finds no such pronoun there."""
    locals_ = within.locals_of(reading, knows)
    owner = {mention: i for i, local in enumerate(locals_) for mention in local.mentions}
    called = coreference.roles(reading, locals_, owner, knows)
    walk = coreference.walked(reading, locals_, owner, called, knows)
    start = int(row["Pronoun-offset"])
    index = next((i for i, m in enumerate(reading.mentions) if m.start == start and _is_one(m)), -1)
    found = walk.candidates(index, pronouns.HE_OR_SHE[row["Pronoun"].lower()]) if index >= 0 else {}
    named = [frozenset(_named(row, name, reading, walk)) for name in "AB"]
    meant = [row[f"{name}-coref"].upper() == "TRUE" for name in "AB"]
    people = [walk.owner[other] for other in found]
    return Example(list(found.values()), people, (named[0], named[1]), (meant[0], meant[1]))


def _is_one(mention: Mention) -> bool:
    return mention.text.lower() in pronouns.HE_OR_SHE


def _named(row: Mapping[str, str], name: str, reading: Reading, walk: pronouns.Walk) -> Iterator[int]:
    """The numbers of the people to whom kg resolves the mentions at the position of a name ("A" or "B")."""
    start = int(row[f"{name}-offset"])
    for index, mention in enumerate(reading.mentions):
        if mention.start < start + len(row[name]) and start < mention.end and index in walk.owner:
            yield walk.owner[index]


def matrix(one: Example, names: Sequence[str]) -> Vector:
    return np.array([[features.get(name, 0.0) for name in names] for features in one.features])


# -- The model -----------------------------------------------------------------------------------------


def best(one: Example, rows: Vector, weights: Vector) -> dict[int, int]:
    """Each person -> the row of features of that person's mention with the highest score."""
    scores, found = rows @ weights, dict[int, int]()
    for row, person in enumerate(one.people):
        if person not in found or scores[row] > scores[found[person]]:
            found[person] = row
    return found


def fitted(pairs: Sequence[tuple[Example, Vector]], start: Vector) -> Vector:
    """Weights by gradient ascent from `start`, towards which a ridge penalty pulls them."""
    weights, push = start.copy(), np.zeros_like(start)
    for _ in range(STEPS):
        slope = sum((slope_of(*pair, weights) for pair in pairs if pair[0].people), np.zeros_like(start))
        push = PUSH * push + slope - RIDGE * (weights - start)
        weights = weights + RATE * push
    return weights


def slope_of(one: Example, rows: Vector, weights: Vector) -> Vector:
    """The gradient of the log-likelihood that the antecedent is the gold one, or, if the pronoun refers to
    neither of the two names, that it is another person.
    """
    found = best(one, rows, weights)
    own = rows[list(found.values())]
    scores = own @ weights
    share = np.exp(scores - scores.max())
    share /= share.sum()
    meant = {p for some, holds in zip(one.named, one.meant, strict=True) for p in some if holds}
    among = np.array([person in (meant or one.named[0] | one.named[1]) for person in found], dtype=float)
    inside = float((share * among).sum())
    if inside == 0.0 or inside > 0.999:
        return np.zeros_like(weights)
    if meant:
        return np.asarray((share * among / inside - share) @ own)
    return np.asarray(-(share * (among - inside) / (1 - inside)) @ own)


def report(pairs: Sequence[tuple[Example, Vector]], weights: Sequence[Vector], ahead: float) -> str:
    """Precision, recall and F1, as GAP defines them, in a line of text."""
    right = given = wanted = 0
    for (one, rows), own in zip(pairs, weights, strict=True):
        chosen = -1
        if one.people:
            scores = {person: rows[row] @ own for person, row in best(one, rows, own).items()}
            first, *rest = sorted(scores, key=lambda person: -scores[person])
            chosen = first if not rest or scores[first] - scores[rest[0]] >= ahead else -1
        for named, meant in zip(one.named, one.meant, strict=True):
            given += chosen in named
            right += meant and chosen in named
            wanted += meant
    precision, recall = right / max(given, 1), right / wanted
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return f"precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}"


def write(weights: Mapping[str, float], ahead: float, number: int) -> None:
    lines = [
        "# The antecedent of a pronoun: weights of kg.resolve.document.ranking.",
        f"# benchmarks/pronouns.py fitted them to {number} pronouns of GAP (development part).",
        "",
        f"ahead = {ahead}  # minimum lead of the best candidate",
        "",
        "[weights]",
        *(f'"{name}" = {weight:.2f}' for name, weight in sorted(weights.items())),
    ]
    (folder() / "pronouns.toml").write_text("\n".join([*lines, ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
