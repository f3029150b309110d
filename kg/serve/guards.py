"""What every request passes on its way in, and every response on its way out.

A page of another site can make a browser ask a server on the same machine, and with a name of its own
that points there ("DNS rebinding") also read the answers. So the name in the header Host has to be one
of ours, or a bare address, which cannot be rebound. What a page of another site asks for behind its
reader's back is not even computed, unless sites were named that may ask (CORS).
"""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Nothing that we answer is a document with rights of its own, unless a page says otherwise.
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


class Guard:
    """Lets requests through that name one of `hosts`, and adds the headers that keep browsers safe."""

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
        if not self._is_ours(host):
            message = f"this server does not go by the name {host!r}; kg serve --name gives it more names\n"
            await PlainTextResponse(message, HTTPStatus.MISDIRECTED_REQUEST)(scope, receive, guarded)
        elif _is_of_another_site(headers) and not self._others_may_ask:
            message = "pages of other sites may not ask; kg serve --cors lets them\n"
            await PlainTextResponse(message, HTTPStatus.FORBIDDEN)(scope, receive, guarded)
        else:
            await self._app(scope, receive, guarded)

    def _is_ours(self, host: str) -> bool:
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            return False
        return name in self._hosts or "*" in self._hosts or _is_address(name)


def _is_of_another_site(headers: Headers) -> bool:
    """Whether a browser says that a page of another site asks; a link that somebody follows is no matter."""
    site, mode = headers.get("sec-fetch-site"), headers.get("sec-fetch-mode")
    return site == "cross-site" and mode != "navigate"


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
