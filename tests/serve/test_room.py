"""The limit on the pending data of all connections together; metrics and access log."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient
from starlette.types import Message

from kg.serve.app import ServerSettings
from kg.serve.room import CHUNK, Budget, Shared, Spilled, spill
from kg.serve.sending import Sending
from tests.conftest import run_beside
from tests.serve.site import LIMITS, serving

ALL = "/sparql?format=csv&query=SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o"


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[TestClient]:
    lines: list[str] = []
    with serving(folder, ServerSettings(LIMITS, log=lines.append), replace(LIMITS, short=1000)) as client:
        client.lines = lines  # type: ignore[attr-defined]
        yield client


def test_a_long_answer_goes_through_a_file_and_is_the_same(folder: Path, client: TestClient) -> None:
    with serving(folder) as other:
        in_memory = other.get(ALL)
    from_file = client.get(ALL)
    assert len(from_file.content) > 1000
    assert from_file.content == in_memory.content
    assert from_file.headers["content-length"] == str(len(from_file.content))
    head = client.head(ALL)
    assert (head.content, head.headers["content-length"]) == (b"", from_file.headers["content-length"])


def test_an_abandoned_answer_leaves_no_data_for_the_next(client: TestClient) -> None:
    too_long = "/sparql?format=csv&query=SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 100000"
    assert client.get(too_long).status_code == 403
    assert client.get(ALL).text.startswith("o,p,s\r\n")


def test_when_the_limit_is_reached_short_answers_are_still_sent(folder: Path) -> None:
    with serving(folder, limits=replace(LIMITS, short=1000, disk=2000)) as client:
        refused = client.get(ALL)
        assert (refused.status_code, refused.headers["retry-after"]) == (503, "5")
        assert "too many pending answers" in refused.text
        assert client.get("/sparql?query=ASK {}").status_code == 200


def test_requests_also_count_as_pending_data(folder: Path) -> None:
    with serving(folder, limits=replace(LIMITS, held=30_000, short=0)) as client:
        headers = {"Content-Type": "application/sparql-query"}
        refused = client.post("/sparql", content="ASK {} #" + "x" * 40_000, headers=headers)
        assert (refused.status_code, refused.headers["retry-after"]) == (503, "5")
        for _ in range(3):  # the memory is released each time
            assert (
                client.post("/sparql", content="ASK {} #" + "x" * 20_000, headers=headers).status_code == 200
            )


def test_health_and_metrics(client: TestClient) -> None:
    health = client.get("/-/health")
    assert (health.status_code, health.json()["status"]) == (200, "ok")
    client.get("/sparql?query=ASK {}")
    client.get("/nowhere/at/all")
    told = client.get("/-/metrics")
    assert told.headers["content-type"].startswith("text/plain; version=0.0.4")
    lines = told.text.splitlines()
    values = dict(line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
    assert float(values['kg_requests_total{address="sparql",status="200"}']) >= 1
    assert float(values['kg_requests_total{address="page",status="404"}']) >= 1
    assert values['kg_query_seconds_bucket{le="+Inf"}'] == values["kg_query_seconds_count"]
    assert values["kg_graph_up"] == "1"
    typed = {line.split()[2] for line in lines if line.startswith("# TYPE")}
    assert {re.sub("_(bucket|sum|count)$", "", name.partition("{")[0]) for name in values} <= typed


def test_the_access_log_has_a_line_for_each_request(client: TestClient) -> None:
    client.lines.clear()  # type: ignore[attr-defined]
    client.get("/data/Nobody%0A{}?secret=1", headers={"User-Agent": 'x"\\'})
    (line,) = client.lines  # type: ignore[attr-defined]
    assert "\n" not in line
    entry = json.loads(line)
    assert (entry["method"], entry["path"], entry["status"]) == ("GET", "/data/Nobody\n{}", 404)
    assert entry["agent"] == 'x"\\'
    assert "secret" not in line


# -- the modules -------------------------------------------------------------------------------------


def test_a_file_is_deleted_with_its_last_reader() -> None:
    budget, file = Budget(100), spill()
    file.write(b"x" * 90)
    assert budget.take(90)
    answer = Spilled(file, 90, lambda: budget.give(90))
    assert answer.read() == b"x" * 90
    assert budget.take_some(50) == 10
    del answer
    assert file.closed
    assert budget.used == 10


def test_a_body_is_sent_in_pieces_that_count_towards_the_limit() -> None:
    budget = Budget(4 * CHUNK)
    body = bytes(3 * CHUNK)
    sending = Sending(PlainTextResponse(body), budget)
    sent: list[Message] = []
    used: list[int] = []

    async def send(message: Message) -> None:
        sent.append(message)
        used.append(budget.used)

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    scope = {"type": "http", "method": "GET", "headers": []}
    run_beside(sending(scope, receive, send))
    assert [len(each.get("body", b"")) for each in sent] == [0, CHUNK, CHUNK, CHUNK]
    assert [each.get("more_body") for each in sent] == [None, True, True, False]
    assert (used[-1], budget.used) == (3 * CHUNK, 0)
    budget.take(2 * CHUNK)
    sent.clear()
    run_beside(sending(scope, receive, send))
    assert sent[0]["status"] == 503


def test_an_answer_for_several_clients_is_counted_once() -> None:
    budget, body = Budget(10), bytes(8)
    shared = Shared(budget)
    with shared.held(body) as one, shared.held(body) as two:
        assert (one, two, budget.used) == (True, True, 8)
    assert budget.used == 0
