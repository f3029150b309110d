"""Measures the time of the named queries on a million triples, compared with rdflib's in-memory store.

    python3 benchmarks/store_speed.py [--articles 1945] [--rounds 5] [--limit 60] [--stores memory rdflib]

For each store, a separate process loads a synthetic graph from N-Triples (`made_up.py`; 1,945 articles give a
million triples, mostly provenance) and then answers every named query; queries with parameters are asked
about several things. `memory` is the store that `kg serve` uses, `disk` the one that `kg query` uses; `serve`
is `kg serve` itself over HTTP, which answers the queries without parameters once beforehand. Times are
milliseconds of processor time, for `serve` of wall-clock time. rdflib answers each query once; it is stopped
after --limit seconds, and then the limit counts as its time. Answers are compared as multisets of rows. The
aims are: each query takes less than 100 ms in 95% of its runs; kg is 15 times as fast as rdflib in the
geometric mean, and loads 4 times as fast in a third of the memory.
"""

from __future__ import annotations

import argparse
import atexit
import hashlib
import json
import math
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import Any

from made_up import knowledge
from pyoxigraph import QueryResultsFormat, Store, parse_query_results

from kg import ontology
from kg.rdf.graph import triples
from kg.rdf.names import PREFIXES
from kg.rdf.parts import GraphPart
from kg.store.query import named, run
from kg.store.sparql import substitute
from kg.write import output, rdf_files

AIM = 100  # maximum time that a query should take, in milliseconds
Rows = Callable[[], list[str]]  # gives the answer as text; this conversion is not timed
Ask = Callable[[str, dict[str, str]], Rows]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--articles", type=int, default=1945)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--limit", type=int, default=60)
    parser.add_argument("--stores", nargs="+", default=["memory", "disk", "serve", "rdflib"])
    parser.add_argument("--only", nargs="+", help="names of queries")
    parser.add_argument(
        "--measure", nargs=2, help=argparse.SUPPRESS
    )  # --store and --folder are options of the separate process
    given = parser.parse_args()
    if given.measure:
        print(json.dumps(measure(given.measure[0], Path(given.measure[1]), given)))
        return
    with tempfile.TemporaryDirectory() as work:
        number = make(Path(work), given.articles)
        print(f"{number:,} triples")
        found = {
            store: json.loads(
                subprocess.run(
                    [sys.executable, __file__, *sys.argv[1:], "--measure", store, work],
                    stdout=subprocess.PIPE,
                    check=True,
                ).stdout
            )
            for store in given.stores
        }
    show(found)


def make(work: Path, articles: int) -> int:
    """Write the graph, and the things that the queries ask about; returns the number of triples."""
    words = ontology.load()
    held = knowledge(articles, words)
    parts = triples(held, words)
    with (work / "graph.nt").open("wb") as file:
        rdf_files.write(list(chain.from_iterable(parts.values())), "ntriples", file)
    dice = random.Random(11)
    statements = [dice.choice(held.statements) for _ in range(100)]
    labels = {entity.id: entity.label for entity in held.entities}
    asked = {
        "person": [labels[each.subject] for each in statements],
        "place": [labels[each.place] for each in statements if each.place],
        "subject": [labels[each.subject] for each in statements],
        "relation": [each.label for each in statements],
        "object": [labels.get(str(each.object), "so many words") for each in statements],
        "topic": [labels[each.subject] for each in statements],
        "one": [labels[each.subject] for each in statements],
        "other": [labels[each.subject] for each in reversed(statements)],
    }
    (work / "asked.json").write_text(json.dumps(asked))
    return sum(map(len, parts.values()))


def questions(work: Path, rounds: int) -> Iterator[tuple[str, str, dict[str, str]]]:
    """The name, text and parameters of each query to be asked; optional parameters get no value."""
    asked = json.loads((work / "asked.json").read_text())
    for each in named():
        for turn in range(rounds):
            yield (
                each.name,
                each.text,
                {one.name: asked[one.name][turn] for one in each.parameters if not one.optional},
            )


# -- in a separate process -------------------------------------------------------------------------


def measure(store: str, work: Path, given: argparse.Namespace) -> dict[str, Any]:
    clock = time.monotonic if store == "serve" else time.process_time
    begun = clock()
    ask = {"memory": in_memory, "disk": on_disk, "serve": served, "rdflib": in_rdflib}[store](work)
    loaded = clock() - begun
    memory = peak()
    signal.signal(signal.SIGALRM, stop)
    times: dict[str, list[float]] = {}
    answers: dict[str, list[str | None]] = {}
    for name, text, parameters in questions(work, 1 if store == "rdflib" else given.rounds):
        if given.only and name not in given.only:
            continue
        print(f"{store}: {name}", file=sys.stderr)
        begun = clock()
        signal.alarm(given.limit if store == "rdflib" else 0)
        try:
            rows: Rows | None = ask(text, parameters)
        except TimeoutError:
            rows = None
        signal.alarm(0)
        times.setdefault(name, []).append(1000 * (clock() - begun))
        answers.setdefault(name, []).append(None if rows is None else digest(rows()))
    return {"load": loaded, "memory": memory, "times": times, "answers": answers}


