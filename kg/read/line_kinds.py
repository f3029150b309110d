"""Classifies the lines of a page: title, heading, paragraph, caption, or furniture.

The body of a page extends from its first to its last line of running text; the head is above the body, the
foot below it. A fragment (a line that is not a sentence) may be the title in the head and a heading in the
body, but is page furniture in the foot. Three short fragments in a row are a menu. A list under a line such
as "More on Peru" links to other stories; other lists belong to the article. Nothing here depends on a file
format or a site.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.model import BlockKind, Credit
from kg.read import agencies, publication_date
from kg.read.byline import authors
from kg.read.furniture import caption, is_sentence, reason, tail
from kg.read.furniture_words import folded, furniture, tokens
from kg.read.line import Line

_ADDRESS = re.compile(r"https?://\S+")
_END = re.compile(r"""[.!?…]["'”’)\]]*$""")
_CITATION = re.compile(r"[—–-]\s*[^—–]{2,60}\b(?:1[89]|20)\d\d\.?$|\bretrieved\b", re.I)
_OWNER = re.compile(
    r"(?:©|\(c\)|copyright)[\s,©]*(?:\d{4}(?:\s*[-–]\s*\d{4})?)?[\s,.]*(?P<owner>[A-Z][\w.&’' -]{2,40})?",
    re.I,
)
_POST = re.compile(r"The post (?P<title>.+) appeared first on (?P<publisher>[^.]+(?:\.\w+)*)\.?$")
# A label at the end of a title: "Mayor opens bridge (VIDEO)". Without brackets, it counts only if it is
# capitalised and the other words of the title are not (`_is_sentence_case`).
_LABEL = "video|videos|watch|photo|photos|pictures|gallery|audio"
_MARK = re.compile(rf"\s+(?:[(\[](?i:{_LABEL})[)\]]|(?P<bare>(?i:{_LABEL})))$")
_LONGEST_TITLE = 1000  # maximum number of characters of a window title
_WINDOW = re.compile(r"\s+[|–—-]\s+(?=[A-Z][^.!?]*$)")
_LINKED = re.compile(r"\s*[:|»>–—-]\s*\S")
_FILE = re.compile(r"(?:FILE(?: PHOTO)?|File(?: photo)?|(?:Image )?[Cc]aption)\s*[-–—:]\s*")
_STRIP = re.compile(r"\s*[|•·]\s*")
_HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))
_SIGNED = ("byline", "date", "age", "credit", "reporting")  # rules that recognise lines about the article


@dataclass(frozen=True, slots=True)
class Layout:
    """The classified lines of a page, in the order of the file, and the metadata found in them."""

    kept: tuple[tuple[Line, BlockKind], ...]  # the lines of the article
    dropped: tuple[tuple[Line, str], ...]  # the other lines, each with the name of the rule that dropped it
    title: str = ""
    publisher: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""
    credits: tuple[Credit, ...] = ()
    address: str = ""  # the web address above the article


def arrange(lines: Sequence[Line]) -> Layout:
    """Classify the lines of a page. If none of them is running text, none is kept."""
    reasons = _reasons(lines)
    running = [i for i, line in enumerate(lines) if not reasons[i] and _runs(line)]
    if not running:
        return Layout((), tuple((line, reasons[i] or "no article") for i, line in enumerate(lines)))
    if _may_be_title(lines[running[0]]) and len(running) > 1:
        running = running[1:]
    credits_ = agencies.credits_of(lines, reasons)
    first, last = running[0], running[-1]
    _free_timeline(reasons, first, last)
    title = _title(lines, reasons, first)
    kinds = _kinds(lines, reasons, title, first, last)
    kept: list[tuple[Line, BlockKind]] = []
    opened = ""  # the date at the start of the first paragraph
    paragraphs = 0
    for i, line in enumerate(lines):
        kind = kinds[i]
        if kind is None:
            reasons[i] = reasons[i] or "fragment"
            continue
        if kind is BlockKind.PARAGRAPH:
            paragraphs += 1
        shown, date = _without_opening(line, paragraphs) if 0 < paragraphs <= 3 else (line, "")
        opened = opened or date
        shown = _trimmed(shown, kind)
        if shown.text:
            kept.append((shown, kind))
    heading = next((line.text for line, kind in kept if kind is BlockKind.TITLE), "")
    texts = [line.text for line, kind in kept if kind is BlockKind.PARAGRAPH]
    post = next((found for line in reversed(lines) if (found := _POST.search(line.text))), None)
    return Layout(
        tuple(kept),
        tuple((line, why) for line, why in zip(lines, reasons, strict=True) if why),
        heading or (post["title"] if post else ""),
        post["publisher"].strip() if post else _owner(lines, reasons),
        _authors(lines, reasons),
        _date(lines, reasons, title, first, last) or opened or publication_date.told(texts),
        credits_,
        next((line.text for line in lines[:first] if _ADDRESS.fullmatch(line.text)), ""),
    )


