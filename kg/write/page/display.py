"""Makes values readable for the users of the page: dates in words, headlines, web addresses."""

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
HEADLINE = 110  # a first sentence of up to this many characters becomes the headline unshortened
LIMIT = 190  # a headline that has more characters even after all shortening is cut
TERSE = 60  # minimum number of characters of a shortened sentence: a shorter one says too little
LONG = 1 << 30  # an offset beyond the end of any sentence
_BEGINNING = 4  # number of sentences, from the first, among which the one for the headline is chosen
EXCERPT = 240  # maximum number of characters of an excerpt
LEAST = 4  # minimum number of words in a headline: "Why?" says nothing
# What may precede the first sentence of an article: "(Reuters) - ", "Lowick News, 26 March - ", "Lowick: ".
_BEFORE = re.compile(
    r"""(?: \( [^()]{2,30} \) | \w [^.;:“”"]{1,50}? ) \s+ [-–—]{1,2} \s+ (?=[A-Z“"‘'])
    | [A-Z]\w+ [-–—]{1,2} \s+ (?=[A-Z“"‘'])
    | https?://\S+?\d\s* (?=[A-Z“"‘'])
    | (?: [A-Z]{2,} \s ){0,3} \( [^()]{2,30} \) \s (?=[A-Z“"‘'])
    | [A-Z]\w+ (?:\s[A-Z]\w+)? :\s (?=[A-Z])""",
    re.VERBOSE,
)
# What may be cut from the end of a sentence: a relative, participial or subordinate clause.
_ADJUNCT = re.compile(
    r"""(?:,|\s[–—-])?\s (?:who|which|whose|where|when|while|after|before|because|since|until
    |as(?=\s(?:he|she|it|they|we)\b)|amid|during|following|despite|including|according) \s
    | [,;]\s | \s[–—]\s""",
    re.VERBOSE,
)
# Prepositional phrases may belong to the verb ("linked the decision [with the treaty]"), so a sentence is cut
# before one only if it is too long otherwise, and then ends with an ellipsis.
_PHRASE = re.compile(r"\s(?:over|in|on|at|with|for|from|through)\s")
_MORE = "\N{NO-BREAK SPACE}…"  # ends a sentence if the part that was cut off may be needed
_BRACKETS = re.compile(r"\s\([^()]{1,60}\)")
# An aside, without which a sentence can be understood: ", which had been shut,", ", a company from Lima,".
_ASIDES = re.compile(
    r"(?:,\s(?:who|which|whose|where|a|an|the|one|formerly)\s[^,.;–]{3,90},|\s[–—]\s[^–—]{3,90}\s[–—])(?=\s[a-z])"
)
# The clause at the end of a sentence that names its source: ", a clerk said on Monday", ", according to her".
_ATTRIBUTION = re.compile(
    r",\s(?:(?:according\sto|as\sreported\sby)\s(?P<source>[^,]{2,80})"
    r"|(?P<speaker>[^,]{2,80})\s(?:said|says|reported|reports|announced|confirmed|disclosed)\b[^,]{0,60})\Z"
)
# Words with which the name of a source does not begin: "it was reported", "cases have been reported".
_NO_SOURCE = re.compile(r"(?:he|she|it|they|we|I|where|which|who|as|has|have|had|is|was|were|and|but)\b")
_DAY = re.compile(r"\s(?:on\s(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|yesterday|today)\Z")
_ARTICLE = re.compile(r"(?:by\s)?(?:(?:the|an?)\s)?", re.IGNORECASE)
# A sentence that continues another one, or in which the author speaks: no headline.
_CONTINUING = re.compile(
    r"[“\"‘']?(?:(?:So|But|And|Yet|Still|Such|This|That|These|Those|He|She|It|They|I|We|My|Our|In\sthis|Therefore"
    r"|However|Earlier|Meanwhile|Usually|Then|Also)\b|(?:His|Her|Its|Their)\s[a-z]|The\s[a-z]+['’]s\s)"
)
_FINITE = re.compile(
    r"(?<!\bthat)(?<!\bwho)(?<!\bwhich)\s(?:has|have|had|is|are|was|were|will|would|could|may|can|did|says?|said)\s"
)
# A sentence must not be cut after these endings, because the next words (in brackets) belong to them: "was
# detained [in Lima]", "a sum to help [with it]", "and call [for help]", "others who want [to go]", "were
# given, today, [new books]".
_TORN = re.compile(r"(?:ed|ing|\b(?:to|and|that|which|who)\s[a-z-]+|,\s\S+)\Z")
# Removed from the end of a sentence that was cut, because it is incomplete without the words that were cut
# off (in brackets): ", its first [in years]", " and [in May]", "as deforestation [increased]".
_LOOSE = re.compile(
    r"(?:(?:,|\s[–—])\s(?:its|his|her|their|the|with|however|[a-z]+ly)(?:\s\w+){0,2}"
    r"|\s(?:and|or|but|as|even|especially)|\s(?:as|when|while|because)(?:\s\S+){1,2})\Z"
)
_LIST = re.compile(r",\s\w+\s(?:and|or)\b")
_NAME = re.compile(r"\s\w+\s(?:the\s)?[A-Z]")
_CAPITAL = re.compile(r"\b[A-Z]\w+\Z")
_PAIRS = (("(", ")"), ("“", "”"), ("[", "]"))
_ASIDE = re.compile(r"[,–—] (?:who|which|whose|where)\b")
_SETTING = re.compile(
    r"(?:After|Although|Amid|As|Before|By|Despite|During|Faced|Following|From|Given|If|In|On|Since|Under|Upon|When"
    r"|While|With|Writing)\b"
    r"|(?:\S+\s){1,3}(?:after|before|into|since)\s"
)
_SENTENCES = re.compile(r"(?:(?<=[\w”\"'’)]{2}[.!?])|(?<=\s\d[.!?])|(?<=\w\s[.!?]))\s+(?=[A-Z“\"‘'])")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def date(iso: str) -> str:
    """A date in words: "2026-01-12" becomes "12 January 2026". Other values are unchanged.

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
    """A time for readers: the days, and the article's own words for them; "" for None."""
    if time is None:
        return ""
    days = " – ".join(dict.fromkeys(date(day) for day in (time.start, time.end) if day))
    if time.interval and not (time.start and time.end):
        days = f"from {days}" if time.start else f"up to {days}" if time.end else ""
    words = f"“{time.text}”" if time.text and time.text != days else ""
    return f"{days} ({words})" if days and words else days or words


