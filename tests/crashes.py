"""Kills builds, pushes and servers at random moments, and counts what is lost.

    python3 -m tests.crashes [--builds 100] [--writings 100] [--parallel 10] [--pushes 30] [--servers 30]

It checks that a killed build leaves the previous graph or the new one, complete, the user's own files
unchanged, and no process behind; that the same command completes a killed push; that a killed worker, or the
process that holds the graph, is replaced, and answers are correct again; and that a killed server leaves no
process behind. Linux only. pytest does not run it, because a hundred builds take minutes. Exit code 1 if
anything was lost; docs/reliability.md has the counts.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

from kg import ontology, pipeline
from kg.pipeline import Build
from kg.write import output
from tests.sample import knowledge
from tests.serve.site import command, save
from tests.store.endpoint import serving

KG = [sys.executable, "-m", "kg"]
# kg with a lower threshold for a second process, so that two processes read even the short texts used here.
EAGER = [sys.executable, "-c", "from kg import cli, parallel; parallel._WORTH = 100; cli.main()"]
ONE = "Ana Ruiz met Tom Reed in Lima on Monday.\n\nRuiz praised Reed. Reed thanked her.\n"
OTHER = "Mira Sole visited Quito on Friday.\n\nSole hosted Paul Brandt there. Brandt praised the city.\n"
QUERY = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


def builds(number: int, dice: random.Random, work: Path) -> Counter[str]:
    """Kill builds into one folder, which alternate between two sets of articles."""
    return _builds(number, dice, work, {"one": [ONE], "other": [OTHER]}, "1")


def parallel(number: int, dice: random.Random, work: Path) -> Counter[str]:
    """Kill builds with two processes. Each build reads all articles."""
    texts = {"one": [ONE, f"{ONE}{OTHER}"] * 2, "other": [OTHER, f"{OTHER}{ONE}"] * 2}
    return _builds(number, dice, work, texts, "2", "--fresh")


def _builds(
    number: int, dice: random.Random, work: Path, texts: dict[str, list[str]], *options: str
) -> Counter[str]:
    """Kill `number` builds, which alternate between the lists of articles in `texts`; return how often each
    outcome occurred. `options`: the value of --jobs, and further options of `kg build`.
    """
    folder, told = work / "graph", Counter[str]()
    wanted: dict[str, tuple[Path, str]] = {}
    for name, text in texts.items():
        articles = work / name
        articles.mkdir()
        for article, part in enumerate(text):
            (articles / f"{article}.txt").write_text(part)
        begun = time.monotonic()
        subprocess.run(build(articles, folder, *options), check=True)
        took = time.monotonic() - begun
        wanted[name] = articles, state(folder)
    (folder / "notes.md").write_text("mine")
    before = "other"
    for _ in range(number):
        after = "one" if before == "other" else "other"
        killed, below_it = begin_and_kill(build(wanted[after][0], folder, *options), folder, dice, took)
        if not within(120, lambda some=below_it: not any(map(is_there, some))):  # type: ignore[misc]
            told["a process is left behind: lost"] += 1
        found = next((name for name, (_, known) in wanted.items() if state(folder) == known), "lost")
        kept = (folder / "notes.md").read_text() == "mine"
        if found == "lost" or not kept:
            told["lost"] += 1
            print(f"lost: {state(folder)[:500]}", flush=True)
            subprocess.run(build(wanted[before][0], folder, *options), check=True)
        else:
            ended = "killed" if killed else "ended before it was killed"
            told[f"{ended}, the {'new' if found == after else 'last'} graph is complete"] += 1
            before = found
        if told.total() % 10 == 0:
            print(f"so far: {dict(told)}", file=sys.stderr, flush=True)
    return told


def writings(number: int, dice: random.Random, work: Path) -> Counter[str]:
    """Kill the writing of builds of some thousand triples, with the store; the writing runs in a fork."""
    folder, told = work / "graph", Counter[str]()
    wanted: dict[str, tuple[Build, str]] = {}
    for name, size in (("one", 60), ("other", 50)):
        built = grown(size)
        begun = time.monotonic()
        forked(built, folder, 600)
        took = time.monotonic() - begun
        wanted[name] = built, state(folder)
    (folder / "notes.md").write_text("mine")
    for turn in range(number):
        killed = forked(wanted["other" if turn % 2 else "one"][0], folder, dice.uniform(0, took))
        found = next((name for name, (_, known) in wanted.items() if state(folder) == known), "lost")
        if found == "lost" or (folder / "notes.md").read_text() != "mine":
            told["lost"] += 1
            print(f"lost: {state(folder)[:500]}", flush=True)
        else:
            told["killed, the graph is complete" if killed else "ended before it was killed"] += 1
    return told


def forked(built: Build, folder: Path, seconds: float) -> bool:
    """Write a build in a fork, which is killed after `seconds`. Returns whether it was still running then."""
    child = os.fork()
    if child == 0:
        pipeline.save(built, folder)
        os._exit(0)
    within(seconds, lambda: not is_there(child))
    with contextlib.suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    return os.waitpid(child, 0)[1] != 0


def build(articles: Path, folder: Path, jobs: str, *options: str) -> list[str]:
    command = KG if jobs == "1" else EAGER
    return [*command, "build", str(articles), "-o", str(folder), "-q", "--parser", "md", "-j", jobs, *options]


def begin_and_kill(
    arguments: list[str], folder: Path, dice: random.Random, usual: float
) -> tuple[bool, list[int]]:
    """Start a command and kill it: half of the time at a random moment, otherwise while it writes files.

    Returns whether it was still running, and the ids of its processes.
    """
    process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if dice.random() < 0.5:
        time.sleep(dice.uniform(0, usual))
    else:
        while process.poll() is None and not list(folder.glob(".kg-new-*")):
            time.sleep(0.002)
        time.sleep(dice.uniform(0, 0.6))
    had = below(process.pid)
    process.kill()
    return process.wait() < 0, had


def state(folder: Path) -> str:
    """The content of the folder's graph, or the reason why it is not complete."""
    try:
        problems = output.damaged(folder)
        return "; ".join(map(str, problems)) or repr(pipeline.load(folder).knowledge)
    except output.OutputError as error:
        return str(error)


