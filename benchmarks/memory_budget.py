"""Measures the memory of resolving and writing, without and with a budget (`kg build --memory`).

    python3 benchmarks/memory_budget.py [--articles 2000] [--memory 600M] [--seed 1]

Resolves generated news and writes all files of the graph in one process without a budget, then in another
process with a budget. Prints the peak memory and the processor time of both, their ratios, and whether the
files are the same. If the budget is too small, the second process ends with kg's message.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from contextlib import nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from made_up_news import in_order

from kg import disk_lists, ontology, pipeline
from kg.memory import Budget, BudgetError
from kg.pipeline import Build
from kg.resolve import resolve


def measured(count: int, seed: int, budget: Budget | None) -> dict[str, Any]:
    """The peak memory of this process in MB, its processor time, and the digests of the graph's files."""
    knows = ontology.load()
    documents = [article.reading.document for article in in_order(count, seed)]
    readings = disk_lists.Readings(documents, on_disk=budget is not None)
    for number, article in enumerate(in_order(count, seed)):
        readings[number] = article.reading
    begun = time.process_time()
    with TemporaryDirectory() as folder, budget.kept() if budget else nullcontext():
        pipeline.save(Build(resolve(readings, knows), knows), Path(folder) / "graph", budget)
        manifest = json.loads((Path(folder) / "graph" / "build.json").read_text())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"MB": peak, "seconds": time.process_time() - begun, "files": manifest["files"]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--articles", type=int, default=2_000)
    parser.add_argument("--memory", default="600M", metavar="SIZE")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=("default", "budget"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.only:
        try:
            budget = Budget.of(given.memory) if given.only == "budget" else None
            print(json.dumps(measured(given.articles, given.seed, budget)))
        except BudgetError as error:
            raise SystemExit(str(error)) from error
        return
    found = []
    for only in ("default", "budget"):
        done = subprocess.run(
            [sys.executable, __file__, *sys.argv[1:], "--only", only], stdout=-1, text=True, check=True
        )
        found.append(json.loads(done.stdout))
        print(f"{only:8} {found[-1]['MB']:8,.0f} MB {found[-1]['seconds']:8.1f} s", flush=True)
    default, budget = found
    ratios = (f"{budget[each] / default[each]:.2f} of the {each}" for each in ("MB", "seconds"))
    others = [name for name, entry in budget["files"].items() if default["files"].get(name) != entry]
    print(*ratios, f"other files: {', '.join(others)}" if others else "the same files", sep=", ")


if __name__ == "__main__":
    main()
