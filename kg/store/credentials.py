"""Finds credentials for another store: in the URL, the environment or a netrc file. No message shows them.

KG_STORE_USER, KG_STORE_PASSWORD    for Basic or Digest authentication, whichever the store asks for
KG_STORE_TOKEN                      a bearer token, sent with every request
~/.netrc (or the file in NETRC)     user and password for the host of the store
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
    """A user with a password, or a token. `bool(credentials)` is False if there is neither."""

    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)

    def __bool__(self) -> bool:
        return bool(self.user or self.token)

    def masked(self, text: str) -> str:
        """`text` with asterisks instead of the secrets, which a server may repeat in its response."""
        basic = b64encode(f"{self.user}:{self.password}".encode()).decode()
        for secret in (self.password, self.token, basic):
            text = text.replace(secret, "***") if secret else text
        return text


def plain(url: str) -> str:
    """The URL in a form that may be shown: without user, password, query and fragment.

    >>> plain("https://ana:secret@store.example/sparql?key=1")
    'https://store.example/sparql'
    """
    return str(httpx.URL(url).copy_with(username=None, password=None, query=None, fragment=None))


def find(url: str, environment: Mapping[str, str] = os.environ) -> Credentials:
    """The credentials for `url`: from the URL itself, otherwise from the environment, otherwise from the
    netrc file.

    Raises CredentialsError for a malformed netrc file, and for a token that is not valid in a header.
    """
    given = httpx.URL(url)
    if given.username or given.password:
        return Credentials(given.username, given.password)
    token, user = environment.get(TOKEN, "").strip(), environment.get(USER, "")
    if not (token.isascii() and token.isprintable()):  # an error message of httpx would show the token
        raise CredentialsError(f"{TOKEN}: contains characters that are not allowed in a token")
    if token or user:
        return Credentials(user, environment.get(PASSWORD, ""), token)
    path = Path(environment.get("NETRC") or Path("~/.netrc").expanduser())
    try:
        found = netrc.netrc(path).authenticators(given.host)
    except FileNotFoundError:
        return Credentials()
    except (OSError, UnicodeError) as error:
        raise CredentialsError(f"{path}: cannot be read ({error})") from error
    except netrc.NetrcParseError as error:  # its message is not shown, because it may contain a password
        raise CredentialsError(f"{path}, line {error.lineno}: is not a netrc file") from error
    return Credentials(found[0], found[2]) if found else Credentials()


class CredentialsOnRequest(httpx.Auth):
    """Sends user and password only after the store has asked for them, by the scheme that the store names,
    and then with every request.

    So a store that needs no password does not get one, and a store that supports Digest does not get it in
    clear text. A token is sent with every request.
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
        # raised by httpx if it does not support the kind of Digest that the store asks for
        except (KeyError, ValueError, NotImplementedError) as error:
            raise httpx.ProtocolError("requires an unsupported kind of Digest") from error
