"""`kg push` to a broken or hostile store: a clear message within the time limit."""

from __future__ import annotations

import gzip
import itertools
import socket
import ssl
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import NamedNode, Triple

from kg.store import push, remote
from kg.store.discovery import Endpoints, discover
from kg.store.http import Connection, StoreError
from kg.store.remote import Remote
from tests.store.raw import DAY, OK, YES, certificate, server_side, store, tls, whole

LIMIT = 1.0  # seconds


def endless(piece: bytes) -> Iterator[bytes]:
    yield from (OK, b"\r\n")
    yield from itertools.repeat(piece)


def slowly(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The bytes, one by one, with pauses that are shorter than the time limit for one read."""
    for byte in b"".join(pieces):
        yield bytes([byte])
        time.sleep(LIMIT / 10)


BROKEN: dict[str, Callable[[], Iterable[bytes]]] = {
    "deep": lambda: whole(b"[" * 200_000),
    "deep objects": lambda: whole(b'{"results":' * 50_000),
    "false": lambda: whole(b'{"results": {"bindings": [{"n": [1]}]}}'),
    "of other types": lambda: whole(b'{"results": {"bindings": {"n": null}}}'),
    "a number without end": lambda: whole(YES.replace(b'"1"', b"1" * 6_000)),
    "no text": lambda: whole(b"\xff\xfe\x00" * 100),
    "packed wrongly": lambda: whole(b"no gzip", b"Content-Encoding: gzip\r\n"),
    "a bomb": lambda: whole(gzip.compress(bytes(1 << 25)), b"Content-Encoding: gzip\r\n"),
    "of unknown coding": lambda: whole(YES[::-1], b"Content-Encoding: \xe2\x98\x83\r\n"),
    "a length that is none": lambda: [OK, b"Content-Length: -5\r\n\r\n", YES],
    "longer than it is": lambda: [OK, b"Content-Length: 999\r\n\r\n", YES],
    "without end": lambda: endless(b"x" * 65_536),
    "headers without end": lambda: [OK, *(b"X-%d: y\r\n" % n for n in range(50_000))],
    "no HTTP": lambda: [b"\x15\x03\x01\x00\x02\x02"],
    "nothing": lambda: [],
    "odd status": lambda: [b"HTTP/1.1 999 \x1b[31m\r\n\r\n"],
    "odd redirect": lambda: [b"HTTP/1.1 302 Found\r\nLocation: http://[::1\r\nContent-Length: 0\r\n\r\n"],
    "a redirect to a file": lambda: [b"HTTP/1.1 307 X\r\nLocation: file:///etc/hostname\r\n\r\n"],
    "a redirect to another host": lambda: [b"HTTP/1.1 307 X\r\nLocation: http://192.0.2.1/\r\n\r\n"],
    "redirects in a circle": lambda: [b"HTTP/1.1 308 X\r\nLocation: /query\r\nContent-Length: 0\r\n\r\n"],
    "to be continued": lambda: [b"HTTP/1.1 100 Continue\r\n\r\n"] * 100_000,
    "a chunk without end": lambda: [OK, b"Transfer-Encoding: chunked\r\n\r\n", b"F" * (1 << 20)],
    "odd challenge": lambda: [
        b'HTTP/1.1 401 No\r\nWWW-Authenticate: Digest x,"=\r\nContent-Length: 0\r\n\r\n'
    ],
    "a byte now and then": lambda: slowly(whole(YES * 100)),
    "silence": lambda: [time.sleep(5 * LIMIT) or b""],  # type: ignore[func-returns-value]
}


@pytest.mark.parametrize("what", BROKEN)
def test_an_invalid_answer_is_reported_in_time(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_STORE_USER", "ana")
    monkeypatch.setenv("KG_STORE_PASSWORD", "secret")
    begun = time.monotonic()
    with (
        store(BROKEN[what]) as url,
        pytest.raises(StoreError) as failed,
        Connection(url, timeout=LIMIT, back_off=(0,)) as connection,
    ):
        Remote(connection, discover(connection, Endpoints(f"{url}/query"))).size("")
    assert time.monotonic() - begun < LIMIT + 3
    assert len(str(failed.value)) < 1000


def message(url: str) -> str:
    with pytest.raises(StoreError) as failed, Connection(url, timeout=5, back_off=()) as connection:
        connection.ask("GET", url)
    return str(failed.value)


def test_a_trusted_certificate_is_accepted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with tls(certificate(tmp_path), monkeypatch) as url, Connection(url) as connection:
        assert connection.ask("GET", url).good
        assert "its address begins with https://" in message(url.replace("https:", "http:"))


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"begins": -2 * DAY, "ends": -DAY}, "no longer valid (certificate has expired)"),
        ({"begins": DAY, "ends": 2 * DAY}, "not valid yet (certificate is not yet valid)"),
        ({"bits": 1024}, "not safe (EE certificate key too weak)"),
    ],
)
def test_a_bad_certificate_is_reported(
    changed: dict[str, Any], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with tls(certificate(tmp_path, **changed), monkeypatch) as url:
        assert message(url).startswith(f"{url}: has a certificate that is {told}. ")


def test_a_certificate_signed_by_itself_or_for_another_host_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = certificate(tmp_path)
    with tls(own, monkeypatch, trusted=False) as url:
        assert message(url).startswith(f"{url}: has a certificate that is not trusted (self-signed cert")
    with tls(own, monkeypatch) as url:
        other = url.replace("localhost", "127.0.0.1")
        assert message(other).startswith(f"{other}: has a certificate for another host (IP address mismatch")


def test_a_store_that_asks_for_a_certificate_of_the_client(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def mutual(client: socket.socket) -> socket.socket:
        context = server_side(own)
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(own)
        return context.wrap_socket(client, server_side=True)

    own = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(own))
    with store(lambda: whole(YES), mutual) as url:
        assert "asks for a certificate of the client" in message(
            url.replace("http://127.0.0.1", "https://localhost")
        )


def without_tls(client: socket.socket) -> socket.socket:
    client.recv(65_536)
    client.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
    raise ConnectionAbortedError


def test_a_store_without_tls_is_reported() -> None:
    with store(lambda: whole(YES), without_tls) as url:
        assert "its address begins with http://" in message(url.replace("http:", "https:"))


@pytest.mark.parametrize("content", [None, "nonsense"])
def test_certificates_that_cannot_be_read(
    content: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "own.pem"
    if content:
        path.write_text(content)
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    assert "SSL_CERT_FILE" in message("https://localhost:1")


@pytest.mark.parametrize("count", [b"-1", b"1e9", b"1.5", b"", b"9" * 5_000, "\N{SNOWMAN}".encode()])
def test_an_impossible_count_is_reported(count: bytes) -> None:
    with (
        store(lambda: whole(YES.replace(b"1", count))) as url,
        Connection(url, timeout=LIMIT, back_off=()) as connection,
        pytest.raises(StoreError, match="a query for a number"),
    ):
        Remote(connection, Endpoints(url)).size("")


def test_an_endless_list_of_graphs_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "_PAGE", 2)
    page = b'{"results": {"bindings": [{"g": {"value": "a:1"}}, {"g": {"value": "a:2"}}]}}'
    with (
        store(lambda: whole(page)) as url,
        Connection(url, timeout=LIMIT, back_off=()) as connection,
        pytest.raises(StoreError, match="a query for its graphs"),
    ):
        Remote(connection, Endpoints(url)).graphs("a:")


def test_a_count_above_the_sent_triples_is_detected() -> None:
    node = NamedNode("a:1")
    share = push.Share("facts", "", (Triple(node, node, node),))
    with store(lambda: whole(YES.replace(b"1", b"7"))) as url, Connection(url, timeout=LIMIT) as connection:
        (arrival,) = push.push(Remote(connection, Endpoints(url, "", url)), [share], "a:")
    assert (arrival.sent, arrival.arrived) == (1, 7)
