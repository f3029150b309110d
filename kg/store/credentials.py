"""Credentials for another store: from the environment, a netrc file or the URL; never in a message.

KG_STORE_USER, KG_STORE_PASSWORD    Basic or Digest, whichever the store asks for
KG_STORE_TOKEN                      a bearer token, sent from the start
~/.netrc, or the file that NETRC names, by the host of the store
"""

from __future__ import annotations

import netrc
import os
from base64 import b64encode
from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from kg.errors import Error

USER, PASSWORD, TOKEN = "KG_STORE_USER", "KG_STORE_PASSWORD", "KG_STORE_TOKEN"
HOW = f"Give them in {USER} and {PASSWORD}, in {TOKEN}, or in a netrc file."


class CredentialsError(Error):
    """The netrc file or the token cannot be used."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """A user with a password, or a token; empty where nothing is known."""

    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)

    def __bool__(self) -> bool:
        return bool(self.user or self.token)

    def masked(self, text: str) -> str:
        """`text` without the secrets, should a server have repeated them."""
        basic = b64encode(f"{self.user}:{self.password}".encode()).decode()
        for secret in (self.password, self.token, basic):
            text = text.replace(secret, "***") if secret else text
        return text


def plain(url: str) -> str:
    """The URL as it can be shown: without user, password, query and fragment.

    >>> plain("https://ana:secret@store.example/sparql?key=1")
    'https://store.example/sparql'
    """
    return str(httpx.URL(url).copy_with(username=None, password=None, query=None, fragment=None))


def find(url: str, environment: Mapping[str, str] = os.environ) -> Credentials:
    """Those for `url`: of the URL itself, else of the environment, else of the netrc file.

    Raises CredentialsError for a netrc file that is broken, and a token that no header can hold.
    """
    given = httpx.URL(url)
    if given.username or given.password:
        return Credentials(given.username, given.password)
    token, user = environment.get(TOKEN, "").strip(), environment.get(USER, "")
    if not (token.isascii() and token.isprintable()):  # httpx would show it in its error
        raise CredentialsError(f"{TOKEN}: holds characters that no token has")
    if token or user:
        return Credentials(user, environment.get(PASSWORD, ""), token)
    path = Path(environment.get("NETRC") or Path("~/.netrc").expanduser())
    try:
        found = netrc.netrc(path).authenticators(given.host)
    except FileNotFoundError:
        return Credentials()
    except (OSError, UnicodeError) as error:
        raise CredentialsError(f"{path}: cannot be read ({error})") from error
    except netrc.NetrcParseError as error:  # its own words may repeat a password
        raise CredentialsError(f"{path}, line {error.lineno}: is no netrc file") from error
    return Credentials(found[0], found[2]) if found else Credentials()


class Asked(httpx.Auth):
    """Sends credentials once the store asks for them, by the scheme that it names; then with every request.

    So a password does not go to a store that wants none, nor in the clear to one that knows Digest.
    """

    def __init__(self, credentials: Credentials, host: str) -> None:
        self._credentials, self._host = credentials, host
        self._chosen: httpx.Auth | None = None

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        if request.url.host != self._host or not self._credentials:
            yield request
            return
        if self._credentials.token:
            request.headers["Authorization"] = f"Bearer {self._credentials.token}"
            yield request
            return
        if self._chosen is None:
            response = yield request
            if response.status_code != httpx.codes.UNAUTHORIZED:
                return
            wanted = response.headers.get("www-authenticate", "").lower()
            way = httpx.DigestAuth if "digest" in wanted else httpx.BasicAuth
            self._chosen = way(self._credentials.user, self._credentials.password)
        try:
            yield from self._chosen.auth_flow(request)
        except (KeyError, ValueError, NotImplementedError) as error:  # of httpx, also for other algorithms
            raise httpx.ProtocolError("asks for a kind of Digest that kg does not know") from error
