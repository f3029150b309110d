"""Accessibility of all pages in each browser: axe, wide and on a phone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.write.page import page as graph_page
from kg.write.timeline import timeline
from tests.browsers.conftest import Open
from tests.write.conftest import WORDS
from tests.write.test_page_access import axe
from tests.write.worlds import invented

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browsers
WIDTHS = pytest.mark.parametrize("width", [1200, 390])


def violations(page: Page) -> list[str]:
    page.evaluate(axe())
    found = page.evaluate("axe.run()")["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html']}" for each in found]


@WIDTHS
def test_axe_finds_nothing_on_the_query_page(visit: Open, address: str, width: int) -> None:
    page = visit(address, width)
    page.wait_for_selector("html[data-ready]")
    assert violations(page) == []
    page.click("form[data-name=who-met-whom] input")
    page.keyboard.type("lee")
    page.wait_for_selector("form[data-name=who-met-whom] [role=option]")
    page.keyboard.press("ArrowDown")
    assert violations(page) == []
    page.keyboard.press("Enter")
    page.wait_for_selector("html[data-told]")
    assert violations(page) == []
    page.click("#views button:has-text('Table')")
    page.click("#edit")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@WIDTHS
def test_axe_finds_nothing_on_the_timeline(visit: Open, tmp_path: Path, width: int) -> None:
    path = tmp_path / "timeline.html"
    path.write_text(timeline(invented(60, 150), WORDS), encoding="utf-8")
    page = visit(path.as_uri(), width)
    page.wait_for_selector("main")
    assert violations(page) == []


@WIDTHS
def test_axe_finds_nothing_on_the_graph_page_its_cards_and_its_trail(
    visit: Open, tmp_path: Path, width: int
) -> None:
    path = tmp_path / "graph.html"
    path.write_text(graph_page(invented(60, 150), WORDS), encoding="utf-8")
    page = visit(path.as_uri(), width)
    page.wait_for_selector("html[data-ready]")
    assert violations(page) == []
    for name in ("Tom Reed", "Ana Ruiz"):
        page.fill("#search", name)
        page.wait_for_selector("#hits [aria-selected=true]")
        page.press("#search", "Enter")
        page.wait_for_selector(f"#card h2:has-text('{name}')")
    page.wait_for_selector("#trail li:nth-child(3)")
    assert violations(page) == []
    page.click("#path-to")
    page.keyboard.type("Tom Reed")
    page.wait_for_selector("#goals [role=option]")
    assert violations(page) == []
    page.keyboard.press("Enter")
    page.wait_for_selector("#card h2:has-text('From')")
    assert violations(page) == []
    for view in ("#as-table", "#as-graph"):
        page.click(view)
        page.click("#bookmarks summary")
        assert violations(page) == []
        page.click("#bookmarks summary")
