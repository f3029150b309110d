"""Ten typical questions to the graph page of twenty-five articles on twenty stories, each
answered in at most three clicks or one search.

All ten in Chromium, five of them also in Firefox. The articles are those of tests/browsers/news.py.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

import kg
from kg.write.page import page as graph_page
from tests.browsers.conftest import BROWSERS, Open
from tests.browsers.news import rows
from tests.write.conftest import WORDS

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browsers
in_both = pytest.mark.parametrize("browser", BROWSERS, indirect=True)
in_chromium = pytest.mark.parametrize("browser", ["chromium"], indirect=True)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of the graph page of twenty-five articles."""
    folder = tmp_path_factory.mktemp("many")
    articles = folder / "news.jsonl"
    articles.write_text("".join(f"{json.dumps(row)}\n" for row in rows()), encoding="utf-8")
    made = folder / "graph.html"
    made.write_text(graph_page(kg.build(articles).knowledge, WORDS), encoding="utf-8")
    return made.as_uri()


class Asking:
    """Uses the page, and counts clicks and searches. Typing into a search field counts as a search."""

    def __init__(self, page: Page) -> None:
        self.page, self.clicks, self.searches = page, 0, 0

    def click(self, selector: str, text: str = "") -> None:
        self.clicks += 1
        self.page.locator(selector, has_text=text).locator("visible=true").first.click()

    def type(self, text: str, field: str = "#search") -> None:
        self.searches += 1
        self.page.fill(field, text)

    def search(self, text: str, field: str = "#search") -> None:
        """Type a search, and open the first hit."""
        self.type(text, field)
        hits = "#goals" if field == "#goal" else "#hits"
        self.page.wait_for_selector(f"{hits} [role=option]")
        self.page.press(field, "Enter")

    def reads(self, *words: str) -> None:
        for each in words:
            self.page.locator("#card", has_text=each).wait_for()

    def lists(self, *words: str) -> None:
        """Wait for a hit that has all these words."""
        found = self.page.locator("#hits [role=option]")
        for each in words:
            found = found.filter(has_text=each)
        found.first.wait_for()


@pytest.fixture
def ask(visit: Open, many: str) -> Iterator[Asking]:
    page = visit(many)
    page.wait_for_selector("html[data-ready]")
    asking = Asking(page)
    yield asking
    assert asking.clicks <= 3 and asking.searches <= 1 and asking.clicks + asking.searches > 0


@in_both
def test_what_is_the_largest_story_about(ask: Asking) -> None:
    ask.click("#front .headline")
    ask.reads("Edda Brandt", "Tom Okoro", "What the summit leaves open")


@in_both
def test_whom_did_somebody_meet(ask: Asking) -> None:
    ask.search("Okoro")
    ask.click("#card .chip", "met")
    ask.reads("Edda Brandt", "Ines Tamm", "November 2025")


@in_both
def test_who_was_arrested(ask: Asking) -> None:
    ask.type("who was arrested")
    ask.lists("arrested", "Paul Varga")


@in_both
def test_who_is_somebody(ask: Asking) -> None:
    ask.search("Brandt")
    ask.reads("Prime Minister of Borland")


@in_both
def test_what_happened_in_a_place(ask: Asking) -> None:
    ask.search("Port Amber")
    ask.click("#card .chip", "happened here")
    ask.reads("Edda Brandt", "Tom Okoro", "13 January 2026")


@in_chromium
def test_who_bought_a_company(ask: Asking) -> None:
    ask.search("Weld Steel")
    ask.reads("Alpine Rail", "bought", "Nora Falk")


@in_chromium
def test_who_won_what(ask: Asking) -> None:
    ask.type("who won")
    ask.lists("won", "Golden Quill Award", "Rosa Hale")
    ask.lists("won", "Amber Prize", "Mira Kovac")


@in_chromium
def test_who_died(ask: Asking) -> None:
    ask.type("who died")
    ask.lists("died", "Ida Marsh", "Silverton")


@in_chromium
def test_how_two_are_connected(ask: Asking) -> None:
    ask.search("Ines Tamm")
    ask.click("#path-to")
    ask.page.keyboard.type("Edda Brandt")
    ask.click("#goals [role=option]", "Edda Brandt")
    ask.reads("From Ines Tamm to Edda Brandt", "Tom Okoro")


@in_chromium
def test_what_does_one_article_tell(ask: Asking) -> None:
    ask.search("museum director arrested")
    ask.reads("Paul Varga", "Lowick Gazette")
