"""Measures load time and frame rate of the graph page, compared with plain pyvis in the same run.

    python3 benchmarks/page_speed.py                   # 100, 1,000, 5,000 and 20,000 things
    python3 benchmarks/page_speed.py 1000 --patience 30

The graphs are synthetic, with three statements per thing, and shown in headless Chromium without a GPU. kg's
page counts as usable when its first view is drawn and a search has found a name; pyvis's page, when its
loading bar is gone. At each size, pyvis is stopped after `--patience` seconds. Needs `kg[test]` and Chromium.
"""

from __future__ import annotations

import argparse
import random
import shutil
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from kg import ontology
from kg.model import Document, Entity, Evidence, Factuality, Knowledge, Metadata, Statement, Time
from kg.write.page import page

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
KINDS = ("Person", "Person", "Person", "Company", "City", "Country", "CreativeWork", "Product", "Position")
RELATIONS = ("met", "hosted", "visited", "works for", "criticised", "signed", "praised", "bought", "leads")
SYLLABLES = (
    "ba",
    "ko",
    "ri",
    "lu",
    "mar",
    "ten",
    "sol",
    "vi",
    "dra",
    "nes",
    "ola",
    "pim",
    "gus",
    "tha",
    "wen",
)

PAN = """async (frames) => {
    const graph = document.querySelector("#graph") ?? document.querySelector("#mynetwork canvas");
    const { left, top, width, height } = graph.getBoundingClientRect();
    const mouse = { bubbles: true, pointerId: 1, pointerType: "mouse", isPrimary: true, button: 0 };
    const at = (x) => ({ ...mouse, clientX: left + width / 2 + x, clientY: top + height / 2 });
    graph.setPointerCapture = () => {};
    graph.dispatchEvent(new PointerEvent("pointerdown", at(0)));
    const begun = performance.now();
    for (let frame = 1; frame <= frames; frame += 1) {
        graph.dispatchEvent(new PointerEvent("pointermove", at(frame * 4)));
        await new Promise(requestAnimationFrame);
    }
    const seconds = (performance.now() - begun) / 1000;
    graph.dispatchEvent(new PointerEvent("pointerup", at(frames * 4)));
    return frames / seconds;
}"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=[100, 1000, 5000, 20000])
    parser.add_argument("--patience", type=float, default=120.0, help="seconds to wait for plain pyvis")
    parser.add_argument(
        "--plain-up-to", type=int, default=5000, help="maximum number of things for plain pyvis"
    )
    given = parser.parse_args()

    from playwright.sync_api import sync_playwright

    browser_path = next((found for name in CHROMIUM if (found := shutil.which(name))), None)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as name:
        browser = playwright.chromium.launch(executable_path=browser_path, args=OPTIONS)
        heads = ("things", "made s", "MB", "usable s", "frames/s", "all: f/s", "pyvis s")
        print("".join(f"{head:>10}" for head in heads))
        for size in given.sizes:
            knowledge = invented(size, 3 * size)
            path, begun = Path(name) / f"{size}.html", time.perf_counter()
            path.write_text(page(knowledge, ontology.load()), encoding="utf-8")
            made = time.perf_counter() - begun
            usable, near, far = ours(browser, path)
            plain = "-"
            if size <= given.plain_up_to:
                # In a separate browser: a page that does not finish would keep running beside kg's page.
                other = playwright.chromium.launch(executable_path=browser_path, args=OPTIONS)
                plain = pyvis_seconds(other, knowledge, Path(name) / "plain.html", given.patience)
                other.close()
            megabytes = path.stat().st_size / 1e6
            figures = (f"{made:.1f}", f"{megabytes:.1f}", f"{usable:.2f}", f"{near:.0f}", f"{far:.0f}", plain)
            print(f"{size:10}" + "".join(f"{figure:>10}" for figure in figures), flush=True)


def invented(things: int, statements: int) -> Knowledge:
    """Clusters of about sixty things around a few well-connected ones; equal arguments give equal graphs."""
    dice = random.Random(11)
    documents = [f"day{number:04}.txt" for number in range(max(5, things // 20))]

    def word() -> str:
        return "".join(dice.choices(SYLLABLES, k=dice.randint(2, 3))).capitalize()

    keys = [f"e{number:05}" for number in range(things)]
    mentions: dict[str, set[str]] = {key: set() for key in keys}
    clusters = max(1, things // 60)
    found = []
    for number in range(statements):
        cluster = int(clusters * dice.random() ** 1.6)
        one = cluster + clusters * int(things // clusters * dice.random() ** 2.2)
        home = cluster if dice.random() < 0.85 else int(clusters * dice.random() ** 2)
        other = home + clusters * int(things // clusters * dice.random() ** 2.2)
        if one == other:
            continue
        subject, target, label = keys[one], keys[other], dice.choice(RELATIONS)
        names = sorted(dice.sample(documents, dice.randint(1, 3)))
        mentions[subject].update(names)
        mentions[target].update(names)
        day = f"2026-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"
        sentence = (
            f"On that day {subject} {label} {target}, the harbour office said, and nobody was surprised."
        )
        said = [(name, 90 * number, 90 * number + 80, sentence, "active", 0.8, label) for name in names]
        evidence = tuple(Evidence(*each) for each in said)
        mood = dice.choices(list(Factuality), (70, 12, 8, 5, 5))[0]
        when = Time(day, day, "that day") if number % 2 else None
        relation = (subject, label.replace(" ", "-"), target)
        found.append(
            Statement(
                f"st-{number:06}",
                *relation,
                mood,
                0.8,
                evidence,
                label,
                True,
                time=when,
                independent=len(evidence),
            )
        )
    entities = tuple(
        Entity(key, f"{word()} {word()}", dice.choice(KINDS), (), tuple(sorted(mentions[key])))
        for key in keys
    )
    papers = tuple(
        Document(name, "", (), (), Metadata(f"News of {name}", "The Gazette")) for name in documents
    )
    return Knowledge(papers, entities, (), tuple(found))


def ours(browser: Browser, path: Path) -> tuple[float, float, float]:
    """Seconds until the page is usable; frames per second while the first view is panned; frames per second
    while the view of everything is panned.
    """
    tab = browser.new_page(viewport={"width": 1360, "height": 850})
    begun = time.perf_counter()
    tab.goto(path.as_uri(), wait_until="commit")
    tab.wait_for_selector("html[data-ready]", timeout=60_000)
    tab.fill("#search", "mar")
    tab.wait_for_selector("#hits li[aria-selected=true]")
    tab.evaluate("() => new Promise(requestAnimationFrame)")
    usable = time.perf_counter() - begun
    tab.keyboard.press("Escape")
    near = tab.evaluate(PAN, 60)
    tab.click("#all")
    tab.wait_for_timeout(500)
    far = tab.evaluate(PAN, 40)
    tab.close()
    return usable, near, far


def pyvis_seconds(browser: Browser, knowledge: Knowledge, path: Path, patience: float) -> str:
    """Seconds until plain pyvis has drawn the same graph and is idle; or a note that it did not finish."""
    from playwright.sync_api import TimeoutError as TooLate
    from pyvis.network import Network

    network = Network(cdn_resources="in_line", directed=True)
    for entity in knowledge.entities:
        network.add_node(entity.id, label=entity.label)
    known = set(network.get_nodes())
    # This does what add_edge does, without its search through all nodes for every edge.
    network.edges = [
        {"from": s.subject, "to": s.object, "title": s.label, "arrows": "to"}
        for s in knowledge.statements
        if s.subject in known and s.object in known
    ]
    path.write_text(network.generate_html(), encoding="utf-8")
    tab = browser.new_page(viewport={"width": 1360, "height": 850})
    tab.set_default_timeout(patience * 1000)
    tab.route("http*://**", lambda route: route.abort())
    begun = time.perf_counter()
    try:
        tab.goto(path.as_uri(), wait_until="commit")
        tab.wait_for_function("() => window.network && network.physics.stabilized", polling=100)
        return f"{time.perf_counter() - begun:.1f}"
    except TooLate:
        return f"> {patience:.0f}"
    finally:
        tab.close()


if __name__ == "__main__":
    main()
