"""Compares updating the files of a graph to which articles were added with writing all of them anew.

    python3 benchmarks/added_articles.py [--articles 1000] [--added 10] [--graph FOLDER] [--seed 1]

Chooses some articles at random as those to be added, and resolves all articles without and with them. Writes
the smaller graph, then the larger one twice: over the smaller one, and into an empty folder. For these two
writings of the larger graph, prints the processor and wall-clock time of each, the ratio, and whether both
give the same files and the same triples in the store. The articles are generated
(`made_up_news`) or, with `--graph`, copies of the articles of a build with other names (`renamed_news`). The
graph page is not written, because it is made anew in any case.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from made_up_news import news
from renamed_news import copies

from kg import ontology, pipeline
from kg.extract import fingerprint
from kg.model import Knowledge, Reading
from kg.ontology import Ontology
from kg.pipeline import Build
from kg.resolve import resolve
from kg.store.oxigraph import open_store
from kg.write import page
from kg.write.readings import ReadingCache


def real(graph: Path) -> list[Reading]:
    """The readings of the articles of a build, from its cache."""
    built = pipeline.load(graph)
    kept = ReadingCache(graph / pipeline.READINGS, fingerprint(built.ontology_files, built.parser))
    found = map(kept.get, built.knowledge.documents)
    return [reading for reading in found if reading]


def written(knowledge: Knowledge, knows: Ontology, folder: Path, what: str) -> tuple[float, float]:
    """Write a graph; returns seconds of processor time and of wall-clock time."""
    begun = time.process_time(), time.perf_counter()
    pipeline.save(Build(knowledge, knows), folder)
    spent = time.process_time() - begun[0], time.perf_counter() - begun[1]
    print(f"{what:12} {spent[0]:8.1f} s of processor time, {spent[1]:8.1f} s", flush=True)
    return spent


def same(one: Path, other: Path) -> str:
    """A line that says which files of two graphs differ, and whether their triples do."""
    files, others = (json.loads((each / "build.json").read_text())["files"] for each in (one, other))
    differing = [name for name in files | others if files.get(name) != others.get(name)]
    quads = [
        set(map(str, open_store(each / "store").quads_for_pattern(None, None, None, None)))
        for each in (one, other)
    ]
    told = f"other files: {', '.join(differing)}" if differing else "the same files"
    return f"{told}, {'the same' if quads[0] == quads[1] else 'OTHER'} {len(quads[1]):,} triples in the store"


def measure(readings: Sequence[Reading], added: int, seed: int) -> None:
    knows = ontology.load()
    out = set(Random(seed).sample(range(len(readings)), added))
    fewer = resolve([reading for number, reading in enumerate(readings) if number not in out], knows)
    every = resolve(readings, knows)
    page.page = lambda *_: ""
    with TemporaryDirectory(dir=Path.cwd()) as name:
        graph, clean = Path(name) / "graph", Path(name) / "clean"
        written(fewer, knows, graph, "before")
        less = written(every, knows, graph, f"{added} added")
        more = written(every, knows, clean, "anew")
        ratios = (short / long for short, long in zip(less, more, strict=True))
        print("ratio        {:8.3f} of processor time, {:8.3f}".format(*ratios))
        print(same(graph, clean))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--articles", type=int, default=1_000)
    parser.add_argument("--added", type=int, default=10)
    parser.add_argument("--graph", type=Path, help="folder of a build")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    if given.graph:
        readings = list(copies(real(given.graph), given.articles))
    else:
        readings = [article.reading for article in news(given.articles, given.seed)]
    measure(readings, given.added, given.seed)


if __name__ == "__main__":
    main()
