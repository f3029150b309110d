"""Untrusted TOML is read in bounded time, or refused with the reason."""

from __future__ import annotations

import pytest

from kg.read import toml

HOSTILE = {
    "digits": b"n = " + b"9" * 6_000,
    "brackets": b"n = " + b"[" * 100_000,
    "tables": b"n = " + b"{a = " * 10_000,
    "brackets over lines": b"n = [\n" * 100_000,
    "long key": b"k" * 200_000 + b" = 1",
    "dotted key": b"a" + b".a" * 100_000 + b" = 1",
    "headers": b"".join(b"[" + b"a." * i + b"a]\n" for i in range(300)),
    "no text": b"\xff\xfe\x00",
    "cut": b'title = "Mayor',
    "large": b"# comment\n" * 1_000_000,
    "date": b"date = 2026-13-45",
    "control character": b'title = "a\x00b"',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused(name: str) -> None:
    try:
        toml.table(HOSTILE[name], toml.MAX_SIDE_FILE)
    except toml.TomlError as error:
        assert len(str(error)) < 300
    else:
        assert name == "headers"  # large, but valid TOML


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (HOSTILE["digits"], "holds a number of too many digits"),
        (HOSTILE["brackets over lines"], "is larger than 100,000 bytes"),
        (b"n = " + b"[" * 60 + b"]" * 60, "is nested more than 50 deep"),
        (HOSTILE["no text"], "is not UTF-8: byte 0 is wrong"),
        (b"a = 1\n" + b"b" * 30_000 + b" = 1", "has more than 20,000 characters in line 2"),
    ],
)
def test_the_reason_is_reported(data: bytes, what: str) -> None:
    with pytest.raises(toml.TomlError, match=what.replace("(", r"\(")):
        toml.table(data, toml.MAX_SIDE_FILE)


def test_ordinary_side_files_are_read() -> None:
    text = 'title = "The [old] mayor"\nauthors = ["Ana", "Tom"]\n'
    assert toml.table(b"\xef\xbb\xbf" + text.encode(), 100) == {
        "title": "The [old] mayor",
        "authors": ["Ana", "Tom"],
    }
