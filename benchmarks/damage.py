"""Damages every file of a graph and runs every command: each must answer correctly or refuse.

    PYTHONPATH=. python3 benchmarks/damage.py [--ways flip delete empty silent ...] [--commands query ...]
        [--share 2/7]

Builds two articles with a user's ontology and background. Then, for each file in the graph's folder
(including cached readings) and each kind of damage (`WAYS`), runs each command on a fresh copy. A command may
give the same result as with the undamaged graph, or end with code 1 or 2 and a clear message. A command that
rewrites the graph may also repair it: then the graph must be complete and have the same content, or the
command must report what is lost (for a damaged build.json: the ontology of the build). Everything else is
reported as an error: a traceback, a different answer, no end within ten minutes. Exit code 1 if there was an
error. Linux and macOS only: each command runs in a fork, which saves the time for imports.
"""

from __future__ import annotations

import argparse
import json
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
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import kg.cli
from tests.store.endpoint import Endpoint
from tests.store.endpoint import serving as store

ARTICLES = {
    "a.txt": "Ana Ruiz met Tom Reed in Lima on Monday. Ruiz praised Reed.\n",
    "b.txt": "Mira Sole, who heads Lumora, visited Quito on Friday. She hosted Paul Brandt there.\n",
}
FINE = ("right", "refused", "repaired, and loss reported")
ANEW = "The options of the last build are unknown"
LONGEST = 600  # time limit of a command, in seconds; kg query stops after 60, but the machine may be busy
WORK, GRAPH = "<work>", "<graph>"  # placeholders in the arguments of a command: its working folder, its graph
HELLO = {
    "protocolVersion": "2025-06-18",
    "capabilities": {},
    "clientInfo": {"name": "damage", "version": "1"},
}
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
    code: int  # exit code; -1 if the command did not end
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
    """The answers of the server, or why it did not start."""
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


def push(there: Endpoint) -> Callable[[Path], Outcome]:
    """A function that pushes the graph into a local store, and counts the triples there."""

    def run(folder: Path) -> Outcome:
        there.store.clear()
        found = forked(lambda: run_kg(["push", there.url, "-q", "-g", str(folder)]))
        return replace(found, out=f"{len(there)} triples")

    return run


