"""Finds names and decides their types, from spaCy's entities and from evidence in the document.

"The model" means the entity recogniser of the parser here. It sees one sentence at a time and makes errors
that the rest of the article can correct. The steps, in order of precedence:
- `quoted`: titles in quotation marks;
- `owned`: titles behind a genitive ("Britta Holm's Diary");
- `joined`: names of several parts that the model cuts ("Ministry of Forests and Rivers");
- `found.repeated`: names of several words that the model marks elsewhere in the article;
- `areas`: countries and their adjectives, from `kg.gazetteer`;
- `found.marked`: what the model marks here, with the repairs of `extent`;
- `found.capitalised`: other runs of proper nouns;
- `found.parts_of_people`: given names and surnames of people who are named in full elsewhere.

Then `offices` drops portfolios ("Minister of Mines"), `short` drops abbreviations of common words ("a
memorandum (MoU)"), and `money` drops currencies before an amount. `titles` finds the titles of a name. In
`types`, titles, head nouns, quotation marks and all mentions of a name vote on its type (`mention_evidence`).
In a headline with every word capitalised, only names that also occur elsewhere in the article are found.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.language.names import (
    areas,
    extent,
    found,
    joined,
    money,
    offices,
    owned,
    quoted,
    short,
    titles,
    types,
)
from kg.language.names.name import Name, NameSearch, spans
from kg.language.parsed import Quotation
from kg.model import BlockKind, Document
from kg.ontology import Ontology

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["Name", "find", "spans"]


def find(
    doc: Doc, document: Document, quotations: tuple[Quotation, ...], times: frozenset[int], ontology: Ontology
) -> tuple[Name, ...]:
    """All names, in order; none overlap. `times`: the tokens of time expressions, which no name contains."""
    text = NameSearch(doc, quotations, times, _capitalised_headline(doc, document), ontology)
    names = [
        *quoted.find(text),
        *owned.find(text),
        *joined.find(text),
        *found.repeated(text),
        *areas.find(text),
    ]
    names += [*found.marked(text), *found.capitalised(text)]
    names = [*short.without_common(text, offices.without_portfolios(text, names))]
    names = [*money.without_money(text, names)]
    names += found.parts_of_people(text, tuple(names))
    names = [titles.with_title(text, name) for name in sorted(names, key=lambda name: name.start)]
    names = [*titles.without_honorifics(text, names)]
    decided = types.decided(text, _known_in_headline(text, names))
    return tuple(extent.with_article(text, name) for name in decided)


def _capitalised_headline(doc: Doc, document: Document) -> frozenset[int]:
    """The tokens of titles and headings in which most words are capitalised.

    There, a capital letter is no evidence of a name.
    """
    tokens: set[int] = set()
    for block in document.blocks:
        if block.kind not in (BlockKind.TITLE, BlockKind.HEADING):
            continue
        span = doc.char_span(block.start, block.end, alignment_mode="expand")
        if span is None:
            continue
        words = [t for t in span if t.is_alpha and len(t.text) > 3]
        capitals = sum(t.text[0].isupper() for t in words)
        if words and capitals > 0.7 * len(words):
            tokens.update(range(span.start, span.end))
    return frozenset(tokens)


def _known_in_headline(text: NameSearch, names: list[Name]) -> list[Name]:
    """The names, without those in a headline that occur nowhere else.

    Two names that the capitals of the headline join are separated: "Ruiz Lima" in "Reed and Ruiz Lima trip",
    if the article names Ruiz and Lima, but nobody called "Ruiz Lima".
    """
    body = {text.words_of(name) for name in names if name.start not in text.headline}
    short = {word for words in body for word in words.split()}
    known: list[Name] = []
    for name in names:
        words = text.words_of(name).split()
        sure = name.type in ("Country", "Region") or name.relational or text.words_of(name) in body
        if name.start not in text.headline or sure:
            known.append(name)
        elif len(words) > 1 and len(words) == name.end - name.start and set(words) <= body:
            known += (replace(name, start=i, end=i + 1, title_start=i) for i in range(name.start, name.end))
        elif set(words) <= short:
            known.append(name)
    return known
