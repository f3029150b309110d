"""Reads one file as one Document.

The module for the file's format (`text`, `html`) makes lines, `line_kinds` classifies them, and `line` joins
them; this module handles errors in the file and in its side file (`metadata`).
"""

from __future__ import annotations

import hashlib
import logging
import math
import os
import re
import unicodedata
from dataclasses import replace
from pathlib import Path

from kg.model import Block, BlockKind, Document, Metadata, Problem
from kg.read import html, line_kinds, metadata, publication_date, text
from kg.read.encoding import UndecodableError, decode
from kg.read.furniture import is_sentence
from kg.read.line import assemble, composed
from kg.read.sources import FOLLOW, LEADS_OUT, Source

MAX_FILE = 10_000_000  # maximum number of bytes of a file: scripts and styles may be far longer than the text
MAX_TEXT = 2_000_000  # maximum number of characters of an article's text; a thick book has as many
# The detector gives the distance of the text from each language. In texts of _TELLS or more characters, the
# nearest language is accepted: no English text of this length was mistaken for another language. In texts of
# _SUGGESTS or more characters, the nearest language is accepted if English is farther by at least _FARTHER:
# for English texts, this difference was at most 65, for others at least 76.
_TELLS, _SUGGESTS, _FARTHER = 500, 150, 70
_ALL = 1_000  # number of languages requested from the detector; it knows fewer
_LOOKED_AT = 20_000  # number of characters, from the start, whose language is detected
_NOTHING = Metadata()
_TOO_LONG = f"holds more than {MAX_TEXT:,} characters of text"
_SPLIT = "Split it into articles, or remove it."


class _LeftOutError(Exception):
    """Raised if an article cannot be read; `read` returns its `problem` as a value."""

    def __init__(self, path: Path, what: str, mend: str) -> None:
        self.problem = Problem(str(path), what, mend)


def read(source: Source, *, any_language: bool = False) -> Document | Problem:
    """Read one article, which has to be in English unless `any_language`.

    The result is a Problem if the file has an error, and also if kg itself raises an unexpected exception. An
    error in the side file is a Problem, too, because it is unclear what the user wants.
    """
    try:
        return _document(source, any_language=any_language)
    except _LeftOutError as left_out:
        return left_out.problem
    except Exception as error:  # a bug in kg must not prevent other articles from being read
        logging.getLogger(__name__).debug("%s cannot be read", source.path, exc_info=error)
        return Problem.of_kg(str(source.path), error)


def _document(source: Source, *, any_language: bool) -> Document:
    path = source.path
    data = _bytes(path)
    side, given = _beside(source)
    page, stated = _page(path, data)
    text = "\n".join(line.text for line, _ in page.kept)
    if not any_language and (language := other_language(text)):
        mend = "Remove it, or build with --any-language."
        raise _LeftOutError(path, f'is in a language other than English ("{language}")', mend)
    found = Metadata(page.title, page.publisher, page.address, page.authors, page.date, page.credits)
    whole = metadata.encodable(metadata.overrule(metadata.overrule(found, stated), given))
    if not whole.date:
        whole = replace(whole, date=publication_date.in_address(whole.url))
    named = "" if whole.date else publication_date.in_name(path.stem)
    if named:
        whole = replace(whole, date=named)
    return assemble(source.id, page.kept, whole, hashlib.sha256(data + side + named.encode()).hexdigest())


def _bytes(path: Path) -> bytes:
    try:
        if not path.is_file():  # a folder, or a pipe, which would block
            raise _LeftOutError(path, "is not a file", "Name a text file.")
        if path.stat().st_size > MAX_FILE:
            raise _LeftOutError(path, f"is larger than {MAX_FILE // 1_000_000} MB", _SPLIT)
        return path.read_bytes()
    except OSError as error:
        raise _LeftOutError(path, f"cannot be read ({error.strerror})", "Check its permissions.") from None