# -- Furniture that is recognised by the lines around it ----------------------------------------------


def _reasons(lines: Sequence[Line]) -> list[str]:
    """For each line, the rule that makes it page furniture (its name); "" if it may belong to the article."""
    reasons = [reason(line.text) for line in lines]
    _drop_repeated(lines, reasons)
    titles = _drop_window_titles(lines, reasons)
    seen_running = False
    i = 0
    while i < len(lines):
        line = lines[i]
        if _announces(line):
            reasons[i] = "teaser"
            for j in _teasers(lines, reasons, i + 1):
                reasons[j] = reasons[j] or "teaser"
        elif seen_running and " ".join(tokens(line.text)) in furniture().endings:
            reasons[i] = reasons[i] or "ending"
            for j in _references(lines, i + 1):
                reasons[j] = reasons[j] or "reference"
        elif not reasons[i] and i and reasons[i - 1] and folded(line.text) not in titles:
            reasons[i] = "beside furniture" if _belongs(lines[i - 1], reasons[i - 1], line) else ""
        seen_running = seen_running or (not reasons[i] and is_sentence(line.text))
        i += 1
    return reasons


def _free_timeline(reasons: list[str], first: int, last: int) -> None:
    """Keep date lines between paragraphs if there are several: they are the headings of a timeline."""
    days = [i for i in range(first + 1, last) if reasons[i] == "date"]
    if len(days) > 1:
        for i in days:
            reasons[i] = ""


def _drop_repeated(lines: Sequence[Line], reasons: list[str]) -> None:
    """Drop repeated lines: all occurrences of a short one (an item of a menu at both the top and the foot),
    and the later occurrences of others (a quotation displayed again beside its paragraph).
    """
    times = Counter(folded(line.text) for line in lines)
    seen: set[str] = set()
    for i, line in enumerate(lines):
        text = folded(line.text)
        short = len(text.split()) <= 3 and not _END.search(text) and line.tag != "h1"
        if times[text] > 1 and (short or text in seen) and len(text.split()) > 1 - short:
            reasons[i] = reasons[i] or "repeated"
        seen.add(text)


def _drop_window_titles(lines: Sequence[Line], reasons: list[str]) -> set[str]:
    """Drop window titles ("Mayor opens bridge | The Paper" above "Mayor opens bridge"), and return the titles
    that they contain, `folded`.
    """
    texts = {folded(line.text) for line in lines}
    titles = set()
    for i, line in enumerate(lines):
        if len(line.text) > _LONGEST_TITLE:  # the following takes quadratic time in the length of the line
            continue
        heads = (folded(line.text[: found.start()]) for found in _WINDOW.finditer(line.text))
        if title := next((head for head in heads if head in texts), ""):
            reasons[i] = reasons[i] or "window title"
            titles.add(title)
    return titles


def _announces(line: Line) -> bool:
    """Whether a line introduces a list of other stories, or is itself a link to one: "Read more: Mayor
    quits".
    """
    text = folded(line.text).lstrip(" *>»→-[(")
    found = furniture().teasers.match(text)
    if not found:
        medium = furniture().media.match(text)
        return bool(medium and _LINKED.match(text, medium.end()))
    linked = bool(_LINKED.match(text, found.end()))
    return linked or not (is_sentence(line.text) or len(text.split()) > 10)


def _teasers(lines: Sequence[Line], reasons: Sequence[str], start: int) -> Iterator[int]:
    """The indices of the lines of the list of other stories that begins at `start`: lines with bullets if the
    first has one, otherwise fragments.
    """
    bulleted = start < len(lines) and lines[start].bullet
    for i in range(start, len(lines)):
        text = lines[i].text
        headline = not is_sentence(text) or (text.endswith("?") and len(text.split()) <= 14)
        if not (lines[i].bullet if bulleted else reasons[i] or headline):
            return
        yield i


