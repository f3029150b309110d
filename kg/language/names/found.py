"""Finds names that the model marks here or elsewhere in the document, and names shown by capitals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kg.language.names import extent
from kg.language.names.grammar_words import NAME_EDGES
from kg.language.names.name import (
    UNKNOWN,
    Name,
    NameSearch,
    is_capital,
    is_genitive,
    is_joined,
    opens_sentence,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

_LABELS = {
    "PERSON": "Person",
    "ORG": "Organization",
    "GPE": "Place",
    "LOC": "Place",
    "FAC": "Facility",
    "NORP": "Group",
    "PRODUCT": "Product",
    "WORK_OF_ART": "CreativeWork",
    "EVENT": "Event",
    "LAW": "Law",
}
_PORTFOLIO = ("minister", "ministry", "secretary")
_CHANNEL = ("on", "via")
_NUMERAL = frozenset("IVXLC")
_WHOLE = ("ORG", "PERSON", "FAC", "WORK_OF_ART", "EVENT", "LAW")


def repeated(text: NameSearch) -> Iterator[Name]:
    """All occurrences of names of several words that the model marks at least once: "Environment Canada"."""
    known: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
    for entity in text.entities:
        if entity.label_ not in _WHOLE or any(not is_capital(t) for t in entity):
            continue
        spans = list(extent.pieces(text, entity.start, entity.end, entity.label_))
        whole = spans == [(entity.start, entity.end)] and len(entity) > 1
        if whole and _is_name(text, entity.start, entity.end, entity.label_):
            words = tuple(token.text for token in entity)
            known[words[0]].add(words)
    longest_first = {word: sorted(some, key=len, reverse=True) for word, some in known.items()}
    for token in text.doc:
        for words in longest_first.get(token.text, ()):
            span = text.doc[token.i : token.i + len(words)]
            if tuple(t.text for t in span) == words and not _is_cut(text, span.start, span.end):
                yield from text.take(span.start, span.end, _label(span[0]))


def _is_cut(text: NameSearch, start: int, end: int) -> bool:
    """Whether the name continues beyond these words."""
    doc, root = text.doc, text.doc[start:end].root
    if end < len(doc):
        after = doc[end]
        compound = root.dep_ == "compound" and root.head.i >= end and root.head.tag_ in ("NNP", "NNPS")
        hyphen = after.text == "-" and is_joined(doc[end - 1])
        if after.ent_iob_ == "I" or hyphen or (compound and is_capital(after) and not text.is_role(after)):
            return True
    before = doc[start - 1] if start else None
    return (
        before is not None
        and before.tag_ in ("NNP", "NNPS")
        and before.dep_ == "compound"
        and is_capital(before)
        and not text.is_role(before)
        and not text.is_honorific(before)
    )


def _label(token: Token) -> str:
    return _LABELS.get(token.ent_type_, UNKNOWN)


def marked(text: NameSearch) -> Iterator[Name]:
    """The names that the model marks, with their extents repaired."""
    for entity in text.entities:
        kind = _LABELS.get(entity.label_)
        if kind is None:
            continue
        for start, end in extent.pieces(text, entity.start, entity.end, entity.label_):
            if _is_name(text, start, end, entity.label_):
                if _is_doubtful(text, start, end, entity.label_):
                    kind = UNKNOWN
                author = entity.start < start and text.doc[start - 1].lower_ == "by"
                yield from text.take(start, end, UNKNOWN if author else kind)


def _is_doubtful(text: NameSearch, start: int, end: int, label: str) -> bool:
    """Whether the model's class is unlikely: a law without a word for laws, or a group named "Communism"."""
    if label == "NORP":
        return bool(text.doc[end - 1].text.endswith("ism"))
    return label == "LAW" and not any(text.listed(t, "LawWords", "LawNouns") for t in text.doc[start:end])


