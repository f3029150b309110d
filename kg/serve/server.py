"""Runs the application: binds the address, reports it, and shuts down gracefully."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
from collections.abc import Callable, Iterator
from ipaddress import ip_address

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from kg.errors import Error
from kg.serve.app import ServerSettings, application
from kg.serve.live import GraphFolder, Live

_WAITING = 1024  # maximum number of accepted connections, and of connections that wait to be accepted
_GRACE = 10  # number of seconds that running queries get to finish when the server is stopped
_STILL = 20  # seconds in which a connection must make progress, sending a request or receiving a response


class AddressError(Error):
    """The server cannot listen on the address."""


def serve(
    source: GraphFolder,
    settings: ServerSettings,
    host: str,
    port: int,
    tell: Callable[[str], None],
    ready: Callable[[str], None],
) -> None:
    """Serve until SIGINT or SIGTERM. `ready` is called with the server's address when it can answer queries.

    Raises AddressError, OutputError if there is no graph, LoadError if it cannot be loaded.
    """
    _open_many_files()
    listening = _bind(host, port)
    with listening:
        asyncio.run(_run(Live(source, tell), settings, listening, lambda: ready(_address(host, listening))))


async def _run(
    live: Live, settings: ServerSettings, listening: socket.socket, ready: Callable[[], None]
) -> None:
    config = uvicorn.Config(
        application(live, settings),
        http=H11Protocol,
        ws="none",
        lifespan="off",  # the graph is loaded first, so that its errors can be reported
        log_level="error",
        access_log=False,
        server_header=False,
        limit_concurrency=_WAITING,
        timeout_graceful_shutdown=_GRACE,
    )
    server = _Server(config)
    async with live:
        ready()
        watching = asyncio.create_task(_hang_up(server))
        await server.serve(sockets=[listening])
        watching.cancel()


async def _hang_up(server: uvicorn.Server) -> None:
    """Close connections without progress. uvicorn would keep them until no new connection is possible."""
    before: dict[object, tuple[object, int]] = {}
    while True:
        await asyncio.sleep(_STILL)
        now: dict[object, tuple[object, int]] = {}
        for each in list(server.server_state.connections):
            assert isinstance(each, H11Protocol)
            request, left = each.cycle, each.transport.get_write_buffer_size()
            # All other connections are kept: there the server is still computing the response.
            if left or request is None or request.response_complete:
                now[each] = (request, left)
                if before.get(each) == now[each]:
                    each.transport.abort()
        before = now


class _Server(uvicorn.Server):
    """Exits normally on a signal: uvicorn would raise the signal again, and exit as if killed by it."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        loop = asyncio.get_running_loop()
        for each in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(each, self.handle_exit, each, None)
        yield


def _open_many_files() -> None:
    """Raise the limit on open files: the default is enough for connections, but not for their answers in
    files.
    """
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 4 * _WAITING if hard == resource.RLIM_INFINITY else min(hard, 4 * _WAITING)
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))


def _bind(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listening = socket.socket(family, kind, protocol)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind(address)
            listening.listen(_WAITING)  # from now on clients wait instead of being refused
        except OSError:
            listening.close()
            raise
    except OSError as error:
        raise AddressError(
            f"{host} port {port}: {error.strerror or error}; choose another with --host, --port"
        ) from error
    return listening


def _address(host: str, listening: socket.socket) -> str:
    """The address for a browser on this machine."""
    port = listening.getsockname()[1]
    try:
        address = ip_address(host)
    except ValueError:
        return f"http://{host}:{port}/"
    if address.is_unspecified:
        return f"http://localhost:{port}/"
    return f"http://[{host}]:{port}/" if address.version == 6 else f"http://{host}:{port}/"
