"""Splits a web page into lines.

The page is tokenised here with the offset of every character, because HTML parsers do not keep offsets.
trafilatura decides which blocks are the article. Metadata is taken only from elements that state it (JSON-LD,
meta, time). Tables are excluded, and so is text that scripts write or styles hide.

The scanner follows the WHATWG tokeniser as far as pages require, takes linear time even on malformed input,
and does not recurse. If trafilatura fails (for example if elements are nested ten thousand deep), all blocks
outside menus, forms and the like are the article.
"""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from kg.model import Metadata
from kg.read import main_text
from kg.read.furniture import is_sentence
from kg.read.line import Line, clean, unescaped
from kg.read.line_kinds import Layout
from kg.read.line_kinds import arrange as arrange_lines
from kg.read.publication_date import date_line

Run = tuple[str, int, int]  # a text, its offset in the file, and its length in the file, in characters


def _set(names: str) -> frozenset[str]:
    return frozenset(names.split())


_RAW = _set("script style textarea title xmp iframe noembed noframes")
_VOID = _set("area base br col embed hr img input link meta param source track wbr")
_HIDDEN = _set(
    "head nav aside footer form button select svg math template noscript dialog audio video object canvas"
)
_KINDS = _set("h1 h2 h3 h4 h5 h6 p li figcaption")
_BLOCKS = _KINDS | _set(
    "address article aside blockquote body br center dd details div dl dt fieldset figure footer form header "
    "hr html main nav ol pre section summary table tbody td tfoot th thead time tr ul"
)
_ENTITY = re.compile(r"&(?:#\d{1,8}|#[xX][0-9a-fA-F]{1,8}|[A-Za-z][A-Za-z0-9]{1,31});?")
_NAME = re.compile(r"[A-Za-z][^\s/>]*")
_ATTRIBUTE = re.compile(r"""([^\s=/>"']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]*)))?""")


def arrange(source: str) -> tuple[Layout, Metadata]:
    """The classified lines of a page, and the metadata that the page states."""
    page = scan(source)
    stated = _stated(page)
    main = main_text.of(source)
    guessed = main.guessed
    title = stated.title or page.title or guessed.title
    lines = _chosen(page.lines, main.lines, title)
    layout = arrange_lines(lines)
    if not layout.date and not stated.date:
        layout = replace(layout, date=_date_of(page.lines, lines))
    if layout.title and (not stated.title or _key(layout.title) in _key(stated.title)):
        title = layout.title
    merged = Metadata(
        title,
        stated.publisher or guessed.publisher or layout.publisher,
        stated.url or guessed.url,
        stated.authors or layout.authors or guessed.authors,
        stated.date or layout.date,
        layout.credits,
    )
    return layout, merged


# -- Scanning ----------------------------------------------------------------------------------------


@dataclass(slots=True)
class Page:
    """The result of scanning a page: visible lines outside menus and forms, and tags with metadata."""

    title: str = ""  # the window title: often "Mayor opens bridge | The Paper"
    lines: list[Line] = field(default_factory=list)
    metas: list[Mapping[str, str]] = field(default_factory=list)  # attributes of meta, link and time
    scripts: list[str] = field(default_factory=list)  # contents of the scripts with JSON-LD


