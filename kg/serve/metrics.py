"""Metrics and the access log.

`/-/metrics` returns the metrics in the Prometheus text format
(https://prometheus.io/docs/instrumenting/exposition_formats/). The access log has a line of JSON for each
request.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.serve.live import Live

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_BUCKETS = (0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60)  # upper bounds of the histogram's buckets, in seconds
_LONGEST = 2000  # in the log, a path or user agent is cut to this many characters
_CALLED_OFF = 499  # as in nginx: the status of a request whose client disconnected before the response


class Metrics:
    """Counts of all requests since the start."""

    def __init__(self) -> None:
        self.requests: Counter[tuple[str, int]] = Counter()  # (kind of address, status) -> number of requests
        self.bytes = 0  # length of all response bodies
        self.within: Counter[float] = Counter()  # upper bound of a bucket -> number of requests
        self.seconds = 0.0  # total duration of all requests to the endpoint
        self.open = 0  # number of requests that are being answered

    def note(self, path: str, status: int, sent: int, seconds: float) -> None:
        kind = _kind(path)
        self.requests[kind, status] += 1
        self.bytes += sent
        if kind == "sparql":
            self.seconds += seconds
            self.within[next((most for most in _BUCKETS if seconds <= most), float("inf"))] += 1

    def exposition(self, live: Live) -> str:
        """All metrics in the Prometheus format."""
        return "".join(f"{line}\n" for line in self._lines(live))

    def _lines(self, live: Live) -> Iterator[str]:
        pool, common = live.graph.pool, live.common
        counted = {
            f'{{address="{kind}",status="{status}"}}': n for (kind, status), n in self.requests.items()
        }
        yield from _metric("kg_requests_total", "counter", "Requests answered.", counted)
        yield from _metric("kg_sent_bytes_total", "counter", "Bytes of bodies sent.", {"": self.bytes})
        yield from self._histogram()
        yield from _metric("kg_requests_open", "gauge", "Requests in progress.", {"": self.open})
        yield from _metric("kg_queries_running", "gauge", "Queries in a worker.", {"": pool.running})
        died = {f'{{by="{name}"}}': number for name, number in live.died.items()}
        yield from _metric(
            "kg_workers_died_total", "counter", "Workers that crashed or were killed from outside.", died
        )
        yield from _metric("kg_graphs_loaded_total", "counter", "Graphs loaded.", {"": live.loaded})
        yield from _metric("kg_graph_up", "gauge", "Whether the graph is in memory.", {"": int(pool.alive)})
        yield from _metric("kg_graph_triples", "gauge", "Triples of the graph.", {"": pool.triples})
        places = {"memory": common.memory, "disk": common.disk}
        for what, number in (("used", "used"), ("limit", "most")):
            held = {f'{{place="{place}"}}': getattr(budget, number) for place, budget in places.items()}
            help_ = (
                "Pending bytes of responses and requests." if what == "used" else "Limit of pending bytes."
            )
            yield from _metric(f"kg_held_{what}_bytes", "gauge", help_, held)

    def _histogram(self) -> Iterator[str]:
        name, total = "kg_query_seconds", 0
        yield f"# HELP {name} Time of requests to the endpoint."
        yield f"# TYPE {name} histogram"
        for most in (*_BUCKETS, float("inf")):
            total += self.within[most]
            label = "+Inf" if most == float("inf") else f"{most:g}"
            yield f'{name}_bucket{{le="{label}"}} {total}'
        yield f"{name}_sum {self.seconds:.6f}"
        yield f"{name}_count {total}"


class Metering:
    """Counts every request, and passes a log line to `log`."""

    def __init__(self, app: ASGIApp, metrics: Metrics, log: Callable[[str], None] | None) -> None:
        self._app, self._metrics, self._log = app, metrics, log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status, sent, whole = 0, 0, False

        async def counted(message: Message) -> None:
            nonlocal status, sent, whole
            await send(message)
            if message["type"] == "http.response.start":
                status = message["status"]
            elif message["type"] == "http.response.body":
                sent += len(message.get("body", b""))
                whole = not message.get("more_body", False)

        begun = time.monotonic()
        self._metrics.open += 1
        try:
            await self._app(scope, receive, counted)
        except Exception:
            status, whole = HTTPStatus.INTERNAL_SERVER_ERROR, True
            raise
        finally:
            self._metrics.open -= 1
            seconds = time.monotonic() - begun
            self._metrics.note(scope["path"], status if whole else _CALLED_OFF, sent, seconds)
            if self._log:
                self._log(_entry(scope, status if whole else _CALLED_OFF, sent, seconds))


def _entry(scope: Scope, status: int, sent: int, seconds: float) -> str:
    """A line of ASCII JSON, so that a client cannot inject log lines.

    The query itself is omitted: it may be private.
    """
    agent = next((value for name, value in scope["headers"] if name == b"user-agent"), b"")
    entry: Mapping[str, Any] = {
        "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "client": scope["client"][0] if scope.get("client") else "",
        "method": scope["method"],
        "path": scope["path"][:_LONGEST],
        "status": status,
        "bytes": sent,
        "seconds": round(seconds, 4),
        "agent": agent.decode("latin-1")[:_LONGEST],
    }
    return json.dumps(entry)


def _kind(path: str) -> str:
    """The kind of an address: one of a fixed few, so that clients cannot make the metrics grow."""
    first = path.split("/")[1] if path.startswith("/") else ""
    return first if first in {"sparql", "static", "data", "-"} else "page"


def _metric(name: str, kind: str, help_: str, values: Mapping[str, float]) -> Iterator[str]:
    yield f"# HELP {name} {help_}"
    yield f"# TYPE {name} {kind}"
    for labels, value in values.items():
        yield f"{name}{labels} {value}"