def _references(lines: Sequence[Line], start: int) -> Iterator[int]:
    """The indices of the lines of the list of sources that begins at `start`, up to the next sentence."""
    for i in range(start, len(lines)):
        text = lines[i].text
        if (
            _END.search(text)
            and len(text.split()) >= 8
            and not _CITATION.search(text)
            and not lines[i].bullet
        ):
            return
        yield i


def _belongs(previous: Line, why: str, line: Line) -> bool:
    """Whether a line belongs to the page furniture directly above it: as the second half of the line above,
    or as another button.

    `why`: the name of the rule that makes the line above (`previous`) page furniture.
    """
    if line.gap or line.tag or why in _SIGNED:
        return False
    words = line.text.split()
    if line.text[:1].islower() and not _END.search(previous.text):
        return len(words) <= 12
    return len(words) <= 3 and not _END.search(line.text)


# -- What the article's lines are --------------------------------------------------------------------


def _runs(line: Line) -> bool:
    """Whether a line is running text."""
    return line.tag != "h1" and line.tag not in _HEADINGS and is_sentence(line.text)


def _may_be_title(line: Line) -> bool:
    """Whether a line that looks like a sentence may be the title, because it is a question or exclamation."""
    return line.gap and line.text.endswith(("?", "!")) and len(line.text.split()) <= 14


def _title(lines: Sequence[Line], reasons: Sequence[str], first: int) -> int:
    """The index of the title; -1 if the head has none.

    The title is the first main heading (h1); otherwise the first fragment of four or more words below the
    menus of the head, if possible one above byline and date; otherwise the longest fragment of the head.
    """
    marked = [i for i, line in enumerate(lines) if line.tag == "h1" and reasons[i] in ("", "repeated")]
    if marked:
        return marked[0]
    head = [i for i in range(first) if not reasons[i] and lines[i].text[:1].upper() == lines[i].text[:1]]
    long = [i for i in head if len(lines[i].text.split()) >= 4]
    signs = [i for i in range(first) if reasons[i] in ("byline", "date", "age")]
    above = [i for i in long if signs and i < signs[0]]
    if above:
        long = above
    top = long[-1] if above else first
    menus = [i for i in range(2, top) if all(_is_menu_item(lines[j], reasons[j]) for j in (i - 2, i - 1, i))]
    after = [i for i in long if not menus or i > menus[-1]]
    if after or long:
        return (after or long)[0]
    return max(head, key=lambda i: (len(lines[i].text.split()), -i), default=-1)


def _is_menu_item(line: Line, why: str) -> bool:
    return why not in _SIGNED and len(line.text.split()) <= 3


def _kinds(
    lines: Sequence[Line], reasons: Sequence[str], title: int, first: int, last: int
) -> list[BlockKind | None]:
    kinds: list[BlockKind | None] = [None] * len(lines)
    rows = _rows(lines, reasons)
    for i, line in enumerate(lines):
        if i == title:
            kinds[i] = BlockKind.TITLE
        elif reasons[i]:
            continue
        elif line.tag == "figcaption" or caption(line.text) >= 0 or _credited(lines, reasons, i):
            text = line.text[: caption(line.text)] if caption(line.text) >= 0 else line.text
            kinds[i] = BlockKind.CAPTION if len(text.split()) >= 5 else None
        elif _runs(line) or (line.bullet and _in_list(lines, i, first)):
            kinds[i] = BlockKind.PARAGRAPH
        elif first < i < last:
            kinds[i] = _between(line, rows[i], lines[i - 1])
        elif title < i < first and len(line.text.split()) >= 6:
            kinds[i] = BlockKind.HEADING  # a standfirst (summary below the title) without a full stop
    return kinds


def _between(line: Line, row: int, previous: Line) -> BlockKind | None:
    """The kind of a fragment in the body: HEADING; PARAGRAPH, if it is a short sentence or part of a list; or
    None, if it is part of a menu.

    `row`: the number of fragments in the unbroken row to which it belongs.
    """
    words = line.text.split()
    if line.tag in _HEADINGS:
        return BlockKind.HEADING
    if previous.text.endswith(":") or line.text.endswith((":", ";", ",", "—", "–")) or _END.search(line.text):
        return BlockKind.PARAGRAPH
    if line.text[:1].islower() or row >= 3 or len(words) > 14:
        return BlockKind.PARAGRAPH if len(words) > 14 else None
    return BlockKind.HEADING


