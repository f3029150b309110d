"""Takes the picture of the graph page that README.md shows.

    kg build && python3 docs/screenshot.py

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
    parser.add_argument("--size", nargs=2, type=int, default=(1360, 850), metavar=("WIDTH", "HEIGHT"))
    given = parser.parse_args()
    browser_path = next((found for name in CHROMIUM if (found := shutil.which(name))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        width, height = given.size
        page = browser.new_page(viewport={"width": width, "height": height})
        page.goto(given.page.resolve().as_uri())
        page.wait_for_timeout(1500)  # until it is drawn
        if given.search:
            page.fill("#search", given.search)
            page.keyboard.press("Enter")
            page.wait_for_timeout(1000)
        page.screenshot(path=given.picture)
        browser.close()


if __name__ == "__main__":
    main()
