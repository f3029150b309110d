"""Values for readers of the page: dates in words, roles, web addresses."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import islice
from urllib.parse import urlsplit

from kg.model import Document, Evidence, Role, Time

ROLES = {
    Role.AGENT: "who",
    Role.PATIENT: "whom or what",
    Role.RECIPIENT: "to whom",
    Role.ATTRIBUTE: "as what",
    Role.CONTENT: "what",
    Role.PLACE: "where",
    Role.TIME: "when",
    Role.OTHER: "with",
}
HEADLINE = 110  # characters
LONG = 1 << 30  # an offset after all others
LEAST = 4  # words of a headline: "Why?" says nothing
# "(Reuters) - ", "Lowick News, 26 March - ", "Lowick: ": what precedes the first sentence of an article.
_BEFORE = re.compile(
    r"""(?: \( [^()]{2,30} \) | \w [^.;:“”"]{1,50}? ) \s+ [-–—]{1,2} \s+ (?=[A-Z“"‘'])
    | [A-Z]\w+ [-–—]{1,2} \s+ (?=[A-Z“"‘'])
    | https?://\S+?\d\s* (?=[A-Z“"‘'])
    | (?: [A-Z]{2,} \s ){0,3} \( [^()]{2,30} \) \s (?=[A-Z“"‘'])
    | [A-Z]\w+ (?:\s[A-Z]\w+)? :\s (?=[A-Z])""",
    re.VERBOSE,
)
# What may follow a whole sentence: a relative, participle or subordinate clause, or an adjunct with a noun.
_ADJUNCT = re.compile(
    r"""(?:,|\s[–—-])?\s (?:who|which|whose|where|when|while|after|before|because|as|since|until|amid|during
    |following|despite|over|in|on|at|with|for|from|through|including|according) \s
    | [,;]\s | \s[–—]\s""",
    re.VERBOSE,
)
_ASIDE = re.compile(r"[,–—] (?:who|which|whose|where)\b")
_SETTING = re.compile(
    r"(?:After|Although|As|Before|Despite|During|Following|If|In|On|Since|When|While|With)\b"
)
_SENTENCES = re.compile(r"(?<=[\w”\"'’)]{2}[.!?])\s+(?=[A-Z“\"‘'])")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def date(iso: str) -> str:
    """ "2026-01-12" -> "12 January 2026"; other values are unchanged.

    >>> date("2026-01"), date("2026"), date("2026-W03")
    ('January 2026', '2026', '2026-W03')
    """
    if not re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2])(-\d\d)?)?", iso):
        return iso
    year, *rest = iso.split("-")
    month = [_MONTHS[int(rest[0]) - 1]] if rest else []
    day = [str(int(rest[1]))] if len(rest) == 2 else []
    return " ".join((*day, *month, year))


def when(time: Time | None) -> str:
    """The days, and the article's own words for them."""
    if time is None:
        return ""
    days = " – ".join(dict.fromkeys(date(day) for day in (time.start, time.end) if day))
    if time.interval and not (time.start and time.end):
        days = f"from {days}" if time.start else f"up to {days}" if time.end else ""
    words = f"“{time.text}”" if time.text and time.text != days else ""
    return f"{days} ({words})" if days and words else days or words


def surface(evidence: Evidence) -> str:
    """The words of the relation, if the sentence has any: "Ana Ruiz, the mayor, ..." has no "is"."""
    verbless = evidence.rule in ("apposition", "title", "possessive")
    return "" if verbless and evidence.surface.split(" ")[0] == "is" else evidence.surface


def web_address(url: str) -> str:
    """The URL if a click on it can only open a web page, otherwise ""."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.netloc else ""


def _headless(block: str) -> str:
    """
    >>> _headless("(Agency) - The council met."), _headless("The port, long shut - it was war - reopened.")
    ('The council met.', 'The port, long shut - it was war - reopened.')
    >>> _headless("Lowick- The council met."), _headless("LOWICK TODAY (Agency) The council met.")
    ('The council met.', 'The council met.')
    >>> _headless("https://lowick.example/news/2026/17The council met.")
    'The council met.'
    """
    found = _BEFORE.match(block)
    return block[found.end() :] if found else block


def opening(document: Document, verbs: Collection[str] = ()) -> str:
    """The first sentence of an article that says something, or as much of it as fits a headline.

    Without the place and the agency before it. `verbs`: the predicates of its main clauses, in its words.
    """
    blocks = (" ".join(document.text[block.start : block.end].split()) for block in document.blocks)
    sentences = [each for block in islice(blocks, 3) for each in _SENTENCES.split(_headless(block))]
    if not any(sentences):
        return document.id
    sentence = next((each for each in sentences if len(each.split()) >= LEAST), sentences[0])
    return sentence if len(sentence) <= HEADLINE else _shortened(sentence, verbs)


def _shortened(sentence: str, verbs: Collection[str]) -> str:
    """The beginning of a sentence that fits a headline: up to an adjunct after its verb, so that it is a
    sentence too; otherwise cut, with an ellipsis.

    >>> told = "The council of Lowick refused on Tuesday to sell the old mill to a company"
    >>> told += " which had promised to build two schools and a hall beside it."
    >>> _shortened(told, ["refused to sell", "refused"])
    'The council of Lowick refused on Tuesday to sell the old mill to a company'
    >>> _shortened(told, []).endswith("…")
    True
    """
    behind = [sentence.find(f" {verb} ") + len(verb) + 1 for verb in verbs if f" {verb} " in sentence]
    least = min((end for end in behind if not _ASIDE.search(sentence, 0, end)), default=LONG)
    if _SETTING.match(sentence):  # "With a week to go, ..."
        least = max(least, sentence.find(",") + 1)
    ends = [found.start() for found in _ADJUNCT.finditer(sentence, 0, HEADLINE + 1) if found.start() >= least]
    for end in reversed(ends):
        begun = sentence[:end]
        torn = begun.endswith(("ed", "ing")) and not begun.endswith(tuple(verbs))  # "a show aimed [at ...]"
        if (
            not torn
            and len(begun.split()) > LEAST
            and begun.count('"') % 2 == 0
            and begun.count("(") == begun.count(")")
        ):
            return begun.rstrip(",;–- ")
    cut = sentence[:HEADLINE].rsplit(" ", 1)[0]
    clause = max(cut.rfind(mark) for mark in (", ", "; ", " – "))
    return (cut[:clause] if clause > HEADLINE // 2 else cut).rstrip(",;–- ") + "\N{NO-BREAK SPACE}…"