def surface(evidence: Evidence) -> str:
    """The words for the relation in the sentence of this evidence; "" if the sentence has none: in "Ana Ruiz,
    the mayor, ...", there is no "is".
    """
    verbless = evidence.rule in ("apposition", "title", "possessive")
    return "" if verbless and evidence.surface.split(" ")[0] == "is" else evidence.surface


def web_address(url: str) -> str:
    """The URL if it is a web address (http or https), otherwise ""."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.netloc else ""


def _headless(block: str) -> str:
    """The text of an article's first block, without the agency, place, date or address before it.

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
    """The first sentence of an article that has enough words for a headline, shortened if it is too long.

    Place and agency before the sentence are left out. `verbs`: the words of the predicates of main clauses.
    """
    sentence = lead(document, verbs)
    if not sentence:
        return document.id
    found = sentence if len(sentence) <= HEADLINE else _shortened(sentence, verbs)
    return found.removesuffix(".") if "." not in found[-4:-1] else found


def excerpt(document: Document, headline: str, verbs: Collection[str] = ()) -> str:
    """The first sentence of an article, with an ellipsis if it is cut; "" if there is none.

    Questions, sentences in brackets and sentences that contain the headline are passed over.
    """
    said = headline.rpartition(": ")[2].rstrip(f"{_MORE}.")
    told = (each for each in _beginning(document, verbs) if said not in each and not each.endswith("?"))
    sentence = next((each for each in told if not each.startswith("(")), "")
    if len(sentence) <= EXCERPT:
        return sentence
    return sentence[:EXCERPT].rsplit(" ", 1)[0].rstrip(",;:–- ") + _MORE


def lead(document: Document, verbs: Collection[str] = ()) -> str:
    """The first sentence of an article with at least `LEAST` words, without place and agency before it.

    A sentence that continues another one ("This is the third case", "I followed her"), or whose main clause
    comes too late, is passed over if one of the next can stand alone. The first sentences of the paragraphs
    are tried before the others. `verbs`: the words of the predicates of main clauses.
    """
    return next(iter(_beginning(document, verbs)), "")


def _beginning(document: Document, verbs: Collection[str]) -> list[str]:
    """The first sentences of an article, those that can stand alone before the others."""
    blocks = (" ".join(document.text[block.start : block.end].split()) for block in document.blocks)
    paragraphs = [_SENTENCES.split(_headless(block)) for block in islice(blocks, 3)]
    sentences = [each for paragraph in paragraphs for each in paragraph]
    long = [each for each in sentences if len(each.split()) >= LEAST]
    first = [paragraph[0] for paragraph in paragraphs if paragraph[0] in long]
    alone = [
        each
        for each in (*first, *long[:_BEGINNING])
        if not (_CONTINUING.match(each) or _begins_too_long(each, verbs))
    ]
    return [each for each in (*alone, *long, *sentences) if each]


def _begins_too_long(sentence: str, verbs: Collection[str] = ()) -> bool:
    """Whether the main clause comes so late that a headline of the maximum length would cut it off.

    >>> _begins_too_long("If the talks " + "of the towns and harbours of the coast " * 5 + "fail, she left.")
    True
    >>> _begins_too_long("If the talks fail, she has said, the mill will close.")
    False
    """
    opening = sentence[:LIMIT]
    after = f" {opening.partition(', ')[2]} "
    told = _FINITE.search(after) or any(f" {verb} " in after for verb in verbs)
    return len(sentence) > LIMIT and bool(_SETTING.match(sentence)) and not told


