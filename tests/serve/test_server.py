"""The command itself, over real HTTP, with independent clients."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext, suppress
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, TURTLE, XML, SPARQLWrapper

from kg.model import Entity
from kg.serve import server
from kg.serve.app import ServerSettings
from kg.serve.live import Live
from kg.serve.workers import LoadError, Pool
from tests.sample import knowledge
from tests.serve.site import ENDLESS, KG, LIMITS, command, save, source

pytestmark = pytest.mark.slow

MET = "SELECT ?name { ?a kg:met/rdfs:label ?name } ORDER BY ?name"


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with command(folder, "--time-limit", "5") as (_, address):
        yield address


def get(address: str, query: str) -> str:
    request = urllib.request.Request(f"{address}sparql?query={quote(query)}", headers={"Accept": "text/csv"})
    with urllib.request.urlopen(request, timeout=20) as response:
        return str(response.read().decode())


def test_sparqlwrapper_gets_every_form_and_format(address: str) -> None:
    client = SPARQLWrapper(f"{address}sparql")
    client.setQuery(MET)
    for method in ("GET", "POST"):
        client.setMethod(method)
        client.setReturnFormat(JSON)
        found = client.queryAndConvert()["results"]["bindings"]
        assert [row["name"]["value"] for row in found] == ["Ana Ruiz", "Tom Reed"]
    client.setReturnFormat(XML)
    assert "Tom Reed" in client.queryAndConvert().toxml()
    client.setReturnFormat(CSV)
    assert client.queryAndConvert().split() == [b"name", b"Ana", b"Ruiz", b"Tom", b"Reed"]
    client.setQuery("CONSTRUCT { ?a kg:met ?b } { ?a kg:met ?b }")
    client.setReturnFormat(TURTLE)
    assert len(rdflib.Graph().parse(data=client.queryAndConvert(), format="turtle")) == 2
    client.setReturnFormat(XML)
    assert len(client.queryAndConvert()) == 2
    client.setQuery("ASK { ?a kg:met ?b }")
    client.setReturnFormat(JSON)
    assert client.queryAndConvert()["boolean"] is True


def test_rdflib_can_use_the_endpoint_as_a_graph(address: str, folder: Path) -> None:
    graph = rdflib.Graph(SPARQLStore(f"{address}sparql"))
    ana = rdflib.URIRef("https://kg.example/data/Ana_Ruiz")
    assert graph.value(ana, rdflib.RDFS.label) == rdflib.Literal("Ana Ruiz")
    assert len(graph) == sum(len(file.read_text().splitlines()) for file in folder.glob("*.nt"))
    rows = graph.query("SELECT ?b { ?a <https://kg.example/ontology#hosted> ?b }")
    assert [str(row.b) for row in rows] == ["https://kg.example/data/Tom_Reed"]


@pytest.mark.skipif(not shutil.which("curl"), reason="wants curl")
def test_the_curl_examples_of_the_documentation_work(address: str) -> None:
    query = ["--data-urlencode", f"query={MET}", "-H", "Accept: text/csv"]
    for how in (["--get"], []):
        done = subprocess.run(
            ["curl", "-sS", *how, f"{address}sparql", *query], capture_output=True, text=True, check=True
        )
        assert done.stdout.split("\n") == ["name", "Ana Ruiz", "Tom Reed", ""]


def test_a_new_build_replaces_the_old_one(tmp_path: Path, folder: Path) -> None:
    folder = shutil.copytree(folder, tmp_path / "out")
    with command(folder) as (process, address):
        assert "Mira Sole" not in get(address, "SELECT * { ?a rdfs:label ?name }")
        held = knowledge()
        more = (*held.entities, Entity("Mira_Sole", "Mira Sole", "Person", (), ("a.txt",)))
        save(folder, replace(held, entities=tuple(sorted(more, key=lambda entity: entity.id))))
        assert process.stderr
        while "the new graph is loaded" not in process.stderr.readline():
            assert process.poll() is None
        assert "Mira Sole" in get(address, "SELECT * { ?a rdfs:label ?name }")
        shutil.rmtree(folder)
        time.sleep(1.2)
        assert "Mira Sole" in get(address, "SELECT ?name { ?a rdfs:label ?name }")


def test_files_that_change_while_they_are_loaded_are_refused(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = shutil.copytree(folder, tmp_path / "out")

    async def start(_: Pool) -> None:
        (folder / "facts.nt").write_text("")

    async def closed(_: Pool) -> None:
        pass

    async def load() -> None:
        async with Live(source(folder), print):
            pass

    monkeypatch.setattr(Pool, "start", start)
    monkeypatch.setattr(Pool, "close", closed)
    with ThreadPoolExecutor(1) as thread:  # in this thread, the event loop of the browser may be running
        loaded = thread.submit(lambda: asyncio.run(load()))
    with pytest.raises(LoadError, match="changed while they were loaded"):
        loaded.result()


linux = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="wants Linux's /proc")


@linux
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_gracefully(folder: Path, how: signal.Signals) -> None:
    with command(folder) as (process, address):
        assert "true" in get(address, "ASK {}")
        zygote = children(process.pid)
        assert zygote
        process.send_signal(how)
        assert process.wait(timeout=10) == 0
        assert not any(is_alive(each) for each in zygote)


@linux
def test_no_process_outlives_the_server(folder: Path) -> None:
    with command(folder) as (process, address):
        (zygote,) = children(process.pid)
        with pytest.raises(TimeoutError), socket.create_connection(host(address), timeout=1) as connection:
            connection.sendall(
                f"GET /sparql?query={quote(ENDLESS)} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
            )
            connection.recv(1)  # the answer is being computed
        workers = children(zygote)
        process.kill()
        deadline = time.monotonic() + 10
        while any(map(is_alive, [zygote, *workers])):
            assert time.monotonic() < deadline
            time.sleep(0.05)


@linux
def test_it_recovers_if_the_process_with_the_graph_is_killed(folder: Path) -> None:
    with command(folder) as (process, address):
        os.kill(*children(process.pid), signal.SIGKILL)
        deadline = time.monotonic() + 20
        while True:
            try:
                assert "true" in get(address, "ASK { ?a kg:met ?b }")
                break
            except urllib.error.HTTPError as error:
                assert error.code == 503
                assert "ended (SIGKILL)" in error.read().decode()
                assert time.monotonic() < deadline
                time.sleep(0.1)
        assert process.stderr
        told = [process.stderr.readline() for _ in range(3)]
        assert "the process that holds the graph ended (SIGKILL); it is restarting" in told[1]
        assert "the graph is loaded again" in told[2]


@linux
def test_the_cause_of_a_workers_death_is_reported(folder: Path) -> None:
    with command(folder, "--workers", "1") as (process, address):
        (zygote,) = children(process.pid)
        with ThreadPoolExecutor(1) as thread:
            asking = thread.submit(get, address, ENDLESS)
            time.sleep(0.3)
            for worker in children(zygote):
                os.kill(worker, signal.SIGTERM)
            with pytest.raises(urllib.error.HTTPError) as caught:
                asking.result()
        assert caught.value.code == 503
        assert "killed from outside (SIGTERM)" in caught.value.read().decode()
        assert "true" in get(address, "ASK { ?a kg:met ?b }")
        with urllib.request.urlopen(f"{address}-/metrics", timeout=20) as response:
            assert b'kg_workers_died_total{by="SIGTERM"} 1' in response.read()
        assert process.stderr
        told = [process.stderr.readline() for _ in range(2)]
        assert "ended (SIGTERM) while answering a query; another takes its place" in told[1]


@linux
def test_queries_of_disconnected_clients_are_stopped(folder: Path) -> None:
    with command(folder, "--workers", "1") as (process, address):
        (zygote,) = children(process.pid)
        for _ in range(3):  # more queries than can run at the same time
            with socket.create_connection(host(address)) as connection:
                query = quote(ENDLESS)
                connection.sendall(f"GET /sparql?query={query} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
                time.sleep(0.3)
        assert "true" in get(address, "ASK {}")
        assert len(children(zygote)) <= 3


def test_a_request_with_two_lengths_ends_its_connection(address: str) -> None:
    """A proxy might use the other length, and take the rest for the request of another client."""
    head = (
        "POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    hidden = "GET /-/metrics HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with socket.create_connection(host(address), timeout=20) as connection:
        connection.sendall(f"{head}0\r\n\r\n{hidden}".encode())
        told = b"".join(iter(lambda: connection.recv(1 << 16), b""))
    assert told.startswith(b"HTTP/1.1 400 ")
    assert told.count(b"HTTP/1.1") == 1


def test_idle_connections_are_closed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "_STILL", 0.3)
    monkeypatch.setattr(server._Server, "capture_signals", lambda _: nullcontext())  # main thread only
    with ThreadPoolExecutor(1) as thread:  # in this thread, the event loop of the browser may be running
        thread.submit(lambda: asyncio.run(stand_still(folder))).result()


async def stand_still(folder: Path) -> None:
    """Three clients that exceed the time limits: one sends nothing, one half a request, one does not read its
    answer."""
    listening, ready = server._bind("127.0.0.1", 0), asyncio.Event()
    live = Live(source(folder), print)
    running = asyncio.create_task(server._run(live, ServerSettings(LIMITS), listening, ready.set))
    await ready.wait()
    (silent, _), (half, sends), (waits, asks) = [
        await asyncio.open_connection(*listening.getsockname()) for _ in range(3)
    ]
    sends.write(b"GET / HTTP/1.1\r\nHost:")
    asks.write(f"GET /sparql?query={quote(ENDLESS)} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    for each in (silent, half):
        with suppress(ConnectionResetError):
            assert await asyncio.wait_for(each.read(), 1.5) == b""
    assert b" 503 " in await asyncio.wait_for(waits.readline(), 10)
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    listening.close()


@pytest.mark.parametrize("site", ["site.example", "https://site.example/path", "https://a b"])
def test_an_invalid_origin_is_reported(folder: Path, site: str) -> None:
    done = subprocess.run(
        [*KG, "-g", str(folder), "--cors", site], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "https://site.example" in done.stderr


def test_an_origin_may_end_with_a_slash(folder: Path) -> None:
    with command(folder, "--cors", "https://Site.example/") as (_, address):
        request = urllib.request.Request(f"{address}sparql", headers={"Origin": "https://site.example"})
        with urllib.request.urlopen(request, timeout=20) as response:
            assert response.headers["access-control-allow-origin"] == "https://site.example"


def test_a_graph_that_cannot_be_served_is_reported(tmp_path: Path, folder: Path) -> None:
    done = subprocess.run([*KG, "-g", str(tmp_path)], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "holds no graph" in done.stderr
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = subprocess.run(
            [*KG, "-g", str(folder), "--port", port], capture_output=True, text=True, check=False
        )
    assert done.returncode == 2
    assert port in done.stderr
    assert "--port" in done.stderr


def test_errors_reach_clients(address: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as caught:
        get(address, "SELECT * { ?a kg:met }")
    assert caught.value.code == 400
    assert "line 1" in caught.value.read().decode()


def host(address: str) -> tuple[str, int]:
    name, _, port = address.removeprefix("http://").strip("/").rpartition(":")
    return name, int(port)


def children(process: int) -> list[int]:
    return [int(stat[0]) for stat in stats() if stat[3] == str(process)]


def is_alive(process: int) -> bool:
    return any(stat[0] == str(process) and stat[2] != "Z" for stat in stats())


def stats() -> Iterator[list[str]]:
    """Id, name, state, parent and more of every process; see proc(5)."""
    for file in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # the process has just ended
            before, _, after = file.read_text().rpartition(")")
            number, _, name = before.partition(" (")
            yield [number, name, *after.split()]
