"""Finds the publications that an article cites as sources, and the names of its own publisher.

    Tom Reed resigned on Monday, the Lima Post reports, citing the Norvex Herald.
    Ana Ruiz, according to the Lima Post, will not stand again.       "I will not stand," Ruiz told AFP.

A citation in the lead that is set off from the content ("..., the Lima Post reported.") covers the whole
article, any other only its sentence. Not citations: a publication that names itself, and sources that are not
publications ("according to the police").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.model import BlockKind, Document, Mention, MentionKind, Reading
from kg.ontology import Ontology
from kg.read.agencies import is_agency
from kg.resolve import names

_LEAD = 1  # number of paragraphs in the lead
_RELAY = 3  # number of first paragraphs in which "reports via AFP" makes AFP a source of the whole article
_BIOGRAPHY = 4  # number of last sentences that are searched for the author's employer
_TAIL = 6  # maximum number of words after "the Lima Post reported" for which this still ends the sentence
_DOMAIN = re.compile(r"(?<=\w)\.(?:com|org|net|co|uk|[a-z]{2})$", re.IGNORECASE)
# Words that introduce the name of a publication: "the news agency AFP".
_SHORT = frozenset(
    {"the", "a", "an", "news", "agency", "state", "website", "site", "channel", "network", "paper"}
)
_SHORT |= frozenset(
    {"magazine", "service", "outlet", "media", "local", "public", "private", "business", "station"}
)


@dataclass(frozen=True, slots=True)
class Citation:
    """A publication cited by an article as its source."""

    name: str
    sentence: int  # index into Reading.sentences
    words: str  # the citing words: "according to"
    whole: bool  # whether it covers the whole article, not only its sentence


def key(name: str) -> str:
    """The normal form of a publication's name, equal for "The Lima Post" and "limapost.com".

    >>> key("The Lima Post") == key("LimaPost.com")
    True
    """
    return names.key(_DOMAIN.sub("", names.clean(name)))


def same(one: str, other: str) -> bool:
    """Whether two names denote the same publication; one may be an acronym of the other.

    >>> same("AFP", "Agence France-Presse"), same("Lima Post", "Post")
    (True, False)
    """
    if not one or not other:
        return False
    spelt = (names.is_acronym(a) and names.spells(a, b) for a, b in ((one, other), (other, one)))
    return key(one) == key(other) or any(spelt)


def own_names(reading: Reading, ontology: Ontology) -> tuple[str, ...]:
    """The names of an article's publisher: from its metadata and, without these, from lines about its author.

    In that order, without duplicates.
    """
    metadata = reading.document.metadata
    told = [metadata.publisher, *filter(is_agency, metadata.authors)]
    if not metadata.publisher:
        told += _employers(reading, ontology.words.get("OutletJobs", frozenset()))
    return tuple(dict.fromkeys(name for name in told if name))


def _employers(reading: Reading, jobs: Iterable[str]) -> Iterator[str]:
    """The publications for which the article's authors work.

    For example, the Lima Post if the article ends with "Jo Doe is a reporter for the Lima Post" and does not
    mention Jo Doe before.
    """
    job = re.compile(
        rf"\b(?:{'|'.join(map(re.escape, sorted(jobs)))})\b[^.,;]{{0,20}}\b(?:of|for|at|with) (?:the )?$",
        re.I,
    )
    last = max(len(reading.sentences) - _BIOGRAPHY, _BIOGRAPHY)
    named = [mention for mention in reading.mentions if mention.kind is MentionKind.NAME]
    people = [mention for mention in named if mention.type == "Person"]
    spoken_of = {names.words(mention.text)[-1] for mention in people if mention.sentence < last}
    for mention in named:
        writers = [each for each in people if each.sentence == mention.sentence]
        unknown = writers and not any(names.words(each.text)[-1] in spoken_of for each in writers)
        if unknown and mention.sentence >= last:
            before = reading.document.text[reading.sentences[mention.sentence].start : mention.start]
            if not mention.relational and mention.type not in ("Person", "Country") and job.search(before):
                yield names.clean(mention.text)


def citable(reading: Reading) -> tuple[str, ...]:
    """The keys of all names in an article that may denote cited publications, sorted."""
    return tuple(sorted({key(names.clean(mention.text)) for mention in reading.mentions if _may_be(mention)}))


def _may_be(mention: Mention) -> bool:
    return mention.kind is MentionKind.NAME and not mention.relational and not mention.quoted


def citations(
    reading: Reading, own: Sequence[str], known: Iterable[str], ontology: Ontology
) -> list[Citation]:
    """The citations of an article, in order.

    `own`: names of the article's publisher; `known`: keys of the names of other articles' publishers.
    """
    finder = _Finder(reading, ontology)
    keys = frozenset(known)
    found: list[Citation] = []
    for mention in reading.mentions:
        if not _may_be(mention):
            continue
        name = names.clean(mention.text)
        published = mention.type == "MediaOutlet" or is_agency(name) or key(name) in keys
        if published and not _is_own(name, own):
            found += finder.citation(name, mention.start, mention.end, mention.sentence)
    telling = {one.sentence for one in found if one.words in finder.after}
    relayed = {one.sentence for one in found if one.words in ("via", "citing", "quoting")}
    # In "The Lima Post reports, citing AFP", the Lima Post is the article's own publisher, not a source.
    return [c for c in found if not (c.words in finder.after and c.sentence in telling & relayed)]


def _is_own(name: str, own: Iterable[str]) -> bool:
    """Whether a name denotes the article's publisher, in full or by the last words.

    For example, "The Times" in an article of the Norvex Times.
    """
    words = names.words(name)
    return any(same(name, one) or names.words(one)[-len(words) :] == words for one in own)


class _Finder:
    """Recognises citations by the words before and after the name of a publication."""

    def __init__(self, reading: Reading, ontology: Ontology) -> None:
        self.text, self.sentences = reading.document.text, reading.sentences
        self.lead, self.relay = (
            _end_of_paragraphs(reading.document, _LEAD),
            _end_of_paragraphs(reading.document, _RELAY),
        )
        words = ontology.words
        self.nouns = words.get("MediaOutletNouns", frozenset()) | _SHORT
        self.after = words.get("CitedVerbs", frozenset())
        self.before = _ending(words.get("CitingPhrases", frozenset()))
        self.verbs = _opening(self.after)
        self.asides = _opening(words.get("AsideVerbs", frozenset()))

    def citation(self, name: str, start: int, end: int, sentence: int) -> Iterator[Citation]:
        span = self.sentences[sentence]
        before, after = self._before(span.start, start), self.text[end : span.end]
        in_lead = start < self.lead
        apart = not before.strip() or before.rstrip().endswith((",", "—", "–", "("))
        if phrase := self.before.search(before):
            opened = before[: phrase.start()].rstrip()
            relayed = start < self.relay and re.search(r"\breport(?:s|ed),?$", opened) is not None
            set_off = not opened or opened.endswith((",", "—", "–", "("))
            closed = re.match(r"\W*$|[,;)]|\s+on \w+", after) is not None
            told = phrase[1].lower() in ("told", "tells", "spoke to")
            whole = closed and not told and (relayed or (in_lead and set_off))
            yield Citation(name, sentence, phrase[1].lower(), whole)
        elif verb := self.verbs.match(after):
            closes = len(after[verb.end() :].split()) <= _TAIL or after[verb.end() :].startswith(",")
            opens = not before.strip()
            yield Citation(name, sentence, verb[1].lower(), in_lead and (opens or (apart and closes)))
        elif (
            apart
            and before.strip()
            and (verb := self.asides.match(after))
            and len(after[verb.end() :].split()) <= _TAIL
        ):
            yield Citation(name, sentence, verb[1].lower(), in_lead)

    def _before(self, first: int, start: int) -> str:
        """The sentence up to a name, without words that introduce the name ("the newspaper")."""
        words = self.text[first:start].rstrip().split(" ")
        while words and words[-1].lower() in self.nouns:
            words.pop()
        return " ".join(words)


def _end_of_paragraphs(document: Document, paragraphs: int) -> int:
    """The offset at which the first `paragraphs` paragraphs end; 0 if there are none."""
    ends = [block.end for block in document.blocks if block.kind is BlockKind.PARAGRAPH]
    return ends[:paragraphs][-1] if ends else 0


def _ending(phrases: Iterable[str]) -> re.Pattern[str]:
    """A pattern for one of the phrases at the end of a text."""
    return re.compile(rf"\b({_any(phrases)})$", re.IGNORECASE)


def _opening(verbs: Iterable[str]) -> re.Pattern[str]:
    """A pattern for one of the verbs at the start of a text."""
    return re.compile(rf"\s+({_any(verbs)})\b", re.IGNORECASE)


def _any(phrases: Iterable[str]) -> str:
    longest_first = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return "|".join(map(re.escape, longest_first)) or r"(?!)"
