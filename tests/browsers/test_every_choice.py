"""After each of forty choices, what the graph page shows is readable (`pytest -m browsers`).

The choices are made on a wide screen and on a phone. After every choice, everything is in view; up to sixty
things all have their names, and so do their lines; no two names overlap; no line is shorter than the height
of a name; and if nothing is left, the page says so.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import kg
from kg.model import Knowledge
from kg.pipeline import load
from kg.write.page import page
from tests.browsers.news import rows
from tests.write.browser import Opened
from tests.write.conftest import WORDS
from tests.write.synthetic import invented

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browsers

SEEN = """() => {
    const { stage, graph } = graphPage;
    const { camera, labels, things, lines } = stage;
    const { x, y, radius } = graph.things;
    const at = (thing) => camera.toScreen(x[thing], y[thing]);
    const named = new Set(labels.names.map(({ thing }) => thing));
    const titled = new Set(labels.relations.map(({ key }) => key));
    const long = ({ a, b }) => Math.hypot(at(a)[0] - at(b)[0], at(a)[1] - at(b)[1]) - radius[a] - radius[b];
    const wide = (rows) => Math.max(...rows.map((text, row) => labels.width(text, row ? 11 : 12, 400)));
    const boxes = [
        ...labels.names.map(({ thing, across, down, wide, high }) => [
            at(thing)[0] + across, at(thing)[1] + down, wide, high,
        ]),
        ...labels.relations.map(({ spot, rows }) => [...spot, wide(rows), 14 * rows.length]),
    ];
    const meet = ([left, top, wide, high]) => ([x, y, broad, tall]) =>
        2 * Math.abs(left - x) < wide + broad - 1 && 2 * Math.abs(top - y) < high + tall - 1;
    const overlaps = boxes.filter((box, one) => boxes.slice(one + 1).some(meet(box)));
    const nothing = document.querySelector("#nothing");
    return {
        things: things.length,
        lines: lines.length,
        unnamed: things.filter((thing) => !named.has(thing)).map((thing) => graph.label(thing)),
        untitled: lines.filter(({ key }) => !titled.has(key)).map(({ label }) => label),
        short: lines.filter((line) => long(line) < 14).map(({ label }) => label),
        outside: things.filter((thing) => !stage.sees(thing)).map((thing) => graph.label(thing)),
        overlaps: overlaps.length,
        nothing: nothing.hidden ? "" : nothing.textContent,
    };
}"""


def limit(share: int) -> str:
    return (
        f"const s = document.querySelector('#limit'); s.value = {share}; s.dispatchEvent(new Event('input'));"
    )


def select(name: str, value: object) -> str:
    changed = "s.dispatchEvent(new Event('change'));"
    return f"const s = document.querySelector('#{name}'); s.value = '{value}'; {changed}"


def check(field: str, value: str, on: bool = True) -> str:
    box = f"document.querySelector('#{field} input[value=\"{value}\"]')"
    return f"if ({box} && {box}.checked !== {str(on).lower()}) {box}.click();"


MOODS = ("doubtful", "reported", "planned", "possible", "negated")
CHOICES = (
    *(limit(share) for share in (10, 30, 50, 80, 90, 100)),
    *(check("factualities", mood) for mood in MOODS),
    *("{" + check("factualities", mood) + "}" + check("factualities", "asserted", False) for mood in MOODS),
    *(
        check("families", name, False)
        for name in ("Person", "Organization", "Country", "Place", "City", "Position")
    ),
    *(select("article", number) for number in range(5)),
    *("{" + select("article", number) + "}" + check("factualities", "doubtful") for number in range(3)),
    *(select("relation", number) for number in range(4)),
    *(select("happenings", how) for how in ("nodes", "lines")),
    *(check("kinds", kind) for kind in ("described", "alone")),
    *(f"graphPage.openFound({thing});" for thing in (0, 3, 9)),
)


@pytest.fixture(params=["seeds", "invented", "news"])
def known(request: pytest.FixtureRequest, tmp_path: Path) -> Knowledge:
    if request.param == "seeds":
        return load(request.getfixturevalue("built")).knowledge
    if request.param == "invented":
        return invented(60, 150)
    articles = tmp_path / "news.jsonl"
    articles.write_text("".join(f"{json.dumps(row)}\n" for row in rows()), encoding="utf-8")
    return kg.build(articles).knowledge


@pytest.fixture(params=[(1400, 900), (390, 844)], ids=["wide", "phone"])
def choose(
    request: pytest.FixtureRequest, known: Knowledge, chromium: Browser, tmp_path: Path
) -> Iterator[Callable[[str], Any]]:
    """A function that makes a choice in the first view, and returns what is shown afterwards."""
    width, height = request.param
    path = tmp_path / "graph.html"
    path.write_text(page(known, WORDS), encoding="utf-8")
    tab = chromium.new_page(viewport={"width": width, "height": height}, reduced_motion="reduce")
    shown = Opened(tab).load(path.as_uri(), "html[data-ready]")

    def seen(script: str) -> Any:
        tab.evaluate("document.querySelector('#reset').click(); graphPage.setView('graph');")
        tab.evaluate(f"async () => {{ {script} }}")
        tab.wait_for_timeout(150)  # a card that opens leaves less room, and the layout follows
        tab.evaluate("async () => { await graphPage.stage.laid; await new Promise(requestAnimationFrame); }")
        return tab.evaluate(SEEN)

    yield seen
    tab.close()
    assert shown.trouble == []


def test_after_every_choice_what_is_left_can_be_read(choose: Callable[[str], Any]) -> None:
    assert len(CHOICES) >= 40
    wrong = []
    for script in CHOICES:
        seen = choose(script)
        told = {key: seen[key] for key in ("short", "outside") if seen[key]}
        if seen["things"] <= 60:
            told |= {key: seen[key] for key in ("unnamed", "untitled") if seen[key]}
        if seen["overlaps"]:
            told["overlaps"] = seen["overlaps"]
        if not seen["things"] and not seen["nothing"]:
            told["empty"] = True
        if told:
            wrong.append((script, seen["things"], seen["lines"], told))
    assert wrong == []
