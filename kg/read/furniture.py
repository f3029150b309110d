"""Decides whether a single line belongs to the page rather than to the article.

Each rule has a name, so that the removal of a line can be explained. Words in quotation marks are not
evidence: people in articles also say "Follow us". Rules that need the neighbouring lines (lists of other
stories, menus, headings) are in `kg.read.line_kinds`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from kg.read.byline import authors
from kg.read.furniture_words import folded, furniture, tokens
from kg.read.publication_date import date_line

_LETTER = re.compile(r"[^\W\d_]")
_LATIN = re.compile(r"[A-Za-zÀ-ÖØ-öø-ʯḀ-ỿＡ-Ｚａ-ｚ]")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
# the boundary between the labels of two buttons that were copied as one word ("JoinRead"), or a quotation
_GLUED = re.compile(r"(?<=[a-z])(?=[A-Z])|“[^”]*”|\"[^\"]*\"")
_END = re.compile(r"""[.!?…]["'”’)\]]*$""")
_BOUNDARY = re.compile(r"""(?<=[.!?])["'”’)]*\s+(?=["'“‘(]?[A-Z])""")
_LINK = re.compile(r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+\.[\w.]+|[@#]\w+|(?:\w+\.)+[a-z]{2,}/\S*")
_COPYRIGHT = re.compile(r"©|\(c\)\s*\d{4}|^copyright\b", re.I)
_REPORTING = re.compile(
    r"\W*(?:(?:additional|extra|with|further)\s+)?"
    r"(?:reporting|writing|editing|research|translation|graphics|input|photos?|video|compiled|translated|edited|produced)"
    r"\s+(?:and\s+\w+\s+)?(?:by|from)\b|\W*with\s+(?:agencies|agency inputs?)\b",
    re.I,
)
_POST = re.compile(r"the post\b.{1,300}\bappeared first on\b", re.I)
_AGO = re.compile(
    r"(?:\w+ ){0,3}\d+\s*(?:s|m|h|d|seconds?|min(?:ute)?s?|hours?|hrs?|days?|weeks?|months?|years?)\.? ago",
    re.I,
)
_SEPARATOR = re.compile(r"\s+[|>›»•·]\s+|\s*[›»•·|]\s*")
_CREDIT = re.compile(r"(?P<words>[\w ]{2,16}?)s?(?:\s+(?:by|from|courtesy of|via)\b|\s*[:/©|])", re.I)
_LONGEST = 60  # to a line of more words than this, only the first _FOR_ANY_LENGTH rules are applied


def is_sentence(text: str) -> bool:
    """Whether a line is running text: it ends like a sentence, contains one, or is very long.

    >>> is_sentence("The mayor opened a bridge."), is_sentence("Mayor opens bridge")
    (True, False)
    """
    words = text.split()
    if not any(word.islower() for word in words):
        return False
    if _END.search(text):
        return len(words) >= 4
    return len(words) >= 25 or (len(words) >= 10 and bool(_BOUNDARY.search(text)))


def reason(text: str) -> str:
    """The name of the first rule that classifies a line as page furniture; "" if none does.

    >>> reason("Share on Facebook"), reason("The mayor wants to share power.")
    ('label', '')
    """
    rules = _RULES if len(text.split()) <= _LONGEST else _RULES[:_FOR_ANY_LENGTH]
    return next((name for name, holds in rules if holds(text)), "")


def _has_no_words(text: str) -> bool:
    letters = len(_LETTER.findall(text))
    mostly_signs = letters * 5 < 2 * len(text.replace(" ", ""))
    return letters < 3 or (mostly_signs and not is_sentence(text))


def _is_other_script(text: str) -> bool:
    return len(_LATIN.findall(text)) * 2 < len(_LETTER.findall(text))


def _is_link(text: str) -> bool:
    return all(_LINK.fullmatch(word) for word in text.split())


def _is_copyright(text: str) -> bool:
    return bool(_COPYRIGHT.search(text)) and (len(text.split()) <= 12 or "rights reserved" in folded(text))


def _is_notice(text: str) -> bool:
    return not _END.search(text) and bool(furniture().notices.search(folded(text)))


def _is_index(text: str) -> bool:
    """Whether the line is a list of topics at the end of an article: "Categories: Peru Bridges"."""
    head, colon, _ = text.partition(":")
    return bool(colon) and not is_sentence(text) and folded(head.strip()) in furniture().endings


def _is_calling(text: str) -> bool:
    calls = sum(len(sentence.split()) for sentence in _BOUNDARY.split(text) if is_call(sentence))
    return calls * 2 > len(text.split())


def tail(text: str) -> int:
    """The offset at which sentences that address the reader begin, at the end of a line: that of "Subscribe"
    in "... he said. Subscribe to our paper."; `len(text)` if there are none.
    """
    end = len(text)
    starts = [0, *(found.end() for found in _BOUNDARY.finditer(text))]
    for start in reversed(starts):
        if start == 0 or not (is_call(text[start:end]) or _POST.match(text[start:end])):
            break
        end = start
    return end


def is_call(sentence: str) -> bool:
    """Whether a sentence asks the reader to do something ("Subscribe"), or is about the page itself."""
    vocabulary = furniture()
    plain = folded(_QUOTED.sub(" ", sentence))
    words = tokens(plain)
    if not words:
        return False
    if any(vocabulary.phrases.search(variant) for variant in (plain, folded(_GLUED.sub(" ", sentence)))):
        return True
    if vocabulary.about.search(plain) or (vocabulary.openers.match(plain.strip()) and len(words) <= 12):
        return True
    service = any(word in vocabulary.services for word in words)
    ours = not {"our", "us", "we"}.isdisjoint(words)
    yours = not {"you", "your"}.isdisjoint(words)
    if words[0] in vocabulary.imperatives and service and sentence.lstrip()[:1] not in '“"':
        short = len(words) <= 7 and not _END.search(sentence)
        return short or ours or yours or sentence.rstrip().endswith("!")
    return service and ours and yours and len(words) <= 30


def is_credit(text: str) -> bool:
    """Whether a line credits a picture: "Photo: Jo Doe / Agency", "Picture by Jo Doe"."""
    words = len(text.split())
    if words > 20 or (words > 8 and is_sentence(text)):
        return False
    found = _CREDIT.match(text.lstrip("([ "))
    return bool(found and furniture().credits.fullmatch(folded(found["words"].strip())))


_BRACKETED = re.compile(r"\s*[(\[](?P<inside>[^()\[\]]{3,100})[)\]]\.?$")
_TRAILING = re.compile(r"(?<=[.!?”\"])\s+(?P<inside>[A-Z][^.!?]{3,100})\.?$")
_LABELLED = re.compile(
    r"(?<![\w-])(?P<inside>[A-Z][a-z]+(?: [a-z]+)?:\s(?:[^.!?:]|(?<=\b[A-Z])\.){2,60})\.?$"
)
_PAIR = re.compile(r"[A-ZÀ-Þ][\w.'’-]*(?: [\w.'’-]+){0,4}\s*/\s*[A-Z][\w. /-]*")


def caption(text: str) -> int:
    """The offset at which a caption's text ends, before its credit: after "Lima." in "A crowd in Lima. (Photo
    by Jo Doe)", after "Ruiz" in "Ana Ruiz Image: Rex Media."; -1 if the caption has no credit.
    """
    for pattern in (_BRACKETED, _TRAILING, _LABELLED):
        found = pattern.search(text)
        if found and found.start() and (is_credit(found["inside"]) or _PAIR.fullmatch(found["inside"])):
            return len(text[: found.start()].rstrip())
    return -1


def _is_strip(text: str) -> bool:
    """Whether the line consists of short pieces between bars or dots: the page's place in the site ("News |
    Peru | Lima"), or pieces that are all page furniture.
    """
    parts = [part for part in _SEPARATOR.split(text) if part.strip()]
    if len(parts) < 2 or len(text.split()) > 25:
        return False
    if len(parts) >= 3 and len(text.split()) <= 4 * len(parts) and not is_sentence(text):
        return True
    dated = len(text.split()) <= 12 and any(date_line(part) for part in parts)
    return dated or all(reason(part) for part in parts)


def _is_labels(words: list[str]) -> bool:
    """Whether a line consists only of labels, such as those of buttons, one after the other."""
    if not 0 < len(words) <= 12:
        return False
    labels = furniture().labels
    reached = {0}
    for start in range(len(words)):
        if start in reached:
            for end in range(start + 1, min(start + 5, len(words)) + 1):
                if " ".join(words[start:end]) in labels:
                    reached.add(end)
    return len(words) in reached


# The most reliable rules come first, because the first match gives the reason.
_RULES: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("date", lambda text: date_line(text) is not None),
    ("no words", _has_no_words),
    ("other script", _is_other_script),
    ("link", _is_link),
    ("age", lambda text: bool(_AGO.fullmatch(text))),
    ("label", lambda text: _is_labels(tokens(text))),
    ("reprint", lambda text: bool(_POST.search(text))),
    ("copyright", _is_copyright),
    ("reporting", lambda text: bool(_REPORTING.match(text))),
    ("byline", lambda text: authors(text) is not None),
    ("credit", is_credit),
    ("strip", _is_strip),
    ("index", _is_index),
    ("notice", _is_notice),
    ("call", _is_calling),
)
_FOR_ANY_LENGTH = 4
