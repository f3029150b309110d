"""The script that takes screenshots for inspection."""

from __future__ import annotations

import importlib.util
import struct
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.write.page import page
from tests.sample import knowledge
from tests.write.conftest import WORDS

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def test_every_screen_and_colour_scheme_has_its_screenshots(
    chromium: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = Path(__file__).parents[2] / "docs" / "screenshot.py"
    spec = importlib.util.spec_from_file_location("screenshot", script)
    assert spec
    assert spec.loader
    screenshot = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(screenshot)
    monkeypatch.setattr(screenshot, "STILL", 0)
    made = tmp_path / "sample.html"
    made.write_text(page(knowledge(), WORDS), encoding="utf-8")
    taken = list(screenshot.all_pictures(chromium, made, tmp_path / "new"))
    assert len(taken) == 8
    sizes = {struct.unpack(">II", picture.read_bytes()[16:24]) for picture in taken}
    assert sizes == {(1360, 850), (390, 844)}
    assert len({picture.read_bytes() for picture in taken}) == 8
