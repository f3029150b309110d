"""The main text of a web page, extracted by trafilatura within a time limit.

trafilatura's HTML parser takes time quadratic in the number of attributes of a tag: minutes for a megabyte of
attributes, and Python cannot interrupt the parser. A page that may contain such a tag is parsed in another
process:

    python -m kg.read.main_text < PAGE
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from kg.model import Metadata

_LARGE = 1_000_000  # pages with more characters are parsed in another process, which takes a second to start
_LONG = 2000  # minimum number of characters of a tag whose attributes are counted
_MANY = 300  # a tag with more attributes is suspicious: real pages have at most a tenth of this number
_SECONDS = 30  # time limit for extracting the main text in another process
_TAG = re.compile(rf"<[A-Za-z][^>]{{{_LONG},}}")
_VALUE = re.compile(r"=\s*(?:\"[^\"]*\"|'[^']*')")
_QUOTED_END = re.compile(r"=\s*([\"'])(?:(?!\1)[^>]){0,200}>")  # a ">" within a value, not the end of a tag
_NAME = re.compile(r"[^\s/=>\"']+")


@dataclass(frozen=True, slots=True)
class Main:
    """The lines of the article (empty if none were found) and the metadata guessed from the page."""

    lines: tuple[str, ...] = ()
    guessed: Metadata = field(default_factory=Metadata)


def of(source: str) -> Main:
    """The main text of a page; empty if a large or suspicious page takes too long."""
    return _in_time(source) if len(source) > _LARGE or is_suspicious(source) else found(source)


def is_suspicious(source: str) -> bool:
    """Whether a tag of the page may have very many attributes, wherever a parser takes the tag to end."""
    if sum(1 for _ in zip(_QUOTED_END.finditer(source), range(_MANY), strict=False)) == _MANY:
        return True
    return any(len(_NAME.findall(_VALUE.sub(" ", tag[0]))) > _MANY for tag in _TAG.finditer(source))


def found(source: str) -> Main:
    """The main text and metadata that trafilatura finds."""
    from trafilatura import bare_extraction

    try:
        page = bare_extraction(
            source,
            favor_precision=True,
            include_comments=False,
            include_tables=False,
            with_metadata=True,
            date_extraction_params={"extensive_search": False, "max_date": "2100-01-01"},
        )
    except (ValueError, RecursionError):  # lxml: characters that XML forbids, or deep nesting
        page = None
    if page is None or isinstance(page, dict):
        return Main()
    guessed = Metadata(
        title=page.title or "",
        publisher=page.sitename or "",
        url=page.url or "",
        authors=tuple(name.strip() for name in (page.author or "").split(";") if name.strip()),
    )
    return Main(tuple((page.text or "").split("\n")), guessed)


def _in_time(source: str) -> Main:
    ours = str(Path(__file__).parents[2])  # so that the other process imports the same kg
    paths = os.pathsep.join(filter(None, (ours, os.environ.get("PYTHONPATH"))))
    try:
        ended = subprocess.run(
            [sys.executable, "-P", "-m", "kg.read.main_text"],
            input=source.encode("utf-8", "surrogatepass"),
            capture_output=True,
            timeout=_SECONDS,
            check=False,
            env={**os.environ, "PYTHONPATH": paths},
        )
    except subprocess.TimeoutExpired:
        return Main()
    if ended.returncode:  # the page made the parser crash
        return Main()
    lines, title, publisher, url, authors = json.loads(ended.stdout)
    return Main(tuple(lines), Metadata(title, publisher, url, tuple(authors)))


def main() -> None:
    """Reads a page from standard input, and writes its main text as JSON to standard output."""
    told = found(sys.stdin.buffer.read().decode("utf-8", "surrogatepass"))
    guessed = told.guessed
    row = [told.lines, guessed.title, guessed.publisher, guessed.url, guessed.authors]
    sys.stdout.write(json.dumps(row))


if __name__ == "__main__":
    main()
