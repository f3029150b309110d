"""Runs the application: binds the address, says where it is, and stops gracefully."""

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
from kg.serve.app import Settings, application
from kg.serve.live import Live, Source

_WAITING = 1024  # connections
_GRACE = 10  # seconds that a query under way has when the server is stopped
_STILL = 20  # seconds that a connection may neither send a whole request nor take what is left of an answer


class AddressError(Error):
    """The server cannot listen there."""


def serve(
    source: Source,
    settings: Settings,
    host: str,
    port: int,
    tell: Callable[[str], None],
    ready: Callable[[str], None],
) -> None:
    """Serve until SIGINT or SIGTERM. `ready` gets the address once queries are answered.

    Raises AddressError, OutputError where there is no graph, LoadError where it cannot be loaded.
    """
    _open_many_files()
    listening = _bind(host, port)
    with listening:
        asyncio.run(_run(Live(source, tell), settings, listening, lambda: ready(_address(host, listening))))


async def _run(live: Live, settings: Settings, listening: socket.socket, ready: Callable[[], None]) -> None:
    config = uvicorn.Config(
        application(live, settings),
        http=H11Protocol,
        ws="none",
        lifespan="off",  # the graph is there before, so that what is wrong with it can be told
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
    """End connections on which nothing moves: uvicorn would keep them, until there is room for no others."""
    before: dict[object, tuple[object, int]] = {}
    while True:
        await asyncio.sleep(_STILL)
        now: dict[object, tuple[object, int]] = {}
        for each in list(server.server_state.connections):
            assert isinstance(each, H11Protocol)
            request, left = each.cycle, each.transport.get_write_buffer_size()
            if left or request is None or request.response_complete:  # else it waits for us
                now[each] = (request, left)
                if before.get(each) == now[each]:
                    each.transport.abort()
        before = now


class _Server(uvicorn.Server):
    """Ends by itself on a signal: uvicorn would raise it again, and end as if it had been killed."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        loop = asyncio.get_running_loop()
        for each in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(each, self.handle_exit, each, None)
        yield


def _open_many_files() -> None:
    """Each connection and each long answer is one; the usual limit has room for the connections only."""
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
            f"{host} port {port}: {error.strerror or error}; choose with --host, --port"
        ) from error
    return listening


def _address(host: str, listening: socket.socket) -> str:
    """What to type into a browser on this machine."""
    port = listening.getsockname()[1]
    try:
        address = ip_address(host)
    except ValueError:
        return f"http://{host}:{port}/"
    if address.is_unspecified:
        return f"http://localhost:{port}/"
    return f"http://[{host}]:{port}/" if address.version == 6 else f"http://{host}:{port}/"
