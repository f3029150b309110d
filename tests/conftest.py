"""Settings that hold for every test, and the build that several of them look at."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

from kg import ontology
from kg.language import pipeline
from tests.write.browser import CHROMIUM

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parent.parent

# The same examples in every run: a build that is green stays green until something changes.
settings.register_profile("kg", derandomize=True, deadline=None)
settings.load_profile("kg")


@pytest.fixture(scope="session", autouse=True)
def _loaded_once() -> Iterator[None]:
    """Parsers and ontology, which no test changes, are loaded once a process: a parser takes two seconds."""
    shipped, load = cache(ontology.load), ontology.load
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(pipeline, "load", cache(pipeline.load))
        patched.setattr(
            ontology, "load", lambda extra=(): load(files) if (files := tuple(extra)) else shipped()
        )
        yield


def run_beside(work: Coroutine[Any, Any, Any]) -> Any:
    """Run a coroutine in a thread of its own: this one may have a loop that runs, that of the browser."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def run(*arguments: str | Path, hash_seed: str = "0") -> bytes:
    """What `kg` prints, in a process of its own."""
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    command = [sys.executable, "-m", "kg", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, check=False, env=environment, cwd=ROOT)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the build of seeds/."""
    folder = tmp_path_factory.mktemp("seeds") / "output"
    run("build", "seeds", "-o", folder, "--quiet")
    return folder


@pytest.fixture(scope="session")
def chromium() -> Iterator["Browser"]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on the PATH (chromium, chromium-browser, google-chrome)")
    api = pytest.importorskip("playwright.sync_api", reason="Playwright for Python is not installed")
    with api.sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=options)
        yield browser
        browser.close()
