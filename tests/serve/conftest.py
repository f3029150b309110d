"""The build that most tests of the server serve, and its pages in a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.serve.site import command, save

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Open = Callable[..., "Page"]


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of the sample, which tests only read."""
    return save(tmp_path_factory.mktemp("served") / "out")


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with command(folder) as (_, address):
        yield address


@pytest.fixture
def page(chromium: Browser, address: str) -> Iterator[Open]:
    """A function that opens a path of the server. At the end of the test, no error and no external request
    must have occurred.
    """
    context = chromium.new_context()
    wrong: list[str] = []

    def open_page(path: str = "") -> Page:
        opened = context.new_page()
        opened.set_default_timeout(10_000)
        opened.on("pageerror", lambda error: wrong.append(str(error)))
        opened.on("dialog", lambda dialog: wrong.append(f"dialog {dialog.message}"))
        opened.on("request", lambda sent: sent.url.startswith((address, "blob:")) or wrong.append(sent.url))
        opened.on(
            "console",
            lambda said: (
                said.type == "error" and "status of 400" not in said.text and wrong.append(said.text)
            ),
        )
        opened.goto(address + path)
        return opened

    yield open_page
    context.close()
    assert wrong == []
