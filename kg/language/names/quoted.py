"""Finds names in quotation marks: titles of works, and nicknames.

    “Slow River”, "The Long Road Home"; the affair, dubbed “Antennagate”; Ana "Sunny" Ruiz

A short quotation is a title if every word except small ones ("the", "of") is capitalised. Excluded: one-word
utterances (“Never,” she said).
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.language.capital_titles import is_title, is_work
from kg.language.names.grammar_words import JOINTS, NAMING_VERBS
from kg.language.names.name import UNKNOWN, Name, NameSearch, is_capital, opens_sentence
from kg.language.parsed import Quotation

_AUTHORS = frozenset(["write", "read"])  # speech verbs that also take titles: wrote “The Salt Road”
_LONGEST = 9  # maximum number of tokens of a title
_SMALL = ("ADP", "DET", "CCONJ", "PART")
_CLAUSE_END = ".!?:,\n\n"


def find(text: NameSearch) -> Iterator[Name]:
    """All titles and nicknames in quotation marks, and the titles of `kg.language.capital_titles`."""
    for token in text.doc:
        if is_title(token):
            kind = "CreativeWork" if is_work(token) or token.ent_type_ == "WORK_OF_ART" else UNKNOWN
            article = text.doc[token.i - 1]
            articled = article.text in ("The", "A", "An") and not opens_sentence(article)
            yield from text.take(token.i - articled, token.i + 1, kind)
    for quotation in text.quotations:
        tokens = [t for t in text.doc[quotation.start : quotation.end] if not t.is_space]
        while tokens and tokens[-1].text in ",.!?":
            tokens.pop()
        content = [t for t in tokens if t.is_alpha and t.pos_ not in _SMALL and t.text not in JOINTS]
        if not content or len(tokens) > _LONGEST or not all(map(is_capital, [tokens[0], *content])):
            continue
        before = text.doc[quotation.start - 2] if quotation.start >= 2 else None
        if nickname := _nickname(text, quotation):
            yield from text.take(*nickname, "Person")
            continue
        spoken = before is not None and before.lemma_ in text.ontology.words["SpeechVerbs"] - _AUTHORS
        if spoken or (len(content) == 1 and before is not None and before.lemma_ in _AUTHORS):
            continue
        if _begins_clause(text, quotation) and (len(tokens) == 1 or _is_said(text, quotation)):
            continue  # an utterance: “Never,” she said.
        named = before is not None and before.lemma_ in NAMING_VERBS
        yield from text.take(tokens[0].i, tokens[-1].i + 1, UNKNOWN if named else "CreativeWork")


def _nickname(text: NameSearch, quotation: Quotation) -> tuple[int, int] | None:
    """The extent of a person's name around a nickname: all of Ana "Sunny" Ruiz; None if it is no nickname."""
    start, end = quotation.start - 2, quotation.end + 1
    if quotation.end - quotation.start > 2 or start < 0 or end >= len(text.doc):
        return None
    first, last = text.doc[start], text.doc[end]
    if "PERSON" not in (first.ent_type_, last.ent_type_) or not (first.tag_ == last.tag_ == "NNP"):
        return None
    while start > 0 and text.doc[start - 1].ent_type_ == "PERSON" and text.doc[start].ent_iob_ == "I":
        start -= 1
    while end + 1 < len(text.doc) and text.doc[end + 1].ent_iob_ == "I" and text.doc[end + 1].tag_ == "NNP":
        end += 1
    return start, end + 1


def _is_said(text: NameSearch, quotation: Quotation) -> bool:
    """Whether a verb of speech follows the quotation: “Never Again,” said Ana Ruiz."""
    following = text.doc[quotation.end + 1 : quotation.end + 4]
    verbs = text.ontology.words["SpeechVerbs"] - _AUTHORS
    return any(token.lemma_ in verbs and token.pos_ == "VERB" for token in following)


def _begins_clause(text: NameSearch, quotation: Quotation) -> bool:
    mark = text.doc[quotation.start - 1]
    return bool(mark.is_sent_start) or (mark.i > 0 and text.doc[mark.i - 1].text in _CLAUSE_END)
