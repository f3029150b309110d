"""Accessibility of the page: keyboard, screen readers, a phone, paper, distinguishable colours."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest

from kg.write.timeline import timeline
from tests.sample import knowledge
from tests.write.conftest import WORDS, Open
from tests.write.synthetic import invented

ROOT = Path(__file__).parents[2]


@cache
def axe() -> str:
    """The source of axe-core; skips the test if it is not installed."""
    folders = [Path(os.environ.get("NODE_PATH", "node_modules")), ROOT / "node_modules"]
    if npm := shutil.which("npm"):
        found = subprocess.run([npm, "root", "-g"], capture_output=True, text=True, check=False)
        folders.append(Path(found.stdout.strip()))
    for folder in folders:
        if (path := folder / "axe-core" / "axe.min.js").is_file():
            return path.read_text(encoding="utf-8")
    pytest.skip("axe-core is not installed (npm install)")


@pytest.mark.parametrize(("width", "scheme"), [(1200, "light"), (390, "dark")])
def test_axe_finds_no_serious_violation(opened: Open, width: int, scheme: str) -> None:
    source = axe()
    shown = opened(invented(60, 150), width=width, scheme=scheme)

    def violations() -> list[str]:
        shown.tab.evaluate(source)
        found = shown.tab.evaluate("axe.run()")["violations"]
        return [f"{each['id']}: {each['nodes'][0]['html']}" for each in found if each["impact"] != "minor"]

    assert violations() == []
    shown.tab.fill("#search", "tom")
    shown.tab.wait_for_selector("#hits li[aria-selected=true]")
    assert violations() == []
    with shown.next_card():
        shown.tab.press("#search", "Enter")
    assert violations() == []
    shown.tab.click("#as-table")
    assert violations() == []


def test_axe_finds_nothing_in_the_timeline(open_file: Open, tmp_path: Path) -> None:
    source = axe()
    path = tmp_path / "timeline.html"
    path.write_text(timeline(invented(60, 150), WORDS), encoding="utf-8")
    tab = open_file(path, wait_for="html[data-zoom]").tab
    tab.evaluate(source)
    assert [each["id"] for each in tab.evaluate("axe.run()")["violations"]] == []


def test_the_tab_key_stops_once_in_each_toolbar(opened: Open) -> None:
    shown = opened(invented(60, 150))
    stops = []
    for _ in range(30):
        shown.tab.keyboard.press("Tab")
        stops.append(shown.tab.evaluate("() => document.activeElement.id || document.activeElement.value"))
    assert stops[:7] == ["skip", "search", "as-graph", "back", "graph", "closer", "limit"]
    assert stops.index("skip", 1) <= 20  # back at the first after at most 20 stops


def test_the_arrow_keys_move_within_a_toolbar_which_is_entered_again_where_it_was_left(opened: Open) -> None:
    shown = opened(knowledge())
    focused = "() => document.activeElement.id"
    shown.tab.focus("#as-graph")
    for key, reached in (("ArrowRight", "as-table"), ("Home", "as-graph"), ("ArrowLeft", "")):
        shown.tab.keyboard.press(key)
        assert shown.tab.evaluate(focused) == reached
    shown.tab.focus("#as-table")
    shown.tab.keyboard.press("Tab")
    shown.tab.keyboard.press("Shift+Tab")
    assert shown.tab.evaluate(focused) == "as-table"
    shown.tab.focus("#families input[value=Person]")
    shown.tab.keyboard.press("ArrowDown")
    shown.tab.keyboard.press("Space")
    assert shown.tab.locator("#families input:not(:checked)").count() == 1


def test_the_arrow_keys_go_from_a_thing_to_its_neighbours(opened: Open) -> None:
    shown = opened(knowledge())
    shown.tab.focus("#graph")
    with shown.next_card():
        shown.tab.keyboard.press("ArrowDown")  # the most important thing first
    start = shown.title()
    (x1, y1), seen = shown.where(start), {start}
    for other in {"Ana Ruiz", "Tom Reed"} - {start}:
        x2, y2 = shown.where(other)
        across = abs(x2 - x1) > abs(y2 - y1)
        key = ("Right" if x2 > x1 else "Left") if across else ("Down" if y2 > y1 else "Up")
        with shown.next_card():
            shown.tab.keyboard.press(f"Arrow{key}")
        seen.add(shown.title())
        assert shown.title() == other
        assert other in shown.tab.inner_text("#said")
    assert len(seen) == 2
    shown.tab.keyboard.press("Enter")
    assert shown.tab.evaluate("() => document.activeElement.id") == "card"
    shown.tab.keyboard.press("Escape")
    assert shown.tab.locator("#card").is_hidden()


def test_escape_closes_the_hits_first_and_keeps_the_focus(opened: Open) -> None:
    shown = opened(knowledge())
    shown.search("Ana Ruiz")
    shown.tab.focus("#search")
    shown.tab.keyboard.type(" ")
    shown.tab.wait_for_selector("#hits:not([hidden])")
    shown.tab.keyboard.press("Escape")
    assert shown.tab.locator("#hits").is_hidden() and shown.tab.locator("#card").is_visible()
    shown.tab.keyboard.press("Escape")
    assert shown.tab.locator("#card").is_hidden()
    assert shown.tab.evaluate("() => document.activeElement.id") == "search"


def test_the_table_holds_what_the_drawing_shows_and_is_sorted(opened: Open) -> None:
    shown = opened(invented(60, 150))
    shown.tab.click("#as-table")
    assert shown.tab.locator("#table table >> nth=0 >> tbody tr").count() == shown.count("edges")
    assert shown.tab.locator("#things tbody tr").count() == shown.count("nodes")
    shown.tab.click("#table th button:has-text('Object')")
    objects = shown.tab.locator("#table table >> nth=0 >> tbody td:nth-child(3)").all_inner_texts()
    assert objects == sorted(objects)
    assert shown.tab.get_attribute("#table th:nth-child(3) >> nth=0", "aria-sort") == "ascending"
    shown.click("#table tbody td:nth-child(2) button")
    assert "relation" in shown.card()


def test_on_a_narrow_screen_the_card_covers_no_more_than_half(opened: Open) -> None:
    shown = opened(knowledge(), width=390, height=844)
    shown.search("Ana Ruiz")
    card = shown.tab.locator("#card").bounding_box()
    assert card
    assert card["width"] <= 390
    assert card["height"] <= 0.55 * 844
    x, y = shown.where("Ana Ruiz")
    assert 0 < x < 390
    assert 0 < y < card["y"]  # the thing itself stays in view


def test_two_fingers_zoom(opened: Open) -> None:
    shown = opened(knowledge(), width=390, height=844)
    before, after = shown.tab.evaluate(
        """() => {
            const element = document.querySelector("#graph");
            element.setPointerCapture = () => {}; // there is no such finger
            const send = (type, pointerId, clientX) =>
                element.dispatchEvent(new PointerEvent(type, { pointerId, clientX, clientY: 300 }));
            const { camera } = graphPage.stage;
            const zooms = [camera.zoom];
            send("pointerdown", 1, 150);
            send("pointerdown", 2, 250);
            send("pointermove", 1, 100);
            send("pointermove", 2, 300);
            return [...zooms, camera.zoom];
        }"""
    )
    assert 1.9 < after / before < 2.1


def test_a_phone_gets_fewer_things_at_first(opened: Open) -> None:
    wide, narrow = (opened(invented(60, 150), width=width, height=844) for width in (1200, 390))
    assert 2 <= narrow.count("nodes") < wide.count("nodes")


def test_paper_gets_the_drawing_and_the_card_and_no_controls(opened: Open) -> None:
    shown = opened(knowledge())
    shown.search("Ana Ruiz")
    shown.tab.emulate_media(media="print")
    assert shown.tab.locator("#graph").is_visible()
    assert shown.tab.locator("#card h2").is_visible()
    assert not shown.tab.locator("#panel, #finder, #zoom").first.is_visible()


def test_paper_gets_a_drawing_that_keeps_its_shape_in_the_colours_of_paper(opened: Open) -> None:
    shown = opened(knowledge(), scheme="dark")
    shown.tab.evaluate("dispatchEvent(new Event('beforeprint'))")
    sheet = shown.tab.locator(".sheet")
    assert "Ana Ruiz" in sheet.locator("text").all_text_contents()
    assert "person" in sheet.locator("text").all_text_contents()  # the legend
    assert sheet.locator("rect").first.get_attribute("fill") == "#ffffff"
    shown.tab.emulate_media(media="print")
    assert sheet.is_visible() and not shown.tab.locator("#graph").is_visible()
    shown.tab.emulate_media(media="screen")
    shown.tab.evaluate("dispatchEvent(new Event('afterprint'))")
    assert sheet.count() == 0 and shown.tab.locator("#graph").is_visible()


def test_the_drawing_cannot_be_lost(opened: Open) -> None:
    shown = opened(knowledge())
    shown.tab.focus("#graph")
    for _ in range(20):
        shown.tab.keyboard.press("+")
    shown.tab.evaluate("graphPage.stage.camera.panBy(9000, 9000)")
    zoom, x, y, left, top = shown.tab.evaluate(
        """() => {
            const { camera, things } = graphPage.stage;
            const { x, y } = graphPage.graph.things;
            const least = (values) => Math.min(...things.map((thing) => values[thing]));
            return [camera.zoom, camera.x, camera.y, least(x), least(y)];
        }"""
    )
    assert zoom <= 2.5 and x >= left and y >= top


def seen_by(colour: str, matrix: tuple[tuple[float, ...], ...]) -> tuple[float, ...]:
    rgb = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    return tuple(sum(share * value for share, value in zip(row, rgb, strict=True)) for row in matrix)


# Brettel and others, 1997, in the linear form of Machado and others, 2009, at full severity.
BLIND = {
    "protanopia": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
    "deuteranopia": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
    "tritanopia": ((1.256, -0.077, -0.179), (-0.078, 0.931, 0.148), (0.005, 0.691, 0.304)),
}


@pytest.mark.parametrize("kind", BLIND)
def test_similar_colours_have_different_shapes(kind: str) -> None:
    looks = {(c.colour, c.shape) for c in WORDS.classes.values() if re.fullmatch("#[0-9a-f]{6}", c.colour)}
    for (one, shape), (other, other_shape) in combinations(sorted(looks), 2):
        a, b = seen_by(one, BLIND[kind]), seen_by(other, BLIND[kind])
        apart = sum((x - y) ** 2 for x, y in zip(a, b, strict=True)) ** 0.5
        assert apart > 30 or shape != other_shape, (one, other)
