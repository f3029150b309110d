"""The application: the handlers for each path. It runs under any ASGI server; `server` uses uvicorn.

/            the query page                 /sparql            SPARQL 1.1 Protocol
/explorer    the graph page                 /data/NAME, ...    the description of an IRI of the graph
/-/health    health check                   /-/metrics         metrics for Prometheus
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pyoxigraph import Triple
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from kg.rdf import whole_ontology
from kg.rdf.names import PREFIXES as ALL_PREFIXES
from kg.rdf.turtle import turtle
from kg.serve import about, assets, completions, forms, pages, protocol
from kg.serve import dereference as meaning
from kg.serve.asked import AGAIN, MB, Limits, Question, RefusedError, Reply
from kg.serve.dereference import Addresses
from kg.serve.description import COUNTS, PREFIXES, description
from kg.serve.guards import Guard
from kg.serve.live import Live
from kg.serve.metrics import CONTENT_TYPE, Metering, Metrics
from kg.serve.negotiation import HTML, PAGE, TRIPLES, Offer, choose, names
from kg.serve.results import rows
from kg.serve.sending import Sending
from kg.write import rdf_files

Handler = Callable[[Request], Awaitable[Response]]

_LARGEST_ADDRESS = 32_000  # maximum length, in characters, of a query in a URL; longer ones need POST
_SLOWEST = 30  # maximum number of seconds until the whole body of a request has arrived
_BUSY = "too many pending requests; try again later"
_PAGES = 8  # maximum number of pages that are built (in memory) at the same time
_FRESH = {"Cache-Control": "no-store"}
_METHODS = ("GET", "HEAD", "POST", "OPTIONS")


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """What the command line sets: limits, SERVICE, host names, allowed origins, log."""

    limits: Limits = field(default_factory=Limits)
    services: bool = False
    names: tuple[str, ...] = ()  # accepted in the Host header, besides localhost and IP addresses
    origins: tuple[str, ...] = ()  # other origins whose pages may query (CORS); "*" is all of them
    log: Callable[[str], None] | None = None  # receives a line about every request


def application(live: Live, settings: ServerSettings) -> Starlette:
    """The application. It loads the graph (`live`) when it starts, and closes the graph when it stops."""
    metrics = Metrics()
    site = _Site(live, settings, metrics)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with live:
            yield

    cors = Middleware(
        CORSMiddleware,
        allow_origins=settings.origins,
        allow_methods=_METHODS,
        allow_headers=["*"],  # clients send various headers, and no header grants access
    )
    return Starlette(
        routes=[
            Route("/sparql", _asked(site.sparql), methods=_METHODS),
            Route("/", site.query_page),
            Route("/explorer", site.explorer),
            Route("/graph.html", site.drawing),
            Route("/vocabulary.json", _asked(site.vocabulary)),
            Route("/questions.json", site.questions),
            Route("/static/{name}", site.asset),
            Route("/favicon.ico", site.icon),
            Route("/-/health", _asked(site.health)),
            Route("/-/metrics", site.metrics),
            Route("/.well-known/void", site.void),
            Route("/{path:path}", _asked(site.thing)),
        ],
        middleware=[
            Middleware(Metering, metrics=metrics, log=settings.log),
            Middleware(Sending, memory=live.common.memory),
            Middleware(Guard, hosts=settings.names, others_may_ask=bool(settings.origins)),
            *([cors] if settings.origins else ()),
        ],
        exception_handlers={HTTPException: _plainly, Exception: _plainly},
        lifespan=lifespan,
    )


class _Site:
    def __init__(self, live: Live, settings: ServerSettings, metrics: Metrics) -> None:
        self._live, self._settings, self._metrics = live, settings, metrics
        self._making = asyncio.Semaphore(_PAGES)

    # -- for programs ------------------------------------------------------------------------------

    async def sparql(self, request: Request) -> Response:
        """The answer to a query. If the request contains none: for a browser the query page, for other
        clients the description of the endpoint.
        """
        accept = request.headers.get("accept", "")
        if request.method == "OPTIONS":
            return Response(status_code=HTTPStatus.NO_CONTENT, headers={"Allow": ", ".join(_METHODS)})
        if len(request.url.query) > _LARGEST_ADDRESS:
            message = f"the address is longer than {_LARGEST_ADDRESS} characters; send the query by POST"
            raise RefusedError(HTTPStatus.REQUEST_URI_TOO_LONG, message)
        if request.method != "POST":
            asked = protocol.by_get(request.url.query, accept)
            return await (
                self._description(request, accept) if asked is None else self._answer(request, asked)
            )
        coding = request.headers.get("content-encoding", "identity")
        if coding != "identity":
            message = f"a query cannot be sent with Content-Encoding {coding}"
            raise RefusedError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, message)
        kind = request.headers.get("content-type", "")
        with ExitStack() as held:
            body = await self._body(request, held)
            return await self._answer(request, protocol.by_post(request.url.query, kind, body, accept))

    async def _answer(self, request: Request, question: Question) -> Response:
        if len(question.text) > self._settings.limits.query:
            raise _too_large(self._settings.limits.query)
        return _answered(await _unless_gone(request, self._live.graph.ask(question)))

    async def _body(self, request: Request, held: ExitStack) -> bytes:
        """The body of a request; its memory counts as in use until `held` is closed.

        The body may be three times as long as the limit for a query, because a form encodes one byte of the
        query as up to three ("%20").
        """
        most, memory = self._settings.limits.query, self._live.common.memory
        body = bytearray()
        try:
            async with asyncio.timeout(_SLOWEST):
                async for chunk in request.stream():
                    if not memory.take(len(chunk)):
                        raise RefusedError(HTTPStatus.SERVICE_UNAVAILABLE, _BUSY, again=AGAIN)
                    held.callback(memory.give, len(chunk))
                    body += chunk
                    if len(body) > 3 * most + 10_000:
                        raise _too_large(most)
        except TimeoutError:
            message = "the query did not arrive in time"
            raise RefusedError(HTTPStatus.REQUEST_TIMEOUT, message) from None
        return bytes(body)

    async def _description(self, request: Request, accept: str) -> Response:
        offer = choose((*TRIPLES, PAGE), accept)
        if offer is None:
            raise RefusedError(HTTPStatus.NOT_ACCEPTABLE, f"there are {names(TRIPLES)}")
        if offer is PAGE:
            return RedirectResponse("/", HTTPStatus.SEE_OTHER, {"Vary": "Accept"})
        graph = self._live.graph
        endpoint = str(request.url.replace(query="", fragment=""))
        named = {row.text("graph"): int(row.text("triples")) for row in await rows(graph, COUNTS)}
        services = self._settings.services
        triples = description(endpoint, graph.names, graph.pool.triples, named, services=services)
        return _written(triples, offer)

    async def thing(self, request: Request) -> Response:
        """The description of an IRI: a page for people, triples for programs."""
        graph = self._live.graph
        addresses = Addresses(graph.names)
        iri = addresses.iri(request.url.path)
        if not iri:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        accept = request.headers.get("accept", "")
        name = protocol.wanted_format(request.query_params.getlist("format"), (*TRIPLES, PAGE))
        offer = choose((*TRIPLES, PAGE), accept, name)
        if offer is None:
            raise RefusedError(HTTPStatus.NOT_ACCEPTABLE, f"there are {HTML}, {names(TRIPLES)}")
        known = await about.is_known(graph, iri)
        if offer is PAGE and not known:
            return _page(pages.unknown(), HTTPStatus.NOT_FOUND)
        if not known:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        if offer is not PAGE and not meaning.is_ontology(iri):
            question = Question(meaning.query(iri), format=offer.name)
            return _answered(await _unless_gone(request, graph.ask(question)))
        async with self._making:
            if offer is not PAGE:
                terms = await asyncio.to_thread(_ontology, graph.ontology)
                return _written(terms, offer, ALL_PREFIXES)
            if meaning.is_ontology(iri):
                return _page(pages.ontology(await about.terms(graph)))
            return _page(pages.thing(await _unless_gone(request, about.about(graph, iri)), addresses))

    async def void(self, _: Request) -> Response:
        """The description of the dataset at its well-known address
        (https://www.w3.org/TR/void/#well-known).
        """
        return RedirectResponse("/sparql", HTTPStatus.FOUND)

    # -- for people --------------------------------------------------------------------------------

    async def query_page(self, _: Request) -> Response:
        return _page(pages.query())

    async def explorer(self, _: Request) -> Response:
        return _page(pages.explorer())

    async def drawing(self, _: Request) -> Response:
        """The graph page of the build; the Content-Security-Policy for its scripts is inside the page."""
        policy = "frame-ancestors 'self'"
        return Response(self._live.graph.page, media_type=HTML, headers={"Content-Security-Policy": policy})

    async def vocabulary(self, _: Request) -> Response:
        async with self._making:
            known = await completions.vocabulary(self._live.graph)
            return JSONResponse(known, headers={"Cache-Control": "no-cache"})

    async def questions(self, _: Request) -> Response:
        return JSONResponse(forms.questions(), headers={"Cache-Control": "no-cache"})

    async def asset(self, request: Request) -> Response:
        found = assets.asset(request.path_params["name"])
        if found is None:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        tag = f'"{hashlib.sha256(found.content).hexdigest()[:32]}"'
        headers = {"Cache-Control": "no-cache", "ETag": tag}
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
        return Response(found.content, media_type=found.media_type, headers=headers)

    # -- for operators -----------------------------------------------------------------------------

    async def health(self, _: Request) -> Response:
        """Whether queries can be answered: 200, otherwise 503."""
        pool = self._live.graph.pool
        if not pool.alive:
            message = "the process that holds the graph ended; it is restarting"
            raise RefusedError(HTTPStatus.SERVICE_UNAVAILABLE, message, again=AGAIN)
        return JSONResponse({"status": "ok", "triples": pool.triples}, headers=_FRESH)

    async def metrics(self, _: Request) -> Response:
        told = self._metrics.exposition(self._live)
        return Response(told, headers={**_FRESH, "Content-Type": CONTENT_TYPE})

    async def icon(self, _: Request) -> Response:
        return Response(status_code=HTTPStatus.NO_CONTENT)


# ---------------------------------------------------------------------------------------------


def _asked(handler: Handler) -> Handler:
    """The same handler, but if it refuses the request (RefusedError), the response is the message."""

    async def answer(request: Request) -> Response:
        try:
            return await handler(request)
        except RefusedError as refused:
            again = {"Retry-After": str(refused.again)} if refused.again else {}
            return _told(refused.status, refused.message, again)
        except ClientDisconnect:
            return Response(status_code=HTTPStatus.BAD_REQUEST)  # not sent: the client has disconnected

    return answer


async def _plainly(_: Request, error: Exception) -> Response:
    if isinstance(error, HTTPException):
        status = HTTPStatus(error.status_code)
        return _told(status, status.description or status.phrase, dict(error.headers or {}))
    return _told(HTTPStatus.INTERNAL_SERVER_ERROR, "internal server error")


def _told(status: HTTPStatus, message: str, headers: dict[str, str] | None = None) -> Response:
    return PlainTextResponse(message + "\n", status, headers)


def _written(triples: Sequence[Triple], offer: Offer, prefixes: Mapping[str, str] = PREFIXES) -> Response:
    if offer.name == "turtle":
        return _answered(Reply(offer.content_type, turtle(triples, prefixes)))
    written = BytesIO()
    rdf_files.write(triples, offer.name, written, prefixes)
    return _answered(Reply(offer.content_type, written.getvalue()))


def _ontology(own: Sequence[bytes]) -> list[Triple]:
    """The whole ontology, with the user's own files as they were when the graph was loaded."""
    with TemporaryDirectory() as folder:
        files = [Path(folder, f"{number:03}.ttl") for number in range(len(own))]
        for file, content in zip(files, own, strict=True):
            file.write_bytes(content)
        return whole_ontology.triples(files)


def _answered(answer: Reply) -> Response:
    headers = {"Vary": "Accept", "Cache-Control": "no-cache", "Content-Type": answer.media_type}
    if isinstance(answer.body, bytes):
        return Response(answer.body, headers=headers)
    length = {"Content-Length": str(len(answer.body))}
    return StreamingResponse(answer.body.chunks(), headers={**headers, **length})


def _page(text: str, status: HTTPStatus = HTTPStatus.OK) -> Response:
    headers = {"Content-Security-Policy": pages.POLICY, "Vary": "Accept", "Cache-Control": "no-cache"}
    return Response(text, status, headers, HTML)


def _too_large(most: int) -> RefusedError:
    return RefusedError(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"the query is longer than {most / MB:g} million characters"
    )


async def _unless_gone(request: Request, work: Awaitable[Any]) -> Any:
    """The result of `work`, which is cancelled when the client disconnects."""
    working, gone = asyncio.ensure_future(work), asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait({working, gone}, return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            return working.result()
        raise ClientDisconnect
    finally:
        working.cancel()
        gone.cancel()


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
