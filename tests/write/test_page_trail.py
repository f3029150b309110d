"""Navigation in the page: back and forward, trail, moved things, bookmarks."""

from __future__ import annotations

from tests.sample import knowledge
from tests.write.browser import Opened
from tests.write.conftest import Open
from tests.write.synthetic import several


def wait_for_step(shown: Opened, number: int) -> None:
    shown.tab.wait_for_function(f"() => graphPage.trail.at === {number}")


def trail(shown: Opened) -> list[str]:
    return shown.tab.locator("#trail li > *").all_inner_texts()


def test_back_undoes_opening_and_filtering_and_forward_repeats_it(opened: Open) -> None:
    shown = opened(knowledge())
    before = shown.count("nodes")
    shown.search("Lima")
    wait_for_step(shown, 1)
    shown.search("Tom Reed")
    wait_for_step(shown, 2)
    assert trail(shown) == ["First view", "Lima", "Tom Reed"]
    with shown.next_card():
        shown.tab.click("#back")
    assert shown.title() == "Lima"
    shown.tab.click("#back")
    shown.tab.wait_for_selector("#card", state="hidden")
    assert shown.count("nodes") == before
    assert shown.tab.get_attribute("#back", "aria-disabled") == "true"
    with shown.next_card():
        shown.tab.click("#forward")
    assert shown.title() == "Lima"
    shown.tab.uncheck("#families input[value=Position]")
    wait_for_step(shown, 2)
    shown.tab.focus("#graph")
    shown.tab.keyboard.press("Control+z")
    shown.tab.wait_for_selector("#families input[value=Position]:checked")


def test_the_trail_leads_back_and_survives_a_reload(opened: Open) -> None:
    shown = opened(knowledge())
    shown.search("Lima")
    wait_for_step(shown, 1)
    shown.search("Tom Reed")
    wait_for_step(shown, 2)
    shown.tab.reload()
    shown.tab.wait_for_selector("html[data-ready]")
    assert trail(shown) == ["First view", "Lima", "Tom Reed"]
    with shown.next_card():
        shown.tab.click("#trail button:has-text('Lima')")
    assert shown.title() == "Lima"


def test_a_dragged_thing_stays_in_place_until_it_is_released(opened: Open) -> None:
    shown = opened(several())
    x, y = shown.where("Ana Ruiz")
    shown.tab.mouse.move(x, y)
    shown.tab.mouse.down()
    shown.tab.mouse.move(x + 30, y + 60, steps=4)
    shown.tab.mouse.up()
    wait_for_step(shown, 1)
    place = shown.tab.evaluate("() => [...graphPage.choice.pinned.values()]")
    again = opened(several(), fragment=shown.tab.evaluate("() => location.hash"))
    assert again.tab.evaluate("() => [...graphPage.choice.pinned.values()]") == place
    kept = "() => [graphPage.graph.things.x, graphPage.graph.things.y].map((each) => Math.round(each[0]))"
    assert [again.tab.evaluate(kept)] == place
    again.click_at(again.where("Ana Ruiz"))
    again.click("#card button:has-text('Let it go')")
    assert again.tab.evaluate("() => graphPage.choice.pinned.size") == 0
    shown.tab.click("#back")
    shown.tab.wait_for_function("() => graphPage.choice.pinned.size === 0")


def test_a_thing_is_moved_by_the_keyboard(opened: Open) -> None:
    shown = opened(several())
    shown.click_at(shown.where("Ana Ruiz"))
    x, y = shown.where("Ana Ruiz")
    shown.tab.focus("#graph")
    with shown.next_card():
        shown.tab.keyboard.press("Shift+ArrowDown")
    assert shown.where("Ana Ruiz") != (x, y)
    assert shown.tab.evaluate("() => graphPage.choice.pinned.size") == 1


def test_a_view_is_bookmarked_and_found_again(opened: Open) -> None:
    shown = opened(knowledge())
    shown.search("Lima")
    shown.tab.click("#bookmarks > summary")
    shown.tab.fill("#bookmark-name", "Where they met")
    shown.tab.click("#bookmark-form button")
    shown.tab.click("#reset")
    shown.tab.reload()
    shown.tab.wait_for_selector("html[data-ready]")
    shown.tab.click("#bookmarks > summary")
    with shown.next_card():
        shown.tab.click("#bookmark-list button:has-text('Where they met')")
    assert shown.title() == "Lima"
    shown.tab.click("#bookmarks > summary")
    shown.tab.click("#bookmark-list .remove")
    assert shown.tab.locator("#bookmark-list li").count() == 0


def test_without_storage_permission_bookmarks_last_as_long_as_the_page(opened: Open) -> None:
    shown = opened(knowledge())
    shown.tab.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('no'); }; }")
    shown.tab.click("#bookmarks > summary")
    shown.tab.click("#bookmark-form button")
    assert shown.tab.locator("#bookmark-list li").count() == 1
    assert shown.tab.locator("#bookmark-hint").is_visible()
