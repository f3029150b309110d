"""A browser for the tests of the pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kg import ontology
from kg.model import Knowledge
from kg.write.page import page
from tests.write.browser import Opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser

WORDS = ontology.load()
Open = Callable[..., Opened]


@pytest.fixture
def open_file(chromium: Browser) -> Iterator[Open]:
    """A function that opens a page. At the end of the test, no error and no external request must have
    occurred.
    """
    pages: list[Opened] = []

    def open_page(
        path: Path,
        width: int = 1200,
        height: int = 800,
        scheme: str = "light",
        fragment: str = "",
        wait_for: str = "html[data-ready]",
    ) -> Opened:
        size = {"width": width, "height": height}
        tab = chromium.new_page(viewport=size, color_scheme=scheme, reduced_motion="reduce")
        tab.set_default_timeout(8000)
        pages.append(Opened(tab))
        return pages[-1].load(path.as_uri() + fragment, wait_for)

    yield open_page
    for shown in pages:
        shown.tab.wait_for_timeout(50)
        shown.tab.close()
        assert shown.trouble == []
        assert [url for url in shown.requests if not url.startswith(("file:", "blob:"))] == []


@pytest.fixture
def opened(open_file: Open, tmp_path: Path) -> Open:
    """A function that opens the graph page of a Knowledge."""
    made: list[Path] = []

    def open_page(known: Knowledge, *size: int, **options: Any) -> Opened:
        made.append(tmp_path / f"graph{len(made)}.html")
        made[-1].write_text(page(known, WORDS), encoding="utf-8")
        return open_file(made[-1], *size, **options)

    return open_page
