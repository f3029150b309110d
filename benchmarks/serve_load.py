"""Tests `kg serve` with many concurrent clients, without and with a query that never ends.

    python3 benchmarks/serve_load.py [--clients 50] [--seconds 60] [--articles 200] [--pause 0]

`kg serve` serves a synthetic graph (`made_up.py`) in a separate process. The clients send distinct queries
without pause over persistent connections, in alternating turns without and with an endless query, which is
sent again whenever it is stopped. Every answer is compared with that of the store itself. The aims are: no
error; no wrong answer; the endless query is stopped at its limit; the latency beside it is at most twice the
latency without it. Clients and server share the processors, so nothing else should run on the machine.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import random
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from made_up import knowledge
from pyoxigraph import NamedNode

from kg import ontology, pipeline
from kg.pipeline import Build
from kg.store.oxigraph import open_store
from kg.store.query import run

LIMIT = 5.0  # time limit of a query in seconds; it stops the endless query
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
QUESTIONS = (
    "SELECT ?label {{ d:{thing} rdfs:label ?label }}",
    "SELECT ?type {{ d:{thing} a ?type }} ORDER BY ?type",
    "SELECT ?other ?label {{ d:{thing} kg:relatedTo ?other . ?other rdfs:label ?label }} ORDER BY ?other",
    "ASK {{ ?a kg:met d:{thing} }}",
    "SELECT ?statement ?sentence {{ ?statement rdf:subject d:{thing} ; prov:wasDerivedFrom ?source . "
    "?source nif:anchorOf ?sentence }} ORDER BY ?statement ?source",
    "SELECT ?article {{ ?article schema:mentions d:{thing} }} ORDER BY ?article",
    "SELECT ?c (COUNT(*) AS ?n) {{ ?a kg:relatedTo d:{thing} ; a ?c }} GROUP BY ?c ORDER BY ?c",
)


@dataclass
class Round:
    """The results of all turns with the endless query, or of all turns without it."""

    latencies: list[float] = field(default_factory=list)  # seconds
    errors: int = 0
    wrong: int = 0
    # of each endless query: the HTTP status, and the seconds until it was stopped
    stopped: list[tuple[int, float]] = field(default_factory=list)

    def quantile(self, share: float) -> float:
        return sorted(self.latencies)[int(share * (len(self.latencies) - 1))]


class Connection:
    """A persistent connection, with the part of HTTP that the server uses."""

    def __init__(self, host: str, port: int) -> None:
        self.host, self.port = host, port
        self.streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, query: str) -> tuple[int, bytes]:
        if self.streams is None:
            self.streams = await asyncio.open_connection(self.host, self.port)
        reader, writer = self.streams
        head = f"GET /sparql?query={quote(query)} HTTP/1.1\r\nHost: localhost\r\nAccept: text/csv\r\n\r\n"
        writer.write(head.encode())
        lines = (await reader.readuntil(b"\r\n\r\n")).decode().lower().split("\r\n")
        length = next(int(line.split(":")[1]) for line in lines if line.startswith("content-length:"))
        return int(lines[0].split()[1]), await reader.readexactly(length)


async def ask(
    host: str,
    port: int,
    questions: list[tuple[str, bytes]],
    seed: int,
    until: float,
    pause: float,
    told: Round,
) -> None:
    dice, connection = random.Random(seed), Connection(host, port)
    while time.monotonic() < until:
        query, expected = dice.choice(questions)
        query += f" # {seed} {len(told.latencies)}"  # makes the query unique: no answer comes from the cache
        begun = time.monotonic()
        try:
            status, body = await connection.get(query)
        except (OSError, EOFError):
            status, body, connection.streams = 0, b"", None
        told.latencies.append(time.monotonic() - begun)
        told.errors += status != 200
        told.wrong += status == 200 and body != expected
        await asyncio.sleep(pause)


async def never_end(host: str, port: int, until: float, told: Round) -> None:
    for number in itertools.count():
        if time.monotonic() + LIMIT > until:
            return
        begun = time.monotonic()
        status, _ = await Connection(host, port).get(f"{ENDLESS} # {number}")
        told.stopped.append((status, time.monotonic() - begun))


async def measure(
    host: str,
    port: int,
    questions: list[tuple[str, bytes]],
    given: argparse.Namespace,
    told: Round,
    endless: bool,
) -> None:
    until = time.monotonic() + given.seconds / given.turns
    seeds = range(given.clients)
    clients = [ask(host, port, questions, seed, until, given.pause, told) for seed in seeds]
    await asyncio.gather(*clients, *([never_end(host, port, until, told)] if endless else []))


def expected(store: Path, number: int) -> list[tuple[str, bytes]]:
    """Up to `number` distinct queries, each with its answer in CSV, in a fixed order."""
    opened = open_store(store)
    listed = run(opened, "SELECT ?thing { ?thing kg:isNamed true } ORDER BY ?thing").rows
    things = [row[0].value.rpartition("/")[2] for row in listed if isinstance(row[0], NamedNode)]
    dice = random.Random(7)
    queries = [dice.choice(QUESTIONS).format(thing=dice.choice(things)) for _ in range(number)]
    return [(query, run(opened, query).render("csv").encode()) for query in dict.fromkeys(queries)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--articles", type=int, default=200, help="420 triples each")
    parser.add_argument("--questions", type=int, default=20_000)
    parser.add_argument("--turns", type=int, default=4, help="alternating turns per round")
    parser.add_argument("--pause", type=float, default=0, help="seconds between an answer and the next query")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work) / "graph"
        words = ontology.load()
        pipeline.save(Build(knowledge(given.articles, words), words), folder)
        questions = expected(folder / pipeline.STORE, given.questions)
        command = [sys.executable, "-m", "kg", "serve", "-g", str(folder), "--port", "0"]
        command += ["--time-limit", str(LIMIT)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
            assert server.stdout
            host, _, port = (
                server.stdout.readline().strip().strip("/").removeprefix("http://").rpartition(":")
            )
            try:
                rounds = Round(), Round()
                for turn in range(given.turns * 2):
                    asyncio.run(measure(host, int(port), questions, given, rounds[turn % 2], turn % 2 == 1))
            finally:
                server.terminate()
    show(rounds, given)


def show(rounds: tuple[Round, Round], given: argparse.Namespace) -> None:
    print(f"{given.clients} clients, {given.seconds:g} s a round")
    print(f"{'':24}{'alone':>12}{'beside':>12}{'ratio':>8}")
    rows = {
        "answers a second": [len(told.latencies) / given.seconds for told in rounds],
        "mean latency, ms": [1000 * statistics.fmean(told.latencies) for told in rounds],
        "median latency, ms": [1000 * told.quantile(0.5) for told in rounds],
        "95% below, ms": [1000 * told.quantile(0.95) for told in rounds],
        "99% below, ms": [1000 * told.quantile(0.99) for told in rounds],
    }
    for name, (alone, beside) in rows.items():
        print(f"{name:24}{alone:12.1f}{beside:12.1f}{beside / alone:8.2f}")
    print(f"{'errors':24}{rounds[0].errors:12}{rounds[1].errors:12}")
    print(f"{'wrong answers':24}{rounds[0].wrong:12}{rounds[1].wrong:12}")
    for status, seconds in rounds[1].stopped:
        print(f"the endless query: status {status} after {seconds:.1f} s (limit {LIMIT:g})")


if __name__ == "__main__":
    main()