def _is_name(text: NameSearch, start: int, end: int, label: str) -> bool:
    words = text.doc[start:end]
    if start >= end or not any(map(is_capital, words)) or _is_portfolio(text, start, end):
        return False
    if len(words) > 1:
        return True
    (word,) = words
    return not (
        word.is_stop
        or (text.is_role(word) and _is_office(text, word))
        or _opens_office(text, word)
        or not word.text[0].isalnum()
        or set(word.text) <= _NUMERAL
        or _is_common_start(text, word, label)
    )


def _is_office(text: NameSearch, role: Token) -> bool:
    """Whether a capitalised role is an office: "Chief Constable of Kent", "the Speaker", "Bishop Ruiz".

    Without an "of", an article or a name beside the role, it may be a surname: Baker, King.
    """
    before = text.doc[role.i - 1] if role.i else None
    after = text.doc[role.i + 1] if role.i + 1 < len(text.doc) else None
    determined = before is not None and (before.tag_ in ("DT", "PRP$") or text.is_role(before))
    determined = determined or any(child.tag_ in ("DT", "PRP$") for child in role.lefts)
    titles = after is not None and is_capital(after) and (after.ent_type_, after.ent_iob_) == ("PERSON", "B")
    return determined or titles or (after is not None and after.lower_ == "of")


def _opens_office(text: NameSearch, word: Token) -> bool:
    """Whether the word begins an office: "Crown" in "Crown Prince Omar"."""
    after = text.doc[word.i + 1] if word.i + 1 < len(text.doc) else None
    office = after is not None and is_capital(after) and (text.is_role(after) or text.is_honorific(after))
    return office and text.listed(word, "RoleModifiers")


def _is_portfolio(text: NameSearch, start: int, end: int) -> bool:
    """Whether the span is a minister's portfolio: "Foreign Affairs minister"."""
    after = text.doc[end] if end < len(text.doc) else None
    root = text.doc[start:end].root
    return after is not None and after.text in _PORTFOLIO and root.ent_type_ not in ("GPE", "NORP", "PERSON")


def _is_common_start(text: NameSearch, word: Token, label: str) -> bool:
    """Whether a word is a common word that is capitalised only because it begins a sentence.

    For example, "Videos show ..." and "Music makers ...".
    """
    if not opens_sentence(word) or word.text in text.capitals_inside or word.text.isupper():
        return False
    if label in ("PERSON", "GPE") and word.pos_ == "PROPN":
        return word.lower_ in text.lower_case
    return text.is_common_word(word) or word.tag_ == "NNS"


def capitalised(text: NameSearch) -> Iterator[Name]:
    """Runs of proper nouns that the model did not mark as names: "Kvitholm", "Operation Sunrise"."""
    run: list[Token] = []
    for token in [*text.doc, None]:
        if token is not None and _continues_name(text, token) and not (run and token.is_sent_start):
            run.append(token)
            continue
        yield from _run(text, run)
        run = []
        if token is not None and _is_letter_name(text, token):
            yield from text.take(token.i, token.i + 1, UNKNOWN)


def _continues_name(text: NameSearch, token: Token) -> bool:
    return (
        is_capital(token)
        and token.i not in text.taken
        and token.i not in text.times
        and (token.tag_ in ("NNP", "NNPS") or _is_shouted(text, token) or _is_number_in_name(text, token))
        and any(c.isalpha() for c in token.text)
        and not (token.i > 0 and token.is_sent_start and token.i in text.headline)
    )


def _is_shouted(text: NameSearch, token: Token) -> bool:
    """Whether the word is part of a name in capitals, which the model may miss: "HARBOUR FERRIES"."""
    return (
        len(token) > 2
        and token.text.isupper()
        and token.is_alpha
        and token.pos_ in ("NOUN", "ADJ")
        and any(
            n.text.isupper() and n.tag_ in ("NNP", "NNPS") and len(n) > 2 and n.sent == token.sent
            for n in text.doc[max(token.i - 1, 0) : token.i + 2]
            if n.i != token.i
        )
    )


