"""Takes screenshots of a graph page: the one in README.md, or all that should be inspected.

    kg build && python3 docs/screenshot.py
    python3 docs/screenshot.py --all pictures/

`--all` makes the graphs itself: the articles of seeds/, 60 synthetic articles and 20,000 synthetic things,
each in light and dark, on a wide screen and on a phone, at first view and with the card of the most important
thing. Needs `kg[test]` (playwright) and Chromium.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import kg
from kg import ontology
from kg.model import Knowledge
from kg.write.page import page

if TYPE_CHECKING:
    from playwright.sync_api import Browser

DOCS = Path(__file__).resolve().parent
ROOT = DOCS.parent
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
WIDE, PHONE = (1360, 850), (390, 844)
BEGIN = "() => graphPage.open(graphPage.graph.first.things[0])"
STILL = 800  # milliseconds until all movement has ended


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("page", nargs="?", type=Path, default=ROOT / "output" / "graph.html")
    parser.add_argument("picture", nargs="?", type=Path, default=DOCS / "graph.png")
    parser.add_argument("--search", default="", help="search for this name first, so that its card is open")
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--size", nargs=2, type=int, default=WIDE, metavar=("WIDTH", "HEIGHT"))
    parser.add_argument(
        "--all", type=Path, metavar="FOLDER", help="make graphs, and take all screenshots of them"
    )
    given = parser.parse_args()

    from playwright.sync_api import sync_playwright

    browser_path = next((found for name in CHROMIUM if (found := shutil.which(name))), None)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        if given.all:
            for name, knowledge in graphs():
                made = Path(folder) / f"{name}.html"
                made.write_text(page(knowledge, ontology.load()), encoding="utf-8")
                for picture in all_pictures(browser, made, given.all):
                    print(picture)
        else:
            scheme = "dark" if given.dark else "light"
            take(browser, given.page, given.picture, tuple(given.size), scheme, search=given.search)
        browser.close()


def graphs() -> Iterator[tuple[str, Knowledge]]:
    """The graphs for --all, each made when it is requested."""
    sys.path.append(str(ROOT / "benchmarks"))
    import made_up
    import page_speed

    yield "seeds", kg.build(ROOT / "seeds").knowledge
    yield "60-articles", made_up.knowledge(60, ontology.load())
    yield "20000-things", page_speed.invented(20_000, 60_000)


def all_pictures(browser: Browser, made: Path, folder: Path) -> Iterator[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    for screen, size in (("wide", WIDE), ("phone", PHONE)):
        for scheme in ("light", "dark"):
            for view, script in (("first", ""), ("card", BEGIN)):
                picture = folder / f"{made.stem}-{view}-{screen}-{scheme}.png"
                take(browser, made, picture, size, scheme, script=script)
                yield picture


def take(
    browser: Browser,
    made: Path,
    picture: Path,
    size: tuple[int, int],
    scheme: str,
    search: str = "",
    script: str = "",
) -> None:
    """Take one screenshot; before it, search for `search` in the page, or run `script` there."""
    tab = browser.new_page(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme)
    tab.goto(made.resolve().as_uri())
    tab.wait_for_selector("html[data-ready]")
    if search:
        tab.fill("#search", search)
        tab.keyboard.press("Enter")
        tab.wait_for_selector("#card h2")
    if script:
        tab.evaluate(script)
    tab.wait_for_timeout(STILL)
    tab.screenshot(path=picture)
    tab.close()


if __name__ == "__main__":
    main()
