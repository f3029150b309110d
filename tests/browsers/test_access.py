"""Accessibility of all pages in each browser: axe, wide and on a phone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest

from kg.write.page import page as graph_page
from kg.write.timeline import timeline
from tests.browsers.conftest import Open
from tests.write.conftest import WORDS
from tests.write.synthetic import invented
from tests.write.test_page_access import axe

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browsers
WIDTHS = pytest.mark.parametrize("width", [1200, 390])
SCHEMES = pytest.mark.parametrize("scheme", ["light", "dark"])
ONE_OF_EACH = """SELECT (SAMPLE(?each) AS ?one) {
  ?each a ?type FILTER (STRSTARTS(STR(?each), STR(d:)) && !CONTAINS(STR(?each), "#"))
} GROUP BY ?type ORDER BY ?type"""


def violations(page: Page) -> list[str]:
    """What axe finds on the page, and on the pages in its frames."""
    for frame in page.frames:
        frame.evaluate(axe())
    found = page.evaluate("axe.run()")["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html']}" for each in found]


def described(address: str) -> list[str]:
    """The paths of the pages about one thing of each class, and about the ontology."""
    headers = {"Content-Type": "application/sparql-query", "Accept": "application/sparql-results+json"}
    with urlopen(Request(f"{address}/sparql", ONE_OF_EACH.encode(), headers)) as answer:
        rows = json.load(answer)["results"]["bindings"]
    paths = {urlsplit(row["one"]["value"]).path for row in rows if row}
    return [*sorted(paths), "/ontology"]


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


@SCHEMES
def test_axe_finds_nothing_where_a_query_is_written(
    visit: Open, address: str, scheme: Literal["light", "dark"]
) -> None:
    page = visit(address)
    page.emulate_media(color_scheme=scheme)
    page.wait_for_selector("html[data-ready]")
    page.click("#write")
    page.fill("#text", "SELECT ?a { ?a kg:m")
    page.keyboard.press("Control+ ")
    page.wait_for_selector("#completions [role=option]")
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.fill("#text", "SELECT ?a { ?a rdfs:label ?label } LIMIT 300 OFFSET 1000000")
    page.click("#run")
    page.wait_for_selector("#table .none")
    assert violations(page) == []
    page.fill("#text", "CONSTRUCT { ?a kg:met ?b } { ?a kg:met ?b }")
    page.click("#run")
    page.wait_for_selector("html[data-drawn]")
    assert violations(page) == []
    page.reload()
    page.wait_for_selector("#recent:not([hidden])")
    assert violations(page) == []


@SCHEMES
@WIDTHS
def test_axe_finds_nothing_on_the_pages_about_things(
    visit: Open, address: str, width: int, scheme: Literal["light", "dark"]
) -> None:
    paths = described(address)
    assert len(paths) > 10
    unknown = "/data/Nobody_of_this_name"
    page = visit(address, width)
    page.emulate_media(color_scheme=scheme)
    # sent with status 200, because the console reports a 404 as an error
    page.route(f"**{unknown}", lambda route: route.fulfill(response=route.fetch(), status=200))
    wrong = {}
    for path in (*paths, unknown):
        page.goto(address + path)
        page.locator("summary").evaluate_all("folded => folded.forEach((each) => each.click())")
        if found := violations(page):
            wrong[path] = found
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wrong.setdefault(path, []).append("wider than the window")
    assert wrong == {}


@WIDTHS
def test_axe_finds_nothing_on_the_graph_page_in_its_frame(visit: Open, address: str, width: int) -> None:
    page = visit(f"{address}/explorer", width)
    drawing = page.frame_locator("#drawing")
    drawing.locator("html[data-ready]").wait_for()
    assert violations(page) == []
    drawing.locator("#search").fill("Takaichi")
    drawing.locator("#hits [aria-selected=true]").wait_for()
    drawing.locator("#search").press("Enter")
    drawing.locator("#card h2", has_text="Takaichi").wait_for()
    assert violations(page) == []


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
