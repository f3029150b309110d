"""A server over raw sockets, with or without TLS, that sends any bytes as its reply."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa

OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/sparql-results+json\r\n"
YES = b'{"results": {"bindings": [{"n": {"value": "1"}}]}}'
DAY = timedelta(days=1)


def whole(body: bytes, *headers: bytes) -> list[bytes]:
    return [OK, *headers, b"Content-Length: %d\r\n\r\n" % len(body), body]


def take(client: socket.socket) -> None:
    """Read the request to its end: closing before that would reset the connection."""
    with client.makefile("rb") as request:
        length = 0
        while (line := request.readline()).strip():
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        request.read(length)


@contextmanager
def store(
    reply: Callable[[], Iterable[bytes]],
    wrap: Callable[[socket.socket], socket.socket] = lambda client: client,
) -> Iterator[str]:
    """A server with the same reply to every request."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve(client: socket.socket) -> None:
            with suppress(OSError), client, wrap(client) as spoken:
                take(spoken)
                for piece in reply():
                    spoken.sendall(piece)

        def accept() -> None:
            with suppress(OSError):
                while True:
                    threading.Thread(target=serve, args=(listening.accept()[0],), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        listening.shutdown(socket.SHUT_RDWR)


def speaking_tls(client: socket.socket, certificate: Path) -> socket.socket:
    return server_side(certificate).wrap_socket(client, server_side=True)


def server_side(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_ciphers("ALL:@SECLEVEL=0")  # so that the client, not the server, refuses a weak key
    context.load_cert_chain(certificate)
    return context


def certificate(folder: Path, begins: timedelta = -DAY, ends: timedelta = DAY, bits: int = 2048) -> Path:
    """The file of a self-signed certificate of the host "localhost", together with its key."""
    key, now = rsa.generate_private_key(65_537, bits), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now + begins)
        .not_valid_after(now + ends)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    form = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (folder / "both.pem").write_bytes(
        made.public_bytes(serialization.Encoding.PEM) + key.private_bytes(serialization.Encoding.PEM, *form)
    )
    return folder / "both.pem"


@contextmanager
def tls(certificate: Path, monkeypatch: pytest.MonkeyPatch, *, trusted: bool = True) -> Iterator[str]:
    """The address of a store over TLS."""
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with store(lambda: whole(YES), partial(speaking_tls, certificate=certificate)) as url:
        yield url.replace("http://127.0.0.1", "https://localhost")
