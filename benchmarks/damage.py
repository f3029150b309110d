"""Whether every command stands every damage to every file of a graph: a right answer or a plain refusal.

    python3 benchmarks/damage.py [--articles 3] [--ways flip delete empty silent] [--commands query ...]

A made-up graph (`made_up.py`) with an ontology and background of its own is built; then, for each of its
files and each way to damage one (a byte in the middle flipped, the file deleted, emptied, or a byte flipped
so that neither size nor times show it), each command runs on a fresh copy. It may print what it prints for
the whole graph, or end with code 1 or 2 and plain messages. Anything else is named: a traceback, another
answer, no end within a minute and a half. Exit code 1 if there was any. Linux and macOS: each command runs in
a fork, which spares the imports.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from made_up import knowledge

import kg.cli

LONGEST = 90  # seconds; kg query stops at 60
WORK = "<work>"  # stands for the folder beside the graph
OWN = """@prefix kg: <https://kg.example/ontology#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
kg:Ferry a owl:Class ; rdfs:label "ferry"@en ; rdfs:subClassOf kg:Thing .
"""
BACKGROUND = """@prefix schema: <https://schema.org/> .
<https://staff.example/1> a schema:Person ; schema:name "Quinn Vale" .
"""
ASK = "ASK%20%7B%20%3Fa%20%3Fb%20%3Fc%20%7D"


@dataclass(frozen=True)
class Outcome:
    code: int  # -1: no end
    out: str
    said: str

    @property
    def refused(self) -> bool:
        told = self.said.strip().splitlines()
        return self.code in (1, 2) and bool(told) and all(line.startswith("kg: ") for line in told)


def command(*arguments: str) -> Callable[[Path], Outcome]:
    def run(folder: Path) -> Outcome:
        given = [each.replace(WORK, str(folder.parent)) for each in (*arguments, "-g", str(folder))]
        return forked(lambda: run_kg(given))

    return run


def run_kg(arguments: list[str]) -> None:
    sys.argv = ["kg", *arguments]
    kg.cli.main()


def open_in_python() -> Callable[[Path], Outcome]:
    def opened(folder: Path) -> None:
        from kg.write.output import OutputError

        try:
            print(sorted(row.items() for row in kg.open(folder).statements())[:3])
        except OutputError as error:
            print(f"kg: {error}", file=sys.stderr)
            sys.exit(2)

    return lambda folder: forked(lambda: opened(folder))


def serve(folder: Path) -> Outcome:
    """Whether it starts, and what it then answers."""
    arguments = [sys.executable, "-m", "kg", "serve", "-g", str(folder), "--port", "0", "--workers", "1"]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        assert server.stdout and server.stderr
        address = server.stdout.readline().strip()
        answer = ""
        try:
            if address:
                with urllib.request.urlopen(f"{address}sparql?query={ASK}", timeout=LONGEST) as response:
                    answer = response.read().decode()
                server.terminate()
            said = server.stderr.read()
            return Outcome(server.wait(LONGEST), answer, "" if address else said)
        except subprocess.TimeoutExpired:
            return Outcome(-1, answer, "no end")
        finally:
            server.kill()


def forked(work: Callable[[], None]) -> Outcome:
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as said:
        child = os.fork()
        if child == 0:
            os.dup2(out.fileno(), 1)
            os.dup2(said.fileno(), 2)
            code = 70
            try:
                work()
                code = 0
            except SystemExit as end:
                code = end.code if isinstance(end.code, int) else 0
            except BaseException:
                import traceback

                traceback.print_exc()
            finally:
                sys.stdout.flush()
                sys.stderr.flush()
                os._exit(code)
        code = waited(child)
        out.seek(0)
        said.seek(0)
        return Outcome(code, out.read(), said.read())


def waited(child: int) -> int:
    until = time.monotonic() + LONGEST
    while time.monotonic() < until:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.01)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return -1


COMMANDS: dict[str, Callable[[Path], Outcome]] = {
    "query": command("query", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "-f", "csv"),
    "query by name": command("query", "most-mentioned", "-f", "csv"),
    "export": command("export", "-f", "trig"),
    "export (network)": command("export", "-f", "graphml"),
    "check": command("check", "--no-shapes"),
    "check --files": command("check", "--files"),
    "view": command("view", "--no-open"),
    "view --timeline": command("view", "--timeline", "-o", f"{WORK}/timeline.html"),
    "explain": command("explain", "a"),
    "import --list": command("import", "--list"),
    "kg.open": open_in_python(),
    "serve": serve,
}


def flip(path: Path, _: Path) -> None:
    data = bytearray(path.read_bytes())
    if data:
        data[len(data) // 2] ^= 1
    else:
        data += b"x"
    path.write_bytes(data)


def delete(path: Path, _: Path) -> None:
    path.unlink()


def empty(path: Path, _: Path) -> None:
    path.write_bytes(b"")


def silent(path: Path, folder: Path) -> None:
    """As a disk damages a file: build.json is younger than the damage."""
    flip(path, folder)
    time.sleep(0.02)
    os.utime(folder / "build.json")


WAYS: dict[str, Callable[[Path, Path], None]] = {
    "flip": flip,
    "delete": delete,
    "empty": empty,
    "silent": silent,
}


def build(folder: Path, articles: int) -> None:
    """In a fork, so that the store's threads are no part of this process."""
    from dataclasses import replace

    from kg import ontology, pipeline
    from kg.rdf import background
    from kg.rdf.names import Names

    own, staff = folder.parent / "own.ttl", folder.parent / "staff.ttl"
    own.write_text(OWN)
    staff.write_text(BACKGROUND)
    words = ontology.load((own,))
    told = background.read((staff,), Names())
    held = replace(knowledge(articles, words), background=tuple(each.about for each in told))
    pipeline.save(pipeline.Build(held, words, ontology_files=(own,), background_files=(staff,)), folder)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--articles", type=int, default=3)
    parser.add_argument("--ways", nargs="*", choices=WAYS, default=["flip", "delete"])
    parser.add_argument("--commands", nargs="*", choices=COMMANDS, default=list(COMMANDS))
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        whole, copy = Path(work) / "whole", Path(work) / "graph"
        made = forked(lambda: build(whole, given.articles))
        assert made.code == 0, made.said
        files = sorted(path.relative_to(whole) for path in whole.rglob("*") if path.is_file())
        shutil.copytree(whole, copy)
        right = {name: COMMANDS[name](copy) for name in given.commands}
        for name, each in right.items():
            assert each.code == 0, f"{name}: {each.code} {each.said}"
        told: dict[str, Counter[str]] = {name: Counter() for name in given.commands}
        for way in given.ways:
            for file in files:
                for name in given.commands:
                    shutil.rmtree(copy)
                    shutil.copytree(whole, copy)
                    WAYS[way](copy / file, copy)
                    found = COMMANDS[name](copy)
                    what = judged(found, right[name])
                    told[name][what] += 1
                    if what not in ("right", "refused"):
                        print(f"{way} {file}, {name}: {what}\n{found.code} {found.said[-1500:]}", flush=True)
    print(f"{len(files)} files, {', '.join(given.ways)}")
    for name, counts in told.items():
        print(f"{name:20}" + ", ".join(f"{number} {what}" for what, number in sorted(counts.items())))
    sys.exit(any(what not in ("right", "refused") for counts in told.values() for what in counts))


def judged(found: Outcome, right: Outcome) -> str:
    if found.code == -1:
        return "no end"
    if found.refused:
        return "refused"
    if "Traceback" in found.said or found.code not in (0, 1, 2):
        return "broken"
    same = (found.code, found.out) == (right.code, right.out)
    return "right" if same else "another answer"


if __name__ == "__main__":
    main()