def _shortened(sentence: str, verbs: Collection[str]) -> str:
    """The sentence, shortened to fit a headline.

    Three ways are tried in this order: to remove brackets and to put the source first; to remove
    asides; to cut the sentence before a clause after the verb, so that the rest is a sentence, too. If none
    of them helps, a sentence of up to `LIMIT` characters stays whole; a longer one is cut, if possible
    before a prepositional phrase, and ends with an ellipsis.

    >>> told = "The council of Lowick refused on Tuesday to sell the old mill to a company"
    >>> more = " which had promised to build two schools, a library and a swimming pool beside it, "
    >>> _shortened(told + more + "and to mend the road to the harbour.", ["refused to sell", "refused"])
    'The council of Lowick refused on Tuesday to sell the old mill to a company'
    >>> _shortened(told + ", a clerk said on Monday.", [])
    'Clerk: The council of Lowick refused on Tuesday to sell the old mill to a company'
    >>> _shortened(("A company of " * 20) + "men", []).endswith("…")
    True
    """
    bare = _with_source(_BRACKETS.sub("", sentence))
    if len(bare) > LIMIT:
        bare = _without_setting(bare)
    plain = _ASIDES.sub("", bare)
    for limit in (HEADLINE, LIMIT):
        for one in dict.fromkeys((bare, plain)):
            if len(one) <= limit:
                return one
            begun = _begun(one, verbs, limit, _ADJUNCT)
            if len(begun) >= TERSE:
                return begun
            if len(one) <= LIMIT and not _ASIDE.search(one):
                return one
    begun = _begun(plain, verbs, LIMIT, _PHRASE)
    if len(begun) >= TERSE:
        return begun + _MORE
    cut = plain[:LIMIT].rsplit(" ", 1)[0]
    clause = max(cut.rfind(mark) for mark in (", ", "; ", " – "))
    return (cut[:clause] if clause > LIMIT // 2 else cut).rstrip(",;–- ") + _MORE


def _with_source(sentence: str) -> str:
    """The sentence with its source first, if a clause at its end names one.

    >>> _with_source("The bridge was closed, the mayor said on Monday.")
    'Mayor: The bridge was closed'
    >>> _with_source("The bridge was closed, according to the mayor on Monday")
    'Mayor: The bridge was closed'
    >>> _with_source("It must close, he said.")
    'It must close, he said.'
    """
    found = _ATTRIBUTION.search(sentence)
    source = _ARTICLE.sub("", found["source"] or found["speaker"], count=1) if found else ""
    source = _DAY.sub("", source)
    told = sentence[: found.start()] if found else ""
    if not found or _NO_SOURCE.match(source) or (_SETTING.match(told) and "," not in told):
        return sentence
    return f"{source[:1].upper()}{source[1:].rstrip('.')}: {told}"


def _without_setting(sentence: str) -> str:
    """A sentence too long for a headline, without the adjunct at its beginning.

    >>> _without_setting("After a year of talks in many towns, the council of Lowick has sold the mill.")
    'The council of Lowick has sold the mill.'
    """
    _, comma, rest = sentence.partition(", ")
    if not comma or not _SETTING.match(sentence) or not _FINITE.search(rest):
        return sentence
    return rest[:1].upper() + rest[1:]


def _begun(sentence: str, verbs: Collection[str], limit: int, ends_before: re.Pattern[str]) -> str:
    """The longest beginning of a sentence that is a sentence itself; "" if there is none.

    It has at most `limit` characters, and a match of `ends_before` follows it.
    """
    told = [verb for verb in verbs if " " in verb or not verb.endswith("ing")]
    behind = [sentence.find(f" {verb} ") + len(verb) + 1 for verb in told if f" {verb} " in sentence]
    finite = _FINITE.search(sentence)
    behind += [finite.end()] if finite else []
    least = min((end for end in behind if not _ASIDE.search(sentence, 0, end)), default=LONG)
    if _SETTING.match(sentence):  # an adjunct at the beginning: "With a week to go, ..."
        least = max(least, sentence.find(",") + 1)
    ends = [found.start() for found in ends_before.finditer(sentence, 0, limit + 1) if found.start() >= least]
    for end in reversed(ends):
        begun = _LOOSE.sub("", sentence[:end].rstrip(",;–- "))
        torn = bool(_TORN.search(begun)) or "not only" in begun or len(begun.split()) <= LEAST
        # the cut would divide a name: "Centre [for Arts]"
        torn = torn or bool(_NAME.match(sentence[end:]) and _CAPITAL.search(begun))
        torn = torn or len(begun) <= least or bool(_LIST.match(sentence[end:]))
        if not torn and all(begun.count(one) == begun.count(other) for one, other in _PAIRS):
            return begun
    return ""
