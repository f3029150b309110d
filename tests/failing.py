"""Makes kg fail on articles that contain a certain word, in each part of the reading stage."""

from __future__ import annotations

from functools import wraps

import pytest

from kg import extract
from kg.language import pipeline, repairs

PARTS = {
    "tokens": (pipeline, "_mark_sentences"),
    "parse": (repairs, "mend"),
    "understand": (extract, "understand"),
    "extract": (extract, "extract"),
}


def fail(monkeypatch: pytest.MonkeyPatch, part: str, word: str, error: BaseException) -> None:
    """Make a part of the reading stage raise `error` for texts that contain the word."""
    module, name = PARTS[part]
    usual = getattr(module, name)

    @wraps(usual)
    def failing(given, *others):  # type: ignore[no-untyped-def]
        if word in getattr(given, "doc", given).text:  # a Doc, or a Parsed
            raise error
        return usual(given, *others)

    monkeypatch.setattr(module, name, failing)
