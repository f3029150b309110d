"""Ten typical questions, answered by hand on the query page of the build of seeds/: at most three clicks
each.

All ten in Chromium, five of them also in Firefox. Questions to the graph page are in
tests/write/test_page_questions.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browsers.conftest import BROWSERS, Open

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browsers
in_both = pytest.mark.parametrize("browser", BROWSERS, indirect=True)
in_chromium = pytest.mark.parametrize("browser", ["chromium"], indirect=True)


class Asking:
    """Types freely, and counts the clicks."""

    def __init__(self, page: Page) -> None:
        self.page, self.clicks = page, 0

    def click(self, selector: str, text: str = "") -> None:
        self.clicks += 1
        self.page.locator(selector, has_text=text).first.click()

    def blank(self, question: str, name: str, typed: str, choice: str = "") -> None:
        """Fill in the blank `name`; if `choice` is given, click on it in the list."""
        field = f"form[data-name={question}] input[name={name}]"
        self.click(field)
        self.page.keyboard.type(typed)
        if choice:
            self.click(f"form[data-name={question}] [role=option]", choice)

    def enter(self) -> None:
        self.page.keyboard.press("Enter")

    def reads(self, *words: str) -> None:
        """Some answer has all these words, including its sentences."""
        found = self.page.locator("#sentences li, #table tr")
        for each in words:
            found = found.filter(has_text=each)
        found.first.wait_for()


@pytest.fixture
def ask(visit: Open, address: str) -> Iterator[Asking]:
    page = visit(address)
    page.wait_for_selector("html[data-ready]")
    asking = Asking(page)
    yield asking
    assert 0 < asking.clicks <= 3


@in_both
def test_who_met_somebody(ask: Asking) -> None:
    ask.blank("who-met-whom", "person", "lee", "Lee Jae Myung")
    ask.reads("Lee Jae Myung met Xi Jinping", "Mr Lee had met Chinese President Xi Jinping in Beijing")
    ask.reads("hosted", "13 January 2026", "characters")


@in_both
def test_what_somebody_did(ask: Asking) -> None:
    ask.blank("what-a-person-did", "person", "takai")
    ask.enter()
    ask.reads("Sanae Takaichi hosted Lee Jae Myung")


@in_both
def test_what_happened_at_a_place_in_a_month(ask: Asking) -> None:
    ask.blank("events-at-a-place", "place", "Nara")
    ask.blank("events-at-a-place", "month", "2026-01")
    ask.enter()
    ask.reads("13 January 2026", "hosted")


@in_both
def test_where_the_articles_disagree(ask: Asking) -> None:
    ask.click("form[data-name=disagreements] button")
    ask.reads("date: 24 October 2023", "03-common-rhythm.txt")
    ask.reads("date: 13 January 2026")


@in_both
def test_how_two_things_are_connected_and_where_that_is_drawn(ask: Asking) -> None:
    ask.blank("how-two-are-connected", "one", "Takaichi")
    ask.blank("how-two-are-connected", "other", "Xi Jin")
    ask.enter()
    ask.reads("Sanae Takaichi hosted Lee Jae Myung; Lee Jae Myung met Xi Jinping")
    ask.click(".told .open")
    card = ask.page.frame_locator("#drawing").locator("#card")
    card.locator("h2", has_text="From Sanae Takaichi to Xi Jinping").wait_for()


@in_chromium
def test_who_said_what_about_somebody(ask: Asking) -> None:
    ask.blank("who-said-what", "speaker", "takai")
    ask.blank("who-said-what", "topic", "lee ja", "Lee Jae Myung")
    ask.reads("Sanae Takaichi said", "drum")


@in_chromium
def test_who_said_some_words(ask: Asking) -> None:
    ask.blank("who-said-what", "topic", "awkward")
    ask.enter()
    ask.reads("Lee Jae Myung", "awkward", "02-a-little-awkward.txt")


@in_chromium
def test_what_happened_when(ask: Asking) -> None:
    ask.click("button", "What happened when?")
    ask.reads("Sanae Takaichi hosted Lee Jae Myung")


@in_chromium
def test_which_article_takes_from_which(ask: Asking) -> None:
    ask.click("button", "Which article takes from which?")
    ask.reads("05-kurvali-post.txt", "cites")


@in_chromium
def test_who_is_mentioned_most(ask: Asking) -> None:
    ask.click("button", "Who and what is mentioned most?")
    ask.reads("Lee Jae Myung, person")
