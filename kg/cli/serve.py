"""`kg serve`: serves the graph over HTTP."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from kg import pipeline, terminal
from kg.cli.app import Folder, stop


def serve(
    folder: Folder = Path("output"),
    host: Annotated[
        str, typer.Option(help="The address to listen on; 0.0.0.0 is every network.", metavar="ADDRESS")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", "-p", help="0 selects a free port.", min=0, max=65535)
    ] = 8000,
    seconds: Annotated[
        float,
        typer.Option("--time-limit", help="Time limit of a query, in seconds.", min=0.1, metavar="SECONDS"),
    ] = 30,
    memory: Annotated[
        int,
        typer.Option("--memory-limit", help="Memory limit of a query, in megabytes.", min=64, metavar="MB"),
    ] = 1024,
    answer: Annotated[
        int,
        typer.Option("--answer-limit", help="Size limit of an answer, in megabytes.", min=1, metavar="MB"),
    ] = 64,
    workers: Annotated[
        int | None,
        typer.Option(
            help="Number of concurrent queries; as many slow ones in addition.", min=1, max=256, metavar="N"
        ),
    ] = None,
    names: Annotated[
        list[str] | None,
        typer.Option("--name", help="A host name of the server, besides localhost.", metavar="HOST"),
    ] = None,
    origins: Annotated[
        list[str] | None,
        typer.Option("--cors", help="An origin whose pages may query; * is every origin.", metavar="ORIGIN"),
    ] = None,
    total: Annotated[
        int,
        typer.Option(
            "--total-limit", help="Disk space for pending long answers, in megabytes.", min=1, metavar="MB"
        ),
    ] = 4096,
    log: Annotated[
        Path | None,
        typer.Option("--access-log", help="Append a line of JSON to it for every request.", metavar="FILE"),
    ] = None,
    services: Annotated[
        bool, typer.Option("--allow-service", help="Let SERVICE in queries reach other endpoints.")
    ] = False,
) -> None:
    """Serve the graph over HTTP: SPARQL for programs, pages for people.

    \b
      kg serve
      kg serve -g graph --port 8080 --time-limit 10
      curl http://127.0.0.1:8000/sparql --data-urlencode 'query=ASK { ?a kg:met ?b }'

    Open the address in a browser to write queries. The graph is read-only; the
    server switches to a new build automatically. Ctrl+C stops it.
    """
    if not hasattr(os, "fork"):
        stop("kg serve needs Linux or macOS (on Windows: WSL), where processes can be forked.")

    from kg.serve.app import ServerSettings
    from kg.serve.asked import MB, Limits
    from kg.serve.live import GraphFolder
    from kg.serve.server import AddressError
    from kg.serve.server import serve as run
    from kg.serve.workers import LoadError

    limits = Limits(seconds=seconds, memory=memory * MB, answer=answer * MB, disk=total * MB)
    source = GraphFolder(folder, pipeline.PAGE, workers or _workers(), limits, services, pipeline.ONTOLOGY)
    sites = tuple(map(_origin, origins or ()))

    def ready(address: str) -> None:
        terminal.write(f"{address}\n")
        terminal.flush()
        terminal.say("queries are answered at /sparql; Ctrl+C stops it")

    try:
        with _log(log) as write:
            settings = ServerSettings(limits, services, (*(names or ()), host), sites, write)
            run(source, settings, host, port, terminal.say, ready)
    except (AddressError, LoadError) as error:
        stop(error)


@contextmanager
def _log(path: Path | None) -> Iterator[Callable[[str], None] | None]:
    """A function that writes lines to the access log; None without a log.

    If the file can no longer be written, the server continues without it.
    """
    if path is None:
        yield None
        return
    with path.open("a", encoding="ascii", buffering=1) as file:
        failed = False

        def write(line: str) -> None:
            nonlocal failed
            try:
                file.write(line + "\n")
                failed = False
            except OSError as error:
                if not failed:
                    terminal.say(f"{path}: cannot be written ({error.strerror}); requests go on without it")
                failed = True

        yield write


def _origin(site: str) -> str:
    """The origin as browsers write it: https://site.example, without a path."""
    if site != "*" and not re.fullmatch(r"https?://[^/?#@\s]+/?", site, re.IGNORECASE):
        stop(f"--cors {site}: is not an origin; write it as https://site.example, or * for every origin")
    return site.rstrip("/").lower()


def _workers() -> int:
    """The default number of workers: one for each processor, and two more, so that a slow query delays
    nobody.
    """
    cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    return min(cores + 2, 32)
