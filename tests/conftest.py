"""Settings of all tests, the tiers of tests, and the build of seeds/ that several tests share."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Coroutine, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

from kg import ontology
from kg.language import pipeline
from tests.write.browser import CHROMIUM, FIREFOX

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

ROOT = Path(__file__).parent.parent

# Hypothesis tries the same examples in every run, so that a test that passes keeps passing until the code
# changes.
settings.register_profile("kg", derandomize=True, deadline=None)
settings.load_profile("kg")


def pytest_configure(config: pytest.Config) -> None:
    """Load the ontology once per process; no test changes it.

    This happens before the test files are imported, because many of them load it on import.
    """
    shipped, load = cache(ontology.load), ontology.load
    patched = pytest.MonkeyPatch()
    patched.setattr(ontology, "load", lambda extra=(): load(files) if (files := tuple(extra)) else shipped())
    config.add_cleanup(patched.undo)


@pytest.fixture(scope="session", autouse=True)
def _parser_loaded_once() -> Iterator[None]:
    """Load each parser once per process: loading takes two seconds."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(pipeline, "load", cache(pipeline.load))
        yield


SLOW_FIXTURES = {"built", "chromium"}
TIERS = {"slow", "stores", "browsers", "cluster", "package"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests of whole builds and browsers `slow`, and tests that are in no other tier `fast`.

    Files with slow tests come first: if a process began such a file near the end of the run, all other
    processes would wait for it.
    """
    for item in items:
        marks = {marker.name for marker in item.iter_markers()}
        if "browsers" not in marks and SLOW_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.slow)
        elif not TIERS & marks:
            item.add_marker(pytest.mark.fast)
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


def run_beside(work: Coroutine[Any, Any, Any]) -> Any:
    """Run a coroutine in a separate thread, because in this one the browser's event loop may be running.
    Returns its result.
    """
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def run(*arguments: str | Path, hash_seed: str = "0") -> bytes:
    """The output of `kg` in a separate process."""
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    command = [sys.executable, "-m", "kg", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, check=False, env=environment, cwd=ROOT)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def run_here(*arguments: str | Path) -> int:
    """Run `kg` in this process, which has loaded libraries and ontology; returns the exit code."""
    from kg import cli

    with pytest.MonkeyPatch.context() as patched, pytest.raises(SystemExit) as ended:
        patched.setattr(sys, "argv", ["kg", *map(str, arguments)])
        cli.main()
    return int(ended.value.code or 0)


@pytest.fixture(scope="session")
def queries_parsed_once() -> Iterator[None]:
    """Let rdflib parse each query only once: pyshacl parses the queries of the shapes at every node, which
    takes most of its time.
    """
    from rdflib.plugins.sparql import processor

    parse, translate = processor.parseQuery, processor.translateQuery

    @cache
    def translated(text: str, base: Any, names: tuple[tuple[str, Any], ...]) -> Any:
        return translate(parse(text), base, dict(names))

    def translate_once(text: str, base: Any = None, names: Mapping[str, Any] | None = None) -> Any:
        return translated(text, base, tuple((names or {}).items()))

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(processor, "parseQuery", lambda text: text)
        patched.setattr(processor, "translateQuery", translate_once)
        yield


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a build of seeds/, which all processes of a run share."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder = shared / "seeds" / "output"
    with locked(shared / "seeds.lock"):
        if not folder.exists():
            making = shared / "seeds" / "making"
            run("build", "seeds", "-o", making, "--quiet")
            making.rename(folder)
    return folder


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a lock within the block; first wait until no other process of the run holds it."""
    while True:
        try:
            path.mkdir()
            break
        except FileExistsError:
            time.sleep(0.1)
    try:
        yield
    finally:
        path.rmdir()


@pytest.fixture(scope="session")
def playwright() -> Iterator["Playwright"]:
    api = pytest.importorskip("playwright.sync_api", reason="Playwright for Python is not installed")
    with api.sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def chromium(request: pytest.FixtureRequest) -> Iterator["Browser"]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on the PATH (chromium, chromium-browser, google-chrome)")
    options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    launch = request.getfixturevalue("playwright").chromium.launch
    browser = launch(executable_path=CHROMIUM, args=options)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def firefox(request: pytest.FixtureRequest) -> Iterator["Browser"]:
    """The Firefox of the machine, over WebDriver BiDi."""
    if FIREFOX is None:
        pytest.skip("no Firefox on the PATH (firefox-esr, firefox)")
    launch = request.getfixturevalue("playwright").firefox.launch
    browser = launch(executable_path=FIREFOX, channel="moz-firefox")
    try:
        browser.new_context().close()
    except Exception as error:  # Playwright requests a feature that this Firefox does not have yet
        browser.close()
        pytest.skip(f"this Playwright does not support Firefox {browser.version}: {error}")
    yield browser
    browser.close()
