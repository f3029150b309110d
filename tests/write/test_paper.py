"""Pages and pictures without scripts: the timeline, the story of an event, the network as SVG."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from kg.model import Factuality, Knowledge, Time
from kg.write.picture import LINE, picture, png
from kg.write.story import story
from kg.write.timeline import timeline
from tests.sample import disputed, knowledge
from tests.write.browser import Opened
from tests.write.conftest import WORDS, Open
from tests.write.synthetic import hostile, invented

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def told(known: Knowledge) -> str:
    return story(known, WORDS, known.events[0])


@pytest.fixture
def on_paper(open_file: Open, tmp_path: Path) -> Callable[[str], Opened]:
    def open_text(text: str) -> Opened:
        path = tmp_path / "paper.html"
        path.write_text(text, encoding="utf-8")
        return open_file(path, wait_for="main")

    return open_text


def test_the_timeline_has_a_row_for_each_person_and_a_mark_for_each_date(
    on_paper: Callable[[str], Opened],
) -> None:
    tab = on_paper(timeline(knowledge(), WORDS)).tab
    assert set(tab.locator("svg .lane").all_text_contents()) == {"Ana Ruiz", "Tom Reed"}
    assert tab.locator("svg .day").all_text_contents() == ["12 January 2026"]
    assert "Dated events: 1, of 2 people and things. Without a date: 1." in tab.inner_text("main")
    tab.locator("svg a").first.click()
    assert tab.evaluate("() => location.hash") == "#event-1111aaaa"
    assert "Ana Ruiz hosted Tom Reed in Lima on Monday." in tab.inner_text("article")
    assert tab.inner_text("mark") == "hosted"


def test_undated_events_are_dated_by_their_article_and_say_so() -> None:
    known = knowledge()
    [dated] = [each for each in known.documents if each.metadata.date]
    events = tuple(replace(event, time=None, documents=(dated.id,)) for event in known.events)
    text = timeline(replace(known, events=events), WORDS)
    assert "2 of them are undated" in text
    assert "dated by its article" in text
    assert 'class="sure borrowed"' in text


def test_the_timeline_is_no_wider_than_its_page(on_paper: Callable[[str], Opened]) -> None:
    known = knowledge()
    days = [f"2026-{month:02}-{day:02}" for month in range(1, 4) for day in range(1, 20)]
    many = [replace(known.events[0], id=f"event-{day}", time=Time(day, day, day)) for day in days]
    tab = on_paper(timeline(replace(known, events=tuple(many)), WORDS)).tab

    def hidden() -> int:
        script = "(window) => window.scrollWidth - window.clientWidth"
        found: int = tab.eval_on_selector(".window", script)
        return found

    assert hidden() <= 0
    dates = tab.locator("svg.date:not(.minor)")
    boxes = [each.bounding_box() for each in dates.all()]
    assert all(one and two and two["x"] - one["x"] > 20 for one, two in pairwise(boxes))
    tab.click("#closer")
    assert hidden() > 100
    assert dates.count() > len(boxes)  # there is space for more
    tab.click("#whole")
    tab.focus("svg a[tabindex='0']")
    tab.keyboard.press("+")
    tab.hover("svg a[tabindex='0']")
    tab.mouse.wheel(0, -120)
    tab.wait_for_function("() => Number(document.documentElement.dataset.zoom) > 1.6")
    tab.keyboard.press("ArrowRight")
    assert tab.evaluate("() => document.activeElement.getAttribute('href')") == "#event-2026-01-02"
    assert tab.locator("svg a[tabindex='0']").count() == 1


def test_every_date_of_the_timeline_is_complete(on_paper: Callable[[str], Opened]) -> None:
    known = knowledge()
    late = replace(known.events[0], id="event-9", time=Time("2026-12-30", "2026-12-30", "Wednesday"))
    tab = on_paper(timeline(replace(known, events=(*known.events, late)), WORDS)).tab
    chart = tab.locator(".timeline").bounding_box()
    dates = [date.bounding_box() for date in tab.locator("svg .day").all()]
    assert chart
    assert len(dates) == 2
    assert all(date and date["x"] + date["width"] <= chart["x"] + chart["width"] for date in dates)
    names = [name.bounding_box() for name in tab.locator("svg .lane").all()]
    assert all(name and name["x"] >= chart["x"] for name in names)


def test_the_timeline_shows_long_names_completely(on_paper: Callable[[str], Opened]) -> None:
    known = knowledge()
    name = "The Right Honourable Ana Maria de la Cruz Ruiz of the Outer Hollow Isles and Port Amber"
    people = tuple(replace(each, label=name) if each.id == "Ana_Ruiz" else each for each in known.entities)
    tab = on_paper(timeline(replace(known, entities=people), WORDS)).tab
    assert name in " ".join(tab.locator("svg .lane").all_text_contents())


def test_the_timeline_is_complete_without_scripts(chromium: Browser, tmp_path: Path) -> None:
    path = tmp_path / "timeline.html"
    path.write_text(timeline(knowledge(), WORDS), encoding="utf-8")
    tab = chromium.new_page(java_script_enabled=False)
    tab.goto(path.as_uri())
    assert tab.locator("svg .date").is_visible()
    assert not tab.locator("#tools").is_visible()
    tab.close()


def test_a_story_says_who_says_what(on_paper: Callable[[str], Opened]) -> None:
    known = knowledge()
    doubt = replace(
        known.statements[2], event="event-1111aaaa", factuality=Factuality.REPORTED, speaker="Tom_Reed"
    )
    text = on_paper(
        told(replace(known, statements=(*known.statements, replace(doubt, id="st-99"))))
    ).tab.inner_text("main")
    assert "12 January 2026 (“Monday”)" in text
    assert "Ana Ruiz hosted Tom Reed\tthe article\tasserted\t1" in text
    assert "Tom Reed signed a treaty\tTom Reed\treported\t1" in text
    assert "Ruiz hosts Reed · The Example · 13 January 2026 · a.txt" in text


def test_hostile_text_does_nothing_on_paper(on_paper: Callable[[str], Opened]) -> None:
    for text in (timeline(hostile(), WORDS), told(hostile())):
        tab = on_paper(text).tab
        assert tab.locator("img, iframe").count() == 0
        assert tab.locator("script").count() == text.count('<script type="module">') <= 1
        assert "<img src=x onerror=hacked()>" in tab.inner_text("main")


def test_the_picture_is_svg_with_every_name_of_the_first_view() -> None:
    root = ET.fromstring(picture(knowledge(), WORDS))
    texts = {element.text for element in root.iter("{http://www.w3.org/2000/svg}text")}
    assert {"Ana Ruiz", "Tom Reed", "2 relations", "holds position"} <= texts
    assert "<script" not in picture(hostile(), WORDS)


def test_the_picture_explains_its_shapes_and_no_arrowhead_is_below_a_name() -> None:
    svg = "{http://www.w3.org/2000/svg}"
    known = knowledge()
    contested = tuple(replace(each, subject="Ana_Ruiz") for each in disputed().conflicts)
    root = ET.fromstring(picture(replace(known, conflicts=contested), WORDS))
    assert {"person", "position", "the articles disagree", "≠"} <= {
        each.text for each in root.iter(f"{svg}text")
    }
    names = [each for each in root.iter(f"{svg}text") if each.get("font-weight") == "600"]
    tips = [
        each.get("points", "").split()[0] for each in root.iter(f"{svg}polygon") if each.get("fill") == LINE
    ]
    assert tips
    for x, y in (map(float, tip.split(",")) for tip in tips):
        for name in names:
            half = 3.2 * len(name.text or "")
            inside = abs(x - float(name.get("x", 0))) < half and -12 < y - float(name.get("y", 0)) < 2
            assert not inside, (name.text, x, y)


def test_the_picture_of_nothing_is_empty() -> None:
    ET.fromstring(picture(Knowledge(), WORDS))
    assert "No event of these articles has a date." in timeline(Knowledge(), WORDS)


def test_the_picture_is_turned_into_png() -> None:
    assert png(picture(invented(30, 60), WORDS)).startswith(b"\x89PNG")
