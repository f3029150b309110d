"""The query page over the build of seeds/, in each browser (`pytest -m browsers`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.serve.site import command

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Open = Callable[..., "Page"]
BROWSERS = ("chromium", "firefox")


@pytest.fixture(params=BROWSERS)
def browser(request: pytest.FixtureRequest) -> Browser:
    """Each browser that is installed."""
    found: Browser = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="session")
def address(built: Path) -> Iterator[str]:
    with command(built) as (_, address):
        yield address.rstrip("/")


@pytest.fixture
def visit(browser: Browser) -> Iterator[Open]:
    """A function that opens an address. At the end of the test, the console must be empty, and the pages must
    have made no external request.
    """
    context = browser.new_context()
    wrong: list[str] = []

    def open_page(address: str, width: int = 1200, height: int = 900) -> Page:
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": height})
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.append(said.text))
        host = "/".join(address.split("/")[:3])
        page.on(
            "request", lambda sent: sent.url.startswith((host, "blob:", "data:")) or wrong.append(sent.url)
        )
        page.goto(address)
        return page

    yield open_page
    context.close()
    assert wrong == []
