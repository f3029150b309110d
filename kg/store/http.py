"""Requests to another store: patient with what passes, plain about what does not.

What a store says is read up to a limit of size and time, and shown without control characters and without our
secrets: a store may be broken, or hostile.
Redirects are not followed blindly: a POST that is redirected arrives as a GET, and a password would
go to a stranger.
"""

from __future__ import annotations

import re
import threading
import time
import zlib
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import partial
from typing import TypeVar

import httpx

from kg.errors import Error
from kg.store import credentials
from kg.store.credentials import Asked, plain

BACK_OFF = (1.0, 2.0, 4.0, 8.0, 16.0)  # seconds before each further attempt
_LONGEST_WAIT = 60.0  # seconds that a store may ask us to wait
_LARGEST = 1_000_000  # bytes of an answer; ours are counts
_HERE = frozenset({"localhost", "127.0.0.1", "::1"})
_BUSY = frozenset({408, 425, 429, 502, 503, 504})
_PASSING = _BUSY | {500}
_SLOW = (httpx.ReadTimeout, httpx.WriteTimeout)  # the store had all its time
_CUT_SHORT = (httpx.ReadError, httpx.WriteError, httpx.RemoteProtocolError)  # once there was a connection


RESULT = TypeVar("RESULT")


class StoreError(Error):
    """The store cannot be used as asked; the message says why and what to do."""


class TooLargeError(StoreError):
    """The store takes a request of this size not at all."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a store answered; `text` is its first million bytes."""

    url: str  # as it can be shown
    status: int
    kind: str  # media type, without parameters
    text: str
    location: str = ""  # where a redirect leads, as an absolute URL

    @property
    def good(self) -> bool:
        return 200 <= self.status < 300

    @property
    def said(self) -> str:
        """The status, and what the store says about it, on one line."""
        tags = r"<style.*?</style>|<[^>]*>" if "html" in self.kind else r"$^"  # elsewhere they are IRIs
        words = re.sub(tags, " ", self.text, flags=re.DOTALL)
        words = " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", words).split())[:200]
        reason = httpx.codes.get_reason_phrase(self.status)
        return " ".join(f"{self.status} {reason}".split()) + (f": {words}" if words else "")


class Connection:
    """To the store at one URL; close it, or use it in a `with`."""

    def __init__(
        self,
        url: str,
        *,
        timeout: float = 300.0,
        back_off: Sequence[float] = BACK_OFF,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        try:
            parsed = httpx.URL(url)
        except httpx.InvalidURL as error:
            raise StoreError(f"this is no URL ({error}). Give one like http://localhost:7878") from error
        if parsed.scheme not in {"http", "https"} or not parsed.host:
            raise StoreError("this is no URL of a store. Give one like http://localhost:7878")
        try:
            self.who = credentials.find(url)
        except credentials.CredentialsError as error:
            raise StoreError(str(error)) from error
        self.url = str(parsed.copy_with(username=None, password=None)).rstrip("/")
        self.host = parsed.host
        self.unsafe = bool(self.who) and parsed.scheme == "http" and parsed.host not in _HERE
        self._back_off, self._sleep, self._timeout = back_off, sleep, timeout
        try:
            self._client = httpx.Client(
                auth=Asked(self.who, parsed.host),
                timeout=httpx.Timeout(timeout, connect=min(timeout, 10.0)),
                headers={"User-Agent": "kg", "Accept-Encoding": "identity"},
            )
        except (ImportError, ValueError) as error:
            raise StoreError(
                "the proxy that HTTP_PROXY, HTTPS_PROXY or ALL_PROXY names is none for HTTP"
            ) from error

    def __enter__(self) -> Connection:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def ask(
        self,
        method: str,
        url: str,
        *,
        parameters: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
        form: Mapping[str, str] | None = None,
        patient: bool = True,
    ) -> Answer:
        """The store's answer, whatever its status.

        What may pass (no answer, 429, 5xx) is tried again, later each time; where not `patient`, only
        what shows that somebody is there. Raises StoreError where there is no answer, or none in time,
        TooLargeError where the store says that it is too much.
        """
        asked = httpx.URL(url).copy_merge_params(parameters or {})
        passing = _PASSING if patient else _BUSY
        for wait in (*self._back_off, None):
            request = self._client.build_request(method, asked, headers=headers, content=body, data=form)
            try:
                answer, again = _within(self._timeout, partial(self._once, request))
            except httpx.TransportError as error:
                lasting = isinstance(error, (httpx.UnsupportedProtocol, *_SLOW))
                lasting |= not (patient or isinstance(error, _CUT_SHORT))
                if wait is None or lasting:
                    raise StoreError(f"{plain(url)}: gives no answer ({self._why(error)})") from error
                again = 0.0
            else:
                if answer.status == httpx.codes.REQUEST_ENTITY_TOO_LARGE:
                    raise TooLargeError(f"{plain(url)}: {answer.said}")
                if answer.status not in passing or wait is None:
                    return answer
            self._sleep(min(max(wait, again), _LONGEST_WAIT, self._timeout))
        raise AssertionError  # the last wait is None

    def _once(self, request: httpx.Request) -> tuple[Answer, float]:
        """The answer, and after how many seconds the store would like to be asked again."""
        response = self._client.send(request, stream=True)
        try:
            read = b""
            for piece in response.iter_raw():
                read += piece
                if len(read) >= _LARGEST:
                    break
        finally:
            response.close()
        content = _unpacked(read, response.headers.get("content-encoding", ""))
        return Answer(
            plain(str(request.url)),
            response.status_code,
            response.headers.get("content-type", "").partition(";")[0].strip().lower(),
            self.who.masked(content[:_LARGEST].decode("utf-8", "replace")),
            _target(request.url, response),
        ), _seconds(response.headers.get("retry-after", ""))

    def _why(self, error: httpx.TransportError) -> str:
        if isinstance(error, httpx.TimeoutException):
            return f"it took longer than {self._timeout:g} seconds; --timeout gives it more"
        if "CERTIFICATE_VERIFY_FAILED" in str(error):
            return f"{error}. If the certificate is your own, name its file in SSL_CERT_FILE"
        return self.who.masked(str(error)) or type(error).__name__


def _seconds(after: str) -> float:
    """How long a Retry-After header (RFC 9110: seconds, or a date) asks to wait."""
    if after.isdecimal():
        return float(after)
    try:
        return max(0.0, (parsedate_to_datetime(after) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError, OverflowError, IndexError):  # no date, or one without a time zone
        return 0.0


def _target(url: httpx.URL, response: httpx.Response) -> str:
    """Where a redirect leads; "" where it leads nowhere."""
    with suppress(httpx.InvalidURL, ValueError):
        if response.is_redirect:
            return str(url.join(response.headers["location"]))
    return ""


def _unpacked(content: bytes, coding: str) -> bytes:
    """What was packed though we asked for it as it is, up to the limit."""
    if coding.strip().lower() not in {"gzip", "x-gzip", "deflate"}:
        return content
    with suppress(zlib.error):
        return zlib.decompressobj(zlib.MAX_WBITS | 32).decompress(content, _LARGEST)
    return b""


def _within(seconds: float, work: Callable[[], RESULT]) -> RESULT:
    """What `work` returns or raises; httpx.ReadTimeout once the time is over, though bytes still come.

    The work is left to itself then, in a thread that ends with the program.
    """
    done: Future[RESULT] = Future()

    def run() -> None:
        try:
            done.set_result(work())
        except BaseException as error:
            done.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    try:
        return done.result(seconds)
    except TimeoutError as error:
        raise httpx.ReadTimeout("") from error
