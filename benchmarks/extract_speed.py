"""Measures the overhead of `kg extract` over spaCy alone, by stage.

    python3 benchmarks/extract_speed.py [FILE ...] [--copies 4] [--rounds 7] [--profile 25] [--parser news]

kg and spaCy run in one process over the same texts (those of seeds/, repeated), alternately, after a warm-up
pass: spaCy, kg, spaCy, kg, ... To limit the effect of other load, only processor time counts, and the ratio
is the median of the ratios of neighbouring runs; its interquartile range is printed, too. The aim is a ratio
of at most 1.5. Then the time of each stage is printed, and with `--profile` the functions that take the most
time.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path
from statistics import median, quantiles

from kg import extract, ontology, pipeline, resolve
from kg.language import names
from kg.language import pipeline as spacy_pipeline
from kg.language import time as times
from kg.language.news import component
from kg.model import Document

ROOT = Path(__file__).parent.parent
AIM = 1.5


def documents(files: list[Path], copies: int) -> list[Document]:
    """The articles, `copies` times, each copy a separate document."""
    found, problems = pipeline.articles(files)
    if problems:
        sys.exit("\n".join(map(str, problems)))
    numbers = count()
    return [replace(document, id=f"{next(numbers)}") for _ in range(copies) for document in found]


def timed(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


class Stages:
    """Adds up the seconds spent in each watched function, without its calls of other watched functions."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._inner: list[float] = []

    def watch(self, module: object, function: str, stage: str) -> None:
        """Replace a function of a module with a timed one."""
        watched = getattr(module, function)

        def timing(*arguments: object, **named: object) -> object:
            self._inner.append(0.0)
            begun = time.process_time()
            result = watched(*arguments, **named)
            spent = time.process_time() - begun
            self.seconds[stage] = self.seconds.get(stage, 0.0) + spent - self._inner.pop()
            if self._inner:
                self._inner[-1] += spent
            return result

        setattr(module, function, timing)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, default=[ROOT / "seeds"])
    parser.add_argument("--copies", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--profile", type=int, default=25, metavar="LINES")
    parser.add_argument("--parser", default=spacy_pipeline.DEFAULT, help="as in kg build")
    given = parser.parse_args()

    texts = documents(given.files, given.copies)
    words = sum(len(document.text.split()) for document in texts)
    knows = ontology.load()
    nlp = spacy_pipeline.load(given.parser)
    # The parser and the ontology are loaded once, for spaCy alone and for kg.
    spacy_pipeline.load = lambda _: nlp  # type: ignore[assignment, misc]
    ontology.load = lambda _=(): knows  # type: ignore[assignment]

    def spacy_alone() -> None:
        for _ in nlp.pipe([document.text for document in texts], batch_size=32):
            pass

    def whole() -> None:
        rows, _ = pipeline.extract(texts)
        for _ in rows:
            pass

    spacy_alone()
    whole()
    pairs = [(timed(spacy_alone), timed(whole)) for _ in range(max(given.rounds, 2))]
    alone, ours = (median(seconds) for seconds in zip(*pairs, strict=True))
    ratios = [both / one for one, both in pairs]
    ratio, (low, _, high) = median(ratios), quantiles(ratios, n=4, method="inclusive")
    print(f"{len(texts)} texts, {words:,} words, medians of {len(pairs)} rounds")
    print(f"  spaCy alone  {alone:6.2f} s  {words / alone:8,.0f} words/s")
    print(f"  kg extract   {ours:6.2f} s  {words / ours:8,.0f} words/s")
    where = "within" if ratio <= AIM else "above"
    print(f"  ratio        {ratio:6.2f}    {where} the aim of {AIM}; half of them {low:.2f} to {high:.2f}")

    stages = Stages()
    stages.watch(component.Parser, "__call__", "kg.language.news")
    stages.watch(times, "find", "kg.language.time")
    stages.watch(names, "find", "kg.language.names")
    stages.watch(extract, "understand", "kg.language.reader, other")
    stages.watch(extract, "extract", "kg.extract")
    stages.watch(resolve, "links", "kg.resolve")
    total = sum(timed(whole) for _ in range(given.rounds))
    print("\nstage                          seconds   of spaCy alone")
    stages.seconds["spaCy and the rest"] = total - sum(stages.seconds.values())
    for stage, seconds in sorted(stages.seconds.items(), key=lambda item: -item[1]):
        print(f"  {stage:27} {seconds / given.rounds:8.2f} {seconds / given.rounds / alone:12.0%}")

    if given.profile:
        profile = cProfile.Profile()
        profile.runcall(whole)
        print("\nwith what it calls   alone     calls   function")
        functions = sorted(pstats.Stats(profile).stats.items(), key=lambda item: -item[1][3])  # type: ignore[attr-defined]
        inside = [item for item in functions if item[0][0].startswith(str(ROOT / "kg"))]
        for (file, line, name), (_, calls, alone_, with_all, _) in inside[: given.profile]:
            module = Path(file).relative_to(ROOT)
            print(f"{with_all:16.3f} s {alone_:6.3f} s {calls:9,}   {module}:{line} {name}")


if __name__ == "__main__":
    main()
