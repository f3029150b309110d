"""Checks of every request, and security headers of every response.

A page of another origin can make a browser send requests to a server on the same machine. It can also read
the responses if a host name of its own resolves to the server (DNS rebinding). Therefore the Host header has
to be one of the server's names, or an IP address, which cannot be rebound. A cross-origin request is refused
before it is processed, unless its origin is allowed (CORS). A request that gives its length in two ways ends
its connection (RFC 9112, section 6.1), because a web server in front of this one might use the other length
(request smuggling).
"""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# By default a browser executes and loads nothing of a response; pages override the policy with their own.
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


class Guard:
    """Admits requests to one of `hosts`, and adds security headers for browsers."""

    def __init__(self, app: ASGIApp, hosts: Iterable[str], others_may_ask: bool = False) -> None:
        self._app, self._others_may_ask = app, others_may_ask
        self._hosts = frozenset(host.lower() for host in hosts) | {"localhost"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if "content-length" in headers and "transfer-encoding" in headers:
            message = "a request has a Content-Length or a Transfer-Encoding, not both\n"
            refusal = PlainTextResponse(message, HTTPStatus.BAD_REQUEST, {"Connection": "close"})
            await refusal(scope, receive, guarded)
        elif not self._is_ours(host):
            message = f"this server does not have the name {host!r}; kg serve --name adds names\n"
            await PlainTextResponse(message, HTTPStatus.MISDIRECTED_REQUEST)(scope, receive, guarded)
        elif self._is_of_another_site(headers) and not self._others_may_ask:
            message = "pages of other origins may not query; kg serve --cors allows them\n"
            await PlainTextResponse(message, HTTPStatus.FORBIDDEN)(scope, receive, guarded)
        else:
            await self._app(scope, receive, guarded)

    def _is_ours(self, host: str) -> bool:
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            return False
        return name in self._hosts or "*" in self._hosts or _is_address(name)

    def _is_of_another_site(self, headers: Headers) -> bool:
        """Whether a page of another origin sent the request, according to the browser's headers.

        Following a link does not count. Older browsers send only the header Origin.
        """
        site, mode = headers.get("sec-fetch-site"), headers.get("sec-fetch-mode")
        if site is None and (origin := headers.get("origin")) is not None:
            return not self._is_ours(origin.partition("://")[2])
        return site == "cross-site" and mode != "navigate"


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
