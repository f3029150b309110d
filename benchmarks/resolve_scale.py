"""Measures the speed and accuracy of resolving for several numbers of articles.

    python3 benchmarks/resolve_scale.py [--sizes 100 1000 10000] [--seed 1] [--write] [--on-disk] [...]

Resolves synthetic news (`made_up_news`), for which the truth is known, and prints for each size the articles
per second of processor time, the peak memory, and precision and recall over pairs of (article, thing): how
many of the predicted coreferent pairs are true, and how many of the true ones are predicted. Happenings are
compared by their mentions, including those within one article. With `--write` all files of the graph are
written too, and a second line reports the cost. With `--on-disk` the readings are stored as in a build of
many articles, the articles are generated one at a time, and accuracy is not measured; `--memory 4G` ends the
run when it exceeds that limit, as `kg build --memory` does. The memory printed is the peak since the start of
the process; to measure it for one size, give only that size.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import resource
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory

from made_up_news import Article, in_order, news

from kg import disk_lists, ontology, pipeline
from kg.memory import Budget
from kg.ontology import Ontology
from kg.pipeline import Build
from kg.resolve import resolve
from kg.resolve.knowledge import resolved_corpus

_KILO = 1024


def things(articles: Sequence[Article], knows: Ontology) -> list[list[str]]:
    """For each article, the id of the thing to which kg resolved each mention."""
    corpus = resolved_corpus([article.reading for article in articles], knows)
    same = corpus.occurrences(knows)
    found: list[list[str]] = [[] for _ in articles]
    for position, index in enumerate(corpus.order):
        nodes = corpus.told[position].nodes.renamed(same)
        count = len(articles[index].reading.mentions)
        found[index] = [nodes.own.get(i) or f"{position}-{i}" for i in range(count)]
    return found


def pairs(labelled: Iterable[tuple[object, object]]) -> tuple[float, float]:
    """Precision and recall over pairs of units with the same label. `labelled`: for each unit, its predicted
    and its true label.
    """
    units = list(labelled)

    def within(sizes: Counter[object]) -> int:
        return sum(n * (n - 1) // 2 for n in sizes.values())

    both = within(Counter(units))
    said, true = (within(Counter(unit[i] for unit in units)) for i in (0, 1))
    return both / max(said, 1), both / max(true, 1)


def measure_on_disk(
    count: int, seed: int, knows: Ontology, *, write: bool, memory: Budget | None = None
) -> None:
    """Measure with readings on disk; the articles are generated one at a time, never all in memory."""
    readings = disk_lists.Readings([article.reading.document for article in in_order(count, seed)])
    for number, article in enumerate(in_order(count, seed)):
        readings[number] = article.reading
    begun = time.process_time()
    knowledge = resolve(readings, knows)
    spent = time.process_time() - begun
    line = f"{count:8,} {len(knowledge.entities):9,} {len(knowledge.events):8,} {spent:8.1f} "
    print(f"{line}{count / spent:10.0f} {_peak():7,.0f}", flush=True)
    if write:
        print(_written(Build(knowledge, knows), memory).lstrip("\n"))


def measure(count: int, seed: int, knows: Ontology, *, write: bool) -> None:
    articles = news(count, seed)
    readings = [article.reading for article in articles]
    begun = time.process_time()
    knowledge = resolve(readings, knows)
    spent = time.process_time() - begun
    peak = _peak()
    written = _written(Build(knowledge, knows)) if write else ""
    found = things(articles, knows)
    entities = sorted(
        {(n, found[n][i], true) for n, article in enumerate(articles) for i, true in article.entities.items()}
    )
    events = [(found[n][i], true) for n, article in enumerate(articles) for i, true in article.events.items()]
    figures = (*pairs((said, true) for _, said, true in entities), *pairs(events))
    print(
        f"{count:8,} {len(knowledge.entities):9,} {len(knowledge.events):8,} {spent:8.1f} "
        f"{count / spent:10.0f} {peak:7,.0f}  " + " ".join(f"{figure:9.3f}" for figure in figures) + written
    )


def _peak() -> float:
    """Peak memory of this process, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _KILO


def _written(built: Build, memory: Budget | None = None) -> str:
    """The time, disk space and peak memory of writing the graph, as a line of text."""
    with TemporaryDirectory() as folder:
        begun = time.process_time()
        about = pipeline.save(built, Path(folder) / "graph", memory)
        spent = time.process_time() - begun
        size = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
    triples = sum(about["counts"]["triples"].values())
    return f"\n  written: {triples:,} triples, {spent:.1f} s, {size / 1e6:,.0f} MB on disk, {_peak():,.0f} MB"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--sizes", nargs="+", type=int, default=[100, 1_000, 10_000])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--on-disk", action="store_true", help="store readings on disk, as in large builds")
    parser.add_argument("--memory", type=Budget.of, metavar="SIZE", help="memory limit; only with --on-disk")
    parser.add_argument(
        "--profile", type=int, default=0, help="number of functions to show, for the last size"
    )
    given = parser.parse_args()
    knows = ontology.load()
    print("articles  entities   events  seconds  a second      MB    entities: P    R   events: P    R")
    for size in given.sizes:
        if given.on_disk:
            with given.memory.kept() if given.memory else nullcontext():
                measure_on_disk(size, given.seed, knows, write=given.write, memory=given.memory)
        else:
            measure(size, given.seed, knows, write=given.write)
    if given.profile:
        readings = [article.reading for article in news(given.sizes[-1], given.seed)]
        profile = cProfile.Profile()
        profile.runcall(resolve, readings, knows)
        pstats.Stats(profile).sort_stats("tottime").print_stats(given.profile)


if __name__ == "__main__":
    main()
