"""Sends requests to another store, retries after temporary failures, and reports permanent ones.

A store may be broken or hostile. Therefore responses are read up to a limit of size and time, and shown
without control characters and without the user's credentials. Redirects are not followed automatically,
because a redirected POST would arrive as a GET, and a password could go to another host.
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
from kg.store.credentials import CredentialsOnRequest, plain

BACK_OFF = (1.0, 2.0, 4.0, 8.0, 16.0)  # seconds to wait before each retry
_LONGEST_WAIT = 60.0  # maximum number of seconds to wait if the store asks for it (Retry-After)
_LARGEST = 1_000_000  # maximum number of bytes of a response that are read; kg asks for short answers only
_HERE = frozenset({"localhost", "127.0.0.1", "::1"})
_BUSY = frozenset({408, 425, 429, 502, 503, 504})  # statuses of a store that cannot answer now
_PASSING = _BUSY | {500}  # statuses after which a request is tried again
_SLOW = (httpx.ReadTimeout, httpx.WriteTimeout)  # after these the request is not tried again
_NO_TLS = ("WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE", "UNEXPECTED_EOF_WHILE_READING", "UNKNOWN_PROTOCOL")
# Part of an OpenSSL message; what the message means, and what to do. After these errors, a retry is useless.
_TLS_FAULTS = (
    ("mismatch", "has a certificate for another host ({}). Give the host name that the certificate is for"),
    ("certificate has expired", "has a certificate that is no longer valid ({}). Renew it, or set the clock"),
    ("not yet valid", "has a certificate that is not valid yet ({}). Set the clock, or replace it"),
    (
        "too weak",
        "has a certificate that is not safe ({}). Replace it by one with a longer key or newer digest",
    ),
    (
        "CERTIFICATE_VERIFY_FAILED",
        "has a certificate that is not trusted ({}). If it is your own, name its file in SSL_CERT_FILE",
    ),
    (
        "CERTIFICATE_REQUIRED",
        "asks for a certificate of the client ({}), which kg cannot give. Use a password or a token",
    ),
    ("PROTOCOL_VERSION", "speaks only old versions of TLS, which are not safe ({}). Update it"),
    ("UNSUPPORTED_PROTOCOL", "speaks only old versions of TLS, which are not safe ({}). Update it"),
)
# failures after the connection was made
_CUT_SHORT = (httpx.ReadError, httpx.WriteError, httpx.RemoteProtocolError)


RESULT = TypeVar("RESULT")


class StoreError(Error):
    """A request to the store failed; the message says why, and what to do."""


class TooLargeError(StoreError):
    """The store refuses requests of this size."""


@dataclass(frozen=True, slots=True)
class Response:
    """A response of a store; `text` is cut at `_LARGEST` bytes."""

    url: str  # without secrets
    status: int
    kind: str  # media type, without parameters
    text: str
    location: str = ""  # redirect target, as an absolute URL

    @property
    def good(self) -> bool:
        return 200 <= self.status < 300

    @property
    def said(self) -> str:
        """The status and the beginning of the store's message, on one line."""
        # only in HTML is "<...>" a tag; in other types it may be an IRI
        tags = r"<style.*?</style>|<[^>]*>" if "html" in self.kind else r"$^"
        words = re.sub(tags, " ", self.text, flags=re.DOTALL)
        words = " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", words).split())[:200]
        reason = httpx.codes.get_reason_phrase(self.status)
        return " ".join(f"{self.status} {reason}".split()) + (f": {words}" if words else "")


