"""What the tests of the server share: small builds, and a server of them in this process."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from starlette.testclient import TestClient

from kg import ontology, pipeline
from kg.model import Knowledge
from kg.pipeline import Build
from kg.serve.app import ServerSettings, application
from kg.serve.asked import MB, Limits
from kg.serve.live import GraphFolder, Live
from tests.sample import knowledge

KG = [sys.executable, "-m", "kg", "serve"]
LIMITS = Limits(seconds=2, memory=256 * MB, answer=MB, query=100_000, waiting=5)
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def save(folder: Path, held: Knowledge | None = None) -> Path:
    """A build of the sample, or of other knowledge."""
    pipeline.save(Build(held or knowledge(), ontology.load()), folder)
    return folder


@contextmanager
def command(folder: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`kg serve` on a free port, and its address."""
    arguments = [*KG, "-g", str(folder), "--port", "0", *options]
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        yield process, process.stdout.readline().strip()
    finally:
        process.kill()
        process.communicate()


def source(folder: Path, limits: Limits = LIMITS, *, services: bool = False) -> GraphFolder:
    return GraphFolder(folder, pipeline.PAGE, workers=2, limits=limits, services=services)


@contextmanager
def serving(
    folder: Path, settings: ServerSettings | None = None, limits: Limits = LIMITS
) -> Iterator[TestClient]:
    """A client of the server that serves `folder`."""
    settings = settings or ServerSettings(limits)
    live = Live(source(folder, limits, services=settings.services), print)
    with TestClient(application(live, settings), base_url="http://localhost") as client:
        yield client
