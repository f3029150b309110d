"""Parses untrusted TOML in bounded time.

Python's parser takes quadratic time in the length of a key, and deep nesting overflows the stack. Files that
are too large, have too long lines or are nested too deep are refused before parsing.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata

MAX_SIDE_FILE = 100_000  # maximum number of bytes of a side file
MAX_DECISIONS = 10_000_000  # maximum number of bytes of decisions.toml
MAX_LINE = 20_000  # maximum number of characters of a line
MAX_DEPTH = 50  # maximum number of nested brackets
_BRACKETS = re.compile(r"[\[{]|[\]}]")


class TomlError(ValueError):
    """The file is not valid TOML or exceeds the limits; the message completes "The file ..."."""


def table(data: bytes, largest: int) -> dict[str, object]:
    """The content of a file of at most `largest` bytes, in NFC. Raises only TomlError.

    >>> table(b'title = "Mayor opens bridge"', 100)
    {'title': 'Mayor opens bridge'}
    >>> table(b"n = " + b"[" * 90, 100)
    Traceback (most recent call last):
    kg.read.toml.TomlError: is nested more than 50 deep
    """
    if len(data) > largest:
        raise TomlError(f"is larger than {largest:,} bytes")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TomlError(f"is not UTF-8: byte {error.start} is wrong") from None
    for number, line in enumerate(text.splitlines(), 1):
        if len(line) > MAX_LINE:
            raise TomlError(f"has more than {MAX_LINE:,} characters in line {number}")
    if _depth(text) > MAX_DEPTH:
        raise TomlError(f"is nested more than {MAX_DEPTH} deep")
    try:
        return tomllib.loads(unicodedata.normalize("NFC", text))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise TomlError(f"is not TOML: {error}") from None
    except ValueError:
        raise TomlError("holds a number of too many digits") from None


def _depth(text: str) -> int:
    """The maximum depth of nested brackets. Brackets in strings and comments count, too."""
    deepest = depth = 0
    for match in _BRACKETS.finditer(text):
        depth = depth + 1 if match[0] in "[{" else max(depth - 1, 0)
        deepest = max(deepest, depth)
    return deepest