def _beside(source: Source) -> tuple[bytes, Metadata]:
    """The bytes of the article's side file and the metadata in it; both empty if there is no side file."""
    path = source.path
    beside = _side_file(path)
    mend = f"Correct or remove it; until then {path.name} is skipped."
    try:
        if not beside.is_file():
            if os.path.lexists(beside):
                what = "is a link to no file" if beside.is_symlink() else "is not a file"
                raise _LeftOutError(beside, what, mend)
            return b"", Metadata()
    except OSError:  # the name of a side file would be longer than the file system permits
        return b"", Metadata()
    if not source.admits(beside):
        raise _LeftOutError(beside, LEADS_OUT, FOLLOW)
    side = _bytes(beside)
    try:
        return side, metadata.side_file(side)
    except metadata.UnusableError as error:
        raise _LeftOutError(beside, str(error), mend) from None


def _side_file(path: Path) -> Path:
    """The path of an article's side file, whether or not that exists. The names of the two files may be in
    different Unicode normalization forms.
    """
    usual = path.with_suffix(".toml")
    if usual.name.isascii():
        return usual
    names = usual.name, *(unicodedata.normalize(form, usual.name) for form in ("NFC", "NFD"))
    return next((each for each in map(path.with_name, names) if os.path.lexists(each)), usual)


def _page(path: Path, data: bytes) -> tuple[line_kinds.Layout, Metadata]:
    """The article in the file, and the metadata that a web page states."""
    if not data.strip():
        raise _LeftOutError(path, "is empty", "Remove it, or fill it with an article.")
    try:
        decoded = decode(data).text
    except UndecodableError as error:
        raise _LeftOutError(path, str(error), "Save it as UTF-8 text, or remove it.") from None
    plain = path.suffix.lower() == ".txt"
    if plain and len(decoded) > MAX_TEXT:
        raise _LeftOutError(path, _TOO_LONG, _SPLIT)
    page, stated = (line_kinds.arrange(text.lines(decoded)), Metadata()) if plain else html.arrange(decoded)
    if sum(len(line.text) for line, _ in page.kept) > MAX_TEXT:
        raise _LeftOutError(path, _TOO_LONG, _SPLIT)
    if not page.kept:
        mend = "Remove it, or save the article's text in it."
        raise _LeftOutError(path, "holds no sentence of an article in English", mend)
    return page, stated


def other_language(text: str) -> str:
    """The language of an article (its ISO 639-1 code); "" if it is English or cannot be determined."""
    from resiliparse.parse.lang import detect_fast

    if len(text) < _SUGGESTS:
        return ""
    found = detect_fast(text[:_LOOKED_AT], n_results=_ALL)
    distances = dict(found if isinstance(found, list) else [found])  # the nearest first
    code = next(iter(distances), "unknown")
    if code in ("en", "unknown"):
        return ""
    sure = len(text) >= _TELLS or distances.get("en", math.inf) - distances[code] >= _FARTHER
    return code if sure else ""


def from_text(
    id: str,  # noqa: A002 - the field's name
    text: str,
    date: str = "",
    given: Metadata = _NOTHING,
) -> Document:
    """A document from a text that contains nothing but the article; its source offsets refer to `text`.

    No line is removed. The blocks are the non-blank lines; a first line without a full stop is the title if
    other lines follow. Metadata in `given` has precedence over what the text states; if `given` has no date,
    a date line in the text provides it. Accented letters are composed (NFC). Lone surrogates, which files
    cannot contain and later stages reject, become U+FFFD.
    """
    text, segments = composed(metadata.whole(text))
    blocks: list[Block] = []
    for match in re.finditer(r"\S[^\n]*", text):
        end = match.start() + len(match[0].rstrip())
        blocks.append(Block(BlockKind.PARAGRAPH, match.start(), end))
    texts = [text[block.start : block.end] for block in blocks]
    title = ""
    if len(texts) > 1 and not is_sentence(texts[0]) and len(texts[0].split()) <= 25:
        title = texts[0]
        blocks[0] = Block(BlockKind.TITLE, blocks[0].start, blocks[0].end)
    if not (date or given.date):
        stated = (found for one in texts[:4] if (found := publication_date.date_line(one)))
        date = next((found.date for found in stated if found.date and found.label != "updated"), "")
    given = metadata.encodable(given)
    told = "" if given == _NOTHING else repr(given)
    digest = hashlib.sha256((text + told).encode()).hexdigest()
    whole = metadata.overrule(Metadata(title=title, date=date), given)
    return Document(id, text, tuple(blocks), segments, whole, digest)