def pushes(number: int, dice: random.Random, work: Path) -> Counter[str]:
    """Kill pushes into a local store. Each update has a few hundred triples."""
    folder, told = work / "pushed", Counter[str]()
    pipeline.save(grown(60), folder)
    triples = sum(map(len, pipeline.load(folder).triples.values()))
    with serving() as there:
        there.paths = frozenset({"/query", "/update"})
        arguments = [*KG, "push", there.url, "-g", str(folder), "-q"]
        begun = time.monotonic()
        subprocess.run(arguments, check=True)
        usual = time.monotonic() - begun
        for _ in range(number):
            there.store.clear()
            process = subprocess.Popen(arguments)
            time.sleep(dice.uniform(usual / 4, usual))
            process.kill()
            killed, part = process.wait() < 0, len(there)
            again = subprocess.run(arguments, check=False)
            if again.returncode or len(there) != triples:
                told["lost"] += 1
                print(f"lost: {len(there)} of {triples} triples, code {again.returncode}", flush=True)
            elif killed and 0 < part < triples:
                told["killed half-way, then finished"] += 1
            else:
                told["killed before or after, then finished" if killed else "ended before it was killed"] += 1
    return told


def grown(times: int) -> Build:
    """A build of some thousand triples: the sample, repeated."""
    held = knowledge()
    some = [
        replace(each, id=f"{each.id}_{n}", label=f"{each.label} {n}")
        for n in range(times)
        for each in held.entities
    ]
    return Build(replace(held, entities=(*held.entities, *some)), ontology.load())


def servers(number: int, dice: random.Random, work: Path) -> Counter[str]:
    """Kill a worker, the process that holds the graph, or the server itself, in turns."""
    folder, told = save(work / "served"), Counter[str]()
    for turn in range(number):
        what = ("worker", "holder", "server")[turn % 3]
        with command(folder, "--workers", "1") as (process, address):
            right = ask(address)
            (holder,) = below(process.pid)
            workers = below(holder)
            time.sleep(dice.uniform(0, 0.5))
            victim = {"worker": workers[0], "holder": holder, "server": process.pid}[what]
            os.kill(
                victim,
                dice.choice([signal.SIGKILL, signal.SIGSEGV, signal.SIGTERM][: 1 if what == "server" else 3]),
            )
            if what == "server":
                fine = within(10, lambda all_=(holder, *workers): not any(map(is_there, all_)))  # type: ignore[misc]
            else:
                fine = within(30, lambda address=address, right=right: ask(address) == right)  # type: ignore[misc]
            told[f"{what} killed, {'all is well again' if fine else 'lost'}"] += 1
    return told


def ask(address: str) -> bytes:
    try:
        query = quote(f"{QUERY} # {random.random()}")  # unique, so that no answer comes from the cache
        with urllib.request.urlopen(f"{address}sparql?query={query}&format=csv", timeout=20) as response:
            return bytes(response.read())
    except urllib.error.HTTPError as error:
        error.close()
        return b""


def within(seconds: float, fine: Callable[[], bool]) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if fine():
            return True
        time.sleep(0.02)
    return False


def below(process: int) -> list[int]:
    found = ((int(file.parent.name), fields(file)) for file in Path("/proc").glob("[0-9]*/stat"))
    # `fields` is empty for a process that has ended meanwhile.
    return [each for each, known in found if known and known[0] != "Z" and known[1] == str(process)]


def is_there(process: int) -> bool:
    found = fields(Path(f"/proc/{process}/stat"))
    return bool(found) and found[0] != "Z"


def fields(file: Path) -> list[str]:
    """The fields of a file /proc/ID/stat from the third, the state of the process, on (proc(5)); empty if the
    process has ended.
    """
    try:
        return file.read_text().rpartition(")")[2].split()
    except OSError:
        return []


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--builds", type=int, default=100)
    parser.add_argument("--writings", type=int, default=100)
    parser.add_argument("--parallel", type=int, default=10, help="builds with --jobs 2")
    parser.add_argument("--pushes", type=int, default=30)
    parser.add_argument("--servers", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    dice = random.Random(given.seed)
    lost = 0
    for kind in (builds, writings, parallel, pushes, servers):
        number = getattr(given, kind.__name__)
        work = Path(tempfile.mkdtemp(prefix="kg-crashes-"))
        try:
            told = kind(number, dice, work) if number else Counter[str]()
        finally:
            shutil.rmtree(work, ignore_errors=True)
        print(f"{kind.__name__}: {number} tried", flush=True)
        for what, count in sorted(told.items()):
            print(f"  {count:4} {what}", flush=True)
            lost += count * what.endswith("lost")
    sys.exit(bool(lost))


if __name__ == "__main__":
    main()
