"""Sends responses with back pressure: in chunks, at the client's pace, within the memory limit."""

from __future__ import annotations

from contextlib import ExitStack
from http import HTTPStatus

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.serve.asked import AGAIN
from kg.serve.room import CHUNK, Budget, Shared


class Sending:
    """Holds a body in memory while it is sent, within `memory`; responds with 503 if there is no room."""

    def __init__(self, app: ASGIApp, memory: Budget) -> None:
        self._app, self._shared = app, Shared(memory)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        start: Message | None = None  # the response's start; sent only when there is room for the body

        async def paced(message: Message) -> None:
            nonlocal start
            if message["type"] != "http.response.body":
                start = message
                return
            body, more = message.get("body", b""), message.get("more_body", False)
            with ExitStack() as held:
                if len(body) > CHUNK and not held.enter_context(self._shared.held(body)):
                    await _refuse(scope, receive, send, start)
                    return
                if start is not None:
                    await send(start)
                    start = None
                for at in range(0, len(body), CHUNK):
                    left = at + CHUNK < len(body)
                    piece = {
                        "type": "http.response.body",
                        "body": body[at : at + CHUNK],
                        "more_body": left or more,
                    }
                    await send(piece)  # waits until the client has read the previous pieces
                if not body:
                    await send(message)

        await self._app(scope, receive, paced)


async def _refuse(scope: Scope, receive: Receive, send: Send, start: Message | None) -> None:
    message = "too much pending data; try again later\n"
    refusal = PlainTextResponse(message, HTTPStatus.SERVICE_UNAVAILABLE, {"Retry-After": str(AGAIN)})
    for name, value in MutableHeaders(scope=start or {"headers": []}).items():
        if name not in {"content-length", "content-type", "etag", "cache-control"}:
            refusal.headers.setdefault(name, value)
    await refusal(scope, receive, send)