class _Scanner:
    """Reads a page from left to right, once."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.page = Page()
        self.open: list[str] = []  # names of the open elements
        self.times: Counter[str] = Counter()  # name -> number of open elements
        self.hidden = 0  # number of open elements whose content is not read
        self.kinds: list[str] = []
        self.runs: list[Run] = []
        self.in_form: list[Line] = []
        self.no_more: set[str] = set()  # quotation marks with no further occurrence in the file

    def scan(self) -> Page:
        source, at = self.source, 0
        while at < len(source):
            start = source.find("<", at)
            if start < 0:
                start = len(source)
            self._text(at, start)
            at = self._markup(start) if start < len(source) else start
        self._end_line()
        if not _has_sentence(self.page.lines) and _has_sentence(self.in_form):
            self.page.lines = self.in_form  # some servers wrap the whole page into one form
        return self.page

    def _markup(self, start: int) -> int:
        """Read the markup that begins with "<" at `start`, and return the offset of its end."""
        source = self.source
        for opening, closing in (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<!", ">"), ("<?", ">")):
            if source.startswith(opening, start):
                end = source.find(closing, start + len(opening))
                return len(source) if end < 0 else end + len(closing)
        name = _NAME.match(source, start + 1 + source.startswith("/", start + 1))
        if not name:
            self._text(start, start + 1)
            return start + 1
        end = self._tag_end(name.end())
        tag = name[0].lower()
        if source.startswith("/", start + 1):
            self._close(tag)
            return end
        attributes = self._attributes(name.end(), end) if tag in ("meta", "link", "time", "script") else {}
        if tag in ("meta", "link", "time"):
            self.page.metas.append({**attributes, "": tag})
        if tag in _RAW:
            close = re.compile(rf"</{tag}(?=[\s/>])", re.I).search(source, end)
            stop = close.start() if close else len(source)
            if tag == "script" and "ld+json" in attributes.get("type", ""):
                self.page.scripts.append(source[end:stop])
            elif tag == "title" and not self.page.title:
                self.page.title = html.unescape(source[end:stop]).strip()
            return self._tag_end(stop) if close else stop
        if tag in _BLOCKS:
            self._end_line()
        if tag not in _VOID and source[end - 2 : end] != "/>":
            self.open.append(tag)
            self.times[tag] += 1
            self.hidden += tag in _HIDDEN
            if tag in _KINDS:
                self.kinds.append(tag)
        return end

    def _tag_end(self, at: int) -> int:
        """The offset after the ">" that ends a tag. A ">" inside an attribute value in quotation marks does
        not end it, unless the closing quotation mark is missing.
        """
        source = self.source
        while found := _STOP.search(source, at):
            at = found.end()
            if found[0] == ">":
                return at
            quote = found[0][-1]
            if quote not in self.no_more:
                close = source.find(quote, at)
                if close < 0:
                    self.no_more.add(quote)
                else:
                    at = close + 1
        return len(source)

    def _attributes(self, start: int, end: int) -> dict[str, str]:
        found = _ATTRIBUTE.finditer(self.source, start, min(end - 1, start + 4000))
        return {m[1].lower(): html.unescape(m[2] or m[3] or m[4] or "").strip() for m in found}

    def _close(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._end_line()
        if not self.times[tag]:
            return
        while True:
            last = self.open.pop()
            self.times[last] -= 1
            self.hidden -= last in _HIDDEN
            if last in _KINDS:
                self.kinds.pop()
            if last == tag:
                return

    def _text(self, start: int, end: int) -> None:
        if start >= end or self.hidden > self.times["form"]:
            return
        self.runs.extend(unescaped(_ENTITY, self.source, start, end))

    def _end_line(self) -> None:
        if not self.runs:
            return
        tag = self.kinds[-1] if self.kinds else "div"
        line = clean(self.runs, tag, True, tag == "li")
        self.runs = []
        if line.text:
            (self.in_form if self.times["form"] else self.page.lines).append(line)


def _has_sentence(lines: Iterable[Line]) -> bool:
    return any(is_sentence(line.text) for line in lines)


_STOP = re.compile(r">|=\s*[\"']")


def scan(source: str) -> Page:
    """Split a page into lines: blocks, and parts of blocks between line breaks."""
    return _Scanner(source).scan()


# -- Which lines are the article ---------------------------------------------------------------------


_WINDOW = 20_000  # a line is searched for within this many characters of the previous match


def _chosen(lines: list[Line], main: Sequence[str], title: str) -> list[Line]:
    """The lines of the article, in the order of the page: those that trafilatura selected (`main`), and also
    the headline and captions.
    """
    whole = {key: None for line in main if (key := _key(line))}
    text = "".join(whole)
    keys = [_key(line.text) for line in lines]
    chosen: set[int] = set()
    at = 0
    for i, key in enumerate(keys):
        near = max(0, at - _WINDOW)
        if key in whole:
            chosen.add(i)
            at = max(at, text.find(key, near))
        elif len(key) >= 20 and (found := text.find(key, near, at + _WINDOW + len(key))) >= 0:
            chosen.add(i)
            at = max(at, found)
    if not chosen:
        return lines
    first, last = min(chosen), max(chosen)
    chosen.update(i for i in range(first, last) if lines[i].tag == "figcaption")
    head = _headline(lines, keys, _key(title))
    logos = {i for i, line in enumerate(lines) if line.tag == "h1" and i != head}
    found_lines = {i: lines[i] for i in chosen - logos}
    if head >= 0:
        found_lines[head] = replace(lines[head], tag="h1")
    return [found_lines[i] for i in sorted(found_lines)]


def _headline(lines: Sequence[Line], keys: Sequence[str], title: str) -> int:
    """The index of the article's headline; -1 if there is none.

    It is the heading with which the page's title begins ("Mayor opens bridge | The Paper"), or which makes up
    more than half of that title; the name of the site does neither. If the page has no title, it is the first
    main heading (h1).
    """
    headings = [i for i, line in enumerate(lines) if line.tag in ("h1", "h2", "h3") and keys[i]]
    if not title:
        return next((i for i in headings if lines[i].tag == "h1"), -1)
    named = [
        i
        for i in headings
        if title.startswith(keys[i])
        or keys[i].startswith(title)
        or (keys[i] in title and len(keys[i]) * 2 > len(title))
    ]
    return max(named, key=lambda i: (len(keys[i]), -i), default=-1)


def _key(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


def _date_of(lines: Iterable[Line], chosen: list[Line]) -> str:
    """The date in the date lines above the end of the article; "" if there are none, or if they disagree."""
    end = max((line.segments[-1].source_start for line in chosen), default=0)
    found = (date_line(line.text) for line in lines if line.segments[0].source_start < end)
    days = {line.date for line in found if line and line.date and line.label != "updated"}
    return min(days) if len(days) == 1 else ""


# -- What the page states of itself --------------------------------------------------------------------

_ARTICLES = re.compile(r"(?:^|\s)(?:\w*Article|BlogPosting|Report\w*|LiveBlogPosting|WebPage)\b")


def _stated(page: Page) -> Metadata:
    """The metadata that the page states, in JSON-LD or else in meta tags. Only dates in ISO 8601 are read."""
    found: dict[str, str] = {}
    times: list[str] = []
    canonical = ""
    for attributes in page.metas:
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""
        if attributes[""] == "link" and attributes.get("rel") == "canonical":
            canonical = canonical or attributes.get("href", "")
        elif attributes[""] == "time":
            if "pubdate" in attributes or attributes.get("itemprop") == "datePublished":
                times.append(attributes.get("datetime", ""))
        elif attributes.get("content"):
            found.setdefault(name.lower(), attributes["content"])
    story = _story(page.scripts)
    published = (
        _string(story.get("datePublished")),
        *(found.get(name, "") for name in ("article:published_time", "datepublished", "og:published_time")),
        *(
            found.get(name, "")
            for name in ("parsely-pub-date", "dc.date.issued", "dcterms.issued", "pubdate")
        ),
        *times,
    )
    author = _names(story.get("author")) or tuple(filter(None, (found.get("author", ""),)))
    return Metadata(
        title=_string(story.get("headline")) or found.get("og:title", ""),
        publisher=next(iter(_names(story.get("publisher"))), "") or found.get("og:site_name", ""),
        url=_link(canonical) or _link(found.get("og:url", "")) or _link(_string(story.get("url"))),
        authors=tuple(name for name in author if not _link(name)),
        date=next((day for value in published if (day := _day(value))), ""),
    )


def _story(scripts: Iterable[str]) -> Mapping[str, object]:
    """The first JSON-LD object that describes an article; empty if there is none."""
    for script in scripts:
        try:
            data: object = json.loads(script)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(data):
            kinds = node.get("@type")
            names = kinds if isinstance(kinds, list) else [kinds]
            if any(isinstance(name, str) and _ARTICLES.search(name) for name in names) and (
                "headline" in node or "datePublished" in node
            ):
                return node
    return {}


def _nodes(data: object) -> Iterator[Mapping[str, object]]:
    waiting = [data]
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, list):
            waiting[:0] = node
        elif isinstance(node, dict):
            yield node
            waiting += [node[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in node]


def _names(value: object) -> tuple[str, ...]:
    """The names in a JSON-LD value for authors or a publisher: a string, an object with a name, or a list of
    these.
    """
    items = value if isinstance(value, list) else [value]
    names = (_string(item.get("name")) if isinstance(item, dict) else _string(item) for item in items)
    return tuple(dict.fromkeys(name for name in names if name))


def _string(value: object) -> str:
    return html.unescape(value).strip() if isinstance(value, str) else ""


def _link(value: str) -> str:
    return value if re.match(r"https?://\S+$", value) else ""


def _day(value: str) -> str:
    """The day of a date and time in ISO 8601, in the time zone of the page; "" if it is invalid."""
    try:
        return date.fromisoformat(value[:10]).isoformat() if value[4:5] == "-" else ""
    except ValueError:
        return ""