def _rows(lines: Sequence[Line], reasons: Sequence[str]) -> list[int]:
    """For each line, the number of fragments in its unbroken row; 0 if the line is not a fragment."""
    rows = [0] * len(lines)
    start = 0
    for i in range(len(lines) + 1):
        fragment = i < len(lines) and not is_sentence(lines[i].text) and lines[i].tag not in _HEADINGS
        if not fragment or reasons[i] in _SIGNED:
            for j in range(start, i):
                rows[j] = i - start
            start = i + 1
    return rows


def _in_list(lines: Sequence[Line], i: int, first: int) -> bool:
    """Whether a fragment with a bullet belongs to a list that the article's text introduces."""
    while i > first and lines[i].bullet:
        i -= 1
    return i >= first and (lines[i].text.endswith(":") or is_sentence(lines[i].text))


def _credited(lines: Sequence[Line], reasons: Sequence[str], i: int) -> bool:
    """Whether the line is a caption, because the line below it is the credit of a picture."""
    return (
        i + 1 < len(lines)
        and reasons[i + 1] == "credit"
        and not lines[i].tag
        and len(lines[i].text.split()) <= 60
    )


def _without_opening(line: Line, nth: int) -> tuple[Line, str]:
    """A paragraph without the date or dateline before its first sentence, and that date; "" if there is none.

    `nth`: the number of the paragraph in the article, from 1.
    """
    found = publication_date.opening_date(line.text) or publication_date.dateline(line.text, colon=nth == 1)
    return (line.cut(found.end, len(line.text)), found.date) if found else (line, "")


def _trimmed(line: Line, kind: BlockKind) -> Line:
    """The line without page furniture at its end: a credit, a call to action, "(VIDEO)"."""
    text = line.text
    if kind is BlockKind.TITLE and (found := _MARK.search(text)):
        if not found["bare"] or (found["bare"][0].isupper() and _is_sentence_case(text[: found.start()])):
            return line.cut(0, found.start())
    elif kind is BlockKind.CAPTION:
        found = _FILE.match(text)
        return line.cut(found.end() if found else 0, caption(text) if caption(text) >= 0 else len(text))
    elif kind is BlockKind.PARAGRAPH and tail(text) < len(text):
        return line.cut(0, tail(text))
    return line


def _is_sentence_case(title: str) -> bool:
    """Whether most words of a title are in lower case, so that a capitalised word at its end may be
    a label.
    """
    words = [word for word in title.split()[1:] if len(word) >= 4]
    return sum(word[0].islower() for word in words) * 2 > len(words)


# -- Metadata ------------------------------------------------------------------------------------------


def _authors(lines: Sequence[Line], reasons: Sequence[str]) -> tuple[str, ...]:
    """The authors in the first byline on the page; empty if there is no byline."""
    for line, why in zip(lines, reasons, strict=True):
        if why in ("byline", "strip"):
            for part in _STRIP.split(line.text):
                if named := authors(part):
                    return named
    return ()


def _date(lines: Sequence[Line], reasons: Sequence[str], title: int, first: int, last: int) -> str:
    """The publication date; "" if there is none. It is in a date line: one in the head or foot that says
    "published"; otherwise the first below the title; otherwise the one above the title.

    Modification dates are ignored, and so are two different dates above the title, because one of them may be
    the day on which the page was copied.
    """
    found: list[tuple[int, publication_date.DateLine]] = []
    for i, line in enumerate(lines):
        if reasons[i] in ("date", "strip", "byline"):
            parts = (line.text, *_STRIP.split(line.text))
            stated = (publication_date.date_line(part) or publication_date.dated(part) for part in parts)
            found += [(i, date) for date in stated if date and date.date]
    published = [(i, date) for i, date in found if date.label != "updated"]
    for i, date in published:
        if date.label == "published" and (i < first or i > last):
            return date.date
    # A standfirst (a summary below the title) may be running text and precede the date line. Therefore the
    # date line may be up to three lines below the first running text.
    below = [date.date for i, date in published if title < i <= first + 3]
    if below:
        return below[0]
    above = {date.date for i, date in published if i < first}
    return min(above) if len(above) == 1 else ""


def _owner(lines: Sequence[Line], reasons: Sequence[str]) -> str:
    """The owner of the page according to its copyright line; "" if there is none."""
    for line, why in zip(lines, reasons, strict=True):
        found = _OWNER.search(line.text) if why == "copyright" else None
        if found:
            before = line.text[: found.start()].strip(" .,")
            owner = (found["owner"] or before).strip(" .,-")
            owner = re.sub(r"[\s.,]*\ball rights reserved.*$", "", owner, flags=re.I).strip(" .,-")
            if owner:
                return owner
    return ""
