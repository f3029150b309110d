"""Measures the memory of `kg serve` while many clients read long answers slowly.

    python3 benchmarks/serve_slow.py [--clients 60] [--seconds 40] [--articles 50] [--total-limit 4096]

`kg serve` serves a synthetic graph (`made_up.py`) in a separate process. Each client requests a different
answer of some 44 MB and reads 64 kB of it every half second; after `--seconds` it reads the rest at once. The
memory of the server is the sum of the proportional set sizes of all its processes (Linux), so that shared
memory is counted once. The aims are: at most 512 MB more than when idle; each answer is complete or refused
with 503; a small query is answered meanwhile.
"""

from __future__ import annotations

import argparse
import asyncio
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from urllib.parse import quote

from made_up import knowledge

from kg import ontology, pipeline
from kg.pipeline import Build

MB = 1 << 20
LONG = "SELECT ?a ?b ?c ?d ?e ?f {{ ?a ?b ?c . ?d ?e ?f }} LIMIT {rows} # {number}"


def tree(process: int) -> list[int]:
    """A process and its descendants."""
    found = [process]
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = file.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == process:
            found += tree(int(file.parent.name))
    return found


def memory(process: int) -> int:
    """The memory of the server, in bytes."""
    total = 0
    for each in tree(process):
        try:
            lines = Path(f"/proc/{each}/smaps_rollup").read_text().splitlines()
        except OSError:  # the process has just ended
            continue
        total += sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
    return total


async def ask(host: str, port: int, query: str, slow_until: float) -> tuple[int, int, int]:
    """Send a query and read the answer slowly; returns the status, the bytes announced and the bytes read."""
    reader, writer = await asyncio.open_connection(host, port, limit=MB // 16)
    path = f"/sparql?query={quote(query)}&format=csv"
    head = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    writer.write(head.encode())
    lines = (await reader.readuntil(b"\r\n\r\n")).decode().lower().split("\r\n")
    length = next(int(line.split(":")[1]) for line in lines if line.startswith("content-length:"))
    got = 0
    while piece := await reader.read(MB // 16):
        got += len(piece)
        if time.monotonic() < slow_until:
            await asyncio.sleep(0.5)
    writer.close()
    return int(lines[0].split()[1]), length, got


async def watch(process: int, seen: list[int]) -> None:
    while True:
        seen.append(await asyncio.to_thread(memory, process))
        await asyncio.sleep(0.25)


async def crowd(
    host: str, port: int, process: int, given: argparse.Namespace
) -> tuple[list[int], Counter[str]]:
    seen: list[int] = []
    watching = asyncio.create_task(watch(process, seen))
    until = time.monotonic() + given.seconds
    queries = [LONG.format(rows=given.rows, number=number) for number in range(given.clients)]
    clients = [asyncio.create_task(ask(host, port, query, until)) for query in queries]
    await asyncio.sleep(given.seconds / 2)
    begun = time.monotonic()
    status, _, _ = await ask(host, port, "ASK { ?a kg:met ?b }", 0)
    print(f"a small question beside them: status {status} after {time.monotonic() - begun:.2f} s")
    told: Counter[str] = Counter()
    largest = 0
    for status, promised, got in await asyncio.gather(*clients):
        largest = max(largest, got)
        told[f"{status} {'whole' if promised == got else 'cut short'}"] += 1
    print(f"the longest answer: {largest / MB:.1f} MB")
    watching.cancel()
    return seen, told


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--clients", type=int, default=60)
    parser.add_argument("--seconds", type=float, default=40, help="duration of slow reading")
    parser.add_argument("--articles", type=int, default=50, help="420 triples each")
    parser.add_argument("--rows", type=int, default=210_000, help="rows of each answer")
    parser.add_argument("--total-limit", type=int, default=4096, help="as for kg serve")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work) / "graph"
        words = ontology.load()
        pipeline.save(Build(knowledge(given.articles, words), words), folder)
        command = [sys.executable, "-m", "kg", "serve", "-g", str(folder), "--port", "0"]
        command += ["--total-limit", str(given.total_limit)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
            assert server.stdout
            host, _, port = (
                server.stdout.readline().strip().strip("/").removeprefix("http://").rpartition(":")
            )
            try:
                time.sleep(5)  # after its start the server answers the named queries in advance
                idle = memory(server.pid)
                seen, told = asyncio.run(crowd(host, int(port), server.pid, given))
                time.sleep(2)
                after = memory(server.pid)
            finally:
                server.terminate()
    most = max(seen)
    print(f"idle {idle / MB:.0f} MB, at most {most / MB:.0f} MB, over idle {(most - idle) / MB:.0f} MB")
    print(f"afterwards {after / MB:.0f} MB")
    for what, number in sorted(told.items()):
        print(f"{number:4} answers: {what}")


if __name__ == "__main__":
    main()
