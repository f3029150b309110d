"""Opens a page in Chromium, and records its errors and external requests."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page


def _installed(*names: str) -> str | None:
    return next((found for name in names if (found := shutil.which(name))), None)


CHROMIUM = _installed("chromium", "chromium-browser", "google-chrome")
FIREFOX = _installed("firefox-esr", "firefox")


class Opened:
    def __init__(self, tab: Page) -> None:
        self.tab = tab
        self.trouble: list[str] = []
        self.requests: list[str] = []
        tab.on("console", lambda message: message.type == "error" and self.trouble.append(message.text))
        tab.on("pageerror", lambda error: self.trouble.append(str(error)))
        tab.on("dialog", lambda dialog: (self.trouble.append("dialog"), dialog.dismiss()))
        tab.on("popup", lambda popup: self.trouble.append(f"popup {popup.url}"))
        tab.on("request", lambda request: self.requests.append(request.url))
        tab.add_init_script(
            "window.hacked = () => console.error('hacked');"
            "addEventListener('securitypolicyviolation', (e) => console.error(e.violatedDirective));"
        )

    def load(self, address: str, wait_for: str) -> Opened:
        self.tab.goto(address)
        self.tab.wait_for_selector(wait_for)
        return self

    def count(self, what: str) -> int:
        return int(self.tab.locator("html").get_attribute(f"data-{what}") or -1)

    # -- Actions; each waits for the card that it opens --------------------------------------------

    def search(self, text: str) -> None:
        with self.next_card():
            self.tab.fill("#search", text)
            self.tab.press("#search", "Enter")

    def click(self, selector: str) -> None:
        with self.next_card():
            self.tab.locator(selector).first.click()

    def click_at(self, point: tuple[float, float]) -> None:
        with self.next_card():
            self.tab.mouse.click(*point)

    def next_card(self) -> _NextCard:
        return _NextCard(self)

    def card(self) -> str:
        return self.tab.inner_text("#card")

    def title(self) -> str:
        return self.tab.inner_text("#card h2")

    # -- Positions ---------------------------------------------------------------------------------

    def where(self, label: str) -> tuple[float, float]:
        """The position of a thing on the screen."""
        return self.point(
            """(label) => {
                const { graph, stage } = graphPage;
                const thing = graph.things.label.indexOf(label);
                return stage.camera.toScreen(graph.things.x[thing], graph.things.y[thing]);
            }""",
            label,
        )

    def line(self, one: str, other: str, share: float = 0.5) -> tuple[float, float]:
        """A point on the line between two things."""
        (x1, y1), (x2, y2) = self.where(one), self.where(other)
        return x1 + (x2 - x1) * share, y1 + (y2 - y1) * share

    def point(self, script: str, given: Any) -> tuple[float, float]:
        x, y = self.tab.evaluate(script, given)
        box = self.tab.locator("#graph").bounding_box()
        assert box
        return box["x"] + x, box["y"] + y

    def pixels(self, colour: str) -> int:
        """The number of pixels in the foreground canvas that have about this colour (#rrggbb)."""
        wanted = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
        found: int = self.tab.evaluate(
            """(wanted) => {
                const canvas = document.querySelector("#graph .near canvas");
                const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
                let found = 0;
                for (let at = 0; at < data.length; at += 4)
                    if (wanted.every((value, i) => Math.abs(data[at + i] - value) < 24)) found += 1;
                return found;
            }""",
            wanted,
        )
        return found

    def download(self, selector: str) -> Path:
        self.tab.click("#save > summary")
        with self.tab.expect_download() as coming:
            self.tab.click(selector)
        return Path(coming.value.path())


class _NextCard:
    """Waits until a new card is shown."""

    def __init__(self, shown: Opened) -> None:
        self.shown = shown

    def __enter__(self) -> None:
        self.before = max(0, self.shown.count("card"))

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            script = f"() => Number(document.documentElement.dataset.card ?? 0) > {self.before}"
            self.shown.tab.wait_for_function(script, polling=20, timeout=5000)
