"""Reads files as Documents: the text of each article without page furniture, with its source offsets.

Source offsets count characters of the decoded file, as Python's `Path.read_text(encoding)` returns it: line
ends are single line feeds, and a byte order mark in UTF-8 is a character. A new input format needs a module
like `text` and `html` that splits a decoded file into lines.
"""

from kg.read.article import from_text, other_language, read
from kg.read.encoding import Decoded, UndecodableError, decode
from kg.read.sources import ENDINGS, Source, find

__all__ = [
    "ENDINGS", "Decoded", "Source", "UndecodableError",
    "decode", "find", "from_text", "other_language", "read",
]  # fmt: skip