def in_memory(work: Path) -> Ask:
    from kg.serve.zygote import load

    store = load([work / "graph.nt"])
    return lambda text, parameters: asked(store, text, parameters)


def asked(store: Store, text: str, parameters: dict[str, str], folder: Path | None = None) -> Rows:
    result = run(store, text, parameters, folder)
    return lambda: shown(result.rows)


def on_disk(work: Path) -> Ask:
    from kg.store.oxigraph import load, open_store

    load(work / "store", [work / "graph.nt"])
    store = open_store(work / "store")
    return lambda text, parameters: asked(store, text, parameters, work / "store")


def served(work: Path) -> Ask:
    """Start `kg serve` on the same triples; return a function that sends it a query. The server ends with
    this process.
    """
    empty = [*(f"{part}.nt" for part in GraphPart), "graph.html"]
    makers: dict[str, Callable[[Path], None]] = dict.fromkeys(empty, Path.touch)

    def linked(path: Path) -> None:
        path.symlink_to(work / "graph.nt")

    makers[f"{GraphPart.FACTS}.nt"] = linked
    output.write(work / "served", makers, {})
    command = [sys.executable, "-m", "kg", "serve", "-g", str(work / "served"), "--port", "0"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    atexit.register(server.terminate)
    assert server.stdout
    address = f"{server.stdout.readline().strip()}sparql"

    def ask(text: str, parameters: dict[str, str]) -> Rows:
        headers = {"Content-Type": "application/sparql-query", "Accept": "application/sparql-results+json"}
        request = urllib.request.Request(address, substitute(text, parameters).encode(), headers)
        with urllib.request.urlopen(request) as response:
            body = response.read()
        return lambda: shown(parse_query_results(body, QueryResultsFormat.JSON))

    for each in named():
        if not each.parameters:
            with suppress(urllib.error.HTTPError):
                ask(each.text, {})
    return ask


def in_rdflib(work: Path) -> Ask:
    import rdflib

    graph = rdflib.Graph().parse(work / "graph.nt", format="nt")

    def ask(text: str, parameters: dict[str, str]) -> Rows:
        rows = list(graph.query(substitute(text, parameters), initNs=dict(PREFIXES)))
        return lambda: shown(rows)

    return ask


def peak() -> float:
    """Peak memory of this process in megabytes, without what the kernel attributes to its parent."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(status.read_text().partition("VmHWM:")[2].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / 1024


def shown(rows: Any) -> list[str]:
    """Each row as text, independent of the library."""
    return [
        " | ".join("" if term is None else getattr(term, "value", term).__str__() for term in row)
        for row in rows
    ]


def digest(rows: list[str]) -> str:
    return f"{len(rows)} {hashlib.sha256(chr(10).join(sorted(rows)).encode()).hexdigest()[:8]}"


def stop(*_: object) -> None:
    raise TimeoutError


# ----------------------------------------------------------------------------------------------------


def show(found: dict[str, dict[str, Any]]) -> None:
    stores = list(found)
    print(f"{'':30}" + "".join(f"{store:>22}" for store in stores))
    print(f"{'load, s':30}" + "".join(f"{found[store]['load']:22.1f}" for store in stores))
    print(f"{'peak memory, MB':30}" + "".join(f"{found[store]['memory']:22.0f}" for store in stores))
    for name in found[stores[0]]["times"]:
        cells = []
        for store in stores:
            times, answers = found[store]["times"][name], found[store]["answers"][name]
            same = (
                "" if answers[0] is None or answers[0] == found[stores[0]]["answers"][name][0] else " differs"
            )
            bound = "> " if answers[0] is None else ""
            cells.append(f"{bound}{median(times):,.0f}, {high(times):,.0f}{same}")
        print(f"{name:30}" + "".join(f"{cell:>22}" for cell in cells))
    print("(median and 95th percentile, ms)")
    if "rdflib" in stores:
        for store in (each for each in stores if each in ("memory", "disk")):
            ratios = [
                found["rdflib"]["times"][name][0] / median(times)
                for name, times in found[store]["times"].items()
            ]
            mean = math.exp(sum(map(math.log, ratios)) / len(ratios))
            load, memory = (found["rdflib"][what] / found[store][what] for what in ("load", "memory"))
            print(
                f"{store}: {mean:.0f} times as fast as rdflib in the geometric mean (at least), "
                f"loaded {load:.1f} times as fast in 1/{memory:.1f} of its memory"
            )
    for store in (each for each in stores if each != "rdflib"):
        over = [name for name, times in found[store]["times"].items() if high(times) > AIM]
        print(f"over {AIM} ms in {store}: {', '.join(over) or 'none'}")


def median(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]


def high(values: list[float]) -> float:
    return sorted(values)[math.ceil(0.95 * len(values)) - 1]


if __name__ == "__main__":
    main()
