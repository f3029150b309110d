"""A name is found however its accents are typed: composed ("ü", NFC) or as separate characters (NFD)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from unicodedata import normalize

import pytest

from tests.browsers.conftest import Open
from tests.sample import knowledge
from tests.serve.site import command, save

pytestmark = pytest.mark.browsers
TYPED = pytest.mark.parametrize(
    "typed", [normalize(form, "Zür") for form in ("NFC", "NFD")], ids=["NFC", "NFD"]
)


@pytest.fixture(scope="module")
def zurich(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A served graph in which Lima is called Zürich: its folder and address."""
    held = knowledge()
    named = [replace(each, label="Zürich") if each.id == "Lima" else each for each in held.entities]
    folder = save(tmp_path_factory.mktemp("zurich"), replace(held, entities=tuple(named)))
    with command(folder) as (_, address):
        yield folder, address.rstrip("/")


@TYPED
def test_the_query_page_completes_the_name(visit: Open, zurich: tuple[Path, str], typed: str) -> None:
    page = visit(zurich[1])
    page.wait_for_selector("html[data-ready]")
    page.click("form[data-name=events-at-a-place] input[name=place]")
    page.keyboard.insert_text(typed)
    page.locator("form[data-name=events-at-a-place] [role=option]", has_text="Zürich").click()
    page.locator("#sentences li, #table tr", has_text="hosted").first.wait_for()


@TYPED
def test_the_query_page_accepts_the_name_without_a_choice_from_the_list(
    visit: Open, zurich: tuple[Path, str], typed: str
) -> None:
    page = visit(zurich[1])
    page.wait_for_selector("html[data-ready]")
    page.click("form[data-name=events-at-a-place] input[name=place]")
    page.keyboard.insert_text(f"{typed}ich")
    page.keyboard.press("Enter")
    page.locator("#sentences li, #table tr", has_text="hosted").first.wait_for()


@TYPED
def test_the_editor_completes_the_name(visit: Open, zurich: tuple[Path, str], typed: str) -> None:
    page = visit(zurich[1])
    page.wait_for_selector("html[data-ready]")
    page.click("#write")
    page.fill("#text", "")
    page.keyboard.insert_text(f"SELECT * {{ d:{typed}")
    page.locator("#completions li", has_text="Zürich").wait_for()


@TYPED
def test_the_graph_page_finds_the_name(visit: Open, zurich: tuple[Path, str], typed: str) -> None:
    page = visit((zurich[0] / "graph.html").as_uri())
    page.wait_for_selector("html[data-ready]")
    page.fill("#search", typed)
    page.locator("#hits [role=option]", has_text="Zürich").first.wait_for()
    page.press("#search", "Enter")
    page.wait_for_selector("#card h2:has-text('Zürich')")