def _is_number_in_name(text: NameSearch, token: Token) -> bool:
    """Whether a number is the first word of a name: "the band Nine Lanterns".

    Not at the start of a sentence, where it may count something.
    """
    after = text.doc[token.i + 1] if token.i + 1 < len(text.doc) else None
    return (
        after is not None
        and token.tag_ == "CD"
        and token.is_alpha
        and after.tag_ in ("NNP", "NNPS")
        and not opens_sentence(token)
    )


def _is_letter_name(text: NameSearch, token: Token) -> bool:
    """Whether a single letter is a name: "she wrote on X", "X (formerly Glimmer)"."""
    if (
        len(token.text) != 1
        or not token.text.isupper()
        or token.text in "AI"
        or token.pos_ not in ("PROPN", "NOUN")
    ):
        return False
    if token.i == 0 or token.i in text.taken:
        return False
    after = text.doc[token.i + 1] if token.i + 1 < len(text.doc) else None
    renamed = (
        after is not None and after.text == "(" and text.doc[token.i + 2].lower_ in ("formerly", "previously")
    )
    alone = after is None or (after.tag_ not in ("NNP", "NNPS", "CD") and after.text not in ("-", "&", "/"))
    return renamed or (text.doc[token.i - 1].lower_ in _CHANNEL and alone)


def _run(text: NameSearch, run: list[Token]) -> Iterator[Name]:
    while run and (
        (text.is_honorific(run[0]) and not _is_body(text, run))
        or extent.is_title(text, run[0].i, run[-1].i + 1, "" if _is_body(text, run) else "PERSON")
        or run[0].lower_ in NAME_EDGES
    ):
        run = run[1:]
    # A run that ends with a role is not a name: "Prime Minister" is a title, or a capitalised common noun.
    if not run or text.is_role(run[-1]) or run[0].i in text.headline:
        return
    if len(run) == 1 and extent.is_group_noun(run[0]) and run[0].i + 1 in text.taken:
        yield from text.take(run[0].i, run[0].i + 1, "Group")  # a group noun: "Quaker" in "Quaker Tom Reed"
        return
    if len(run) == 1 and _is_letter_name(text, run[0]):
        yield from text.take(run[0].i, run[0].i + 1, UNKNOWN)
        return
    if len(run) == 1 and (len(run[0].text) < 2 or _is_common_start(text, run[0], "") or _is_unit(run[0])):
        return
    if len(run) == 1 and set(run[0].text) <= _NUMERAL:
        return
    start, end = extent.with_hyphens(text, run[0].i, run[-1].i + 1)
    touches = end < len(text.doc) and end in text.taken
    if not touches and not _is_portfolio(text, start, end):
        start = extent.with_letter_word(text, start)
        yield from text.take(start, extent.with_number(text, end), UNKNOWN)


def _is_body(text: NameSearch, run: list[Token]) -> bool:
    """Whether the last word shows that the run is not a person's name: "General Motors", "Premier League"."""
    return text.listed(run[-1], *extent.BODIES)


def _is_unit(token: Token) -> bool:
    """Whether the token is a unit after a number or a currency before an amount: "16 GB", "US $199"."""
    after = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    if after is not None and after.is_currency:
        return True
    return token.i > 0 and token.doc[token.i - 1].like_num and len(token.text) <= 3 and token.text.isupper()


def parts_of_people(text: NameSearch, found: Iterable[Name]) -> Iterator[Name]:
    """One-word names of people: the first or last word of a person's full name, where it occurs alone."""
    parts = set()
    for name in found:
        if name.type == "Person" and name.end - name.start >= 2:
            parts |= {text.doc[i].text for i in (name.start, name.end - 1) if len(text.doc[i].text) > 1}
    for token in text.doc:
        if token.text in parts and token.pos_ in ("PROPN", "NOUN", "ADJ") and not is_genitive(token):
            yield from text.take(token.i, token.i + 1, "Person")
