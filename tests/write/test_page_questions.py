"""Typical questions, answered by hand on the page of the build of seeds/: at most three clicks each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.write.browser import Opened
from tests.write.conftest import Open


class Asking:
    """Types freely, and counts the clicks."""

    def __init__(self, shown: Opened) -> None:
        self.shown = shown
        self.clicks = 0

    def type(self, text: str, field: str = "#search") -> None:
        self.shown.tab.fill(field, text)

    def click(self, selector: str, text: str = "") -> None:
        self.clicks += 1
        self.shown.tab.locator(selector, has_text=text).first.click()

    def reads(self, *words: str) -> None:
        for each in words:
            self.shown.tab.locator("#card", has_text=each).wait_for(timeout=4000)


@pytest.fixture
def ask(open_file: Open, built: Path) -> Iterator[Asking]:
    asking = Asking(open_file(built / "graph.html"))
    yield asking
    assert 0 < asking.clicks <= 3


def test_whom_did_somebody_meet_and_when(ask: Asking) -> None:
    ask.type("Lee")
    ask.click("#hits li", "Lee Jae Myung")
    ask.click("#card .chip", "met")
    ask.reads("Xi Jinping", "7 January 2026", "Mr Lee had met Chinese President Xi Jinping in Beijing")
    claims = ask.shown.tab.locator("#card .claim").all_inner_texts()
    assert claims
    assert all(" met " in claim for claim in claims)


def test_what_happened_in_a_place(ask: Asking) -> None:
    ask.type("Nara")
    ask.click("#hits li", "Nara")
    ask.click("#card .chip", "happened here")
    ask.reads("hosted", "13 January 2026")


def test_which_article_says_a_year(ask: Asking) -> None:
    ask.type("2023")
    ask.click("#hits li", "October 24, 2023")
    ask.reads("Summit Ends on a Drumbeat", "03-common-rhythm.txt", "24 October 2023")


def test_who_said_some_words(ask: Asking) -> None:
    ask.type("a little awkward")
    ask.click("#hits li", "a little awkward")
    ask.reads("Lee Jae Myung", "a little awkward", "02-a-little-awkward.txt")


def test_how_two_people_are_connected(ask: Asking) -> None:
    ask.type("Sanae Takaichi")
    ask.click("#hits li", "Sanae Takaichi")
    ask.click("#path-to")
    ask.type("Xi Jinping", "#goal")
    ask.click("#goals li", "Xi Jinping")
    ask.reads("From Sanae Takaichi to Xi Jinping", "Lee Jae Myung", "met Xi Jinping")
