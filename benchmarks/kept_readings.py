"""Measures the time of decoding readings, as every build does for the articles that it has read before.

    kg build news/ -o graph; python3 benchmarks/kept_readings.py graph [--most 200] [--rounds 3]

Compares how kg reads readings back from its cache (`kg.write.readings`) and from the temporary file of a
large build (`kg.disk_lists`) with what kg 0.2 did: JSON through `kg.write.archive`, and pickles. Prints the
processor time per article (the smallest of several rounds; the rounds alternate), and the ratio.
"""

from __future__ import annotations

import argparse
import gzip
import json
import pickle
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

from kg import disk_lists
from kg.model import Document, Reading
from kg.pipeline import READINGS
from kg.write.archive import restored
from kg.write.readings import decoded


def spent(do: Callable[[], object]) -> float:
    begun = time.process_time()
    do()
    return time.process_time() - begun


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("graph", type=Path, help="folder of a build")
    parser.add_argument("--most", type=int, default=200, help="maximum number of articles")
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    data = [file.read_bytes() for file in islice(sorted((given.graph / READINGS).iterdir()), given.most)]

    def compare(what: str, now: Callable[[], object], before: Callable[[], object]) -> None:
        times = [(spent(now), spent(before)) for _ in range(given.rounds)]
        new, old = (min(some) * 1000 / len(data) for some in zip(*times, strict=True))
        print(f"{what:24} {new:8.2f} {old:8.2f} {old / new:8.1f}")

    print(f"{f'ms of {len(data)} articles':24} {'now':>8} {'kg 0.2':>8} {'ratio':>8}")
    compare(
        "from the cache",
        lambda: list(map(decoded, data)),
        lambda: [restored(json.loads(gzip.decompress(each)), Reading) for each in data],
    )
    readings = list(map(decoded, data))
    here = disk_lists.Readings([Document("", "", (), ()) for _ in readings])
    for number, reading in enumerate(readings):
        here[number] = reading
    pickled = [pickle.dumps(reading, pickle.HIGHEST_PROTOCOL) for reading in readings]
    compare("from a temporary file", lambda: list(here), lambda: list(map(pickle.loads, pickled)))


if __name__ == "__main__":
    main()