class Connection:
    """A connection to the store at one URL, to be used as a context manager.

    `timeout`: seconds for one response; `back_off`: seconds before each retry; `sleep`: replaced in tests.
    """

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
            raise StoreError(f"this is not a URL ({error}). Give one like http://localhost:7878") from error
        if parsed.scheme not in {"http", "https"} or not parsed.host:
            raise StoreError("this is not the URL of a store. Give one like http://localhost:7878")
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
                auth=CredentialsOnRequest(self.who, parsed.host),
                timeout=httpx.Timeout(timeout, connect=min(timeout, 10.0)),
                headers={"User-Agent": "kg", "Accept-Encoding": "identity"},
            )
        except OSError as error:  # ssl.SSLError is one, too
            what = "SSL_CERT_FILE or SSL_CERT_DIR does not name certificates that can be read"
            raise StoreError(f"{what} ({error.strerror or error})") from error
        except (ImportError, ValueError) as error:
            raise StoreError("HTTP_PROXY, HTTPS_PROXY or ALL_PROXY does not name an HTTP proxy") from error

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
    ) -> Response:
        """The response, whatever its status.

        After a temporary failure (no response, status 429 or 5xx) the request is tried again, with increasing
        delays; if not `patient`, it is not tried again after a status of 500 or a failure to connect. Raises
        StoreError if there is no response in time, TooLargeError if the store reports that the request is too
        large.
        """
        asked = httpx.URL(url).copy_merge_params(parameters or {})
        passing = _PASSING if patient else _BUSY
        for wait in (*self._back_off, None):
            request = self._client.build_request(method, asked, headers=headers, content=body, data=form)
            try:
                answer, again = _within(self._timeout, partial(self._once, request))
            except httpx.TransportError as error:
                lasting = isinstance(error, (httpx.UnsupportedProtocol, *_SLOW))
                lasting |= not (patient or isinstance(error, _CUT_SHORT)) or bool(_tls_fault(str(error)))
                if wait is None or lasting:
                    raise StoreError(f"{plain(url)}: {self._failure(error, asked.scheme)}") from error
                again = 0.0
            else:
                if answer.status == httpx.codes.REQUEST_ENTITY_TOO_LARGE:
                    raise TooLargeError(f"{plain(url)}: {answer.said}")
                if answer.status not in passing or wait is None:
                    return answer
            self._sleep(min(max(wait, again), _LONGEST_WAIT, self._timeout))
        raise AssertionError  # the last wait is None

    def _once(self, request: httpx.Request) -> tuple[Response, float]:
        """The response to a single request, and the seconds that the store asks to wait before a retry."""
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
        return Response(
            plain(str(request.url)),
            response.status_code,
            response.headers.get("content-type", "").partition(";")[0].strip().lower(),
            self.who.masked(content[:_LARGEST].decode("utf-8", "replace")),
            _target(request.url, response),
        ), _seconds(response.headers.get("retry-after", ""))

    def _failure(self, error: httpx.TransportError, scheme: str) -> str:
        """A transport error in words, with what to do about it."""
        told = self.who.masked(str(error)) or type(error).__name__
        if isinstance(error, httpx.TimeoutException):
            return (
                f"does not respond (it took longer than {self._timeout:g} seconds; --timeout sets the limit)"
            )
        if fault := _tls_fault(told):
            return fault
        if any(each in told for each in _NO_TLS):
            return (
                f"does not speak TLS ({told}). If it is a store without TLS, its address begins with http://"
            )
        if scheme == "http" and isinstance(error, _CUT_SHORT):
            return f"does not respond ({told}). If it speaks TLS, its address begins with https://"
        return f"does not respond ({told})"


def _tls_fault(told: str) -> str:
    """What an OpenSSL message (`told`) means, from `_TLS_FAULTS`; "" if the message is not in that table."""
    found = re.search(r"\](?: certificate verify failed:)? (.*?)\.? \(_ssl", told)
    return next((means.format(found[1]) for part, means in _TLS_FAULTS if found and part in told), "")


def _seconds(after: str) -> float:
    """The number of seconds to wait according to a Retry-After header, which is a number or a date (RFC
    9110); 0 if it is malformed.
    """
    if after.isdecimal():
        return float(after)
    try:
        return max(0.0, (parsedate_to_datetime(after) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError, OverflowError, IndexError):  # not a date, or one without a time zone
        return 0.0


def _target(url: httpx.URL, response: httpx.Response) -> str:
    """The absolute target of a redirect; "" if there is none."""
    with suppress(httpx.InvalidURL, ValueError):
        if response.is_redirect:
            return str(url.join(response.headers["location"]))
    return ""


def _unpacked(content: bytes, coding: str) -> bytes:
    """The content of a response, uncompressed up to `_LARGEST` bytes: a store may compress it although kg
    does not accept compressed responses.
    """
    if coding.strip().lower() not in {"gzip", "x-gzip", "deflate"}:
        return content
    with suppress(zlib.error):
        return zlib.decompressobj(zlib.MAX_WBITS | 32).decompress(content, _LARGEST)
    return b""


def _within(seconds: float, work: Callable[[], RESULT]) -> RESULT:
    """What `work` returns or raises. Raises httpx.ReadTimeout after the time limit, even if bytes still
    arrive; the work then continues in a thread whose result is ignored, and which ends with the program.
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