def mcp(folder: Path) -> Outcome:
    """The answers to an agent's first questions."""
    messages = [
        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": HELLO},
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": "overview", "arguments": {}}},
    ]
    arguments = [sys.executable, "-m", "kg", "mcp", "-g", str(folder)]
    with subprocess.Popen(
        arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as server:
        assert server.stdin and server.stdout and server.stderr
        with suppress(BrokenPipeError):
            for each in messages:
                server.stdin.write(json.dumps(each) + "\n")
                server.stdin.flush()
        answers = [server.stdout.readline() for _ in range(2)]
        with suppress(BrokenPipeError):
            server.stdin.close()
        said = server.stderr.read()
        return Outcome(server.wait(LONGEST), answers[1], said)


def writing(*arguments: str) -> Callable[[Path], Outcome]:
    """A function that runs a command that rewrites the graph; if it succeeds, the outcome's `out` is the
    `state` of the new graph.
    """

    def run(folder: Path) -> Outcome:
        given = [each.replace(WORK, str(folder.parent)).replace(GRAPH, str(folder)) for each in arguments]
        found = forked(lambda: run_kg(given))
        return found if found.code else replace(found, out=state(folder))

    return run


def add(folder: Path) -> Outcome:
    """Adds an article, with the Python API."""

    def work() -> None:
        try:
            kg.open(folder).add("Ivo Bakker met Rosa Lund in Oslo.").save(folder)
        except kg.Error as error:
            print(f"kg: {error}", file=sys.stderr)
            sys.exit(2)

    found = forked(work)
    return found if found.code else replace(found, out=state(folder))


def state(folder: Path) -> str:
    """The damage found in a graph; if there is none, its whole content."""

    def told() -> None:
        from kg.write import output

        wrong = [str(each) for each in output.damaged(folder)]
        print(wrong or "whole: " + (folder / "statements.jsonl").read_text())

    return forked(told).out


def commands(there: Endpoint) -> dict[str, Callable[[Path], Outcome]]:
    return {
        "query": command("query", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "-f", "csv"),
        "query by name": command("query", "most-mentioned", "-f", "csv"),
        "export": command("export", "-f", "trig"),
        "export (network)": command("export", "-f", "graphml"),
        "export (ftm)": command("export", "-f", "ftm"),
        "check": command("check", "--no-shapes"),
        "check --files": command("check", "--files"),
        "view": command("view", "--no-open"),
        "view --timeline": command("view", "--timeline", "-o", f"{WORK}/timeline.html"),
        "explain": command("explain", "a"),
        "review --list": command("review", "--list"),
        "import --list": command("import", "--list"),
        "kg.open": open_in_python(),
        "serve": serve,
        "push": push(there),
        "mcp": mcp,
        "build": writing("build", f"{WORK}/articles", "-o", GRAPH, "-q", "-j", "1"),
        "import": writing("import", f"{WORK}/more.ttl", "-q", "-g", GRAPH),
        "graph.add": add,
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
    """Flip a byte and keep the file older than build.json, as if the disk had failed."""
    flip(path, folder)
    time.sleep(0.02)
    os.utime(folder / "build.json")


def folder_instead(path: Path, _: Path) -> None:
    path.unlink()
    path.mkdir()


def loop(path: Path, _: Path) -> None:
    """Replace the file by a symbolic link to itself."""
    path.unlink()
    path.symlink_to(path.name)


def pipe(path: Path, _: Path) -> None:
    """Replace the file by a named pipe, at which a reader blocks until there is a writer."""
    path.unlink()
    os.mkfifo(path)


WAYS: dict[str, Callable[[Path, Path], None]] = {
    "flip": flip,
    "delete": delete,
    "empty": empty,
    "silent": silent,
    "folder": folder_instead,
    "loop": loop,
    "pipe": pipe,
}


def build(work: Path) -> Path:
    """Build a graph of two articles, and return its folder. The build runs in a forked child, because it
    starts threads, and this process must have none: it forks for each command.
    """
    folder, articles = work / "whole", work / "articles"
    articles.mkdir()
    for name, text in ARTICLES.items():
        (articles / name).write_text(text)
    (work / "own.ttl").write_text(OWN)
    (work / "staff.ttl").write_text(BACKGROUND)
    (work / "more.ttl").write_text(BACKGROUND.replace("Quinn Vale", "Una Marsh").replace("/1>", "/2>"))
    given = ["--ontology", str(work / "own.ttl"), "--background", str(work / "staff.ttl"), "--parser", "md"]
    made = forked(lambda: run_kg(["build", str(articles), "-o", str(folder), "-q", "-j", "1", *given]))
    assert made.code == 0, made.said
    return folder


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--ways", nargs="*", choices=WAYS, default=["flip", "delete"])
    parser.add_argument("--commands", nargs="*", help="names of commands; default: all")
    parser.add_argument(
        "--share",
        type=share,
        default="1/1",
        help="part of the files: 2/7 is every seventh, beginning with the second",
    )
    given = parser.parse_args()
    told: dict[str, Counter[str]] = {}
    with tempfile.TemporaryDirectory() as work, store() as there:
        whole, copy = build(Path(work)), Path(work) / "graph"
        files = sorted(path.relative_to(whole) for path in whole.rglob("*") if path.is_file())[given.share]
        chosen = {name: each for name, each in commands(there).items() if name in (given.commands or [name])}
        for name, run in chosen.items():
            fresh(whole, copy)
            right, told[name] = run(copy), Counter()
            assert right.code == 0, f"{name}: {right.code} {right.said}"
            for way in given.ways:
                for file in files:
                    fresh(whole, copy)
                    WAYS[way](copy / file, copy)
                    found = run(copy)
                    what = judged(found, right)
                    told[name][what] += 1
                    if what not in FINE:
                        print(f"{way} {file}, {name}: {what}\n{found.code} {found.said[-1500:]}", flush=True)
            counts = ", ".join(f"{number} {what}" for what, number in sorted(told[name].items()))
            print(f"{name:20}{counts}", flush=True)
    print(f"{len(files)} files, {len(chosen)} commands, {', '.join(given.ways)}")
    total = sum(told.values(), Counter[str]())
    print(", ".join(f"{number} {what}" for what, number in sorted(total.items())))
    sys.exit(any(what not in FINE for what in total))


def share(text: str) -> slice:
    night, _, nights = text.partition("/")
    if not 1 <= int(night) <= int(nights):
        raise ValueError
    return slice(int(night) - 1, None, int(nights))


def fresh(whole: Path, copy: Path) -> None:
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(whole, copy)


def judged(found: Outcome, right: Outcome) -> str:
    if found.code == -1:
        return "no end"
    if found.refused:
        return "refused"
    if "Traceback" in found.said or found.code not in (0, 1, 2):
        return "broken"
    if (found.code, found.out) == (right.code, right.out):
        return "right"
    built_anew = found.code == 0 and ANEW in found.said and not found.out.startswith("[")
    return "repaired, and loss reported" if built_anew else "another answer"


if __name__ == "__main__":
    main()
