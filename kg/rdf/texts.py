"""The texts of articles and their sentences in NIF, for users who have the right to share the texts.

    d:text-a.txt a nif:Context ; nif:isString "Ana Ruiz hosted ..." ; nif:sourceUrl d:article-a.txt .
    d:text-a.txt#char=0,43 a nif:Sentence ; nif:referenceContext d:text-a.txt ;
        nif:wasConvertedFrom <article-a.txt#char=7,50> .

In the graph itself an article is a nif:Context, too, but there the offsets refer to the article's file, with
markup, menus and other parts of the page. Here they refer to the cleaned text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode, Quad, Triple

from kg.model import Document, Event, Knowledge, Segment, Statement
from kg.rdf.names import NIF, RDF, Names
from kg.rdf.parts import in_graph, in_order
from kg.rdf.terms import datum, link


def quads(knowledge: Knowledge, base: str) -> list[Quad]:
    """The quads of all texts, each text in the graph of its article, sorted."""
    names = Names(base)
    told: list[Event | Statement] = [*knowledge.statements, *knowledge.events]
    places = {(piece.document, piece.start, piece.end) for each in told for piece in each.evidence}
    found: list[Quad] = []
    for document in knowledge.documents:
        sentences = sorted((start, end) for id_, start, end in places if id_ == document.id)
        graph = NamedNode(names.article(document.id))
        found += in_graph(in_order(_text(document, sentences, names)), graph)
    return found


def _text(document: Document, sentences: Iterable[tuple[int, int]], names: Names) -> Iterator[Triple]:
    """The triples of a text and its sentences. `sentences`: their offsets in the decoded file."""
    context = names.text(document.id)
    yield link(context, RDF + "type", NIF + "Context")
    yield link(context, NIF + "sourceUrl", names.article(document.id))
    yield datum(context, NIF + "isString", document.text)
    yield from _reach(context, 0, len(document.text))
    segments = sorted(document.segments, key=lambda segment: segment.source_start)
    for start, end in sentences:
        begin, finish = _in_text(segments, start), _in_text(segments, end - 1, last=True)
        sentence = f"{context}#char={begin},{finish}"
        yield link(sentence, RDF + "type", NIF + "Sentence")
        yield link(sentence, RDF + "type", NIF + "RFC5147String")
        yield link(sentence, NIF + "referenceContext", context)
        yield link(sentence, NIF + "wasConvertedFrom", names.sentence(document.id, start, end))
        yield datum(sentence, NIF + "anchorOf", document.text[begin:finish])
        yield from _reach(sentence, begin, finish)


def _reach(iri: str, begin: int, end: int) -> Iterator[Triple]:
    """The triples with the offsets of a context or sentence."""
    yield datum(iri, NIF + "beginIndex", str(begin), "integer")
    yield datum(iri, NIF + "endIndex", str(end), "integer")


def _in_text(segments: list[Segment], at: int, *, last: bool = False) -> int:
    """The offset in the text at which the character `at` of the decoded file begins or, if `last`, ends.

    This is the inverse of `Document.locate`.

    >>> written = [Segment(0, 2, 10, 2), Segment(2, 1, 12, 5), Segment(3, 2, 17, 2)]  # "A &amp; B"
    >>> _in_text(written, 10), _in_text(written, 14), _in_text(written, 18, last=True)
    (0, 2, 5)
    """
    segment = segments[max(bisect_right(segments, at, key=lambda each: each.source_start) - 1, 0)]
    if segment.length != segment.source_length:
        return segment.start + (segment.length if last else 0)
    return segment.start + at - segment.source_start + last
