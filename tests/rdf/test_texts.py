from dataclasses import replace

from pyoxigraph import Literal

from kg.model import Block, BlockKind, Document, Knowledge, Segment
from kg.rdf.names import NIF, Names
from kg.rdf.parts import GraphPart
from kg.rdf.texts import quads
from kg.write.formats import Wanted, formats
from tests.rdf.small import ontology
from tests.sample import FIRST, knowledge

BASE = "https://kg.example/data/"


def values(known: Knowledge, name: str) -> dict[str, str]:
    """Subject without the base -> the value of a property of NIF."""
    found = [quad for quad in quads(known, BASE) if quad.predicate.value == NIF + name]
    return {q.subject.value.removeprefix(BASE): q.object.value.removeprefix(BASE) for q in found}


def test_the_offsets_of_a_sentence_refer_to_the_text() -> None:
    texts, contexts = values(knowledge(), "isString"), values(knowledge(), "referenceContext")
    begins, ends = values(knowledge(), "beginIndex"), values(knowledge(), "endIndex")
    anchors = values(knowledge(), "anchorOf")
    assert texts["text-a.txt"] == FIRST and len(anchors) == 4
    for sentence, anchor in anchors.items():
        begin, end = int(begins[sentence]), int(ends[sentence])
        assert texts[contexts[sentence]][begin:end] == anchor


def test_the_text_of_a_page_is_not_its_file() -> None:
    """<p>A &amp; B met.</p>"""
    known = knowledge()
    text = "A & B met."
    segments = (Segment(0, 2, 3, 2), Segment(2, 1, 5, 5), Segment(3, 7, 10, 7))
    page = Document("a.html", text, (Block(BlockKind.PARAGRAPH, 0, len(text)),), segments)
    told = known.statements[0]
    evidence = (replace(told.evidence[0], document="a.html", start=3, end=17, sentence=text),)
    known = Knowledge((page,), known.entities, (), (replace(told, evidence=evidence),))
    assert values(known, "anchorOf") == {"text-a.html#char=0,10": text}
    assert values(known, "wasConvertedFrom") == {"text-a.html#char=0,10": "article-a.html#char=3,17"}


def test_texts_are_written_only_on_request() -> None:
    for name in ("turtle", "nquads"):
        wanted = Wanted(knowledge(), ontology(), BASE)
        assert b"isString" not in formats()[name].make(wanted)[0]
        assert b"isString" in formats()[name].make(replace(wanted, texts=True))[0]
        facts = replace(wanted, texts=True, parts=(GraphPart.FACTS,))
        assert b"isString" not in formats()[name].make(facts)[0]


def test_texts_are_in_the_graphs_of_their_articles() -> None:
    graphs = {quad.graph_name for quad in quads(knowledge(), BASE) if isinstance(quad.object, Literal)}
    names = Names(BASE)
    assert {str(each) for each in graphs} == {f"<{names.article(d.id)}>" for d in knowledge().documents}
