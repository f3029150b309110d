"""Takes pictures of a graph page: the one that README.md shows, or all that have to be looked at.

    kg build && python3 docs/screenshot.py
    python3 docs/screenshot.py graph.html pictures/ --all    # light and dark, wide and phone

Wants `kg[test]` (playwright) and Chromium.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

DOCS = Path(__file__).parent
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("page", nargs="?", type=Path, default=DOCS.parent / "output" / "graph.html")
    parser.add_argument("picture", nargs="?", type=Path, default=DOCS / "graph.png")
    parser.add_argument("--search", default="", help="type this name first, so that its card is open")
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--all", action="store_true", help="light and dark, wide and phone, into a folder")
    parser.add_argument("--size", nargs=2, type=int, default=(1360, 850), metavar=("WIDTH", "HEIGHT"))
    given = parser.parse_args()
    browser_path = next((found for name in CHROMIUM if (found := shutil.which(name))), None)
    wanted = [(given.picture, tuple(given.size), "dark" if given.dark else "light")]
    if given.all:
        given.picture.mkdir(parents=True, exist_ok=True)
        wanted = [
            (given.picture / f"{given.page.stem}-{name}-{scheme}.png", size, scheme)
            for name, size in {"wide": (1360, 850), "phone": (390, 844)}.items()
            for scheme in ("light", "dark")
        ]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        for picture, (width, height), scheme in wanted:
            page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
            page.goto(given.page.resolve().as_uri())
            page.wait_for_selector("html[data-ready]")
            if given.search:
                page.fill("#search", given.search)
                page.keyboard.press("Enter")
                page.wait_for_selector("#card h2")
            page.wait_for_timeout(800)  # until it stands still
            page.screenshot(path=picture)
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
