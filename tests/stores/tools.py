"""Finds and starts the packages of other stores; skips the test if they are missing."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

HERE = Path(__file__).parent
JARS = Path("/usr/share/java")
_BINDINGS = re.compile(r"rdf4j|log4j|slf4j-(jdk|jcl|log4j|nop|reload|migrator|ext)|jcl-over|jul-to")


def program(name: str, package: str) -> str:
    """The path of a program, beside Python's or on PATH."""
    found = shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)
    if not found:
        pytest.skip(f"{name} is not installed: {package}")
    return found


def run(*command: str | Path, cwd: Path | None = None, timeout: float = 300) -> str:
    """The output of a command, including standard error, to which some commands print their counts."""
    done = subprocess.run(
        [*map(str, command)], capture_output=True, text=True, check=False, cwd=cwd, timeout=timeout
    )
    assert done.returncode == 0, f"{command}: {done.stdout[-2000:]}{done.stderr[-2000:]}"
    return done.stdout + done.stderr


def node(folder: Path, script: str, *arguments: str | Path) -> str:
    """Runs a script of this folder with the packages of package.json.

    Node finds them in `node_modules` of this folder; `npm install --prefix tests/stores` installs them.
    """
    if not (HERE / "node_modules").is_dir():
        pytest.skip(
            "the packages of tests/stores/package.json are not installed: npm install --prefix tests/stores"
        )
    return run(program("node", "apt install nodejs"), HERE / script, *arguments, cwd=folder)


def java(jar: str, package: str) -> str:
    program("java", "apt install default-jre-headless")
    if not (JARS / jar).exists():
        pytest.skip(f"{jar} is not installed: apt install {package}")
    return "java"


def jena(folder: Path) -> tuple[str, ...]:
    """The beginning of a command that runs a class of Jena; the name of the class comes next.

    Debian's jar has the messages of its copy of Xerces in a folder where Xerces does not look.
    """
    command = java("jena-cmds.jar", "libapache-jena-java")
    messages = folder / "messages"
    if not messages.exists():
        with zipfile.ZipFile(JARS / "jena-core.jar") as jar:
            for name in jar.namelist():
                inner = name.removeprefix("org/apache/jena/ext/")
                if inner != name and name.endswith(".properties"):
                    (messages / inner).parent.mkdir(parents=True, exist_ok=True)
                    (messages / inner).write_bytes(jar.read(name))
    jars = [
        str(path)
        for path in sorted(JARS.glob("*.jar"))
        if not re.search(r"-\d[\w.]*\.jar$", path.name) and not _BINDINGS.search(path.name)
    ]
    return command, "-cp", ":".join((str(messages), *jars))


def rdf4j() -> tuple[str, ...]:
    command = java("rdf4j-rio-turtle.jar", "librdf4j-java")
    kinds = (
        "rdf4j-*",
        "slf4j-api",
        "slf4j-nop",
        "commons-*",
        "jsonld-java*",
        "jackson-*",
        "guava*",
        "httpc*",
    )
    jars = [str(path) for kind in kinds for path in sorted(JARS.glob(f"{kind}.jar"))]
    return command, "-cp", ":".join(jar for jar in jars if not re.search(r"-\d[\w.]*\.jar$", jar))


@contextmanager
def serving(*command: str | Path, url: str, folder: Path) -> Iterator[None]:
    """Runs a server until the end of the block; it is up as soon as `url` answers."""
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([*map(str, command)], cwd=folder, stdout=log, stderr=log)
    try:
        end = time.monotonic() + 180
        while not _answers(url):
            assert process.poll() is None and time.monotonic() < end, (folder / "log").read_text()[-2000:]
            time.sleep(0.2)
        yield
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])
