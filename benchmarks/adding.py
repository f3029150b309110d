"""Measures the time of resolving after articles were added, with and without earlier results.

    kg build news/ -o graph; python3 benchmarks/adding.py graph [--articles 1000] [--add 10]

Makes many articles out of those of a graph (`renamed_news`), caches their readings, and resolves three times:
all articles but the added ones, which fills the cache of results (`kg.memo`); all articles, with this cache;
and all articles without it. Prints the processor time of each run (which includes loading the readings), the
ratio of the last two runs, and whether these two give the same result, byte for byte.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from renamed_news import copies

from kg import ontology, pipeline
from kg.extract import fingerprint
from kg.model import Document, Knowledge, Reading
from kg.ontology import Ontology
from kg.pipeline import READINGS, RESOLVED, Build
from kg.write import archive
from kg.write.readings import ReadingCache


def measure(readings: Sequence[Reading], count: int, added: int, knows: Ontology) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        cache = ReadingCache(folder, fingerprint())
        documents = []
        for reading in copies(readings, count):
            cache.put(reading)
            documents.append(reading.document)
        _, first = _resolved(documents[added:], folder, knows)
        size = (folder / RESOLVED).stat().st_size
        again, changed = _resolved(documents, folder, knows)
        (folder / RESOLVED).unlink()
        clean, whole = _resolved(documents, folder, knows)
    kept = f"kept {size / count / 1e3:.0f} kB each"
    print(f"{count - added:,} articles, empty cache        {first:8.1f} s, {kept}")
    print(f"{added:,} more                          {changed:8.1f} s, {1e3 * changed / count:.1f} ms each")
    print(f"all {count:,} in a clean build         {whole:8.1f} s, {1e3 * whole / count:.1f} ms each")
    print(f"ratio {whole / changed:.1f}, {'the same' if again == clean else 'NOT THE SAME'}")


def _resolved(documents: Sequence[Document], folder: Path, knows: Ontology) -> tuple[str, float]:
    """The resolved knowledge as text, and the processor time of resolving."""
    begun = time.process_time()
    built = pipeline.reread(Build(Knowledge(tuple(documents)), knows), keep=folder, tidy=False)
    spent = time.process_time() - begun
    return archive.dump(built.knowledge), spent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("graph", type=Path, help="folder of a build")
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--add", type=int, default=10)
    given = parser.parse_args()
    documents = pipeline.load(given.graph).knowledge.documents
    cache = ReadingCache(given.graph / READINGS, fingerprint())
    readings = [reading for document in documents if (reading := cache.get(document))]
    if not readings:
        parser.error("no readings of this version of kg are kept there: build the graph again")
    measure(readings, given.articles, given.add, ontology.load())


if __name__ == "__main__":
    main()
